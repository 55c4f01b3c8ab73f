/**
 * Read into a server before all else (`node --import`): ends its process by SIGKILL at the named point of an upload, as a
 * failing machine would. The product knows nothing of it.
 *
 *     TANTAY_BENCH_POINT=before_sync:2   at the second time that this point is come to
 */
import fsPromises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import pg from 'pg'
import type { Point } from './counter-faults-environment.ts'

// The one setting of a bench that travels into the server's process.
// eslint-disable-next-line no-restricted-syntax
const [point, times = '1'] = (process.env['TANTAY_BENCH_POINT'] ?? '').split(':')
let left = parseInt(times, 10)

function passing(name: Point): void {
  if (name !== point) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

/** Uploads on their way have files of this name; whatever else the server does with files is left alone. */
const isUpload = (path: unknown): boolean => typeof path === 'string' && /[/\\]uploads[/\\]/.test(path)

function watchFiles(): void {
  const given = { open: fsPromises.open, rename: fsPromises.rename }
  fsPromises.open = async (path, ...more) => {
    const handle = await given.open(path, ...more)
    if (isUpload(path)) watchHandle(handle)
    return handle
  }
  fsPromises.rename = async (from, to) => {
    if (isUpload(to)) passing('before_rename')
    await given.rename(from, to)
    if (isUpload(to)) passing('after_rename')
  }
  syncBuiltinESMExports()
}

function watchHandle(handle: FileHandle): void {
  const given = { write: handle.write.bind(handle) as (...values: unknown[]) => Promise<unknown>, sync: handle.sync.bind(handle) }
  Object.assign(handle, {
    write: async (...values: unknown[]) => {
      const written = await given.write(...values)
      passing('first_bytes_written')
      return written
    },
    sync: async () => {
      passing('before_sync')
      await given.sync()
      passing('after_sync')
    },
  })
}

/** The transaction that holds the row of an upload ends in a commit of the same connection. */
function watchDatabase(): void {
  type Query = (this: object, ...values: unknown[]) => unknown
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const given = prototype.query
  const holding = new WeakSet()
  prototype.query = function (this: object, ...values: unknown[]) {
    const text = textOf(values[0])
    const isRow = /^\s*insert into upload\b/.test(text)
    const isCommit = /^\s*commit\b/i.test(text) && holding.has(this)
    if (isRow) passing('before_row')
    if (isCommit) passing('before_commit')
    const answer = given.apply(this, values)
    if ((isRow || isCommit) && answer instanceof Promise) {
      return answer.then((rows: unknown) => {
        if (isRow) holding.add(this)
        else holding.delete(this)
        passing(isRow ? 'after_row' : 'after_commit')
        return rows
      })
    }
    return answer
  }
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

if (point !== undefined && point !== '') {
  watchFiles()
  watchDatabase()
}
