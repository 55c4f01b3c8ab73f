/** Where a bank is told: webhooks with a secret that is shown once, and e-mail addresses. */
import { randomBytes } from 'node:crypto'
import { addMilliseconds, Refusal, type Language } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { isClosedNumber, isWebhookUrl } from './guard.ts'

/** What a bank can be told of; `ping` is told to whoever is pinged. */
export const eventKinds = ['file.sealed', 'file.refused', 'file.failed', 'question.asked', 'question.due', 'report.due'] as const
export type EventKind = (typeof eventKinds)[number]

/** A webhook as its bank may read it: without its secret. */
export interface Endpoint {
  readonly endpoint_id: string
  readonly url: string
  readonly kinds: readonly EventKind[]
  readonly created_at: string
  /** Null: it is told. */
  readonly disabled_at: string | null
  /** `failing`: nothing arrived for five days; `gone`: it answered 410. */
  readonly disabled_reason: string | null
}

/** Who changes something, and for which bank. */
export interface PlaceAuthor {
  readonly staffId: string
  /** The bank's 6 digits. */
  readonly source: string
  readonly at: string
}

const mostPlaces = 10
/** While a bank changes its secret, both are signed with. */
const overlapMilliseconds = 24 * 3_600_000

const columns = 'endpoint_id, url, kinds, created_at, disabled_at, disabled_reason'

/** Webhooks, the oldest first: those of the reader's bank, as row-level security has it; `source` narrows it for those who see all. */
export function listEndpoints(session: Session, source: string): Promise<Endpoint[]> {
  return session.query<Endpoint>(`select ${columns} from webhook_endpoint where source = $1 and disabled_reason is distinct from 'removed' order by created_at, endpoint_id collate "C"`, [source])
}

/** One of them; null: there is none of that id, or it is another bank's. */
export async function findEndpoint(session: Session, source: string, endpointId: string): Promise<Endpoint | null> {
  const [endpoint] = await session.query<Endpoint>(`select ${columns} from webhook_endpoint where source = $1 and endpoint_id = $2 and disabled_reason is distinct from 'removed'`, [source, endpointId])
  return endpoint ?? null
}

/**
 * Adds a webhook; its secret is shown now and never again.
 *
 * @throws Refusal `webhook_url_invalid`, `webhook_url_closed` (usage), `kinds_invalid` (usage), `too_many_places` (conflict)
 */
