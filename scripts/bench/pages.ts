/**
 * How long readers wait: the queue, cases, persons and dashboards, asked one after the other over HTTP by a reader of the
 * country, of a province and of a commune, on a data folder with a published run. Writes nothing but its three readers.
 */
import { openDatabase, type Database } from '../../src/db/index.ts'
import { systemClock } from '../../src/core/index.ts'
import { personAddresses, unitsOf } from '../../src/reports/index.ts'
import { layOutScopes, startSession } from '../../src/staff/index.ts'
import { serveFolder } from './served.ts'

/** One kind of page: how often it was asked, and how long it took, in milliseconds. */
export interface PageTimes {
  readonly page: string
  readonly requests: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
  /** Bytes of the longest answer, before compression. */
  readonly bytes: number
}

interface Options {
  readonly data: string
  readonly requests: number
  readonly say: (message: string) => void
}

/** Starts the server on the folder, asks each kind of page `requests` times, and gives the times. */
export async function pagesBench(options: Options): Promise<PageTimes[]> {
  const database = await openDatabase({ databaseUrl: null, dataDirectory: options.data, onProgress: options.say })
  try {
    const readers = await readersOf(database)
    return await withServer(options.data, async (origin) => {
      const times: PageTimes[] = []
      for (const reader of readers) {
        for (const [page, paths] of await addressesToAsk(database, options.requests, reader)) {
          if (paths.length === 0) continue
          times.push(await measured(`${reader.scope}: ${page}`, paths, options.requests, origin, reader.cookie))
          options.say(`${reader.scope}: ${page}: asked ${String(options.requests)} times`)
        }
      }
      return times
    })
  } finally {
    await database.close()
  }
}

/** A table of the times, in milliseconds. */
export function timesAsTable(times: readonly PageTimes[]): string {
  const rows = [['', 'requests', 'p50', 'p90', 'p99', 'max', 'kB'], ...times.map((one) => [one.page, String(one.requests), ...[one.p50, one.p90, one.p99, one.max].map((figure) => figure.toFixed(1)), (one.bytes / 1000).toFixed(0)])]
  const widths = [0, 1, 2, 3, 4, 5, 6].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n')
}

/** Somebody who reads: for the whole country, its province with most cases, or the commune with most. */
export interface BenchReader {
  readonly scope: 'country' | 'province' | 'commune'
  readonly unit: string | null
  /** Codes that lie in the unit; null: all. */
  readonly codes: readonly string[] | null
  readonly cookie: string
}

/** Makes the three readers anew, with a session each. */
export async function readersOf(database: Database): Promise<BenchReader[]> {
  const [published] = await database.query<{ as_of: string }>("select as_of from run where status = 'published' order by run_id desc limit 1")
  if (published === undefined) throw new Error('nothing is published in this folder')
  const units = await unitsOf(database, published.as_of)
  const [most] = await database.query<{ unit_code: string }>('select unit_code from case_record where unit_code is not null group by 1 order by count(*) desc, 1 limit 1')
  const commune = most?.unit_code ?? ''
  const readers: BenchReader[] = []
  for (const [scope, unit] of [['country', null], ['province', units.province(commune)], ['commune', commune]] as const) {
    const [made] = await database.query<{ staff_id: string }>(`
      insert into staff (user_name, display_name, roles, unit_code, is_totp_required, created_at) values ($1, $1, array['officer', 'payer'], $2, false, now())
      on conflict (user_name) do update set unit_code = excluded.unit_code, is_active = true returning staff_id`, [`bench-${scope}`, unit])
    const staffId = made?.staff_id ?? ''
    await layOutScopes(database, units, staffId)
    const { token } = await startSession(database, staffId, systemClock.now())
    readers.push({ scope, unit, codes: unit === null ? null : units.within(unit), cookie: `tantay_session=${token}` })
  }
  return readers
}

/** Pages that begin at random places, filters by random values that occur, cases and persons drawn at random among those of the reader. */
export async function addressesToAsk(database: Database, requests: number, { codes }: BenchReader): Promise<[string, string[]][]> {
  const drawn = (text: string): Promise<Record<string, string>[]> => database.query(text, [codes, requests])
  const own = '($1::text[] is null or unit_code = any ($1))'
  const places = await drawn(`select urgency || '~' || case_number as place from case_record where is_open and ${own} order by random() limit $2`)
  const cases = await drawn(`select finding_id, code, name_key, village from case_record where ${own} and name_key is not null order by random() limit $2`)
  const address = await personAddresses(database)
  const persons = async (text: string): Promise<string[]> => (await drawn(text)).flatMap(({ person_key: key }) => address.of(key ?? '') ?? []).map((place) => `/persons/${place}`)
  const query = (values: Readonly<Record<string, string | null | undefined>>): string =>
    `/queue?${new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string')).toString()}`
  return [
    ['first page', ['/']],
    ['queue', ['/queue']],
    ['queue, deep', places.map(({ place }) => query({ after: place }))],
    ['queue, backwards', places.map(({ place }) => query({ before: place }))],
    ['queue by code', cases.map(({ code }) => query({ code }))],
    ['queue by village', cases.map(({ village }) => query({ village }))],
    ['queue by name', cases.map(({ name_key: name }) => query({ q: name }))],
    ['queue, overdue and new', [query({ when: 'overdue', step: 'new' })]],
    ['a case', cases.map(({ finding_id: id }) => `/cases/${id ?? ''}`)],
    ['a person of whom much is told', await persons(`select person_key from (select distinct person_key from outcome where ${own}) o order by random() limit $2`)],
    ['a person in order', await persons(`
      select person_key from (select distinct person_key from entitlement_line ${codes === null ? await sampling(database) : ''} where ${own}) l
      where not exists (select from subject s where s.person_key = l.person_key) order by random() limit $2`)],
    ['dashboard', ['/dashboard']],
  ]
}

/** Of a large table some of its pages, so that drawing persons takes seconds. */
async function sampling(database: Database): Promise<string> {
  const [size] = await database.query<{ pages: number }>("select relpages as pages from pg_class where relname = 'entitlement_line' and relnamespace = 'public'::regnamespace")
  const pages = size?.pages ?? 0
  return pages > 5_000 ? `tablesample system (${String(100 * (2_000 / pages))})` : ''
}

async function measured(page: string, paths: readonly string[], requests: number, origin: string, cookie: string): Promise<PageTimes> {
  const milliseconds: number[] = []
  let bytes = 0
  // Plans and pages of the database are warm for the whole of a working day: a tenth does not count.
  const warmUp = Math.ceil(requests / 10)
  for (let number = -warmUp; number < requests; number += 1) {
    const path = paths[(number + warmUp) % paths.length] ?? ''
    const began = performance.now()
    const response = await fetch(origin + path, { headers: { cookie } })
    const text = await response.text()
    if (number >= 0) milliseconds.push(performance.now() - began)
    if (response.status !== 200) throw new Error(`${page}: ${path} answered ${String(response.status)}`)
    bytes = Math.max(bytes, Buffer.byteLength(text))
  }
  milliseconds.sort((first, second) => first - second)
  const at = (share: number): number => milliseconds[Math.min(milliseconds.length - 1, Math.ceil(milliseconds.length * share) - 1)] ?? NaN
  return { page, requests, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1), bytes }
}

async function withServer<T>(data: string, work: (origin: string) => Promise<T>): Promise<T> {
  const server = await serveFolder(data)
  try {
    return await work(server.origin)
  } finally {
    await server.end('SIGTERM')
  }
}
