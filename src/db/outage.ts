/** What kept the database from doing something, in one word that a night, a page and an alarm can say. */
import { isDatabaseAway } from './connect.ts'

/** An outage: nothing of it is the fault of a file or of a rule, and the same work may succeed later. */
export type Outage = 'database_away' | 'disk_full' | 'statement_timeout' | 'out_of_memory' | 'read_only' | 'locked'

const byCode: Readonly<Record<string, Outage>> = { 53100: 'disk_full', 58030: 'disk_full', ENOSPC: 'disk_full', 57014: 'statement_timeout', 53200: 'out_of_memory', 25006: 'read_only', '55P03': 'locked', '40P01': 'locked' }

/** The word for an error; null: it is none of these. */
export function outageOf(error: unknown): Outage | null {
  if (!(error instanceof Error)) return null
  const { code } = error as Error & { readonly code?: unknown }
  const word = typeof code === 'string' && Object.hasOwn(byCode, code) ? byCode[code] : undefined
  return word ?? (isDatabaseAway(error) || code === 'database_unreachable' ? 'database_away' : null)
}
