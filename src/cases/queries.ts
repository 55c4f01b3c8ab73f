/** The queue: the cases that a reader may see, filtered, the most urgent first, page by page. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { money, type Amount, type CaseStep, type Resolution, type Texts } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { unitsSeen } from './own-people.ts'

/** What to show of the queue; a field that is absent limits nothing, except that only open cases are shown. */
export interface QueueFilter {
  readonly codes?: readonly string[]
  /** One letter: cases on which this one acts, alone or with another. */
  readonly actor?: string
  readonly steps?: readonly CaseStep[]
  /** With all below it. */
  readonly unitCodes?: readonly string[]
  readonly village?: string
  readonly scheme?: string
  /** `YYYY-MM` */
  readonly benefitPeriod?: string
  readonly creditorAgent?: string
  /** asked: a bank was asked and has not answered; answered: it has, and nobody has done anything since. */
  readonly question?: 'asked' | 'answered'
  /** overdue: the deadline has passed; soon: within three days; tonight: found by the newest result. */
  readonly when?: 'overdue' | 'soon' | 'tonight'
  /** Waiting since a day of these, both included. */
  readonly waitingFrom?: string
  readonly waitingUntil?: string
  /** A staffId: those assigned to them; `nobody`: those nobody has taken. */
  readonly assignedTo?: string
  /** A name in any spelling, a whole id, the last four of an account, or `#` and a case number. */
  readonly search?: string
  /** Only what the newest result finds. */
  readonly isFound?: boolean
  /** Also those that are answered or gone. */
  readonly isWithClosed?: boolean
}

/** A place in the queue: urgency, then case number. */
export interface QueuePlace {
  readonly urgency: string
  readonly caseNumber: string
}

/** A case as the queue shows it. */
export interface QueueRow {
  readonly person_key: string
  readonly finding_id: string
  readonly case_number: string
  readonly version: number
  readonly code: string
  /** 4 for h to 1 for i. */
  readonly rank: number
  readonly severity: string
  readonly actor: string
  readonly title: Texts
  readonly action: Texts
  readonly scheme: string | null
  /** `YYYY-MM` */
  readonly benefit_period: string | null
  readonly unit_code: string | null
  readonly unit_name: string | null
  readonly village: string | null
  readonly beneficiary_name: string | null
  /** Null where nobody is named. */
  readonly beneficiary_id: string | null
  readonly account_end: string | null
  /** The file or source that it is about; null where it is about people. */
  readonly file_subject: string | null
  readonly currency: string
  readonly amount_at_stake: Amount
  readonly waiting_since: string
  readonly waiting_days: number
  readonly urgency: string
  readonly opened_date: string
  readonly deadline_date: string
  readonly is_overdue: boolean
  readonly step: CaseStep
  readonly resolution: Resolution | null
  readonly assigned_to: string | null
  readonly assigned_name: string | null
  readonly reopened_count: number
  readonly is_found: boolean
}

/** A page of the queue, with how many there are in all and how much is at stake, by currency. */
export interface QueuePage {
  readonly rows: readonly QueueRow[]
  readonly count: string
  readonly stakes: readonly { readonly currency: string; readonly amount: Amount }[]
  /** How many there are of each code, were the filter to name none; the most first. */
  readonly codes: readonly { readonly code: string; readonly title: Texts; readonly count: string }[]
  readonly hasEarlier: boolean
  readonly hasMore: boolean
}

/** Today, and the day of the result that the cases follow. */
export interface QueueDays {
  readonly today: string
  readonly asOf: string
}

const columns = sql`
  c.person_key, c.finding_id, c.case_number, c.version, c.code, c.severity_rank as rank, t.severity, t.actor, t.title, t.action, s.scheme,
  case when c.benefit_period is not null then to_char(c.benefit_period, 'FM0000"-"00') end as benefit_period, c.unit_code, u.name as unit_name, c.village,
  c.beneficiary_name, identifier_text(c.person_key) as beneficiary_id, c.account_end, c.currency, c.amount_at_stake, c.waiting_since, c.urgency, c.opened_date, c.deadline_date,
  case when t.subject = 'file' then c.subject end as file_subject,
  c.step, c.resolution, c.assigned_to, a.display_name as assigned_name, c.reopened_count, c.is_found`
const joins = sql`
  join finding_type t on t.code = c.code left join scheme_code s on s.scheme_id = c.scheme_id left join finding_unit u on u.unit_code = c.unit_code
  left join colleague a on a.staff_id = c.assigned_to`

/**
 * The page of at most `size` cases that follow `after`, or come just before `before`, or begin the queue; the counts are
 * of the whole filter. The database leaves only what the reader may see; naming the units as well lets it find them by
 * index: the most urgent of each unit, so that a province reads no more than its own, however rare what it looks for.
 */
