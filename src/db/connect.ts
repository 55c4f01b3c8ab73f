/** Connections to PostgreSQL: your own by DATABASE_URL, else the embedded one; with types as text, so that nothing is lost. */
import { finished } from 'node:stream/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { from as copyFromStream } from 'pg-copy-streams'
import QueryStream from 'pg-query-stream'
import type { Readable, Writable } from 'node:stream'
import { Refusal } from '../core/index.ts'
import { startEmbedded } from './embedded.ts'
import { quieten } from './quiet.ts'
import { bindParameters, refuseUnused, type SqlFile, type SqlValue } from './sql-file.ts'
import type { DB } from './tables.ts'

/** A row as it comes back: numeric, bigint, date and timestamptz are text, timestamptz as `2026-03-05T02:00:00Z`. */
export type Row = Record<string, unknown>

/** What one statement of a file did. */
export interface StatementResult<R = Row> {
  readonly rows: R[]
  /** Rows returned, inserted, updated or deleted; null for statements that count none. */
  readonly rowCount: number | null
}

/** Whatever SQL can be sent to: the pool of connections, or the one connection of a transaction. */
export interface Session {
  /** The rows of one statement with `$1…$n`. */
  query<R extends object = Row>(text: string, values?: readonly unknown[]): Promise<R[]>
  /** Runs the statements of a file one by one; every value given must be used, every variable must have a value. */
  run<R extends object = Row>(file: SqlFile, values?: Readonly<Record<string, SqlValue>>): Promise<StatementResult<R>[]>
  /** The query builder on the same connection. */
  readonly kysely: Kysely<DB>
}

/** One connection kept for a piece of work: what is set or locked on it holds until the work ends. */
export interface Connection extends Session {
  /** Runs `work` on this connection and commits, or rolls everything back when it throws. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
}

/** One connection, inside one transaction. */
export interface Transaction extends Session {
  /** Streams bytes into `copy … from stdin`; resolves with the number of rows when the source has ended. */
  copyFrom(sql: string, source: Readable | ((into: Writable) => Promise<void>)): Promise<number>
  /** Rows as they come, without holding them all; the connection is busy until the last one is read. */
  stream<R extends object = Row>(text: string, values?: readonly unknown[]): AsyncIterable<R>
  /** The rows of a file of one statement as they come, with its values as for `run`. */
  streamFile<R extends object = Row>(file: SqlFile, values?: Readonly<Record<string, SqlValue>>): AsyncIterable<R>
}

/** An open database. */
export interface Database extends Session {
  readonly pool: pg.Pool
  /** Where it is, without the password: for messages. */
  readonly description: string
  /** Runs `work` on one connection and commits, or rolls everything back when it throws. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Gives `work` one connection of its own; settings and locks taken there end with it. */
  onConnection<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Ends the connections, and the embedded server if this was its last user. */
  close(): Promise<void>
}

export interface OpenOptions {
  /** Your own server; null or absent means the embedded one. */
  readonly databaseUrl?: string | null
  /** The folder of the embedded one. */
  readonly dataDirectory: string
  readonly onProgress?: (message: string) => void
  /** How many connections at most; each may use the machine fully in a nightly run. */
  readonly connections?: number
}

/**
 * An open database, checked with one query.
 *
 * @throws Refusal `database_unreachable` (try again), or what `startEmbedded` throws
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  if (options.databaseUrl) return connect(options.databaseUrl, options.connections)
  const embedded = await startEmbedded(options)
  try {
    return await connect(embedded.databaseUrl, options.connections, () => embedded.close())
  } catch (error) {
    await embedded.close()
    throw error
  }
}

// A machine that vanishes says nothing: without asking, its locks would stay for the two hours that systems usually wait.
const settings = '-c timezone=UTC -c datestyle=ISO -c tcp_keepalives_idle=60 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=6'

/** Connects to a URL; `onClosed` runs after the last connection has ended. */
export async function connect(databaseUrl: string, connections = 10, onClosed?: () => Promise<void>): Promise<Database> {
  // Two at least: a migration holds its lock on one and works on the other.
  const pool = quieten(new pg.Pool({ connectionString: databaseUrl, max: Math.max(connections, 2), types, options: settings, application_name: 'tantay', keepAlive: true, keepAliveInitialDelayMillis: 30_000 }))
  // An idle connection that the server drops is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  const description = describe(databaseUrl)
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    const reason = (error as Error).message || ((error as NodeJS.ErrnoException).code ?? 'no answer')
    throw new Refusal('tryAgain', 'database_unreachable', `the database ${description} cannot be reached: ${reason}. Is it running, and is DATABASE_URL right?`)
  }
  let isClosed = false
  return {
    ...session(pool),
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    pool,
    description,
    transaction: (work) => onClient(pool, (client, onBroken) => inTransaction(client, onBroken, work)),
    onConnection: (work) => onConnection(pool, work),
    close: async () => {
      if (isClosed) return
      isClosed = true
      await pool.end()
      await onClosed?.()
    },
  }
}

