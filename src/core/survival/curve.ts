/** The curve of one stratum: Kaplan–Meier and Aalen–Johansen from its risk table, in ratios of whole numbers. */
import type { FixedSquare } from './fixed.ts'
import { type Ratio, divisorOfLarge, exactBits, isShort, nothing, plus, roundedDenominator, roundedTo, shortened, timesSmall, whole } from './ratio.ts'
import { type ClockEnd, type CompetingEnd, type RiskDay, type RiskRow, competingEnds, competingOn, riskDays } from './risk-table.ts'
import { VariancePolynomial, greenwoodVariance } from './variance.ts'

/** What clocks end with, other than the end of what is known. */
export type Cause = Exclude<ClockEnd, 'censored'>

/**
 * The curve after a day on which something happened; it stays as it is until the next step.
 *
 * Two different questions are answered side by side:
 * - `survival` is Kaplan–Meier's share *not yet withdrawn if nothing else could happen*: returns, closures and deaths
 *   are taken out like censorings. It describes the pace of withdrawing and is what log-rank compares.
 * - `incidence` is Aalen–Johansen's share that has *in fact* ended in each way by that day, and `waiting` the share that
 *   has not ended; the five add up to 1. Shares within so many days and quantiles are read from these. Without competing
 *   events the incidence of withdrawal is 1 − survival.
 */
export interface Step {
  readonly days: number
  /** Clocks that ran at least until this day. */
  readonly atRisk: number
  readonly withdrawn: number
  readonly censored: number
  readonly competing: Readonly<Record<CompetingEnd, number>>
  readonly survival: Ratio
  /** Greenwood's sum: survival's variance is survival² times this. Null once survival is 0. */
  readonly greenwood: Ratio | null
  readonly waiting: Ratio
  readonly incidence: Readonly<Record<Cause, Ratio>>
  /** Variance of the incidence of withdrawal (see `variancePolynomial`). */
  readonly incidenceVariance: FixedSquare
}

/** The curve of one stratum. */
export interface Curve {
  /** Clocks at risk at the beginning; 0 for a curve of nobody, which has no steps. */
  readonly count: number
  /** The last day of which anything is known; null for a curve of nobody. */
  readonly lastDay: number | null
  /** One for each day on which something happened, in order. */
  readonly steps: readonly Step[]
  readonly hasCompeting: boolean
  /** False when a ratio grew so long that it was rounded to 77 decimals on the way. */
  readonly isExact: boolean
}

/**
 * The curve of a risk table, whatever the order of its rows; a curve of nobody for an empty one. Ratios are exact while
 * their denominators stay below about 300 digits, and rounded to 77 decimals otherwise (`isExact`). Throws a RangeError for
 * counts or days that are no whole numbers.
 */
export function curveOf(rows: readonly RiskRow[], options: { readonly exactBits?: number } = {}): Curve {
  const table = riskDays(rows)
  const walk = new Walk(options.exactBits ?? exactBits, table.some((day) => competingOn(day) > 0))
  const steps = table.map((day) => walk.step(day))
  return { count: table[0]?.atRisk ?? 0, lastDay: table.at(-1)?.days ?? null, steps, hasCompeting: walk.hasCompeting, isExact: walk.isExact }
}

/** The step that holds on a day; null before the first one. */
export function stepOn(curve: Curve, day: number): Step | null {
  return curve.steps.findLast(({ days }) => days <= day) ?? null
}

/** True when the curve is known on a day: somebody was observed that long, or everybody's clock had ended before. */
export function isKnownOn(curve: Curve, day: number): boolean {
  const last = curve.steps.at(-1)
  return last !== undefined && (day <= last.days || last.waiting.numerator === 0n)
}

/** Clocks at risk on any day: those that ended on it or later. */
export function atRiskOn(curve: Curve, day: number): number {
  return curve.steps.find(({ days }) => days >= day)?.atRisk ?? 0
}

/** Goes through the days of a table once. */
class Walk {
  readonly hasCompeting: boolean
  isExact = true
  private readonly limit: number
  private survival = whole
  private greenwood: Ratio | null = nothing
  /** Waiting and incidences as numerators over one common denominator, so that they add up to it exactly. */
  private denominator = 1n
  private waiting = 1n
  private readonly ended: Record<Cause, bigint> = { withdrawn: 0n, returned: 0n, closed: 0n, died: 0n }
  private readonly variance = new VariancePolynomial()

  constructor(limit: number, hasCompeting: boolean) {
    this.limit = limit
    this.hasCompeting = hasCompeting
  }

  step(day: RiskDay): Step {
    const { days, atRisk, withdrawn, censored, returned, closed, died } = day
    this.shorten()
    this.surviveOn(day)
    const before = this.waiting
    const denominatorBefore = this.denominator
    this.endOn(day)
    const incidence = this.incidences()
    const waiting = { numerator: this.waiting, denominator: this.denominator }
    const survival = this.hasCompeting ? this.survival : waiting
    if (this.hasCompeting) this.variance.add(day, { numerator: before, denominator: denominatorBefore }, waiting, incidence.withdrawn)
    return {
      days, atRisk, withdrawn, censored, competing: { returned, closed, died }, survival, greenwood: this.greenwood, waiting, incidence,
      incidenceVariance: this.hasCompeting ? this.variance.at(incidence.withdrawn) : greenwoodVariance(survival, this.greenwood),
    }
  }

  /** Kaplan–Meier: only withdrawals count; the variance's sum has no term for the day on which all are gone. */
  private surviveOn({ atRisk, withdrawn }: RiskDay): void {
    if (withdrawn === 0) return
    if (this.hasCompeting) this.survival = timesSmall(this.survival, atRisk - withdrawn, atRisk)
    this.greenwood = this.greenwood === null || withdrawn === atRisk ? null : plus(this.greenwood, { numerator: BigInt(withdrawn), denominator: BigInt(atRisk) * BigInt(atRisk - withdrawn) })
  }

  /** Aalen–Johansen: of those waiting, each cause takes its part of those at risk. */
  private endOn(day: RiskDay): void {
    const { atRisk } = day
    const gone = day.withdrawn + competingOn(day)
    if (gone === 0) return
    const common = divisorOfLarge(this.waiting, atRisk)
    const factor = BigInt(atRisk / common)
    const each = this.waiting / BigInt(common)
    for (const cause of causes) this.ended[cause] = this.ended[cause] * factor + each * BigInt(day[cause])
    this.waiting = each * BigInt(atRisk - gone)
    this.denominator *= factor
  }

  private incidences(): Record<Cause, Ratio> {
    const of = (cause: Cause): Ratio => ({ numerator: this.ended[cause], denominator: this.denominator })
    return { withdrawn: of('withdrawn'), returned: of('returned'), closed: of('closed'), died: of('died') }
  }

  private shorten(): void {
    const { survival, greenwood, limit } = this
    this.survival = shortened(survival, limit)
    if (greenwood !== null) this.greenwood = shortened(greenwood, limit)
    if (!isShort(this.denominator, limit)) {
      for (const cause of causes) this.ended[cause] = roundedTo({ numerator: this.ended[cause], denominator: this.denominator }, roundedDenominator)
      this.denominator = roundedDenominator
      // What waits is the rest, so that all still add up to 1.
      this.waiting = roundedDenominator - causes.reduce((sum, cause) => sum + this.ended[cause], 0n)
      this.isExact = false
    }
    if (this.survival !== survival || this.greenwood !== greenwood) this.isExact = false
  }
}

const causes = ['withdrawn', ...competingEnds] as const
