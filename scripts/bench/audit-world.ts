/** A small installation with a trail, and every way in which the owner of a database may try to change it unseen. */
import type { KeyObject } from 'node:crypto'
import { addMilliseconds, sha256Of } from '../../src/core/index.ts'
import type { Database, Session, Transaction } from '../../src/db/index.ts'
import { canonicalJson, signatureOf } from '../../src/signing/index.ts'
import { leaveTrail, readHead, signHead, verifyTrail, type ReadHead, type TrailReport } from '../../src/trail/index.ts'

/** Numbers that look like chance and are the same for the same seed: 0 to below − 1. */
export type Chance = (below: number) => number

export function chanceOf(seed: number): Chance {
  let state = seed % 2147483647 || 1
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

const begin = '2026-10-01T01:00:00Z'

/** A trail of about `entries` entries of every kind, with a head now and then and one at the end; gives the heads as they lie outside. */
export async function buildTrail(database: Database, { entries, heads, chance, key }: { readonly entries: number; readonly heads: number; readonly chance: Chance; readonly key: KeyObject }): Promise<ReadHead[]> {
  const staff = await database.query<{ staff_id: string }>("insert into staff (user_name, display_name, roles, created_at) select 'person' || n, 'Person ' || n, '{officer}', '2026-10-01' from generate_series(1, 5) n returning staff_id")
  await database.query("insert into case_record (person_key, finding_id, code, severity_rank, subject, currency, amount_at_stake, waiting_since, urgency, opened_date, deadline_date, is_found, step) select n, md5(n::text), 'unpaid', 4, 'e', 'VND', 500000, '2026-10-01', 1, '2026-10-01', '2026-10-08', true, 'new' from generate_series(1, 40) n")
  const events = new Map<number, number>()
  for (let written = 0, at = begin, head = 1; written < entries; at = addMilliseconds(at, 3_600_000)) {
    await database.transaction(async (transaction) => {
      for (let more = 1 + chance(4); more > 0; more -= 1, written += 1) await leaveOne(transaction, { chance, events, at, staffId: staff[chance(staff.length)]?.staff_id ?? '' })
    })
    if (written * heads < head * entries) continue
    head += 1
    await signHead(database, { key, at, folders: [] })
  }
  return outsideOf(database)
}

/** The heads as they would lie in a folder. */
export async function outsideOf(database: Session): Promise<ReadHead[]> {
  return (await database.query<{ head_number: string; statement: string }>('select head_number, statement from trail_head order by head_number')).map(({ head_number: number, statement }) => readHead(statement, `head-${number}.json`))
}

async function leaveOne(transaction: Transaction, { chance, events, at, staffId }: { readonly chance: Chance; readonly events: Map<number, number>; readonly at: string; readonly staffId: string }): Promise<void> {
  const person = 1 + chance(40)
  switch (chance(5)) {
    case 0:
      return leaveTrail(transaction, { staffId, at, kind: 'viewed_person', personKey: `${person}` })
    case 1:
      return leaveTrail(transaction, { staffId, at, kind: 'exported', subject: 'queue', reason: 'bank', details: { count: chance(100), format: 'csv', filter: 'village=Bản “Mới”\u0007' } })
    case 2:
      return leaveTrail(transaction, { staffId: null, at, kind: 'sign_in_failed', subject: 'password' })
    case 3: {
      const [change] = await transaction.query<{ change_id: string }>("insert into staff_change (staff_id, changed_at, change, reason, needs_second) values ($1, $2, $3, 'moved to another commune', false) returning change_id", [staffId, at, JSON.stringify({ unit_code: { from: null, to: `${chance(99999)}` } })])
      return leaveTrail(transaction, { staffId: null, at, kind: 'staff_changed', subject: staffId, row: { table: 'staff_change', key: [change?.change_id ?? ''] } })
    }
    default: {
      const number = (events.get(person) ?? 0) + 1
      events.set(person, number)
      const [event] = await transaction.query<{ finding_id: string }>("insert into case_event (person_key, finding_id, event_number, happened_at, actor_id, kind, step, comment) values ($1::bigint, md5($1::bigint::text), $2, $3, $4, 'commented', 'new', $5) returning finding_id", [person, number, at, staffId, `comment ${chance(1000)}`])
      return leaveTrail(transaction, { staffId, at, kind: 'case_acted', personKey: `${person}`, subject: `case ${event?.finding_id ?? ''}`, details: { act: 'commented', step: 'new' }, row: { table: 'case_event', key: [person, event?.finding_id ?? '', number] } })
    }
  }
}

/** One way of tampering. */
export interface Manipulation {
  readonly name: string
  /** True: whole in itself afterwards, so that a head outside alone shows it. */
  readonly onlyOutside?: true
  readonly tamper: (session: Session, chance: Chance, count: number) => Promise<void>
}

const changed = (name: string, set: string): Manipulation => ({
  name: `change ${name} of an entry`,
  tamper: async (session, chance, count) => { await mustTouch(session, `update trail_entry set ${set} where entry_id = (select entry_id from trail_link where sequence_number >= $1 and exists (select from trail_entry t where t.entry_id = trail_link.entry_id and (${condition(name)})) order by sequence_number limit 1)`, [anywhere(chance, count)]) },
})

/** Whether changing the field changes anything. */
const condition = (name: string): string => ({ person: 'person_key is not null', 'person and salt': 'person_key is not null', 'hash of the row': 'row_hash is not null', reason: 'true', details: 'details is not null', salt: 'person_key is not null' })[name] ?? 'true'

// Not the last tenth: changing what needs an entry of a kind has to find one.
const anywhere = (chance: Chance, count: number): number => 1 + chance(Math.floor(count * 0.9))

export const manipulations: readonly Manipulation[] = [
  changed('instant', "happened_at = happened_at + interval '1 microsecond'"),
  changed('who', 'staff_id = case when staff_id is null then (select min(staff_id) from staff) end'),
  changed('kind', "kind = kind || '_'"),
  changed('subject', "subject = coalesce(subject, '') || '.'"),
  changed('reason', "reason = coalesce(reason, '') || '.'"),
  changed('details', "details = details || '{\"x\": 1}'"),
  changed('person', 'person_key = person_key + 1'),
  changed('salt', "person_salt = '\\x00'"),
  changed('person and salt', 'person_key = null, person_salt = null'),
  changed('hash of the row', "row_hash = repeat('0', 64)"),
  { name: 'delete an entry', tamper: async (session, chance, count) => { await mustTouch(session, 'delete from trail_entry where entry_id = (select entry_id from trail_link where sequence_number = $1)', [anywhere(chance, count)]) } },
  { name: 'delete an entry and its link', tamper: async (session, chance, count) => { await deleteAt(session, anywhere(chance, count)) } },
  { name: 'delete an entry and close the gap', tamper: async (session, chance, count) => {
    const at = anywhere(chance, count)
    await deleteAt(session, at)
    await session.query('update trail_link set sequence_number = -sequence_number where sequence_number > $1', [at])
    await session.query('update trail_link set sequence_number = -sequence_number - 1 where sequence_number < 0')
  } },
  { name: 'delete the last entries', tamper: (session, chance, count) => cutAfter(session, count - 1 - chance(Math.floor(count / 2)), false) },
  { name: 'delete the last entries and their heads', onlyOutside: true, tamper: (session, chance, count) => cutAfter(session, count - 1 - chance(Math.floor(count / 2)), true) },
  { name: 'restore an old copy', onlyOutside: true, tamper: restoreOldCopy },
  { name: 'two links change places', tamper: async (session, chance, count) => {
    const at = anywhere(chance, count)
    await swap(session, 'trail_link', 'sequence_number', at, at + 1 + chance(Math.floor(count / 20)))
  } },
  { name: 'two entries change numbers', tamper: async (session, chance, count) => {
    const [one, other] = await entryIds(session, chance, count)
    await swap(session, 'trail_entry', 'entry_id', one, other)
  } },
  { name: 'insert in the past', tamper: async (session, chance, count) => {
    const at = anywhere(chance, count)
    await session.query('update trail_link set sequence_number = -sequence_number where sequence_number >= $1', [at])
    await session.query('update trail_link set sequence_number = -sequence_number + 1 where sequence_number < 0')
    const entry = await insertEntry(session)
    await session.query("insert into trail_link (sequence_number, entry_id, content_hash, hash) select $1::bigint, $2::bigint, content_hash, hash from trail_link where sequence_number = $1::bigint + 1", [at, entry])
  } },
  { name: 'insert past the chain', tamper: async (session) => { await insertEntry(session) } },
  { name: 'change an entry and make the chain anew', tamper: (session, chance, count) => rebuild(session, anywhere(chance, count)) },
  { name: 'make the chain anew and sign heads with a new key', tamper: resignedByAnother },
  { name: 'make the chain anew and take the heads away', onlyOutside: true, tamper: async (session, chance, count) => {
    const at = anywhere(chance, count)
    await rebuild(session, at)
    await session.query('delete from trail_head where sequence_number >= $1', [at])
  } },
  { name: 'two heads change places', tamper: async (session) => { await mustTouch(session, 'update trail_head h set statement = o.statement from trail_head o where o.head_number = 3 - h.head_number and h.head_number in (1, 2)', []) } },
  { name: 'a head is taken away', tamper: async (session, chance) => { await mustTouch(session, 'delete from trail_head where head_number = 1 + $1::bigint % (select max(head_number) - 1 from trail_head)', [chance(1000)]) } },
  { name: 'a head says another hash', tamper: async (session, chance) => { await mustTouch(session, "update trail_head set hash = md5(hash) || md5(hash) where head_number = 1 + $1::bigint % (select max(head_number) from trail_head)", [chance(1000)]) } },
  { name: 'a head is signed for another hash', tamper: async (session, chance) => { await mustTouch(session, "update trail_head set hash = md5(hash) || md5(hash), statement = replace(statement, hash, md5(hash) || md5(hash)) where head_number = 1 + $1::bigint % (select max(head_number) from trail_head)", [chance(1000)]) } },
  { name: 'change an act on a case', tamper: async (session, chance) => { await mustTouch(session, "update case_event set comment = comment || '.' where (person_key, event_number) = (select person_key, event_number from case_event offset $1 % (select count(*) from case_event) limit 1)", [chance(100000)]) } },
  { name: 'change who acted on a case', tamper: async (session, chance) => { await mustTouch(session, 'update case_event set actor_id = actor_id + 1 where (person_key, event_number) = (select person_key, event_number from case_event offset $1 % (select count(*) from case_event) limit 1)', [chance(100000)]) } },
  { name: 'delete an act on a case', tamper: async (session, chance) => { await mustTouch(session, 'delete from case_event where (person_key, event_number) = (select person_key, event_number from case_event offset $1 % (select count(*) from case_event) limit 1)', [chance(100000)]) } },
  { name: 'add an act on a case that nobody did', tamper: async (session, chance) => { await mustTouch(session, "insert into case_event (person_key, finding_id, event_number, happened_at, actor_id, kind, step) select person_key, finding_id, 1000, '2026-10-02', (select min(staff_id) from staff), 'answered', 'answered' from case_record where person_key = 1 + $1 % 40", [chance(1000)]) } },
  { name: 'change a change of an account', tamper: async (session, chance) => { await mustTouch(session, "update staff_change set reason = reason || '.' where change_id = (select change_id from staff_change offset $1 % (select count(*) from staff_change) limit 1)", [chance(100000)]) } },
]

/** What became of one: the verdict with the heads from outside, and without. Nothing of it is left. */
export async function tryOut(database: Database, { tamper }: Manipulation, chance: Chance, given: { readonly outside: readonly ReadHead[]; readonly key: string }): Promise<{ readonly withHeads: TrailReport; readonly without: TrailReport }> {
  let verdict: { withHeads: TrailReport; without: TrailReport } | undefined
  await database.transaction(async (transaction) => {
    // Triggers and constraints are no protection from the owner, who can switch them off.
    await transaction.query('set local session_replication_role = replica')
    const [last] = await transaction.query<{ count: string }>('select count(*) as count from trail_link')
    await tamper(transaction, chance, Number.parseInt(last?.count ?? '0', 10))
    verdict = { withHeads: await verifyTrail(transaction, { outside: given.outside, keys: [given.key] }), without: await verifyTrail(transaction, { outside: null, keys: [given.key] }) }
    throw new TakenBack()
  }).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error
  })
  if (verdict === undefined) throw new Error('nothing was tried')
  return verdict
}

