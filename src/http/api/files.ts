/** Files at the API: handed in, looked after, and what is wrong with them taken away. */
import { createHash } from 'node:crypto'
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bankKinds, controlCountShape, controlSumShape, parseInstant, type Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import type { ApiLimits } from '../../staff/index.ts'
import { findUpload, listUploads, receiveUpload, type Answer, type UploadRow } from '../../uploads/index.ts'
import { downloadResponse, type Download } from '../downloads.ts'
import type { ApiEnvironment } from './environment.ts'
import { answered, notedExport } from './answers.ts'
import { fingerprintOf, type OnceKeeper } from './once.ts'
import { cursorOf, cursorSchema, describeOperation, limitSchema, needs, operation, placeOfCursor, stringHeader, usualLimit } from './operation.ts'
import { ApiFault } from './problem.ts'
import { problemRows, problemsCsv } from './file-problems.ts'
import { fileAnswer, fileSchema, fileStates, pageOf, rowProblemSchema } from './schemas.ts'
import { statusReport, statusReportSchema, statusReportXml } from './status-report.ts'
import { requireProfile, withFile, type DeclaredFile } from './upload-body.ts'

/** What these operations need from outside. */
export interface ApiFileDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly dataDirectory: string
  readonly limits: ApiLimits
  /** A stored file with what is wrong with each row. @throws Refusal when there is none, or it was refused whole */
  readonly annotated: (fileId: string) => Promise<Download>
}

type Api = OpenAPIHono<ApiEnvironment>

const idSchema = z.object({ id: z.string().max(100).openapi({ param: { name: 'id', in: 'path' }, example: '6b1f0c8e-6f0e-4f0e-9a55-0d6f6a2d9c11' }) })

const handIn = operation({
  scope: 'files:write', method: 'post', path: '/files', operationId: 'handInFile', tags: ['Files'], summary: 'Hand in a file',
  description: 'Send the bytes as the body, or as the part `file` of a form whose fields come first. What is answered with 202 is on disk and is never lost; it is read in the background, your files one after the other. The same bytes again harm nothing.',
  request: {
    headers: z.object({
      'idempotency-key': z.string().openapi({ description: 'Your own name for this request, 1 to 255 characters; the same one when you ask again.', example: 'rut-tien-2026-10-05' }),
      'repr-digest': z.string().optional().openapi({ description: 'SHA-256 of the bytes (RFC 9530); other bytes are refused.', example: 'sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:' }),
    }),
    query: z.object({
      kind: z.enum(bankKinds).optional().openapi({ description: 'What it holds; absent: told from its header.', example: 'withdrawal' }),
      file_name: z.string().max(1000).optional().openapi({ description: 'What you call it.', example: 'rut-tien-2026-10-05.csv' }),
      profile: z.string().optional().openapi({ description: 'A saved mapping profile by which it is read.' }),
      control_count: z.string().regex(controlCountShape).optional().openapi({ description: 'How many data lines it has; a file with another number is refused.' }),
      control_sum: z.string().regex(controlSumShape).optional().openapi({ description: 'The sum of its amounts, digits alone; a file with another sum is refused.' }),
      sha256: z.string().regex(/^[0-9a-fA-F]{64}$/).optional().openapi({ description: 'As Repr-Digest, in hexadecimal digits.' }),
    }),
    body: { required: true, content: { 'application/octet-stream': { schema: z.any().openapi({ type: 'string', format: 'binary' }) }, 'text/csv': { schema: z.any().openapi({ type: 'string', format: 'binary' }) }, 'application/xml': { schema: z.any().openapi({ type: 'string', format: 'binary' }) }, 'multipart/form-data': { schema: z.any().openapi({ type: 'object', properties: { kind: { type: 'string' }, file_name: { type: 'string' }, profile: { type: 'string' }, control_count: { type: 'string' }, control_sum: { type: 'string' }, sha256: { type: 'string' }, file: { type: 'string', format: 'binary' } }, required: ['file'] }) } } },
  },
  responses: { 202: { description: 'It is on disk and will be read.', headers: { Location: stringHeader('Where its state is.'), 'Idempotency-Replayed': stringHeader('`true`: answered before, and answered again.') }, content: { 'application/json': { schema: fileSchema } } } },
  problems: ['request_invalid', 'idempotency_key_missing', 'idempotency_key_invalid', 'body_missing', 'form_invalid', 'body_too_slow', 'request_running', 'file_too_large', 'encoding_not_taken', 'idempotency_key_reused', 'digest_mismatch', 'profile_unknown', 'too_many_uploads', 'storage_full'],
})

