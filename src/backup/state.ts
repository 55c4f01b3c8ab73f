/** How the backups of an installation stand: for the doctor, for what monitors it, and for the night. */
import { addMilliseconds } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { createBackup, type BackupMade, type BackupOptions } from './create.ts'
import { drillBackup, listDrills, type Drill } from './drill.ts'
import { backupFolder } from './folder.ts'
import { listBackups, readManifest } from './manifest.ts'
import { keepReceived } from './other-files.ts'

/** What is known without opening a backup. */
export interface BackupState {
  readonly directory: string
  /** The newest finished one, and its instant; null: none. */
  readonly newest: { readonly id: string; readonly at: string } | null
  readonly count: number
  readonly last_drill: Drill | null
}

/** How the backups in a folder stand; reads no more than two small files. */
export function backupState(directory: string): BackupState {
  const folder = backupFolder(directory)
  const all = listBackups(folder)
  const newest = all.at(-1)
  return { directory: folder.path, count: all.length, newest: newest === undefined ? null : { id: newest, at: readManifest(folder, newest).point.at }, last_drill: listDrills(folder).at(-1) ?? null }
}

/** A drill that is older than this is repeated by the night, in days. */
const drillEvery = 7
const day = 86_400_000

/** What the night did about backups. */
export interface NightlyBackup {
  readonly made: BackupMade
  /** Null: the last one is less than a week old. */
  readonly drill: Drill | null
}

/**
 * What a night does: one backup, and a drill of it once a week. For the step of the night that is last but the alarm.
 *
 * @throws Refusal as `createBackup` and `drillBackup` do; a failed drill leaves the backup that was made
 */
export async function nightlyBackup(database: Database, options: BackupOptions): Promise<NightlyBackup> {
  const { last_drill: last } = backupState(options.directory)
  const made = await createBackup(database, options)
  const isDue = last === null || !last.is_same || last.drilled_at < addMilliseconds(options.clock.now(), -drillEvery * day + day / 2)
  return { made, drill: isDue ? await drillBackup({ directory: options.directory, backup: made.id, clock: options.clock }) : null }
}

/** Keeps what was received since the last backup, while a server runs: with the archived log, no more than some minutes can be lost. */
export function followReceived({ dataDirectory, directory }: { readonly dataDirectory: string; readonly directory: string }): Promise<number> {
  return keepReceived(backupFolder(directory), dataDirectory)
}
