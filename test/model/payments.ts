/** From many reports to one payment each, as it stood at the end of day D (D4, D5, D6, D7, D199). */
import type { ModelFile, Row } from './types.ts'
import {
  type Day, type Instant, type Money, type SortKey,
  groupBy, instantOf, instantText, localDay, moneyOf, moneyText, periodOf, smaller, sortBy, spread, sum,
} from './values.ts'

/** In order of rank: a payment only moves up. */
const RANKS = ['on_the_way', 'not_collected', 'rejected', 'credited', 'returned'] as const
export type Status = (typeof RANKS)[number]

export type Payment = {
  /** `agent|end_to_end_id`, or every identifying field and `#occurrence`. */
  name: string
  agent: string
  endToEndId: string
  account: string
  beneficiary: string
  scheme: string
  period: string
  currency: string
  channel: string
  status: Status
  instructedAmount: Money
  instructedAt: Instant | null
  creditedAt: Instant | null
  /** When all of it went back; null while any of it is there. */
  returnedInFullAt: Instant | null
  /** Credited less returned, never below zero; zero while nothing is credited. */
  net: Money
  /** The amount that the search looks for. */
  face: Money
  /** The amount that it uses up where it is matched. */
  takes: Money
  /** Stake of a contradiction between its reports; null where they agree. */
  conflict: Money | null
  /** Last resort of every order. */
  content: SortKey
}

type Report = {
  row: Row
  name: string
  occurrence: number
  status: Status
  instructedAmount: Money
  instructedAt: Instant | null
  creditedAmount: Money
  creditedAt: Instant | null
  returnedAmount: Money | null
  returnedAt: Instant | null
  currency: string
  period: string
}

const STATUS_OF_CODE: Record<string, Status> = {
  PDNG: 'on_the_way', ACSP: 'on_the_way', pending: 'on_the_way',
  ACSC: 'credited', ACCC: 'credited', credited: 'credited',
  RJCT: 'rejected', rejected: 'rejected',
  RTRN: 'returned', returned: 'returned',
  NCOL: 'not_collected', not_collected: 'not_collected',
}
const NO_REFERENCE = ['', 'NOTPROVIDED', 'NONREF']

/** Every payment that D can see, in the order in which a rule takes them. */
export function readPayments(files: ModelFile[], asOf: Day): Payment[] {
  const reports = files.filter(({ kind }) => kind === 'disbursement').flatMap(reportsOf)
  const payments = [...groupBy(reports, ({ name }) => name).values()].flatMap((ofPayment) => {
    const seen = ofPayment.flatMap((report) => {
      const status = statusOn(report, asOf)
      return status === null ? [] : [{ ...report, status }]
    })
    return seen.length === 0 ? [] : [mergeReports(seen)]
  })
  return sortBy(payments, ({ creditedAt, instructedAt, agent, endToEndId, content }) => [
    creditedAt, instructedAt, agent, endToEndId, ...content,
  ])
}

const referenceOf = (row: Row): string => {
  const reference = row['end_to_end_id'] ?? ''
  return NO_REFERENCE.includes(reference) ? '' : reference
}

/** The fields that tell payments without reference apart, in writing. */
function identityOf(row: Row): string {
  return [
    row['creditor_agent'], row['creditor_account'], row['beneficiary_id'], row['scheme'],
    row['benefit_period'] ? periodOf(row['benefit_period']) : '',
    moneyText(moneyOf(row['instructed_amount'] ?? '')),
    row['instructed_at'] ? instantText(instantOf(row['instructed_at'])) : '',
    row['bank_reference'],
  ].map((field) => field ?? '').join('|')
}

/** The name under which a row's payment goes, when it is the `occurrence`-th of its kind in its file. */
export function paymentName(row: Row, occurrence: number): string {
  const reference = referenceOf(row)
  return reference === '' ? `${identityOf(row)}|#${occurrence}` : `${row['creditor_agent'] ?? ''}|${reference}`
}

function reportsOf(file: ModelFile): Report[] {
  const seenBefore = new Map<string, number>()
  const at = (text: string | undefined): Instant | null => (text ? instantOf(text) : null)
  return file.rows.map((row) => {
    const identity = identityOf(row)
    const occurrence = referenceOf(row) === '' ? (seenBefore.get(identity) ?? 0) + 1 : 1
    if (referenceOf(row) === '') seenBefore.set(identity, occurrence)
    const instructedAmount = moneyOf(row['instructed_amount'] ?? '')
    const status = STATUS_OF_CODE[row['transaction_status'] ?? '']
    if (!status) throw new Error(`unknown status ${row['transaction_status'] ?? ''}`)
    return {
      row, occurrence, status, instructedAmount,
      name: paymentName(row, occurrence),
      instructedAt: at(row['instructed_at']),
      creditedAmount: row['credited_amount'] ? moneyOf(row['credited_amount']) : instructedAmount,
      creditedAt: at(row['credited_at']),
      returnedAmount: row['returned_amount'] ? moneyOf(row['returned_amount']) : null,
      returnedAt: at(row['returned_at']),
      currency: row['currency'] || 'VND',
      period: row['benefit_period'] ? periodOf(row['benefit_period']) : '',
    }
  })
}

