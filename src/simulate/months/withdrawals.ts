/** When people take out what was credited, and how their banks tell of it: every Friday, over weeks. */
import { dayOfWeek } from '../../core/index.ts'
import { afternoon, daysAfter } from '../month.ts'
import { pickWeighted, type Random, weighted } from '../random.ts'
import { bankingDayBefore, bankingDayFrom } from './days.ts'
import type { Letter } from './letters.ts'
import type { Member } from './member.ts'

/** Of a thousand: withdrawn on the first day, on each later day; never; of whom a bank says nothing. */
const [onFirstDay, onEachDay, never, notReported] = [260, 170, 8, 30]
const channels = weighted([['atm', 55], ['branch', 18], ['agent', 14], ['transfer', 8], ['pos', 5]] as const)

/** Plans the lines of withdrawal reports. */
export class Withdrawals {
  private readonly random: Random
  private readonly letter: (day: string, agent: string) => Letter
  private readonly isSilent: (agent: string, month: string) => boolean

  /** @param letter the report of a bank on a day
   * @param isSilent whether a bank reports nothing about a month */
  constructor(random: Random, letter: (day: string, agent: string) => Letter, isSilent: (agent: string, month: string) => boolean) {
    this.random = random
    this.letter = letter
    this.isSilent = isSilent
  }

  /** A credit, and what the Fridays after it say of it. */
  plan({ account }: Member, reference: string, amount: bigint, creditedDay: string): void {
    if (account === null || reference === '' || this.random.below(1000) < notReported || this.isSilent(account.agent, creditedDay.slice(0, 7))) return
    const withdrawnDay = this.draw(creditedDay)
    const start = `${account.agent},${account.number},${reference},`
    const first = reportAfter(creditedDay)
    if (withdrawnDay === null || withdrawnDay > first.through) this.letter(first.day, account.agent).add(`${start},,,${first.through}\n`)
    if (withdrawnDay === null) return
    const then = reportAfter(withdrawnDay)
    const at = withdrawnDay === creditedDay ? `${withdrawnDay}T18:${String(this.random.between(10, 59))}:00` : afternoon(this.random, withdrawnDay)
    this.letter(then.day, account.agent).add(`${start}${at},${pickWeighted(this.random, channels)},${amount.toString()},${then.through}\n`)
  }

  private draw(creditedDay: string): string | null {
    if (this.random.below(1000) < never) return null
    let day = creditedDay
    for (let chance = onFirstDay; this.random.below(1000) >= chance; chance = onEachDay) day = daysAfter(day, 1)
    return day
  }
}

/** The next report that can know of something on that day: a Friday's, through the banking day before it. */
function reportAfter(day: string): { readonly day: string; readonly through: string } {
  let friday = daysAfter(day, 1)
  while (dayOfWeek(friday) !== 5) friday = daysAfter(friday, 1)
  const reportDay = bankingDayFrom(friday, friday)
  const through = bankingDayBefore(reportDay, reportDay)
  return through >= day ? { day: reportDay, through } : reportAfter(reportDay)
}
