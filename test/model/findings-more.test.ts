/** Findings about persons, rates and files by example: what raises each, with its stake, and what nearly does (D31–D37, D48). */
import { describe, expect, it } from 'vitest'
import { AN, BANK, BINH, FORMER_AN, GUARDIAN, account, accounts, attempt, bank, credit, due, found, list, mandate, mandates, register, registered, schemes, stakes } from './say.ts'
import { spelling } from './names.ts'
import type { ModelFile, Row } from './types.ts'

const pension = (more: Row = {}): Row => due({ scheme: 'HTXH', due_amount: '60', ...more })
const rates = (...rows: Row[]): ModelFile => ({ kind: 'standard_rate', rows: rows.map((row) => ({ scheme: 'BTXH', ...row })) })
const categories = (...rows: Row[]): ModelFile => ({ kind: 'category', rows: rows.map((row) => ({ scheme: 'BTXH', category_code: '1', ...row })) })
const expected = (more: Row = {}): ModelFile => ({ kind: 'source_expectation', rows: [{ source: 'SO', kind: 'disbursement', deadline_day: '20', ...more }] })
const withdrawals = (...rows: Row[]): ModelFile => ({
  kind: 'withdrawal', rows: rows.map((row) => ({ creditor_agent: BANK, account_number: '1020001', end_to_end_id: 'E1', reported_through_date: '2026-04-30', ...row })),
})

describe('two schemes, two numbers', () => {
  it('double_scheme: the smaller monthly sum of one set; arrears, carers and other sets are none', () => {
    expect(found('double_scheme', [list(due(), pension())])).toMatchObject([{ scheme: 'HTXH', beneficiary_id: AN, amount_at_stake: '60' }])
    expect(found('double_scheme', [list(due({ due_amount: '60' }), pension())])).toMatchObject([{ scheme: 'BTXH' }])
    expect(stakes('double_scheme', [list(due(), pension({ component: 'arrears', origin_period: '2026-02' }))])).toEqual([])
    expect(stakes('double_scheme', [list(due(), pension({ component: 'carer' }))])).toEqual([])
    expect(stakes('double_scheme', [list(due(), pension({ scheme: 'NCC' }))])).toEqual([])
    expect(stakes('double_scheme', [list(due(), pension({ benefit_period: '2026-04' }))])).toEqual([])
    expect(stakes('double_scheme', [list(due(), pension({ list_status: 'suspended' }))])).toEqual([])
    expect(stakes('double_scheme', [list(due(), due({ category_code: '2' }))])).toEqual([])
    expect(stakes('double_scheme', [schemes({ scheme: 'HTXH', due_day: '20' }), list(due(), pension())])).toEqual([])
  })
  it('duplicate_person: one spelling, birth date and unit; nothing less', () => {
    const hoa = due({ beneficiary_name: 'Đỗ Thị Hoà', birth_date: '1950-02-01' })
    const again = (more: Row = {}): Row => ({ ...hoa, beneficiary_id: BINH, beneficiary_name: 'ĐỖ THỊ HÒA', due_amount: '70', ...more })
    expect(found('duplicate_person', [list(hoa, again())])).toMatchObject([{ beneficiary_id: AN, subject: `${AN}|${BINH}`, benefit_period: '2026-03', amount_at_stake: '70' }])
    for (const more of [{ beneficiary_name: 'Đỗ Thị Hoa' }, { birth_date: '1950-02-02' }, { birth_date: '1950' }, { unit_code: '26735' }, { benefit_period: '2026-04' }]) {
      expect(stakes('duplicate_person', [list(hoa, again(more))])).toEqual([])
    }
    expect(stakes('duplicate_person', [list(hoa, again({ beneficiary_id: FORMER_AN })), register(registered({ previous_id: FORMER_AN }))])).toEqual([])
  })
  it('one spelling is what typists vary: tone place, look-alikes, case, spaces, composition; not another sign', () => {
    expect(spelling('  Ðỗ\u00a0Thị  Hòa ')).toBe(spelling('Đỗ Thị Hoà'.normalize('NFD')))
    expect(spelling('Thúy')).toBe(spelling('Thuý'))
    expect(spelling('Khoẻ')).toBe(spelling('Khỏe'))
    expect(spelling('Hoàn')).toBe('HOÀN')
    expect(spelling('Quý')).toBe('QUÝ')
    expect(spelling('Hoá')).not.toBe(spelling('Hoà'))
    expect(spelling('Lý')).not.toBe(spelling('Lí'))
  })
})

