/** Who was met already: no two people share a name and a birth date, and no two of a commune a name and half a date, unless a story wants them to. */
import type { Person } from './people.ts'
import type { Commune } from './places.ts'
import type { Random } from './random.ts'

/** Bits for every beneficiary, of whom each takes from one to six. */
const bitsEach = 16
/** Bits for a commune of at most a few thousand people, of whom each takes four. */
const bitsHere = 1 << 20

/**
 * Goes from commune to commune. Everybody ever met is remembered as one bit, so that ten million people take 32 MB; two
 * keys may fall on one bit, which costs a draw and nothing else.
 */
export class Neighbours {
  commune: Commune
  private readonly communes: readonly Commune[]
  private readonly metHere = new Bits(bitsHere)
  private readonly metAnywhere: Bits

  constructor(communes: readonly Commune[]) {
    this.communes = communes
    this.commune = communes[0] as Commune
    const people = communes.reduce((sum, { size }) => sum + size, 0)
    this.metAnywhere = new Bits(2 ** Math.ceil(Math.log2(people * bitsEach)))
  }

  /** Moves on to a commune. */
  enter(commune: Commune): void {
    this.commune = commune
    this.metHere.clear()
  }

  /** Whether nobody met so far could be taken for this person; who is new is known from then on. */
  isNew(person: Person): boolean {
    const [here, anywhere] = [likenesses(person).map(hash), likenessesAnywhere(person).map(hash)]
    if (this.metHere.hasAny(here) || this.metAnywhere.hasAny(anywhere)) return false
    this.metHere.add(here)
    this.metAnywhere.add(anywhere)
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

/** Remembers 32-bit numbers by their highest bits; a power of two of them in all. */
class Bits {
  private readonly words: Uint32Array
  private readonly unusedBits: number

  constructor(count: number) {
    this.words = new Uint32Array(count / 32)
    this.unusedBits = 32 - Math.log2(count)
  }

  hasAny(numbers: readonly number[]): boolean {
    return numbers.some((number) => {
      const key = number >>> this.unusedBits
      return ((this.words[key >>> 5] ?? 0) & (1 << (key & 31))) !== 0
    })
  }

  add(numbers: readonly number[]): void {
    for (const number of numbers) {
      const key = number >>> this.unusedBits
      this.words[key >>> 5] = (this.words[key >>> 5] ?? 0) | (1 << (key & 31))
    }
  }

  clear(): void {
    this.words.fill(0)
  }
}

/** What two people of one commune must not have in common: a name and half a date, or a date and half a name. */
function likenesses({ bankName, birthDate }: Person): readonly string[] {
  const given = bankName.slice(bankName.lastIndexOf(' ') + 1)
  return [`${bankName} ${birthDate.slice(0, 4)}`, `${bankName} ${birthDate.slice(5)}`, `${given} ${birthDate}`, `${bankName.slice(0, -given.length)}${birthDate}`]
}

/** What nobody in the whole province may have in common with somebody. */
function likenessesAnywhere({ bankName, birthDate, isRareName, isRareButForALetter }: Person): readonly string[] {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  // A name and a birth date, day and month in order of size, because people mix them up.
  const likenesses = [`${bankName} ${year} ${month < day ? `${month} ${day}` : `${day} ${month}`}`]
  if (isRareButForALetter) likenesses.push(`${bankName.slice(bankName.indexOf(' '))} ${birthDate}`)
  // Two parts of the date, or all but one figure of the year.
  if (isRareName) likenesses.push(`${bankName} ${year} m${month}`, `${bankName} ${year} d${day}`, `${bankName} ${month}-${day} ${year.slice(0, 3)}`, `${bankName} ${month}-${day} ${year.slice(0, 2)}-${year.slice(3)}`)
  return likenesses
}

/** FNV-1a over the characters, and once more stirred, because its highest bits are the ones used. */
function hash(text: string): number {
  let mixed = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
