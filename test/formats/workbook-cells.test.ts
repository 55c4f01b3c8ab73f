/** What number formats show of a date, and what numbers are as days; against arithmetic of the machine's own. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayText, readCell } from '../../src/formats/xlsx/cells.ts'
import { dateStyleOf } from '../../src/formats/xlsx/workbook.ts'

const shown = (code: string): string | null => {
  const style = dateStyleOf(code)
  return style === null ? null : `${style.hasDay ? 'd' : ''}${style.hasMonth ? 'm' : ''}${style.hasYear ? 'y' : ''}${style.hasTime ? 't' : ''}`
}

test.each<[string, string | null]>([
  ['dd/mm/yyyy', 'dmy'], ['[$-42A]dd/mm/yyyy;@', 'dmy'], ['[$-vi-VN]d mmmm, yyyy', 'dmy'], ['"Ngày" dd "tháng" mm "năm" yyyy', 'dmy'], ['d-mmm', 'dm'], ['mm/yyyy', 'my'], ['mmm\\-yy', 'my'], ['yyyy', 'y'],
  ['dd/mm/yyyy hh:mm', 'dmyt'], ['yyyy\\-mm\\-dd\\Thh:mm:ss', 'dmyt'], ['h:mm AM/PM', 't'], ['[h]:mm:ss', 't'], ['mm:ss.0', 't'], ['hh:mm dd/mm', 'dmt'],
  ['General', null], ['0', null], ['0.00', null], ['#,##0', null], ['#,##0" đồng"', null], ['#,##0\\ "dmy"', null], ['[Red]-#,##0', null], ['0.00E+00', null], ['@', null], ['', null], ['# ?/?', null], ['_-* #,##0\\ _d_-', null], ['[<=9999999]###-####;(###) ###-####', null], ['000000000000', null], ['"d"', null], ['[', null], ['"', null], ['\\', null],
])('the format %s shows %s', (code, parts) => {
  expect(shown(code)).toBe(parts)
})

describe('days', () => {
  test('are those of the machine, in both calendars, but for the one that never was', () => {
    fc.assert(fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
      expect(dayText(`${serial}`, false)).toBe(new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10))
      if (serial > 1462) expect(dayText(`${serial - 1462}`, true)).toBe(dayText(`${serial}`, false))
    }), { numRuns: 500 })
    expect(Array.from({ length: 61 }, (_, serial) => dayText(`${serial}`, false)).filter((day) => day === null)).toHaveLength(2)
    expect([dayText('1', false), dayText('59', false), dayText('60', false), dayText('0', true), dayText('60', true)]).toEqual(['1900-01-01', '1900-02-28', null, '1904-01-01', '1904-03-01'])
    for (const odd of ['-1', '1e5', '', '.5', '2958466', '99999999', '1_0', ' 1']) expect([odd, dayText(odd, false)]).toEqual([odd, null])
  })

  test('with a time of day are exact to the second', () => {
    fc.assert(fc.property(fc.integer({ min: 40_000, max: 60_000 }), fc.nat(86_399), (day, second) => {
      const expected = new Date((day - 25_569) * 86_400_000 + second * 1000).toISOString()
      expect(dayText(`${day + second / 86_400}`, false)).toBe(second === 0 ? expected.slice(0, 10) : expected.slice(0, 19))
    }), { numRuns: 1000 })
    expect(dayText('45323.99999999999', false)).toBe('2024-02-02')
    expect(dayText('45323.75', false)).toBe('2024-02-01T18:00:00')
  })
})

test('numbers in a column of amounts are written out exactly, whatever their form', () => {
  const read = (value: string): string => readCell({ column: 0, type: 'n', style: 0, value, formula: null }, 'amount', { dateStyles: [], is1904: false }).text
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.integer({ min: 0, max: 14 }), (units, shift) => {
    const digits = `${units}`
    const [first, rest] = [digits[0]!, digits.slice(1).replace(/0+$/, '')]
    expect(read(`${first}${rest === '' ? '' : `.${rest}`}E${digits.length - 1}`)).toBe(digits)
    expect(read(`${digits}.0`)).toBe(digits)
    expect(read(`${digits}${'0'.repeat(shift)}E-${shift}`)).toBe(digits)
  }))
  expect(['12.5', '12.50', '1.25E1', '12.345', '0.5', '5E-1', '-3.5E2', '0', '1E+2', '540000.00000000001'].map(read)).toEqual(['12.50', '12.50', '12.50', '12.345', '0.50', '0.50', '-350', '0', '100', '540000.00000000001'])
})
