/** What uploads leave behind once all is quiet: rows without bytes, bytes without rows, and what was taken twice. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addMilliseconds, stoppedClock, systemClock } from '../../src/core/index.ts'
import { openDatabase } from '../../src/db/index.ts'
import { forgetAbandoned } from '../../src/uploads/index.ts'

/** What should not be; all empty or nought when every promise was kept. */
export interface LooseEnds {
  /** Files that have more than one row, or none although they were acknowledged. */
  readonly not_exactly_once: readonly string[]
  /** Rows whose bytes are nowhere, or are others. */
  readonly rows_without_bytes: readonly string[]
  readonly not_sealed: readonly string[]
  /** Bytes of uploads without a row, before they are swept. */
  readonly abandoned_before_sweep: number
  /** A day later, after the sweep. */
  readonly abandoned_after_sweep: readonly string[]
  /** Half-received copies of killed processes. */
  readonly half_received: number
  /** Kept for good without a file of that content. */
  readonly kept_without_file: readonly string[]
}

/** Looks at the data folder while no server runs on it. */
export async function looseEnds(data: string, sent: readonly { readonly key: string; readonly sha256: string; readonly location: string | null }[]): Promise<LooseEnds> {
  const database = await openDatabase({ databaseUrl: null, dataDirectory: data })
  try {
    const rows = await database.query<{ upload_id: string; sha256: string; status: string }>('select upload_id, sha256, status from upload')
    const byContent = Map.groupBy(rows, ({ sha256 }) => sha256)
    const notOnce = sent.filter(({ sha256, location }) => location !== null && byContent.get(sha256)?.length !== 1).map(({ key, sha256 }) => `${key}: ${String(byContent.get(sha256)?.length ?? 0)} rows`)
    const withoutBytes = rows.filter(({ upload_id: id, sha256 }) => ![join(data, 'files', sha256), join(data, 'quarantine', sha256), join(data, 'uploads', id)].some((path) => existsSync(path) && hashOf(path) === sha256)).map(({ upload_id: id, status }) => `${id} ${status}`)
    const before = namesIn(join(data, 'uploads')).length
    await forgetAbandoned(database, { clock: stoppedClock(addMilliseconds(systemClock.now(), 25 * 3_600_000)), dataDirectory: data })
    const known = new Set((await database.query<{ sha256: string }>('select sha256 from source_file')).map(({ sha256 }) => sha256))
    return {
      not_exactly_once: notOnce, rows_without_bytes: withoutBytes, not_sealed: rows.filter(({ status }) => status !== 'sealed').map(({ upload_id: id, status }) => `${id} ${status}`),
      abandoned_before_sweep: before, abandoned_after_sweep: namesIn(join(data, 'uploads')), half_received: namesIn(join(data, 'incoming')).length,
      kept_without_file: namesIn(join(data, 'files')).filter((name) => !known.has(name)),
    }
  } finally {
    await database.close()
  }
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
