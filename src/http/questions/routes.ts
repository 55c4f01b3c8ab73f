/** The addresses of questions to a bank: the list, to take away too, one question, and its answer; and of its score-card. */
import type { Context } from 'hono'
import { z } from 'zod'
import * as cases from '../../cases/index.ts'
import { answerCodes, longestQuestion, parseDay, Refusal, visibleText, type Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import type { Routes } from '../access.ts'
import { bankReaders } from '../audiences.ts'
import type { Environment } from '../environment.ts'
import { addTakenList, mostRows } from '../exports/routes.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { textOf } from '../page-parts/form-fields.ts'
import { optional, read, UnreadableAddress } from '../place.ts'
import { answersAt, reply } from '../reply.ts'
import { questionsFile, questionsPage } from './list.ts'
import { scorePage } from './score.ts'
import { questionPage, type QuestionView, type TypedAnswer } from './question.ts'

/** What these pages need from outside. */
export interface QuestionDependencies {
  /** The owner's: it lays out what no bank may work out itself, and shows nothing. */
  readonly database: Database
  readonly clock: Clock
  /** The raw text of one physical line of a stored file; null when the file or the line cannot be read. */
  readonly rawLine: (fileId: string, line: string) => Promise<string | null>
}

const questionsPerPage = 25
const listQuery = z.object({ state: optional(/^(?:open|answered|all)$/), after: optional(/^(?:\d{4}-\d\d-\d\d~)?\d{1,18}$/) })

type QuestionContext = Context<Environment, '/bank/questions/:id{[0-9]{1,18}}'>

/** Adds the addresses. */
export function addQuestionPages(routes: Routes, dependencies: QuestionDependencies): void {
  const { clock } = dependencies
  const show = (context: QuestionContext, shown: Pick<QuestionView, 'state' | 'typed'>, status: 200 | 400 | 409 = 200): Promise<Response> => showQuestion(context, dependencies, shown, status)

  routes.get('/bank/questions', bankReaders, async (context) => {
    const view = context.get('view')
    const { database, reader } = context.get('desk')
    const place = readPlace(view.query)
    const today = clock.today()
    const agent = reader.creditorAgent ?? ''
    const page = await reports.consistently(database, async (session) => questionsPage({ ...await cases.bankQuestions(session, agent, place, questionsPerPage), counts: await cases.questionCounts(session, agent, today), place, today }, view))
    return reply(context, page)
  })
  addTakenList(routes, clock, {
    path: '/bank/questions', audience: bankReaders, hasNumbers: false, isOwn: true,
    ask: async (session, context) => {
      const view = context.get('view')
      const { rows } = await cases.bankQuestions(session, context.get('desk').reader.creditorAgent ?? '', { state: readPlace(view.query).state }, mostRows + 1)
      return questionsFile(rows, view)
    },
  })

  routes.get('/bank/questions/:id{[0-9]{1,18}}', bankReaders, (context) => show(context, { state: context.get('view').query.get('sent') === '1' ? 'sent' : 'asked', typed: null }))

  routes.get('/bank/score', bankReaders, async (context) => {
    const { database, reader } = context.get('desk')
    const score = await reports.bankScore(dependencies.database, database, reader.creditorAgent ?? '')
    const reasons = await reports.consistently(database, (session) => reports.reasonNames(session, score?.own.reasons.flatMap(({ code }) => code ?? []) ?? []))
    return reply(context, scorePage(score, reasons, context.get('view')))
  })

  routes.post('/bank/questions/:id{[0-9]{1,18}}/answer', bankReaders, async (context) => {
    const { database } = context.get('desk')
    const questionId = context.req.param('id')
    const body = await context.req.parseBody()
    answersAt(context, `/bank/questions/${questionId}`)
    const typed = readAnswer(body)
    const step = textOf(body, 'step')
    if (typed.faults.length > 0) return show(context, { state: 'asked', typed }, 400)
    if (step !== 'send') return show(context, { state: step === 'change' ? 'asked' : 'checking', typed })
    try {
      await database.transaction((transaction) => cases.answerQuestion(transaction, { questionId, answerCode: typed.code ?? 'other', answer: typed.answer, at: clock.now() }))
    } catch (error) {
      if (error instanceof Refusal && error.code === 'question_answered') return show(context, { state: 'late', typed: null }, 409)
      throw error
    }
    return context.redirect(`/bank/questions/${questionId}?sent=1`, 303)
  })
}

async function showQuestion(context: QuestionContext, { clock, rawLine }: QuestionDependencies, shown: Pick<QuestionView, 'state' | 'typed'>, status: 200 | 400 | 409): Promise<Response> {
  const view = context.get('view')
  const { database, reader } = context.get('desk')
  const found = await reports.consistently(database, async (session) => {
    const question = await cases.bankQuestion(session, reader.creditorAgent ?? '', context.req.param('id'))
    if (question === null) return null
    const reasons = await reports.reasonNames(session, question.about.payments.flatMap((payment) => payment.return_reason_code ?? []))
    // A file that is not the bank's own is not there for it, whatever the question says.
    const files = new Map<string, string>()
    for (const { file_id: id } of question.about.lines) if (await reports.seesLinesOf(session, id)) files.set(id, (await reports.fileById(session, id))?.file_name ?? id)
    return { question, reasons, files }
  })
  if (found === null) return reply(context, notFoundPage(view), 404)
  const { question, reasons, files } = found
  const lines = await Promise.all(question.about.lines.filter(({ file_id: id }) => files.has(id)).map(async (place) => ({ ...place, file_name: files.get(place.file_id) ?? place.file_id, text: await rawLine(place.file_id, place.line) })))
  return reply(context, questionPage({ question, reasons, lines, today: clock.today(), ...shown, state: shown.state === 'sent' && question.answered_at === null ? 'asked' : shown.state }, view), status)
}

/** @throws UnreadableAddress */
function readPlace(query: URLSearchParams): cases.QuestionPlace {
  const { state: written, after } = read(listQuery, query)
  const state = written === 'answered' || written === 'all' ? written : 'open'
  if (after === undefined) return { state }
  const [first = '', second] = after.split('~')
  if ((second === undefined) === (state === 'open') || (second !== undefined && parseDay(first) === null)) throw new UnreadableAddress('after')
  return second === undefined ? { state, before: first } : { state, afterOpen: { dueDate: first, questionId: second } }
}

function readAnswer(body: Readonly<Record<string, unknown>>): TypedAnswer {
  const code = answerCodes.find((one) => one === textOf(body, 'code')) ?? null
  const answer = visibleText(textOf(body, 'answer').replace(/\r\n/g, '\n'))
  const faults: TypedAnswer['faults'][number][] = []
  if (code === null) faults.push('code_missing')
  if (code === 'other' && answer === '') faults.push('answer_missing')
  if (answer.length > longestQuestion) faults.push('answer_too_long')
  return { code, answer, faults }
}
