/** Fixed-point arithmetic on BigInt, 192 bits after the point: roots, logarithms and exponentials to more than 50 decimals, the same on every machine. */

/** A number times 2^192. Errors of the functions here stay below 2^-180, about 55 decimals. */
export type Fixed = bigint

/** A variance: a number times 2^384, so that its root is a Fixed without loss. */
export type FixedSquare = bigint

/** Bits after the point. */
export const bits = 192n
export const one: Fixed = 1n << bits
export const oneSquare: FixedSquare = one << bits

/** The product, rounded down. */
export function multiply(first: Fixed, second: Fixed): Fixed {
  return (first * second) >> bits
}

/** The quotient, rounded towards zero; throws a RangeError when the second is zero. */
export function divide(first: Fixed, second: Fixed): Fixed {
  return (first << bits) / second
}

/** A ratio of whole numbers as Fixed, rounded towards zero. */
export function fixedRatio(numerator: bigint, denominator: bigint): Fixed {
  return (numerator << bits) / denominator
}

/** How many bits a positive whole number has; 0 for zero. */
export function bitLength(whole: bigint): number {
  if (whole === 0n) return 0
  const hexadecimal = whole.toString(16)
  return hexadecimal.length * 4 - Math.clz32(parseInt(hexadecimal.slice(0, 1), 16)) + 28
}

/** Far enough below what a JavaScript number can hold. */
const machineLimit = 1n << 1000n

/** The greatest whole number whose square is not above `whole`; throws a RangeError for a negative one. */
export function wholeRoot(whole: bigint): bigint {
  if (whole < 0n) throw new RangeError('a negative number has no real root')
  if (whole < 1n << 52n) return BigInt(Math.floor(Math.sqrt(Number(whole))))
  // The machine's own root gives the first 50 bits; each step of Newton's doubles them and, from above, never goes below.
  const shift = whole < machineLimit ? 0n : BigInt((bitLength(whole) - 1000) & ~1)
  let root = (BigInt(Math.ceil(Math.sqrt(Number(whole >> shift)))) + 1n) << (shift / 2n)
  root += root >> 50n
  for (;;) {
    const next = (root + whole / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** The square root of a Fixed. */
export function squareRoot(value: Fixed): Fixed {
  return wholeRoot(value << bits)
}

/** The natural logarithm; throws a RangeError for zero and below. */
export function naturalLogarithm(value: Fixed): Fixed {
  if (value <= 0n) throw new RangeError('only a positive number has a logarithm')
  const exponent = BigInt(bitLength(value)) - 1n - bits
  const mantissa = exponent >= 0n ? value >> exponent : value << -exponent
  const table = tables()
  // The mantissa lies in [1, 2): the nearest odd 256th is close enough for a dozen terms of the series.
  const cell = mantissa >> (bits - 7n)
  const centre = ((cell << 1n) + 1n) << (bits - 8n)
  const ratio = divide(mantissa - centre, mantissa + centre)
  const square = multiply(ratio, ratio)
  let sum = 0n
  let power = ratio
  for (let odd = 1n; power !== 0n && power !== -1n; odd += 2n) {
    sum += power / odd
    power = multiply(power, square)
  }
  return exponent * table.logarithmOfTwo + (table.logarithms[Number(cell) - 128] ?? 0n) + 2n * sum
}

/** e to the power of a Fixed; zero where that is below 2^-192. */
export function exponential(value: Fixed): Fixed {
  const { logarithmOfTwo, roots } = tables()
  const steps = floorOf(value << 6n, logarithmOfTwo)
  const rest = value - ((steps * logarithmOfTwo) >> 6n)
  let sum = one
  let term = one
  for (let count = 1n; ; count += 1n) {
    term = multiply(term, rest) / count
    if (term <= 0n) break
    sum += term
  }
  const scaled = multiply(sum, roots[Number(steps & 63n)] ?? one)
  const shift = steps >> 6n
  return shift >= 0n ? scaled << shift : scaled >> -shift
}

/** The circle's constant. */
export function pi(): Fixed {
  return tables().pi
}

/** A decimal text without exponent as Fixed, for constants. */
export function fixedFromDecimal(text: string): Fixed {
  const [whole = '', fraction = ''] = text.split('.')
  return fixedRatio(BigInt(whole + fraction), 10n ** BigInt(fraction.length))
}

interface Tables {
  readonly logarithmOfTwo: Fixed
  readonly pi: Fixed
  /** Logarithms of 257/256, 259/256, … 511/256. */
  readonly logarithms: readonly Fixed[]
  /** Two to the powers of 0/64, 1/64, … 63/64. */
  readonly roots: readonly Fixed[]
}

let made: Tables | null = null

function tables(): Tables {
  if (made !== null) return made
  const logarithmOfTwo = 2n * inverseSeries(3n, false)
  const logarithms = [2n * inverseSeries(513n, false)]
  for (let cell = 129n; cell < 256n; cell += 1n) logarithms.push((logarithms.at(-1) ?? 0n) + 2n * inverseSeries(2n * cell, false))
  let root = 2n * one
  for (let times = 0; times < 6; times += 1) root = squareRoot(root)
  const roots = [one]
  while (roots.length < 64) roots.push(multiply(roots.at(-1) ?? one, root))
  // Machin's formula.
  made = { logarithmOfTwo, pi: 4n * (4n * inverseSeries(5n, true) - inverseSeries(239n, true)), logarithms, roots }
  return made
}

/** The area hyperbolic tangent of 1/whole, or with alternating signs its arc tangent. */
function inverseSeries(whole: bigint, isAlternating: boolean): Fixed {
  let power = one / whole
  let sum = 0n
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += isAlternating && (odd & 2n) !== 0n ? -(power / odd) : power / odd
    power /= whole * whole
  }
  return sum
}

function floorOf(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  return quotient * denominator > numerator ? quotient - 1n : quotient
}
