/** The bytes of files, each kept once under its SHA-256, compressed: a second backup costs what has changed since the first. */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { Refusal, sha256Of } from '../core/index.ts'
import type { BackupFolder } from './folder.ts'

/** What was kept of one file. */
export interface KeptBytes {
  readonly sha256: string
  /** In bytes, before they were compressed. */
  readonly size: number
}

// The quickest: a province's tables shrink to a quarter by it, and a slower one gains little more.
const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } }

/** Where the bytes with this hash lie. */
export function objectPath({ objects }: BackupFolder, sha256: string): string {
  return join(objects, sha256.slice(0, 2), `${sha256}.zst`)
}

/** True when the bytes with this hash are kept. */
export function isKept(folder: BackupFolder, sha256: string): Promise<boolean> {
  return stat(objectPath(folder, sha256)).then(() => true, () => false)
}

/** Keeps the bytes of a file as they are read; null when the file is gone by then. */
export async function keepFile(folder: BackupFolder, path: string): Promise<KeptBytes | null> {
  const source = await open(path, 'r').catch(nullWhenGone)
  if (source === null) return null
  try {
    const { size } = await source.stat()
    return size <= small ? await keepSmall(folder, await source.readFile()) : await keepLarge(folder, source)
  } finally {
    await source.close()
  }
}

/** A database has thousands of files of some pages: for those a stream costs more than the work. */
const small = 1_048_576

async function keepSmall(folder: BackupFolder, bytes: Buffer): Promise<KeptBytes> {
  const kept = { sha256: sha256Of(bytes), size: bytes.length }
  if (await isKept(folder, kept.sha256)) return kept
  const draft = draftPath(folder)
  await writeFile(draft, zstdCompressSync(bytes, quick), { flag: 'wx', mode: 0o600 })
  await giveName(folder, draft, kept.sha256)
  return kept
}

async function keepLarge(folder: BackupFolder, source: FileHandle): Promise<KeptBytes> {
  const draft = draftPath(folder)
  const hash = createHash('sha256')
  let size = 0
  const counted = new Transform({
    transform(piece: Buffer, _, done) {
      hash.update(piece)
      size += piece.length
      done(null, piece)
    },
  })
  try {
    await pipeline(source.createReadStream({ autoClose: false, highWaterMark: 262_144 }), counted, createZstdCompress(quick), createWriteStream(draft, { flags: 'wx', mode: 0o600 }))
    const sha256 = hash.digest('hex')
    await giveName(folder, draft, sha256)
    return { sha256, size }
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

function draftPath({ objects }: BackupFolder): string {
  return join(objects, `${randomBytes(9).toString('hex')}.draft`)
}

async function giveName(folder: BackupFolder, draft: string, sha256: string): Promise<void> {
  const place = objectPath(folder, sha256)
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  await rename(draft, place)
}

/**
 * Writes the bytes with this hash to a file that is not there yet, and proves on the way that they are those.
 *
 * @throws Refusal `backup_damaged` (failure) naming the object when it is gone or is not what it was
 */
export async function putBack(folder: BackupFolder, { sha256, size }: { readonly sha256: string; readonly size?: number }, path: string, mode: number): Promise<void> {
  if (size !== undefined && size <= small) {
    await writeFile(path, await bytesOf(folder, { sha256 }), { flag: 'wx', mode })
    return
  }
  const hash = createHash('sha256')
  const counted = new Transform({
    transform(piece: Buffer, _, done) {
      hash.update(piece)
      done(null, piece)
    },
  })
  const place = objectPath(folder, sha256)
  await pipeline(createReadStream(place, { highWaterMark: 262_144 }), createZstdDecompress(), counted, createWriteStream(path, { flags: 'wx', mode })).catch((error: unknown) => {
    const { code = '', syscall } = error as NodeJS.ErrnoException
    // What cannot be written is another matter: a full disk, a folder that is closed.
    if (code === 'ENOENT' || syscall === undefined) throw damaged(place)
    throw error
  })
  if (hash.digest('hex') !== sha256) throw damaged(place)
}

/** The whole bytes with this hash, where they are few. @throws Refusal `backup_damaged` */
export async function bytesOf(folder: BackupFolder, { sha256 }: Pick<KeptBytes, 'sha256'>): Promise<Buffer> {
  const place = objectPath(folder, sha256)
  const bytes = await readFile(place).then((packed) => zstdDecompressSync(packed)).catch(() => null)
  if (bytes === null || sha256Of(bytes) !== sha256) throw damaged(place)
  return bytes
}

/** Removes every object that `needed` does not name and that was there before `since`, and what a killed backup left half-written; how many. */
export async function dropObjects({ objects }: BackupFolder, needed: ReadonlySet<string>, since: string): Promise<number> {
  let dropped = 0
  for (const entry of await readdir(objects, { withFileTypes: true })) {
    const path = join(objects, entry.name)
    for (const name of entry.isDirectory() ? (await readdir(path)).map((one) => join(entry.name, one)) : [entry.name]) {
      const object = join(objects, name)
      const found = await stat(object).catch(() => null)
      if (needed.has(basename(object).slice(0, 64)) || found === null || found.mtime.toISOString() >= since) continue
      await rm(object, { force: true })
      dropped += 1
    }
  }
  return dropped
}

/** The text of a file; null when it is not there. */
export function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(nullWhenGone)
}

function nullWhenGone(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
  throw error
}

function damaged(place: string): Refusal {
  return new Refusal('failure', 'backup_damaged', `${place} is gone or is not what it was when the backup was made. Use an older backup (tantay backup list), and make a new one now.`)
}
