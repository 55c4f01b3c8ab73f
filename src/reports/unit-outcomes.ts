/** What came out in some units: classes, bridge and findings, from the counts by unit; what a reader of less than the country may see. */
import { money, type Amount } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import type { Units } from './clock/units.ts'
import { bridge, findingCounts, outcomes, withAmounts, type BridgeCell, type FindingCount, type OutcomeCell } from './overview.ts'

interface ClassCell extends OutcomeCell {
  readonly to_due: Amount
  readonly carried_in: Amount
}

/** What was due in one place and how much of it came. */
export interface PlaceOutcomes {
  /** Of today. */
  readonly unit_code: string
  readonly unit_name: string | null
  readonly currency: string
  /** Entitlements that are due: without those that are not yet. */
  readonly due_count: number
  /** In full, in time or late. */
  readonly paid_count: number
  readonly due: Amount
  readonly arrived: Amount
}

/** The bridge, the classes and the findings of one place, all of one run. */
export interface Results {
  readonly bridge: readonly BridgeCell[]
  readonly outcomes: readonly OutcomeCell[]
  readonly findings: readonly FindingCount[]
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { outcomes: file('outcomes_within'), findings: file('finding_counts_within'), byUnit: file('outcomes_by_unit') }

/**
 * The results of the units of these codes; null: of the whole country.
 *
 * Credits that match nobody belong to no unit: only the country's bridge has them, and the sums of its units are the
 * country's less those.
 */
export async function resultsWithin(session: Session, unitCodes: readonly string[] | null): Promise<Results> {
  if (unitCodes === null) return { bridge: await bridge(session), outcomes: await outcomes(session), findings: await findingCounts(session) }
  const cells = (await rowsOf<ClassCell>(session, files.outcomes, { unit_codes: unitCodes })).map((row) => withAmounts(row, ['due', 'credited', 'to_due', 'carried_in']))
  const findings = (await rowsOf<FindingCount>(session, files.findings, { unit_codes: unitCodes })).map((row) => withAmounts(row, ['amount_at_stake']))
  return { bridge: bridgeOf(cells), outcomes: cells, findings }
}

/** The months that anything is due in, the newest first, `YYYY-MM`. */
export async function outcomePeriods(session: Session, unitCodes: readonly string[] | null): Promise<string[]> {
  const cells = unitCodes === null ? await outcomes(session) : await rowsOf<ClassCell>(session, files.outcomes, { unit_codes: unitCodes })
  return [...new Set(cells.map((cell) => cell.benefit_period))].sort().reverse()
}

/** What was due and came in each place, by code; `placeOf` says to which place of today a code of any time belongs. */
export async function outcomesByPlace(session: Session, units: Units, placeOf: (code: string) => string, filter: { readonly unitCodes: readonly string[] | null; readonly scheme?: string | undefined; readonly benefitPeriod?: string | undefined }): Promise<PlaceOutcomes[]> {
  const rows = await rowsOf<{ unit_code: string; class: string; currency: string; count: string; due: string; to_due: string }>(session, files.byUnit, {
    unit_codes: filter.unitCodes, scheme: filter.scheme ?? null, benefit_period: filter.benefitPeriod?.replace('-', '') ?? null,
  })
  const places = new Map<string, { code: string; currency: string; due: number; paid: number; dues: string[]; arrived: string[] }>()
  for (const row of rows) {
    const code = placeOf(row.unit_code)
    const key = JSON.stringify([code, row.currency])
    const place = places.get(key) ?? { code, currency: row.currency, due: 0, paid: 0, dues: [], arrived: [] }
    places.set(key, place)
    const count = Number.parseInt(row.count, 10)
    if (row.class === 'not_due') continue
    place.due += count
    if (row.class === 'paid' || row.class === 'paid_late') place.paid += count
    place.dues.push(row.due)
    place.arrived.push(row.to_due)
  }
  return [...places.values()]
    .map(({ code, currency, due, paid, dues, arrived }) => ({ unit_code: code, unit_name: units.name(code), currency, due_count: due, paid_count: paid, due: money.add(...dues.map((one) => money.amountFromDatabase(one))), arrived: money.add(...arrived.map((one) => money.amountFromDatabase(one))) }))
    .sort((first, second) => (first.unit_code < second.unit_code ? -1 : first.unit_code > second.unit_code ? 1 : first.currency < second.currency ? -1 : 1))
}

/** The cells of the bridge that counts of classes make: what is due is with people, carried out, or missing for a reason. */
function bridgeOf(cells: readonly ClassCell[]): BridgeCell[] {
  const places = [...new Set(cells.map((cell) => JSON.stringify([cell.scheme, cell.benefit_period, cell.currency])))]
  return places.map((place) => {
    const own = cells.filter((cell) => JSON.stringify([cell.scheme, cell.benefit_period, cell.currency]) === place)
    const sum = (of: (cell: ClassCell) => Amount, some = own): Amount => money.add(...some.map(of))
    const missing = (cell: ClassCell): Amount => money.subtract(cell.due, cell.to_due)
    const beyond = (outcome: string): Amount => sum((cell) => money.subtract(cell.credited, cell.to_due), own.filter((cell) => cell.class === outcome))
    const short = own.filter((cell) => cell.class !== 'carried_over' && money.compare(missing(cell), money.zero) !== 0)
    return {
      scheme: own[0]?.scheme ?? null, benefit_period: own[0]?.benefit_period ?? null, currency: own[0]?.currency ?? 'VND',
      due: sum((cell) => cell.due), to_due: sum((cell) => cell.to_due), credited: sum((cell) => cell.credited), carried_in: sum((cell) => cell.carried_in),
      carried_out: sum(missing, own.filter((cell) => cell.class === 'carried_over')),
      shortfall: Object.fromEntries(short.map((cell) => [cell.class, missing(cell)])),
      excess_over: beyond('paid_over'), excess_twice: beyond('paid_twice'), unmatched: money.zero,
    }
  })
}
