/**
 * How long readers wait: the list of findings and the pages of persons, asked one after the other over HTTP, on a data
 * folder with a published run. Reads only.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { AddressInfo } from 'node:net'
import { openDatabase, type Database } from '../../src/db/index.ts'
import { personAddresses } from '../../src/reports/index.ts'
import { command } from './product.ts'

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
    const asked = await addressesToAsk(database, options.requests)
    return await withServer(options.data, async (origin) => {
      const times: PageTimes[] = []
      for (const [page, paths] of asked) {
        if (paths.length === 0) continue
        times.push(await measured(page, paths, options.requests, origin))
        options.say(`${page}: asked ${String(options.requests)} times`)
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

/** Pages that begin at random places, filters by random values that occur, and persons drawn at random; deep pages by places in the middle of the order. */
async function addressesToAsk(database: Database, requests: number): Promise<[string, string[]][]> {
  const [published] = await database.query<{ run_id: string }>("select run_id from run where status = 'published' order by run_id desc limit 1")
  if (published === undefined) throw new Error('nothing is published in this folder')
  const drawn = (text: string): Promise<Record<string, string>[]> => database.query(text, [requests])
  const places = await drawn("select severity_rank || '~' || amount_at_stake || '~' || finding_id || '~1000~0' as place from finding order by random() limit $1")
  const cells = await drawn(`select c.code, t.actor, s.scheme, to_char(c.benefit_period, 'FM0000"-"00') as period, c.unit_code as unit from finding_count c join finding_type t using (code) left join scheme_code s using (scheme_id) order by random() limit $1`)
  const codes = await database.query<{ code: string; place: string }>("select distinct on (code) code, severity_rank || '~' || amount_at_stake || '~' || finding_id || '~1000~0' as place from finding order by code, md5(finding_id)")
  const findings = await drawn('select finding_id from finding order by random() limit $1')
  const address = await personAddresses(database)
  const persons = async (text: string): Promise<string[]> => (await drawn(text)).flatMap(({ person_key: key }) => address.of(key ?? '') ?? []).map((place) => `/persons/${place}`)
  const query = (values: Readonly<Record<string, string | null | undefined>>): string =>
    `/findings?${new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string')).toString()}`
  return [
    ['first page', ['/']],
    ['list', ['/findings']],
    ['list, deep', places.map(({ place }) => query({ after: place }))],
    ['list, backwards', places.map(({ place }) => query({ before: place }))],
    ['list by code', cells.map(({ code }) => query({ code }))],
    ['list by code, deep', codes.map(({ code, place }) => query({ code, after: place }))],
    ['list by unit', cells.map(({ unit }) => query({ unit }))],
    ['list by who acts', cells.map(({ actor }) => query({ actor: actor?.split('/')[0] }))],
    ['list by scheme and month', cells.map(({ scheme, period }) => query({ scheme, period }))],
    ['list by all', cells.map(({ code, scheme, period, unit }) => query({ code, scheme, period, unit }))],
    ['a finding', findings.map(({ finding_id: id }) => `/findings/${id ?? ''}`)],
    ['a person of whom much is told', await persons('select person_key from (select distinct person_key from outcome) o order by random() limit $1')],
    ['a person in order', await persons(`
      select person_key from (select distinct person_key from entitlement_line ${await sampling(database)}) l
      where not exists (select from subject s where s.person_key = l.person_key) order by random() limit $1`)],
  ]
}

/** Of a large table some of its pages, so that drawing persons takes seconds. */
async function sampling(database: Database): Promise<string> {
  const [size] = await database.query<{ pages: number }>("select relpages as pages from pg_class where relname = 'entitlement_line' and relnamespace = 'public'::regnamespace")
  const pages = size?.pages ?? 0
  return pages > 5_000 ? `tablesample system (${String(100 * (2_000 / pages))})` : ''
}

async function measured(page: string, paths: readonly string[], requests: number, origin: string): Promise<PageTimes> {
  const milliseconds: number[] = []
  let bytes = 0
  // Plans and pages of the database are warm for the whole of a working day: a tenth does not count.
  const warmUp = Math.ceil(requests / 10)
  for (let number = -warmUp; number < requests; number += 1) {
    const path = paths[(number + warmUp) % paths.length] ?? ''
    const began = performance.now()
    const response = await fetch(origin + path)
    const text = await response.text()
    if (number >= 0) milliseconds.push(performance.now() - began)
    if (response.status !== 200) throw new Error(`${page}: ${path} answered ${String(response.status)}`)
    bytes = Math.max(bytes, Buffer.byteLength(text))
  }
  milliseconds.sort((first, second) => first - second)
  const at = (share: number): number => milliseconds[Math.min(milliseconds.length - 1, Math.ceil(milliseconds.length * share) - 1)] ?? NaN
  return { page, requests, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1), bytes }
}

/** The product's own server, in a process of its own, as people run it. */
async function withServer<T>(data: string, work: (origin: string) => Promise<T>): Promise<T> {
  const port = await freePort()
  const server = spawn('env', ['-u', 'DATABASE_URL', 'HOST=127.0.0.1', `PORT=${String(port)}`, command, 'serve', '--data', data], { stdio: ['ignore', 'ignore', 'inherit'] })
  // Ended by a signal it has no exit code.
  const hasEnded = (): boolean => server.exitCode !== null || server.signalCode !== null
  const origin = `http://127.0.0.1:${String(port)}`
  try {
    for (let tries = 0; ; tries += 1) {
      const isUp = await fetch(`${origin}/healthz`).then((response) => response.ok, () => false)
      if (isUp) break
      if (hasEnded() || tries > 600) throw new Error('the server does not start')
      await wait(100)
    }
    return await work(origin)
  } finally {
    if (!hasEnded()) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