describe('the number and the register', () => {
  const listed = (id: string, more: Row = {}): ModelFile => list(due({ beneficiary_id: id, ...more }))
  it('id_invalid: an unknown province; nine digits that no entry names', () => {
    expect(stakes('id_invalid', [listed('003085000001')])).toEqual(['0'])
    expect(stakes('id_invalid', [listed('096085000001')])).toEqual([])
    expect(stakes('id_invalid', [listed(FORMER_AN)])).toEqual(['0'])
    expect(stakes('id_invalid', [listed(FORMER_AN), register(registered({ previous_id: FORMER_AN }))])).toEqual([])
  })
  it('id_mismatch: birth year, century or sex are not those of the digits', () => {
    for (const more of [{ birth_date: '1985-12-31', sex: 'male' }, { birth_date: '1985' }, {}]) expect(stakes('id_mismatch', [listed(AN, more)])).toEqual([])
    for (const more of [{ birth_date: '1958-12-31' }, { birth_date: '2085' }, { sex: 'female' }]) expect(stakes('id_mismatch', [listed(AN, more)])).toEqual(['0'])
    expect(stakes('id_mismatch', [listed('001315000001', { birth_date: '2015-01-01', sex: 'female' })])).toEqual([])
    expect(stakes('id_mismatch', [listed(FORMER_AN, { sex: 'female' })])).toEqual([])
  })
  it('stale_verification: more than twelve months before D, by the latest entry', () => {
    const entry = (...days: string[]): ModelFile[] => [listed(AN), register(...days.map((verified_date) => registered({ verified_date })))]
    expect(stakes('stale_verification', entry('2025-03-30'))).toEqual(['0'])
    expect(stakes('stale_verification', entry('2025-03-31'))).toEqual([])
    expect(stakes('stale_verification', entry('2024-01-01', '2025-06-01'))).toEqual([])
  })
  it('never_verified: others of the unit are in the register', () => {
    const other = (more: Row = {}): ModelFile => register(registered({ person_id: BINH, unit_code: '26734', ...more }))
    expect(stakes('never_verified', [listed(AN), other()])).toEqual(['0'])
    expect(stakes('never_verified', [listed(AN), other({ unit_code: '26735' })])).toEqual([])
    expect(stakes('never_verified', [listed(AN), other({ verified_date: '2026-04-01' })])).toEqual([])
    expect(stakes('never_verified', [listed(AN), other({ previous_id: AN })])).toEqual([])
  })
})

