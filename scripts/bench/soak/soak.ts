/** Lives through months with the product: each night all laws are looked at, and what it took is written down. */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { liveMonths, randomFrom, type LivedNight } from '../../../src/simulate/index.ts'
import { interruption } from '../measure.ts'
import { Deeds } from './deeds.ts'
import type { NightFound, Sizes } from './engine.ts'
import { unexpected } from './laws.ts'
import { remoteEngine } from './remote.ts'

export interface SoakOptions {
  readonly scratch: string
  readonly beneficiaries: number
  readonly months: number
  readonly from: string
  readonly seed: string
  /** Ends early, so that a long one can be tried. */
  readonly mostNights: number
  /** One line of JSON a night goes here; null: nowhere. */
  readonly log: string | null
  readonly say: (message: string) => void
}

/** What one night took. */
export interface NightTaken {
  readonly as_of: string
  readonly mode: string
  readonly files: number
  readonly rows: number
  readonly touched: number | null
  readonly expected_touched: number
  readonly findings: number
  readonly ingest_seconds: number
  /** Of all the night: people compared, run, a part proved. */
  readonly night_seconds: number
  readonly run_seconds: number
  readonly database_bytes: number
  readonly log_bytes: number
  readonly rss_bytes: number
  readonly heap_bytes: number
}

/** A month's end. */
export interface MonthTaken {
  readonly month: string
  readonly sizes: Sizes
}

export interface SoakFigures {
  readonly nights: readonly NightTaken[]
  readonly months: readonly MonthTaken[]
  readonly events: Readonly<Record<string, number>>
  readonly broken: readonly string[]
  readonly compacted: { readonly before: Sizes; readonly after: Sizes } | null
  readonly seconds: number
}

/** So many broken laws, and nothing more is learned by going on. */
const mostBroken = 20

/** Lives, checks, measures. Ends at the first nights that break a law, with what they broke. */
export async function soak(options: SoakOptions): Promise<SoakFigures> {
  const { scratch, say } = options
  const began = performance.now()
  const [out, data] = [join(scratch, 'sent'), join(scratch, 'data')]
  for (const folder of [out, data]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const engine = await remoteEngine(data)
  const dice = randomFrom(`${options.seed} soak`)
  const deeds = new Deeds(engine)
  const nights: NightTaken[] = []
  const months: MonthTaken[] = []
  const broken: string[] = []
  let [events, last]: [Readonly<Record<string, number>>, LivedNight | null] = [{}, null]
  let compacted: SoakFigures['compacted'] = null
  const breaks = (day: string, faults: readonly string[]): void => {
    for (const fault of faults) {
      broken.push(`${day}: ${fault}`)
      say(`BROKEN ${day}: ${fault}`)
    }
  }
  try {
    for (const night of liveMonths({ ...options, out })) {
      if (nights.length >= options.mostNights || broken.length >= mostBroken || interruption.signal.aborted) break
      const { asOf, expected } = night
      const isFirstOfMonth = last !== null && last.asOf.slice(0, 7) !== asOf.slice(0, 7)
      if (last !== null && isFirstOfMonth) {
        breaks(last.asOf, await proveMonth(last.asOf))
        months.push({ month: last.asOf.slice(0, 7), sizes: await engine.sizes(true) })
        sayMonth(last.asOf.slice(0, 7))
      }
      const beforeFiles = performance.now()
      const rowsBefore = deeds.rows
      for (const deed of night.deeds) breaks(asOf, await deeds.follow(deed, asOf))
      const ingestSeconds = secondsSince(beforeFiles)
      const found = await engine.night(asOf)
      breaks(asOf, unexpected(expected, found))
      breaks(asOf, await engine.leftovers())
      const sizes = await engine.sizes(false)
      const taken = tell(night, found, sizes, { ingestSeconds, rows: deeds.rows - rowsBefore })
      nights.push(taken)
      if (options.log !== null) appendFileSync(options.log, `${JSON.stringify(taken)}\n`)
      ;[events, last] = [night.events, night]
    }
    if (last !== null && broken.length === 0) {
      breaks(last.asOf, await proveMonth(last.asOf))
      const before = await engine.sizes(true)
      months.push({ month: last.asOf.slice(0, 7), sizes: before })
      await engine.compact()
      compacted = { before, after: await engine.sizes(false) }
    }
  } finally {
    await engine.close()
  }
  return { nights, months, events, broken, compacted, seconds: secondsSince(began) }

  /** What is too dear for every night: the whole proof, twice is once, withdrawn and sent again is as before, findings lead to lines. */
  async function proveMonth(day: string): Promise<string[]> {
    const faults: string[] = []
    await engine.prove()
    faults.push(...(await engine.leftByChanges(day)), ...(await engine.brokenTrail()), ...(await engine.strayFindings(2)).map((finding) => `finding ${finding} leads to no line`))
    const before = await engine.digest()
    const again = dice.pick(deeds.taken)
    faults.push(...(await deeds.follow({ does: 'repeat', letter: again }, day)))
    await engine.rerun(day)
    if ((await engine.digest()).digest !== before.digest) faults.push(`${again.path} handed in twice changed something`)
    const kept = await engine.digestWithoutFiles()
    const gone = dice.pick(deeds.taken.filter(({ kind }) => ['disbursement', 'withdrawal', 'beneficiary_list'].includes(kind)).slice(-60))
    await deeds.withdraw(gone.path, day)
    const without = await engine.rerun(day)
    faults.push(...(await deeds.follow({ does: 'take again', letter: gone }, day)))
    await engine.rerun(day)
    const restored = await engine.digestWithoutFiles()
    for (const { table, digest } of restored.tables) if (kept.tables.find((each) => each.table === table)?.digest !== digest) faults.push(`${gone.path} withdrawn and sent again left a trace in ${table}`)
    if (isDeepStrictEqual(without.outcomes, []) && kept.tables.length > 0) faults.push('withdrawing one file left no outcome at all')
    return faults
  }

  function sayMonth(month: string): void {
    const own = nights.filter(({ as_of }) => as_of.startsWith(month))
    const sum = (of: (night: NightTaken) => number): string => own.reduce((total, night) => total + of(night), 0).toFixed(1)
    say(`${month}: ${own.length} nights, ${sum((night) => night.files)} files, ingest ${sum((night) => night.ingest_seconds)} s, nights ${sum((night) => night.night_seconds)} s, of it runs ${sum((night) => night.run_seconds)} s, database ${((own.at(-1)?.database_bytes ?? 0) / 1_048_576).toFixed(0)} MB, rss ${((own.at(-1)?.rss_bytes ?? 0) / 1_048_576).toFixed(0)} MB`)
  }
}

function tell({ asOf, deeds, expected }: LivedNight, { mode, touched, findings, seconds }: NightFound, sizes: Sizes, took: { readonly ingestSeconds: number; readonly rows: number }): NightTaken {
  return {
    as_of: asOf, mode, files: deeds.length, rows: took.rows, touched, expected_touched: expected.touched, findings: findings.reduce((sum, { count }) => sum + parseInt(count, 10), 0),
    ingest_seconds: took.ingestSeconds, night_seconds: seconds.night, run_seconds: seconds.run,
    database_bytes: sizes.databaseBytes, log_bytes: sizes.logBytes, rss_bytes: sizes.rssBytes, heap_bytes: sizes.heapBytes,
  }
}

function secondsSince(began: number): number {
  return Math.floor(performance.now() - began) / 1000
}
