/** Coverage, campaigns, quality of the lists and what stands in the way, from small files whose every number can be counted by hand. */
import { beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { access, campaigns, coverage, dataQuality, publishedRun, qualityPeople, uncoveredPeople, type PublishedRun } from '../../src/reports/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { clock, handIn } from '../helpers/model-files.ts'
import type { Kind, Row } from '../model/types.ts'

const clone = useDatabase()
const id = (at: number): string => `001085${String(at).padStart(6, '0')}`
const account = (at: number): string => `20000000${String(at).padStart(2, '0')}`
let published: PublishedRun

async function give(kind: Kind | 'village' | 'campaign', rows: Row[]): Promise<void> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const text = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map((cells) => cells.join(',')).join('\n')
  const receipt = await handIn(clone().database, { kind: kind as Kind, rows, name: `${kind}.csv` }, `${text}\n`)
  expect(receipt.problems).toEqual([])
}

/** Ten people in two villages of one commune: 0–3 with a usable account, 4 with one never activated, 5 with one closed before any payment, 6 paid in cash and excused, 7–9 with none. */
beforeAll(async () => {
  const { database } = clone()
  const everybody = Array.from({ length: 10 }, (_, at) => at)
  await give('village', [{ unit_code: '26734', village: 'Bản A', distance_km: '2', electricity: 'có', signal: 'có' }, { unit_code: '26734', village: 'Bản B', distance_km: '23.5', electricity: 'không', signal: 'yếu' }])
  await give('campaign', [{ name: '90 ngày đêm', unit_code: '26734', target_percent: '95', target_date: '2026-12-31', start_date: '2026-10-01' }])
  await give('beneficiary_list', everybody.map((at): Row => ({
    scheme: 'BTXH', benefit_period: '2026-10', beneficiary_id: id(at), beneficiary_name: `Người ${at}`, unit_code: '26734', village: at < 5 ? 'Bản A' : 'Bản B', due_amount: '60000000',
    birth_date: at === 9 ? '' : '1985-01-01', sex: 'male', category_code: '5A', payment_channel: at === 6 ? 'cash' : 'account', ...(at < 6 ? { creditor_agent: '970436', creditor_account: account(at) } : {}),
  })))
  await give('account_opening', [0, 1, 2, 3, 4, 5].map((at): Row => ({
    creditor_agent: '970436', account_number: account(at), holder_id: id(at), holder_name: `Người ${at}`, opened_date: '2026-01-05', account_status: at === 4 ? 'inactive' : at === 5 ? 'closed' : 'active', reported_date: '2026-10-01',
    ...(at < 4 ? { activated_date: '2026-01-20', card_issued_date: at < 2 ? '2026-01-25' : '' } : {}), ...(at === 5 ? { closed_date: '2026-07-01' } : {}),
  })))
  await give('exemption', [{ beneficiary_id: id(6), reason_code: 'far_away', evidence_reference: 'BB 12', approved_by: 'UBND', valid_from: '2026-01-01', valid_to: '2026-12-31' }])
  await give('disbursement', [0, 1, 2, 3].map((at): Row => ({ end_to_end_id: `C${at}`, scheme: 'BTXH', benefit_period: '2026-10', beneficiary_id: id(at), creditor_agent: '970436', creditor_account: account(at), instructed_amount: '60000000', instructed_at: '2026-10-05', transaction_status: 'ACSC', credited_at: '2026-10-07' })))
  await give('withdrawal', [0, 1, 2].map((at): Row => ({ creditor_agent: '970436', account_number: account(at), end_to_end_id: `C${at}`, reported_through_date: '2026-10-31', first_withdrawal_at: at === 2 ? '' : '2026-10-09' })))
  await give('population_register', everybody.filter((at) => at !== 8).map((at): Row => ({ person_id: id(at), name: at === 1 ? 'NGUOI 1' : at === 2 ? 'Kẻ khác' : `Người ${at}`, birth_date: at === 3 ? '1985-01-02' : '1985-01-01', sex: 'male', vital_status: 'alive', unit_code: at === 7 ? '26737' : '26734', verified_date: at === 4 ? '2025-01-01' : '2026-09-01' })))
  await run(database, { asOf: '2026-11-10', timeZone: 'Asia/Ho_Chi_Minh', clock })
  published = (await publishedRun(database)) as PublishedRun
})

