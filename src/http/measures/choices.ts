/** What the routes of measures have in common: how a page or a file is asked for, and what the form above it offers. */
import type { Context } from 'hono'
import type { Session } from '../../db/index.ts'
import type { Table } from '../../formats/index.ts'
import * as reports from '../../reports/index.ts'
import type { Environment } from '../environment.ts'
import type { Page } from '../layout.ts'
import type { Choices } from './parts.ts'
import type { MeasureChoice } from '../place.ts'

/** A page of one look at the published run. */
type Ask = (session: Session, run: reports.PublishedRun, context: Context<Environment>) => Promise<Page>
/** A file of one look at the published run; null: there is nothing of that name. */
type AskTable = (session: Session, run: reports.PublishedRun, context: Context<Environment>) => Promise<Table | null>

/** How a room of pages adds its addresses: a page each, and the files of what it shows. */
export interface MeasureRoutes {
  readonly page: (path: string, ask: Ask) => void
  /** At `path.csv` and `path.xlsx`. */
  readonly files: (path: string, ask: AskTable) => void
}

/** Of more places than these one is written, not chosen. */
const placesToChooseFrom = 250

/** The tree of units, and the provinces that have anything to show: files may name all of a country's. */
export interface Places {
  readonly units: reports.Units
  readonly provinces: readonly string[]
}

/** The places of a run. */
export async function placesOf(session: Session, run: reports.PublishedRun): Promise<Places> {
  return { units: await reports.unitsOf(session, run.as_of), provinces: await reports.clockProvinces(session) }
}

/** What the form of a page offers. */
export async function choicesOf(session: Session, choice: MeasureChoice, places: Places): Promise<Choices> {
  return { periods: await reports.clockPeriods(session), schemes: await reports.schemes(session), places: placesToChoose(choice, places) }
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
