/** The application over an empty database with a clock that tests turn, and browsers that keep their cookies. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { TOTP, Secret } from 'otpauth'
import { addMilliseconds, stoppedClock, systemClock, type Clock, type Role } from '../../src/core/index.ts'
import { openDesk, type Database, type DeskConnections } from '../../src/db/index.ts'
import { createApp, type App, type AppDependencies } from '../../src/http/index.ts'
import { unitsOf } from '../../src/reports/index.ts'
import { addPerson, type Changed } from '../../src/staff/index.ts'
import { useDatabase } from '../helpers/database.ts'

/** A clock that moves when it is told to; it begins with the machine's time, since PostgreSQL's cannot be turned. */
export interface TurnedClock extends Clock {
  turn(milliseconds: number): void
}

/** What tests of the door need. */
export interface Door {
  readonly database: Database
  readonly desk: DeskConnections
  readonly clock: TurnedClock
  readonly app: App
  readonly failures: Readonly<Record<string, unknown>>[]
  /** The application with other settings over the same database. */
  readonly appWith: (more: Partial<AppDependencies>) => App
}

/** The door for the whole of the calling test file. */
export function useDoor(): () => Door {
  const clone = useDatabase()
  let door: Door | undefined
  let folder = ''
  beforeAll(async () => {
    const { database } = clone()
    const desk = await openDesk(database, { connections: 3 })
    const clock = turnedClock()
    const failures: Door['failures'] = []
    folder = mkdtempSync(join(tmpdir(), 'tantay-door-'))
    const appWith = (more: Partial<AppDependencies>): App => createApp({
      database, desk, clock,
      scratchFolder: folder, dataDirectory: folder, rawLine: () => Promise.resolve(null), annotated: () => Promise.reject(new Error('no files here')), sheetKey: () => Promise.reject(new Error('no sheets here')), storeRow: () => Promise.reject(new Error('no rows here')),
      log: { error: (fields: Readonly<Record<string, unknown>>) => failures.push(fields) },
      ...more,
    } as AppDependencies)
    door = { database, desk, clock, app: appWith({}), appWith, failures }
  })
  afterAll(async () => {
    await door?.desk.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    if (door === undefined) throw new Error('the door is there only while tests run')
    return door
  }
}

function turnedClock(): TurnedClock {
  let ahead = 0
  const now = (): string => addMilliseconds(systemClock.now(), ahead)
  return { now, today: () => stoppedClock(now()).today(), turn: (milliseconds) => void (ahead += milliseconds) }
}

export const goodPassword = 'ngựa pin đúng ghim'

let nextNumber = 1

/** Somebody, added by the operator; with a password that they keep and no codes, unless said otherwise. */
export async function person({ database, clock }: Door, roles: readonly Role[], more: { readonly userName?: string; readonly unit?: string; readonly agent?: string; readonly codes?: boolean; readonly oneTime?: boolean } = {}): Promise<Changed & { readonly userName: string }> {
  const userName = more.userName ?? `${roles[0] ?? ''}-${nextNumber++}`
  const changed = await database.transaction(async (transaction) => addPerson(transaction, {
    userName, displayName: `Người ${userName}`, roles, unitCode: more.unit ?? null, creditorAgent: more.agent ?? null, isTotpRequired: more.codes ?? false, ...(more.oneTime === true ? {} : { password: goodPassword }),
  }, { staffId: null, reason: 'for a test', at: clock.now() }, await unitsOf(transaction, clock.today())))
  return { ...changed, userName }
}

/** A browser: it keeps cookies, and sends forms as our own pages do. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly app: App
  readonly origin: string
  readonly headers: Readonly<Record<string, string>>

  constructor(app: App, { origin = 'http://localhost', headers = {} }: { readonly origin?: string; readonly headers?: Readonly<Record<string, string>> } = {}) {
    this.app = app
    this.origin = origin
    this.headers = headers
  }

  async get(path: string): Promise<Response> {
    return this.keep(await this.app.request(new URL(path, this.origin).href, { headers: this.sent() }))
  }

  async post(path: string, fields: Readonly<Record<string, string | readonly string[]>> = {}, headers: Readonly<Record<string, string>> = { Origin: this.origin }): Promise<Response> {
    const body = new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]))) as [string, string][])
    return this.keep(await this.app.request(new URL(path, this.origin).href, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...this.sent(), ...headers } }))
  }

  /** Name and password; the answer to them. */
  signIn(userName: string, password: string = goodPassword, more: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.post('/sign-in', { name: userName, password, ...more })
  }

  private sent(): Record<string, string> {
    return { ...this.headers, ...(this.cookies.size === 0 ? {} : { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }) }
  }

  private keep(response: Response): Response {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (value === '' || /Max-Age=0(?:;|$)/.test(cookie)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }
}

/** The code that an app shows at an instant, for a secret as it is shown. */
export function codeAt(secret: string, instant: string): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret.replaceAll(' ', '')), timestamp: Date.parse(instant) })
}

/** The secret that a page of enrolment shows. */
export function secretOn(page: string): string {
  return /<code class="tt-secret tt-secret--key" dir="ltr">([A-Z2-7 ]+)<\/code>/.exec(page)?.[1] ?? ''
}
