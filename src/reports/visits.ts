/** What mobile teams brought back, beside what lists, banks and the register say: the contradictions, each with both sides (D110). */
import { countryOffsetMinutes } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'

/** In which way a visit is contradicted; sql/reports/visit_conflicts.sql says when each is told. */
export const visitConflicts = ['same_day', 'later_visit', 'no_account_reported', 'register_alive', 'register_dead', 'still_listed', 'account_usable', 'exemption_missing'] as const
export type VisitConflictCode = (typeof visitConflicts)[number]

/** What a team found at a door. */
export type VisitResult = 'opened' | 'absent' | 'refused' | 'exempt' | 'moved' | 'died'

/** One contradiction: a visit, and what stands against it. */
export interface VisitConflict {
  readonly conflict: VisitConflictCode
  readonly person_key: string
  readonly beneficiary_id: string
  /** Name, unit and village as the newest list has them; null where no list names the person. */
  readonly beneficiary_name: string | null
  readonly unit_code: string | null
  readonly unit_name: string | null
  readonly village: string | null
  /** `YYYY-MM-DD`. */
  readonly visited_date: string
  readonly result: VisitResult
  readonly team: string | null
  readonly file_id: string
  readonly line: string
  readonly file_name: string
  /** The other visit's result, the register's or the bank's word, the month of the list; null where nothing was reported. */
  readonly other_said: string | null
  readonly other_date: string | null
  readonly other_team: string | null
  /** Null where the other side is that something is missing. */
  readonly other_file_id: string | null
  readonly other_line: string | null
  readonly other_file_name: string | null
}

/** Somebody who need not have an account, for now. */
export interface Exemption {
  readonly state: 'valid' | 'expiring' | 'expired' | 'future'
  readonly person_key: string
  readonly beneficiary_id: string
  readonly beneficiary_name: string | null
  readonly unit_code: string | null
  readonly unit_name: string | null
  readonly village: string | null
  readonly reason_code: string
  /** The reason's name in the reason codes that were loaded; null where they do not know it. */
  readonly reason_vi: string | null
  readonly reason_en: string | null
  readonly evidence_reference: string
  readonly approved_by: string
  readonly valid_from: string
  /** The last day. */
  readonly valid_to: string
  readonly file_id: string
  readonly line: string
  readonly file_name: string
}

/** How many exemptions of one reason a unit has. */
export interface ExemptionCount {
  readonly unit_code: string | null
  readonly unit_name: string | null
  readonly reason_code: string
  readonly reason_vi: string | null
  readonly reason_en: string | null
  /** On the day, those that end soon among them. */
  readonly valid: number
  /** Valid, with their last day within 30 days. */
  readonly expiring: number
  readonly expired: number
}

/** Whose rows are asked for; null or absent limits nothing. */
export interface VisitFilter {
  readonly unitCodes?: readonly string[] | null
  readonly personKey?: string | null
}

const conflictsFile = loadSqlFile(new URL('../../sql/reports/visit_conflicts.sql', import.meta.url))
const exemptionsFile = loadSqlFile(new URL('../../sql/reports/exemptions.sql', import.meta.url))

/** The contradictions known by the end of a day, by unit, kind and day of the visit; from all sealed files, a run is not waited for. */
export function conflictsOfVisits(session: Session, asOf: string, { unitCodes = null, personKey = null }: VisitFilter = {}): Promise<VisitConflict[]> {
  return rowsOf(session, conflictsFile, { as_of: asOf, offset_minutes: countryOffsetMinutes, person_key: personKey, unit_codes: unitCodes })
}

/** The exemptions as a day finds them, by unit and last day. */
export function exemptions(session: Session, asOf: string, { unitCodes = null }: Pick<VisitFilter, 'unitCodes'> = {}): Promise<Exemption[]> {
  return rowsOf(session, exemptionsFile, { as_of: asOf, unit_codes: unitCodes })
}

/** The same counted by unit and reason, in the order in which they come. */
export function countExemptions(rows: readonly Exemption[]): ExemptionCount[] {
  const counts = new Map<string, { -readonly [K in keyof ExemptionCount]: ExemptionCount[K] }>()
  for (const { state, unit_code, unit_name, reason_code, reason_vi, reason_en } of rows) {
    const key = `${unit_code ?? ''}|${reason_code}`
    const count = counts.get(key) ?? { unit_code, unit_name, reason_code, reason_vi, reason_en, valid: 0, expiring: 0, expired: 0 }
    if (state === 'valid' || state === 'expiring') count.valid += 1
    if (state === 'expiring') count.expiring += 1
    if (state === 'expired') count.expired += 1
    counts.set(key, count)
  }
  return [...counts.values()]
}
