/**
 * What stands against paying or asking back although a later file speaks otherwise: a reason that is not to be tried again,
 * a death of which a bank told, the share that may be kept back of a month, and a payment asked back under two names.
 */
import { beforeAll, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { startSession } from '../../src/staff/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { ingestModelFiles } from '../helpers/model-files.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'

const clone = useDatabase()
const clock = stoppedClock('2026-11-01T20:00:00Z')
const rows = <R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> => clone().database.query<R>(sql, values)
const takeIn = (text: string) => ingestModelFiles(clone().database, filesForModel(readScenario(`${text}\nas of 2026-11-02\nfinds nothing`.split('\n')).files))
const night = (asOf: string) => run(clone().database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })
const idOf = (letter: string) => `0010870000${String(letter.charCodeAt(0) - 64).padStart(2, '0')}`

/** What is proposed of a person on a kind of list, by month. */
const proposed = async (letter: string, kind = 'supplementary'): Promise<string[]> =>
  (await rows<{ said: string }>("select concat_ws(' ', benefit_period, code, coalesce(left_out, 'listed'), return_reason_code) as said from correction_proposal where identifier_text(person_key) = $1 and list_kind = $2 order by 1", [idOf(letter), kind])).map(({ said }) => said)

const by = async (staffId: number, sql: string): Promise<string> => {
  const { sessionHash } = await startSession(clone().database, String(staffId), clock.now())
  return clone().database.transaction(async (transaction) => {
    await transaction.query("update staff_session set expires_at = '2999-01-01'")
    await transaction.query(`set local tantay.session = '${sessionHash}'`)
    return (await transaction.query<{ said: string }>(`select (${sql})::text as said`))[0]?.said ?? ''
  })
}
const approved = async (kind: string, target: number | null): Promise<string> => {
  const id = await by(1, `draft_correction_list('${kind}', null, null, null, null, ${target ?? 'null'}, 'VND', '12/QĐ', '2026-11-01', now())`)
  return by(2, `approve_correction_list(${id}, 1, now())`)
}

beforeAll(async () => {
  const { database } = clone()
  await database.query("insert into staff (staff_id, user_name, display_name, roles, created_at) values (1, 'one', 'One', array['payer'], now()), (2, 'two', 'Two', array['approver'], now())")
  await database.query("insert into payer_account_row (file_id, line_number, debtor_name, debtor_agent, debtor_account, offset_percent, not_collected, collection_months, applies_from) values (0, 1, 'Kho bạc', 970436, '0011000001', 30, 'next_list', 3, '2026-01-01')")
  await takeIn(`list A 2026-10 500000
list Z 2026-10 400000
pay Z 2026-10 400000 credited 2026-10-09
pay A 2026-10 500000 credited 2026-10-09 creditor_account=1000000026 end_to_end_id=E90
pay A 2026-10 500000 credited 2026-10-10 end_to_end_id=E91
list C 2026-09 500000
list C 2026-10 500000
pay C 2026-10 500000 returned 2026-10-12 credited_at=2026-10-09 return_reason_code=MD07 instructed_at=2026-10-08
list D 2026-10 500000
pay D 2026-10 500000 returned 2026-10-12 credited_at=2026-10-09 return_reason_code=MD07 instructed_at=2026-10-08
pay D 2026-10 500000 rejected - return_reason_code=BE08 instructed_at=2026-10-14
list E 2026-10 500000
pay E 2026-10 500000 rejected - return_reason_code=AM05 instructed_at=2026-10-08
pay E 2026-10 500000 rejected - return_reason_code=BE08 instructed_at=2026-10-14
list F 2026-10 500000
pay F 2026-10 200000 credited 2026-10-09
pay F 2026-10 300000 rejected - return_reason_code=MD07 instructed_at=2026-10-10
list G 2026-09 500000
list G 2026-10 500000
pay G 2026-09 500000 credited 2026-09-09
pay G 2026-09 500000 credited 2026-09-09
pay G 2026-10 500000 credited 2026-10-09
pay G 2026-10 500000 credited 2026-10-09
list H 2026-10 500000
pay H 2026-10 200000 credited 2026-10-09
pay H 2026-10 300000 rejected - return_reason_code=AM05 instructed_at=2026-10-10`)
  await night('2026-11-02')
})

test('a reason that is not to be tried again bars its month whatever was tried afterwards, and a death told by a bank every month', async () => {
  expect(await Promise.all(['C', 'D', 'E', 'F', 'H'].map((letter) => proposed(letter)))).toEqual([
    ['202609 unpaid deceased', '202610 returned deceased MD07'],
    ['202610 returned deceased MD07'],
    ['202610 returned needs_decision AM05'],
    ['202610 paid_short deceased MD07'],
    ['202610 paid_short needs_decision AM05'],
  ])
  expect(await rows("select distinct lifted_by from correction_candidate where list_kind = 'supplementary' and left_out in ('deceased', 'needs_decision')")).toEqual([{ lifted_by: ['repaid'] }])
})

test('all that is kept back of a person’s month stays within the share', async () => {
  await clone().database.transaction(async (transaction) => {
    const cases = "from case_record where code = 'paid_twice' and identifier_text(person_key) = $1"
    await transaction.query(`insert into case_event (person_key, finding_id, event_number, happened_at, actor_id, kind, step, resolution, amount) select person_key, finding_id, version + 1, now(), 1, 'appraised', 'appraised', 'offset_next_period', amount_at_stake ${cases}`, [idOf('G')])
    await transaction.query(`insert into case_event (person_key, finding_id, event_number, happened_at, actor_id, kind, step, appraisal_number, appraised_by) select person_key, finding_id, version + 2, now(), 2, 'approved', 'approved', version + 1, 1 ${cases}`, [idOf('G')])
    await transaction.query("update case_record set version = version + 2, step = 'approved', resolution = 'offset_next_period', appraisal_number = version + 1, approval_number = version + 2 where code = 'paid_twice' and identifier_text(person_key) = $1", [idOf('G')])
  })
  expect(await proposed('G', 'offset')).toEqual(['202609 paid_twice listed', '202610 paid_twice listed'])
  expect(await approved('offset', 202611)).toBe('done')
  expect(await rows('select benefit_period, sum(amount)::text as kept from correction_offset group by 1 order by 1')).toEqual(
    [[202611, '150000'], [202612, '150000'], [202701, '150000'], [202702, '150000'], [202703, '150000'], [202704, '150000'], [202705, '100000']].map(([month, kept]) => ({ benefit_period: month, kept })))
})

test('a register that later says that somebody lives frees the other months, and a payment made right is asked back once', async () => {
  expect(await proposed('A', 'recovery')).toEqual(['202610 paid_twice counted_elsewhere', '202610 wrong_account listed'])
  expect(await approved('recovery', null)).toBe('done')
  await takeIn('mandate A Z 2026-01-01 2027-12-31\nregister C alive verified_date=2026-11-02')
  await night('2026-11-03')
  expect(await proposed('C')).toEqual(['202609 unpaid listed', '202610 returned needs_decision MD07'])
  expect(await proposed('A', 'recovery')).toEqual(['202610 paid_twice on_list'])
  await rows("update correction_item set is_live = false where money_key like 'payment|%'")
  expect(await proposed('A', 'recovery')).toEqual(['202610 paid_twice listed'])
})
