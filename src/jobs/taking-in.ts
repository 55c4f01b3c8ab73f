/** A file that a bank handed in becomes facts: begun, read, sealed or refused, and the bank told. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal, type Clock } from '../core/index.ts'
import { isDatabaseAway, type Database } from '../db/index.ts'
import { ingestFile, loadProfile, type Receipt } from '../ingest/index.ts'
import { beginTaking, endTaking, failTaking, heldPath, noteProgress, type Taking } from '../uploads/index.ts'

/** What work in the background needs from outside. */
export interface Surroundings {
  readonly database: Database
  readonly clock: Clock
  readonly dataDirectory: string
}

/**
 * Waits before a file is tried again; after the last it is given up by our own fault. The bank's next file waits
 * meanwhile: which came first may decide what stands.
 */
const waits = [1000, 5000, 20_000]

/** While the database is away nothing else can be done either: so often it is asked for again before the queue is left to do so. */
const looks = { most: 60, wait: 2000 }

/** Takes in one file that was handed in; one that has ended already stays as it is. @throws what keeps it from being kept even as failed */
export async function takeInUpload(uploadId: string, surroundings: Surroundings): Promise<void> {
  const { database, clock } = surroundings
  let away = 0
  for (let round = 0; ; ) {
    let taking: Taking | null = null
    try {
      taking = await beginTaking(database, uploadId, clock.now())
      if (taking !== null) await takeIn(taking, surroundings)
      return
    } catch (error) {
      // That the database went away says nothing of the file.
      if (isDatabaseAway(error as Error) && away < looks.most) {
        away += 1
        await sleep(looks.wait)
        continue
      }
      const wait = waits[round]
      if (wait === undefined && taking !== null) await failTaking(database, taking, 'not_readable_here', clock.now())
      if (wait === undefined) throw error
      round += 1
      await sleep(wait)
    }
  }
}

async function takeIn(taking: Taking, surroundings: Surroundings): Promise<void> {
  const { database, clock, dataDirectory } = surroundings
  try {
    const { file_id: fileId, status, repeat_of: repeatOf } = await ingest(taking, surroundings)
    // The bytes cannot be opened just now, or by this server: only when they stay away is the file given up.
    if (fileId === null) throw new Error('the bytes of a received file cannot be opened')
    await endTaking(database, dataDirectory, taking, { fileId, status: status === 'refused' ? 'refused' : 'sealed', isRepeat: repeatOf !== null, refusal: null }, clock.now())
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'profile_unknown') throw error
    // Taken away since the file was handed in: reading it again would change nothing.
    const refusal = { code: error.code, line: null, column: null, raw: taking.declared_profile, detail: error.message } as const
    await endTaking(database, dataDirectory, taking, { fileId: null, status: 'refused', isRepeat: false, refusal }, clock.now())
  }
}

/** Pages are answered by the same thread: a quarter of a megabyte takes it some thirty milliseconds, this four. */
const pieceBytes = 32_768

async function ingest(taking: Taking, { database, clock, dataDirectory }: Surroundings): Promise<Receipt> {
  const { upload_id: uploadId, source, file_name: fileName, declared_kind: kind, declared_profile: profile, declared_count: count, declared_sum: sum, all_banks: paysElsewhere, sha256: expectedSha256 } = taking
  const savedProfile = profile === null ? null : await loadProfile(database, profile, undefined, source)
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
      { clock, dataDirectory, pieceBytes, onRead: (bytes, lines) => { read = { bytes, lines } } },
    )
  } finally {
    clearInterval(telling)
  }
}
