/**
 * The reference model: the whole reconciliation in plain loops over arrays, written from the contract and the decisions
 * alone, so that it can disagree with the SQL. Slow on purpose, small on purpose.
 */
import { bridgeOf } from './bridge.ts'
import { findAll } from './findings.ts'
import { entitlementsOf, readLists } from './lists.ts'
import { matchPayments } from './matching.ts'
import { classify } from './outcomes.ts'
import { readPayments } from './payments.ts'
import { readPeople } from './people.ts'
import { readRules } from './reference.ts'
import type { ModelFile, ModelResult, Reference } from './types.ts'
import { dayOf, moneyText, sortBy } from './values.ts'
import { writeCsv } from './write-csv.ts'

/**
 * Outcomes, matches, findings and the bridge as of the end of a local day.
 * @param files in order of arrival, clean: what ingest would turn into a problem throws or is undefined here
 * @param asOf `YYYY-MM-DD`
 * @param reference what the installation knows before any file; the shipped schemes when left out, no holidays
 */
export function reconcileModel(files: ModelFile[], asOf: string, reference: Reference = {}): ModelResult {
  const known = distinctFiles(files)
  const day = dayOf(asOf)
  const rules = readRules(known, reference)
  const people = readPeople(known, day)
  const payments = readPayments(known, day)
  const { lines, doubled } = readLists(known, rules)
  const entitlements = entitlementsOf(lines, rules)
  const matching = matchPayments(entitlements, payments, people, day)
  const outcomes = classify(entitlements, lines, matching.matches, people, rules, day)
  const matches = matching.matches.map(({ payment, rule, entitlement, amount }) => ({
    payment: payment.name,
    rule,
    scheme: entitlement.scheme,
    benefit_period: entitlement.period,
    beneficiary_id: entitlement.beneficiary,
    amount: moneyText(amount),
  }))
  return {
    outcomes: outcomes.map(({ entitlement, class: outcomeClass, credited }) => ({
      scheme: entitlement.scheme,
      benefit_period: entitlement.period,
      beneficiary_id: entitlement.beneficiary,
      class: outcomeClass,
      due: moneyText(entitlement.due),
      credited: moneyText(credited),
    })),
    matches: sortBy(matches, (one) => [one.payment, one.benefit_period, one.scheme, one.beneficiary_id]),
    findings: findAll({ lines, doubled, outcomes, matching, payments, people, rules, asOf: day }),
    bridge: bridgeOf(outcomes, matching.unmatched),
  }
}

/** Without voided files, and without those whose bytes have come before. */
function distinctFiles(files: ModelFile[]): ModelFile[] {
  const seen = new Set<string>()
  return files.filter((file) => {
    if (file.voided) return false
    const bytes = writeCsv(file)
    if (seen.has(bytes)) return false
    seen.add(bytes)
    return true
  })
}
