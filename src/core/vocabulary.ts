/**
 * The glossary, then the types that carry it: start reading here.
 *
 * - **scheme**: a programme that pays (BTXH social assistance, HTXH social pension, NCC merit, BHXH pensions).
 * - **beneficiary**: the person who has the right; **payee**: who receives for them (guardian, authorised person, institution).
 * - **entitlement line**: scheme × benefit_period × beneficiary × category_code × component (× origin_period), with a due amount.
 * - **entitlement**: scheme × benefit_period × beneficiary; its due amount is the sum of its active lines. Every outcome, match and time is about one.
 * - **benefit_period**: the month the money is for, `YYYY-MM` outside and year × 100 + month inside; not the month it is paid in.
 * - **payment**: one instruction to one creditor account; its status moves up as reports arrive.
 * - **match**: what a payment gave to an entitlement, by which rule. **outcome**: the one class of an entitlement, as of a day.
 * - **finding**: something a person must look at: code × subject × benefit_period. **case**: the human work on a finding.
 * - **problem**: a value in a file that could not be taken. **refusal**: a request, or a whole file, that could not.
 * - **bridge**: what was due = what came + what was carried out + what is missing, and what came = what was due + excess + unmatched.
 */

/** The classes of an entitlement, in the order in which the first that applies is taken. */
export const outcomeClasses = [
  'paid', 'paid_late', 'paid_twice', 'paid_over', 'carried_over', 'not_due', 'in_transit', 'stuck', 'paid_short', 'returned', 'not_collected', 'unpaid_no_account', 'unpaid',
] as const
export type OutcomeClass = (typeof outcomeClasses)[number]

/** The matching rules, from certain to doubtful. */
export const matchRules = ['id_period', 'id_periods', 'former_id_period', 'id_oldest', 'account', 'household'] as const
export type MatchRule = (typeof matchRules)[number]

/** How bad a finding is: high, medium, low, or only to know. */
export const severities = ['h', 'm', 'l', 'i'] as const
export type Severity = (typeof severities)[number]

/** Who acts: C commune officer, B bank, P payer (province, treasury), A auditor. */
export const actors = ['C', 'B', 'P', 'A', 'C/B'] as const
export type Actor = (typeof actors)[number]

/** The languages of the product; Vietnamese is the source. */
export const languages = ['vi', 'en', 'ar'] as const
export type Language = (typeof languages)[number]

/** A text in each language. */
export type Texts = Readonly<Record<Language, string>>

/** What a finding is about: an entitlement, a payment, an account, a pair of beneficiaries, a file or source. */
export const findingSubjects = ['entitlement', 'payment', 'account', 'pair', 'file'] as const
export type FindingSubject = (typeof findingSubjects)[number]

/** How the wait for the money of a credit ended, as of a day; censored: not yet, when the bank last reported; not_reported: no bank has said anything. */
export const cashEvents = ['withdrawn', 'censored', 'returned', 'closed', 'died', 'not_reported'] as const
export type CashEvent = (typeof cashEvents)[number]

/** By what people are told apart who wait for their money: where they live, how far out, who they are, who pays them how and through whom. */
export const strata = ['unit', 'province', 'village', 'distance', 'electricity', 'signal', 'age', 'sex', 'need', 'scheme', 'bank', 'channel', 'payee'] as const
export type Stratum = (typeof strata)[number]

/** The stages of a payment, each with who holds it up: the payer until it is instructed, the bank until it is credited, the account until it can be withdrawn, access until it is. */
export const stages = ['payer', 'bank', 'account', 'access'] as const
export type Stage = (typeof stages)[number]
