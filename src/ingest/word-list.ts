/** Recognises the words and scheme codes of a column by their bytes; what a file keeps repeating costs a short comparison. */
import { foldWord, type Column, type Key } from '../core/index.ts'
import { textOf } from '../formats/index.ts'

const flagWords = { true: ['yes', 'y', 't', '1', 'có', 'x'], false: ['no', 'n', 'f', '0', 'không'] }

/** The words of one column, each with its number. */
export class WordList {
  /** The label of each word as the database knows it. */
  readonly labels: readonly string[]
  readonly encoded: readonly Uint8Array[]
  private readonly folded: ReadonlyMap<string, number>
  // Spellings seen in this file, so that each is folded once only.
  private readonly seen: { bytes: Uint8Array; index: number }[] = []

  constructor(column: Column) {
    const words = column.type === 'flag' ? flagWords : (column.words ?? {})
    this.labels = Object.keys(words)
    this.encoded = this.labels.map((label) => Buffer.from(label))
    this.folded = new Map(Object.values(words).flatMap((aliases, index) => [this.labels[index] as string, ...aliases].map((word) => [foldWord(word), index] as const)))
    this.encoded.forEach((bytes, index) => this.seen.push({ bytes, index }))
  }

  /** The number of the word that the bytes spell, −1 when they spell none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    for (const known of this.seen) if (equals(known.bytes, bytes, start, end)) return known.index
    if (end - start > 100) return -1
    const index = this.findText(textOf(bytes, start, end))
    if (index >= 0 && this.seen.length < 40) this.seen.push({ bytes: bytes.slice(start, end), index })
    return index
  }

  /** The same for text. */
  findText(text: string): number {
    return this.folded.get(foldWord(text)) ?? -1
  }
}

/** One scheme as the database knows it. */
export interface KnownScheme {
  readonly id: number
  readonly scheme: string
  readonly currency: string
}

/** The schemes that a file may name, and those that a scheme file adds. */
export class SchemeBook {
  readonly added: KnownScheme[] = []
  private readonly entries: { bytes: Uint8Array; scheme: KnownScheme }[] = []
  private readonly codes: ReadonlyMap<string, number>
  private nextId: number
  private last = 0

  /**
   * @param known the schemes now in force
   * @param codes every code ever given a number, those no longer in force too
   */
  constructor(known: readonly KnownScheme[], codes: ReadonlyMap<string, number>) {
    for (const scheme of known) this.entries.push({ bytes: Buffer.from(scheme.scheme), scheme })
    this.codes = codes
    this.nextId = Math.max(0, ...codes.values()) + 1
  }

  /** The scheme of that code; null when it is not known. */
  find(bytes: Uint8Array, start: number, end: number): KnownScheme | null {
    const { entries } = this
    for (let step = 0, index = this.last; step < entries.length; step += 1, index = index + 1 === entries.length ? 0 : index + 1) {
      const entry = entries[index] as { bytes: Uint8Array; scheme: KnownScheme }
      if (equals(entry.bytes, bytes, start, end)) {
        this.last = index
        return entry.scheme
      }
    }
    return null
  }

  /** The scheme of that code, with a number of its own if it never had one. */
  findOrAdd(bytes: Uint8Array, start: number, end: number): KnownScheme {
    const found = this.find(bytes, start, end)
    if (found !== null) return found
    const code = textOf(bytes, start, end).normalize('NFC')
    const scheme = { id: this.codes.get(code) ?? this.nextId, scheme: code, currency: 'VND' }
    if (scheme.id === this.nextId) {
      this.nextId += 1
      this.added.push(scheme)
    }
    this.entries.push({ bytes: bytes.slice(start, end), scheme })
    return scheme
  }
}

/** True when the bytes [start, end) are exactly the known ones. */
export function equals(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let index = 0; index < known.length; index += 1) if (known[index] !== bytes[start + index]) return false
  return true
}

/** A new key at zero. */
export function newKey(): Key {
  return { high: 0, low: 0 }
}