const list = createRoute(operation({
  scope: 'files:read', method: 'get', path: '/files', operationId: 'listFiles', tags: ['Files'], summary: 'Your files, the newest first',
  request: { query: z.strictObject({ cursor: cursorSchema, limit: limitSchema, status: z.enum(fileStates).optional(), kind: z.enum(bankKinds).optional() }) },
  responses: { 200: { description: 'A page of them.', headers: { ETag: stringHeader('Send it as If-None-Match.') }, content: { 'application/json': { schema: pageOf(fileSchema, 'FilePage') } } }, 304: { description: 'As it was.' } },
  problems: ['request_invalid'],
}))

const one = createRoute(operation({
  scope: 'files:read', method: 'get', path: '/files/{id}', operationId: 'getFile', tags: ['Files'], summary: 'A file, how far it is, and what became of it',
  request: { params: idSchema },
  responses: { 200: { description: 'The file.', headers: { ETag: stringHeader('Send it as If-None-Match.') }, content: { 'application/json': { schema: fileSchema } } }, 304: { description: 'As it was.' } },
  problems: ['not_found'],
}))

const problems = createRoute(operation({
  scope: 'files:read', method: 'get', path: '/files/{id}/problems', operationId: 'getFileProblems', tags: ['Files'], summary: 'What is wrong with which line',
  description: 'As JSON page by page, by line; as CSV whole; or as your own file back with four columns that say what is wrong (`format=file`), to be corrected and sent again.',
  request: { params: idSchema, query: z.strictObject({ cursor: cursorSchema, limit: limitSchema, format: z.enum(['json', 'csv', 'file']).optional().openapi({ description: 'Absent: as Accept says, else JSON.' }) }) },
  responses: { 200: { description: 'The problems.', content: { 'application/json': { schema: pageOf(rowProblemSchema, 'RowProblemPage') }, 'text/csv': { schema: z.string() }, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } } } },
  problems: ['request_invalid', 'not_found', 'file_not_ready', 'file_failed', 'file_not_sealed'],
}))

const report = createRoute(operation({
  scope: 'files:read', method: 'get', path: '/files/{id}/report', operationId: 'getFileReport', tags: ['Files'], summary: 'A status report in the manner of pain.002',
  description: 'JSON, or with `Accept: application/xml` a message pain.002.001.10 with every line that was not taken.',
  request: { params: idSchema },
  responses: { 200: { description: 'The report.', content: { 'application/json': { schema: statusReportSchema }, 'application/xml': { schema: z.string() } } } },
  problems: ['not_found', 'file_not_ready', 'file_failed'],
}))

const problemsPerPage = 200

