/** What a migrated database knows before any file, as the reference model wants to be told it. */
import type { Database } from '../../src/db/index.ts'
import type { Reference, Row } from '../model/types.ts'

/** The pack that migration loads (file 0): banking calendar, rates, categories, units, expectations. */
export async function readReference(database: Database): Promise<Reference> {
  const days = await database.query<{ calendar_date: string; kind: 'holiday' | 'working' }>('select calendar_date::text, kind from calendar_row where file_id = 0')
  const rows = async (columns: string, from: string): Promise<Row[]> => {
    const found = await database.query<Record<string, string | null>>(`select ${columns} from ${from} where file_id = 0 order by line_number`)
    return found.map((row) => Object.fromEntries(Object.entries(row).flatMap(([column, text]) => (text === null ? [] : [[column, text]]))))
  }
  return {
    calendar: Object.fromEntries(days.map(({ calendar_date, kind }) => [calendar_date, kind])),
    standard_rate: await rows('scheme, unit_code, amount::text, in_force_date::text, applies_from::text', 'standard_rate_row join scheme_code using (scheme_id)'),
    category: await rows('scheme, category_code, coefficient::text, applies_from::text', 'category_row join scheme_code using (scheme_id)'),
    administrative_unit: await rows('unit_code, name, parent_code, valid_from::text, valid_to::text', 'administrative_unit_row'),
    unit_succession: await rows('old_code, new_code, effective_date::text, part', 'unit_succession_row'),
    source_expectation: await rows('source, kind, scheme, deadline_day::text', 'source_expectation_row left join scheme_code using (scheme_id)'),
  }
}
