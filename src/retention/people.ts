/** People whose term is over are told of under pseudonyms: every sum stays, and nobody can say any more whose it is (D196). */
import { join } from 'node:path'
import { Refusal } from '../core/index.ts'
import { isSpread, loadSqlFile, openSearch, type Session, type SqlFile, type Transaction } from '../db/index.ts'
import { forgetPeople, restateRows, type Forgetting } from '../trail/index.ts'
import { mentions } from './mentions.ts'

const step = (name: string): SqlFile => loadSqlFile(new URL(`../../sql/retention/people/${name}.sql`, import.meta.url))
const choose = step('10_choose')
const changes = ['20_draw', '30_keys', '40_words', '50_cases'].map(step)
const quotes = step('60_quotes')
const bytes = step('70_bytes')
const sweeping = ['80_sweep', '90_statistics'].map(step)

/** Whose term is over. */
export interface People {
  readonly count: string
  /** Why others stay whose own term is over: how many, by reason (`open_case`, `open_correction`, `open_period`, `named_beside_somebody`). */
  readonly held: Readonly<Record<string, string>>
}

/** Looks for those whose term was over before an instant; nothing is changed but tables that go with the transaction. */
export async function choosePeople(transaction: Transaction, before: string): Promise<People> {
  if (await isSpread(transaction)) throw new Refusal('installation', 'not_on_a_cluster', 'people cannot be forgotten on a Citus cluster: the key by which rows are spread cannot change there. Set a longer term for "people", or move to one server')
  await transaction.query("select set_config('tantay.forget_before', to_char($1::timestamptz at time zone 'Asia/Ho_Chi_Minh', 'YYYYMM'), true)", [before])
  await transaction.run(choose)
  const [row] = await transaction.query<{ count: string; held: Record<string, string> }>(`
    select (select count(*)::text from forgetting_person) as count,
      (select coalesce(jsonb_object_agg(reason, count), '{}') from (select reason, count(distinct person_key)::text as count from forgetting_held group by reason) h) as held`)
  return { count: row?.count ?? '0', held: row?.held ?? {} }
}

/** Puts pseudonyms in the place of those who were chosen in this transaction, everywhere in the database. */
export async function forgetChosen(transaction: Transaction, dataDirectory: string, forgetting: Forgetting): Promise<void> {
  for (const change of changes) await transaction.run(change)
  await noteMentions(transaction, dataDirectory)
  await openViews(transaction)
  const [row] = (await transaction.run<{ old_keys: string[]; new_keys: string[]; entries: string[]; files: string[] }>(quotes)).at(-1)?.rows ?? []
  if (row === undefined) throw new Error('sql/retention/people/60_quotes.sql gives no row')
  await forgetPeople(transaction, row.old_keys, forgetting, row.entries)
  await restateRows(transaction, { personKeys: row.new_keys, fileIds: row.files }, forgetting)
}

/** Where bytes would lie that tell of anybody who was ever forgotten; those of an application that was cut off among them. */
export async function bytesOfForgotten(transaction: Transaction, dataDirectory: string): Promise<string[]> {
  const [row] = (await transaction.run<{ files: string[]; evidence: string[] }>(bytes)).at(-1)?.rows ?? []
  return [...(row?.files ?? []).flatMap((sha256) => ['files', 'quarantine'].map((folder) => join(dataDirectory, folder, sha256))), ...(row?.evidence ?? []).map((sha256) => join(dataDirectory, 'evidence', sha256))]
}

/** Outside of any transaction: former versions of rows, and statistics made of them, go now rather than when the database gets round to it. */
export async function sweepAfter(session: Pick<Session, 'run'>): Promise<void> {
  for (const sweep of sweeping) await session.run(sweep)
}

/** No row tells whom the lines of a refused file, and lines with problems, are about: their bytes are asked. */
async function noteMentions(transaction: Transaction, dataDirectory: string): Promise<void> {
  const numbers = new Set((await transaction.query<{ number: string }>('select old_text as number from forgetting_new union select old_text from forgetting_account where length(old_text) >= 8')).map(({ number }) => number))
  const files = await transaction.query<{ sha256: string; folder: string; file_ids: string[] }>(`
    select sha256, case when bool_and(status = 'refused') then 'quarantine' else 'files' end as folder, array_agg(file_id::text) as file_ids from source_file f
    where file_id > 0 and (status = 'refused' or problem_count > 0) and not exists (select from forgotten_file g where g.file_id = f.file_id) group by sha256`)
  const found: string[] = []
  for (const { sha256, folder, file_ids: ids } of files) {
    const isFound = await mentions(join(dataDirectory, folder, sha256), numbers).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw error
    })
    if (isFound) found.push(...ids)
  }
  await transaction.query('insert into forgotten_file (file_id) select unnest($1::bigint[]) on conflict do nothing', [found])
}

/** Searches that people keep are sealed (D193): they are opened here, so that the SQL that follows can tell which of them name somebody. */
async function openViews(transaction: Transaction): Promise<void> {
  await transaction.query('create temporary table forgetting_view (staff_id bigint not null, name text not null, said text not null, search text) on commit drop')
  for (const { staff_id: staffId, name, query } of await transaction.query<{ staff_id: string; name: string; query: string }>('select staff_id, name, query from saved_view')) {
    const choice = new URLSearchParams(query)
    const sealed = choice.get('q')
    const search = sealed === null ? null : await openSearch(transaction, sealed)
    // What cannot be opened any more finds nothing for anybody.
    if (sealed !== null && search === null) await transaction.query('delete from saved_view where staff_id = $1 and name = $2', [staffId, name])
    else await transaction.query("insert into forgetting_view values ($1, $2, $3, btrim(regexp_replace(name_search($4), '[^[:alnum:]]+', ' ', 'g')))", [staffId, name, [name, ...choice.values(), search].join(' '), search])
  }
}
