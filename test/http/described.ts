/** The API's document, and whether an answer is one that it describes, by a validator of somebody else. */
import { OpenAPIBackend, type Document } from 'openapi-backend'
import { expect } from 'vitest'
import type { App } from '../../src/http/index.ts'

/** What tests of the API hold answers against. */
export interface Described {
  readonly document: Document
  /** The body of an answer that the document describes: what the JSON says, and of any other answer its text. */
  readonly fitting: (operationId: string, answer: Response) => Promise<unknown>
  /** The same of a problem: its status and code too, and that its example in the document is what was answered. */
  readonly failing: (operationId: string, answer: Response, status: number, code: string) => Promise<void>
}

type Responses = Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly examples?: Readonly<Record<string, { readonly value: object }>> }>> }>>

/** Reads the document of an application. */
export async function describedBy(app: Pick<App, 'request'>): Promise<Described> {
  const document = await (await app.request('http://localhost/api/v1/openapi.json')).json() as Document
  const validator = new OpenAPIBackend({ definition: structuredClone(document), quick: true, ajvOpts: { strict: false, formats: { uuid: /^[0-9a-f-]{36}$/, date: /^\d{4}-\d\d-\d\d$/, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/, binary: true } } })
  await validator.init()
  const operations = Object.values(document.paths as Record<string, Record<string, { operationId: string; responses: Responses }>>).flatMap((methods) => Object.values(methods))
  const fitting = async (operationId: string, answer: Response): Promise<unknown> => {
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    const body: unknown = isJson ? await answer.json() : await answer.text()
    expect(Object.keys(operations.find((one) => one.operationId === operationId)?.responses ?? {}), `${operationId} answers ${answer.status}`).toContain(`${answer.status}`)
    if (isJson) expect(validator.validateResponse(body, operationId, answer.status).errors ?? []).toEqual([])
    expect(validator.validateResponseHeaders(Object.fromEntries(answer.headers), operationId, { statusCode: answer.status }).errors ?? []).toEqual([])
    return body
  }
  const failing = async (operationId: string, answer: Response, status: number, code: string): Promise<void> => {
    const body = await fitting(operationId, answer) as { code: string }
    expect([answer.status, body.code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    const example = operations.find((one) => one.operationId === operationId)?.responses[`${status}`]?.content?.['application/problem+json']?.examples?.[code]?.value
    expect({ ...body, request_id: '', errors: [] }, code).toEqual({ ...example, request_id: '', errors: [] })
  }
  return { document, fitting, failing }
}
