/** The addresses of cases: the page, the steps, notes and evidence, and full numbers for a reason that is recorded. */
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as cases from '../../cases/index.ts'
import { hasRole, Refusal, type Clock } from '../../core/index.ts'
import type { Desk, Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { caseReaders, caseWorkers, type Routes } from '../access.ts'
import type { Environment, SignedIn } from '../environment.ts'
import { localMoment } from '../format.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { monthsShown } from '../pictures/months.ts'
import { reply } from '../reply.ts'
import { wordFor } from '../text/index.ts'
import type { View } from '../view.ts'
import { readAction, type Typed } from './case-actions.ts'
import { casePage, revealReasons, type CaseView } from './case.ts'
import type { SourceLine } from './finding-parts.ts'

/** What these pages need from outside. */
export interface CaseDependencies {
  readonly clock: Clock
  /** The raw text of one physical line of a stored file; null when the file or the line cannot be read. */
  readonly rawLine: (fileId: string, line: string) => Promise<string | null>
  /** Where evidence lies. */
  readonly evidenceFolder: string
}

/** A shared account may rest on hundreds of lines; a page shows this many of them. */
const linesPerCase = 30
/** The form around a file: names of fields and boundaries. */
const formAround = 64 * 1024

type Evidence = reports.FindingDetail['evidence']
type CaseContext = Context<Environment, '/cases/:id'>
interface Shown {
  readonly isRevealed?: boolean
  readonly typed?: Typed | null
  readonly message?: CaseView['message']
  readonly status?: 200 | 400 | 403 | 409 | 412
}

/** Adds the addresses. */
export function addCasePages(routes: Routes, dependencies: CaseDependencies): void {
  const { clock, evidenceFolder } = dependencies
  const show = (context: CaseContext, shown: Shown = {}) => showCase(context, dependencies, shown)

  routes.get('/cases/:id', caseReaders, (context) => show(context))

  routes.post('/cases/:id/act', caseWorkers, async (context) => {
    const { reader, database } = context.get('desk')
    const body = await context.req.parseBody()
    const typed = typedOf(body)
    const seen = context.req.header('If-Match')
    const version = seen === undefined ? (typeof body['version'] === 'string' ? body['version'] : '') : seen.replace(/^"(\d+)"$/, '$1')
    const id = context.req.param('id')
    try {
      const action = readAction(body)
      await database.transaction((transaction) => cases.act(transaction, { findingId: id, expectedVersion: /^\d{1,9}$/.test(version) ? parseInt(version, 10) : -1, actor: reader, at: clock.now(), action }))
    } catch (error) {
      return tellRefusal(error, context, typed, seen !== undefined, show)
    }
    return context.redirect(`/cases/${id}`, 303)
  })

  routes.post('/cases/:id/note', caseWorkers, async (context) => {
    const { reader, database } = context.get('desk')
    const id = context.req.param('id')
    let body: Record<string, unknown> = {}
    try {
      // The library counts the bytes as they come; it throws once there are too many.
      await bodyLimit({ maxSize: cases.largestEvidence + formAround, onError: () => { throw new Refusal('usage', 'file_too_large', 'the file is larger than 10 MB') } })(context, async () => { body = await context.req.parseBody() })
      const { comment: written, file } = body
      const comment = typeof written === 'string' ? written.trim() : ''
      const action: cases.Action = file instanceof File && file.size > 0
        ? { kind: 'addEvidence', comment, file: await cases.keepEvidence(evidenceFolder, file.name, new Uint8Array(await file.arrayBuffer())) }
        : { kind: 'comment', comment }
      if (action.kind === 'comment' && comment === '') throw new Refusal('usage', 'nothing_given', 'neither a word nor a file')
      await database.transaction((transaction) => cases.act(transaction, { findingId: id, expectedVersion: -1, actor: reader, at: clock.now(), action }))
    } catch (error) {
      return tellRefusal(error, context, typedOf(body), false, show)
    }
    return context.redirect(`/cases/${id}`, 303)
  })

  routes.post('/cases/:id/reveal', caseReaders, async (context) => {
    const { reader, database } = context.get('desk')
    const { reason } = await context.req.parseBody()
    const known = revealReasons.find((one) => one === reason)
    const id = context.req.param('id')
    const isThere = await database.transaction(async (transaction) => {
      const [row] = await transaction.query<{ person_key: string }>('select person_key from case_record where finding_id = $1', [id])
      if (row === undefined || known === undefined) return row !== undefined
      await cases.leaveTrail(transaction, { staffId: reader.staffId, at: clock.now(), kind: 'viewed_numbers', personKey: row.person_key, subject: id, reason: known })
      return true
    })
    if (!isThere) return reply(context, notFoundPage(context.get('view')), 404)
    const { errors } = context.get('view').words.desk.case
    if (known === undefined) return show(context, { status: 400, message: { title: errors.title, texts: [errors.reason_missing] } })
    return show(context, { isRevealed: true })
  })

  routes.get('/cases/:id/evidence/:number{[0-9]{1,9}}', caseReaders, async (context) => {
    const { database } = context.get('desk')
    const [file] = await database.transaction((transaction) => transaction.query<{ sha256: string; file_name: string; media_type: string }>('select sha256, file_name, media_type from case_attachment where finding_id = $1 and event_number = $2', [context.req.param('id'), context.req.param('number')]))
    const bytes = file === undefined ? null : await cases.readEvidence(evidenceFolder, file.sha256)
    if (file === undefined || bytes === null) return reply(context, notFoundPage(context.get('view')), 404)
    return context.body(new Uint8Array(bytes), 200, { 'Content-Type': file.media_type, 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`, 'Cache-Control': 'no-store' })
  })
}

async function showCase(context: CaseContext, { clock, rawLine }: CaseDependencies, { isRevealed = false, typed = null, message = null, status = 200 }: Shown): Promise<Response> {
  const view = context.get('view')
  const desk = context.get('desk')
  const today = clock.today()
  const found = await reports.consistently(desk.database, (session) => lookAtCase(session, context.req.param('id'), desk, today))
  if (found === null) return reply(context, notFoundPage(view), 404)
  const { finding, ...rest } = found
  const lines = finding === null ? [] : await readLines(desk.database, finding.finding, isRevealed ? rawLine : () => Promise.resolve(null))
  const findingView = finding === null ? null : { ...finding, lines, moreLines: Math.max(0, finding.finding.source_rows.length - lines.length), isRevealed, canOpenFiles: hasRole(desk.reader, 'payer', 'auditor') && desk.reader.unitCode === null }
  context.header('ETag', `"${rest.row.version}"`)
  return reply(context, casePage({ ...rest, finding: findingView, today, typed, message, isRevealed }, view, desk.reader), status)
}

/** The case with everything its page tells; null when the reader has none of this name. */
async function lookAtCase(session: Session, findingId: string, { reader }: SignedIn, today: string) {
  const asOf = await cases.followedDay(session)
  const row = asOf === null ? null : await cases.caseRow(session, findingId, { today, asOf })
  if (asOf === null || row === null) return null
  const found = await reports.findingById(session, findingId)
  const finding = found === null ? null : { ...found, evidence: await withOwnCandidates(session, found.evidence) }
  const schemes = await reports.schemes(session)
  const isPerson = row.beneficiary_id !== null
  const person = isPerson ? await reports.personByKey(session, row.person_key) : null
  const absent = await cases.absentApprovers(session, reader.staffId, today)
  const code = lastReason(finding?.evidence ?? {})
  const rule = code === null ? null : await reports.reasonRule(session, code)
  const complaint = row.code === 'complaint' ? await cases.complaintOf(session, { personKey: row.person_key, findingId }) : null
  const alongside = row.benefit_period === null || !isPerson ? [] : await cases.openCasesOf(session, { personKey: row.person_key, benefitPeriod: row.benefit_period })
  return {
    row, asOf, schemes, aside: { complaint, alongside: alongside.filter((one) => one.finding_id !== findingId) },
    finding: finding === null ? null : { finding, asOf, schemes, naming: await namingOf(session, finding) },
    history: await cases.caseHistory(session, row.person_key, findingId),
    colleagues: await cases.colleaguesFor(session, row.unit_code),
    absent,
    isWithinBand: row.step === 'appraised' && await cases.mayApprove(session, { personKey: row.person_key, findingId, inPlaceOf: hasRole(reader, 'approver') ? null : (absent[0]?.staff_id ?? null) }),
    accounts: isPerson ? await reports.personAccounts(session, row.person_key) : [],
    mandates: isPerson ? await reports.personMandates(session, row.person_key, asOf) : [],
    months: person?.months ?? [],
    monthsShown: person === null ? [] : monthsShown(person.months, person.findings),
    reason: code === null || rule === null ? null : { code, rule },
    personAddress: person === null ? null : (await reports.personAddresses(session)).of(row.person_key),
  }
}

/** Of those a payment could have been for, the ones whom the reader may know of. */
async function withOwnCandidates(session: Session, evidence: Evidence): Promise<Evidence> {
  const { candidates } = evidence
  if (!Array.isArray(candidates)) return evidence
  const keyOf = (one: unknown): string | null => {
    const id = typeof one === 'object' && one !== null && 'beneficiary_id' in one ? one.beneficiary_id : null
    return typeof id === 'string' ? reports.personKeyOf(id) : null
  }
  const seen = new Set((await session.query<{ person_key: string }>('select distinct person_key from published_clock where person_key = any ($1::bigint[])', [candidates.map(keyOf).filter((key) => key !== null)])).map(({ person_key: key }) => key))
  return { ...evidence, candidates: candidates.filter((one: unknown) => seen.has(keyOf(one) ?? '')) }
}

/** The names of banks and reasons that the evidence mentions by code. */
async function namingOf(session: Session, finding: reports.FindingDetail) {
  const mentioned = JSON.stringify(finding.evidence)
  const valuesOf = (key: string): string[] => [...new Set([...mentioned.matchAll(new RegExp(`"${key}":"([^"]+)"`, 'g'))].map((match) => match[1] ?? ''))]
  return { currency: finding.currency, banks: await reports.bankNames(session, valuesOf('creditor_agent')), reasons: await reports.reasonNames(session, valuesOf('return_reason_code')) }
}

/** The code that the last payment came back with. */
function lastReason(evidence: Readonly<Record<string, unknown>>): string | null {
  const codes = [...JSON.stringify(evidence).matchAll(/"return_reason_code":"([^"]+)"/g)].map((match) => match[1] ?? '')
  return codes.at(-1) ?? null
}

async function readLines(database: Desk, finding: reports.FindingDetail, rawLine: CaseDependencies['rawLine']): Promise<SourceLine[]> {
  const lines: SourceLine[] = []
  const parts = new Map<string, readonly reports.FilePart[] | null>()
  for (const place of finding.source_rows.slice(0, linesPerCase)) {
    const text = await rawLine(place.file_id, place.line)
    if (!parts.has(place.file_id)) parts.set(place.file_id, (await reports.consistently(database, (session) => reports.fileById(session, place.file_id)))?.parts ?? null)
    lines.push({ parts: parts.get(place.file_id) ?? null, fileId: place.file_id, fileName: place.file_name ?? place.file_id, kind: place.kind, line: place.line, text })
  }
  return lines
}

function typedOf(body: Readonly<Record<string, unknown>>): Omit<Typed, 'faults'> {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '')
  return { kind: text('kind'), resolution: text('resolution'), amount: text('amount'), comment: text('comment') }
}

/** A refusal in words, above the case as it is now; what was typed stays in its form. */
async function tellRefusal(error: unknown, context: CaseContext, typed: Omit<Typed, 'faults'>, isByHeader: boolean, show: (context: CaseContext, shown: Shown) => Promise<Response>): Promise<Response> {
  if (!(error instanceof Refusal)) throw error
  const view: View = context.get('view')
  const words = view.words.desk.case
  if (error.kind === 'notFound') return reply(context, notFoundPage(view), 404)
  if (error.code === 'case_changed') {
    const { by, kind, at } = error.details
    const text = words.changedBy(String(by ?? words.bySomebody), wordFor(view.words.desk.events, String(kind ?? '')), at === null || at === undefined ? '' : localMoment(String(at), view.language))
    return show(context, { status: isByHeader ? 412 : 409, typed: { ...typed, faults: [] }, message: { title: words.changedTitle, texts: [text] } })
  }
  const status = error.kind === 'notAllowed' ? 403 : error.kind === 'conflict' ? 409 : 400
  return show(context, { status, typed: { ...typed, faults: [error.code] }, message: { title: words.errors.title, texts: [wordFor(words.errors, error.code)] } })
}
