/** The cookie that says who is there. */
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'

export const sessionCookie = 'tantay_session'

/** The token of the request's session; null without one. */
export function readSessionCookie(context: Context): string | null {
  return getCookie(context, sessionCookie) ?? null
}
