/** What may be wished for an account, and what is wrong with a wish. */
import { Refusal, type Role } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import type { UnitTree } from './scopes.ts'

/** Who somebody is at an identity provider. */
export interface LinkedIdentity {
  readonly issuer: string
  readonly subject: string
}

/** What should be otherwise; what is absent stays. */
export interface Wish {
  readonly displayName?: string
  readonly roles?: readonly Role[]
  /** Null: the whole country. */
  readonly unitCode?: string | null
  /** Six digits; null: of no bank. */
  readonly creditorAgent?: string | null
  readonly isActive?: boolean
  readonly isTotpRequired?: boolean
  /** Null: no longer linked. */
  readonly oidc?: LinkedIdentity | null
}

/** What the rules of an account look at besides the wish. */
interface Standing {
  readonly userName: string
  readonly roles: readonly Role[]
  readonly creditorAgent: string | null
}

const longestName = 120
const longestReason = 300
/** Whoever reads over everybody's shoulder, stands outside, or hands out rights, does nothing else. */
const alone: readonly Role[] = ['auditor', 'bank', 'administrator']

/**
 * The wish with its texts trimmed, when it can be granted.
 *
 * @throws Refusal (usage) `name_invalid`, `roles_missing`, `roles_incompatible`, `agent_missing`, `agent_needless`, `agent_invalid`, `unit_unknown`
 */
export async function checkedWish<W extends Wish>(session: Session, standing: Standing, wish: W, units: UnitTree): Promise<W> {
  const roles = wish.roles ?? standing.roles
  const agent = wish.creditorAgent === undefined ? standing.creditorAgent : wish.creditorAgent
  if (wish.displayName !== undefined && !isName(wish.displayName)) throw new Refusal('usage', 'name_invalid', `write a name of 1 to ${longestName} characters`)
  if (roles.length === 0) throw new Refusal('usage', 'roles_missing', 'name at least one role')
  if (!areCompatible(roles)) throw new Refusal('usage', 'roles_incompatible', 'whoever pays does not approve; auditor, bank and administrator go with no other role')
  if (roles.includes('bank') && agent === null) throw new Refusal('usage', 'agent_missing', 'of which bank? Name its 6-digit code')
  if (!roles.includes('bank') && agent !== null) throw new Refusal('usage', 'agent_needless', 'a bank\'s code is for people of the role bank alone')
  if (agent !== null && !/^\d{6}$/.test(agent)) throw new Refusal('usage', 'agent_invalid', 'a bank\'s code has 6 digits')
  if (wish.unitCode !== undefined && wish.unitCode !== null) await requireKnownUnit(session, wish.unitCode, units)
  return { ...wish, ...(wish.displayName === undefined ? {} : { displayName: wish.displayName.trim() }), ...(wish.roles === undefined ? {} : { roles: [...new Set(wish.roles)].sort() }) }
}

/** @throws Refusal `reason_missing` (usage) */
export function checkedReason(reason: string): void {
  if (reason.trim() === '' || reason.length > longestReason) throw new Refusal('usage', 'reason_missing', `say why, in at most ${longestReason} characters`)
}

/** Whether one person may hold these roles together; the database asks the same. */
export function areCompatible(roles: readonly Role[]): boolean {
  return new Set(roles).size === 1 || (!roles.some((role) => alone.includes(role)) && !(roles.includes('approver') && roles.includes('payer')))
}

function isName(text: string): boolean {
  return text.trim() !== '' && text.length <= longestName && !/[\p{Cc}\ufffd]/u.test(text)
}

/** A unit is a typing error when files name units and not this one; while only the provinces are known that every installation begins with (file 0), any commune is believed. */
async function requireKnownUnit(session: Session, unitCode: string, units: UnitTree): Promise<void> {
  if (units.name(unitCode) !== null) return
  const [row] = await session.query<{ has_units: boolean }>("select exists (select from administrative_unit_row r join source_file f using (file_id) where r.file_id > 0 and f.status = 'sealed') as has_units")
  if (row?.has_units === true || !/^[\p{L}\p{N}_.-]{1,40}$/u.test(unitCode)) throw new Refusal('usage', 'unit_unknown', `no file names the unit ${unitCode}`)
}
