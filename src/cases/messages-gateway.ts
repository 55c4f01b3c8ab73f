/** Hands a text message to the gateway of the installation: one JSON request, a time-out, one retry under the same reference. */

/** Where messages go. */
export interface MessageGateway {
  readonly url: string
  /** Sent as `Authorization: Bearer …`; null: the gateway asks for none. */
  readonly token: string | null
  /** How long one attempt may take. */
  readonly timeoutMilliseconds: number
}

/** What the gateway is given; `reference` is the same for every attempt at one message, so that it can leave out a repeat. */
export interface OutgoingMessage {
  /** With + and the country code. */
  readonly to: string
  readonly text: string
  readonly reference: string
}

/** How it went; a failure is `timeout`, `unreachable` or `refused NNN` with the HTTP status. */
export type Delivery = { readonly state: 'sent'; readonly attempts: number } | { readonly state: 'failed'; readonly attempts: number; readonly failure: string }

/** Sends; tries once more where the gateway may not have had the message or says that it is busy. */
export async function deliver(gateway: MessageGateway, message: OutgoingMessage): Promise<Delivery> {
  const first = await attempt(gateway, message)
  if (first === null) return { state: 'sent', attempts: 1 }
  if (!first.mayTryAgain) return { state: 'failed', attempts: 1, failure: first.failure }
  const second = await attempt(gateway, message)
  return second === null ? { state: 'sent', attempts: 2 } : { state: 'failed', attempts: 2, failure: second.failure }
}

async function attempt({ url, token, timeoutMilliseconds }: MessageGateway, message: OutgoingMessage): Promise<{ readonly failure: string; readonly mayTryAgain: boolean } | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(message),
      // A gateway that sends us elsewhere would be handed the number and the token.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    await response.body?.cancel()
    if (response.ok) return null
    return { failure: `refused ${response.status}`, mayTryAgain: response.status >= 500 || response.status === 429 }
  } catch (error) {
    return { failure: (error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable', mayTryAgain: true }
  }
}

/** A phone number as people write it, `0912 345 678` or `+84 912345678`, with + and the country code; null when it is none. */
export function readPhone(written: string): string | null {
  const digits = written.replace(/[\s().-]/g, '')
  if (/^0[1-9]\d{8,9}$/.test(digits)) return `+84${digits.slice(1)}`
  const international = digits.replace(/^00/, '+')
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : null
}
