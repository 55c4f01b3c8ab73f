/** The accounts as administrators and the command line see them: who may do what, where, and whether they have ever come in. */
import { Refusal, type Role, type ScopeLevel } from '../core/index.ts'
import { loadSqlFile, type Session } from '../db/index.ts'

/** One account; never the hash of a password or the secret of a second factor. */
export interface Account {
  readonly staff_id: string
  readonly user_name: string
  readonly display_name: string
  readonly roles: readonly Role[]
  /** Null: the whole country. */
  readonly unit_code: string | null
  readonly scope_level: ScopeLevel
  /** Six digits; null for whoever is of no bank. */
  readonly creditor_agent: string | null
  readonly is_active: boolean
  /** False: nobody signs in with a password; they come through the identity provider, or were never confirmed. */
  readonly has_password: boolean
  readonly password_is_one_time: boolean
  readonly is_totp_required: boolean
  readonly has_second_factor: boolean
  readonly oidc_subject: string | null
  readonly created_at: string
  /** Of their sessions the last that was complete; null: none yet. */
  readonly last_signed_in_at: string | null
  /** Changes that wait for a second administrator. */
  readonly waiting_count: number
}

const peopleFile = loadSqlFile(new URL('../../sql/staff/accounts.sql', import.meta.url))

/** Which accounts; what is absent narrows nothing. */
export interface AccountFilter {
  /** In whose names the words stand, in any spelling, or who works for the unit of this code. */
  readonly search?: string | null
  readonly staffId?: string
  readonly userName?: string
  /** Those after this user name. */
  readonly after?: string | null
  readonly limit?: number
}

/** Accounts by user name. */
export async function accounts(session: Session, { search = null, staffId, userName, after = null, limit }: AccountFilter = {}): Promise<Account[]> {
  const [{ rows } = { rows: [] }] = await session.run<Account>(peopleFile, { search, staff_id: staffId ?? null, user_name: userName ?? null, after, row_limit: limit ?? null })
  return rows
}

/** @throws Refusal `user_unknown` (not found) */
export async function accountNamed(session: Session, userName: string): Promise<Account> {
  const [account] = await accounts(session, { userName: userName.toLowerCase() })
  if (account === undefined) throw new Refusal('notFound', 'user_unknown', `there is no user ${userName}; \`tantay user list\` shows all`)
  return account
}

/** What was done to an account, or waits to be. */
export interface RecordedChange {
  readonly change_id: string
  readonly staff_id: string
  readonly user_name: string
  readonly display_name: string
  readonly changed_at: string
  /** Null: whoever runs the installation, by command line. */
  readonly changed_by: string | null
  readonly changed_by_name: string | null
  readonly change: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
  readonly reason: string
  readonly needs_second: boolean
  readonly confirmed_at: string | null
  readonly confirmed_by_name: string | null
  readonly withdrawn_at: string | null
  readonly withdrawn_by_name: string | null
}

const changesFile = loadSqlFile(new URL('../../sql/staff/changes.sql', import.meta.url))

/** The newest first: of one person, or all that wait for a second administrator; at most 200. */
export async function recordedChanges(session: Session, asked: { readonly staffId: string } | 'waiting'): Promise<RecordedChange[]> {
  const [{ rows } = { rows: [] }] = await session.run<RecordedChange>(changesFile, { staff_id: asked === 'waiting' ? null : asked.staffId, is_waiting: asked === 'waiting' })
  return rows
}
