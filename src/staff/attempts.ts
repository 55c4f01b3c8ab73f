/** How often may be guessed: few tries for one name from one place, and slow for everybody else, without locking out whom the browser knows (D131). */
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal, sha256Of } from '../core/index.ts'
import type { Database } from '../db/index.ts'

const minute = 60
const day = 86_400

/** Ten tries for a name from one address or one known browser within a day, then half an hour's rest (PCI DSS 8.3.4). */
const forPair = { points: 10, duration: day, blockDuration: 30 * minute }
/** Whoever has the password and guesses codes: of any address, since it is the account that is half open. */
const forCodes = { points: 10, duration: day, blockDuration: 30 * minute }
/** One address trying many names; an office behind one address signs in from browsers that are known. */
const forAddress = { points: 30, duration: 5 * minute }
/** One name tried from many addresses: slow, never shut. */
const forAccount = { points: 20, duration: 5 * minute }

/** Log-ins that leave for an identity provider: more than any office has in five minutes, and each writes a row. */
const forDepartures = { points: 120, duration: 5 * minute }

/** Who tries what from where. */
export interface Try {
  /** As typed; only its hash is kept. */
  readonly userName: string
  readonly address: string
  /** The hash of the browser's cookie, where somebody of that very name has signed in with it before; else null. */
  readonly knownDevice: string | null
}

/** Counts tries; each is counted before it is looked at, so that a thousand at once are no more than ten. */
export interface Attempts {
  /** @throws Refusal `too_many_tries` (try again; details: seconds) */
  countPassword(tried: Try): Promise<void>
  /** It was right: the name and place begin anew, and others' tries stay counted. */
  passwordWasRight(tried: Try): Promise<void>
  /** @throws Refusal `too_many_tries` */
  countCode(staffId: string): Promise<void>
  codeWasRight(staffId: string): Promise<void>
  /** @throws Refusal `too_many_tries` */
  countDeparture(address: string): Promise<void>
}

/** The counters in the database: every server of an installation counts together. */
export function openAttempts({ pool }: Pick<Database, 'pool'>): Attempts {
  const limiter = (keyPrefix: string, limits: { points: number; duration: number; blockDuration?: number }, clearExpiredByTimeout = false): RateLimiterPostgres =>
    new RateLimiterPostgres({ storeClient: pool, storeType: 'pool', tableName: 'sign_in_attempt', tableCreated: true, clearExpiredByTimeout, keyPrefix, ...limits })
  const pair = limiter('pair', forPair, true)
  const codes = limiter('code', forCodes)
  const address = limiter('address', forAddress)
  const account = limiter('account', forAccount)
  const departures = limiter('departure', forDepartures)
  const accountOf = (tried: Try): string => sha256Of(tried.userName.trim().toLowerCase().normalize('NFKC'))
  const pairOf = (tried: Try): string => sha256Of(`${accountOf(tried)} ${tried.knownDevice === null ? `from ${tried.address}` : `with ${tried.knownDevice}`}`)
  return {
    countPassword: async (tried) => {
      if (tried.knownDevice === null) {
        await consume(address, sha256Of(tried.address))
        await consume(account, accountOf(tried))
      }
      await consume(pair, pairOf(tried))
    },
    passwordWasRight: async (tried) => {
      await pair.delete(pairOf(tried))
      if (tried.knownDevice !== null) return
      await address.reward(sha256Of(tried.address))
      await account.reward(accountOf(tried))
    },
    countCode: (staffId) => consume(codes, staffId),
    codeWasRight: async (staffId) => {
      await codes.delete(staffId)
    },
    countDeparture: (from) => consume(departures, sha256Of(from)),
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const seconds = Math.ceil(refused.msBeforeNext / 1000)
    throw new Refusal('tryAgain', 'too_many_tries', `too many tries; the next one may be made in ${seconds} seconds`, { seconds })
  }
}
