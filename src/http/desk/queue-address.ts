/** What the queue's address says: which cases, from which place on; the address can be sent to a colleague and shows the same. */
import { z } from 'zod'
import type { QueueFilter, QueuePlace } from '../../cases/index.ts'
import { caseSteps, parseDay, visibleText, type Reader } from '../../core/index.ts'
import { openSearch, sealSearch, type Session } from '../../db/index.ts'
import { optional, read, UnreadableAddress } from '../place.ts'
import { address } from '../view.ts'

const code = /^[a-z_]{1,60}(?:,[a-z_]{1,60}){0,20}$/
const queueQuery = z.object({
  // As it was typed, or sealed, which is longer.
  q: optional(/^(?:[^\p{Cc}]{1,100}|\.[\w-]{38,800})$/u),
  code: optional(code),
  actor: optional(/^[CBPA]$/),
  step: optional(code),
  unit: optional(/^[\p{L}\p{N}_.-]{1,40}$/u),
  village: optional(/^[^\p{Cc}]{1,300}$/u),
  scheme: optional(/^[\p{L}\p{N}_.-]{1,40}$/u),
  period: optional(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  bank: optional(/^\d{6}$/),
  question: optional(/^(?:asked|answered)$/),
  when: optional(/^(?:overdue|soon|tonight)$/),
  mine: optional(/^(?:me|nobody|\d{1,18})$/),
  since: optional(/^\d{4}-\d{2}-\d{2}$/),
  until: optional(/^\d{4}-\d{2}-\d{2}$/),
  closed: optional(/^1$/),
  found: optional(/^1$/),
  after: optional(/^\d{1,19}~\d{1,18}$/),
  before: optional(/^\d{1,19}~\d{1,18}$/),
})

/** The queue as its address describes it, without the place in it. */
export type QueueChoice = Omit<z.output<typeof queueQuery>, 'after' | 'before'>

/** What is asked for, and from where on. */
export interface QueueAddress {
  readonly choice: QueueChoice
  readonly place: { readonly after?: QueuePlace; readonly before?: QueuePlace }
}

/** Reads it. @throws UnreadableAddress */
export function readQueueAddress(query: URLSearchParams): QueueAddress {
  const { after, before, ...choice } = read(queueQuery, query)
  const place = after !== undefined ? { after: placeOf(after) } : before !== undefined ? { before: placeOf(before) } : {}
  return { choice, place }
}

/** What is searched for: as it was typed, to be looked for and shown, and as addresses hold it. @throws UnreadableAddress */
export async function searchOf(session: Session, { q }: QueueChoice): Promise<{ readonly typed: string | undefined; readonly sealed: string | undefined }> {
  if (q === undefined) return { typed: undefined, sealed: undefined }
  const typed = await openSearch(session, q)
  if (typed === null) throw new UnreadableAddress('q')
  return { typed, sealed: typed === q ? await sealSearch(session, typed) : q }
}

/** What the queue is filtered by, `q` as it was typed; `within` gives every code that lies in a unit. */
export function filterOf(choice: QueueChoice, reader: Reader, within: (unit: string) => readonly string[]): QueueFilter {
  const steps = choice.step?.split(',').flatMap((step) => caseSteps.filter((known) => known === step))
  if (steps?.length === 0) throw new UnreadableAddress('step')
  const search = visibleText(choice.q ?? '')
  return {
    ...(search === '' ? {} : { search }),
    ...(choice.code === undefined ? {} : { codes: choice.code.split(',') }),
    ...(choice.actor === undefined ? {} : { actor: choice.actor }),
    ...(steps === undefined ? {} : { steps }),
    ...(choice.unit === undefined ? {} : { unitCodes: within(choice.unit) }),
    ...(choice.village === undefined ? {} : { village: choice.village }),
    ...(choice.scheme === undefined ? {} : { scheme: choice.scheme }),
    ...(choice.period === undefined ? {} : { benefitPeriod: choice.period }),
    ...(choice.bank === undefined ? {} : { creditorAgent: choice.bank }),
    ...(choice.question === undefined ? {} : { question: choice.question as 'asked' | 'answered' }),
    ...(choice.when === undefined ? {} : { when: choice.when as 'overdue' | 'soon' | 'tonight' }),
    ...(choice.since === undefined ? {} : { waitingFrom: dayOf(choice.since) }),
    ...(choice.until === undefined ? {} : { waitingUntil: dayOf(choice.until) }),
    ...(choice.mine === undefined ? {} : { assignedTo: choice.mine === 'me' ? reader.staffId : choice.mine }),
    ...(choice.closed === undefined && choice.found === undefined ? {} : { isWithClosed: true }),
    ...(choice.found === undefined ? {} : { isFound: true }),
  }
}

function dayOf(text: string): string {
  const day = parseDay(text)
  if (day === null) throw new UnreadableAddress('day')
  return day
}

/** The address of a part of the queue. */
export function queueAddress(choice: QueueChoice, place: { readonly after?: QueuePlace; readonly before?: QueuePlace } = {}): string {
  return address('/queue', { ...choice, after: written(place.after), before: written(place.before) })
}

function written(place: QueuePlace | undefined): string | undefined {
  return place === undefined ? undefined : `${place.urgency}~${place.caseNumber}`
}

function placeOf(text: string): QueuePlace {
  const [urgency = '', caseNumber = ''] = text.split('~')
  // PostgreSQL's bigint ends there; beyond it no case stands.
  if (BigInt(urgency) > 9_223_372_036_854_775_807n) throw new UnreadableAddress('place')
  return { urgency, caseNumber }
}
