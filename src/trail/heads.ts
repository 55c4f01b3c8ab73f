/** The signed heads of the trail: how far the chain reached on a day, kept in the database and outside of it. */
import { type KeyObject } from 'node:crypto'
import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { localDayOf, Refusal, sha256Of } from '../core/index.ts'
import type { Database, Transaction } from '../db/index.ts'
import { canonicalJson, signatureOf, signatureShape } from '../signing/index.ts'
import { leaveTrail } from './entry.ts'

const digits = z.string().regex(/^[1-9]\d{0,17}$/)
const hex = z.string().regex(/^[0-9a-f]{64}$/)

const headShape = z.strictObject({
  format: z.literal('tantay trail head 1'),
  head_number: digits, day: z.iso.date(), made_at: z.string(),
  /** Entries up to this number are covered; there are as many, since numbers have no gaps. */
  sequence_number: digits,
  hash: hex,
  /** SHA-256 of the head before it, as it was written; null: the first. */
  previous: hex.nullable(),
  signature: signatureShape,
})

/** One head as it was signed. */
export type TrailHead = z.infer<typeof headShape>

/** A head and the very text that was signed; null for what is no head. */
export interface ReadHead {
  /** Where it was read: a file, or a row. */
  readonly place: string
  readonly text: string
  readonly head: TrailHead | null
}

/** What signing did. */
export interface SignedHead {
  /** Null: nothing is in the trail yet. */
  readonly head: TrailHead | null
  /** False: since the last head nothing has happened, and the day is the same. */
  readonly isNew: boolean
  /** Files that were written now. */
  readonly written: readonly string[]
}

/** What signing takes. */
export interface HeadSigning {
  readonly key: KeyObject
  readonly at: string
  /** Folders outside of the database; each gets every head that it does not have yet. */
  readonly folders: readonly string[]
  /** Why the database was put back to an earlier state: said once, in the trail, of heads outside that it no longer knows. */
  readonly restoredBecause?: string
}

/**
 * Signs the head of the trail and writes it to the database and to every folder. Called each night, at start and by
 * command; calling it again changes nothing, and what a folder missed is written the next time.
 *
 * @throws Refusal `heads_ahead` when a folder knows heads that the database does not (it was put back, or cut), `heads_not_written` when a folder cannot be written; the head is in the database then
 */
export async function signHead(database: Pick<Database, 'transaction'>, { key, at, folders, restoredBecause }: HeadSigning): Promise<SignedHead> {
  const outside = (await Promise.all(folders.map((folder) => readHeads(folder)))).flat()
  if (restoredBecause !== undefined) await database.transaction((transaction) => leaveRestored(transaction, outside, restoredBecause, at))
  const { isNew, heads } = await database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock(500135487853)')
    await refuseUnknownHeads(transaction, outside)
    const made = await addHead(transaction, outside, key, at)
    return { isNew: made, heads: await transaction.query<{ head_number: string; statement: string }>('select head_number, statement from trail_head order by head_number') }
  })
  const written: string[] = []
  const failures: string[] = []
  for (const folder of folders) {
    try {
      written.push(...(await writeMissing(folder, heads)))
    } catch (error) {
      failures.push(`${folder}: ${(error as Error).message}`)
    }
  }
  if (failures.length > 0) throw new Refusal('failure', 'heads_not_written', `the head of the trail is signed and in the database, but could not be written outside: ${failures.join('; ')}. It is written the next time; until then nothing outside vouches for the newest entries.`)
  return { head: heads.length === 0 ? null : readHead(heads.at(-1)?.statement ?? '', '').head, isNew, written }
}

