/** MT940 and MT942: fields, entries, free and structured details, balances; read or refused, whatever is done to them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FileFault } from '../../src/formats/index.ts'
import { readDetails } from '../../src/formats/mt940/details.ts'
import { FieldReader } from '../../src/formats/mt940/fields.ts'
import { isStatement } from '../../src/formats/mt940/index.ts'
import { Mt940Reader } from '../../src/formats/mt940/reader.ts'
import { dayOf, StatementReader, type Statement, type StatementEntry } from '../../src/formats/mt940/statement.ts'
import type { PaymentLine } from '../../src/formats/payment-row.ts'
import { writeMt940 } from '../helpers/payment-messages.ts'
import { nightOf } from '../helpers/payment-night.ts'
import { worldsOf } from '../helpers/shuffled.ts'

const night = nightOf(5, 12)

function read(content: string | Uint8Array, sizes: readonly number[] = [1 << 20]): { lines: PaymentLine[]; code: string | null; line: number | null; detail: string } {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const reader = new Mt940Reader()
  const lines: PaymentLine[] = []
  try {
    for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
      const size = sizes[piece % sizes.length] ?? 1
      lines.push(...reader.push(bytes.subarray(at, at + size)))
      at += size
    }
    lines.push(...reader.finish())
    return { lines, code: null, line: null, detail: '' }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { lines, code: error.refusal.code, line: error.refusal.line, detail: error.refusal.detail }
  }
}

/** Statements and entries, checked against nothing. */
function statementsOf(text: string): { statements: Statement[]; entries: StatementEntry[] } {
  const fields = new FieldReader()
  const reader = new StatementReader()
  const events = [...reader.take(fields.push(Buffer.from(text))), ...reader.take(fields.finish()), ...reader.finish()]
  return { statements: events.flatMap((event) => (event.kind === 'end' ? [event.statement] : [])), entries: events.flatMap((event) => (event.kind === 'entry' ? [event.entry] : [])) }
}

const entryOf = (text: string): Partial<StatementEntry> | undefined => statementsOf(`:20:X\n${text}\n`).entries[0]

/** A statement around entries, whose closing balance is what is said. */
const statement = (entries: readonly string[], closing: string, more: { opening?: string; page?: readonly [string, string]; head?: string } = {}): string => {
  const { opening = 'C261004VND1000,', page = ['F', 'F'], head = ':20:A\n:25:0011\n:28C:1/1\n' } = more
  return `${head}:60${page[0]}:${opening}\n${entries.map((entry) => `${entry}\n`).join('')}:62${page[1]}:${closing}\n-\n`
}

