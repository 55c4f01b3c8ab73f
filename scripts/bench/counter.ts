/**
 * The bank's counter under load: ten banks hand in files at the same time while officers go on reading a published
 * province, before the product's own server. Whatever was acknowledged has to be found again, byte for byte, and sealed.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { openDatabase } from '../../src/db/index.ts'
import { makeBanks, publishProvince, type BenchBank } from './counter-banks.ts'
import { handInFile, percentile, stateOf, type Answered } from './counter-client.ts'
import { writeBankFile, type BankFile } from './counter-files.ts'
import type { PageRead, ReadingPlan } from './counter-readers.ts'
import { addressesToAsk, readersOf } from './pages.ts'
import { serveFolder } from './served.ts'

/** How hard it is pressed. */
export interface CounterOptions {
  readonly scratch: string
  readonly beneficiaries: number
  readonly uploads: number
  readonly lines: number
  /** `NAME=value` for the server. */
  readonly environment: readonly string[]
  readonly say: (message: string) => void
}

/** What came of it; times in milliseconds. */
export interface CounterFigures {
  readonly uploads: number
  readonly lines_each: number
  readonly megabytes: number
  readonly acknowledged: number
  /** Acknowledged, and not found again with the same SHA-256, sealed. */
  readonly lost: number
  /** From the first byte sent to the answer. */
  readonly acknowledged_p50: number
  readonly acknowledged_p99: number
  /** From the last byte sent to the answer. */
  readonly after_last_byte_p50: number
  readonly after_last_byte_p99: number
  readonly seconds_until_all_acknowledged: number
  readonly seconds_until_all_sealed: number
  /** Of officers' pages while files were coming in. */
  readonly pages_while_receiving: readonly PageFigures[]
  /** Of the same while they were being read. */
  readonly pages_while_taking_in: readonly PageFigures[]
  /** Of both together. */
  readonly pages: readonly PageFigures[]
  /** The same pages before anything came in. */
  readonly pages_at_rest: readonly PageFigures[]
  readonly server_peak_megabytes: number | null
}

