/**
 * Days, months and instants as plain text, read strictly and counted in whole numbers.
 *
 * Nothing here uses JavaScript's `Date`: it turns 30 February into 1 March and 01/02/2024 into 2 January.
 * The forms are chosen so that days and months sort as text:
 * - a day is `YYYY-MM-DD`, from 1900-01-01 to 2199-12-31
 * - a benefit period is `YYYY-MM`
 * - an instant is `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`, in UTC, to the microsecond as PostgreSQL keeps it
 */

const firstYear = 1900
const lastYear = 2199

/** Vietnam (Asia/Ho_Chi_Minh) has kept UTC+7 without summer time since 13 June 1975, long before any payment here. */
export const countryOffsetMinutes = 420

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const

/** True for the years that have a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** The number of days in a month (1–12) of a year. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * A day written as `YYYY-MM-DD` or `DD/MM/YYYY`, as `YYYY-MM-DD`; null when it is written in any other way, does
 * not exist (30 February) or lies outside 1900–2199. Digits are ASCII and padded, blanks around are the caller's.
 */
export function parseDay(text: string): string | null {
  if (text.length !== 10) return null
  if (text[4] === '-' && text[7] === '-') return validDay(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2))
  if (text[2] === '/' && text[5] === '/') return validDay(digits(text, 6, 4), digits(text, 3, 2), digits(text, 0, 2))
  return null
}

/** A birth date as `YYYY-MM-DD`, or `YYYY` when only the year is known; null when it is neither. */
export function parseBirthDate(text: string): string | null {
  if (text.length !== 4) return parseDay(text)
  const year = digits(text, 0, 4)
  return year >= firstYear && year <= lastYear ? text : null
}

/** A benefit period written as `YYYY-MM` or `MM/YYYY`, as `YYYY-MM`; null otherwise. */
export function parseBenefitPeriod(text: string): string | null {
  if (text.length !== 7) return null
  if (text[4] === '-') return validDay(digits(text, 0, 4), digits(text, 5, 2), 1)?.slice(0, 7) ?? null
  if (text[2] === '/') return validDay(digits(text, 3, 4), digits(text, 0, 2), 1)?.slice(0, 7) ?? null
  return null
}

const instantPattern =
  /^(\d{4}-\d{2}-\d{2}|\d{2}\/\d{2}\/\d{4})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/

/**
 * An instant in canonical UTC form; null when it cannot be read strictly.
 *
 * Reads ISO 8601 with `T` or a blank between, seconds and fraction optional, and the day also as `DD/MM/YYYY`,
 * as bank files write it. Without a zone the time is local (Asia/Ho_Chi_Minh); a day alone is its local midnight,
 * so its local day, which is all that any deadline looks at, is the one that was written.
 */
export function parseInstant(text: string): string | null {
  const parts = instantPattern.exec(text)
  if (!parts) return null
  const day = parseDay(parts[1] ?? '')
  if (day === null) return null
  const hour = whole(parts[2])
  const minute = whole(parts[3])
  const second = whole(parts[4])
  if (hour > 23 || minute > 59 || second > 59) return null
  const offset = parts[6] === undefined ? countryOffsetMinutes : offsetMinutes(parts[6])
  if (offset === null) return null
  const minutes = dayNumber(day) * 1440 + hour * 60 + minute - offset
  const number = Math.floor(minutes / 1440)
  if (number < dayNumber(`${firstYear}-01-01`) || number > dayNumber(`${lastYear}-12-31`)) return null
  return writeInstant(number, (minutes - number * 1440) * 60 + second, (parts[5] ?? '').padEnd(6, '0'))
}

/** The local day (`YYYY-MM-DD`, Asia/Ho_Chi_Minh unless another offset is given) on which a canonical instant falls. */
export function localDayOf(instant: string, offset: number = countryOffsetMinutes): string {
  const minutes = dayNumber(instant.slice(0, 10)) * 1440 + digits(instant, 11, 2) * 60 + digits(instant, 14, 2) + offset
  return dayOfNumber(Math.floor(minutes / 1440))
}

/** The last instant of a local day, to the microsecond: what "by the end of D" in the contract means. */
export function endOfLocalDay(day: string, offset: number = countryOffsetMinutes): string {
  const minutes = (dayNumber(day) + 1) * 1440 - offset - 1
  const number = Math.floor(minutes / 1440)
  return writeInstant(number, (minutes - number * 1440) * 60 + 59, '999999')
}

/** Negative, zero or positive as the first canonical instant is earlier than, equal to or later than the second. */
export function compareInstants(first: string, second: string): number {
  // Only the fraction varies in length, and `Z` sorts after `.`, so the parts are compared one by one.
  const [a, b] = [first.slice(0, 19), second.slice(0, 19)]
  if (a !== b) return a < b ? -1 : 1
  return whole(first.slice(20, -1).padEnd(6, '0')) - whole(second.slice(20, -1).padEnd(6, '0'))
}

