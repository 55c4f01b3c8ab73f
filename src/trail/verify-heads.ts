/** Holds the heads of the trail against the chain while it is walked: those of the database, and those outside of it. */
import { sha256Of } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { faultOfSignature } from '../signing/index.ts'
import { readHead, type ReadHead, type TrailHead } from './heads.ts'
import type { TrailFault, TrailFaultKind } from './verify.ts'

/** Heads from outside, and whose signature they must bear. */
export interface HeadsGiven {
  /** Null: none are at hand. */
  readonly outside: readonly ReadHead[] | null
  /** Public keys or their short ids; empty: any, they are only named. */
  readonly keys?: readonly string[]
}

interface Row {
  readonly head_number: string
  readonly sequence_number: string
  readonly hash: string
  readonly day: string
  readonly statement: string
}

/** An entry that explains heads outside which the database no longer knows. */
interface Restored {
  readonly happened_at: string
  readonly reason: string
  readonly heads: readonly string[]
}

interface Watched {
  readonly head: TrailHead
  readonly isOutside: boolean
  readonly place: string
}

/** All heads by the entry that they vouch for. */
export class HeadWatch {
  readonly #byEntry = new Map<string, Watched[]>()
  readonly #fault: TrailFault | null
  readonly #heads: readonly Watched[]
  readonly #restored: readonly Restored[]
  /** The last entry that a head vouched for and that was as it says. */
  #vouched: string

  private constructor(heads: readonly Watched[], fault: TrailFault | null, restored: readonly Restored[], begin: string) {
    this.#heads = heads
    this.#restored = restored
    this.#fault = fault
    this.#vouched = begin
    for (const one of heads) this.#byEntry.set(one.head.sequence_number, [...(this.#byEntry.get(one.head.sequence_number) ?? []), one])
  }

  /** Reads the heads of the database; what is wrong with heads themselves is known before the first entry is looked at. */
  static async open(session: Session, { outside, keys = [] }: HeadsGiven, begin: string): Promise<HeadWatch> {
    const rows = await session.query<Row>('select head_number, sequence_number, hash, day, statement from trail_head order by head_number')
    const restored = await session.query<Restored>("select happened_at, coalesce(reason, '') as reason, array(select jsonb_array_elements_text(details -> 'heads')) as heads from trail_entry where kind = 'restored' order by entry_id")
    const explained = new Set(restored.flatMap(({ heads }) => heads))
    const inside = rows.map((row) => ({ row, read: readHead(row.statement, `head ${row.head_number} in the database`) }))
    const standing = (outside ?? []).filter(({ text }) => !explained.has(sha256Of(text)))
    const fault = firstOf([
      () => insideFault(inside, explained.size > 0),
      () => signatureFault([...inside.map(({ read }) => read), ...(outside ?? [])], keys),
      () => outsideFault(standing, inside),
    ])
    const watched = (read: ReadHead, isOutside: boolean): Watched[] => (read.head === null ? [] : [{ head: read.head, isOutside, place: read.place }])
    return new HeadWatch([...inside.flatMap(({ read }) => watched(read, false)), ...standing.flatMap((read) => watched(read, true))], fault, restored, begin)
  }

  /** What is wrong with the heads, whatever the chain says. A head that only the outside knows is judged at the end of the walk. */
  firstFault(): TrailFault | null {
    return this.#fault
  }

