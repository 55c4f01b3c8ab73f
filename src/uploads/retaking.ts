/** Files that failed by our own fault: which they are, and taking one in again once the cause is mended. */
import { existsSync } from 'node:fs'
import { Refusal, type Clock } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { heldPath, leaveJob } from './receive.ts'

/** One file that failed. */
export interface FailedUpload {
  readonly upload_id: string
  readonly source: string
  readonly file_name: string
  /** UTC instant. */
  readonly received_at: string
  readonly failure_code: string
}

/** Those whose bytes are still held, the newest first. */
export function failedUploads(session: Session): Promise<FailedUpload[]> {
  return session.query<FailedUpload>("select upload_id, source, file_name, received_at, failure_code from upload where status = 'failed' order by received_at desc, upload_id")
}

/**
 * Leaves a failed file to the background once more, after its sender's other files; its sender is told how it ends.
 *
 * @throws Refusal `upload_unknown` (not found), `upload_not_failed` (conflict), `upload_gone` (conflict) where its bytes are no longer there
 */
export async function retake(database: Database, uploadId: string, { clock, dataDirectory }: { readonly clock: Clock; readonly dataDirectory: string }): Promise<FailedUpload> {
  return database.transaction(async (transaction) => {
    const [found] = await transaction.query<FailedUpload & { status: string }>('select upload_id, source, file_name, received_at, failure_code, status from upload where upload_id = $1 for update', [uploadId])
    if (found === undefined) throw new Refusal('notFound', 'upload_unknown', `no file was handed in under ${uploadId}; "tantay files retake" without an id lists those that failed`)
    if (found.status !== 'failed') throw new Refusal('conflict', 'upload_not_failed', `${uploadId} did not fail by our own fault: it is ${found.status}`)
    if (!existsSync(heldPath(dataDirectory, uploadId))) throw new Refusal('conflict', 'upload_gone', `the bytes of ${uploadId} are not in ${dataDirectory}; have the bank send it again`)
    await transaction.query("update upload set status = 'received', finished_at = null, failure_code = null where upload_id = $1", [uploadId])
    await leaveJob(transaction, uploadId, found.source)
    await leaveTrail(transaction, { staffId: null, at: clock.now(), kind: 'file_retaken', subject: uploadId, details: { failure_code: found.failure_code } })
    return found
  })
}
