/** The days of a life lived month after month: on which of them banks work, when lists are drawn up and when money is due. */
import { dayOfPeriod, dayOfWeek } from '../../core/index.ts'
import { type SchemeCode, daysAfter } from '../month.ts'

/** The holidays on weekdays that the Vietnam pack knows, written down once more: what is expected must not be read from the engine. */
const holidays = new Set(
  ('2026-01-01 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27 2026-04-30 2026-05-01 2026-09-01 2026-09-02 ' +
    '2027-01-01 2027-02-05 2027-02-08 2027-02-09 2027-02-10 2027-04-16 2027-04-30 2027-09-02 2027-09-03').split(' '),
)

/** One more day off, announced in a file of its own: the due dates of social assistance in that month move. */
export const announcedHoliday = { day: '2026-11-10', announced: '2026-10-12', name: 'Nghỉ bù theo thông báo' } as const

/** The first and the last month that can be lived through: the holidays are known for these. */
export const monthsKnown = ['2026-01', '2027-12'] as const

/** Months whose money is paid together with the next month's, before Tết. */
const monthsPaidTogether = new Set(['2026-02', '2027-02'])

export function isPaidTogether(month: string): boolean {
  return monthsPaidTogether.has(month)
}

/** Whether banks work, as was known on `knownOn`. */
export function isBankingDay(day: string, knownOn: string): boolean {
  return dayOfWeek(day) < 6 && !holidays.has(day) && (day !== announcedHoliday.day || knownOn < announcedHoliday.announced)
}

/** The day itself, or the next one on which banks work. */
export function bankingDayFrom(day: string, knownOn: string): string {
  let found = day
  while (!isBankingDay(found, knownOn)) found = daysAfter(found, 1)
  return found
}

/** The last day before `day` on which banks work. */
export function bankingDayBefore(day: string, knownOn: string): string {
  let found = daysAfter(day, -1)
  while (!isBankingDay(found, knownOn)) found = daysAfter(found, -1)
  return found
}

const dueDays: Record<SchemeCode, number> = { BTXH: 10, HTXH: 15, NCC: 20 }

/** The due date that lists of a month state, which need not be a banking day. */
export function statedDueDate(scheme: SchemeCode, month: string): string {
  return dayOfPeriod(month, dueDays[scheme])
}

/** The month before. */
export function monthBefore(month: string): string {
  return daysAfter(`${month}-01`, -1).slice(0, 7)
}

/** The month after. */
export function monthAfter(month: string): string {
  return daysAfter(`${month}-28`, 5).slice(0, 7)
}

/** The day on which the list of a month is drawn up: late in the month before, but early where two months are paid together. */
export function listDay(month: string): string {
  const before = monthBefore(month)
  const day = isPaidTogether(before) ? dayOfPeriod(before, 2) : dayOfPeriod(before, 23)
  return bankingDayFrom(day, '2026-01-01')
}
