/** The product as a contender: two nights through its own command, on a fresh database, and held against the truth. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { embeddedServerProcess, startEmbedded } from '../../src/db/index.ts'
import { measure, type Measured } from './measure.ts'
import type { Part } from './parts.ts'

/** The product's command, as a clone runs it. */
export const command = fileURLToPath(new URL('../tantay', import.meta.url))

/** Files to take in, and what a run must then find. */
export interface Night {
  readonly files: readonly { readonly kind: string; readonly path: string; readonly rows: number }[]
  /** Files that contradict themselves, which ingest has to refuse. */
  readonly refused: readonly string[]
  readonly truthPath: string
  readonly asOf: string
}

/** Two nights: everything, then what the next day brings. */
export interface Sample extends Night {
  readonly next: Night
}

/** Where the product's data go. */
export interface Place {
  /** The bench's own folder, gone when it ends. */
  readonly scratch: string
  /** A server where it may make databases, instead of the embedded one. */
  readonly serverUrl: string | null
}

/**
 * One round: all files in, one full run; then the next day's files, and the run that follows what changed. The set-up of
 * the database is not counted, as no peer has one.
 */
export async function measureProduct(place: Place, sample: Sample): Promise<Part[]> {
  return withFreshData(place, 'product', async (tantay) => {
    const parts: Part[] = []
    for (const [night, { files, asOf }] of [['', sample], ['next night: ', sample.next]] as const) {
      parts.push({ name: `${night}ingest`, ...(await tantay('ingest', ...files.map(({ path }) => path))) })
      const run = await tantay('run', '--as-of', asOf)
      const { mode, seconds } = JSON.parse(run.stdout) as { mode: string; seconds: number }
      parts.push({ name: `${night}run (${mode})`, ...run })
      parts.push({ name: `${night}of it until published`, isWithinPrevious: true, seconds, peakMegabytes: null, databaseMegabytes: null })
    }
    return parts
  })
}

/** The payments alone, to stand beside COPY of the same file. */
export async function measureOneFile(place: Place, sample: Sample): Promise<Part[]> {
  const payments = sample.files.find(({ kind }) => kind === 'disbursement')
  return withFreshData(place, 'one-file', async (tantay) => [{ name: 'ingest disbursement alone', ...(await tantay('ingest', payments?.path ?? '')) }])
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

/** Takes both nights in, runs each, and compares every finding and every outcome count with its truth.json. */
export async function checkTruth(place: Place, sample: Sample): Promise<TruthCheck[]> {
  return withFreshData(place, 'truth', async (tantay) => [await checkNight(tantay, sample), await checkNight(tantay, sample.next)])
}

async function checkNight(tantay: Tantay, { files, refused, truthPath, asOf }: Night): Promise<TruthCheck> {
  const truth = JSON.parse(readFileSync(truthPath, 'utf8')) as { findings: Finding[]; outcomes: object[] }
  await tantay('ingest', ...files.map(({ path }) => path))
  for (const path of refused) await tantay.refusing('ingest', path)
  const run = JSON.parse((await tantay('run', '--as-of', asOf)).stdout) as { outcomes: object[] }
  const found = (await tantay('findings')).stdout.split('\n').filter((line) => line !== '').map((line) => findingKey(JSON.parse(line) as Finding))
  const planted = truth.findings.map(findingKey)
  const outcomes = difference(run.outcomes.map(outcomeKey), truth.outcomes.map(outcomeKey))
  return { findings: found.length, missed: difference(planted, found), extra: difference(found, planted), wrong_outcomes: outcomes }
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

async function withFreshData<T>({ scratch, serverUrl }: Place, name: string, work: (tantay: Tantay) => Promise<T>): Promise<T> {
  const folder = join(scratch, name)
  rmSync(folder, { recursive: true, force: true })
  const database = await (serverUrl === null ? embeddedDatabase(folder) : databaseOn(serverUrl))
  try {
    const ending = (expectedStatus: number) => (...values: string[]) => measure('env', [...database.setting, command, ...values, '--data', folder, '--json'], { databaseProcess: database.process, expectedStatus })
    const tantay: Tantay = Object.assign(ending(0), { refusing: ending(fileRefused) })
    await tantay('migrate')
    return await work(tantay)
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A database that the measured commands find by their environment. */
interface FreshDatabase {
  readonly setting: readonly string[]
  readonly process: number | null
  readonly close: () => Promise<void>
}

/** Held open over the commands, so that none of them pays for starting and stopping the server. */
async function embeddedDatabase(folder: string): Promise<FreshDatabase> {
  const server = await startEmbedded({ dataDirectory: folder })
  // A database of the user's own must never be filled with invented people.
  return { setting: ['-u', 'DATABASE_URL'], process: embeddedServerProcess(folder), close: () => server.close() }
}

/** Of a fixed name, so that what a killed bench left is dropped by the next. */
async function databaseOn(serverUrl: string): Promise<FreshDatabase> {
  const url = new URL(serverUrl)
  url.pathname = '/tantay_bench'
  await remake(serverUrl, 'create')
  return { setting: [`DATABASE_URL=${url.href}`], process: null, close: () => remake(serverUrl, 'drop') }
}

async function remake(serverUrl: string, what: 'create' | 'drop'): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query('drop database if exists tantay_bench with (force)')
    if (what === 'create') await client.query("create database tantay_bench template template0 encoding 'UTF8'")
  } finally {
    await client.end()
  }
}