/** Takes a connection from the pool for `work`; one that was cut meanwhile is not given back. */
async function onClient<T>(pool: pg.Pool, work: (client: pg.PoolClient, onBroken: (error: Error) => void) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // A connection cut between two statements tells so here, and the next statement fails; unheard it would end the process.
  const onCut = (error: Error): void => void (broken = error)
  client.on('error', onCut)
  try {
    return await work(client, onCut)
  } finally {
    client.off('error', onCut)
    client.release(broken)
  }
}

function onConnection<T>(pool: pg.Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  return onClient(pool, async (client, onBroken) => {
    try {
      return await work({ ...session(client), kysely: kyselyOn(client), transaction: (inner) => inTransaction(client, onBroken, inner) })
    } finally {
      await client.query('select pg_advisory_unlock_all()').then(() => client.query('reset all')).catch((failure: unknown) => { onBroken(failure as Error) })
    }
  })
}

async function inTransaction<T>(client: pg.PoolClient, onBroken: (error: Error) => void, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  let isCommitting = false
  try {
    await client.query('begin')
    const result = await work({
      ...session(client),
      kysely: kyselyOn(client),
      copyFrom: (sql, source) => copyFrom(client, sql, source),
      stream: <R extends object>(text: string, values: readonly unknown[] = []) => streamRows<R>(client, text, values),
      streamFile: <R extends object>(file: SqlFile, values: Readonly<Record<string, SqlValue>> = {}) => {
        refuseUnused(file, values)
        const [statement, more] = file.statements
        if (statement === undefined || more !== undefined) throw new Error(`${file.name}: one statement is streamed, not ${file.statements.length}`)
        return streamRows<R>(client, statement.text, bindParameters(file, statement, values))
      },
    })
    isCommitting = true
    await client.query('commit')
    return result
  } catch (error) {
    if (isCommitting && isDatabaseAway(error as Error)) inDoubt.add(error as Error)
    await client.query('rollback').catch((failure: unknown) => { onBroken(failure as Error) })
    throw error
  }
}

const inDoubt = new WeakSet<Error>()

/** Whether the connection was lost after COMMIT had been sent and before its answer came: it may or may not have been done. */
export function isCommitInDoubt(error: unknown): boolean {
  return error instanceof Error && inDoubt.has(error)
}