class TakenBack extends Error {}

async function mustTouch(session: Session, text: string, values: readonly unknown[]): Promise<void> {
  if ((await session.query(`${text} returning 1`, values)).length === 0) throw new Error(`the manipulation touched nothing: ${text}`)
}

async function deleteAt(session: Session, at: number): Promise<void> {
  await mustTouch(session, 'with gone as (delete from trail_link where sequence_number = $1 returning entry_id) delete from trail_entry t using gone where t.entry_id = gone.entry_id', [at])
}

/** Takes away what came after an entry; rows that the entries stood for stay, but for what `restoreOldCopy` takes. */
async function cutAfter(session: Session, last: number, withHeads: boolean): Promise<void> {
  if (withHeads) return restoreAt(session, last)
  await mustTouch(session, 'with gone as (delete from trail_link where sequence_number > $1 returning entry_id) delete from trail_entry t using gone where t.entry_id = gone.entry_id', [last])
}

async function restoreOldCopy(session: Session, chance: Chance, count: number): Promise<void> {
  await restoreAt(session, anywhere(chance, count))
}

/** The database as it was when the chain had so many entries: rows and heads of later are not there. */
async function restoreAt(session: Session, last: number): Promise<void> {
  await session.query("delete from case_event e using trail_entry t join trail_link l using (entry_id) where l.sequence_number > $1 and t.row_table = 'case_event' and t.row_key = e.finding_id || ' ' || e.event_number", [last])
  await session.query("delete from staff_change c using trail_entry t join trail_link l using (entry_id) where l.sequence_number > $1 and t.row_table = 'staff_change' and t.row_key = c.change_id::text", [last])
  await session.query('delete from trail_head where sequence_number > $1', [last])
  await mustTouch(session, 'with gone as (delete from trail_link where sequence_number > $1 returning entry_id) delete from trail_entry t using gone where t.entry_id = gone.entry_id', [last])
}

