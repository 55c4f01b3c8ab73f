/** Short words for the example tests: one month's money for An and her neighbours, and what became of it. */
import { reconcileModel } from './model.ts'
import type { FindingCode, FindingResult, ModelFile, ModelResult, Row } from './types.ts'

export const AN = '001085000001'
export const BINH = '001085000002'
export const CHI = '001085000003'
export const DUNG = '001085000004'
/** An's id before the 12-digit one. */
export const FORMER_AN = '162000001'
export const GUARDIAN = '001170000099'
export const BANK = '970436'

/** March 2026: due on Friday the 20th, so T is that day too. */
const MARCH = { scheme: 'BTXH', benefit_period: '2026-03' }

/** An is due 100 on account 1020001. An empty value takes a field away. */
export const due = (more: Row = {}): Row => ({
  ...MARCH, beneficiary_id: AN, beneficiary_name: 'An', unit_code: '26734', due_amount: '100',
  creditor_agent: BANK, creditor_account: '1020001', ...more,
})

/** Instructed on the 18th, credited on the 19th: in time. */
export const credit = (more: Row = {}): Row => ({
  end_to_end_id: 'E1', ...MARCH, beneficiary_id: AN, creditor_agent: BANK, creditor_account: '1020001', instructed_amount: '100',
  instructed_at: '2026-03-18T08:00:00', transaction_status: 'ACSC', credited_at: '2026-03-19T08:00:00', ...more,
})

/** The same instruction, not credited. */
export const attempt = (transaction_status: string, more: Row = {}): Row => credit({ transaction_status, credited_at: '', ...more })

export const account = (more: Row = {}): Row => ({
  creditor_agent: BANK, account_number: '1020001', holder_id: AN, holder_name: 'An', opened_date: '2025-01-01', account_status: 'active', ...more,
})
/** Reported through the 31st: no withdrawal of An's money unless one is named. */
export const withdrawal = (first_withdrawal_at: string, more: Row = {}): Row => ({ creditor_agent: BANK, account_number: '1020001', end_to_end_id: 'E1', first_withdrawal_at, reported_through_date: '2026-03-31', ...more })
export const mandate = (more: Row = {}): Row => ({
  beneficiary_id: AN, payee_id: GUARDIAN, payee_name: 'Giám hộ', relation: 'guardian', valid_from: '2025-01-01', ...more,
})
export const registered = (more: Row = {}): Row => ({ person_id: AN, name: 'An', vital_status: 'alive', verified_date: '2026-01-10', ...more })

export const list = (...rows: Row[]): ModelFile => ({ kind: 'beneficiary_list', rows })
export const bank = (...rows: Row[]): ModelFile => ({ kind: 'disbursement', rows })
export const accounts = (...rows: Row[]): ModelFile => ({ kind: 'account_opening', rows })
export const withdrawals = (...rows: Row[]): ModelFile => ({ kind: 'withdrawal', rows })
export const mandates = (...rows: Row[]): ModelFile => ({ kind: 'mandate', rows })
export const register = (...rows: Row[]): ModelFile => ({ kind: 'population_register', rows })
export const calendar = (...rows: Row[]): ModelFile => ({ kind: 'calendar', rows })
export const schemes = (...rows: Row[]): ModelFile => ({ kind: 'scheme', rows })

export const DAY = '2026-03-31'
export const on = (files: ModelFile[], asOf = DAY): ModelResult => reconcileModel(files, asOf)

/** The class of An's entitlement for March. */
export const classOf = (files: ModelFile[], asOf = DAY): string | undefined =>
  on(files, asOf).outcomes.find((one) => one.beneficiary_id === AN && one.benefit_period === '2026-03')?.class

/** `rule period beneficiary amount` of every match, in the order of the result. */
export const matchesOf = (files: ModelFile[], asOf = DAY): string[] =>
  on(files, asOf).matches.map((one) => `${one.rule} ${one.benefit_period} ${one.beneficiary_id} ${one.amount}`)

export const found = (code: FindingCode, files: ModelFile[], asOf = DAY): FindingResult[] =>
  on(files, asOf).findings.filter((one) => one.code === code)

/** The stakes of all findings of one code. */
export const stakes = (code: FindingCode, files: ModelFile[], asOf = DAY): string[] =>
  found(code, files, asOf).map((one) => one.amount_at_stake)
