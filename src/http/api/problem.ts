/** What the API says when something cannot be done: RFC 9457 problems with codes that stay. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { refusalSentence, type Refusal } from '../../core/index.ts'

/** Every code that a problem of the API can have, beside those of refused files; said once, shown at /docs/problems. */
export const apiProblems = {
  authentication_required: { status: 401, title: 'No key that holds', detail: 'Send a live key of yours: Authorization: Bearer ttk_…' },
  scope_missing: { status: 403, title: 'The key may not do this', detail: 'Ask the administrator for a key with the scope that the operation names.' },
  not_found: { status: 404, title: 'There is no such thing', detail: 'It does not exist, or is not yours.' },
  method_not_allowed: { status: 405, title: 'Not with this method', detail: 'The reference at /docs says which methods an address takes.' },
  request_invalid: { status: 400, title: 'The request cannot be read', detail: 'The errors say which part of it is wrong, and how it is meant to be.' },
  idempotency_key_missing: { status: 400, title: 'Idempotency-Key is missing', detail: 'Send a key of your own with each request that creates something, and the same one when you ask again.' },
  idempotency_key_invalid: { status: 400, title: 'Idempotency-Key cannot be used', detail: 'It has 1 to 255 printable ASCII characters.' },
  request_running: { status: 409, title: 'The same request is still running', detail: 'Wait as long as Retry-After says, and ask again with the same key.' },
  idempotency_key_reused: { status: 422, title: 'The key belongs to another request', detail: 'The same Idempotency-Key came with another body. Send a new key with a new request.' },
  precondition_failed: { status: 412, title: 'It has changed meanwhile', detail: 'Read it again, and send its new ETag.' },
  question_answered: { status: 409, title: 'The question was answered before', detail: 'A question is answered once. Read it again to see what was answered; the officer can ask once more.' },
  answer_missing: { status: 400, title: 'The answer says nothing', detail: 'With the code `other` the answer is in its text.' },
  body_missing: { status: 400, title: 'There is no file', detail: 'Send the bytes of the file as the body, or as the part "file" of a multipart form.' },
  form_invalid: { status: 400, title: 'The form cannot be read', detail: 'It is cut off, or not what its Content-Type says.' },
  encoding_not_taken: { status: 415, title: 'Content-Encoding is not taken', detail: 'Send the file itself, neither zipped nor compressed.' },
  body_too_slow: { status: 408, title: 'The body comes too slowly', detail: 'Send it again, or use the resumable upload.' },
  body_too_large: { status: 413, title: 'The body is too large', detail: 'This operation takes less.' },
  file_too_large: { status: 413, title: 'The file is too large', detail: 'Cut it into several.' },
  digest_mismatch: { status: 422, title: 'Other bytes than declared', detail: 'The bytes that arrived are not those whose SHA-256 was declared. Send the file again.' },
  profile_unknown: { status: 422, title: 'There is no such mapping profile', detail: 'Ask the administrator which profiles there are, or leave it out.' },
  file_not_ready: { status: 409, title: 'The file has not been read yet', detail: 'Ask for its state until it is sealed or refused.' },
  file_failed: { status: 409, title: 'The file was not read', detail: 'That is our fault; send it again with a new Idempotency-Key.' },
  file_not_sealed: { status: 409, title: 'The file was refused whole', detail: 'No row of it was read, so there is nothing to say about rows; its refusal says why.' },
  too_many_uploads: { status: 429, title: 'Too many files at the same time', detail: 'Wait until one of yours has arrived.' },
  too_many_requests: { status: 429, title: 'Too many requests', detail: 'Wait as long as Retry-After says.' },
  webhook_url_invalid: { status: 400, title: 'No address of a webhook', detail: 'Write an https:// address without a password, of at most 2,000 characters.' },
  webhook_url_closed: { status: 400, title: 'The address leads into a closed network', detail: 'Name one on the open internet.' },
  too_many_places: { status: 409, title: 'There are ten webhooks already', detail: 'Remove one first.' },
  place_removed: { status: 409, title: 'This webhook is told nothing any more', detail: 'Ping it first, or add it anew.' },
  storage_full: { status: 503, title: 'There is no room just now', detail: 'Whoever runs this server has been told; try again later.' },
  unavailable: { status: 503, title: 'Not available just now', detail: 'The same request may work later.' },
  unexpected: { status: 500, title: 'Something failed here', detail: 'It is our fault. Ask again with the same key; tell the administrator the request_id if it stays.' },
} as const
export type ApiProblemCode = keyof typeof apiProblems