async function swap(session: Session, table: 'trail_link' | 'trail_entry', column: 'sequence_number' | 'entry_id', one: number | string, other: number | string): Promise<void> {
  await mustTouch(session, `update ${table} set ${column} = -1 where ${column} = $1`, [one])
  await mustTouch(session, `update ${table} set ${column} = $1 where ${column} = $2`, [one, other])
  await mustTouch(session, `update ${table} set ${column} = $1 where ${column} = -1`, [other])
}

async function entryIds(session: Session, chance: Chance, count: number): Promise<[string, string]> {
  const at = anywhere(chance, count)
  const rows = await session.query<{ entry_id: string }>('select entry_id from trail_link where sequence_number in ($1, $2) order by 1', [at, at + 1 + chance(Math.floor(count / 20))])
  return [rows[0]?.entry_id ?? '', rows[1]?.entry_id ?? '']
}

async function insertEntry(session: Session): Promise<string> {
  const [entry] = await session.query<{ entry_id: string }>("insert into trail_entry (happened_at, kind, subject) values ('2026-10-02', 'exported', 'queue') returning entry_id")
  return entry?.entry_id ?? ''
}

/** Changes an entry and hashes it and all after it anew, as whoever owns the database can. */
async function rebuild(session: Session, at: number): Promise<void> {
  await mustTouch(session, "update trail_entry set reason = 'as if it had been so' where entry_id = (select entry_id from trail_link where sequence_number = $1)", [at])
  const entries = await session.query<{ entry_id: string }>('delete from trail_link where sequence_number >= $1 returning entry_id, sequence_number', [at])
  const sorted = entries.map((row) => row as { entry_id: string; sequence_number: string }).sort((one, other) => Number.parseInt(one.sequence_number, 10) - Number.parseInt(other.sequence_number, 10))
  await session.query(`select trail_append(t.entry_id, t.happened_at, t.staff_id, t.kind, t.person_key, t.person_salt, t.subject, t.reason, t.details, t.row_table, t.row_key, t.row_hash)
    from unnest($1::bigint[]) with ordinality wanted (entry_id, place) join lateral (select * from trail_entry t where t.entry_id = wanted.entry_id) t on true order by place`, [sorted.map((row) => row.entry_id)])
}

async function resignedByAnother(session: Session, chance: Chance, count: number): Promise<void> {
  await rebuild(session, anywhere(chance, count))
  const { generateKeyPairSync } = await import('node:crypto')
  const { privateKey } = generateKeyPairSync('ed25519')
  let before: string | null = null
  for (const row of await session.query<{ head_number: string; day: string; made_at: string; sequence_number: string; hash: string }>('select h.head_number, h.day, h.made_at, h.sequence_number, l.hash from trail_head h join trail_link l using (sequence_number) order by h.head_number')) {
    const said = { format: 'tantay trail head 1', head_number: row.head_number, day: row.day, made_at: row.made_at, sequence_number: row.sequence_number, hash: row.hash, previous: before === null ? null : sha256Of(before) }
    before = canonicalJson({ ...said, signature: signatureOf(said, privateKey) })
    await session.query('update trail_head set hash = $2, statement = $3 where head_number = $1', [row.head_number, row.hash, before])
  }
}
