/** Text that is not UTF-8: recognised, or named by the person who sends it, and decoded while it streams. */
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { markLength } from '../container.ts'
import { FileFault } from '../fault.ts'
import type { SourceFile, Translation } from '../translation.ts'
import { decodeOld, encodingNames, NoSuchLetter, oldEncodings, type EncodingName, type OldEncoding } from './decoders.ts'
import { recogniseEncoding } from './recognise.ts'
import { wideEncodingOf } from './wide.ts'

export { encodingNames } from './decoders.ts'

const chunkBytes = 262_144

/**
 * The translation of a text that is not UTF-8; null when it is, as far as `head` says, or when it is no text.
 *
 * @param encoding one of `encodingNames`, when somebody said what it is
 * @throws FileFault `encoding_unknown` when it cannot be told for certain
 */
export async function translateText({ path, head, size }: SourceFile, encoding?: string): Promise<Translation | null> {
  if (encoding !== undefined) {
    const known = encodingNames.find((name) => name === encoding)
    if (known === undefined) throw new FileFault('encoding_unknown', `there is no encoding called ${encoding} here; known are ${encodingNames.join(', ')}`)
    if (known === 'utf-8') return null
    refuseUtf8(head, size, known)
    return translationOf(path, known)
  }
  const wide = wideEncodingOf(head, size)
  if (wide !== null) return translationOf(path, wide)
  if (!isForeignText(head, size)) return null
  return translationOf(path, await recogniseEncoding(path))
}

/** True for text that is not UTF-8, as far as its first bytes say, or that somebody says is not. */
export function isForeignText(head: Uint8Array, size: number, encoding?: string): boolean {
  if (encoding !== undefined) return encoding !== 'utf-8'
  if (wideEncodingOf(head, size) !== null) return true
  return !isBinary(head) && markLength(head) === 0 && !isWholeUtf8(head, size)
}

/** What is UTF-8 beyond ASCII is so by no accident: read as anything else its names would be lost without a word. */
function refuseUtf8(head: Uint8Array, size: number, encoding: EncodingName): void {
  const at = head.findIndex((byte) => byte >= 0x80)
  if (at < 0 || encoding.startsWith('utf-16') || !isWholeUtf8(head, size)) return
  const code = `0x${(head[at] as number).toString(16).toUpperCase()}`
  throw new FileFault('encoding_unknown', `the file is UTF-8, as byte ${at} (${code}) and those after it show, and not ${encoding}; leave --encoding out`, { line: 1 + linesIn(Buffer.from(head.subarray(0, at))), raw: code })
}

/** The translation of a file whose head is UTF-8 and whose rest is not. @throws FileFault `encoding_unknown` */
export async function translateOldText(path: string): Promise<Translation> {
  return translationOf(path, await recogniseEncoding(path))
}

function translationOf(path: string, encoding: Exclude<EncodingName, 'utf-8'>): Translation {
  return { format: 'csv', encoding, isStructured: false, notes: null, pieces: decode(path, encoding), parts: () => [] }
}

/** Containers and pictures are no text in whatever encoding. */
function isBinary(head: Uint8Array): boolean {
  return [[0x50, 0x4b], [0x25, 0x50, 0x44, 0x46], [0x1f, 0x8b], [0x89, 0x50], [0xff, 0xd8, 0xff], [0xd0, 0xcf, 0x11, 0xe0]].some((magic) => magic.every((byte, index) => head[index] === byte))
}

/** A letter that the end of the head cuts in two is no fault. */
function isWholeUtf8(head: Uint8Array, size: number): boolean {
  let end = head.length
  // Back to a letter of ASCII: fewer bytes might cut the letter before in two.
  if (head.length < size) while (end > 0 && (head[end - 1] as number) >= 0x80) end -= 1
  return isUtf8(head.subarray(0, end))
}

async function* decode(path: string, encoding: Exclude<EncodingName, 'utf-8'>): AsyncGenerator<Uint8Array, void> {
  const handle = await open(path, 'r')
  try {
    const decoder = oldEncodings.some((name) => name === encoding) ? new OldText(encoding as OldEncoding) : new WideText(encoding)
    const buffer = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes)
      const text = decoder.take(buffer.subarray(0, bytesRead), bytesRead === 0)
      if (text !== '') yield Buffer.from(text)
      if (bytesRead === 0) return
    }
  } finally {
    await handle.close()
  }
}

/** Decodes up to the last byte after which no letter can go on. */
class OldText {
  private readonly encoding: OldEncoding
  private kept: Buffer = Buffer.alloc(0)
  private base = 0
  private lines = 1

  constructor(encoding: OldEncoding) {
    this.encoding = encoding
  }

  take(piece: Buffer, isLast: boolean): string {
    const bytes = Buffer.concat([this.kept, piece])
    let end = bytes.length
    if (!isLast) while (end > 0 && !isBreak(bytes[end - 1] as number)) end -= 1
    // Without a single break in so much there is no CSV; what becomes of it is the scanner's to say.
    if (end === 0 && bytes.length > chunkBytes * 4) end = bytes.length
    this.kept = Buffer.from(bytes.subarray(end))
    const region = bytes.subarray(0, end)
    const text = this.decode(region)
    this.base += end
    this.lines += linesIn(region)
    return text
  }

  private decode(region: Buffer): string {
    try {
      return decodeOld(this.encoding, region)
    } catch (error) {
      if (!(error instanceof NoSuchLetter)) throw error
      const code = `0x${(region[error.at] as number).toString(16).padStart(2, '0').toUpperCase()}`
      throw new FileFault('encoding_unknown', `byte ${this.base + error.at} (${code}) is no letter in ${this.encoding}`, { line: this.lines + linesIn(region.subarray(0, error.at)), raw: code })
    }
  }
}

/** Decodes UTF-16, composed; a mark at its beginning is left out. */
class WideText {
  private readonly decoder: InstanceType<typeof TextDecoder>
  private readonly encoding: string
  private kept = ''
  private lines = 1

  constructor(encoding: string) {
    this.encoding = encoding
    this.decoder = new TextDecoder(encoding, { fatal: true })
  }

  take(piece: Buffer, isLast: boolean): string {
    let text: string
    try {
      text = this.kept + this.decoder.decode(piece, { stream: !isLast })
    } catch {
      throw new FileFault('encoding_unknown', `what follows line ${this.lines} is not ${this.encoding}: half a letter, or the file ends in the middle of one`, { line: this.lines })
    }
    // A mark that belongs to the last letter may still come.
    const end = isLast ? text.length : 1 + Math.max(text.lastIndexOf('\n'), text.lastIndexOf(','), text.lastIndexOf(';'), text.lastIndexOf('\t'), text.lastIndexOf(' '))
    const cut = end === 0 && text.length > chunkBytes * 4 ? text.length : end
    this.kept = text.slice(cut)
    const ready = text.slice(0, cut)
    this.lines += ready.match(/\r\n|\r|\n/g)?.length ?? 0
    return ready.normalize('NFC')
  }
}

function isBreak(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x2c || byte === 0x3b || byte === 0x09
}

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a)) lines += 1
  return lines
}
