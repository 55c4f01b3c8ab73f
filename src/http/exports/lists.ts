/** The lists that can be taken away: the queue, the files, the problems of a file, the nights. */
import { peopleOfCase, type ManyCase, type OwnPerson } from '../../cases/index.ts'
import { problemSentence, type Clock } from '../../core/index.ts'
import type { Database, Session } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { accounts, type Account } from '../../staff/index.ts'
import { caseReaders, type Routes } from '../access.ts'
import { fileReaders, nightReaders } from '../audiences.ts'
import { lineText } from '../files/files.ts'
import { day, masked } from '../format.ts'
import { queueRows } from '../many/queue-rows.ts'
import { wordFor } from '../text/index.ts'
import { inLanguage, isolated, listed, type View } from '../view.ts'
import type { ListFile } from './list.ts'
import { addTakenList, mostRows } from './routes.ts'

/** Adds the addresses of all of them. */
export function addListExports(routes: Routes, { clock, database }: { readonly clock: Clock; readonly database: Database }): void {
  addTakenList(routes, clock, {
    path: '/queue', audience: caseReaders, hasNumbers: true,
    ask: async (session, context, hasWholeNumbers) => {
      const view = context.get('view')
      const { rows, asOf } = await queueRows(session, view.query, context.get('desk').reader, clock.today(), mostRows + 1)
      return queueList(rows, { asOf, hasWholeNumbers }, view)
    },
  })
  addTakenList(routes, clock, {
    path: '/cases/:id{[0-9a-f]{32}}/people', audience: caseReaders, hasNumbers: true,
    ask: async (session, context, hasWholeNumbers) => {
      const id = context.req.param('id') ?? ''
      const people = await peopleOfCase(session, id)
      return people === null ? null : peopleList(people, id, hasWholeNumbers, context.get('view'))
    },
  })
  addTakenList(routes, clock, {
    path: '/administration', audience: ['administrator'], hasNumbers: false,
    // The pages' own login has no right on accounts: as the page of administrators does, this asks the owner's.
    ask: async (session, context) => {
      const view = context.get('view')
      const search = (view.query.get('search') ?? '').trim().slice(0, 100) || null
      const units = await reports.unitsOf(session, clock.today())
      return accountsList(await accounts(database, { search, limit: mostRows + 1 }), (code) => units.name(code), view)
    },
  })
  addTakenList(routes, clock, { path: '/runs', audience: nightReaders, hasNumbers: false, ask: async (session, context) => nightsList(await reports.nightStages(session, mostRows + 1), context.get('view')) })
  addTakenList(routes, clock, { path: '/files', audience: fileReaders, hasNumbers: false, ask: async (session, context) => filesList((await reports.filesPage(session, null, mostRows + 1)).rows, context.get('view')) })
  addTakenList(routes, clock, { path: '/files/:id{[0-9]{1,18}}/problems', audience: fileReaders, hasNumbers: false, ask: (session, context) => problemsList(session, context.req.param('id') ?? '', context.get('view')) })
}

/** The queue: each case with what is known of it; personal numbers masked unless there was a reason. */
function queueList(rows: readonly ManyCase[], { asOf, hasWholeNumbers }: { readonly asOf: string; readonly hasWholeNumbers: boolean }, view: View): ListFile<ManyCase> {
  const { columns, exports } = view.words.many
  const { language } = view
  return {
    name: 'queue', title: exports.queueTitle, sentence: exports.queueSentence(day(asOf, language)), subject: 'queue', rows,
    columns: [
      { title: columns.case_number, of: (one) => one.case_number },
      { title: columns.title, of: (one) => (one.title === null ? one.code : inLanguage(one.title, language)) },
      { title: columns.beneficiary_name, of: (one) => one.beneficiary_name },
      { title: columns.beneficiary_id, of: (one) => (one.beneficiary_id === null || hasWholeNumbers ? one.beneficiary_id : masked(one.beneficiary_id)) },
      { title: columns.scheme, of: (one) => one.scheme },
      { title: columns.benefit_period, of: (one) => (one.benefit_period === null ? null : { month: one.benefit_period }) },
      { title: columns.unit, isMinor: true, of: (one) => one.unit_name ?? one.unit_code },
      { title: columns.village, of: (one) => one.village },
      { title: columns.bank, isMinor: true, of: (one) => one.bank_name },
      { title: columns.account_end, of: (one) => (one.account_end === null ? null : `…${one.account_end}`) },
      { title: columns.amount_at_stake, isNumber: true, of: (one) => ({ amount: one.amount_at_stake, currency: one.currency }) },
      { title: columns.currency, isMinor: true, of: (one) => one.currency },
      { title: columns.waiting_since, isMinor: true, of: (one) => ({ day: one.waiting_since }) },
      { title: columns.deadline, of: (one) => ({ day: one.deadline_date }) },
      { title: columns.step, of: (one) => wordFor(view.words.desk.steps, one.step) },
      { title: columns.assigned, isMinor: true, of: (one) => one.assigned_name },
    ],
  }
}

function peopleList(rows: readonly OwnPerson[], findingId: string, hasWholeNumbers: boolean, view: View): ListFile<OwnPerson> {
  const { columns, exports, candidates } = view.words.many
  return {
    name: 'case-people', title: exports.peopleTitle, sentence: exports.peopleSentence, subject: `case ${findingId} people`, rows,
    columns: [
      { title: columns.beneficiary_name, of: (one) => one.beneficiary_name },
      { title: columns.beneficiary_id, of: (one) => (hasWholeNumbers ? one.beneficiary_id : masked(one.beneficiary_id)) },
      { title: candidates.born, of: (one) => (one.birth_year === null ? null : `${one.birth_year}`) },
      { title: columns.unit, of: (one) => one.unit_code },
      { title: columns.village, of: (one) => one.village },
      { title: columns.account_end, of: (one) => (one.account_end === null ? null : `…${one.account_end}`) },
    ],
  }
}