/** D4. Null: unseen. */
function statusOn({ status, instructedAt, creditedAt, returnedAt }: Report, asOf: Day): Status | null {
  const by = (instant: Instant | null): boolean => instant !== null && localDay(instant) <= asOf
  if (status === 'returned' && by(returnedAt)) return 'returned'
  if ((status === 'returned' || status === 'credited') && by(creditedAt)) return 'credited'
  if (status === 'rejected' || status === 'not_collected') {
    const instructed = instructedAt === null || by(instructedAt)
    const reported = returnedAt === null || by(returnedAt)
    if (instructed && reported) return status
  }
  return by(instructedAt) ? 'on_the_way' : null
}

/** D5: the reports all visible, each with its status on D. */
function mergeReports(unordered: Report[]): Payment {
  const reports = sortBy(unordered, (report) => [
    report.instructedAt, report.instructedAmount, report.row['creditor_account'] ?? '', report.creditedAt,
    report.row['scheme'] ?? '', report.period, report.row['beneficiary_id'] ?? '', report.currency,
    report.creditedAmount, report.returnedAt, report.returnedAmount, report.row['payment_channel'] ?? '',
    report.row['bank_reference'] ?? '',
  ])
  const [first] = reports
  if (!first) throw new Error('a payment has a report')
  const firstNonEmpty = (column: string): string => reports.map(({ row }) => row[column] ?? '').find((text) => text !== '') ?? ''
  const status = RANKS[Math.max(...reports.map((report) => RANKS.indexOf(report.status)))] ?? first.status
  const credits = reports.filter((report) => report.status === 'credited' || report.status === 'returned')
  const creditedAmount = credits[0]?.creditedAmount ?? 0n
  const returns = reports.filter((report) => report.status === 'returned')
  // D199: returns add up; the same amount on the same day is one return, however many reports tell of it.
  const back = returns.map((report) => ({ amount: report.returnedAmount ?? report.creditedAmount, at: report.returnedAt ?? 0 }))
  const once = [...groupBy(back, ({ amount, at }) => `${localDay(at)} ${amount}`).values()].flatMap(([one]) => (one ? [one] : []))
  const returnedAmount = smaller(sum(once.map(({ amount }) => amount)), creditedAmount)
  const net = creditedAmount > returnedAmount ? creditedAmount - returnedAmount : 0n
  const face = net > 0n ? net : first.instructedAmount
  const creditedTimes = credits.flatMap(({ creditedAt }) => (creditedAt === null ? [] : [creditedAt]))
  const wholeTimes = back.filter(({ amount }) => amount >= creditedAmount).map(({ at }) => at)
  const wentInFullAt = wholeTimes.length > 0 ? Math.min(...wholeTimes) : Math.max(...once.map(({ at }) => at))
  const account = firstNonEmpty('creditor_account')
  const beneficiary = firstNonEmpty('beneficiary_id')
  const scheme = firstNonEmpty('scheme')
  const period = periodOf(firstNonEmpty('benefit_period'))
  const agent = first.row['creditor_agent'] ?? ''
  return {
    name: first.name,
    agent, account, beneficiary, scheme, period, status, net, face,
    endToEndId: referenceOf(first.row),
    currency: first.currency,
    channel: firstNonEmpty('payment_channel'),
    instructedAmount: first.instructedAmount,
    instructedAt: first.instructedAt,
    creditedAt: creditedTimes.length === 0 ? null : Math.min(...creditedTimes),
    returnedInFullAt: net > 0n || once.length === 0 ? null : wentInFullAt,
    takes: net > 0n || status === 'on_the_way' ? face : 0n,
    conflict: conflictOf(reports, credits, first.instructedAmount),
    content: [agent, account, beneficiary, scheme, period, first.instructedAmount, first.row['bank_reference'] ?? '', first.occurrence],
  }
}

function conflictOf(reports: Report[], credits: Report[], instructedAmount: Money): Money | null {
  const differ = (values: string[]): boolean => new Set(values.filter((value) => value !== '')).size > 1
  const instructedSpread = spread(reports.map((report) => report.instructedAmount))
  const creditedSpread = spread(credits.map((report) => report.creditedAmount))
  const amounts = instructedSpread > creditedSpread ? instructedSpread : creditedSpread
  if (amounts > 0n) return amounts
  const contradicts =
    differ(reports.map(({ row }) => row['creditor_account'] ?? '')) ||
    differ(reports.map(({ currency }) => currency)) ||
    differ(reports.map(({ row }) => row['beneficiary_id'] ?? '')) ||
    (credits.length > 0 && reports.some(({ status }) => status === 'rejected'))
  return contradicts ? instructedAmount : null
}
