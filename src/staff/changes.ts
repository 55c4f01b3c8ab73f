/** What administrators and the operator do to accounts: each change with its reason, and rights over money only by two administrators (D132). */
import { Refusal, type Role } from '../core/index.ts'
import { loadSqlFile, type Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { accounts, type Account } from './people.ts'
import { hashPassword, oneTimePassword } from './passwords.ts'
import { layOutScopes, type UnitTree } from './scopes.ts'
import { reasonFaults, refuseFaults, tidied, wishFaults, type Wish } from './wishes.ts'

/** Who changes something, and why; `staffId` null: whoever runs the installation, by command line. */
export interface Author {
  readonly staffId: string | null
  readonly reason: string
  readonly at: string
}

/** What became of it. */
export interface Changed {
  readonly changeId: string
  readonly staffId: string
  /** False: it waits for another administrator, and nothing has changed yet. */
  readonly isEffective: boolean
  /** To be handed to the person, shown this once; null where no new password was made. */
  readonly oneTimePassword: string | null
}

/** A new person. */
export interface NewPerson extends Required<Pick<Wish, 'displayName' | 'roles' | 'unitCode' | 'creditorAgent' | 'isTotpRequired'>> {
  readonly userName: string
  /** One that they keep; absent: they get one for one use. */
  readonly password?: string
}

/** Whoever holds one of these can move money, let it be moved, or hand out the right to. */
const rolesOfWeight: readonly Role[] = ['approver', 'payer', 'administrator']

const userNamePattern = /^[a-z0-9][a-z0-9._@-]{1,63}$/

const applyFile = loadSqlFile(new URL('../../sql/staff/apply_change.sql', import.meta.url))

type Changes = Record<string, { readonly from: unknown; readonly to: unknown }>

/**
 * Adds somebody. With rights of weight, and by an administrator, they cannot come in before another one has confirmed.
 *
 * @throws Refusal `user_name_invalid`, `user_name_taken`, what `wishFaults` finds, `not_administrator`
 */
export async function addPerson(transaction: Transaction, person: NewPerson, author: Author, units: UnitTree): Promise<Changed> {
  await requireAdministrator(transaction, author.staffId)
  const { userName, password, ...rights } = person
  refuseFaults([
    ...(userNamePattern.test(userName) ? [] : [['user_name_invalid', 'a user name has 2 to 64 small letters, digits and . _ @ -, and begins with a letter or digit'] as const]),
    ...(await wishFaults(transaction, { roles: [], creditorAgent: null }, rights, units)), ...reasonFaults(author.reason),
  ])
  const wish = tidied(rights)
  const [row] = await transaction.query<{ staff_id: string }>(`
    insert into staff (user_name, display_name, roles, unit_code, creditor_agent, is_active, is_totp_required, created_at) values ($1, $2, $3, $4, $5, false, $6, $7)
    on conflict (user_name) do nothing returning staff_id`, [userName, wish.displayName, wish.roles, wish.unitCode, wish.creditorAgent, wish.isTotpRequired, author.at])
  if (row === undefined) throw new Refusal('conflict', 'user_name_taken', `there is a user ${userName} already; names are never given twice`)
  await layOutScopes(transaction, units, row.staff_id)
  const account = await lockedAccount(transaction, row.staff_id)
  const changes: Changes = { added: { from: null, to: { user_name: userName, display_name: wish.displayName, roles: wish.roles, unit_code: wish.unitCode, creditor_agent: wish.creditorAgent, is_totp_required: wish.isTotpRequired } }, is_active: { from: false, to: true } }
  return record(transaction, account, changes, author, units, password)
}

/**
 * Changes somebody's rights, or gives them a new password for one use (`isReset`).
 *
 * @throws Refusal `own_rights` (not allowed), `nothing_changed`, what `wishFaults` finds, `not_administrator`, `user_unknown`
 */
export async function changePerson(transaction: Transaction, staffId: string, wish: Wish & { readonly isReset?: boolean }, author: Author, units: UnitTree): Promise<Changed> {
  await requireAdministrator(transaction, author.staffId)
  if (author.staffId === staffId) throw new Refusal('notAllowed', 'own_rights', 'nobody changes their own rights: another administrator has to')
  const account = await lockedAccount(transaction, staffId)
  const { isReset = false, ...rights } = wish
  refuseFaults([...(await wishFaults(transaction, { roles: account.roles, creditorAgent: account.creditor_agent }, rights, units)), ...reasonFaults(author.reason)])
  const changes = differences(account, tidied(rights))
  if (isReset) changes['reset'] = { from: null, to: true }
  await refusePersonality(transaction, staffId, changes)
  if (Object.keys(changes).length === 0) throw new Refusal('usage', 'nothing_changed', `${account.user_name} is so already`)
  return record(transaction, account, changes, author, units)
}

/**
 * Makes a waiting change take effect: another administrator's word.
 *
 * @throws Refusal `second_is_first`, `own_rights` (not allowed), `change_gone` (it was confirmed or withdrawn, or the person has changed since: conflict), `not_administrator`
 */
export async function confirmChange(transaction: Transaction, changeId: string, author: Omit<Author, 'reason'> & { readonly staffId: string }, units: UnitTree): Promise<Changed> {
  await requireAdministrator(transaction, author.staffId)
  const waiting = await lockedChange(transaction, changeId)
  if (waiting.changed_by === author.staffId) throw new Refusal('notAllowed', 'second_is_first', 'whoever asked for it cannot confirm it: another administrator has to')
  if (waiting.staff_id === author.staffId) throw new Refusal('notAllowed', 'own_rights', 'nobody confirms their own rights: another administrator has to')
  const account = await lockedAccount(transaction, waiting.staff_id)
  const stale = Object.entries(waiting.change).some(([field, { from }]) => fields[field] !== undefined && !isSame(fields[field](account), from))
  if (stale) throw new Refusal('conflict', 'change_gone', 'the person has been changed since this was asked for; ask for it anew')
  await transaction.query('update staff_change set confirmed_at = $2, confirmed_by = $3 where change_id = $1', [changeId, author.at, author.staffId])
  await leaveTrail(transaction, { staffId: author.staffId, at: author.at, kind: 'staff_change_confirmed', subject: account.staff_id, row: { table: 'staff_change_outcome', key: [changeId] } })
  const handedOut = await apply(transaction, account, waiting.change, author.at, units)
  return { changeId, staffId: account.staff_id, isEffective: true, oneTimePassword: handedOut }
}

/** Takes a waiting change back, or refuses it: any administrator may. @throws Refusal `change_gone`, `not_administrator` */
export async function withdrawChange(transaction: Transaction, changeId: string, author: Omit<Author, 'reason'> & { readonly staffId: string }): Promise<void> {
  await requireAdministrator(transaction, author.staffId)
  const waiting = await lockedChange(transaction, changeId)
  await transaction.query('update staff_change set withdrawn_at = $2, withdrawn_by = $3 where change_id = $1', [changeId, author.at, author.staffId])
  await leaveTrail(transaction, { staffId: author.staffId, at: author.at, kind: 'staff_change_withdrawn', subject: waiting.staff_id, row: { table: 'staff_change_outcome', key: [changeId] } })
}

/** Gives somebody a password that they keep, and ends their sessions: for the operator of a demo, whose people are nobody. */
export async function givePassword(transaction: Transaction, staffId: string, password: string, at: string): Promise<void> {
  await transaction.query('update staff set password_hash = $2, password_changed_at = $3, password_is_one_time = false where staff_id = $1', [staffId, await hashPassword(password), at])
  await transaction.query('update staff_session set ended_at = $2 where staff_id = $1 and ended_at is null', [staffId, at])
}

/** @throws Refusal `not_administrator`: the role may have been taken away while the page was open */
export async function requireAdministrator(transaction: Transaction, staffId: string | null): Promise<void> {
  if (staffId === null) return
  const [row] = await transaction.query(`select staff_id from staff where staff_id = $1 and is_active and 'administrator' = any (roles) for share`, [staffId])
  if (row === undefined) throw new Refusal('notAllowed', 'not_administrator', 'only an administrator may do that')
}

async function record(transaction: Transaction, account: Account, changes: Changes, author: Author, units: UnitTree, password?: string): Promise<Changed> {
  const needsSecond = author.staffId !== null && needsTwo(account, changes)
  const changeId = await noteChange(transaction, account.staff_id, changes, { ...author, needsSecond })
  const handedOut = needsSecond ? null : await apply(transaction, account, changes, author.at, units, password)
  return { changeId, staffId: account.staff_id, isEffective: !needsSecond, oneTimePassword: handedOut }
}

/** Writes down a change to an account, in its own table and in the trail; gives its number. */
export async function noteChange(transaction: Transaction, staffId: string, changes: Changes, { staffId: by, at, reason, needsSecond }: Author & { readonly needsSecond: boolean }): Promise<string> {
  const [row] = await transaction.query<{ change_id: string }>('insert into staff_change (staff_id, changed_at, changed_by, change, reason, needs_second) values ($1, $2, $3, $4, $5, $6) returning change_id',
    [staffId, at, by, JSON.stringify(changes), reason.trim(), needsSecond])
  const changeId = row?.change_id ?? ''
  await leaveTrail(transaction, { staffId: by, at, kind: 'staff_changed', subject: staffId, reason: reason.trim(), details: { fields: Object.keys(changes) }, row: { table: 'staff_change', key: [changeId] } })
  return changeId
}

/** Whether it gives somebody a right of weight, a wider place for it, or the way into an account that has one. */
function needsTwo(account: Account, changes: Changes): boolean {
  const before = account.roles.filter((role) => rolesOfWeight.includes(role))
  const after = (changes['roles'] === undefined ? account.roles : (changes['roles'].to as Role[])).filter((role) => rolesOfWeight.includes(role))
  if (after.length === 0) return false
  return after.some((role) => !before.includes(role)) || 'added' in changes || 'reset' in changes || 'unit_code' in changes
    || changes['is_active']?.to === true || changes['is_totp_required']?.to === false || (changes['oidc']?.to ?? null) !== null
}

/** Does what a change says; gives the password for one use where it made one. */
async function apply(transaction: Transaction, account: Account, changes: Changes, at: string, units: UnitTree, password?: string): Promise<string | null> {
  const { staff_id: id } = account
  await transaction.run(applyFile, { staff_id: id, change: JSON.stringify(changes) })
  if ('unit_code' in changes) await layOutScopes(transaction, units, id)
  const isNew = 'added' in changes
  const isAnew = isNew || 'reset' in changes
  if (!isNew && (isAnew || changes['is_active']?.to === false)) {
    await transaction.query('update staff_session set ended_at = $2 where staff_id = $1 and ended_at is null', [id, at])
    await transaction.query('delete from staff_device where staff_id = $1', [id])
  }
  if (!isAnew) return null
  const made = password === undefined ? oneTimePassword() : null
  await transaction.query('update staff set password_hash = $2, password_changed_at = $3, password_is_one_time = $4, totp_secret = null, totp_last_step = null where staff_id = $1', [id, await hashPassword(password ?? made ?? ''), at, made !== null])
  return made
}

/** What an account says of a field that a change can name. */
const fields: Readonly<Record<string, (account: Account) => unknown>> = {
  display_name: (account) => account.display_name,
  roles: (account) => account.roles,
  unit_code: (account) => account.unit_code,
  creditor_agent: (account) => account.creditor_agent,
  is_active: (account) => account.is_active,
  is_totp_required: (account) => account.is_totp_required,
  oidc: (account) => account.oidc_subject,
}

function differences(account: Account, wish: Wish): Changes {
  const wanted: Readonly<Record<string, unknown>> = { display_name: wish.displayName, roles: wish.roles, unit_code: wish.unitCode, creditor_agent: wish.creditorAgent, is_active: wish.isActive, is_totp_required: wish.isTotpRequired, oidc: wish.oidc }
  const changes: Changes = {}
  for (const [field, now] of Object.entries(fields)) {
    const to = wanted[field]
    const compared = field === 'oidc' ? (wish.oidc?.subject ?? null) : to
    if (to !== undefined && !isSame(now(account), compared)) changes[field] = { from: now(account), to }
  }
  return changes
}

/** Lists are compared as sets: the order of roles says nothing. */
function isSame(one: unknown, other: unknown): boolean {
  const plain = (value: unknown): string => JSON.stringify(Array.isArray(value) ? [...(value as string[])].sort() : (value ?? null))
  return plain(one) === plain(other)
}

/** @throws Refusal `user_unknown` (not found) */
async function lockedAccount(transaction: Transaction, staffId: string): Promise<Account> {
  await transaction.query('select staff_id from staff where staff_id = $1 for update', [staffId])
  const [account] = await accounts(transaction, { staffId })
  if (account === undefined) throw new Refusal('notFound', 'user_unknown', 'there is no such user')
  return account
}

/** A system has keys and is of one bank; it is never given what a person signs in with. @throws Refusal `is_system` (conflict) */
async function refusePersonality(transaction: Transaction, staffId: string, changes: Changes): Promise<void> {
  const isOfPeople = ['reset', 'oidc', 'roles', 'creditor_agent'].some((field) => field in changes)
  const [system] = isOfPeople ? await transaction.query('select 1 from staff where staff_id = $1 and is_service', [staffId]) : []
  if (system !== undefined) throw new Refusal('conflict', 'is_system', 'this is a system, not a person: it comes in by its keys alone, and stays with its bank')
}

/** @throws Refusal `change_gone` (conflict) */
async function lockedChange(transaction: Transaction, changeId: string): Promise<{ staff_id: string; changed_by: string | null; change: Changes }> {
  const [row] = await transaction.query<{ staff_id: string; changed_by: string | null; change: Changes }>(`
    select staff_id, changed_by, change from staff_change where change_id = $1 and needs_second and confirmed_at is null and withdrawn_at is null for update`, [changeId])
  if (row === undefined) throw new Refusal('conflict', 'change_gone', 'it waits no longer: somebody has confirmed it or taken it back')
  return row
}
