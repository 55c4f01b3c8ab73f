/** The bridge: per scheme, period and currency, what was due and what was credited, each accounted for to the last đồng. */
import type { Outcome } from './outcomes.ts'
import type { Payment } from './payments.ts'
import type { BridgeResult, OutcomeClass } from './types.ts'
import { type Money, groupBy, moneyText, smaller, sortBy, sum } from './values.ts'

const SHORTFALL: OutcomeClass[] = ['in_transit', 'not_collected', 'not_due', 'paid_short', 'returned', 'stuck', 'unpaid', 'unpaid_no_account']

type Cell = { scheme: string; period: string; currency: string; outcome?: Outcome; unmatched?: Payment }

/** Sorted by scheme, period and currency, null last. */
export function bridgeOf(outcomes: Outcome[], unmatched: Payment[]): BridgeResult[] {
  const cells: Cell[] = [
    ...outcomes.map((outcome) => ({
      scheme: outcome.entitlement.scheme, period: outcome.entitlement.period, currency: outcome.entitlement.currency, outcome,
    })),
    ...unmatched
      .filter(({ net }) => net > 0n)
      .map((payment) => ({ scheme: payment.scheme, period: payment.period, currency: payment.currency, unmatched: payment })),
  ]
  const groups = groupBy(cells, ({ scheme, period, currency }) => [scheme, period, currency].join('|'))
  return sortBy([...groups.values()].flatMap(rowOf), (row) => [row.scheme, row.benefit_period, row.currency])
}

function rowOf(cells: Cell[]): BridgeResult[] {
  const [first] = cells
  if (!first) return []
  const here = cells.flatMap(({ outcome }) => (outcome ? [outcome] : []))
  const total = (measure: (outcome: Outcome) => Money): Money => sum(here.map(measure))
  const missing = (of: OutcomeClass): Money =>
    total(({ class: its, entitlement, credited }) => (its === of ? entitlement.due - credited : 0n))
  const shortfall = SHORTFALL.map((of) => [of, missing(of)] as const).filter(([, amount]) => amount > 0n)
  return [
    {
      scheme: first.scheme || null,
      benefit_period: first.period || null,
      currency: first.currency,
      due: moneyText(total(({ entitlement }) => entitlement.due)),
      credited_to_due: moneyText(total(({ entitlement, credited }) => smaller(entitlement.due, credited))),
      carried_out: moneyText(missing('carried_over')),
      carried_in: moneyText(
        total(({ entitlement }) =>
          sum(entitlement.lines.filter(({ component }) => component === 'carried_over').map(({ amount }) => amount)),
        ),
      ),
      shortfall: Object.fromEntries(shortfall.map(([of, amount]) => [of, moneyText(amount)])),
      excess_over: moneyText(-missing('paid_over')),
      excess_twice: moneyText(-missing('paid_twice')),
      unmatched: moneyText(sum(cells.map(({ unmatched }) => unmatched?.net ?? 0n))),
    },
  ]
}
