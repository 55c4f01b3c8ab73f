/** What banks are reminded of, once each: questions past their day, and files that a published result found missing. */
import { localDayOf } from '../core/index.ts'
import type { Database, Transaction } from '../db/index.ts'

// Any number that nobody else locks; "remind" as ASCII.
const lockKey = '125779768604260'

/** Tells each bank of its questions that were due before today and have no answer; how many it told. Done twice it tells once. */
export function remindOfQuestions(database: Database, at: string): Promise<number> {
  return alone(database, async (transaction) => (await transaction.query(`
    select raise_bank_event(q.creditor_agent::text, 'question.due', q.question_id::text, jsonb_build_object('question_id', q.question_id::text, 'due_date', q.due_date), $2)
    from bank_question q
    where q.answered_at is null and q.due_date < $1 and not exists (select from bank_event e where e.subject = q.question_id::text and e.kind = 'question.due')`, [localDayOf(at), at])).length)
}

/** Tells each bank of the files that it was to send and that the published result found missing; how many it told. Done twice it tells once. */
export function remindOfReports(database: Database, at: string): Promise<number> {
  return alone(database, async (transaction) => (await transaction.query(`
    select raise_bank_event(f.evidence ->> 'source', 'report.due', f.finding_id, jsonb_strip_nulls(jsonb_build_object('kind', f.evidence ->> 'kind', 'scheme', f.evidence ->> 'scheme', 'due_date', f.evidence ->> 'deadline_date')), $1)
    from finding f
    where f.code = 'file_missing' and f.evidence ->> 'source' ~ '^[0-9]{6}$' and not exists (select from bank_event e where e.subject = f.finding_id and e.kind = 'report.due')`, [at])).length)
}

/** Two servers sweep at once: the second waits, and finds it told. */
function alone(database: Database, work: (transaction: Transaction) => Promise<number>): Promise<number> {
  return database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [lockKey])
    return work(transaction)
  })
}
