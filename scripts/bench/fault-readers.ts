/** Readers beside the faults: whatever they see of the published result is one whole result or the other. */
import { setTimeout as wait } from 'node:timers/promises'
import { stateDigest, type Database, type StateDigest } from '../../src/db/index.ts'

/** The tables that pages read most, small enough to be looked at all the time. */
const tables = ['bridge_cell', 'finding', 'finding_count', 'finding_total', 'outcome', 'outcome_count', 'outcome_total', 'unmatched_payment', 'published_file']

export interface Readers {
  reads(): number
  /** What was seen and should not have been, since this was asked last. */
  wrong(): string[]
  close(): Promise<void>
}

/** Two readers, each on its own connections, until they are closed. `known` are the results that may be seen. */
export function watchReaders(database: () => Database, known: readonly StateDigest[], pauseMilliseconds = 400): Readers {
  const wanted = known.map(({ tables: all }) => all.filter(({ table }) => tables.includes(table)).map(({ digest }) => digest).join())
  let isOpen = true
  let reads = 0
  const found: string[] = []
  const reader = async (): Promise<void> => {
    while (isOpen) {
      try {
        const seen = await stateDigest(database(), { of: { tables } })
        reads += 1
        if (!wanted.includes(seen.tables.map(({ digest }) => digest).join())) found.push(`a reader saw a third result: ${seen.tables.map(({ table, rows }) => `${table} ${rows}`).join(', ')}`)
      } catch {
        // The database is being killed: a reader is told so, and asks again.
      }
      await wait(pauseMilliseconds)
    }
  }
  const reading = Promise.all([reader(), reader()])
  return {
    reads: () => reads,
    wrong: () => found.splice(0, found.length),
    close: async () => {
      isOpen = false
      await reading
    },
  }
}
