/** A voided file leaves no trace in what is published, whatever it said, whenever it came (contract 9.6). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { voidFile } from '../../src/ingest/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { arrive, arriveAll, clock, textOf, type Ledger } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { publishedRows, publishedTables } from '../helpers/published.ts'
import { dice, worldsOf, type Roll } from '../helpers/shuffled.ts'
import { REFERENCE_KINDS, type ModelFile, type Row } from '../model/types.ts'
import { readable } from '../model/world-files.ts'
import { worlds } from '../model/worlds.ts'

const clone = useDatabase()
const timeout = 60_000 + worldsOf(1).numRuns * 4000
const reconcile = (asOf: string): Promise<unknown> => run(clone().database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock })
const isReference = ({ kind }: ModelFile): boolean => REFERENCE_KINDS.includes(kind)

/** Any file of another world, reference files as often as facts: it contradicts this one as only a stranger can. */
function strangeFile(files: readonly ModelFile[], others: readonly ModelFile[], roll: Roll): ModelFile | undefined {
  const currencies = new Map(files.filter(({ kind }) => kind === 'scheme').flatMap(({ rows }) => rows.map((row) => [row['scheme'], row['currency'] ?? ''])))
  const candidates = others.filter((file) => isReference(file) === (roll(1) % 3 === 0))
  const file = candidates[roll(2) % Math.max(candidates.length, 1)]
  // Another currency for a scheme is no change of terms: it would turn away the very rows that come after it.
  return file?.kind === 'scheme' ? { ...file, rows: file.rows.map((row): Row => ({ ...row, currency: currencies.get(row['scheme']) ?? '' })) } : file
}

test('a strange file comes, counts, is voided, comes again and is voided again: the result goes and returns with it', { timeout }, async () => {
  let timesOfEffect = 0
  await fc.assert(
    fc.asyncProperty(worlds, worlds, dice, async ({ files, asOf }, { files: others }, roll) => {
      const known = readable(files)
      const strange = strangeFile(known, readable(others), roll)
      fc.pre(strange !== undefined && !known.some((file) => textOf(file) === textOf(strange)))
      const { database } = clone()
      await forgetFacts(database)
      const ledger: Ledger = await arriveAll(database, known)
      await reconcile(asOf)
      const without = await publishedTables(database)
      const withoutRows = await publishedRows(database, ledger)

      const receipt = await arrive(database, ledger, strange)
      await reconcile(asOf)
      const withIt = await publishedRows(database, ledger)
      if (JSON.stringify(withIt) !== JSON.stringify(withoutRows)) timesOfEffect += 1
      await voidFile(database, receipt.file_id ?? '', 'the law says so', clock)
      await reconcile(asOf)
      expect(await publishedTables(database)).toEqual(without)

      const again = await arrive(database, ledger, strange)
      expect(again).toMatchObject({ repeat_of: null, status: 'sealed', accepted: receipt.accepted, repeats: receipt.repeats, problem_count: receipt.problem_count })
      await reconcile(asOf)
      expect(await publishedRows(database, ledger)).toEqual(withIt)
      await voidFile(database, again.file_id ?? '', 'the law says so again', clock)

      // and the same with the strange file somewhere in the middle, seen by no run before it is voided
      await forgetFacts(database)
      const place = isReference(strange) ? roll(3) % (known.length + 1) : Math.max(known.findIndex((file) => !isReference(file)), 0) + (roll(3) % known.length)
      const second: Ledger = await arriveAll(database, known.slice(0, place))
      const { file_id } = await arrive(database, second, strange)
      for (const [fileId, rows] of await arriveAll(database, known.slice(place))) second.set(fileId, rows)
      await voidFile(database, file_id ?? '', 'the law says so', clock)
      await reconcile(asOf)
      expect(await publishedRows(database, second)).toEqual(withoutRows)
    }),
    worldsOf(0.15),
  )
  expect(timesOfEffect).toBeGreaterThan(0)
})

// The lines keep their own currency (D30); before, check 20 failed from then on and nothing could be published.
test('the only file of a scheme in dollars is voided: what remains can still be published', async () => {
  const { database } = clone()
  await forgetFacts(database)
  const ledger: Ledger = new Map()
  const scheme = await arrive(database, ledger, { kind: 'scheme', rows: [{ scheme: 'DOLLAR', currency: 'USD', due_day: '10' }] })
  await arrive(database, ledger, { kind: 'beneficiary_list', rows: [{ scheme: 'DOLLAR', benefit_period: '2026-10', beneficiary_id: '001087000001', beneficiary_name: 'Người', unit_code: '00001', due_amount: '500', currency: 'USD' }] })
  await reconcile('2026-10-31')
  await voidFile(database, scheme.file_id ?? '', 'the law says so', clock)
  await reconcile('2026-10-31')
})
