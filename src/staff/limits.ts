/** How often systems may ask and hand in: counted in the database for all servers together, and whoever has had enough is remembered here (D159). */
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from '../db/index.ts'
import { hashOf } from './sessions.ts'

const minute = 60
const hour = 3600
const day = 86_400

/** What systems may do; a ministry's busiest bank hands in some hundred files on a day. */
const usual = { requestsPerMinute: 600, strangersPerMinute: 60, uploadsPerHour: 1000, uploadsPerDay: 10_000 }
export type ApiLimitSettings = Readonly<typeof usual>

/** What is left, for the headers `RateLimit`, `RateLimit-Policy` and `Retry-After`. */
export interface Allowance {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** The length of the window that counts, in seconds. */
  readonly windowSeconds: number
  /** Until the window begins anew, in whole seconds. */
  readonly resetSeconds: number
  /** 0 while allowed. */
  readonly retryAfterSeconds: number
}

/** The counters; each counts before it answers, so that a thousand at once are no more than the limit. */
export interface ApiLimits {
  /** What is known without asking the database: the refusal of a key that has had enough, until its window ends; null: ask. */
  known(token: string): Allowance | null
  /** A request with a key that holds. */
  countRequest(token: string): Promise<Allowance>
  /** A request without a key that holds, by address. */
  countStranger(address: string): Promise<Allowance>
  /** A file that a bank hands in, by its 6 digits; the hour is asked before the day. */
  countUpload(creditorAgent: string): Promise<Allowance>
}

/** The counters of this installation. */
export function openApiLimits({ pool }: Pick<Database, 'pool'>, settings: Partial<ApiLimitSettings> = {}): ApiLimits {
  const limits = { ...usual, ...settings }
  const limiter = (keyPrefix: string, points: number, duration: number, clearExpiredByTimeout = false): RateLimiterPostgres =>
    new RateLimiterPostgres({ storeClient: pool, storeType: 'pool', tableName: 'api_attempt', tableCreated: true, clearExpiredByTimeout, keyPrefix, points, duration, inMemoryBlockOnConsumed: points + 1 })
  const requests = limiter('key', limits.requestsPerMinute, minute, true)
  const strangers = limiter('stranger', limits.strangersPerMinute, minute)
  const hourly = limiter('hour', limits.uploadsPerHour, hour)
  const daily = limiter('day', limits.uploadsPerDay, day)
  const refused = new Map<string, { readonly allowance: Allowance; readonly secondsLeft: () => number }>()
  const remember = (hash: string, allowance: Allowance): void => {
    const begun = performance.now()
    refused.set(hash, { allowance, secondsLeft: () => Math.max(1, Math.ceil(allowance.retryAfterSeconds - (performance.now() - begun) / 1000)) })
    setTimeout(() => void refused.delete(hash), allowance.retryAfterSeconds * 1000).unref()
  }
  return {
    known: (token) => {
      const held = refused.get(hashOf(token))
      if (held === undefined) return null
      const seconds = held.secondsLeft()
      return { ...held.allowance, resetSeconds: seconds, retryAfterSeconds: seconds }
    },
    countRequest: async (token) => {
      const hash = hashOf(token)
      const allowance = await consume(requests, hash)
      if (!allowance.allowed) remember(hash, allowance)
      return allowance
    },
    countStranger: (address) => consume(strangers, hashOf(address)),
    countUpload: async (creditorAgent) => {
      const inHour = await consume(hourly, creditorAgent)
      if (!inHour.allowed) return inHour
      const inDay = await consume(daily, creditorAgent)
      return inDay.allowed && inHour.remaining <= inDay.remaining ? inHour : inDay
    },
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<Allowance> {
  const tell = (allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Allowance => {
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
    return { allowed, limit: limiter.points, remaining: allowed ? remainingPoints : 0, windowSeconds: limiter.duration, resetSeconds: seconds, retryAfterSeconds: allowed ? 0 : seconds }
  }
  try {
    return tell(true, await limiter.consume(key))
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return tell(false, refused)
  }
}
