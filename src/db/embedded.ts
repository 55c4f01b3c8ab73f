/** The embedded PostgreSQL: started by the first command that needs it, shared by all, stopped by the last. */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '../core/index.ts'
import { giveTo, knownDirectory, prepareDataDirectory, preparePlace, type Place } from './embedded-place.ts'
import { inspectMachine, serverSettings } from './embedded-settings.ts'
import { isAlive, processIdentity, withLock } from './process-lock.ts'

/** A running embedded server, as one user of it holds it. */
export interface EmbeddedServer {
  /** Where to connect; holds the password, so it is never logged. */
  readonly databaseUrl: string
  /** Gives it back; the last one who does stops the server and waits until it has ended. Safe to call twice. */
  close(): Promise<void>
}

export interface EmbeddedOptions {
  readonly dataDirectory: string
  /** Told in one line what takes time: setting up, recovering, waiting for another start. */
  readonly onProgress?: (message: string) => void
  /** False only for tests. */
  readonly isDurable?: boolean
}

const role = 'tantay'
const database = 'tantay'

/**
 * A running server for a data directory: joins the one that runs there, or sets up and starts it.
 *
 * Two starts at once share one server. What a killed process left behind (a stale postmaster.pid, a half-made data
 * folder, a server without users) is repaired on the way. The server ends cleanly when its last user closes it, exits or
 * is interrupted.
 *
 * @throws Refusal `database_start_failed` with the end of PostgreSQL's log, or what `preparePlace` throws
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { onProgress } = options
  const dataDirectory = prepareDataDirectory(options.dataDirectory)
  const lock = join(dataDirectory, 'database.lock')
  const onWait = (holder: string): void => onProgress?.(`another process (${holder}) is starting or stopping the database; waiting for it`)
  const { held, port } = await withLock(lock, async () => {
    const place = preparePlace(dataDirectory)
    const users = join(place.directory, 'users')
    const ownName = join(users, `${processIdentity()}.${nextNumber++}`)
    mkdirSync(users, { recursive: true })
    // Before the server is looked at: whoever exits now sees that it is still needed, and Ctrl+C from now on stops it.
    writeFileSync(ownName, '')
    const held: Held = { place, ownName, users, lock, isClosed: false }
    hold(held)
    try {
      return { held, port: (await runningPort(place, onProgress)) ?? (await start(place, options.isDurable ?? true, onProgress)) }
    } catch (error) {
      rmSync(ownName, { force: true })
      letGo(held)
      throw error
    }
  }, onWait)
  return {
    databaseUrl: urlOf(held.place, port, database),
    close: () => release(held),
  }
}

/** The process number of the server that runs on a data directory; null when none does. Starts nothing. */
export function embeddedServerProcess(dataDirectory: string): number | null {
  const directory = knownDirectory(dataDirectory)
  return directory === null ? null : (readServer(join(directory, 'data'))?.pid ?? null)
}

interface Held {
  readonly place: Place
  readonly ownName: string
  readonly users: string
  readonly lock: string
  isClosed: boolean
}

let nextNumber = 1
const allHeld = new Set<Held>()

/** Makes sure that the server is given back however this process ends, short of being killed outright. */
function hold(held: Held): void {
  if (allHeld.size === 0) {
    process.on('exit', releaseAllAtExit)
    // First in the line: a handler that was added with `once` is no longer counted after it has run.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.prependListener(signal, releaseAllOnSignal)
  }
  allHeld.add(held)
}

async function release(held: Held): Promise<void> {
  if (held.isClosed) return
  held.isClosed = true
  await withLock(held.lock, async () => {
    rmSync(held.ownName, { force: true })
    if (!hasUsers(held.users)) await stop(held.place)
  })
  letGo(held)
}

function letGo(held: Held): void {
  if (!allHeld.delete(held) || allHeld.size > 0) return
  process.off('exit', releaseAllAtExit)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, releaseAllOnSignal)
}

