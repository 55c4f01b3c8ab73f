/** The addresses of cases: the page, the steps, notes and evidence, and full numbers for a reason that is recorded. */
import type { Context } from 'hono'
import * as cases from '../../cases/index.ts'
import { listsOfCase } from '../../corrections/index.ts'
import { hasRole, Refusal, visibleText, type Clock, type Reader } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { caseReaders, caseWorkers, type Routes } from '../access.ts'
import type { Environment, SignedIn } from '../environment.ts'
import { localMoment } from '../format.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { textOf } from '../page-parts/form-fields.ts'
import { monthsShown } from '../pictures/months.ts'
import { readDueDate, type CaseBank, type TypedQuestion } from '../questions/on-case.ts'
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
  readonly typedQuestion?: TypedQuestion | null
  readonly message?: CaseView['message']
  readonly status?: 200 | 400 | 403 | 409 | 412
}

/** Adds the addresses. */
export function addCasePages(routes: Routes, dependencies: CaseDependencies): void {
  const { clock, evidenceFolder } = dependencies
  const show = (context: CaseContext, shown: Shown = {}): Promise<Response> => showCase(context, dependencies, shown)

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
    const body = await context.req.parseBody()
    const { comment: written, file } = body
    try {
      const comment = typeof written === 'string' ? visibleText(written) : ''
      const isFile = file instanceof File && file.size > 0
      // Nothing is kept for a case that is not the reader's to work on.
      if (isFile) await database.transaction((transaction) => cases.requireAddition(transaction, id, reader))
      const action: cases.Action = isFile
        ? { kind: 'addEvidence', comment, file: await cases.keepEvidence(evidenceFolder, file.name, new Uint8Array(await file.arrayBuffer())) }
        : { kind: 'comment', comment }
      if (action.kind === 'comment' && comment === '') throw new Refusal('usage', 'nothing_given', 'neither a word nor a file')
      await database.transaction((transaction) => cases.act(transaction, { findingId: id, expectedVersion: -1, actor: reader, at: clock.now(), action }))
    } catch (error) {
      return tellRefusal(error, context, typedOf(body), false, show)
    }
    return context.redirect(`/cases/${id}`, 303)
  }, { largest: cases.largestEvidence + formAround, onTooLarge: (context) => tellRefusal(cases.evidenceTooLarge(), context, typedOf({}), false, show) })

  routes.post('/cases/:id/ask', caseWorkers, async (context) => {
    const { reader, database } = context.get('desk')
    const id = context.req.param('id')
    const body = await context.req.parseBody()
    const typed = { question: textOf(body, 'question').replace(/\r\n/g, '\n'), dueDate: textOf(body, 'due') }
    try {
      const dueDate = readDueDate(typed.dueDate)
      await database.transaction(async (transaction) => {
        // Whose case it is comes first: of another's nobody learns what else was wrong.
        await cases.requireAddition(transaction, id, reader, 'askBank')
        if (dueDate === undefined) throw new Refusal('usage', 'due_date_unreadable', 'no day can be read')
        await cases.askBank(transaction, { findingId: id, asker: reader, at: clock.now(), question: typed.question, dueDate })
      })
    } catch (error) {
      return tellRefusal(error, context, typedOf({}), false, (at, shown) => show(at, { ...shown, typed: null, typedQuestion: { ...typed, faults: shown.typed?.faults ?? [] } }))
    }
    return context.redirect(`/cases/${id}?asked=1`, 303)
  })

  routes.post('/cases/:id/reveal', caseReaders, async (context) => {
    const { reader, database } = context.get('desk')
    const { reason } = await context.req.parseBody()
    const known = revealReasons.find((one) => one === reason)
    const id = context.req.param('id')
    const { errors } = context.get('view').words.desk.case
    if (known === undefined) return show(context, { status: 400, message: { title: errors.title, texts: [errors.reason_missing] } })
    const isThere = await database.transaction((transaction) => cases.noteReveal(transaction, id, known, { staffId: reader.staffId, at: clock.now() }))
    return isThere ? show(context, { isRevealed: true }) : reply(context, notFoundPage(context.get('view')), 404)
  })

  routes.get('/cases/:id/evidence/:number{[0-9]{1,9}}', caseReaders, async (context) => {
    const { database } = context.get('desk')
    const file = await database.transaction((transaction) => cases.attachmentOf(transaction, context.req.param('id'), context.req.param('number')))
    const bytes = file === null ? null : await cases.readEvidence(evidenceFolder, file.sha256)
    if (file === null || bytes === null) return reply(context, notFoundPage(context.get('view')), 404)
    return context.body(new Uint8Array(bytes), 200, { 'Content-Type': file.media_type, 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`, 'Cache-Control': 'no-store' })
  })
}

async function showCase(context: CaseContext, { clock, rawLine }: CaseDependencies, { isRevealed = false, typed = null, typedQuestion = null, message = null, status = 200 }: Shown): Promise<Response> {
  const view = context.get('view')
  const desk = context.get('desk')
  const today = clock.today()
  const found = await reports.consistently(desk.database, (session) => lookAtCase(session, context.req.param('id'), desk, today))
  if (found === null) return reply(context, notFoundPage(view), 404)
  const { finding, ...rest } = found
  const lines = await Promise.all((finding?.places ?? []).map(async (place) => ({ ...place, text: isRevealed ? await rawLine(place.fileId, place.line) : null })))
  const findingView = finding === null ? null : { ...finding, lines, moreLines: Math.max(0, finding.finding.source_rows.length - lines.length), isRevealed, canOpenFiles: hasRole(desk.reader, 'payer', 'auditor') && desk.reader.unitCode === null }
  context.header('ETag', `"${rest.row.version}"`)
  return reply(context, casePage({ ...rest, finding: findingView, today, typed, typedQuestion, message, isRevealed }, view, desk.reader), status)
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
    finding: finding === null ? null : { finding, asOf, schemes, naming: await namingOf(session, finding), places: await sourceLines(session, finding) },
    lists: await listsOfCase(session, findingId),
    bank: await bankOf(session, findingId, reader, today),
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

/** What the bank was asked about the case, and what it can be asked. */
async function bankOf(session: Session, findingId: string, reader: Reader, today: string): Promise<CaseBank> {
  const askable = await cases.askableOf(session, findingId, reader, today)
  const codes = askable?.about.payments.flatMap((payment) => payment.return_reason_code ?? []) ?? []
  return { questions: await cases.questionsOfCase(session, findingId), askable, reasons: await reports.reasonNames(session, codes) }
}

/** Of those a payment could have been for, the ones whom the reader may know of. */
async function withOwnCandidates(session: Session, evidence: Evidence): Promise<Evidence> {
  const { candidates } = evidence
  if (!Array.isArray(candidates)) return evidence
  const idOf = (one: unknown): string => (typeof one === 'object' && one !== null && 'beneficiary_id' in one && typeof one.beneficiary_id === 'string' ? one.beneficiary_id : '')
  const own = new Set((await cases.ownPeople(session, candidates.map(idOf))).map(({ beneficiary_id: id }) => id))
  return { ...evidence, candidates: candidates.filter((one: unknown) => own.has(idOf(one))) }
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

/** The lines that it rests on, with what their file says of its parts; the raw text where the reader asked for it. */
async function sourceLines(session: Session, { source_rows: places }: reports.FindingDetail): Promise<Omit<SourceLine, 'text'>[]> {
  const shown = places.slice(0, linesPerCase)
  const parts = new Map<string, readonly reports.FilePart[] | null>()
  for (const fileId of new Set(shown.map(({ file_id: id }) => id))) parts.set(fileId, (await reports.fileById(session, fileId))?.parts ?? null)
  return shown.map(({ file_id: fileId, file_name: fileName, kind, line }) => ({ parts: parts.get(fileId) ?? null, fileId, fileName: fileName ?? fileId, kind, line }))
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
    const text = typeof kind === 'string' && typeof at === 'string' ? words.changedBy(String(by ?? words.bySomebody), wordFor(view.words.desk.events, kind), localMoment(at, view.language)) : words.changed
    return show(context, { status: isByHeader ? 412 : 409, typed: { ...typed, faults: [] }, message: { title: words.changedTitle, texts: [text] } })
  }
  const status = error.kind === 'notAllowed' ? 403 : error.kind === 'conflict' ? 409 : 400
  return show(context, { status, typed: { ...typed, faults: [error.code] }, message: { title: words.errors.title, texts: [wordFor({ ...words.errors, ...view.words.questions.desk.errors }, error.code)] } })
}
