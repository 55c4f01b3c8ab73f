/** The list of findings as somebody filtered it, page by page, and one finding whole. */
import { sql, type RawBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely'
import { money, type Amount, type Texts } from '../core/index.ts'
import { loadSqlFile, type DB, type Session } from '../db/index.ts'
import { rowsOf } from './rows.ts'

/** What to show of the findings; a field that is absent limits nothing. */
export interface FindingFilter {
  readonly codes?: readonly string[]
  /** One letter: findings that this one acts on, alone or with another. */
  readonly actor?: string
  readonly unitCode?: string
  readonly scheme?: string
  /** `YYYY-MM`. */
  readonly benefitPeriod?: string
}

/** A place in the list's order: severity, then the amount at stake (largest first), then finding_id (greatest first). */
export interface FindingPlace {
  /** severity_rank: 4 is the most severe. */
  readonly rank: number
  readonly amount: Amount
  readonly findingId: string
  /** How many of the list, in the run of `runId`, come before the page that begins after this place, or before this place itself. */
  readonly countBefore: string
  readonly runId: string
}

/** A unit that has findings; name null where no list of units was loaded. */
export interface FindingUnit {
  readonly unit_code: string
  readonly name: string | null
}

/** One finding as the list shows it. */
export interface FindingRow {
  readonly finding_id: string
  readonly code: string
  readonly severity: string
  /** 4 for h to 1 for i. */
  readonly rank: number
  readonly actor: string
  /** What the finding is about: entitlement, payment, account, … */
  readonly subject_kind: string
  readonly subject: string
  readonly title: Texts
  readonly explanation: Texts
  readonly action: Texts
  readonly scheme: string | null
  readonly benefit_period: string | null
  /** Null where nobody is named, or an organisation. */
  readonly beneficiary_id: string | null
  readonly amount_at_stake: Amount
  readonly currency: string
  readonly unit_code: string | null
  readonly unit_name: string | null
  /** What was compared; amounts in it are strings. */
  readonly evidence: Readonly<Record<string, unknown>>
}

/** One finding whole: with the lines it rests on. */
export interface FindingDetail extends FindingRow {
  /** Whom it is about, as a key; negative where that is an account or nobody. */
  readonly person_key: string
  readonly source_rows: readonly { readonly file_id: string; readonly line: string; readonly file_name: string | null; readonly kind: string | null }[]
}

/** A page of the list, in order, with how many there are in all and how many come before. */
export interface FindingPage {
  readonly runId: string
  readonly rows: readonly FindingRow[]
  readonly count: string
  /** By currency; several where findings of several currencies are shown. */
  readonly stakes: readonly { readonly currency: string; readonly amount: Amount }[]
  /** Null where the place that the page begins at was counted in an earlier run: nobody knows without counting anew. */
  readonly countBefore: string | null
  readonly hasEarlier: boolean
  readonly hasMore: boolean
}

type Shown = DB & { f: DB['finding']; t: DB['finding_type'] }
type Findings = SelectQueryBuilder<Shown, 'f' | 't', object>

const unitsFile = loadSqlFile(new URL('../../sql/reports/finding_units.sql', import.meta.url))

/**
 * The page of at most `size` findings that follow `after`, or come just before `before`, or begin the list.
 *
 * Every part is read by index or from a small table, however many findings there are: the rows in the order of the
 * list from the place on, the counts from what the run counted. How many come before is handed on from page to page.
 * Counts are of the whole filter, true as of the same instant when asked `consistently`.
 */
export async function findingPage(session: Session, runId: string, filter: FindingFilter, place: { readonly after?: FindingPlace; readonly before?: FindingPlace }, size: number): Promise<FindingPage> {
  const found = await rowsFrom(session, filter, place, size + 1)
  const rows = found.slice(0, size)
  const isBackwards = place.before !== undefined
  if (isBackwards) rows.reverse()
  const totals = await totalsOf(session, filter)
  const hasBeyond = found.length > size
  return {
    runId,
    rows,
    count: totals.reduce((sum, total) => sum + BigInt(total.count), 0n).toString(),
    stakes: totals.map((total) => ({ currency: total.currency, amount: money.amountFromDatabase(total.amount) })),
    countBefore: countBefore(place, runId, rows.length),
    hasEarlier: isBackwards ? hasBeyond : place.after !== undefined,
    hasMore: isBackwards || hasBeyond,
  }
}

/** The place of a page's first or last row, for the address of the page that precedes or follows it. */
export function placeAt(page: FindingPage, end: 'first' | 'last'): FindingPlace | null {
  const row = page.rows.at(end === 'first' ? 0 : -1)
  if (row === undefined) return null
  const passed = end === 'first' ? 0n : BigInt(page.rows.length)
  return {
    rank: row.rank, amount: row.amount_at_stake, findingId: row.finding_id,
    // A run has a number of its own, so a count of no run is never taken for one of this.
    countBefore: page.countBefore === null ? '0' : (BigInt(page.countBefore) + passed).toString(),
    runId: page.countBefore === null ? '0' : page.runId,
  }
}

function countBefore({ after, before }: { readonly after?: FindingPlace; readonly before?: FindingPlace }, runId: string, rowCount: number): string | null {
  const place = after ?? before
  if (place === undefined) return '0'
  if (place.runId !== runId) return null
  const count = BigInt(place.countBefore) - (before === undefined ? 0n : BigInt(rowCount))
  return count < 0n ? null : count.toString()
}

/** The rows in the order of the list from a place on (backwards where it is `before`), by whichever index holds that order. */
async function rowsFrom(session: Session, filter: FindingFilter, { after, before }: { readonly after?: FindingPlace; readonly before?: FindingPlace }, limit: number): Promise<FindingRow[]> {
  const place = after ?? before
  const side = before === undefined ? sql`<` : sql`>`
  const direction = before === undefined ? sql`desc` : sql`asc`
  const order = sql`f.severity_rank ${direction}, f.amount_at_stake ${direction}, f.finding_id ${direction}`
  const beyond = place === undefined ? sql`true` : sql`(f.severity_rank, f.amount_at_stake, f.finding_id) ${side} (${place.rank}::smallint, ${place.amount}::numeric, ${place.findingId})`
  const columns = sql`f.severity_rank, f.amount_at_stake, f.finding_id, f.person_key`
  const conditions = sql.join(conditionsOf(filter, 'f'), sql` and `)
  const isOfWholeList = Object.values(filter).every((value) => value === undefined)
  // Of everything, or of one unit, an index gives the order itself. Other filters leave some of the cells of code, scheme
  // and month, each of which an index gives in order: the first of each are few, and merged.
  const places = isOfWholeList || filter.unitCode !== undefined
    ? sql`select ${columns} from finding f join finding_type t using (code) where ${conditions} and ${beyond} order by ${order} limit ${limit}`
    : sql`select f.* from (select distinct c.code, c.scheme_id, c.benefit_period, 5 - position(left(t.severity, 1) in 'hmli') as severity_rank from finding_total c join finding_type t using (code) where ${sql.join(conditionsOf(filter, 'c'), sql` and `)}) c
        cross join lateral (
          select ${columns} from finding f
          where f.code = c.code and coalesce(f.scheme_id, 0::smallint) = coalesce(c.scheme_id, 0::smallint) and coalesce(f.benefit_period, 0) = coalesce(c.benefit_period, 0)
            ${place === undefined ? sql`` : cellCondition(place, before === undefined)}
          order by f.amount_at_stake ${direction}, f.finding_id ${direction} limit ${limit}
        ) f
        ${place === undefined ? sql`` : sql`where c.severity_rank ${side}= ${place.rank}`}
        order by ${order} limit ${limit}`
  const { rows } = await sql<FindingRow>`
    with place as materialized (${places})
    select f.finding_id, f.code, t.severity, f.severity_rank as rank, t.actor, t.subject as subject_kind, f.subject, t.title, t.explanation, t.action, s.scheme,
      case when f.benefit_period is not null then to_char(f.benefit_period, 'FM0000"-"00') end as benefit_period, identifier_text(f.person_key) as beneficiary_id,
      f.amount_at_stake, f.currency, f.unit_code, u.name as unit_name, f.evidence
    from place p join finding f on f.person_key = p.person_key and f.finding_id = p.finding_id
    join finding_type t using (code) left join scheme_code s using (scheme_id) left join finding_unit u using (unit_code)
    order by ${order}`.execute(session.kysely)
  return rows.map(canonical)
}

/** Within a cell all are equally severe: beyond the place are all of less severe cells, and of its own those with less at stake. */
function cellCondition(place: FindingPlace, isForwards: boolean) {
  // The end of a cell that every one of its rows is beyond.
  const [beginning, lastId] = isForwards ? ['Infinity', '~'] : ['-Infinity', '']
  return sql`and (f.amount_at_stake, f.finding_id) ${isForwards ? sql`<` : sql`>`} (case when c.severity_rank = ${place.rank} then ${place.amount}::numeric else ${beginning}::numeric end, case when c.severity_rank = ${place.rank} then ${place.findingId} else ${lastId} end)`
}

function totalsOf(session: Session, filter: FindingFilter): Promise<{ readonly currency: string; readonly count: string; readonly amount: string }[]> {
  const table = filter.unitCode === undefined ? sql`finding_total` : sql`finding_count`
  return sql<{ currency: string; count: string; amount: string }>`
    select c.currency, sum(c.finding_count)::text as count, sum(c.amount_at_stake)::text as amount from ${table} c join finding_type t using (code)
    where ${sql.join(conditionsOf(filter, 'c'), sql` and `)} group by c.currency order by c.currency`.execute(session.kysely).then(({ rows }) => rows)
}

/** What the filter asks of a finding, or of a count of them; one condition at least. */
function conditionsOf(filter: FindingFilter, table: 'f' | 'c'): RawBuilder<SqlBool>[] {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  const conditions: RawBuilder<SqlBool>[] = [sql<SqlBool>`true`]
  if (filter.codes !== undefined) conditions.push(sql`${column('code')} = any (${filter.codes})`)
  if (filter.actor !== undefined) conditions.push(sql`${filter.actor} = any (string_to_array(t.actor, '/'))`)
  if (filter.unitCode !== undefined) conditions.push(sql`${column('unit_code')} = ${filter.unitCode}`)
  if (filter.benefitPeriod !== undefined) conditions.push(sql`${column('benefit_period')} = ${filter.benefitPeriod.replace('-', '')}::integer`)
  if (filter.scheme !== undefined) conditions.push(sql`${column('scheme_id')} = (select scheme_id from scheme_code where scheme = ${filter.scheme})`)
  return conditions
}

/** One finding with its lines and their files; null when the published run has none of that id. */
export async function findingById(session: Session, findingId: string): Promise<FindingDetail | null> {
  const row = (await withColumns(session)
    .where('f.finding_id', '=', findingId)
    .select(['f.source_rows', 'f.person_key'])
    .executeTakeFirst()) as unknown as (FindingRow & { person_key: string; source_rows: { file_id: number | string; line: number | string }[] | null }) | undefined
  if (row === undefined) return null
  // What a finding adds may name a line that its story has already.
  const places = [...new Map((row.source_rows ?? []).map((place) => [`${place.file_id} ${place.line}`, place])).values()]
  const ids = [...new Set(places.map((place) => String(place.file_id)))]
  const files = ids.length === 0 ? [] : await session.kysely.selectFrom('source_file').select(['file_id', 'file_name', 'kind']).where('file_id', 'in', ids).execute()
  const fileOf = new Map(files.map((file) => [file.file_id, file]))
  return {
    ...canonical(row),
    source_rows: places.map((place) => {
      const file = fileOf.get(String(place.file_id))
      return { file_id: String(place.file_id), line: String(place.line), file_name: file?.file_name ?? null, kind: file?.kind ?? null }
    }),
  }
}

/** The units that have findings, with their names, by code; null when there are more than `most`. */
export async function findingUnits(session: Session, most: number): Promise<FindingUnit[] | null> {
  const units = await rowsOf<FindingUnit>(session, unitsFile, { row_limit: most + 1 })
  return units.length > most ? null : units
}

/** The months that findings are about, `YYYY-MM`, the newest first. */
export async function findingPeriods(session: Session): Promise<string[]> {
  const rows = await session.query<{ period: string }>(`select distinct to_char(benefit_period, 'FM0000"-"00') as period from finding_count where benefit_period is not null order by 1 desc`)
  return rows.map(({ period }) => period)
}

/** The names of banks by their 6-digit code. */
export async function bankNames(session: Session, agents: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const numbers = [...new Set(agents)].filter((agent) => /^\d{6}$/.test(agent))
  if (numbers.length === 0) return new Map()
  const rows = await session.kysely.selectFrom('bank').select([sql<string>`creditor_agent::text`.as('agent'), 'name'])
    .where(sql<string>`creditor_agent::text`, 'in', numbers).execute()
  return new Map(rows.map((row) => [row.agent, row.name ?? row.agent]))
}

/** The names of reason codes (`AC04` → "Tài khoản đã đóng"), in Vietnamese and English. */
export async function reasonNames(session: Session, codes: readonly string[]): Promise<ReadonlyMap<string, { readonly vi: string | null; readonly en: string | null }>> {
  if (codes.length === 0) return new Map()
  const rows = await session.kysely.selectFrom('reason_code').select(['code', 'name_vi', 'name_en']).where('code', 'in', codes).execute()
  return new Map(rows.map((row) => [row.code ?? '', { vi: row.name_vi, en: row.name_en }]))
}

function withColumns(session: Session): SelectQueryBuilder<Shown, 'f' | 't', object> {
  const query = session.kysely.selectFrom('finding as f').innerJoin('finding_type as t', 't.code', 'f.code') as unknown as Findings
  return query.select([
    'f.finding_id', 'f.code', 't.severity', 'f.severity_rank as rank', 't.actor', 't.subject as subject_kind', 'f.subject', 't.title', 't.explanation', 't.action',
    sql<string | null>`(select s.scheme from scheme_code s where s.scheme_id = f.scheme_id)`.as('scheme'),
    sql<string | null>`case when f.benefit_period is not null then to_char(f.benefit_period, 'FM0000"-"00') end`.as('benefit_period'),
    sql<string | null>`identifier_text(f.person_key)`.as('beneficiary_id'),
    'f.amount_at_stake', 'f.currency', 'f.unit_code',
    sql<string | null>`(select u.name from finding_unit u where u.unit_code = f.unit_code)`.as('unit_name'),
    'f.evidence',
  ])
}

function canonical<R extends FindingRow>(row: R): R {
  return { ...row, amount_at_stake: money.amountFromDatabase(row.amount_at_stake) }
}
