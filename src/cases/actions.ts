/** What can be done to a case, by whom, from which step to which: the rules in one table. */
import { hasRole, resolutionsOfMoney, money, Refusal, visibleText, type Amount, type CaseStep, type Reader, type Resolution, type Role } from '../core/index.ts'
import type { EvidenceFile } from './evidence-files.ts'

/** Something somebody wants to do to a case. */
export type Action =
  | { readonly kind: 'receive' }
  /** To a colleague, or to nobody. */
  | { readonly kind: 'assign'; readonly to: string | null }
  | { readonly kind: 'comment'; readonly comment: string }
  /** A file, with a word about it or without. */
  | { readonly kind: 'addEvidence'; readonly comment?: string; readonly file: EvidenceFile }
  /** What is decided; `amount` is what money moves by it, 0 where none does. */
  | { readonly kind: 'appraise'; readonly resolution: Resolution; readonly amount: Amount; readonly comment: string; readonly details?: Readonly<Record<string, unknown>> }
  /** In one's own right, or in place of an absent approver. */
  | { readonly kind: 'approve'; readonly inPlaceOf?: string | null; readonly comment?: string }
  | { readonly kind: 'sendBack'; readonly inPlaceOf?: string | null; readonly comment: string }
  | { readonly kind: 'answer'; readonly comment?: string }
  | { readonly kind: 'reopen'; readonly comment: string }
  /** A question to the bank; `askBank` writes it down, this is its place in the case. */
  | { readonly kind: 'askBank'; readonly comment: string; readonly details: Readonly<Record<string, unknown>> }
export type ActionKind = Action['kind']

interface Rule {
  /** The steps at which it can be done. */
  readonly from: readonly CaseStep[]
  readonly roles: readonly Role[]
  /** How the event is called. */
  readonly event: string
  readonly needsComment?: boolean
}

const open: readonly CaseStep[] = ['new', 'received', 'appraised', 'approved']
const preparers: readonly Role[] = ['officer', 'payer']

/** Every action with its rule; the database holds the same rules about persons once more (0022). */
export const actionRules: Readonly<Record<ActionKind, Rule>> = {
  receive: { from: ['new'], roles: preparers, event: 'received' },
  assign: { from: open, roles: preparers, event: 'assigned' },
  comment: { from: [...open, 'answered', 'gone'], roles: ['officer', 'approver', 'payer'], event: 'commented', needsComment: true },
  addEvidence: { from: [...open, 'answered', 'gone'], roles: preparers, event: 'evidence_added' },
  // Again at a later step: that is an edit, and what was approved is void.
  appraise: { from: open, roles: preparers, event: 'appraised', needsComment: true },
  approve: { from: ['appraised'], roles: ['approver'], event: 'approved' },
  sendBack: { from: ['appraised', 'approved'], roles: ['approver'], event: 'sent_back', needsComment: true },
  answer: { from: ['approved'], roles: preparers, event: 'answered' },
  reopen: { from: ['answered', 'gone'], roles: preparers, event: 'reopened', needsComment: true },
  askBank: { from: open, roles: ['officer', 'approver', 'payer'], event: 'bank_asked', needsComment: true },
}

/** Nothing that is added to a case contradicts what somebody else adds at the same moment. */
export const additions: ReadonlySet<ActionKind> = new Set<ActionKind>(['comment', 'addEvidence', 'askBank'])

/** The longest comment. */
export const longestComment = 4000

/** What this reader can do with a case at this step, in the order of the desk; whether it is their own appraisal is told when they try. */
export function possibleActions(reader: Reader, step: CaseStep, isDeputy = false): ActionKind[] {
  return (Object.keys(actionRules) as ActionKind[]).filter((kind) => actionRules[kind].from.includes(step) && isAllowed(reader, kind, isDeputy))
}

function isAllowed(reader: Reader, kind: ActionKind, isDeputy: boolean): boolean {
  const { roles } = actionRules[kind]
  return hasRole(reader, ...roles) || (isDeputy && roles.includes('approver') && !roles.includes('officer'))
}

/** @throws Refusal `not_allowed`, `step_wrong`, `comment_missing`, `comment_too_long`, `amount_missing`, `amount_above_stake` */
export function requirePossible(action: Action, actor: Reader, { step, amountAtStake }: { readonly step: CaseStep; readonly amountAtStake: Amount }): void {
  requireAllowed(action.kind, actor, step, 'inPlaceOf' in action && (action.inPlaceOf ?? null) !== null)
  const comment = 'comment' in action ? (action.comment ?? '') : ''
  if (actionRules[action.kind].needsComment === true && visibleText(comment) === '') throw new Refusal('usage', 'comment_missing', 'a sentence is needed that says why')
  if (comment.length > longestComment) throw new Refusal('usage', 'comment_too_long', `a comment has at most ${longestComment} characters`)
  if (action.kind === 'appraise') requireAmount(action.resolution, action.amount, amountAtStake)
}

/** @throws Refusal `not_allowed`, `step_wrong` */
export function requireAllowed(kind: ActionKind, actor: Reader, step: CaseStep, isDeputy = false): void {
  if (!isAllowed(actor, kind, isDeputy)) throw new Refusal('notAllowed', 'not_allowed', 'this step belongs to another role', { action: kind })
  if (!actionRules[kind].from.includes(step)) throw new Refusal('conflict', 'step_wrong', 'the case is at a step at which this cannot be done', { step, action: kind })
}

function requireAmount(resolution: Resolution, amount: Amount, amountAtStake: Amount): void {
  if (resolutionsOfMoney.has(resolution) && money.compare(amount, '0') <= 0) throw new Refusal('usage', 'amount_missing', 'a decision that moves money names the amount')
  // A case at whose stake is nothing (an id, a date) says nothing about how much may be put right.
  if (money.compare(amountAtStake, '0') > 0 && money.compare(amount, amountAtStake) > 0) throw new Refusal('usage', 'amount_above_stake', 'the amount is larger than what is at stake', { amount_at_stake: amountAtStake })
}
