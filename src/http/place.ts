/** What an address may say: filters and places in a list, read strictly, so that nothing unread ever reaches a query. */
import { z } from 'zod'
import { strata, type Stratum } from '../core/index.ts'
import { qualities, type Quality } from '../reports/index.ts'

const emptyIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value)
/** A value that an address may leave out, or leave empty. */
export const optional = (pattern: RegExp) => z.preprocess(emptyIsAbsent, z.string().regex(pattern).optional())

const period = optional(/^\d{4}-(?:0[1-9]|1[0-2])$/)
const unit = optional(/^[\p{L}\p{N}_.-]{1,40}$/u)
const village = optional(/^[^\p{Cc}]{1,300}$/u)
const scheme = optional(/^[\p{L}\p{N}_.-]{1,40}$/u)

const dashboardQuery = z.object({ scheme, period, unit })
const stratum = z.preprocess(emptyIsAbsent, z.enum(strata).optional())
const measureQuery = z.object({ period, scheme, unit, village, by: stratum, and: stratum, share: optional(/^1$/), all: optional(/^1$/), quality: z.preprocess(emptyIsAbsent, z.enum(qualities).optional()), page: optional(/^[1-9]\d{0,3}$/) })
const outreachQuery = z.object({ unit, village })
const sheetQuery = z.object({ unit, period })
const personQuery = z.object({ person: optional(/^[\w-]{22}$/) })
const wholeNumber = optional(/^\d{1,18}$/)
const filesQuery = z.object({ before: wholeNumber })
const fileQuery = z.object({ after: wholeNumber })

/** An address that cannot be read; the reader gets a page that says so, with status 400. */
export class UnreadableAddress extends Error {}

/** The place, scheme and month of a dashboard. */
export function readDashboardQuery(query: URLSearchParams): { readonly scheme: string | undefined; readonly period: string | undefined; readonly unit: string | undefined } {
  const { scheme, period, unit } = read(dashboardQuery, query)
  return { scheme, period, unit }
}

/** What a page of measures is narrowed down to, and by what its people are told apart. */
export interface MeasureChoice {
  readonly period?: string | undefined
  readonly scheme?: string | undefined
  readonly unit?: string | undefined
  readonly by?: Stratum | undefined
  readonly and?: Stratum | undefined
}

/** What is asked of a page of measures. */
export interface MeasureQuery {
  readonly choice: MeasureChoice
  /** True: a file that may be sent on. */
  readonly isShared: boolean
  /** True: a list in full, however long. */
  readonly isWhole: boolean
  /** Whose remainder; absent: that of every score. */
  readonly quality: Quality | undefined
  /** Whose people; null: of those whose list names none; absent: of all. */
  readonly village: string | null | undefined
  /** Of a list of people, from 1. */
  readonly pageNumber: number
}

/** Reads it; a second stratum without a first is the first. */
export function readMeasureQuery(query: URLSearchParams): MeasureQuery {
  const { by, and, share, all, quality, page, village: written, ...narrowed } = read(measureQuery, query)
  return { choice: { ...narrowed, by: by ?? and, and: by === undefined || by === and ? undefined : and }, isShared: share !== undefined, isWhole: all !== undefined, quality, village: written === '-' ? null : written, pageNumber: page === undefined ? 1 : parseInt(page, 10) }
}

/** Whose people are asked for: a unit, and one village of it; `-` stands for those of whom no list names a village, which is the empty village. */
export function readOutreachQuery(query: URLSearchParams): { readonly unit?: string; readonly village?: string } {
  const { unit, village } = read(outreachQuery, query)
  return { ...(unit === undefined ? {} : { unit }), ...(village === undefined ? {} : { village: village === '-' ? '' : village }) }
}

/** Of which place and month a public sheet is asked for. */
export function readSheetQuery(query: URLSearchParams): { readonly unit: string | undefined; readonly period: string | undefined } {
  const { unit, period } = read(sheetQuery, query)
  return { unit, period }
}

/** The address of the person whom a form is about; null without one. */
export function readPersonQuery(query: URLSearchParams): string | null {
  return read(personQuery, query).person ?? null
}

/** The file number before which the list of files goes on; null for its beginning. */
export function readFilesPlace(query: URLSearchParams): string | null {
  return read(filesQuery, query).before ?? null
}

/** The line after which the list of a file's problems goes on; `0` for its beginning. */
export function readProblemsPlace(query: URLSearchParams): string {
  return read(fileQuery, query).after ?? '0'
}

/** Reads a query strictly. @throws UnreadableAddress naming what cannot be read */
export function read<S extends z.ZodType>(schema: S, query: URLSearchParams): z.output<S> {
  const parsed = schema.safeParse(Object.fromEntries(query))
  if (!parsed.success) throw new UnreadableAddress(parsed.error.issues.map((issue) => issue.path.join('.')).join(', '))
  return parsed.data
}
