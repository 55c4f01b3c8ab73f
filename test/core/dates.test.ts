/** Days, periods and instants are read strictly and counted right, leap years and time zone included. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as dates from '../../src/core/dates.ts'
import { stoppedClock, systemClock } from '../../src/core/index.ts'

const day = fc.integer({ min: dates.dayNumber('1900-01-01'), max: dates.dayNumber('2199-12-31') }).map(dates.dayOfNumber)

describe('reading a day', () => {
  test.each([
    ['2024-02-29', '2024-02-29'],
    ['29/02/2024', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['01/02/2024', '2024-02-01'],
    ['1900-01-01', '1900-01-01'],
    ['2199-12-31', '2199-12-31'],
  ])('%s is %s', (text, expected) => {
    expect(dates.parseDay(text)).toBe(expected)
  })

  test.each([
    '', '2024-02-30', '30/02/2024', '31/04/2024', '29/02/2023', '2023-02-29', '1900-02-29', '2100-02-29', '00/00/0000', '2024-00-10', '2024-13-01',
    '2024-01-00', '2/1/24', '1/2/2024', '20240201', '1-Feb-24', '2024/02/01', '01-02-2024', '1899-12-31', '2200-01-01', '2567-01-01', '9999-12-31',
    ' 2024-02-01', '2024-02-01 ', '2024-02-01T00:00', '２０２４-02-01', '2024-02-1x', '-024-02-01', '2024-+2-01',
  ])('%j is no day', (text) => {
    expect(dates.parseDay(text)).toBeNull()
  })

  test('every day that exists is read back from both ways of writing it', () => {
    fc.assert(fc.property(day, (text) => {
      const [year, month, date] = text.split('-')
      expect(dates.parseDay(text)).toBe(text)
      expect(dates.parseDay(`${date}/${month}/${year}`)).toBe(text)
    }))
  })

  test('a year alone is enough only for a birth', () => {
    expect(dates.parseBirthDate('1950')).toBe('1950')
    expect(dates.parseBirthDate('01/02/1950')).toBe('1950-02-01')
    expect(dates.parseBirthDate('1850')).toBeNull()
    expect(dates.parseDay('1950')).toBeNull()
  })
})

test('a benefit period is a month, written either way', () => {
  expect(dates.parseBenefitPeriod('2026-03')).toBe('2026-03')
  expect(dates.parseBenefitPeriod('03/2026')).toBe('2026-03')
  for (const text of ['2026-13', '13/2026', '2026-00', '2026/03', '2026-3', '3/2026', '03-2026', '202603', '2026-03-01', '']) {
    expect(dates.parseBenefitPeriod(text), text).toBeNull()
  }
})

describe('counting', () => {
  test('agrees with the calendar of the language itself', () => {
    fc.assert(fc.property(day, (text) => {
      const milliseconds = Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8)))
      expect(dates.dayNumber(text)).toBe(milliseconds / 86_400_000)
    }))
  })

  test('days after and between undo each other', () => {
    fc.assert(fc.property(day, fc.integer({ min: -400, max: 400 }), (from, count) => {
      expect(dates.daysBetween(from, dates.addDays(from, count))).toBe(count)
    }))
    expect(dates.addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(dates.addDays('2023-12-31', 1)).toBe('2024-01-01')
  })

  test('months step over the year', () => {
    expect(dates.addMonths('2026-01', -1)).toBe('2025-12')
    expect(dates.addMonths('2025-11', 14)).toBe('2027-01')
    expect(dates.dayOfPeriod('2026-02', 31)).toBe('2026-02-28')
    expect(dates.dayOfPeriod('2026-03', 5)).toBe('2026-03-05')
  })

  test('weekdays are those of the calendar on the wall', () => {
    expect(dates.dayOfWeek('1970-01-01')).toBe(4)
    expect(dates.dayOfWeek('2026-11-22')).toBe(7)
    expect(dates.dayOfWeek('1900-01-01')).toBe(1)
  })
})

describe('instants', () => {
  test.each([
    ['2026-03-05T09:30:00+07:00', '2026-03-05T02:30:00Z'],
    ['2026-03-05T09:30:00', '2026-03-05T02:30:00Z'],
    ['2026-03-05 09:30', '2026-03-05T02:30:00Z'],
    ['05/03/2026 09:30:15', '2026-03-05T02:30:15Z'],
    ['2026-03-05', '2026-03-04T17:00:00Z'],
    ['2026-03-05T02:30:00Z', '2026-03-05T02:30:00Z'],
    ['2026-03-05T02:30:00.250Z', '2026-03-05T02:30:00.25Z'],
    ['2026-01-01T03:00:00+0700', '2025-12-31T20:00:00Z'],
    ['2026-12-31T23:00:00-05', '2027-01-01T04:00:00Z'],
  ])('%s is %s', (text, expected) => {
    expect(dates.parseInstant(text)).toBe(expected)
  })

  test.each(['', '2026-02-30T10:00:00', '2026-03-05T24:00:00', '2026-03-05T23:59:60', '2026-03-05T10', '2026-03-05T10:00:00+15:00', '2026-03-05Z', '2026-03-05T10:00:00.1234567', 'now', '1772674200'])(
    '%j is no instant',
    (text) => {
      expect(dates.parseInstant(text)).toBeNull()
    },
  )

  test('the local day is the day that the bank wrote', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 1439 }), (text, minute) => {
      fc.pre(text > '1900-01-01')
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      expect(dates.localDayOf(dates.parseInstant(`${text}T${time}`) ?? '')).toBe(text)
    }))
  })

  test('the end of a day is its last microsecond, and the next one belongs to the next day', () => {
    expect(dates.endOfLocalDay('2026-03-05')).toBe('2026-03-05T16:59:59.999999Z')
    expect(dates.localDayOf(dates.endOfLocalDay('2026-03-05'))).toBe('2026-03-05')
    expect(dates.localDayOf(dates.addMilliseconds(dates.endOfLocalDay('2026-03-05'), 1))).toBe('2026-03-06')
  })

  test('order is that of time, whatever the length of the fraction', () => {
    expect(dates.compareInstants('2026-03-05T02:30:00Z', '2026-03-05T02:30:00.5Z')).toBeLessThan(0)
    expect(dates.compareInstants('2026-03-05T02:30:00.5Z', '2026-03-05T02:30:00.25Z')).toBeGreaterThan(0)
    expect(dates.compareInstants('2026-03-05T02:30:01Z', '2026-03-05T02:30:00.9Z')).toBeGreaterThan(0)
    expect(dates.compareInstants('2026-03-05T02:30:00Z', '2026-03-05T02:30:00Z')).toBe(0)
  })

  test('milliseconds added and taken away change nothing', () => {
    fc.assert(fc.property(day, fc.integer({ min: -1e9, max: 1e9 }), (text, count) => {
      const instant = `${text}T12:34:56.789Z`
      expect(dates.addMilliseconds(dates.addMilliseconds(instant, count), -count)).toBe(instant)
    }))
  })
})

test('the clock tells the time of the machine, and a stopped clock its own', () => {
  const [before, told, after] = [Date.now(), Date.parse(systemClock.now()), Date.now()]
  expect(told).toBeGreaterThanOrEqual(before)
  expect(told).toBeLessThanOrEqual(after)
  expect(stoppedClock('2026-03-04T17:00:00Z').today()).toBe('2026-03-05')
})
