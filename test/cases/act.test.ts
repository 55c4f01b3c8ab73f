/** The four steps of a case: by two persons, in the right order, with nothing lost when two act at once; held by the database too. */
import { afterEach, expect, test } from 'vitest'
import { act, type Action } from '../../src/cases/index.ts'
import type { Reader, Role } from '../../src/core/index.ts'
import type { Transaction } from '../../src/db/index.ts'
import type { NewReader, ReaderApp } from '../http/readers.ts'
import { useProvince } from '../http/province.ts'
import { expectTallied } from '../helpers/tally.ts'

const province = useProvince(400)
const at = '2026-11-01T20:00:00Z'

afterEach(() => expectTallied(province().database))

interface Worker {
  readonly reader: Reader
  readonly app: ReaderApp
  readonly does: (findingId: string, expectedVersion: number, action: Action) => Promise<{ readonly version: number }>
  readonly directly: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
}

async function worker(roles: readonly Role[], more: Omit<NewReader, 'roles'> = {}): Promise<Worker> {
  const app = await province().as({ roles, ...more })
  const { scope_level: scopeLevel } = (await province().database.query<{ scope_level: Reader['scopeLevel'] }>('select scope_level from staff where staff_id = $1', [app.staffId]))[0] ?? { scope_level: 'country' as const }
  const reader: Reader = { staffId: app.staffId, userName: 'x', displayName: 'x', roles, unitCode: more.unit ?? null, scopeLevel, creditorAgent: null }
  const desk = province().desk.as(app.sessionHash)
  return { reader, app, directly: (work) => desk.transaction(work), does: (findingId, expectedVersion, action) => desk.transaction((transaction) => act(transaction, { findingId, expectedVersion, actor: reader, at, action })) }
}

/** An open case that no test has touched, of a code, in a unit or anywhere. */
const taken = new Set<string>()
async function freshCase(code: string | null = 'returned', where = 'true'): Promise<{ readonly finding_id: string; readonly person_key: string; readonly unit_code: string; readonly amount_at_stake: string }> {
  const rows = await province().database.query<{ finding_id: string; person_key: string; unit_code: string; amount_at_stake: string }>(`select finding_id, person_key, unit_code, amount_at_stake from case_record where ($1::text is null or code = $1) and amount_at_stake > 0 and unit_code is not null and step = 'new' and ${where} order by finding_id`, [code])
  const row = rows.find(({ finding_id: id }) => !taken.has(id))
  if (row === undefined) throw new Error(`no ${code} is left`)
  taken.add(row.finding_id)
  return row
}

const standing = async (findingId: string) => (await province().database.query<{ step: string; version: number; appraisal_number: number | null; approval_number: number | null; assigned_to: string | null; resolution: string | null }>('select step, version, appraisal_number, approval_number, assigned_to, resolution from case_record where finding_id = $1', [findingId]))[0]
const appraise = { kind: 'appraise', resolution: 'account_corrected', amount: '0', comment: 'Đã sửa tài khoản' } as const
const refused = (code: string) => expect.objectContaining({ code }) as unknown

test('the four steps can be done in one sitting, by two persons', async () => {
  const [officer, approver] = [await worker(['officer']), await worker(['approver'])]
  const { finding_id: id } = await freshCase()
  expect(await officer.does(id, 0, appraise)).toEqual({ version: 2 })
  expect(await approver.does(id, 2, { kind: 'approve' })).toEqual({ version: 3 })
  expect(await officer.does(id, 3, { kind: 'answer' })).toEqual({ version: 4 })
  expect(await standing(id)).toEqual({ step: 'answered', version: 4, appraisal_number: 2, approval_number: 3, assigned_to: officer.reader.staffId, resolution: 'account_corrected' })
  const events = await province().database.query('select kind, step, actor_id from case_event where finding_id = $1 order by event_number', [id])
  expect(events).toEqual([{ kind: 'received', step: 'received', actor_id: officer.reader.staffId }, { kind: 'appraised', step: 'appraised', actor_id: officer.reader.staffId }, { kind: 'approved', step: 'approved', actor_id: approver.reader.staffId }, { kind: 'answered', step: 'answered', actor_id: officer.reader.staffId }])
})

