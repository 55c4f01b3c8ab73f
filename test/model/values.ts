/** Dates as day numbers, instants as milliseconds, money as bigint, and one way to sort: nothing here uses the clock or a float. */

/** Days since 1970-01-01. */
export type Day = number
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number
/** Ten-thousandths of the currency's unit. */
export type Money = bigint

const DAY_MS = 86_400_000
const LOCAL_OFFSET_MS = 7 * 3_600_000 // Asia/Ho_Chi_Minh, no summer time
const MONEY_SCALE = 10_000n

const whole = (text: string | undefined): number => Number.parseInt(text ?? '', 10)

function dayFromParts(year: number, month: number, day: number): Day {
  // Howard Hinnant's days_from_civil: the year starts in March, so the leap day is its last.
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** `YYYY-MM-DD` or `DD/MM/YYYY`. */
export function dayOf(text: string): Day {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(text)
  if (iso) return dayFromParts(whole(iso[1]), whole(iso[2]), whole(iso[3]))
  const local = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(text)
  if (local) return dayFromParts(whole(local[3]), whole(local[2]), whole(local[1]))
  throw new Error(`not a date: ${text}`)
}

export function dayText(day: Day): string {
  let year = 1970 + Math.floor(day / 365.25)
  while (dayFromParts(year + 1, 1, 1) <= day) year += 1
  while (dayFromParts(year, 1, 1) > day) year -= 1
  let month = 12
  while (dayFromParts(year, month, 1) > day) month -= 1
  const dayOfMonth = day - dayFromParts(year, month, 1) + 1
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}

/** `YYYY-MM`; so months compare as text. */
export const monthOf = (day: Day): string => dayText(day).slice(0, 7)

/** `YYYY-MM` from `YYYY-MM` or `MM/YYYY`. */
export const periodOf = (text: string): string =>
  /^\d\d\/\d{4}$/.test(text) ? `${text.slice(3)}-${text.slice(0, 2)}` : text

export function nextPeriod(period: string): string {
  return monthOf(lastDayOfMonth(period) + 1)
}

export function lastDayOfMonth(period: string): Day {
  const year = whole(period.slice(0, 4))
  const month = whole(period.slice(5))
  return (month === 12 ? dayFromParts(year + 1, 1, 1) : dayFromParts(year, month + 1, 1)) - 1
}

/** The same day so many months on; the month's last where it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const text = dayText(day)
  const count = whole(text.slice(0, 4)) * 12 + whole(text.slice(5, 7)) - 1 + months
  const period = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
  return Math.min(dayOf(`${period}-01`) + whole(text.slice(8)) - 1, lastDayOfMonth(period))
}

/** 0 is Sunday. */
export const weekday = (day: Day): number => (((day + 4) % 7) + 7) % 7

/** ISO 8601; without zone it is local time, a date alone is local midnight. */
export function instantOf(text: string): Instant {
  const time = /[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?/.exec(text)
  const zone = /(Z|[+-]\d\d:?\d\d)$/.exec(time ? text.slice(10) : '')
  const ms = time
    ? ((whole(time[1]) * 60 + whole(time[2])) * 60 + whole(time[3] ?? '0')) * 1000 + whole((time[4] ?? '0').padEnd(3, '0'))
    : 0
  let offset = LOCAL_OFFSET_MS
  if (zone && zone[1] === 'Z') offset = 0
  else if (zone && zone[1]) {
    const digits = zone[1].replace(/\D/g, '')
    offset = (whole(digits.slice(0, 2)) * 60 + whole(digits.slice(2))) * 60_000 * (zone[1].startsWith('-') ? -1 : 1)
  }
  return dayOf(text) * DAY_MS + ms - offset
}

/** The day it is in Vietnam. */
export const localDay = (instant: Instant): Day => Math.floor((instant + LOCAL_OFFSET_MS) / DAY_MS)

/** UTC with seconds, as it stands in the name of a payment without reference. */
export function instantText(instant: Instant): string {
  const day = Math.floor(instant / DAY_MS)
  const seconds = Math.floor((instant - day * DAY_MS) / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${dayText(day)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}Z`
}

export function moneyOf(text: string): Money {
  const parts = /^(\d+)(?:\.(\d{1,4}))?$/.exec(text)
  if (!parts?.[1]) throw new Error(`not an amount: ${text}`)
  return BigInt(parts[1]) * MONEY_SCALE + BigInt((parts[2] ?? '').padEnd(4, '0'))
}

/** Shortest decimal: `100`, `0.5`, `-20`. */
export function moneyText(money: Money): string {
  const size = money < 0n ? -money : money
  const fraction = String(size % MONEY_SCALE).padStart(4, '0').replace(/0+$/, '')
  return `${money < 0n ? '-' : ''}${size / MONEY_SCALE}${fraction === '' ? '' : `.${fraction}`}`
}

export const sum = (amounts: Money[]): Money => amounts.reduce((total, amount) => total + amount, 0n)
export const smaller = (a: Money, b: Money): Money => (a < b ? a : b)
export const spread = (amounts: Money[]): Money =>
  amounts.length === 0 ? 0n : amounts.reduce((a, b) => (a > b ? a : b)) - amounts.reduce(smaller)

export type SortKey = (string | number | bigint | null)[]

/** Compares key by key, text by code point; `''` and null are empty and come last, or first when asked. */
export function compareKeys(a: SortKey, b: SortKey, empty: 'last' | 'first' = 'last'): number {
  for (let index = 0; index < a.length; index += 1) {
    const left = a[index] === '' ? null : (a[index] ?? null)
    const right = b[index] === '' ? null : (b[index] ?? null)
    if (left === right) continue
    if (left === null) return empty === 'last' ? 1 : -1
    if (right === null) return empty === 'last' ? -1 : 1
    if (left < right) return -1
    if (left > right) return 1
  }
  return 0
}

/** A sorted copy. */
export function sortBy<T>(items: readonly T[], keyOf: (item: T) => SortKey, empty: 'last' | 'first' = 'last'): T[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => compareKeys(a.key, b.key, empty))
    .map(({ item }) => item)
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