/** How long a page took. */
export interface PageFigures {
  readonly page: string
  readonly requests: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Runs the load once. @throws Error when a page fails or a file is not acknowledged */
export async function counterBench({ scratch, beneficiaries, uploads, lines, environment, say }: CounterOptions): Promise<CounterFigures> {
  const data = join(scratch, 'counter')
  const folder = join(scratch, 'counter-files')
  mkdirSync(folder, { recursive: true })
  say(`publishing a province of ${String(beneficiaries)}`)
  publishProvince(data, beneficiaries)
  const database = await openDatabase({ databaseUrl: null, dataDirectory: data })
  try {
    const banks = await makeBanks(database)
    say(`writing ${String(uploads)} files of ${String(lines)} lines`)
    const files: BankFile[] = []
    for (let number = 0; number < uploads; number += 1) files.push(await writeBankFile(folder, { agent: banks[number % banks.length]?.agent ?? '', kind: number % 3 === 0 ? 'disbursement' : 'withdrawal', number: Math.floor(number / banks.length), lines }))
    const readers: ReadingPlan['readers'] = await Promise.all((await readersOf(database)).map(async (reader) => ({
      cookie: reader.cookie,
      pages: (await addressesToAsk(database, 50, reader)).filter(([name, paths]) => ['first page', 'queue', 'queue, deep', 'queue by name', 'a case'].includes(name) && paths.length > 0).map(([name, paths]) => ({ name, paths })),
    })))
    const server = await serveFolder(data, { environment })
    try {
      const reading = (): Reading => startReading({ origin: server.origin, readers, pauseMilliseconds: 100 })
      const atRest = reading()
      await wait(10_000)
      const pagesAtRest = figuresOf(await atRest.end())
      const busy = reading()
      const began = performance.timeOrigin + performance.now()
      const handed = await handAllIn(server.origin, banks, files, say)
      const reads = await busy.end()
      const isReceiving = ({ at, milliseconds }: PageRead): boolean => at - milliseconds < began + 1000 * handed.seconds_until_all_acknowledged
      const pages = figuresOf(reads)
      return { uploads, lines_each: lines, megabytes: Math.round(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1_048_576), ...handed, pages_while_receiving: figuresOf(reads.filter(isReceiving)), pages_while_taking_in: figuresOf(reads.filter((read) => !isReceiving(read))), pages, pages_at_rest: pagesAtRest, server_peak_megabytes: server.peakMegabytes() }
    } finally {
      await server.end('SIGTERM')
    }
  } finally {
    await database.close()
  }
}

type Handed = Pick<CounterFigures, 'acknowledged' | 'lost' | 'acknowledged_p50' | 'acknowledged_p99' | 'after_last_byte_p50' | 'after_last_byte_p99' | 'seconds_until_all_acknowledged' | 'seconds_until_all_sealed'>

/** All at once; then asked for until each has come to its end. */
async function handAllIn(origin: string, banks: readonly BenchBank[], files: readonly BankFile[], say: (message: string) => void): Promise<Handed> {
  const keyOf = (file: BankFile): string => banks.find(({ agent }) => agent === file.agent)?.key ?? ''
  const began = performance.now()
  const answers = await Promise.all(files.map(async (file) => ({ file, answer: await handInFile({ origin, key: keyOf(file), idempotencyKey: file.name }, file) })))
  const acknowledgedAfter = (performance.now() - began) / 1000
  const refused = answers.find(({ answer }) => answer.status !== 202)
  if (refused !== undefined) throw new Error(`${refused.file.name} was answered ${String(refused.answer.status)}: ${refused.answer.body.slice(0, 500)}`)
  say(`${String(files.length)} files acknowledged after ${acknowledgedAfter.toFixed(1)} s`)
  let waiting = answers
  let lost = 0
  for (let tries = 0; waiting.length > 0 && tries < 900; tries += 1) {
    await wait(2000)
    const still: typeof waiting = []
    for (const { file, answer } of waiting) {
      const state = await stateOf(origin, keyOf(file), locationOf(answer))
      if (state === null || state.sha256 !== file.sha256 || ['refused', 'failed'].includes(state.status)) {
        lost += 1
        say(`lost: ${file.name}: ${JSON.stringify(state)}`)
      } else if (state.status !== 'sealed') still.push({ file, answer })
    }
    waiting = still
    if (tries % 10 === 9) say(`${String(waiting.length)} are still to be read`)
  }
  const times = answers.map(({ answer }) => answer.milliseconds)
  const afterLast = answers.flatMap(({ answer }) => answer.millisecondsAfterLastByte ?? [])
  return {
    acknowledged: answers.length, lost: lost + waiting.length,
    acknowledged_p50: percentile(times, 0.5), acknowledged_p99: percentile(times, 0.99),
    after_last_byte_p50: percentile(afterLast, 0.5), after_last_byte_p99: percentile(afterLast, 0.99),
    seconds_until_all_acknowledged: acknowledgedAfter, seconds_until_all_sealed: (performance.now() - began) / 1000,
  }
}

/** The address of what was acknowledged. @throws Error without one */
export function locationOf({ status, headers }: Answered): string {
  if (headers.location === undefined) throw new Error(`answered ${String(status)} without Location`)
  return headers.location
}

interface Reading {
  readonly end: () => Promise<PageRead[]>
}

function startReading(plan: ReadingPlan): Reading {
  const worker = new Worker(new URL('./counter-readers.ts', import.meta.url), { workerData: plan })
  const read = new Promise<PageRead[]>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  return {
    end: () => {
      worker.postMessage('enough')
      return read
    },
  }
}

function figuresOf(reads: readonly PageRead[]): PageFigures[] {
  const failed = reads.find(({ status }) => status !== 200)
  if (failed !== undefined) throw new Error(`${failed.page} answered ${String(failed.status)}`)
  return [...Map.groupBy([...reads.map((read) => ({ ...read, page: 'all' })), ...reads], ({ page }) => page)].map(([page, of]) => {
    const times = of.map(({ milliseconds }) => milliseconds)
    return { page, requests: times.length, p50: percentile(times, 0.5), p99: percentile(times, 0.99), max: percentile(times, 1) }
  })
}
