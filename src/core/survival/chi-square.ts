/** The upper tail of the chi-square distribution, to twelve digits however small it is. */
import { type Fixed, bits, divide, exponential, fixedFromDecimal, multiply, naturalLogarithm, one, pi } from './fixed.ts'
import { type Decimal, decimalOfFixed, placed } from './ratio.ts'

/**
 * How likely chance alone gives a chi-square of at least `value` (not below zero) with so many degrees of freedom (1 and
 * more): the regularised incomplete gamma function Q(degrees/2, value/2). Throws a RangeError for anything else.
 */
export function upperTailOfChiSquare(value: Fixed, degrees: number): Decimal {
  if (value < 0n || !Number.isSafeInteger(degrees) || degrees < 1) throw new RangeError('no chi-square')
  if (value === 0n) return '1'
  const [half, shape] = [value >> 1n, (BigInt(degrees) << bits) >> 1n]
  // y^a · e^−y / Γ(a), as a logarithm: the tails are far below what fixed point can hold.
  const front = multiply(shape, naturalLogarithm(half)) - half - logarithmOfGamma(degrees)
  if (half < shape + one) return decimalOfFixed(one - multiply(exponential(front), lowerSeries(half, shape)))
  return decimalOfExponential(front + naturalLogarithm(upperFraction(half, shape)))
}

/** e to a power of zero or below, as text. */
function decimalOfExponential(power: Fixed): Decimal {
  const tenth = naturalLogarithm(10n * one)
  const exponent = -((tenth - 1n - power) / tenth)
  const mantissa = exponential(power - exponent * tenth)
  const digits = ((mantissa * 10n ** 11n + (one >> 1n)) >> bits).toString()
  return digits.length > 12 ? placed(digits.slice(0, 12), Number(exponent) + 1) : placed(digits, Number(exponent))
}

/** Σ y^n / (a·(a+1)…(a+n)), which converges quickly below a + 1. */
function lowerSeries(half: Fixed, shape: Fixed): Fixed {
  let term = divide(one, shape)
  let sum = term
  for (let next = shape + one; term !== 0n; next += one) {
    term = divide(multiply(term, half), next)
    sum += term
  }
  return sum
}

/** Legendre's continued fraction of Γ(a, y)·e^y / y^a by Lentz's method, which converges quickly above a + 1. */
function upperFraction(half: Fixed, shape: Fixed): Fixed {
  let below = half + one - shape
  let inverse = divide(one, below)
  let fraction = inverse
  let ahead: Fixed | null = null
  for (let count = 1n; ; count += 1n) {
    const partial = count * (shape - (count << bits))
    below += 2n * one
    inverse = divide(one, multiply(partial, inverse) + below)
    ahead = ahead === null ? below : below + divide(partial, ahead)
    const change = multiply(ahead, inverse)
    fraction = multiply(fraction, change)
    const distance = change - one
    if (distance < closeEnough && distance > -closeEnough) return fraction
  }
}

/** Fifty decimals. */
const closeEnough = fixedFromDecimal(`0.${'0'.repeat(49)}1`)

/** ln Γ(degrees / 2), from whole factorials. */
function logarithmOfGamma(degrees: number): Fixed {
  const half = Math.floor(degrees / 2)
  if (degrees % 2 === 0) return naturalLogarithm(productTo(half - 1) << bits)
  // Γ(m + ½) = (2m)! · √π / (4^m · m!)
  return naturalLogarithm((productTo(2 * half) << bits) / (4n ** BigInt(half) * productTo(half))) + (naturalLogarithm(pi()) >> 1n)
}

function productTo(last: number): bigint {
  let product = 1n
  for (let factor = 2n; factor <= last; factor += 1n) product *= factor
  return product
}
