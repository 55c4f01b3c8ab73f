/** Which server the browser believes it speaks to, and which page sent a form: only our own of both. */
import type { Context, MiddlewareHandler } from 'hono'

const loopbackHost = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/

/**
 * Refuses requests for another host than the public one and this machine: a page elsewhere whose name is made to lead
 * here (DNS rebinding) reads nothing, and no link of ours is ever made from a made-up name.
 */
export function hostCheck(publicUrl: string | null): MiddlewareHandler {
  const known = publicUrl === null ? null : new URL(publicUrl).host
  return async (context, next) => {
    const { host, hostname } = new URL(context.req.url)
    if (host !== known && !loopbackHost.test(hostname)) return context.text('This server does not answer to that name.\n', 421)
    return next()
  }
}

/** Whether a form came from a page of this server, as people reach it or as this machine does. */
export function isOwnOrigin(origin: string, context: Context, publicUrl: string | null): boolean {
  return origin === new URL(context.req.url).origin || (publicUrl !== null && origin === new URL(publicUrl).origin)
}
