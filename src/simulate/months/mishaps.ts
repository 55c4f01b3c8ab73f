/** What goes wrong with files on their way: late, sent wrong and withdrawn, sent twice, in other clothes, withdrawn and sent again. */
import type { Random } from '../random.ts'
import { daysAfter } from '../month.ts'
import { bankingDayFrom, isPaidTogether, monthBefore } from './days.ts'
import type { Letter, Outbox } from './letters.ts'

/** The same rows in other bytes. */
export const clothes = ['columns_reversed', 'semicolons', 'crlf', 'byte_order_mark'] as const
export type Clothes = (typeof clothes)[number]

/** What somebody does with a file on a day; in order. */
export type Deed =
  | { readonly does: 'take'; readonly letter: Letter }
  /** Another file in its place, which is withdrawn before the right one is taken in. */
  | { readonly does: 'take wrong, void, take'; readonly letter: Letter }
  /** The right file after one whose total contradicts its lines. */
  | { readonly does: 'refuse, take'; readonly letter: Letter }
  | { readonly does: 'repeat'; readonly letter: Letter }
  | { readonly does: 'repeat in other clothes'; readonly letter: Letter; readonly clothes: Clothes }
  | { readonly does: 'void'; readonly letter: Letter }
  /** The same bytes after they were withdrawn. */
  | { readonly does: 'take again'; readonly letter: Letter }

/** Files stay within reach of being withdrawn so long, in days. */
const reach = 12
/** The last files are remembered to be sent twice. */
const remembered = 400

/** Decides by chance, and counts what it did. */
export class Mishaps {
  private readonly random: Random
  private readonly happened: (what: string) => void
  private lately: Letter[] = []
  private readonly earlier: Letter[] = []
  private withdrawn: { readonly letter: Letter; readonly back: string }[] = []

  constructor(random: Random, happened: (what: string) => void) {
    this.random = random
    this.happened = happened
  }

  /** The deeds of a banking day for the letters that are due. */
  deeds(day: string, due: readonly { readonly letter: Letter; readonly day: string }[], outbox: Outbox): Deed[] {
    const deeds: Deed[] = []
    for (const { letter } of this.withdrawn.filter(({ back }) => back <= day)) {
      deeds.push({ does: 'take again', letter })
      letter.cameOn = day
    }
    this.withdrawn = this.withdrawn.filter(({ back }) => back > day)
    for (const { letter } of due) {
      if (this.isLate(letter)) {
        letter.isSettled = true
        outbox.postpone(letter, bankingDayFrom(daysAfter(day, this.random.between(1, 6)), day))
        this.happened('file late')
        continue
      }
      deeds.push(this.taking(letter))
      letter.cameOn = day
      this.lately.push(letter)
    }
    deeds.push(...this.repeats(), ...this.withdrawing(day))
    const [kept, gone] = [[] as Letter[], [] as Letter[]]
    for (const letter of this.lately) (letter.cameOn >= daysAfter(day, -reach) || this.withdrawn.some((each) => each.letter === letter) ? kept : gone).push(letter)
    for (const letter of gone) this.letGo(letter)
    this.lately = kept
    return deeds
  }

  /** Out of reach: nobody withdraws it any more, so that those of whom it speaks may be forgotten. */
  private letGo(letter: Letter): void {
    letter.claims.clear()
    letter.rows = []
    this.earlier.push(letter)
    if (this.earlier.length > remembered) this.earlier.shift()
  }

  private isLate({ kind, isSettled }: Letter): boolean {
    return !isSettled && ['disbursement', 'withdrawal', 'population_register', 'mandate'].includes(kind) && this.random.below(1000) < 35
  }

  private taking(letter: Letter): Deed {
    if (letter.kind !== 'disbursement') return { does: 'take', letter }
    const dice = this.random.below(1000)
    if (dice < 12) this.happened('wrong file, withdrawn before the night')
    else if (dice < 18) this.happened('file with a wrong total')
    return { does: dice < 12 ? 'take wrong, void, take' : dice < 18 ? 'refuse, take' : 'take', letter }
  }

  private repeats(): Deed[] {
    const deeds: Deed[] = []
    const among = [...this.earlier, ...this.lately].filter(({ isIn, path }) => isIn && path !== '')
    if (among.length === 0) return deeds
    if (this.random.below(1000) < 150) {
      deeds.push({ does: 'repeat', letter: this.random.pick(among) })
      this.happened('file sent twice')
    }
    if (this.random.below(1000) < 70) {
      const letter = this.random.pick(among)
      // Withdrawn afterwards, its rows would still stand in the other file.
      letter.isSettled = true
      deeds.push({ does: 'repeat in other clothes', letter, clothes: this.random.pick(clothes) })
      this.happened('file sent again in other clothes')
    }
    return deeds
  }

  private withdrawing(day: string): Deed[] {
    if (this.random.below(1000) >= 80) return []
    const among = this.lately.filter((letter) => letter.isIn && !letter.isSettled && letter.cameOn < day && mayGo(letter))
    const lists = among.filter(({ kind }) => kind === 'beneficiary_list')
    const letter = lists.length > 0 && this.random.chance(0.25) ? this.random.pick(lists) : among.length > 0 ? this.random.pick(among) : null
    if (letter === null || this.withdrawn.some((each) => each.letter === letter)) return []
    this.withdrawn.push({ letter, back: bankingDayFrom(daysAfter(day, this.random.between(1, 4)), day) })
    this.happened(letter.kind === 'beneficiary_list' ? 'list withdrawn and sent again' : 'file withdrawn and sent again')
    return [{ does: 'void', letter }]
  }
}

/** Where two months are paid together, how a payment is split depends on which lists there are. */
function mayGo({ kind, claims }: Letter): boolean {
  if (kind === 'withdrawal') return true
  if (kind !== 'disbursement' && kind !== 'beneficiary_list') return false
  for (const { month } of claims) if (isPaidTogether(month) || isPaidTogether(monthBefore(month))) return false
  return true
}
