/** Outreach packs: whose door a mobile team knocks on in each village, why, and what it should know on the way (D111). */
import { foldWord, money, nameSpelling, type Amount, type Texts } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import type { PublishedRun } from './overview.ts'
import { personAddresses } from './person-address.ts'
import { unitsOf } from './clock/units.ts'
import type { VisitResult } from './visits.ts'

/** The reasons to go and see somebody, what weighs most first: kinds of findings, and three ways of having no account that can be used. */
export const outreachCodes = ['unpaid_no_account', 'returned', 'no_account', 'account_lost', 'account_inactive', 'account_not_usable', 'mandate_expired', 'mandate_expiring', 'not_withdrawn', 'never_verified', 'stale_verification'] as const

/** One reason to see a person. */
export interface OutreachReason {
  /** One of `outreachCodes`. */
  readonly code: string
  /** In how many months of benefit. */
  readonly months: number
  /** The newest of them, `YYYY-MM`; null for a reason that belongs to no month. */
  readonly last_period: string | null
  /** What is at stake in them together; `0` where the reason is not about money. */
  readonly amount: Amount
  /** Null where the reason is not about money. */
  readonly currency: string | null
}

/** One person to see. */
export interface OutreachPerson {
  readonly personKey: string
  /** The address of the person's page and form; null for an id that is none of a person. */
  readonly address: string | null
  readonly beneficiaryId: string
  /** As the newest list has it. */
  readonly name: string | null
  /** As the list says them: `no_phone`, `disability`, `home_pay`, or in its own words; what names an illness is left out. */
  readonly needs: readonly string[]
  /** Who receives for the person; null: nobody. */
  readonly payeeName: string | null
  readonly reasons: readonly OutreachReason[]
  /** The last visit that a team reported; null: none. */
  readonly visit: { readonly date: string; readonly result: VisitResult; readonly team: string | null } | null
  /** The last day of an exemption from having an account that is valid on the run's day; null: none. */
  readonly exemptUntil: string | null
}

/** How to get to a village, and what is there; null: nobody has said. Distances are decimal kilometres. */
export interface VillageAccess {
  readonly distanceKm: string | null
  readonly cashPointKm: string | null
  readonly electricity: string | null
  readonly signal: string | null
}

/** The people of one village, or of one unit. */
export interface OutreachSection {
  readonly unitCode: string
  readonly unitName: string | null
  /** Null: lists name no village, or the pack is by unit. */
  readonly village: string | null
  readonly access: VillageAccess | null
  readonly people: readonly OutreachPerson[]
}

/** What a team takes along. */
export interface OutreachPack {
  /** The day of the run that the reasons come from. */
  readonly asOf: string
  readonly runId: string
  /** The day on which it was made. */
  readonly madeOn: string
  readonly by: 'village' | 'unit'
  readonly unitCode: string
  readonly unitName: string | null
  /** In the order of the way: the nearest village first, villages of unknown distance last. */
  readonly sections: readonly OutreachSection[]
  /** What each kind of finding is called. */
  readonly titles: ReadonlyMap<string, Texts>
}

/** Which pack. */
export interface OutreachQuestion {
  readonly unitCode: string
  readonly by: 'village' | 'unit'
  /** Only this village; empty: only those of whom no list names one. */
  readonly village?: string | undefined
  /** The day on which the pack is made. */
  readonly today: string
}

interface PersonRow {
  readonly person_key: string
  readonly beneficiary_id: string
  readonly unit_code: string
  readonly reasons: readonly OutreachReason[]
  readonly beneficiary_name: string | null
  readonly village: string | null
  readonly needs: string | null
  readonly payee_name: string | null
  readonly visited_date: string | null
  readonly result: VisitResult | null
  readonly team: string | null
  readonly exempt_until: string | null
}