test('nobody approves their own appraisal: not by the desk, not in another session, not by SQL', async () => {
  const both = await worker(['officer', 'approver'])
  const { finding_id: id, person_key: key, unit_code: unit } = await freshCase()
  await both.does(id, 0, appraise)
  await expect(both.does(id, 2, { kind: 'approve' })).rejects.toEqual(refused('own_appraisal'))
  const approval = (by: string) => both.directly((transaction) => transaction.query("insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step, appraisal_number, appraised_by) values ($1, $2, 3, $3, $4, $5, 'approved', 'approved', 2, $6)", [key, id, unit, at, both.reader.staffId, by]))
  await expect(approval(both.reader.staffId)).rejects.toThrow(/case_event_two_persons/)
  // To say that somebody else appraised is no way round: the reference must be true.
  const other = await worker(['approver'])
  await expect(approval(other.reader.staffId)).rejects.toThrow(/case_event_approves_an_appraisal/)
  // Nor to say that somebody else approves.
  await expect(both.directly((transaction) => transaction.query("insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step, appraisal_number, appraised_by) values ($1, $2, 3, $3, $4, $5, 'approved', 'approved', 2, $6)", [key, id, unit, at, other.reader.staffId, both.reader.staffId]))).rejects.toThrow(/row-level security/)
  // Nor to leave the approval out.
  await expect(both.directly((transaction) => transaction.query("update case_record set step = 'approved' where finding_id = $1", [id]))).rejects.toThrow(/case_approved_needs_approval|case_record_stands/)
  expect(await standing(id)).toMatchObject({ step: 'appraised', version: 2 })
  expect(await other.does(id, 2, { kind: 'approve' })).toEqual({ version: 3 })
})

test('an edit after the approval makes it void', async () => {
  const [officer, approver] = [await worker(['officer']), await worker(['approver'])]
  const { finding_id: id } = await freshCase()
  await officer.does(id, 0, appraise)
  await approver.does(id, 2, { kind: 'approve' })
  await officer.does(id, 3, { ...appraise, resolution: 'list_corrected' })
  expect(await standing(id)).toMatchObject({ step: 'appraised', appraisal_number: 4, approval_number: null })
  await expect(officer.does(id, 4, { kind: 'answer' })).rejects.toEqual(refused('step_wrong'))
  // The old approval cannot be put under the new appraisal.
  await expect(officer.directly((transaction) => transaction.query("update case_record set approval_number = 3, step = 'approved' where finding_id = $1", [id]))).rejects.toThrow(/case_record_/)
})

test('up to the limit of the band, that amount included, and not a đồng beyond', async () => {
  const { unit_code: unit } = await freshCase()
  const [officer, approver, province_] = [await worker(['officer'], { unit }), await worker(['approver'], { unit }), await worker(['approver'])]
  expect(approver.reader.scopeLevel).toBe('commune')
  const limit = (amount: string) => province().database.query("update approval_band set up_to_amount = $1 where scope_level = 'commune'", [amount])
  const { finding_id: id, amount_at_stake: stake } = await freshCase(null, `unit_code = '${unit}'`)
  await officer.does(id, 0, { ...appraise, resolution: 'repaid', amount: stake })
  await limit((BigInt(stake) - 1n).toString())
  await expect(approver.does(id, 2, { kind: 'approve' })).rejects.toEqual(refused('above_band'))
  await limit(stake)
  expect(await approver.does(id, 2, { kind: 'approve' })).toEqual({ version: 3 })
  await approver.does(id, 3, { kind: 'sendBack', comment: 'thiếu căn cứ' })
  await officer.does(id, 4, { ...appraise, resolution: 'repaid', amount: stake })
  await limit('1')
  expect(await province_.does(id, 5, { kind: 'approve' })).toEqual({ version: 6 })
  await limit('20000000')
})

test('two at once: one wins, the other is told who, when and what', async () => {
  const officers = [await worker(['officer'], { name: 'first-officer' }), await worker(['officer'], { name: 'second-officer' })]
  const { finding_id: id } = await freshCase()
  const results = await Promise.allSettled(officers.map((officer) => officer.does(id, 0, { kind: 'receive' })))
  const lost = results.find((result): result is PromiseRejectedResult => result.status === 'rejected')
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(lost?.reason).toMatchObject({ code: 'case_changed', details: { version: 1, step: 'received', kind: 'received', at, by: expect.stringMatching(/^(first|second)-officer$/) as unknown } })
  expect(await standing(id)).toMatchObject({ version: 1 })
})

