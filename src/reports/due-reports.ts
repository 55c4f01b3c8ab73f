/** Which files a bank is to send next, and which it owes. */
import { countryOffsetMinutes } from '../core/index.ts'
import { loadSqlFile, type Session } from '../db/index.ts'
import { rowsOf } from './rows.ts'

/** A kind of file that a bank is to send each month. */
export interface DueReport {
  readonly kind: string
  /** Null: of every scheme. */
  readonly scheme: string | null
  /** The next day by which it is to come; today is the last moment for it. */
  readonly due_date: string
  /** The last day since the day before that one on which it came; null: not yet. */
  readonly received_date: string | null
  /** The day that passed without it, as the published result found it; null: none did, or it has come since. */
  readonly missing_since: string | null
  /** Null: never. */
  readonly last_received_date: string | null
}

const dueFile = loadSqlFile(new URL('../../sql/reports/due_reports.sql', import.meta.url))

/** What a bank is to send, the one due first comes first; `session` is one of that bank's own. @param today `YYYY-MM-DD`, of the country */
export function dueReports(session: Session, creditorAgent: string, today: string): Promise<DueReport[]> {
  return rowsOf<DueReport>(session, dueFile, { source: creditorAgent, today, offset_minutes: countryOffsetMinutes })
}
