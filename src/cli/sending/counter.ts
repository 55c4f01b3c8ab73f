/** The counter of a server as a bank's own command reaches it: where it is, the key, and one request at a time, streamed. */
import { readFileSync } from 'node:fs'
import { request as plainRequest, type IncomingHttpHeaders } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Readable } from 'node:stream'
import { isLoopback } from '../../config.ts'
import { Refusal } from '../../core/index.ts'

/** What one server needs to be reached. */
export interface Counter {
  /** Ends in a slash; `api/v1/…` is under it. */
  readonly base: URL
  /** In the header of every request to that very server, and nowhere else. */
  readonly key: string
  /** PEM, for a proxy that asks for a certificate; null: none. */
  readonly certificate: { readonly cert: string; readonly key: string } | null
  /** How long a connection may be silent. */
  readonly silenceMilliseconds: number
}

/** One answer; its body is text and never longer than what a counter has reason to say. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** What goes out with a request. */
export interface Outgoing {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: { readonly stream: Readable; readonly size: number; readonly onBytes?: (sent: number) => void }
  /** Takes the body of an answer 2xx instead of keeping it as text. */
  readonly onBody?: (body: Readable) => Promise<void>
}

const longestText = 4 * 2 ** 20

/** The connection failed, or the answer did not come: the same request may be made again. */
export class LostConnection extends Error {}

/**
 * The counter at an address.
 *
 * @throws Refusal `address_invalid` (usage): no address, or one over which the key would travel unencrypted
 */
export function openCounter(to: string, key: string, { certificateFile, certificateKeyFile, silenceMilliseconds = 120_000 }: { readonly certificateFile?: string | undefined; readonly certificateKeyFile?: string | undefined; readonly silenceMilliseconds?: number } = {}): Counter {
  const base = URL.parse(to.endsWith('/') ? to : `${to}/`)
  const isSafe = base !== null && base.username === '' && base.search === '' && (base.protocol === 'https:' || (base.protocol === 'http:' && isLoopback(base.hostname)))
  if (!isSafe) throw new Refusal('usage', 'address_invalid', '--to takes an https:// address (http:// only of this machine): the key must not travel unencrypted')
  if ((certificateFile === undefined) !== (certificateKeyFile === undefined)) throw new Refusal('usage', 'certificate_incomplete', '--certificate and --certificate-key go together')
  const certificate = certificateFile === undefined || certificateKeyFile === undefined ? null : { cert: readPem(certificateFile), key: readPem(certificateKeyFile) }
  return { base, key, certificate, silenceMilliseconds }
}

/** An address under the counter's; what an answer names may be relative. @throws Refusal `address_elsewhere` when it leads to another server: the key goes nowhere else */
export function addressOf({ base }: Counter, path: string): URL {
  const address = new URL(path, base)
  if (address.origin !== base.origin) throw new Refusal('failure', 'address_elsewhere', `the answer leads to ${address.origin}, and the key goes to ${base.origin} alone`)
  return address
}

/** Makes one request; redirections are not followed. @throws LostConnection */
export function ask(counter: Counter, method: string, address: URL, { headers = {}, body, onBody }: Outgoing = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const lost = (error: unknown): void => { reject(error instanceof Refusal ? error : new LostConnection((error as NodeJS.ErrnoException).code ?? (error as Error).message)) }
    const request = (address.protocol === 'https:' ? secureRequest : plainRequest)(address, {
      method,
      headers: { Authorization: `Bearer ${counter.key}`, Accept: 'application/json', ...headers, ...(body === undefined ? {} : { 'Content-Length': body.size }) },
      agent: false,
      ...(counter.certificate ?? {}),
    })
    request.setTimeout(counter.silenceMilliseconds, () => request.destroy(new LostConnection('timeout')))
    request.on('error', lost)
    request.on('response', (response) => {
      // Whatever is still to be sent is of no use any more.
      body?.stream.destroy()
      response.on('error', lost)
      const isTaken = onBody !== undefined && response.statusCode !== undefined && response.statusCode < 300
      const reading = isTaken ? onBody(response).then(() => '') : textOf(response)
      reading.then((text) => { resolve({ status: response.statusCode ?? 0, headers: response.headers, text }) }, lost).finally(() => request.destroy())
    })
    if (body === undefined) {
      request.end()
      return
    }
    let sent = 0
    body.stream.on('error', (error) => request.destroy(error))
    body.stream.on('data', (piece: Buffer) => {
      sent += piece.length
      body.onBytes?.(sent)
    })
    body.stream.on('end', () => {
      if (sent !== body.size) request.destroy(new Refusal('failure', 'file_changed', 'the file was changed while it was sent; try again when it is finished'))
    })
    body.stream.pipe(request)
  })
}

async function textOf(response: Readable): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > longestText) throw new LostConnection('answer too long')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Refusal('usage', 'file_unreadable', `the file ${path} cannot be read`)
  }
}
