/** Questions and the score-card, as they are answered and as the document describes them. */
import { z } from '@hono/zod-openapi'
import type { BankQuestion } from '../../cases/index.ts'
import { answerCodes, longestQuestion } from '../../core/index.ts'
import { scoreMeasures, scoreTimes, type BankScore } from '../../reports/index.ts'
import { instant } from './schemas.ts'

const day = (description: string) => z.iso.date().openapi({ description, example: '2026-11-05' })

const paymentSchema = z
  .object({
    end_to_end_id: z.string().nullable().openapi({ example: 'CT2610000000281' }),
    amount: z.string().nullable().openapi({ description: 'What came, else what was instructed; digits.', example: '810000' }),
    currency: z.string().openapi({ example: 'VND' }),
    creditor_account: z.string().nullable().openapi({ example: '1500654395283' }),
    instructed_date: day('Local day; null: not reported.').nullable(),
    credited_date: day('Null: it was not.').nullable(),
    returned_date: day('Null: it was not.').nullable(),
    return_reason_code: z.string().nullable().openapi({ example: 'BE01' }),
  })
  .openapi('AskedPayment')

/** A question of an officer. */
export const questionSchema = z
  .object({
    question_id: z.string().openapi({ description: 'Digits.', example: '1207' }),
    status: z.enum(['open', 'answered']),
    code: z.string().openapi({ description: 'What was found: returned, stuck, wrong_account, not_withdrawable, …', example: 'returned' }),
    question: z.string().openapi({ example: 'This payment was sent back. Why, and can it be sent to this account again?' }),
    asked_at: instant('UTC.', '2026-11-02T02:15:30.125Z'),
    due_date: day('By the end of which day an answer is asked for.'),
    about: z
      .object({
        creditor_account: z.string().nullable().openapi({ description: 'The account at your bank.', example: '1500654395283' }),
        account_status: z.string().nullable().openapi({ description: 'As your bank last reported it; null: it is not about the state of the account.', example: null }),
        payments: z.array(paymentSchema),
        lines: z.array(z.object({ file_id: z.uuid(), row: z.int() })).openapi({ description: 'Where your own files, handed in here, speak of it.', example: [] }),
      })
      .openapi('QuestionAbout'),
    answer: z.object({ code: z.enum(answerCodes), text: z.string().nullable(), answered_at: instant('UTC.', '2026-11-02T02:15:30.125Z') }).nullable().openapi({ description: 'Null: not answered yet.', example: null }),
    links: z.object({ self: z.string() }).openapi({ example: { self: '/api/v1/questions/1207' } }),
  })
  .openapi('Question')
export type QuestionAnswer = z.infer<typeof questionSchema>

/** What answers it. */
export const answerSchema = z
  .strictObject({
    code: z.enum(answerCodes).openapi({ description: 'What your bank found.', example: 'account_closed' }),
    text: z.string().max(longestQuestion).optional().openapi({ description: 'In a sentence or two; needed with `other`.', example: 'Closed on 2 September.' }),
  })
  .openapi('Answer')

/** A question as it is answered; `uploads` names the file that was handed in for each file of ours. */
export function questionAnswer(one: BankQuestion, uploads: ReadonlyMap<string, string>): QuestionAnswer {
  const { about } = one
  return {
    question_id: one.question_id, status: one.answered_at === null ? 'open' : 'answered', code: one.code, question: one.question, asked_at: one.asked_at, due_date: one.due_date,
    about: { creditor_account: about.creditor_account, account_status: about.account_status, payments: [...about.payments], lines: about.lines.flatMap(({ file_id: id, line }) => { const file = uploads.get(id); return file === undefined ? [] : [{ file_id: file, row: Number.parseInt(line, 10) }] }) },
    answer: one.answer_code === null || one.answered_at === null ? null : { code: one.answer_code, text: one.answer, answered_at: one.answered_at },
    links: { self: `/api/v1/questions/${one.question_id}` },
  }
}

const shareSchema = z.object({ part: z.int().nullable().openapi({ description: 'Null: estimated over time, so that no count stands behind it.' }), whole: z.int(), share: z.string().openapi({ description: 'Decimal, at least 8 significant digits.', example: '0.880597014925' }) }).openapi('ScoreShare')
const figuresSchema = z
  .object({
    payment_count: z.int().nullable().openapi({ example: 190 }),
    shares: z.object(Object.fromEntries(scoreMeasures.map((measure) => [measure, shareSchema.nullable()])) as Record<(typeof scoreMeasures)[number], z.ZodNullable<typeof shareSchema>>),
    times: z.object(Object.fromEntries(scoreTimes.map((time) => [time, z.string().nullable()])) as Record<(typeof scoreTimes)[number], z.ZodNullable<z.ZodString>>).openapi({ description: 'Days.', example: { credit_median: '0', credit_p90: '2', withdrawal_median: '3', lag: '0' } }),
    reasons: z.array(z.object({ code: z.string().nullable(), count: z.int().nullable() })).openapi({ description: 'Why payments were rejected or sent back.', example: [{ code: 'BE01', count: 8 }] }),
  })
  .openapi('ScoreFigures')

/** A bank's score-card; absent before the first result. */
export const scoreSchema = z
  .object({
    as_of: day('The day of the result.').nullable(),
    own: figuresSchema.nullable(),
    others: figuresSchema.nullable().openapi({ description: 'All other banks as one; null where they are fewer than three. A figure that few of them make up is null.' }),
  })
  .openapi('Score')

/** The score-card as it is answered. */
export function scoreAnswer(score: BankScore | null): z.infer<typeof scoreSchema> {
  const plain = (figures: BankScore['own']): z.infer<typeof figuresSchema> => ({ ...figures, reasons: [...figures.reasons] })
  return score === null ? { as_of: null, own: null, others: null } : { as_of: score.as_of, own: plain(score.own), others: score.others === null ? null : plain(score.others) }
}
