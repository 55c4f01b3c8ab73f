/** Reads the top of a file: what it is, what it holds, and where its rows come from. */
import type { Profile } from '../core/index.ts'
import { FileFault, findHeader, headBytes, inspectContainer, openProfiled, openTranslation, refuseInvalidUtf8, translateOldText, type BankCodes, type FilePart, type Header, type LineNotes, type OwnAccounts, type SourceFile, type Translation } from '../formats/index.ts'
import { TranslatedSource } from './translated-source.ts'

/** What the top of a file says, read before its transaction begins. */
export interface Opening {
  readonly header: Header
  /** The first byte after a byte order mark. */
  readonly start: number
  /** Where the rows come from when they are not the bytes of the file themselves; to be closed. */
  readonly source: TranslatedSource | null
  /** Between the values of the sender's own CSV, where that is not what the header was found in; absent: it is. */
  readonly senderDelimiter?: string
}

/** What somebody said about a file. */
interface Said {
  readonly kind?: string
  readonly encoding?: string
  /** The profile by which it is to be read. */
  readonly profile?: Profile
  readonly banks?: BankCodes
  readonly ownAccounts?: OwnAccounts
}

/** Reads the top of a CSV file in UTF-8. @throws FileFault */
export function openTop(head: Buffer, size: number, kind?: string): Opening {
  const start = inspectContainer(head)
  const isWhole = head.length === size
  let end = head.length
  // A letter that the end of the head cuts in two is no fault.
  if (!isWhole) while (end > start && (head[end - 1] as number) >= 0x80) end -= 1
  refuseInvalidUtf8(head, start, end, 0, 1)
  return { header: findHeader(head.subarray(0, end), start, isWhole, kind), start, source: null }
}

/** The translation that a file needs; null when it is taken as it is. @throws FileFault */
export function translationOf(file: SourceFile, { kind, encoding, profile, banks, ownAccounts }: Said): Promise<Translation | null> {
  return openTranslation(file, { ...(kind !== undefined && { kind }), ...(encoding !== undefined && { encoding }), ...(profile !== undefined && { profile }), ...(banks !== undefined && { banks }), ...(ownAccounts !== undefined && { ownAccounts }) })
}

/** Reads the top of a file in whatever format. @throws FileFault */
export async function openFile(file: SourceFile & { readonly head: Buffer }, said: Said): Promise<Opening> {
  if (said.profile !== undefined) {
    const profiled = await openProfiled(file, said.profile, { ...(said.encoding !== undefined && { encoding: said.encoding }) })
    return { ...(await openTranslated(profiled, said.profile.kind.name)), senderDelimiter: profiled.senderDelimiter }
  }
  const translation = await translationOf(file, said)
  return translation === null ? openTop(file.head, file.size, said.kind) : openTranslated(translation, said.kind)
}

/** Reads the top of a file that turned out not to be UTF-8 far below its top. @throws FileFault */
export async function openAsOldText(path: string, said: Said): Promise<Opening> {
  return openTranslated(await translateOldText(path), said.kind)
}

async function openTranslated(translation: Translation, kind?: string): Promise<Opening> {
  const source = new TranslatedSource(translation)
  const { notes } = translation
  try {
    const { head, isWhole } = await source.peek(headBytes)
    if (head.length === 0) throw new FileFault('file_empty', 'the file holds nothing')
    // What was decoded may still be no table: XML or JSON in UTF-16.
    const start = translation.isStructured ? 0 : inspectContainer(head)
    const header = headerOf(head, start, isWhole, kind, notes)
    return { header: notes === null ? header : { ...header, line: notes.numberOf(header.line) }, start, source }
  } catch (error) {
    await source.close()
    throw error
  }
}

function headerOf(head: Buffer, start: number, isWhole: boolean, kind: string | undefined, notes: LineNotes | null): Header {
  let end = head.length
  // A letter that the end of the head cuts in two is no fault.
  if (!isWhole) while (end > 0 && (head[end - 1] as number) >= 0x80) end -= 1
  try {
    return findHeader(head.subarray(0, end), start, isWhole, kind)
  } catch (error) {
    throw numbered(error, notes)
  }
}

/** A fault that names a line of the CSV, naming the sender's instead; what a translation itself throws names it already. */
export function numbered(error: unknown, notes: LineNotes | null): unknown {
  if (notes === null || !(error instanceof FileFault) || error.refusal.line === null) return error
  const { code, detail, line, column, raw, control } = error.refusal
  const number = notes.numberOf(line)
  return new FileFault(code, detail.replace(`line ${line}`, `line ${number}`), { line: number, column, raw, ...(control && { control }) })
}

/** What a file is taken as, for its receipt; `parts` are known once it was read to its end. */
export function takenAs({ source }: Opening): { format: string; encoding: string; parts: readonly FilePart[] | null } {
  if (source === null) return { format: 'csv', encoding: 'utf-8', parts: null }
  const { format, encoding, parts } = source.translation
  return { format, encoding, parts: parts().length === 0 ? null : parts() }
}
