/** Numbers as people read them: exact however long, grouped as each language does, shares never flattered. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDecimals, count, day, decimal, localMoment, masked, money, month, percentage, probability, share } from '../../src/http/format.ts'

const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '').replaceAll('\u00a0', ' ')

describe('amounts', () => {
  test('are grouped as the language does', () => {
    expect(plain(money('1350000', 'VND', 'vi'))).toBe('1.350.000 ₫')
    expect(plain(money('1350000', 'VND', 'en'))).toBe('1,350,000 ₫')
    expect(plain(money('12.5', 'USD', 'vi'))).toBe('12,50 USD')
  })

  test('keep every digit of sums that a JavaScript number would round', () => {
    expect(plain(money('9007199254740993', 'VND', 'vi'))).toBe('9.007.199.254.740.993 ₫')
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 30n), (value) => {
      expect(plain(money(value.toString(), 'VND', 'en'))).toBe(`${value.toLocaleString('en-GB')} ₫`)
      expect(count(value, 'vi')).toBe(value.toLocaleString('en-GB').replaceAll(',', '.'))
    }))
  })

  test('stay in one piece inside an Arabic sentence', () => {
    expect(money('1350000', 'VND', 'ar')).toBe('\u20661,350,000\u00a0₫\u2069')
  })
})

describe('a share', () => {
  test('is never rounded up: all but one of a million is not 100 %', () => {
    expect(plain(share(999_999n, 1_000_000n, 'vi') ?? '')).toBe('99,9%')
    expect(plain(share(1_000_000n, 1_000_000n, 'vi') ?? '')).toBe('100,0%')
    expect(share(0n, 0n, 'vi')).toBeNull()
  })

  test('says 100 only of all, and is at most a tenth below the truth', () => {
    fc.assert(fc.property(fc.bigInt(1n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), (whole, some) => {
      const part = some > whole ? whole : some
      const tenths = BigInt(plain(share(part, whole, 'en') ?? '').replace(/[.%]/g, ''))
      expect(tenths * whole <= part * 1000n && part * 1000n < (tenths + 1n) * whole).toBe(true)
    }))
  })
})

describe('days and numbers', () => {
  test('read as the language writes them', () => {
    expect([day('2026-10-05', 'vi'), day('2026-10-05', 'en'), day('2026-10-05', 'ar')]).toEqual(['05/10/2026', '5 October 2026', '5 أكتوبر 2026'])
    expect([month('2026-10', 'vi'), month('2026-10', 'en')]).toEqual(['10/2026', 'October 2026'])
  })

  test('show an instant by the country’s clocks, past midnight on its next day', () => {
    expect(plain(localMoment('2026-10-31T18:30:00Z', 'vi'))).toBe('01/11/2026 01:30')
  })

  test('hide all but the last four digits', () => {
    expect(plain(masked('001087123456'))).toBe('•••• 3456')
  })
})

describe('statistics', () => {
  test('are shares rounded down, with intervals never shown narrower than they are', () => {
    expect(['0.96123', '0.99999', '1', '0', '0.0009', '1.5e-9'].map((text) => plain(percentage(text, 'vi')))).toEqual(['96,1%', '99,9%', '100,0%', '0,0%', '0,0%', '0,0%'])
    expect(['0.96123', '0.961', '1', '1.5e-9'].map((text) => plain(percentage(text, 'en', 'up')))).toEqual(['96.2%', '96.1%', '100.0%', '0.1%'])
    expect(() => percentage('many', 'vi')).toThrow(/not a decimal/)
  })

  test('are numbers with one digit, halves away from zero, nothing below zero that is none', () => {
    expect(['2.35', '2.349999', '-0.5', '-0.04', '0', '12345.678', '-3'].map((text) => decimal(text, 'vi'))).toEqual(['2,4', '2,3', '−0,5', '0,0', '0,0', '12.345,7', '−3,0'])
    fc.assert(fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), (thousandths) => {
      const text = `${thousandths < 0 ? '-' : ''}${Math.floor(Math.abs(thousandths) / 1000)}.${String(Math.abs(thousandths) % 1000).padStart(3, '0')}`
      expect(Number(decimal(text, 'en').replaceAll(',', '').replace('−', '-'))).toBeCloseTo((Math.sign(thousandths) * Math.floor((Math.abs(thousandths) + 50) / 100)) / 10, 6)
    }))
  })

  test('are probabilities as people write them', () => {
    expect(['0.0341', '1.5e-9', '0.0004', '0.001', '1', '0.9996'].map((text) => probability(text, 'en'))).toEqual(['= 0.034', '< 0.001', '< 0.001', '= 0.001', '= 1', '= 0.999'])
    expect([['0.0499999', '0.05'], ['0.05', '0.050'], ['2e-12', '0.05'], ['1', '0.05'], ['-1', '0']].map(([first = '', second = '']) => compareDecimals(first, second))).toEqual([-1, 0, -1, 1, -1])
  })
})
