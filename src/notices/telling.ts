/** What happened is told to whoever wants to know: laid out once, tried again for days, and told again when asked for. */
import { randomUUID } from 'node:crypto'
import { addMilliseconds, Refusal, type Clock, type Language } from '../core/index.ts'
import { loadSqlFile, type Database, type Session } from '../db/index.ts'
import { destinationOf, type Resolve } from './guard.ts'
import { sendMail, type MailSettings } from './mail.ts'
import type { EventKind, PlaceAuthor } from './places.ts'
import { postNotice, type Attempted } from './post.ts'

/** How this installation tells. */
export interface NoticeSettings {
  /** Null: no e-mail is sent. */
  readonly mail: MailSettings | null
  /** Networks of our own that webhooks may lead into, besides the internet. */
  readonly allowedNetworks: readonly string[]
  /** Where people reach the pages; null: messages name no page. */
  readonly publicUrl: string | null
  /** How names are resolved; absent: as the system does. */
  readonly resolve?: Resolve
}

/** What telling needs from outside. */
export interface TellingSurroundings {
  readonly database: Database
  readonly clock: Clock
  readonly notices: NoticeSettings
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
/** Pauses after the first failure, the second, …: three days in all; after the last it is given up. */
const pauses = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]

const files = {
  layOut: loadSqlFile(new URL('../../sql/notices/lay_out.sql', import.meta.url)),
  begin: loadSqlFile(new URL('../../sql/notices/begin_attempt.sql', import.meta.url)),
  rest: loadSqlFile(new URL('../../sql/notices/rest_failing.sql', import.meta.url)),
  waiting: loadSqlFile(new URL('../../sql/notices/leave_waiting.sql', import.meta.url)),
}

/** Lays out to whom an event is told, and leaves each telling to the background; a second time does nothing. Gives the new deliveries. */
export async function layOutDeliveries({ database, clock, notices }: TellingSurroundings, eventId: string): Promise<string[]> {
  return database.transaction(async (transaction) => {
    const [, laidOut] = await transaction.run<{ delivery_id: string; source: string }>(files.layOut, { event_id: eventId, at: clock.now(), has_mail: notices.mail !== null })
    const ids = (laidOut?.rows ?? []).map(({ delivery_id: id }) => id)
    for (const { delivery_id: id, source } of laidOut?.rows ?? []) await leaveDelivery(transaction, id, source, null)
    return ids
  })
}

interface Begun {
  readonly delivery_id: string
  readonly source: string
  readonly attempt_count: number
  readonly endpoint_id: string | null
  readonly mail_to: string | null
  readonly event_id: string
  readonly kind: EventKind | 'ping'
  readonly subject: string
  readonly happened_at: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly url: string | null
  readonly secret: string | null
  readonly former_secret: string | null
  readonly is_disabled: boolean | null
  readonly language: Language | null
  readonly is_removed: boolean
}

/** Makes one attempt at a delivery, and leaves the next one where it failed. Throws only what is wrong with the database. */
export async function deliver(surroundings: TellingSurroundings, deliveryId: string): Promise<void> {
  const { database, clock } = surroundings
  const [begun] = (await database.run<Begun>(files.begin, { delivery_id: deliveryId, at: clock.now() }))[0]?.rows ?? []
  if (begun === undefined) return
  if (begun.is_disabled === true || begun.is_removed) return endDelivery(database, begun, { status: null, error: 'place_removed' }, clock.now(), true)
  const attempted = begun.endpoint_id === null ? await byMail(surroundings, begun) : await byWebhook(surroundings, begun)
  const at = clock.now()
  if (attempted.error === null) {
    await database.query('update bank_delivery set delivered_at = $2, last_status = $3, last_error = null, next_attempt_at = null where delivery_id = $1', [deliveryId, at, attempted.status])
    return
  }
  await endDelivery(database, begun, attempted, at, attempted.isFinal === true)
}

type Ended = Attempted & { readonly isFinal?: boolean }

async function byWebhook({ clock, notices }: TellingSurroundings, { url, secret, former_secret: former, kind, subject, happened_at: happenedAt, payload, event_id: eventId }: Begun): Promise<Ended> {
  const address = URL.parse(url ?? '')
  if (address === null || secret === null) return { status: null, error: 'address_invalid' }
  const destination = await destinationOf(address, notices.allowedNetworks, notices.resolve)
  // Which names of our network exist is nothing a bank learns: no name and a closed one are one word.
  if (typeof destination === 'string') return { status: null, error: destination === 'address_invalid' ? destination : 'not_outside' }
  const body = JSON.stringify({ type: kind, timestamp: happenedAt, data: { ...payload, subject } })
  return postNotice(address, destination, { eventId, body, secrets: former === null ? [secret] : [secret, former] }, clock.now())
}

