/** The addresses of the desk: the run as a whole, its findings, and each of them. */
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { caseReaders, type Routes } from '../access.ts'
import type { SignedIn } from '../environment.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { readFindingsQuery, readOverviewFilter } from '../place.ts'
import { reply } from '../reply.ts'
import { findingPage, type SourceLine } from './finding.ts'
import { findingsPage } from './findings.ts'
import { overviewPage } from './overview.ts'

/** What these pages need from outside. */
export interface DeskDependencies {
  /** The raw text of one physical line of a stored file; null when the file or the line cannot be read. */
  readonly rawLine: (fileId: string, line: string) => Promise<string | null>
}

const findingsPerPage = 25
/** Of more units than these one is written, not chosen: a nation's would be ten times the rest of the page. */
const unitsToChooseFrom = 200
/** A shared account may rest on hundreds of lines; a page shows this many of them. */
const linesPerFinding = 30

/** Adds the addresses. */
export function addDeskPages(routes: Routes, { rawLine }: DeskDependencies): void {
  routes.get('/', 'signedIn', async (context) => {
    const view = context.get('view')
    const filter = readOverviewFilter(view.query)
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'overview', view)
      return overviewPage({
        run, filter,
        bridge: await reports.bridge(session),
        outcomes: await reports.outcomes(session),
        findings: await reports.findingCounts(session),
        schemes: await reports.schemes(session),
      }, view)
    })
    return reply(context, page)
  })

  routes.get('/findings', caseReaders, async (context) => {
    const view = context.get('view')
    const { filter, place } = readFindingsQuery(view.query)
    const page = await reports.consistently(context.get('desk').database, async (session) => {
      const run = await reports.publishedRun(session)
      if (run === null) return noRunPage(await reports.waitingFileCount(session), 'findings', view)
      return findingsPage({
        filter,
        page: await reports.findingPage(session, run.run_id, filter, place, findingsPerPage),
        counts: await reports.findingCounts(session),
        outcomes: await reports.outcomes(session),
        schemes: await reports.schemes(session),
        units: await reports.findingUnits(session, unitsToChooseFrom),
      }, view)
    })
    return reply(context, page)
  })

  routes.get('/findings/:id', caseReaders, async (context) => {
    const view = context.get('view')
    const { database } = context.get('desk')
    const found = await reports.consistently(database, (session) => lookAtFinding(session, context.req.param('id')))
    if (found === null) return reply(context, notFoundPage(view), 404)
    const lines = await readLines(database, found.finding, rawLine)
    return reply(context, findingPage({ ...found, lines, moreLines: Math.max(0, found.finding.source_rows.length - lines.length) }, view))
  })
}

/** One finding with the names that its evidence mentions by code. */
async function lookAtFinding(session: Session, findingId: string) {
  const run = await reports.publishedRun(session)
  const finding = run === null ? null : await reports.findingById(session, findingId)
  if (run === null || finding === null) return null
  const mentioned = JSON.stringify(finding.evidence)
  const valuesOf = (key: string): string[] => [...new Set([...mentioned.matchAll(new RegExp(`"${key}":"([^"]+)"`, 'g'))].map((match) => match[1] ?? ''))]
  const naming = {
    currency: finding.currency,
    banks: await reports.bankNames(session, valuesOf('creditor_agent')),
    reasons: await reports.reasonNames(session, valuesOf('return_reason_code')),
  }
  const personAddress = (await reports.personAddresses(session)).of(finding.person_key)
  return { finding, naming, personAddress, asOf: run.as_of, schemes: await reports.schemes(session) }
}

async function readLines(database: SignedIn['database'], finding: reports.FindingDetail, rawLine: DeskDependencies['rawLine']): Promise<SourceLine[]> {
  const lines: SourceLine[] = []
  const parts = new Map<string, readonly reports.FilePart[] | null>()
  for (const place of finding.source_rows.slice(0, linesPerFinding)) {
    const text = await rawLine(place.file_id, place.line)
    if (!parts.has(place.file_id)) parts.set(place.file_id, (await reports.consistently(database, (session) => reports.fileById(session, place.file_id)))?.parts ?? null)
    lines.push({ parts: parts.get(place.file_id) ?? null, fileId: place.file_id, fileName: place.file_name ?? place.file_id, kind: place.kind, line: place.line, text })
  }
  return lines
}

