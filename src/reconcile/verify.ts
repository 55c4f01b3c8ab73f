/** The proof that increments lose nothing: what is published is worked out from scratch and compared, all of it or a thirtieth a night. */
import { Refusal } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Database, type Fence, type Session } from '../db/index.ts'
import { alone, type Lanes } from './alone.ts'
import { parts, publishedRunOf, type Plan } from './plan.ts'
import { freeSlot, workOut } from './work.ts'

/** A proof that held. */
export interface Proof {
  readonly run_id: string
  readonly as_of: string
  /** Which part of the units was proved; null: everything. */
  readonly part: number | null
  /** Rows of published results that were compared. */
  readonly compared: string
  readonly seconds: number
}

const checksums = loadSqlFile(new URL('../../sql/verify/checksums.sql', import.meta.url))
const partCounts = loadSqlFile(new URL('../../sql/verify/part_counts.sql', import.meta.url))

/**
 * Works out the published result again from the files it rests on, publishes it inside a transaction that is rolled
 * back, and compares the checksums of every table and segment of beneficiaries before and after.
 *
 * @param options.part only the beneficiaries of the units in this part (0 to 29), and whoever is bound up with them
 * @throws Refusal `increment_differs` naming the first table and segment that are not what a full run gives
 * @throws Refusal `no_run` when nothing is published
 */
export function verifyIncremental(database: Database, options: { readonly timeZone: string; readonly part?: number; readonly fence?: Fence; readonly takeOverAfterSeconds?: number; readonly onProgress?: (message: string) => void }): Promise<Proof> {
  return alone<Proof>(database, { purpose: 'proof', fence: options.fence, takeOverAfterSeconds: options.takeOverAfterSeconds }, async (first, onBoth) => {
    const published = await publishedRunOf(first)
    if (published === null) throw new Refusal('notFound', 'no_run', 'nothing has been published yet, so there is nothing to prove; hand in files with tantay ingest, then: tantay run')
    return onBoth((lanes) => prove(lanes, published, options))
  })
}

async function prove(lanes: Lanes, published: NonNullable<Awaited<ReturnType<typeof publishedRunOf>>>, { timeZone, part, onProgress }: { readonly timeZone: string; readonly part?: number; readonly onProgress?: (message: string) => void }): Promise<Proof> {
  const began = performance.now()
  const plan: Plan = part === undefined ? { mode: 'full', reason: 'proof', publishedAsOf: null, publishedSlot: published.clock_slot, changedFiles: [] } : { mode: 'increment', reason: 'proof of a part', publishedAsOf: published.as_of, publishedSlot: published.clock_slot, changedFiles: [] }
  const { publish } = await workOut(lanes, plan, { runId: published.run_id, asOf: published.as_of, timeZone, isProof: true, ...(part === undefined ? {} : { part }), onProgress })
  let compared = 0n
  const rollBack = new Error('the proof changes nothing')
  await lanes[0].transaction(async (transaction) => {
    const before = await readChecksums(transaction, plan.publishedSlot, part !== undefined)
    const wrongCount = part === undefined ? null : await wrongCountOf(transaction, part)
    await publish(transaction)
    const after = await readChecksums(transaction, part === undefined ? freeSlot(plan) : plan.publishedSlot, part !== undefined)
    for (const place of [...new Set([...before.keys(), ...after.keys()])].sort()) {
      if (before.get(place)?.checksum !== after.get(place)?.checksum) throw differs(place)
      compared += BigInt(before.get(place)?.count ?? '0')
    }
    // Told last: a row that differs says more than the count it is in.
    if (wrongCount !== null) throw differs(wrongCount)
    throw rollBack
  }).catch((error: unknown) => {
    if (error !== rollBack) throw error
  })
  return { run_id: published.run_id, as_of: published.as_of, part: part ?? null, compared: `${compared}`, seconds: Math.floor(performance.now() - began) / 1000 }
}

/** Per table and segment: how many rows, and a sum of their hashes, which no order changes. */
async function readChecksums(session: Session, clockSlot: Plan['publishedSlot'], isPart: boolean): Promise<Map<string, { readonly count: string; readonly checksum: string }>> {
  const rows = await rowsOf<{ place: string; count: string; checksum: string }>(session, checksums, { clock_slot: clockSlot, is_part: isPart })
  return new Map(rows.map(({ place, count, checksum }) => [place, { count, checksum }]))
}

/** What is counted has no rows of its own in a part: the counts of its units are held against what they count, as they stand. Null: all are right. */
async function wrongCountOf(session: Session, part: number): Promise<string | null> {
  const [first] = await rowsOf<{ place: string }>(session, partCounts, { part, parts })
  return first?.place ?? null
}

function differs(place: string): Refusal {
  return new Refusal('failure', 'increment_differs', `${place} is not what a full run gives. Publish a full run (tantay run --full), keep this message, and report it: increments must never differ`, { place })
}
