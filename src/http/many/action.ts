/** What is to be done to many cases: the fields of the form, and what they mean. */
import { longestComment, type ManyAction } from '../../cases/index.ts'
import { hasRole, resolutions, type Reader } from '../../core/index.ts'

/** The fields as they were chosen. */
export interface ActionAnswers {
  /** `receive`, `assign`, `approve`, `sendBack`, `answer`, `reopen`, `askBank`, or `appraise:RESOLUTION`; empty: not chosen yet. */
  readonly action: string
  readonly comment: string
  /** For `assign`: a colleague's number; empty: nobody. */
  readonly to: string
}

/** What has to be corrected. */
export type ActionFault = 'action' | 'comment' | 'commentTooLong' | 'to'

/** What a reader may choose among, in the order of the desk. */
export function choosableActions(reader: Reader): string[] {
  const preparing = hasRole(reader, 'officer', 'payer')
  return [
    ...(preparing ? ['receive', 'assign', ...resolutions.map((resolution) => `appraise:${resolution}`)] : []),
    ...(hasRole(reader, 'approver') ? ['approve', 'sendBack'] : []),
    ...(preparing ? ['answer', 'reopen'] : []),
    ...(hasRole(reader, 'officer', 'approver', 'payer') ? ['askBank'] : []),
  ]
}

/** Actions for which a sentence has to say why. */
export function needsComment(action: string): boolean {
  return action.startsWith('appraise:') || action === 'sendBack' || action === 'reopen'
}

/** The fields in the body of a request. */
export function readAction(body: Readonly<Record<string, unknown>>): ActionAnswers {
  const text = (name: string): string => {
    const value = body[name]
    return typeof value === 'string' ? value.normalize('NFC').trim() : ''
  }
  return { action: text('action'), comment: text('comment'), to: text('to') }
}

/** What is meant, or what has to be corrected first. */
export function actionOf({ action, comment, to }: ActionAnswers, reader: Reader): { readonly action: ManyAction } | { readonly fault: ActionFault } {
  if (!choosableActions(reader).includes(action)) return { fault: 'action' }
  if (needsComment(action) && comment === '') return { fault: 'comment' }
  if (comment.length > longestComment) return { fault: 'commentTooLong' }
  const resolution = resolutions.find((one) => action === `appraise:${one}`)
  if (resolution !== undefined) return { action: { kind: 'appraise', resolution, amount: null, comment } }
  switch (action) {
    case 'receive':
      return { action: { kind: 'receive' } }
    case 'assign':
      return to === '' || /^[1-9]\d{0,17}$/.test(to) ? { action: { kind: 'assign', to: to === '' ? null : to } } : { fault: 'to' }
    case 'sendBack':
    case 'reopen':
    case 'askBank':
      return { action: { kind: action, comment } }
    case 'approve':
    case 'answer':
      return { action: comment === '' ? { kind: action } : { kind: action, comment } }
    default:
      return { fault: 'action' }
  }
}

/** The cases that a form names, `FINDING_ID~VERSION` each; what is written otherwise is left out. */
export function readChosen(values: readonly unknown[]): { readonly findingId: string; readonly version: number }[] {
  const chosen = new Map<string, number>()
  for (const value of values) {
    const [, findingId, version] = (typeof value === 'string' ? /^([\w-]{1,100})~(\d{1,9})$/.exec(value) : null) ?? []
    if (findingId !== undefined && version !== undefined) chosen.set(findingId, parseInt(version, 10))
  }
  return [...chosen].map(([findingId, version]) => ({ findingId, version }))
}
