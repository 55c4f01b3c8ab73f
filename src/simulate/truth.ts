/** What a run over the simulated files must find, written down while the files are made and never worked out from them. */
import { closeSync, openSync, writeSync } from 'node:fs'

/** The outcome classes that a simulation plants. */
export type OutcomeClass =
  | 'paid' | 'paid_late' | 'paid_twice' | 'paid_over' | 'carried_over' | 'not_due' | 'in_transit' | 'stuck'
  | 'paid_short' | 'returned' | 'not_collected' | 'unpaid_no_account' | 'unpaid'

/** The findings that truth.json speaks about: of these the run must report exactly those listed, and no others. */
export const findingCodes = [
  'unpaid', 'unpaid_no_account', 'returned', 'stuck', 'not_collected', 'paid_short', 'paid_over', 'paid_twice', 'paid_late',
  'not_on_list', 'ambiguous_payment', 'wrong_account', 'holder_mismatch', 'shared_account', 'account_not_usable', 'mandate_expired',
  'conflicting_line', 'paid_while_suspended', 'deceased_on_list', 'paid_after_death', 'duplicate_entitlement_line',
  'double_scheme', 'duplicate_person', 'id_invalid', 'id_mismatch', 'stale_verification', 'never_verified', 'due_amount_off_rule', 'arrears_missing',
  'mandate_expiring', 'not_withdrawable', 'not_withdrawn', 'carried_over_mismatch', 'file_missing', 'control_total_mismatch',
] as const
export type FindingCode = (typeof findingCodes)[number]

/** One finding to be found. Null: the finding names no such thing. */
export interface TrueFinding {
  readonly code: FindingCode
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly beneficiary_id: string | null
  /** The beneficiary's id, `agent|account` for an account, `agent|end_to_end_id` for a payment, `id|id` for a pair, a file or its sender. */
  readonly subject: string
  readonly amount_at_stake: string
}

/** One class of one scheme and month: how many entitlements, what was due and what arrived (net of returns). */
export interface TrueOutcome {
  readonly scheme: string
  readonly benefit_period: string
  readonly class: OutcomeClass
  readonly count: number
  readonly due: string
  readonly credited: string
}

/** One cell of the bridge; every amount in đồng, as text. */
export interface TrueBridgeCell {
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly currency: 'VND'
  readonly due: string
  readonly credited_to_due: string
  readonly carried_out: string
  readonly carried_in: string
  readonly shortfall: Readonly<Record<string, string>>
  readonly excess_over: string
  readonly excess_twice: string
  readonly unmatched: string
}

/** The totals of truth.json: everything but the findings, which may be many. */
export interface TruthTotals {
  readonly outcomes: readonly TrueOutcome[]
  readonly bridge: readonly TrueBridgeCell[]
  readonly bridge_total: Omit<TrueBridgeCell, 'scheme' | 'benefit_period'>
  /** How many findings of each code, and what is at stake in all of them. */
  readonly finding_totals: Readonly<Record<string, { readonly count: number; readonly amount_at_stake: string }>>
}

interface Cell {
  readonly scheme: string | null
  readonly benefitPeriod: string | null
  due: bigint
  creditedToDue: bigint
  carriedOut: bigint
  carriedIn: bigint
  readonly shortfall: Map<OutcomeClass, bigint>
  excessOver: bigint
  excessTwice: bigint
  unmatched: bigint
}

/** Gathers the truth of one simulation. Amounts are whole đồng. */
export interface Truth {
  finding(finding: Omit<TrueFinding, 'amount_at_stake'> & { readonly stake: bigint }): void
  /** An entitlement and its class; `carriedIn` is what of its due was carried over from an earlier month. */
  outcome(scheme: string, benefitPeriod: string, outcomeClass: OutcomeClass, due: bigint, credited: bigint, carriedIn?: bigint): void
  /** Money that arrived and belongs to no entitlement, under what the payment states. */
  unmatched(scheme: string | null, benefitPeriod: string | null, amount: bigint): void
  /** Writes what is left, with `rest` beside the totals, and closes the file. */
  finish(rest: Readonly<Record<string, unknown>>): TruthTotals
  /** Closes the file of a simulation that did not come to its end. */
  abandon(): void
}