describe('coverage', () => {
  test('counts people with a usable account over the active less the excused, by village and together', async () => {
    const answer = await coverage(clone().database, published, 'village', { benefitPeriod: '2026-10' })
    expect(answer.all).toEqual({ active_count: 10, exempt_count: 1, covered_count: 9, opened_count: 6, activated_count: 4, usable_count: 4, card_count: 2, by_account_count: 9, paid_count: 4, paid_by_account_count: 4, withdrawn_count: 2, without_count: 5 })
    expect(answer.rows.map(({ village, usable_count: usable, covered_count: covered, without_count: without }) => [village, usable, covered, without])).toEqual([['Bản B', 0, 4, 4], ['Bản A', 4, 5, 1]])
  })

  test('names who is still to be reached, by village, page by page', async () => {
    const first = await uncoveredPeople(clone().database, published, { benefitPeriod: '2026-10', unit: '26734' }, null, 2)
    expect(first.rows.map((row) => [row.village, row.beneficiary_name, row.account_state])).toEqual([['Bản A', 'Người 4', 'opened'], ['Bản B', 'Người 5', 'opened']])
    expect(first.hasMore).toBe(true)
    const last = first.rows.at(-1)
    const second = await uncoveredPeople(clone().database, published, { benefitPeriod: '2026-10', unit: '26734' }, { village: last?.village ?? '', name: last?.beneficiary_name ?? '', personKey: last?.person_key ?? '' }, 5)
    expect(second.rows.map((row) => [row.beneficiary_name, row.account_state])).toEqual([['Người 7', 'none'], ['Người 8', 'none'], ['Người 9', 'none']])
    expect(second.hasMore).toBe(false)
  })

  test('is held against the target of a campaign', async () => {
    const [campaign] = await campaigns(clone().database, published, '26734')
    // 95 % of 9 are 8.55, so 9 people; 4 are there.
    expect(campaign).toMatchObject({ name: '90 ngày đêm', target_percent: '95', missing_count: 5, days: [{ as_of: '2026-11-10', usable_count: 4, covered_count: 9, exempt_count: 1 }] })
    expect(await campaigns(clone().database, published, '00001')).toEqual([])
  })
})

test('the lists are scored against the register, and who is behind each score is named', async () => {
  const answer = await dataQuality(clone().database, published, { benefitPeriod: '2026-10' })
  // A register in capitals without marks says the same; person 8 is in none, 9 has no birth, 4 was verified long ago, 7 lives elsewhere now, and 6 to 9 but the cash one name no account.
  expect(answer.all.scores).toEqual({ correct: { good_count: 7, of_count: 10 }, sufficient: { good_count: 7, of_count: 10 }, clean: { good_count: 10, of_count: 10 }, live: { good_count: 7, of_count: 10 } })
  expect(answer.all.faults).toEqual({ name_differs: 1, birth_differs: 1, not_in_register: 1, never_verified: 1, stale_verification: 1, moved: 1, no_birth: 1, no_account: 3 })
  const people = await qualityPeople(clone().database, published, { benefitPeriod: '2026-10', unit: '26734', quality: 'live' })
  expect(people.map((person) => [person.beneficiary_name, person.faults])).toEqual([['Người 4', ['stale_verification']], ['Người 7', ['moved']], ['Người 8', ['never_verified']]])
})

test('what stands in the way is counted: an account closed unused, and a payday beyond what one agent may hand out', async () => {
  const answer = await access(clone().database, published, { benefitPeriod: '2026-10' })
  expect(answer.all).toEqual({ closed_unused_count: 1, mandate_expired_count: 0, mandate_expiring_count: 0, nine_digits_count: 0 })
  // Four times sixty million on one day in Bản A; an agent may hand out two hundred.
  expect(answer.paydays).toEqual([expect.objectContaining({ village: 'Bản A', credited_date: '2026-10-07', people_count: 4, amount: '240000000', limit_amount: '200000000', distance_km: '2', legal_basis: 'Thông tư 07/2024/TT-NHNN' })])
})