describe('the entry', () => {
  test('is read in all its parts', () => {
    expect(entryOf(':61:2610051006RCM540000,5NTRFREF 1//BANK-1\nwhat the bank adds')).toMatchObject({
      line: 2, valueDate: '2026-10-05', entryDate: '2026-10-06', mark: 'RC', fundsCode: 'M', amount: '540000.5', type: 'NTRF', customerReference: 'REF 1', bankReference: 'BANK-1', supplementary: 'what the bank adds',
    })
  })

  test.each([
    ['610,', '610'], ['0,', '0'], ['000000000147,64', '147.64'], ['1,10', '1.10'], ['999999999999999,99', '999999999999999.99'], ['5', '5'],
  ])('an amount of %s is %s', (written, amount) => {
    expect(entryOf(`:61:261005D${written}NTRFX`)?.amount).toBe(amount)
  })

  test('an entry day belongs to the year that brings it nearest to the value day', () => {
    const days = (value: string, entry: string): unknown => entryOf(`:61:${value}${entry}D1,NTRFX`)?.entryDate
    expect(days('261231', '0102')).toBe('2027-01-02')
    expect(days('270102', '1231')).toBe('2026-12-31')
    expect(days('261005', '1006')).toBe('2026-10-06')
    expect(days('280228', '0229')).toBe('2028-02-29')
    expect(days('270228', '0229')).toBeNull()
  })

  test('a day that never was is no day, and is never moved', () => {
    expect([dayOf('260230'), dayOf('261301'), dayOf('260000'), dayOf('991231'), dayOf('000229')]).toEqual([null, null, null, '1999-12-31', '2000-02-29'])
    const [paid] = read(statement([':61:260230D40,NTRFX'], 'C261007VND960,')).lines
    expect(paid?.row).toMatchObject({ credited_at: '260230', transaction_status: 'ACSC' })
  })

  test('D went out, RD came back, C came in, RC went back', () => {
    const text = statement([':61:261005D100,NTRFA', ':61:261005RD30,NTRFB', ':61:261005C7,NTRFC', ':61:261005RC7,NTRFD', ':61:261005C5,NRTIE', ':61:261005D1,NCHGF'], 'C261007VND934,')
    expect(read(text).lines.map(({ row, reason }) => (row === null ? reason : `${row.end_to_end_id ?? ''} ${row.transaction_status ?? ''} ${row.instructed_amount ?? ''}`))).toEqual(
      ['A ACSC 100', 'B RTRN 30', 'incoming', 'income_returned', 'E RTRN 5', 'charge'])
  })

  test('a reference that is none stays empty', () => {
    for (const none of ['NONREF', 'KREF+', 'EREF']) expect(read(statement([`:61:261005D100,NTRF${none}`], 'C261007VND900,')).lines[0]?.row).not.toHaveProperty('end_to_end_id')
  })
})

describe('its details', () => {
  test('sub-fields, cut anywhere, with keywords in the purpose', () => {
    expect(readDetails('166?00CHI TRA?100399?20EREF+E2E-0000000000000000001?2123?22SVWZ+/SCHM/BTXH/PERD/\n2026-10?30970405?311500205123456?32NGUYEN VAN?33 AN?34901')).toMatchObject({
      transactionCode: '166', postingText: 'CHI TRA', primaNota: '0399', endToEndId: 'E2E-000000000000000000123', agent: '970405', account: '1500205123456', name: 'NGUYEN VAN AN', textKey: '901', purpose: '/SCHM/BTXH/PERD/2026-10',
    })
    expect(readDetails('166>00A>20EREF+X>21SVWZ+A>B?')).toMatchObject({ endToEndId: 'X', purpose: 'A>B?' })
  })

  test('codes between slashes, where a slash may also be part of a text', () => {
    expect(readDetails('/EREF/E2E/77/BENM//NAME/NGUYEN/VAN AN/ID/001087123456/ACCT/1500\n205123456/BIC/970405/REMI/thang 10/SCHM/BTXH/PERD/2026-10/RTRN/AC04')).toMatchObject({
      endToEndId: 'E2E/77', name: 'NGUYEN/VAN AN', person: '001087123456', account: '1500205123456', agent: '970405', returnReason: 'AC04', purpose: 'thang 10 /SCHM/BTXH /PERD/2026-10',
    })
  })

  test('free text is the purpose, and nothing is read into it', () => {
    expect(readDetails('CHUYEN TIEN\nNGUYEN VAN AN 970405')).toMatchObject({ purpose: 'CHUYEN TIEN NGUYEN VAN AN 970405', agent: '', name: '', endToEndId: '' })
    expect(readDetails('')).toMatchObject({ purpose: '' })
  })

  test('names from files touch nothing', () => {
    readDetails('/__PROTO__/x/EREF/1')
    readDetails('166?__proto__?20SVWZ+constructor')
    expect(Object.keys({})).toEqual([])
  })
})

