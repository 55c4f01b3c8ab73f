/** The server under test: one PostgreSQL, or a Citus coordinator with its workers, told from the database that the URL names. */
import { setTimeout } from 'node:timers/promises'
import { connect, migrate, spread, type Database, type Migration } from '../../src/db/index.ts'

/** Every node's URL, the coordinator's (or the only server's) first. */
export type Nodes = readonly [string, ...string[]]

/** The nodes behind a URL: where its database has Citus and workers, those too, reached as the same user. */
export async function nodesOf(server: Database, url: string): Promise<Nodes> {
  const [known] = await server.query<{ exists: boolean }>(`select to_regclass('pg_catalog.pg_dist_node') is not null as exists`)
  if (known?.exists !== true) return [url]
  const workers = await server.query<{ node_name: string; node_port: string | number }>('select node_name, node_port from citus_get_active_worker_nodes() order by 1, 2')
  return [url, ...workers.map(({ node_name: host, node_port: port }) => {
    const worker = new URL(url)
    worker.hostname = host
    worker.port = String(port)
    return worker.href
  })]
}

async function createEverywhere(nodes: Nodes, name: string, template = 'template0'): Promise<void> {
  await onEveryNode(nodes, `create database ${name} template ${template}`)
}

/** A clone of the sealed template on every node; what `spread` sets for a database itself is no part of a clone. */
export async function cloneEverywhere(nodes: Nodes, name: string, template: string): Promise<void> {
  await createEverywhere(nodes, name, template)
  await Promise.all(nodes.slice(1).map((worker) => onServer(worker, `set citus.enable_ddl_propagation = off; alter database ${name} set enable_nestloop = off`)))
}

/** Drops a database from every node. */
export async function dropEverywhere(nodes: Nodes, name: string): Promise<void> {
  await Promise.all(nodes.map(async (node) => {
    for (let left = 50; ; left -= 1) {
      try {
        await onServer(node, `drop database if exists ${name} with (force)`)
        return
      } catch (error) {
        // Citus's own process in the database may come back between being ended and the drop.
        if ((error as { code?: string }).code !== '55006' || left === 0) throw error
        await setTimeout(100)
      }
    }
  }))
}

/** A migrated database under a name that nobody uses yet; on a cluster its tables are spread. */
export async function createMigrated(nodes: Nodes, name: string, at: string, migrations: readonly Migration[]): Promise<void> {
  await createEverywhere(nodes, name)
  const [coordinator, ...workers] = nodes
  if (workers.length > 0) {
    for (const node of nodes) await onServer(withDatabase(node, name), 'create extension citus')
    await onServer(withDatabase(coordinator, name), "select citus_set_coordinator_host($1, $2)", [new URL(coordinator).hostname, portOf(coordinator)])
    for (const worker of workers) await onServer(withDatabase(coordinator, name), 'select citus_add_node($1, $2)', [new URL(worker).hostname, portOf(worker)])
  }
  const database = await connect(withDatabase(coordinator, name), 2)
  try {
    await migrate(database, at, migrations)
    if (workers.length > 0) await spread(database)
  } finally {
    await database.close()
  }
}

/** Gives a finished template its name: from then on nobody is connected to it, so that it can be copied at any time. */
export async function sealTemplate(nodes: Nodes, draft: string, name: string): Promise<void> {
  if (nodes.length > 1) {
    // Citus keeps a process and connections of its own in each database.
    await onEveryNode(nodes, `alter database ${draft} allow_connections false`)
    for (const node of nodes) await waitUntilAlone(node, draft)
  }
  // The coordinator's last: its name is what the next run looks for.
  for (const node of [...nodes].reverse()) await onServer(node, `alter database ${draft} rename to ${name}`)
}

/** The URL of another database on the same server. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

async function waitUntilAlone(node: string, name: string): Promise<void> {
  const server = await connect(node, 1)
  try {
    for (let left = 100; left > 0; left -= 1) {
      const others = await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
      if (others.length === 0) return
      await setTimeout(100)
    }
    throw new Error(`somebody stays connected to ${name}`)
  } finally {
    await server.close()
  }
}

async function onEveryNode(nodes: Nodes, statement: string): Promise<void> {
  await Promise.all(nodes.map((node) => onServer(node, statement)))
}

async function onServer(url: string, statement: string, values: readonly unknown[] = []): Promise<void> {
  const server = await connect(url, 1)
  await server.query(statement, values).finally(() => server.close())
}

function portOf(url: string): number {
  return Number.parseInt(new URL(url).port || '5432', 10)
}
