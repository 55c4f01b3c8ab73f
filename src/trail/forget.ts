/** Takes people and rows out of the trail that were kept long enough, and says so in it: the chain stays whole. */
import type { Transaction } from '../db/index.ts'
import { rowOf, type AuditedTable } from './rows.ts'

/** By whom and when; `reason`: by which rule. */
export interface Forgetting {
  readonly staffId: string | null
  readonly at: string
  readonly reason: string
}

/** The entry gets its number first, so that what it empties can name it. */
const empty = `
  with marker as materialized (
    select nextval('trail_entry_id_sequence') as entry_id
  ), wanted as materialized (
    select t.entry_id, t.person_key is not null as is_of_person, l.sequence_number, trail_digest(trail_text(t.entry_id::text, trail_instant(t.happened_at), t.staff_id::text, t.kind)) as rest
    from trail_entry t join trail_link l using (entry_id)
    where (t.person_key = any($1::bigint[]) or t.entry_id = any($2::bigint[])) and t.forgotten_by is null and t.kind <> 'person_forgotten'
  ), gone as (
    update trail_entry t set person_key = null, person_salt = null, subject = null, reason = null, details = null, row_table = null, row_key = null, row_hash = null, forgotten_by = m.entry_id
    from wanted w, marker m where w.entry_id = t.entry_id)
  insert into trail_entry (entry_id, happened_at, staff_id, kind, reason, details)
  select m.entry_id, $3::timestamptz, $4::bigint, 'person_forgotten', $5::text,
    jsonb_build_object('count', (count(*) filter (where w.is_of_person))::text, 'entries', count(*)::text, 'digest', trail_digest(string_agg(w.rest, '' order by w.sequence_number)))
  from wanted w, marker m group by m.entry_id
  returning (details ->> 'entries')::integer as entries`

/**
 * Entries about these people, and these entries, tell from now on when, who and of which kind, and nothing else: key,
 * salt, subject, reason and row go, because a case's number is made of the person's. One entry states how many, with a
 * digest of what is left. Rows that entries stood for need `restateRows`. The owner of the database alone may do it.
 */
export async function forgetPeople(transaction: Transaction, personKeys: readonly string[], { staffId, at, reason }: Forgetting, entryIds: readonly string[] = []): Promise<number> {
  const [said] = await transaction.query<{ entries: number }>(empty, [[...personKeys], [...entryIds], at, staffId, reason])
  return said?.entries ?? 0
}

/** From here on these rows may be gone, or have lost what was in them (a comment, a name); one entry each says so. Keys as in `trail_entry.row_key`. */
export async function forgetRows(transaction: Transaction, table: AuditedTable, rowKeys: readonly string[], { staffId, at, reason }: Forgetting): Promise<void> {
  await transaction.query(`
    insert into trail_entry (happened_at, staff_id, kind, reason, row_table, row_key)
    select $1::timestamptz, $2::bigint, 'row_forgotten', $3::text, $4::text, one from unnest($5::text[]) one`, [at, staffId, reason, table, [...rowKeys]])
}

/** The rows of these people's cases, and of these files, stand in the chain as they are now: they have lost what was in them, and nothing can change in them unseen from here on. */
export async function restateRows(transaction: Transaction, { personKeys, fileIds }: { readonly personKeys: readonly string[]; readonly fileIds: readonly string[] }, { staffId, at, reason }: Forgetting): Promise<void> {
  const states = (table: AuditedTable, rows: string): string => `
    insert into trail_entry (happened_at, staff_id, kind, reason, row_table, row_key, row_hash)
    select $1::timestamptz, $2::bigint, 'row_forgotten', $3::text, '${table}', row_key, trail_digest(row_text) from (${rows}) r`
  await transaction.query(states('case_event', 'select row_key, row_text from audited_case_event where actor_id is not null and person_key = any($4::bigint[])'), [at, staffId, reason, [...personKeys]])
  await transaction.query(states('source_file', 'select row_key, row_text from audited_source_file where file_id = any($4::bigint[])'), [at, staffId, reason, [...fileIds]])
  await transaction.query(states('source_file_void', 'select row_key, void_text as row_text from audited_source_file where voided_at is not null and file_id = any($4::bigint[])'), [at, staffId, reason, [...fileIds]])
  const runs = await transaction.query<{ happened_at: string }>('select distinct happened_at::text as happened_at from case_event where actor_id is null and person_key = any($1::bigint[])', [[...personKeys]])
  const ofRun = rowOf.case_event_of_run.replaceAll('$9', '$4')
  for (const { happened_at: happened } of runs) await transaction.query(states('case_event_of_run', ofRun), [at, staffId, reason, happened])
}
