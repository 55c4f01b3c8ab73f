/** A point in the write-ahead log of which it is known what the data came to there, found without keeping anybody from writing. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../core/index.ts'
import { stateDigest, type Connection, type Database, type Session } from '../db/index.ts'
import type { BackupPoint } from './manifest.ts'

/** How often a quiet moment is looked for; with the pauses between, about a minute. */
const attempts = 60
/** A transaction whose commit is in the log and not yet visible is visible after that. */
const settling = 150

/**
 * Names a point of the log and works out what the data are at exactly that point.
 *
 * What is read is a snapshot; what is restored is everything committed before the point. The two are the same when no
 * transaction ended between them: the snapshots taken before and after the point are equal, and whoever was writing then
 * is still writing a moment later. Writers are not kept waiting; where they give no such moment `state` is null.
 */
export async function markPoint(database: Database, name: string, clock: Clock): Promise<BackupPoint> {
  for (let attempt = 1; ; attempt += 1) {
    const point = await tryPoint(database, `tantay_${name}_${attempt}`, clock, attempt >= attempts)
    if (point !== null) return point
    await sleep(100 + 20 * attempt)
  }
}

function tryPoint(database: Database, name: string, clock: Clock, isLast: boolean): Promise<BackupPoint | null> {
  return database.onConnection((reader) => readPoint(reader, database, name, clock, isLast))
}

function readPoint(reader: Connection, others: Session, name: string, clock: Clock, isLast: boolean): Promise<BackupPoint | null> {
  return reader.transaction(async (transaction) => {
    await transaction.query('set transaction isolation level repeatable read, read only')
    const before = await snapshotOf(transaction)
    const [marked] = await others.query<{ lsn: string }>('select pg_create_restore_point($1)::text as lsn', [name])
    const after = await snapshotOf(others)
    const at = clock.now()
    const isQuiet = before === after && (await stillWriting(others, before))
    if (!isQuiet && !isLast) return null
    const point = { name, lsn: marked?.lsn ?? '', at }
    return isQuiet ? { ...point, state: await stateDigest(transaction), audit_head: await auditHead(transaction) } : { ...point, state: null, audit_head: null }
  })
}

async function snapshotOf(session: Pick<Session, 'query'>): Promise<string> {
  const [row] = await session.query<{ snapshot: string }>('select pg_current_snapshot()::text as snapshot')
  return row?.snapshot ?? ''
}

/** Whether all that were writing in a snapshot (`10:20:10,14`) still are. */
async function stillWriting(session: Session, snapshot: string): Promise<boolean> {
  const writers = (snapshot.split(':')[2] ?? '').split(',').filter((one) => one !== '')
  if (writers.length === 0) return true
  await sleep(settling)
  const [row] = await session.query<{ all_write: boolean }>("select bool_and(pg_xact_status(one::xid8) = 'in progress') as all_write from unnest($1::text[]) one", [writers])
  return row?.all_write === true
}

/** How far the chain of the audit trail reaches, and its hash there; null when the trail is empty. */
export async function auditHead(session: Pick<Session, 'query'>): Promise<string | null> {
  const [row] = await session.query<{ head: string }>("select sequence_number::text || ' ' || hash as head from trail_link order by sequence_number desc limit 1")
  return row?.head ?? null
}
