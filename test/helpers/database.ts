/** A database of its own for a test file: a clone of the migrated template, dropped at the end. */
import { afterAll, beforeAll, inject } from 'vitest'
import { connect, type Database } from '../../src/db/index.ts'
import { processIdentity } from '../../src/db/process-lock.ts'
import { cloneEverywhere, dropEverywhere, withDatabase, type Nodes } from './cluster.ts'

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
  const all = inject('databaseNodes')
  // A database without tables has nothing to spread: the first server alone will do.
  const nodes: Nodes = isEmpty ? [all[0]] : all
  // The name says whose it is, so that the next run can drop what a killed one left.
  const name = `tantay_test_${processIdentity().replace('-', '_')}_${nextNumber++}`
  await cloneEverywhere(nodes, name, isEmpty ? 'template0' : inject('templateDatabase'))
  const databaseUrl = withDatabase(nodes[0], name)
  const database = await connect(databaseUrl, 6)
  return {
    database,
    databaseUrl,
    drop: async () => {
      await database.close()
      await dropEverywhere(nodes, name)
    },
  }
}
