/** How a server ends: in order where that takes no longer than it may, and what is left goes back to the queue. */
import type { Server } from 'node:http'
import type { ServerType } from '@hono/node-server'
import type { Logger } from 'pino'
import type { NightWatch, Worker } from '../jobs/index.ts'

/**
 * Takes no more requests, finishes those under way and the work in the background, puts back a night under way; after the limit cuts the requests and
 * hands the work back, so that another server, or this one after its next start, begins it anew.
 *
 * @returns true: everything had ended in time
 */
export async function finishWithin(seconds: number, server: ServerType, { nights, worker }: { readonly nights: NightWatch | undefined; readonly worker: Worker | undefined }, log: Logger): Promise<boolean> {
  const closed = new Promise<void>((resolve) => { server.close(() => { resolve() }) })
  const http = 'closeIdleConnections' in server ? server : null
  http?.closeIdleConnections()
  // A sender whose file was not acknowledged sends it again; nobody waits hours for the end of it.
  const cut = cutAfter(Math.min(10, seconds), http)
  const worked = Promise.all([nights?.stop(), worker?.stop()]).catch((error: unknown) => { log.error({ name: (error as Error).name }, 'the background did not end in order') })
  const late = Promise.withResolvers<false>()
  const limit = setTimeout(() => { late.resolve(false) }, seconds * 1000)
  const isInTime = await Promise.race([Promise.all([closed, worked]).then(() => true), late.promise])
  clearTimeout(limit)
  clearTimeout(cut)
  if (isInTime) return true
  log.error({ seconds }, 'not everything ended in time: it is handed back')
  http?.closeAllConnections()
  await worker?.handBack().catch(() => undefined)
  return false
}

function cutAfter(seconds: number, server: Pick<Server, 'closeAllConnections'> | null): NodeJS.Timeout {
  return setTimeout(() => { server?.closeAllConnections() }, seconds * 1000)
}

/** Does each of the works once a minute, none of them twice at once; a failure is logged and tried again. */
export function minutely(log: Logger, works: readonly (() => Promise<unknown> | undefined)[]): { end(): void } {
  const underway = new Set<() => Promise<unknown> | undefined>()
  const timer = setInterval(() => {
    for (const work of works) {
      if (underway.has(work)) continue
      underway.add(work)
      Promise.resolve(work()).catch((error: unknown) => {
        log.error({ name: (error as Error).name, code: (error as { code?: unknown }).code }, 'a minute\'s round failed')
      }).finally(() => underway.delete(work))
    }
  }, 60_000)
  return { end: () => { clearInterval(timer) } }
}
