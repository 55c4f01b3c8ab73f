/** A backup becomes an installation again, in an empty place: as of the end of its log, of an instant, or of the backup itself. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseInstant, Refusal, type Clock } from '../core/index.ts'
import { giveTo, openDatabase, prepareDataDirectory, preparePlace, restoreCommand, type Database, type Place } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { requireBackupFolder, type BackupFolder } from './folder.ts'
import { listBackups, readManifest, type Manifest } from './manifest.ts'
import { bytesOf, putBack } from './objects.ts'
import { completeReceived, putBackOtherFiles } from './other-files.ts'

/** What is to be restored, and where to. */
export interface RestoreOptions {
  readonly directory: string
  /** A folder that is not there yet, or is empty. */
  readonly dataDirectory: string
  /** UTC or with its zone; null: everything that was archived. */
  readonly at: string | null
  /** Exactly as this backup was made; null: the one that `at` needs. */
  readonly backup: string | null
  readonly clock: Clock
  readonly onProgress?: (message: string) => void
}

/** What was restored. */
export interface Restored {
  readonly backup: string
  readonly data: string
  /** The newest thing in the restored trail or among its files, UTC: how far it goes; null: nothing is in it. */
  readonly restored_until: string | null
  /** Files of which the database speaks and whose bytes are in no backup. */
  readonly missing_files: readonly string[]
  readonly seconds: number
}

/** How far the log is replayed. */
export type Until = { readonly point: string } | { readonly instant: string } | 'end'

/**
 * Restores into an empty place, ends all sessions there and says so in its trail; the place is not served yet.
 *
 * @throws Refusal `restore_place_taken` (usage), `restore_too_early` (not found), `restore_beyond` (failure), `no_backup`, `backup_damaged`
 */
export async function restoreBackup({ directory, dataDirectory, at, backup, clock, onProgress }: RestoreOptions): Promise<Restored> {
  const began = performance.now()
  const folder = requireBackupFolder(directory)
  const instant = at === null ? null : parseInstant(at)
  if (at !== null && instant === null) throw new Refusal('usage', 'instant_invalid', `--at ${at} is no instant; write 2026-11-23T08:30:00+07:00`)
  const manifest = backup === null ? suitable(folder, instant) : readManifest(folder, backup)
  const until: Until = backup !== null ? { point: manifest.point.name } : instant === null ? 'end' : { instant }
  requireEmpty(dataDirectory)
  const database = await bringBack(folder, manifest, dataDirectory, until, onProgress)
  try {
    const missing = await completeReceived(database, folder, dataDirectory)
    const now = clock.now()
    const [reached] = await database.query<{ at: string | null }>("select greatest((select max(happened_at) from trail_entry), (select max(recorded_at) from source_file where file_id > 0), (select max(finished_at) from run)) as at")
    await database.transaction(async (transaction) => {
      // Who signed out since then, or was put out, must not be in again.
      await transaction.query('update staff_session set ended_at = $1 where ended_at is null', [now])
      await transaction.query('delete from server_seen')
      await leaveTrail(transaction, { staffId: null, at: now, kind: 'backup_restored', subject: manifest.id, details: { until: instant ?? (until === 'end' ? 'the end of its log' : 'the backup itself') } })
    })
    return { backup: manifest.id, data: dataDirectory, restored_until: reached?.at ?? null, missing_files: missing, seconds: Math.ceil((performance.now() - began) / 1000) }
  } finally {
    await database.close()
  }
}

/** The newest backup that was whole by then. */
function suitable(folder: BackupFolder, instant: string | null): Manifest {
  const all = listBackups(folder).map((id) => readManifest(folder, id))
  const found = all.findLast(({ point }) => instant === null || point.at <= instant)
  if (found !== undefined) return found
  if (all.length === 0) throw new Refusal('notFound', 'no_backup', `there is no finished backup in ${folder.path}`)
  throw new Refusal('notFound', 'restore_too_early', `the oldest backup in ${folder.path} was made at ${all[0]?.point.at ?? ''}; nothing before that can be restored`)
}

