/** Plain proportions: an interval for one, and which of many units differ from the whole by more than chance. */
import { type Interval, normalQuantile } from './bands.ts'
import { type Fixed, bits, fixedFromDecimal, fixedRatio, multiply, one, wholeRoot } from './fixed.ts'
import { type Decimal, decimalOfFixed, decimalOfRatio } from './ratio.ts'

/** So many of so many. */
export interface Proportion {
  readonly part: number
  readonly whole: number
}

/** Wilson's 95 % interval of a proportion, right for few and for none and all; null for nobody. */
export function wilson({ part, whole }: Proportion): { readonly share: Decimal; readonly lower: Decimal; readonly upper: Decimal } | null {
  checked({ part, whole })
  if (whole === 0) return null
  const { lower, upper } = wilsonInterval(part, whole)
  return { share: decimalOfRatio({ numerator: BigInt(part), denominator: BigInt(whole) }), lower: decimalOfFixed(lower), upper: decimalOfFixed(upper) }
}

/** Wilson's interval; from 0 to 1 for nobody. */
export function wilsonInterval(part: number, whole: number): Interval {
  if (whole === 0) return { lower: 0n, upper: one }
  // With z² = q: (2·part + q ± √(q² + 4·q·part·(whole − part)/whole)) / (2·(whole + q))
  const square = multiply(normalQuantile, normalQuantile)
  const root = wholeRoot(square * square + ((4n * square * BigInt(part) * BigInt(whole - part)) << bits) / BigInt(whole))
  const middle = ((2n * BigInt(part)) << bits) + square
  const below = 2n * ((BigInt(whole) << bits) + square)
  return {
    lower: part === 0 ? 0n : ((middle - root) << bits) / below,
    upper: part === whole ? one : ((middle + root) << bits) / below,
  }
}

/** The counts and shares that a unit of some size shows by chance alone when its true share is the target. */
export interface FunnelLimits {
  /** 19 of 20 units without any difference lie within. */
  readonly inner: FunnelRange
  /** 499 of 500 do: the line to look at when many units are compared. */
  readonly outer: FunnelRange
}

export interface FunnelRange {
  readonly lowerPart: number
  readonly upperPart: number
  readonly lower: Decimal
  readonly upper: Decimal
}

/** One tail of 95 % and of 99.8 %. */
const innerTail: Fixed = fixedFromDecimal('0.025')
const outerTail: Fixed = fixedFromDecimal('0.001')

/**
 * Control limits of a funnel plot for a unit of `size`, from the exact binomial distribution about the target share: the
 * smallest and the greatest count that are not in a tail of 2.5 % (inner) or 0.1 % (outer). Right for any size up to tens
 * of millions; null for size 0. Throws a RangeError for a target of nobody.
 */
export function funnelLimits(target: Proportion, size: number): FunnelLimits | null {
  checked(target)
  checked({ part: 0, whole: size })
  if (target.whole === 0) throw new RangeError('a target share of nobody')
  if (size === 0) return null
  const chance = binomial(target, size)
  const range = (tail: Fixed): FunnelRange => {
    const [lowerPart, upperPart] = inside(chance, tail)
    const share = (part: number): Decimal => decimalOfRatio({ numerator: BigInt(part), denominator: BigInt(size) })
    return { lowerPart, upperPart, lower: share(lowerPart), upper: share(upperPart) }
  }
  return { inner: range(innerTail), outer: range(outerTail) }
}

/** Where a unit stands to all units together. */
export interface Comparison {
  readonly share: Decimal | null
  /** Two-sided: how likely chance alone puts a unit of this size so far away or farther. */
  readonly p: Decimal
  /** Outside of what 95 % (99.8 %) of units without a difference show: of a hundred such units five (0.2) are so. */
  readonly isOutsideInner: boolean
  readonly isOutsideOuter: boolean
  /** Benjamini and Hochberg's p over all units compared. */
  readonly adjusted: Decimal
  /**
   * True when the difference is more than noise after all units were looked at: of the units so called at most 5 % are
   * expected to be called so wrongly. What may be said aloud.
   */
  readonly isDifferent: boolean
  readonly direction: 'below' | 'above' | 'same'
}

/** Of units called different, at most this share wrongly. */
const falseShare: Fixed = fixedFromDecimal('0.05')

/**
 * Each unit (in the order given) against all of them together. The chance of a count is hypergeometric: how many of all
 * who withdrew fall into a unit of its size if they are dealt out at random. So a unit that makes up most of the whole is
 * not compared with itself. A unit of nobody is never different.
 */
