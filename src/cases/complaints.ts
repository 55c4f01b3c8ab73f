/** Complaints: people who say that a month's money did not come, as the desk or a file took them, each with a case of its own. */
import { foldWord, type Reader } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session, type Transaction } from '../db/index.ts'
import { tally } from './tally.ts'

/** How somebody came with a complaint. */
export const complaintWays = ['desk', 'phone', 'home', 'letter'] as const
/** How somebody wants to be answered. */
export const answerWays = ['letter', 'text_message', 'in_person', 'phone'] as const
export type ComplaintWay = (typeof complaintWays)[number]
export type AnswerWay = (typeof answerWays)[number]

/** What somebody says. */
export interface ComplaintGiven {
  readonly personKey: string
  /** Null: they do not know. */
  readonly scheme: string | null
  /** `YYYY-MM` */
  readonly benefitPeriod: string
  readonly complainedDate: string
  readonly cameBy: ComplaintWay
  readonly wantedAnswer: AnswerWay
  /** With + and the country code; null: none. */
  readonly phone: string | null
  readonly words: string | null
  /** Nobody on a list of the reader's: the complaint is in the way of no other unit's. */
  readonly isStranger: boolean
  /** Of somebody on no list of the reader's. */
  readonly personName: string | null
}

/** What was kept of a complaint beside its case. */
export interface Complaint {
  readonly complained_date: string
  readonly came_by: ComplaintWay
  readonly wanted_answer: AnswerWay
  readonly phone: string | null
  readonly words: string | null
  readonly taken_at: string
  /** Null: it came in a file. */
  readonly taken_by_name: string | null
  readonly file_id: string | null
  readonly line_number: string | null
}

/** Somebody found by name. */
export interface FoundPerson {
  readonly person_key: string
  readonly beneficiary_name: string
  readonly birth_year: number | null
  readonly unit_code: string
  readonly village: string | null
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/cases/${name}.sql`, import.meta.url))
const files = { open: file('complaint_open'), rows: file('complaint_rows'), follow: file('complaint_follow'), people: file('complaint_people') }

interface Opened {
  readonly finding_id: string
  readonly case_number: string
}

/**
 * Takes a complaint at the desk and opens its case; the same person's about the same month and scheme on the same day is
 * the same complaint, and answers with its case. `elsewhere`: nothing was taken, since another unit with the person on its
 * list took the same complaint today.
 *
 * @param units whose people the reader may see; null: everybody's
 */
export async function takeComplaint(transaction: Transaction, given: ComplaintGiven, by: { readonly actor: Reader; readonly at: string; readonly asOf: string; readonly units: readonly string[] | null }): Promise<{ readonly findingId: string; readonly isNew: boolean } | 'elsewhere'> {
  const row = {
    person_key: given.personKey, scheme: given.scheme, benefit_period: given.benefitPeriod.replace('-', ''), complained_date: given.complainedDate,
    came_by: given.cameBy, wanted_answer: given.wantedAnswer, phone: given.phone, words: given.words, person_name: given.personName, unit_code: by.actor.unitCode, stranger_to: given.isStranger ? (by.actor.unitCode ?? '') : null, file_id: null, line_number: null,
  }
  const { made, all: [opened] } = await open(transaction, [row], { ...by, takenBy: by.actor.staffId })
  if (opened === undefined) return 'elsewhere'
  const isNew = made.has(opened.finding_id)
  if (isNew) await tally(transaction, { personKey: given.personKey, findingId: opened.finding_id }, 1)
  return { findingId: opened.finding_id, isNew }
}

const rowsAtOnce = 1000

/** Opens cases for complaints in files, and withdraws those whose file was withdrawn before anybody worked on them; by the owner, inside the transaction that follows a result. Doing it again changes nothing. */
export async function followComplaints(transaction: Session, { asOf, at }: { readonly asOf: string; readonly at: string }): Promise<void> {
  const waiting = await rowsOf<{ benefit_period: number; file_id: number }>(transaction, files.rows)
  for (let from = 0; from < waiting.length; from += rowsAtOnce) await open(transaction, waiting.slice(from, from + rowsAtOnce), { at, asOf, takenBy: null, units: null })
  await transaction.run(files.follow, { as_of: asOf, at })
}

async function open(transaction: Session, rows: readonly object[], { at, asOf, takenBy, units }: { readonly at: string; readonly asOf: string; readonly takenBy: string | null; readonly units: readonly string[] | null }): Promise<{ readonly made: ReadonlySet<string>; readonly all: readonly Opened[] }> {
  const results = await transaction.run<Opened>(files.open, { rows: JSON.stringify(rows), as_of: asOf, at, taken_by: takenBy, unit_codes: units === null ? null : [...units] })
  return { made: new Set(results[0]?.rows.map(({ finding_id: id }) => id)), all: results.at(-1)?.rows ?? [] }
}

/** What was said when the case of a complaint was opened; null for a case that is none, or not the reader's. */
export async function complaintOf(session: Session, { personKey, findingId }: { readonly personKey: string; readonly findingId: string }): Promise<Complaint | null> {
  const [row] = await session.query<Complaint>(
    `select k.complained_date, k.came_by::text as came_by, k.wanted_answer::text as wanted_answer, k.phone, k.words, k.taken_at, l.display_name as taken_by_name, k.file_id::text as file_id, k.line_number::text as line_number
     from complaint k left join colleague l on l.staff_id = k.taken_by where k.person_key = $1 and k.finding_id = $2`, [personKey, findingId])
  return row ?? null
}

/** The open cases of a person's month, complaints among them: what else is being done about it. */
export function openCasesOf(session: Session, { personKey, benefitPeriod }: { readonly personKey: string; readonly benefitPeriod: string }): Promise<{ readonly finding_id: string; readonly case_number: string; readonly code: string; readonly step: string; readonly opened_date: string; readonly scheme: string | null }[]> {
  return session.query(
    `select c.finding_id, c.case_number::text as case_number, c.code, c.step, c.opened_date, s.scheme from case_record c left join scheme_code s using (scheme_id)
     where c.person_key = $1 and c.benefit_period = $2 and c.is_open order by c.code = 'complaint' desc, c.case_number`, [personKey, benefitPeriod.replace('-', '')])
}

/** People of these units whose name holds what was typed, without marks and capitals, at most `most`. */
export async function peopleByName(session: Session, typed: string, unitCodes: readonly string[], most: number): Promise<FoundPerson[]> {
  const name = foldWord(typed)
  if (name === '') return []
  return rowsOf<FoundPerson>(session, files.people, { unit_codes: [...unitCodes], name, row_limit: most })
}

/** Within how many working days a case of a type is to be answered, as digits. */
export async function workingDaysOf(session: Session, code: string): Promise<string> {
  const [type] = await session.query<{ working_days: number }>('select working_days from finding_type where code = $1', [code])
  return `${type?.working_days ?? 0}`
}
