/** Whether it stays as quick and as small as it was: the last months of a soak held against the first, at equal work. */
import { median } from '../measure.ts'
import type { MonthTaken, NightTaken, SoakFigures } from './soak.ts'

/** One month in figures. Seconds are medians of its nights that worked out only what changed; sums where so said. */
export interface MonthRow {
  readonly month: string
  readonly nights: number
  /** Nights that worked everybody out anew. */
  readonly full_nights: number
  readonly files: number
  readonly rows: number
  readonly touched_median: number
  readonly ingest_seconds_sum: number
  readonly increment_seconds: number | null
  readonly full_seconds: number | null
  readonly night_seconds: number
  readonly findings: number
  readonly database_megabytes: number
  readonly log_megabytes_sum: number
  readonly files_megabytes: number
  readonly rss_megabytes: number
  readonly heap_megabytes: number
}

/** What grows. */
export interface Slopes {
  /** Seconds of an increment, last third over first third of the nights, at equal numbers of touched people (geometric mean over bands of them). */
  readonly increment_ratio: number | null
  /** The same for ingest, by rows. */
  readonly ingest_ratio: number | null
  /** Bytes of the database for each new row, in the last third of the months and in the first. */
  readonly bytes_per_row: { readonly first: number; readonly last: number }
  /** Size over what it is when written anew; 1: no air at all. */
  readonly bloat: number | null
  /** Tables by how much air they hold, in megabytes: the largest first. */
  readonly air: readonly { readonly name: string; readonly before_megabytes: number; readonly after_megabytes: number }[]
  /** Resident and used memory of the engine, median of the last third over that of the first. */
  readonly rss_ratio: number
  readonly heap_ratio: number
}

const megabytes = (bytes: number): number => Math.round((bytes / 1_048_576) * 10) / 10
const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** The table of months. */
export function monthRows({ nights, months }: SoakFigures): MonthRow[] {
  return [...Map.groupBy(nights, ({ as_of }) => as_of.slice(0, 7))].map(([month, own]) => {
    const increments = own.filter(({ mode }) => mode === 'increment')
    const full = own.filter(({ mode }) => mode !== 'increment')
    const sum = (of: (night: NightTaken) => number): number => rounded(own.reduce((total, night) => total + of(night), 0))
    const [before, last] = [nights[nights.indexOf(own[0] as NightTaken) - 1], own.at(-1) as NightTaken]
    return {
      month, nights: own.length, full_nights: full.length, files: sum(({ files }) => files), rows: sum(({ rows }) => rows), touched_median: median(increments.map(({ touched }) => touched ?? 0)) || 0,
      ingest_seconds_sum: sum(({ ingest_seconds }) => ingest_seconds), increment_seconds: increments.length === 0 ? null : median(increments.map(({ run_seconds }) => run_seconds)), full_seconds: full.length === 0 ? null : median(full.map(({ run_seconds }) => run_seconds)),
      night_seconds: median(own.map(({ night_seconds }) => night_seconds)), findings: last.findings, database_megabytes: megabytes(last.database_bytes), log_megabytes_sum: megabytes(last.log_bytes - (before?.log_bytes ?? 0)),
      files_megabytes: megabytes(months.find((each) => each.month === month)?.sizes.filesBytes ?? 0), rss_megabytes: megabytes(median(own.map(({ rss_bytes }) => rss_bytes))), heap_megabytes: megabytes(median(own.map(({ heap_bytes }) => heap_bytes))),
    }
  })
}

/** The judgement over all nights. */
export function slopesOf({ nights, months, compacted }: SoakFigures): Slopes {
  const third = Math.max(1, Math.floor(nights.length / 3))
  const [first, last] = [nights.slice(0, third), nights.slice(-third)]
  const increments = (of: readonly NightTaken[]): NightTaken[] => of.filter(({ mode }) => mode === 'increment')
  const perRow = (of: readonly NightTaken[]): number => rounded(((of.at(-1)?.database_bytes ?? 0) - (of[0]?.database_bytes ?? 0)) / Math.max(1, of.slice(1).reduce((sum, { rows }) => sum + rows, 0)))
  const ratio = (of: (night: NightTaken) => number): number => rounded(median(last.map(of)) / median(first.map(of)))
  return {
    increment_ratio: ratioAtEqual(increments(first), increments(last), ({ touched }) => touched ?? 0, ({ run_seconds }) => run_seconds),
    ingest_ratio: ratioAtEqual(first, last, ({ rows }) => rows, ({ ingest_seconds }) => ingest_seconds),
    bytes_per_row: { first: perRow(first), last: perRow(last) },
    bloat: compacted === null ? null : rounded(compacted.before.databaseBytes / compacted.after.databaseBytes),
    air: compacted === null ? [] : airOf(compacted.before, compacted.after),
    rss_ratio: months.length === 0 ? 1 : ratio(({ rss_bytes }) => rss_bytes),
    heap_ratio: months.length === 0 ? 1 : ratio(({ heap_bytes }) => heap_bytes),
  }
}

/** Nights are compared in bands of about the same work, each twice as wide as the one before; bands count by their nights. */
function ratioAtEqual(first: readonly NightTaken[], last: readonly NightTaken[], work: (night: NightTaken) => number, seconds: (night: NightTaken) => number): number | null {
  const band = (night: NightTaken): number => Math.floor(Math.log2(work(night) + 1))
  let [sum, weight] = [0, 0]
  const later = Map.groupBy(last, band)
  for (const [key, own] of Map.groupBy(first, band)) {
    const others = later.get(key) ?? []
    const nights = Math.min(own.length, others.length)
    const [before, after] = [median(own.map(seconds)), others.length === 0 ? 0 : median(others.map(seconds))]
    if (nights < 3 || before <= 0 || after <= 0) continue
    sum += nights * Math.log(after / before)
    weight += nights
  }
  return weight === 0 ? null : rounded(Math.exp(sum / weight))
}

function airOf(before: MonthTaken['sizes'], after: MonthTaken['sizes']): Slopes['air'] {
  return before.tables
    .map(({ name, bytes }) => ({ name, before_megabytes: megabytes(bytes), after_megabytes: megabytes(after.tables.find((each) => each.name === name)?.bytes ?? 0) }))
    .sort((one, other) => other.before_megabytes - other.after_megabytes - (one.before_megabytes - one.after_megabytes))
    .slice(0, 10)
}
