/** What is wrong with this installation: each check with what was found and what to do. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Refusal } from '../core/index.ts'
import { connect, type Database } from './connect.ts'
import { embeddedServerProcess, startEmbedded } from './embedded.ts'
import { programsFolder } from './embedded-place.ts'
import { freeBytes, inspectMachine } from './embedded-settings.ts'
import { migrationState } from './migrate.ts'

/** One check of the installation. */
export interface Diagnosis {
  /** What was looked at, stable for programs: `node`, `data_folder`, `database`, … */
  readonly check: string
  /** `warning`: it works, but not as it should in earnest. */
  readonly state: 'ok' | 'warning' | 'wrong'
  /** What was found, in words. */
  readonly found: string
  /** What to do; null when nothing is to be done. */
  readonly remedy: string | null
}

export interface DoctorOptions {
  readonly databaseUrl?: string | null
  readonly dataDirectory: string
  readonly onProgress?: (message: string) => void
  /** What else is looked at in a database whose schema is there; after all else. */
  readonly further?: (database: Database) => Promise<readonly Diagnosis[]>
}

const gigabyte = 1024 ** 3
const oldestPostgres = 150_000

/** All checks, in an order in which the first that is wrong is the one to mend. Starts the embedded database if it has to. */
export async function diagnose(options: DoctorOptions): Promise<Diagnosis[]> {
  const machine = [checkNode(process.versions.node), checkDataFolder(options.dataDirectory), checkDisk(options.dataDirectory)]
  if (!options.databaseUrl) machine.push(checkPrograms())
  const reached = await reach(options)
  if ('diagnosis' in reached) return [...machine, reached.diagnosis]
  try {
    const found = [...machine, ...(await checkDatabase(reached.database, options))]
    const isUsable = found.some(({ check, state }) => check === 'schema' && state === 'ok')
    return [...found, ...(isUsable && options.further !== undefined ? await options.further(reached.database) : [])]
  } finally {
    await reached.close()
  }
}

/** Node runs TypeScript by itself from 22.18 on; 23 is past its end of life. */
export function checkNode(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split('.').map((part) => parseInt(part, 10))
  const isFit = (major === 22 && minor >= 18) || major >= 24
  return isFit ? ok('node', `Node.js ${version}`) : wrong('node', `Node.js ${version} is too old`, 'Start with ./scripts/tantay, which brings a newer one, or install Node.js 24.')
}

/** The folder of the embedded database and of received files can be written. */
export function checkDataFolder(dataDirectory: string): Diagnosis {
  const folder = existing(dataDirectory)
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch {
    return wrong('data_folder', `${folder} cannot be written by this user`, 'Choose another folder with --data or TANTAY_DATA, or give this user the right to write there.')
  }
  if (!statSync(folder).isDirectory()) return wrong('data_folder', `${folder} is not a folder`, 'Choose another folder with --data or TANTAY_DATA.')
  return ok('data_folder', dataDirectory)
}

/** A province's month with its working tables takes some gigabytes. */
export function checkDisk(dataDirectory: string, free: number = freeBytes(existing(dataDirectory))): Diagnosis {
  const found = `${Math.floor((free / gigabyte) * 10) / 10} GB free beside ${dataDirectory}`
  if (free < gigabyte) return wrong('free_disk', found, 'Make room, or choose a folder on another disk with --data.')
  return free < 10 * gigabyte ? warning('free_disk', found, 'Enough for a commune; a province wants 10 GB, a country of 10 million 100 GB.') : ok('free_disk', found)
}

