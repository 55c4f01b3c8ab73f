/** One finding whole, and the names of what findings mention by code. */
import { sql, type SelectQueryBuilder } from 'kysely'
import { money, type Amount, type Texts } from '../core/index.ts'
import { loadSqlFile, rowsOf, type DB, type Session } from '../db/index.ts'

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

type Shown = DB & { f: DB['finding']; t: DB['finding_type'] }
type Findings = SelectQueryBuilder<Shown, 'f' | 't', object>

const unitsFile = loadSqlFile(new URL('../../sql/reports/finding_units.sql', import.meta.url))

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

/** The months that findings of some units (null: the whole country) are about, `YYYY-MM`, the newest first. */
export async function findingPeriods(session: Session, unitCodes: readonly string[] | null): Promise<string[]> {
  const rows = await session.query<{ period: string }>(`select distinct to_char(benefit_period, 'FM0000"-"00') as period from finding_count where benefit_period is not null and ($1::text[] is null or unit_code = any ($1)) order by 1 desc`, [unitCodes])
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
