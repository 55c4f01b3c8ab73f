/** The folder of backups: what lies where in it, and that both we and the database's own user can write there. */
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { Refusal, sha256Of } from '../core/index.ts'
import { giveTo, type RunAs } from '../db/index.ts'

/** One folder of backups: several backups share their objects and the log between them. */
export interface BackupFolder {
  readonly path: string
  /** The bytes of every file, once each, by their SHA-256. */
  readonly objects: string
  /** Finished pieces of the write-ahead log, as the server leaves them. */
  readonly log: string
  /** One file per finished backup. */
  readonly manifests: string
  /** One line per drill. */
  readonly drills: string
  /** Held by whoever writes there. */
  readonly lock: string
}

/** The parts of a folder of backups; nothing is made. */
export function backupFolder(path: string): BackupFolder {
  const whole = resolve(path)
  return { path: whole, objects: join(whole, 'objects'), log: join(whole, 'log'), manifests: join(whole, 'manifests'), drills: join(whole, 'drills.ndjson'), lock: join(whole, 'backup.lock') }
}

/**
 * Makes the folder and its parts, for our eyes alone; the log's part belongs to the user that PostgreSQL runs as.
 *
 * @throws Refusal `backup_beside_data` (usage) where the disk that takes one takes both, `backup_of_another` (usage), `backup_folder_unusable` (installation)
 */
export function prepareBackupFolder(path: string, dataDirectory: string, owner: RunAs | null): BackupFolder {
  const folder = backupFolder(path)
  if (isInside(folder.path, dataDirectory) || isInside(dataDirectory, folder.path)) throw new Refusal('usage', 'backup_beside_data', `${folder.path} and ${dataDirectory} lie in one another: name a folder elsewhere, best on another disk or machine`)
  try {
    for (const one of [folder.path, folder.objects, folder.manifests]) mkdirSync(one, { recursive: true, mode: 0o700 })
    // Passing through is not reading: the database's user has to reach its own part.
    if (owner !== null) chmodSync(folder.path, 0o711)
    mkdirSync(folder.log, { recursive: true, mode: 0o700 })
    giveTo(folder.log, owner)
    accessSync(folder.objects, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new Refusal('installation', 'backup_folder_unusable', `${folder.path} cannot be written by this user (${(error as NodeJS.ErrnoException).code ?? String(error)}). Name another folder, or give this user the right to write there.`)
  }
  claim(folder, dataDirectory)
  const closed = owner === null ? null : firstClosedTo(owner, folder.path)
  if (closed !== null) throw new Refusal('installation', 'backup_folder_unusable', `the database runs as user ${owner?.uid ?? ''}, who cannot pass through ${closed}: name a folder that it can reach, for example below /var/backups, or: chmod o+x ${closed}`)
  return { ...folder, path: realpathSync(folder.path) }
}

/** Whether there is anything of a backup in the folder. @throws Refusal `no_backup` (not found) */
export function requireBackupFolder(path: string): BackupFolder {
  const folder = backupFolder(path)
  if (!existsSync(folder.manifests)) throw new Refusal('notFound', 'no_backup', `there is no backup in ${folder.path}; make one with: tantay backup create ${folder.path}`)
  return folder
}

/** Pieces of the log are named alike by every server: two installations in one folder would spoil each other's. What was restored from it goes on there. */
function claim({ path }: BackupFolder, dataDirectory: string): void {
  const { password } = JSON.parse(readFileSync(join(dataDirectory, 'database.json'), 'utf8')) as { password: string }
  const own = sha256Of(`backups of ${password}`)
  const file = join(path, 'belongs-to')
  if (!existsSync(file)) writeFileSync(file, `${own}\n`, { mode: 0o600 })
  if (readFileSync(file, 'utf8').trim() !== own) throw new Refusal('usage', 'backup_of_another', `${path} holds the backups of another installation; each has a folder of its own`)
}

function isInside(inner: string, outer: string): boolean {
  return `${inner}${sep}`.startsWith(`${outer}${sep}`)
}

function firstClosedTo({ uid, gid }: RunAs, path: string): string | null {
  const { mode, uid: owner, gid: group } = statSync(path)
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return path
  return dirname(path) === path ? null : firstClosedTo({ uid, gid }, dirname(path))
}
