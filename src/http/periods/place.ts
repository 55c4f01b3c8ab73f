/** Which month of which place a page is about; never a place that is not the reader's. */
import { Refusal, type Reader } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import type { PeriodKey } from '../../periods/index.ts'
import * as reports from '../../reports/index.ts'
import { address, type Html, type View } from '../view.ts'
import { unitFor } from '../scope.ts'
import { html } from 'hono/html'

/** A place whose months are closed: the country, or a province. */
export interface PeriodPlace {
  /** Null: the whole country. */
  readonly unitCode: string | null
  readonly name: string | null
  readonly run: reports.PublishedRun
  readonly units: reports.Units
}

/** Null before the first run. @throws Refusal `unit_unknown` (notFound) for a commune, and for a place that is not the reader's */
export async function periodPlace(session: Session, asked: string | undefined, reader: Reader): Promise<PeriodPlace | null> {
  const run = await reports.publishedRun(session)
  if (run === null) return null
  const units = await reports.unitsOf(session, run.as_of)
  const unit = unitFor(asked, reader, units)
  if (unit === undefined) return { unitCode: null, name: null, run, units }
  if (!units.provinces().includes(unit)) throw new Refusal('notFound', 'unit_unknown', 'months are closed for a province or the country')
  return { unitCode: unit, name: units.name(unit), run, units }
}

/** What the address asks for; what is no code asks for a place that is not there. */
export function askedUnit(query: URLSearchParams): string | undefined {
  return query.get('unit') ?? undefined
}

/** An address about the month, with the place where it is not the reader's own. */
export function periodAddress({ benefitPeriod, unitCode }: PeriodKey, { reader }: Pick<View, 'reader'>, path = '', more: Readonly<Record<string, string | null>> = {}): string {
  return address(`/periods/${benefitPeriod}${path}`, { unit: unitCode === (reader?.unitCode ?? null) ? null : unitCode, ...more })
}

/** The place in words. */
export function placeWords({ unitCode, name }: { readonly unitCode: string | null; readonly name: string | null }, { words }: View): Html {
  return html`${unitCode === null ? words.periods.country : html`<bdi>${name ?? unitCode}</bdi>`}`
}
