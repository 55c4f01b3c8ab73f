/** Walks the chain of the trail and names the first thing that is not as it was: an entry, a head, or a row that an entry stands for. */
import { createHash } from 'node:crypto'
import { sha256Of } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { HeadWatch, type HeadsGiven } from './verify-heads.ts'
import { firstRowFault } from './verify-rows.ts'

/** What is wrong. */
export type TrailFaultKind =
  /** An entry says something else than when it was chained; or one is gone, or its place in the chain is. */
  | 'content_changed' | 'entry_missing'
  /** An entry stands in the trail that was never chained. */
  | 'entry_not_chained'
  /** A hash does not rest on the one before it: entries change places, or one was put between. */
  | 'chain_broken'
  /** An entry no longer says whom it is about, and none says that this was taken away. */
  | 'person_taken_away'
  /** Whole in itself, and not what was signed: the chain was made anew from some entry on. */
  | 'history_rebuilt'
  /** The chain ends before what was signed. */
  | 'cut_at_tail'
  /** A head is gone, or says one thing here and another there; or was not signed by this installation. */
  | 'head_missing' | 'head_differs' | 'signature_wrong'
  /** The row that an entry stands for is another now, or gone; or a row has no entry. */
  | 'row_changed' | 'row_missing' | 'row_without_entry'

/** The first thing that is wrong. */
export interface TrailFault {
  readonly kind: TrailFaultKind
  /** The number in the chain; null where it has none. */
  readonly sequence_number: string | null
  /** Null: the fault is in no one entry. */
  readonly entry_id: string | null
  /** In a sentence: what, where, and what it means. */
  readonly detail: string
}

/** What a walk found. */
export interface TrailReport {
  /** How many entries the chain has. */
  readonly entries: string
  /** Hash of the last one; null: there is none. */
  readonly hash: string | null
  /** Up to which entry a head outside vouches, and up to which one in the database; null: none does. */
  readonly covered_outside: string | null
  readonly covered_inside: string | null
  /** Day of the newest head; null: there is none. */
  readonly head_day: string | null
  /** Said to have been put back from a backup: why, and when. Whoever reads this knows whether it is true. */
  readonly restored: readonly { readonly at: string; readonly reason: string }[]
  /** Keys that signed, short. */
  readonly keys: readonly string[]
  /** Rows that were compared with the entries that stand for them. */
  readonly rows: string
  /** Entries whose person was taken out. */
  readonly forgotten: string
  /** Null: everything is as it was. */
  readonly fault: TrailFault | null
}

/** What a walk is given. */
export interface Verification extends HeadsGiven {
  readonly onProgress?: (entries: number) => void
  /** False: the chain and its heads alone, without the rows that entries stand for. */
  readonly withRows?: boolean
  /** Begin after this entry of the chain, whose hash is believed; for a look at the last day. */
  readonly after?: { readonly sequence_number: string; readonly hash: string }
}

interface Link {
  readonly sequence_number: string
  readonly link_entry_id: string
  readonly person_commitment: string | null
  readonly content_hash: string
  readonly hash: string
  /** Null: there is no such entry. */
  readonly entry_id: string | null
  readonly happened_at: string | null
  readonly staff_id: string | null
  readonly kind: string | null
  readonly person_key: string | null
  readonly person_salt: Buffer | null
  readonly subject: string | null
  readonly reason: string | null
  readonly details: string | null
  readonly row_table: string | null
  readonly row_key: string | null
  readonly row_hash: string | null
  /** The entry that says that this one was emptied, and holds a digest of what is left of it. */
  readonly forgotten_by: string | null
}

/** So many entries are held at a time, however long the trail is. */
const rowsAtOnce = 10_000

// Every value as text, as the chain holds it; nothing of ours is asked what it should be.
const walk = `
  select l.sequence_number, l.entry_id as link_entry_id, l.person_commitment, l.content_hash, l.hash,
    t.entry_id, to_char(t.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as happened_at, t.staff_id, t.kind, t.person_key, t.person_salt, t.subject, t.reason, t.details::text as details, t.row_table, t.row_key, t.row_hash, t.forgotten_by
  from trail_link l left join trail_entry t on t.entry_id = l.entry_id
  where l.sequence_number > $1 order by l.sequence_number limit ${rowsAtOnce}`

const noHash = '0'.repeat(64)

/**
 * Verifies everything, in a session of one unchanging look (repeatable read). Read access is enough.
 *
 * Without heads from outside, whoever owns the database can cut the tail or make history anew unseen, heads included.
 */
