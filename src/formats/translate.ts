/** Picks the reader of a file from its first bytes: the registry of all formats that are not CSV in UTF-8. */
import { isForeignText, translateText } from './encodings/index.ts'
import { isXml, openIso20022 } from './iso20022/index.ts'
import { isStatement, openStatement } from './mt940/index.ts'
import type { SourceFile, Translation, TranslationOptions } from './translation.ts'
import { isWorkbook, translateWorkbook } from './xlsx/index.ts'

/** A format other than text. */
interface Reader {
  /** True only when the file certainly is of this format. */
  readonly recognises: (head: Uint8Array) => boolean
  /** True for plain text, which may come in any encoding that CSV may. */
  readonly isText?: true
  /** @throws FileFault */
  readonly open: (file: SourceFile, options: TranslationOptions) => Promise<Translation>
}

/** At most one of them recognises a file. */
const readers: readonly Reader[] = [
  { recognises: isXml, open: openIso20022 },
  { recognises: isStatement, isText: true, open: openStatement },
  { recognises: isWorkbook, open: translateWorkbook },
]

/** True when a file has to be translated, or to be refused as what cannot be: it is not CSV in UTF-8, as far as its first bytes say. */
export function needsTranslation(head: Uint8Array, size: number, { encoding }: TranslationOptions = {}): boolean {
  return readers.some(({ recognises }) => recognises(head)) || isForeignText(head, size, encoding)
}

/**
 * The translation of a file into CSV in UTF-8; null when that is what it is already, or when nobody knows it.
 *
 * @throws FileFault when it is known what the file is, and it cannot be taken
 */
export async function openTranslation(file: SourceFile, options: TranslationOptions = {}): Promise<Translation | null> {
  const reader = readers.find(({ recognises }) => recognises(file.head))
  if (reader === undefined) return translateText(file, options.encoding)
  return reader.open(reader.isText === true ? await decoded(file, options.encoding) : file, options)
}

/** The file with its text as UTF-8, where it is in another encoding. @throws FileFault `encoding_unknown` */
async function decoded(file: SourceFile, encoding: string | undefined): Promise<SourceFile> {
  const first = await translateText(file, encoding)
  if (first === null) return file
  await first.pieces.return()
  return { ...file, text: { encoding: first.encoding, pieces: async () => (await translateText(file, first.encoding))?.pieces ?? first.pieces } }
}
