/** The cookies that say who is there and which browser it is; their names say whether they may travel without encryption. */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** Who is there; and a browser in which somebody has signed in before. */
export type CookieKind = 'session' | 'device' | 'provider'

const names: Readonly<Record<CookieKind, string>> = { session: 'tantay_session', device: 'tantay_device', provider: 'tantay_provider' }
/** Half a year: as long as nobody has cleared the browser, its owner is known in it. */
const lifetimes: Readonly<Record<CookieKind, number | null>> = { session: null, device: 15_552_000, provider: 600 }

/** The cookies of one server. */
export interface Cookies {
  /** Null without one. */
  read(context: Context, kind: CookieKind): string | null
  write(context: Context, kind: CookieKind, token: string): void
  clear(context: Context, kind: CookieKind): void
}

/**
 * Over https the browser is told to send them nowhere else (`__Host-`, Secure); on loopback it would then not keep them.
 * A session's cookie ends with the browser, its session in the database sooner.
 */
export function cookiesFor(publicUrl: string | null): Cookies {
  const isSecure = publicUrl?.startsWith('https:') === true
  const nameOf = (kind: CookieKind): string => (isSecure ? `__Host-${names[kind]}` : names[kind])
  return {
    read: (context, kind) => {
      const token = getCookie(context, nameOf(kind))
      return token === undefined || !/^[\w-]{20,100}$/.test(token) ? null : token
    },
    write: (context, kind, token) => {
      const maxAge = lifetimes[kind]
      setCookie(context, nameOf(kind), token, { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure, ...(maxAge === null ? {} : { maxAge }) })
    },
    clear: (context, kind) => void deleteCookie(context, nameOf(kind), { path: '/', secure: isSecure }),
  }
}
