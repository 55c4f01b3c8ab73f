/** Control limits of a funnel plot: how far units stray by chance alone. */
import { type Fixed, fixedFromDecimal } from './fixed.ts'
import { type Proportion, checked } from './proportions.ts'
import { type Decimal, decimalOfRatio } from './ratio.ts'
import { binomial, inside } from './tails.ts'

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
export const innerTail: Fixed = fixedFromDecimal('0.025')
export const outerTail: Fixed = fixedFromDecimal('0.001')

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
