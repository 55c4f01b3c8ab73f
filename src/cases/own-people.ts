/** Whose people the reader may see: their units, and who of some people is theirs. */
import { identifierOf, personKeyOf } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'

/** Somebody whom the reader may see, as the newest list names them. */
export interface OwnPerson {
  readonly person_key: string
  readonly beneficiary_id: string
  readonly beneficiary_name: string
  readonly birth_year: number | null
  readonly unit_code: string
  readonly village: string | null
  /** The last four characters of the account that the list names; null: none. */
  readonly account_end: string | null
}

const peopleFile = loadSqlFile(new URL('../../sql/cases/own_people.sql', import.meta.url))

/** The codes of units whose people the reader may see; null: everybody's. */
export async function unitsSeen(session: Session): Promise<readonly string[] | null> {
  const [row] = await session.query<{ sees_all: boolean; units: string[] }>('select desk_sees_all() as sees_all, desk_units() as units')
  return row === undefined || row.sees_all ? null : row.units
}

/** Those with one of these ids whom the reader may see, as the newest list names them. */
export async function ownPeople(session: Session, ids: readonly string[]): Promise<OwnPerson[]> {
  const rows = await rowsOf<Omit<OwnPerson, 'beneficiary_id'>>(session, peopleFile, { person_keys: ids.map(personKeyOf).filter((key) => key !== null) })
  return rows.map((person) => ({ ...person, beneficiary_id: identifierOf(person.person_key) }))
}
