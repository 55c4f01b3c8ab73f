/** A request's body as JSON: read, and held against its schema. */
import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { ApiFault, wrongPart } from './problem.ts'

/** Pointers are made of what a stranger wrote. */
const longestPointer = 120

/** @throws ApiFault `request_invalid` naming each part that cannot be read */
export async function readJson<T extends z.ZodType>(context: Context, schema: T): Promise<z.infer<T>> {
  const body: unknown = await context.req.json().catch(() => { throw new ApiFault('request_invalid', { errors: [wrongPart('/body', 'json_invalid', 'The body is no JSON that can be read.')] }) })
  const read = schema.safeParse(body)
  if (read.success) return read.data
  throw new ApiFault('request_invalid', { errors: read.error.issues.map(({ path, code, message }) => wrongPart(`/body${path.map((part) => `/${String(part)}`).join('')}`.slice(0, longestPointer), code === 'unrecognized_keys' ? 'field_unknown' : 'value_invalid', message)) })
}
