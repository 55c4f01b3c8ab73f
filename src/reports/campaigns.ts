/** The campaign that a place is in: which share of its people is to have a usable account, and by when. */
import { loadSqlFile, type Session } from '../db/index.ts'
import type { Units } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'
import { rowsOf } from './rows.ts'

/** A campaign's target. */
export interface Campaign {
  readonly name: string
  /** Null: the whole country. */
  readonly unit_code: string | null
  /** Null: all schemes. */
  readonly scheme: string | null
  /** Decimal, 0 to 100: percent of those who must have a usable account. */
  readonly target_percent: string
  readonly target_date: string
}

const campaignsFile = loadSqlFile(new URL('../../sql/reports/campaigns.sql', import.meta.url))

/**
 * The campaign for a place (absent: the whole country) and scheme: of those that cover both, the one whose day comes
 * next, else the one that ended last. Null where there is none, or none has begun.
 */
export async function campaignOf(session: Session, run: PublishedRun, units: Units, { unit, scheme }: { readonly unit?: string | undefined; readonly scheme?: string | undefined }): Promise<Campaign | null> {
  const covers = (campaign: Campaign): boolean =>
    (campaign.scheme === null || campaign.scheme === scheme) && (campaign.unit_code === null || (unit !== undefined && units.within(campaign.unit_code).includes(units.today(unit))))
  const campaigns = (await rowsOf<Campaign>(session, campaignsFile, { as_of: run.as_of })).filter(covers)
  return campaigns.find(({ target_date: date }) => date >= run.as_of) ?? campaigns.at(-1) ?? null
}