function releaseAllOnSignal(signal: NodeJS.Signals): void {
  // A program with a handler of its own (the web server) ends in its own order and closes what it opened.
  if (process.listenerCount(signal) > 1) return
  void Promise.allSettled([...allHeld].map(release)).then(() => process.exit(130))
}

/** At exit nothing can be awaited: the server is told to stop, and the next start waits for it if need be. */
function releaseAllAtExit(): void {
  for (const held of allHeld) {
    rmSync(held.ownName, { force: true })
    const server = hasUsers(held.users) ? null : readServer(held.place.data)
    if (server !== null) tryKill(server.pid, 'SIGINT')
  }
}

/** True while a living process uses the server; forgets the dead ones. */
function hasUsers(users: string): boolean {
  let found = false
  for (const name of readdirSync(users)) {
    if (isAlive(name.split('.')[0] ?? '')) found = true
    else rmSync(join(users, name), { force: true })
  }
  return found
}

/** The port of the server that runs on the data, once it answers; null when none runs. Removes a stale postmaster.pid. */
async function runningPort(place: Place, onProgress?: (message: string) => void): Promise<number | null> {
  const since = performance.now()
  let told = false
  let isHurried = false
  for (;;) {
    const server = readServer(place.data)
    if (server === null) return null
    if (server.port !== null && (await answers(place, server.port))) return server.port
    if (!told && performance.now() - since > 2000) {
      onProgress?.(`the database server (process ${server.pid}) is ${server.state ?? 'starting or stopping'}; waiting for it`)
      told = true
    }
    // A stop that was asked for while a crash was being recovered from can hang for ever; an immediate one loses nothing either.
    if (!isHurried && server.state === 'stopping' && performance.now() - since > 30_000) {
      tryKill(server.pid, 'SIGQUIT')
      isHurried = true
    }
    if (performance.now() - since > 300_000) throw startFailed(place, `the database server (process ${server.pid}) does not answer`)
    await sleep(50)
  }
}

/**
 * Reads postmaster.pid. Null when there is none, or when no server of these data is behind it; a file that names a
 * living process of another kind (its number was reused, as it always is in a container) is removed, because PostgreSQL
 * itself would believe it. A file of a dead process stays: with it PostgreSQL checks for surviving children.
 */
