/** Compares the rows that entries stand for with what was chained of them, table by table, both sides in the order of their keys. */
import { createHash } from 'node:crypto'
import { sha256Of } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { allRows, auditedTables, type AuditedTable } from './rows.ts'
import type { TrailFault } from './verify.ts'

interface Chained {
  readonly key: string
  /** Null: from this entry on the row may be gone, or have lost what was in it. */
  readonly hash: string | null
  readonly entryId: string
  readonly number: string
}

interface Standing {
  readonly key: string
  readonly hash: string
}

/** The first row that is not as it was chained, and how many were compared; inside a transaction, since it reads by cursors. */
export async function firstRowFault(session: Session): Promise<{ readonly rows: bigint; readonly fault: TrailFault | null }> {
  let rows = 0n
  for (const table of auditedTables) {
    const chained = chainedRows(session, table)
    const standing = standingRows(session, table)
    try {
      const fault = await firstDifference(table, chained, standing, () => { rows += 1n })
      if (fault !== null) return { rows, fault }
    } finally {
      await chained.return(undefined)
      await standing.return(undefined)
    }
  }
  return { rows, fault: null }
}

/** Walks both sides together. */
async function firstDifference(table: AuditedTable, chained: AsyncGenerator<Chained, undefined>, standing: AsyncGenerator<Standing, undefined>, onCompared: () => void): Promise<TrailFault | null> {
  let [entry, row] = [(await chained.next()).value, (await standing.next()).value]
  while (entry !== undefined || row !== undefined) {
    const order = entry === undefined ? 1 : row === undefined ? -1 : Buffer.compare(Buffer.from(entry.key), Buffer.from(row.key))
    const fault = faultOf(table, order <= 0 ? entry : undefined, order >= 0 ? row : undefined)
    if (fault !== null) return fault
    onCompared()
    if (order <= 0) entry = (await chained.next()).value
    if (order >= 0) row = (await standing.next()).value
  }
  return null
}

function faultOf(table: AuditedTable, entry: Chained | undefined, row: Standing | undefined): TrailFault | null {
  if (entry === undefined) return { kind: 'row_without_entry', sequence_number: null, entry_id: null, detail: `${table} ${row?.key ?? ''} stands there, and no entry of the trail says who made it` }
  if (entry.hash === null || entry.hash === row?.hash) return null
  const at = { sequence_number: entry.number, entry_id: entry.entryId }
  if (row === undefined) return { kind: 'row_missing', ...at, detail: `${table} ${entry.key}, for which entry ${entry.entryId} stands, is gone` }
  return { kind: 'row_changed', ...at, detail: `${table} ${entry.key}, for which entry ${entry.entryId} stands, is not what it was` }
}

/** What the chain holds, the last entry of each key. */
async function* chainedRows(session: Session, table: AuditedTable): AsyncGenerator<Chained, undefined> {
  let held: Chained | undefined
  const rows = read<{ row_key: string; row_hash: string | null; entry_id: string; sequence_number: string }>(session, `chained_${table}`, `
    select t.row_key, t.row_hash, t.entry_id, l.sequence_number from trail_entry t join trail_link l using (entry_id)
    where t.row_table = '${table}' order by t.row_key collate "C", l.sequence_number`)
  for await (const { row_key: key, row_hash: hash, entry_id: entryId, sequence_number: number } of rows) {
    if (held !== undefined && held.key !== key) yield held
    held = { key, hash, entryId, number }
  }
  if (held !== undefined) yield held
  return undefined
}

/** What stands in the tables, by key; rows of one key count as one, by the hashes of each. */
async function* standingRows(session: Session, table: AuditedTable): AsyncGenerator<Standing, undefined> {
  const isMany = table === 'case_event_of_run'
  let many: { readonly key: string; readonly hash: ReturnType<typeof createHash> } | undefined
  for await (const { row_key: key, row_text: text } of read<{ row_key: string; row_text: string }>(session, `standing_${table}`, allRows[table])) {
    const hash = sha256Of(text)
    if (!isMany) {
      yield { key, hash }
      continue
    }
    if (many !== undefined && many.key !== key) yield { key: many.key, hash: many.hash.digest('hex') }
    if (many?.key !== key) many = { key, hash: createHash('sha256') }
    many.hash.update(hash)
  }
  if (many !== undefined) yield { key: many.key, hash: many.hash.digest('hex') }
  return undefined
}

async function* read<R extends object>(session: Session, cursor: string, text: string): AsyncGenerator<R> {
  await session.query(`declare ${cursor} no scroll cursor for ${text}`)
  try {
    for (;;) {
      const rows = await session.query<R>(`fetch 5000 from ${cursor}`)
      yield* rows
      if (rows.length < 5000) return
    }
  } finally {
    await session.query(`close ${cursor}`).catch(() => undefined)
  }
}
