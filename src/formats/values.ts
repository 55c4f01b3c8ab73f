/**
 * Reads values straight from bytes: dates, instants, months, ids, accounts, numbers; strictly, without making a string.
 *
 * core/dates.ts and core/money.ts say the same about text; tests prove that both always agree. All places are given as
 * a buffer with start and end, blanks around already left out.
 */
import { countryOffsetMinutes, daysInMonth, setAccountRank, setHashedKey, setPersonKey, type Key } from '../core/index.ts'

const zero = 0x30
const dash = 0x2d
const slash = 0x2f
const point = 0x2e

/** What the readers of days and instants answer when there is none to read. */
export const none = Number.NaN

const firstYear = 1900
const lastYear = 2199
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** The number that `count` ASCII digits spell from `start`; −1 when one of them is no digit. */
export function readDigits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0
  for (let at = start; at < start + count; at += 1) {
    const digit = (bytes[at] as number) - zero
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** Days since 1970-01-01 of a date that exists, from 1900 to 2199; NaN otherwise. */
export function dayOf(year: number, month: number, day: number): number {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return none
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  const isLate = month > 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return before * 365 + leapDays + (daysBefore[month - 1] as number) + (isLate ? 1 : 0) + day - 719_163
}

/** `YYYY-MM-DD` or `DD/MM/YYYY` as days since 1970-01-01; NaN when it is neither. */
export function readDay(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 10) return none
  if (bytes[start + 4] === dash && bytes[start + 7] === dash) {
    return dayOf(readDigits(bytes, start, 4), readDigits(bytes, start + 5, 2), readDigits(bytes, start + 8, 2))
  }
  if (bytes[start + 2] === slash && bytes[start + 5] === slash) {
    return dayOf(readDigits(bytes, start + 6, 4), readDigits(bytes, start + 3, 2), readDigits(bytes, start, 2))
  }
  return none
}

/** The year of a date that `readDay` can read, or of a lone year; −1 when there is none. */
export function readYear(bytes: Uint8Array, start: number, end: number): number {
  const year = end - start === 10 && bytes[start + 2] === slash ? readDigits(bytes, start + 6, 4) : readDigits(bytes, start, 4)
  return year >= firstYear && year <= lastYear ? year : -1
}

/** `YYYY-MM` or `MM/YYYY` as year × 100 + month; −1 when it is neither. */
export function readPeriod(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 7) return -1
  const isYearFirst = bytes[start + 4] === dash
  if (!isYearFirst && bytes[start + 2] !== slash) return -1
  const year = readDigits(bytes, isYearFirst ? start : start + 3, 4)
  const month = readDigits(bytes, isYearFirst ? start + 5 : start, 2)
  return year >= firstYear && year <= lastYear && month >= 1 && month <= 12 ? year * 100 + month : -1
}

const microsecondsPerMinute = 60_000_000
const firstMinute = dayOf(firstYear, 1, 1) * 1440
const endMinute = (dayOf(lastYear, 12, 31) + 1) * 1440

