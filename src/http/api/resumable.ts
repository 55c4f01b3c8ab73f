/** Files over a weak line: sent piece by piece and gone on with where the line broke (the tus protocol), then handed in like any other. */
import { createReadStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { z, type OpenAPIHono } from '@hono/zod-openapi'
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { largestUpload } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import { findUpload, receiveUpload, requireRoom, type UploadRow } from '../../uploads/index.ts'
import type { ApiEnvironment, Caller } from './environment.ts'
import type { ApiFileDependencies } from './files.ts'
import { describeOperation, needs, operation, stringHeader } from './operation.ts'
import { ApiFault } from './problem.ts'
import { declaredBy, declaredNames, requireProfile } from './upload-body.ts'

const address = '/api/v1/resumable'
/** What nobody goes on with is forgotten after a day. */
const keptMilliseconds = 86_400_000

/** A file that is being sent, as the library keeps it. */
interface Partial {
  readonly id: string
  readonly size?: number | undefined
  readonly offset: number
  readonly metadata?: Record<string, string | null> | undefined
}

const tusHeaders = z.object({ 'tus-resumable': z.literal('1.0.0') })
const idSchema = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })

/** Adds the operations; their details are the protocol's (tus.io), which every language has a client for. */
export function addResumableOperations(api: OpenAPIHono<ApiEnvironment>, { database, clock, dataDirectory, limits }: Omit<ApiFileDependencies, 'annotated'>): void {
  const directory = join(dataDirectory, 'resumable')
  // Made before the library makes it for everybody on this machine to read.
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const store = new FileStore({ directory, expirationPeriodInMilliseconds: keptMilliseconds })
  const callers = new WeakMap<Request, Caller>()
  // The library would answer in its own words: what we throw is answered as everything else is.
  const faults = new WeakMap<Request, unknown>()
  const callerOf = (request: Request): Caller => {
    const caller = callers.get(request)
    if (caller === undefined) throw new Error('a request without a caller')
    return caller
  }
  const finish = async (caller: Caller, partial: Partial): Promise<void> => {
    const declared = declaredOf(partial)
    try {
      await receiveUpload(database, { clock, dataDirectory }, bytesIn(join(directory, partial.id)), { ...declared, uploadId: partial.id, source: caller.source, staffId: caller.reader.staffId, channel: 'resumable', allBanks: caller.scopes.includes('payments:all-banks') })
    } catch (error) {
      // Another request that went on with it has handed it in, or has cleared it away after that.
      if (!['23505', 'ENOENT'].includes((error as { code?: string }).code ?? '') || (await whole(caller, partial.id)) === null) throw error
    }
    await store.remove(partial.id).catch(() => undefined)
  }
  const server = new Server({
    path: address, datastore: store, relativeLocation: true, maxSize: largestUpload, disableTerminationForFinishedUploads: true,
    namingFunction: () => randomUUID(),
    onResponseError: (request, error) => {
      // Its own errors have a status, ours have none.
      if (!('status_code' in error)) faults.set(request, error)
      return undefined
    },
    onUploadCreate: async (request, partial) => {
      const { source } = callerOf(request)
      await requireProfile(database, source, declaredOf(partial).declaredProfile)
      requireRoom(directory, partial.size ?? largestUpload)
      const allowance = await limits.countUpload(source)
      if (!allowance.allowed) throw new ApiFault('too_many_uploads', { headers: { 'Retry-After': `${allowance.retryAfterSeconds}` } })
      return { metadata: { ...partial.metadata, source } }
    },
    onUploadFinish: async (request, partial) => {
      await finish(callerOf(request), partial)
      return { headers: { Location: `/api/v1/files/${partial.id}` } }
    },
  })
  const forward = async (context: Context<ApiEnvironment>): Promise<Response> => {
    const caller = context.get('caller')
    const id = context.req.param('id')
    // What has arrived of a file is not given back by this way.
    if (context.req.raw.method === 'GET') throw new ApiFault('method_not_allowed')
    if (id !== undefined) {
      const partial = await partialOf(store, id)
      // Whole before the server died: nothing is left to be sent, and it must not be forgotten.
      if (partial !== null && partial.metadata?.['source'] === caller.source && partial.offset === partial.size) await finish(caller, partial)
      const ended = await whole(caller, id)
      if (ended !== null) return alreadyWhole(context, ended)
      // Another's and nobody's are answered alike.
      if (partial === null || partial.metadata?.['source'] !== caller.source) throw new ApiFault('not_found')
    } else await store.deleteExpired().catch(() => undefined)
    const { raw } = context.req
    callers.set(raw, caller)
    if (raw.method === 'PATCH') requireRoom(directory, 0)
    const response = await server.handleWeb(raw)
    if (faults.has(raw)) throw faults.get(raw)
    return context.newResponse(response.body, response)
  }

  for (const described of [
    operation({ scope: 'files:write', method: 'post', path: '/resumable', operationId: 'beginResumableFile', tags: ['Files'], summary: 'Begin to send a file piece by piece (tus 1.0.0)', description: `\`Upload-Length\` says its size; \`Upload-Metadata\` what it is: ${declaredNames.join(', ')}.`, request: { headers: tusHeaders }, responses: { 201: { description: 'Send the pieces to Location.', headers: { Location: stringHeader('Where the pieces go.') } } } }),
    operation({ scope: 'files:write', method: 'head', path: '/resumable/{id}', operationId: 'lookAtResumableFile', tags: ['Files'], summary: 'How much of it has arrived', request: { headers: tusHeaders, params: idSchema }, responses: { 200: { description: 'Go on at Upload-Offset.', headers: { 'Upload-Offset': stringHeader('Bytes that have arrived.') } } } }),
    operation({ scope: 'files:write', method: 'patch', path: '/resumable/{id}', operationId: 'goOnWithResumableFile', tags: ['Files'], summary: 'Send the next piece', description: 'With the last piece the file is handed in, on disk and never lost: Location is then its address among the files.', request: { headers: tusHeaders, params: idSchema, body: { content: { 'application/offset+octet-stream': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } } } }, responses: { 204: { description: 'The piece has arrived.', headers: { 'Upload-Offset': stringHeader('Bytes that have arrived.'), Location: stringHeader('The file, once it is whole.') } } }, problems: ['not_found'] }),
    operation({ scope: 'files:write', method: 'delete', path: '/resumable/{id}', operationId: 'dropResumableFile', tags: ['Files'], summary: 'Give it up', request: { headers: tusHeaders, params: idSchema }, responses: { 204: { description: 'It is forgotten.' } }, problems: ['not_found'] }),
  ]) describeOperation(api, described)
  api.post('/resumable', needs('files:write'), forward)
  // HEAD is asked as GET, without its body.
  api.on(['GET', 'PATCH', 'DELETE'], '/resumable/:id', needs('files:write'), forward)
}