describe('what a line is worth', () => {
  const rate = { amount: '100', applies_from: '2020-01-01' }
  const line = (more: Row = {}): Row => due({ category_code: '1', due_amount: '150', ...more })
  const law = [rates(rate), categories({ coefficient: '1.5' })]
  it('due_amount_off_rule: quantity × coefficient × rate, to the đồng; nothing without a rule', () => {
    expect(stakes('due_amount_off_rule', [...law, list(line())])).toEqual([])
    expect(stakes('due_amount_off_rule', [...law, list(line({ due_amount: '151' }))])).toEqual(['1'])
    expect(stakes('due_amount_off_rule', [...law, list(line({ quantity: '2' }))])).toEqual(['150'])
    for (const more of [{ category_code: '2' }, { category_code: '' }, { component: 'funeral' }, { scheme: 'NCC' }]) {
      expect(stakes('due_amount_off_rule', [...law, list(line({ ...more, due_amount: '7' }))])).toEqual([])
    }
    expect(stakes('due_amount_off_rule', [rates(rate), categories({ coefficient: '1.005' }), list(line({ due_amount: '101' }))])).toEqual([])
  })
  it('the nearest unit’s rate counts, also from under an old code', () => {
    const units: ModelFile = { kind: 'administrative_unit', rows: [{ unit_code: '26734', name: 'Xã', parent_code: '79', valid_from: '2000-01-01' }] }
    const successor: ModelFile = { kind: 'unit_succession', rows: [{ old_code: '100', new_code: '26734', effective_date: '2025-07-01' }] }
    const province = [rates(rate, { ...rate, unit_code: '79', amount: '200' }), categories({ coefficient: '1' }), units, successor]
    expect(stakes('due_amount_off_rule', [...province, list(line({ due_amount: '200' }))])).toEqual([])
    expect(stakes('due_amount_off_rule', [...province, list(line({ due_amount: '200', unit_code: '100' }))])).toEqual([])
    expect(stakes('due_amount_off_rule', [...province, list(line({ due_amount: '100', unit_code: '101' }))])).toEqual([])
    expect(stakes('due_amount_off_rule', [...province, list(line({ due_amount: '100' }))])).toEqual(['100'])
  })
  const raised = [rates(rate, { amount: '120', applies_from: '2026-03-01', in_force_date: '2026-05-05' }), categories({ coefficient: '1' })]
  const old = line({ due_amount: '100', list_date: '2026-02-20' })
  it('a rate applied back to March is no reason to flag March; its arrears are missed after the due date of the month after', () => {
    expect(stakes('due_amount_off_rule', [...raised, list(old)], '2026-06-30')).toEqual([])
    expect(stakes('arrears_missing', [...raised, list(old)], '2026-06-20')).toEqual([])
    expect(found('arrears_missing', [...raised, list(old)], '2026-06-21')).toMatchObject([{ benefit_period: '2026-03', amount_at_stake: '20' }])
    const made = line({ benefit_period: '2026-06', component: 'arrears', origin_period: '2026-03', due_amount: '20', list_date: '2026-05-20' })
    expect(stakes('arrears_missing', [...raised, list(old, made)], '2026-06-30')).toEqual([])
    expect(stakes('due_amount_off_rule', [...raised, list(old, made)], '2026-06-30')).toEqual([])
    expect(stakes('due_amount_off_rule', [...raised, list(old, { ...made, due_amount: '120' })], '2026-06-30')).toEqual(['100'])
    expect(stakes('due_amount_off_rule', [...raised, list({ ...made, due_amount: '120' })], '2026-06-30')).toEqual([])
  })
  it('a month at the new rate, or at none that was ever right, lacks no arrears', () => {
    for (const due_amount of ['120', '90']) expect(stakes('arrears_missing', [...raised, list({ ...old, due_amount })], '2026-06-30')).toEqual([])
  })
})

describe('money that arrived, or was carried on', () => {
  it('mandate_expiring: covers the due date and ends within thirty days of D', () => {
    const held = [list(due()), accounts(account({ holder_id: GUARDIAN }))]
    for (const [valid_to, count] of [['2026-03-30', 0], ['2026-03-31', 1], ['2026-04-30', 1], ['2026-05-01', 0], ['', 0]] as const) {
      expect(stakes('mandate_expiring', [...held, mandates(mandate({ valid_to }))])).toHaveLength(count)
    }
    expect(stakes('mandate_expiring', [...held, mandates(mandate({ valid_to: '2026-04-10' }), mandate({ valid_from: '2026-04-01' }))])).toEqual([])
    expect(stakes('mandate_expiring', [...held, mandates(mandate({ valid_from: '2026-03-21', valid_to: '2026-04-10' }))])).toEqual([])
  })
  it('not_withdrawable: credited to an account that cannot be used, and not taken yet', () => {
    const files = [list(due()), bank(credit()), accounts(account({ account_status: 'blocked' }))]
    expect(stakes('not_withdrawable', files)).toEqual(['100'])
    expect(stakes('not_withdrawable', [...files, withdrawals({ first_withdrawal_at: '2026-03-20' })])).toEqual([])
    expect(stakes('not_withdrawable', [...files, withdrawals({ first_withdrawal_at: '2026-04-01' })])).toEqual(['100'])
    expect(stakes('not_withdrawable', [list(due()), bank(attempt('PDNG')), accounts(account({ account_status: 'blocked' }))])).toEqual([])
  })
  it('not_withdrawn: thirty days without, as reported; no report says nothing', () => {
    const paid = [list(due()), bank(credit())]
    const through = (reported_through_date: string, asOf = '2026-06-30'): number => stakes('not_withdrawn', [...paid, withdrawals({ reported_through_date })], asOf).length
    expect(through('2026-04-17')).toBe(0)
    expect(through('2026-04-18')).toBe(1)
    expect(through('2026-04-30', '2026-04-17')).toBe(0)
    expect(stakes('not_withdrawn', paid, '2026-06-30')).toEqual([])
    expect(stakes('not_withdrawn', [...paid, withdrawals({}, { first_withdrawal_at: '2026-04-29' })], '2026-06-30')).toEqual([])
    expect(stakes('not_withdrawn', [...paid, withdrawals({ end_to_end_id: '' })], '2026-06-30')).toEqual([])
  })
  it('carried_over_mismatch: more or less than was left, where the origin is known', () => {
    const carried = (due_amount: string, more: Row = {}): Row => due({ benefit_period: '2026-04', component: 'carried_over', origin_period: '2026-03', due_amount, ...more })
    const half = bank(credit({ instructed_amount: '40' }))
    expect(stakes('carried_over_mismatch', [list(due(), carried('60')), half])).toEqual([])
    expect(stakes('carried_over_mismatch', [list(due(), carried('100')), half])).toEqual(['40'])
    expect(stakes('carried_over_mismatch', [list(due(), carried('50')), half])).toEqual(['10'])
    expect(stakes('carried_over_mismatch', [list(carried('50'))])).toEqual([])
    expect(stakes('carried_over_mismatch', [list(due(), carried('60'), carried('60', { benefit_period: '2026-05' })), half])).toEqual(['60'])
  })
})

