/** `tantay migrate --citus`: spreads the migrated tables over the workers of a Citus cluster, each table once. */
import { Refusal } from '../core/index.ts'
import { distributedTables, distributionColumn, referenceTables } from './citus-placement.ts'
import type { Database, Session } from './connect.ts'

/** What spreading did, by table; empty lists when everything was in its place. */
export interface Spread {
  readonly distributed: readonly string[]
  readonly reference: readonly string[]
  readonly functions: readonly string[]
  /** How many nodes hold shards. */
  readonly workers: number
}

/** Whether the tables of this database are spread already, so that those of a later migration have to follow them. */
export async function isSpread(session: Session): Promise<boolean> {
  const [known] = await session.query<{ exists: boolean }>(`select to_regclass('pg_catalog.pg_dist_partition') is not null and to_regclass('public.${distributedTables[0]}') is not null as exists`)
  if (known?.exists !== true) return false
  return (await session.query(`select from pg_dist_partition where logicalrelid = 'public.${distributedTables[0]}'::regclass`)).length > 0
}

/**
 * Places every table of `citus-placement.ts` that is not in its place yet, with its rows, and every function of ours.
 * Safe to repeat and to resume: each table is one transaction.
 *
 * @throws Refusal `citus_missing` when the server has no Citus, `citus_not_loaded` when it has but the database may not use it,
 *   `citus_no_worker` when no node takes shards, `citus_worker_refused` when a worker's database belongs to somebody else
 */
export async function spread(database: Database): Promise<Spread> {
  await requireCitus(database)
  const workers = await countWorkers(database)
  const placed = new Set((await database.query<{ name: string }>('select logicalrelid::text as name from pg_dist_partition')).map(({ name }) => name))
  const distributed = distributedTables.filter((table) => !placed.has(table))
  const reference = referenceTables.filter((table) => !placed.has(table))
  // Reference tables first: whatever is split may be checked against them.
  for (const table of reference) {
    await database.query('select create_reference_table($1::regclass)', [table])
    await dropCopy(database, table)
  }
  for (const table of distributed) {
    const beside = table === distributedTables[0] ? 'none' : distributedTables[0]
    await database.query('select create_distributed_table($1::regclass, $2, colocate_with => $3)', [table, distributionColumn, beside])
    await dropCopy(database, table)
  }
  const functions = await spreadFunctions(database)
  await settleWorkers(database)
  return { distributed, reference, functions, workers }
}

/**
 * The settings of a run's connections (D43) stay on the coordinator, and workers plan their own part of a statement: in
 * nested loops the screen of 20,000 took 6 s there instead of half a second. Connections opened from now on have them.
 */
async function settleWorkers(database: Database): Promise<void> {
  const settings = await database.query<{ nodename: string; success: boolean; result: string }>(`
    select nodename, success, result
    from (values ('enable_nestloop = off'), ('max_parallel_workers_per_gather = 0')) wanted (setting),
      lateral run_command_on_workers(format('set citus.enable_ddl_propagation = off; alter database %I set %s', current_database(), setting))`)
  const refused = settings.find(({ success }) => !success)
  if (refused !== undefined) throw new Refusal('installation', 'citus_worker_refused', `the worker ${refused.nodename} did not take a setting of its database: ${refused.result}. The user of DATABASE_URL has to own the database on every node.`)
}

/** The rows that stood on the coordinator before are on the workers now; what stays behind would only take up room. */
async function dropCopy(database: Database, table: string): Promise<void> {
  await database.query('select truncate_local_data_after_distributing_table($1::regclass)', [table])
}

async function requireCitus(database: Database): Promise<void> {
  const [citus] = await database.query<{ is_there: boolean; is_here: boolean; is_loaded: boolean }>(`
    select exists (select from pg_available_extensions where name = 'citus') as is_there, exists (select from pg_extension where extname = 'citus') as is_here,
      current_setting('shared_preload_libraries') ~ '\\mcitus\\M' as is_loaded`)
  if (citus?.is_there !== true) {
    throw new Refusal('installation', 'citus_missing', `the server of ${database.description} has no Citus. Without it the same schema works on one machine: run "tantay migrate" without --citus; or name a Citus coordinator in DATABASE_URL.`)
  }
  if (!citus.is_loaded) throw new Refusal('installation', 'citus_not_loaded', `the server of ${database.description} does not load Citus. Put it first into shared_preload_libraries and start the server again.`)
  if (!citus.is_here) {
    throw new Refusal('installation', 'citus_not_loaded', `the database ${database.description} has no Citus yet. As superuser, in this database on the coordinator and on every worker: create extension citus; then on the coordinator name the workers with citus_add_node.`)
  }
}

async function countWorkers(database: Database): Promise<number> {
  const [nodes] = await database.query<{ count: string }>('select count(*) as count from pg_dist_node where isactive and shouldhaveshards')
  const count = Number.parseInt(nodes?.count ?? '0', 10)
  if (count === 0) throw new Refusal('installation', 'citus_no_worker', `no node of ${database.description} takes shards. On the coordinator: select citus_set_coordinator_host('its name'); then citus_add_node('name', 5432) for each worker.`)
  return count
}

/** Functions that a worker may have to call; Citus keeps them alike everywhere from then on. */
async function spreadFunctions(database: Database): Promise<string[]> {
  const missing = await database.query<{ name: string }>(`
    select p.oid::regprocedure::text as name from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
      and not exists (select from pg_dist_object o where o.classid = 'pg_proc'::regclass and o.objid = p.oid)
    order by 1`)
  for (const { name } of missing) await database.query('select create_distributed_function($1::regprocedure)', [name])
  return missing.map(({ name }) => name)
}
