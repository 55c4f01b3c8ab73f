/** What every request to the API carries. */
import type { Reader } from '../../core/index.ts'
import type { Desk } from '../../db/index.ts'
import type { KeyScope } from '../../staff/index.ts'

/** The system that asks, and the database as it may see it. */
export interface Caller {
  readonly reader: Reader
  /** The bank's 6 digits. */
  readonly source: string
  readonly scopes: readonly KeyScope[]
  readonly database: Desk
}

export interface ApiEnvironment {
  Variables: {
    requestId: string
    /** The instant at which the server was asked. */
    at: string
    /** Behind every operation that wants a scope. */
    caller: Caller
  }
}
