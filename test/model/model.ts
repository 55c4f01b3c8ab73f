/**
 * The reference model: the whole reconciliation in plain loops over arrays, written from the contract and the decisions
 * alone, so that it can disagree with the SQL. Slow on purpose, small on purpose.
 */
import { bridgeOf } from './bridge.ts'
import type { Known } from './finding.ts'
import { isRefused } from './findings-of-files.ts'
import { findAll } from './findings.ts'
import { entitlementsOf, readLists } from './lists.ts'
import { matchPayments } from './matching.ts'
import { classify } from './outcomes.ts'
import { readPayments } from './payments.ts'
import { readPeople } from './people.ts'
import { readRules } from './reference.ts'
import type { ModelFile, ModelResult, Reference } from './types.ts'
import { dayOf, moneyText, sortBy } from './values.ts'
import { readWithdrawals } from './withdrawals.ts'
import { bytesOf } from './write-csv.ts'

/**
 * Outcomes, matches, findings and the bridge as of the end of a local day.
 * @param files in order of arrival, clean: what ingest would turn into a problem throws or is undefined here
 * @param asOf `YYYY-MM-DD`
 * @param reference what the installation knows before any file; the shipped schemes when left out, no holidays
 */
export function reconcileModel(files: ModelFile[], asOf: string, reference: Reference = {}): ModelResult {
  const known = workOut(files, asOf, reference)
  const matches = known.matching.matches.map(({ payment, rule, entitlement, amount }) => ({
    payment: payment.name,
    rule,
    scheme: entitlement.scheme,
    benefit_period: entitlement.period,
    beneficiary_id: entitlement.beneficiary,
    amount: moneyText(amount),
  }))
  return {
    outcomes: known.outcomes.map(({ entitlement, class: outcomeClass, credited }) => ({
      scheme: entitlement.scheme,
      benefit_period: entitlement.period,
      beneficiary_id: entitlement.beneficiary,
      class: outcomeClass,
      due: moneyText(entitlement.due),
      credited: moneyText(credited),
    })),
    matches: sortBy(matches, (one) => [one.payment, one.benefit_period, one.scheme, one.beneficiary_id]),
    findings: findAll(known),
    bridge: bridgeOf(known.outcomes, known.matching.unmatched),
  }
}

/** Everything that findings and other results are read from; parameters as `reconcileModel`. */
export function workOut(files: ModelFile[], asOf: string, reference: Reference = {}): Known {
  const handedIn = withoutRepeats(files.filter(({ voided }) => !voided))
  const sealed = handedIn.filter((file) => !isRefused(file))
  const day = dayOf(asOf)
  const rules = readRules(sealed, reference)
  const people = readPeople(sealed, day)
  const payments = readPayments(sealed, day)
  const { lines, doubled } = readLists(sealed, rules)
  const entitlements = entitlementsOf(lines, rules)
  const matching = matchPayments(entitlements, payments, people, day, rules)
  const outcomes = classify(entitlements, lines, matching.matches, people, rules, day)
  return { lines, doubled, outcomes, matching, payments, people, withdrawals: readWithdrawals(sealed, day), rules, handedIn, sealed, asOf: day }
}

/** Without those whose bytes were taken before: the sender gets the first receipt, whatever was declared the second time. */
function withoutRepeats(files: ModelFile[]): ModelFile[] {
  const sealed = new Set<string>()
  return files.filter((file) => {
    const bytes = bytesOf(file)
    if (sealed.has(bytes)) return false
    if (!isRefused(file)) sealed.add(bytes)
    return true
  })
}
