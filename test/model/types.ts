/** The words of the reference model: the files it reads, the results it gives. */

export type Kind =
  | 'beneficiary_list'
  | 'account_opening'
  | 'disbursement'
  | 'mandate'
  | 'population_register'
  | 'withdrawal'
  | 'exemption'
  | 'scheme'
  | 'calendar'
  | 'standard_rate'
  | 'category'
  | 'administrative_unit'
  | 'unit_succession'
  | 'source_expectation'
  | 'coverage_start'

/** They come before the facts that need them. */
export const REFERENCE_KINDS: readonly Kind[] = ['scheme', 'calendar', 'standard_rate', 'category', 'administrative_unit', 'unit_succession', 'source_expectation', 'coverage_start']

/** One row of a clean file: the contract's columns as they are written; an empty or missing value is absent. */
export type Row = Record<string, string>

/**
 * One file, in order of arrival. `voided`: withdrawn before the next file arrived.
 * The same bytes again (see write-csv.ts) change nothing, as in the contract.
 */
export type ModelFile = {
  kind: Kind
  rows: Row[]
  voided?: boolean
  /** The file's name; left out: the kind with `.csv`. */
  name?: string
  /** Who sent it. */
  source?: string
  /** The local day on which it was handed in, `YYYY-MM-DD`; left out: `USUAL_DAY`. */
  receivedOn?: string
  /** What the sender declared; a file whose lines do not add up to it is refused. */
  controlCount?: number
  controlSum?: string
}

/** The day on which files are handed in that name none. */
export const USUAL_DAY = '2026-11-20'

export type SchemeRule = {
  currency: string
  /** Day of the benefit month; null: its last day. */
  dueDay: number | null
  graceDays: number
  settlementDays: number
  collectionDays: number
  /** Schemes of one set are not due to one person in one month; empty: of none. */
  exclusiveSet: string
}

/** What stands before any file: schemes by code, banking calendar by `YYYY-MM-DD`, and the other reference kinds as rows. */
export type Reference = {
  schemes?: Record<string, SchemeRule>
  calendar?: Record<string, 'holiday' | 'working'>
  standard_rate?: Row[]
  category?: Row[]
  administrative_unit?: Row[]
  unit_succession?: Row[]
  source_expectation?: Row[]
  coverage_start?: Row[]
}

export const OUTCOME_CLASSES = [
  'paid', 'paid_late', 'paid_twice', 'paid_over', 'carried_over', 'not_due', 'in_transit', 'stuck',
  'paid_short', 'returned', 'not_collected', 'unpaid_no_account', 'unpaid',
] as const
export type OutcomeClass = (typeof OUTCOME_CLASSES)[number]

export const RULES = ['id_period', 'id_periods', 'former_id_period', 'id_oldest', 'account', 'household'] as const
export type Rule = (typeof RULES)[number]

export const FINDING_CODES = [
  'unpaid', 'unpaid_no_account', 'returned', 'stuck', 'not_collected', 'paid_short', 'paid_over', 'paid_twice',
  'paid_late', 'not_on_list', 'ambiguous_payment', 'wrong_account', 'holder_mismatch', 'shared_account',
  'account_not_usable', 'mandate_expired', 'conflicting_line', 'paid_while_suspended', 'deceased_on_list',
  'paid_after_death', 'duplicate_entitlement_line', 'double_scheme', 'duplicate_person', 'id_invalid', 'id_mismatch',
  'stale_verification', 'never_verified', 'due_amount_off_rule', 'arrears_missing', 'mandate_expiring', 'not_withdrawable',
  'not_withdrawn', 'carried_over_mismatch', 'file_missing', 'control_total_mismatch',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** Amounts in every result are plain decimal strings in the currency of the scheme (of the payment where unmatched). */
export type OutcomeResult = {
  scheme: string
  benefit_period: string
  beneficiary_id: string
  class: OutcomeClass
  due: string
  credited: string
}

/** One part of one payment; `amount` is what it takes there: 0 for a rejected, returned or not collected payment. */
export type MatchResult = {
  payment: string
  rule: Rule
  scheme: string
  benefit_period: string
  beneficiary_id: string
  amount: string
}

export type FindingResult = {
  code: FindingCode
  scheme: string | null
  benefit_period: string | null
  beneficiary_id: string | null
  subject: string
  amount_at_stake: string
}

/** One cell: scheme × benefit period × currency; null where an unmatched payment names none. */
export type BridgeResult = {
  scheme: string | null
  benefit_period: string | null
  currency: string
  due: string
  credited_to_due: string
  carried_out: string
  carried_in: string
  /** Only classes with something missing. */
  shortfall: Partial<Record<OutcomeClass, string>>
  excess_over: string
  excess_twice: string
  unmatched: string
}

export type ModelResult = {
  outcomes: OutcomeResult[]
  matches: MatchResult[]
  findings: FindingResult[]
  bridge: BridgeResult[]
}
