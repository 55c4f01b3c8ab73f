/** One person in the published result: who it is, every month, the findings, and the lines that say so. */
import { countryOffsetMinutes, identifierOf, money, type Amount, type Texts } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import { personAddresses } from './person-address.ts'

/** What was laid against one month of one scheme. */
export interface PersonPayment {
  /** on_the_way, not_collected, rejected, credited or returned; null: published by an older version. */
  readonly state: string | null
  readonly rule: string
  readonly allocated_amount: Amount
  readonly creditor_agent: string | null
  readonly creditor_account: string | null
  readonly instructed_date: string | null
  readonly credited_date: string | null
  readonly returned_date?: string | null
}

/** One entitlement: scheme × month. */
export interface PersonMonth {
  readonly scheme: string
  /** `YYYY-MM`. */
  readonly benefit_period: string
  readonly outcome_class: string
  readonly due_amount: Amount
  /** Net of returns. */
  readonly credited_amount: Amount
  readonly currency: string
  readonly due_date: string
  /** How the wait for the first withdrawal ended (D38); null where nothing was credited to an account. */
  readonly cash_event: string | null
  /** Whole local days from the credit until then; null where no bank has reported. */
  readonly days: number | null
  /** Whole local days of the stages before that (D100), of the payment that the clock began with; null: not known. Below zero: instructed before it was due. */
  readonly due_to_instructed_days: number | null
  readonly instructed_to_credited_days: number | null
  readonly credited_to_withdrawable_days: number | null
  readonly payments: readonly PersonPayment[]
}

/** One line of a file about the person. */
export interface PersonLine {
  readonly file_id: string
  readonly line: string
  readonly file_name: string
  readonly kind: string
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly amount: Amount
  readonly currency: string
  /** A list's status, or what the agent reported. */
  readonly said: string | null
  readonly component: string | null
}

/** One finding, as short as a list of one person's needs it. */
export interface PersonFinding {
  readonly finding_id: string
  readonly code: string
  readonly severity: string
  readonly title: Texts
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly amount_at_stake: Amount
  readonly currency: string
}

/** Everything that the page of one person shows. */
export interface Person {
  readonly beneficiary_id: string
  /** As the newest list has it, else the register; null where only payments name the id. */
  readonly name: string | null
  readonly birth_year: number | null
  readonly unit_code: string | null
  readonly unit_name: string | null
  readonly village: string | null
  /** The register holds the person for dead; the date where it has one. */
  readonly death: { readonly date: string | null } | null
  /** The same person's other ids by the register, with the addresses of their pages. */
  readonly otherIds: readonly { readonly id: string; readonly address: string }[]
  readonly months: readonly PersonMonth[]
  readonly findings: readonly PersonFinding[]
  readonly lines: readonly PersonLine[]
  /** True when there are more lines than are shown. */
  readonly hasMoreLines: boolean
}

interface LineRow extends PersonLine {
  readonly beneficiary_name: string | null
  readonly birth_year: number | null
  readonly unit_code: string | null
  readonly village: string | null
  readonly account_key: string | null
}

interface RegisterRow {
  readonly person_key: string
  readonly previous_key: string | null
  readonly person_name: string
  readonly birth_year: number | null
  readonly unit_code: string | null
  readonly vital_status: string
  readonly death_date: string | null
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { months: file('person_months'), lines: file('person_lines'), register: file('person_register'), findings: file('person_findings'), unitName: file('unit_name') }

const mostLines = 150

/**
 * The person behind a person_key, in the published result; null when no line that it rests on names the id.
 *
 * Whoever is plainly in order has no outcomes of their own; these are read from the facts, as the screen of the run
 * found them (D42). Every question is answered by index.
 */
export async function personByKey(session: Session, personKey: string): Promise<Person | null> {
  // The database looks once whether this person is the reader's, instead of gathering everybody who is (D121).
  await session.query("select set_config('tantay.person', $1, true)", [personKey])
  const found = await rowsOf<LineRow>(session, files.lines, { person_key: personKey, row_limit: mostLines + 1 })
  const register = await rowsOf<RegisterRow>(session, files.register, { person_key: personKey })
  const accounts = [...new Set(found.map(({ account_key: key }) => key).filter((key) => key !== null))]
  const findings = await rowsOf<PersonFinding>(session, files.findings, { person_keys: [personKey, ...accounts.map((key) => (-1n - BigInt(key)).toString())] })
  if (found.length === 0 && register.length === 0 && findings.length === 0) return null
  const months = await rowsOf<PersonMonth>(session, files.months, { person_key: personKey, offset_minutes: countryOffsetMinutes })
  const listed = found.find(({ beneficiary_name: name }) => name !== null)
  const registered = register[0]
  const unitCode = listed?.unit_code ?? registered?.unit_code ?? null
  const dead = register.find(({ vital_status: status }) => status === 'dead')
  return {
    beneficiary_id: identifierOf(personKey),
    name: listed?.beneficiary_name ?? registered?.person_name ?? null,
    birth_year: listed?.birth_year ?? registered?.birth_year ?? null,
    unit_code: unitCode,
    unit_name: unitCode === null ? null : ((await rowsOf<{ name: string }>(session, files.unitName, { unit_code: unitCode }))[0]?.name ?? null),
    village: listed?.village ?? null,
    death: dead === undefined ? null : { date: dead.death_date },
    otherIds: await otherIds(session, register, personKey),
    months: months.map((month) => ({ ...month, due_amount: canonical(month.due_amount), credited_amount: canonical(month.credited_amount), payments: month.payments.map((payment) => ({ ...payment, allocated_amount: canonical(payment.allocated_amount) })) })),
    findings: findings.map((finding) => ({ ...finding, amount_at_stake: canonical(finding.amount_at_stake) })),
    lines: found.slice(0, mostLines).map((line) => ({ ...line, amount: canonical(line.amount) })),
    hasMoreLines: found.length > mostLines,
  }
}

async function otherIds(session: Session, register: readonly RegisterRow[], personKey: string): Promise<Person['otherIds']> {
  const keys = new Set(register.flatMap(({ person_key: key, previous_key: previous }) => (previous === null ? [key] : [key, previous])))
  keys.delete(personKey)
  if (keys.size === 0) return []
  const addresses = await personAddresses(session)
  return [...keys].flatMap((key) => {
    const address = addresses.of(key)
    return address === null ? [] : [{ id: identifierOf(key), address }]
  })
}

function canonical(amount: Amount): Amount {
  return money.amountFromDatabase(amount)
}