export async function queuePage(session: Session, filter: QueueFilter, place: { readonly after?: QueuePlace; readonly before?: QueuePlace }, size: number, days: QueueDays): Promise<QueuePage> {
  const units = filter.unitCodes ?? await unitsSeen(session)
  const conditions = conditionsOf(filter, days)
  const isBackwards = place.before !== undefined
  const from = place.before ?? place.after
  const beyond = from === undefined ? sql`true`
    : isBackwards ? sql`c.urgency >= ${from.urgency}::bigint and (c.urgency > ${from.urgency}::bigint or c.case_number < ${from.caseNumber}::bigint)`
      : sql`c.urgency <= ${from.urgency}::bigint and (c.urgency < ${from.urgency}::bigint or c.case_number > ${from.caseNumber}::bigint)`
  const order = isBackwards ? sql`c.urgency asc, c.case_number desc` : sql`c.urgency desc, c.case_number asc`
  const { rows } = await sql<Omit<QueueRow, 'waiting_days' | 'is_overdue'> & { waiting_days: number; is_overdue: boolean }>`
    with c as materialized (select c.* from ${firstOf(units, sql`${conditions} and ${beyond} order by ${order} limit ${size + 1}`)} order by ${order} limit ${size + 1})
    select ${columns}, greatest(${days.asOf}::date - c.waiting_since, 0) as waiting_days, c.is_open and c.deadline_date < ${days.today}::date as is_overdue
    from c ${joins} order by ${order}`.execute(session.kysely)
  const shown = rows.slice(0, size)
  if (isBackwards) shown.reverse()
  const codes = await countsOf(session, filter, units, days)
  const chosen = codes.filter(({ code }) => filter.codes === undefined || filter.codes.includes(code))
  const hasBeyond = rows.length > size
  return {
    rows: shown.map(canonical),
    count: totalOf(chosen),
    stakes: [...Map.groupBy(chosen, ({ currency }) => currency)].map(([currency, counts]) => ({ currency, amount: money.add(...counts.map(({ amount }) => amount)) })),
    codes: [...Map.groupBy(codes, ({ code }) => code)].map(([code, counts]) => ({ code, title: counts[0]?.title ?? noTitle, count: totalOf(counts) }))
      .sort((first, second) => compareBig(second.count, first.count) || (first.code < second.code ? -1 : 1)),
    hasEarlier: isBackwards ? hasBeyond : place.after !== undefined,
    hasMore: isBackwards || hasBeyond,
  }
}

interface CodeCount {
  readonly code: string
  readonly title: Texts
  readonly currency: string
  readonly count: string
  readonly amount: Amount
}

/** One row per code and currency among the cases of the filter, whatever codes it names: one look counts the page and what its form offers. What the tally does not tell apart is counted case by case. */
async function countsOf(session: Session, { codes: _, ...filter }: QueueFilter, units: readonly string[] | null, days: QueueDays): Promise<CodeCount[]> {
  const isTallied = [filter.village, filter.creditorAgent, filter.question, filter.assignedTo, filter.search, filter.isFound].every((limit) => limit === undefined)
  const counted = isTallied ? sql`sum(c.case_count) as count, sum(c.amount_at_stake) as amount from case_tally c` : sql`count(*) as count, sum(c.amount_at_stake) as amount from case_record c`
  const { rows } = await sql<CodeCount>`
    select n.code, t.title, n.currency, n.count::text as count, n.amount::text as amount
    from (select c.code, c.currency, ${counted} where ${conditionsOf(filter, days)} and ${units === null ? sql`true` : sql`c.unit_code = any (${units}::text[])`} group by c.code, c.currency) n join finding_type t using (code)
    where n.count > 0
    order by n.currency, n.code`.execute(session.kysely)
  return rows.map((row) => ({ ...row, amount: money.amountFromDatabase(row.amount) }))
}

const noTitle: Texts = { vi: '', en: '', ar: '' }

function totalOf(counts: readonly { readonly count: string }[]): string {
  return counts.reduce((sum, { count }) => sum + BigInt(count), 0n).toString()
}

