/** Who is logged in: sessions that live in the database, so that ending one ends it at once on every server. */
import { randomBytes } from 'node:crypto'
import { addMilliseconds, sha256Of, type Reader, type Role, type ScopeLevel } from '../core/index.ts'
import type { Session } from '../db/index.ts'

const minute = 60_000
/** A desk in an office of many hands: who leaves it for half an hour has left it to somebody else. */
const idleMilliseconds = 30 * minute
/** A working day and its overtime. */
const absoluteMilliseconds = 12 * 60 * minute
/** Time enough to find the telephone; what the password alone has opened does not stay open. */
const halfMilliseconds = 15 * minute
/** Each use would write a row; once a minute is enough to know when it was last used. */
const noticedAfterMilliseconds = minute

/** A session that holds, and who it is. */
export interface OpenSession {
  readonly reader: Reader
  /** SHA-256 of the cookie, hex: what the database is told. */
  readonly sessionHash: string
  /** False: the password was right, the second factor is still to come. */
  readonly isComplete: boolean
}

/** What the database keeps of a cookie. */
export function hashOf(token: string): string {
  return sha256Of(token)
}

/** 256 bits that nobody guesses. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A new session of somebody; the token is for the cookie and known nowhere else. */
export async function startSession(session: Session, staffId: string, now: string, isComplete = true, { device = null, idToken = null }: { readonly device?: string | null; readonly idToken?: string | null } = {}): Promise<{ readonly token: string; readonly sessionHash: string }> {
  const token = newToken()
  const sessionHash = hashOf(token)
  await session.query('insert into staff_session (token_hash, staff_id, created_at, last_seen_at, expires_at, is_complete, device, oidc_id_token) values ($1, $2, $3, $3, $4, $5, $6, $7)', [sessionHash, staffId, now, addMilliseconds(now, isComplete ? idleMilliseconds : halfMilliseconds), isComplete, device, idToken])
  return { token, sessionHash }
}

/** Whose cookie it is; null when it is nobody's, or has ended, or whose it is may no longer come in. Using it moves its end on. */
export async function sessionOf(session: Session, token: string, now: string): Promise<OpenSession | null> {
  const sessionHash = hashOf(token)
  const [row] = await session.query<{ staff_id: string; user_name: string; display_name: string; roles: Role[]; unit_code: string | null; scope_level: ScopeLevel; creditor_agent: string | null; is_complete: boolean; created_at: string; is_noticed: boolean }>(`
    select staff_id, user_name, display_name, roles, unit_code, scope_level, lpad(creditor_agent::text, 6, '0') as creditor_agent, s.is_complete, s.created_at,
      s.last_seen_at > $2::timestamptz - make_interval(secs => $3::double precision / 1000) as is_noticed
    from staff_session s join staff using (staff_id)
    where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and is_active`, [sessionHash, now, noticedAfterMilliseconds])
  if (row === undefined) return null
  if (!row.is_noticed && row.is_complete) {
    await session.query('update staff_session set last_seen_at = $2, expires_at = least($3::timestamptz, $4::timestamptz) where token_hash = $1', [sessionHash, now, addMilliseconds(now, idleMilliseconds), addMilliseconds(row.created_at, absoluteMilliseconds)])
  }
  return {
    reader: { staffId: row.staff_id, userName: row.user_name, displayName: row.display_name, roles: row.roles, unitCode: row.unit_code, scopeLevel: row.scope_level, creditorAgent: row.creditor_agent },
    sessionHash,
    isComplete: row.is_complete,
  }
}

/** Ends it, on every server, for good. */
export async function endSession(session: Session, token: string, now: string): Promise<void> {
  await session.query('update staff_session set ended_at = $2 where token_hash = $1 and ended_at is null', [hashOf(token), now])
}
