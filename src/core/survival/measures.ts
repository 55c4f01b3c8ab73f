/** What is said of a curve in one number: the share withdrawn within so many days, median and other quantiles, mean days without the money. */
import { type Interval, type IntervalKind, fixedOf, intervalOf, isLimitWithin, normalQuantile, notWithdrawnAfter, standardErrorOf } from './bands.ts'
import { upperTailOfChiSquare } from './chi-square.ts'
import { type Curve, type Step, atRiskOn, isKnownOn, stepOn } from './curve.ts'
import { type Fixed, type FixedSquare, fixedRatio, multiply, one, wholeRoot } from './fixed.ts'
import { wilsonInterval } from './proportions.ts'
import { type Decimal, type Ratio, compareRatios, decimalOfFixed, decimalOfRatio, nothing, roundedDenominator, roundedTo } from './ratio.ts'
import { competingOn } from './risk-table.ts'

/** The share withdrawn within so many days. */
export interface ShareWithin {
  readonly days: number
  readonly share: Decimal
  /** Null where all have withdrawn. */
  readonly standardError: Decimal | null
  readonly lower: Decimal
  readonly upper: Decimal
  /** Log-log; Wilson's on the effective numbers where nobody or everybody has withdrawn and log-log says nothing. */
  readonly interval: IntervalKind | 'wilson'
  /** Clocks still at risk on that day. */
  readonly atRisk: number
  /** So many of so many, observed to the end, would be as certain: what to compare as a plain proportion (`compareUnits`). */
  readonly effectivePart: number
  readonly effectiveWhole: number
}

/**
 * The share withdrawn within `day` days (that day included): the incidence of withdrawal, so returned money counts as not
 * withdrawn. Null when nobody was observed that long. The 95 % interval is the log-log one of 1 − share; its variance is
 * Greenwood's without competing events, else the one of Aalen and Johansen.
 */
export function shareWithin(curve: Curve, day: number): ShareWithin | null {
  if (!isKnownOn(curve, day)) return null
  const step = stepOn(curve, day)
  const share: Ratio = step?.incidence.withdrawn ?? nothing
  const isExtreme = share.numerator === 0n || share.numerator === share.denominator
  const censored = curve.steps.reduce((sum, each) => sum + (each.days < day ? each.censored : 0), 0)
  const effectiveWhole = isExtreme || step === null ? curve.count - censored : effectiveSize(step)
  const effectivePart = Number(roundedTo(share, BigInt(effectiveWhole)))
  const notWithdrawn = step === null ? { share: one, variance: 0n } : notWithdrawnAfter(step)
  const error = standardErrorOf(notWithdrawn)
  const band = isExtreme ? null : intervalOf(notWithdrawn, 'log-log')
  const { lower, upper }: Interval = band === null ? wilsonInterval(effectivePart, effectiveWhole) : { lower: one - band.upper, upper: one - band.lower }
  return {
    days: day,
    share: decimalOfRatio(share),
    standardError: error === null ? null : decimalOfFixed(error),
    lower: decimalOfFixed(lower),
    upper: decimalOfFixed(upper),
    interval: band === null ? 'wilson' : 'log-log',
    atRisk: atRiskOn(curve, day),
    effectivePart,
    effectiveWhole,
  }
}

/** How many, all observed to the end, would give a share the same variance: share·(1 − share) / variance, rounded down. */
function effectiveSize({ incidence: { withdrawn }, incidenceVariance }: Step): number {
  const share = fixedOf(withdrawn)
  return Number((share * (one - share)) / incidenceVariance)
}

