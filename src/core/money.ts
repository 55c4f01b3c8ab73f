/**
 * Exact money: an amount is text like `1350000` or `12.50` from the byte in a file to the report, never a number.
 *
 * The only importer of decimal.js, through a private clone, so that no other setting in the process can reach it.
 * Nothing rounds: an operation whose result is not exact throws, which would be a bug of ours, not bad data.
 */
import { Decimal } from 'decimal.js'

const precision = 60

const Exact = Decimal.clone({
  // Four times the 15 digits an amount may have: room for sums over a whole country and for products with coefficients.
  precision,
  rounding: Decimal.ROUND_DOWN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
  defaults: true,
})

/** An exact amount in major units, canonical: digits, `-` before it when negative, a fraction only if not zero. */
export type Amount = string

/** The zero amount. */
export const zero: Amount = '0'

// decimal.js itself would take 0x10, 1e5, NaN and 1_000; so nothing reaches it that this has not let through.
const canonicalPattern = /^(?!-0$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/
const writtenPattern = /^(\d{1,15})(?:\.(\d+))?$/

/** How many digits after the point a currency has; reference data in SQL, the same here for reading files. */
const minorDigits: Readonly<Record<string, number>> = { VND: 0, JPY: 0, KRW: 0, USD: 2, EUR: 2, GBP: 2, LAK: 2, KHR: 2, THB: 2, CNY: 2 }

/** The digits after the point of a currency (VND 0); null when the currency is not known here. */
export function minorDigitsOf(currency: string): number | null {
  return minorDigits[currency] ?? null
}

/** Why a written amount cannot be taken; each is a problem on its row. */
export type AmountFault = 'amount_unreadable' | 'amount_too_large' | 'amount_has_fraction' | 'amount_not_positive'

/** A written amount as read: exact, or the one reason why not. */
export type ReadAmount = { readonly amount: Amount; readonly fault?: never } | { readonly fault: AmountFault; readonly amount?: never }

/**
 * A positive amount as a file writes it: plain ASCII digits, then nothing or a point and two digits (`.00` for a
 * currency without such parts), at most 15 digits before the point. `1.350.000`, `1350000.0`, `1,350,000`, `1e5`, `+5`
 * and full-width digits are `amount_unreadable`: one reading is never guessed among several.
 */
export function readAmount(text: string, currency = 'VND'): ReadAmount {
  const parts = writtenPattern.exec(text)
  if (!parts) {
    if (/^\d{16,}(?:\.\d+)?$/.test(text)) return { fault: 'amount_too_large' }
    if (/^-\d{1,15}(?:\.\d+)?$/.test(text)) return { fault: 'amount_not_positive' }
    return { fault: 'amount_unreadable' }
  }
  const fraction = (parts[2] ?? '').replace(/0+$/, '')
  // Three digits after a lone point are how a thousand is written here (1.350), one is a slip: no reading is guessed.
  if (parts[2] !== undefined && parts[2].length !== 2) return { fault: 'amount_unreadable' }
  if (fraction.length > (minorDigits[currency] ?? 0)) return { fault: 'amount_has_fraction' }
  const units = (parts[1] ?? '').replace(/^0+(?=\d)/, '')
  if (units === '0' && fraction === '') return { fault: 'amount_not_positive' }
  return { amount: fraction === '' ? units : `${units}.${fraction}` }
}

/** The canonical form of a decimal that PostgreSQL printed (`1350000.00` → `1350000`); throws on anything else. */
export function amountFromDatabase(text: string): Amount {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) throw new RangeError(`not a decimal from the database: ${text}`)
  return written(new Exact(text))
}

/** The exact sum of any number of amounts; `0` of none. */
export function add(...amounts: readonly Amount[]): Amount {
  return written(amounts.reduce((sum, amount) => exactSum(sum, decimal(amount)), new Exact(0)))
}

/** The exact difference `first − second`, negative when the second is larger. */
export function subtract(first: Amount, second: Amount): Amount {
  return written(exactSum(decimal(first), decimal(second).negated()))
}

/** The amount with its sign turned. */
export function negate(amount: Amount): Amount {
  return written(decimal(amount).negated())
}

/** The exact product of two decimals, for quantity × coefficient × rate; throws if it might need more than 60 digits. */
export function multiply(first: Amount, second: Amount): Amount {
  const [a, b] = [decimal(first), decimal(second)]
  if (a.precision() + b.precision() > precision) throw new RangeError('a product of amounts is too long to be exact')
  return written(a.times(b))
}

