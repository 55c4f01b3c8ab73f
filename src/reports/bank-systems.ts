/** The systems that banks let in, where they want to be told of things, and what they were told: read-only, and no secret among it. */
import type { Session } from '../db/index.ts'

/** A key, or a client that shows a key of its own; instants are UTC. */
export interface BankKey {
  readonly creditor_agent: string
  /** Whose it is: the name of the system. */
  readonly system_name: string | null
  /** The last four characters of a key; of a client its id. */
  readonly label: string
  readonly is_client: boolean
  readonly scopes: readonly string[]
  /** Networks it may come from; null: any. */
  readonly allowed_from: readonly string[] | null
  readonly created_at: string
  /** Null: until it is taken back. */
  readonly expires_at: string | null
  readonly revoked_at: string | null
  /** Null: never, or not known of a client. */
  readonly last_used_at: string | null
}

/** Where a bank is told of things: a webhook or an e-mail address. */
export interface BankAddress {
  readonly source: string
  /** Null: an e-mail address. */
  readonly endpoint_id: string | null
  readonly address: string
  readonly kinds: readonly string[]
  readonly created_at: string
  readonly disabled_at: string | null
  readonly disabled_reason: string | null
}

/** One thing that a bank was told, or could not be told, at one place. */
export interface BankDelivery {
  readonly delivery_id: string
  readonly source: string
  readonly kind: string
  readonly address: string
  readonly created_at: string
  readonly attempt_count: number
  readonly last_status: number | null
  /** In a word; null: nothing went wrong. */
  readonly last_error: string | null
  readonly next_attempt_at: string | null
  readonly delivered_at: string | null
  readonly given_up_at: string | null
}

/** Keys and clients that the reader may see: those of the own bank, or all; live ones first. */
export function bankKeys(session: Session, most: number): Promise<BankKey[]> {
  return session.query<BankKey>(
    `select creditor_agent::text as creditor_agent, c.display_name as system_name, label, is_client, scopes, allowed_from, created_at, expires_at, revoked_at, last_used_at
     from (select staff_id, creditor_agent, token_end as label, false as is_client, scopes, allowed_from::text[] as allowed_from, created_at, expires_at, revoked_at, last_used_at from api_key where client_id is null
       union all select staff_id, creditor_agent, client_id, true, scopes, allowed_from::text[], created_at, null, revoked_at, null from api_client) k
     left join colleague c using (staff_id)
     order by creditor_agent, revoked_at is not null, created_at desc, label limit $1`, [most])
}

/** Where the reader's own bank, or every bank, wants to be told of things. */
export function bankAddresses(session: Session, most: number): Promise<BankAddress[]> {
  return session.query<BankAddress>(
    `select source, endpoint_id, address, kinds, created_at, disabled_at, disabled_reason
     from (select source, endpoint_id, url as address, kinds, created_at, disabled_at, disabled_reason from webhook_endpoint where disabled_reason is distinct from 'removed'
       union all select source, null, address, kinds, created_at, null, null from mail_address) a
     order by source, endpoint_id is null, created_at, address limit $1`, [most])
}

/** The newest deliveries to the reader's own bank, or to every bank; `source`: the 6 digits of one. */
export function bankDeliveries(session: Session, source: string | null, most: number): Promise<BankDelivery[]> {
  return session.query<BankDelivery>(
    `select d.delivery_id, d.source, e.kind, coalesce(w.url, d.mail_to, '') as address, d.created_at, d.attempt_count, d.last_status, d.last_error, d.next_attempt_at, d.delivered_at, d.given_up_at
     from bank_delivery d join bank_event e using (event_id) left join webhook_endpoint w using (endpoint_id)
     where $1::text is null or d.source = $1 order by d.created_at desc, d.delivery_id desc limit $2`, [source, most])
}