export function compareUnits(units: readonly Proportion[]): Comparison[] {
  for (const unit of units) checked(unit)
  const all = units.reduce((sum, { part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }), { part: 0, whole: 0 })
  checked(all)
  const chances = units.map((unit) => twoSided(hypergeometric(all, unit.whole), unit.part))
  const adjusted = adjustedForAll(chances, units.filter(({ whole }) => whole > 0).length)
  return units.map(({ part, whole }, index) => {
    const [p, q] = [chances[index] ?? one, adjusted[index] ?? one]
    const difference = BigInt(part) * BigInt(all.whole) - BigInt(all.part) * BigInt(whole)
    return {
      share: whole === 0 ? null : decimalOfRatio({ numerator: BigInt(part), denominator: BigInt(whole) }),
      p: decimalOfFixed(p),
      isOutsideInner: p <= 2n * innerTail,
      isOutsideOuter: p <= 2n * outerTail,
      adjusted: decimalOfFixed(q),
      isDifferent: q <= falseShare,
      direction: difference < 0n ? 'below' : difference > 0n ? 'above' : 'same',
    }
  })
}

/** Benjamini and Hochberg: each p times (number of units with anybody / its rank), never above that of a greater p. */
function adjustedForAll(chances: readonly Fixed[], count: number): Fixed[] {
  const order = chances.map((_, index) => index).sort((a, b) => ((chances[a] ?? 0n) < (chances[b] ?? 0n) ? -1 : 1))
  const adjusted = chances.map(() => one)
  let least = one
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const index = order[rank - 1] ?? 0
    const scaled = ((chances[index] ?? one) * BigInt(count)) / BigInt(rank)
    if (scaled < least) least = scaled
    adjusted[index] = least
  }
  return adjusted
}

/** A distribution over whole numbers: weights of neighbouring counts, all others too small to matter. */
interface Weights {
  readonly first: number
  readonly weights: readonly bigint[]
  readonly total: bigint
}

/** Weights are relative to the greatest; below 2^-160 of it nothing is kept. */
const heaviest = 1n << 160n

function binomial({ part, whole }: Proportion, size: number): Weights {
  const [yes, no, all] = [BigInt(part), BigInt(whole - part), BigInt(size)]
  const mode = (BigInt(size + 1) * yes) / BigInt(whole)
  return weightsAround(mode > all ? all : mode, 0n, all, (count) => [(all - count) * yes, (count + 1n) * no])
}

function hypergeometric(all: Proportion, size: number): Weights {
  const [yes, no, drawn] = [BigInt(all.part), BigInt(all.whole - all.part), BigInt(size)]
  const mode = ((drawn + 1n) * (yes + 1n)) / (BigInt(all.whole) + 2n)
  const least = drawn > no ? drawn - no : 0n
  const most = drawn < yes ? drawn : yes
  return weightsAround(mode < least ? least : mode > most ? most : mode, least, most, (count) => [(yes - count) * (drawn - count), (count + 1n) * (no - drawn + count + 1n)])
}

/** Weights from the mode outwards; `ratio` gives the weight of count + 1 over that of count, as a fraction. */
function weightsAround(mode: bigint, least: bigint, most: bigint, ratio: (count: bigint) => readonly [bigint, bigint]): Weights {
  const above: bigint[] = []
  for (let count = mode, weight = heaviest; count < most; count += 1n) {
    const [numerator, denominator] = ratio(count)
    weight = (weight * numerator) / denominator
    if (weight === 0n) break
    above.push(weight)
  }
  const below: bigint[] = []
  for (let count = mode, weight = heaviest; count > least; count -= 1n) {
    const [numerator, denominator] = ratio(count - 1n)
    weight = (weight * denominator) / numerator
    if (weight === 0n) break
    below.push(weight)
  }
  const weights = [...below.reverse(), heaviest, ...above]
  return { first: Number(mode) - below.length, weights, total: weights.reduce((sum, weight) => sum + weight, 0n) }
}

/** Twice the smaller tail, the count itself in both tails; at most 1. */
function twoSided({ first, weights, total }: Weights, count: number): Fixed {
  const at = count - first
  const upTo = weights.slice(0, Math.max(0, at + 1)).reduce((sum, weight) => sum + weight, 0n)
  const from = weights.slice(Math.max(0, at)).reduce((sum, weight) => sum + weight, 0n)
  const chance = fixedRatio(2n * (upTo < from ? upTo : from), total)
  return chance > one ? one : chance
}

/** The smallest and the greatest count with more than `tail` up to it and from it on. */
function inside({ first, weights, total }: Weights, tail: Fixed): [number, number] {
  const limit = (tail * total) >> bits
  let [lower, upper] = [0, weights.length - 1]
  for (let sum = weights[lower] ?? 0n; sum <= limit; sum += weights[lower] ?? 0n) lower += 1
  for (let sum = weights[upper] ?? 0n; sum <= limit; sum += weights[upper] ?? 0n) upper -= 1
  return [first + lower, first + upper]
}

function checked({ part, whole }: Proportion): void {
  if (!Number.isSafeInteger(part) || !Number.isSafeInteger(whole) || part < 0 || part > whole) throw new RangeError(`not a proportion: ${part} of ${whole}`)
}
