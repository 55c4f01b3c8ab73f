/** A route that takes no more than so many bytes, counted as they come, whatever the request says of itself. */
import type { Context, Handler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Environment } from '../environment.ts'

/** The handler behind a limit; `onTooLarge` answers for it beyond. */
export function limited(maxSize: number, onTooLarge: (context: Context<Environment>) => Response | Promise<Response>, handler: (context: Context<Environment>) => Promise<Response>): Handler<Environment> {
  const limit = bodyLimit({ maxSize, onError: (context: Context) => onTooLarge(context as Context<Environment>) })
  return async (context) => {
    let answer: Response | undefined
    const early = await limit(context as Context, async () => {
      try {
        answer = await handler(context)
      } catch (error) {
        if ((error as Error).name !== 'BodyLimitError') throw error
        answer = await onTooLarge(context)
      }
    })
    return early ?? answer ?? context.res
  }
}
