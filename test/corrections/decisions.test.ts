/**
 * Who is paid, who is left out, and why, person by person: what speaks against a payment, what an approved decision lifts,
 * and money kept back month by month. Then the same laws in invented worlds.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { followCorrections } from '../../src/corrections/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { startSession } from '../../src/staff/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'
import { worlds } from '../model/worlds.ts'

const clone = useDatabase()
const clock = stoppedClock('2026-11-01T20:00:00Z')
const night = (asOf: string) => run(clone().database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })
const rows = <R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> => clone().database.query<R>(sql, values)

/** What is proposed of a person on a kind of list: the account it would go to, or why not. */
const proposed = async (letter: string, kind = 'supplementary'): Promise<string | undefined> => {
  const id = `00108700000${letter.charCodeAt(0) - 64}`.slice(-12)
  return (await rows<{ said: string }>("select coalesce(left_out, account_origin, asked, from_whom, 'listed') as said from correction_proposal where identifier_text(person_key) = $1 and list_kind = $2 order by code limit 1", [id, kind]))[0]?.said
}
/** A case decided by one person and approved by another. */
const decided = async (letter: string, resolution: string): Promise<void> => {
  const id = `00108700000${letter.charCodeAt(0) - 64}`.slice(-12)
  await clone().database.transaction(async (transaction) => {
    const [one] = await transaction.query<{ person_key: string; finding_id: string; version: number }>("select person_key, finding_id, version from case_record where identifier_text(person_key) = $1 and is_open and code in ('returned', 'paid_twice', 'unpaid') limit 1", [id])
    const values = [one?.person_key, one?.finding_id, (one?.version ?? 0) + 1]
    await transaction.query("insert into case_event (person_key, finding_id, event_number, happened_at, actor_id, kind, step, resolution, amount) select $1, $2, $3, now(), 1, 'appraised', 'appraised', $4, amount_at_stake from case_record where person_key = $1 and finding_id = $2", [...values, resolution])
    await transaction.query("insert into case_event (person_key, finding_id, event_number, happened_at, actor_id, kind, step, appraisal_number, appraised_by) values ($1, $2, $3::integer + 1, now(), 2, 'approved', 'approved', $3, 1)", values)
    await transaction.query("update case_record set version = $3::integer + 1, step = 'approved', resolution = $4, appraisal_number = $3, approval_number = $3::integer + 1 where person_key = $1 and finding_id = $2", [...values, resolution])
  })
}

const month = `list A 2026-10 500000
list B 2026-10 500000
pay B 2026-10 500000 rejected - return_reason_code=AM05
list C 2026-10 500000
pay C 2026-10 500000 rejected - return_reason_code=AC04
account C 1000000033 active
list D 2026-10 500000
pay D 2026-10 500000 rejected - return_reason_code=MD07
list E 2026-10 500000
register E dead death_date=2026-11-01
list F 2026-10 500000
pay F 2026-10 300000 credited 2026-10-09
pay F 2026-10 100000 pending - instructed_at=2026-10-31
list G 2026-10 500000
pay G 2026-10 500000 credited 2026-10-09
pay G 2026-10 500000 credited 2026-10-09
list H 2026-10 500000
pay H 2026-10 500000 rejected - return_reason_code=BE08
as of 2026-11-02
finds nothing`

