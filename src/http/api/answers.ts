/** How the API answers: never kept by anybody between, with a tag by which to ask whether anything changed. */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { noteExport } from '../../trail/index.ts'
import type { ApiEnvironment } from './environment.ts'

/** The answer as JSON; 304 where the caller has it already. */
export function answered<T extends object>(context: Context<ApiEnvironment>, body: T) {
  const tag = tagOf(body)
  context.header('ETag', tag)
  context.header('Cache-Control', 'private, no-cache')
  const isSame = (context.req.header('If-None-Match') ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
  return isSame ? context.body(null, 304) : context.json(body, 200)
}

/** The ETag of what is answered. */
export function tagOf(body: object): string {
  return `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`
}

/** Keeps who took away what, before it goes. */
export async function notedExport(context: Context<ApiEnvironment>, subject: string, format: string): Promise<void> {
  const { database, reader } = context.get('caller')
  await database.transaction((transaction) => noteExport(transaction, { subject, format, rowCount: null, filter: '', reason: null, hasWholeNumbers: true }, { staffId: reader.staffId, at: context.get('at') }))
}