/** A quantile of the days to withdrawal with its interval; null is "not reached". */
export interface Quantile {
  readonly days: number | null
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * The days after which a share (text, like `0.5` or `0.9`) has withdrawn: the first day on which the incidence of
 * withdrawal reaches it, null when it does not. R's convention: where the curve is exactly flat at the share, the middle
 * between that day and the next withdrawal (at the end, the last day known), so half days occur. The interval is where
 * the band reaches the share.
 */
export function quantileOf(curve: Curve, share: string, kind: IntervalKind = 'log-log'): Quantile {
  const level = ratioOf(share)
  const steps = curve.steps.filter(({ withdrawn }) => withdrawn > 0)
  const reached = steps.findIndex((step) => compareWith(level, step, curve.isExact) >= 0)
  const threshold = one - fixedOf(level)
  // The lower band of those waiting is below them and the upper one above, so each is only looked for on its own side.
  const until = reached < 0 ? steps : steps.slice(0, reached + 1)
  const lower = until.find((step) => isLimitWithin(notWithdrawnAfter(step), kind, 'lower', threshold))
  const upper = reached < 0 ? undefined : steps.slice(reached).find((step) => isLimitWithin(notWithdrawnAfter(step), kind, 'upper', threshold))
  return { days: crossing(curve, steps, reached, level), lower: lower?.days ?? null, upper: upper?.days ?? null }
}

function crossing(curve: Curve, steps: readonly Step[], reached: number, level: Ratio): number | null {
  const step = steps[reached]
  if (step === undefined) return null
  const isFlat = compareWith(level, step, curve.isExact) === 0
  return isFlat ? (step.days + (steps[reached + 1]?.days ?? curve.lastDay ?? step.days)) / 2 : step.days
}

/** Where the incidence of withdrawal stands to a level; a rounded one is at the level when it is so to 40 decimals. */
function compareWith(level: Ratio, { incidence: { withdrawn } }: Step, isExact: boolean): -1 | 0 | 1 {
  if (isExact) return compareRatios(withdrawn, level)
  const difference = fixedOf(withdrawn) - fixedOf(level)
  return difference > roundingNoise ? 1 : difference < -roundingNoise ? -1 : 0
}

const roundingNoise = one >> 133n

/** A decimal text between 0 and 1 as a ratio. */
function ratioOf(text: string): Ratio {
  if (!/^(0(\.\d+)?|1(\.0+)?)$/.test(text)) throw new RangeError(`not a share: ${text}`)
  const [units = '', fraction = ''] = text.split('.')
  return { numerator: BigInt(units + fraction), denominator: 10n ** BigInt(fraction.length) }
}

/** Mean days without the money out of the first so many. */
export interface RestrictedMean {
  readonly horizon: number
  readonly days: Decimal
  readonly standardError: Decimal
  /** Exact where the curve is. */
  readonly exact: Ratio
  readonly variance: FixedSquare
}

/**
 * Of the first `horizon` days after the credit, how many a beneficiary spends on average without having withdrawn: the
 * area under 1 − incidence of withdrawal, where a return, closure or death leaves the person without the money to the
 * end. Without competing events the usual restricted mean survival time. Null when nobody was observed that long. The
 * standard error follows from the same variance as that of the shares.
 */
export function restrictedMean(curve: Curve, horizon: number): RestrictedMean | null {
  if (!isKnownOn(curve, horizon)) return null
  const steps = curve.steps.filter(({ days }) => days < horizon)
  const denominator = curve.isExact ? (steps.at(-1)?.waiting.denominator ?? 1n) : roundedDenominator
  // From the last step back: the area under the incidence from each step to the horizon.
  const areas: bigint[] = []
  let area = 0n
  for (let index = steps.length - 1, next = horizon; index >= 0; index -= 1) {
    const step = steps[index] as Step
    area += roundedTo(step.incidence.withdrawn, denominator) * BigInt(next - step.days)
    next = step.days
    areas[index] = area
  }
  const exact = { numerator: BigInt(horizon) * denominator - area, denominator }
  let variance = 0n
  for (const [index, step] of steps.entries()) variance += addedVariance(step, steps[index - 1] ?? null, fixedRatio(areas[index] ?? 0n, denominator), BigInt(horizon - step.days))
  return { horizon, days: decimalOfRatio(exact), standardError: decimalOfFixed(wholeRoot(variance)), exact, variance }
}

/** What one day's chance adds to the variance of the area: see VariancePolynomial, with areas in place of shares. */
function addedVariance(step: Step, before: Step | null, area: Fixed, rest: bigint): FixedSquare {
  const others = competingOn(step.competing)
  const gone = step.withdrawn + others
  if (gone === 0) return 0n
  const [atRisk, withdrawn, other] = [BigInt(step.atRisk), BigInt(step.withdrawn), BigInt(others)]
  const left = BigInt(step.atRisk - gone)
  if (left === 0n) {
    const waiting = before === null ? one : fixedOf(before.waiting)
    return (waiting * waiting * rest * rest * withdrawn * other) / atRisk ** 3n
  }
  const ended = fixedOf(step.incidence.withdrawn)
  const high = rest * (fixedOf(step.waiting) + ended) - area
  const low = area - rest * ended
  const mean = withdrawn * high - other * low
  return (atRisk * (withdrawn * high * high + other * low * low) - mean * mean) / (atRisk * left * left)
}

/** The difference of two restricted means, `first − second`, with a 95 % interval. */
export interface RestrictedMeanDifference {
  readonly horizon: number
  readonly days: Decimal
  readonly standardError: Decimal
  readonly lower: Decimal
  readonly upper: Decimal
  /** Two-sided, normal; null when neither of the two varies. */
  readonly p: Decimal | null
}

/** How many days more the first group waits than the second, out of the first so many; null when either is not known so long. */
export function restrictedMeanDifference(first: Curve, second: Curve, horizon: number): RestrictedMeanDifference | null {
  const [a, b] = [restrictedMean(first, horizon), restrictedMean(second, horizon)]
  if (a === null || b === null) return null
  const difference = fixedOf(a.exact) - fixedOf(b.exact)
  const variance = a.variance + b.variance
  const error = wholeRoot(variance)
  const reach = multiply(normalQuantile, error)
  return {
    horizon,
    days: decimalOfFixed(difference),
    standardError: decimalOfFixed(error),
    lower: decimalOfFixed(difference - reach),
    upper: decimalOfFixed(difference + reach),
    p: variance === 0n ? null : upperTailOfChiSquare((difference * difference * one) / variance, 1),
  }
}