function readServer(data: string): { pid: number; port: number | null; state: string | undefined } | null {
  const path = join(data, 'postmaster.pid')
  let lines: string[]
  try {
    lines = readFileSync(path, 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Math.abs(parseInt(lines[0] ?? '', 10))
  if (!(pid > 0)) return null
  if (isAlive(`${pid}`) && commandOf(pid).includes(data)) {
    const port = parseInt(lines[3] ?? '', 10)
    return { pid, port: port > 0 ? port : null, state: lines[7]?.trim() }
  }
  if (exists(pid)) rmSync(path, { force: true })
  return null
}

async function start(place: Place, isDurable: boolean, onProgress?: (message: string) => void): Promise<number> {
  if (!existsSync(place.data)) initialise(place, isDurable, onProgress)
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const failure = await launch(place, port, isDurable, onProgress)
    if (failure === null) {
      await createDatabase(place, port)
      return port
    }
    // Someone took the port in between, or children of a killed server are still on their way out.
    const mayPass = /Address already in use|pre-existing shared memory block|could not create any TCP/.test(failure)
    if (!mayPass || attempt === 20) throw startFailed(place, failure)
    await sleep(500)
  }
}

/** Makes the data folder under another name and renames it, so that a killed set-up leaves nothing half-made behind. */
function initialise(place: Place, isDurable: boolean, onProgress?: (message: string) => void): void {
  onProgress?.('setting up an embedded PostgreSQL (once, a few seconds)')
  const draft = join(place.directory, 'data.draft')
  const passwordFile = join(place.directory, 'password.draft')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveTo(draft, place.runAs)
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, place.password, { mode: 0o600 })
  giveTo(passwordFile, place.runAs)
  try {
    const made = spawnSync(
      join(place.programs, 'bin', 'initdb'),
      // Text sorts by code point, the same on every machine; Vietnamese order is asked for where people read.
      [
        `--pgdata=${draft}`, `--username=${role}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C',
        '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums', '--no-instructions', ...(isDurable ? [] : ['--no-sync']),
      ],
      { cwd: place.directory, env: programEnvironment, encoding: 'utf8', ...place.runAs },
    )
    if (made.error !== undefined) throw startFailed(place, `initdb could not be run: ${made.error.message}`)
    if (made.status !== 0) throw startFailed(place, `initdb failed: ${made.stderr.trim()}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, place.data)
}

/** Starts the server; null when it answers, else the end of its log. */
async function launch(place: Place, port: number, isDurable: boolean, onProgress?: (message: string) => void): Promise<string | null> {
  const settings = serverSettings(inspectMachine(place.directory), port, isDurable, place.archive)
  // A log that grew over years is begun anew; what matters of it is its end.
  const isLong = existsSync(place.log) && statSync(place.log).size > 10_000_000
  const log = openSync(place.log, isLong ? 'w' : 'a', 0o600)
  const logStart = isLong ? 0 : statSync(place.log).size
  const child = spawn(
    join(place.programs, 'bin', 'postgres'),
    ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A session of its own: Ctrl+C in the terminal ends our command, which then decides whether the server ends too.
    { cwd: place.directory, env: programEnvironment, detached: true, stdio: ['ignore', log, log], ...place.runAs },
  )
  closeSync(log)
  const ends: string[] = []
  child.once('error', (error) => ends.push(error.message))
  child.once('exit', (code, signal) => ends.push(`PostgreSQL ended with ${signal ?? `code ${code ?? 'unknown'}`}`))
  child.unref()
  const since = performance.now()
  let told = false
  while (ends.length === 0) {
    if (await answers(place, port)) return null
    if (!told && performance.now() - since > 3000) {
      onProgress?.('the database is recovering from an unclean end; this takes a moment')
      told = true
    }
    await sleep(25)
  }
  return `${ends[0] ?? ''}\n${readFileSync(place.log, 'utf8').slice(logStart).trim().split('\n').slice(-8).join('\n')}`
}

/** Stops the server as `pg_ctl stop --mode fast` does, and waits until it has ended. */
async function stop(place: Place): Promise<void> {
  const server = readServer(place.data)
  if (server === null) return
  tryKill(server.pid, 'SIGINT')
  const since = performance.now()
  let isForced = false
  while (isAlive(`${server.pid}`)) {
    // After two minutes its last checkpoint is given up; the log repairs the rest at the next start.
    if (!isForced && performance.now() - since > 120_000) {
      tryKill(server.pid, 'SIGQUIT')
      isForced = true
    }
    await sleep(20)
  }
}

async function createDatabase(place: Place, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

/** True when our server answers on the port to our password; another one, with other data, does not count. */
async function answers(place: Place, port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres'), connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === place.data
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

function urlOf(place: Place, port: number, name: string): string {
  return `postgres://${role}:${place.password}@127.0.0.1:${port}/${name}`
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}

function startFailed(place: Place, why: string): Refusal {
  return new Refusal('installation', 'database_start_failed', `the embedded PostgreSQL did not start: ${why}\nIts log: ${place.log}. "tantay doctor" looks for the cause; your own PostgreSQL can be given in DATABASE_URL.`)
}

// Nothing of the caller's environment: PGDATA, PGPORT, LC_ALL or LD_LIBRARY_PATH would change what is started.
const programEnvironment = { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' }

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    const { error, stdout } = spawnSync('ps', ['-o', 'command=', '-p', pid.toString()], { encoding: 'utf8' })
    return error === undefined ? stdout : ''
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself.
  }
}
