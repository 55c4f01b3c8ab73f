/** Questions at the API: what officers ask a bank, and its answers; and the score-card. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as cases from '../../cases/index.ts'
import { parseDay, visibleText, type Clock } from '../../core/index.ts'
import type { Database, Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { answered, tagOf } from './answers.ts'
import type { ApiEnvironment } from './environment.ts'
import { readJson } from './json-body.ts'
import { fingerprintOf, type OnceKeeper } from './once.ts'
import { cursorOf, cursorSchema, describeOperation, limitSchema, needs, operation, placeOfCursor, stringHeader, usualLimit } from './operation.ts'
import { ApiFault } from './problem.ts'
import { answerSchema, questionAnswer, questionSchema, scoreAnswer, scoreSchema, type QuestionAnswer } from './question-schemas.ts'
import { pageOf } from './schemas.ts'

/** What these operations need from outside. */
export interface ApiQuestionDependencies {
  readonly database: Database
  readonly clock: Clock
}

type Api = OpenAPIHono<ApiEnvironment>

/** Letters in JSON may take six signs each. */
const largestAnswer = 32_768
const idSchema = z.object({ id: z.string().max(100).openapi({ param: { name: 'id', in: 'path' }, example: '1207' }) })
const tagHeader = { ETag: stringHeader('Send it as If-None-Match, or as If-Match with an answer.') }

const list = createRoute(operation({
  scope: 'questions:read', method: 'get', path: '/questions', operationId: 'listQuestions', tags: ['Questions'], summary: 'Questions to your bank',
  description: 'Open ones begin with the one due first; the others with the newest.',
  request: { query: z.strictObject({ cursor: cursorSchema, limit: limitSchema, status: z.enum(['open', 'answered']).optional().openapi({ description: 'Absent: all of them.' }) }) },
  responses: { 200: { description: 'A page of them.', headers: tagHeader, content: { 'application/json': { schema: pageOf(questionSchema, 'QuestionPage') } } }, 304: { description: 'As it was.' } },
  problems: ['request_invalid'],
}))

const one = createRoute(operation({
  scope: 'questions:read', method: 'get', path: '/questions/{id}', operationId: 'getQuestion', tags: ['Questions'], summary: 'A question, and its answer',
  request: { params: idSchema },
  responses: { 200: { description: 'The question.', headers: tagHeader, content: { 'application/json': { schema: questionSchema } } }, 304: { description: 'As it was.' } },
  problems: ['not_found'],
}))

const answer = operation({
  scope: 'questions:answer', method: 'post', path: '/questions/{id}/answer', operationId: 'answerQuestion', tags: ['Questions'], summary: 'Answer a question',
  description: 'Once; the answer goes into the case at once. The officer can ask again, which is a question of its own.',
  request: {
    params: idSchema,
    headers: z.object({
      'idempotency-key': z.string().openapi({ description: 'Your own name for this request, 1 to 255 characters; the same one when you ask again.', example: 'answer-1207' }),
      'if-match': z.string().optional().openapi({ description: 'The ETag of the question as you read it; it is answered only if it is still the same.' }),
    }),
    body: { required: true, content: { 'application/json': { schema: answerSchema } } },
  },
  responses: { 200: { description: 'The question with its answer.', headers: { ...tagHeader, 'Idempotency-Replayed': stringHeader('`true`: answered before, and answered again.') }, content: { 'application/json': { schema: questionSchema } } } },
  problems: ['request_invalid', 'idempotency_key_missing', 'idempotency_key_invalid', 'answer_missing', 'not_found', 'question_answered', 'request_running', 'precondition_failed', 'body_too_large', 'idempotency_key_reused'],
})

const score = createRoute(operation({
  scope: 'files:read', method: 'get', path: '/score', operationId: 'getScore', tags: ['Score'], summary: 'How your bank is doing, beside all other banks together',
  responses: { 200: { description: 'As of the newest result; everything is null before the first.', headers: { ETag: stringHeader('Send it as If-None-Match.') }, content: { 'application/json': { schema: scoreSchema } } }, 304: { description: 'As it was.' } },
}))

