/** Exact ratios of whole numbers that stay short, and how statistics are written: twelve significant digits. */
import { type Fixed, bitLength, bits } from './fixed.ts'

/** numerator / denominator, the denominator above zero; not necessarily in lowest terms. */
export interface Ratio {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const nothing: Ratio = { numerator: 0n, denominator: 1n }
export const whole: Ratio = { numerator: 1n, denominator: 1n }

/** A number in decimal notation with at most twelve significant digits, `1.5e-9` where it is below a ten-millionth. */
export type Decimal = string

const significant = 12

/** What a ratio becomes when it has grown past what is kept exactly: a 256-bit fraction, 77 decimals. */
export const roundedDenominator = 1n << 256n

/** A denominator longer than this is rounded (about 300 decimal digits). */
export const exactBits = 1024

/** The ratio itself, or, when its denominator is longer than `limit` bits, the nearest one over 2^256. */
export function shortened(ratio: Ratio, limit: number): Ratio {
  if (isShort(ratio.denominator, limit)) return ratio
  return { numerator: roundedTo(ratio, roundedDenominator), denominator: roundedDenominator }
}

/** True when a denominator is kept as it is. */
export function isShort(denominator: bigint, limit: number): boolean {
  // BigInt knows its length only as text; comparing with a power of two is a hundred times as fast.
  return denominator < limitOf(limit)
}

/** The numerator, to the nearest, that a ratio has over another denominator. */
export function roundedTo(ratio: Ratio, denominator: bigint): bigint {
  if (ratio.denominator === denominator) return ratio.numerator
  return (2n * ratio.numerator * denominator + ratio.denominator) / (2n * ratio.denominator)
}

/** The product with a ratio of two small whole numbers, in lowest terms when `ratio` is: only small divisors are sought. */
export function timesSmall(ratio: Ratio, numerator: number, denominator: number): Ratio {
  if (numerator === 0) return nothing
  const common = divisor(numerator, denominator)
  let [above, below] = [numerator / common, denominator / common]
  const withNumerator = divisorOfLarge(ratio.numerator, below)
  below /= withNumerator
  const withDenominator = divisorOfLarge(ratio.denominator, above)
  above /= withDenominator
  return {
    numerator: (ratio.numerator / BigInt(withNumerator)) * BigInt(above),
    denominator: (ratio.denominator / BigInt(withDenominator)) * BigInt(below),
  }
}

/** The sum with a ratio of two whole numbers, in lowest terms when both are: only divisors of the second's denominator are sought. */
export function plus(first: Ratio, second: Ratio): Ratio {
  const common = divisorOfWhole(first.denominator, second.denominator)
  const rest = second.denominator / common
  const numerator = first.numerator * rest + second.numerator * (first.denominator / common)
  const cancelled = divisorOfWhole(numerator, common)
  return { numerator: numerator / cancelled, denominator: (first.denominator / cancelled) * rest }
}

/** −1, 0 or 1 as the first is below, equal to or above the second. */
export function compareRatios(first: Ratio, second: Ratio): -1 | 0 | 1 {
  const difference = first.numerator * second.denominator - second.numerator * first.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The greatest common divisor of two numbers that are whole and not below zero. */
export function divisor(first: number, second: number): number {
  let [a, b] = [first, second]
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

/** The greatest common divisor of a large and a small number, which is not zero. */
export function divisorOfLarge(large: bigint, small: number): number {
  return divisor(small, Number(large % BigInt(small)))
}

function divisorOfWhole(first: bigint, second: bigint): bigint {
  let [a, b] = [first, second]
  while (b > machineWhole) [a, b] = [b, a % b]
  // Machine numbers do the rest ten times as fast.
  return b === 0n ? a : BigInt(divisorOfLarge(a, Number(b)))
}

const machineWhole = BigInt(Number.MAX_SAFE_INTEGER)

const limits = new Map<number, bigint>()

function limitOf(limit: number): bigint {
  let power = limits.get(limit)
  if (power === undefined) limits.set(limit, (power = 1n << BigInt(limit)))
  return power
}

/** A ratio as text, rounded half away from zero. */
export function decimalOfRatio(ratio: Ratio): Decimal {
  return decimalOf(ratio.numerator, ratio.denominator)
}

/** A fixed-point number as text. */
export function decimalOfFixed(value: Fixed): Decimal {
  return decimalOf(value, 1n << bits)
}

function decimalOf(numerator: bigint, denominator: bigint): Decimal {
  if (numerator === 0n) return '0'
  const sign = numerator < 0n ? '-' : ''
  const above = numerator < 0n ? -numerator : numerator
  // One bit is 0.30103 digits; a guess one too high or too low is put right by the length of what comes out.
  let exponent = Math.floor((bitLength(above) - bitLength(denominator)) * 0.30103)
  for (;;) {
    const digits = rounded(above, denominator, significant - 1 - exponent).toString()
    if (digits.length === significant) return sign + placed(digits, exponent)
    exponent += digits.length - significant
  }
}

function rounded(numerator: bigint, denominator: bigint, places: number): bigint {
  const [above, below] = places >= 0 ? [numerator * 10n ** BigInt(places), denominator] : [numerator, denominator * 10n ** BigInt(-places)]
  return (2n * above + below) / (2n * below)
}

/** Digits of which the first stands for 10^exponent. */
export function placed(allDigits: string, exponent: number): Decimal {
  const digits = allDigits.replace(/0+$/, '')
  if (exponent < -7 || exponent > 20) return `${digits.slice(0, 1)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${String(exponent)}`
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`
  const units = digits.padEnd(exponent + 1, '0')
  return units.length > exponent + 1 ? `${units.slice(0, exponent + 1)}.${units.slice(exponent + 1)}` : units
}