function checkPrograms(): Diagnosis {
  try {
    return ok('programs', `the embedded PostgreSQL is at hand (${programsFolder().version})`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return wrong('programs', error.message, 'Run "npm ci", or set DATABASE_URL.')
  }
}

type Reached = { readonly database: Database; readonly close: () => Promise<void> } | { readonly diagnosis: Diagnosis }

async function reach(options: DoctorOptions): Promise<Reached> {
  try {
    if (options.databaseUrl) {
      const database = await connect(options.databaseUrl, 2)
      return { database, close: () => database.close() }
    }
    const embedded = await startEmbedded(options)
    const database = await connect(embedded.databaseUrl, 2, () => embedded.close())
    return { database, close: () => database.close() }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const remedy = options.databaseUrl ? 'See that the server runs, that DATABASE_URL is right and that a firewall lets it through.' : 'Read the log named above; moving the data folder away begins anew.'
    return { diagnosis: wrong('database', error.message, remedy) }
  }
}

async function checkDatabase(database: Database, options: DoctorOptions): Promise<Diagnosis[]> {
  const [settings] = await database.query<DatabaseSettings>(`
    select current_setting('server_version_num')::int as version_number, current_setting('server_version') as version, current_setting('fsync') as fsync,
      current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit, current_setting('server_encoding') as encoding,
      current_setting('shared_buffers') as shared_buffers, (
        select string_agg(format('%s = %s', name, quiet), ', ' order by name) from (values ('log_error_verbosity', 'terse'), ('log_min_error_statement', 'panic'), ('log_parameter_max_length', '0'), ('log_parameter_max_length_on_error', '0')) wanted (name, quiet)
        where current_setting(name) <> quiet
      ) as settings_that_log,
      has_schema_privilege('public', 'create') as may_create`)
  if (settings === undefined) return [wrong('database', 'the database does not tell its settings', 'See that it is a PostgreSQL.')]
  const where = options.databaseUrl ? database.description : `${database.description} (embedded, process ${embeddedServerProcess(options.dataDirectory) ?? 'unknown'})`
  return [ok('database', `PostgreSQL ${settings.version} answers: ${where}`), ...checkSettings(settings), await checkMigrations(database), ...(options.databaseUrl ? [] : [checkMemory(options.dataDirectory, settings)])]
}

/** What `checkSettings` looks at, as PostgreSQL says it. */
export interface DatabaseSettings {
  readonly version_number: number
  readonly version: string
  readonly fsync: string
  readonly full_page_writes: string
  readonly synchronous_commit: string
  readonly encoding: string
  readonly shared_buffers: string
  /** What to set so that the server's log quotes no values, `name = value, …`; null: it quotes none. */
  readonly settings_that_log: string | null
  readonly may_create: boolean
}

/** Whether what the database promises is what tantay promises in turn: an acknowledged file is on disk. */
export function checkSettings(settings: DatabaseSettings): Diagnosis[] {
  const durable = [settings.fsync, settings.full_page_writes].every((value) => value === 'on')
  return [
    settings.version_number >= oldestPostgres ? ok('database_version', settings.version) : wrong('database_version', `PostgreSQL ${settings.version} is too old`, 'Use PostgreSQL 15 or newer.'),
    settings.encoding === 'UTF8' ? ok('encoding', 'UTF8') : wrong('encoding', `the database is encoded in ${settings.encoding}`, "Create it anew with encoding 'UTF8' and template template0."),
    durable && settings.synchronous_commit !== 'off' && settings.synchronous_commit !== 'local'
      ? ok('durability', 'what is acknowledged is on disk')
      : wrong('durability', `fsync ${settings.fsync}, full_page_writes ${settings.full_page_writes}, synchronous_commit ${settings.synchronous_commit}`, 'Switch all three on: an acknowledged file could be lost.'),
    settings.may_create ? ok('rights', 'tables can be created') : wrong('rights', 'this user may not create tables in the schema public', 'As owner: grant create on schema public to the user of DATABASE_URL.'),
    settings.settings_that_log === null ? ok('log', 'no values in the database log') : warning('log', 'the database may log values of failing statements', `Set ${settings.settings_that_log}: they are names and numbers of people.`),
  ]
}

async function checkMigrations(database: Database): Promise<Diagnosis> {
  try {
    const { applied, pending } = await migrationState(database)
    if (pending.length === 0) return ok('schema', `${applied.length} migrations, all applied`)
    return applied.length === 0
      ? warning('schema', 'the database is empty', 'Run "tantay migrate"; every command that needs the schema does so by itself.')
      : wrong('schema', `${pending.length} migrations are not applied: ${pending.join(', ')}`, 'Run "tantay migrate".')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return wrong('schema', error.message, 'See CHANGELOG.md for what this version asks for.')
  }
}

function checkMemory(dataDirectory: string, settings: DatabaseSettings): Diagnosis {
  const { memoryBytes, sharedMemoryBytes } = inspectMachine(existing(dataDirectory))
  const found = `${Math.floor((memoryBytes / gigabyte) * 10) / 10} GB of memory, ${settings.shared_buffers} of them for the database`
  if (memoryBytes < 2 * gigabyte) return warning('memory', found, 'Enough for a commune; a province wants 4 GB.')
  return (sharedMemoryBytes ?? 0) < gigabyte ? warning('memory', `${found}; /dev/shm is small`, 'In a container: start it with --shm-size=1g, so that large joins need no files.') : ok('memory', found)
}

/** The path itself, or the nearest folder above it that is there. */
function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path))
}

/** Nothing is to be done. */
export function ok(check: string, found: string): Diagnosis {
  return { check, state: 'ok', found, remedy: null }
}

/** It works, but not as it should in earnest. */
export function warning(check: string, found: string, remedy: string): Diagnosis {
  return { check, state: 'warning', found, remedy }
}

/** It does not work, or what is promised does not hold. */
export function wrong(check: string, found: string, remedy: string): Diagnosis {
  return { check, state: 'wrong', found, remedy }
}
