/** A route that takes no more than so many bytes, counted as they come, whatever the request says of itself. */
import type { Context, Handler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Environment } from './environment.ts'

/** How much a route takes, and who answers beyond. */
export interface Limit<P extends string = string> {
  /** Bytes. */
  readonly largest: number
  readonly onTooLarge: (context: Context<Environment, P>) => Response | Promise<Response>
}

/** The handler behind a limit. */
export function limited<P extends string>({ largest, onTooLarge }: Limit<P>, handler: Handler<Environment, P>): Handler<Environment, P> {
  const limit = bodyLimit({ maxSize: largest, onError: () => { throw new TooLarge() } })
  return async (context, next) => {
    let answer: Response | undefined
    try {
      await limit(context, async () => { answer = await handler(context, next) as Response })
    } catch (error) {
      // The library throws its own once a body without a length has grown too long.
      if (!(error instanceof TooLarge) && (error as Error).name !== 'BodyLimitError') throw error
      return onTooLarge(context)
    }
    return answer ?? context.res
  }
}

class TooLarge extends Error {}