/** Opens truth.json; findings are written as they come, so that a large province's need no memory. */
export function openTruth(path: string): Truth {
  const descriptor = openSync(path, 'w')
  const cells = new Map<string, Cell>()
  const tallies = new Map<string, { scheme: string; benefitPeriod: string; outcomeClass: OutcomeClass; count: number; due: bigint; credited: bigint }>()
  const totals = new Map<FindingCode, { count: number; stake: bigint }>()
  let text = '{"findings":['
  let isFirst = true

  const cellOf = (scheme: string | null, benefitPeriod: string | null): Cell => {
    const key = `${scheme ?? ''}|${benefitPeriod ?? ''}`
    let cell = cells.get(key)
    if (cell === undefined) cells.set(key, (cell = emptyCell(scheme, benefitPeriod)))
    return cell
  }
  return {
    finding({ stake, ...finding }) {
      text += `${isFirst ? '' : ','}\n${JSON.stringify({ ...finding, amount_at_stake: stake.toString() })}`
      isFirst = false
      const total = totals.get(finding.code) ?? { count: 0, stake: 0n }
      totals.set(finding.code, { count: total.count + 1, stake: total.stake + stake })
      if (text.length > 1 << 18) {
        writeSync(descriptor, text)
        text = ''
      }
    },
    outcome(scheme, benefitPeriod, outcomeClass, due, credited, carriedIn = 0n) {
      const key = `${scheme}|${benefitPeriod}|${outcomeClass}`
      let tally = tallies.get(key)
      if (tally === undefined) tallies.set(key, (tally = { scheme, benefitPeriod, outcomeClass, count: 0, due: 0n, credited: 0n }))
      tally.count += 1
      tally.due += due
      tally.credited += credited
      addToCell(cellOf(scheme, benefitPeriod), outcomeClass, due, credited, carriedIn)
    },
    unmatched(scheme, benefitPeriod, amount) {
      cellOf(scheme, benefitPeriod).unmatched += amount
    },
    finish(rest) {
      const sorted = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
      const result: TruthTotals = {
        outcomes: sorted.map((tally) => ({ scheme: tally.scheme, benefit_period: tally.benefitPeriod, class: tally.outcomeClass, count: tally.count, due: tally.due.toString(), credited: tally.credited.toString() })),
        bridge: [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => ({ scheme: cell.scheme, benefit_period: cell.benefitPeriod, ...writtenCell(cell) })),
        bridge_total: writtenCell(sumOfCells(cells.values())),
        finding_totals: Object.fromEntries(findingCodes.map((code) => [code, { count: totals.get(code)?.count ?? 0, amount_at_stake: (totals.get(code)?.stake ?? 0n).toString() }])),
      }
      const tail = JSON.stringify({ ...rest, finding_codes: findingCodes, ...result }, null, 1)
      writeSync(descriptor, `${text}\n],${tail.slice(1)}\n`)
      closeSync(descriptor)
      return result
    },
    abandon() {
      closeSync(descriptor)
    },
  }
}

/** A truth that nobody asked for: what is said into it is forgotten. */
export const noTruth: Truth = {
  finding: forget,
  outcome: forget,
  unmatched: forget,
  finish: () => {
    throw new Error('nothing was written down')
  },
  abandon: forget,
}

function forget(): void {
  // Said into the wind.
}

function emptyCell(scheme: string | null, benefitPeriod: string | null): Cell {
  return { scheme, benefitPeriod, due: 0n, creditedToDue: 0n, carriedOut: 0n, carriedIn: 0n, shortfall: new Map(), excessOver: 0n, excessTwice: 0n, unmatched: 0n }
}

function addToCell(cell: Cell, outcomeClass: OutcomeClass, due: bigint, credited: bigint, carriedIn: bigint): void {
  cell.due += due
  cell.carriedIn += carriedIn
  cell.creditedToDue += credited < due ? credited : due
  if (outcomeClass === 'paid_over') cell.excessOver += credited - due
  else if (outcomeClass === 'paid_twice') cell.excessTwice += credited - due
  else if (outcomeClass === 'carried_over') cell.carriedOut += due - credited
  else if (credited < due) cell.shortfall.set(outcomeClass, (cell.shortfall.get(outcomeClass) ?? 0n) + due - credited)
}

function sumOfCells(cells: Iterable<Cell>): Cell {
  const sum = emptyCell(null, null)
  for (const cell of cells) {
    sum.due += cell.due
    sum.creditedToDue += cell.creditedToDue
    sum.carriedOut += cell.carriedOut
    sum.carriedIn += cell.carriedIn
    sum.excessOver += cell.excessOver
    sum.excessTwice += cell.excessTwice
    sum.unmatched += cell.unmatched
    for (const [outcomeClass, amount] of cell.shortfall) sum.shortfall.set(outcomeClass, (sum.shortfall.get(outcomeClass) ?? 0n) + amount)
  }
  return sum
}

function writtenCell(cell: Cell): Omit<TrueBridgeCell, 'scheme' | 'benefit_period'> {
  return {
    currency: 'VND',
    due: cell.due.toString(),
    credited_to_due: cell.creditedToDue.toString(),
    carried_out: cell.carriedOut.toString(),
    carried_in: cell.carriedIn.toString(),
    shortfall: Object.fromEntries([...cell.shortfall].sort(([a], [b]) => (a < b ? -1 : 1)).map(([outcomeClass, amount]) => [outcomeClass, amount.toString()])),
    excess_over: cell.excessOver.toString(),
    excess_twice: cell.excessTwice.toString(),
    unmatched: cell.unmatched.toString(),
  }
}
