/** A form with one file, read as it comes: the file is handed on piece by piece and is never whole in memory. */
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { cleanFileName } from '../core/index.ts'
import { TooSlow } from './paced.ts'

/** A form on its way in; its fields stand before its file. */
export interface IncomingForm {
  readonly fields: ReadonlyMap<string, string>
  /** As the sender calls it, without a path; control characters and marks of direction are taken out. */
  readonly fileName: string
  /** Ends only when the whole form has ended as it should; throws BrokenForm before that otherwise. */
  readonly bytes: AsyncIterable<Uint8Array>
}

/** `no_file`: none was chosen; `cut_off`: the line broke, or the form has no end; `too_large`; `unreadable`: no form, or not one of ours. */
export type FormFaultCode = 'no_file' | 'cut_off' | 'too_large' | 'unreadable'

/** A form that could not be read to its end. */
export class BrokenForm extends Error {
  readonly code: FormFaultCode

  constructor(code: FormFaultCode) {
    super(`the form could not be read: ${code}`)
    this.name = 'BrokenForm'
    this.code = code
  }
}

/** The name of the one field that holds the file. */
const fileField = 'file'
const limits = { fieldNameSize: 100, fieldSize: 1000, fields: 20, files: 1, parts: 21, headerPairs: 50, headerSize: 8192 } as const

/**
 * What `take` makes of the form. It is called once, when the file begins.
 *
 * @param largestFile bytes; counted as they come, whatever the request says of itself
 * @throws BrokenForm, or what `take` throws
 */
export async function readForm<T>(request: Request, largestFile: number, take: (form: IncomingForm) => Promise<T>): Promise<T> {
  const { parser, body } = open(request, largestFile)
  const fields = new Map<string, string>()
  const failed = Promise.withResolvers<never>()
  const ended = Promise.withResolvers<null>()
  // Whoever waits hears of it; when nobody does any more, nothing is left unhandled.
  for (const { promise } of [failed, ended]) promise.catch(() => undefined)
  let hasFailed = false
  let file: BusboyFileStream | undefined
  const fail = (error: unknown): void => {
    hasFailed = true
    failed.reject(error)
    ended.reject(error)
    // Whoever reads the file must not wait for what will never come.
    file?.destroy(error as Error)
  }
  let taken: Promise<T> | undefined
  parser.on('field', (name, value, isNameCut, isCut) => {
    if (taken !== undefined || fields.has(name) || isNameCut || isCut) fail(new BrokenForm('unreadable'))
    fields.set(name, value)
  })
  parser.on('file', (name, stream, fileName) => {
    // The error reaches whoever reads the stream; without a listener of its own it would end the server.
    stream.on('error', () => { fail(new BrokenForm('cut_off')) })
    stream.on('limit', () => { fail(new BrokenForm('too_large')) })
    if (name !== fileField) fail(new BrokenForm('unreadable'))
    // A form without a chosen file sends one without a name.
    if (name !== fileField || (fileName as string | undefined ?? '') === '') {
      stream.resume()
      return
    }
    file = stream
    taken = take({ fields, fileName: cleanFileName(fileName), bytes: wholeOf(stream, ended.promise) })
    taken.catch(fail)
  })
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parser.on(limit, () => { fail(new BrokenForm('unreadable')) })
  parser.on('error', () => { fail(new BrokenForm('cut_off')) })
  parser.on('finish', () => { ended.resolve(null) })
  try {
    await Promise.race([pump(body, parser, () => hasFailed).then(() => ended.promise), failed.promise])
  } catch (error) {
    fail(error)
    // What was begun is cleared away before anybody is told.
    await taken?.catch(() => undefined)
    throw error
  }
  if (taken === undefined) throw new BrokenForm('no_file')
  return taken
}

function open(request: Request, largestFile: number): { readonly parser: BusboyInstance; readonly body: ReadableStream<Uint8Array> } {
  const { body } = request
  if (body === null) throw new BrokenForm('no_file')
  try {
    return { body, parser: new Busboy({ headers: { 'content-type': request.headers.get('content-type') ?? '' }, limits: { ...limits, fileSize: largestFile } }) }
  } catch {
    throw new BrokenForm('unreadable')
  }
}

/** Each piece waits until the one before is with whoever reads the file; of a form that has failed nothing more is read. */
async function pump(body: ReadableStream<Uint8Array>, parser: BusboyInstance, hasFailed: () => boolean): Promise<void> {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      // A sender who is gone is not our failure; one who is too slow is told so.
      if (error instanceof TooSlow) throw error
      throw new BrokenForm('cut_off')
    })
    if (done) break
    if (hasFailed()) {
      await reader.cancel().catch(() => undefined)
      return
    }
    await new Promise<void>((resolve) => parser.write(value, () => { resolve() }))
  }
  parser.end()
}

/** The bytes of the file; their end is told only once everything behind the file is known to be in order. */
async function* wholeOf(stream: BusboyFileStream, formEnded: Promise<null>): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const piece of stream) yield piece as Uint8Array
  } catch (error) {
    throw error instanceof BrokenForm || error instanceof TooSlow ? error : new BrokenForm('cut_off')
  }
  if (stream.truncated) throw new BrokenForm('too_large')
  await formEnded
}
