/** The proof that a backup is one: it is restored into an empty place, and the data must come to what they came to when it was made. */
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal, type Clock } from '../core/index.ts'
import { differingTables, knownDirectory, stateDigest, withLock } from '../db/index.ts'
import { requireBackupFolder, type BackupFolder } from './folder.ts'
import { newestManifest, readManifest, type Manifest } from './manifest.ts'
import { completeReceived } from './other-files.ts'
import { auditHead } from './point.ts'
import { bringBack } from './restore.ts'

/** One drill, as it is kept in `drills.ndjson`. */
export interface Drill {
  readonly backup: string
  readonly drilled_at: string
  /** From the first file to a database that answers: the time to restore this backup here. */
  readonly restore_seconds: number
  readonly is_same: boolean
  /** What differed, the first ten; null where nothing did. */
  readonly fault: string | null
  readonly state_digest: string | null
  readonly files: number
}

/**
 * Restores the backup into a folder of its own beside the backups, compares state digest, audit head and the presence of
 * every file the database speaks of, and removes it again; the result is kept either way.
 *
 * @throws Refusal `drill_failed` (failure) naming what differs; `no_backup`, `backup_damaged`
 */
export async function drillBackup({ directory, backup, clock, onProgress }: { readonly directory: string; readonly backup: string | null; readonly clock: Clock; readonly onProgress?: (message: string) => void }): Promise<Drill> {
  const folder = requireBackupFolder(directory)
  return withLock(`${folder.path}/drill.lock`, async () => {
    const manifest = backup === null ? newestManifest(folder) : readManifest(folder, backup)
    if (manifest === null) throw new Refusal('notFound', 'no_backup', `there is no finished backup in ${folder.path}`)
    const scratch = join(folder.path, 'drill')
    remove(scratch)
    try {
      const drill = await tryBackup(folder, manifest, scratch, clock, onProgress)
      appendFileSync(folder.drills, `${JSON.stringify(drill)}\n`, { mode: 0o600 })
      if (drill.fault !== null) throw new Refusal('failure', 'drill_failed', `backup ${manifest.id} does not give back what was kept: ${drill.fault}. Make a new backup, drill it, and look at the disk of ${folder.path}.`)
      return drill
    } finally {
      remove(scratch)
    }
  })
}

async function tryBackup(folder: BackupFolder, manifest: Manifest, scratch: string, clock: Clock, onProgress?: (message: string) => void): Promise<Drill> {
  mkdirSync(scratch)
  chmodSync(scratch, 0o755)
  const began = performance.now()
  const said = { backup: manifest.id, drilled_at: clock.now(), files: manifest.database_files.length + manifest.other_files.length }
  const failed = (fault: string): Drill => ({ ...said, restore_seconds: Math.ceil((performance.now() - began) / 1000), is_same: false, fault, state_digest: null })
  const database = await bringBack(folder, manifest, scratch, { point: manifest.point.name }, onProgress).catch((error: unknown) => {
    if (error instanceof Refusal) return failed(error.message)
    throw error
  })
  if ('fault' in database) return database
  const seconds = Math.ceil((performance.now() - began) / 1000)
  try {
    onProgress?.('comparing')
    const state = await stateDigest(database)
    const tables = manifest.point.state === null ? [] : differingTables(manifest.point.state, state)
    const head = manifest.point.state === null ? null : await auditHead(database)
    const missing = await completeReceived(database, folder, scratch)
    const faults = [...tables.map((table) => `the table ${table}`), ...(head === manifest.point.audit_head ? [] : ['the head of the trail']), ...missing.map((name) => `the file ${name}`)]
    return { ...said, restore_seconds: seconds, is_same: faults.length === 0, fault: faults.length === 0 ? null : faults.slice(0, 10).join(', '), state_digest: state.digest }
  } finally {
    await database.close()
  }
}

/** The drills that were made, the newest last. */
export function listDrills({ drills }: BackupFolder): Drill[] {
  if (!existsSync(drills)) return []
  return readFileSync(drills, 'utf8').split('\n').filter((line) => line.startsWith('{') && line.endsWith('}')).map((line) => JSON.parse(line) as Drill)
}

/** Also what lies outside of it, where the database's user could not reach it. */
function remove(scratch: string): void {
  const outside = existsSync(scratch) ? knownDirectory(scratch) : null
  for (const path of [outside, scratch]) if (path !== null) rmSync(path, { recursive: true, force: true })
}
