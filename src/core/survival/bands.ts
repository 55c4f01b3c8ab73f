/** Standard errors and 95 % intervals of a share that is still waiting, and the printed steps of a curve. */
import { type Cause, type Curve, type Step } from './curve.ts'
import { type Fixed, type FixedSquare, bits, divide, exponential, fixedFromDecimal, fixedRatio, multiply, naturalLogarithm, one, wholeRoot } from './fixed.ts'
import { type Decimal, type Ratio, decimalOfFixed, decimalOfRatio } from './ratio.ts'
import type { CompetingEnd } from './risk-table.ts'
import { greenwoodVariance } from './variance.ts'

/** `log-log` keeps within 0 and 1 and is right for few people: the one that is shown. `log` is what R prints unless asked. */
export type IntervalKind = 'log-log' | 'log'

/** 97.5 % of a normal distribution lie below. */
export const normalQuantile: Fixed = fixedFromDecimal('1.9599639845400542355245944305205515279555500778695483984769526')

/** A share still waiting, with what is needed for its interval. */
export interface Uncertain {
  readonly share: Fixed
  readonly variance: FixedSquare
}

export interface Interval {
  readonly lower: Fixed
  readonly upper: Fixed
}

/** Kaplan–Meier's survival after a step. */
export function survivalAfter(step: Step): Uncertain {
  return { share: fixedRatio(step.survival.numerator, step.survival.denominator), variance: greenwoodVariance(step.survival, step.greenwood) }
}

/** The share not withdrawn after a step, whatever else became of it: 1 − the incidence of withdrawal. */
export function notWithdrawnAfter({ incidence: { withdrawn }, incidenceVariance }: Step): Uncertain {
  return { share: fixedRatio(withdrawn.denominator - withdrawn.numerator, withdrawn.denominator), variance: incidenceVariance }
}

/** The standard error; null where nobody is left waiting, since nothing is known of its spread there. */
export function standardErrorOf({ share, variance }: Uncertain): Fixed | null {
  return share === 0n ? null : wholeRoot(variance)
}

/**
 * The 95 % interval of a share still waiting; the share itself where it is 1 (as R does), null where it is 0.
 * log-log: share^exp(±z·se / (share·ln share)); log: share·exp(±z·se / share), at most 1.
 */
export function intervalOf(waiting: Uncertain, kind: IntervalKind): Interval | null {
  const { share } = waiting
  const error = standardErrorOf(waiting)
  if (error === null) return null
  if (error === 0n || share >= one) return { lower: share, upper: share }
  const relative = divide(multiply(normalQuantile, error), share)
  if (kind === 'log') {
    const factor = exponential(relative)
    const upper = multiply(share, factor)
    return { lower: divide(share, factor), upper: upper > one ? one : upper }
  }
  const logarithm = naturalLogarithm(share)
  const stretch = exponential(divide(relative, -logarithm))
  return { lower: exponential(multiply(logarithm, stretch)), upper: exponential(divide(logarithm, stretch)) }
}

/**
 * Whether a limit of the interval (see intervalOf) is at or below a threshold; false where there is no interval. Decided
 * in machine numbers wherever these leave no doubt, which is ten times as fast.
 */
export function isLimitWithin(waiting: Uncertain, kind: IntervalKind, limit: keyof Interval, threshold: Fixed): boolean {
  const share = machineNumber(waiting.share)
  const relative = (machineQuantile * Math.sqrt(machineNumber(waiting.variance >> bits))) / share
  const sign = limit === 'lower' ? 1 : -1
  const guess = kind === 'log' ? Math.min(1, share * Math.exp(-sign * relative)) : share ** Math.exp((-sign * relative) / Math.log(share))
  const distance = guess - machineNumber(threshold)
  if (Math.abs(distance) > doubt) return distance < 0
  const interval = intervalOf(waiting, kind)
  return interval !== null && interval[limit] <= threshold
}

/** Far above the error of machine numbers here, which stays below 1e-8. */
const doubt = 1e-6
const machineQuantile = machineNumber(normalQuantile)

function machineNumber(value: Fixed): number {
  return Number(value >> (bits - 64n)) / 2 ** 64
}

/** A step as it is shown and exported: shares as decimals of twelve significant digits. */
export interface PrintedStep {
  readonly days: number
  readonly atRisk: number
  readonly withdrawn: number
  readonly censored: number
  readonly competing: Readonly<Record<CompetingEnd, number>>
  /** Kaplan–Meier: not yet withdrawn, returns, closures and deaths taken out; null in the last two fields once it is 0. */
  readonly survival: Decimal
  readonly standardError: Decimal | null
  readonly lower: Decimal | null
  readonly upper: Decimal | null
  /** Aalen–Johansen: what has in fact become of the money; with `waiting` they add up to 1. */
  readonly incidence: Readonly<Record<Cause, Decimal>>
  readonly waiting: Decimal
  /** Of the incidence of withdrawal: the band to draw. Null once all have withdrawn. */
  readonly incidenceStandardError: Decimal | null
  readonly incidenceLower: Decimal | null
  readonly incidenceUpper: Decimal | null
}

/** Every step of a curve with its bands, as text. */
export function printedSteps(curve: Curve, kind: IntervalKind = 'log-log'): PrintedStep[] {
  return curve.steps.map((step) => {
    const { days, atRisk, withdrawn, censored, competing, incidence } = step
    const survival = survivalAfter(step)
    const band = intervalOf(survival, kind)
    const notWithdrawn = curve.hasCompeting ? notWithdrawnAfter(step) : survival
    const other = curve.hasCompeting ? intervalOf(notWithdrawn, kind) : band
    return {
      days, atRisk, withdrawn, censored, competing,
      survival: decimalOfRatio(step.survival),
      standardError: printed(standardErrorOf(survival)),
      lower: printed(band?.lower),
      upper: printed(band?.upper),
      incidence: {
        withdrawn: decimalOfRatio(incidence.withdrawn),
        returned: decimalOfRatio(incidence.returned),
        closed: decimalOfRatio(incidence.closed),
        died: decimalOfRatio(incidence.died),
      },
      waiting: decimalOfRatio(step.waiting),
      incidenceStandardError: printed(standardErrorOf(notWithdrawn)),
      incidenceLower: other === null ? null : decimalOfFixed(one - other.upper),
      incidenceUpper: other === null ? null : decimalOfFixed(one - other.lower),
    }
  })
}

function printed(value: Fixed | null | undefined): Decimal | null {
  return value === null || value === undefined ? null : decimalOfFixed(value)
}

/** A share of a curve as Fixed. */
export function fixedOf(ratio: Ratio): Fixed {
  return fixedRatio(ratio.numerator, ratio.denominator)
}
