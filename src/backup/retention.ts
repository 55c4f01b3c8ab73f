/** How long backups are kept: so many, and of the log and the bytes what those need. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupFolder } from './folder.ts'
import { listBackups, readManifest, type Manifest } from './manifest.ts'
import { dropObjects } from './objects.ts'

/** Removes all but the newest backups, and what only they needed; the names of those removed. */
export async function keepNewest(folder: BackupFolder, count: number): Promise<string[]> {
  const all = listBackups(folder)
  const dropped = all.slice(0, Math.max(0, all.length - Math.max(1, count)))
  // The manifests first: an object is never missing from a backup that is still listed.
  for (const id of dropped) await rm(join(folder.manifests, `${id}.json`))
  for (const name of await readdir(folder.manifests)) if (name.endsWith('.draft')) await rm(join(folder.manifests, name), { force: true })
  if (dropped.length > 0) {
    const kept = all.slice(dropped.length).map((id) => readManifest(folder, id))
    const needed = new Set(kept.flatMap(hashesOf))
    // What came since the newest backup is in no list yet, and is needed to restore to now.
    await dropObjects(folder, needed, kept.at(-1)?.begun_at ?? '')
    await dropLog(folder, kept[0]?.first_log_file ?? '')
  }
  return dropped
}

function hashesOf({ database_files: database, other_files: others }: Manifest): string[] {
  return [...database, ...others].map(({ sha256 }) => sha256)
}

/** Pieces of the log are named so that they sort in the order in which they were written, within one timeline. */
async function dropLog({ log }: BackupFolder, first: string): Promise<void> {
  if (first === '') return
  for (const name of await readdir(log)) {
    const piece = /^[0-9A-F]{24}/.exec(name)?.[0]
    if (piece !== undefined && piece.slice(8) < first.slice(8)) await rm(join(log, name), { force: true })
  }
}
