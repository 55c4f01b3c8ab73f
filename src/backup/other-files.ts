/** What an installation keeps beside its database: received files, evidence, keys; kept in a backup, and found again by their hashes. */
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { knownDirectory, type Session } from '../db/index.ts'
import type { BackupFolder } from './folder.ts'
import type { FileInBackup } from './manifest.ts'
import { isKept, keepFile, putBack } from './objects.ts'

/** Made anew where they are missing, or true of one process alone. */
const leftOut = /^(?:archive\.json|servers|incoming|database\.lock.*|.*\.draft|.*\.lock(?:\..*)?)$/

/**
 * Keeps everything in the data folder but the database itself and other installations' folders (a demo in it).
 *
 * @param keys files outside of the data folder that belong to it; restored into it by their names
 */
export async function keepOtherFiles(folder: BackupFolder, dataDirectory: string, keys: readonly string[]): Promise<FileInBackup[]> {
  const kept: FileInBackup[] = []
  const keep = async (path: string, name: string): Promise<void> => {
    const found = await stat(path).catch(() => null)
    // What is named by its own hash and kept already need not be read again.
    const sha256 = basename(path)
    const isKnown = found !== null && /^[0-9a-f]{64}$/.test(sha256) && (await isKept(folder, sha256))
    const bytes = found === null ? null : isKnown ? { sha256, size: found.size } : await keepFile(folder, path)
    if (found !== null && bytes !== null) kept.push({ ...bytes, path: name, mode: found.mode & 0o777 })
  }
  const walk = async (below: string): Promise<void> => {
    for (const entry of (await readdir(join(dataDirectory, below), { withFileTypes: true }).catch(() => [])).sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      const path = join(dataDirectory, name)
      if (leftOut.test(entry.name)) continue
      if (entry.isFile()) await keep(path, name)
      else if (entry.isDirectory() && !existsSync(join(path, 'database.json')) && !isDatabase(path, dataDirectory)) await walk(name)
    }
  }
  await walk('')
  for (const key of keys.filter((path) => !path.startsWith(dataDirectory + sep))) await keep(key, basename(key))
  return kept
}

/** Keeps the bytes of what came in since: names that are hashes alone, so that a minute's work is a look into three folders. */
export async function keepReceived(folder: BackupFolder, dataDirectory: string): Promise<number> {
  let count = 0
  for (const part of ['files', 'quarantine', 'evidence']) {
    for (const name of await readdir(join(dataDirectory, part)).catch(() => [])) {
      if (!/^[0-9a-f]{64}$/.test(name) || (await isKept(folder, name))) continue
      if ((await keepFile(folder, join(dataDirectory, part, name))) !== null) count += 1
    }
  }
  // Held under a random name until they are taken in; the database knows their hash.
  for (const name of await readdir(join(dataDirectory, 'uploads')).catch(() => [])) {
    if ((await keepFile(folder, join(dataDirectory, 'uploads', name))) !== null) count += 1
  }
  return count
}

/** Puts back what a backup names. */
export async function putBackOtherFiles(folder: BackupFolder, files: readonly FileInBackup[], dataDirectory: string): Promise<void> {
  for (const file of files.filter(({ path }) => path !== 'database.json')) {
    const path = join(dataDirectory, file.path)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await putBack(folder, file, path, file.mode)
    await chmod(path, file.mode)
  }
}

/** A file of which the restored database speaks. */
interface SpokenOf {
  readonly path: string
  readonly sha256: string
}

/**
 * Makes the folder fit the restored database: bytes that it speaks of and that came after the backup's own list are put
 * in their places.
 *
 * @returns the paths of those that are nowhere, the first hundred
 */
export async function completeReceived(session: Session, folder: BackupFolder, dataDirectory: string): Promise<string[]> {
  const missing: string[] = []
  for (const { path: name, sha256 } of await session.query<SpokenOf>(spokenOf)) {
    const path = join(dataDirectory, name)
    if (existsSync(path)) continue
    if (!(await isKept(folder, sha256))) {
      if (missing.length < 100) missing.push(name)
      continue
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await putBack(folder, { sha256 }, path, 0o600)
  }
  return missing
}

const spokenOf = `
  select distinct case status when 'refused' then 'quarantine/' else 'files/' end || sha256 as path, sha256 from source_file where file_id > 0
  union all select 'uploads/' || upload_id, sha256 from upload where status in ('draft', 'received', 'processing')
  union all select 'evidence/' || sha256, sha256 from case_attachment
  order by path`

function isDatabase(path: string, dataDirectory: string): boolean {
  return knownDirectory(dataDirectory) === path || existsSync(join(path, 'data', 'PG_VERSION')) || existsSync(join(path, 'PG_VERSION'))
}
