/** Money is exact: what a file may say, what it may not, and the laws that sums and splits keep. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../../src/core/index.ts'

const units = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
const hundredths = units.map((value) => money.amountOf(value, 'USD'))

describe('reading an amount', () => {
  test.each([
    ['1350000', '1350000'],
    ['1350000.00', '1350000'],
    ['007', '7'],
    ['999999999999999', '999999999999999'],
  ])('%s is %s đồng', (text, amount) => {
    expect(money.readAmount(text)).toEqual({ amount })
  })

  test.each([
    '', ' ', ' 1', '1 ', '1e5', '1E5', '0x10', '0b11', '0o7', 'NaN', 'Infinity', '1_000', '1,5', '1.350.000', '1.350', '1,350,000', '1 350 000',
    '.5', '5.', '+5', '--1', '(500)', '500-', '500đ', '１２３', '٣', '½', '1.000', '-', '-NaN', '1.0.0', '1\n', '1350000.0', '12.5',
  ])('%j has no single reading', (text) => {
    expect(money.readAmount(text)).toEqual({ fault: 'amount_unreadable' })
  })

  test.each(['0', '-0', '0.00', '-5', '-5.00', '000'])('%s is not positive', (text) => {
    expect(money.readAmount(text)).toEqual({ fault: 'amount_not_positive' })
  })

  test('sixteen digits before the point are too many, fifteen are not', () => {
    expect(money.readAmount('1000000000000000')).toEqual({ fault: 'amount_too_large' })
    expect(money.readAmount('100000000000000')).toEqual({ amount: '100000000000000' })
  })

  test('a đồng has no parts, a dollar has a hundred', () => {
    expect(money.readAmount('12.50')).toEqual({ fault: 'amount_has_fraction' })
    expect(money.readAmount('12.50', 'USD')).toEqual({ amount: '12.5' })
    expect(money.readAmount('0.01', 'USD')).toEqual({ amount: '0.01' })
    expect(money.readAmount('12.505', 'USD')).toEqual({ fault: 'amount_unreadable' })
  })

  test('whatever is read is written back as the same number', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }), (value) => {
      expect(money.readAmount(value.toString())).toEqual({ amount: value.toString() })
    }))
  })

  test('no text makes it throw, and only digits are ever read', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      if (money.readAmount(text).amount !== undefined) expect(text).toMatch(/^[0-9]+(\.[0-9]+)?$/)
    }))
  })
})

describe('arithmetic', () => {
  test('tenths add up, where floating point would not', () => {
    expect(money.add('0.1', '0.2')).toBe('0.3')
    expect(money.add()).toBe('0')
    expect(money.add('9007199254740993', '1')).toBe('9007199254740994')
  })

  test('it agrees with whole-number arithmetic on minor units', () => {
    fc.assert(fc.property(units, units, (a, b) => {
      const [first, second] = [money.amountOf(a, 'USD'), money.amountOf(b, 'USD')]
      expect(money.unitsOf(money.add(first, second), 'USD')).toBe(a + b)
      expect(money.unitsOf(money.subtract(first, second), 'USD')).toBe(a - b)
      expect(money.compare(first, second)).toBe(a < b ? -1 : a > b ? 1 : 0)
    }))
  })

  test('adding and taking away again changes nothing, and there is no negative zero', () => {
    fc.assert(fc.property(hundredths, hundredths, (a, b) => {
      expect(money.subtract(money.add(a, b), b)).toBe(a)
      expect(money.add(a, money.negate(a))).toBe('0')
    }))
  })

  test('smallest and largest are among what was given', () => {
    expect(money.smallest('2', '10', '-3')).toBe('-3')
    expect(money.largest('2', '10', '-3')).toBe('10')
  })

  test('coefficients multiply exactly', () => {
    expect(money.multiply('1.5', '540000')).toBe('810000')
    expect(money.multiply('0.1', '0.1')).toBe('0.01')
  })

  test('what cannot be kept exactly throws instead of rounding', () => {
    const long = '1'.repeat(40)
    expect(() => money.multiply(long, long)).toThrow(RangeError)
    expect(() => money.add('1' + '0'.repeat(59), '0.1')).toThrow(RangeError)
    expect(() => money.unitsOf('0.5', 'VND')).toThrow(RangeError)
  })

  test.each(['1e5', '01', '1.50', '-0', '', '1 ', 'NaN', '+1'])('%j is no canonical amount and throws', (text) => {
    expect(() => money.add(text, '1')).toThrow(RangeError)
  })

  test('what PostgreSQL prints becomes canonical', () => {
    expect(money.amountFromDatabase('1350000.00')).toBe('1350000')
    expect(money.amountFromDatabase('-0.50')).toBe('-0.5')
    expect(money.amountFromDatabase('0.00')).toBe('0')
    expect(() => money.amountFromDatabase('NaN')).toThrow(RangeError)
  })
})

describe('splitting evenly', () => {
  test('the rest goes to the first parts', () => {
    expect(money.splitEvenly('10', 3)).toEqual(['4', '3', '3'])
    expect(money.splitEvenly('0.05', 2, 'USD')).toEqual(['0.03', '0.02'])
    expect(money.splitEvenly('-10', 3)).toEqual(['-4', '-3', '-3'])
  })

  test('the parts add up to the whole and differ by at most one minor unit', () => {
    fc.assert(fc.property(units, fc.integer({ min: 1, max: 50 }), (value, parts) => {
      const split = money.splitEvenly(money.amountOf(value, 'USD'), parts, 'USD')
      expect(split).toHaveLength(parts)
      expect(money.unitsOf(money.add(...split), 'USD')).toBe(value)
      const sizes = split.map((part) => money.unitsOf(part, 'USD'))
      expect(sizes.every((size) => size - sizes.reduce((a, b) => (a < b ? a : b)) <= 1n)).toBe(true)
    }))
  })

  test('no parts, or an unknown currency, is a bug and throws', () => {
    expect(() => money.splitEvenly('10', 0)).toThrow(RangeError)
    expect(() => money.splitEvenly('10', 2, 'XXX')).toThrow(RangeError)
  })
})

test('amounts are grouped as each language reads them', () => {
  expect(money.formatAmount('1350000')).toBe('1.350.000')
  expect(money.formatAmount('1350000', 'VND', 'en')).toBe('1,350,000')
  expect(money.formatAmount('-1234.5', 'USD', 'en')).toBe('−1,234.50')
  expect(money.formatAmount('999', 'VND', 'ar')).toBe('999')
})

test('decimal.js elsewhere in the process cannot change the arithmetic here', async () => {
  const { Decimal } = await import('decimal.js')
  Decimal.set({ precision: 2 })
  try {
    expect(money.add('123456789', '1')).toBe('123456790')
  } finally {
    Decimal.set({ defaults: true })
  }
})

describe('at the edges', () => {
  test('an amount without a currency is in đồng, which have no parts', () => {
    expect(money.readAmount('12.50')).toEqual(money.readAmount('12.50', 'VND'))
    expect(money.readAmount('12.50', 'XXX')).toEqual({ fault: 'amount_has_fraction' })
    expect(money.readAmount('12.00', 'XXX')).toEqual({ amount: '12' })
    expect([money.minorDigitsOf('VND'), money.minorDigitsOf('USD'), money.minorDigitsOf('XXX')]).toEqual([0, 2, null])
    expect(money.unitsOf('7')).toBe(7n)
    expect(money.amountOf(7n)).toBe('7')
    expect(money.zero).toBe('0')
  })

  test.each(['1234567890123456', '1234567890123456.5', '1234567890123456.50', '99999999999999999999'])('%s is too large', (text) => {
    expect(money.readAmount(text)).toEqual({ fault: 'amount_too_large' })
  })

  test.each(['x1234567890123456', '1234567890123456x', '1234567890123456.', '1234567890123456.x', '-5x', 'x-5', '-1234567890123456', '-5.'])('%s is not even that', (text) => {
    expect(money.readAmount(text)).toEqual({ fault: 'amount_unreadable' })
  })

  test.each(['-12', '-123456789012345', '-12.50'])('%s is not positive', (text) => {
    expect(money.readAmount(text)).toEqual({ fault: 'amount_not_positive' })
  })

  test('from the database come decimals and nothing else', () => {
    expect(['7', '-7', '12', '0.5', '-12.50'].map(money.amountFromDatabase)).toEqual(['7', '-7', '12', '0.5', '-12.5'])
    for (const text of ['x7', '7x', '7.', '.5', '', '1e5', '--7']) expect(() => money.amountFromDatabase(text), text).toThrow(`not a decimal from the database: ${text}`)
  })

  test('sixty digits are exact, sixty-one are refused with the reason', () => {
    const digits = (count: number): string => '9'.repeat(count)
    expect(money.multiply(digits(30), digits(30))).toHaveLength(60)
    expect(() => money.multiply(digits(31), digits(30))).toThrow('a product of amounts is too long to be exact')
    // One digit is kept for what a sum may carry.
    expect(money.add(digits(59), '0')).toBe(digits(59))
    expect(money.add(digits(57), '0.01')).toBe(`${digits(57)}.01`)
    expect(() => money.add(digits(58), '0.01')).toThrow('a sum of amounts is too long to be exact')
    expect(() => money.add('0.01', digits(58))).toThrow(RangeError)
    expect(() => money.add(digits(60), '0')).toThrow(RangeError)
    expect(money.amountOf(BigInt(digits(56)), 'USD')).toBe(`${digits(54)}.99`)
    expect(() => money.amountOf(BigInt(digits(57)), 'USD')).toThrow('an amount is too long to be exact')
  })

  test('every refusal says what is wrong', () => {
    expect(() => money.splitEvenly('10', 0)).toThrow('cannot split into 0 parts')
    expect(() => money.splitEvenly('10', 1.5)).toThrow('cannot split into 1.5 parts')
    expect(() => money.splitEvenly('10', 2 ** 53)).toThrow('cannot split into 9007199254740992 parts')
    expect(() => money.unitsOf('0.001', 'USD')).toThrow('0.001 is finer than the minor unit of USD')
    expect(() => money.add('01')).toThrow('not a canonical amount: 01')
    expect(() => money.unitsOf('1', 'XXX')).toThrow('no minor unit known for the currency XXX')
  })

  test('comparing: equal is neither smaller nor larger, and the smallest need not come last', () => {
    expect([money.isEqual('5', '5'), money.isEqual('5', '6'), money.isEqual('6', '5')]).toEqual([true, false, false])
    expect(money.smallest('-3', '10', '2')).toBe('-3')
    expect(money.largest('10', '-3', '2')).toBe('10')
  })

  test('nothing is never negative, and is split into nothing', () => {
    expect(money.negate('0')).toBe('0')
    expect(money.subtract('0', '0')).toBe('0')
    expect(money.multiply('-5', '0')).toBe('0')
    expect(money.splitEvenly('0', 3)).toEqual(['0', '0', '0'])
  })

  test('thousands are parted by commas in English and Arabic, and parts by a comma in Vietnamese', () => {
    expect(money.formatAmount('1234567.5', 'USD', 'vi')).toBe('1.234.567,50')
    expect(money.formatAmount('1234567.5', 'USD', 'ar')).toBe('1,234,567.50')
    expect(money.formatAmount('0.125', 'USD', 'en')).toBe('0.125')
  })
})
