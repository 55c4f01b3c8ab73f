/** A database of its own for a test file: a clone of the migrated template, dropped at the end. */
import { afterAll, beforeAll, inject } from 'vitest'
import { connect, type Database } from '../../src/db/index.ts'
import { processIdentity } from '../../src/db/process-lock.ts'
import { withDatabase } from './global-setup.ts'

/** One clone, open. */
export interface Clone {
  readonly database: Database
  /** For processes that a test starts: their DATABASE_URL. */
  readonly databaseUrl: string
  /** Ends the connections and drops the clone. */
  drop(): Promise<void>
}

let nextNumber = 1

/**
 * A clone for the whole of the calling test file (or `describe`), there from the first test on.
 *
 *     const clone = useDatabase()
 *     test('…', async () => { await clone().database.query('select 1') })
 */
export function useDatabase(options: { readonly isEmpty?: boolean } = {}): () => Clone {
  let clone: Clone | undefined
  beforeAll(async () => {
    clone = await cloneDatabase(options)
  })
  afterAll(async () => {
    await clone?.drop()
  })
  return () => {
    if (clone === undefined) throw new Error('the clone is there only while tests run')
    return clone
  }
}

/** A clone that the caller drops; `isEmpty` gives a database without any table instead. */
export async function cloneDatabase({ isEmpty = false }: { readonly isEmpty?: boolean } = {}): Promise<Clone> {
  const serverUrl = inject('databaseServerUrl')
  // The name says whose it is, so that the next run can drop what a killed one left.
  const name = `tantay_test_${processIdentity().replace('-', '_')}_${nextNumber++}`
  await onServer(serverUrl, `create database ${name} template ${isEmpty ? 'template0' : inject('templateDatabase')}`)
  const databaseUrl = withDatabase(serverUrl, name)
  const database = await connect(databaseUrl, 6)
  return {
    database,
    databaseUrl,
    drop: async () => {
      await database.close()
      await onServer(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const server = await connect(url, 1)
  await server.query(statement).finally(() => server.close())
}
