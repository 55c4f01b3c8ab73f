/** Questions to banks, from the officer's side: what can be asked about a case, the asking, and what came of it. */
import { addDays, localDayOf, longestQuestion, Refusal, visibleText, type AnswerCode, type CaseStep, type Reader } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session, type Transaction } from '../db/index.ts'
import { act } from './act.ts'
import { possibleActions } from './actions.ts'
import { aboutOf, type QuestionAbout } from './bank-about.ts'
import { unitsSeen } from './own-people.ts'

/** What somebody asks. */
export interface AskedQuestion {
  readonly findingId: string
  readonly asker: Reader
  /** The instant, from the clock. */
  readonly at: string
  readonly question: string
  /** By when an answer is asked for; null: within the usual working days. */
  readonly dueDate: string | null
}

/** A question as the case shows it, the last asked first. */
export interface CaseQuestion {
  readonly question_id: string
  readonly creditor_agent: string
  readonly bank_name: string | null
  /** UTC instant. */
  readonly asked_at: string
  readonly asked_name: string | null
  readonly question: string
  readonly due_date: string
  /** Null, with the next three: not answered yet. */
  readonly answered_at: string | null
  readonly answered_name: string | null
  readonly answer_code: AnswerCode | null
  readonly answer: string | null
}

/** What a bank would be told, were it asked now. */
export interface Askable {
  readonly code: string
  readonly creditor_agent: string
  readonly bank_name: string | null
  readonly about: QuestionAbout
  /** The day that is proposed for the answer. */
  readonly due_date: string
}

/** Within so many working days a bank is asked to answer where the officer says nothing else (D154). */
const usualWorkingDays = 3
/** Nobody waits longer for an answer. */
const longestWaitDays = 60

const workingDayFile = loadSqlFile(new URL('../../sql/cases/working_day.sql', import.meta.url))

/** What can be asked about a case now; null: the case names no bank, hangs on none, is closed, or waits for an answer already. */
export async function askableOf(session: Session, findingId: string, asker: Reader, today: string): Promise<Askable | null> {
  const [one] = await session.query<{ code: string; step: CaseStep; creditor_agent: string | null; bank_name: string | null; is_asked: boolean }>(`
    select c.code, c.step, c.creditor_agent::text as creditor_agent, b.name as bank_name, exists (select from bank_question q where q.finding_id = c.finding_id and q.answered_at is null) as is_asked
    from case_record c left join bank b on b.creditor_agent = c.creditor_agent where c.finding_id = $1`, [findingId])
  if (one === undefined || one.creditor_agent === null || one.is_asked || !possibleActions(asker, one.step).includes('askBank')) return null
  const about = await aboutOf(session, findingId, one.creditor_agent)
  return about === null ? null : { code: one.code, creditor_agent: one.creditor_agent, bank_name: one.bank_name, about, due_date: await dayAfter(session, today, usualWorkingDays) }
}

/**
 * Asks the bank of a case: the question with what the bank may know, one more event of the case, and word to the bank.
 *
 * @throws Refusal `case_unknown`, `nothing_to_ask` (also where the case names no bank), `question_open`, `question_missing`, `question_too_long`, `due_date_wrong`, and what `act` throws
 */
