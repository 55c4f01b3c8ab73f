/** The report that the law wants before the 20th: of a month, who received, who did not and is carried over, and the money that is left. */
import { money, type Amount } from '../core/index.ts'
import { rowsOf, type Session } from '../db/index.ts'
import { file, periodNumber, withAmounts } from './rows.ts'

/** One place, scheme and currency of a month; due = received + not_received + carried_out + not_due. */
export interface MonthlyRow {
  /** As the lists name it. */
  readonly unit_code: string
  readonly scheme: string
  readonly currency: string
  /** Entitlements; those that received in full, wait for the next month, or are not due yet. */
  readonly entitlement_count: number
  readonly received_count: number
  readonly carried_count: number
  readonly not_due_count: number
  readonly not_received_count: number
  readonly due: Amount
  readonly received: Amount
  readonly not_received: Amount
  readonly carried_out: Amount
  readonly not_due: Amount
  /** Came beyond what was due: too much, or twice. */
  readonly beyond: Amount
}

/** When the report is due, and by which law. */
export interface MonthlyDeadline {
  /** The report is made before this day, `YYYY-MM-DD`. */
  readonly before_date: string
  readonly legal_basis: string | null
}

/** The report of a month for some places. */
export interface MonthlyAnswer {
  /** `YYYY-MM` */
  readonly benefit_period: string
  readonly deadline: MonthlyDeadline | null
  readonly rows: readonly MonthlyRow[]
}

/** A beneficiary of the month. */
export interface MonthlyPerson {
  readonly person_key: string
  readonly beneficiary_id: string | null
  readonly scheme: string
  readonly unit_code: string
  readonly village: string | null
  readonly beneficiary_name: string
  readonly payee_name: string | null
  readonly birth_year: number | null
  readonly payment_channel: string
  readonly class: string
  readonly state: MonthlyState
  readonly currency: string
  readonly due: Amount
  readonly received: Amount
  readonly left_amount: Amount
}

export const monthlyStates = ['received', 'not_received', 'carried_over', 'not_due'] as const
export type MonthlyState = (typeof monthlyStates)[number]

const files = { counts: file('monthly_counts'), people: file('monthly_people'), deadline: file('monthly_deadline') }
const counts = ['entitlement_count', 'received_count', 'carried_count', 'not_due_count'] as const
const amounts = ['due', 'received', 'not_received', 'carried_out', 'not_due', 'beyond'] as const

/** The figures of a month in some places; null: everywhere. */
export async function monthlyReport(session: Session, { period, unitCodes }: { readonly period: string; readonly unitCodes: readonly string[] | null }): Promise<MonthlyAnswer> {
  const rows = await rowsOf<Omit<MonthlyRow, (typeof counts)[number]> & Record<(typeof counts)[number], string | null>>(session, files.counts, { benefit_period: periodNumber(period), unit_codes: unitCodes })
  const [deadline] = await rowsOf<{ deadline_day: number; legal_basis: string | null }>(session, files.deadline, { benefit_period: periodNumber(period) })
  return {
    benefit_period: period,
    deadline: deadline === undefined ? null : { before_date: `${period}-${`${deadline.deadline_day}`.padStart(2, '0')}`, legal_basis: deadline.legal_basis },
    rows: rows.map((row) => {
      const numbers = Object.fromEntries(counts.map((field) => [field, parseInt(row[field] ?? '0', 10)])) as Record<(typeof counts)[number], number>
      return { ...withAmounts(row, amounts), ...numbers, not_received_count: numbers.entitlement_count - numbers.received_count - numbers.carried_count - numbers.not_due_count }
    }),
  }
}

/** The people of a month in some places by name, at most so many. */
export async function monthlyPeople(session: Session, { period, unitCodes, scheme, state }: { readonly period: string; readonly unitCodes: readonly string[]; readonly scheme?: string; readonly state?: MonthlyState }, most: number): Promise<MonthlyPerson[]> {
  const rows = await rowsOf<MonthlyPerson>(session, files.people, { benefit_period: periodNumber(period), unit_codes: unitCodes, scheme: scheme ?? null, state: state ?? null, row_limit: most })
  return rows.map((row) => withAmounts(row, ['due', 'received', 'left_amount']))
}

/** Rows added up; counts of several currencies are those of all. */
export function monthlyTotals(rows: readonly MonthlyRow[]): Omit<MonthlyRow, 'unit_code' | 'scheme' | 'currency'> {
  const sum = (field: (typeof amounts)[number]): Amount => money.add(...rows.map((row) => row[field]))
  const count = (field: (typeof counts)[number] | 'not_received_count'): number => rows.reduce((all, row) => all + row[field], 0)
  return {
    entitlement_count: count('entitlement_count'), received_count: count('received_count'), carried_count: count('carried_count'), not_due_count: count('not_due_count'), not_received_count: count('not_received_count'),
    due: sum('due'), received: sum('received'), not_received: sum('not_received'), carried_out: sum('carried_out'), not_due: sum('not_due'), beyond: sum('beyond'),
  }
}
