/** The list of each month and scheme: who is due how much, what is carried over, what a raise owes, and how lists are corrected. */
import { daysAfter } from '../month.ts'
import { rateKnownOn, worth } from '../rates.ts'
import { Claim, type StatedLine } from './claim.ts'
import { bankingDayFrom, isPaidTogether, listDay, monthBefore, statedDueDate } from './days.ts'
import type { Letter } from './letters.ts'
import type { Life } from './life.ts'
import type { Member } from './member.ts'
import { planPayments, planTogether } from './payments.ts'

/** Classes whose money next month's list may carry. */
const carried = new Set(['returned', 'unpaid', 'not_collected', 'unpaid_no_account', 'paid_short'])
/** Claims are remembered so long: later nothing may change them. */
const monthsRemembered = 4

interface Line {
  readonly component: 'regular' | 'arrears' | 'carried_over'
  readonly originMonth: string
  readonly amount: bigint
  readonly status: 'active' | 'suspended' | 'stopped'
}

/** Writes the lists of a month and plans how it will be paid. */
export function drawUpLists(life: Life, month: string): void {
  const day = listDay(month)
  for (const scheme of ['BTXH', 'HTXH', 'NCC'] as const) {
    const isLate = !isPaidTogether(month) && !isPaidTogether(monthBefore(month)) && life.random.chance(0.08)
    if (isLate) life.happened('list late')
    const letter = life.outbox.letter(isLate ? bankingDayFrom(daysAfter(day, life.random.between(3, 14)), day) : day, 'beneficiary_list', scheme)
    const correction = life.outbox.letter(bankingDayFrom(daysAfter(day, 3), day), 'beneficiary_list', `${scheme} corrected`)
    for (const member of life.members) if (member.scheme === scheme && member.state !== 'gone') enter(life, member, month, { letter, day }, { letter: correction, day: bankingDayFrom(daysAfter(day, 3), day) })
  }
  life.members = life.members.filter(({ state }) => state !== 'gone')
}

interface Sheet {
  readonly letter: Letter
  readonly day: string
}

function enter(life: Life, member: Member, month: string, list: Sheet, correction: Sheet): void {
  const { random } = life
  const claim = new Claim(member.scheme, month, statedDueDate(member.scheme, month), member.usableBy, member.payee === null ? null : member.mandates, member.channel === 'account')
  const rate = rateKnownOn(list.day, member.scheme, member.commune.isToppedUp, month)
  const amount = worth(member.scheme, member.category, member.quantity, rate)
  const regular = (status: Line['status'], stated = amount): Line => ({ component: 'regular', originMonth: '', amount: stated, status })
  if (member.state === 'to be stopped') {
    state(life, member, claim, list, regular('stopped'))
    member.state = 'gone'
    return
  }
  if (member.suspendedUntil >= month) {
    state(life, member, claim, list, regular('suspended'))
    remember(member, claim)
    if (random.chance(0.03)) planPayments(life, member, claim, amount, 'paid although nothing is due')
    return
  }
  const mayBeCorrected = !isPaidTogether(month) && !isPaidTogether(monthBefore(month))
  const dice = mayBeCorrected ? random.below(1000) : 1000
  if (dice < 3) life.happened('amount corrected by a later list')
  if (dice >= 5) state(life, member, claim, list, regular('active'))
  else if (dice < 3) state(life, member, claim, list, regular('active', amount + 100_000n))
  if (dice < 5) state(life, member, claim, correction, regular('active'))
  if (dice === 3 || dice === 4) life.happened('entered by a later list')
  let due = amount + carryOver(life, member, claim, list) + payArrears(life, member, claim, list, month)
  if (dice === 5) {
    state(life, member, claim, correction, regular('stopped'))
    life.happened('stopped by a later list')
    due -= amount
  } else member.rates.push({ month, rate })
  const before = member.recent.at(-1)
  remember(member, claim)
  if (due === 0n) {
    if (random.chance(0.2)) planPayments(life, member, claim, amount, 'paid although nothing is due')
  } else if (isPaidTogether(month) && member.account !== null) life.waitForNext(claim, due)
  else if (before !== undefined && isPaidTogether(monthBefore(month)) && life.isWaitingForNext(before)) planTogether(life, member, [before, life.takeWaiting(before)], [claim, due])
  else planPayments(life, member, claim, due)
}

/** Writes a line, and remembers that its file says it. */
function state(life: Life, member: Member, claim: Claim, { letter, day }: Sheet, line: Line): StatedLine {
  const { component, originMonth, amount, status } = line
  const { payee, account, channel } = member
  const stated: StatedLine = { letter, listDate: day, amount, isActive: status === 'active' }
  const key = `${component} ${originMonth}`
  const statements = claim.lines.get(key)
  if (statements === undefined) claim.lines.set(key, [stated])
  else statements.push(stated)
  letter.concern(claim)
  const to = channel === 'account' ? `${payee?.id ?? ''},${payee?.name ?? ''},${account?.agent ?? ''},${account?.number ?? ''}` : ',,,'
  letter.add(
    `${claim.scheme},${claim.month},${member.id},${member.name},${member.birthDate},${member.sex},${life.unitCode(member.commune)},${member.village},${member.category},${String(member.quantity)},${component},${originMonth},${amount.toString()},VND,${claim.statedDueDate},${channel},${to},${member.needs},${status},${day}\n`,
  )
  return stated
}

/** The rest of last month, where nobody is still at work on it. */
function carryOver(life: Life, member: Member, claim: Claim, list: Sheet): bigint {
  const before = member.recent.at(-1)
  if (before?.month !== monthBefore(claim.month) || before.pending > 0 || before.carriedBy.length > 0 || life.isWaitingForNext(before)) return 0n
  const { outcome, due, credited } = before.on(life.today)
  if (outcome === null || !carried.has(outcome) || life.random.chance(0.15)) return 0n
  const line = state(life, member, claim, list, { component: 'carried_over', originMonth: before.month, amount: due - credited, status: 'active' })
  before.carriedBy.push(line)
  list.letter.concern(before)
  life.happened('carried over')
  return due - credited
}

/** What a raise owes for months paid at the rate before it; now and then it is forgotten. */
function payArrears(life: Life, member: Member, claim: Claim, list: Sheet, month: string): bigint {
  let sum = 0n
  for (const paid of member.rates) {
    const rate = rateKnownOn(list.day, member.scheme, member.commune.isToppedUp, paid.month)
    if (rate <= paid.rate) continue
    const amount = worth(member.scheme, member.category, member.quantity, rate - paid.rate)
    paid.rate = rate
    if (life.random.chance(0.03)) {
      life.happened('arrears forgotten')
      continue
    }
    state(life, member, claim, list, { component: 'arrears', originMonth: paid.month, amount, status: 'active' })
    life.happened('arrears')
    sum += amount
  }
  while (member.rates.length > 5 && (member.rates[0]?.month ?? month) < month) member.rates.shift()
  return sum
}

function remember(member: Member, claim: Claim): void {
  member.recent.push(claim)
  // The first account changes what is said of every month before it, and so does a guardian's paper that comes late.
  const mayChange = member.channel === 'account' && (member.account === null || member.payee !== null)
  while (member.recent.length > monthsRemembered && !mayChange) member.recent.shift()
}
