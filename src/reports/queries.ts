/** The list of findings as somebody filtered it, page by page, and one finding whole. */
import { sql, type Expression, type ExpressionBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely'
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

/** A place in the list's order: severity, then the amount at stake (largest first), then finding_id. */
export interface FindingPlace {
  readonly rank: number
  readonly amount: Amount
  readonly findingId: string
}

/** One finding as the list shows it. */
export interface FindingRow {
  readonly finding_id: string
  readonly code: string
  readonly severity: string
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
  readonly source_rows: readonly { readonly file_id: string; readonly line: string; readonly file_name: string | null; readonly kind: string | null }[]
}

/** A page of the list, in order, with how many there are in all and how many come before. */
export interface FindingPage {
  readonly rows: readonly FindingRow[]
  readonly count: string
  /** By currency; several where findings of several currencies are shown. */
  readonly stakes: readonly { readonly currency: string; readonly amount: Amount }[]
  readonly countBefore: string
  readonly hasMore: boolean
}

type Findings = SelectQueryBuilder<DB & { f: DB['finding']; t: DB['finding_type'] }, 'f' | 't', object>
type Builder = ExpressionBuilder<DB & { f: DB['finding']; t: DB['finding_type'] }, 'f' | 't'>

const unitsFile = loadSqlFile(new URL('../../sql/reports/finding_units.sql', import.meta.url))
const rank = sql<number>`position(left(t.severity, 1) in 'hmli')`

/**
 * The page of at most `size` findings that follow `after`, or come just before `before`, or begin the list.
 *
 * Counts are of the whole filter, true as of the same instant when asked `consistently`.
 */
export async function findingPage(session: Session, filter: FindingFilter, place: { readonly after?: FindingPlace; readonly before?: FindingPlace }, size: number): Promise<FindingPage> {
  const { after, before } = place
  const isBackwards = before !== undefined
  const direction = isBackwards ? ('desc' as const) : ('asc' as const)
  let query = withColumns(filtered(session, filter))
  if (after !== undefined) query = query.where((builder) => isBeyond(builder, after, '>'))
  if (before !== undefined) query = query.where((builder) => isBeyond(builder, before, '<'))
  const found = (await query
    .orderBy(rank, direction)
    .orderBy('f.amount_at_stake', isBackwards ? 'asc' : 'desc')
    .orderBy('f.finding_id', direction)
    .limit(size + 1)
    .execute()) as unknown as FindingRow[]
  const page = found.slice(0, size)
  if (isBackwards) page.reverse()
  const rows = page.map(canonical)
  const totals = await filtered(session, filter)
    .select(({ fn }) => ['f.currency', fn.countAll<string>().as('count'), fn.sum<string>('f.amount_at_stake').as('amount')])
    .groupBy('f.currency')
    .orderBy('f.currency')
    .execute()
  const first = rows[0]
  const preceding = first === undefined ? undefined : await filtered(session, filter)
    .where((builder) => isBeyond(builder, placeOf(first), '<'))
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirst()
  const count = totals.reduce((sum, total) => sum + BigInt(total.count), 0n)
  const countBefore = BigInt(preceding?.count ?? '0')
  return {
    rows,
    count: count.toString(),
    stakes: totals.map((total) => ({ currency: total.currency, amount: money.amountFromDatabase(total.amount) })),
    countBefore: countBefore.toString(),
    hasMore: countBefore + BigInt(rows.length) < count,
  }
}

/** The place of a row in the list's order, for the address of the page that follows or precedes it. */
export function placeOf(row: FindingRow): FindingPlace {
  return { rank: row.rank, amount: row.amount_at_stake, findingId: row.finding_id }
}

/** One finding with its lines and their files; null when the published run has none of that id. */
export async function findingById(session: Session, findingId: string): Promise<FindingDetail | null> {
  const row = (await withColumns(filtered(session, {}))
    .where('f.finding_id', '=', findingId)
    .select('f.source_rows')
    .executeTakeFirst()) as unknown as (FindingRow & { source_rows: { file_id: number | string; line: number | string }[] | null }) | undefined
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

/** The units that have findings, with their names, by code. */
export function findingUnits(session: Session): Promise<{ readonly unit_code: string; readonly name: string | null }[]> {
  return rowsOf(session, unitsFile)
}

/** The names of banks by their 6-digit code. */
export async function bankNames(session: Session, agents: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const numbers = agents.filter((agent) => /^\d{6}$/.test(agent))
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

function filtered(session: Session, filter: FindingFilter): Findings {
  let query = session.kysely.selectFrom('finding as f').innerJoin('finding_type as t', 't.code', 'f.code') as unknown as Findings
  if (filter.codes !== undefined) query = query.where('f.code', 'in', filter.codes)
  if (filter.actor !== undefined) query = query.where(sql<SqlBool>`${filter.actor} = any (string_to_array(t.actor::text, '/'))`)
  if (filter.unitCode !== undefined) query = query.where('f.unit_code', '=', filter.unitCode)
  if (filter.benefitPeriod !== undefined) query = query.where('f.benefit_period', '=', Number.parseInt(filter.benefitPeriod.replace('-', ''), 10))
  if (filter.scheme !== undefined) {
    const { scheme } = filter
    query = query.where('f.scheme_id', '=', (builder: Builder) => builder.selectFrom('scheme_code').select('scheme_id').where('scheme', '=', scheme))
  }
  return query
}

function withColumns(query: Findings): SelectQueryBuilder<DB & { f: DB['finding']; t: DB['finding_type'] }, 'f' | 't', object> {
  return query.select([
    'f.finding_id', 'f.code', 't.severity', rank.as('rank'), 't.actor', 't.subject as subject_kind', 'f.subject', 't.title', 't.explanation', 't.action',
    sql<string | null>`(select s.scheme from scheme_code s where s.scheme_id = f.scheme_id)`.as('scheme'),
    sql<string | null>`case when f.benefit_period is not null then to_char(f.benefit_period, 'FM0000"-"00') end`.as('benefit_period'),
    sql<string | null>`identifier_text(f.person_key)`.as('beneficiary_id'),
    'f.amount_at_stake', 'f.currency', 'f.unit_code',
    sql<string | null>`(select u.name from administrative_unit u where u.unit_code = f.unit_code order by u.valid_from desc limit 1)`.as('unit_name'),
    'f.evidence',
  ])
}

/** Strictly after (`>`) or before (`<`) a place, in an order whose middle part runs downwards. */
function isBeyond(builder: Builder, place: FindingPlace, side: '>' | '<'): Expression<SqlBool> {
  const amountSide = side === '>' ? ('<' as const) : ('>' as const)
  return builder.or([
    builder(rank, side, place.rank),
    builder.and([builder(rank, '=', place.rank), builder('f.amount_at_stake', amountSide, place.amount)]),
    builder.and([builder(rank, '=', place.rank), builder('f.amount_at_stake', '=', place.amount), builder('f.finding_id', side, place.findingId)]),
  ])
}

function canonical<R extends FindingRow>(row: R): R {
  return { ...row, amount_at_stake: money.amountFromDatabase(row.amount_at_stake) }
}
