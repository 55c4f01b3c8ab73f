/** How long people take to withdraw: a known chance for every day, slowed by remoteness, age and bank. */
import type { Account } from './banks.ts'
import { afternoon, daysAfter } from './month.ts'
import { type Random, pickWeighted, weighted } from './random.ts'

/** Chances per thousand of a first withdrawal on the day of the credit and on each later day, before any factor. */
const onFirstDay = 260
const onEachDay = 170
/** What slows a group: its chance each day is this many per cent of the others'. */
const percents = { remote: 40, aged_80_or_more: 55, slow_bank: 45 } as const
/** Credits of which a bank says nothing: neither withdrawn nor censored. */
const notReportedShare = 0.03
/** Nobody else lets a credit lie for longer. */
const longestDays = 27

const channels = weighted([
  ['atm', 55],
  ['branch', 18],
  ['agent', 14],
  ['transfer', 8],
  ['pos', 5],
] as const)
const remoteChannels = weighted([
  ['agent', 55],
  ['atm', 25],
  ['branch', 15],
  ['home', 5],
] as const)

export interface CreditedPayment {
  readonly age: number
  readonly isRemote: boolean
  readonly account: Account
  readonly reference: string
  readonly amount: bigint
  readonly creditedDay: string
  /** Nobody withdraws it, and the bank says so. */
  readonly isNever?: boolean
}

/** What was planted in the times to withdrawal, for the statistics that have to find it again. */
export interface PlantedTimes {
  readonly chance_per_thousand: { readonly on_first_day: number; readonly on_each_later_day: number }
  readonly percent_of_others: typeof percents
  readonly slow_bank: string
  readonly strata: readonly { readonly creditor_agent: string; readonly age_band: string; readonly is_remote: boolean; readonly reported: number; readonly withdrawn: number; readonly censored: number; readonly not_reported: number }[]
}

/** Draws the withdrawals of one simulation and counts them by group. */
export interface TimeToCash {
  /** The line of the withdrawal report for a credit; null where the bank does not report it. */
  row(random: Random, payment: CreditedPayment): string | null
  planted(): PlantedTimes
}

/** A source of withdrawals with one slow bank. */
export function drawWithdrawals(slowBank: string): TimeToCash {
  const strata = new Map<string, { creditor_agent: string; age_band: string; is_remote: boolean; reported: number; withdrawn: number; censored: number; not_reported: number }>()
  return {
    row(random, payment) {
      const { account } = payment
      const through = account.bank.reportedThrough
      const band = ageBand(payment.age)
      const key = `${account.agent}|${band}|${String(payment.isRemote)}`
      let stratum = strata.get(key)
      if (stratum === undefined) strata.set(key, (stratum = { creditor_agent: account.agent, age_band: band, is_remote: payment.isRemote, reported: 0, withdrawn: 0, censored: 0, not_reported: 0 }))
      if (payment.creditedDay > through || (payment.isNever !== true && random.chance(notReportedShare))) {
        stratum.not_reported += 1
        return null
      }
      stratum.reported += 1
      const percent = (payment.isRemote ? percents.remote : 100) * (payment.age >= 80 ? percents.aged_80_or_more : 100) * (account.agent === slowBank ? percents.slow_bank : 100)
      const withdrawnDay = payment.isNever === true ? null : firstWithdrawal(random, payment.creditedDay, through, percent)
      const start = `${account.agent},${account.number},${payment.reference},`
      if (withdrawnDay === null) {
        stratum.censored += 1
        return `${start},,,${through}\n`
      }
      stratum.withdrawn += 1
      const channel = pickWeighted(random, payment.isRemote ? remoteChannels : channels)
      // Machines hand out notes of 50,000 and leave the rest.
      const withdrawn = channel === 'atm' && payment.amount >= 50_000n ? payment.amount - (payment.amount % 50_000n) : payment.amount
      // A credit of the afternoon is never withdrawn before it: on the same day the evening follows.
      const at = withdrawnDay === payment.creditedDay ? `${withdrawnDay}T1${String(random.between(7, 9))}:${String(random.between(10, 59))}:00` : afternoon(random, withdrawnDay)
      return `${start}${at},${channel},${String(withdrawn)},${through}\n`
    },
    planted() {
      const sorted = [...strata].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stratum]) => stratum)
      return { chance_per_thousand: { on_first_day: onFirstDay, on_each_later_day: onEachDay }, percent_of_others: percents, slow_bank: slowBank, strata: sorted }
    },
  }
}

/** The day of the first withdrawal; null when there was none by the last day reported. */
function firstWithdrawal(random: Random, creditedDay: string, through: string, percent: number): string | null {
  // One draw in a thousand million: the three percentages multiply to at most 100^3.
  const unit = 1_000_000_000
  for (let days = 0; ; days += 1) {
    const day = daysAfter(creditedDay, days)
    if (day > through) return null
    // Thirty days without a withdrawal are a finding: only the story that plants it waits so long.
    if (days === longestDays) return day
    if (random.below(unit) < percent * (days === 0 ? onFirstDay : onEachDay)) return day
  }
}

function ageBand(age: number): string {
  if (age < 15) return '<15'
  if (age < 60) return '15-59'
  if (age < 70) return '60-69'
  return age < 80 ? '70-79' : '80+'
}