/** −1, 0 or 1 as the first amount is smaller than, equal to or larger than the second. */
export function compare(first: Amount, second: Amount): -1 | 0 | 1 {
  return Math.sign(decimal(first).comparedTo(decimal(second))) as -1 | 0 | 1
}

/** True when both are the same amount. */
export function isEqual(first: Amount, second: Amount): boolean {
  return compare(first, second) === 0
}

/** The smallest of one or more amounts. */
export function smallest(first: Amount, ...others: readonly Amount[]): Amount {
  return others.reduce((least, amount) => (compare(amount, least) < 0 ? amount : least), first)
}

/** The largest of one or more amounts. */
export function largest(first: Amount, ...others: readonly Amount[]): Amount {
  return others.reduce((most, amount) => (compare(amount, most) > 0 ? amount : most), first)
}

/**
 * The amount in `parts` parts that differ by at most one minor unit of the currency and add up to it exactly;
 * what does not divide goes to the first parts, one unit each. Throws for an unknown currency, for less than one
 * part, and for an amount finer than the currency's minor unit.
 */
export function splitEvenly(amount: Amount, parts: number, currency = 'VND'): Amount[] {
  if (!Number.isSafeInteger(parts) || parts < 1) throw new RangeError(`cannot split into ${parts} parts`)
  const minorUnits = unitsOf(amount, currency)
  const count = BigInt(parts)
  const sign = minorUnits < 0n ? -1n : 1n
  const magnitude = minorUnits * sign
  const each = magnitude / count
  const remainder = magnitude % count
  return Array.from({ length: parts }, (_, index) => amountOf(sign * (each + (BigInt(index) < remainder ? 1n : 0n)), currency))
}

/** The amount as whole minor units of its currency (cents; for VND the đồng itself); throws when it is finer. */
export function unitsOf(amount: Amount, currency = 'VND'): bigint {
  const scaled = decimal(multiply(amount, new Exact(10).pow(knownDigits(currency)).toFixed()))
  if (!scaled.isInteger()) throw new RangeError(`${amount} is finer than the minor unit of ${currency}`)
  return BigInt(scaled.toFixed(0))
}

/** The amount that so many minor units of a currency are. */
export function amountOf(minorUnits: bigint, currency = 'VND'): Amount {
  const units = new Exact(minorUnits.toString())
  if (units.precision() > precision - 4) throw new RangeError('an amount is too long to be exact')
  return written(units.dividedBy(new Exact(10).pow(knownDigits(currency))))
}

/**
 * The amount for reading: grouped by thousands, with the currency's own number of digits after the point
 * (`1.350.000` in Vietnamese, `1,350,000` in English). For pages only; data keeps the canonical form.
 */
export function formatAmount(amount: Amount, currency = 'VND', language: 'vi' | 'en' | 'ar' = 'vi'): string {
  const fixed = decimal(amount).toFixed(Math.max(knownDigits(currency), decimal(amount).decimalPlaces()))
  const [group, point] = language === 'vi' ? ['.', ','] : [',', '.']
  const [units = '', fraction] = fixed.replace('-', '').split('.')
  const grouped = units.replace(/\B(?=(?:\d{3})+$)/g, group)
  return `${fixed.startsWith('-') ? '−' : ''}${grouped}${fraction === undefined ? '' : point + fraction}`
}

function decimal(amount: Amount): Decimal {
  if (!canonicalPattern.test(amount)) throw new RangeError(`not a canonical amount: ${amount}`)
  return new Exact(amount)
}

/** decimal.js would round silently to its precision, so a sum that might not fit into it is refused beforehand. */
function exactSum(first: Decimal, second: Decimal): Decimal {
  const digitsBefore = Math.max(first.e, second.e, 0) + 2
  const digitsAfter = Math.max(first.decimalPlaces(), second.decimalPlaces())
  if (digitsBefore + digitsAfter > precision) throw new RangeError('a sum of amounts is too long to be exact')
  return first.plus(second)
}

function knownDigits(currency: string): number {
  const known = minorDigits[currency]
  if (known === undefined) throw new RangeError(`no minor unit known for the currency ${currency}`)
  return known
}

function written(value: Decimal): Amount {
  const text = value.toFixed()
  return text === '-0' ? '0' : text
}
