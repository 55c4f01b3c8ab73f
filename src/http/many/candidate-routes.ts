/** The addresses at which somebody decides for whom an ambiguous payment is. */
import type { Context } from 'hono'
import * as cases from '../../cases/index.ts'
import { money, Refusal, type Clock, type Resolution } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import { caseReaders, caseWorkers, type Routes } from '../access.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import { refusalText } from './batch.ts'
import { candidatesPage, endingsWithoutOne, type CandidateAnswers, type CandidatesView } from './candidates.ts'

const path = '/cases/:id{[0-9a-f]{32}}/candidates' as const

/** Adds the addresses. */
export function addCandidatePages(routes: Routes, { clock }: { readonly clock: Clock }): void {
  routes.get(path, caseReaders, async (context) => {
    const shown = await look(context)
    return shown === null ? reply(context, notFoundPage(context.get('view')), 404) : reply(context, candidatesPage({ ...shown, answers: { choice: '', resolution: '', comment: '' }, message: null }, context.get('view')))
  })

  routes.post(path, caseWorkers, async (context) => {
    const view = context.get('view')
    const { reader, database } = context.get('desk')
    const shown = await look(context)
    if (shown === null) return reply(context, notFoundPage(view), 404)
    const body = await context.req.parseBody()
    const text = (name: string): string => (typeof body[name] === 'string' ? body[name].normalize('NFC').trim() : '')
    const answers: CandidateAnswers = { choice: text('choice'), resolution: text('resolution'), comment: text('comment') }
    const { candidates: words } = view.words.many
    const again = (field: 'choice' | 'comment' | null, message: string, status: 400 | 409): Response | Promise<Response> => reply(context, candidatesPage({ ...shown, answers, message: { field, text: message } }, view), status)
    const decision = decisionOf(shown.one, answers)
    if (decision === null) return again('choice', words.choose, 400)
    if (answers.comment === '') return again('comment', view.words.many.act.faults.comment, 400)
    try {
      await database.transaction((transaction) => cases.act(transaction, {
        findingId: shown.one.findingId, expectedVersion: /^\d{1,9}$/.test(text('version')) ? parseInt(text('version'), 10) : -1, actor: reader, at: clock.now(),
        action: { kind: 'appraise', resolution: decision.resolution, amount: money.zero, comment: answers.comment, details: decision.details },
      }))
      return context.redirect(`/cases/${shown.one.findingId}`, 303)
    } catch (error) {
      if (error instanceof Refusal && error.kind !== 'notFound') return again(null, refusalText({ state: 'refused', code: error.code, details: error.details }, view), error.kind === 'conflict' ? 409 : 400)
      throw error
    }
  })
}

/** The case with what the reader may know of its candidates. */
async function look(context: Context<Environment>): Promise<Omit<CandidatesView, 'answers' | 'message'> | null> {
  const { reader, database } = context.get('desk')
  return reports.consistently(database, async (session) => {
    const one = await cases.ambiguousCase(session, context.req.param('id') ?? '')
    if (one === null) return null
    const agent = one.payment.creditor_agent
    const bankName = agent === null ? null : ((await reports.bankNames(session, [agent])).get(agent) ?? null)
    const step = one.step as Parameters<typeof cases.possibleActions>[1]
    return { one, schemes: await reports.schemes(session), bankName, mayDecide: cases.possibleActions(reader, step).includes('appraise') }
  })
}

/** What was decided, with whom it names; null: nothing was chosen, or nobody of the reader's. */
function decisionOf(one: cases.AmbiguousCase, { choice, resolution }: CandidateAnswers): { readonly resolution: Resolution; readonly details: Readonly<Record<string, unknown>> } | null {
  if (choice === 'none') return { resolution: endingsWithoutOne.find((ending) => ending === resolution) ?? 'escalated_to_inspection', details: { decision: 'none' } }
  const person = /^\d{1,3}$/.test(choice) ? one.candidates[parseInt(choice, 10)]?.person : undefined
  if (person === undefined || person === null) return null
  return { resolution: 'list_corrected', details: { decision: 'candidate', beneficiary_id: person.beneficiary_id } }
}
