/** Makes a backup of a running installation: nobody waits for it, and a killed one leaves the older ones as they were. */
import { spawnSync } from 'node:child_process'
import { rmSync, statSync, writeFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal, type Clock } from '../core/index.ts'
import { archiveMarker, archiveOf, knownDirectory, prepareDataDirectory, preparePlace, withLock, type Connection, type Database, type Session } from '../db/index.ts'
import { listDatabase } from './database-files.ts'
import { prepareBackupFolder, type BackupFolder } from './folder.ts'
import { listBackups, writeManifest, type FileInBackup, type Manifest } from './manifest.ts'
import { keepFile, textOf } from './objects.ts'
import { keepOtherFiles } from './other-files.ts'
import { markPoint } from './point.ts'
import { keepNewest } from './retention.ts'

/** What a backup needs to know. */
export interface BackupOptions {
  readonly dataDirectory: string
  /** The folder of backups. */
  readonly directory: string
  /** How many backups are kept, this one included. */
  readonly keep: number
  readonly clock: Clock
  readonly version: string
  /** Files outside of the data folder that belong to the installation. */
  readonly keys?: readonly string[]
  readonly onProgress?: (message: string) => void
}

/** What was made, for people and programs. */
export interface BackupMade {
  readonly id: string
  readonly files: number
  /** Before compression. */
  readonly bytes: number
  readonly seconds: number
  /** Null: writers gave no quiet moment; a drill of it proves less. */
  readonly state_digest: string | null
  readonly dropped: readonly string[]
}

/**
 * Has the embedded server archive its log into the folder from its next start on; before anything opens the database.
 *
 * @throws Refusal `backup_beside_data`, `backup_folder_unusable`
 */
export function beginArchiving(dataDirectory: string, directory: string): void {
  const data = prepareDataDirectory(dataDirectory)
  const { runAs } = preparePlace(data)
  const folder = prepareBackupFolder(directory, data, runAs)
  if (archiveOf(data) === folder.log) return
  const marker = archiveMarker(data)
  writeFileSync(`${marker}.draft`, `${JSON.stringify({ log_folder: folder.log })}\n`, { mode: 0o600, flush: true })
  renameSync(`${marker}.draft`, marker)
}

/**
 * One backup more in the folder: the database as it is, restorable to any instant from now on, with everything that
 * lies beside it. The older ones beyond `keep` are removed when it is whole.
 *
 * @throws Refusal `backup_needs_restart` (try again) where the server was started before archiving began, `backup_not_archived` (failure) where its log does not arrive, `backup_elsewhere` (usage) for a database of your own
 */
export async function createBackup(database: Database, options: BackupOptions): Promise<BackupMade> {
  const data = prepareDataDirectory(options.dataDirectory)
  const place = knownDirectory(data)
  if (place === null) throw new Refusal('usage', 'backup_elsewhere', 'this backs up the embedded database; for a PostgreSQL of your own use its tools (docs/operate.md names them)')
  const folder = prepareBackupFolder(options.directory, data, null)
  return withLock(folder.lock, () => makeBackup(database, folder, join(place, 'data'), { ...options, dataDirectory: data }), (holder) => options.onProgress?.(`another backup (process ${holder}) is under way; waiting for it`))
}

async function makeBackup(database: Database, folder: BackupFolder, data: string, options: BackupOptions): Promise<BackupMade> {
  const { clock, keep, onProgress, dataDirectory, keys = [] } = options
  await requireArchiving(database, folder)
  const began = performance.now()
  const begunAt = clock.now()
  const id = newId(folder, begunAt)
  onProgress?.('copying the database')
  const copied = await database.onConnection((connection) => copyDatabase(connection, folder, data, id))
  onProgress?.('copying files')
  await keepOtherFiles(folder, dataDirectory, keys)
  onProgress?.('working out what the data come to')
  const point = await markPoint(database, id, clock)
  await waitForArchive(database)
  // Once more: what was acknowledged before the point and came while the database was copied.
  const otherFiles = await keepOtherFiles(folder, dataDirectory, keys)
  const [is] = await database.query<{ schema: string; version: string }>("select (select max(name) from schema_migration) as schema, current_setting('server_version') as version")
  onProgress?.('waiting for the disk')
  syncDisk(folder.path)
  const seconds = Math.ceil((performance.now() - began) / 1000)
  await writeManifest(folder, {
    format: 1, id, begun_at: begunAt, finished_at: clock.now(), seconds, tantay_version: options.version, schema: is?.schema ?? '', postgresql_version: is?.version ?? '',
    first_log_file: copied.firstLogFile, point, backup_label: copied.label, database_folders: copied.folders, database_files: copied.files, other_files: otherFiles,
  } satisfies Manifest)
  const dropped = await keepNewest(folder, keep)
  const all = [...copied.files, ...otherFiles]
  return { id, files: all.length, bytes: all.reduce((sum, { size }) => sum + size, 0), seconds, state_digest: point.state?.digest ?? null, dropped }
}

