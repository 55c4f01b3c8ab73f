/** A province lived through month after month: each banking day's files, what happens to them, and what the night after them must find. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addMonths } from '../../core/index.ts'
import { type Accounts, inventAccounts, smallerBanks } from '../banks.ts'
import { columns } from '../files.ts'
import { daysAfter } from '../month.ts'
import { Neighbours } from '../neighbours.ts'
import { inventPeople, type People } from '../people.ts'
import { type Commune, inventPlaces, type Province } from '../places.ts'
import { type Random, randomFrom } from '../random.ts'
import { categoryRows, rateRows } from '../rates.ts'
import { inventVillages } from '../villages.ts'
import type { Claim } from './claim.ts'
import { announcedHoliday, bankingDayFrom, isBankingDay, listDay, monthAfter, monthsKnown } from './days.ts'
import { type Expected, Expectation } from './expectation.ts'
import { headerOf, type Letter, type LetterKind, Outbox } from './letters.ts'
import { drawUpLists } from './lists.ts'
import { enrol, liveThroughMonth, type Member } from './member.ts'
import { type Deed, Mishaps } from './mishaps.ts'
import { Withdrawals } from './withdrawals.ts'

/** What to live through. */
export interface MonthsOptions {
  /** People on the first month's lists. */
  readonly beneficiaries: number
  /** The first benefit month, `YYYY-MM`, from 2026-01 on. */
  readonly from: string
  /** How many months, none after 2027-12. */
  readonly months: number
  /** The same seed gives the same bytes. */
  readonly seed: string | number
  /** The folder for the files; each banking day's in one of its own. */
  readonly out: string
  /** All banks send one file together: fewer files for the same facts. */
  readonly isOneSender?: boolean
}

/** A banking day: what is handed in, then the night. */
export interface LivedNight {
  readonly asOf: string
  readonly deeds: readonly Deed[]
  readonly expected: Expected
  /** How often each kind of event has happened so far. */
  readonly events: Readonly<Record<string, number>>
}

/** Everything that goes on in the province; the stories are told in files of their own. */
export class Life {
  readonly random: Random
  readonly outbox = new Outbox()
  readonly expectation = new Expectation()
  readonly accounts: Accounts
  readonly people: People
  readonly neighbours: Neighbours
  readonly communes: readonly Commune[]
  readonly withdrawals: Withdrawals
  readonly firstDay: string
  readonly lastDay: string
  private readonly isOneSender: boolean
  members: Member[] = []
  today: string
  private readonly months: readonly string[]
  private readonly events: Record<string, number> = {}
  private readonly mergedInto = new Map<string, string>()
  private readonly failures = new Map<string, string>()
  private readonly waiting = new Map<Claim, bigint>()
  private readonly mishaps: Mishaps
  private readonly out: string
  private payments = 0

  constructor({ beneficiaries, from, months, seed, out, isOneSender = false }: MonthsOptions) {
    this.isOneSender = isOneSender
    this.months = Array.from({ length: months }, (_, index) => addMonths(from, index))
    if (from < monthsKnown[0] || (this.months.at(-1) ?? '') > monthsKnown[1] || months < 1) throw new RangeError(`months from ${monthsKnown[0]} to ${monthsKnown[1]} can be lived through`)
    this.random = randomFrom(`${String(seed)} months`)
    this.out = out
    const { provinces, communes } = inventPlaces(this.random, beneficiaries)
    this.communes = communes
    this.neighbours = new Neighbours(communes)
    this.people = inventPeople(this.random)
    this.accounts = inventAccounts(this.random)
    this.withdrawals = new Withdrawals(randomFrom(`${String(seed)} withdrawals`), (day, agent) => this.bankLetter(day, 'withdrawal', agent), (agent, month) => this.hasFailed(agent, month))
    this.mishaps = new Mishaps(randomFrom(`${String(seed)} mishaps`), (what) => { this.happened(what) })
    this.today = this.firstDay = bankingDayFrom(daysAfter(listDay(from), -1), '2026-01-01')
    this.lastDay = daysAfter(`${this.months.at(-1) ?? ''}-28`, 3)
    // Every third month one of the smaller banks does nothing in time.
    for (const [index, month] of this.months.entries()) if (index % 3 === 1) this.failures.set(month, this.random.pick(smallerBanks))
    this.settle(provinces, communes)
  }

  /** Day after day to the end of the last month. Deeds of a night are to be done, in order, before the next one is asked for. */
  * nights(): Generator<LivedNight> {
    for (let day = this.firstDay; day <= this.lastDay; day = daysAfter(day, 1)) {
      this.today = day
      if (!isBankingDay(day, day)) continue
      this.live(day)
      const deeds = this.mishaps.deeds(day, this.outbox.due(day), this.outbox)
      const folder = join(this.out, day)
      if (deeds.length > 0) mkdirSync(folder, { recursive: true })
      for (const [index, deed] of deeds.entries()) this.follow(deed, folder, index)
      yield { asOf: day, deeds, expected: this.expectation.night(day), events: { ...this.events } }
    }
  }

  happened(what: string): void {
    this.events[what] = (this.events[what] ?? 0) + 1
  }

  /** The code under which lists name a commune just now. */
  unitCode({ unitCode }: Commune): string {
    return this.mergedInto.get(unitCode) ?? unitCode
  }

