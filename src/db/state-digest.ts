/** The state of an installation as one number: two databases with the same digest say the same, row for row. */
import { createHash } from 'node:crypto'
import { Refusal } from '../core/index.ts'
import type { Session } from './connect.ts'
import { stateParts, stateTables, type StatePart, type StateTable } from './state-tables.ts'

/** What the rows of one table come to. */
export interface TableDigest {
  readonly table: string
  readonly part: StatePart
  /** How many rows count; of tables whose rows add up, how many sums. */
  readonly rows: string
  /** SHA-256, hex. */
  readonly digest: string
}

/** What all asked tables come to. */
export interface StateDigest {
  /** SHA-256 over the tables' digests, hex. */
  readonly digest: string
  /** In the order of their names. */
  readonly tables: readonly TableDigest[]
}

/** Everything, some parts of it, or only these tables. */
export type DigestOf = 'everything' | StatePart | readonly StatePart[] | { readonly tables: readonly string[] }

/**
 * SHA-256 over the asked tables, worked out in the database in one statement: one snapshot, whoever writes meanwhile.
 *
 * A table is a set of rows: each row is hashed as text with its columns in the order of their names, without those that
 * state-tables.ts leaves out; rows stand in the order of their hashes, so that neither where they lie nor a missing key
 * matters, and rows that are there twice count twice. Rows are hashed in 65,536 heaps, so that no value grows with the
 * table: a million rows take seconds and little memory. The session must see all rows (the engine's own does).
 *
 * @throws Refusal `table_unknown` for a table that is not part of the state
 */
export async function stateDigest(session: Pick<Session, 'query'>, options: { readonly of?: DigestOf } = {}): Promise<StateDigest> {
  const wanted = tablesOf(options.of ?? 'everything')
  const columns = await columnsOf(session, wanted)
  const statement = wanted.map((table, index) => digestOf(table, columns.get(table) ?? [], index)).join('\nunion all ')
  const tables = await session.query<TableDigest>(`
    with digested (place, name, part, rows, digest) as (${statement})
    select name as table, part, rows::text, encode(digest, 'hex') as digest from digested order by place`)
  const whole = createHash('sha256')
  for (const { table, digest } of tables) whole.update(`${table} ${digest}\n`)
  return { digest: whole.digest('hex'), tables }
}

/** The tables in which two digests differ, by name; one that only one of them has differs too. */
export function differingTables(first: StateDigest, second: StateDigest): string[] {
  const digests = ({ tables }: StateDigest): Map<string, string> => new Map(tables.map(({ table, digest }) => [table, digest]))
  const [before, after] = [digests(first), digests(second)]
  return [...new Set([...before.keys(), ...after.keys()])].filter((table) => before.get(table) !== after.get(table)).sort()
}

function tablesOf(of: DigestOf): string[] {
  const all = Object.keys(stateTables).sort()
  if (of === 'everything') return all
  if (typeof of === 'object' && 'tables' in of) {
    const unknown = of.tables.find((table) => stateTables[table] === undefined)
    if (unknown !== undefined) throw new Refusal('usage', 'table_unknown', `${unknown} is no table of the state; its parts are ${stateParts.join(', ')}`)
    return [...new Set(of.tables)].sort()
  }
  const parts: readonly string[] = typeof of === 'string' ? [of] : of
  return all.filter((table) => parts.includes(stateTables[table]?.part ?? ''))
}

/** The columns that count, quoted, in the order of their names: in which migration one was added says nothing. */
async function columnsOf(session: Pick<Session, 'query'>, wanted: readonly string[]): Promise<Map<string, readonly string[]>> {
  const rows = await session.query<{ relation: string; column: string; quoted: string }>(`
    select c.relname as relation, a.attname as column, quote_ident(a.attname) as quoted
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relname = any ($1::text[]) and a.attnum > 0 and not a.attisdropped
    order by a.attname collate "C"`, [wanted.map(relationOf)])
  const found = Map.groupBy(rows, ({ relation }) => relation)
  return new Map(wanted.map((table) => [table, (found.get(relationOf(table)) ?? []).filter(({ column }) => stateTables[table]?.without?.includes(column) !== true).map(({ quoted }) => quoted)]))
}

function relationOf(table: string): string {
  return stateTables[table]?.view ?? table
}

/** Names come from our own declaration and from the catalogue, never from anybody who asks. */
function digestOf(table: string, columns: readonly string[], place: number): string {
  const { part, sums } = stateTables[table] as StateTable
  const [row, source] = sums === undefined ? [`row(${columns.map((column) => `t.${column}`).join(', ')})`, `public.${relationOf(table)}`] : ['t', `(${sums})`]
  return `
    select ${place}, '${table}', '${part}', coalesce(sum(rows), 0), sha256(coalesce(string_agg(digest, ''::bytea order by heap), ''::bytea)) from (
      select substr(hash, 1, 2) as heap, count(*) as rows, sha256(string_agg(hash, ''::bytea order by hash)) as digest
      from (select sha256(convert_to(${row}::text, 'UTF8')) as hash from ${source} t) hashed
      group by 1
    ) heaps`
}
