/** Counts of clocks, grouped as somebody asked: from the smallest table that holds what is asked for. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { CashEvent, Stratum } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'

/** Which clocks to count; a field that is absent limits nothing. */
export interface ClockFilter {
  readonly scheme?: string
  /** `YYYY-MM`, both included. */
  readonly fromPeriod?: string
  readonly toPeriod?: string
  readonly place?: ClockPlace
  /** Six digits. */
  readonly creditorAgent?: string
}

/** A place with everything that lies in it. */
export interface ClockPlace {
  /** Codes of units as lists of any year write them. */
  readonly unitCodes: readonly string[]
  /** Null where it is less than a province of today. */
  readonly provinceCode: string | null
}

/** How many clocks of one stratum ended how, and after how many days; what their stages took before that. */
export interface ClockCount {
  /** One value for each stratum asked for, in that order; null: not known. */
  readonly key: readonly (string | null)[]
  readonly benefitPeriod: string
  readonly event: CashEvent
  /** Null where no bank has reported on them. */
  readonly days: number | null
  readonly count: number
  /** Of how many it is known, and the sum of their days: due to instructed, instructed to credited, credited to withdrawable. */
  readonly payer: StageSum
  readonly bank: StageSum
  readonly account: StageSum
}

/** Days of one stage, added up. */
export interface StageSum {
  readonly count: number
  readonly days: number
}

/** Which tables can answer for a stratum, the smallest first. */
type Source = 'clock_unit' | 'clock_cell' | 'published_clock'

const fitting: Readonly<Record<Stratum, readonly Source[]>> = {
  unit: ['clock_unit', 'published_clock'],
  province: ['clock_cell'],
  village: ['published_clock'],
  distance: ['clock_cell', 'published_clock'],
  electricity: ['clock_cell', 'published_clock'],
  signal: ['clock_cell', 'published_clock'],
  age: ['clock_cell', 'published_clock'],
  sex: ['clock_cell', 'published_clock'],
  need: ['clock_cell', 'published_clock'],
  scheme: ['clock_unit', 'clock_cell', 'published_clock'],
  bank: ['clock_cell', 'published_clock'],
  channel: ['clock_cell', 'published_clock'],
  payee: ['clock_cell', 'published_clock'],
}

/** What of it stands in which table, as text. */
const expressions: Readonly<Record<Stratum, RawBuilder<string | null>>> = {
  unit: sql`c.unit_code`,
  province: sql`c.province_code`,
  village: sql`c.unit_code || '|' || c.village`,
  distance: sql`c.distance_band::text`,
  electricity: sql`c.electricity`,
  signal: sql`c.signal`,
  age: sql`c.age_band::text`,
  sex: sql`c.sex::text`,
  need: sql`n.need`,
  scheme: sql`s.scheme`,
  bank: sql`c.creditor_agent::text`,
  channel: sql`c.payment_channel::text`,
  payee: sql`c.payee_type::text`,
}

/** Each need on its own, so that one person may be in several strata; who has none is in the one without a name. */
const eachNeed = sql`cross join lateral (
  select distinct lower(trim(need)) as need from regexp_split_to_table(c.needs, ';') need where trim(need) <> ''
  union all select null where coalesce(c.needs, '') !~ '[^;[:space:]]'
) n`

/** The counts of every stratum, month and day. @throws RangeError when no table tells the strata apart that were asked for together */
export async function clockCounts(session: Session, by: readonly Stratum[], filter: ClockFilter, withPeriods = false): Promise<ClockCount[]> {
  const source = sourceOf(by, filter)
  const sums = source === 'published_clock'
    ? sql`count(*) as count, count(c.due_to_instructed_days) as instructed_count, sum(c.due_to_instructed_days) as due_to_instructed_days, count(c.instructed_to_credited_days) as transferred_count, sum(c.instructed_to_credited_days) as instructed_to_credited_days,
        count(c.credited_to_withdrawable_days) as activated_count, sum(c.credited_to_withdrawable_days) as credited_to_withdrawable_days`
    : sql`sum(c.entitlement_count) as count, sum(c.instructed_count) as instructed_count, sum(c.due_to_instructed_days) as due_to_instructed_days, sum(c.transferred_count) as transferred_count, sum(c.instructed_to_credited_days) as instructed_to_credited_days,
        sum(c.activated_count) as activated_count, sum(c.credited_to_withdrawable_days) as credited_to_withdrawable_days`
  const keys = by.map((stratum) => expressions[stratum])
  const period = withPeriods ? sql`c.benefit_period` : sql`0`
  // By position, since the name of a column would be taken for the column.
  const positions = sql.join([...by, 'period', 'event', 'days'].map((_, place) => sql.lit(place + 1)))
  const { rows } = await sql<Record<string, string | number | null>>`
    select ${sql.join([...keys.map((key, place) => sql`${key} as ${sql.ref(`key_${place}`)}`), sql`${period} as period`, sql`c.cash_event as event`, sql`c.days`])}, ${sums}
    from ${sql.table(source)} c join scheme_code s using (scheme_id) ${by.includes('need') ? eachNeed : sql``}
    where c.cash_event is not null and ${sql.join(conditionsOf(filter, source), sql` and `)}
    group by ${positions}
    ${source === 'published_clock' ? sql`` : sql`having sum(c.entitlement_count) <> 0`}`.execute(session.kysely)
  return rows.map((row) => ({
    key: by.map((_, place) => textOf(row[`key_${place}`])),
    benefitPeriod: withPeriods ? monthOf(row['period']) : '',
    event: row['event'] as CashEvent,
    days: typeof row['days'] === 'number' ? row['days'] : null,
    count: wholeOf(row['count']),
    payer: { count: wholeOf(row['instructed_count']), days: wholeOf(row['due_to_instructed_days']) },
    bank: { count: wholeOf(row['transferred_count']), days: wholeOf(row['instructed_to_credited_days']) },
    account: { count: wholeOf(row['activated_count']), days: wholeOf(row['credited_to_withdrawable_days']) },
  }))
}