/** A canonical instant moved by whole milliseconds. */
export function addMilliseconds(instant: string, milliseconds: number): string {
  const fraction = whole(instant.slice(20, -1).padEnd(6, '0'))
  const seconds = digits(instant, 11, 2) * 3600 + digits(instant, 14, 2) * 60 + digits(instant, 17, 2)
  const moved = Math.floor(fraction / 1000) + milliseconds
  const total = seconds + Math.floor(moved / 1000)
  const number = dayNumber(instant.slice(0, 10)) + Math.floor(total / 86_400)
  const microseconds = (moved - Math.floor(moved / 1000) * 1000) * 1000 + (fraction % 1000)
  return writeInstant(number, total - Math.floor(total / 86_400) * 86_400, microseconds.toString().padStart(6, '0'))
}

/** Whole seconds since 1970 of a canonical instant, as other systems' signatures and tokens count. */
export function secondsOfInstant(instant: string): number {
  return dayNumber(instant.slice(0, 10)) * 86_400 + digits(instant, 11, 2) * 3600 + digits(instant, 14, 2) * 60 + digits(instant, 17, 2)
}

/** The day `count` days after (before, when negative) a `YYYY-MM-DD` day. */
export function addDays(day: string, count: number): string {
  return dayOfNumber(dayNumber(day) + count)
}

/** Whole days from the first day to the second; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

/** The period `count` months after (before, when negative) a `YYYY-MM` period. */
export function addMonths(period: string, count: number): string {
  const months = digits(period, 0, 4) * 12 + digits(period, 5, 2) - 1 + count
  const year = Math.floor(months / 12)
  return `${pad(year, 4)}-${pad(months - year * 12 + 1, 2)}`
}

/** The day of a period with the given day of the month, or the period's last day where that month is shorter. */
export function dayOfPeriod(period: string, dayOfMonth: number): string {
  const last = daysInMonth(digits(period, 0, 4), digits(period, 5, 2))
  return `${period}-${pad(Math.min(dayOfMonth, last), 2)}`
}

/** The day of the week of a `YYYY-MM-DD` day: 1 is Monday, 7 is Sunday (ISO 8601). */
export function dayOfWeek(day: string): number {
  // 1970-01-01, day number 0, was a Thursday.
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
}

/** Days since 1970-01-01 of a `YYYY-MM-DD` day. */
export function dayNumber(day: string): number {
  const year = digits(day, 0, 4)
  const month = digits(day, 5, 2)
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  const inYear = (daysBeforeMonth[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0) + digits(day, 8, 2) - 1
  return before * 365 + leapDays + inYear - 719_162
}

/** The `YYYY-MM-DD` day that lies `number` days after 1970-01-01. */
export function dayOfNumber(number: number): string {
  let year = 1970 + Math.floor(number / 365.2425)
  while (dayNumber(`${pad(year, 4)}-01-01`) > number) year -= 1
  while (dayNumber(`${pad(year + 1, 4)}-01-01`) <= number) year += 1
  let rest = number - dayNumber(`${pad(year, 4)}-01-01`)
  let month = 1
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month)
    month += 1
  }
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(rest + 1, 2)}`
}

function validDay(year: number, month: number, day: number): string | null {
  if (!(year >= firstYear && year <= lastYear && month >= 1 && month <= 12 && day >= 1)) return null
  if (day > daysInMonth(year, month)) return null
  return `${year}-${pad(month, 2)}-${pad(day, 2)}`
}

/** The number that `count` ASCII digits spell from `start`, or NaN, which fails every comparison in `validDay`. */
function digits(text: string, start: number, count: number): number {
  let value = 0
  for (let index = start; index < start + count; index += 1) {
    const code = text.charCodeAt(index) - 48
    if (!(code >= 0 && code <= 9)) return NaN
    value = value * 10 + code
  }
  return value
}

function whole(text: string | undefined): number {
  return text === undefined ? 0 : digits(text, 0, text.length)
}

function offsetMinutes(zone: string): number | null {
  if (zone === 'Z') return 0
  const hours = digits(zone, 1, 2)
  const minutes = zone.length > 3 ? digits(zone, zone.length - 2, 2) : 0
  // The widest offsets in use are -12:00 and +14:00.
  if (hours > 14 || minutes > 59) return null
  return zone[0] === '-' ? -(hours * 60 + minutes) : hours * 60 + minutes
}

function writeInstant(number: number, secondOfDay: number, fraction: string): string {
  const hour = Math.floor(secondOfDay / 3600)
  const minute = Math.floor((secondOfDay % 3600) / 60)
  const tail = fraction.replace(/0+$/, '')
  return `${dayOfNumber(number)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(secondOfDay % 60, 2)}${tail && '.' + tail}Z`
}

function pad(value: number, width: number): string {
  return value.toString().padStart(width, '0')
}
