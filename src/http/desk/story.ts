/** What happened to a person's money, in order: read from the evidence that a finding keeps, nothing added. */
import { localDayOf } from '../../core/index.ts'
import type { Amount } from '../../core/index.ts'

/** One step of the story; `day` is local. */
export interface StoryEvent {
  readonly day: string
  readonly kind: 'due' | 'instructed' | 'credited' | 'returned' | 'rejected' | 'not_collected' | 'as_of'
  readonly amount: Amount | null
  readonly account: string | null
  readonly agent: string | null
  readonly reasonCode: string | null
  readonly reasonText: string | null
  /** The line that says so; null for what follows from the calendar. */
  readonly source: { readonly fileId: string; readonly line: string } | null
}

type Evidence = Readonly<Record<string, unknown>>

const order = ['due', 'instructed', 'credited', 'returned', 'rejected', 'not_collected', 'as_of']

/**
 * The steps of a finding, oldest first: due, instructed, credited, returned, and the day of the run as the end.
 *
 * A rejection or a non-collection without a date of its own stands on the day it was instructed, where it cannot be
 * earlier; without even that it is left to the table of evidence, since a day is never invented.
 */
export function storyOf(evidence: Evidence, asOf: string): StoryEvent[] {
  const events: StoryEvent[] = []
  const due = dayIn(evidence['due_date'])
  if (due !== null) events.push({ ...nothing, day: due, kind: 'due', amount: text(evidence['due_amount']) })
  // A finding about one payment is that payment.
  const payments = evidence['payments'] ?? (evidence['payment'] === undefined ? [] : [evidence])
  if (Array.isArray(payments)) for (const payment of payments as Evidence[]) events.push(...paymentEvents(payment))
  events.push({ ...nothing, day: asOf, kind: 'as_of' })
  return events.sort((a, b) => (a.day === b.day ? order.indexOf(a.kind) - order.indexOf(b.kind) : a.day < b.day ? -1 : 1))
}

const nothing = { amount: null, account: null, agent: null, reasonCode: null, reasonText: null, source: null }

function paymentEvents(payment: Evidence): StoryEvent[] {
  const state = text(payment['state'])
  const instructed = dayIn(payment['instructed_date'])
  const credited = dayIn(payment['credited_date'])
  const returned = dayIn(payment['returned_date'])
  const rows = payment['source_rows']
  const last = Array.isArray(rows) ? (rows as Evidence[]).at(-1) : undefined
  const source = last === undefined ? null : { fileId: String(last['file_id']), line: String(last['line']) }
  const amount = text(payment['instructed_amount'])
  const common = { account: text(payment['creditor_account']), agent: text(payment['creditor_agent']), reasonCode: null, reasonText: null, source }
  const why = { reasonCode: text(payment['return_reason_code']), reasonText: text(payment['reason_text']) }
  const events: StoryEvent[] = []
  if (instructed !== null) events.push({ ...common, day: instructed, kind: 'instructed', amount })
  // Evidence without the sum of this step keeps only what stayed credited: that is it only where nothing came back.
  if (credited !== null && (state === 'credited' || state === 'returned')) events.push({ ...common, day: credited, kind: 'credited', amount: text(payment['credited_amount']) ?? (state === 'credited' ? (text(payment['net_amount']) ?? amount) : null) })
  if (state === 'returned' && returned !== null) events.push({ ...common, ...why, day: returned, kind: 'returned', amount: text(payment['returned_amount']) })
  if (state === 'rejected' || state === 'not_collected') {
    const when = returned ?? instructed
    if (when !== null) events.push({ ...common, ...why, day: when, kind: state, amount })
  }
  return events
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** `YYYY-MM-DD` of a day or of an instant. */
function dayIn(value: unknown): string | null {
  const written = text(value)
  if (written === null) return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(written)) return written
  return /^\d{4}-\d{2}-\d{2}T.*Z$/.test(written) ? localDayOf(written) : null
}
