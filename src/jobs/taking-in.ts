/** A file that a bank handed in becomes facts: begun, read, sealed or refused, and the bank told. */
import { Refusal, type Clock } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { ingestFile, loadProfile, type Receipt } from '../ingest/index.ts'
import { beginTaking, endTaking, failTaking, heldPath, noteProgress, type Taking } from '../uploads/index.ts'

/** What work in the background needs from outside. */
export interface Surroundings {
  readonly database: Database
  readonly clock: Clock
  readonly dataDirectory: string
}

/** Tries before a file is given up by our own fault: about four minutes. */
const mostAttempts = 6

/**
 * Takes in one file that was handed in; one that has ended already stays as it is.
 *
 * @param attempt how often it was begun, this time among them
 * @throws what kept it from being read, to be tried again; after the last try it is kept as failed instead
 */
export async function takeInUpload(uploadId: string, surroundings: Surroundings, attempt: number): Promise<void> {
  const { database, clock, dataDirectory } = surroundings
  const taking = await beginTaking(database, uploadId, clock.now())
  if (taking === null) return
  try {
    const receipt = await ingest(taking, surroundings)
    if (receipt.file_id === null) {
      await failTaking(database, uploadId, 'bytes_missing', clock.now())
      return
    }
    const status = receipt.status === 'refused' ? 'refused' : 'sealed'
    await endTaking(database, dataDirectory, taking, { fileId: receipt.file_id, status, isRepeat: receipt.repeat_of !== null, refusal: null }, clock.now())
  } catch (error) {
    // Taken away since the file was handed in: reading it again would change nothing.
    if (error instanceof Refusal && error.code === 'profile_unknown') {
      const refusal = { code: error.code, line: null, column: null, raw: taking.declared_profile, detail: error.message } as const
      await endTaking(database, dataDirectory, taking, { fileId: null, status: 'refused', isRepeat: false, refusal }, clock.now())
      return
    }
    if (attempt < mostAttempts) throw error
    await failTaking(database, uploadId, 'not_readable_here', clock.now())
  }
}

async function ingest(taking: Taking, { database, clock, dataDirectory }: Surroundings): Promise<Receipt> {
  const { upload_id: uploadId, source, file_name: fileName, declared_kind: kind, declared_profile: profile, declared_count: count, declared_sum: sum, all_banks: paysElsewhere, sha256: expectedSha256 } = taking
  const savedProfile = profile === null ? null : await loadProfile(database, profile)
  let read: { bytes: number; lines: number } | null = null
  // At most once a second: what a person watches changes no faster.
  const telling = setInterval(() => {
    if (read !== null) void noteProgress(database, uploadId, read.bytes, read.lines).catch(() => undefined)
    read = null
  }, 1000)
  try {
    return await ingestFile(
      database,
      { path: heldPath(dataDirectory, uploadId), fileName, source, bank: { agent: source, paysElsewhere }, expectedSha256, ...(kind !== null && { kind }), ...(savedProfile !== null && { savedProfile }), ...(count !== null && { controlCount: parseInt(count, 10) }), ...(sum !== null && { controlSum: sum }) },
      { clock, dataDirectory, onRead: (bytes, lines) => { read = { bytes, lines } } },
    )
  } finally {
    clearInterval(telling)
  }
}
