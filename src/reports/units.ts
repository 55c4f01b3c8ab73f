/** The places that a report speaks of: a unit with all below it, and what each is called. */
import { loadSqlFile, type Session } from '../db/index.ts'
import { rowsOf } from './rows.ts'

const below = loadSqlFile(new URL('../../sql/reports/units_below.sql', import.meta.url))
const names = loadSqlFile(new URL('../../sql/reports/unit_names.sql', import.meta.url))

/** The unit itself, every unit below it, and the old units that went into any of them as a whole; by code. */
export async function unitsBelow(session: Session, unitCode: string): Promise<string[]> {
  return (await rowsOf<{ unit_code: string }>(session, below, { unit_code: unitCode })).map((row) => row.unit_code)
}

/** The newest names of units by their code; a unit that no list of units knows is not in it. */
export async function unitNames(session: Session, unitCodes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf<{ unit_code: string; name: string }>(session, names, { unit_codes: unitCodes })
  return new Map(rows.map((row) => [row.unit_code, row.name]))
}