test.each([
  ['slashes', '/'.repeat(60_000)], ['codes', '/EREF/'.repeat(10_000)], ['signs', `166?${'?20'.repeat(20_000)}`], ['keywords', 'EREF+'.repeat(12_000)], ['blanks', `SVWZ+${' '.repeat(60_000)}x`], ['labels', '/SCHM/'.repeat(10_000)], ['digits', '1'.repeat(60_000)],
])('a field full of %s costs no time', (_, text) => {
  const started = performance.now()
  read(statement([`:61:261005D100,NTRFA\n:86:${text}`, `:61:${text}`], 'C261007VND900,'))
  expect(performance.now() - started).toBeLessThan(250)
})

test('what is repeated without end is not kept without end', () => {
  expect(read(statement([':61:261005D100,NTRFA', ...Array.from({ length: 200 }, () => `:86:${'x'.repeat(1000)}`)], 'C261007VND900,')).code).toBe('statement_invalid')
  const { statements } = statementsOf(`:20:A\n${':99:x\n:65:C261007VND1,\n:34F:VND0,\n'.repeat(300)}-\n`)
  expect([statements[0]?.faults.length, statements[0]?.forward.length, statements[0]?.floors.length]).toEqual([100, 100, 100])
})

describe('the statement', () => {
  test('several of them, with and without envelope, blank lines and preambles between', () => {
    const one = statement([':61:261005D100,NTRFA'], 'C261007VND900,')
    const text = `BANK 940\n\n${one}\n{1:F01X}{2:O940}{4:\r\n${one.replaceAll('\n', '\r\n').replace('-\r\n', '-}{5:{CHK:1}}\r\n')}\u0001\n${one.slice(0, -2)}-\u0003`
    const { lines, code } = read(text)
    expect(code).toBeNull()
    expect(lines.map(({ line }) => line)).toEqual([7, 16, 24])
  })

  test('details of several lines and several fields belong to their entry; those after the balance to the statement', () => {
    const { statements, entries } = statementsOf(':20:A\n:61:261005D1,NTRFX\n:86:one\n:12:11 two\n:86:three\n:62F:C261007VND0,\n:86:all of it\n-\n')
    expect(entries[0]?.details).toBe('one\n:12:11 two\nthree')
    expect(statements[0]?.information).toBe('all of it')
  })

  test('pages close and open with the same balance', () => {
    const first = statement([':61:261005D100,NTRFA'], 'C261007VND900,', { page: ['F', 'M'] })
    const second = (opening: string): string => statement([':61:261005D100,NTRFB'], 'C261007VND800,', { page: ['M', 'F'], opening, head: ':20:A\n:25:0011\n:28C:1/2\n' })
    expect(read(first + second('C261007VND900,')).code).toBeNull()
    expect(read(first + second('C261007VND901,'))).toMatchObject({ code: 'balance_mismatch', line: 11, detail: expect.stringContaining('901') as unknown })
  })

  test.each([
    ['a closing balance that does not come out', statement([':61:261005D100,NTRFA'], 'C261007VND901,'), 'balance_mismatch', 6],
    ['a debit balance taken for a credit', statement([':61:261005D1100,NTRFA'], 'C261007VND100,'), 'balance_mismatch', 6],
    ['another currency at the end', statement([':61:261005D100,NTRFA'], 'C261007USD900,'), 'balance_mismatch', 6],
    ['a balance without currency', statement([':61:261005D100,NTRFA'], 'C261007900,'), 'statement_invalid', 6],
    ['an entry that cannot be read', statement([':61:261005X100,NTRFA'], 'C261007VND1000,'), 'statement_invalid', 5],
    ['two accounts', statement([':25:0012', ':61:261005D100,NTRFA'], 'C261007VND900,'), 'statement_invalid', 5],
    ['an unknown field', statement([':99:x', ':61:261005D100,NTRFA'], 'C261007VND900,'), 'statement_invalid', 5],
    ['no account', statement([':61:261005D100,NTRFA'], 'C261007VND900,', { head: ':20:A\n:28C:1\n' }), 'statement_invalid', 1],
    ['text outside of any field', `${statement([':61:261005D100,NTRFA'], 'C261007VND900,')}Kính gửi ngân hàng, “đây là” sao kê\n`, 'statement_invalid', 8],
    ['no entry', statement([], 'C261007VND1000,'), 'file_empty', null],
  ])('%s is refused', (_, text, code, line) => {
    expect(read(text)).toMatchObject({ code, line })
  })

  test('an interim report has sums instead of balances, and what is expected is on its way', () => {
    const text = ':20:A\n:25:0011\n:28C:1\n:34F:VND0,\n:13D:2610071200+0700\n:61:261005D100,NTRFA\n:61:261005ED50,NTRFB\n:90D:1VND100,\n:90C:0VND0,\n-\n'
    expect(read(text).lines.map(({ row }) => `${row?.transaction_status ?? ''} ${row?.currency ?? ''} ${row?.instructed_at ?? ''}`)).toEqual(['ACSC VND ', 'PDNG VND 2026-10-05'])
    expect(read(text.replace(':90D:1VND100,', ':90D:1VND101,')).code).toBe('control_sum_mismatch')
    expect(read(text.replace(':90C:0', ':90C:2')).code).toBe('control_count_mismatch')
  })

  test('letters of another encoding refuse it, naming the line', () => {
    expect(read(Buffer.from(statement([':61:261005D100,NTRFA', ':86:T\xecnh'], 'C261007VND900,'), 'latin1'))).toMatchObject({ code: 'encoding_unknown', line: 6 })
  })

  test('a line or a field without end is refused', () => {
    expect(read(statement([`:61:261005D100,NTRFA\n:86:${'x'.repeat(70_000)}`], 'C261007VND900,'), [1000]).code).toBe('line_too_long')
    expect(read(statement([`:61:261005D100,NTRFA\n:86:${'x\n'.repeat(70_000)}`], 'C261007VND900,'), [1000]).code).toBe('statement_invalid')
  })
})