export async function askBank(transaction: Transaction, { findingId, asker, at, question: written, dueDate }: AskedQuestion): Promise<{ readonly questionId: string; readonly version: number }> {
  const question = visibleText(written)
  if (question === '') throw new Refusal('usage', 'question_missing', 'a question is needed')
  if (question.length > longestQuestion) throw new Refusal('usage', 'question_too_long', `a question has at most ${longestQuestion} characters`)
  const today = localDayOf(at)
  if (dueDate !== null && (dueDate <= today || dueDate > addDays(today, longestWaitDays))) throw new Refusal('usage', 'due_date_wrong', 'the day of the answer lies ahead, within sixty days')
  const [one] = await transaction.query<{ person_key: string; unit_code: string | null; creditor_agent: string | null; code: string }>('select person_key, unit_code, creditor_agent::text as creditor_agent, code from case_record where finding_id = $1', [findingId])
  if (one === undefined) throw new Refusal('notFound', 'case_unknown', 'there is no such case')
  const about = one.creditor_agent === null ? null : await aboutOf(transaction, findingId, one.creditor_agent)
  if (about === null) throw new Refusal('usage', 'nothing_to_ask', 'nothing in this case is of a bank')
  const due = dueDate ?? await dayAfter(transaction, today, usualWorkingDays)
  const [next] = await transaction.query<{ question_id: string }>('select ((extract(epoch from $1::timestamptz) * 1000)::bigint * 131072 + floor(random() * 131072)::bigint)::text as question_id', [at])
  const questionId = next?.question_id ?? ''
  // From here on the case is this transaction's: nobody else asks about it.
  const { version } = await act(transaction, { findingId, expectedVersion: -1, actor: asker, at, action: { kind: 'askBank', comment: question, details: { question_id: questionId, creditor_agent: one.creditor_agent, due_date: due } } })
  const [open] = await transaction.query('select from bank_question where finding_id = $1 and answered_at is null', [findingId])
  if (open !== undefined) throw new Refusal('conflict', 'question_open', 'the bank was asked and has not answered yet')
  await transaction.query(`
    insert into bank_question (question_id, person_key, finding_id, unit_code, creditor_agent, code, asked_at, asked_by, question, about, due_date) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, [
    questionId, one.person_key, findingId, one.unit_code, one.creditor_agent, one.code, at, asker.staffId, question, JSON.stringify(about), due,
  ])
  await transaction.query('select raise_question_event($1)', [questionId])
  return { questionId, version }
}

/** What was asked about a case, the last first. */
export function questionsOfCase(session: Session, findingId: string): Promise<CaseQuestion[]> {
  return session.query<CaseQuestion>(`
    select q.question_id::text as question_id, q.creditor_agent::text as creditor_agent, b.name as bank_name, q.asked_at, a.display_name as asked_name, q.question, q.due_date, q.answered_at, r.display_name as answered_name, q.answer_code, q.answer
    from bank_question q left join bank b on b.creditor_agent = q.creditor_agent left join colleague a on a.staff_id = q.asked_by left join colleague r on r.staff_id = q.answered_by
    where q.finding_id = $1 order by q.question_id desc`, [findingId])
}

/** Of these cases, those whose bank was asked and has not answered, and those whose bank has answered without anybody having done anything since. */
export async function bankStatesOf(session: Session, cases: readonly { readonly finding_id: string; readonly version: number }[]): Promise<ReadonlyMap<string, 'asked' | 'answered'>> {
  const found = await session.query<{ finding_id: string; is_asked: boolean; answer_number: number | null }>('select finding_id, bool_or(answered_at is null) as is_asked, max(answer_number) as answer_number from bank_question where finding_id = any ($1::text[]) group by finding_id', [cases.map(({ finding_id: id }) => id)])
  const versions = new Map(cases.map((one) => [one.finding_id, one.version]))
  const states = new Map<string, 'asked' | 'answered'>()
  for (const { finding_id: id, is_asked: isAsked, answer_number: number } of found) {
    if (isAsked) states.set(id, 'asked')
    else if (number === versions.get(id)) states.set(id, 'answered')
  }
  return states
}

/** How many open cases of the reader's a bank has answered about without anybody having done anything since. */
export async function answeredByBanks(session: Session): Promise<number> {
  const [row] = await session.query<{ count: number }>(`
    select count(*)::integer as count from bank_question q join case_record c on c.person_key = q.person_key and c.finding_id = q.finding_id and c.version = q.answer_number
    where c.is_open and q.answer_number is not null and ($1::text[] is null or q.unit_code = any ($1))`, [await unitsSeen(session)])
  return row?.count ?? 0
}

async function dayAfter(session: Session, day: string, workingDays: number): Promise<string> {
  const [row] = await rowsOf<{ day: string }>(session, workingDayFile, { from_day: day, working_days: workingDays })
  if (row === undefined) throw new Error('the calendar knows no working day within two months')
  return row.day
}
