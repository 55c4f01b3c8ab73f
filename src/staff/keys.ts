/** Systems of banks and the keys by which they are let in: 256 random bits shown once, kept as a hash, two live for a change without a gap (D158). */
import { addMilliseconds, compareInstants, isWithin, readNetworks, Refusal, type Reader, type Role, type ScopeLevel } from '../core/index.ts'
import { loadSqlFile, type Database, type Session } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { noteChange, requireAdministrator } from './changes.ts'
import { hashOf, newToken } from './sessions.ts'

/** What a key can be good for; the database knows the same words. */
export const keyScopes = ['files:write', 'files:read', 'questions:read', 'questions:answer', 'webhooks:manage', 'payments:all-banks'] as const
export type KeyScope = (typeof keyScopes)[number]

/** What a key is good for unless somebody says otherwise: everything about the bank's own files and questions. */
export const usualScopes: readonly KeyScope[] = ['files:write', 'files:read', 'questions:read', 'questions:answer', 'webhooks:manage']

/** A system that a bank wants to let in. */
export interface NewSystem {
  /** Small letters, digits and `. _ @ -`. */
  readonly userName: string
  readonly displayName: string
  /** The bank's 6 digits. */
  readonly creditorAgent: string
}

/** What a new key may do, from where, and until when. */
export interface KeyWish {
  readonly staffId: string
  readonly scopes: readonly KeyScope[]
  /** Networks or single addresses; null: from anywhere. */
  readonly allowedFrom: readonly string[] | null
  readonly expiresAt: string
}

/** A key as it is handed out. */
export interface IssuedKey {
  readonly keyId: string
  /** `ttk_…`: shown now and never again. */
  readonly key: string
  readonly expiresAt: string
}

/** Who shows a key that holds. */
export interface KeyHolder {
  readonly reader: Reader
  readonly scopes: readonly KeyScope[]
  readonly keyId: string
  /** SHA-256 of the key, hex: what the database is told (`desk.as`). */
  readonly keyHash: string
}

const userNamePattern = /^[a-z0-9][a-z0-9._@-]{1,63}$/
/** Keys given out by hand, and tokens given out for an assertion. */
const keyPattern = /^tt[kt]_[A-Za-z0-9_-]{43}$/
/** Longer than that nobody remembers that there is one. */
const longestMilliseconds = 731 * 86_400_000

const listFile = loadSqlFile(new URL('../../sql/staff/keys.sql', import.meta.url))
const holderFile = loadSqlFile(new URL('../../sql/staff/key_holder.sql', import.meta.url))

/**
 * Adds the service account of a bank's system: it has no password and comes in by its keys alone.
 *
 * @param by the administrator's staff_id; null: whoever runs the installation, by command line
 * @throws Refusal `user_name_invalid`, `name_invalid`, `agent_invalid` (usage), `user_name_taken` (conflict), `not_administrator`
 */
export function makeSystem(database: Pick<Database, 'transaction'>, { userName, displayName, creditorAgent }: NewSystem, at: string, by: string | null): Promise<{ readonly staffId: string }> {
  if (!userNamePattern.test(userName)) throw new Refusal('usage', 'user_name_invalid', 'a system\'s name has 2 to 64 small letters, digits and . _ @ -, and begins with a letter or digit')
  if (displayName.trim() === '' || displayName.length > 120 || /[\p{Cc}\ufffd]/u.test(displayName)) throw new Refusal('usage', 'name_invalid', 'write a name of 1 to 120 characters')
  if (!/^[1-9]\d{5}$/.test(creditorAgent)) throw new Refusal('usage', 'agent_invalid', 'a bank\'s code has 6 digits, the first of them not 0')
  return database.transaction(async (transaction) => {
    await requireAdministrator(transaction, by)
    const [row] = await transaction.query<{ staff_id: string }>(`
      insert into staff (user_name, display_name, roles, creditor_agent, is_active, is_totp_required, is_service, created_at) values ($1, $2, array['bank'], $3, true, false, true, $4)
      on conflict (user_name) do nothing returning staff_id`, [userName, displayName.trim(), creditorAgent, at])
    if (row === undefined) throw new Refusal('conflict', 'user_name_taken', `there is a user ${userName} already; names are never given twice`)
    const added = { user_name: userName, display_name: displayName.trim(), roles: ['bank'], creditor_agent: creditorAgent, is_service: true }
    await noteChange(transaction, row.staff_id, { added: { from: null, to: added } }, { staffId: by, at, reason: 'a system of a bank', needsSecond: false })
    return { staffId: row.staff_id }
  })
}

