/** One and the same night, sent in every encoding and as workbooks: the same rows in the database and the same findings. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayNumber, kindNamed } from '../../src/core/index.ts'
import { ingestFiles, type Receipt } from '../../src/ingest/index.ts'
import { simulate, type SimulatedNight } from '../../src/simulate/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { encode, writtenEncodings } from '../helpers/encode.ts'
import { engineResult } from '../helpers/engine-result.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { workbook, type CellSpec } from '../helpers/workbook.ts'
import { inAnyOrder, readTruth } from '../simulate/read-simulation.ts'
import { clock } from './helpers.ts'

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-night-'))
let night: SimulatedNight
let asOf: string

interface Taken {
  readonly receipts: readonly Receipt[]
  readonly rows: readonly unknown[]
  readonly findings: readonly string[]
}

let plain: Taken

beforeAll(async () => {
  night = await simulate({ beneficiaries: 600, seed: 'one night', out: join(folder, 'utf-8') })
  asOf = readTruth(night.truth.path).as_of
  plain = await take('utf-8', (text) => Buffer.from(text))
}, 300_000)
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** Sends every file of the night as `write` writes it, and looks at what the database holds and what a run finds. */
async function take(form: string, write: (text: string, kind: string) => Uint8Array, encoding?: string): Promise<Taken> {
  const { database } = clone()
  await forgetFacts(database)
  mkdirSync(join(folder, `as ${form}`))
  const requests = night.files.map(({ path, kind }) => {
    const written = join(folder, `as ${form}`, basename(path))
    // VISCII has no dash but the one of ASCII.
    const text = readFileSync(path, 'utf8').replaceAll('–', '-')
    writeFileSync(written, write(text, kind))
    return { path: written, ...(encoding !== undefined && hasFewWords(text) && { encoding }) }
  })
  const receipts = await ingestFiles(database, requests, { clock, dataDirectory: join(folder, 'data', form) })
  const rows: unknown[] = []
  for (const table of ['entitlement_line', 'payment_report', 'account_report', 'withdrawal_report', 'mandate_row', 'register_row', 'exemption_row']) {
    const [digest] = await database.query<{ rows: string }>(
      `select count(*) as rows, md5(string_agg((to_jsonb(t) - 'file_id')::text, e'\\n' order by file_id, line_number)) as digest from ${table} t`,
    )
    rows.push([table, digest])
  }
  return { receipts, rows, findings: inAnyOrder((await engineResult(database, asOf)).findings.map((finding) => ({ ...finding, subject: finding.code === 'control_total_mismatch' ? finding.subject.replace(/ \w+$/, '') : finding.subject }))) }
}

/** A handful of words spell something in more than one encoding, and is refused unless the encoding is named. */
function hasFewWords(text: string): boolean {
  return new Set(text.match(/[\p{L}\p{M}]*[^\x20-\x7e\s][\p{L}\p{M}]*/gu) ?? []).size < 5
}

const tally = ({ status, kind, lines, accepted, repeats, ignored, problem_count, problems, is_control_sum_checked }: Receipt): unknown => ({ status, kind, lines, accepted, repeats, ignored, problem_count, problems, is_control_sum_checked })

function expectSame(taken: Taken): void {
  expect(taken.receipts.map(tally)).toEqual(plain.receipts.map(tally))
  expect(taken.rows).toEqual(plain.rows)
  expect(taken.findings).toEqual(plain.findings)
}

test('the night has rows and findings to speak of', () => {
  expect(plain.findings.length).toBeGreaterThan(30)
  expect(plain.receipts.filter(({ status }) => status === 'sealed').length).toBeGreaterThan(5)
  expect(plain.rows.slice(0, 4)).toMatchObject(Array.from({ length: 4 }, () => [expect.any(String) as unknown, { rows: expect.stringMatching(/^[1-9]\d{2,}$/) as unknown }]))
})

test.each(writtenEncodings)('in %s', { timeout: 120_000 }, async (encoding) => {
  const taken = await take(encoding, (text) => encode(text, encoding), encoding)
  expectSame(taken)
  expect(taken.receipts.filter((receipt) => receipt.encoding === encoding).length).toBeGreaterThan(encoding.startsWith('utf-16') ? 5 : 1)
})

const cellsOf = (text: string): string[][] => text.trimEnd().split('\n').map((line) => line.split(','))

test('as workbooks of texts', { timeout: 120_000 }, async () => {
  const taken = await take('xlsx', (text) => workbook({ sheets: [{ rows: cellsOf(text) }], isShared: true }))
  expectSame(taken)
  expect(taken.receipts.every(({ format, status }) => format === 'xlsx' || status === 'refused')).toBe(true)
})

test('as workbooks of numbers and dates', { timeout: 120_000 }, async () => {
  expectSame(await take('typed xlsx', (text, kindName) => {
    const [header = [], ...rows] = cellsOf(text)
    const types = header.map((name) => kindNamed(kindName)?.columns.find((column) => column.name === name)?.type)
    const typed = rows.map((cells) => cells.map((value, field): CellSpec => {
      const type = types[field]
      if (value === '') return null
      if (type === 'amount' && /^\d+$/.test(value)) return { number: value, style: 4 }
      if ((type === 'date' || type === 'birth') && /^\d{4}-\d\d-\d\d$/.test(value) && value > '1900-03-01') return { number: `${dayNumber(value) + 25_569}`, style: 1 }
      if (type === 'period' && /^\d{4}-\d\d$/.test(value)) return { number: `${dayNumber(`${value}-01`) + 25_569}`, style: 2 }
      return value
    }))
    return workbook({ sheets: [{ rows: [header, ...typed] }] })
  }))
})
