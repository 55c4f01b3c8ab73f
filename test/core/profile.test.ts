/** A mapping profile reads what it says and nothing else: styles of amounts and dates, words, reasons, constants. */
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { amountStyles, dateStyles, makeProfile, parseDay, periodStyles, readProfileHeader, readProfileRow, type ProfileProblem } from '../../src/core/index.ts'

const bank = {
  kind: 'disbursement',
  columns: { 'STT': null, 'Số TK': 'creditor_account', 'Tiền chuyển': 'instructed_amount', 'Ngày GD': 'credited_at', 'KQ': 'transaction_status', 'Diễn giải': 'reason_text', 'Tháng': 'benefit_period' },
  constants: { creditor_agent: '970436' },
  amount_style: '1.234.567,00',
  amount_units: ['đ', 'VND'],
  date_style: 'DD-MM-YYYY',
  period_style: 'MM-YYYY',
  statuses: { 'OK': 'ACSC', 'Hoàn': 'RTRN', 'Từ chối GD': 'RJCT' },
  reasons: { 'TK đóng': 'AC04', 'Sai số tài khoản': 'AC01' },
}
const header = ['STT', 'Số TK', 'Tiền chuyển', 'Ngày GD', 'KQ', 'Diễn giải', 'Tháng']

function read(cells: readonly string[], changes: object = {}): { values: Record<string, string>; problems: readonly (ProfileProblem & { column: string })[] } {
  const profile = makeProfile({ ...bank, ...changes })
  const layout = readProfileHeader(profile, header)
  if (layout === null) throw new Error('that is not the header')
  const { cells: out, problems } = readProfileRow(profile, layout, cells)
  return { values: Object.fromEntries(layout.header.map((name, index) => [name, out[index] ?? ''])), problems: problems.map((problem) => ({ ...problem, column: layout.header[problem.field] ?? '' })) }
}

describe('a row read by a profile', () => {
  test('comes out in our forms, in the sender\'s order, with constants and the code of its reason', () => {
    expect(read(['1', '0123456789', '1.350.000 đ', '05-10-2026 09:30', 'Hoàn', 'TK Đóng', '10-2026'])).toEqual({
      values: { _1: '1', creditor_account: '0123456789', instructed_amount: '1350000', credited_at: '2026-10-05T09:30', transaction_status: 'RTRN', reason_text: 'TK Đóng', benefit_period: '2026-10', creditor_agent: '970436', return_reason_code: 'AC04' },
      problems: [],
    })
  })

  test('knows the words that the column knows without it, unless it gives them another meaning', () => {
    expect(read(['', '0123456789', '1', '', 'Thành công', '', '']).values['transaction_status']).toBe('ACSC')
    expect(read(['', '0123456789', '1', '', 'thanh CONG', '', ''], { statuses: { 'Thành công': 'ACSP' } }).values['transaction_status']).toBe('ACSP')
    expect(read(['', '0123456789', '1', '', 'Chờ tra soát', '', '']).values['transaction_status']).toBe('Chờ tra soát')
  })

  test('has a problem where a rejected or returned payment gives a reason that nobody mapped, and none where it was credited', () => {
    expect(read(['', '0123456789', '1', '', 'Hoàn', 'Lý do lạ', '']).problems).toEqual([{ field: 5, column: 'reason_text', code: 'reason_unknown', raw: 'Lý do lạ' }])
    expect(read(['', '0123456789', '1', '', 'thất bại', 'Lý do lạ', '']).problems).toHaveLength(1)
    expect(read(['', '0123456789', '1', '', 'OK', 'Giao dịch thành công', '']).problems).toEqual([])
    expect(read(['', '0123456789', '1', '', 'Hoàn', '', '']).problems).toEqual([])
  })

  test('that is a total gets no constants and no problems, so that it is known for what it is', () => {
    expect(read(['TỔNG CỘNG', '', '2.700.000', '', '', '', ''])).toEqual({ values: expect.objectContaining({ _1: 'TỔNG CỘNG', instructed_amount: '2700000', creditor_agent: '' }) as unknown, problems: [] })
    expect(read(['TỔNG CỘNG', '', '2.700,000,0', '', '', '', '']).values['instructed_amount']).toBe('2.700,000,0')
  })

  test('keeps its own number of cells when they are more or fewer than the header has', () => {
    const profile = makeProfile(bank)
    const layout = readProfileHeader(profile, header)!
    expect(readProfileRow(profile, layout, ['1', '0123456789']).cells).toEqual(['1', '0123456789'])
    expect(readProfileRow(profile, layout, [...Array<string>(7).fill('x'), 'y']).cells.length).toBeGreaterThan(layout.header.length)
    expect(readProfileRow(profile, layout, ['1', '0123456789', '1', '', 'OK', '', '', '', '']).cells.length).toBe(layout.header.length)
  })
})

