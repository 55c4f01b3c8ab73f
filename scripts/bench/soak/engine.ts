/** The product as a soak uses it: files in, files withdrawn, nights, proofs; and how large and heavy it has become. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { stoppedClock } from '../../../src/core/index.ts'
import { stateDigest, type Database, type StateDigest } from '../../../src/db/index.ts'
import { ingestFile, rawLine, voidFile, type Receipt } from '../../../src/ingest/index.ts'
import { publishAlongside } from '../../../src/jobs/index.ts'
import { linkPersons } from '../../../src/linkage/index.ts'
import { run, verifyIncremental, type PublishedRun } from '../../../src/reconcile/index.ts'
import { bridge, findingTotals, outcomes } from '../../../src/reports/index.ts'

const timeZone = 'Asia/Ho_Chi_Minh'
/** As the command does: more new lines of lists than these wait for `tantay link`. */
const mostLinesLinked = 50_000
/** What a file withdrawn and sent again must leave as it was: all results but those that name files and lines. */
const withoutFiles = ['outcome', 'bridge_cell', 'outcome_count', 'outcome_total', 'finding_count', 'finding_total', 'clean_count', 'clock_cell', 'clock_unit', 'access_count', 'entitlement_clock']

/** What a night published, in the words of what is expected of it. */
export interface NightFound {
  readonly run: Omit<PublishedRun, 'step_seconds'>
  readonly touched: number | null
  readonly outcomes: readonly { readonly scheme: string; readonly benefit_period: string; readonly class: string; readonly count: number; readonly due: string; readonly credited: string }[]
  readonly unmatched: readonly { readonly scheme: string; readonly benefit_period: string; readonly amount: string }[]
  readonly findings: readonly { readonly code: string; readonly count: string; readonly amount_at_stake: string }[]
  readonly seconds: { readonly linkage: number; readonly run: number }
}

/** How large everything is. */
export interface Sizes {
  readonly databaseBytes: number
  readonly tables: readonly { readonly name: string; readonly bytes: number; readonly isUnlogged: boolean }[]
  /** Written ahead since the server was set up, in bytes. */
  readonly logBytes: number
  readonly rssBytes: number
  readonly heapBytes: number
  readonly filesBytes: number
}

/** One installation under a soak. */
export class Engine {
  private readonly database: Database
  private readonly dataDirectory: string
  private relations: string | null = null

  constructor(database: Database, dataDirectory: string) {
    this.database = database
    this.dataDirectory = dataDirectory
  }

  /** Takes a file in, as if on the afternoon of `day`. */
  async take(path: string, day: string, source = ''): Promise<Omit<Receipt, 'problems' | 'parts'> & { readonly firstProblem: string | null }> {
    const { problems, parts: _, ...receipt } = await ingestFile(this.database, { path, ...(source !== '' && { source }) }, { clock: stoppedClock(`${day}T09:00:00Z`), dataDirectory: this.dataDirectory })
    return { ...receipt, firstProblem: problems[0] === undefined ? null : JSON.stringify(problems[0]) }
  }

  async withdraw(fileId: string, day: string): Promise<void> {
    await voidFile(this.database, fileId, 'sent by mistake', stoppedClock(`${day}T09:30:00Z`))
  }

  /** The night of a day, as the command and the schedule run it. */
  async night(asOf: string, isFull = false): Promise<NightFound> {
    const linkage = await linkPersons(this.database, { mostLines: mostLinesLinked })
    const began = performance.now()
    const { step_seconds: _, ...published } = await run(this.database, { asOf, timeZone, clock: stoppedClock(`${asOf}T14:00:00Z`), isFull, alongside: publishAlongside })
    const seconds = { linkage: linkage.seconds, run: Math.floor(performance.now() - began) / 1000 }
    const [touched] = await this.database.query<{ touched_count: string | null }>('select touched_count from run where run_id = $1', [published.run_id])
    const cells = (await bridge(this.database)) as readonly { readonly scheme: string | null; readonly benefit_period: string | null; readonly unmatched: string }[]
    return {
      run: published,
      touched: touched?.touched_count == null ? null : parseInt(touched.touched_count, 10),
      outcomes: (await outcomes(this.database)).map(({ scheme, benefit_period, class: outcomeClass, count, due, credited }) => ({ scheme, benefit_period, class: outcomeClass, count: parseInt(String(count), 10), due, credited })),
      unmatched: cells.filter(({ unmatched }) => unmatched !== '0').map(({ scheme, benefit_period: period, unmatched }) => ({ scheme: scheme ?? '', benefit_period: period ?? '', amount: unmatched })),
      findings: (await findingTotals(this.database)).map(({ code, count, amount_at_stake }) => ({ code, count: String(count), amount_at_stake })),
      seconds,
    }
  }

