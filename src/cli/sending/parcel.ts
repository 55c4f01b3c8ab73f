/** A file as it is handed in: its bytes known by their hash before the first is sent, and a key that is the same however often it is tried. */
import { createHash } from 'node:crypto'
import { constants, createReadStream, type ReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Refusal, sha256Of } from '../../core/index.ts'

/** What the sender says of a file; null: nothing. */
export interface Declared {
  readonly kind: string | null
  readonly profile: string | null
  readonly controlCount: string | null
  readonly controlSum: string | null
}

/** A file ready to be handed in. */
export interface Parcel extends Declared {
  readonly path: string
  /** False: a link at that path is not followed, since it may lead to anything that this program can read. */
  readonly areLinksFollowed: boolean
  /** As the receipt will call it. */
  readonly fileName: string
  readonly size: number
  /** SHA-256 in hex, and as `Repr-Digest` wants it. */
  readonly sha256: string
  readonly digest: string
}

/** Reads the file once, for its hash. @throws Refusal `file_unreadable` (usage) */
export async function packParcel(path: string, declared: Declared, areLinksFollowed = true): Promise<Parcel> {
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const piece of openParcel({ path, areLinksFollowed }) as AsyncIterable<Buffer>) {
      hash.update(piece)
      size += piece.length
    }
  } catch (error) {
    throw new Refusal('usage', 'file_unreadable', `the file ${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
  const bytes = hash.digest()
  return { ...declared, path, areLinksFollowed, fileName: basename(path), size, sha256: bytes.toString('hex'), digest: `sha-256=:${bytes.toString('base64')}:` }
}

/** Its bytes. */
export function openParcel({ path, areLinksFollowed }: Pick<Parcel, 'path' | 'areLinksFollowed'>): ReadStream {
  return createReadStream(path, areLinksFollowed ? {} : { flags: (constants.O_RDONLY | constants.O_NOFOLLOW) as unknown as string })
}

/**
 * The `Idempotency-Key` of a file: from its bytes, its name and what is said of it, so that the same is the same request,
 * after a restart and from another machine too.
 *
 * @param round 0; the next one when the server, by its own fault, could not read it and it is handed in anew
 */
export function keyOfParcel({ sha256, fileName, kind, profile, controlCount, controlSum }: Parcel, round: number): string {
  return `tantay-${sha256Of(JSON.stringify([sha256, fileName, kind, profile, controlCount, controlSum, round]))}`
}
