/** Who was met already: no two people share a name and a birth date, and no two of a commune a name and a year, unless a story wants them to. */
import type { Person } from './people.ts'
import type { Commune } from './places.ts'
import type { Random } from './random.ts'

/** Bits for every beneficiary: strangers are met too, and one bit in ten taken costs one draw in ten. */
const bitsEach = 16

/**
 * Goes from commune to commune. Everybody ever met is remembered as one bit, so that ten million people take 32 MB; two
 * keys may fall on one bit, which costs a draw and nothing else.
 */
export class Neighbours {
  commune: Commune
  private readonly communes: readonly Commune[]
  private readonly met: Uint32Array
  private readonly unusedBits: number
  private metHere = new Set<string>()

  constructor(communes: readonly Commune[]) {
    this.communes = communes
    this.commune = communes[0] as Commune
    const people = communes.reduce((sum, { size }) => sum + size, 0)
    const keyBits = Math.ceil(Math.log2(people * bitsEach))
    this.unusedBits = 32 - keyBits
    this.met = new Uint32Array(2 ** (keyBits - 5))
  }

  /** Moves on to a commune. */
  enter(commune: Commune): void {
    this.commune = commune
    this.metHere = new Set()
  }

  /** Whether nobody met so far could be taken for this person; who is new is known from then on. */
  isNew({ bankName, birthDate }: Person): boolean {
    const [year = '', month = '', day = ''] = birthDate.split('-')
    const here = `${bankName} ${year}`
    // Day and month in order of size: people mix them up, and so must not be told apart by it.
    const key = hash(`${here} ${month < day ? `${month} ${day}` : `${day} ${month}`}`) >>> this.unusedBits
    const [word, bit] = [key >>> 5, 1 << (key & 31)]
    if (((this.met[word] ?? 0) & bit) !== 0 || this.metHere.has(here)) return false
    this.met[word] = (this.met[word] ?? 0) | bit
    this.metHere.add(here)
    return true
  }

  /** Another commune, one without a register of its own. */
  elsewhere(random: Random): Commune {
    for (;;) {
      const commune = random.pick(this.communes)
      if (commune !== this.commune && !commune.isRegistered) return commune
    }
  }
}

/** FNV-1a over the characters, and once more stirred, because its highest bits are the ones used. */
function hash(text: string): number {
  let mixed = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
