/** The product as a contender: ingest and run through its own command, on a fresh data folder, and held against the truth. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { embeddedServerProcess, startEmbedded } from '../../src/db/index.ts'
import { measure, type Measured } from './measure.ts'
import type { Part } from './parts.ts'

/** The product's command, as a clone runs it. */
export const command = fileURLToPath(new URL('../tantay', import.meta.url))

/** Files to take in, and what a run must then find. */
export interface Sample {
  readonly files: readonly { readonly kind: string; readonly path: string; readonly rows: number }[]
  /** Files that contradict themselves, which ingest has to refuse. */
  readonly refused: readonly string[]
  readonly truthPath: string
  readonly asOf: string
}

/** One round: all files in, one run. The set-up of the database is not counted, as no peer has one. */
export async function measureProduct(scratch: string, sample: Sample): Promise<Part[]> {
  return withFreshData(join(scratch, 'product'), async (tantay) => {
    const ingest = await tantay('ingest', ...sample.files.map(({ path }) => path))
    const run = await tantay('run', '--as-of', sample.asOf)
    return [
      { name: 'ingest', ...ingest },
      { name: 'run', ...run },
    ]
  })
}

/** The payments alone, to stand beside COPY of the same file. */
export async function measureOneFile(scratch: string, sample: Sample): Promise<Part[]> {
  const payments = sample.files.find(({ kind }) => kind === 'disbursement')
  return withFreshData(join(scratch, 'one-file'), async (tantay) => [{ name: 'ingest disbursement alone', ...(await tantay('ingest', payments?.path ?? '')) }])
}

interface Finding {
  readonly code: string
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly beneficiary_id: string | null
  readonly subject: string
  readonly amount_at_stake: string
}

/** What a run over the sample found beside what was planted; empty lists mean exactly the truth. */
export interface TruthCheck {
  readonly findings: number
  readonly missed: readonly string[]
  readonly extra: readonly string[]
  readonly wrong_outcomes: readonly string[]
}

/** Takes the sample in, runs, and compares every finding and every outcome count with truth.json. */
export async function checkTruth(scratch: string, sample: Sample): Promise<TruthCheck> {
  const truth = JSON.parse(readFileSync(sample.truthPath, 'utf8')) as { findings: Finding[]; outcomes: object[] }
  return withFreshData(join(scratch, 'truth'), async (tantay) => {
    await tantay('ingest', ...sample.files.map(({ path }) => path))
    for (const path of sample.refused) await tantay.refusing('ingest', path)
    const run = JSON.parse((await tantay('run', '--as-of', sample.asOf)).stdout) as { outcomes: object[] }
    const found = (await tantay('findings')).stdout.split('\n').filter((line) => line !== '').map((line) => findingKey(JSON.parse(line) as Finding))
    const planted = truth.findings.map(findingKey)
    const outcomes = difference(run.outcomes.map(outcomeKey), truth.outcomes.map(outcomeKey))
    return { findings: found.length, missed: difference(planted, found), extra: difference(found, planted), wrong_outcomes: outcomes }
  })
}

function findingKey(finding: Finding): string {
  const { code, scheme, benefit_period: period, beneficiary_id: id, subject, amount_at_stake: stake } = finding
  return [code, scheme ?? '-', period ?? '-', id ?? '-', subject, stake].join(' ')
}

function outcomeKey(outcome: object): string {
  const { scheme, benefit_period: period, class: outcomeClass, count, due, credited } = outcome as Record<string, string | number>
  return [scheme, period, outcomeClass, count, due, credited].join(' ')
}

/** Those of the first that are not in the second, each as often as it is there. */
function difference(first: readonly string[], second: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const key of second) left.set(key, (left.get(key) ?? 0) + 1)
  return first.filter((key) => {
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count <= 0
  })
}

/** Runs one command of the product; `refusing` where it has to refuse a file. */
type Tantay = ((...values: string[]) => Promise<Measured>) & { readonly refusing: (...values: string[]) => Promise<Measured> }

/** The exit code of a refused file. */
const fileRefused = 4

async function withFreshData<T>(folder: string, work: (tantay: Tantay) => Promise<T>): Promise<T> {
  rmSync(folder, { recursive: true, force: true })
  // Held open over the commands, so that none of them pays for starting and stopping the server.
  const server = await startEmbedded({ dataDirectory: folder })
  try {
    const databaseProcess = embeddedServerProcess(folder)
    // A database of the user's own must never be filled with invented people.
    const ending = (expectedStatus: number) => (...values: string[]) => measure('env', ['-u', 'DATABASE_URL', command, ...values, '--data', folder, '--json'], { databaseProcess, expectedStatus })
    const tantay: Tantay = Object.assign(ending(0), { refusing: ending(fileRefused) })
    await tantay('migrate')
    return await work(tantay)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