function requireEmpty(dataDirectory: string): void {
  if (existsSync(dataDirectory) && readdirSync(dataDirectory).length > 0) throw new Refusal('usage', 'restore_place_taken', `${dataDirectory} is not empty. Name a folder that is not there yet; what is in place is never overwritten.`)
}

/** Puts the files in place, replays the log and opens the database; nothing that is in the result was changed by us. */
export async function bringBack(folder: BackupFolder, manifest: Manifest, dataDirectory: string, until: Until, onProgress?: (message: string) => void): Promise<Database> {
  const data = prepareDataDirectory(dataDirectory)
  const place = preparePlace(data)
  onProgress?.(`putting back ${manifest.database_files.length + manifest.other_files.length} files of backup ${manifest.id}`)
  await putBackOtherFiles(folder, manifest.other_files, data)
  await keepPassword(folder, manifest, data)
  await putBackDatabase(folder, manifest, place)
  askForRecovery(folder, manifest, place, until)
  onProgress?.('replaying the log')
  const database = await openDatabase({ dataDirectory: data, ...(onProgress !== undefined && { onProgress }) }).catch((error: unknown) => {
    if (error instanceof Refusal && error.message.includes('before configured recovery target was reached')) throw new Refusal('failure', 'restore_beyond', `the archived log ends before the instant that was asked for. Restore without --at to get everything that was archived; ${dataDirectory} can be removed.`)
    throw error
  })
  forgetRecovery(place)
  return database
}

/** The restored database knows the password that its backup was made with. */
async function keepPassword(folder: BackupFolder, { other_files: files }: Manifest, data: string): Promise<void> {
  const kept = files.find(({ path }) => path === 'database.json')
  if (kept === undefined) throw new Refusal('failure', 'backup_damaged', 'the backup lacks database.json, without which nobody can open the database')
  const { password } = JSON.parse((await bytesOf(folder, kept)).toString()) as { password: string }
  const own = join(data, 'database.json')
  const { directory } = JSON.parse(readFileSync(own, 'utf8')) as { directory: string }
  writeFileSync(own, `${JSON.stringify({ directory, password }, null, 2)}\n`, { mode: 0o600 })
}

async function putBackDatabase(folder: BackupFolder, { database_folders: folders, database_files: files }: Manifest, { data, runAs }: Place): Promise<void> {
  mkdirSync(data, { mode: 0o700 })
  giveTo(data, runAs)
  for (const name of folders) {
    mkdirSync(join(data, name), { recursive: true, mode: 0o700 })
    giveTo(join(data, name), runAs)
  }
  const left = files.values()
  const putRest = async (): Promise<void> => {
    for (const file of left) {
      await putBack(folder, file, join(data, file.path), 0o600)
      giveTo(join(data, file.path), runAs)
    }
  }
  await Promise.all([putRest(), putRest(), putRest(), putRest()])
}

const settingsFile = 'postgresql.auto.conf'
const ourMark = '# tantay restore'

function askForRecovery({ log }: BackupFolder, manifest: Manifest, { data, runAs }: Place, until: Until): void {
  const target = until === 'end' ? [] : 'point' in until ? [`recovery_target_name = '${until.point}'`] : [`recovery_target_time = '${until.instant.replace('T', ' ').replace('Z', '+00')}'`]
  // Nobody looks before the end: what is half replayed is no result.
  const lines = [`restore_command = '${restoreCommand(log).replaceAll("'", "''")}'`, ...target, "recovery_target_action = 'promote'", 'hot_standby = off', "recovery_init_sync_method = 'syncfs'"]
  appendFileSync(join(data, settingsFile), lines.map((line) => `${line} ${ourMark}\n`).join(''))
  for (const [name, text] of [['recovery.signal', ''], ['backup_label', manifest.backup_label]] as const) {
    writeFileSync(join(data, name), text, { mode: 0o600 })
    giveTo(join(data, name), runAs)
  }
}

function forgetRecovery({ data }: Place): void {
  const path = join(data, settingsFile)
  writeFileSync(path, readFileSync(path, 'utf8').split('\n').filter((line) => !line.endsWith(ourMark)).join('\n'))
  rmSync(join(data, 'recovery.signal'), { force: true })
}
