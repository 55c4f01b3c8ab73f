/** Schemes, the banking calendar, rates, categories and units: what stands before any fact, and the due dates that follow. */
import type { ModelFile, Reference, Row, SchemeRule } from './types.ts'
import { type Day, dayOf, dayText, groupBy, lastDayOfMonth, monthOf, weekday } from './values.ts'

const usual = { currency: 'VND', graceDays: 0, settlementDays: 3, collectionDays: 30, exclusiveSet: '' }

const SHIPPED_SCHEMES: Record<string, SchemeRule> = {
  BTXH: { ...usual, dueDay: 20, exclusiveSet: 'assistance-or-social-pension' },
  HTXH: { ...usual, dueDay: 20, exclusiveSet: 'assistance-or-social-pension' },
  NCC: { ...usual, dueDay: 20 },
  BHXH: { ...usual, dueDay: 10 },
}

/** The other reference kinds, and what makes a later row of one replace an earlier row. */
const KEYS = {
  standard_rate: ['scheme', 'unit_code', 'applies_from'],
  category: ['scheme', 'category_code', 'applies_from'],
  administrative_unit: ['unit_code', 'valid_from'],
  unit_succession: ['old_code', 'new_code', 'effective_date'],
  source_expectation: ['source', 'kind', 'scheme'],
  coverage_start: ['scheme', 'unit_code'],
} as const
export type RowKind = keyof typeof KEYS

export type Rules = {
  scheme: (code: string) => SchemeRule
  calendar: Map<Day, string>
  /** The rows of a kind that stand. */
  rows: (kind: RowKind) => Row[]
}

const wholeOr = (text: string | undefined, otherwise: number): number => (text ? Number.parseInt(text, 10) : otherwise)

/** The shipped schemes, then what the caller gives, then the files: a later row of a scheme, a date or another key replaces the earlier one. */
export function readRules(files: ModelFile[], reference: Reference): Rules {
  const schemes = new Map(Object.entries({ ...SHIPPED_SCHEMES, ...reference.schemes }))
  const calendar = new Map(Object.entries(reference.calendar ?? {}).map(([date, kind]) => [dayOf(date), kind as string]))
  for (const file of files) {
    for (const row of file.rows) {
      if (file.kind === 'calendar') calendar.set(dayOf(row['date'] ?? ''), row['kind'] ?? '')
      if (file.kind === 'scheme') {
        schemes.set(row['scheme'] ?? '', {
          currency: row['currency'] || 'VND',
          dueDay: row['due_day'] ? Number.parseInt(row['due_day'], 10) : null,
          graceDays: wholeOr(row['grace_days'], 0),
          settlementDays: wholeOr(row['settlement_days'], 3),
          collectionDays: wholeOr(row['collection_days'], 30),
          exclusiveSet: row['exclusive_set'] ?? '',
        })
      }
    }
  }
  const scheme = (code: string): SchemeRule => {
    const rule = schemes.get(code)
    if (!rule) throw new Error(`unknown scheme ${code}`)
    return rule
  }
  const standing = new Map<RowKind, Row[]>()
  const rows = (kind: RowKind): Row[] => {
    const known = standing.get(kind) ?? standingRows(kind, files, reference)
    standing.set(kind, known)
    return known
  }
  return { scheme, calendar, rows }
}

function standingRows(kind: RowKind, files: ModelFile[], reference: Reference): Row[] {
  const rows = [...(reference[kind] ?? []), ...files.filter((file) => file.kind === kind).flatMap((file) => file.rows)]
  const perKey = groupBy(rows, (row) => KEYS[kind].map((column) => row[column] ?? '').join('|'))
  return [...perKey.values()].flatMap((ofKey) => ofKey.slice(-1))
}

/** D3: the scheme's day in the benefit month; the month's last day where it is shorter or no day is named. */
export function usualDueDate(rule: SchemeRule, period: string): Day {
  const last = lastDayOfMonth(period)
  if (rule.dueDay === null) return last
  const first = dayOf(`${period}-01`)
  const due = first + rule.dueDay - 1
  return monthOf(due) === monthOf(first) && dayText(due).startsWith(period) ? due : last
}

/** T: the first banking day on or after the due date, plus the scheme's grace days. */
export function lastDayInTime(rules: Rules, scheme: string, dueDate: Day): Day {
  let day = dueDate
  while (!isBankingDay(rules, day)) day += 1
  return day + rules.scheme(scheme).graceDays
}

function isBankingDay(rules: Rules, day: Day): boolean {
  const named = rules.calendar.get(day)
  if (named === 'holiday') return false
  if (named === 'working') return true
  return weekday(day) !== 0 && weekday(day) !== 6
}
