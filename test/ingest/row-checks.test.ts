/** The byte checks and the zod description of every kind take the same rows, with the same codes and the same values. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOfNumber, keyText, kinds, loadOrder, problemCodes, type Column, type Kind } from '../../src/core/index.ts'
import { CsvScanner, readAccount, readParty } from '../../src/formats/index.ts'
import { ExactSum } from '../../src/ingest/decimal-register.ts'
import { describeRow } from '../../src/ingest/row-description.ts'
import { RowEncoder } from '../../src/ingest/row-encoder.ts'
import { TupleWriter } from '../../src/ingest/tuple-writer.ts'
import { SchemeBook } from '../../src/ingest/word-list.ts'

const schemes = [
  { id: 1, scheme: 'BTXH', currency: 'VND' },
  { id: 2, scheme: 'AID', currency: 'USD' },
]
const surroundings = { schemes: new Map(schemes.map(({ scheme, currency }) => [scheme, currency])) }

/** Values of a column, right and wrong ones in like number. */
function valuesOf(column: Column): fc.Arbitrary<string> {
  const wrong = fc.constantFrom('', ' ', 'x', '0', '-1', '1e5', 'NaN', '2026-02-30', 'ễ', 'a\u0000b', '\ufffd', '１', '1087123456', '3000', '999999', '1,5', '"', 'null', '\t', 'ê\u0303', '5.5')
  const right: Record<Column['type'], fc.Arbitrary<string>> = {
    scheme: fc.constantFrom('BTXH', 'AID', 'btxh'),
    new_scheme: fc.constantFrom('BTXH', 'NEW', 'Chế độ', 'x'.repeat(51)),
    period: fc.constantFrom('2026-10', '10/2026', '2026-13', '13/2026', '2026/10', '1899-12'),
    person: fc.constantFrom('001087123456', '012345678', '12345678', '87123456789', '0010871234567', '00108712345x'),
    party: fc.constantFrom('001087123456', '012345678', 'TTBTXH01', 'AB', 'A'.repeat(35), 'A'.repeat(34), '87123456789', '12345', '12AB56789012'),
    agent: fc.constantFrom('970405', '970436', '97040', '9704050', 'VCB'),
    account: fc.constantFrom('1500205123456', '1500-205 123456', 'VCB001', '1.23E+11', '1E11', '123', '-1234', '12--34', '9'.repeat(19), '1'.repeat(35), '0123', '1 2 3 4', '12345678901234567-8', 'A/B123'),
    reference: fc.constantFrom('E2E-1', 'NOTPROVIDED', 'nonref', 'Lệnh 1', 'e\u0301', 'x'.repeat(101)),
    text: fc.constantFrom('Nguyễn Văn An', 'ê\u0303', 'x'.repeat(300), 'x'.repeat(301), 'ễ'.repeat(20), 'e\u0301'.repeat(20), 'a\tb', 'a\nb', '\u0085', '00001', '😀', 'x'.repeat(1001)),
    word: column.words === undefined ? fc.constant('') : fc.constantFrom(...Object.entries(column.words).flatMap(([label, aliases]) => [label, label.toUpperCase(), ...aliases])),
    flag: fc.constantFrom('yes', 'no', 'Có', 'KHÔNG', '1', 'true', 'maybe'),
    date: fc.constantFrom('2026-10-05', '05/10/2026', '5/10/2026', '2026-10-05T00:00', '31/04/2026'),
    birth: fc.constantFrom('1948', '1948-02-29', '29/02/1948', '1899', '48', '30/02/1948'),
    instant: fc.constantFrom('2026-10-05', '2026-10-05T14:30:00+07:00', '05/10/2026 14:30', '2026-10-05T14:30:00.123456Z', '2026-10-05T24:00', '2026-10-05T14:30:00.1234567Z'),
    amount: fc.constantFrom('540000', '540000.00', '0540000', '1350000', '12.50', '12.5', '540000.5', '0', '0.00', '-5', '1.350', '1.350.000', '123456789012345', '1234567890123456', '123456789012345.67', '540000.', '10000', '100000000'),
    balance: fc.constantFrom('540000', '540000.00', '0', '0.00', '-5', '-540000', '--5', '-0', '-', '1.350', '-1234567890123456', '-12.50', '-0.5', '-1e5'),
    decimal: fc.constantFrom('1', '1.5', '100', '100.0', '100.01', '99999', '99999.5', '2.50', '0', '0.000001', '0.0000001', '1234567890', '.5', '007', '10000.0001'),
    whole: fc.constantFrom('0', '1', '2', '3', '31', '32', '007', '366', '100000', '1.0'),
    currency: fc.constantFrom('VND', 'USD', 'vnd', 'US', 'XXX'),
  }
  const value = fc.oneof({ weight: 6, arbitrary: right[column.type] }, { weight: 1, arbitrary: wrong })
  return fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: value.map((text) => ` ${text}\t`) }, { weight: 2, arbitrary: fc.constant('') })
}

