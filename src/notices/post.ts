/** One signed POST of a webhook: to the address that was looked at, within ten seconds, following nothing, reading nothing. */
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { secondsOfInstant } from '../core/index.ts'
import type { Destination } from './guard.ts'

/** What is told, and by which secrets it is signed. */
export interface SignedNotice {
  /** The event's id: the same for every attempt, so that a repeat can be left out. */
  readonly eventId: string
  readonly body: string
  /** The one, and during a change the former one too. */
  readonly secrets: readonly string[]
}

/** How it went; `error` null: it was taken. */
export interface Attempted {
  readonly status: number | null
  readonly error: string | null
}

const longestMilliseconds = 10_000

/** Sends it. Never throws: what kept it from arriving is a word. */
export function postNotice(url: URL, { address, family }: Destination, notice: SignedNotice, at: string, timeoutMilliseconds = longestMilliseconds): Promise<Attempted> {
  return new Promise((resolve) => {
    const pinned: LookupFunction = (_name, options, answer) => {
      if (options.all === true) answer(null, [{ address, family }])
      else answer(null, address, family)
    }
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
      method: 'POST', agent: false, lookup: pinned,
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(notice.body), 'User-Agent': 'tantay-webhooks', ...signatureOf(notice, at) },
    })
    // All of it, also a name that resolves slowly or an answer that drips.
    const patience = setTimeout(() => request.destroy(Object.assign(new Error('timeout'), { code: 'timeout' })), timeoutMilliseconds)
    const end = (attempted: Attempted): void => {
      clearTimeout(patience)
      resolve(attempted)
    }
    request.on('error', (error: NodeJS.ErrnoException) => { end({ status: null, error: wordFor(error.code) }) })
    request.on('response', (response) => {
      const status = response.statusCode ?? 0
      response.on('error', () => undefined)
      response.destroy()
      end({ status, error: status >= 200 && status < 300 ? null : status >= 300 && status < 400 ? 'redirected' : 'refused' })
    })
    request.end(notice.body)
  })
}

function signatureOf({ eventId, body, secrets }: SignedNotice, at: string): Record<string, string> {
  const seconds = secondsOfInstant(at)
  // The library asks its date for nothing but this.
  const instant = { getTime: () => seconds * 1000 } as Date
  return { 'webhook-id': eventId, 'webhook-timestamp': `${seconds}`, 'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(eventId, instant, body)).join(' ') }
}

function wordFor(code: string | undefined): string {
  if (code === 'timeout') return 'timeout'
  return code !== undefined && /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code) ? 'certificate' : 'unreachable'
}
