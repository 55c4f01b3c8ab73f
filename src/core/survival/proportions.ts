/** Plain proportions and their intervals. */
import { type Interval, normalQuantile } from './bands.ts'
import { bits, multiply, one, wholeRoot } from './fixed.ts'
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

/** Throws a RangeError unless both are whole numbers and the part is one of the whole. */
export function checked({ part, whole }: Proportion): void {
  if (!Number.isSafeInteger(part) || !Number.isSafeInteger(whole) || part < 0 || part > whole) throw new RangeError(`not a proportion: ${part} of ${whole}`)
}
