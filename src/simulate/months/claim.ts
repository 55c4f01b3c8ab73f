/** What somebody is due for one month, and in which class that stands on a day by what is known then (contract 4, said once more). */
import type { OutcomeClass } from '../truth.ts'
import type { SchemeCode } from '../month.ts'
import { daysAfter } from '../month.ts'
import { bankingDayFrom } from './days.ts'
import type { Letter } from './letters.ts'

/** A line of a list as one file states it. */
export interface StatedLine {
  readonly letter: Letter
  readonly listDate: string
  readonly amount: bigint
  readonly isActive: boolean
}

/** What a bank said of a payment in one file. */
export interface StatedPayment {
  readonly letter: Letter
  readonly status: 'ACSP' | 'NCOL' | 'RJCT' | 'ACSC' | 'RTRN'
  /** Local, without zone; null while nothing was credited. */
  readonly creditedAt: string | null
}

/** One instruction; `parts` says whose money it is. */
export interface Payment {
  readonly reference: string
  readonly instructedAt: string
  readonly parts: readonly { readonly claim: Claim; readonly amount: bigint }[]
  readonly reports: StatedPayment[]
}

/** A paper by which somebody receives for a child, as one file states it. */
export interface StatedMandate {
  readonly letter: Letter
  readonly from: string
  readonly to: string
}

/** Where a claim stands on a day. */
export interface Standing {
  /** Null: no active line, so nothing is due. */
  readonly outcome: OutcomeClass | null
  readonly due: bigint
  readonly credited: bigint
  /** What arrived though nothing was due. */
  readonly unmatched: bigint
  /** The next day on which time alone changes it; null: none. */
  readonly wakesOn: string | null
}

const ranks = ['ACSP', 'NCOL', 'RJCT', 'ACSC', 'RTRN'] as const
/** Of the schemes of the Vietnam pack: money may be on the way so many days. */
const settlementDays = 3

/** One person's money of one scheme and month. */
export class Claim {
  readonly scheme: SchemeCode
  readonly month: string
  readonly statedDueDate: string
  /** By key: category, component and month of origin. */
  readonly lines = new Map<string, StatedLine[]>()
  readonly payments: Payment[] = []
  /** The lines of the next month that carry the rest of this one. */
  readonly carriedBy: StatedLine[] = []
  /** Files whose coming gives the person an account that can be used. */
  readonly usableBy: readonly Letter[]
  /** Of whoever is paid through somebody else, by which papers: without one the account is none that can be used. Null: paid to the person's own. */
  readonly mandates: readonly StatedMandate[] | null
  readonly isByAccount: boolean
  /** Reports that are still to come. */
  pending = 0
  /** How it was last counted. */
  counted: Standing | null = null

  constructor(scheme: SchemeCode, month: string, statedDueDate: string, usableBy: readonly Letter[], mandates: readonly StatedMandate[] | null, isByAccount: boolean) {
    this.scheme = scheme
    this.month = month
    this.statedDueDate = statedDueDate
    this.usableBy = usableBy
    this.mandates = mandates
    this.isByAccount = isByAccount
  }

  /** The statement of each key that stands: of the latest list among the files that count. */
  private due(): bigint | null {
    let due: bigint | null = null
    for (const statements of this.lines.values()) {
      let standing: StatedLine | null = null
      for (const each of statements) if (each.letter.isIn && (standing === null || each.listDate >= standing.listDate)) standing = each
      if (standing?.isActive === true) due = (due ?? 0n) + standing.amount
    }
    return due
  }

  /** Where it stands at the end of `day`, by the files that count then. */
  on(day: string): Standing {
    const due = this.due()
    const money = this.money()
    if (due === null) return { outcome: null, due: 0n, credited: 0n, unmatched: money.credited, wakesOn: null }
    const lastDay = bankingDayFrom(this.statedDueDate, day)
    const { credited, onTheWay, oldest } = money
    const stuckFrom = oldest === null ? null : daysAfter(oldest, settlementDays + 1)
    const outcome = this.classOf(day, lastDay, due, money)
    const isWaiting = outcome === 'not_due' || outcome === 'in_transit'
    return { outcome, due, credited, unmatched: 0n, wakesOn: !isWaiting ? (outcome.startsWith('unpaid') ? this.nextPaper(day) : null) : day <= lastDay ? daysAfter(lastDay, 1) : credited + onTheWay >= due ? stuckFrom : null }
  }