/** True when a head was added: something has happened since the last one, or a day has passed. */
async function addHead(transaction: Transaction, outside: readonly ReadHead[], key: KeyObject, at: string): Promise<boolean> {
  const [last] = await transaction.query<{ sequence_number: string; hash: string }>('select sequence_number, hash from trail_link order by sequence_number desc limit 1')
  const [before] = await transaction.query<{ head_number: string; day: string; sequence_number: string; statement: string }>('select head_number, day, sequence_number, statement from trail_head order by head_number desc limit 1')
  const day = localDayOf(at)
  if (last === undefined || (before?.sequence_number === last.sequence_number && before.day === day)) return false
  // After a restore numbers go on above those that lie outside already.
  const number = [...outside.map(({ head }) => BigInt(head?.head_number ?? 0)), BigInt(before?.head_number ?? 0)].reduce((most, one) => (one > most ? one : most)) + 1n
  const said = { format: 'tantay trail head 1' as const, head_number: `${number}`, day, made_at: at, sequence_number: last.sequence_number, hash: last.hash, previous: before === undefined ? null : sha256Of(before.statement) }
  const statement = canonicalJson({ ...said, signature: signatureOf(said, key) })
  await transaction.query('insert into trail_head (head_number, day, made_at, sequence_number, hash, statement) values ($1, $2, $3, $4, $5, $6)', [said.head_number, day, at, said.sequence_number, said.hash, statement])
  return true
}

/** Heads outside that the database does not know and that no entry explains. */
async function refuseUnknownHeads(transaction: Transaction, outside: readonly ReadHead[]): Promise<void> {
  const unknown = await unknownHeads(transaction, outside)
  if (unknown.length === 0) return
  throw new Refusal('failure', 'heads_ahead', `outside of the database lies a head of the trail that it does not know (${unknown[0]?.place ?? ''}): it was put back to an earlier state, or entries were taken away. After a restore from a backup, say so once: tantay audit head --restored "why". If nobody restored anything: tantay verify audit, and call the auditors.`)
}

async function unknownHeads(transaction: Transaction, outside: readonly ReadHead[]): Promise<ReadHead[]> {
  const known = new Set((await transaction.query<{ statement: string }>('select statement from trail_head')).map(({ statement }) => statement))
  const explained = new Set((await transaction.query<{ digest: string }>("select jsonb_array_elements_text(details -> 'heads') as digest from trail_entry where kind = 'restored'")).map(({ digest }) => digest))
  // What a crash left half written is written again.
  const isCut = (text: string): boolean => [...known].some((statement) => statement.startsWith(text))
  return outside.filter(({ text }) => !known.has(text) && !explained.has(sha256Of(text)) && !isCut(text))
}

async function leaveRestored(transaction: Transaction, outside: readonly ReadHead[], reason: string, at: string): Promise<void> {
  const unknown = await unknownHeads(transaction, outside)
  if (unknown.length === 0) throw new Refusal('usage', 'nothing_restored', 'every head outside is known to the database: nothing was put back')
  await leaveTrail(transaction, { staffId: null, at, kind: 'restored', reason, details: { heads: [...new Set(unknown.map(({ text }) => sha256Of(text)))] } })
}

/** Every head of a folder, by name; none where there is no such folder. */
export async function readHeads(folder: string): Promise<ReadHead[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  return Promise.all(names.filter((name) => /^head-\d+\.json$/.test(name)).sort().map(async (name) => readHead((await readFile(join(folder, name), 'utf8')).trim(), join(folder, name))))
}

/** A head as it was written; `head` null when it cannot be read as one. */
export function readHead(text: string, place: string): ReadHead {
  try {
    return { place, text, head: headShape.parse(JSON.parse(text)) }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return { place, text, head: null }
    throw error
  }
}

/** One file a head, never opened again: so it works on storage that lets everything be written once. */
async function writeMissing(folder: string, heads: readonly { readonly head_number: string; readonly statement: string }[]): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const present = new Set(await readdir(folder))
  const written: string[] = []
  for (const { head_number: number, statement } of heads) {
    const name = `head-${number.padStart(6, '0')}.json`
    // A file that a crash left half written is its beginning; any other stays as it is, for the verifier to judge.
    const isCut = present.has(name) && (await readFile(join(folder, name), 'utf8')).length < statement.length
    if (present.has(name) && !isCut) continue
    const file = await open(join(folder, name), isCut ? 'w' : 'wx', 0o644)
    try {
      await file.writeFile(`${statement}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    written.push(join(folder, name))
  }
  return written
}
