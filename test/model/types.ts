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

/** One row of a clean file: the contract's columns as they are written; an empty or missing value is absent. */
export type Row = Record<string, string>

/**
 * One file, in order of arrival. `voided`: withdrawn before the next file arrived.
 * The same bytes again (see write-csv.ts) change nothing, as in the contract.
 */
export type ModelFile = { kind: Kind; rows: Row[]; voided?: boolean }

export type SchemeRule = {
  currency: string
  /** Day of the benefit month; null: its last day. */
  dueDay: number | null
  graceDays: number
  settlementDays: number
  collectionDays: number
}

/** What stands before any file: schemes by code, banking calendar by `YYYY-MM-DD`. */
export type Reference = {
  schemes?: Record<string, SchemeRule>
  calendar?: Record<string, 'holiday' | 'working'>
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
  'paid_after_death', 'duplicate_entitlement_line',
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
