/** `Idempotency-Key`: what creates something is done once, however often it is asked for. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { sha256Of } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Database, Session } from '../../db/index.ts'
import { beginOnce, endOnce, releaseOnce, stillRunning, type Answer, type Once } from '../../uploads/index.ts'
import type { ApiEnvironment } from './environment.ts'
import { ApiFault, wrongPart } from './problem.ts'

/** Work that is done once. */
export interface OnceWork {
  /**
   * Does it, and hands what is to be answered, and by what the request is known again, to `end` inside of the transaction
   * in which it is done. Where that is the desk's, which may not keep keys, `end` has a transaction of its own right after
   * it; such work sees for itself that it was done before.
   */
  readonly work: (end: (transaction: Session, fingerprint: string, answer: Answer) => Promise<void>) => Promise<Answer>
  /** What makes this request this one, read without doing anything: asked for when its key is known already. */
  readonly fingerprint: () => Promise<string>
}

/** What remembers requests needs from outside. */
export interface OnceDependencies {
  readonly database: Database
  readonly clock: Clock
}

const renewMilliseconds = 10_000

/** Keys of one application: those that run are said to be running as long as they do. */
export class OnceKeeper {
  private readonly dependencies: OnceDependencies
  private readonly running = new Set<string>()
  private renewing: NodeJS.Timeout | null = null

  constructor(dependencies: OnceDependencies) {
    this.dependencies = dependencies
  }

  /**
   * The answer, now or from before (`Idempotency-Replayed: true`).
   *
   * @throws ApiFault `idempotency_key_missing`, `idempotency_key_invalid`, `request_running`, `idempotency_key_reused`; and whatever the work throws: its key is free again then
   */
  async run(context: Context<ApiEnvironment>, { work, fingerprint }: OnceWork): Promise<Response> {
    const { database, clock } = this.dependencies
    const key = keyOfRequest(context)
    const { reader } = context.get('caller')
    const beginning = await beginOnce(database, reader.staffId, key, clock.now())
    if (beginning.state === 'running') throw new ApiFault('request_running', { headers: { 'Retry-After': `${beginning.retryAfterSeconds}` } })
    if (beginning.state === 'answered') {
      if ((await fingerprint()) !== beginning.fingerprint) throw new ApiFault('idempotency_key_reused')
      return answerResponse(context, beginning.answer, { 'Idempotency-Replayed': 'true' })
    }
    const { once } = beginning
    this.hold(once)
    try {
      return answerResponse(context, await work((transaction, print, answer) => endOnce(transaction, once, print, answer)))
    } catch (error) {
      await releaseOnce(database, once).catch(() => undefined)
      throw error
    } finally {
      this.running.delete(once.holder)
      if (this.running.size === 0 && this.renewing !== null) {
        clearInterval(this.renewing)
        this.renewing = null
      }
    }
  }

  private hold({ holder }: Once): void {
    this.running.add(holder)
    this.renewing ??= setInterval(() => {
      const { database, clock } = this.dependencies
      void stillRunning(database, [...this.running], clock.now()).catch(() => undefined)
    }, renewMilliseconds).unref()
  }
}

/** SHA-256 of what makes a request itself, hex. */
export function fingerprintOf(...parts: readonly (string | null | undefined)[]): string {
  return sha256Of(JSON.stringify(parts.map((part) => part ?? null)))
}

function keyOfRequest(context: Context): string {
  const key = context.req.header('Idempotency-Key')
  if (key === undefined || key === '') throw new ApiFault('idempotency_key_missing', { errors: [wrongPart('/headers/idempotency-key', 'value_missing', 'Idempotency-Key is missing.')] })
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) throw new ApiFault('idempotency_key_invalid')
  return key
}

function answerResponse(context: Context, { status, headers, body }: Answer, more: Readonly<Record<string, string>> = {}): Response {
  return context.body(JSON.stringify(body), status as ContentfulStatusCode, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', ...headers, ...more })
}
