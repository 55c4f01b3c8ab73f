/** Files on their way: what each holds, whose money it speaks of, and whether it counts just now. */
import type { SimulatedKind } from '../files.ts'
import type { Claim } from './claim.ts'

/** The kinds that only a life of months needs. */
const furtherColumns = { calendar: 'date,kind,name', unit_succession: 'old_code,new_code,effective_date,part' } as const
export type LetterKind = SimulatedKind | keyof typeof furtherColumns

/** One file of one sender. */
export class Letter {
  readonly kind: LetterKind
  readonly sender: string
  /** Whose class may change when it comes or is withdrawn. */
  readonly claims = new Set<Claim>()
  /** Taken in and not withdrawn: what it says is known. */
  isIn = false
  rows: string[] = []
  rowCount = 0
  /** Where it was written; empty before. */
  path = ''
  /** On which day it came; empty before. */
  cameOn = ''
  /** It stays as it is: it came late already, or another file says the same. */
  isSettled = false
  /** What else follows from its coming. */
  readonly onArrival: (() => void)[] = []

  constructor(kind: LetterKind, sender: string) {
    this.kind = kind
    this.sender = sender
  }

  add(row: string): void {
    this.rows.push(row)
    this.rowCount += 1
  }

  /** It will say something of a claim, which waits for it. */
  concern(claim: Claim): void {
    if (this.claims.has(claim)) return
    this.claims.add(claim)
    claim.pending += 1
  }

  /** It is there, or gone for a while; gives those of whom it speaks. */
  come(): Iterable<Claim> {
    this.isIn = true
    for (const claim of this.claims) claim.pending -= 1
    return this.claims
  }

  go(): Iterable<Claim> {
    this.isIn = false
    for (const claim of this.claims) claim.pending += 1
    return this.claims
  }
}

/** The header line of a kind. */
export function headerOf(kind: LetterKind, columns: Readonly<Record<SimulatedKind, string>>): string {
  return kind === 'calendar' || kind === 'unit_succession' ? furtherColumns[kind] : columns[kind]
}

/** Letters that wait for their day, one for each kind, sender and day. */
export class Outbox {
  private readonly waiting = new Map<string, Map<string, Letter>>()

  /** The letter of that day, begun when there is none yet. */
  letter(day: string, kind: LetterKind, sender: string): Letter {
    let letters = this.waiting.get(day)
    if (letters === undefined) this.waiting.set(day, (letters = new Map<string, Letter>()))
    const key = `${kind} ${sender}`
    let letter = letters.get(key)
    if (letter === undefined) letters.set(key, (letter = new Letter(kind, sender)))
    return letter
  }

  /** A letter that comes later than its day, beside that day's own. */
  postpone(letter: Letter, day: string): void {
    let letters = this.waiting.get(day)
    if (letters === undefined) this.waiting.set(day, (letters = new Map<string, Letter>()))
    letters.set(`${letter.kind} ${letter.sender} late ${String(letters.size)}`, letter)
  }

  /** The letters of a day and of all days before it, taken out: reference rows and lists first. */
  due(day: string): { readonly letter: Letter; readonly day: string }[] {
    const found = [...this.waiting].filter(([waitingDay]) => waitingDay <= day).sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [waitingDay] of found) this.waiting.delete(waitingDay)
    return found
      .flatMap(([waitingDay, letters]) => [...letters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, letter]) => ({ letter, day: waitingDay })))
      .filter(({ letter }) => letter.rowCount > 0)
      .sort((a, b) => order.indexOf(a.letter.kind) - order.indexOf(b.letter.kind))
  }
}

const order: readonly LetterKind[] = [
  'calendar', 'standard_rate', 'category', 'administrative_unit', 'unit_succession', 'source_expectation', 'village', 'population_register', 'mandate', 'account_opening', 'beneficiary_list', 'disbursement', 'withdrawal',
]
