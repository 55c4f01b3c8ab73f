/** What the routes of measures have in common: how a page or a file is asked for, and what the form above it offers. */
import type { Context } from 'hono'
import type { Session } from '../../db/index.ts'
import type { Table } from '../../formats/index.ts'
import * as reports from '../../reports/index.ts'
import type { Environment } from '../environment.ts'
import { unitFor } from '../scope.ts'
import type { Page } from '../layout.ts'
import type { Choices } from './parts.ts'
import { readMeasureQuery, type MeasureChoice, type MeasureQuery } from '../place.ts'
import type { View } from '../view.ts'

/** What is asked for, in a place that is the reader's. */
export interface Asked {
  readonly query: MeasureQuery
  readonly places: Places
  readonly view: View
}

/** A page of one look at the published run. */
type Ask = (session: Session, run: reports.PublishedRun, asked: Asked) => Promise<Page>
/** A file of one look at the published run; null: there is nothing of that name. */
type AskTable = (session: Session, run: reports.PublishedRun, asked: Asked) => Promise<Table | null>

/** How a room of pages adds its addresses: a page each, and the files of what it shows. */
export interface MeasureRoutes {
  readonly page: (path: string, ask: Ask) => void
  /** At `path.csv` and `path.xlsx`. */
  readonly files: (path: string, ask: AskTable) => void
}

/** Of more places than these one is written, not chosen. */
const placesToChooseFrom = 250

/** The tree of units, and its tops that have anything to show: the country's provinces, or the one unit that is the reader's. */
export interface Places {
  readonly units: reports.Units
  readonly provinces: readonly string[]
  /** Where the reader works; null: the whole country. */
  readonly home: string | null
}

/** The question of a request. @throws Refusal for a place that is not the reader's */
export async function askedOf(session: Session, run: reports.PublishedRun, context: Context<Environment>): Promise<Asked> {
  const view = context.get('view')
  const { reader } = context.get('desk')
  const units = await reports.unitsOf(session, run.as_of)
  const places = { units, provinces: reader.unitCode === null ? await reports.clockProvinces(session) : [units.today(reader.unitCode)], home: reader.unitCode }
  const query = readMeasureQuery(view.query)
  return { query: { ...query, choice: { ...query.choice, unit: unitFor(query.choice.unit, reader, units) } }, places, view }
}

/** What the form of a page offers. */
export async function choicesOf(session: Session, choice: MeasureChoice, places: Places): Promise<Choices> {
  return { periods: await reports.clockPeriods(session), schemes: await reports.schemes(session), places: placesToChoose(choice, places), home: places.home }
}

/**
 * The provinces, and the communes of the one that is looked at, or of the only one. Null where no file names any, or where
 * they are too many to choose from: then the reader writes the code.
 */
function placesToChoose({ unit }: MeasureChoice, { units, provinces }: Places): Choices['places'] {
  const [only] = provinces
  const open = unit !== undefined ? units.province(unit) : provinces.length === 1 ? only : undefined
  const codes = provinces.flatMap((code) => [code, ...(code === open ? units.below(code) : [])])
  if (codes.length === 0 || codes.length > placesToChooseFrom) return null
  return codes.map((code) => ({ code, name: units.name(code), isInside: !provinces.includes(code) }))
}
