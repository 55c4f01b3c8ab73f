/** Signing in, step by step: the password, one's own instead of one for one use, the second factor; and only then a session that opens anything. */
import { addMilliseconds, Refusal } from '../core/index.ts'
import type { Database, Session, Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import type { Attempts } from './attempts.ts'
import { hashPassword, isKeptTooCheaply, isPassword, passwordFault, type PasswordFault } from './passwords.ts'
import { enrolmentOf, newSecret, stepOfCode, takeCode, type Enrolment } from './second-factor.ts'
import { endSession, hashOf, newToken, sessionOf, startSession } from './sessions.ts'

/** What is still to be done before the pages open: choose a password, set up codes, give a code; null: nothing. */
export type NextStep = 'password' | 'enrol' | 'code' | null

/** Where a log-in stands. */
export interface SignInState {
  readonly staffId: string
  readonly next: NextStep
  /** For the cookie of the session; the one before, if any, is worth nothing any more. */
  readonly token: string
  /** For the cookie by which the browser is known next time; null while it may keep the one it has. */
  readonly deviceToken: string | null
}

/** A log-in that is not complete yet, by the cookie of its session. */
export interface HalfSession {
  readonly token: string
  readonly sessionHash: string
  readonly staffId: string
  readonly userName: string
  readonly displayName: string
  readonly next: Exclude<NextStep, null>
}

/** Where somebody signs in. */
export interface Place {
  readonly address: string
  /** The cookie of a browser that was here before; null without. */
  readonly deviceToken: string | null
  /** The kind of browser and machine, for people to recognise. */
  readonly device: string | null
}

/** A password that was handed over and lay about for a week is nobody's any more. */
const oneTimeMilliseconds = 7 * 86_400_000
/** More browsers than anybody uses; the oldest is forgotten. */
const devicesKept = 20

interface Standing {
  readonly staff_id: string
  readonly user_name: string
  readonly display_name: string
  readonly is_active: boolean
  readonly password_hash: string | null
  readonly password_is_one_time: boolean
  readonly password_changed_at: string | null
  readonly totp_secret: string | null
  readonly is_totp_required: boolean
  readonly is_known_device: boolean
}

/**
 * The first step. Of somebody who is not there, is disabled or has no password the answer is the same, after the same time.
 *
 * @throws Refusal `sign_in_wrong`, `password_expired` (not allowed), `too_many_tries` (try again; details: seconds)
 */
export async function signInWithPassword(database: Database, attempts: Attempts, typed: { readonly userName: string; readonly password: string }, place: Place, now: string): Promise<SignInState> {
  const userName = typed.userName.trim().toLowerCase()
  const [standing] = await standings(database, 'user_name', userName, place.deviceToken)
  const tried = { userName, address: place.address, knownDevice: standing?.is_known_device === true && place.deviceToken !== null ? hashOf(place.deviceToken) : null }
  await attempts.countPassword(tried)
  const kept = standing?.is_active === true ? standing.password_hash : null
  if (!(await isPassword(kept, typed.password)) || standing === undefined || kept === null) {
    await leaveTrail(database, { at: now, staffId: standing?.staff_id ?? null, kind: 'sign_in_failed', subject: 'password' })
    throw wrong()
  }
  await attempts.passwordWasRight(tried)
  if (standing.password_is_one_time && isOver(standing.password_changed_at, now)) throw new Refusal('notAllowed', 'password_expired', 'the password for one use is older than a week: ask for a new one')
  if (isKeptTooCheaply(kept)) await database.query('update staff set password_hash = $2 where staff_id = $1 and password_hash = $3', [standing.staff_id, await hashPassword(typed.password), kept])
  return database.transaction((transaction) => advance(transaction, standing, null, false, place, now))
}

/** Whose log-in a cookie belongs to while it is not complete; null for any other cookie. */
export async function halfSession(session: Session, token: string, now: string): Promise<HalfSession | null> {
  const open = await sessionOf(session, token, now)
  if (open === null || open.isComplete) return null
  const [standing] = await standings(session, 'staff_id', open.reader.staffId, null)
  const next = standing === undefined ? null : stepAfter(standing, false)
  if (standing === undefined || next === null) return null
  return { token, sessionHash: open.sessionHash, staffId: standing.staff_id, userName: standing.user_name, displayName: standing.display_name, next }
}

/** Instead of the password that somebody else knows: one's own. Null when it was taken, else what is wrong with it. */
export async function chooseFirstPassword(database: Database, half: HalfSession, password: string, place: Place, now: string): Promise<SignInState | PasswordFault | 'same'> {
  const fault = passwordFault(password, half)
  if (fault !== null) return fault
  return database.transaction(async (transaction) => {
    const [standing] = await standings(transaction, 'staff_id', half.staffId, place.deviceToken)
    if (standing === undefined || half.next !== 'password') throw wrong()
    if (await isPassword(standing.password_hash, password)) return 'same'
    // Only instead of one for one use: of two who come with it the second finds another's password.
    const taken = await transaction.query('update staff set password_hash = $2, password_changed_at = $3, password_is_one_time = false where staff_id = $1 and password_is_one_time returning staff_id', [half.staffId, await hashPassword(password), now])
    if (taken.length === 0) throw wrong()
    await leaveTrail(transaction, { at: now, staffId: half.staffId, kind: 'password_changed' })
    return advance(transaction, { ...standing, password_is_one_time: false }, half.token, false, place, now)
  })
}

/** What to show for setting up codes; the same secret as long as this session has not confirmed it. */
export async function pendingEnrolment(session: Session, who: { readonly sessionHash: string; readonly userName: string }): Promise<Enrolment> {
  const [row] = await session.query<{ secret: string }>('update staff_session set pending_totp_secret = coalesce(pending_totp_secret, $2) where token_hash = $1 returning pending_totp_secret as secret', [who.sessionHash, newSecret()])
  if (row === undefined) throw wrong()
  return enrolmentOf(row.secret, who.userName)
}

/** Confirms it by its first code; false when the code is none of it. @throws Refusal `too_many_tries` */
export async function confirmEnrolment(database: Database, attempts: Attempts, who: { readonly sessionHash: string; readonly staffId: string }, code: string, now: string): Promise<boolean> {
  await attempts.countCode(who.staffId)
  return database.transaction(async (transaction) => {
    const [row] = await transaction.query<{ secret: string | null }>('select pending_totp_secret as secret from staff_session where token_hash = $1 and ended_at is null for update', [who.sessionHash])
    const step = row === undefined || row.secret === null ? null : stepOfCode(row.secret, code, now)
    if (step === null) return false
    // Whoever knows the password alone sets up the first codes, and never others instead of somebody's.
    const set = await transaction.query(`
      update staff set totp_secret = $2, totp_last_step = $3
      where staff_id = $1 and (totp_secret is null or exists (select from staff_session where token_hash = $4 and is_complete)) returning staff_id`, [who.staffId, row?.secret ?? null, step, who.sessionHash])
    if (set.length === 0) return false
    await transaction.query('update staff_session set pending_totp_secret = null where token_hash = $1', [who.sessionHash])
    await leaveTrail(transaction, { at: now, staffId: who.staffId, kind: 'second_factor_set' })
    await attempts.codeWasRight(who.staffId)
    return true
  })
}

/** The rest of a log-in whose owner has just set up codes. */
export function afterEnrolment(database: Database, half: HalfSession, place: Place, now: string): Promise<SignInState> {
  return database.transaction(async (transaction) => {
    const [standing] = await standings(transaction, 'staff_id', half.staffId, place.deviceToken)
    // That it is set up was read here: nobody skips the step by asking for the next one.
    if (standing === undefined || standing.totp_secret === null || half.next !== 'enrol') throw wrong()
    return advance(transaction, standing, half.token, true, place, now)
  })
}

/** The second factor; null for a wrong code, or one used before. @throws Refusal `too_many_tries` */
export async function enterCode(database: Database, attempts: Attempts, half: HalfSession, code: string, place: Place, now: string): Promise<SignInState | null> {
  await attempts.countCode(half.staffId)
  const state = await database.transaction(async (transaction) => {
    const [standing] = await standings(transaction, 'staff_id', half.staffId, place.deviceToken)
    if (standing === undefined || half.next !== 'code' || !(await takeCode(transaction, half.staffId, code, now))) return null
    return advance(transaction, standing, half.token, true, place, now)
  })
  if (state === null) await leaveTrail(database, { at: now, staffId: half.staffId, kind: 'sign_in_failed', subject: 'code' })
  else await attempts.codeWasRight(half.staffId)
  return state
}

/** A complete session for whom an identity provider vouches: the second factor is theirs to ask. */
export async function startVouchedSession(transaction: Transaction, staffId: string, idToken: string | null, place: Place, now: string): Promise<SignInState> {
  const [standing] = await standings(transaction, 'staff_id', staffId, place.deviceToken)
  if (standing === undefined) throw wrong()
  return complete(transaction, standing, place, now, idToken)
}

/** Ends the session of a cookie; what the identity provider wants to see of it, if it came from one. */
export async function signOut(database: Database, token: string, now: string): Promise<{ readonly idToken: string | null }> {
  const [row] = await database.query<{ staff_id: string; id_token: string | null }>('select staff_id, oidc_id_token as id_token from staff_session where token_hash = $1 and ended_at is null', [hashOf(token)])
  await endSession(database, token, now)
  if (row === undefined) return { idToken: null }
  await database.query('update staff_session set oidc_id_token = null, pending_totp_secret = null where token_hash = $1', [hashOf(token)])
  await leaveTrail(database, { at: now, staffId: row.staff_id, kind: 'signed_out' })
  return { idToken: row.id_token }
}

/** On with it: the next step in a session that opens nothing, or, when none is left, a new session that does. */
async function advance(transaction: Transaction, standing: Standing, token: string | null, isProven: boolean, place: Place, now: string): Promise<SignInState> {
  const next = stepAfter(standing, isProven)
  if (next === null) {
    if (token !== null) await endSession(transaction, token, now)
    return complete(transaction, standing, place, now, null)
  }
  const half = token ?? (await startSession(transaction, standing.staff_id, now, false, { device: place.device })).token
  return { staffId: standing.staff_id, next, token: half, deviceToken: null }
}

/** A session with an id of its own: whoever knew the one before knows nothing. */
async function complete(transaction: Transaction, standing: Standing, place: Place, now: string, idToken: string | null): Promise<SignInState> {
  const { token } = await startSession(transaction, standing.staff_id, now, true, { device: place.device, idToken })
  await leaveTrail(transaction, { at: now, staffId: standing.staff_id, kind: 'signed_in', subject: idToken === null ? 'password' : 'identity_provider' })
  if (standing.is_known_device) return { staffId: standing.staff_id, next: null, token, deviceToken: null }
  const deviceToken = newToken()
  await transaction.query('insert into staff_device (token_hash, staff_id, created_at) values ($1, $2, $3)', [hashOf(deviceToken), standing.staff_id, now])
  await transaction.query('delete from staff_device where staff_id = $1 and token_hash not in (select token_hash from staff_device where staff_id = $1 order by created_at desc, token_hash limit $2)', [standing.staff_id, devicesKept])
  return { staffId: standing.staff_id, next: null, token, deviceToken }
}

function stepAfter(standing: Standing, isProven: boolean): NextStep {
  if (standing.password_is_one_time) return 'password'
  if (standing.totp_secret !== null) return isProven ? null : 'code'
  return standing.is_totp_required ? 'enrol' : null
}

function standings(session: Session, by: 'user_name' | 'staff_id', value: string, deviceToken: string | null): Promise<Standing[]> {
  return session.query<Standing>(`
    select staff_id, user_name, display_name, is_active, password_hash, password_is_one_time, password_changed_at, totp_secret, is_totp_required,
      exists (select from staff_device d where d.staff_id = s.staff_id and d.token_hash = $2) as is_known_device
    from staff s where ${by === 'user_name' ? 'user_name = $1' : 'staff_id = $1 and is_active'}`, [value, deviceToken === null ? null : hashOf(deviceToken)])
}

function isOver(since: string | null, now: string): boolean {
  return since !== null && addMilliseconds(since, oneTimeMilliseconds) < now
}

/** One answer for everything that is wrong. */
function wrong(): Refusal {
  return new Refusal('notAllowed', 'sign_in_wrong', 'the name or the password is not right')
}
