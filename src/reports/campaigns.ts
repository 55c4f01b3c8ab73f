/** Campaigns for usable accounts: what was promised where, how far it has come day by day, and how many are still missing. */
import { money } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import { unitsOf, type Units } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'

/** Coverage as it stood on the day of one run: usable_count of covered_count. */
export interface CoverageDay {
  readonly as_of: string
  /** `YYYY-MM`: the newest month that had begun. */
  readonly benefit_period: string
  readonly usable_count: number
  /** Active beneficiaries less those with a valid exemption. */
  readonly covered_count: number
  readonly exempt_count: number
}

/** A campaign, and how far it has come. */
export interface CampaignProgress {
  readonly name: string
  /** As the file states it; null: the whole country. */
  readonly unit_code: string | null
  readonly unit_name: string | null
  /** Null: all schemes. */
  readonly scheme: string | null
  /** Percent of the covered, as written. */
  readonly target_percent: string
  readonly target_date: string
  readonly start_date: string
  readonly legal_basis: string | null
  /** From its first day on, the oldest first. */
  readonly days: readonly CoverageDay[]
  /** How many more people need a usable account; 0 where it is reached, null before anything was counted. */
  readonly missing_count: number | null
}

/** A campaign as it was announced. */
export type Campaign = Omit<CampaignProgress, 'unit_name' | 'days' | 'missing_count'>

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { campaigns: file('campaigns'), days: file('coverage_days') }

/** Coverage of a place on the day of each run since `fromDate`. */
export async function coverageByDay(session: Session, run: PublishedRun, { unit, scheme, fromDate }: { readonly unit?: string; readonly scheme?: string; readonly fromDate: string }): Promise<CoverageDay[]> {
  const units = await unitsOf(session, run.as_of)
  const rows = await rowsOf<{ as_of: string; benefit_period: string; active_count: string; exempt_count: string; usable_count: string }>(session, files.days, { scheme: scheme ?? null, unit_codes: unit === undefined ? null : units.within(unit), from_date: fromDate })
  return rows.map((row) => {
    const [active, exempt, usable] = [row.active_count, row.exempt_count, row.usable_count].map((count) => Number.parseInt(count, 10))
    return { as_of: row.as_of, benefit_period: row.benefit_period, usable_count: usable ?? 0, covered_count: (active ?? 0) - (exempt ?? 0), exempt_count: exempt ?? 0 }
  })
}

/** Every campaign with its progress, or those that reach into a place: its own, and those of what it lies in. */
export async function campaigns(session: Session, run: PublishedRun, unit?: string): Promise<CampaignProgress[]> {
  const units = await unitsOf(session, run.as_of)
  const rows = await rowsOf<Campaign>(session, files.campaigns, { as_of: run.as_of })
  const reaching = rows.filter((row) => unit === undefined || row.unit_code === null || units.within(row.unit_code).includes(units.today(unit)))
  return Promise.all(reaching.map(async (row) => {
    const place = unit ?? row.unit_code
    const days = await coverageByDay(session, run, { fromDate: row.start_date, ...(place === null ? {} : { unit: place }), ...(row.scheme === null ? {} : { scheme: row.scheme }) })
    const last = days.at(-1)
    return { ...row, unit_name: row.unit_code === null ? null : units.name(row.unit_code), days, missing_count: last === undefined ? null : missingOf(row.target_percent, last) }
  }))
}

/**
 * The campaign for a place (absent: the whole country) and scheme: of those that cover both, the one whose day comes
 * next, else the one that ended last. Null where there is none, or none has begun.
 */
export async function campaignOf(session: Session, run: PublishedRun, units: Units, { unit, scheme }: { readonly unit?: string | undefined; readonly scheme?: string | undefined }): Promise<Campaign | null> {
  const covers = (campaign: Campaign): boolean =>
    (campaign.scheme === null || campaign.scheme === scheme) && (campaign.unit_code === null || (unit !== undefined && units.within(campaign.unit_code).includes(units.today(unit))))
  const all = (await rowsOf<Campaign>(session, files.campaigns, { as_of: run.as_of })).filter(covers)
  return all.find(({ target_date: date }) => date >= run.as_of) ?? all.at(-1) ?? null
}

/** People to the target, rounded up: 99.5 % of 201 are 200. */
function missingOf(targetPercent: string, { usable_count: usable, covered_count: covered }: CoverageDay): number {
  const hundredths = money.multiply(money.amountFromDatabase(targetPercent), String(covered))
  const [whole = '0', fraction = ''] = hundredths.split('.')
  const [people, rest] = [BigInt(whole) / 100n, BigInt(whole) % 100n]
  const needed = people + (rest > 0n || fraction !== '' ? 1n : 0n)
  return needed > BigInt(usable) ? Number.parseInt(`${needed - BigInt(usable)}`, 10) : 0
}