export async function verifyTrail(session: Session, { onProgress, withRows = true, after, ...given }: Verification): Promise<TrailReport> {
  const heads = await HeadWatch.open(session, given, after?.sequence_number ?? '0')
  let last = { number: BigInt(after?.sequence_number ?? 0), hash: after?.hash ?? noHash }
  let forgotten = 0n
  let firstForgotten: Link | null = null
  let explained = 0n
  let rows = 0n
  const emptied = new EmptiedEntries()
  const report = (fault: TrailFault | null): TrailReport => ({ entries: `${last.number}`, hash: last.number === 0n ? null : last.hash, ...heads.coverage(), rows: `${rows}`, forgotten: `${forgotten}`, fault })
  const headFault = heads.firstFault()
  if (headFault !== null) return report(headFault)
  for (;;) {
    const links = await session.query<Link>(walk, [`${last.number}`])
    for (const link of links) {
      const fault = faultOf(link, last) ?? heads.faultAt(link.sequence_number, link.hash)
      if (fault !== null) return report(fault)
      if (link.person_commitment !== null && link.person_key === null) {
        forgotten += 1n
        firstForgotten ??= link
      }
      if (link.kind === 'person_forgotten') explained += countIn(link.details)
      emptied.see(link)
      last = { number: BigInt(link.sequence_number), hash: link.hash }
    }
    onProgress?.(Number.parseInt(`${last.number}`, 10))
    if (links.length < rowsAtOnce) break
  }
  const ending = heads.faultAtEnd(last.number) ?? (await unchained(session)) ?? (after === undefined && forgotten > explained && firstForgotten !== null ? lostPerson(firstForgotten, forgotten, explained) : null) ?? (after === undefined ? emptied.fault() : null)
  if (ending !== null || !withRows) return report(ending)
  const compared = await firstRowFault(session)
  rows = compared.rows
  return report(compared.fault)
}

function faultOf(link: Link, last: { readonly number: bigint; readonly hash: string }): TrailFault | null {
  const expected = last.number + 1n
  const found = (kind: TrailFaultKind, detail: string, number = link.sequence_number): TrailFault => ({ kind, sequence_number: number, entry_id: link.link_entry_id, detail })
  if (BigInt(link.sequence_number) !== expected) return { kind: 'entry_missing', sequence_number: `${expected}`, entry_id: null, detail: `number ${expected} is missing from the chain: after ${last.number} comes ${link.sequence_number}` }
  if (link.entry_id === null) return found('entry_missing', `entry ${link.link_entry_id}, number ${link.sequence_number} of the chain, is gone from the trail`)
  if (link.person_key !== null && link.person_commitment !== commitment(link)) return found('content_changed', `entry ${link.entry_id} names another person than when it was written`)
  // What was emptied is held against the entry that says so, once that has been read.
  if (link.forgotten_by === null && contentOf(link) !== link.content_hash) return found('content_changed', `entry ${link.entry_id} (${link.kind ?? ''}, ${link.happened_at ?? ''}) says something else than when it was written`)
  if (sha256Of(last.hash + link.content_hash) !== link.hash) return found('chain_broken', `number ${link.sequence_number} of the chain does not rest on the entry before it: something was put between, taken away or moved here`)
  return null
}

/** Entries that were emptied by policy still say when, by whom and of which kind; the entry that emptied them holds a digest of that. */
class EmptiedEntries {
  private readonly left = new Map<string, { readonly first: Link; readonly hash: ReturnType<typeof createHash> }>()
  private readonly stated = new Map<string, string>()

  see(link: Link): void {
    if (link.kind === 'person_forgotten') this.stated.set(link.entry_id ?? '', /"digest": "([0-9a-f]{64})"/.exec(link.details ?? '')?.[1] ?? '')
    if (link.forgotten_by === null) return
    const held = this.left.get(link.forgotten_by) ?? { first: link, hash: createHash('sha256') }
    held.hash.update(sha256Of(JSON.stringify([link.entry_id, link.happened_at, link.staff_id, link.kind])))
    // Nothing may be said in the place of what was taken away.
    if ([link.person_key, link.person_salt, link.subject, link.reason, link.details, link.row_table, link.row_key, link.row_hash].some((value) => value !== null)) held.hash.update('more')
    this.left.set(link.forgotten_by, held)
  }

  fault(): TrailFault | null {
    for (const [marker, { first, hash }] of this.left) {
      if (this.stated.get(marker) !== hash.digest('hex')) return { kind: 'content_changed', sequence_number: first.sequence_number, entry_id: first.entry_id, detail: `entry ${first.entry_id ?? ''} or a later one that is said to have been emptied by entry ${marker} is not what that entry states: something else was changed` }
    }
    return null
  }
}

function contentOf(link: Link): string {
  return sha256Of(JSON.stringify([link.sequence_number, link.entry_id, link.happened_at, link.staff_id, link.kind, link.person_commitment, link.subject, link.reason, link.details, link.row_table, link.row_key, link.row_hash]))
}

function commitment({ person_key: key, person_salt: salt }: Link): string {
  return createHash('sha256').update(salt ?? Buffer.alloc(0)).update(key ?? '').digest('hex')
}

/** Digits of the count that an entry of the kind person_forgotten states. */
function countIn(details: string | null): bigint {
  const count = details === null ? undefined : /"count": "(\d{1,18})"/.exec(details)?.[1]
  return BigInt(count ?? 0)
}

function lostPerson(first: Link, forgotten: bigint, explained: bigint): TrailFault {
  return { kind: 'person_taken_away', sequence_number: first.sequence_number, entry_id: first.entry_id, detail: `${forgotten} entries no longer say whom they are about, the first is entry ${first.entry_id ?? ''}; entries that say so account for ${explained}` }
}

async function unchained(session: Session): Promise<TrailFault | null> {
  const [entry] = await session.query<{ entry_id: string; kind: string }>('select t.entry_id, t.kind from trail_entry t where not exists (select from trail_link l where l.entry_id = t.entry_id) order by t.entry_id limit 1')
  return entry === undefined ? null : { kind: 'entry_not_chained', sequence_number: null, entry_id: entry.entry_id, detail: `entry ${entry.entry_id} (${entry.kind}) was never chained: it was put there past the chain` }
}
