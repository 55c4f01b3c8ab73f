/** Says how a file differs from an earlier one of the same sender, before it is sealed: line by line, exactly, and nothing is stored. */
import { kindNamed, Refusal, tableColumns, type Kind } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'
import { rehearseFile, type IngestRequest, type Surroundings } from './ingest-file.ts'
import type { Receipt } from './receipt.ts'

/** One line that is not the same in both files. */
export interface LineChange {
  readonly change: 'changed' | 'new' | 'gone'
  /** The line in the file at hand; null when it is gone. */
  readonly line: number | null
  /** The line in the earlier file; null when it is new. */
  readonly earlier_line: number | null
  /** The columns that differ, by our names; empty unless it is changed. */
  readonly columns: readonly string[]
}

/**
 * Two files side by side. Only accepted lines and repeats are compared, without the day on which a list or a report was
 * made; problems are counted in the receipt.
 */
export interface Comparison {
  /** What the file would get if it were taken in now. */
  readonly receipt: Receipt
  /** The file it is compared with; null when nothing of this kind came from this source before. */
  readonly earlier: { readonly file_id: string; readonly file_name: string; readonly recorded_at: string } | null
  readonly same: number
  readonly changed: number
  readonly new: number
  readonly gone: number
  /** Whole percent of all these lines that are the same, rounded down: 100 only when nothing differs. Null without an earlier file. */
  readonly same_percent: number | null
  /** The sums of the kind's amount column, exact; null where it has none. */
  readonly sum: string | null
  readonly earlier_sum: string | null
  /** The first lines that differ, in the order of the files; at most 100. */
  readonly changes: readonly LineChange[]
}

/** What tells one line of a kind from another: what it is about, not what it says of it. Columns of the kind's table. */
const lineKeys = new Map<string, readonly string[]>([
  ['beneficiary_list', ['scheme_id', 'benefit_period', 'person_key', 'unit_code', 'category_code', 'component', 'origin_period']],
  ['account_opening', ['creditor_agent', 'account_key']],
  ['disbursement', ['creditor_agent', 'person_key', 'account_key', 'scheme_id', 'benefit_period']],
  ['withdrawal', ['creditor_agent', 'account_key', 'reference_key']],
  ['mandate', ['person_key', 'payee_key', 'valid_from']],
  ['population_register', ['person_key']],
  ['exemption', ['person_key', 'reason_code', 'valid_from']],
  ['outreach_result', ['person_key', 'visited_date', 'team']],
  ['complaint', ['person_key', 'benefit_period', 'complained_date', 'scheme_id']],
  ['scheme', ['scheme_id']],
  ['standard_rate', ['scheme_id', 'unit_code', 'applies_from']],
  ['category', ['scheme_id', 'category_code', 'applies_from']],
  ['administrative_unit', ['unit_code', 'valid_from']],
  ['unit_succession', ['old_code', 'new_code']],
  ['village', ['unit_code', 'village']],
  ['bank', ['creditor_agent']],
  ['reason_code', ['code']],
  ['calendar', ['calendar_date']],
  ['source_expectation', ['source', 'kind', 'scheme_id']],
  ['coverage_start', ['scheme_id', 'unit_code']],
  ['campaign', ['name', 'unit_code', 'scheme_id']],
  ['account_statement', ['account_key', 'statement_number', 'entry_date', 'entry_kind', 'end_to_end_id', 'entry_reference']],
  ['payment_organisation', ['source', 'account_key', 'payer_key']],
  ['report_deadline', ['report', 'applies_from']],
  ['cash_limit', ['limit_kind', 'currency', 'applies_from']],
  ['payer_account', ['unit_code', 'applies_from']],
])

/** When a sender says something is no part of what it says: a list sent again on another day is not all changed. */
const statementDays = ['list_date', 'reported_date', 'reported_through_date']

const changesShown = 100

/**
 * Loads the file in a transaction that is rolled back, and compares its rows with those of an earlier sealed file: the
 * one named, else the newest of the same source and kind, before all others one that shares a month or a report's day.
 *
 * @throws Refusal `file_unknown` when the named file is none that is sealed, or of another kind
 */
export async function compareFile(database: Database, request: IngestRequest, surroundings: Surroundings, withFile?: string): Promise<Comparison> {
  let compared: Differences = nothingCompared
  const receipt = await rehearseFile(database, request, surroundings, async (transaction, rehearsed) => {
    compared = await compareRehearsed(transaction, rehearsed, request.source, withFile)
  })
  return { receipt, ...compared }
}

/** A comparison without the receipt. */
export type Differences = Omit<Comparison, 'receipt'>

const nothingCompared: Differences = { earlier: null, same: 0, changed: 0, new: 0, gone: 0, same_percent: null, sum: null, earlier_sum: null, changes: [] }

