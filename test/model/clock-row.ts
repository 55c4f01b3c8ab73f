/** The clock of every entitlement by the model, credited or not, as a line of text: the stages before the withdrawal, who is told apart, and whether the money could be reached (D38, D39, D100). */
import type { Known } from './finding.ts'
import type { Outcome } from './outcomes.ts'
import type { Payment } from './payments.ts'
import { ageBand, clocksOf, firstOf } from './time-to-cash.ts'
import { type Day, localDay, sortBy } from './values.ts'

const CHANNELS = ['account', 'cash', 'post', 'wallet']
const BANDS: Record<string, string> = { '': '-', '<15': '0', '15–59': '15', '60–69': '60', '70–79': '70', '80+': '80' }

/** The one value that all agree on who say anything. */
const only = (values: string[]): string => {
  const said = new Set(values.filter((value) => value !== ''))
  return said.size === 1 ? ([...said][0] ?? '') : ''
}
const isToAccount = (channel: string): boolean => channel === 'account' || channel === 'wallet'
const between = (from: Day | null, to: Day | null): string => (from === null || to === null ? '-' : String(to - from))

/** One line per entitlement, sorted; `-` where nothing is known. */
export function clockRows(known: Known): string[] {
  const ends = new Map(clocksOf(known).map(({ outcome, end, days }) => [outcome, { end, days }]))
  return known.outcomes.map((outcome) => rowOf(outcome, ends.get(outcome), known)).sort()
}

function rowOf(outcome: Outcome, ended: { end: string; days: number } | undefined, known: Known): string {
  const { people, asOf } = known
  const { entitlement } = outcome
  const { lines, dueDate, beneficiary } = entitlement
  const channels = lines.map(({ channel }) => channel)
  const reachesAccount = ({ channel }: Payment): boolean => (channel === '' ? channels.every(isToAccount) : isToAccount(channel))
  const credits = outcome.matches.map(({ payment }) => payment).filter(({ creditedAt }) => creditedAt !== null)
  const [first] = [...firstOf(credits.filter(reachesAccount), known), ...firstOf(credits.filter((payment) => !reachesAccount(payment)), known)]
  const credited = first === undefined ? null : localDay(first.creditedAt ?? 0)
  const instructed = typeof first?.instructedAt === 'number' ? localDay(first.instructedAt) : null
  const toAccount = first === undefined ? channels.every(isToAccount) : reachesAccount(first)
  const agent = first?.agent ?? only(lines.map((line) => line.agent))
  const account = first === undefined ? only(lines.map((line) => line.account)) : first.account
  const reported = toAccount && account !== '' ? people.accountAt(agent, account) : undefined
  const receiver = toAccount && account !== '' ? (reported?.holder ?? '') : only(lines.map(({ payee }) => payee)) || beneficiary
  const needs = [...new Set(lines.flatMap((line) => line.needs.split(';')).map((need) => need.trim()).filter((need) => need !== ''))].sort()
  const births = [...new Set(lines.map(({ birth }) => birth).filter((birth) => birth !== ''))]
  return [
    entitlement.scheme, entitlement.period, beneficiary, sortBy(lines, ({ unit }) => [unit])[0]?.unit, outcome.class,
    (first?.channel ?? '') || sortBy(channels, (channel) => [CHANNELS.indexOf(channel)])[0], agent || '-',
    between(dueDate, instructed), between(instructed, credited),
    !toAccount || credited === null ? '-' : withdrawableAfter(reported?.activated ?? null, people.activeSince(agent, account), credited),
    ended?.end ?? '-', ended === undefined || ended.end === 'not_reported' ? '-' : String(ended.days),
    ...reach(beneficiary, people, asOf),
    people.isSamePerson(beneficiary, receiver) ? 'self' : people.relationTo(beneficiary, receiver) || '-',
    outcome.credited > 0n ? 'paid' : 'not_paid', missingOf(outcome), only(lines.map(({ village }) => village)) || '-', needs.join('+') || '-',
    BANDS[ageBand(births.length === 1 ? (births[0] ?? '') : '', credited ?? dueDate)] ?? '?', only(lines.map(({ sex }) => sex)) || '-',
  ].join(' ')
}

/** From the credit to the activation; at once where a report called the account active by then; else nobody knows. */
function withdrawableAfter(activated: Day | null, activeSince: Day | null, credited: Day): string {
  if (activated !== null) return String(Math.max(activated - credited, 0))
  return activeSince !== null && activeSince <= credited ? '0' : '-'
}

/** The best of the own accounts, and of the active ones of payees with a mandate on the day; whether there is a card to a usable one. */
function reach(beneficiary: string, people: Known['people'], asOf: Day): [string, string] {
  const payees = people.payeesOn(beneficiary, asOf)
  const own = people.accounts.filter(({ holder }) => people.isSamePerson(beneficiary, holder))
  const usable = [...own, ...people.accounts.filter(({ holder }) => payees.includes(holder))].filter(({ status }) => status === 'active')
  const state = usable.length > 0 ? 'usable' : own.some(({ activated }) => activated !== null) ? 'activated' : own.length > 0 ? 'opened' : 'none'
  return [state, usable.some(({ hasCard }) => hasCard) ? 'card' : 'no_card']
}

function missingOf({ entitlement: { lines } }: Outcome): string {
  const none = (pick: (line: (typeof lines)[number]) => string): boolean => lines.every((line) => pick(line) === '')
  const missing = [none(({ birth }) => birth), none(({ sex }) => sex), none(({ village }) => village), none(({ category }) => category), lines.some(({ account, channel }) => account === '' && isToAccount(channel))]
  return String(missing.reduce((sum, isMissing, place) => sum + (isMissing ? 2 ** place : 0), 0))
}
