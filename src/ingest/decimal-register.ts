/** One exact decimal at a time, as PostgreSQL's numeric keeps it: groups of four digits; read from bytes, added up exactly. */
import { money, type Amount, type ProblemCode } from '../core/index.ts'

const zero = 0x30
const point = 0x2e

export class DecimalRegister {
  /** Groups of four digits, the most significant first. */
  readonly limbs = new Int32Array(16)
  count = 0
  /** The power of 10,000 of the first group. */
  weight = 0
  fractionDigits = 0
  /** Only balances are ever below zero. */
  isNegative = false

  /** Takes plain digits with an optional fraction; places of the whole part [start, middle) and of the fraction [middle + 1, end). */
  set(bytes: Uint8Array, start: number, middle: number, end: number): void {
    let first = start
    while (first < middle && bytes[first] === zero) first += 1
    let last = end
    while (last > middle + 1 && bytes[last - 1] === zero) last -= 1
    const wholeDigits = middle - first
    const wholeGroups = (wholeDigits + 3) >> 2
    this.count = 0
    this.isNegative = false
    let at = first
    for (let digits = wholeDigits - 4 * (wholeGroups - 1); at < middle; digits = 4) {
      let limb = 0
      for (let digit = 0; digit < digits; digit += 1) limb = limb * 10 + (bytes[at++] as number) - zero
      this.limbs[this.count++] = limb
    }
    this.fractionDigits = last > middle + 1 ? last - middle - 1 : 0
    for (let from = middle + 1; from < last; from += 4) {
      let limb = 0
      for (let digit = 0; digit < 4; digit += 1) limb = limb * 10 + (from + digit < last ? (bytes[from + digit] as number) - zero : 0)
      this.limbs[this.count++] = limb
    }
    this.weight = wholeGroups - 1
    this.dropLeadingZeros()
  }

  get isZero(): boolean {
    return this.count === 0
  }

  private dropLeadingZeros(): void {
    let skip = 0
    while (skip < this.count && this.limbs[skip] === 0) skip += 1
    if (skip === 0) return
    this.limbs.copyWithin(0, skip, this.count)
    this.count -= skip
    this.weight -= skip
  }
}

/**
 * A positive amount from bytes into the register; null when it can be taken, else the problem. The same rules as
 * `money.readAmount`, which says why.
 *
 * @param minorDigits digits after the point of the currency; null for a currency that is not known here
 */
export function readAmountBytes(register: DecimalRegister, bytes: Uint8Array, start: number, end: number, minorDigits: number | null): ProblemCode | null {
  const isSigned = bytes[start] === 0x2d
  const first = isSigned ? start + 1 : start
  const middle = endOfDigits(bytes, first, end)
  if (middle === first) return 'amount_invalid'
  if (middle < end && (bytes[middle] !== point || middle + 1 === end || endOfDigits(bytes, middle + 1, end) !== end)) return 'amount_invalid'
  if (middle - first > 15) return isSigned ? 'amount_invalid' : 'amount_too_large'
  if (isSigned) return 'amount_not_positive'
  if (middle < end && end - middle - 1 !== 2) return 'amount_invalid'
  let last = end
  while (last > middle + 1 && bytes[last - 1] === zero) last -= 1
  if (middle < end && last - middle - 1 > (minorDigits ?? 0)) return 'amount_has_fraction'
  register.set(bytes, first, middle, last > middle + 1 ? last : middle)
  return register.isZero ? 'amount_not_positive' : null
}

/** A balance from bytes into the register: an amount that may be zero, or have a minus before it; null when it can be taken, else the problem. */
export function readBalanceBytes(register: DecimalRegister, bytes: Uint8Array, start: number, end: number, minorDigits: number | null): ProblemCode | null {
  const isNegative = bytes[start] === 0x2d
  const first = isNegative ? start + 1 : start
  if (bytes[first] === 0x2d) return 'amount_invalid'
  const fault = readAmountBytes(register, bytes, first, end, minorDigits)
  // Of an unsigned amount this says that it is zero.
  if (fault !== null && fault !== 'amount_not_positive') return fault
  register.isNegative = isNegative && !register.isZero
  return null
}

/** Plain digits (at most 9) with at most 6 after a point, into the register; false when it is anything else. Not for money. */
export function readDecimalBytes(register: DecimalRegister, bytes: Uint8Array, start: number, end: number): boolean {
  const middle = endOfDigits(bytes, start, end)
  if (middle === start || middle - start > 9) return false
  if (middle < end && (bytes[middle] !== point || end - middle - 1 > 6 || middle + 1 === end || endOfDigits(bytes, middle + 1, end) !== end)) return false
  register.set(bytes, start, middle, end)
  return true
}

/** The largest whole part that a decimal can have: a column that allows as much need not be asked. */
const largest = 999_999_999

/** True when a column allows less than can be written. */
export function hasLimit({ maximum = largest }: { readonly maximum?: number }): boolean {
  return maximum < largest
}

/** True when a plain decimal without needless zeros is no larger than its column allows; none is below zero. */
export function isDecimalWithin(text: string, { maximum = largest }: { readonly maximum?: number }): boolean {
  const [whole = '', fraction = ''] = text.split('.')
  const number = parseInt(whole, 10)
  return number < maximum || (number === maximum && fraction === '')
}

function endOfDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && (bytes[at] as number) >= zero && (bytes[at] as number) <= 0x39) at += 1
  return at
}

/** An exact sum of very many amounts: whole ones group by group, the rare others through core/money.ts. */
export class ExactSum {
  // Each group's sum stays exact in a double up to 900 thousand million rows.
  private readonly groups = new Float64Array(4)
  private other: Amount = money.zero

  /** Adds what the register holds. */
  add(register: DecimalRegister): void {
    if (register.fractionDigits > 0) {
      this.other = money.add(this.other, registerText(register))
      return
    }
    for (let limb = 0; limb < register.count; limb += 1) {
      const power = register.weight - limb
      this.groups[power] = (this.groups[power] as number) + (register.limbs[limb] as number)
    }
  }

  /** Adds an amount written canonically, negative ones too. */
  addAmount(amount: Amount): void {
    this.other = money.add(this.other, amount)
  }

  get total(): Amount {
    const whole = this.groups.reduceRight((sum, group) => sum * 10_000n + BigInt(group), 0n)
    return money.add(whole.toString(), this.other)
  }
}

/** True when both registers hold the same decimal. */
export function sameDecimal(first: DecimalRegister, second: DecimalRegister): boolean {
  if (first.count !== second.count || first.weight !== second.weight || first.fractionDigits !== second.fractionDigits) return false
  for (let limb = 0; limb < first.count; limb += 1) if (first.limbs[limb] !== second.limbs[limb]) return false
  return true
}

/** The register's decimal as canonical text. */
export function registerText(register: DecimalRegister): Amount {
  const group = (power: number): string => (register.limbs[register.weight - power] ?? 0).toString().padStart(4, '0')
  const inside = (power: number): string => (power > register.weight || register.weight - power >= register.count ? '0000' : group(power))
  let whole = ''
  for (let power = register.weight; power >= 0; power -= 1) whole += inside(power)
  let fraction = ''
  for (let power = -1; fraction.length < register.fractionDigits; power -= 1) fraction += inside(power)
  const text = `${register.isNegative ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}.${fraction.slice(0, register.fractionDigits)}`
  return text.replace(/\.?0*$/, '')
}
