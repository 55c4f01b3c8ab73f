/** What people do to their own account: another password, another second factor, and their sessions elsewhere. */
import type { Database, Session } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import type { Attempts } from './attempts.ts'
import { hashPassword, isPassword, passwordFault, type PasswordFault } from './passwords.ts'
import { pendingEnrolment } from './sign-in.ts'

/** Whose account, and in which session. */
export interface Owner {
  readonly staffId: string
  readonly userName: string
  readonly displayName: string
  readonly sessionHash: string
}

/** One of one's own sessions that hold. */
export interface OwnSession {
  readonly created_at: string
  readonly last_seen_at: string
  /** The kind of browser and machine; null where it did not say. */
  readonly device: string | null
  readonly is_current: boolean
}

/** What an account has of its own. */
export interface OwnAccount {
  readonly has_password: boolean
  readonly has_second_factor: boolean
  readonly password_changed_at: string | null
  readonly is_enrolling: boolean
  readonly sessions: readonly OwnSession[]
}

/** The account as its owner sees it; the sessions used last first. */
export async function ownAccount(session: Session, owner: Owner, now: string): Promise<OwnAccount> {
  const [row] = await session.query<Omit<OwnAccount, 'sessions'>>(`
    select password_hash is not null as has_password, totp_secret is not null as has_second_factor, password_changed_at,
      exists (select from staff_session e where e.token_hash = $2 and e.pending_totp_secret is not null) as is_enrolling
    from staff where staff_id = $1`, [owner.staffId, owner.sessionHash])
  const sessions = await session.query<OwnSession>(`
    select created_at, last_seen_at, device, token_hash = $2 as is_current from staff_session
    where staff_id = $1 and is_complete and ended_at is null and expires_at > $3 order by is_current desc, last_seen_at desc, token_hash`, [owner.staffId, owner.sessionHash, now])
  return { has_password: row?.has_password ?? false, has_second_factor: row?.has_second_factor ?? false, password_changed_at: row?.password_changed_at ?? null, is_enrolling: row?.is_enrolling ?? false, sessions }
}

/** Another password; the other sessions end. Null when it was taken. @throws Refusal `too_many_tries` */
export async function changePassword(database: Database, attempts: Attempts, owner: Owner, typed: { readonly current: string; readonly chosen: string }, now: string): Promise<PasswordFault | 'same' | 'current_wrong' | null> {
  if (!(await isOwnPassword(database, attempts, owner, typed.current))) return 'current_wrong'
  const fault = passwordFault(typed.chosen, owner)
  if (fault !== null) return fault
  if (typed.chosen.normalize('NFKC') === typed.current.normalize('NFKC')) return 'same'
  const kept = await hashPassword(typed.chosen)
  await database.transaction(async (transaction) => {
    await transaction.query('update staff set password_hash = $2, password_changed_at = $3, password_is_one_time = false where staff_id = $1', [owner.staffId, kept, now])
    await endOtherSessions(transaction, owner, now)
    await leaveTrail(transaction, { at: now, staffId: owner.staffId, kind: 'password_changed' })
  })
  return null
}

/** Begins another second factor, after the password; false when it was not the password. @throws Refusal `too_many_tries` */
export async function beginEnrolment(database: Database, attempts: Attempts, owner: Owner, password: string): Promise<boolean> {
  if (!(await isOwnPassword(database, attempts, owner, password))) return false
  await pendingEnrolment(database, owner)
  return true
}

/** Ends all one's sessions but this one, on every server. */
export async function endOtherSessions(session: Session, owner: Pick<Owner, 'staffId' | 'sessionHash'>, now: string): Promise<void> {
  const ended = await session.query('update staff_session set ended_at = $3 where staff_id = $1 and token_hash <> $2 and ended_at is null returning staff_id', [owner.staffId, owner.sessionHash, now])
  if (ended.length > 0) await leaveTrail(session, { at: now, staffId: owner.staffId, kind: 'sessions_ended' })
}

/** Whoever finds a session open guesses no faster than at the door. */
async function isOwnPassword(database: Database, attempts: Attempts, owner: Owner, password: string): Promise<boolean> {
  const tried = { userName: owner.userName, address: '', knownDevice: `session ${owner.sessionHash}` }
  await attempts.countPassword(tried)
  const [row] = await database.query<{ password_hash: string | null }>('select password_hash from staff where staff_id = $1', [owner.staffId])
  const isRight = await isPassword(row?.password_hash ?? null, password)
  if (isRight) await attempts.passwordWasRight(tried)
  return isRight
}
