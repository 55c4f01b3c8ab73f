/** The words of the desk: who may use the pages, how a case stands, and how it can end. */

/** officer: prepares cases; approver: signs them; payer: the province's or treasury's money; auditor: reads; bank: its own files; administrator: who may what. */
export const roles = ['officer', 'approver', 'payer', 'auditor', 'bank', 'administrator'] as const
export type Role = (typeof roles)[number]

/** The level of the unit that somebody works for. */
export const scopeLevels = ['country', 'province', 'commune'] as const
export type ScopeLevel = (typeof scopeLevels)[number]

/** Who reads a page. */
export interface Reader {
  /** A whole number, as text. */
  readonly staffId: string
  readonly userName: string
  readonly displayName: string
  readonly roles: readonly Role[]
  /** The unit they work for, with all that lies in it; null: the whole country. */
  readonly unitCode: string | null
  readonly scopeLevel: ScopeLevel
  /** Of somebody of a bank: its 6-digit code. */
  readonly creditorAgent: string | null
}

/** new: found, nobody has taken it; the four steps of the one-stop desk; gone: a later result no longer finds it. */
export const caseSteps = ['new', 'received', 'appraised', 'approved', 'answered', 'gone'] as const
export type CaseStep = (typeof caseSteps)[number]

/** How a case can be decided. */
export const resolutions = ['repaid', 'recovered', 'offset_next_period', 'account_corrected', 'list_corrected', 'explained_legal', 'bank_error_fixed', 'written_off', 'false_alarm', 'escalated_to_inspection'] as const
export type Resolution = (typeof resolutions)[number]

/** Decisions after which money moves, or is given up: they name an amount above zero. */
export const resolutionsOfMoney: ReadonlySet<Resolution> = new Set<Resolution>(['repaid', 'recovered', 'offset_next_period', 'written_off'])

/** Whether somebody holds one of these roles. */
export function hasRole(reader: Pick<Reader, 'roles'>, ...wanted: readonly Role[]): boolean {
  return wanted.some((role) => reader.roles.includes(role))
}
