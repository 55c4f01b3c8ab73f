/** How amounts, counts, days and personal numbers are written for a reader of each language; nothing here computes money. */
import { addMilliseconds, countryOffsetMinutes, dayNumber, money as exact, type Amount, type Language } from '../core/index.ts'

const noBreak = '\u00a0'
const locales: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB', ar: 'ar-u-nu-latn-ca-gregory' }

/** An exact amount as people read it, `1.350.000 ₫`; the sign of the currency follows it, unbroken. */
export function money(amount: Amount, currency: string, language: Language): string {
  const written = exact.formatAmount(exact.amountFromDatabase(amount), currency, language)
  return isolate(language, written + noBreak + (currency === 'VND' ? '₫' : currency))
}

/** Sums of several currencies, which nobody adds up: `1.000 ₫ + 5 $`. */
export function sums(amounts: readonly { readonly currency: string; readonly amount: Amount }[], language: Language): string {
  return amounts.map(({ currency, amount }) => money(amount, currency, language)).join(' + ')
}

/** A whole number given as digits, grouped: `96.123` in Vietnamese, `96,123` elsewhere. */
export function count(digits: string | number | bigint, language: Language): string {
  return digits.toString().replace(/\B(?=(?:\d{3})+$)/g, language === 'vi' ? '.' : ',')
}

/**
 * The share of a whole as a percentage with one digit, never rounded up: 99.98 % reads 99.9 %, because 100 % is said
 * only of all. Null where there is no whole.
 */
export function share(part: bigint, whole: bigint, language: Language): string | null {
  if (whole === 0n) return null
  const tenths = (part * 1000n) / whole
  const written = `${count(tenths / 10n, language)}${language === 'vi' ? ',' : '.'}${tenths % 10n}`
  return isolate(language, `${written}%`)
}

/**
 * A share written as a decimal (`0.96123`) as a percentage with one digit. Rounded down, as `share` is; the upper end of
 * an interval is rounded up, so that an interval is never shown narrower than it is.
 */
export function percentage(decimal: string, language: Language, towards: 'down' | 'up' = 'down'): string {
  const { units, isWhole } = shifted(decimal, 3)
  return isolate(language, `${oneDigit(units + (towards === 'up' && !isWhole ? 1n : 0n), language)}%`)
}

/** A number written as a decimal with one digit after the point, halves away from zero: `2,4` days, `−0,5`. */
export function decimal(text: string, language: Language): string {
  const { units } = shifted(text, 2)
  const isNegative = units < 0n
  const tenths = ((isNegative ? -units : units) + 5n) / 10n
  return isolate(language, `${isNegative && tenths > 0n ? '−' : ''}${oneDigit(tenths, language)}`)
}

/** How likely chance alone is, as people write it: `= 0,034`, and `< 0,001` below that. */
export function probability(text: string, language: Language): string {
  const { units } = shifted(text, 3)
  const thousandth = `0${language === 'vi' ? ',' : '.'}${units.toString().padStart(3, '0')}`
  if (units > 999n) return isolate(language, '= 1')
  return isolate(language, units === 0n ? `< ${thousandth.slice(0, -1)}1` : `= ${thousandth}`)
}

/** Negative, zero or positive as the first decimal is smaller than, equal to or larger than the second, to the twelfth digit after the point. */
export function compareDecimals(first: string, second: string): number {
  const difference = shifted(first, 12).units - shifted(second, 12).units
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function oneDigit(tenths: bigint, language: Language): string {
  return `${count(tenths / 10n, language)}${language === 'vi' ? ',' : '.'}${tenths % 10n}`
}

/** A decimal times a power of ten without what is left after the point, and whether nothing was left. */
function shifted(decimal: string, digits: number): { readonly units: bigint; readonly isWhole: boolean } {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e-(\d+))?$/.exec(decimal)
  if (parts === null) throw new RangeError(`not a decimal: ${decimal}`)
  const [, sign = '', digitsBefore = '', digitsAfter = '', exponent] = parts
  // Statistics write what is below a ten-millionth as 1.5e-9.
  const zeros = exponent === undefined ? '' : '0'.repeat(parseInt(exponent, 10))
  const whole = exponent === undefined ? digitsBefore : '0'
  const fraction = exponent === undefined ? digitsAfter : `${zeros.slice(digitsBefore.length)}${digitsBefore}${digitsAfter}`
  return { units: BigInt(sign + whole + fraction.slice(0, digits).padEnd(digits, '0')), isWhole: /^0*$/.test(fraction.slice(digits)) }
}

/** The share of one amount in another of the same currency, as `share` writes it. */
export function shareOfAmount(part: Amount, whole: Amount, currency: string, language: Language): string | null {
  return share(exact.unitsOf(part, currency), exact.unitsOf(whole, currency), language)
}

/** True when there is anything in the amount. */
export function isSome(amount: Amount): boolean {
  return exact.compare(amount, exact.zero) !== 0
}

/** A day `YYYY-MM-DD` as `31/10/2026` in Vietnamese, `31 October 2026` in English. */
export function day(text: string, language: Language): string {
  if (language === 'vi') return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)}`
  return formatterOf(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(dayNumber(text) * 86_400_000)
}

/** A local instant `YYYY-MM-DDTHH:MM` as the day with its time of day; a day alone stays a day. */
export function moment(text: string, language: Language): string {
  const time = text.slice(11, 16)
  return time === '' ? day(text, language) : `${day(text.slice(0, 10), language)}${noBreak}${isolate(language, time)}`
}

/** An instant in UTC as the country's clocks showed it. */
export function localMoment(instant: string, language: Language): string {
  return moment(addMilliseconds(instant, countryOffsetMinutes * 60_000).slice(0, 16), language)
}

/** A benefit period `YYYY-MM` as `10/2026` in Vietnamese, `October 2026` in English. */
export function month(text: string, language: Language): string {
  if (language === 'vi') return `${text.slice(5, 7)}/${text.slice(0, 4)}`
  return formatterOf(language, { month: 'long', year: 'numeric' }).format(dayNumber(`${text}-01`) * 86_400_000)
}

/** A personal or account number with all but its last four characters hidden: `•••• 3456`. */
export function masked(number: string): string {
  return `\u2066••••${noBreak}${number.slice(-4)}\u2069`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${options.day ?? ''}`
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'UTC' })
  formatters.set(key, known)
  return known
}

/** In a right-to-left sentence a number with signs around it would be turned about; isolates keep it in one piece. */
function isolate(language: Language, text: string): string {
  return language === 'ar' ? `\u2066${text}\u2069` : text
}
