/** Text messages about cases: kept before they are sent, so that one press sends once, and what failed can be tried again. */
import { Refusal } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import type { Delivery } from './messages-gateway.ts'

/** A message that somebody means to send. */
export interface MessageDraft {
  readonly personKey: string
  readonly findingId: string
  readonly unitCode: string | null
  /** 32 hex digits, drawn with the form: the same press is the same message. */
  readonly press: string
  readonly language: string
  readonly phone: string
  readonly body: string
}

/** A message as it stands. */
export interface CaseMessage {
  readonly press: string
  readonly language: string
  readonly phone: string
  readonly body: string
  readonly state: 'sending' | 'sent' | 'failed'
  readonly attempts: number
  /** `timeout`, `unreachable`, `refused NNN`; null: none. */
  readonly failure: string | null
  /** The instant of the last attempt. */
  readonly tried_at: string
  readonly sent_by_name: string | null
}

/** While a message is being handed over nobody else may; after so long whoever did so is taken for gone. */
const abandonedAfterSeconds = 120

/**
 * Notes that a message is about to be sent; false when this press was noted before, so that nothing is to be sent now.
 * Committed before the gateway is called.
 */
export async function beginMessage(transaction: Transaction, draft: MessageDraft, by: { readonly staffId: string; readonly at: string }): Promise<boolean> {
  const noted = await transaction.query(
    `insert into case_message (person_key, finding_id, press, unit_code, language, phone, body, state, sent_by, tried_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'sending', $8, $9) on conflict do nothing returning press`,
    [draft.personKey, draft.findingId, draft.press, draft.unitCode, draft.language, draft.phone, draft.body, by.staffId, by.at],
  )
  return noted.length > 0
}

/** Takes up a failed or abandoned message again; null when it was sent, or somebody else is sending it now. */
export async function retryMessage(transaction: Transaction, place: { readonly personKey: string; readonly findingId: string; readonly press: string }, by: { readonly staffId: string; readonly at: string }): Promise<{ readonly phone: string; readonly body: string; readonly language: string } | null> {
  const [taken] = await transaction.query<{ phone: string; body: string; language: string }>(
    `update case_message set state = 'sending', attempts = attempts + 1, failure = null, sent_by = $4, tried_at = $5
     where person_key = $1 and finding_id = $2 and press = $3 and (state = 'failed' or state = 'sending' and tried_at < $5::timestamptz - make_interval(secs => $6))
     returning phone, body, language`,
    [place.personKey, place.findingId, place.press, by.staffId, by.at, abandonedAfterSeconds],
  )
  return taken ?? null
}

/** Notes how it went, and in the trail that it was tried: which case, how, to which end of a number. */
export async function settleMessage(transaction: Transaction, place: { readonly personKey: string; readonly findingId: string; readonly press: string; readonly phone: string; readonly language: string }, delivery: Delivery, by: { readonly staffId: string; readonly at: string }): Promise<void> {
  const failure = delivery.state === 'failed' ? delivery.failure : null
  await transaction.query('update case_message set state = $4, failure = $5, attempts = attempts + $6 - 1, sent_by = $7 where person_key = $1 and finding_id = $2 and press = $3', [place.personKey, place.findingId, place.press, delivery.state, failure, delivery.attempts, by.staffId])
  await leaveTrail(transaction, {
    ...by, kind: delivery.state === 'sent' ? 'message_sent' : 'message_failed', personKey: place.personKey, subject: `case ${place.findingId}`,
    details: { to: `…${place.phone.slice(-3)}`, language: place.language, reference: place.press, attempts: delivery.attempts, ...(failure === null ? {} : { failure }) },
  })
}

/** Notes in the trail that a letter was made for printing. */
export async function noteLetter(transaction: Transaction, place: { readonly personKey: string; readonly findingId: string; readonly language: string }, by: { readonly staffId: string; readonly at: string }): Promise<void> {
  await leaveTrail(transaction, { ...by, kind: 'letter_printed', personKey: place.personKey, subject: `case ${place.findingId}`, details: { language: place.language } })
}

/** The messages of a case, the newest first. */
export function messagesOf(session: Session, { personKey, findingId }: { readonly personKey: string; readonly findingId: string }): Promise<CaseMessage[]> {
  return session.query<CaseMessage>(
    `select m.press, m.language, m.phone, m.body, m.state, m.attempts, m.failure, m.tried_at, c.display_name as sent_by_name
     from case_message m left join colleague c on c.staff_id = m.sent_by
     where m.person_key = $1 and m.finding_id = $2 order by m.tried_at desc, m.press`,
    [personKey, findingId],
  )
}

/** @throws Refusal `press_invalid` (usage) for a press that no form of ours drew */
export function readPress(text: unknown): string {
  if (typeof text === 'string' && /^[0-9a-f]{32}$/.test(text)) return text
  throw new Refusal('usage', 'press_invalid', 'the form is not one of ours; open it again')
}