function compareBig(first: string, second: string): number {
  const difference = BigInt(first) - BigInt(second)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** One case as the queue shows it; null when the reader has none of this name. */
export async function caseRow(session: Session, findingId: string, days: QueueDays): Promise<QueueRow | null> {
  const { rows } = await sql<QueueRow>`
    select ${columns}, greatest(${days.asOf}::date - c.waiting_since, 0) as waiting_days, c.is_open and c.deadline_date < ${days.today}::date as is_overdue
    from case_record c ${joins} where c.finding_id = ${findingId}`.execute(session.kysely)
  return rows[0] === undefined ? null : canonical(rows[0])
}

/** The day of the result that the cases follow; null before the first. */
export async function followedDay(session: Session): Promise<string | null> {
  const [run] = await session.query<{ as_of: string }>('select as_of from run join followed_run using (run_id)')
  return run?.as_of ?? null
}

/** Of everybody's cases, or of each unit's, those that a condition with its order and limit leaves. */
function firstOf(units: readonly string[] | null, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  if (units === null) return sql`(select * from case_record c where ${condition}) c`
  return sql`unnest(${units}::text[]) as own (code) cross join lateral (select * from case_record c where c.unit_code = own.code and ${condition}) c`
}

/** What the filter asks for, whatever the unit. */
function conditionsOf(filter: QueueFilter, { today, asOf }: QueueDays): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = []
  // The condition as the indexes have it.
  if (filter.isWithClosed !== true && !filter.steps?.some((step) => step === 'answered' || step === 'gone')) conditions.push(sql`c.is_open`)
  if (filter.isFound === true) conditions.push(sql`c.is_found`)
  // One code is found in its order by index; of several the index would give one after the other.
  if (filter.codes?.length === 1) conditions.push(sql`c.code = ${filter.codes[0]}`)
  else if (filter.codes !== undefined) conditions.push(sql`c.code = any (${filter.codes}::text[])`)
  if (filter.actor !== undefined) conditions.push(sql`c.code in (select code from finding_type where ${filter.actor} = any (string_to_array(actor, '/')))`)
  if (filter.steps !== undefined) conditions.push(sql`c.step = any (${filter.steps}::text[])`)
  if (filter.village !== undefined) conditions.push(sql`c.village = ${filter.village}`)
  if (filter.scheme !== undefined) conditions.push(sql`c.scheme_id = (select scheme_id from scheme_code where scheme = ${filter.scheme})`)
  if (filter.benefitPeriod !== undefined) conditions.push(sql`c.benefit_period = ${filter.benefitPeriod.replace('-', '')}::integer`)
  if (filter.creditorAgent !== undefined) conditions.push(sql`c.creditor_agent = ${filter.creditorAgent}::integer`)
  if (filter.question === 'asked') conditions.push(sql`c.finding_id in (select finding_id from bank_question where answered_at is null)`)
  if (filter.question === 'answered') conditions.push(sql`(c.finding_id, c.version) in (select finding_id, answer_number from bank_question where answer_number is not null)`)
  if (filter.when === 'overdue') conditions.push(sql`c.deadline_date < ${today}::date and c.is_open`)
  if (filter.when === 'soon') conditions.push(sql`c.deadline_date between ${today}::date and ${today}::date + 3 and c.is_open`)
  if (filter.when === 'tonight') conditions.push(sql`c.opened_date = ${asOf}::date`)
  if (filter.waitingFrom !== undefined) conditions.push(sql`c.waiting_since >= ${filter.waitingFrom}::date`)
  if (filter.waitingUntil !== undefined) conditions.push(sql`c.waiting_since <= ${filter.waitingUntil}::date`)
  if (filter.assignedTo === 'nobody') conditions.push(sql`c.assigned_to is null`)
  else if (filter.assignedTo !== undefined) conditions.push(sql`c.assigned_to = ${filter.assignedTo}::bigint`)
  if (filter.search !== undefined) conditions.push(searchFor(filter.search))
  return conditions.length === 0 ? sql<SqlBool>`true` : sql`${sql.join(conditions, sql` and `)}`
}

/** What somebody typed: digits are a number of a person, an account or a case, letters a name. */
function searchFor(typed: string): RawBuilder<SqlBool> {
  const digits = typed.replace(/[\s.-]/g, '')
  if (/^\d{12}$/.test(digits) || /^\d{9}$/.test(digits)) return sql`c.person_key = identifier_key(${digits})`
  if (/^#\d{1,18}$/.test(digits)) return sql`c.case_number = ${digits.slice(1)}::bigint`
  if (/^\d{4}$/.test(digits)) return sql`(c.account_end = ${digits} or c.case_number = ${digits}::bigint)`
  if (/^\d{1,18}$/.test(digits)) return sql`c.case_number = ${digits}::bigint`
  // Every word somewhere in the name.
  const words = typed.split(/\s+/).filter((word) => word !== '').slice(0, 8)
  return sql`${sql.join(words.map((word) => sql`strpos(c.name_key, name_search(${word})) > 0`), sql` and `)}`
}

function canonical(row: QueueRow): QueueRow {
  return { ...row, amount_at_stake: money.amountFromDatabase(row.amount_at_stake) }
}