/** The file that it has become; null: it is still being sent, or is none of the caller's. */
function whole({ database }: Caller, id: string): Promise<UploadRow | null> {
  return reports.consistently(database, (session) => findUpload(session, id))
}

function alreadyWhole(context: Context, { upload_id: id, size_bytes: size }: UploadRow): Response {
  const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Offset': size, 'Upload-Length': size, 'Cache-Control': 'no-store', Location: `/api/v1/files/${id}` }
  return context.req.raw.method === 'HEAD' ? context.body(null, 200, headers) : context.body(null, context.req.method === 'PATCH' ? 409 : 403, headers)
}

/** Opened when it is read: until then nothing waits for an error that nobody hears. */
async function* bytesIn(path: string): AsyncGenerator<Uint8Array, void> {
  for await (const piece of createReadStream(path)) yield piece as Uint8Array
}

async function partialOf(store: FileStore, id: string): Promise<Partial | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null
  return store.getUpload(id).catch(() => null)
}

/** What its sender said of it when it began. @throws ApiFault `request_invalid` */
function declaredOf({ metadata }: Partial): ReturnType<typeof declaredBy> {
  const said = new Map(declaredNames.flatMap((name) => (typeof metadata?.[name] === 'string' ? [[name, metadata[name]] as const] : [])))
  const fileName = metadata?.['filename']
  if (!said.has('file_name') && typeof fileName === 'string') said.set('file_name', fileName)
  return declaredBy(said, '/headers/upload-metadata', undefined)
}
