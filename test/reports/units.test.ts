/** Units before and after a merger: one place under every code it ever had, as of the day that is looked at. */
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { coverage, publishedRun, timeToCash, unitsOf, type PublishedRun } from '../../src/reports/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { clock, ingestModelFiles } from '../helpers/model-files.ts'
import type { Row } from '../model/types.ts'

const clone = useDatabase()

/** Province P1 was merged into P2 in July, and with it commune P1001 into P2001; P2002 was always there. One person each, paid in June and in August. */
beforeAll(async () => {
  const { database } = clone()
  const places = { 'P1001': ['2026-06'], 'P2001': ['2026-06', '2026-08'], 'P2002': ['2026-06', '2026-08'] }
  const lines = Object.entries(places).flatMap(([unit, months], at) => months.map((month) => ({ unit, month, id: `00108500000${at}`, account: `300000000${at}` })))
  const unit = (code: string, parent: string | null, name: string): Row => ({ unit_code: code, name, valid_from: '2020-01-01', ...(parent === null ? {} : { parent_code: parent }) })
  await ingestModelFiles(database, [
    { kind: 'administrative_unit', rows: [unit('P1', null, 'Tỉnh Cũ'), unit('P2', null, 'Tỉnh Mới'), unit('P1001', 'P1', 'Xã Một'), unit('P2001', 'P2', 'Xã Hai'), unit('P2002', 'P2', 'Xã Ba')] },
    { kind: 'unit_succession', rows: [{ old_code: 'P1', new_code: 'P2', effective_date: '2026-07-01', part: 'whole' }, { old_code: 'P1001', new_code: 'P2001', effective_date: '2026-07-01', part: 'whole' }] },
    { kind: 'beneficiary_list', rows: lines.map(({ unit: code, month, id, account }) => ({ scheme: 'BTXH', benefit_period: month, beneficiary_id: id, beneficiary_name: 'Người', unit_code: code, due_amount: '540000', creditor_agent: '970436', creditor_account: account })) },
    { kind: 'account_opening', rows: [0, 1, 2].map((at) => ({ creditor_agent: '970436', account_number: `300000000${at}`, holder_id: `00108500000${at}`, holder_name: 'Người', opened_date: '2025-01-01', account_status: 'active' })) },
    { kind: 'disbursement', rows: lines.map(({ month, id, account }) => ({ end_to_end_id: `E${id}${month}`, scheme: 'BTXH', benefit_period: month, beneficiary_id: id, creditor_agent: '970436', creditor_account: account, instructed_amount: '540000', instructed_at: `${month}-05`, transaction_status: 'ACSC', credited_at: `${month}-06` })) },
    { kind: 'withdrawal', rows: lines.map(({ month, id, account }) => ({ creditor_agent: '970436', account_number: account, end_to_end_id: `E${id}${month}`, first_withdrawal_at: `${month}-08`, reported_through_date: '2026-08-31' })) },
  ])
})

async function publishedOn(asOf: string): Promise<PublishedRun> {
  await run(clone().database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true })
  return (await publishedRun(clone().database)) as PublishedRun
}
const counts = async (published: PublishedRun, by: 'unit' | 'province'): Promise<[string | null | undefined, string | null | undefined, number][]> =>
  (await timeToCash(clone().database, published, [by])).groups.map(({ values, names, statistics }): [string | null | undefined, string | null | undefined, number] => [values[0], names[0], statistics.count]).sort((first, second) => (String(first[0]) < String(second[0]) ? -1 : 1))

test('after the merger the months before it are those of the new unit', async () => {
  const published = await publishedOn('2026-09-30')
  expect(await counts(published, 'unit')).toEqual([['P2001', 'Xã Hai', 3], ['P2002', 'Xã Ba', 2]])
  expect(await counts(published, 'province')).toEqual([['P2', 'Tỉnh Mới', 5]])
  const { database } = clone()
  for (const code of ['P2001', 'P1001']) expect((await timeToCash(database, published, [], { unit: code })).everybody.statistics.count, code).toBe(3)
  expect((await timeToCash(database, published, ['sex'], { unit: 'P1' })).everybody.statistics.count).toBe(5)
  expect((await coverage(database, published, 'unit', { benefitPeriod: '2026-06' })).rows.map((row) => [row.unit_code, row.active_count, row.usable_count])).toEqual([['P2001', 2, 2], ['P2002', 1, 1]])
  expect((await unitsOf(database, '2026-09-30')).within('P2')).toEqual(expect.arrayContaining(['P1', 'P1001', 'P2', 'P2001', 'P2002']))
})

test('before it they are their own', async () => {
  const published = await publishedOn('2026-06-30')
  expect(await counts(published, 'unit')).toEqual([['P1001', 'Xã Một', 1], ['P2001', 'Xã Hai', 1], ['P2002', 'Xã Ba', 1]])
  expect(await counts(published, 'province')).toEqual([['P1', 'Tỉnh Cũ', 1], ['P2', 'Tỉnh Mới', 2]])
})
