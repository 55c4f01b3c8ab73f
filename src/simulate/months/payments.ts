/** How the money of each month goes: in time, late, rejected, returned, twice, short, over, two months together, or not at all. */
import { afternoon, daysAfter, morning } from '../month.ts'
import type { Claim, Payment, StatedPayment } from './claim.ts'
import { bankingDayBefore, bankingDayFrom } from './days.ts'
import type { Life } from './life.ts'
import { agentOf, type Member } from './member.ts'

/** A bank that says whose account it is and nothing more, and one that numbers no payment. */
const [namesNobody, numbersNothing] = ['970437', '970452'] as const

/** Of ten thousand payments so many go each way; the rest arrive in time. */
const ways: readonly (readonly [Way, number])[] = [
  ['late', 110], ['rejected, paid again', 90], ['returned, paid again', 70], ['returned', 50], ['stuck for a while', 40], ['short, the rest later', 30], ['short', 20],
  ['twice', 25], ['twice, sent back', 25], ['over', 20], ['never instructed', 25],
]
type Way =
  | 'in time' | 'late' | 'rejected, paid again' | 'returned, paid again' | 'returned' | 'stuck for a while' | 'short, the rest later' | 'short'
  | 'twice' | 'twice, sent back' | 'over' | 'never instructed' | 'not collected' | 'collected late' | 'refused after a death' | 'its bank failed' | 'paid although nothing is due'

/** Plans the payments of a claim, into the letters in which its bank will tell of them. */
export function planPayments(life: Life, member: Member, claim: Claim, due: bigint, asked?: Way): void {
  if (member.channel === 'account' && member.account === null) return
  // Where only arrears of a little are due, nothing can be short of them.
  const way = asked ?? (due <= 100_000n ? 'in time' : drawWay(life, member, claim))
  if (way !== 'in time') life.happened(way)
  if (way === 'never instructed') return
  const credit = dayInTime(life, claim)
  const pay = (amount: bigint, day: string): Telling => begin(life, member, [{ claim, amount }], day)
  switch (way) {
    case 'in time': case 'paid although nothing is due': pay(due, credit).credited(credit); return
    case 'late': { const day = later(life, dueDay(life, claim), 1, 9); pay(due, day).credited(day); return }
    case 'rejected, paid again': { pay(due, credit).rejected(later(life, credit, 0, 2), 'AC01'); const day = later(life, credit, 4, 12); pay(due, day).credited(day); return }
    case 'returned, paid again': { pay(due, credit).credited(credit).returned(later(life, credit, 1, 3), 'AC04'); const day = later(life, credit, 5, 14); pay(due, day).credited(day); return }
    case 'returned': pay(due, credit).credited(credit).returned(later(life, credit, 1, 4), 'AC06'); return
    case 'refused after a death': pay(due, credit).rejected(later(life, credit, 0, 1), 'MD07'); return
    case 'stuck for a while': pay(due, credit).onTheWay().credited(later(life, credit, 9, 20)); return
    case 'its bank failed': pay(due, credit).onTheWay().credited(later(life, credit, 20, 26)); return
    case 'short': pay(due - 50_000n, credit).credited(credit); return
    case 'short, the rest later': { pay(due - 50_000n, credit).credited(credit); const day = later(life, credit, 3, 14); pay(50_000n, day).credited(day); return }
    case 'over': pay(due + 70_000n, credit).credited(credit); return
    case 'twice': case 'twice, sent back': {
      pay(due, credit).credited(credit)
      const day = later(life, credit, 1, 6)
      const second = pay(due, day).credited(day)
      if (way === 'twice, sent back') second.returned(later(life, day, 5, 40), 'DUPL')
      return
    }
    case 'not collected': pay(due, credit).notCollected(later(life, dueDay(life, claim), 1, 2)); return
    case 'collected late': pay(due, credit).notCollected(later(life, dueDay(life, claim), 1, 2)).credited(later(life, dueDay(life, claim), 3, 12)); return
  }
}

/** Two months in one payment, before Tết. */
export function planTogether(life: Life, member: Member, [first, firstDue]: readonly [Claim, bigint], [second, secondDue]: readonly [Claim, bigint]): void {
  const day = bankingDayFrom(daysAfter(life.today, life.random.between(1, 4)), life.today)
  begin(life, member, [{ claim: first, amount: firstDue }, { claim: second, amount: secondDue }], day).credited(day)
  life.happened('two months together')
}