/** Adds the operations. */
export function addQuestionOperations(api: Api, keeper: OnceKeeper, dependencies: ApiQuestionDependencies): void {
  api.openapi(list, async (context) => {
    const { cursor, limit = usualLimit, status } = context.req.valid('query')
    const { database, source } = context.get('caller')
    const place = placeOfCursor(cursor, status === 'open' ? /^\d{4}-\d\d-\d\d~\d{1,18}$/ : /^\d{1,18}$/, (text) => status !== 'open' || parseDay(text.slice(0, 10)) !== null)
    const [dueDate = '', questionId = ''] = place?.split('~') ?? []
    const from = place === null ? {} : status === 'open' ? { afterOpen: { dueDate, questionId } } : { before: place }
    const page = await reports.consistently(database, async (session) => {
      const { rows, hasMore } = await cases.bankQuestions(session, source, { state: status ?? 'all', ...from }, limit)
      const uploads = await uploadsOf(session, rows)
      const last = rows.at(-1)
      const next = !hasMore || last === undefined ? null : status === 'open' ? `${last.due_date}~${last.question_id}` : last.question_id
      return { data: rows.map((row) => questionAnswer(row, uploads)), next_cursor: next === null ? null : cursorOf(next) }
    })
    return answered(context, page)
  })

  api.openapi(one, async (context) => {
    const { database, source } = context.get('caller')
    return answered(context, (await reports.consistently(database, (session) => requireQuestion(session, source, context.req.valid('param').id))).shown)
  })

  describeOperation(api, answer)
  api.post('/questions/:id/answer', needs('questions:answer'), bodyLimit({ maxSize: largestAnswer, onError: () => { throw new ApiFault('body_too_large') } }), (context) => takeAnswer(context, keeper, dependencies))

  api.openapi(score, async (context) => {
    const { database, source } = context.get('caller')
    return answered(context, scoreAnswer(await reports.bankScore(dependencies.database, database, source)))
  })
}

async function takeAnswer(context: Context<ApiEnvironment, '/questions/:id/answer'>, keeper: OnceKeeper, { database: owner, clock }: ApiQuestionDependencies): Promise<Response> {
  const id = context.req.param('id')
  const { code, text = '' } = await readJson(context, answerSchema)
  const print = fingerprintOf('POST /questions/answer', id, code, text)
  return keeper.run(context, {
    fingerprint: () => Promise.resolve(print),
    work: async (end) => {
      const { database, source, reader } = context.get('caller')
      const shown = await database.transaction(async (transaction) => {
        const { question, shown } = await requireQuestion(transaction, source, id)
        // Answered by this very request, whose server was gone before it could say so.
        if (question.answered_by === reader.staffId && question.answer_code === code && (question.answer ?? '') === visibleText(text)) return shown
        const seen = context.req.header('If-Match')
        if (seen !== undefined && seen !== '*' && !seen.split(',').some((tag) => tag.trim() === tagOf(shown))) throw new ApiFault('precondition_failed')
        await cases.answerQuestion(transaction, { questionId: question.question_id, answerCode: code, answer: text, at: clock.now() })
        return (await requireQuestion(transaction, source, id)).shown
      })
      const given = { status: 200, headers: { ETag: tagOf(shown) }, body: shown }
      await owner.transaction((transaction) => end(transaction, print, given))
      return given
    },
  })
}

/** The question, if it is there and the caller's. @throws ApiFault `not_found` */
async function requireQuestion(session: Session, source: string, id: string): Promise<{ readonly question: cases.BankQuestion; readonly shown: QuestionAnswer }> {
  const question = /^\d{1,18}$/.test(id) ? await cases.bankQuestion(session, source, id) : null
  if (question === null) throw new ApiFault('not_found')
  return { question, shown: questionAnswer(question, await uploadsOf(session, [question])) }
}

/** Under which name the caller handed in each file that the questions speak of. */
async function uploadsOf(session: Session, questions: readonly cases.BankQuestion[]): Promise<ReadonlyMap<string, string>> {
  const files = [...new Set(questions.flatMap(({ about }) => about.lines.map(({ file_id: id }) => id)))]
  const rows = files.length === 0 ? [] : await session.query<{ file_id: string; upload_id: string }>('select file_id::text as file_id, upload_id from upload where file_id = any ($1::bigint[]) and not is_repeat', [files])
  return new Map(rows.map((row) => [row.file_id, row.upload_id]))
}