/** Rows as they come. A connection that is lost never says that the cursor is closed: whoever waited for that would wait for ever. */
async function* streamRows<R extends object>(client: pg.PoolClient, text: string, values: readonly unknown[]): AsyncGenerator<R, void, undefined> {
  const stream = client.query(new QueryStream(text, [...values], { types }))
  const rows = stream[Symbol.asyncIterator]() as AsyncIterator<R>
  const lost = Promise.withResolvers<never>()
  const isOver = lost.promise.catch(() => undefined)
  client.on('error', lost.reject)
  // Whoever reads is told by the next row; later than that nobody listens, and an error unheard would end the process.
  stream.on('error', () => undefined)
  try {
    for (;;) {
      const next = await Promise.race([rows.next(), lost.promise])
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await Promise.race([rows.return?.(), isOver])
    client.off('error', lost.reject)
  }
}

function session(client: pg.Pool | pg.PoolClient): Omit<Session, 'kysely'> {
  return {
    query: async <R extends object>(text: string, values: readonly unknown[] = []) => (await client.query<R>(text, [...values])).rows,
    run: async <R extends object>(file: SqlFile, values: Readonly<Record<string, SqlValue>> = {}) => {
      refuseUnused(file, values)
      const results: StatementResult<R>[] = []
      for (const statement of file.statements) {
        try {
          const { rows, rowCount } = await client.query<R>(statement.text, bindParameters(file, statement, values))
          results.push({ rows, rowCount })
        } catch (error) {
          throw Object.assign(error as Error, { message: `${file.name}:${statement.line}: ${(error as Error).message}` })
        }
      }
      return results
    },
  }
}

/** The query builder on one connection: it believes in a pool, and is given one that always hands out this client. */
function kyselyOn(client: pg.PoolClient): Kysely<DB> {
  const only = { query: client.query.bind(client), release: () => undefined } as unknown as pg.PoolClient
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: { connect: () => Promise.resolve(only), end: () => Promise.resolve(), options: {} } }) })
}

async function copyFrom(client: pg.PoolClient, sql: string, source: Readable | ((into: Writable) => Promise<void>)): Promise<number> {
  const into = client.query(copyFromStream(sql))
  try {
    if (typeof source === 'function') {
      await Promise.race([source(into), finished(into)])
      into.end()
    } else {
      source.once('error', (error) => into.destroy(error))
      source.pipe(into)
    }
    await finished(into)
  } catch (error) {
    into.destroy(error as Error)
    throw error
  }
  return into.rowCount
}

function describe(databaseUrl: string): string {
  try {
    const { hostname, port, pathname } = new URL(databaseUrl)
    return `${pathname.slice(1)} on ${hostname || 'the local socket'}${port && ':' + port}`
  } catch {
    return 'in DATABASE_URL'
  }
}

const asText = (value: string): string => value

/** `2026-03-05 02:00:00.5+00` → `2026-03-05T02:00:00.5Z`, the form that core/dates.ts writes; connections are in UTC. */
function instantAsText(value: string): string {
  return value.endsWith('+00') ? `${value.slice(0, 10)}T${value.slice(11, -3)}Z` : value
}

const scalarParsers = new Map<number, (value: string) => unknown>([
  [pg.types.builtins.INT8, asText],
  [pg.types.builtins.NUMERIC, asText],
  [pg.types.builtins.DATE, asText],
  [pg.types.builtins.TIMESTAMP, asText],
  [pg.types.builtins.TIMESTAMPTZ, instantAsText],
  [pg.types.builtins.INTERVAL, asText],
])

// node-postgres reads numeric[] and int8[] as JavaScript numbers or Dates; text[] (1009) is read element by element.
const textArray = pg.types.getTypeParser(1009 as never) as (value: string) => (string | null)[]
const arrayParsers = new Map<number, (value: string) => unknown>([
  [1016, textArray],
  [1231, textArray],
  [1182, textArray],
  [1115, textArray],
  [1185, (value) => textArray(value).map((element) => (element === null ? null : instantAsText(element)))],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => scalarParsers.get(oid) ?? arrayParsers.get(oid) ?? (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
}

/** The database was stopped, restarted or lost: a moment later the same request works, and whoever asks is told so. What broke off without a code is known by its words, which follow the place in our file (`run`). */
export function isDatabaseAway(error: Error): boolean {
  const { code, message } = error as Error & { readonly code?: unknown }
  return /^(?:57P0[123]|08\w{3}|53300|ECONNREFUSED|ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|outcome_unknown)$/.test(String(code)) || /^(?:[\w/.-]+\.sql:\d+: )?(?:Connection terminated|Client has encountered a connection error)/.test(message)
}
