/** Requests that create something are done once: whoever asks again with the same key gets the same answer. */
import { randomUUID } from 'node:crypto'
import { addMilliseconds } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'

/** A request on its way, held by one server. */
export interface Once {
  readonly staffId: string
  readonly key: string
  /** Whoever holds it; a server that was taken for dead finds another's name here, and gives up. */
  readonly holder: string
}

/** What was answered, to be answered again. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** How a request with a key begins: for the first time, while the same is still running, or after it was answered. */
export type Beginning =
  | { readonly state: 'mine'; readonly once: Once }
  | { readonly state: 'running'; readonly retryAfterSeconds: number }
  | { readonly state: 'answered'; readonly fingerprint: string; readonly answer: Answer }

/** A request whose server says nothing for so long may be begun again. */
const heldMilliseconds = 30_000
/** Keys are known for so long. */
const keptMilliseconds = 30 * 86_400_000

interface Known {
  readonly fingerprint: string | null
  readonly answer_status: number | null
  readonly answer: Omit<Answer, 'status'> | null
}

/** Begins a request, unless one with the same key runs or was answered. */
export async function beginOnce(database: Database, staffId: string, key: string, at: string): Promise<Beginning> {
  const holder = randomUUID()
  for (;;) {
    const [taken] = await database.query(
      `insert into idempotent_request as r (staff_id, idempotency_key, held_by, held_until, created_at) values ($1, $2, $3, $4, $5)
       on conflict (staff_id, idempotency_key) do update set held_by = excluded.held_by, held_until = excluded.held_until, created_at = excluded.created_at
       where r.answer_status is null and r.held_until < excluded.created_at or r.created_at < $6
       returning 1 as taken`,
      [staffId, key, holder, addMilliseconds(at, heldMilliseconds), at, addMilliseconds(at, -keptMilliseconds)])
    if (taken !== undefined) return { state: 'mine', once: { staffId, key, holder } }
    const [known] = await database.query<Known>('select fingerprint, answer_status, answer from idempotent_request where staff_id = $1 and idempotency_key = $2', [staffId, key])
    // Given up between the two statements: it is free again.
    if (known === undefined) continue
    if (known.answer_status === null || known.answer === null) return { state: 'running', retryAfterSeconds: 2 }
    return { state: 'answered', fingerprint: known.fingerprint ?? '', answer: { status: known.answer_status, ...known.answer } }
  }
}

/** Keeps the answer, in the transaction that did what was asked. @throws Error when another server has taken the request over: nothing is done then */
export async function endOnce(transaction: Session, { staffId, key, holder }: Once, fingerprint: string, { status, headers, body }: Answer): Promise<void> {
  const ended = await transaction.query('update idempotent_request set fingerprint = $4, answer_status = $5, answer = $6 where staff_id = $1 and idempotency_key = $2 and held_by = $3 and answer_status is null returning 1 as ended',
    [staffId, key, holder, fingerprint, status, JSON.stringify({ headers, body })])
  if (ended.length === 0) throw new Error('the request was taken over by another server')
}

/** Frees the key of a request that came to nothing. */
export async function releaseOnce(database: Session, { staffId, key, holder }: Once): Promise<void> {
  await database.query('delete from idempotent_request where staff_id = $1 and idempotency_key = $2 and held_by = $3 and answer_status is null', [staffId, key, holder])
}

/** Says that these requests are still running. */
export async function stillRunning(database: Session, holders: readonly string[], at: string): Promise<void> {
  if (holders.length > 0) await database.query('update idempotent_request set held_until = $2 where held_by = any($1) and answer_status is null', [holders, addMilliseconds(at, heldMilliseconds)])
}

/** Forgets keys that are older than they are kept. */
export async function forgetOldRequests(database: Session, at: string): Promise<void> {
  await database.query('delete from idempotent_request where created_at < $1', [addMilliseconds(at, -keptMilliseconds)])
}
