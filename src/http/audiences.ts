/** Whose pages are whose, in groups of roles, and where each begins. */
import { hasRole, type Reader, type Role } from '../core/index.ts'

/** Those who work on people's cases, and whoever looks over their shoulders. */
export const caseReaders: readonly Role[] = ['officer', 'approver', 'payer', 'auditor']
/** Those who do something to a case. */
export const caseWorkers: readonly Role[] = ['officer', 'approver', 'payer']
/** Lines of files are of people of every unit: for whoever works for all of them, and for the bank that sent the file. */
export const fileReaders: readonly Role[] = ['payer', 'auditor', 'administrator', 'bank']

/** The page that somebody begins with; for nobody the first page, which asks who is there. */
export function firstPageOf(reader: Pick<Reader, 'roles'> | null): string {
  if (reader === null || hasRole(reader, ...caseReaders)) return '/'
  return hasRole(reader, 'administrator') ? '/administration' : '/files'
}
