/** The findings of the published run for programs: as many as there are, without holding them all. */
import type { Amount } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Database, type Session } from '../db/index.ts'

/** One finding, in the shape of contract section 7. */
export interface ExportedFinding {
  readonly finding_id: string
  readonly code: string
  /** h, m, l or i. */
  readonly severity: string
  readonly scheme: string | null
  /** `YYYY-MM`; null for a payment that states none and matched none. */
  readonly benefit_period: string | null
  /** Null where the finding is about an account, or a payment that names nobody. */
  readonly beneficiary_id: string | null
  /** The beneficiary, the payment (`agent|end_to_end_id`) or the account (`agent|number`). */
  readonly subject: string
  readonly amount_at_stake: Amount
  readonly currency: string
  readonly unit_code: string | null
  /** What was compared; amounts in it are strings. */
  readonly evidence: Readonly<Record<string, unknown>>
  readonly source_rows: readonly { readonly file_id: string; readonly file_name: string; readonly line: number }[]
}

/** Limits the export; null limits nothing. `benefit_period` is year × 100 + month. */
export interface ExportFilter {
  readonly code: string | null
  readonly benefit_period: string | null
  readonly unit_code: string | null
}

const exportFile = loadSqlFile(new URL('../../sql/reports/findings_export.sql', import.meta.url))
const totalsFile = loadSqlFile(new URL('../../sql/reports/finding_totals.sql', import.meta.url))

/** Hands over the findings one by one, by code, scheme, month and subject, as of one instant. */
export function eachFinding(database: Database, filter: ExportFilter, take: (finding: ExportedFinding) => void | Promise<void>): Promise<void> {
  return database.transaction(async (transaction) => {
    for await (const finding of transaction.streamFile<ExportedFinding>(exportFile, { ...filter })) await take(finding)
  })
}

/** How many findings there are of each code and what is at stake, by code and currency. */
export async function findingTotals(session: Session): Promise<{ readonly code: string; readonly count: number; readonly amount_at_stake: Amount; readonly currency: string }[]> {
  return rowsOf<{ code: string; count: number; amount_at_stake: Amount; currency: string }>(session, totalsFile)
}
