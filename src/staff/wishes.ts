/** What may be wished for an account, and what is wrong with a wish. */
import { Refusal, roles as allRoles, type Role } from '../core/index.ts'
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

/** A code for programs and pages, and what to say. */
export type Fault = readonly [code: string, sentence: string]

/** What the rules of an account look at besides the wish. */
interface Standing {
  readonly roles: readonly Role[]
  readonly creditorAgent: string | null
}

const longestName = 120
const longestReason = 300
/** Whoever reads over everybody's shoulder, stands outside, or hands out rights, does nothing else. */
const alone: readonly Role[] = ['auditor', 'bank', 'administrator']

/** Everything that is wrong with a wish, each with a sentence for whoever types commands. */
export async function wishFaults(session: Session, standing: Standing, wish: Wish, units: UnitTree): Promise<Fault[]> {
  const roles = wish.roles ?? standing.roles
  const agent = wish.creditorAgent === undefined ? standing.creditorAgent : wish.creditorAgent
  const isBank = roles.includes('bank')
  const faults: readonly (Fault | false)[] = [
    wish.displayName !== undefined && !isName(wish.displayName) && ['name_invalid', `write a name of 1 to ${longestName} characters`],
    roles.length === 0 && ['roles_missing', 'name at least one role'],
    roles.length > 0 && !areCompatible(roles) && ['roles_incompatible', 'whoever pays does not approve; auditor, bank and administrator go with no other role'],
    wish.unitCode !== undefined && wish.unitCode !== null && !(await isKnownUnit(session, wish.unitCode, units)) && ['unit_unknown', `no file names the unit ${wish.unitCode}`],
    isBank && agent === null && ['agent_missing', 'of which bank? Name its 6-digit code'],
    !isBank && agent !== null && ['agent_needless', 'a bank\'s code is for people of the role bank alone'],
    isBank && agent !== null && !/^[1-9]\d{5}$/.test(agent) && ['agent_invalid', 'a bank\'s code has 6 digits, the first of them not 0'],
  ]
  return faults.filter((fault) => fault !== false)
}

/** What is wrong with a reason. */
export function reasonFaults(reason: string): Fault[] {
  return reason.trim() === '' || reason.length > longestReason ? [['reason_missing', `say why, in at most ${longestReason} characters`]] : []
}

/** @throws Refusal (usage) with the code of the first fault; `details.all` names all of them, with commas */
export function refuseFaults(faults: readonly Fault[]): void {
  const [first] = faults
  if (first !== undefined) throw new Refusal('usage', first[0], faults.map(([, sentence]) => sentence).join('; '), { all: faults.map(([code]) => code).join() })
}

/** The codes of all faults that a refusal names. */
export function faultCodes(refusal: Refusal): string[] {
  const { all } = refusal.details
  return typeof all === 'string' ? all.split(',') : [refusal.code]
}

/** The wish with its texts trimmed and its roles in their order. */
export function tidied<W extends Wish>(wish: W): W {
  const { displayName, roles } = wish
  return { ...wish, ...(displayName === undefined ? {} : { displayName: displayName.trim() }), ...(roles === undefined ? {} : { roles: allRoles.filter((role) => roles.includes(role)) }) }
}

/** Whether one person may hold these roles together; the database asks the same. */
export function areCompatible(roles: readonly Role[]): boolean {
  return new Set(roles).size === 1 || (!roles.some((role) => alone.includes(role)) && !(roles.includes('approver') && roles.includes('payer')))
}

function isName(text: string): boolean {
  return text.trim() !== '' && text.length <= longestName && !/[\p{Cc}\ufffd]/u.test(text)
}

/** A unit is a typing error when files name units and not this one; while only the provinces are known that every installation begins with (file 0), any commune is believed. */
async function isKnownUnit(session: Session, unitCode: string, units: UnitTree): Promise<boolean> {
  // The tree is that of the published result; a file that came since then names units too.
  if (units.name(unitCode) !== null) return true
  const [row] = await session.query<{ is_named: boolean; has_units: boolean }>(`
    select coalesce(bool_or(r.unit_code = $1), false) as is_named, coalesce(bool_or(r.file_id > 0), false) as has_units
    from administrative_unit_row r join source_file f using (file_id) where f.status = 'sealed'`, [unitCode])
  return row?.is_named === true || (row?.has_units !== true && /^[\p{L}\p{N}_.-]{1,40}$/u.test(unitCode))
}
