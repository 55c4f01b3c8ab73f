/** Results of visits beside each other and beside what lists, banks and the register say; exemptions as a day finds them. */
import { describe, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { ingestFile } from '../../src/ingest/index.ts'
import { conflictsOfVisits, countExemptions, exemptions } from '../../src/reports/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { fileOf, useFolder } from '../ingest/helpers.ts'
import { voidFile } from '../../src/ingest/index.ts'

const clone = useDatabase()
const folder = useFolder()
let nextPerson = 1
const newPerson = (): string => `0010870${String(nextPerson++).padStart(5, '0')}`
let nextFile = 1

/** Hands in a file on a day of November; its name is told back in conflicts. */
async function send(text: string, day = '2026-11-05'): Promise<{ id: string; name: string }> {
  const name = `sent-${nextFile++}.csv`
  const receipt = await ingestFile(clone().database, { path: fileOf(folder, text, name) }, { clock: stoppedClock(`${day}T03:00:00Z`), dataDirectory: `${folder}/data` })
  if (receipt.status !== 'sealed' || receipt.problem_count > 0) throw new Error(JSON.stringify(receipt))
  return { id: receipt.file_id ?? '', name }
}
const visit = (id: string, day: string, result: string, more = ''): string => `${id},${day},${result},${more === '' ? (result === 'exempt' ? 'QĐ 1' : '') : more},Tổ 1`
const visits = (...lines: string[]) => send(`beneficiary_id,visited_date,result,evidence_reference,team\n${lines.join('\n')}\n`)
const list = (id: string, period: string, more: { status?: string; unit?: string } = {}) =>
  send(`scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,village,due_amount,list_status\nBTXH,${period},${id},Lò Thị Mai,${more.unit ?? '00001'},Bản Lù,540000,${more.status ?? 'active'}\n`)
const account = (id: string, opened: string, status = 'active', day = '2026-11-05') =>
  send(`creditor_agent,account_number,holder_id,holder_name,opened_date,account_status\n970405,15${id},${id},Lo Thi Mai,${opened},${status}\n`, day)
const register = (id: string, status: string, verified: string, died = '') =>
  send(`person_id,name,vital_status,verified_date,death_date\n${id},Lò Thị Mai,${status},${verified},${died}\n`)

async function told(id: string, asOf = '2026-11-20'): Promise<string[]> {
  return (await conflictsOfVisits(clone().database, asOf, { personKey: BigInt(id).toString() })).map(({ conflict }) => conflict)
}

describe('two teams', () => {
  test('who say different things on one day contradict each other, with both lines; the same word twice does not', async () => {
    const [first, second, agreed] = [newPerson(), newPerson(), newPerson()]
    const { name, id } = await visits(visit(first, '2026-11-02', 'opened'), visit(second, '2026-11-02', 'absent'), visit(agreed, '2026-11-02', 'absent'))
    const other = await visits(visit(first, '2026-11-02', 'refused'), visit(agreed, '2026-11-02', 'absent', 'x'))
    const [row, ...rest] = await conflictsOfVisits(clone().database, '2026-11-20', { personKey: BigInt(first).toString() })
    expect(rest).toEqual([])
    expect(row).toMatchObject({ conflict: 'same_day', beneficiary_id: first, result: 'opened', file_id: id, file_name: name, line: '2', other_said: 'refused', other_file_id: other.id, other_file_name: other.name, other_line: '2', other_date: '2026-11-02' })
    expect(await told(second)).toEqual([])
    expect(await told(agreed)).toEqual([])
  })

  test('contradict each other across days only where one undoes the other', async () => {
    const [undone, done, risen, back] = [newPerson(), newPerson(), newPerson(), newPerson()]
    await visits(visit(undone, '2026-11-02', 'opened'), visit(done, '2026-11-02', 'refused'), visit(risen, '2026-11-02', 'died'), visit(back, '2026-11-02', 'moved'))
    await visits(visit(undone, '2026-11-03', 'refused'), visit(done, '2026-11-03', 'opened'), visit(risen, '2026-11-03', 'absent'), visit(back, '2026-11-03', 'absent'))
    expect([await told(undone), await told(done), await told(risen), await told(back)]).toEqual([['later_visit'], [], ['later_visit'], []])
    expect(await told(undone, '2026-11-02'), 'the second visit had not happened yet').toEqual([])
  })

  test('are forgotten when their file is withdrawn', async () => {
    const person = newPerson()
    await visits(visit(person, '2026-11-02', 'opened'))
    const wrong = await visits(visit(person, '2026-11-02', 'died'))
    expect(await told(person)).toEqual(['same_day'])
    await voidFile(clone().database, wrong.id, 'another village', stoppedClock('2026-11-06T00:00:00Z'))
    expect(await told(person)).toEqual([])
  })
})

describe('a visit beside what others say', () => {
  test('opened: no bank tells of an account though one has reported since; before that nobody can know', async () => {
    const [person, known, viaPayee] = [newPerson(), newPerson(), newPerson()]
    await visits(visit(person, '2026-11-10', 'opened'), visit(known, '2026-11-10', 'opened'), visit(viaPayee, '2026-11-10', 'opened'))
    await send(`beneficiary_id,payee_id,payee_name,relation,valid_from\n${viaPayee},001087999999,Lò Văn Con,guardian,2026-01-01\n`)
    expect(await told(person)).toEqual([])
    const report = await account(known, '2026-11-10', 'active', '2026-11-12')
    expect(await told(known)).toEqual([])
    expect(await told(viaPayee)).toEqual([])
    expect(await conflictsOfVisits(clone().database, '2026-11-20', { personKey: BigInt(person).toString() })).toMatchObject([{ conflict: 'no_account_reported', other_file_name: report.name, other_line: null, other_said: null }])
  })

  test('died: the register has the person alive; or dead before somebody met the person', async () => {
    const [alive, dead, met, late] = [newPerson(), newPerson(), newPerson(), newPerson()]
    await register(alive, 'alive', '2026-09-01')
    await register(dead, 'dead', '2026-09-01', '2026-08-30')
    await register(met, 'dead', '2026-09-01', '2026-08-30')
    await register(late, 'dead', '2026-11-15', '2026-11-14')
    await visits(visit(alive, '2026-11-02', 'died'), visit(dead, '2026-11-02', 'died'), visit(met, '2026-11-02', 'refused'), visit(late, '2026-11-02', 'refused'))
    expect([await told(alive), await told(dead), await told(met), await told(late)]).toEqual([['register_alive'], [], ['register_dead'], []])
  })

  test('moved, or died: the newest list has the person active; the month of a death is still due', async () => {
    const [moved, stopped, died, diedLater] = [newPerson(), newPerson(), newPerson(), newPerson()]
    await visits(visit(moved, '2026-11-02', 'moved'), visit(stopped, '2026-11-02', 'moved'), visit(died, '2026-11-02', 'died'), visit(diedLater, '2026-11-02', 'died'))
    const listed = await list(moved, '2026-10')
    await list(stopped, '2026-10')
    await list(stopped, '2026-11', { status: 'stopped' })
    await list(died, '2026-11')
    await list(diedLater, '2026-12')
    expect([await told(stopped), await told(died), await told(diedLater)]).toEqual([[], [], ['still_listed']])
    expect(await conflictsOfVisits(clone().database, '2026-11-20', { personKey: BigInt(moved).toString() })).toMatchObject([{ conflict: 'still_listed', beneficiary_name: 'Lò Thị Mai', village: 'Bản Lù', other_said: '2026-10', other_file_id: listed.id, other_line: '2' }])
  })

  test('refused: a bank had an active account of the person already; one opened afterwards is good news', async () => {
    const [before, after, closed] = [newPerson(), newPerson(), newPerson()]
    await account(before, '2026-10-01')
    await account(after, '2026-11-03')
    await account(closed, '2026-10-01', 'closed')
    await visits(visit(before, '2026-11-02', 'refused'), visit(after, '2026-11-02', 'refused'), visit(closed, '2026-11-02', 'refused'))
    expect([await told(before), await told(after), await told(closed)]).toEqual([['account_usable'], [], []])
  })

  test('exempt: counts only once somebody has approved it', async () => {
    const [missing, approved, expired] = [newPerson(), newPerson(), newPerson()]
    await send(`beneficiary_id,reason_code,evidence_reference,approved_by,valid_from,valid_to\n${approved},force_majeure,QĐ 1,Chủ tịch,2026-11-01,2026-12-31\n${expired},force_majeure,QĐ 1,Chủ tịch,2026-01-01,2026-11-01\n`)
    await visits(visit(missing, '2026-11-02', 'exempt'), visit(approved, '2026-11-02', 'exempt'), visit(expired, '2026-11-02', 'exempt'))
    expect([await told(missing), await told(approved), await told(expired)]).toEqual([['exemption_missing'], [], ['exemption_missing']])
  })

  test('is told of the units that are asked for, as the newest list has the person', async () => {
    const [here, moved, elsewhere] = [newPerson(), newPerson(), newPerson()]
    for (const [id, unit] of [[here, '77001'], [moved, '76008'], [elsewhere, '76008']] as const) await list(id, '2026-10', { unit })
    await list(moved, '2026-11', { unit: '77002' })
    await visits(...[here, moved, elsewhere].map((id) => visit(id, '2026-11-02', 'moved')))
    const rows = await conflictsOfVisits(clone().database, '2026-11-20', { unitCodes: ['77001', '77002'] })
    expect(rows.map((row) => row.beneficiary_id).sort()).toEqual([here, moved].sort())
  })
})

describe('exemptions', () => {
  test('are valid, about to end, over or to come, each with its reason, as its newest file says', async () => {
    const [valid, ending, over, coming] = [newPerson(), newPerson(), newPerson(), newPerson()]
    await list(valid, '2026-10', { unit: '88001' })
    await list(ending, '2026-10', { unit: '88001' })
    await list(over, '2026-10', { unit: '88001' })
    await list(coming, '2026-10', { unit: '88002' })
    await send('code,name_vi,name_en\nKL,Vùng chưa có ngân hàng,No bank within reach\n')
    const header = 'beneficiary_id,reason_code,evidence_reference,approved_by,valid_from,valid_to'
    await send(`${header}\n${valid},KL,QĐ 1,Chủ tịch,2026-01-01,2026-11-20\n`)
    await send(`${header}\n${valid},KL,QĐ 9,Chủ tịch,2026-01-01,2026-12-21\n${ending},KL,QĐ 2,Chủ tịch,2026-01-01,2026-12-20\n${over},KL,QĐ 3,Chủ tịch,2026-01-01,2026-11-19\n${coming},other,QĐ 4,Chủ tịch,2026-11-21,2026-12-31\n`)
    const rows = await exemptions(clone().database, '2026-11-20', { unitCodes: ['88001', '88002'] })
    const stateOf = new Map(rows.map((row) => [row.beneficiary_id, row]))
    expect(rows).toHaveLength(4)
    expect([valid, ending, over, coming].map((id) => stateOf.get(id)?.state)).toEqual(['valid', 'expiring', 'expired', 'future'])
    expect(stateOf.get(valid)).toMatchObject({ evidence_reference: 'QĐ 9', reason_vi: 'Vùng chưa có ngân hàng', reason_en: 'No bank within reach' })
    expect((await exemptions(clone().database, '2026-11-19', { unitCodes: ['88001'] })).find((row) => row.beneficiary_id === over)?.state, 'the last day is a valid one').toBe('expiring')
    expect(countExemptions(rows)).toMatchObject([{ unit_code: '88001', reason_code: 'KL', valid: 2, expiring: 1, expired: 1 }, { unit_code: '88002', reason_code: 'other', valid: 0, expiring: 0, expired: 0 }])
  })
})
