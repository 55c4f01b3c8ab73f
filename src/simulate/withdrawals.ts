/** How long money takes into the hand: days from instruction to credit, from credit to a usable account, and a known chance of withdrawing each day. */
import type { Account } from './banks.ts'
import { afternoon, bankingDaysBefore, daysAfter } from './month.ts'
import { type Random, pickWeighted, weighted } from './random.ts'

/** Chances per thousand of a first withdrawal on the day of the credit and on each later day, before any factor. */
const onFirstDay = 260
const onEachDay = 170

/** What slows a group: its chance each day is this many per cent of the others'; 100 for no difference at all. */
export interface Slowness {
  /** Villages far from cash, in communes where nobody brings it. */
  readonly far_village: number
  readonly aged_80_or_more: number
  readonly slow_bank: number
}

/** The differences that are planted when nothing else is asked for. */
export const plantedSlowness: Slowness = { far_village: 35, aged_80_or_more: 55, slow_bank: 45 }

/** Banking days from the instruction to the credit, with how often of a hundred. */
const creditDelays = { slow_bank: [[2, 40], [3, 40], [4, 20]], other_banks: [[0, 70], [1, 25], [2, 5]] } as const
const delays = { slow: weighted(creditDelays.slow_bank), other: weighted(creditDelays.other_banks) }

/** Of a thousand ordinary accounts so many are activated only in the month itself, some after their first credit. */
const activatedLate = 25
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
  readonly isFarVillage: boolean
  readonly account: Account
  readonly reference: string
  readonly amount: bigint
  readonly creditedDay: string
  /** Nobody withdraws it, and the bank says so. */
  readonly isNever?: boolean
}

interface Stratum {
  readonly creditor_agent: string
  readonly age_band: string
  readonly is_far_village: boolean
  reported: number
  withdrawn: number
  censored: number
  not_reported: number
}

/** What was planted in the times to withdrawal, for the statistics that have to find it again. */
export interface PlantedTimes {
  readonly chance_per_thousand: { readonly on_first_day: number; readonly on_each_later_day: number }
  readonly percent_of_others: Slowness
  readonly slow_bank: string
  readonly banking_days_to_credit: typeof creditDelays
  readonly strata: readonly Readonly<Stratum>[]
}

/** Draws what happens to the credits of one simulation and counts it by group. */
export interface TimeToCash {
  /** The day on which a payment credited on a day was instructed. */
  instructedDay(account: Account, creditedDay: string): string
  /** The day of the month on which an ordinary account was activated at last; null where that was long before. */
  lateActivation(): string | null
  /** The line of the withdrawal report for a credit; null where the bank does not report it. */
  row(payment: CreditedPayment): string | null
  planted(): PlantedTimes
}

/** A source of withdrawals with one slow bank, by chance of its own: what else happens does not depend on it. */
export function drawWithdrawals(random: Random, slowBank: string, slowness: Slowness): TimeToCash {
  const strata = new Map<string, Stratum>()
  const stratumOf = ({ account, age, isFarVillage }: CreditedPayment): Stratum => {
    const band = ageBand(age)
    const key = `${account.agent}|${band}|${String(isFarVillage)}`
    let stratum = strata.get(key)
    if (stratum === undefined) strata.set(key, (stratum = { creditor_agent: account.agent, age_band: band, is_far_village: isFarVillage, reported: 0, withdrawn: 0, censored: 0, not_reported: 0 }))
    return stratum
  }
  return {
    instructedDay: (account, creditedDay) => bankingDaysBefore(creditedDay, pickWeighted(random, account.agent === slowBank ? delays.slow : delays.other)),
    lateActivation: () => (random.below(1000) < activatedLate ? `2026-10-${String(random.between(5, 24)).padStart(2, '0')}` : null),
    row(payment) {
      const { account } = payment
      const through = account.bank.reportedThrough
      const stratum = stratumOf(payment)
      if (payment.creditedDay > through || (payment.isNever !== true && random.chance(notReportedShare))) {
        stratum.not_reported += 1
        return null
      }
      stratum.reported += 1
      const percent = (payment.isFarVillage ? slowness.far_village : 100) * (payment.age >= 80 ? slowness.aged_80_or_more : 100) * (account.agent === slowBank ? slowness.slow_bank : 100)
      const withdrawnDay = payment.isNever === true ? null : firstWithdrawal(random, payment, through, percent)
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
      return { chance_per_thousand: { on_first_day: onFirstDay, on_each_later_day: onEachDay }, percent_of_others: slowness, slow_bank: slowBank, banking_days_to_credit: creditDelays, strata: sorted }
    },
  }
}

/** The day of the first withdrawal; null when there was none by the last day reported. */
function firstWithdrawal(random: Random, { creditedDay, account: { activatedDate = '' } }: CreditedPayment, through: string, percent: number): string | null {
  // One draw in a thousand million: the three percentages multiply to at most 100^3.
  const unit = 1_000_000_000
  let isFirst = true
  for (let days = 0; ; days += 1) {
    const day = daysAfter(creditedDay, days)
    if (day > through) return null
    // Nothing comes out of an account before it is activated; what would have been the first day is that day.
    if (day < activatedDate) continue
    // Thirty days without a withdrawal are a finding: only the story that plants it waits so long.
    if (days >= longestDays) return day
    if (random.below(unit) < percent * (isFirst ? onFirstDay : onEachDay)) return day
    isFirst = false
  }
}

/** The age bands of the report. */
export function ageBand(age: number): string {
  if (age < 15) return '<15'
  if (age < 60) return '15-59'
  if (age < 70) return '60-69'
  return age < 80 ? '70-79' : '80+'
}
