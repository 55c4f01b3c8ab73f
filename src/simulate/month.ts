/** The simulated month: which days it looks at, when each scheme is due, and who pays when. */
import { addDays, dayNumber, dayOfNumber, dayOfWeek } from '../core/index.ts'
import type { Random } from './random.ts'

export const simulatedYear = 2026
/** The day of the reconciliation that truth.json speaks about. */
export const asOf = '2026-10-31'
/** The next banking day: what the files of the second night bring happens on it, and their truth speaks about it. */
export const nextAsOf = '2026-11-02'
export const period = '2026-10'
/** A month paid before the rate of social assistance was raised backwards. */
export const oldRatePeriod = '2026-08'
export const earlierPeriod = '2026-09'
export const laterPeriod = '2026-11'

type Period = typeof oldRatePeriod | typeof period | typeof earlierPeriod | typeof laterPeriod

/** The schemes that the province pays. */
export type SchemeCode = 'BTXH' | 'HTXH' | 'NCC'

// 10 October 2026 is a Saturday: social assistance is in time until Monday the 12th.
const dueDays: Record<SchemeCode, Record<Period, string>> = {
  BTXH: { [oldRatePeriod]: '2026-08-10', [earlierPeriod]: '2026-09-10', [period]: '2026-10-10', [laterPeriod]: '2026-11-10' },
  HTXH: { [oldRatePeriod]: '2026-08-17', [earlierPeriod]: '2026-09-15', [period]: '2026-10-15', [laterPeriod]: '2026-11-16' },
  NCC: { [oldRatePeriod]: '2026-08-20', [earlierPeriod]: '2026-09-18', [period]: '2026-10-20', [laterPeriod]: '2026-11-20' },
}
const lastDays: Record<SchemeCode, string> = { BTXH: '2026-10-12', HTXH: '2026-10-15', NCC: '2026-10-20' }

const creditDays: Record<SchemeCode, readonly string[]> = {
  BTXH: ['2026-10-05', '2026-10-06', '2026-10-07', '2026-10-08', '2026-10-09'],
  HTXH: ['2026-10-08', '2026-10-09', '2026-10-12', '2026-10-13', '2026-10-14', '2026-10-15'],
  NCC: ['2026-10-13', '2026-10-14', '2026-10-15', '2026-10-16', '2026-10-19', '2026-10-20'],
}

/** The due date that the list states. */
export function dueDateOf(scheme: SchemeCode, benefitPeriod: string): string {
  return dueDays[scheme][benefitPeriod as Period]
}

/** The last day on which a credit of the simulated month is in time. */
export function lastDayInTime(scheme: SchemeCode): string {
  return lastDays[scheme]
}

/** A banking day on or before the due date of the simulated month. */
export function dayInTime(random: Random, scheme: SchemeCode): string {
  return random.pick(creditDays[scheme])
}

/** A day after the last day in time, up to 30 October. */
export function dayTooLate(random: Random, scheme: SchemeCode): string {
  const first = dayNumber(lastDays[scheme]) + 1
  return dayOfNumber(random.between(first, dayNumber('2026-10-30')))
}

const listDates: Record<Period, string> = { [oldRatePeriod]: '2026-07-23', [earlierPeriod]: '2026-08-24', [period]: '2026-09-22', [laterPeriod]: '2026-10-23' }

/** The day on which the list of a month was drawn up. */
export function listDateOf(benefitPeriod: string): string {
  return listDates[benefitPeriod as Period]
}

/** The banking day so many banking days before another, but never before the first of the month. */
export function bankingDaysBefore(day: string, count: number): string {
  let before = day
  for (let left = count; left > 0; ) {
    before = daysAfter(before, -1)
    if (before.slice(0, 7) !== day.slice(0, 7)) return `${day.slice(0, 7)}-01`
    if (dayOfWeek(before) < 6) left -= 1
  }
  return before
}

const neighbours = new Map<string, string>()

/** The day `count` days later; remembered, because millions of rows ask for the same few days. */
export function daysAfter(day: string, count: number): string {
  const key = `${day}${String(count)}`
  let answer = neighbours.get(key)
  if (answer === undefined) neighbours.set(key, (answer = addDays(day, count)))
  return answer
}

/** An instant of that day between 7 and 11 in the morning, local time without zone: when payers send. */
export function morning(random: Random, day: string): string {
  return `${day}T${clockTime(random, 7, 10)}`
}

/** An instant of that day after noon and before 5: when banks credit, so a credit always follows its instruction. */
export function afternoon(random: Random, day: string): string {
  return `${day}T${clockTime(random, 12, 16)}`
}

const twoDigits = Array.from({ length: 60 }, (_, index) => String(index).padStart(2, '0'))

function clockTime(random: Random, firstHour: number, lastHour: number): string {
  return `${twoDigits[random.between(firstHour, lastHour)] ?? ''}:${twoDigits[random.below(60)] ?? ''}:${twoDigits[random.below(60)] ?? ''}`
}
