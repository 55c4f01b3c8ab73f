/** A route that takes no more than so many bytes, counted as they come, whatever the request says of itself. */
import type { Context, Handler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Environment } from '../environment.ts'

type Answer = (context: Context<Environment>) => Response | Promise<Response>

/** The handler behind a limit; `onTooLarge` answers for it beyond. */
export function limited(maxSize: number, onTooLarge: Answer, handler: Answer): Handler<Environment> {
  const limit = bodyLimit({ maxSize, onError: () => { throw new TooLarge() } })
  return async (asked) => {
    const context = asked as unknown as Context<Environment, string>
    let answer: Response | undefined
    try {
      await limit(context, async () => { answer = await handler(context) })
    } catch (error) {
      // The library throws its own once a body without a length has grown too long.
      if (!(error instanceof TooLarge) && (error as Error).name !== 'BodyLimitError') throw error
      return onTooLarge(context)
    }
    return answer ?? context.res
  }
}

class TooLarge extends Error {}