/** One thing that is wrong, and where. */
export const problemErrorSchema = z
  .object({
    pointer: z.string().openapi({ description: 'Where in the request (a JSON pointer: /query/limit, /headers/idempotency-key) or in the file (/rows/12/creditor_agent).', example: '/rows/12/creditor_agent' }),
    code: z.string().openapi({ description: 'Stays the same for ever; for programs.', example: 'agent_foreign' }),
    detail: z.string().openapi({ description: 'For people; may change.', example: 'This account is another bank’s. A bank reports on its own accounts only; leave this line out of the file.' }),
    row: z.int().nullable().openapi({ description: 'The physical line, 1 is the first; in a workbook the row of its sheet; null: no line is meant.', example: 12 }),
    column: z.string().nullable().openapi({ description: 'The canonical column; null: the whole line.', example: 'creditor_agent' }),
  })
  .openapi('ProblemError')

/** An answer that is a problem. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ description: 'Where it is explained.', example: '/docs/problems#not_found' }),
    title: z.string().openapi({ example: 'There is no such thing' }),
    status: z.int().openapi({ example: 404 }),
    code: z.string().openapi({ description: 'Stays the same for ever; for programs.', example: 'not_found' }),
    detail: z.string().openapi({ example: 'It does not exist, or is not yours.' }),
    request_id: z.string().openapi({ description: 'To quote when you ask for help.', example: '5b7e0c1a9c0e4d2f' }),
    errors: z.array(problemErrorSchema).openapi({ description: 'What is wrong, one by one; empty where the code says it all.', example: [] }),
  })
  .openapi('Problem')
export type ProblemError = z.infer<typeof problemErrorSchema>

/** What is wrong with a part of the request: it stands in no line of a file. */
export function wrongPart(pointer: string, code: string, detail: string): ProblemError {
  return { pointer, code, detail, row: null, column: null }
}

/** Thrown where an operation cannot go on; answered as a problem. */
export class ApiFault extends Error {
  readonly code: ApiProblemCode
  readonly errors: readonly ProblemError[]
  readonly headers: Readonly<Record<string, string>>
  readonly extra: string | null

  constructor(code: ApiProblemCode, { errors = [], headers = {}, detail = null }: { readonly errors?: readonly ProblemError[]; readonly headers?: Readonly<Record<string, string>>; readonly detail?: string | null } = {}) {
    super(code)
    this.name = 'ApiFault'
    this.code = code
    this.errors = errors
    this.headers = headers
    this.extra = detail
  }
}

/** The answer. */
export function problemResponse(context: Context, code: string, status: number, title: string, detail: string, errors: readonly ProblemError[] = [], headers: Readonly<Record<string, string>> = {}): Response {
  const body = { type: `/docs/problems#${code}`, title, status, code, detail, request_id: (context.get('requestId') as string | undefined) ?? '', errors }
  // A body that was not read to its end cannot be followed by another request on the same line.
  const isUnread = context.req.raw.body !== null && !context.req.raw.bodyUsed
  return context.body(JSON.stringify(body), status as ContentfulStatusCode, { 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Language': 'en', ...(isUnread && { Connection: 'close' }), ...headers })
}

/** The answer for a code of the table. */
export function faultResponse(context: Context, { code, errors, headers, extra }: ApiFault): Response {
  const { status, title, detail } = apiProblems[code]
  return problemResponse(context, code, status, title, extra ?? detail, errors, headers)
}

/** The answer for a refusal from further in: its own code where the table knows it, else that of its kind. */
export function refusalResponse(context: Context, refusal: Refusal): Response {
  const { code, status, message } = refusal
  if (Object.hasOwn(apiProblems, code)) {
    const known = apiProblems[code as ApiProblemCode]
    return problemResponse(context, code, known.status, known.title, known.detail, [], known.status === 429 ? { 'Retry-After': '2' } : known.status === 503 ? { 'Retry-After': '60' } : {})
  }
  const sentence = refusalSentence(code, 'en')
  if (sentence !== null) return problemResponse(context, code, status, 'The file is refused', sentence)
  if (refusal.kind === 'notFound') return faultResponse(context, new ApiFault('not_found'))
  if (refusal.kind === 'tryAgain' || refusal.kind === 'installation') return faultResponse(context, new ApiFault('unavailable', { headers: { 'Retry-After': '60' } }))
  if (refusal.kind === 'failure') return faultResponse(context, new ApiFault('unexpected'))
  return problemResponse(context, code, status, 'The request cannot be done', message)
}