function accountsList(rows: readonly Account[], unitName: (code: string) => string | null, view: View): ListFile<Account> {
  const { account } = view.words.many.exports
  const { staff } = view.words
  const yesNo = (value: boolean): string => (value ? account.yes : account.no)
  return {
    name: 'accounts', title: staff.administration.title, sentence: account.sentence, subject: 'administration', rows,
    columns: [
      { title: account.userName, of: (row) => row.user_name }, { title: account.displayName, of: (row) => row.display_name },
      { title: account.roles, of: (row) => listed(row.roles.map((role) => wordFor(staff.roleWords, role)), view) },
      { title: account.place, of: (row) => row.creditor_agent ?? (row.unit_code === null ? staff.administration.whole : (unitName(row.unit_code) ?? row.unit_code)) },
      { title: account.active, of: (row) => yesNo(row.is_active) }, { title: account.secondFactor, of: (row) => yesNo(row.has_second_factor) },
      { title: account.created, of: (row) => ({ moment: row.created_at }) }, { title: account.lastSignedIn, of: (row) => (row.last_signed_in_at === null ? null : { moment: row.last_signed_in_at }) },
    ],
  }
}

function filesList(rows: readonly reports.FileRow[], view: View): ListFile<reports.FileRow> {
  const { exports } = view.words.many
  const { file } = exports
  const number = (title: string, of: (row: reports.FileRow) => string): ListFile<reports.FileRow>['columns'][number] => ({ title, isNumber: true, of: (row) => ({ number: of(row) }) })
  return {
    name: 'files', title: exports.filesTitle, sentence: exports.filesSentence, subject: 'files', rows,
    columns: [
      { title: file.id, of: (row) => row.file_id }, { title: file.name, of: (row) => row.file_name }, { title: file.kind, of: (row) => wordFor(view.words.files.kinds, row.kind) }, { title: file.source, of: (row) => row.source },
      { title: file.status, of: (row) => wordFor(view.words.files.statuses, row.status) }, { title: file.received, of: (row) => ({ moment: row.recorded_at }) },
      number(file.lines, (row) => row.line_count), number(file.accepted, (row) => row.accepted_count), number(file.repeats, (row) => row.repeat_count), number(file.problems, (row) => row.problem_count), number(file.ignored, (row) => row.ignored_count),
    ],
  }
}

/** The nights with their stages; a moment of a stage that is under way is empty. */
function nightsList(rows: readonly reports.NightStage[], view: View): ListFile<reports.NightStage> {
  const { nights: texts } = view.words
  type Column = ListFile<reports.NightStage>['columns'][number]
  const moment = (title: string, of: (row: reports.NightStage) => string | null, isMinor = false): Column => ({ title, isMinor, of: (row) => { const at = of(row); return at === null ? null : { moment: at } } })
  const number = (title: string, of: (row: reports.NightStage) => string | null): Column => ({ title, isNumber: true, of: (row) => { const value = of(row); return value === null ? null : { number: value } } })
  return {
    name: 'nights', title: texts.title, sentence: texts.export.sentence, subject: 'nights', rows,
    columns: [
      { title: texts.night, of: (row) => ({ day: row.as_of }) }, { title: texts.state, of: (row) => texts.states[row.state] }, moment(texts.published, (row) => row.published_at, true),
      { title: texts.export.run, isMinor: true, of: (row) => row.run_id }, { title: texts.export.mode, isMinor: true, of: (row) => (row.mode === null ? null : texts.export.modes[row.mode]) },
      number(texts.export.attempt, (row) => (row.attempt === null ? null : `${row.attempt}`)), { title: texts.stage, of: (row) => (row.stage === null ? null : wordFor(texts.steps, row.stage)) },
      moment(texts.began, (row) => row.started_at), moment(texts.export.ended, (row) => row.finished_at), number(texts.export.milliseconds, (row) => row.milliseconds),
      { title: texts.outcome, of: (row) => (row.stage === null ? null : texts.outcomes[row.outcome ?? 'running']) }, number(texts.rows, (row) => row.row_count), { title: texts.export.failure, of: (row) => row.failure_code },
    ],
  }
}

/** The problems of a file; null when there is none that the reader may read the lines of. */
export async function problemsList(session: Session, fileId: string, view: View): Promise<ListFile<reports.FileProblem> | null> {
  const file = await reports.fileById(session, fileId)
  if (file === null || !(await reports.seesLinesOf(session, fileId))) return null
  const { rows, nextAfterLine } = await reports.fileProblems(session, fileId, '0', mostRows)
  const { exports } = view.words.many
  const { problem } = exports
  return {
    name: `file-${fileId}-problems`, title: exports.problemsTitle(isolated(file.file_name)), sentence: exports.problemsSentence, subject: `file ${fileId} problems`, rows, isCut: nextAfterLine !== null,
    columns: [
      { title: problem.line, of: (row) => lineText(file.parts, row.line, view) },
      { title: problem.column, of: (row) => row.column },
      { title: problem.raw, of: (row) => row.raw },
      { title: problem.cause, of: (row) => problemSentence(row.code, view.language) ?? row.code },
      { title: problem.suggestion, of: (row) => row.suggestion },
    ],
  }
}
