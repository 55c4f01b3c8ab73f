/** What somebody has to look at: the findings of the contract's section 5 that are about lists, payments and accounts. */
import { type Known, about } from './finding.ts'
import { controlMismatches, missingFiles } from './findings-of-files.ts'
import { carriedOverMismatches, findingsOfArrival } from './findings-of-money.ts'
import { doubleSchemes, duplicatePersons, findingsOfPerson } from './findings-of-people.ts'
import { findingsOfRates } from './findings-of-rates.ts'
import type { DoubledLine, Entitlement } from './lists.ts'
import { type Match, isExpectedAccount, isInside, isListAccount, monthOfPayment } from './matching.ts'
import { type Outcome, lastAttempt, uncollected } from './outcomes.ts'
import type { Payment } from './payments.ts'
import type { Account, People } from './people.ts'
import { startOf, unitOf } from './starts.ts'
import type { FindingCode, FindingResult } from './types.ts'
import { type Money, groupBy, localDay, moneyText, sortBy, sum } from './values.ts'

/** Sorted by code, scheme, period, beneficiary and subject. */
export function findAll(known: Known): FindingResult[] {
  const all = [
    ...known.outcomes.flatMap((outcome) => [
      ...findingsOfClass(outcome, known),
      ...findingsOfAccounts(outcome.entitlement, known),
      ...findingsOfDeath(outcome, known.people),
      ...findingsOfPerson(outcome.entitlement, known.people, known.asOf),
      ...findingsOfRates(outcome.entitlement, known),
      ...findingsOfArrival(outcome, known),
    ]),
    ...known.payments.filter((payment) => !isPaidBefore(payment, known)).flatMap((payment) => findingsOfPayment(payment, known)),
    ...sharedAccounts(known),
    ...doubledLines(known.doubled),
    ...doubleSchemes(known),
    ...duplicatePersons(known),
    ...carriedOverMismatches(known),
    ...controlMismatches(known),
    ...missingFiles(known),
  ]
  return sortBy(all.filter((one) => !isHistory(one, known)), (one) => [one.code, one.scheme, one.benefit_period, one.beneficiary_id, one.subject])
}

/** D98: what was found of a month before the place began. */
function isHistory({ code, scheme, benefit_period: period, beneficiary_id: beneficiary }: FindingResult, { rules, outcomes, lines }: Known): boolean {
  if (scheme === null || period === null || ofPayments.includes(code)) return false
  const there = outcomes.find(({ entitlement: one }) => one.scheme === scheme && one.period === period && one.beneficiary === beneficiary)?.entitlement.lines
  const units = (there ?? lines.filter((line) => line.scheme === scheme && line.period === period && line.beneficiary === beneficiary)).map(({ unit }) => unit).sort()
  return period < startOf(rules, scheme, units[0] ?? '')
}

const ofPayments: readonly FindingCode[] = ['conflicting_line', 'wrong_account', 'ambiguous_payment', 'not_on_list', 'paid_while_suspended']

/** The same of a payment: it is filed under its first entitlement's unit, a candidate's, or that of its beneficiary's lines. */
function isPaidBefore(payment: Payment, { matching, outcomes, lines, rules, asOf }: Known): boolean {
  const [first] = sortBy(matching.matches.filter((match) => match.payment === payment).map(({ entitlement }) => entitlement), ({ period, scheme, beneficiary }) => [period, scheme, beneficiary])
  const scheme = first?.scheme ?? payment.scheme
  if (scheme === '') return false
  const candidates = matching.candidatesOf(payment)
  const [possible] = first ? [] : outcomes.filter(({ entitlement }) => candidates.includes(entitlement.beneficiary)).map(({ entitlement }) => unitOf(entitlement)).sort()
  const [listed] = lines.filter(({ beneficiary }) => beneficiary === payment.beneficiary).map(({ unit }) => unit).sort()
  return (first?.period ?? monthOfPayment(payment, asOf)) < startOf(rules, scheme, first ? unitOf(first) : (possible ?? listed ?? ''))
}