  /** Proves the published result: of one part of the units, or (null) of everybody; gives seconds. */
  async prove(part: number | null): Promise<number> {
    return (await verifyIncremental(this.database, { timeZone, ...(part !== null && { part }) })).seconds
  }

  digest(): Promise<StateDigest> {
    return stateDigest(this.database, { of: ['facts', 'linkage', 'results', 'work'] })
  }

  digestWithoutFiles(): Promise<StateDigest> {
    return stateDigest(this.database, { of: { tables: withoutFiles } })
  }

  /** Follows some findings of each code to their lines; gives those that lead nowhere. */
  async strayFindings(each: number): Promise<string[]> {
    const rows = await this.database.query<{ finding_id: string; code: string; file_id: string | null; line: string | null }>(`
      select finding_id, code, r ->> 'file_id' as file_id, r ->> 'line' as line
      from (select finding_id, code, source_rows, row_number() over (partition by code order by finding_id) as place from finding) f left join lateral jsonb_array_elements(f.source_rows) r on true
      where place <= $1`, [each])
    const stray: string[] = []
    for (const { finding_id: id, code, file_id: fileId, line } of rows) if (fileId === null || line === null || (fileId !== '0' && (await rawLine(this.database, this.dataDirectory, fileId, line)) === null)) stray.push(`${code} ${id}`)
    return stray
  }

  /** What must not be left when a night is over: locks, and tables that were not there on the first night. */
  async leftovers(): Promise<string[]> {
    const locks = await this.database.query<{ what: string }>("select 'lock ' || locktype || ' of ' || pid as what from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())")
    const open = await this.database.query<{ what: string }>("select 'transaction of ' || pid as what from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'")
    const relations = await this.database.query<{ name: string }>("select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1")
    const names = relations.map(({ name }) => name).join('\n')
    const before = (this.relations ??= names)
    return [...locks.map(({ what }) => what), ...open.map(({ what }) => what), ...(names === before ? [] : names.split('\n').filter((name) => !before.split('\n').includes(name)).map((name) => `table ${name}`))]
  }

  async sizes(isWithFiles: boolean): Promise<Sizes> {
    const [database] = await this.database.query<{ bytes: string; log: string }>("select pg_database_size(current_database()) as bytes, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as log")
    const tables = await this.database.query<{ name: string; bytes: string; unlogged: boolean }>("select n.nspname || '.' || c.relname as name, pg_total_relation_size(c.oid) as bytes, c.relpersistence = 'u' as unlogged from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm') and n.nspname not in ('information_schema') order by 2 desc limit 400")
    const { rss, heapUsed } = process.memoryUsage()
    return {
      databaseBytes: parseInt(database?.bytes ?? '0', 10),
      logBytes: parseInt(database?.log ?? '0', 10),
      tables: tables.map(({ name, bytes, unlogged }) => ({ name, bytes: parseInt(bytes, 10), isUnlogged: unlogged })),
      rssBytes: rss,
      heapBytes: heapUsed,
      filesBytes: isWithFiles ? folderBytes(join(this.dataDirectory, 'files')) : 0,
    }
  }

  /** What each table comes to when it is written anew: the rest is air. Locks every table; for the end. */
  async compact(): Promise<void> {
    await this.database.query('vacuum full')
  }
}

function folderBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => sum + (entry.isFile() ? statSync(join(folder, entry.name)).size : 0), 0)
}
