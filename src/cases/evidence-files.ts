/** Evidence that people add to cases: what it may be, and where its bytes lie. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal, sha256Of } from '../core/index.ts'

/** A file that belongs to an event of a case. */
export interface EvidenceFile {
  /** Hex: where its bytes lie. */
  readonly sha256: string
  /** As the sender called it; shown, never used as a path. */
  readonly fileName: string
  readonly mediaType: string
  readonly size: number
}

/** The largest file that is taken, in bytes. */
export const largestEvidence = 10 * 1024 * 1024

const zip = 'application/vnd.openxmlformats-officedocument'
/** What a file is, by how it begins; a name can say anything. */
const beginnings: readonly { readonly bytes: readonly number[]; readonly endings: Readonly<Record<string, string>> }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], endings: { pdf: 'application/pdf' } },
  { bytes: [0xff, 0xd8, 0xff], endings: { jpg: 'image/jpeg', jpeg: 'image/jpeg' } },
  { bytes: [0x89, 0x50, 0x4e, 0x47], endings: { png: 'image/png' } },
  { bytes: [0x50, 0x4b, 0x03, 0x04], endings: { docx: `${zip}.wordprocessingml.document`, xlsx: `${zip}.spreadsheetml.sheet` } },
]

/**
 * Keeps the bytes in the folder of evidence and says what they are; on disk before it answers.
 *
 * @throws Refusal `file_too_large`, `file_type` (usage)
 */
export async function keepEvidence(folder: string, fileName: string, bytes: Uint8Array): Promise<EvidenceFile> {
  if (bytes.length > largestEvidence) throw evidenceTooLarge()
  const ending = fileName.toLowerCase().split('.').at(-1) ?? ''
  const mediaType = beginnings.find((one) => one.bytes.every((byte, index) => bytes[index] === byte))?.endings[ending]
  if (mediaType === undefined) throw new Refusal('usage', 'file_type', 'only PDF, pictures, Word and Excel files are taken')
  const sha256 = sha256Of(bytes)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // A name of its own: the same file may come twice at once.
  const path = join(folder, `${sha256}.${randomUUID()}.draft`)
  try {
    const draft = await open(path, 'wx', 0o600)
    try {
      await draft.writeFile(bytes)
      await draft.sync()
    } finally {
      await draft.close()
    }
    await rename(path, join(folder, sha256))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  // Signs of control or direction in a name could only mislead whoever reads it.
  return { sha256, fileName: fileName.normalize('NFC').replace(/[\p{Cc}\p{Cf}/\\]/gu, '_').slice(-200), mediaType, size: bytes.length }
}

/** What is said of a file that is larger. */
export function evidenceTooLarge(): Refusal {
  return new Refusal('usage', 'file_too_large', 'the file is larger than 10 MB')
}

/** The bytes; null when they are not there, or are no longer those that were kept. */
export async function readEvidence(folder: string, sha256: string): Promise<Buffer | null> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null
  try {
    const bytes = await readFile(join(folder, sha256))
    return sha256Of(bytes) === sha256 ? bytes : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