  private classOf(day: string, lastDay: string, due: bigint, { credited, onTheWay, oldest, credits, last, isNotCollected }: Money): OutcomeClass {
    if (credited === due) {
      let sum = 0n
      const completing = credits.find(({ amount }) => (sum += amount) >= due)
      return (completing?.at.slice(0, 10) ?? '') > lastDay ? 'paid_late' : 'paid'
    }
    if (credited > due) return repeats(credits, due) ? 'paid_twice' : 'paid_over'
    if (this.carriedBy.some(({ letter, isActive }) => letter.isIn && isActive)) return 'carried_over'
    if (day <= lastDay) return 'not_due'
    if (oldest !== null && credited + onTheWay >= due) return day > daysAfter(oldest, settlementDays) ? 'stuck' : 'in_transit'
    if (credited > 0n) return 'paid_short'
    if (last === 'RJCT' || last === 'RTRN') return 'returned'
    if (isNotCollected) return 'not_collected'
    return this.isByAccount && last === null && !this.hasAccountOn(day) ? 'unpaid_no_account' : 'unpaid'
  }

  private hasAccountOn(day: string): boolean {
    return this.usableBy.some(({ isIn }) => isIn) && (this.mandates?.some(({ letter, from, to }) => letter.isIn && from <= day && day <= to) ?? true)
  }

  /** The next day after `day` on which a paper begins or no longer holds. */
  private nextPaper(day: string): string | null {
    return (this.mandates ?? []).flatMap(({ from, to }) => [from, daysAfter(to, 1)]).filter((turn) => turn > day).sort()[0] ?? null
  }

  /** What became of its payments, by the furthest that any file that counts says of each. */
  private money(): Money {
    const credits: Credit[] = []
    let [onTheWay, oldest, isNotCollected] = [0n, null as string | null, false]
    let last: { readonly at: string; readonly reference: string; readonly status: StatedPayment['status'] } | null = null
    for (const { reference, instructedAt, parts, reports } of this.payments) {
      let known: StatedPayment | null = null
      for (const each of reports) if (each.letter.isIn && (known === null || ranks.indexOf(each.status) >= ranks.indexOf(known.status))) known = each
      if (known === null) continue
      const amount = parts.find(({ claim }) => claim === this)?.amount ?? 0n
      if (known.status === 'ACSC') credits.push({ at: known.creditedAt ?? '', reference, amount })
      if (known.status === 'ACSP') [onTheWay, oldest] = [onTheWay + amount, oldest === null || instructedAt < oldest ? instructedAt : oldest]
      if (known.status === 'NCOL') isNotCollected = true
      if (last === null || `${instructedAt} ${reference}` > `${last.at} ${last.reference}`) last = { at: instructedAt, reference, status: known.status }
    }
    credits.sort((a, b) => (`${a.at} ${a.reference}` < `${b.at} ${b.reference}` ? -1 : 1))
    return { credited: credits.reduce((sum, { amount }) => sum + amount, 0n), onTheWay, oldest: oldest?.slice(0, 10) ?? null, credits, last: last?.status ?? null, isNotCollected }
  }
}

interface Credit {
  readonly at: string
  readonly reference: string
  readonly amount: bigint
}

interface Money {
  readonly credited: bigint
  readonly onTheWay: bigint
  readonly oldest: string | null
  readonly credits: readonly Credit[]
  readonly last: StatedPayment['status'] | null
  readonly isNotCollected: boolean
}

/** Exactly what was due arrived at some point, and each later credit is the whole again or one of those before. */
function repeats(credits: readonly Credit[], due: bigint): boolean {
  let sum = 0n
  const reached = credits.findIndex(({ amount }) => (sum += amount) === due)
  const made = credits.slice(0, reached + 1).map(({ amount }) => amount)
  return reached >= 0 && credits.slice(reached + 1).every(({ amount }) => amount === due || made.includes(amount))
}