/** The same inside of a rehearsal, whose rows are there. @throws Refusal as `compareFile` */
export async function compareRehearsed(transaction: Session, { file_id: fileId, kind: name }: Receipt, source: string | undefined, withFile?: string): Promise<Differences> {
  const kind = kindNamed(name ?? '')
  if (kind === null || fileId === null) return nothingCompared
  const earlier = await findEarlierFile(transaction, kind, fileId, source, withFile)
  const sum = await sumOf(transaction, kind, fileId)
  // Rows that were loaded a moment ago have no statistics: the planner would take thousands for one and meet each with each.
  await transaction.query('set local enable_nestloop = off')
  const rows = await transaction.query<{ change: LineChange['change'] | 'same'; count: string }>(countStatement(kind), [fileId, earlier?.file_id ?? null])
  const count = (change: string): number => parseInt(rows.find((row) => row.change === change)?.count ?? '0', 10)
  const [same, changed, added, gone] = [count('same'), count('changed'), count('new'), count('gone')]
  return {
    earlier, same, changed, new: added, gone, sum,
    same_percent: earlier === null ? null : Math.floor((100 * same) / Math.max(1, same + changed + added + gone)),
    earlier_sum: earlier === null ? null : await sumOf(transaction, kind, earlier.file_id),
    changes: earlier === null ? [] : await listChanges(transaction, kind, fileId, earlier.file_id),
  }
}

async function findEarlierFile(session: Session, { name }: Kind, fileId: string, source: string | undefined, wanted: string | undefined): Promise<Comparison['earlier']> {
  if (wanted !== undefined) {
    const [found] = /^[1-9]\d{0,17}$/.test(wanted) ? await session.query<NonNullable<Comparison['earlier']>>(`select file_id, file_name, recorded_at from source_file where file_id = $1 and kind = $2 and status = 'sealed'`, [wanted, name]) : []
    if (found === undefined) throw new Refusal('notFound', 'file_unknown', `there is no sealed file ${wanted} of the kind ${name} to compare with`)
    return found
  }
  const [newest] = await session.query<NonNullable<Comparison['earlier']>>(
    `select f.file_id, f.file_name, f.recorded_at
     from source_file f left join file_content c using (file_id) left join file_content own on own.file_id = $1
     where f.kind = $2 and f.status = 'sealed' and f.file_id > 0 and f.file_id <> $1 and f.source is not distinct from $3
     order by coalesce(c.stamps && own.stamps, false) desc, f.file_id desc limit 1`,
    [fileId, name, source ?? null],
  )
  return newest ?? null
}

/** The sum of the kind's amount column over a file's rows, exact; null where it has none. */
export async function sumOf(session: Session, { table, sumColumn }: Kind, fileId: string): Promise<string | null> {
  if (sumColumn === undefined) return null
  const [row] = await session.query<{ sum: string }>(`select coalesce(sum(${sumColumn}), 0)::text as sum from ${table} where file_id = $1`, [fileId])
  return row?.sum ?? null
}

/**
 * The lines of both files that are not in the other, laid against each other by what they are about. Table and column
 * names come from the field table alone (D47); a jsonb array compares amounts by value, and null with null.
 */
function differences(kind: Kind): string {
  const about = `jsonb_build_array(${(lineKeys.get(kind.name) ?? tableColumns(kind)).join(', ')})`
  // A payment with a reference is that payment, whatever else is said of it.
  const key = kind.name === 'disbursement' ? `case when reference_key is null then ${about} else jsonb_build_array(creditor_agent, reference_key) end` : about
  const content = `jsonb_build_array(${comparedColumns(kind).join(', ')})`
  const numbered = (parameter: string): string => `select line_number, ${key} as key, ${content} as content, row_number() over (partition by ${content} order by line_number) as twin from ${kind.table} where file_id = ${parameter}::bigint`
  return `with own as materialized (${numbered('$1')}), earlier as materialized (${numbered('$2')}),
    own_left as (select o.*, row_number() over (partition by o.key order by o.line_number) as nth from own o left join earlier e on e.content = o.content and e.twin = o.twin where e.content is null),
    earlier_left as (select e.*, row_number() over (partition by e.key order by e.line_number) as nth from earlier e left join own o on o.content = e.content and o.twin = e.twin where o.content is null),
    laid as (select o.line_number as line, e.line_number as earlier_line, o.content, e.content as earlier_content,
        case when e.key is null then 'new' when o.key is null then 'gone' else 'changed' end as change
      from own_left o full join earlier_left e on e.key = o.key and e.nth = o.nth)`
}

function countStatement(kind: Kind): string {
  return `${differences(kind)}
    select change, count(*) as count from laid group by change
    union all select 'same', (select count(*) from own) - (select count(*) from own_left)`
}

async function listChanges(session: Session, kind: Kind, fileId: string, earlierId: string): Promise<LineChange[]> {
  const names = kindColumnsOf(kind)
  const rows = await session.query<{ change: LineChange['change']; line: string | null; earlier_line: string | null; places: readonly number[] | null }>(
    `${differences(kind)}
     select change, line, earlier_line,
       case when change = 'changed' then array(select place::integer from generate_series(0, jsonb_array_length(content) - 1) as place where content -> place::integer is distinct from earlier_content -> place::integer order by place) end as places
     from laid order by coalesce(line, earlier_line), earlier_line limit ${changesShown}`,
    [fileId, earlierId],
  )
  return rows.map(({ change, line, earlier_line: earlier, places }) => ({
    change,
    line: line === null ? null : parseInt(line, 10),
    earlier_line: earlier === null ? null : parseInt(earlier, 10),
    columns: [...new Set((places ?? []).map((place) => names[place] ?? ''))],
  }))
}

function comparedColumns(kind: Kind): string[] {
  return tableColumns(kind).filter((column) => !statementDays.includes(column))
}

/** For each column that is compared the column of the file that fills it. */
function kindColumnsOf(kind: Kind): string[] {
  return comparedColumns(kind).map((filled) => kind.columns.find(({ into }) => into.includes(filled))?.name ?? filled)
}
