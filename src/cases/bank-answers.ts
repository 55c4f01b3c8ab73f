/** Questions to a bank, from the bank's side: which wait, which were answered, and the answer. */
import { longestQuestion, Refusal, visibleText, type AnswerCode, type Texts } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import type { QuestionAbout } from './bank-about.ts'

/** A question as its bank sees it: nothing of the case, of who asks, or of where. */
export interface BankQuestion {
  readonly question_id: string
  /** Of the finding, and what it is called. */
  readonly code: string
  readonly title: Texts
  /** UTC instant. */
  readonly asked_at: string
  readonly question: string
  readonly about: QuestionAbout
  readonly due_date: string
  /** Null, with the next four: not answered yet. */
  readonly answered_at: string | null
  readonly answered_by: string | null
  readonly answered_name: string | null
  readonly answer_code: AnswerCode | null
  readonly answer: string | null
}

/** Which questions, and after which one the page goes on. */
export interface QuestionPlace {
  /** open: the one due first comes first; answered and all: the newest first. */
  readonly state: 'open' | 'answered' | 'all'
  /** Of open ones: due and number of the last one seen. */
  readonly afterOpen?: { readonly dueDate: string; readonly questionId: string }
  /** Of the others: the number of the last one seen. */
  readonly before?: string
}

const columns = `q.question_id::text as question_id, q.code, t.title, q.asked_at, q.question, q.about, q.due_date, q.answered_at, q.answered_by, r.display_name as answered_name, q.answer_code, q.answer
  from bank_question q join finding_type t using (code) left join colleague r on r.staff_id = q.answered_by`

/** At most `size` questions of the reader's own bank, and whether there are more. */
export async function bankQuestions(session: Session, creditorAgent: string, { state, afterOpen, before }: QuestionPlace, size: number): Promise<{ readonly rows: readonly BankQuestion[]; readonly hasMore: boolean }> {
  // The bank is named although the database leaves no other: so they are found by index.
  const rows = state === 'open'
    ? await session.query<BankQuestion>(`select ${columns} where q.creditor_agent = $1 and q.answered_at is null and ($2::date is null or (q.due_date, q.question_id) > ($2, $3::bigint)) order by q.due_date, q.question_id limit $4`, [creditorAgent, afterOpen?.dueDate ?? null, afterOpen?.questionId ?? null, size + 1])
    : await session.query<BankQuestion>(`select ${columns} where q.creditor_agent = $1 and ($2 or q.answered_at is not null) and ($3::bigint is null or q.question_id < $3) order by q.question_id desc limit $4`, [creditorAgent, state === 'all', before ?? null, size + 1])
  return { rows: rows.slice(0, size), hasMore: rows.length > size }
}

/** A bank's questions, counted. */
export interface QuestionCounts {
  readonly open: number
  /** Of the open ones: past their day. */
  readonly overdue: number
  readonly answered: number
  /** Of the open ones; null: none is open. */
  readonly first_due_date: string | null
}

/** How many of the bank's questions wait, held against today, and how many were answered. `creditorAgent`: its 6 digits. */
export async function questionCounts(session: Session, creditorAgent: string, today: string): Promise<QuestionCounts> {
  const [counts] = await session.query<QuestionCounts>(`
    select count(*) filter (where answered_at is null)::integer as open, count(*) filter (where answered_at is null and due_date < $2)::integer as overdue, count(answered_at)::integer as answered, min(due_date) filter (where answered_at is null) as first_due_date
    from bank_question where creditor_agent = $1`, [creditorAgent, today])
  return counts ?? { open: 0, overdue: 0, answered: 0, first_due_date: null }
}

/** One of the bank's questions; null: it has none of this number. */
export async function bankQuestion(session: Session, creditorAgent: string, questionId: string): Promise<BankQuestion | null> {
  const [question] = await session.query<BankQuestion>(`select ${columns} where q.question_id = $2::bigint and q.creditor_agent = $1`, [creditorAgent, questionId])
  return question ?? null
}

/**
 * Answers once: the question is closed, and the case has one more event by the person who answers.
 *
 * @throws Refusal `question_unknown` (also for another bank's), `question_answered` (conflict), `answer_missing` (an answer of `other` says nothing by itself), `answer_too_long`
 */
export async function answerQuestion(transaction: Transaction, { questionId, answerCode, answer: written, at }: { readonly questionId: string; readonly answerCode: AnswerCode; readonly answer: string; readonly at: string }): Promise<void> {
  const answer = visibleText(written)
  if (answerCode === 'other' && answer === '') throw new Refusal('usage', 'answer_missing', 'an answer in words is needed')
  if (answer.length > longestQuestion) throw new Refusal('usage', 'answer_too_long', `an answer has at most ${longestQuestion} characters`)
  const [done] = await transaction.query<{ is_answered: boolean | null }>('select answer_bank_question($1, $2, $3, $4) as is_answered', [questionId, answerCode, answer === '' ? null : answer, at])
  if (done === undefined || done.is_answered === null) throw new Refusal('notFound', 'question_unknown', 'there is no such question')
  if (!done.is_answered) throw new Refusal('conflict', 'question_answered', 'the question was answered before')
}