export async function addEndpoint(transaction: Session, { url, kinds }: { readonly url: string; readonly kinds: readonly EventKind[] }, { staffId, source, at }: PlaceAuthor, { allowedNetworks }: { readonly allowedNetworks: readonly string[] }): Promise<{ readonly endpoint: Endpoint; readonly secret: string }> {
  requireKinds(kinds)
  const address = URL.parse(url)
  if (address === null || !isWebhookUrl(address, allowedNetworks.length > 0)) throw new Refusal('usage', 'webhook_url_invalid', 'write an https:// address without a password, of at most 2000 characters')
  // A name is asked for at each delivery and not here: a transaction does not wait for name servers, and nobody tries out
  // which names of our network exist.
  if (isClosedNumber(address, allowedNetworks)) throw new Refusal('usage', 'webhook_url_closed', 'this address leads into a network that is not open; name one on the internet')
  await requireRoom(transaction, 'webhooks', source)
  const secret = newSecret()
  const [endpoint] = await transaction.query<Endpoint>(`insert into webhook_endpoint (endpoint_id, source, url, secret, kinds, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [`whe_${randomBytes(12).toString('hex')}`, source, address.href, secret, [...new Set(kinds)], at, staffId])
  if (endpoint === undefined) throw new Error('an insert gave no row')
  await leaveTrail(transaction, { staffId, at, kind: 'notice_place_added', subject: endpoint.endpoint_id, details: { kinds, host: address.host } })
  return { endpoint, secret }
}

/** Another secret; for a day the former one signs too. @throws Refusal `endpoint_unknown` (not found) */
export async function changeSecret(transaction: Session, endpointId: string, { source, at }: PlaceAuthor): Promise<string> {
  const secret = newSecret()
  const [changed] = await transaction.query('update webhook_endpoint set former_secret = secret, former_secret_until = $4, secret = $3, disabled_at = null, disabled_reason = null where endpoint_id = $1 and source = $2 and disabled_reason is distinct from \'removed\' returning endpoint_id', [endpointId, source, secret, addMilliseconds(at, overlapMilliseconds)])
  if (changed === undefined) throw unknownEndpoint()
  return secret
}

/** Tells nothing there any more; what was told stays in the log. @throws Refusal `endpoint_unknown` (not found) */
export async function removeEndpoint(transaction: Session, endpointId: string, { staffId, source, at }: PlaceAuthor): Promise<void> {
  const [removed] = await transaction.query('update webhook_endpoint set disabled_at = $3, disabled_reason = \'removed\', secret = \'\', former_secret = null, former_secret_until = null where endpoint_id = $1 and source = $2 and disabled_reason is distinct from \'removed\' returning endpoint_id', [endpointId, source, at])
  if (removed === undefined) throw unknownEndpoint()
  await leaveTrail(transaction, { staffId, at, kind: 'notice_place_removed', subject: endpointId })
}

/** Leaves a `ping` for one webhook; gives the event's id. @throws Refusal `endpoint_unknown` (not found) */
export async function pingEndpoint(transaction: Session, endpointId: string, { source, at }: PlaceAuthor): Promise<string> {
  // A ping is how a bank tries whether it works again.
  const [found] = await transaction.query('update webhook_endpoint set disabled_at = null, disabled_reason = null where endpoint_id = $1 and source = $2 and disabled_reason is distinct from \'removed\' returning endpoint_id', [endpointId, source])
  if (found === undefined) throw unknownEndpoint()
  const [raised] = await transaction.query<{ event_id: string }>('select raise_bank_event($1, \'ping\', $2, jsonb_build_object(\'endpoint_id\', $2::text), $3) as event_id', [source, endpointId, at])
  return raised?.event_id ?? ''
}

/** An address to which a bank is written. */
interface MailAddress {
  readonly address: string
  readonly language: Language
  readonly kinds: readonly EventKind[]
}

/** Adds an address, or changes what it is told and in which language. @throws Refusal `mail_address_invalid`, `kinds_invalid` (usage), `too_many_places` (conflict) */
export async function putMailAddress(transaction: Transaction, { address, language, kinds }: MailAddress, { staffId, source, at }: PlaceAuthor): Promise<void> {
  requireKinds(kinds)
  const plain = address.trim().toLowerCase()
  if (!/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,186}[a-z0-9])$/.test(plain) || plain.includes('..')) throw new Refusal('usage', 'mail_address_invalid', 'write one e-mail address: ten@ngan-hang.example')
  const [known] = await transaction.query('update mail_address set language = $3, kinds = $4 where source = $1 and address = $2 returning address', [source, plain, language, [...new Set(kinds)]])
  if (known !== undefined) return
  await requireRoom(transaction, 'addresses', source)
  await transaction.query('insert into mail_address (source, address, language, kinds, created_at, created_by) values ($1, $2, $3, $4, $5, $6)', [source, plain, language, [...new Set(kinds)], at, staffId])
  await leaveTrail(transaction, { staffId, at, kind: 'notice_place_added', subject: 'e-mail', details: { kinds } })
}

/** Writes there no more. @throws Refusal `mail_address_unknown` (not found) */
export async function removeMailAddress(transaction: Transaction, address: string, { staffId, source, at }: PlaceAuthor): Promise<void> {
  const [removed] = await transaction.query('delete from mail_address where source = $1 and address = $2 returning address', [source, address])
  if (removed === undefined) throw new Refusal('notFound', 'mail_address_unknown', 'there is no such address')
  await leaveTrail(transaction, { staffId, at, kind: 'notice_place_removed', subject: 'e-mail' })
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

function unknownEndpoint(): Refusal {
  return new Refusal('notFound', 'endpoint_unknown', 'there is no such webhook')
}

function requireKinds(kinds: readonly string[]): void {
  if (kinds.length === 0 || kinds.some((kind) => !(eventKinds as readonly string[]).includes(kind))) throw new Refusal('usage', 'kinds_invalid', `name one or more of ${eventKinds.join(', ')}`)
}

const countOf = {
  webhooks: 'select count(*)::integer as count from webhook_endpoint where source = $1 and disabled_reason is distinct from \'removed\'',
  addresses: 'select count(*)::integer as count from mail_address where source = $1',
} as const

/** @throws Refusal `too_many_places` (conflict) */
async function requireRoom(transaction: Session, places: keyof typeof countOf, source: string): Promise<void> {
  // Two requests at once count one after the other.
  await transaction.query('select pg_advisory_xact_lock(hashtext($1))', [`${places} of ${source}`])
  const [found] = await transaction.query<{ count: number }>(countOf[places], [source])
  if ((found?.count ?? 0) >= mostPlaces) throw new Refusal('conflict', 'too_many_places', `a bank is told in ${mostPlaces} places at most; remove one first`)
}