/** `2026-11-23T010203Z`: sorts by time, and is a file name everywhere. */
function newId(folder: BackupFolder, at: string): string {
  const id = `${at.slice(0, 19).replaceAll(':', '')}Z`
  return listBackups(folder).includes(id) ? `${id}-${process.pid}` : id
}

async function requireArchiving(database: Session, folder: BackupFolder): Promise<void> {
  const [is] = await database.query<{ mode: string; command: string }>("select current_setting('archive_mode') as mode, current_setting('archive_command') as command")
  if (is?.mode !== 'on' || !is.command.includes(folder.log.replaceAll('%', '%%'))) throw new Refusal('tryAgain', 'backup_needs_restart', 'the database was started before backups were switched on, and does not archive its log. Stop the server and all other commands on these data once (systemctl restart tantay); from then on backups are made while it runs.')
}

/** Between the two calls the server writes whole pages into its log, so that torn ones in the copy are mended by it. */
async function copyDatabase(connection: Connection, folder: BackupFolder, data: string, id: string): Promise<{ firstLogFile: string; label: string; folders: readonly string[]; files: readonly FileInBackup[] }> {
  const [started] = await connection.query<{ file: string }>("select pg_walfile_name(pg_backup_start($1, true)) as file", [id])
  const { folders, files: names } = await listDatabase(data)
  const files: FileInBackup[] = []
  const left = names.values()
  const copyRest = async (): Promise<void> => {
    for (const name of left) {
      const path = join(data, name)
      // Dropped since it was listed: the log tells of it.
      const kept = await keepFile(folder, path)
      if (kept !== null) files.push({ ...kept, path: name, mode: 0o600 })
    }
  }
  await Promise.all([copyRest(), copyRest(), copyRest(), copyRest()])
  await connection.query("set statement_timeout = '600s'")
  const [stopped] = await connection.query<{ label: string; tablespaces: string }>('select labelfile as label, spcmapfile as tablespaces from pg_backup_stop(true)').catch((error: unknown) => {
    if ((error as { code?: string }).code === '57014') throw notArchived()
    throw error
  })
  if (stopped === undefined || stopped.tablespaces.trim() !== '') throw new Refusal('installation', 'backup_tablespaces', 'the database keeps tables outside of its folder; that is not backed up here')
  return { firstLogFile: started?.file ?? '', label: stopped.label, folders, files: files.sort((one, other) => (one.path < other.path ? -1 : 1)) }
}

/** Ends the piece of the log that holds the point, and waits until it has arrived. */
async function waitForArchive(database: Session): Promise<void> {
  const [row] = await database.query<{ file: string }>('select pg_walfile_name(pg_switch_wal()) as file')
  const since = performance.now()
  while (performance.now() - since < 600_000) {
    const [is] = await database.query<{ arrived: boolean }>("select coalesce(last_archived_wal >= $1, false) as arrived from pg_stat_archiver", [row?.file])
    if (is?.arrived === true) return
    await sleep(100)
  }
  throw notArchived()
}

function notArchived(): Refusal {
  return new Refusal('failure', 'backup_not_archived', 'the database\'s log does not arrive in the folder of backups: is there room, and may its user write there? postgresql.log in the data folder says why. Older backups stand as they were.')
}

/** One call for all that was written, instead of one for each of thousands of files. */
function syncDisk(path: string): void {
  const { status } = spawnSync('sync', ['-f', path], { stdio: 'ignore' })
  if (status !== 0) spawnSync('sync', [], { stdio: 'ignore' })
}

/** No longer archives; pieces that wait are given up at the server's next start. */
export function endArchiving(dataDirectory: string): boolean {
  const marker = archiveMarker(prepareDataDirectory(dataDirectory))
  const wasThere = statSync(marker, { throwIfNoEntry: false }) !== undefined
  rmSync(marker, { force: true })
  return wasThere
}

/** Where a data folder archives to; null: it has no backups. */
export async function backupsOf(dataDirectory: string): Promise<string | null> {
  const text = await textOf(archiveMarker(dataDirectory))
  return text === null ? null : join((JSON.parse(text) as { log_folder: string }).log_folder, '..')
}
