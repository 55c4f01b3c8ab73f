/** Checks the files behind minutes: each one that was named must be there, byte for byte. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Content, SignedFile } from './content.ts'

/** Where each named file was found, and the first that was not. */
export interface FoundFiles {
  /** SHA-256 → path. */
  readonly paths: ReadonlyMap<string, string>
  /** Null: all are there. */
  readonly missing: SignedFile | null
}

/** Looks for every file of the minutes in a folder and those inside it, by its bytes alone: names mean nothing. */
export async function findFiles({ files }: Pick<Content, 'files'>, directory: string): Promise<FoundFiles> {
  const wanted = new Set(files.map(({ sha256 }) => sha256))
  const paths = new Map<string, string>()
  for (const entry of (await readdir(directory, { recursive: true, withFileTypes: true })).sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const sha256 = await hashOfFile(path)
    if (wanted.has(sha256) && !paths.has(sha256)) paths.set(sha256, path)
  }
  return { paths, missing: files.find(({ sha256 }) => !paths.has(sha256)) ?? null }
}

/** The SHA-256 of a file of any size, hex. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
