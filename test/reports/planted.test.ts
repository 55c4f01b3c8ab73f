/** A simulated province in which a slow bank, far villages and an age group were planted is looked at as a leader would: the reports find them, and call no difference what is chance. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stoppedClock, type Stratum } from '../../src/core/index.ts'
import { ingestFiles } from '../../src/ingest/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { banks, publishedRun, timeToCash, type PublishedRun, type TimeToCash } from '../../src/reports/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import { useDatabase } from '../helpers/database.ts'

interface Planted {
  readonly slow_bank: string
  readonly slow_units: readonly string[]
  readonly harmless: { readonly creditor_agent: string; readonly unit_code: string; readonly age_band: string }
}

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-planted-'))
let published: PublishedRun
let planted: Planted

beforeAll(async () => {
  const { database } = clone()
  const { files } = await simulate({ beneficiaries: 20_000, seed: 'planted', out: folder })
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as { as_of: string; time_to_cash: Planted }
  planted = truth.time_to_cash
  const clock = stoppedClock('2026-11-01T20:00:00Z')
  await ingestFiles(database, files.map(({ path }) => ({ path })), { clock, dataDirectory: folder })
  await run(database, { asOf: truth.as_of, timeZone: 'Asia/Ho_Chi_Minh', clock })
  published = (await publishedRun(database)) as PublishedRun
}, 120_000)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const by = (stratum: Stratum): Promise<TimeToCash> => timeToCash(clone().database, published, [stratum])
const slower = ({ groups }: TimeToCash): (string | null | undefined)[] => groups.filter(({ within_7_days: compared }) => compared?.isDifferent === true && compared.direction === 'below').map(({ values }) => values[0]).sort()
const different = ({ groups }: TimeToCash): (string | null | undefined)[] => groups.filter(({ within_7_days: compared }) => compared?.isDifferent === true).map(({ values }) => values[0]).sort()

test('the slow bank is found, and no other is called so', async () => {
  const answer = await by('bank')
  expect(slower(answer)).toEqual([planted.slow_bank])
  expect(different(answer)).not.toContain(planted.harmless.creditor_agent)
  const rows = await banks(clone().database, published)
  const late = rows.filter(({ transfer: { comparison } }) => comparison?.isDifferent === true && comparison.direction === 'below')
  expect(late.map((row) => row.creditor_agent)).toEqual([planted.slow_bank])
})

test('the communes with far villages are found, and the harmless one is not called a difference', async () => {
  const answer = await by('unit')
  expect(slower(answer)).toEqual([...planted.slow_units].sort())
  expect(different(answer)).not.toContain(planted.harmless.unit_code)
  const way = await by('distance')
  expect(slower(way)).toContain('20')
  expect(Number(way.test?.log_rank.p)).toBeLessThan(1e-6)
})

test('people of eighty and more are found to wait longer, and nobody else', async () => {
  const answer = await by('age')
  expect(slower(answer)).toEqual(['80'])
  expect(different(answer)).not.toContain(planted.harmless.age_band.split('-')[0])
  expect(answer.test?.widest_difference === undefined || answer.test.widest_difference === null ? null : answer.groups[answer.test.widest_difference.slowest]?.values).toEqual(['80'])
})

test('what nothing was planted in is no difference', async () => {
  const answer = await by('sex')
  expect(different(answer)).toEqual([])
  expect(Number(answer.test?.log_rank.p)).toBeGreaterThan(0.01)
})
