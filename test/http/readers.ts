/** People who read pages in tests: each with a session of their own, and the application as it answers them. */
import type { Role } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import type { App } from '../../src/http/index.ts'
import { unitsOf } from '../../src/reports/index.ts'
import { layOutScopes, startSession } from '../../src/staff/index.ts'

/** What a test asks instead of the application: the same, with the reader's cookie. */
export interface ReaderApp {
  readonly request: (path: string, init?: RequestInit) => Promise<Response>
  readonly fetch: (request: Request) => Promise<Response>
  readonly declared: App['declared']
  /** `name=value` */
  readonly cookie: string
  readonly staffId: string
  readonly sessionHash: string
}

export interface NewReader {
  readonly roles: readonly Role[]
  /** Null: the whole country. */
  readonly unit?: string | null
  readonly agent?: number | null
  readonly name?: string
}

const origin = 'http://localhost'
let nextNumber = 1

/** Makes somebody who may read, and signs them in for good. */
export async function signedIn(app: App, database: Database, { roles, unit = null, agent = null, name = `reader-${nextNumber++}` }: NewReader): Promise<ReaderApp> {
  const [made] = await database.query<{ staff_id: string }>("insert into staff (user_name, display_name, roles, unit_code, creditor_agent, is_totp_required, created_at) values ($1, $1, $2, $3, $4, false, '2026-11-01T00:00:00Z') returning staff_id", [name, roles, unit, agent])
  const staffId = made?.staff_id ?? ''
  await layOutScopes(database, await unitsOf(database, '2026-11-01'), staffId)
  const { token, sessionHash } = await startSession(database, staffId, '2026-11-01T20:00:00Z')
  // Tests stop their clock; PostgreSQL's goes on.
  await database.query("update staff_session set expires_at = '2999-01-01' where token_hash = $1", [sessionHash])
  const cookie = `tantay_session=${token}`
  const fetch = async (request: Request): Promise<Response> => {
    const headers = new Headers(request.headers)
    if (!(headers.get('cookie') ?? '').includes('tantay_session=')) headers.set('cookie', [headers.get('cookie'), cookie].filter(Boolean).join('; '))
    return app.fetch(new Request(request, { headers }))
  }
  return {
    request: (path, init) => fetch(new Request(new URL(path, origin), init)),
    fetch, declared: app.declared, cookie, staffId, sessionHash,
  }
}
