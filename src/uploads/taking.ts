/** The way of a received file into the facts: begun, told how far it is, ended; whoever takes it in stands in jobs. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { addMilliseconds, type FileRefusal } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'
import { heldPath, leaveJob, type Reception } from './receive.ts'

/** A file that is to be taken in. */
export interface Taking {
  readonly upload_id: string
  readonly source: string
  readonly file_name: string
  readonly declared_kind: string | null
  readonly declared_profile: string | null
  readonly declared_count: string | null
  readonly declared_sum: string | null
  readonly all_banks: boolean
  readonly sha256: string
  /** Which reading of the file this is: one that another has overtaken ends nothing. */
  readonly attempt_count: number
}

/** How it ended. */
export interface Taken {
  /** Null: it could not even be read. */
  readonly fileId: string | null
  readonly status: 'sealed' | 'refused'
  readonly isRepeat: boolean
  /** Where there is no file to say it. */
  readonly refusal: FileRefusal | null
}

/** Marks the file as being read; null when it has ended already, or was never there. */
export async function beginTaking(database: Session, uploadId: string, at: string): Promise<Taking | null> {
  const [taking] = await database.query<Taking>(
    `update upload set status = 'processing', started_at = coalesce(started_at, $2), attempt_count = least(attempt_count + 1, 32000), bytes_read = 0, lines_read = 0
     where upload_id = $1 and status in ('received', 'processing')
     returning upload_id, source, file_name, declared_kind, declared_profile, declared_count, declared_sum, all_banks, sha256, attempt_count`, [uploadId, at])
  return taking ?? null
}

/** Says how far it is. */
export async function noteProgress(database: Session, uploadId: string, bytes: number, lines: number): Promise<void> {
  await database.query("update upload set bytes_read = least($2, size_bytes), lines_read = $3 where upload_id = $1 and status = 'processing'", [uploadId, bytes, lines])
}

/** Keeps how it ended and tells the bank, in one transaction; the bytes of a file have their lasting place by then, and the held ones go. */
export async function endTaking(database: Database, dataDirectory: string, { upload_id: uploadId, source, attempt_count: attempt }: Taking, { fileId, status, isRepeat, refusal }: Taken, at: string): Promise<void> {
  const isEnded = await database.transaction(async (transaction) => {
    // A server that died between sealing and this finds the file sealed by itself: that is no repeat.
    const [ended] = await transaction.query(
      `update upload set status = $2, file_id = $3, is_repeat = $4 and not (recorded.at >= started_at and recorded.is_only), refusal = $5, finished_at = $6, bytes_read = size_bytes
       from (select max(recorded_at) as at, not exists (select from upload o where o.file_id = $3 and o.upload_id <> $1) as is_only from source_file where file_id = $3) recorded where upload_id = $1 and status = 'processing' and attempt_count = $7 returning 1 as ended`,
      [uploadId, status, fileId, isRepeat, refusal === null ? null : JSON.stringify(refusal), at, attempt])
    if (ended !== undefined) await tell(transaction, source, status === 'sealed' ? 'file.sealed' : 'file.refused', uploadId, at)
    return ended !== undefined
  })
  // What became no file has no other place.
  if (isEnded && fileId !== null) await rm(heldPath(dataDirectory, uploadId), { force: true })
}

/** Gives up on a file by our own fault: its bytes stay for whoever looks into it, and its sender is told to send it again. */
export async function failTaking(database: Database, { upload_id: uploadId, attempt_count: attempt }: Taking, code: string, at: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const [failed] = await transaction.query<{ source: string }>("update upload set status = 'failed', failure_code = $2, finished_at = $3 where upload_id = $1 and status = 'processing' and attempt_count = $4 returning source", [uploadId, code, at, attempt])
    if (failed !== undefined) await tell(transaction, failed.source, 'file.failed', uploadId, at)
  })
}

async function tell(transaction: Session, source: string, kind: 'file.sealed' | 'file.refused' | 'file.failed', uploadId: string, at: string): Promise<void> {
  await transaction.query(
    `select raise_bank_event($1, $2, $3, jsonb_build_object('file_id', $3::text, 'status', u.status, 'sha256', u.sha256, 'lines', f.line_count, 'accepted', f.accepted_count, 'repeats', f.repeat_count, 'problems', f.problem_count, 'ignored', f.ignored_count, 'refusal_code', coalesce(u.refusal, f.refusal) ->> 'code'), $4::timestamptz)
     from upload u left join source_file f on f.file_id = u.file_id where u.upload_id = $3`, [source, kind, uploadId, at])
}

/** Leaves the work once more for every file that waits without any: received where no queue was yet, or its work was lost. */
export async function leaveWaiting(database: Session): Promise<void> {
  for (const { upload_id: id, source } of await database.query<{ upload_id: string; source: string }>("select upload_id, source from upload u where status in ('received', 'processing') and not exists (select from graphile_worker.jobs j where j.key = 'upload-' || u.upload_id) order by received_at, upload_id")) {
    await leaveJob(database, id, source)
  }
}

/** How long bytes may lie without a row: longer than any file is on its way, and a draft nobody came back to. */
const abandonedAfter = { bytes: 24 * 3_600_000, draft: 7 * 86_400_000 }

/** Forgets bytes whose sender went away before they were acknowledged, and drafts that were never handed in. */
export async function forgetAbandoned(database: Database, { clock, dataDirectory }: Reception): Promise<void> {
  const now = clock.now()
  await database.query("update upload set status = 'discarded', finished_at = $1 where status = 'draft' and received_at < $2", [now, addMilliseconds(now, -abandonedAfter.draft)])
  const folder = join(dataDirectory, 'uploads')
  const kept = new Set((await database.query<{ upload_id: string }>("select upload_id from upload where status in ('draft', 'received', 'processing', 'failed') or status = 'refused' and file_id is null")).map(({ upload_id: id }) => id))
  for (const name of await readdir(folder).catch(() => [])) {
    if (kept.has(name)) continue
    const path = join(folder, name)
    const changed = await stat(path).catch(() => null)
    if (changed !== null && changed.mtime.toISOString() < addMilliseconds(now, -abandonedAfter.bytes)) await rm(path, { force: true })
  }
}