describe('amounts', () => {
  const amount = (raw: string, style: string): string | null => {
    const { values, problems } = read(['', '0123456789', raw, '', 'OK', '', ''], { amount_style: style })
    return problems.length > 0 ? null : (values['instructed_amount'] ?? null)
  }

  test('have one reading in a style, and what is written in another is a problem', () => {
    const written: Record<string, string> = { '1.234.567,00': '1.234.567,00', '1,234,567.00': '1,234,567.00', '1 234 567,00': '1 234 567,00', "1'234'567.00": "1'234'567.00" }
    for (const style of amountStyles) {
      if (style === 'plain') continue
      expect(amount(written[style]!, style)).toBe('1234567.00')
      expect(amount('1234567', style)).toBe('1234567')
      expect(amount('-1234567', style)).toBe('-1234567')
      for (const [other, text] of Object.entries(written)) if (other !== style) expect(amount(text, style), `${text} in ${style}`).toBeNull()
      for (const bad of ['1e5', '0x10', 'NaN', '١٢٣', '1.23.456', '12345.678', '1,2345', '', '..', '1..000', '1 2 3', '12.34,5.6', '+5', '(5)', '1.234.567,000']) if (bad !== '') expect(amount(bad, style), `${bad} in ${style}`).toBeNull()
    }
    expect(amount('1.234', '1.234.567,00')).toBe('1234')
    expect(amount('1.234', '1,234,567.00')).toBeNull()
    expect(amount('1350.00', '1.234.567,00')).toBeNull()
    expect(amount('1\u00a0350\u202f000 VND', '1 234 567,00')).toBe('1350000')
    expect(amount('đ 1.350.000', '1.234.567,00')).toBe('1350000')
  })

  test('of any size come back as the same digits', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999_999n }), fc.constantFrom(['1.234.567,00', '.'], ['1,234,567.00', ','], ['1 234 567,00', ' '], ["1'234'567.00", "'"]), (value, [style, group]) => {
      expect(amount(`${value}`.replace(/\B(?=(\d{3})+$)/g, group), style)).toBe(`${value}`)
    }))
  })
})

describe('days and months', () => {
  test('in every style, real ones only', () => {
    fc.assert(fc.property(fc.integer({ min: 1900, max: 2199 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), fc.constantFrom(...dateStyles), (year, month, day, style) => {
      const two = (part: number): string => `${part}`.padStart(2, '0')
      const raw = style.replace('YYYY', `${year}`).replace('MM', two(month)).replace('DD', two(day)).replace(/\bM\b/, `${month}`).replace(/\bD\b/, `${day}`)
      const real = parseDay(`${year}-${two(month)}-${two(day)}`)
      const { values, problems } = read(['', '0123456789', '1', raw, 'OK', '', ''], { date_style: style })
      if (real === null) expect(problems).toEqual([{ field: 3, column: 'credited_at', code: 'instant_invalid', raw }])
      else expect(values['credited_at']).toBe(real)
    }))
    for (const raw of ['5/10/26', '2026', '05-10-2026x', 'hôm qua']) expect(read(['', '0123456789', '1', raw, 'OK', '', '']).problems[0]?.code).toBe('instant_invalid')
  })

  test('that a workbook holds as dates are taken in any style', () => {
    expect(read(['', '0123456789', '1', '2026-10-05', 'OK', '', '2026-10'], { date_style: 'MM/DD/YYYY' }).values).toMatchObject({ credited_at: '2026-10-05', benefit_period: '2026-10' })
  })

  test('months in every style', () => {
    const written: Record<string, string> = { 'YYYY-MM': '2026-10', 'MM/YYYY': '10/2026', 'M/YYYY': '10/2026', 'MM-YYYY': '10-2026', 'MM.YYYY': '10.2026', 'YYYYMM': '202610', 'YYYY/MM': '2026/10' }
    for (const style of periodStyles) expect(read(['', '0123456789', '1', '', 'OK', '', written[style]!], { period_style: style }).values['benefit_period'], style).toBe('2026-10')
    expect(read(['', '0123456789', '1', '', 'OK', '', '10/2026']).problems[0]?.code).toBe('period_invalid')
  })
})

describe('a profile that cannot be used', () => {
  test.each([
    ['an unknown kind', { kind: 'nothing' }, /no kind of file/],
    ['a column that the kind does not have', { columns: { ...bank.columns, X: 'nothing' } }, /has no column nothing/],
    ['a column given twice', { constants: { creditor_agent: '970436', creditor_account: '1' } }, /given twice/],
    ['a header named twice', { columns: { ...bank.columns, 'so tk': 'end_to_end_id' } }, /named twice/],
    ['a required column that nothing gives', { constants: {} }, /gives creditor_agent/],
    ['a status that is none', { statuses: { OK: 'DONE' } }, /DONE is none of/],
    ['a word with two meanings', { statuses: { 'OK': 'ACSC', 'ok!': 'RJCT' } }, /two meanings/],
    ['words for a column without any', { words: { creditor_account: { a: 'b' } } }, /no fixed words/],
    ['a reason code that is none', { reasons: { x: 'wrong' } }, /reasons/],
    ['an unknown style', { amount_style: '1_000' }, /amount_style/],
    ['something nobody asked for', { extra: 1 }, /extra/i],
    ['reasons without their text', { columns: { 'Số TK': 'creditor_account', 'Tiền chuyển': 'instructed_amount', 'KQ': 'transaction_status' } }, /reasons/],
  ])('%s', (_, change, message) => {
    expect(() => makeProfile({ ...bank, ...change })).toThrow(message)
  })

  test('no JSON at all, or names of object properties', () => {
    for (const value of [null, 1, 'x', [], {}]) expect(() => makeProfile(value)).toThrow(/profile cannot be used/)
    expect(() => makeProfile(JSON.parse('{"kind":"disbursement","columns":{"__proto__":"creditor_agent"}}'))).toThrow(/profile cannot be used/)
    expect(Object.prototype).not.toHaveProperty('creditor_agent')
  })
})
