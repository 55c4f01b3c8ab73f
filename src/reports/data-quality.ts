/** Can the lists be trusted: correct, sufficient, clean and live, as four counted scores per unit, with the people behind each. */
import { compareNames } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import { unitsOf, type Units } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'

/** The four scores, in the order in which people say them. */
export const qualities = ['correct', 'sufficient', 'clean', 'live'] as const
export type Quality = (typeof qualities)[number]

/** What speaks against somebody's entry, and which score it takes from. */
export const qualityFaults = {
  name_differs: 'correct', birth_differs: 'correct', sex_differs: 'correct', not_in_register: 'correct',
  no_birth: 'sufficient', no_sex: 'sufficient', no_village: 'sufficient', no_category: 'sufficient', no_account: 'sufficient',
  id_invalid: 'clean', id_mismatch: 'clean', duplicate_person: 'clean', duplicate_entitlement_line: 'clean', double_scheme: 'clean',
  deceased_on_list: 'live', moved: 'live', stale_verification: 'live', never_verified: 'live',
} as const satisfies Readonly<Record<string, Quality>>
export type QualityFault = keyof typeof qualityFaults

/** Of so many people, so many whose entry is good in this respect. */
export interface Score {
  readonly good_count: number
  /** Of correct and live: those whom the register has, or should have where it was loaded for their unit. Null where it has nobody. */
  readonly of_count: number | null
}

/** One unit of today. */
export interface DataQualityRow {
  readonly unit_code: string
  readonly unit_name: string | null
  /** Active beneficiaries of the month, each once. */
  readonly people_count: number
  readonly scores: Readonly<Record<Quality, Score>>
  /** How many people each fault is found in; one person may have several. */
  readonly faults: Readonly<Partial<Record<QualityFault, number>>>
}

/** The scores of every unit of a place, the one with most people to look at first, and of all of them together. */
export interface DataQuality {
  readonly as_of: string
  readonly benefit_period: string
  readonly all: Omit<DataQualityRow, 'unit_code' | 'unit_name'>
  readonly rows: readonly DataQualityRow[]
}

/** Somebody whose entry should be looked at. */
export interface QualityPerson {
  readonly person_key: string
  /** Of today. */
  readonly unit_code: string
  readonly village: string | null
  readonly beneficiary_name: string
  readonly faults: readonly QualityFault[]
  /** As the register writes it, where that differs; null otherwise. */
  readonly register_name: string | null
}

interface CountRow {
  readonly unit_code: string
  readonly people: string
  readonly registered: string
}

interface PersonRow {
  readonly person_key: string
  readonly unit_code: string
  readonly village: string | null
  readonly missing_fields: number
  readonly codes: readonly string[]
  readonly beneficiary_name: string
  readonly register_name: string | null
  readonly register_unit: string | null
  readonly is_birth_different: boolean
  readonly is_sex_different: boolean
}

const countsFile = loadSqlFile(new URL('../../sql/reports/list_quality.sql', import.meta.url))
const peopleFile = loadSqlFile(new URL('../../sql/reports/list_quality_people.sql', import.meta.url))
const missing = [[1, 'no_birth'], [2, 'no_sex'], [4, 'no_village'], [8, 'no_category'], [16, 'no_account']] as const

/** The four scores of a month, by unit of today; `unit` narrows it to one place with everything in it. */
export async function dataQuality(session: Session, run: PublishedRun, { benefitPeriod, unit, by = 'unit' }: { readonly benefitPeriod: string; readonly unit?: string; readonly by?: 'unit' | 'province' }): Promise<DataQuality> {
  const units = await unitsOf(session, run.as_of)
  const values = { benefit_period: benefitPeriod.replace('-', ''), unit_codes: unit === undefined ? null : units.within(unit), as_of: run.as_of }
  const place = (code: string): string => (by === 'province' ? units.province(code) : units.today(code))
  const tallies = new Map<string, Tally>()
  const all = new Tally()
  const tallyOf = (code: string): Tally => {
    const tally = tallies.get(code) ?? new Tally()
    tallies.set(code, tally)
    return tally
  }
  for (const row of await rowsOf<CountRow>(session, countsFile, values)) for (const tally of [tallyOf(place(row.unit_code)), all]) tally.count(row)
  for (const row of await rowsOf<PersonRow>(session, peopleFile, values)) {
    const faults = faultsOf(row, units)
    if (faults.length > 0) for (const tally of [tallyOf(place(row.unit_code)), all]) tally.fault(faults)
  }
  const rows = [...tallies].map(([code, tally]) => ({ unit_code: code, unit_name: units.name(code), ...tally.result() }))
  const faulty = (row: DataQualityRow): number => Object.values(row.faults).reduce((sum, count) => sum + count, 0)
  return { as_of: run.as_of, benefit_period: benefitPeriod, all: all.result(), rows: rows.sort((first, second) => faulty(second) - faulty(first) || (first.unit_code < second.unit_code ? -1 : 1)) }
}

