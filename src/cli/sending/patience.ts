/** How a request is made again until it is answered: the same request, later and later, each time at a moment nobody else chooses. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../../core/index.ts'
import { LostConnection, type Answer } from './counter.ts'

/** How long to go on, and who is told. */
export interface Patience {
  /** Of waiting, in all, for one file. */
  readonly seconds: number
  readonly say: (message: string) => void
  /** The first pause at most. */
  readonly firstMilliseconds?: number
}

const longestPauseMilliseconds = 60_000
/** Answers that may be others later: running under this key, too much at once, an outage. */
const passing: ReadonlySet<number> = new Set([408, 409, 425, 429, 500, 502, 503, 504])

/**
 * The first answer that will stay as it is.
 *
 * @throws Refusal `gave_up` (try again) when patience ends
 */
export async function untilAnswered(attempt: () => Promise<Answer>, { seconds, say, firstMilliseconds = 300 }: Patience): Promise<Answer> {
  let waited = 0
  for (let pauses = 0; ; pauses++) {
    const answer = await attempt().catch((error: unknown) => {
      if (error instanceof LostConnection) return error
      throw error
    })
    if (!(answer instanceof LostConnection) && !passing.has(answer.status)) return answer
    const why = answer instanceof LostConnection ? `no answer (${answer.message})` : `answered ${answer.status}`
    const asked = answer instanceof LostConnection ? null : secondsIn(answer.headers['retry-after'])
    const ceiling = Math.min(firstMilliseconds * 2 ** pauses, longestPauseMilliseconds)
    // Between half and all of it, so that those who were turned away together do not come back together.
    const pause = (asked === null ? 0 : asked * 1000) + ceiling * (0.5 + Math.random() / 2)
    waited += pause
    if (waited > seconds * 1000) throw new Refusal('tryAgain', 'gave_up', `the server ${why}; try again later, the file is then taken once`)
    say(`the server ${why}; once more in ${Math.ceil(pause / 1000)} s`)
    await sleep(pause)
  }
}

/** `Retry-After` in seconds; its other form, a date, is not what our server says. */
function secondsIn(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? parseInt(header, 10) : null
}