/**
 * Gives a system a key, in whichever of its two places is free; one that has expired is free.
 *
 * @throws Refusal `system_unknown` (not found), `scope_unknown`, `network_invalid`, `expiry_invalid` (usage), `two_keys_live` (conflict), `not_administrator`
 */
export function issueKey(database: Pick<Database, 'transaction'>, { staffId, scopes, allowedFrom, expiresAt }: KeyWish, at: string, by: string | null): Promise<IssuedKey> {
  requireScopes(scopes)
  const networks = allowedFrom === null || allowedFrom.length === 0 ? null : readNetworks(allowedFrom)
  if (compareInstants(expiresAt, at) <= 0 || compareInstants(expiresAt, addMilliseconds(at, longestMilliseconds)) > 0) throw new Refusal('usage', 'expiry_invalid', 'a key ends later than now, and within two years')
  return database.transaction(async (transaction) => {
    await requireAdministrator(transaction, by)
    const [system] = await transaction.query<{ creditor_agent: number }>('select creditor_agent from staff where staff_id = $1 and is_service and is_active for update', [staffId])
    if (system === undefined) throw new Refusal('notFound', 'system_unknown', 'there is no such system, or it may no longer come in')
    await transaction.query('update api_key set revoked_at = $2 where staff_id = $1 and slot is not null and revoked_at is null and expires_at <= $2', [staffId, at])
    const taken = await transaction.query<{ slot: number }>('select slot from api_key where staff_id = $1 and slot is not null and revoked_at is null', [staffId])
    const slot = [1, 2].find((one) => taken.every((row) => row.slot !== one))
    if (slot === undefined) throw new Refusal('conflict', 'two_keys_live', 'this system has two live keys: revoke the one that is no longer used')
    const key = `ttk_${newToken()}`
    const [row] = await transaction.query<{ key_id: string }>(`
      insert into api_key (staff_id, creditor_agent, slot, token_hash, token_end, scopes, allowed_from, created_at, created_by, expires_at)
      values ($1, $2, $3, $4, $5, $6, (select array_agg(network(one::inet)::cidr) from unnest($7::text[]) one), $8, $9, $10) returning key_id`,
    [staffId, system.creditor_agent, slot, hashOf(key), key.slice(-4), scopes, networks, at, by, expiresAt])
    const keyId = row?.key_id ?? ''
    await leaveTrail(transaction, { staffId: by, at, kind: 'key_issued', subject: `key ${keyId}`, details: { staff_id: staffId, scopes, expires_at: expiresAt, allowed_from: networks } })
    return { keyId, key, expiresAt }
  })
}

/** Takes a key's power away, at once and on every server. @throws Refusal `key_unknown` (not found), `key_revoked` (conflict), `not_administrator` */
export async function revokeKey(database: Pick<Database, 'transaction'>, keyId: string, why: string, at: string, by: string | null): Promise<void> {
  if (why.trim() === '' || why.length > 300) throw new Refusal('usage', 'reason_missing', 'say why, in at most 300 characters')
  await database.transaction(async (transaction) => {
    await requireAdministrator(transaction, by)
    const [row] = /^\d{1,18}$/.test(keyId) ? await transaction.query<{ revoked_at: string | null }>('select revoked_at from api_key where key_id = $1 for update', [keyId]) : []
    if (row === undefined) throw new Refusal('notFound', 'key_unknown', `there is no key ${keyId}; \`tantay key list\` shows all`)
    if (row.revoked_at !== null) throw new Refusal('conflict', 'key_revoked', `key ${keyId} has been revoked already`)
    await transaction.query('update api_key set revoked_at = $2, revoked_by = $3 where key_id = $1', [keyId, at, by])
    await leaveTrail(transaction, { staffId: by, at, kind: 'key_revoked', subject: `key ${keyId}`, reason: why.trim() })
  })
}