function drawWay(life: Life, member: Member, claim: Claim): Way {
  const { random } = life
  if (member.deathDate !== '' && member.deathDate.slice(0, 7) < claim.month && random.chance(0.3)) return 'refused after a death'
  if (member.channel !== 'account') return random.chance(0.03) ? (random.chance(0.6) ? 'collected late' : 'not collected') : 'in time'
  if (life.hasFailed(agentOf(member), claim.month)) return 'its bank failed'
  let point = random.below(10_000)
  for (const [way, share] of ways) {
    point -= share
    // Whoever is paid for a child needs no second account: their classes rest on mandates, which are told elsewhere.
    if (point < 0) return way === 'never instructed' && member.payee !== null ? 'in time' : way
  }
  return 'in time'
}

function dueDay(life: Life, { statedDueDate }: Claim): string {
  return bankingDayFrom(statedDueDate, life.today)
}

function dayInTime(life: Life, claim: Claim): string {
  let day = dueDay(life, claim)
  for (let left = life.random.below(5); left > 0; left -= 1) day = bankingDayBefore(day, life.today)
  // Nobody pays before the list is drawn up.
  return day > life.today ? day : later(life, life.today, 1, 2)
}

function later(life: Life, day: string, least: number, most: number): string {
  return bankingDayFrom(daysAfter(day, life.random.between(least, most)), life.today)
}

/** What a bank goes on to say of one payment; each in the file of its day. */
interface Telling {
  onTheWay(): Telling
  credited(day: string): Telling
  rejected(day: string, reason: string): Telling
  returned(day: string, reason: string): Telling
  notCollected(day: string): Telling
}

function begin(life: Life, member: Member, parts: Payment['parts'], around: string): Telling {
  const { random } = life
  const agent = agentOf(member)
  const number = life.nextPayment()
  const isCounter = member.channel !== 'account'
  const instructedDay = random.chance(0.7) ? around : bankingDayBefore(around, life.today)
  const instructedAt = morning(random, instructedDay > life.today ? instructedDay : around)
  const payment: Payment = { reference: agent === numbersNothing && !isCounter ? '' : `TT${number}`, instructedAt, parts, reports: [] }
  const [{ claim }] = parts as [Payment['parts'][number]]
  const amount = parts.reduce((sum, part) => sum + part.amount, 0n)
  const id = agent === namesNobody && !isCounter ? '' : member.id
  const start = `${payment.reference},${claim.scheme},${claim.month},${id},${agent},${isCounter ? '' : (member.account?.number ?? '')},${(member.payee ?? member).bankName},${amount.toString()},VND,${instructedAt}`
  const end = `FT${number},${isCounter ? member.channel : ''}\n`
  let [creditedAt, isAnnounced] = ['', false]
  for (const part of parts) part.claim.payments.push(payment)

  const say = (day: string, status: StatedPayment['status'], returnedAt = '', reason = ''): void => {
    const letter = life.bankLetter(day, 'disbursement', agent)
    payment.reports.push({ letter, status, creditedAt: creditedAt === '' ? null : creditedAt })
    for (const part of parts) letter.concern(part.claim)
    letter.add(`${start},${status},,${creditedAt},${returnedAt},,${reason},,${end}`)
  }
  const telling: Telling = {
    onTheWay: () => {
      if (!isAnnounced) say(instructedAt.slice(0, 10), 'ACSP')
      isAnnounced = true
      return telling
    },
    credited: (day) => {
      creditedAt = afternoon(random, day)
      say(day, 'ACSC')
      if (!isCounter) life.withdrawals.plan(member, payment.reference, amount, day)
      return telling
    },
    rejected: (day, reason) => {
      say(day, 'RJCT', '', reason)
      return telling
    },
    returned: (day, reason) => {
      say(day, 'RTRN', afternoon(random, day), reason)
      return telling
    },
    notCollected: (day) => {
      say(day, 'NCOL')
      return telling
    },
  }
  const isAnnouncedToo = random.chance(0.2)
  // Without a reference, two lines about it in one file would be two payments (contract 2).
  return isAnnouncedToo && payment.reference !== '' ? telling.onTheWay() : telling
}
