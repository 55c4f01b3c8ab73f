/** Who lives next to whom: no two people of one commune share a name and a birth date, unless a story wants them to. */
import type { Person } from './people.ts'
import type { Commune } from './places.ts'
import type { Random } from './random.ts'

/** Communes that somebody may also be listed in who lives elsewhere; their people are remembered to the end. */
const openCommunes = 40

/** Goes from commune to commune and knows who was met there; it forgets them afterwards, so that memory does not grow with the province. */
export class Neighbours {
  commune: Commune
  private readonly remembered: ReadonlyMap<Commune, Set<string>>
  private met: Set<string>

  constructor(communes: readonly Commune[]) {
    this.commune = communes[0] as Commune
    this.remembered = new Map(communes.slice(0, openCommunes).map((commune) => [commune, new Set<string>()]))
    this.met = this.remembered.get(this.commune) ?? new Set()
  }

  /** Moves on to a commune. */
  enter(commune: Commune): void {
    this.commune = commune
    this.met = this.remembered.get(commune) ?? new Set()
  }

  /** Whether nobody of the commune has this name and birth date; whoever is new is known from then on. */
  isNew(person: Person): boolean {
    const known = this.met.size
    return this.met.add(keyOf(person)).size > known
  }

  /** Another commune, without a register of its own, to which the person is new; known there from then on. */
  elsewhere(random: Random, person: Person): Commune {
    const communes = [...this.remembered].filter(([commune, met]) => commune !== this.commune && !commune.isRegistered && !met.has(keyOf(person)))
    const [commune, met] = random.pick(communes)
    met.add(keyOf(person))
    return commune
  }
}

function keyOf({ bankName, birthDate }: Person): string {
  return `${bankName} ${birthDate}`
}
