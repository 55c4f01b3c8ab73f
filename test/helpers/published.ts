/** What a run published, down to the raw row behind each finding, so that two ways to the same result can be compared. */
import type { Database } from '../../src/db/index.ts'
import type { Row } from '../model/types.ts'
import type { Ledger } from './arrivals.ts'

/** Rows as JSON text, sorted: equal when nothing at all differs. */
export type Published = Record<'outcome' | 'matched_payment' | 'unmatched_payment' | 'finding' | 'bridge_cell' | 'outcome_count' | 'clean_count' | 'subject' | 'entitlement_clock' | 'clock_cell' | 'clock_unit' | 'access_count' | 'finding_count' | 'finding_total' | 'finding_unit' | 'outcome_total', string[]>

const tables = ['outcome', 'matched_payment', 'unmatched_payment', 'finding', 'bridge_cell', 'outcome_count', 'clean_count', 'subject', 'entitlement_clock', 'clock_cell', 'clock_unit', 'access_count', 'finding_count', 'finding_total', 'finding_unit', 'outcome_total'] as const

const clockSums = 'sum(entitlement_count), sum(instructed_count), sum(due_to_instructed_days), sum(transferred_count), sum(instructed_to_credited_days), sum(activated_count), sum(credited_to_withdrawable_days)'
/** What is read instead of the table itself: rows of counts add up, and increments append what changed; of the clocks only one half is published. */
const readings: Partial<Record<(typeof tables)[number], string>> = {
  clean_count: '(select scheme_id, benefit_period, unit_code, outcome_class, currency, sum(entitlement_count) as entitlement_count, sum(due_amount) as due_amount from clean_count group by 1, 2, 3, 4, 5 having sum(entitlement_count) <> 0)',
  entitlement_clock: 'published_clock',
  clock_cell: `(select scheme_id, benefit_period, province_code, creditor_agent, distance_band, age_band, payment_channel, payee_type, sex, electricity, signal, needs, cash_event, days, ${clockSums} from clock_cell group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 having sum(entitlement_count) <> 0)`,
  clock_unit: `(select scheme_id, benefit_period, unit_code, cash_event, days, ${clockSums} from clock_unit group by 1, 2, 3, 4, 5 having sum(entitlement_count) <> 0)`,
  access_count: '(select scheme_id, benefit_period, unit_code, village, payment_channel, account_state, has_card, is_paid, is_withdrawn, is_first_of_month, missing_fields, sum(entitlement_count) from access_count group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 having sum(entitlement_count) <> 0)',
}

/** The published tables as they stand, without the number of the run. */
export async function publishedTables(database: Database): Promise<Published> {
  return await readTables(database, (row) => row)
}

/** The same with each `file_id` and `line` replaced by the row that stands there, lists as sets: whatever the files were called and in which order they came. */
export async function publishedRows(database: Database, ledger: Ledger): Promise<Published> {
  return await readTables(database, (row) => settle(row, ledger))
}

/**
 * As `publishedRows`, and every entitlement has its outcome and its payments here, those plainly in order too: whoever
 * is looked at in full, screened or not, the result is the same.
 */
export async function wholeResult(database: Database, ledger: Ledger): Promise<Published> {
  const published = await publishedRows(database, ledger)
  const plain = 'not exists (select from work_subject s where s.person_key = w.person_key)'
  const outcomes = await database.query<{ row: object }>(`
    select jsonb_build_object('person_key', w.person_key, 'scheme_id', w.scheme_id, 'benefit_period', w.benefit_period, 'outcome_class', w.outcome_class, 'due_amount', w.due_amount::text, 'unit_code', w.unit_code,
      'credited_amount', case w.outcome_class when 'paid' then w.due_amount::text else '0' end) as row
    from work_screen w where ${plain}`)
  const matches = await database.query<{ row: object }>(`
    select distinct jsonb_build_object('person_key', p.person_key, 'scheme_id', p.scheme_id, 'benefit_period', p.benefit_period, 'match_rule', 'id_period', 'allocated_amount', p.instructed_amount::text,
      'creditor_agent', p.creditor_agent::text, 'end_to_end_id', p.end_to_end_id) as row
    from payment_report p join work_file using (file_id) join work_screen w using (person_key, scheme_id, benefit_period) where ${plain}`)
  const inFull = {
    outcomes: await database.query<{ row: object }>(`
      select jsonb_build_object('person_key', person_key, 'scheme_id', scheme_id, 'benefit_period', benefit_period, 'outcome_class', outcome_class, 'due_amount', due_amount::text, 'unit_code', unit_code, 'credited_amount', credited_amount::text) as row from outcome`),
    matches: await database.query<{ row: object }>(`
      select jsonb_build_object('person_key', person_key, 'scheme_id', scheme_id, 'benefit_period', benefit_period, 'match_rule', match_rule, 'allocated_amount', allocated_amount::text,
        'creditor_agent', split_part(payment_name, '|', 1), 'end_to_end_id', case when payment_name like '%|-|%' then null else substr(payment_name, 8) end) as row from matched_payment`),
  }
  // Who is counted among those in order, and who is kept one by one, is the very thing that may differ here.
  const keeping = { clean_count: [], subject: [] }
  return { ...published, ...keeping, outcome: texts([...outcomes, ...inFull.outcomes]), matched_payment: texts([...matches, ...inFull.matches]) }
}

async function readTables(database: Database, settled: (row: unknown) => unknown): Promise<Published> {
  const entries = await Promise.all(
    tables.map(async (table) => {
      const rows = await database.query<{ row: object }>(`select to_jsonb(t) - 'run_id' - 'slot' as row from ${readings[table] ?? table} t`)
      return [table, texts(rows.map(({ row }) => ({ row: settled(row) })))] as const
    }),
  )
  return Object.fromEntries(entries) as Published
}

const texts = (rows: readonly { readonly row: unknown }[]): string[] => rows.map(({ row }) => JSON.stringify(row)).sort()

function settle(value: unknown, ledger: Ledger): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(settle(item, ledger))))].sort()
  if (typeof value !== 'object' || value === null) return value
  const { file_id, line, ...rest } = value as Record<string, unknown> & { file_id?: number; line?: number }
  const others = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, settle(inner, ledger)]))
  if (file_id === undefined) return others
  // What is said of a file as a whole rests on its header.
  return { ...others, row: line === 1 ? 'header' : rowText(ledger.get(String(file_id))?.[(line ?? 0) - 2]) }
}

/** A row as text; the name that a sender wrote beside the account is no part of what is stored. */
function rowText(row: Row | undefined): string {
  if (row === undefined) throw new Error('evidence names a line that no file has')
  return JSON.stringify(Object.entries(row).filter(([column, text]) => text !== '' && column !== 'creditor_name').sort(([first], [second]) => (first < second ? -1 : 1)))
}
