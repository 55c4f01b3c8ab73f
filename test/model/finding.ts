/** What every finding is worked out from, and the shape of one about an entitlement. */
import type { DoubledLine, Line } from './lists.ts'
import type { Matching } from './matching.ts'
import type { Outcome } from './outcomes.ts'
import type { Payment } from './payments.ts'
import type { People } from './people.ts'
import type { Rules } from './reference.ts'
import type { FindingCode, FindingResult, ModelFile } from './types.ts'
import { type Day, type Money, moneyText } from './values.ts'
import type { Withdrawals } from './withdrawals.ts'

export type Known = {
  lines: Line[]
  doubled: DoubledLine[]
  outcomes: Outcome[]
  matching: Matching
  payments: Payment[]
  people: People
  withdrawals: Withdrawals
  rules: Rules
  /** Every file handed in and not withdrawn, in order of arrival, the refused ones too; the same bytes again are no new file. */
  handedIn: ModelFile[]
  /** Those that count. */
  sealed: ModelFile[]
  asOf: Day
}

export function about(code: FindingCode, there: { scheme: string; period: string; beneficiary: string }, stake: Money): FindingResult {
  return {
    code, scheme: there.scheme, benefit_period: there.period, beneficiary_id: there.beneficiary,
    subject: there.beneficiary, amount_at_stake: moneyText(stake),
  }
}

/** The difference without its sign. */
export const apart = (one: Money, other: Money): Money => (one > other ? one - other : other - one)
