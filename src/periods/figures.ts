/** The figures that are signed of a month, and what is different between two sets of them. */
import { money, type Amount, type OutcomeClass } from '../core/index.ts'

/** One scheme and currency of the bridge; due = to_due + carried_out + Σ shortfall, credited = to_due + excess + unmatched. */
export interface SignedCell {
  /** Null: money that states no scheme. */
  readonly scheme: string | null
  readonly currency: string
  readonly due: Amount
  readonly to_due: Amount
  readonly carried_out: Amount
  readonly carried_in: Amount
  /** Class of outcome → what has not arrived there. */
  readonly shortfall: Readonly<Record<string, Amount>>
  readonly excess_over: Amount
  readonly excess_twice: Amount
  readonly unmatched: Amount
  readonly credited: Amount
}

/** One scheme, class and currency; each entitlement of a month is one person's. */
export interface SignedClass {
  readonly scheme: string
  readonly class: OutcomeClass
  readonly currency: string
  readonly count: number
  readonly due: Amount
  readonly credited: Amount
}

/** One code, scheme and currency. */
export interface SignedFinding {
  readonly code: string
  readonly scheme: string | null
  readonly currency: string
  readonly count: number
  readonly amount_at_stake: Amount
}

/** What is signed; findings of severity high and medium alone. */
export interface Figures {
  readonly bridge: readonly SignedCell[]
  readonly outcomes: readonly SignedClass[]
  readonly findings: readonly SignedFinding[]
}

/** One figure that is another now. An amount is null where there was no such row. */
export interface Difference {
  readonly part: 'bridge' | 'class' | 'finding'
  readonly scheme: string | null
  readonly currency: string
  /** Of the bridge: the name of the figure, or `shortfall.CLASS`; else the class or the code. */
  readonly name: string
  readonly from_amount: Amount
  readonly to_amount: Amount
  /** People, of a class; cases, of a finding; null for the bridge. */
  readonly from_count: number | null
  readonly to_count: number | null
}

const cellFigures = ['due', 'to_due', 'carried_out', 'carried_in', 'excess_over', 'excess_twice', 'unmatched', 'credited'] as const

/** Every figure that differs, in the order bridge, classes, findings; none: the two say the same. */
export function differencesBetween(before: Figures, after: Figures): Difference[] {
  const lines = (figures: Figures): Map<string, Omit<Difference, 'from_amount' | 'to_amount' | 'from_count' | 'to_count'> & { readonly amount: Amount; readonly count: number | null }> => new Map([
    ...figures.bridge.flatMap((cell) => [
      ...cellFigures.map((name) => ({ part: 'bridge' as const, scheme: cell.scheme, currency: cell.currency, name: name, amount: cell[name], count: null })),
      ...Object.entries(cell.shortfall).map(([name, amount]) => ({ part: 'bridge' as const, scheme: cell.scheme, currency: cell.currency, name: `shortfall.${name}`, amount, count: null })),
    ]),
    ...figures.outcomes.map((one) => ({ part: 'class' as const, scheme: one.scheme, currency: one.currency, name: one.class, amount: one.due, count: one.count })),
    ...figures.findings.map((one) => ({ part: 'finding' as const, scheme: one.scheme, currency: one.currency, name: one.code, amount: one.amount_at_stake, count: one.count })),
  ].map((line) => [JSON.stringify([line.part, line.scheme, line.currency, line.name]), line]))
  const [old, now] = [lines(before), lines(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const line = now.get(key) ?? old.get(key)
    if (line === undefined) return []
    const [from, to] = [old.get(key), now.get(key)]
    const [fromAmount, toAmount] = [from?.amount ?? money.zero, to?.amount ?? money.zero]
    const isCounted = line.part !== 'bridge'
    const [fromCount, toCount] = isCounted ? [from?.count ?? 0, to?.count ?? 0] : [null, null]
    if (money.compare(fromAmount, toAmount) === 0 && fromCount === toCount) return []
    return [{ part: line.part, scheme: line.scheme, currency: line.currency, name: line.name, from_amount: fromAmount, to_amount: toAmount, from_count: fromCount, to_count: toCount }]
  })
}

/** The sums of the bridge by currency. */
export function totalsOf(figures: Figures): { readonly currency: string; readonly due: Amount; readonly to_due: Amount; readonly carried_out: Amount; readonly missing: Amount; readonly beyond: Amount; readonly credited: Amount }[] {
  return [...new Set(figures.bridge.map((cell) => cell.currency))].sort().map((currency) => {
    const own = figures.bridge.filter((cell) => cell.currency === currency)
    const sum = (of: (cell: SignedCell) => Amount): Amount => money.add(...own.map(of))
    return {
      currency, due: sum((cell) => cell.due), to_due: sum((cell) => cell.to_due), carried_out: sum((cell) => cell.carried_out), credited: sum((cell) => cell.credited),
      missing: sum((cell) => money.add(...Object.values(cell.shortfall))), beyond: sum((cell) => money.add(cell.excess_over, cell.excess_twice, cell.unmatched)),
    }
  })
}