  /** Whether the heads of this entry vouch for the chain up to here. */
  faultAt(sequenceNumber: string, hash: string): TrailFault | null {
    for (const { head, place } of this.#byEntry.get(sequenceNumber) ?? []) {
      if (head.hash === hash) continue
      const first = `${BigInt(this.#vouched) + 1n}`
      return { kind: 'history_rebuilt', sequence_number: first, entry_id: null, detail: `the chain is whole in itself, but is not the one that was signed on ${head.day} (${place}): somewhere from number ${first} to ${sequenceNumber} history was made anew` }
    }
    if (this.#byEntry.has(sequenceNumber)) this.#vouched = sequenceNumber
    return null
  }

  /** Whether a head vouches for more than there is, or was taken away. */
  faultAtEnd(lastNumber: bigint): TrailFault | null {
    const beyond = this.#heads.find(({ head }) => BigInt(head.sequence_number) > lastNumber)
    if (beyond !== undefined) return { kind: 'cut_at_tail', sequence_number: `${lastNumber + 1n}`, entry_id: null, detail: `the chain ends at number ${lastNumber}, but ${beyond.head.sequence_number} entries were signed on ${beyond.head.day} (${beyond.place}): the end of the trail was cut off, or an older copy of the database put back` }
    const numbers = new Set(this.#heads.filter(({ isOutside }) => !isOutside).map(({ head }) => head.head_number))
    const missing = this.#heads.find(({ head, isOutside }) => isOutside && !numbers.has(head.head_number))
    return missing === undefined ? null : headFault('head_missing', `head ${missing.head.head_number} of ${missing.head.day} lies outside (${missing.place}) and is gone from the database`, missing.head)
  }

  coverage(): { covered_outside: string | null; covered_inside: string | null; head_day: string | null; restored: { at: string; reason: string }[]; keys: string[] } {
    const furthest = (isOutside: boolean): string | null => this.#heads.filter((one) => one.isOutside === isOutside).reduce<string | null>((most, { head }) => (most === null || BigInt(head.sequence_number) > BigInt(most) ? head.sequence_number : most), null)
    const days = this.#heads.map(({ head }) => head.day).sort()
    return { covered_outside: furthest(true), covered_inside: furthest(false), head_day: days.at(-1) ?? null, restored: this.#restored.map(({ happened_at: at, reason }) => ({ at, reason })), keys: [...new Set(this.#heads.map(({ head }) => head.signature.key_id))] }
  }
}

function firstOf(questions: readonly (() => TrailFault | null)[]): TrailFault | null {
  for (const ask of questions) {
    const fault = ask()
    if (fault !== null) return fault
  }
  return null
}

/** The database's own heads: readable, what their columns say, none missing, each resting on the one before. */
function insideFault(inside: readonly { readonly row: Row; readonly read: ReadHead }[], wasRestored: boolean): TrailFault | null {
  let before: Row | null = null
  for (const { row, read } of inside) {
    const { head } = read
    if (head === null) return headFault('signature_wrong', `head ${row.head_number} in the database cannot be read`, row)
    if (head.head_number !== row.head_number || head.sequence_number !== row.sequence_number || head.hash !== row.hash || head.day !== row.day) return headFault('head_differs', `head ${row.head_number} in the database says something else than what was signed`, row)
    // After a restore numbers go on above those outside.
    if (!wasRestored && BigInt(row.head_number) !== BigInt(before?.head_number ?? 0) + 1n) return headFault('head_missing', `head ${BigInt(before?.head_number ?? 0) + 1n} is gone from the database: after ${before?.head_number ?? 0} comes ${row.head_number}`, row)
    if (head.previous !== (before === null ? null : sha256Of(before.statement))) return headFault('head_differs', `head ${row.head_number} does not rest on the head before it`, row)
    before = row
  }
  return null
}

function signatureFault(heads: readonly ReadHead[], keys: readonly string[]): TrailFault | null {
  for (const { head, place } of heads) {
    if (head === null) return headFault('signature_wrong', `${place} is no signed head`, null)
    const { signature, ...said } = head
    const faults = (keys.length === 0 ? [undefined] : keys).map((key) => faultOfSignature(said, signature, key))
    if (faults.includes(null)) continue
    const isOther = faults.includes('other_key')
    return headFault('signature_wrong', isOther ? `${place} was signed by another key (${signature.key_id}). If the installation once had that key, name it: --key ${signature.key_id}` : `the signature of ${place} does not hold: it was changed after it was signed`, head)
  }
  return null
}

/** The same head here and there: byte for byte. */
function outsideFault(outside: readonly ReadHead[], inside: readonly { readonly row: Row }[]): TrailFault | null {
  const statements = new Map(inside.map(({ row }) => [row.head_number, row.statement]))
  const differing = outside.find(({ head, text }) => head !== null && statements.has(head.head_number) && statements.get(head.head_number) !== text)
  return differing === undefined ? null : headFault('head_differs', `head ${differing.head?.head_number ?? ''} of ${differing.head?.day ?? ''} is another in the database than outside (${differing.place})`, differing.head)
}

function headFault(kind: TrailFaultKind, detail: string, at: { readonly sequence_number: string } | null): TrailFault {
  return { kind, sequence_number: at?.sequence_number ?? null, entry_id: null, detail }
}
