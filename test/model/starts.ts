/** The first month that is reconciled, by scheme and unit: what lies before is history (D98). */
import type { Entitlement } from './lists.ts'
import type { Rules } from './reference.ts'

/** `YYYY-MM`; empty where all months are. */
export function startOf(rules: Rules, scheme: string, unit: string): string {
  const starts = rules.rows('coverage_start').filter((row) => row['scheme'] === scheme)
  const nearest = unitsAboveNow(rules, unit).find((code) => starts.some((row) => (row['unit_code'] ?? '') === code))
  return starts.find((row) => (row['unit_code'] ?? '') === nearest)?.['start_period'] ?? ''
}

/** The unit an entitlement stands under: the smallest of its lines'. */
export const unitOf = ({ lines }: Pick<Entitlement, 'lines'>): string => lines.map(({ unit }) => unit).sort()[0] ?? ''

/** The unit and those above it as they are today, nearest first; the country, which has no code, last. */
function unitsAboveNow(rules: Rules, unit: string): string[] {
  const found: string[] = []
  for (let code = unit; code !== '' && !found.includes(code); code = nextAbove(rules, code)) found.push(code)
  return [...found, '']
}

function nextAbove(rules: Rules, code: string): string {
  const rows = rules.rows('administrative_unit').filter((row) => row['unit_code'] === code)
  const newest = rows.toSorted((a, b) => ((a['valid_from'] ?? '') < (b['valid_from'] ?? '') ? -1 : 1)).at(-1)
  if (newest?.['parent_code']) return newest['parent_code']
  const successors = rules.rows('unit_succession').filter((row) => row['old_code'] === code)
  const best = successors.toSorted((a, b) => rankOf(a['part']) - rankOf(b['part']) || ((a['new_code'] ?? '') < (b['new_code'] ?? '') ? -1 : 1))[0]
  return best?.['new_code'] ?? ''
}

const rankOf = (part: string | undefined): number => ((part || 'whole') === 'whole' ? 0 : 1)