function findingsOfClass({ class: code, entitlement, credited, matches }: Outcome, { rules, asOf }: Known): FindingResult[] {
  switch (code) {
    case 'unpaid':
    case 'unpaid_no_account':
    case 'returned':
    case 'stuck':
    case 'paid_short':
      return [about(code, entitlement, entitlement.due - credited)]
    case 'not_collected': {
      const instructedAt = lastAttempt(uncollected(entitlement, matches))?.instructedAt ?? null
      const since = instructedAt === null ? entitlement.lastDayInTime : localDay(instructedAt)
      const waited = asOf - since > rules.scheme(entitlement.scheme).collectionDays
      return waited ? [about(code, entitlement, entitlement.due - credited)] : []
    }
    case 'paid_over':
    case 'paid_twice':
      return [about(code, entitlement, credited - entitlement.due)]
    case 'paid_late':
      return [about(code, entitlement, 0n)]
    case 'paid':
    case 'carried_over':
    case 'not_due':
    case 'in_transit':
      return []
  }
}

/** The list's accounts, where a bank has reported them: the holder, the mandate, the status. */
function findingsOfAccounts(entitlement: Entitlement, { people, asOf }: Known): FindingResult[] {
  const { beneficiary, due, dueDate } = entitlement
  const reported = entitlement.lines.flatMap((line) =>
    people.accounts.filter(({ agent, account }) => isListAccount(line, agent, account)),
  )
  const ofOthers = reported.filter(({ holder }) => !people.isSamePerson(beneficiary, holder))
  const joined = ({ holder }: Account): boolean => people.hasMandate(beneficiary, holder)
  const covered = ({ holder }: Account): boolean => people.mandateCovers(beneficiary, holder, dueDate)
  const ends = ({ holder }: Account): boolean => {
    const last = Math.max(...people.mandatesOf(beneficiary, holder).map(({ to }) => to))
    return asOf <= last && last <= asOf + 30
  }
  const codes: FindingCode[] = []
  if (ofOthers.some((account) => !joined(account))) codes.push('holder_mismatch')
  if (ofOthers.some((account) => joined(account) && !covered(account))) codes.push('mandate_expired')
  if (ofOthers.some((account) => covered(account) && ends(account))) codes.push('mandate_expiring')
  if (reported.some(({ status }) => status !== 'active')) codes.push('account_not_usable')
  return codes.map((code) => about(code, entitlement, due))
}

function findingsOfDeath({ entitlement, credited }: Outcome, people: People): FindingResult[] {
  if (!people.isDeadFor(entitlement.beneficiary, entitlement.period)) return []
  const onList = about('deceased_on_list', entitlement, entitlement.due)
  return credited > 0n ? [onList, about('paid_after_death', entitlement, credited)] : [onList]
}

function findingsOfPayment(payment: Payment, known: Known): FindingResult[] {
  const matched = sortBy(
    known.matching.matches.filter((match) => match.payment === payment).map(({ entitlement }) => entitlement),
    ({ period, scheme, beneficiary }) => [period, scheme, beneficiary],
  )
  const [first] = matched
  const of = (code: FindingCode, stake: Money): FindingResult => ({
    code,
    scheme: first?.scheme ?? (payment.scheme || null),
    benefit_period: first?.period ?? (payment.period || null),
    beneficiary_id: first?.beneficiary ?? (payment.beneficiary || null),
    subject: payment.name,
    amount_at_stake: moneyText(stake),
  })
  const findings: FindingResult[] = []
  if (payment.conflict !== null) findings.push(of('conflicting_line', payment.conflict))
  if (first && isWrongAccount(payment, matched, known)) findings.push(of('wrong_account', payment.net))
  const code = first ? undefined : codeOfUnmatched(payment, known)
  if (code) findings.push(of(code, payment.net))
  return findings
}