describe('files', () => {
  it('control_total_mismatch: refused, and nothing of it counts, until it comes right', () => {
    const file = bank(credit())
    const wrong = { ...file, controlSum: '130' }
    expect(found('control_total_mismatch', [list(due()), wrong])).toMatchObject([{ scheme: null, beneficiary_id: null, amount_at_stake: '30' }])
    expect(stakes('unpaid_no_account', [list(due()), wrong])).toEqual(['100'])
    expect(stakes('control_total_mismatch', [{ ...file, controlCount: 2 }])).toEqual(['0'])
    expect(stakes('control_total_mismatch', [{ ...file, controlCount: 1, controlSum: '100' }])).toEqual([])
    expect(stakes('control_total_mismatch', [wrong, { ...file, controlSum: '140' }])).toEqual(['40'])
    expect(stakes('control_total_mismatch', [wrong, file])).toEqual([])
    expect(stakes('control_total_mismatch', [wrong, bank(credit({ end_to_end_id: 'E9' }))])).toEqual([])
    expect(stakes('control_total_mismatch', [bank(credit({ end_to_end_id: 'E9' })), wrong])).toEqual(['30'])
  })
  it('file_missing: by the last deadline before D, from that source, since the deadline before', () => {
    const sent = (receivedOn: string, more: Partial<ModelFile> = {}): ModelFile => ({ ...bank(credit()), source: 'SO', receivedOn, ...more })
    expect(found('file_missing', [expected()])).toMatchObject([{ subject: 'SO|disbursement', benefit_period: '2026-03', amount_at_stake: '0' }])
    expect(found('file_missing', [expected()], '2026-03-20')).toMatchObject([{ benefit_period: '2026-02' }])
    expect(stakes('file_missing', [expected(), sent('2026-02-20')])).toEqual(['0'])
    for (const day of ['2026-02-21', '2026-03-20', '2026-03-29']) expect(stakes('file_missing', [expected(), sent(day)])).toEqual([])
    expect(stakes('file_missing', [expected(), sent('2026-03-01', { source: 'SO-2' })])).toEqual(['0'])
    expect(found('file_missing', [expected({ scheme: 'HTXH' }), sent('2026-03-01')])).toMatchObject([{ scheme: 'HTXH', subject: 'SO|disbursement|HTXH' }])
    expect(stakes('file_missing', [expected({ scheme: 'BTXH' }), sent('2026-03-01')])).toEqual([])
    expect(found('file_missing', [expected({ deadline_day: '31' })], '2026-03-31')).toMatchObject([{ benefit_period: '2026-02' }])
  })
})
