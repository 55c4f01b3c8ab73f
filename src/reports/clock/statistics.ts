/** From counts of clocks to what is said of a stratum: shares within so many days, median, mean days of each stage. */
import { survival, type CashEvent, type Stage } from '../../core/index.ts'
import type { ClockCount, StageSum } from './queries.ts'

/** The days that shares are asked for. */
export const shareDays = [1, 3, 7, 30] as const

/** Days that mean times are restricted to. */
export const horizon = 30

/** Mean days of one stage. */
export interface StageMean {
  /** Decimal; null where no day is known. Below zero: on average before it was due. Of `access`: mean days without the money in the first 30 after the credit. */
  readonly mean_days: string | null
  /** Of how many entitlements it is known. */
  readonly count: number
}

/** What is known of one stratum. Decimals are strings of twelve significant digits; counts are numbers. */
export interface StratumStatistics {
  /** Credited to an account: those at risk and those not reported. */
  readonly credited_count: number
  /** Credits of which no bank has said anything: outside of all that follows. */
  readonly not_reported_count: number
  /** n: at risk on day 0; it is the sum of the next five. */
  readonly count: number
  readonly withdrawn_count: number
  /** Not yet withdrawn when the bank last reported. */
  readonly censored_count: number
  readonly returned_count: number
  readonly closed_count: number
  readonly died_count: number
  /** Withdrawn within 1, 3, 7 and 30 days; null where nobody was observed that long. */
  readonly shares: readonly { readonly within_days: number; readonly share: survival.ShareWithin | null }[]
  /** Days until half, and nine of ten, have withdrawn; null days: not reached. */
  readonly median: survival.Quantile
  readonly p90: survival.Quantile
  /** Mean days without the money in the first 30 after the credit; null: nobody was observed that long. */
  readonly restricted_mean: Pick<survival.RestrictedMean, 'horizon' | 'days' | 'standardError'> | null
  /** Who holds the money up, and for how long. */
  readonly stages: Readonly<Record<Stage, StageMean>>
}

/** A stratum's counts, ready for any question. */
export class StratumCounts {
  private readonly events = new Map<CashEvent, number>()
  private readonly rows: survival.RiskRow[] = []
  private readonly sums: Record<'payer' | 'bank' | 'account', { count: number; days: number }> = { payer: { count: 0, days: 0 }, bank: { count: 0, days: 0 }, account: { count: 0, days: 0 } }
  private made: survival.Curve | null = null

  /** Adds what was counted; the order does not matter. */
  add({ event, days, count, payer, bank, account }: ClockCount): void {
    this.made = null
    this.events.set(event, (this.events.get(event) ?? 0) + count)
    if (event !== 'not_reported' && days !== null) this.rows.push({ event, days, count })
    for (const [stage, sum] of [['payer', payer], ['bank', bank], ['account', account]] as const) addTo(this.sums[stage], sum)
  }

  /** The risk table; rows of one day may repeat. */
  get riskRows(): readonly survival.RiskRow[] {
    return this.rows
  }

  get curve(): survival.Curve {
    return (this.made ??= survival.curveOf(this.rows))
  }

  /** Everything that is said of the stratum. */
  statistics(): StratumStatistics {
    const { curve, sums } = this
    const of = (event: CashEvent): number => this.events.get(event) ?? 0
    const mean = survival.restrictedMean(curve, horizon)
    return {
      credited_count: curve.count + of('not_reported'),
      not_reported_count: of('not_reported'),
      count: curve.count,
      withdrawn_count: of('withdrawn'),
      censored_count: of('censored'),
      returned_count: of('returned'),
      closed_count: of('closed'),
      died_count: of('died'),
      shares: shareDays.map((day) => ({ within_days: day, share: survival.shareWithin(curve, day) })),
      median: survival.quantileOf(curve, '0.5'),
      p90: survival.quantileOf(curve, '0.9'),
      restricted_mean: mean === null ? null : { horizon: mean.horizon, days: mean.days, standardError: mean.standardError },
      stages: { payer: meanOf(sums.payer), bank: meanOf(sums.bank), account: meanOf(sums.account), access: { mean_days: mean?.days ?? null, count: curve.count } },
    }
  }

  /** The curve as it is drawn: a step a day on which something happened. */
  steps(): survival.PrintedStep[] {
    return survival.printedSteps(this.curve)
  }
}

/** Whether strata differ by more than chance: over the whole time, and in days. */
export interface StrataTest {
  readonly log_rank: survival.LogRank
  /** The stratum whose people wait longest less the one whose people wait shortest, in mean days of the first 30; null for fewer than two that are known so long. The two are chosen because they lie farthest apart, so the interval is narrower than it should be, and there is no p. */
  readonly widest_difference: (Omit<survival.RestrictedMeanDifference, 'p'> & { readonly slowest: number; readonly fastest: number }) | null
}

/** Compares strata, in the order given; null for fewer than two with anybody in them. */
export function testOf(strata: readonly StratumCounts[]): StrataTest | null {
  if (strata.filter(({ curve }) => curve.count > 0).length < 2) return null
  const means = strata.flatMap(({ curve }, place) => {
    const mean = survival.restrictedMean(curve, horizon)
    return mean === null ? [] : [{ place, days: mean.exact, curve }]
  }).sort((first, second) => (first.days.numerator * second.days.denominator < second.days.numerator * first.days.denominator ? -1 : 1))
  const [fastest, slowest] = [means[0], means.at(-1)]
  const difference = fastest === undefined || slowest === undefined || fastest === slowest ? null : survival.restrictedMeanDifference(slowest.curve, fastest.curve, horizon)
  return {
    log_rank: survival.logRank(strata.map(({ riskRows }) => riskRows)),
    widest_difference: difference === null || fastest === undefined || slowest === undefined ? null : { ...difference, slowest: slowest.place, fastest: fastest.place },
  }
}

/** Each stratum's share within `day` days against what they have in common: what is a difference, and what may be noise. */
export function comparisonsOf(strata: readonly StratumCounts[], day: number): { readonly common: survival.Proportion; readonly units: readonly (survival.Comparison | null)[] } {
  const shares = strata.map(({ curve }) => survival.shareWithin(curve, day))
  const { common, units } = survival.compareUnits(shares.map((share) => ({ part: share?.effectivePart ?? 0, whole: share?.effectiveWhole ?? 0 })))
  return { common, units: shares.map((share, place) => (share === null ? null : (units[place] ?? null))) }
}

function addTo(sum: { count: number; days: number }, { count, days }: StageSum): void {
  sum.count += count
  sum.days += days
}

function meanOf({ count, days }: StageSum): StageMean {
  return { mean_days: count === 0 ? null : survival.decimalOfRatio({ numerator: BigInt(days), denominator: BigInt(count) }), count }
}
