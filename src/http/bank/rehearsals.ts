/** Reads drafts for their senders to look at: one after the other for each bank, and never longer than a person waits. */
import type { Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import { loadProfile, understandFile, type Understanding } from '../../ingest/index.ts'
import { heldPath, type UploadRow } from '../../uploads/index.ts'

/** Bytes up to which a file is read while its sender waits; what is larger is read in the background alone. */
export const largestRehearsed = 8_388_608
/** So long a page waits for it. */
const longestWait = 20_000

/** How the sender wants it read; null: as its header says. */
export interface WantedReading {
  readonly kind: string | null
  readonly profile: string | null
}

/** The readings under way. */
export class Rehearsals {
  private readonly surroundings: { readonly database: Database; readonly clock: Clock; readonly dataDirectory: string }
  private readonly underway = new Map<string, Promise<unknown>>()

  constructor(surroundings: { readonly database: Database; readonly clock: Clock; readonly dataDirectory: string }) {
    this.surroundings = surroundings
  }

  /** How the file is understood; `large` where it is too large for that, `slow` where it took too long. */
  async understand(upload: UploadRow, reading: WantedReading): Promise<Understanding | 'large' | 'slow'> {
    if (BigInt(upload.size_bytes) > BigInt(largestRehearsed)) return 'large'
    const waited = Promise.withResolvers<'slow'>()
    const timer = setTimeout(() => { waited.resolve('slow') }, longestWait)
    try {
      return await Promise.race([this.inTurn(upload, reading), waited.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  /** After what is under way for the same bank, however that ended. */
  private inTurn(upload: UploadRow, reading: WantedReading): Promise<Understanding> {
    const before = this.underway.get(upload.source) ?? Promise.resolve()
    const own = before.catch(() => undefined).then(() => this.read(upload, reading))
    const ended = own.catch(() => undefined).then(() => {
      if (this.underway.get(upload.source) === ended) this.underway.delete(upload.source)
    })
    this.underway.set(upload.source, ended)
    return own
  }

  private async read({ upload_id: id, file_name: fileName, source, declared_count: count, declared_sum: sum }: UploadRow, { kind, profile }: WantedReading): Promise<Understanding> {
    const { database, clock, dataDirectory } = this.surroundings
    const savedProfile = profile === null ? null : await loadProfile(database, profile)
    return understandFile(
      database,
      { path: heldPath(dataDirectory, id), fileName, source, bank: { agent: source, paysElsewhere: false }, ...(kind !== null && { kind }), ...(savedProfile !== null && { savedProfile }), ...(count !== null && { controlCount: parseInt(count, 10) }), ...(sum !== null && { controlSum: sum }) },
      { clock, dataDirectory },
    )
  }
}
