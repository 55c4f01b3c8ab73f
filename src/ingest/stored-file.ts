/** Reads a received file again as it was taken: in the format, the encoding and by the profile that are stored with it. */
import type { Session } from '../db/index.ts'
import { headBytes, type Translation } from '../formats/index.ts'
import { readBankCodes } from './bank-codes.ts'
import { readHead } from './file-receiver.ts'
import { translationOf } from './opening.ts'
import { loadProfile } from './profile-store.ts'

/** What is stored of how a file was taken. */
export interface StoredForm {
  readonly kind: string
  /** Null: refused before that was known, or taken before it was stored. */
  readonly format: string | null
  readonly encoding: string | null
  readonly profile_name: string | null
  readonly profile_version: number | null
}

/** True when the bytes of the file are the CSV in UTF-8 that was read. */
export function isPlainCsv({ format, encoding }: StoredForm): boolean {
  return (format ?? 'csv') === 'csv' && (encoding ?? 'utf-8') === 'utf-8'
}

/** The translation by which a file was taken, to be read once more; null when it cannot be translated any longer. @throws FileFault */
export async function translateAgain(session: Session, path: string, { kind, format, encoding, profile_name: name, profile_version: version }: StoredForm): Promise<Translation | null> {
  const saved = name === null ? null : await loadProfile(session, name, version ?? undefined)
  const { head, size } = await readHead(path, headBytes)
  return translationOf({ path, head, size }, {
    ...(kind !== 'unknown' && { kind }), ...(format === 'csv' && encoding !== null && { encoding }), ...(saved !== null && { profile: saved.profile }), banks: await readBankCodes(session),
  })
}
