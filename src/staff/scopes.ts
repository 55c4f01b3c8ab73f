/** Which codes of units lie in the unit that somebody works for, laid out for the database to look up (D121). */
import type { ScopeLevel } from '../core/index.ts'
import type { Session } from '../db/index.ts'

/** What the tree of units says; the room of reports reads it. */
export interface UnitTree {
  /** Every code, of today or before, whose people live in this unit now; itself included. */
  within(unitCode: string): readonly string[]
  /** The province that a unit lies in today; itself if it is one. */
  province(unitCode: string): string
  today(unitCode: string): string
  /** Null where no file names it. */
  name(unitCode: string): string | null
}

/** Lays out the units of one person, or of everybody, anew; whoever works for the whole country has none. */
export async function layOutScopes(session: Session, units: UnitTree, staffId?: string): Promise<void> {
  const people = await session.query<{ staff_id: string; unit_code: string | null }>('select staff_id, unit_code from staff where $1::bigint is null or staff_id = $1', [staffId ?? null])
  for (const { staff_id: id, unit_code: unit } of people) {
    await session.query('delete from staff_unit where staff_id = $1', [id])
    if (unit !== null) await session.query('insert into staff_unit (staff_id, unit_code) select $1, unnest($2::text[])', [id, units.within(unit)])
    await session.query('update staff set scope_level = $2 where staff_id = $1', [id, levelOf(unit, units)])
  }
}

function levelOf(unit: string | null, units: UnitTree): ScopeLevel {
  if (unit === null) return 'country'
  // Of a unit that no file names nobody knows what it lies in: the smaller right.
  return units.name(unit) !== null && units.province(unit) === units.today(unit) ? 'province' : 'commune'
}
