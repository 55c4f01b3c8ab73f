/** Reads what was published as text to be looked at: files are named by their kind, whatever number they got. */
import type { Database } from '../../src/db/index.ts'

/** Findings with all that is told of them, then outcomes, counts and the rest of what was published. */
export async function evidenceOf(database: Database): Promise<string> {
  const files = new Map((await database.query<{ file_id: string; kind: string }>('select file_id, kind from source_file')).map(({ file_id, kind }) => [file_id, kind]))
  const findings = await database.query(`
    select code, subject, scheme, to_char(benefit_period, 'FM0000"-"00') as period, amount_at_stake, currency, unit_code, evidence, source_rows
    from finding left join scheme_code using (scheme_id) order by code, subject collate "C", benefit_period, scheme collate "C"`)
  const matches = await database.query(`
    select payment_name, identifier_text(person_key) as beneficiary_id, benefit_period, scheme, match_rule, allocated_amount, evidence from matched_payment join scheme_code using (scheme_id) order by payment_name collate "C", benefit_period, scheme, person_key`)
  const outcomes = await database.query(`
    select identifier_text(person_key) as beneficiary_id, scheme, benefit_period, due_date, late_after_date, outcome_class, due_amount, credited_amount, on_the_way_amount, currency, unit_code
    from outcome join scheme_code using (scheme_id) order by person_key, scheme collate "C", benefit_period`)
  const counts = await database.query(`
    select scheme, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount, credited_amount, to_due_amount from outcome_count join scheme_code using (scheme_id)
    order by scheme collate "C", benefit_period, unit_code collate "C", outcome_class, currency`)
  return `${JSON.stringify(named({ findings, matches, outcomes, counts }, files), null, 1)}\n`
}

/** `{file_id: "7", line: 2}` becomes `disbursement:2`; lists of nothing else are sets, in no order. */
function named(value: unknown, files: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => named(item, files))
    return items.every((item) => typeof item === 'string') ? items.sort() : items
  }
  if (typeof value !== 'object' || value === null) return value
  const { file_id, line, ...rest } = value as Record<string, unknown>
  const others = Object.entries(rest).map(([key, inner]) => [key, named(inner, files)] as const)
  if (typeof file_id !== 'string' && typeof file_id !== 'number') return Object.fromEntries(others)
  const row = `${files.get(String(file_id)) ?? '?'}:${String(line)}`
  return others.length === 0 ? row : Object.fromEntries([...others, ['row', row]])
}
