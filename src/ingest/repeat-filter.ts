/**
 * Suspects rows whose content may have stood before, in the same file or in an earlier one, by Bloom filters.
 *
 * They never miss one; who is suspected is compared exactly in the database (repeats.ts). At 32 bits and 8 probes a row,
 * about one row in a million is suspected for nothing.
 */
import type { Key } from '../core/index.ts'
import { keyText } from '../core/index.ts'

/** Changes with whatever the content's hash is made of: filters of another version say nothing (earlier-content.ts). */
export const contentHashVersion = 1

const probes = 8
const smallestBits = 1 << 12
const largestBits = 1 << 27 // 16 MB; beyond four million rows more are suspected for nothing, and nothing else changes
const mostSuspects = 20_000
// 16 bytes each; of a larger file nothing is saved by looking for its rows one by one.
const mostHashes = 100_000
const keptBitsPerRow = 24

export class RepeatFilter {
  /** Keys of the persons whose rows are suspected of standing twice in this file; null when they are too many to name. */
  suspects: string[] | null = []
  private readonly words: Uint32Array
  private readonly mask: number
  private rows = 0
  // Content hash and person of each row, both halves; as long as they are not very many.
  private hashes = new Int32Array(4096)

  /** @param expectedRows how many rows will come, roughly */
  constructor(expectedRows: number) {
    let bits = smallestBits
    while (bits < expectedRows * 32 && bits < largestBits) bits *= 2
    this.words = new Uint32Array(bits >>> 5)
    this.mask = bits - 1
  }

  get hasSuspects(): boolean {
    return this.suspects === null || this.suspects.length > 0
  }

  /** Takes in a row by the hash of its content; remembers `person` when such a row may have been there and must not be twice. */
  add(content: Readonly<Key>, person: Readonly<Key>, hasIdentity: boolean): void {
    this.keep(content, person)
    const { words, mask } = this
    let at = content.low
    const stride = content.high | 1
    let isKnown = true
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = (at >>> 0) & mask
      const word = bit >>> 5
      const flag = 1 << (bit & 31)
      if (((words[word] as number) & flag) === 0) {
        isKnown = false
        words[word] = (words[word] as number) | flag
      }
      at = (at + stride) | 0
    }
    if (!isKnown || !hasIdentity || this.suspects === null) return
    this.suspects.push(keyText(person))
    if (this.suspects.length > mostSuspects) this.suspects = null
  }

  /** True while rows can be looked for one by one in the filters of earlier files. */
  get isSmall(): boolean {
    return this.rows <= mostHashes
  }

  /** Adds to `found` the persons of the rows that may stand in the file behind an earlier filter. Only for a small file. */
  findIn(earlier: Buffer, found: Set<string>): void {
    const mask = earlier.length * 8 - 1
    const person = { high: 0, low: 0 }
    for (let row = 0; row < this.rows * 4; row += 4) {
      let at = this.hashes[row + 1] as number
      const stride = (this.hashes[row] as number) | 1
      let isKnown = true
      for (let probe = 0; probe < probes && isKnown; probe += 1) {
        const bit = (at >>> 0) & mask
        isKnown = ((earlier[bit >>> 3] as number) & (1 << (bit & 7))) !== 0
        at = (at + stride) | 0
      }
      if (!isKnown) continue
      person.high = this.hashes[row + 2] as number
      person.low = (this.hashes[row + 3] as number) >>> 0
      found.add(keyText(person))
    }
  }

  /** The filter as it is kept for later files: no longer than its rows need. A length of a power of two, bit n in byte n / 8 (every processor that Node runs on here has the low byte first). */
  folded(): Uint8Array {
    let { words } = this
    // Each half says of the same rows what the other does, under a mask shorter by one bit.
    while (words.length * 16 >= this.rows * keptBitsPerRow && words.length * 32 > smallestBits) {
      const half = new Uint32Array(words.length / 2)
      for (let word = 0; word < half.length; word += 1) half[word] = (words[word] as number) | (words[word + half.length] as number)
      words = half
    }
    return new Uint8Array(words.buffer)
  }

  private keep(content: Readonly<Key>, person: Readonly<Key>): void {
    this.rows += 1
    if (this.rows > mostHashes) return
    const at = (this.rows - 1) * 4
    if (at === this.hashes.length) {
      const longer = new Int32Array(at * 2)
      longer.set(this.hashes)
      this.hashes = longer
    }
    this.hashes[at] = content.high
    this.hashes[at + 1] = content.low
    this.hashes[at + 2] = person.high
    this.hashes[at + 3] = person.low
  }
}
