/** The connection of every day: a login that adds facts and entries of the trail, and can neither change nor take away any (D175). */
import { Refusal } from '../core/index.ts'
import { isSpread } from './citus.ts'
import { connect, type Database } from './connect.ts'
import { makeLogin } from './login.ts'

export interface EngineOptions {
  /** Where the program connects, with a login of its own that is a member of tantay_engine and bypasses row security; null: the login is made where `owner` is. */
  readonly engineUrl?: string | null
  readonly connections?: number
  /** Told when the program goes on as the owner, and why. */
  readonly onOwner?: (why: string) => void
}

/**
 * The same database through the login of every day; closing it closes `owner` too, whose schema must be current. Where no
 * such login can be made (the user may not make roles, or the database is a cluster), it is `owner` itself.
 *
 * @throws Refusal `engine_login_owns` when the login that was named could change facts, or owns a table
 */
export async function asEngine(owner: Database, { engineUrl = null, connections = 10, onOwner }: EngineOptions = {}): Promise<Database> {
  const url = engineUrl ?? (await ownLogin(owner, onOwner))
  if (url === null) return owner
  await openQueue(owner)
  const engine = await connect(url, connections, () => owner.close())
  try {
    await requirePowerless(engine)
  } catch (error) {
    await engine.close()
    throw error
  }
  return engine
}

async function ownLogin(owner: Database, onOwner: EngineOptions['onOwner']): Promise<string | null> {
  if (await isSpread(owner)) {
    onOwner?.('the database is a cluster, where the program works as its owner')
    return null
  }
  const [row] = await owner.query<{ secret: Buffer }>('select secret from engine_key')
  if (row === undefined) throw new Error('engine_key is empty: the migration that fills it has not run')
  const url = await makeLogin(owner, { role: 'tantay_engine', secret: row.secret, passwordFor: 'engine login', attributes: 'bypassrls' })
  if (url === null) onOwner?.('the program works as the owner of the database, and could change facts: its user may not make a login. Ask whoever runs PostgreSQL for: create role tantay_daily login bypassrls password \'…\' in role tantay_engine; then set TANTAY_ENGINE_DATABASE_URL to connect with it')
  return url
}

/** The queue of work makes its own tables, where the owner let it; working through them is the engine's. */
async function openQueue(owner: Database): Promise<void> {
  const [queue] = await owner.query<{ is_there: boolean }>("select to_regnamespace('graphile_worker') is not null as is_there")
  if (queue?.is_there !== true) return
  for (const right of ['usage on schema graphile_worker', 'select, insert, update, delete on all tables in schema graphile_worker', 'usage, select, update on all sequences in schema graphile_worker', 'execute on all functions in schema graphile_worker']) await owner.query(`grant ${right} to tantay_engine`)
}

/** Facts and the trail are what an inspector relies on, and code on an owned table runs as whoever writes to it: looked at each time. */
async function requirePowerless(engine: Database): Promise<void> {
  const [power] = await engine.query<{ found: string }>(`
    select 'superuser' as found from pg_roles where rolname = current_user and rolsuper
    union all select right_to || ' ' || name from unnest(array['entitlement_line', 'payment_report', 'account_report', 'withdrawal_report', 'trail_entry', 'trail_link', 'case_event']) name, unnest(array['update', 'delete', 'truncate']) right_to
      where has_table_privilege(('public.' || name)::regclass, right_to)
    union all select 'owns ' || c.relname from pg_class c where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'gathered'::regnamespace) and pg_has_role(c.relowner, 'member')
    limit 1`)
  if (power !== undefined) throw new Refusal('installation', 'engine_login_owns', `the login of TANTAY_ENGINE_DATABASE_URL could change what must not be changed (${power.found}): it must be a plain login whose only role is tantay_engine`)
}
