/** Reads drafts for their senders to look at: each once for all who ask, few at a time, and never longer than a person waits. */
import type { Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import { loadProfile, understandFile, type SavedProfile, type Understanding } from '../../ingest/index.ts'
import { heldPath, type UploadRow } from '../../uploads/index.ts'

/** Bytes up to which a file is read while its sender waits; what is larger is read in the background alone. */
export const largestRehearsed = 8_388_608
/** So long a page waits for it. */
const longestWait = 20_000
/** Of one bank one is read and one waits; whoever asks for more is asked to come back. */
const mostOfOneBank = 2
/** Of all banks together: each holds a connection that others need too. */
const mostAtOnce = 2
/** What was read is shown again for so long, unless the draft is decided before: what it was laid beside may have changed. */
const keptMilliseconds = 300_000
const mostKept = 20

/** How the sender wants it read; null: as its header says. */
export interface WantedReading {
  readonly kind: string | null
  readonly profile: string | null
}

interface Known {
  readonly uploadId: string
  readonly begun: number
  readonly understanding: Promise<Understanding>
}

/** The readings under way, and the last ones. */
export class Rehearsals {
  private readonly surroundings: { readonly database: Database; readonly clock: Clock; readonly dataDirectory: string }
  /** By draft and how it is read, the oldest first. */
  private readonly known = new Map<string, Known>()
  private readonly lines = new Map<string, { count: number; last: Promise<unknown> }>()
  private free = mostAtOnce
  private readonly waiting: (() => void)[] = []

  constructor(surroundings: { readonly database: Database; readonly clock: Clock; readonly dataDirectory: string }) {
    this.surroundings = surroundings
  }

  /**
   * How the file is understood; `large` where it is too large for that, `slow` where it is not read yet. Reading goes on
   * when nobody waits any more, so that whoever comes back finds it done.
   *
   * @throws Refusal `profile_unknown`
   */
  async understand(upload: UploadRow, { kind, profile }: WantedReading): Promise<Understanding | 'large' | 'slow'> {
    if (BigInt(upload.size_bytes) > BigInt(largestRehearsed)) return 'large'
    const savedProfile = profile === null ? null : await loadProfile(this.surroundings.database, profile, undefined, upload.source)
    const name = JSON.stringify([upload.upload_id, kind, profile, savedProfile?.version])
    const understanding = this.fresh(name) ?? this.begin(name, upload, kind, savedProfile)
    if (understanding === null) return 'slow'
    const waited = Promise.withResolvers<'slow'>()
    const timer = setTimeout(() => { waited.resolve('slow') }, longestWait)
    try {
      return await Promise.race([understanding, waited.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  /** A draft that was handed in or thrown away is looked at no more. */
  forget(uploadId: string): void {
    for (const [name, known] of this.known) if (known.uploadId === uploadId) this.known.delete(name)
  }

  private fresh(name: string): Promise<Understanding> | null {
    const known = this.known.get(name)
    if (known !== undefined && performance.now() - known.begun < keptMilliseconds) return known.understanding
    this.known.delete(name)
    return null
  }

  /** Null: enough of the same bank are under way. */
  private begin(name: string, upload: UploadRow, kind: string | null, savedProfile: SavedProfile | null): Promise<Understanding> | null {
    const { upload_id: uploadId, source } = upload
    const line = this.lines.get(source) ?? { count: 0, last: Promise.resolve() }
    if (line.count >= mostOfOneBank) return null
    line.count += 1
    this.lines.set(source, line)
    const understanding = line.last.then(() => this.inTurn(() => this.read(upload, kind, savedProfile)))
    const known = { uploadId, begun: performance.now(), understanding }
    line.last = understanding
      .catch(() => {
        // What failed is tried anew by whoever asks next.
        if (this.known.get(name) === known) this.known.delete(name)
      })
      .then(() => {
        line.count -= 1
        if (line.count === 0) this.lines.delete(source)
      })
    this.known.set(name, known)
    for (const oldest of [...this.known.keys()].slice(0, -mostKept)) this.known.delete(oldest)
    return understanding
  }

  private async inTurn<T>(read: () => Promise<T>): Promise<T> {
    if (this.free === 0) await new Promise<void>((resolve) => this.waiting.push(resolve))
    else this.free -= 1
    try {
      return await read()
    } finally {
      const next = this.waiting.shift()
      if (next === undefined) this.free += 1
      else next()
    }
  }

  private read({ upload_id: id, file_name: fileName, source, declared_count: count, declared_sum: sum }: UploadRow, kind: string | null, savedProfile: SavedProfile | null): Promise<Understanding> {
    const { database, clock, dataDirectory } = this.surroundings
    return understandFile(
      database,
      { path: heldPath(dataDirectory, id), fileName, source, bank: { agent: source, paysElsewhere: false }, ...(kind !== null && { kind }), ...(savedProfile !== null && { savedProfile }), ...(count !== null && { controlCount: parseInt(count, 10) }), ...(sum !== null && { controlSum: sum }) },
      { clock, dataDirectory },
    )
  }
}
