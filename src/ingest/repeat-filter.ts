/**
 * Suspects rows whose content may have stood in the same file before, by a Bloom filter of a few megabytes.
 *
 * It never misses one; who is suspected is compared exactly in the database (repeats.ts). At 32 bits and 8 probes a row,
 * about one row in a million is suspected for nothing.
 */
import type { Key } from '../core/index.ts'
import { keyText } from '../core/index.ts'

const probes = 8
const smallestBits = 1 << 16
const largestBits = 1 << 27 // 16 MB; beyond four million rows more are suspected for nothing, and nothing else changes
const mostSuspects = 20_000

export class RepeatFilter {
  /** Keys of the suspects; null when they are too many to name. */
  suspects: string[] | null = []
  private readonly words: Uint32Array
  private readonly mask: number

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

  /** Takes in a row by the hash of its content; remembers `person` when such a row may have been there. */
  add(content: Readonly<Key>, person: Readonly<Key>): void {
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
    if (!isKnown || this.suspects === null) return
    this.suspects.push(keyText(person))
    if (this.suspects.length > mostSuspects) this.suspects = null
  }
}