/** The named remainder of a place: everybody with a fault (or with one that takes from `quality`), by unit, village and name. */
export async function qualityPeople(session: Session, run: PublishedRun, { benefitPeriod, unit, quality }: { readonly benefitPeriod: string; readonly unit: string; readonly quality?: Quality }): Promise<QualityPerson[]> {
  const units = await unitsOf(session, run.as_of)
  const rows = await rowsOf<PersonRow>(session, peopleFile, { benefit_period: benefitPeriod.replace('-', ''), unit_codes: units.within(unit), as_of: run.as_of })
  return rows.flatMap((row) => {
    const faults = faultsOf(row, units).filter((fault) => quality === undefined || qualityFaults[fault] === quality)
    const { person_key: personKey, village, beneficiary_name: name, register_name: registerName } = row
    return faults.length === 0 ? [] : [{ person_key: personKey, unit_code: units.today(row.unit_code), village, beneficiary_name: name, faults, register_name: faults.includes('name_differs') ? registerName : null }]
  })
}

/** The id is a second key beside the name: a register in capitals without marks says the same. */
function faultsOf(row: PersonRow, units: Units): QualityFault[] {
  const faults: QualityFault[] = []
  if (row.register_name !== null && row.register_name !== row.beneficiary_name && compareNames(row.register_name, row.beneficiary_name, { hasSecondKey: true }).answer !== 'match') faults.push('name_differs')
  if (row.is_birth_different) faults.push('birth_differs')
  if (row.is_sex_different) faults.push('sex_differs')
  for (const [bit, fault] of missing) if ((row.missing_fields & bit) > 0) faults.push(fault)
  for (const code of row.codes) if (Object.hasOwn(qualityFaults, code)) faults.push(code as QualityFault)
  if (row.codes.includes('never_verified')) faults.push('not_in_register')
  if (row.register_unit !== null && units.today(row.register_unit) !== units.today(row.unit_code)) faults.push('moved')
  return faults
}

/** Adds up one place. */
class Tally {
  private people = 0
  private registered = 0
  private readonly faulty: Record<Quality, number> = { correct: 0, sufficient: 0, clean: 0, live: 0 }
  private readonly faults = new Map<QualityFault, number>()

  count({ people, registered }: CountRow): void {
    this.people += Number.parseInt(people, 10)
    this.registered += Number.parseInt(registered, 10)
  }

  /** One person with these faults. */
  fault(faults: readonly QualityFault[]): void {
    for (const fault of faults) this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1)
    for (const quality of new Set(faults.map((fault) => qualityFaults[fault]))) this.faulty[quality] += 1
  }

  result(): Omit<DataQualityRow, 'unit_code' | 'unit_name'> {
    const score = (quality: Quality, of: number | null): Score => ({ good_count: of === null ? 0 : of - this.faulty[quality], of_count: of })
    // Whether somebody is who the list says, and alive, only a register tells: of whom it has, and of whom it should have.
    const known = this.registered + (this.faults.get('not_in_register') ?? 0)
    const told = known === 0 ? null : known
    return {
      people_count: this.people,
      scores: { correct: score('correct', told), sufficient: score('sufficient', this.people), clean: score('clean', this.people), live: score('live', told) },
      faults: Object.fromEntries(this.faults),
    }
  }
}
