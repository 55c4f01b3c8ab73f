/**
 * Tells the old encodings of Vietnamese apart by what their bytes spell: taken is only what certainly is Vietnamese in
 * exactly one of them, in the whole file; in doubt the file is refused.
 */
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { FileFault } from '../fault.ts'
import { decodeOld, encodingNames, oldEncodings, type OldEncoding } from './decoders.ts'
import { isSyllable } from './syllables.ts'

const chunkBytes = 262_144
// Vietnamese has some seven thousand syllables; what has many more words with marks than these in three cases is no text.
const mostWords = 60_000
const longestWord = 60

/** A run of letters with at least one byte beyond ASCII, where it first stands. */
interface Word {
  /** Its bytes, as Latin-1. */
  readonly bytes: string
  readonly offset: number
  readonly line: number
}

/**
 * The one encoding in which a file is certainly Vietnamese.
 *
 * @throws FileFault `encoding_unknown` when there is none, when there are two, or when parts of the file are in another
 */
export async function recogniseEncoding(path: string): Promise<OldEncoding> {
  const words = await readWords(path)
  const readings = oldEncodings.map((encoding) => read(encoding, words)).sort((a, b) => b.good - a.good)
  const [best, ...others] = readings as [Reading, ...Reading[]]
  const inUtf8 = words.map(({ bytes }) => isUtf8(Buffer.from(bytes, 'latin1')))
  const broken = words[inUtf8.indexOf(false)]
  if (broken !== undefined && inUtf8.filter(Boolean).length > best.good) throw doubt(broken, `is not UTF-8, which most of the file is${advice}`)
  if (best.good * 2 <= words.length) throw inDoubt(words, best, unknown)
  for (const [index, word] of words.entries()) {
    if (best.isGood[index] === true) continue
    const elsewhere = others.find(({ isGood }) => isGood[index] === true)?.encoding ?? (isGoodUtf8(word.bytes) ? 'utf-8' : null)
    if (elsewhere !== null) throw doubt(word, `stands in a word that is ${elsewhere}, while most of the file is ${best.encoding}: the file mixes encodings; export it again from its source`)
    if (best.texts[index] === null) throw doubt(word, `is no letter in ${best.encoding}, which the rest of the file seems to be${advice}`)
  }
  if (best.good < words.length * leastShare) throw inDoubt(words, best, unknown)
  // The right reading of a short text may hold a foreign word too: one odd word does not rule a reading out.
  const mostOdd = Math.max(1, words.length * (1 - leastShare))
  const rival = others.find(({ good, texts }) => words.length - good <= mostOdd && good > 0 && !texts.includes(null) && texts.some((text, index) => text !== best.texts[index]))
  if (rival !== undefined) throw inDoubt(words, best, `can be ${best.encoding} as well as ${rival.encoding}`)
  return best.encoding
}

// Names of minorities and of foreigners are no Vietnamese syllables, and are few.
const leastShare = 0.75
const unknown = 'is not UTF-8, and the text is not certainly Vietnamese in any encoding that is known here'
const advice = `; save the file as UTF-8, or name the encoding (--encoding ${encodingNames.slice(1).join(', ')})`

/** What the words of a file are in one encoding. */
interface Reading {
  readonly encoding: OldEncoding
  /** How many of them are Vietnamese. */
  readonly good: number
  readonly isGood: readonly boolean[]
  /** Null where a byte is no letter. */
  readonly texts: readonly (string | null)[]
}

function read(encoding: OldEncoding, words: readonly Word[]): Reading {
  const texts = words.map(({ bytes }) => textIn(encoding, bytes))
  const isGood = texts.map((text) => text !== null && isVietnamese(text))
  return { encoding, good: isGood.filter(Boolean).length, isGood, texts }
}

function textIn(encoding: OldEncoding, bytes: string): string | null {
  try {
    return decodeOld(encoding, Buffer.from(bytes, 'latin1'))
  } catch {
    return null
  }
}

const neutral = /[\u00a0“”‘’–—…₫°]/g
const letters = /[\p{L}\p{M}]+/gu