/** A file's line of the kind. */
const cell = (text: string): string => (/[",\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function encode(kind: Kind, row: Record<string, string>): { codes: Map<string, string[]>; tuple: (Buffer | null)[] | null } {
  const writer = new TupleWriter()
  const columns = kind.columns.map(({ name }) => name)
  const encoder = new RowEncoder({ kind, fileId: 7, columns, schemes: new SchemeBook(schemes, new Map(schemes.map(({ id, scheme }) => [scheme, id]))), writer, sum: new ExactSum(), onHashed: () => undefined })
  const scanner = new CsvScanner(0x2c)
  const bytes = Buffer.from(`${columns.map((name) => cell(row[name] ?? '')).join(',')}\n`)
  scanner.load(bytes, 0, bytes.length, 0, true)
  expect(scanner.next()).toBe(true)
  const start = writer.position
  const isTaken = encoder.encode(scanner, 3)
  const codes = new Map<string, string[]>()
  for (const { column, code } of encoder.problems) codes.set(column ?? '', [...(codes.get(column ?? '') ?? []), code].sort())
  if (!isTaken) {
    expect(writer.position).toBe(start)
    return { codes, tuple: null }
  }
  return { codes, tuple: decodeTuple(writer.bytes.subarray(start, writer.position)) }
}

function decodeTuple(bytes: Buffer): (Buffer | null)[] {
  const fields: (Buffer | null)[] = []
  let at = 2
  for (let field = 0; field < bytes.readInt16BE(0); field += 1) {
    const length = bytes.readInt32BE(at)
    at += 4
    fields.push(length < 0 ? null : bytes.subarray(at, at + length))
    at += Math.max(length, 0)
  }
  expect(at).toBe(bytes.length)
  return fields
}

/** A binary numeric as canonical text. */
function numericText(bytes: Buffer): string {
  const count = bytes.readInt16BE(0)
  const weight = bytes.readInt16BE(2)
  const sign = bytes.readUInt16BE(4)
  expect([0, 0x4000]).toContain(sign)
  const scale = bytes.readInt16BE(6)
  let value = 0n
  for (let digit = 0; digit < count; digit += 1) value = value * 10_000n + BigInt(bytes.readInt16BE(8 + digit * 2))
  const power = (weight - count + 1) * 4
  const plain = power >= 0 ? `${value * 10n ** BigInt(power)}` : value.toString().padStart(1 - power, '0').replace(new RegExp(`(\\d{${-power}})$`), '.$1')
  const text = sign === 0 ? plain : `-${plain}`
  expect(scale).toBe((text.split('.')[1] ?? '').replace(/0+$/, '').length)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** What the database would show of a column, as the description writes it. */
function storedText(column: Column, fields: readonly (Buffer | null)[]): string | null {
  const [first, second] = fields
  if (column.type === 'birth') return first === null ? (second ? String(second.readInt16BE(0)) : null) : dayOfNumber((first?.readInt32BE(0) ?? 0) + 10_957)
  const value = column.type === 'reference' ? second : first
  if (value === null || value === undefined) return null
  switch (column.type) {
    case 'scheme':
      return schemes.find(({ id }) => id === value.readInt16BE(0))?.scheme ?? null
    case 'period':
      return `${Math.floor(value.readInt32BE(0) / 100)}-${String(value.readInt32BE(0) % 100).padStart(2, '0')}`
    case 'agent':
      return String(value.readInt32BE(0))
    case 'date':
      return dayOfNumber(value.readInt32BE(0) + 10_957)
    case 'amount':
    case 'balance':
    case 'decimal':
      return numericText(value)
    case 'whole':
      return String(value.readInt16BE(0))
    case 'flag':
      return value[0] === 1 ? 'true' : 'false'
    case 'instant':
      return value.readBigInt64BE(0).toString()
    case 'person':
    case 'party':
    case 'account':
    case 'new_scheme':
      return value.toString('hex')
    default:
      return value.toString('utf8')
  }
}

/** The described value in the form of `storedText`. */
function expectedText(column: Column, value: string | null): string | null {
  if (value === null || column.into.length === 0) return null
  const key = { high: 0, low: 0 }
  const bytes = Buffer.from(value)
  const hex = (): string => BigInt.asUintN(64, BigInt(keyText(key))).toString(16).padStart(16, '0')
  switch (column.type) {
    case 'person':
    case 'party':
      readParty(bytes, 0, bytes.length, key)
      return hex()
    case 'account':
      readAccount(bytes, 0, bytes.length, key)
      return hex()
    case 'instant': {
      const seconds = BigInt(Date.parse(`${value.slice(0, 19)}Z`)) - BigInt(Date.UTC(2000, 0, 1))
      return (seconds * 1000n + BigInt(value.slice(20, -1).padEnd(6, '0') || '0')).toString()
    }
    default:
      return value
  }
}

describe.each(kinds.map((kind) => ({ name: kind.name, kind })))('a row of $name', ({ kind }) => {
  const description = describeRow(kind, surroundings)
  const isSound = (column: Column, value: string): boolean => {
    const parsed = description.safeParse({ [column.name]: value })
    return parsed.success || !parsed.error.issues.some(({ path }) => path[0] === column.name)
  }
  const anyRow = fc.record(Object.fromEntries(kind.columns.map((column) => [column.name, valuesOf(column)])))
  const soundRow = fc.record(Object.fromEntries(kind.columns.map((column) => [column.name, fc.constantFrom(...fc.sample(valuesOf(column), { numRuns: 100, seed: 3 }).filter((value) => isSound(column, value)))])))
  // Sound but for one column, so that each check is met alone.
  const nearlySound = fc.tuple(soundRow, anyRow, fc.constantFrom(...kind.columns)).map(([sound, any, { name }]) => ({ ...sound, [name]: any[name] ?? '' }))
  const row = fc.oneof(anyRow, soundRow, nearlySound)

  test('is taken by both, or by neither for the same reasons', () => {
    let taken = 0
    fc.assert(
      fc.property(row, (written) => {
        const parsed = description.safeParse(written)
        const { codes, tuple } = encode(kind, written)
        const expected = new Map<string, string[]>()
        if (!parsed.success) {
          for (const issue of parsed.error.issues) {
            const column = String(issue.path[0] ?? '')
            const { code } = (issue as unknown as { params: { code: string } }).params
            expected.set(column, [...(expected.get(column) ?? []), code].sort())
          }
        }
        expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(expected))
        expect(tuple !== null).toBe(parsed.success)
        if (tuple === null || !parsed.success) return
        taken += 1
        let at = 2
        for (const column of loadOrder(kind)) {
          const fields = tuple.slice(at, at + column.into.length)
          at += column.into.length
          // A payment that names nobody has the bucket of its account; scheme numbers of new schemes are given in order.
          if (column.type === 'new_scheme' || (parsed.data[column.name] === null && column.into[0] === 'person_key')) continue
          expect(storedText(column, fields), `${column.name} of ${JSON.stringify(written)}`).toBe(expectedText(column, parsed.data[column.name] ?? null))
        }
        expect(at).toBe(tuple.length)
      }),
      { numRuns: 600 },
    )
    expect(taken, 'rows that were right').toBeGreaterThan(30)
  })
})

test('every problem code is one that some row or line can get', () => {
  const seen = new Set<string>(['field_count', 'quote_misplaced', 'reason_unknown', 'formula_cell', 'cell_error', 'cell_unreadable', 'digits_lost', 'agent_foreign'])
  for (const kind of kinds) {
    for (const row of fc.sample(fc.record(Object.fromEntries(kind.columns.map((column) => [column.name, valuesOf(column)]))), { numRuns: 300, seed: 5 })) {
      for (const codes of encode(kind, row).codes.values()) for (const code of codes) seen.add(code)
    }
  }
  expect([...problemCodes].filter((code) => !seen.has(code))).toEqual([])
})