describe('person by person', () => {
  beforeAll(async () => {
    const { database } = clone()
    await database.query("insert into staff (staff_id, user_name, display_name, roles, created_at) values (1, 'one', 'One', array['officer'], now()), (2, 'two', 'Two', array['approver'], now())")
    await ingestModelFiles(database, filesForModel(readScenario(month.split('\n')).files))
    await night('2026-11-02')
  })

  test('what can be paid goes to the account that the list names, else to another of one’s own', async () => {
    expect(await proposed('A')).toBe('listed')
    expect(await proposed('C')).toBe('own')
    // The bank's own fault: the same account is right.
    expect(await proposed('H')).toBe('listed')
  })

  test('duplication and death are never paid again by themselves, the dead never', async () => {
    expect([await proposed('B'), await proposed('D'), await proposed('E')]).toEqual(['needs_decision', 'deceased', 'deceased'])
    await decided('B', 'repaid')
    await decided('D', 'repaid')
    expect([await proposed('B'), await proposed('D')]).toEqual(['listed', 'listed'])
  })

  test('what is on its way is not paid beside it', async () => {
    expect(await proposed('F')).toBe('on_the_way')
  })

  test('a case that was decided otherwise, a complaint and a question to the bank keep it off the list', async () => {
    await decided('H', 'explained_legal')
    expect(await proposed('H')).toBe('decided_otherwise')
    const [a] = await rows<{ person_key: string; finding_id: string }>("select person_key, finding_id from case_record where code = 'unpaid' and identifier_text(person_key) = '001087000001'")
    await clone().database.query("insert into bank_question (question_id, person_key, finding_id, creditor_agent, code, asked_at, asked_by, question, about, due_date) values (1, $1, $2, 970436, 'unpaid', now(), 1, '?', '{}', '2026-11-09')", [a?.person_key, a?.finding_id])
    expect(await proposed('A')).toBe('bank_asked')
    await clone().database.query('delete from bank_question')
    expect(await proposed('A')).toBe('listed')
  })

  test('money is kept back only by decision, within the share that a file allows', async () => {
    expect([await proposed('G', 'recovery'), await proposed('G', 'offset')]).toEqual(['person', 'nothing_to_keep_back'])
    await clone().database.query("insert into payer_account_row (file_id, line_number, debtor_name, debtor_agent, debtor_account, offset_percent, not_collected, collection_months, applies_from) values (0, 1, 'Kho bạc', 970436, '0011000001', 30, 'next_list', 3, '2026-01-01')")
    await clone().database.transaction((transaction) => followCorrections(transaction, { asOf: '2026-11-02', since: null }))
    expect(await proposed('G', 'offset')).toBe('not_decided')
    await decided('G', 'offset_next_period')
    expect([await proposed('G', 'recovery'), await proposed('G', 'offset')]).toEqual(['decided_otherwise', 'listed'])
    expect(await rows("select monthly_amount::text as monthly_amount from correction_proposal where list_kind = 'offset' and left_out is null")).toEqual([{ monthly_amount: '150000' }])
  })

  test('what an approved offset keeps back is no shortfall to be paid, and is counted until nothing is left of it', async () => {
    const by = async <R extends object>(staffId: number, sql: string): Promise<R> => {
      const { sessionHash } = await startSession(clone().database, String(staffId), clock.now())
      return clone().database.transaction(async (transaction) => {
        await transaction.query("update staff_session set expires_at = '2999-01-01'")
        await transaction.query(`set local tantay.session = '${sessionHash}'`)
        return (await transaction.query<R>(sql))[0] as R
      })
    }
    await clone().database.query("update staff set roles = array['payer'] where staff_id = 1")
    const { id } = await by<{ id: string }>(1, "select draft_correction_list('offset', null, null, null, null, 202611, 'VND', '12/QĐ', '2026-11-01', now()) as id")
    expect(await by(1, `select approve_correction_list(${id}, 1, now()) as said`)).toEqual({ said: 'own_list' })
    expect(await by(2, `select approve_correction_list(${id}, 1, now()) as said`)).toEqual({ said: 'done' })
    expect(await rows('select benefit_period, amount::text from correction_offset order by 1')).toEqual([[202611, '150000'], [202612, '150000'], [202701, '150000'], [202702, '50000']].map(([month, amount]) => ({ benefit_period: month, amount })))
    await ingestModelFiles(clone().database, filesForModel(readScenario('list G 2026-11 500000 due_date=2026-11-10\npay G 2026-11 350000 credited 2026-11-09 end_to_end_id=E90\nas of 2026-11-20\nfinds nothing'.split('\n')).files))
    await night('2026-11-20')
    expect(await rows("select left_out, amount::text from correction_proposal where list_kind = 'supplementary' and benefit_period = 202611 and identifier_text(person_key) = '001087000007'")).toEqual([{ left_out: 'offset', amount: '150000' }])
    expect(await rows('select progress, settled_amount::text, amount::text from correction_item where left_out is null')).toEqual([{ progress: 'partly', settled_amount: '150000', amount: '500000' }])
  })
})

test('in invented worlds every finding is listed or left out once, to the dong, and what is paid is short no more', { timeout: 120_000 }, async () => {
  const { database } = clone()
  await fc.assert(fc.asyncProperty(worlds, async ({ files, asOf }) => {
    await forgetFacts(database)
    await ingestModelFiles(database, files)
    await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside, isFull: true })
    expect(await rows(`
      select k.kind from unnest(array['supplementary', 'recovery', 'offset', 'account_fix', 'carried_over']) k (kind)
      where (select row (count(*), coalesce(sum(amount), 0), count(distinct finding_id)) from correction_proposal where list_kind = k.kind) <> (select row (count(*), coalesce(sum(amount_at_stake), 0), count(*)) from finding where code = any (correction_codes(k.kind)))`)).toEqual([])
    // Nobody is asked for more than came, whatever the findings say of the same money.
    expect(await rows(`
      select p.person_key from correction_proposal p join outcome o using (person_key, scheme_id, benefit_period)
      where p.list_kind = 'recovery' and p.left_out is null and p.code not in ('not_on_list', 'paid_while_suspended') group by p.person_key, o.scheme_id, o.benefit_period, o.credited_amount having sum(p.amount) > o.credited_amount`)).toEqual([])
    const paid = await rows<Record<string, string>>(`
      select 'PUT' || row_number() over (order by finding_id) as end_to_end_id, s.scheme, to_char(benefit_period, 'FM0000"-"00') as benefit_period, identifier_text(person_key) as beneficiary_id, creditor_agent::text, coalesce(creditor_account, '') as creditor_account, amount::text as instructed_amount,
        p.currency, $1 as instructed_at, 'credited' as transaction_status, $1 as credited_at, payment_channel::text as payment_channel, finding_id
      from correction_proposal p join scheme_code s using (scheme_id) where list_kind = 'supplementary' and left_out is null and identifier_text(person_key) is not null`, [asOf])
    if (paid.length === 0) return
    await ingestModelFiles(database, [{ kind: 'disbursement', rows: paid.map(({ finding_id: _, ...row }) => row) }] as never)
    await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })
    expect(await rows('select code from finding where finding_id = any ($1)', [paid.map(({ finding_id: id }) => id)])).toEqual([])
    expect(await rows("select o.person_key from outcome o join finding f using (person_key, scheme_id, benefit_period) where f.code in ('paid_over', 'paid_twice') and exists (select from matched_payment m where m.person_key = o.person_key and m.scheme_id = o.scheme_id and m.benefit_period = o.benefit_period and m.payment_name like '%|PUT%')")).toEqual([])
  }), { numRuns: parseInt(process.env['TANTAY_WORLDS'] ?? '3', 10), seed: parseInt(process.env['TANTAY_SEED'] ?? '8', 10) })
})
