/** Whose pages are whose, in groups of roles. */
import type { Role } from '../core/index.ts'

/** Those who work on people's cases, and whoever looks over their shoulders. */
export const caseReaders: readonly Role[] = ['officer', 'approver', 'payer', 'auditor']
/** Those who do something to a case. */
export const caseWorkers: readonly Role[] = ['officer', 'approver', 'payer']
/** Lines of files are of people of every unit: for whoever works for all of them, and for the bank that sent the file. */
export const fileReaders: readonly Role[] = ['payer', 'auditor', 'administrator', 'bank']
/** A bank's own people, for what is that bank's alone. */
export const bankReaders: readonly Role[] = ['bank']
/** Those who see to it that the installation works, and whoever checks them. */
export const nightReaders: readonly Role[] = ['payer', 'auditor', 'administrator']
/** Those who close a month of payments, and whoever checks them. */
export const periodReaders: readonly Role[] = ['officer', 'approver', 'payer', 'auditor']
/** Who reads the trail, as row-level security says (0021). */
export const trailReaders: readonly Role[] = ['auditor', 'administrator']
/** Those who answer for the money, and those who check it. */
export const settlementReaders: readonly Role[] = ['payer', 'auditor']
/** Those who put money right, approve it, or check it. */
export const moneyReaders: readonly Role[] = ['payer', 'approver', 'auditor']