async function byMail({ notices }: TellingSurroundings, { mail_to: to, language, kind, payload, event_id: eventId }: Begun): Promise<Ended> {
  if (notices.mail === null || to === null || kind === 'ping') return { status: null, error: 'no_mail_here', isFinal: true }
  return sendMail(notices.mail, { to, language: language ?? 'vi', kind, payload, eventId, publicUrl: notices.publicUrl })
}

/** Keeps how it failed; leaves the next attempt, or gives up and looks at whether the place is worth telling at all. */
async function endDelivery(database: Database, { delivery_id: id, source, endpoint_id: endpointId, attempt_count: count }: Begun, { status, error }: Attempted, at: string, isFinal: boolean): Promise<void> {
  const pause = isFinal ? undefined : pauses[count - 1]
  const next = pause === undefined ? null : addMilliseconds(at, pause)
  await database.transaction(async (transaction) => {
    await transaction.query('update bank_delivery set last_status = $2, last_error = $3, next_attempt_at = $4, given_up_at = $5 where delivery_id = $1', [id, status, error, next, next === null ? at : null])
    if (next !== null) await leaveDelivery(transaction, id, source, next)
    if (endpointId === null) return
    // Who answers 410 says that nobody is there any more (Standard Webhooks).
    if (status === 410) await transaction.query('update webhook_endpoint set disabled_at = $2, disabled_reason = \'gone\' where endpoint_id = $1 and disabled_at is null', [endpointId, at])
    await transaction.run(files.rest, { endpoint_id: endpointId, at })
  })
}

/**
 * Tells the same event once more at the same place; gives the new delivery's id.
 *
 * @param endpointId the webhook to which it was to go; null: whichever it was
 * @throws Refusal `delivery_unknown` (not found), `place_removed` (conflict)
 */
export async function redeliver(transaction: Session, deliveryId: string, { source, at }: PlaceAuthor, endpointId: string | null = null): Promise<string> {
  const [found] = await transaction.query<{ event_id: string; endpoint_id: string | null; mail_to: string | null; is_told: boolean }>(`
    select d.event_id, d.endpoint_id, d.mail_to, coalesce(w.disabled_at is null, true) as is_told from bank_delivery d left join webhook_endpoint w using (endpoint_id) where d.delivery_id = $1 and d.source = $2 and ($3::text is null or d.endpoint_id = $3)`, [deliveryId, source, endpointId])
  if (found === undefined) throw new Refusal('notFound', 'delivery_unknown', 'there is no such delivery')
  if (!found.is_told) throw new Refusal('conflict', 'place_removed', 'this webhook is told nothing any more; ping it first, or add it anew')
  const id = `dlv_${randomUUID().replaceAll('-', '')}`
  await transaction.query('insert into bank_delivery (delivery_id, event_id, source, endpoint_id, mail_to, created_at, next_attempt_at) values ($1, $2, $3, $4, $5, $6, $6)', [id, found.event_id, source, found.endpoint_id, found.mail_to, at])
  await leaveDelivery(transaction, id, source, null)
  return id
}

/** Leaves the work once more for everything that is to be told and has none. */
export async function leaveUntold(database: Database): Promise<void> {
  const [found] = await database.run<{ event_id: string | null; delivery_id: string | null; source: string; run_at: string | null }>(files.waiting)
  for (const { event_id: eventId, delivery_id: deliveryId, source, run_at: runAt } of found?.rows ?? []) {
    if (eventId !== null) await database.query('select enqueue_job($1, $2, null, $3)', ['tell_bank', JSON.stringify({ event_id: eventId }), eventId])
    if (deliveryId !== null) await leaveDelivery(database, deliveryId, source, runAt)
  }
}

/** A bank's places are told one after the other, so that one that is slow takes no other bank's turn. */
async function leaveDelivery(session: Session, deliveryId: string, source: string, runAt: string | null): Promise<void> {
  const [payload, queue] = [JSON.stringify({ delivery_id: deliveryId }), `tell-${source}`]
  if (runAt === null) {
    await session.query('select enqueue_job($1, $2, $3, $4)', ['deliver', payload, queue, deliveryId])
    return
  }
  // Where no server has ever run there is no queue yet; the first one that starts looks for what waits.
  const [found] = await session.query<{ is_there: boolean }>('select to_regnamespace(\'graphile_worker\') is not null as is_there')
  if (found?.is_there === true) await session.query('select graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4, run_at := $5)', ['deliver', payload, queue, deliveryId, runAt])
}
