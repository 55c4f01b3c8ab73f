/** The addresses of the public sheet: the page, and the files that are published. */
import type { KeyObject } from 'node:crypto'
import type { Clock, Reader } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { caseReaders, type Routes } from '../access.ts'
import { downloadResponse } from '../downloads.ts'
import { reply } from '../reply.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { sheetPage } from './sheet.ts'
import { readSheetQuery } from '../place.ts'
import { codesFor, unitFor, unitsToChoose } from '../scope.ts'
import { sheetDocument, sheetTable } from './document.ts'

/** What these pages need from outside. */
export interface SheetDependencies {
  readonly clock: Clock
  /** The key that signs what is published. */
  readonly sheetKey: () => Promise<KeyObject>
}

const unitsToChooseFrom = 200

/** Adds the addresses to the application. */
export function addSheetPages(routes: Routes, { clock, sheetKey }: SheetDependencies): void {
  const signedSheet = async (session: Session, run: reports.PublishedRun, { unit, period }: ReturnType<typeof readSheetQuery>): Promise<reports.SignedSheet | null> => {
    if (unit === undefined) return null
    const benefitPeriod = period ?? (await monthsOf(session, run, unit))[0]
    return benefitPeriod === undefined ? null : reports.signSheet(await reports.publicSheet(session, run, { unitCode: unit, benefitPeriod }, clock.now()), await sheetKey())
  }

  routes.get('/sheet', caseReaders, async (context) => {
    const view = context.get('view')
    const asked = readSheetQuery(view.query)
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'dashboard', view)
      const { reader } = context.get('desk')
      const units = await reports.unitsOf(session, run.as_of)
      const unit = unitFor(asked.unit, reader, units)
      return sheetPage({ signed: await signedSheet(session, run, { ...asked, unit }), schemes: await reports.schemes(session), units: await placesOf(session, reader, units), periods: await monthsOf(session, run, unit) }, view)
    })
    return reply(context, page)
  })

  routes.get('/sheet/:name{sheet\\.(?:json|html|xlsx|csv)}', caseReaders, async (context) => {
    const { language, query } = context.get('view')
    const asked = readSheetQuery(query)
    const found = await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      const signed = run === null ? null : await signedSheet(session, run, { ...asked, unit: unitFor(asked.unit, context.get('desk').reader, await reports.unitsOf(session, run.as_of)) })
      return signed === null ? null : { signed, schemes: await reports.schemes(session) }
    })
    if (found === null) return context.redirect('/sheet', 303)
    const { signed, schemes } = found
    const format = context.req.param('name').slice('sheet.'.length) as 'json' | 'html' | 'xlsx' | 'csv'
    const fileName = `sheet-${signed.sheet.unit_code}-${signed.sheet.benefit_period}.${format}`
    const pieces = format === 'json' ? [Buffer.from(reports.sheetFile(signed))] : format === 'html' ? [Buffer.from(await sheetDocument(signed, schemes, language))] : sheetTable(signed, format)
    return downloadResponse(context, { fileName, format, pieces })
  })
}

/** The months that are due or paid in a place, the newest first. */
async function monthsOf(session: Session, run: reports.PublishedRun, unit: string | undefined): Promise<string[]> {
  const months = await reports.outcomePeriods(session, codesFor(unit, await reports.unitsOf(session, run.as_of)))
  const until = run.as_of.slice(0, 7)
  return months.filter((one) => one <= until)
}

/** Provinces first, then the units that have findings, of those that are the reader's; null when there are more than can be chosen from. */
async function placesOf(session: Session, reader: Reader, known: reports.Units): Promise<readonly reports.FindingUnit[] | null> {
  const units = unitsToChoose(await reports.findingUnits(session, unitsToChooseFrom), reader, known)
  if (units === null || reader.unitCode !== null) return units
  const provinces = known.provinces().map((code) => ({ unit_code: code, name: known.name(code) }))
  return [...provinces, ...units.filter(({ unit_code: code }) => !provinces.some((province) => province.unit_code === code))]
}