test('what is another commune’s is not there, to act on or to read; auditors only read', async () => {
  const { finding_id: id, unit_code: unit } = await freshCase()
  const [elsewhere] = await province().database.query<{ unit_code: string }>('select unit_code from case_record where unit_code <> $1 limit 1', [unit])
  const stranger = await worker(['officer', 'approver'], { unit: elsewhere?.unit_code ?? '' })
  await expect(stranger.does(id, 0, { kind: 'receive' })).rejects.toEqual(refused('case_unknown'))
  await expect(stranger.does('0'.repeat(32), 0, { kind: 'receive' })).rejects.toEqual(refused('case_unknown'))
  expect(await stranger.directly((transaction) => transaction.query('update case_record set step = step where finding_id = $1 returning 1', [id]))).toEqual([])
  const auditor = await worker(['auditor'])
  await expect(auditor.does(id, 0, { kind: 'receive' })).rejects.toEqual(refused('not_allowed'))
  await expect(auditor.does(id, 0, { kind: 'comment', comment: 'x' })).rejects.toEqual(refused('not_allowed'))
})

test('a deputy approves in the place of somebody absent, on those days, and it says so', async () => {
  const { unit_code: unit } = await freshCase()
  const [officer, absent, deputy] = [await worker(['officer'], { unit }), await worker(['approver'], { unit }), await worker(['officer'], { unit })]
  const { finding_id: id } = await freshCase(null, `unit_code = '${unit}'`)
  await officer.does(id, 0, appraise)
  const inPlace = { kind: 'approve', inPlaceOf: absent.reader.staffId } as const
  await expect(deputy.does(id, 2, { kind: 'approve' })).rejects.toEqual(refused('not_allowed'))
  await expect(deputy.does(id, 2, inPlace)).rejects.toEqual(refused('above_band'))
  const absence = (from: string, to: string) => province().database.query("insert into staff_absence (absent_id, deputy_id, from_date, to_date, reason, recorded_by, recorded_at) values ($1, $2, now()::date + $3::integer, now()::date + $4::integer, 'nghỉ phép', $1, now())", [absent.reader.staffId, deputy.reader.staffId, from, to])
  await absence('-9', '-8')
  await expect(deputy.does(id, 2, inPlace)).rejects.toEqual(refused('above_band'))
  await absence('-1', '1')
  // What the deputy appraised is not theirs to approve, in nobody's place.
  const { finding_id: own } = await freshCase(null, `unit_code = '${unit}'`)
  await deputy.does(own, 0, appraise)
  await expect(deputy.does(own, 2, inPlace)).rejects.toEqual(refused('own_appraisal'))
  await deputy.does(id, 2, inPlace)
  expect(await province().database.query("select actor_id, acting_for from case_event where finding_id = $1 and kind = 'approved'", [id])).toEqual([{ actor_id: deputy.reader.staffId, acting_for: absent.reader.staffId }])
})

test('says what is missing or too much, and changes nothing then', async () => {
  const officer = await worker(['officer'])
  const { finding_id: id, amount_at_stake: stake } = await freshCase()
  await expect(officer.does(id, 0, { ...appraise, comment: ' ' })).rejects.toEqual(refused('comment_missing'))
  await expect(officer.does(id, 0, { ...appraise, resolution: 'repaid' })).rejects.toEqual(refused('amount_missing'))
  await expect(officer.does(id, 0, { ...appraise, resolution: 'repaid', amount: `${stake}0` })).rejects.toEqual(refused('amount_above_stake'))
  await expect(officer.does(id, 0, { kind: 'answer' })).rejects.toEqual(refused('step_wrong'))
  await expect(officer.does(id, 0, { kind: 'assign', to: '999999999' })).rejects.toEqual(refused('colleague_unknown'))
  expect(await standing(id)).toMatchObject({ version: 0, step: 'new' })
})

test('events are only added, by anybody but the owner', async () => {
  const officer = await worker(['officer'])
  for (const statement of ["update case_event set comment = 'x'", 'delete from case_event', 'truncate case_event', 'delete from case_record', 'update case_record set amount_at_stake = 1', 'update finding set subject = subject', 'delete from payment_report', 'delete from trail_entry']) {
    await expect(officer.directly((transaction) => transaction.query(statement)), statement).rejects.toThrow(/permission denied/)
  }
})
