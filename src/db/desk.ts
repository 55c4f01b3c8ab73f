/** How pages read and write: as a login that owns nothing, so that PostgreSQL decides which rows each reader has (D121). */
import { Refusal } from '../core/index.ts'
import { connect, type Database, type Transaction } from './connect.ts'
import { makeLogin } from './login.ts'

/** What a page is given of the database: transactions in which PostgreSQL knows who reads. */
export interface Desk {
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
}

/** The pages' connections. */
export interface DeskConnections {
  /** The database as the reader of a session sees it: `sessionHash` is the SHA-256 of the cookie, hex. Without a session that holds, every table of people is empty. */
  as(sessionHash: string): Desk
  close(): Promise<void>
}

export interface DeskOptions {
  /** Where the pages connect, with a login of their own that is a member of tantay_desk; null: the login is made where `database` is. */
  readonly deskUrl?: string | null
  readonly connections?: number
}

/**
 * Connections as a member of `tantay_desk`. Without a URL of their own the login is made here: its name and password
 * come from the installation's secret, so that two servers of one installation make the same.
 *
 * @throws Refusal `desk_login_missing` (installation) when it may not be made, `desk_login_owns` when it could get around row-level security
 */
export async function openDesk(database: Database, { deskUrl = null, connections = 10 }: DeskOptions = {}): Promise<DeskConnections> {
  const desk = await connect(deskUrl ?? (await deskLogin(database)), connections)
  try {
    await requirePowerless(desk)
  } catch (error) {
    await desk.close()
    throw error
  }
  return {
    as: (sessionHash) => ({
      transaction: (work) => desk.transaction(async (transaction) => {
        // `set` takes no parameters, but also no snapshot: whoever looks may still choose the isolation of the transaction.
        if (!/^[0-9a-f]{64}$/.test(sessionHash)) throw new Error('a session is named by a SHA-256 in hexadecimal digits')
        await transaction.query(`set local tantay.session = '${sessionHash}'`)
        await transaction.query(`set local statement_timeout = '${longestStatement}'`)
        return work(transaction)
      }),
    }),
    close: () => desk.close(),
  }
}

/** A question of a page that takes longer has lost its reader; it would only slow down the others. */
const longestStatement = '120s'

async function deskLogin(database: Database): Promise<string> {
  const [row] = await database.query<{ secret: Buffer }>('select secret from address_key')
  if (row === undefined) throw new Error('address_key is empty: the migration that fills it has not run')
  const url = await makeLogin(database, { role: 'tantay_desk', secret: row.secret, passwordFor: 'desk login', attributes: 'nobypassrls' })
  if (url === null) throw new Refusal('installation', 'desk_login_missing', 'the login of the pages could not be made: the database\'s user may not create roles. Ask whoever runs PostgreSQL for: create role tantay_pages login password \'…\' in role tantay_desk; then set TANTAY_DESK_DATABASE_URL to connect with it.')
  return url
}

/** The one promise that everything else rests on is looked at each time. */
async function requirePowerless(desk: Database): Promise<void> {
  const [power] = await desk.query<{ found: string }>(`
    select r.rolname as found from pg_roles r where pg_has_role(current_user, r.oid, 'member') and (r.rolsuper or r.rolbypassrls)
    union all select 'owner of ' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and pg_has_role(current_user, c.relowner, 'member')
    limit 1`)
  if (power !== undefined) throw new Refusal('installation', 'desk_login_owns', `the login of the pages could see everything (${power.found}): it must be a plain login whose only role is tantay_desk`)
}