interface VillageRow {
  readonly unit_code: string
  readonly village: string
  readonly distance_km: string | null
  readonly electricity: string | null
  readonly signal: string | null
  readonly cash_point_km: string | null
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { people: file('outreach_people'), villages: file('villages') }

/** The pack of a unit and all below it; without people where nobody needs to be seen. */
export async function outreachPack(session: Session, run: PublishedRun, { unitCode, by, village, today }: OutreachQuestion): Promise<OutreachPack> {
  const units = await unitsOf(session, run.as_of)
  const unitCodes = units.within(unitCode)
  const addresses = await personAddresses(session)
  const read = await rowsOf<PersonRow>(session, files.people, { unit_codes: unitCodes, codes: outreachCodes, as_of: run.as_of, today })
  const rows = read.map((row) => ({ ...row, unit_code: units.today(row.unit_code) }))
  const villages = new Map((await rowsOf<VillageRow>(session, files.villages, { unit_codes: unitCodes })).map((row) => [placeKey(units.today(row.unit_code), row.village), row]))
  const titles = await session.query<{ code: string; title: Texts }>('select code, title from finding_type where code = any ($1)', [[...outreachCodes]])
  const wanted = village === undefined ? rows : rows.filter((row) => nameSpelling(row.village ?? '') === nameSpelling(village))
  const groups = new Map<string, { readonly rows: PersonRow[]; readonly place: VillageRow | null }>()
  for (const row of wanted) {
    const key = placeKey(row.unit_code, by === 'village' ? row.village : null)
    const group = groups.get(key) ?? { rows: [], place: villages.get(key) ?? null }
    group.rows.push(row)
    groups.set(key, group)
  }
  const sections = [...groups.values()].map(({ rows: people, place }): OutreachSection => {
    const first = people[0] as PersonRow
    return {
      unitCode: first.unit_code,
      unitName: units.name(first.unit_code),
      village: by === 'unit' ? null : (place?.village ?? first.village),
      access: place === null ? null : { distanceKm: place.distance_km, cashPointKm: place.cash_point_km, electricity: place.electricity, signal: place.signal },
      people: people.map((row) => ({ row, key: orderOf(row, by, villages) })).sort((one, other) => compareText(one.key, other.key)).map(({ row }) => personOf(row, addresses.of(row.person_key))),
    }
  })
  const key = ({ unitCode: code, village: name, access }: OutreachSection): string => `${code}|${wayKey(access?.distanceKm ?? null, name)}`
  return {
    asOf: run.as_of, runId: run.run_id, madeOn: today, by, unitCode, unitName: units.name(unitCode),
    sections: sections.map((section) => ({ section, key: key(section) })).sort((one, other) => compareText(one.key, other.key)).map(({ section }) => section),
    titles: new Map(titles.map(({ code, title }) => [code, title])),
  }
}

/** How many people are in a pack. */
export function peopleInPack({ sections }: OutreachPack): number {
  return sections.reduce((count, { people }) => count + people.length, 0)
}

function personOf(row: PersonRow, address: string | null): OutreachPerson {
  return {
    personKey: row.person_key,
    address,
    beneficiaryId: row.beneficiary_id,
    name: row.beneficiary_name,
    needs: needsOf(row.needs),
    payeeName: row.payee_name,
    reasons: row.reasons.map((reason) => ({ ...reason, amount: money.amountFromDatabase(reason.amount) })),
    visit: row.visited_date === null || row.result === null ? null : { date: row.visited_date, result: row.result, team: row.team },
    exemptUntil: row.exempt_until,
  }
}

/** What is private to a sick person is no business of whoever finds the sheet. */
const illness = /\b(?:hiv|aids|nhiem h|tam than|ung thu|lao phoi)\b/

/** A list's needs one by one, known words first as they are; none that names an illness. */
export function needsOf(text: string | null): string[] {
  const parts = (text ?? '').split(/[;,]/).map((part) => part.trim()).filter((part) => part !== '')
  return [...new Set(parts)].filter((part) => !illness.test(foldWord(part)))
}

function placeKey(unitCode: string, village: string | null): string {
  return `${unitCode}|${village === null ? '' : nameSpelling(village)}`
}

/** In a pack by village the name alone; in one by unit the way first. */
function orderOf(row: PersonRow, by: 'village' | 'unit', villages: ReadonlyMap<string, VillageRow>): string {
  const name = row.beneficiary_name === null ? '~' : foldWord(row.beneficiary_name)
  const way = by === 'village' ? '' : wayKey(villages.get(placeKey(row.unit_code, row.village))?.distance_km ?? null, row.village)
  return `${way}|${name}|${row.person_key.padStart(20, '0')}`
}

/** Sorts as the way goes: by distance, unknown ones last, then by the village's name, with numbers in it as numbers. */
function wayKey(distanceKm: string | null, village: string | null): string {
  const [whole = '', fraction = ''] = (distanceKm ?? '').split('.')
  const distance = distanceKm === null ? '~' : whole.padStart(9, '0') + fraction.padEnd(6, '0')
  return `${distance}|${village === null ? '~' : foldWord(village).replace(/\d+/g, (digits) => digits.padStart(6, '0'))}`
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
