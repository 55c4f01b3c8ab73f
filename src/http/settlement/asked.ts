/** What an address of settlements may say, read strictly. */
import { z } from 'zod'
import { entryClasses, monthlyStates, type EntryClass, type MonthlyState } from '../../settlement/index.ts'
import { optional, read } from '../place.ts'

const emptyIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value)
// A month; `-` stands for what states none.
const period = optional(/^(?:-|\d{4}-(?:0[1-9]|1[0-2]))$/)
const organisationQuery = z.object({ source: z.preprocess(emptyIsAbsent, z.string().max(200).regex(/^[^\p{Cc}]*$/u).optional()), period, class: z.preprocess(emptyIsAbsent, z.enum(entryClasses).optional()) })
const code = optional(/^[\p{L}\p{N}_.-]{1,40}$/u)
const monthlyQuery = z.object({ unit: code, scheme: code, period: optional(/^\d{4}-(?:0[1-9]|1[0-2])$/), state: z.preprocess(emptyIsAbsent, z.enum(monthlyStates).optional()) })

/** Whose settlement, of which month, and which entries of it. */
export interface OrganisationAsked {
  /** `.` in an address stands for payments of no known sender, whose source is empty. */
  readonly source: string | undefined
  /** Undefined: all months; null: what states none. */
  readonly period: string | null | undefined
  readonly entryClass: EntryClass | undefined
}

/** Reads it. @throws UnreadableAddress */
export function readOrganisationQuery(query: URLSearchParams): OrganisationAsked {
  const { source, period: month, class: entryClass } = read(organisationQuery, query)
  return { source: source === '.' ? '' : source, period: month === '-' ? null : month, entryClass }
}

/** The query that leads back to it. */
export function organisationAddress(source: string, period: string | null | undefined): { readonly source: string; readonly period: string | undefined } {
  return { source: source === '' ? '.' : source, period: period === null ? '-' : period }
}

/** Which place, month, scheme and people of a monthly report. @throws UnreadableAddress */
export function readMonthlyQuery(query: URLSearchParams): { readonly unit: string | undefined; readonly scheme: string | undefined; readonly period: string | undefined; readonly state: MonthlyState | undefined } {
  const { unit, scheme, period: month, state } = read(monthlyQuery, query)
  return { unit, scheme, period: month, state }
}