/** True when all that is beyond ASCII in a text are letters of Vietnamese syllables, at least one, and neutral signs. */
export function isVietnamese(text: string): boolean {
  const marked = (text.replace(neutral, ' ').match(letters) ?? []).filter((word) => /[^\x20-\x7e]/.test(word))
  if (marked.length === 0) return false
  return marked.every(isSyllable) && !/[^\x20-\x7e]/.test(text.replace(neutral, ' ').replace(letters, ''))
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

function isGoodUtf8(bytes: string): boolean {
  try {
    return isVietnamese(strictUtf8.decode(Buffer.from(bytes, 'latin1')).normalize('NFC'))
  } catch {
    return false
  }
}

/** A refusal that names the first word which does not fit, or the first word of all. */
function inDoubt(words: readonly Word[], best: Reading, why: string): FileFault {
  const word = words.find((_, index) => best.isGood[index] !== true) ?? words[0]
  return word === undefined ? new FileFault('encoding_unknown', `the file ${why}${advice}`) : doubt(word, `${why}${advice}`)
}

function doubt({ bytes, offset, line }: Word, why: string): FileFault {
  const at = Array.from(bytes).findIndex((sign) => sign > '\u007f')
  const code = `0x${bytes.charCodeAt(at).toString(16).toUpperCase()}`
  return new FileFault('encoding_unknown', `byte ${offset + at} (${code}) ${why}`, { line, raw: code })
}

/** Letters of any of the encodings: ASCII's, everything beyond it, and the six controls that VISCII uses. */
const isLetterByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  const isAscii = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
  return isAscii || byte >= 0x80 || [0x02, 0x05, 0x06, 0x14, 0x19, 0x1e].includes(byte) ? 1 : 0
})

/** Every word of the file with a byte beyond ASCII, once. */
async function readWords(path: string): Promise<Word[]> {
  const words = new Map<string, Word>()
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes + longestWord + 1)
    let kept = 0
    let base = 0
    let line = 1
    for (;;) {
      const { bytesRead } = await handle.read(buffer, kept, chunkBytes)
      const end = kept + bytesRead
      const rest = bytesRead === 0 ? end : lastWordStart(buffer, end)
      line = takeWords(words, buffer, rest, base, line)
      if (words.size > mostWords) throw new FileFault('encoding_unknown', `the file is not UTF-8, and its bytes are no text in any encoding that is known here (byte ${[...words.values()][0]?.offset ?? 0})`)
      if (bytesRead === 0) return [...words.values()]
      buffer.copy(buffer, 0, rest, end)
      base += rest
      kept = end - rest
    }
  } finally {
    await handle.close()
  }
}

/** Where the word begins that the end of the bytes may have cut; longer ones than any word are cut. */
function lastWordStart(bytes: Uint8Array, end: number): number {
  let start = end
  while (start > 0 && end - start <= longestWord && isLetterByte[bytes[start - 1] as number] === 1) start -= 1
  return end - start > longestWord ? end : start
}

/** Takes in the words of bytes [0, end); the line on which the next byte stands. */
function takeWords(words: Map<string, Word>, bytes: Buffer, end: number, base: number, firstLine: number): number {
  let line = firstLine
  for (let at = 0; at < end; ) {
    const byte = bytes[at] as number
    if (isLetterByte[byte] === 0) {
      if (byte === 0) throw new FileFault('encoding_unknown', `byte ${base + at} is zero, and the file is neither UTF-8 nor UTF-16`, { line, raw: '0x00' })
      if (byte === 0x0a || (byte === 0x0d && bytes[at + 1] !== 0x0a)) line += 1
      at += 1
      continue
    }
    const start = at
    let hasMark = false
    while (at < end && at - start < longestWord && isLetterByte[bytes[at] as number] === 1) {
      if ((bytes[at] as number) >= 0x80) hasMark = true
      at += 1
    }
    if (!hasMark) continue
    const word = bytes.toString('latin1', start, at)
    if (!words.has(word)) words.set(word, { bytes: word, offset: base + start, line })
  }
  return line
}