/** The months in which something was credited to an account, the newest first, `YYYY-MM`. */
export async function clockPeriods(session: Session): Promise<string[]> {
  const { rows } = await sql<{ benefit_period: number }>`select benefit_period from clock_unit group by 1 having sum(entitlement_count) <> 0 order by 1 desc`.execute(session.kysely)
  return rows.map((row) => monthOf(row.benefit_period))
}

/** Whether more than so many villages have anybody. */
export async function hasManyVillages(session: Session, most: number): Promise<boolean> {
  const { rows } = await sql<{ villages: string }>`select count(*) as villages from (select distinct unit_code, village from access_count limit ${most + 1}) v`.execute(session.kysely)
  return wholeOf(rows[0]?.villages) > most
}

/** The month that people mean by "now": the newest in which at least half as many were credited as in the fullest one; null before any was. */
export async function currentPeriod(session: Session): Promise<string | null> {
  const { rows } = await sql<{ benefit_period: number }>`
    with month as (select benefit_period, sum(entitlement_count) as count from clock_unit group by benefit_period)
    select benefit_period from month where count * 2 >= (select max(count) from month) order by benefit_period desc limit 1`.execute(session.kysely)
  return rows[0] === undefined ? null : monthOf(rows[0].benefit_period)
}

/** The provinces of today in which something was credited to an account, by code; units that no file places are in none. */
export async function clockProvinces(session: Session): Promise<string[]> {
  const { rows } = await sql<{ province_code: string }>`select province_code from clock_cell where province_code is not null group by 1 having sum(entitlement_count) <> 0 order by province_code collate "C"`.execute(session.kysely)
  return rows.map((row) => row.province_code)
}

function sourceOf(by: readonly Stratum[], filter: ClockFilter): Source {
  const canLimit = (source: Source): boolean =>
    !(source === 'clock_cell' && filter.place?.provinceCode === null) && !(source === 'clock_unit' && filter.creditorAgent !== undefined)
  const source = (['clock_unit', 'clock_cell', 'published_clock'] as const).find((one) => canLimit(one) && by.every((stratum) => fitting[stratum].includes(one)))
  if (source === undefined) throw new RangeError(`no table tells ${by.join(' and ')} apart there`)
  return source
}

function conditionsOf(filter: ClockFilter, source: Source): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [sql<SqlBool>`true`]
  if (filter.scheme !== undefined) conditions.push(sql`c.scheme_id = (select scheme_id from scheme_code where scheme = ${filter.scheme})`)
  if (filter.fromPeriod !== undefined) conditions.push(sql`c.benefit_period >= ${filter.fromPeriod.replace('-', '')}::integer`)
  if (filter.toPeriod !== undefined) conditions.push(sql`c.benefit_period <= ${filter.toPeriod.replace('-', '')}::integer`)
  if (filter.place !== undefined) conditions.push(source === 'clock_cell' ? sql`c.province_code = ${filter.place.provinceCode}` : sql`c.unit_code = any (${filter.place.unitCodes})`)
  if (filter.creditorAgent !== undefined) conditions.push(sql`c.creditor_agent = ${filter.creditorAgent}::integer`)
  return conditions
}

/** `YYYY-MM` of year × 100 + month. */
function monthOf(period: string | number | null | undefined): string {
  const digits = String(period).padStart(6, '0')
  return `${digits.slice(0, 4)}-${digits.slice(4)}`
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}

/** Counts and days of a whole country stay far below 2^53. */
function wholeOf(value: string | number | null | undefined): number {
  return value === null || value === undefined ? 0 : Number.parseInt(String(value), 10)
}
