/** Rows are laid down so that a slice of the people is read without the others; what a file holds does not depend on it. */
import fc from 'fast-check'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newKey } from '../../src/ingest/word-list.ts'
import { ingestFile } from '../../src/ingest/index.ts'
import { groupCount, personGroup } from '../../src/ingest/person-groups.ts'
import { keyText } from '../../src/core/index.ts'
import { readPerson } from '../../src/formats/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { ingestText, listHeader, listLine, paymentHeader, paymentLine, surroundingsIn, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()

test('the group of an id is the bucket of its key', () => {
  const id = fc.oneof(fc.stringMatching(/^\d{12}$/), fc.stringMatching(/^\d{9}$/))
  fc.assert(
    fc.property(id, (text) => {
      const key = newKey()
      const bytes = Buffer.from(`,${text},`)
      expect(readPerson(bytes, 1, bytes.length - 1, key)).toBe(0)
      expect(personGroup(bytes, 1, bytes.length - 1)).toBe(1 + parseInt((BigInt(keyText(key)) % 240n).toString(), 10))
    }),
  )
  const group = (text: string): number => personGroup(Buffer.from(text), 0, text.length)
  expect(group('')).toBe(0)
  for (const odd of ['TTBTXH01', '00108712345x', ' 01087123456', '1']) expect(group(odd)).toBe(groupCount - 1)
})

interface Plan {
  readonly 'Node Type': string
  readonly 'Lossy Heap Blocks'?: number
  readonly 'Exact Heap Blocks'?: number
  readonly Plans?: readonly Plan[]
}

/** How many pages of a table are read for the rows of a condition, and how many there are. */
async function pagesOf(table: string, condition: string): Promise<{ read: number; all: number; rows: number }> {
  const { database } = clone()
  return database.onConnection(async (connection) => {
    await connection.query('set enable_seqscan = off')
    await connection.query('set max_parallel_workers_per_gather = 0')
    const [row] = await connection.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) select count(*), max(file_id) from ${table} where ${condition}`)
    const scan = (row as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan.Plans?.[0] as Plan
    const [size] = await connection.query<{ pages: number; rows: string }>(`select (pg_relation_size('${table}') / 8192)::integer as pages, (select count(*) from ${table} where ${condition}) as rows`)
    expect(scan['Node Type']).toBe('Bitmap Heap Scan')
    return { read: (scan['Lossy Heap Blocks'] ?? 0) + (scan['Exact Heap Blocks'] ?? 0), all: size?.pages ?? 0, rows: Number(size?.rows) }
  })
}

test('a slice of 8 of 240 buckets reads at most twice its share of the pages, of a first file and of a second', async () => {
  const { database } = clone()
  let last = ''
  for (const [file, lines] of [50_000, 30_000].entries()) {
    const path = join(folder, `list-${file}.csv`)
    writeFileSync(path, `${listHeader}\n${Array.from({ length: lines }, (_, index) => listLine({ id: String((index * 7919 + file) % 1_000_000_007 + 1_087_000_000).padStart(12, '0'), name: `Nguyễn Thị ${'Hoa'.repeat(index % 9)}` })).join('\n')}\n`)
    const receipt = await ingestFile(database, { path }, surroundingsIn(folder))
    expect(receipt).toMatchObject({ status: 'sealed', accepted: lines })
    last = receipt.file_id ?? ''
  }
  const { read, all, rows } = await pagesOf('entitlement_line', 'person_key % 240 between 16 and 23')
  expect(rows).toBeGreaterThan(2000)
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThanOrEqual(all * (8 / 240) * 2)
  // And the lines of the second file without those of the first.
  const second = await pagesOf('entitlement_line', `file_id = ${last}`)
  expect(second.rows).toBe(30_000)
  expect(second.read).toBeLessThan(all * 0.6)
})

test('payments that name nobody lie before the others and are in no slice of the people', async () => {
  const { database } = clone()
  const lines = Array.from({ length: 4000 }, (_, index) => paymentLine({ reference: `E2E-${index}`, id: index % 2 === 0 ? '' : String(1_087_000_000 + index).padStart(12, '0'), account: String(1_500_205_000_000 + index) }))
  expect(await ingestText(database, folder, `${paymentHeader}\n${lines.join('\n')}\n`)).toMatchObject({ status: 'sealed', accepted: 4000 })
  const [order] = await database.query<{ nobody: string; after: string }>(`select count(*) filter (where person_key < 0) as nobody,
    count(*) filter (where person_key < 0 and ctid > (select min(ctid) from payment_report where person_key >= 0)) as after from payment_report`)
  expect(order).toEqual({ nobody: '2000', after: '0' })
  // The ids are odd, so none of them is in bucket 0, where every 240th key of nobody is too.
  expect((await pagesOf('payment_report', 'person_key % 240 between 1 and 239')).rows).toBe(2000)
})

test('what a list says of its due dates is kept beside it, once each', async () => {
  const { database } = clone()
  const header = `${listHeader},due_date`
  const rows = [[listLine(), '2026-10-05'], [listLine({ id: '001087123457' }), ''], [listLine({ id: '001087123458' }), '05/10/2026'], [listLine({ period: '2026-09' }), ''], [listLine({ period: '2026-08', amount: 'x' }), '']]
  const receipt = await ingestText(database, folder, `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`)
  expect(receipt).toMatchObject({ accepted: 4, problem_count: 1 })
  expect(await database.query('select s.scheme, t.benefit_period, t.due_date from listed_term t join scheme_code s using (scheme_id) where file_id = $1 order by 2, 3', [receipt.file_id])).toEqual([
    { scheme: 'BTXH', benefit_period: 202609, due_date: null },
    { scheme: 'BTXH', benefit_period: 202610, due_date: '2026-10-05' },
    { scheme: 'BTXH', benefit_period: 202610, due_date: null },
  ])
})
