/** Logins that the installation makes for itself: name and password come from a secret of the database, so that two servers make the same. */
import { createHmac } from 'node:crypto'
import { sha256Of } from '../core/index.ts'
import type { Database } from './connect.ts'

/** Which role the login is a member of, and what it may besides. */
export interface LoginWish {
  readonly role: 'tantay_desk' | 'tantay_engine'
  readonly secret: Buffer
  readonly passwordFor: string
  readonly attributes: 'nobypassrls' | 'bypassrls'
}

/** The URL by which the login connects, made where it was not there yet; null: the database's user may not make it. */
export async function makeLogin(database: Database, { role, secret, passwordFor, attributes }: LoginWish): Promise<string | null> {
  const login = `${role}_${sha256Of(secret).slice(0, 12)}`
  const password = createHmac('sha256', secret).update(passwordFor).digest('hex')
  const [existing] = await database.query('select 1 from pg_roles where rolname = $1', [login])
  if (existing === undefined) {
    try {
      // Both are hexadecimal digits of our own making: nothing of them needs quoting.
      await database.query(`create role ${login} login nosuperuser ${attributes} nocreatedb nocreaterole in role ${role} password '${password}'`)
    } catch (error) {
      const { code } = error as { code?: string }
      // Another server of the installation was faster.
      if (code !== '42710' && code !== '23505') return null
    }
  }
  const url = new URL(database.pool.options.connectionString ?? '')
  url.username = login
  url.password = password
  return url.href
}
