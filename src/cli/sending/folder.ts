/** A folder into which others put files: which of them stand still, and where each goes when it is known what became of it. */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** A file that waits. */
export interface Waiting {
  readonly name: string
  readonly path: string
  readonly size: number
  readonly modifiedMilliseconds: number
}

/** Files that others still write to, as those who copy them name them. */
const unfinished = /^\.|\.(?:part|tmp|filepart|partial|crdownload)$/i

/** Plain files, the oldest first; links lead elsewhere and are left alone. */
export function filesWaiting(folder: string): Waiting[] {
  return readdirSync(folder)
    .filter((name) => !unfinished.test(name))
    .flatMap((name) => {
      const path = join(folder, name)
      const found = lstatSync(path, { throwIfNoEntry: false })
      return found?.isFile() === true ? [{ name, path, size: found.size, modifiedMilliseconds: found.mtimeMs }] : []
    })
    .sort((one, other) => one.modifiedMilliseconds - other.modifiedMilliseconds || (one.name < other.name ? -1 : 1))
}

/** Remembers since when files look as they do. */
export class Stillness {
  private seen = new Map<string, { readonly size: number; readonly modifiedMilliseconds: number; readonly since: number }>()

  /** Those of `waiting` that have not changed for so long. */
  settled(waiting: readonly Waiting[], milliseconds: number): Waiting[] {
    const now = performance.now()
    const before = this.seen
    this.seen = new Map(waiting.map(({ name, size, modifiedMilliseconds }) => {
      const known = before.get(name)
      const isSame = known?.size === size && known.modifiedMilliseconds === modifiedMilliseconds
      return [name, { size, modifiedMilliseconds, since: isSame ? known.since : now }]
    }))
    return waiting.filter(({ name }) => now - (this.seen.get(name)?.since ?? now) >= milliseconds)
  }
}

/** Where a file is to go: under its own name, or with the beginning of its hash where another file has that name already. */
export function placeFor(folder: string, name: string, sha256: string): string {
  mkdirSync(folder, { recursive: true })
  const own = join(folder, name)
  if (!existsSync(own) && isResultOf(`${own}.result.json`, sha256)) return own
  const extension = extname(name)
  return join(folder, `${name.slice(0, name.length - extension.length)}.${sha256.slice(0, 8)}${extension}`)
}

/** True where no result lies, or one of these very bytes: whoever wrote it was killed before the file followed. */
function isResultOf(path: string, sha256: string): boolean {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { readonly sha256?: string }).sha256 === sha256
  } catch {
    return !existsSync(path)
  }
}

/** Puts a file away with its result beside it; the result first, so that no file lies there without one. */
export function putAway(path: string, place: string, result: unknown): void {
  writeFileSync(`${place}.result.json.tmp`, `${JSON.stringify(result, null, 2)}\n`)
  renameSync(`${place}.result.json.tmp`, `${place}.result.json`)
  renameSync(path, place)
}