/** A key as administrators see it; nothing by which somebody could use it. */
export interface KeyRow {
  readonly key_id: string
  readonly staff_id: string
  readonly user_name: string
  readonly display_name: string
  /** Six digits. */
  readonly creditor_agent: string
  readonly slot: 1 | 2
  /** Its last four characters. */
  readonly token_end: string
  readonly scopes: readonly KeyScope[]
  /** Null: from anywhere. */
  readonly allowed_from: readonly string[] | null
  readonly created_at: string
  readonly expires_at: string
  readonly revoked_at: string | null
  /** To the minute; null: never. */
  readonly last_used_at: string | null
  readonly state: 'live' | 'expired' | 'revoked' | 'disabled'
}

/** Keys given out by hand, by bank and system, the newest first; all, of one bank, of one system (its name), or one. */
export async function listKeys(session: Session, at: string, { creditorAgent = null, userName = null, keyId = null }: { readonly creditorAgent?: string | null; readonly userName?: string | null; readonly keyId?: string | null } = {}): Promise<KeyRow[]> {
  const [{ rows } = { rows: [] }] = await session.run<KeyRow>(listFile, { at, creditor_agent: creditorAgent, user_name: userName, key_id: keyId })
  return rows
}

/**
 * Who shows this key; null for one that is none, has ended, was revoked, comes from elsewhere than it may, or whose
 * system may no longer come in: all alike. That it was used is noted once a minute.
 *
 * @param remoteAddress where the request comes from, as the server knows it; null (unknown) is let in only by keys without networks
 */
export async function keyOf(database: Session, token: string, remoteAddress: string | null, at: string): Promise<KeyHolder | null> {
  if (!keyPattern.test(token)) return null
  const keyHash = hashOf(token)
  const [{ rows: [row] } = { rows: [] }] = await database.run<HolderRow>(holderFile, { token_hash: keyHash, at })
  if (row === undefined || (row.allowed_from !== null && !isWithin(row.allowed_from, remoteAddress))) return null
  if (!row.is_noticed) await database.query('update api_key set last_used_at = $2 where key_id = $1', [row.key_id, at])
  return {
    reader: { staffId: row.staff_id, userName: row.user_name, displayName: row.display_name, roles: row.roles, unitCode: row.unit_code, scopeLevel: row.scope_level, creditorAgent: row.creditor_agent },
    scopes: row.scopes, keyId: row.key_id, keyHash,
  }
}

interface HolderRow {
  readonly key_id: string
  readonly staff_id: string
  readonly user_name: string
  readonly display_name: string
  readonly roles: Role[]
  readonly unit_code: string | null
  readonly scope_level: ScopeLevel
  readonly creditor_agent: string
  readonly scopes: KeyScope[]
  readonly allowed_from: string[] | null
  readonly is_noticed: boolean
}

/** @throws Refusal `scope_unknown` (usage) */
export function requireScopes(scopes: readonly string[]): asserts scopes is readonly KeyScope[] {
  const wrong = scopes.find((scope) => !(keyScopes as readonly string[]).includes(scope))
  if (wrong !== undefined || scopes.length === 0) throw new Refusal('usage', 'scope_unknown', `${wrong === undefined ? 'no scope' : `the scope ${wrong}`} is none of ${keyScopes.join(', ')}`)
}
