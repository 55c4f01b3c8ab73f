/** Repeats are told from filters of the files before, and the rows themselves are read only where a filter may be right. */
import { expect, test } from 'vitest'
import { hashBytes } from '../../src/core/index.ts'
import { RepeatFilter } from '../../src/ingest/repeat-filter.ts'
import { newKey } from '../../src/ingest/word-list.ts'
import { useDatabase } from '../helpers/database.ts'
import { ingestText, listHeader, listLine, paymentHeader, paymentLine, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()

const idOf = (index: number): string => String(1_087_000_000 + index * 37).padStart(12, '0')
const payments = (from: number, to: number, more: Parameters<typeof paymentLine>[0] = {}): string =>
  `${paymentHeader}\n${Array.from({ length: to - from }, (_, index) => paymentLine({ reference: `E2E-${from + index}`, id: idOf(from + index), ...more })).join('\n')}\n`

function filled(rows: number, seed: number): RepeatFilter {
  const filter = new RepeatFilter(rows)
  const content = newKey()
  for (let row = 0; row < rows; row += 1) {
    const bytes = Buffer.from(String(row + seed))
    hashBytes(content, bytes, 0, bytes.length, 0)
    filter.add(content, { high: 0, low: row + seed }, true)
  }
  return filter
}

test('a kept filter, however far it is folded, knows every row and hardly any other', () => {
  for (const rows of [1, 100, 5_000, 60_000]) {
    const kept = Buffer.from(filled(rows, 1).folded())
    expect(Math.log2(kept.length) % 1).toBe(0)
    const same = new Set<string>()
    filled(rows, 1).findIn(kept, same)
    expect(same.size).toBe(rows)
    const others = new Set<string>()
    filled(5_000, 1_000_000).findIn(kept, others)
    expect(others.size).toBeLessThan(20)
  }
})

test('a later file of the same month is compared with the filter, and with the rows of the persons it names', async () => {
  const { database } = clone()
  expect(await ingestText(database, folder, payments(0, 20_000))).toMatchObject({ accepted: 20_000, repeats: 0 })
  expect(await ingestText(database, folder, payments(20_000, 20_200))).toMatchObject({ accepted: 200, repeats: 0 })
  // Three rows of the first file, one of the second; the amount of the others is another.
  const again = `${payments(7, 10)}${payments(20_005, 20_006).split('\n')[1] ?? ''}\n${payments(100, 300, { amount: '540001' }).split('\n').slice(1).join('\n')}`
  expect(await ingestText(database, folder, again)).toMatchObject({ accepted: 200, repeats: 4 })
  expect(await ingestText(database, folder, payments(500, 1500).replace(paymentHeader, paymentHeader.toUpperCase()))).toMatchObject({ accepted: 0, repeats: 1000 })
})

test('a small file that repeats nothing reads none of the rows before it', async () => {
  const { database } = clone()
  const readPages = async (): Promise<number> => {
    await database.query('select pg_stat_force_next_flush()')
    const [row] = await database.query<{ pages: string }>(`select heap_blks_read + heap_blks_hit as pages from pg_statio_user_tables where relname = 'payment_report'`)
    return Number(row?.pages)
  }
  const before = await readPages()
  expect(await ingestText(database, folder, payments(50_000, 50_010))).toMatchObject({ accepted: 10, repeats: 0 })
  // What is read is where the ten rows go, not the five hundred pages before them.
  expect((await readPages()) - before).toBeLessThan(100)
})

test('files that share no month are not compared, and a file of before the filters is', async () => {
  const { database } = clone()
  const list = (period: string): string => `${listHeader}\n${Array.from({ length: 50 }, (_, index) => listLine({ id: idOf(index), period })).join('\n')}\n`
  expect(await ingestText(database, folder, list('2026-10'))).toMatchObject({ accepted: 50, repeats: 0 })
  expect(await ingestText(database, folder, list('2026-11'))).toMatchObject({ accepted: 50, repeats: 0 })
  await database.query('delete from file_content')
  expect(await ingestText(database, folder, `${list('2026-10')}${list('2026-12').split('\n').slice(1).join('\n')}`)).toMatchObject({ accepted: 50, repeats: 50 })
})