  enter(commune: Commune): void {
    this.neighbours.enter(commune)
  }

  monthsLater(month: string, count: number): string {
    return addMonths(month, count)
  }

  /** Whether a bank fails in a month. */
  hasFailed(agent: string, month: string): boolean {
    return this.failures.get(month) === agent
  }

  /** What a bank says on a day, as a letter. */
  bankLetter(day: string, kind: 'disbursement' | 'withdrawal' | 'account_opening', agent: string): Letter {
    return this.outbox.letter(day, kind, this.isOneSender ? '' : agent)
  }

  nextPayment(): string {
    this.payments += 1
    return String(this.payments).padStart(9, '0')
  }

  /** The money of a month is paid with the next one's. */
  waitForNext(claim: Claim, due: bigint): void {
    this.waiting.set(claim, due)
  }

  isWaitingForNext(claim: Claim): boolean {
    return this.waiting.has(claim)
  }

  takeWaiting(claim: Claim): bigint {
    const due = this.waiting.get(claim) ?? 0n
    this.waiting.delete(claim)
    return due
  }

  /** Places, categories, rates, people, and what is known of them before the first list. */
  private settle(provinces: readonly Province[], communes: readonly Commune[]): void {
    const first = (kind: LetterKind): Letter => this.outbox.letter(this.firstDay, kind, '')
    for (const { issued, row } of rateRows(provinces)) this.outbox.letter(issued > this.firstDay ? bankingDayFrom(issued, issued) : this.firstDay, 'standard_rate', '').add(row)
    for (const row of categoryRows()) first('category').add(row)
    for (const { unitCode, name } of provinces) first('administrative_unit').add(`${unitCode},${name},tỉnh,province,,2025-07-01,,Dữ liệu mô phỏng\n`)
    for (const commune of communes) first('administrative_unit').add(`${commune.unitCode},${commune.name},${commune.unitType},commune,${commune.provinceCode},2025-07-01,,Dữ liệu mô phỏng\n`)
    inventVillages(this.random, communes).write({ add: (kind, row) => { first(kind).add(row) } })
    for (const agent of smallerBanks.slice(0, 2)) first('source_expectation').add(`${agent},disbursement,,25\n`)
    if (announcedHoliday.announced > this.firstDay) this.outbox.letter(announcedHoliday.announced, 'calendar', '').add(`${announcedHoliday.day},holiday,${announcedHoliday.name}\n`)
    for (const commune of communes) {
      this.enter(commune)
      for (let count = 0; count < commune.size; count += 1) this.members.push(enrol(this, commune, this.firstDay))
    }
  }

  private live(day: string): void {
    for (const [index, month] of this.months.entries()) {
      if (bankingDayFrom(`${month}-01`, '2026-01-01') === day) {
        if (index > 0) liveThroughMonth(this, month)
        if (index % 8 === 1) this.merge(index, month)
      }
      if (listDay(month) === day) drawUpLists(this, month)
    }
    // The month after the last is paid together with it where Tết falls there.
    if (listDay(monthAfter(this.months.at(-1) ?? '')) === day) this.waiting.clear()
  }

  /** Two communes become one, whose code once was another's: the first merger leaves a code free, and each later one takes it. */
  private merge(index: number, month: string): void {
    const [first, second] = this.communes.filter(({ unitCode }) => !this.mergedInto.has(unitCode)).slice(1)
    if (first === undefined || second === undefined) return
    const freed = [...this.mergedInto].find(([old, now]) => old !== now && ![...this.mergedInto.values()].includes(old))?.[0]
    const code = freed ?? String(90_000 + index).padStart(5, '0')
    const effective = `${month}-01`
    const day = this.today
    const units = this.outbox.letter(day, 'administrative_unit', 'merged')
    units.add(`${code},Xã ${first.name.replace(/^\S+ /, '')} Mới,xã,commune,${first.provinceCode},${effective},,Dữ liệu mô phỏng\n`)
    const succession = this.outbox.letter(day, 'unit_succession', '')
    const villages = this.outbox.letter(day, 'village', 'merged')
    for (const commune of [first, second]) {
      succession.add(`${commune.unitCode},${code},${effective},whole\n`)
      for (const village of commune.villages) villages.add(`${code},${village},4.0,có,có,2.0\n`)
      this.mergedInto.set(commune.unitCode, code)
    }
    this.happened(freed === undefined ? 'communes merged' : 'communes merged, a code used again')
  }

  /** Writes what a deed needs, and lets what it says be known. */
  private follow(deed: Deed, folder: string, index: number): void {
    const { letter, does } = deed
    if (letter.path === '') {
      letter.path = join(folder, `${String(index).padStart(2, '0')}_${letter.kind}_${letter.sender.replaceAll(' ', '_')}.csv`)
      writeFileSync(letter.path, `${headerOf(letter.kind, columns)}\n${letter.rows.join('')}`)
      for (const arrived of letter.onArrival) arrived()
    }
    if (does === 'void') for (const claim of letter.go()) this.expectation.touch(claim)
    else if (!letter.isIn) for (const claim of letter.come()) this.expectation.touch(claim)
  }
}

/** Lives through the months; the same seed gives the same files, deeds and expectations. */
export function liveMonths(options: MonthsOptions): Generator<LivedNight> {
  return new Life(options).nights()
}
