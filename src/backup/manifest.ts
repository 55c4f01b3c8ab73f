/** What one backup holds: every file with its hash, the point it can be restored to for certain, and what the data came to there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal, sha256Of } from '../core/index.ts'
import type { StateDigest } from '../db/index.ts'
import { canonicalJson } from '../signing/index.ts'
import type { BackupFolder } from './folder.ts'
import type { KeptBytes } from './objects.ts'

/** One file of a backup. */
export interface FileInBackup extends KeptBytes {
  /** Below PostgreSQL's data folder, or below the data folder of the installation. */
  readonly path: string
  /** Of its mode the rights, as the system counts them. */
  readonly mode: number
}

/** The instant at which it is known what the data came to. */
export interface BackupPoint {
  /** The name of the restore point in the log. */
  readonly name: string
  /** Its place in the log, as PostgreSQL writes it. */
  readonly lsn: string
  /** UTC instant. */
  readonly at: string
  /** What all tables came to; null: writers gave no quiet moment, and a drill can only say that it starts. */
  readonly state: StateDigest | null
  /** How far the chain of the trail reached and its hash there, as `auditHead` reads it; null with `state`. */
  readonly audit_head: string | null
}

/** One finished backup. */
export interface Manifest {
  readonly format: 1
  /** Sorts by time: `2026-11-23T010203Z`. */
  readonly id: string
  readonly begun_at: string
  readonly finished_at: string
  readonly seconds: number
  readonly tantay_version: string
  /** The last migration that was applied. */
  readonly schema: string
  readonly postgresql_version: string
  /** The first piece of the log that is needed. */
  readonly first_log_file: string
  readonly point: BackupPoint
  /** PostgreSQL's label of the backup; without it the copy could not be made whole. */
  readonly backup_label: string
  readonly database_folders: readonly string[]
  readonly database_files: readonly FileInBackup[]
  /** Received files, evidence, keys and the database's own password. */
  readonly other_files: readonly FileInBackup[]
}

/** Writes it under another name first: a manifest that is there is whole, and so is everything it names. */
export async function writeManifest({ manifests }: BackupFolder, manifest: Manifest): Promise<void> {
  const path = join(manifests, `${manifest.id}.json`)
  const text = canonicalJson(manifest)
  const draft = await open(`${path}.draft`, 'w', 0o600)
  try {
    await draft.writeFile(`${JSON.stringify({ manifest_sha256: sha256Of(text) })}\n${text}\n`)
    await draft.sync()
  } finally {
    await draft.close()
  }
  await rename(`${path}.draft`, path)
  const folder = await open(manifests, 'r')
  await folder.sync().finally(() => folder.close())
}

/** The names of the finished backups, the oldest first. */
export function listBackups({ manifests }: BackupFolder): string[] {
  if (!existsSync(manifests)) return []
  return readdirSync(manifests).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length)).sort()
}

/** One backup as it was written. @throws Refusal `no_backup` (not found), `backup_damaged` (failure) */
export function readManifest({ manifests }: BackupFolder, id: string): Manifest {
  const path = join(manifests, `${id}.json`)
  if (!/^[\w-]+$/.test(id) || !existsSync(path)) throw new Refusal('notFound', 'no_backup', `there is no backup ${id}; "tantay backup list" names those that are there`)
  const [head = '', body = ''] = readFileSync(path, 'utf8').split('\n')
  if (head !== JSON.stringify({ manifest_sha256: sha256Of(body) })) throw new Refusal('failure', 'backup_damaged', `${path} was changed or cut off since it was written. Use an older backup, and make a new one now.`)
  return JSON.parse(body) as Manifest
}

/** The newest backup; null when there is none. */
export function newestManifest(folder: BackupFolder): Manifest | null {
  const id = listBackups(folder).at(-1)
  return id === undefined ? null : readManifest(folder, id)
}