/** An instant as microseconds since 1970-01-01T00:00Z (exact: below 2^53); NaN when it cannot be read. Forms: see parseInstant in core/dates.ts. */
export function readInstant(bytes: Uint8Array, start: number, end: number): number {
  const day = readDay(bytes, start, Math.min(start + 10, end))
  if (Number.isNaN(day)) return none
  if (end - start === 10) return day * 1440 - countryOffsetMinutes < firstMinute ? none : (day * 1440 - countryOffsetMinutes) * microsecondsPerMinute
  const separator = bytes[start + 10]
  if ((separator !== 0x54 && separator !== 0x20) || end - start < 16 || bytes[start + 13] !== 0x3a) return none
  const hour = readDigits(bytes, start + 11, 2)
  const minute = readDigits(bytes, start + 14, 2)
  let at = start + 16
  let second = 0
  let fraction = 0
  if (at < end && bytes[at] === 0x3a) {
    if (end - at < 3) return none
    second = readDigits(bytes, at + 1, 2)
    at += 3
    if (at < end && (bytes[at] === point || bytes[at] === 0x2c)) {
      let scale = 1_000_000
      for (at += 1; at < end; at += 1) {
        const digit = (bytes[at] as number) - zero
        if (digit < 0 || digit > 9) break
        scale /= 10
        if (scale < 1) return none
        fraction += digit * scale
      }
      if (scale === 1_000_000) return none
    }
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return none
  const offset = at === end ? countryOffsetMinutes : readZone(bytes, at, end)
  const minutes = day * 1440 + hour * 60 + minute - offset
  if (!(minutes >= firstMinute && minutes < endMinute)) return none
  return minutes * microsecondsPerMinute + second * 1_000_000 + fraction
}

/** `Z`, `+07`, `+0700` or `+07:00` as minutes east of UTC; NaN otherwise. */
function readZone(bytes: Uint8Array, start: number, end: number): number {
  const sign = bytes[start]
  const length = end - start
  if (sign === 0x5a) return length === 1 ? 0 : none
  if (sign !== 0x2b && sign !== dash) return none
  if (length !== 3 && length !== 5 && !(length === 6 && bytes[start + 3] === 0x3a)) return none
  const hours = readDigits(bytes, start + 1, 2)
  const minutes = length === 3 ? 0 : readDigits(bytes, end - 2, 2)
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return none
  return sign === dash ? -(hours * 60 + minutes) : hours * 60 + minutes
}

/** The local day (days since 1970-01-01) on which an instant of `readInstant` falls. */
export function localDay(microseconds: number): number {
  return Math.floor((microseconds / microsecondsPerMinute + countryOffsetMinutes) / 1440)
}

/** What the readers of ids and accounts answer. */
export const answers = { taken: 0, invalid: 1, lostZeros: 2, scientific: 3, hashed: 4 } as const

/** A person's id: 12 or 9 digits into its key; 8, 10 and 11 digits have lost their zeros. */
export function readPerson(bytes: Uint8Array, start: number, end: number, key: Key): number {
  const digits = end - start
  if (digits < 8 || digits > 12) return answers.invalid
  const value = readDigits(bytes, start, digits)
  if (value < 0) return answers.invalid
  if (digits !== 12 && digits !== 9) return answers.lostZeros
  setPersonKey(key, value, digits)
  return answers.taken
}

/** A person's id, or an organisation's code: 4–34 letters and digits with a letter among them (D19). */
export function readParty(bytes: Uint8Array, start: number, end: number, key: Key): number {
  const answer = readPerson(bytes, start, end, key)
  if (answer !== answers.invalid || end - start < 4 || end - start > 34) return answer
  let hasLetter = false
  for (let at = start; at < end; at += 1) {
    const kind = letterOrDigit(bytes[at] as number)
    if (kind === 0) return answers.invalid
    if (kind === 2) hasLetter = true
  }
  if (!hasLetter) return answers.invalid
  setHashedKey(key, bytes, start, end)
  return answers.hashed
}

/** 1 for a digit, 2 for a letter, 0 for anything else; ASCII only. */
function letterOrDigit(byte: number): number {
  if (byte >= zero && byte <= 0x39) return 1
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) ? 2 : 0
}

/** The text of the account that `readAccount` last answered `hashed` for. */
export const accountText = new Uint8Array(34)
export let accountLength = 0

/** An account into its key: 4–34 letters or digits, after blanks and dashes between them are removed. */
export function readAccount(bytes: Uint8Array, start: number, end: number, key: Key): number {
  const length = end - start
  if (length >= 4 && length <= 18) {
    const split = end - 9 > start ? end - 9 : start
    const upper = readDigits(bytes, start, split - start)
    const lower = readDigits(bytes, split, end - split)
    if (upper >= 0 && lower >= 0) {
      setAccountRank(key, upper, lower, length)
      return answers.taken
    }
  }
  return readOddAccount(bytes, start, end, key)
}

const scientificPattern = /^\d(?:[.,]\d+)?[eE][+-]?\d{1,3}$/

function readOddAccount(bytes: Uint8Array, start: number, end: number, key: Key): number {
  if (end - start <= 40 && scientificPattern.test(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1'))) return answers.scientific
  accountLength = 0
  let isDigits = true
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number
    if (byte === 0x20 || byte === dash) {
      if (at === start || at === end - 1) return answers.invalid
      continue
    }
    const kind = letterOrDigit(byte)
    if (kind === 0 || accountLength === 34) return answers.invalid
    if (kind === 2) isDigits = false
    accountText[accountLength++] = byte
  }
  if (accountLength < 4) return answers.invalid
  if (isDigits && accountLength <= 18) {
    const split = Math.max(0, accountLength - 9)
    setAccountRank(key, readDigits(accountText, 0, split), readDigits(accountText, split, accountLength - split), accountLength)
    return answers.taken
  }
  setHashedKey(key, accountText, 0, accountLength)
  return answers.hashed
}

/** A bank's 6-digit BIN; −1 when it is none. */
export function readAgent(bytes: Uint8Array, start: number, end: number): number {
  return end - start === 6 ? readDigits(bytes, start, 6) : -1
}

/** A whole number of at most 5 digits; −1 when it is none. */
export function readWhole(bytes: Uint8Array, start: number, end: number): number {
  return end - start >= 1 && end - start <= 5 ? readDigits(bytes, start, end - start) : -1
}