/** Adds the operations. */
export function addFileOperations(api: Api, keeper: OnceKeeper, dependencies: ApiFileDependencies): void {
  const { annotated, database: owner, dataDirectory } = dependencies
  describeOperation(api, handIn)
  api.post('/files', needs('files:write'), (context) => takeFile(context, keeper, dependencies))

  api.openapi(list, async (context) => {
    const { cursor, limit = usualLimit, status, kind } = context.req.valid('query')
    const { database, source } = context.get('caller')
    const place = placeOfCursor(cursor, /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z_[0-9a-f-]{36}$/, (text) => parseInstant(text.split('_')[0] ?? '') !== null)
    const page = await reports.consistently(database, (session) => listUploads(session, place, limit, { source, status, kind }))
    return answered(context, { data: page.rows.map(fileAnswer), next_cursor: page.next === null ? null : cursorOf(page.next) })
  })

  api.openapi(one, async (context) => answered(context, fileAnswer(await requireFile(context, context.req.valid('param').id))))

  api.openapi(problems, async (context) => {
    const { cursor, limit = usualLimit, format } = context.req.valid('query')
    const { database } = context.get('caller')
    const file = await requireRead(context, context.req.valid('param').id)
    if (file.status === 'refused') throw new ApiFault('file_not_sealed')
    const wanted = format ?? (/^text\/csv\b/.test(context.req.header('Accept') ?? '') ? 'csv' : 'json')
    if (wanted === 'json') {
      const after = placeOfCursor(cursor, /^\d{1,15}$/) ?? '0'
      const { rows, next } = await reports.consistently(database, (session) => problemRows(session, file.file_id, after, Math.min(limit, problemsPerPage)))
      return answered(context, { data: rows, next_cursor: next === null ? null : cursorOf(next) })
    }
    await notedExport(context, `upload ${file.upload_id} problems`, wanted)
    return wanted === 'csv' ? downloadResponse(context, { fileName: `${file.file_name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.problems.csv`, format: 'csv', pieces: problemsCsv(database, file.file_id) }) : downloadResponse(context, await annotated(file.file_id))
  })

  api.openapi(report, async (context) => {
    const { database } = context.get('caller')
    const file = await requireRead(context, context.req.valid('param').id)
    if (/\b(?:application|text)\/xml\b/.test(context.req.header('Accept') ?? '')) return statusReportXml(context, { database, owner, dataDirectory }, file)
    return answered(context, await statusReport({ database, owner, dataDirectory }, file))
  })
}

async function takeFile(context: Context<ApiEnvironment>, keeper: OnceKeeper, { database, clock, dataDirectory, limits }: ApiFileDependencies): Promise<Response> {
  const { reader, source, scopes } = context.get('caller')
  const printOf = (sha256: string, { fileName, declaredKind, declaredProfile, declaredCount, declaredSum }: DeclaredFile): string => fingerprintOf('POST /files', sha256, fileName, declaredKind, declaredProfile, declaredCount, declaredSum)
  return keeper.run(context, {
    fingerprint: () => withFile(context, async (bytes, declared) => {
      const hash = createHash('sha256')
      for await (const piece of bytes) hash.update(piece)
      return printOf(hash.digest('hex'), declared)
    }),
    work: async (end) => {
      const allowance = await limits.countUpload(source)
      if (!allowance.allowed) throw new ApiFault('too_many_uploads', { headers: { 'Retry-After': `${allowance.retryAfterSeconds}` } })
      return withFile(context, async (bytes, declared) => {
        await requireProfile(database, source, declared.declaredProfile)
        const sent = { ...declared, source, staffId: reader.staffId, channel: 'api' as const, allBanks: scopes.includes('payments:all-banks') }
        const file = await receiveUpload(database, { clock, dataDirectory }, bytes, sent, (transaction, row) => end(transaction, printOf(row.sha256, declared), receivedAnswer(row)))
        return receivedAnswer(file)
      })
    },
  })
}

function receivedAnswer(file: UploadRow): Answer {
  return { status: 202, headers: { Location: `/api/v1/files/${file.upload_id}` }, body: fileAnswer(file) }
}

/** The file, if it is there and the caller's. @throws ApiFault `not_found` */
async function requireFile(context: Context<ApiEnvironment>, id: string): Promise<UploadRow> {
  const file = await reports.consistently(context.get('caller').database, (session) => findUpload(session, id))
  // What somebody looks at on a page and has not handed in is no file yet.
  if (file === null || file.status === 'draft' || file.status === 'discarded') throw new ApiFault('not_found')
  return file
}

/** The same, once it was read. @throws ApiFault `file_not_ready` */
async function requireRead(context: Context<ApiEnvironment>, id: string): Promise<UploadRow & { readonly file_id: string }> {
  const file = await requireFile(context, id)
  if (file.file_id === null) throw new ApiFault(file.status === 'refused' ? 'file_not_sealed' : file.status === 'failed' ? 'file_failed' : 'file_not_ready')
  return { ...file, file_id: file.file_id }
}

