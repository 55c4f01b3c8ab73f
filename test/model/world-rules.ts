/** The reference files of a world: schemes, calendar, rates with their dates, categories, units, and who is expected to send what. */
import type { ModelFile, Row } from './types.ts'
import { dayOf, dayText, nextPeriod } from './values.ts'
import type { Month, WorldPlan } from './world-plans.ts'

const REGULATED = ['BTXH', 'HTXH', 'BHXH', 'TCXH']
/** BTXH and HTXH have rates for the whole country from the start, so a world's own are those of a province. */
const PROVINCE: Record<string, string> = { BTXH: '79', HTXH: '79' }

/** What a month is due at its rate: the plan's amount is for the old one, 100 a share; the raised one is 120. */
export const amountOf = ({ rules }: WorldPlan, month: Month): bigint =>
  month.atNewRate && rules.rates === 'raised' ? (BigInt(month.amount) * 6n) / 5n : BigInt(month.amount)

/** Shares of 100, as text. */
export const sharesOf = (month: Month): string => (month.amount === '150' ? '1.5' : String(BigInt(month.amount) / 100n))

/** What the raised rate adds to a month at the old one. */
export const raiseOf = (month: Month): bigint => BigInt(month.amount) / 5n

export function referenceFiles(plan: WorldPlan, periods: string[]): ModelFile[] {
  const scheme: Row = {
    scheme: 'TCXH', name_vi: 'Trợ cấp khác', due_day: plan.dueDayOfTcxh, grace_days: '1', settlement_days: '1', collection_days: '5',
    ...(plan.dollars ? { currency: 'USD' } : { exclusive_set: 'assistance-or-social-pension' }),
  }
  const grace: Row[] = plan.graceOnBhxh === 0 ? [] : [{ scheme: 'BHXH', due_day: '10', grace_days: '2' }]
  const days = new Map(plan.calendar.map(({ month, day, kind }) => [`${periods[month % periods.length] ?? plan.start}-${day}`, kind]))
  const calendar = [...days].map(([date, kind]) => ({ date, kind, name: 'Ngày thử' }))
  const files: ModelFile[] = [
    { kind: 'scheme', rows: [scheme, ...grace] },
    { kind: 'calendar', rows: calendar },
    { kind: 'administrative_unit', rows: unitRows(plan) },
    { kind: 'unit_succession', rows: successionRows(plan) },
    { kind: 'category', rows: categoryRows(plan, periods) },
    { kind: 'standard_rate', rows: rateRows(plan, periods) },
    { kind: 'source_expectation', rows: plan.expectations.map(({ source, kind, scheme: of, day }) => ({ source, kind, deadline_day: String(day), ...(of === '' ? {} : { scheme: of }) })) },
    { kind: 'coverage_start', rows: (plan.hasStarts ? plan.starts : []).map(({ scheme: of, unit, month }) => ({ scheme: of, start_period: periods[month % periods.length] ?? plan.start, ...(unit === '' ? {} : { unit_code: unit }) })) },
  ]
  return files.filter(({ rows }) => rows.length > 0)
}

/** 26730 is a commune of 79; 26731 is an old code that became 26732, of 79 too; 26750 belongs nowhere. */
function unitRows({ rules, start }: WorldPlan): Row[] {
  if (rules.tree === 'none') return []
  const since = { valid_from: '2000-01-01' }
  const old = { unit_code: '26731', name: 'Xã cũ', parent_code: '80', ...since, valid_to: dayText(dayOf(`${start}-01`) - 1) }
  return [
    { unit_code: '79', name: 'Tỉnh', ...since },
    { unit_code: '26730', name: 'Xã Một', parent_code: '79', ...since },
    { unit_code: '26732', name: 'Xã Hai', parent_code: '79', ...since },
    ...(rules.tree === 'ended' ? [old] : []),
  ]
}

const successionRows = ({ rules }: WorldPlan): Row[] =>
  rules.tree === 'none'
    ? []
    : [
        { old_code: '26731', new_code: '26700', effective_date: '2025-07-01', part: 'part' },
        { old_code: '26731', new_code: '26732', effective_date: '2025-07-01', part: 'whole' },
      ]

function categoryRows({ rules, dollars }: WorldPlan, periods: string[]): Row[] {
  if (rules.categories === 'none') return []
  return REGULATED.filter((scheme) => scheme !== 'TCXH' || !dollars).flatMap((scheme) => [
    { scheme, category_code: '1', coefficient: rules.categories === 'odd' ? '1.005' : '1' },
    { scheme, category_code: '2', coefficient: '1', applies_from: '2020-01-01' },
    ...(rules.categories === 'changing' ? [{ scheme, category_code: '1', coefficient: '2', applies_from: `${periods[1] ?? nextPeriod(periods[0] ?? '')}-01` }] : []),
  ])
}

function rateRows({ rules, start }: WorldPlan, periods: string[]): Row[] {
  if (rules.rates === 'none') return []
  const raisedFrom = `${periods[rules.raisedFrom % periods.length] ?? start}-01`
  return REGULATED.flatMap((scheme) => {
    const base: Row = { scheme, ...(PROVINCE[scheme] ? { unit_code: PROVINCE[scheme] } : {}), amount: '100', applies_from: '2020-01-01', legal_basis: 'Quyết định thử' }
    const raised: Row = { ...base, amount: '120', applies_from: raisedFrom, in_force_date: dayText(dayOf(`${start}-01`) + rules.inForce) }
    const ofUnit: Row = { ...base, unit_code: '26730', amount: '110', applies_from: raisedFrom }
    return [base, ...(rules.rates === 'raised' ? [raised] : []), ...(rules.rates === 'of_units' ? [ofUnit] : [])]
  })
}