test('it is told from CSV and from what only mentions it', () => {
  expect([writeMt940(night), writeMt940(night, { hasEnvelope: true }), `BANK\n940\n\u0001\n${writeMt940(night)}`].map((text) => isStatement(Buffer.from(text)))).toEqual([true, true, true])
  expect(['end_to_end_id,amount\n:20:,5\n', ':20:only', 'a;b\n:25:x;1\n:20:y;2\n', ''].map((text) => isStatement(Buffer.from(text)))).toEqual([false, false, false, false])
})

describe('dice', () => {
  const samples = [writeMt940(night), writeMt940(night, { style: 'codes', hasEnvelope: true }), writeMt940(night, { version: 'mt942' })]

  test('any pieces and any line ends give the same lines', () => {
    fc.assert(fc.property(fc.constantFrom(...samples), fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\r'), (sample, sizes, end) => {
      const whole = read(sample)
      expect(read(sample.replaceAll('\r\n', end), sizes)).toEqual(whole)
      expect(whole.code).toBeNull()
    }), worldsOf(3))
  })

  test('whatever is damaged, cut, doubled or moved is read or refused; what is read still adds up', () => {
    fc.assert(fc.property(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(9_000), fc.nat(40), fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom(':61:', ':86:', ':20:', '-', '\n-\n', '{1:', ':60F:', '?20', '/EREF/', '\u0000', '9', ','))), { minLength: 1, maxLength: 4 }), (sample, damages) => {
      let text = sample
      for (const [at, length, put] of damages) text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + length)
      const { code, lines } = read(text, [500])
      expect(code === null || code.length > 0).toBe(true)
      for (const { row, reason } of lines) expect((row === null) !== (reason === null)).toBe(true)
    }), worldsOf(30))
  })

  test('bytes of any kind are read or refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      expect(read(bytes).code).not.toBeNull()
      read(Buffer.concat([Buffer.from(':20:A\n:25:1\n:28C:1\n:60F:C261004VND1000,\n'), bytes]))
    }), worldsOf(30))
  })
})
