/** What is looked at after each fault: what the state says, and what must not be left behind. */
import { setTimeout as wait } from 'node:timers/promises'
import { connect, stateDigest, whenBack, type Database, type StateDigest } from '../../src/db/index.ts'

/** The parts of the state that a fault may not leave half changed; runs that failed are on record, and are no result. */
export const stateAtStake = ['facts', 'linkage', 'results', 'work'] as const

/** All that is at stake. */
export function stateOf(database: Pick<Database, 'query'>): Promise<StateDigest> {
  return stateDigest(database, { of: stateAtStake })
}

/**
 * Attempts that came to nothing have taken numbers; they are given back, so that what is written next can be compared
 * with a database in which nothing went wrong.
 */
export async function giveBackNumbers(database: Pick<Database, 'query'>): Promise<void> {
  for (const [sequence, table, column] of [['file_id_sequence', 'source_file', 'file_id'], ['case_number_sequence', 'case_record', 'case_number']] as const) {
    await database.query(`select setval('${sequence}', greatest(max(${column}), 1), coalesce(max(${column}), 0) > 0) from ${table}`)
  }
}

/** Connections of whoever only looks, told from the program's own; while the database recovers, it is asked again. */
export async function onlooker(url: string): Promise<Database> {
  const database = await connect(Object.assign(new URL(url), { search: '?application_name=onlooker' }).href, 4)
  return { ...database, query: (text, values) => whenBack(() => database.query(text, values)) }
}

/** Waits until nobody else is connected: what was cut notices so at its next word, or when its statement is done. */
export async function alone(database: Pick<Database, 'query'>, mostSeconds: number): Promise<string | null> {
  const since = performance.now()
  for (;;) {
    const others = await database.query<{ state: string; query: string }>(`select state, left(query, 80) as query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and application_name = 'tantay'`)
    if (others.length === 0) return null
    if (performance.now() - since > mostSeconds * 1000) return `${String(others.length)} connections are left after ${String(mostSeconds)} s: ${others[0]?.state ?? ''} ${others[0]?.query ?? ''}`
    await wait(5)
  }
}

/** What may not be there once nobody is connected any more; empty: nothing. */
export async function leftovers(database: Pick<Database, 'query'>): Promise<string[]> {
  const rows = await database.query<{ found: string }>(`
    select 'a prepared transaction: ' || gid as found from pg_prepared_xacts where database = current_database()
    union all select 'an invalid index: ' || indexrelid::regclass::text from pg_index where not indisvalid or not indisready
    union all select 'a temporary table: ' || relname from pg_class where relpersistence = 't'
    union all select 'a run without an end: ' || run_id from run where status = 'running'
    union all select 'a row of a file that was never sealed: ' || t.name from (
      select distinct 'entitlement_line' as name, file_id from entitlement_line union select distinct 'payment_report', file_id from payment_report union select distinct 'problem', file_id from problem
    ) t where not exists (select from source_file f where f.file_id = t.file_id)`)
  return [...(await heldLocks(database)), ...rows.map(({ found }) => found)]
}

/** Locks that nobody gives back. Those of a connection that just begins, before it says who it is, and of the server's own workers pass. */
async function heldLocks(database: Pick<Database, 'query'>): Promise<string[]> {
  const ask = async (): Promise<Map<string, string>> => new Map((await database.query<{ held: string; found: string }>(`
    select concat_ws(' ', pid, virtualtransaction, locktype, relation, classid, objid, transactionid) as held, 'a lock: ' || locktype || coalesce(' ' || relation::regclass::text, '') as found from pg_locks
    where database = (select oid from pg_database where datname = current_database()) and coalesce(pid not in (select pid from pg_stat_activity where application_name = 'onlooker' or backend_type = 'autovacuum worker'), true)`)).map(({ held, found }) => [held, found]))
  let held = await ask()
  for (let looks = 0; held.size > 0 && looks < 5; looks += 1) {
    await wait(500)
    const now = await ask()
    held = new Map([...held].filter(([key]) => now.has(key)))
  }
  return [...held.values()]
}
