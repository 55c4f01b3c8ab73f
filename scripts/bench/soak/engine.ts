/** The product as a soak uses it: files in, files withdrawn, nights, proofs; and how large and heavy it has become. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { stoppedClock } from '../../../src/core/index.ts'
import { followResult } from '../../../src/cases/index.ts'
import { followCorrections } from '../../../src/corrections/index.ts'
import { differingTables, stateDigest, type Database, type StateDigest } from '../../../src/db/index.ts'
import { ingestFile, rawLine, voidFile, type Receipt } from '../../../src/ingest/index.ts'
import { publishAlongside, runNight } from '../../../src/jobs/index.ts'
import { linkPersons } from '../../../src/linkage/index.ts'
import { run, verifyIncremental } from '../../../src/reconcile/index.ts'
import { bridge, findingTotals, outcomes } from '../../../src/reports/index.ts'
import { verifyTrail } from '../../../src/trail/index.ts'

const timeZone = 'Asia/Ho_Chi_Minh'
/** As the command does: more new lines of lists than these wait for `tantay link`. */
const mostLinesLinked = 50_000
/** What a file withdrawn and sent again must leave as it was: all results but those that name files and lines. */
const withoutFiles = ['outcome', 'bridge_cell', 'outcome_count', 'outcome_total', 'finding_count', 'finding_total', 'clean_count', 'clock_cell', 'clock_unit', 'access_count', 'entitlement_clock']

/** What a night published, in the words of what is expected of it. */
export interface NightFound {
  readonly mode: 'full' | 'increment'
  /** People worked out anew; null in a full run. */
  readonly touched: number | null
  readonly outcomes: readonly { readonly scheme: string; readonly benefit_period: string; readonly class: string; readonly count: number; readonly due: string; readonly credited: string }[]
  readonly unmatched: readonly { readonly scheme: string; readonly benefit_period: string; readonly amount: string }[]
  readonly findings: readonly { readonly code: string; readonly count: string; readonly amount_at_stake: string }[]
  /** The run until it was published; and all of the night, with the comparison of people and the proof of a part. */
  readonly seconds: { readonly run: number; readonly night: number }
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

  /** The night of a day as the schedule goes through it, its proof of a part included; throws when it does not publish. */
  async night(asOf: string): Promise<NightFound> {
    const began = performance.now()
    const { end, failure } = await runNight({ database: this.database, clock: stoppedClock(`${asOf}T14:00:00Z`), dataDirectory: this.dataDirectory, timeZone }, asOf)
    if (end !== 'published') throw new Error(`the night of ${asOf} ${end}: ${JSON.stringify(failure)}`)
    return this.published(performance.now() - began)
  }

  /** One more run for a day whose night is over. */
  async rerun(asOf: string): Promise<NightFound> {
    const began = performance.now()
    await linkPersons(this.database, { mostLines: mostLinesLinked })
    await run(this.database, { asOf, timeZone, clock: stoppedClock(`${asOf}T14:00:00Z`), alongside: publishAlongside })
    return this.published(performance.now() - began)
  }

  private async published(milliseconds: number): Promise<NightFound> {
    const [last] = await this.database.query<{ mode: NightFound['mode']; touched_count: string | null; seconds: string }>("select mode, touched_count, seconds from run where status = 'published' order by run_id desc limit 1")
    const cells = (await bridge(this.database)) as readonly { readonly scheme: string | null; readonly benefit_period: string | null; readonly unmatched: string }[]
    return {
      mode: last?.mode ?? 'full',
      touched: last?.touched_count === undefined || last.touched_count === null ? null : parseInt(last.touched_count, 10),
      outcomes: (await outcomes(this.database)).map(({ scheme, benefit_period, class: outcomeClass, count, due, credited }) => ({ scheme, benefit_period, class: outcomeClass, count: parseInt(count, 10), due, credited })),
      unmatched: cells.filter(({ unmatched }) => unmatched !== '0').map(({ scheme, benefit_period: period, unmatched }) => ({ scheme: scheme ?? '', benefit_period: period ?? '', amount: unmatched })),
      findings: (await findingTotals(this.database)).map(({ code, count, amount_at_stake }) => ({ code, count: `${count}`, amount_at_stake })),
      seconds: { run: parseFloat(last?.seconds ?? '0'), night: Math.floor(milliseconds) / 1000 },
    }
  }

  /** Proves all of the published result; gives seconds. */
  async prove(): Promise<number> {
    return (await verifyIncremental(this.database, { timeZone })).seconds
  }

  /** Walks the chain of the trail; gives what is wrong with it. */
  async brokenTrail(): Promise<string[]> {
    const { fault } = await this.database.transaction(async (transaction) => {
      await transaction.query('set transaction isolation level repeatable read')
      return verifyTrail(transaction, { outside: null })
    })
    return fault === null ? [] : [`the trail is not whole: ${fault.detail}`]
  }

  /** Corrections and cases follow the published result from all of its findings, in a transaction that is rolled back; gives the tables that then say something else than the runs left by their changes. */
  async leftByChanges(asOf: string): Promise<string[]> {
    const of = { tables: ['correction_candidate', 'case_record', 'case_event', 'case_tally'] }
    const rollBack = new Error('nothing is to change')
    let differing: string[] = []
    await this.database.transaction(async (transaction) => {
      const before = await stateDigest(transaction, { of })
      await followCorrections(transaction, { asOf, since: null })
      await followResult(transaction, { runId: '0', asOf, at: `${asOf}T14:00:00Z` })
      differing = differingTables(before, await stateDigest(transaction, { of }))
      throw rollBack
    }).catch((error: unknown) => {
      if (error !== rollBack) throw error
    })
    return differing.map((table) => `${table} is not what all findings together give`)
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
