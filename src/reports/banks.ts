/** The banks beside one another: how fast they credit, what they send back and why, how long their customers wait, and whether a difference may be chance. */
import { survival } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { bankFacts, reasonsOf, spanOf, stratumOf, type BankFilter, type TransferSpan } from './bank-facts.ts'
import { comparisonsOf, type StratumStatistics } from './clock/statistics.ts'
import { unitsOf } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'
import { bankNames } from './queries.ts'

/** One bank. Counts are numbers, decimals strings. */
export interface BankRow {
  /** Six digits. */
  readonly creditor_agent: string
  readonly bank_name: string | null
  /** Payments it was given by the day of the run, each once; null, and no reasons, where a unit was asked for: a payment has no place of its own. */
  readonly payment_count: number | null
  readonly rejected_count: number | null
  readonly returned_count: number | null
  /** Why, the most frequent first; code null: it gave none. */
  readonly reasons: readonly { readonly code: string | null; readonly count: number }[]
  /** From the instruction to the credit. */
  readonly transfer: TransferSpan & {
    /** Its share of prompt credits against what banks have in common; null where nothing is known. */
    readonly comparison: survival.Comparison | null
  }
  /** Until which day it has reported withdrawals; null: never, or a unit was asked for. */
  readonly reported_through_date: string | null
  /** How long its customers take to withdraw. */
  readonly statistics: StratumStatistics
  /** Withdrawn within 7 days, against what banks have in common. */
  readonly within_7_days: survival.Comparison | null
}

/** Every bank that was given a payment or named by a clock, the one with most payments first. */
export async function banks(session: Session, run: PublishedRun, filter: BankFilter = {}): Promise<BankRow[]> {
  const units = await unitsOf(session, run.as_of)
  const { agents, payments, transfers, through, clocks } = await bankFacts(session, run, units, filter)
  const { unit } = filter
  const names = await bankNames(session, agents)
  const counts = agents.map((agent) => stratumOf(clocks.get(agent) ?? []))
  const withinSeven = comparisonsOf(counts, 7)
  const spans = agents.map((agent) => spanOf(transfers.filter((row) => row.creditor_agent === agent)))
  const prompt = survival.compareUnits(spans.map((span) => ({ part: span.prompt_count, whole: span.count })))
  return agents
    .map((agent, place): BankRow => {
      const own = payments.filter((row) => row.creditor_agent === agent)
      const sum = (result: string): number | null => unit !== undefined ? null : own.filter((row) => row.result === result).reduce((total, row) => total + Number.parseInt(row.payments, 10), 0)
      const span = spans[place] ?? spanOf([])
      return {
        creditor_agent: agent,
        bank_name: names.get(agent) ?? null,
        payment_count: sum('all'),
        rejected_count: sum('rejected'),
        returned_count: sum('returned'),
        reasons: reasonsOf(own),
        transfer: { ...span, comparison: span.count === 0 ? null : (prompt.units[place] ?? null) },
        reported_through_date: through.get(agent) ?? null,
        statistics: (counts[place] ?? stratumOf([])).statistics(),
        within_7_days: withinSeven.units[place] ?? null,
      }
    })
    .sort((first, second) => (second.payment_count ?? second.transfer.count) - (first.payment_count ?? first.transfer.count) || (first.creditor_agent < second.creditor_agent ? -1 : 1))
}
