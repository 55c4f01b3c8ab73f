/** Before all tests: one database server, and in it one migrated template that every test file clones. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { loadConfig } from '../../src/config.ts'
import { systemClock } from '../../src/core/index.ts'
import { connect, listMigrations, startEmbedded, type Database } from '../../src/db/index.ts'
import { isAlive } from '../../src/db/process-lock.ts'
import { createMigrated, dropEverywhere, nodesOf, sealTemplate, type Nodes } from './cluster.ts'
import { quickPlace } from './quick-place.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's URL, with a database in it from which others may be created; on Citus the workers' follow. */
    databaseNodes: Nodes
    templateDatabase: string
  }
}

/** Runs that happen at the same time share one embedded server; the last one stops it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { testDatabaseUrl } = loadConfig()
  const embedded =
    testDatabaseUrl === null
      ? await startEmbedded({
          dataDirectory: quickPlace(fileURLToPath(new URL('../..', import.meta.url))),
          isDurable: false,
          onProgress: (message) => process.stderr.write(`tests: ${message}\n`),
        })
      : null
  const url = testDatabaseUrl ?? embedded?.databaseUrl ?? ''
  const server = await connect(url, 2)
  try {
    if (embedded !== null) await dropLeftovers(server)
    const nodes = await nodesOf(server, url)
    project.provide('databaseNodes', nodes)
    project.provide('templateDatabase', await prepareTemplate(server, nodes))
  } finally {
    await server.close()
  }
  return async () => {
    await embedded?.close()
  }
}

/** The template for this very schema; made under another name first, so that a killed run leaves no half-made one. */
async function prepareTemplate(server: Database, nodes: Nodes): Promise<string> {
  const migrations = listMigrations()
  // Where the tables of a cluster are placed is part of what a clone is like.
  const placement = nodes.length > 1 ? readFileSync(new URL('../../src/db/citus-placement.ts', import.meta.url), 'utf8') : ''
  const fingerprint = createHash('sha256').update(migrations.map(({ checksum }) => checksum).join() + placement).digest('hex').slice(0, 12)
  const name = `tantay_template_${fingerprint}`
  const lock = await server.pool.connect()
  try {
    await lock.query('select pg_advisory_lock(127970252128634)')
    if ((await server.query('select from pg_database where datname = $1', [name])).length > 0) return name
    for (const half of [name, `${name}_draft`]) await dropEverywhere(nodes, half)
    await createMigrated(nodes, `${name}_draft`, systemClock.now(), migrations)
    await sealTemplate(nodes, `${name}_draft`, name)
    return name
  } finally {
    await lock.query('select pg_advisory_unlock(127970252128634)')
    lock.release()
  }
}

/** Drops the clones of killed runs, and old templates when no other run is under way. */
async function dropLeftovers(server: Database): Promise<void> {
  const names = (await server.query<{ datname: string }>(`select datname from pg_database where datname like 'tantay\\_test\\_%' or datname like 'tantay\\_template\\_%'`)).map(({ datname }) => datname)
  const clones = names.filter((name) => name.startsWith('tantay_test_'))
  const dead = clones.filter((name) => !isAlive(name.split('_').slice(2, 4).join('-')))
  const oldTemplates = dead.length === clones.length ? names.filter((name) => name.startsWith('tantay_template_')).slice(0, -3) : []
  for (const name of [...dead, ...oldTemplates]) await server.query(`drop database if exists ${name} with (force)`)
}