function isWrongAccount(payment: Payment, matched: Entitlement[], { people, asOf }: Known): boolean {
  if (payment.net === 0n || payment.account === '' || payment.channel === 'cash' || payment.channel === 'post') return false
  return !matched.some((there) => isExpectedAccount(payment, there.beneficiary, [there], people, asOf))
}

/** D12. */
function codeOfUnmatched(payment: Payment, { lines, matching, rules, asOf }: Known): FindingCode | undefined {
  const isAmbiguous = matching.candidatesOf(payment).length > 1
  if (isAmbiguous && (payment.net > 0n || payment.status === 'on_the_way')) return 'ambiguous_payment'
  if (payment.net === 0n) return undefined
  const idle = lines.filter(
    (line) => !line.active && rules.scheme(line.scheme).currency === payment.currency && isInside(payment, line, asOf),
  )
  if (payment.beneficiary !== '') {
    return idle.some(({ beneficiary }) => beneficiary === payment.beneficiary) ? 'paid_while_suspended' : 'not_on_list'
  }
  const there = idle.filter((line) => isListAccount(line, payment.agent, payment.account))
  return new Set(there.map(({ beneficiary }) => beneficiary)).size === 1 ? 'paid_while_suspended' : 'not_on_list'
}

/** Per account and month: three or more people on it who are not under its holder's mandate. */
function sharedAccounts({ outcomes, people }: Known): FindingResult[] {
  const uses = outcomes.flatMap(({ entitlement, matches }) =>
    accountsOf(entitlement, matches, people)
      .filter(({ agent, account }) => {
        const holder = people.accountAt(agent, account)?.holder
        return holder === undefined || !people.mandateCovers(entitlement.beneficiary, holder, entitlement.dueDate)
      })
      .map(({ agent, account }) => ({
        subject: `${agent}|${account}`,
        entitlement,
        credited: sum(matches.filter(({ payment }) => payment.net > 0n && payment.agent === agent && payment.account === account).map(({ amount }) => amount)),
      })),
  )
  const perMonth = groupBy(uses, ({ subject, entitlement }) => `${entitlement.period}|${subject}`)
  return [...perMonth.values()].flatMap((group): FindingResult[] => {
    const [first] = group
    if (!first || new Set(group.map(({ entitlement }) => entitlement.beneficiary)).size < 3) return []
    return [
      {
        code: 'shared_account', scheme: null, benefit_period: first.entitlement.period, beneficiary_id: null,
        subject: first.subject, amount_at_stake: moneyText(sum(group.map(({ credited }) => credited))),
      },
    ]
  })
}

/** Listed, held or credited; a listed one without agent is every reported account of that number, else it has no agent. */
function accountsOf(entitlement: Entitlement, matches: Match[], people: People): { agent: string; account: string }[] {
  const listed = entitlement.lines
    .filter(({ account }) => account !== '')
    .flatMap(({ agent, account }) => {
      const reported = agent === '' ? people.accounts.filter((one) => one.account === account) : []
      return reported.length > 0 ? reported : [{ agent, account }]
    })
  const held = people.accounts.filter(({ holder }) => people.isSamePerson(entitlement.beneficiary, holder))
  const credited = matches.map(({ payment }) => payment).filter(({ net, account }) => net > 0n && account !== '')
  const all = [...listed, ...held, ...credited]
  return [...groupBy(all, ({ agent, account }) => `${agent}|${account}`).values()].flatMap((same) => same.slice(0, 1))
}

/** One per entitlement: the stakes of its doubled lines together. */
function doubledLines(doubled: DoubledLine[]): FindingResult[] {
  const groups = groupBy(doubled, ({ scheme, period, beneficiary }) => [scheme, period, beneficiary].join('|'))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [about('duplicate_entitlement_line', first, sum(group.map(({ stake }) => stake)))] : []
  })
}
