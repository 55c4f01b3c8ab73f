/** What every command needs: settings, clock, an open and current database, and the two streams (stdout is data, stderr is for people). */
import { loadConfig, type Config } from '../config.ts'
import { systemClock, type Clock } from '../core/index.ts'
import { asEngine, openDatabase, requireCurrentSchema, type Database } from '../db/index.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly data?: string
  readonly json?: boolean
}

/** One command at work. */
export interface Context {
  readonly config: Config
  readonly clock: Clock
  /** Through the login of every day, which changes no fact and no entry of the trail (D175). */
  readonly database: Database
  /** The owner's: for retention and restoring alone. */
  readonly owner: Database
  readonly isJson: boolean
}

/** The time zone in which days end; Vietnam's, until there is a second country pack. */
export const timeZone = 'Asia/Ho_Chi_Minh'

/** The settings as the environment and the command line have them. */
export function configOf({ data }: GlobalOptions): Config {
  return loadConfig(data === undefined ? {} : { dataDirectory: data })
}

/** A line for people, on stderr. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`)
}

/** One JSON object, on one line of stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/**
 * Opens the database, brings an embedded or empty one to the current schema, runs `work`, and closes whatever happens.
 */
export async function withDatabase<T>(options: GlobalOptions, work: (context: Context) => Promise<T>): Promise<T> {
  const config = configOf(options)
  const owner = await openDatabase({ databaseUrl: config.databaseUrl, dataDirectory: config.dataDirectory, onProgress: say })
  let database = owner
  try {
    await requireCurrentSchema(owner, systemClock.now(), config.databaseUrl !== null)
    database = await asEngine(owner, { engineUrl: config.engineDatabaseUrl, onOwner: say })
    return await work({ config, clock: systemClock, database, owner, isJson: options.json === true })
  } finally {
    await database.close()
  }
}

/** Rows as aligned columns for people; columns of digits to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => cell.length)))
  const isNumeric = header.map((_, column) => rows.length > 0 && rows.every((row) => /^[-\d,.]*$/.test(row[column] ?? '')))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (isNumeric[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()
  return [line(header), ...rows.map(line)].join('\n')
}

/** `1350000` as `1,350,000`: digits grouped, never through a JavaScript number. */
export function grouped(digits: string): string {
  return digits.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','))
}
