/** Who can be reached through an account: entitled, with an account, able to use it, paid, money in hand; by commune and village, and by name who cannot. */
import { rowsOf, type Session } from '../db/index.ts'
import { loadSqlFile } from '../db/index.ts'
import { unitsOf, type Units } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'

/** Which month, of whom, where. */
export interface CoverageFilter {
  /** `YYYY-MM` */
  readonly benefitPeriod: string
  /** All when absent: then people are counted, each once, not entitlements. */
  readonly scheme?: string
  readonly unit?: string
}

/** Counts of beneficiaries of one month in one place; coverage is usable_count of covered_count. */
export interface CoverageCounts {
  /** With an active line on a list. */
  readonly active_count: number
  /** Without a usable account, and excused by a valid exemption. */
  readonly exempt_count: number
  /** The denominator of coverage: active less exempt. */
  readonly covered_count: number
  /** A bank has reported an account of theirs, or of a payee with a mandate. */
  readonly opened_count: number
  /** It was activated once. */
  readonly activated_count: number
  /** It is active on the day of the run: the numerator of coverage. */
  readonly usable_count: number
  /** With a card to it. */
  readonly card_count: number
  /** To be paid, or paid, to an account or a wallet. */
  readonly by_account_count: number
  /** Something was credited or handed out. */
  readonly paid_count: number
  readonly paid_by_account_count: number
  /** A bank has reported a withdrawal or a spending of it. */
  readonly withdrawn_count: number
  /** Neither a usable account nor an exemption: who is still to be reached. */
  readonly without_count: number
}

/** One unit of today, or one village in it. */
export interface CoverageRow extends CoverageCounts {
  readonly unit_code: string
  readonly unit_name: string | null
  /** Null in rows of units, and for those whose list names no village. */
  readonly village: string | null
}

/** Coverage of one place and of everything right below it. */
export interface Coverage {
  readonly as_of: string
  readonly benefit_period: string
  readonly all: CoverageCounts
  /** Units of the level asked for, or villages; by how many are still to be reached, the most first. */
  readonly rows: readonly CoverageRow[]
}

/** A beneficiary without a usable account and without an exemption. */
export interface UncoveredPerson {
  readonly person_key: string
  readonly unit_code: string
  readonly village: string | null
  readonly beneficiary_name: string
  readonly payee_name: string | null
  readonly birth_year: number | null
  /** none, opened or activated. */
  readonly account_state: string
  readonly payment_channel: string
  readonly needs: string | null
}

const coverageFile = loadSqlFile(new URL('../../sql/reports/coverage.sql', import.meta.url))
const peopleFile = loadSqlFile(new URL('../../sql/reports/coverage_people.sql', import.meta.url))

const counted = ['active_count', 'exempt_count', 'opened_count', 'activated_count', 'usable_count', 'card_count', 'by_account_count', 'paid_count', 'paid_by_account_count', 'withdrawn_count'] as const
type Counted = Record<(typeof counted)[number], number>

/** Coverage by province, by commune or by village. */
export async function coverage(session: Session, run: PublishedRun, level: 'province' | 'unit' | 'village', { benefitPeriod, scheme, unit }: CoverageFilter): Promise<Coverage> {
  const units = await unitsOf(session, run.as_of)
  const read = await rowsOf<Record<(typeof counted)[number], string> & { unit_code: string; village: string | null }>(session, coverageFile, {
    benefit_period: benefitPeriod.replace('-', ''), scheme: scheme ?? null, unit_codes: unit === undefined ? null : units.within(unit), as_of: run.as_of,
  })
  const sums = new Map<string, Counted & { unit: string; village: string | null }>()
  const all = nobody()
  for (const row of read) {
    const code = level === 'province' ? units.province(row.unit_code) : units.today(row.unit_code)
    const village = level === 'village' ? row.village : null
    const key = JSON.stringify([code, village])
    const sum = sums.get(key) ?? { ...nobody(), unit: code, village }
    sums.set(key, sum)
    for (const name of counted) {
      const count = Number.parseInt(row[name], 10)
      sum[name] += count
      all[name] += count
    }
  }
  const rows = [...sums.values()].map(({ unit: code, village, ...counts }) => ({ unit_code: code, unit_name: units.name(code), village, ...withRest(counts) }))
  return {
    as_of: run.as_of,
    benefit_period: benefitPeriod,
    all: withRest(all),
    rows: rows.sort((first, second) => second.without_count - first.without_count || (placeText(first) < placeText(second) ? -1 : 1)),
  }
}

/** The people still to be reached, by village and name: a page of at most `size` after a place; `hasMore` says whether others follow. */
export async function uncoveredPeople(session: Session, run: PublishedRun, filter: { readonly benefitPeriod: string; readonly unit: string }, after: { readonly village: string; readonly name: string; readonly personKey: string } | null, size: number): Promise<{ readonly rows: readonly UncoveredPerson[]; readonly hasMore: boolean; readonly units: Units }> {
  const units = await unitsOf(session, run.as_of)
  const rows = await rowsOf<UncoveredPerson>(session, peopleFile, {
    benefit_period: filter.benefitPeriod.replace('-', ''), unit_codes: units.within(filter.unit), as_of: run.as_of,
    after_village: after?.village ?? null, after_name: after?.name ?? null, after_key: after?.personKey ?? null, row_limit: size + 1,
  })
  return { rows: rows.slice(0, size), hasMore: rows.length > size, units }
}

function nobody(): Counted {
  return Object.fromEntries(counted.map((name) => [name, 0])) as Counted
}

function withRest(counts: Counted): CoverageCounts {
  return { ...counts, covered_count: counts.active_count - counts.exempt_count, without_count: counts.active_count - counts.usable_count - counts.exempt_count }
}

function placeText({ unit_code: unit, village }: CoverageRow): string {
  return `${unit} ${village ?? ''}`
}
