/** What every request carries through the server. */
import type { Reader } from '../core/index.ts'
import type { Desk } from '../db/index.ts'
import type { View } from './view.ts'

/** Who is there, and the database as they see it. */
export interface SignedIn {
  readonly reader: Reader
  readonly database: Desk
}

export interface Environment {
  Variables: {
    view: View
    requestId: string
    /** The instant at which the server was asked. */
    at: string
    /** Networks whose proxies are believed about whom they pass on. */
    trustedProxies: readonly string[]
    /** Only behind a route that is not for anybody. */
    desk: SignedIn
  }
}
