/** What was done to a case, with what evidence, and who could be asked to do the rest. */
import type { Amount, CaseStep, Resolution, Role } from '../core/index.ts'
import { money } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'

/** One thing done to a case. */
export interface CaseEvent {
  readonly event_number: number
  /** UTC instant. */
  readonly happened_at: string
  readonly kind: string
  readonly step: CaseStep
  /** Null: a run. */
  readonly actor_id: string | null
  readonly actor_name: string | null
  /** In whose place; null: in their own right. */
  readonly acting_for_name: string | null
  readonly resolution: Resolution | null
  readonly amount: Amount | null
  readonly comment: string | null
  readonly details: Readonly<Record<string, unknown>> | null
  /** Of an approval: the event that it approves. */
  readonly appraisal_number: number | null
  readonly attachment: { readonly sha256: string; readonly file_name: string; readonly media_type: string; readonly size_bytes: string } | null
}

/** Somebody a case can be given to. */
export interface Colleague {
  readonly staff_id: string
  readonly display_name: string
  readonly roles: readonly Role[]
}

/** Everything done to a case, the first first. */
export async function caseHistory(session: Session, personKey: string, findingId: string): Promise<CaseEvent[]> {
  const events = await session.query<CaseEvent>(`
    select e.event_number, e.happened_at, e.kind, e.step, e.actor_id, a.display_name as actor_name, d.display_name as acting_for_name, e.resolution, e.amount, e.comment, e.details, e.appraisal_number,
      case when f.sha256 is not null then jsonb_build_object('sha256', f.sha256, 'file_name', f.file_name, 'media_type', f.media_type, 'size_bytes', f.size_bytes::text) end as attachment
    from case_event e left join colleague a on a.staff_id = e.actor_id left join colleague d on d.staff_id = e.acting_for
    left join case_attachment f on f.person_key = e.person_key and f.finding_id = e.finding_id and f.event_number = e.event_number
    where e.person_key = $1 and e.finding_id = $2 order by e.event_number`, [personKey, findingId])
  return events.map((event) => ({ ...event, amount: event.amount === null ? null : money.amountFromDatabase(event.amount) }))
}

/** A file of evidence by the number of its event; null when the case, for this reader, has none. */
export async function attachmentOf(session: Session, findingId: string, eventNumber: string): Promise<CaseEvent['attachment']> {
  const [file] = await session.query<NonNullable<CaseEvent['attachment']>>('select sha256, file_name, media_type, size_bytes::text as size_bytes from case_attachment where finding_id = $1 and event_number = $2', [findingId, eventNumber])
  return file ?? null
}

/** Notes why somebody looks at a case's full numbers, before they are shown; false, and nothing noted, for a case that is not the reader's. */
export async function noteReveal(transaction: Transaction, findingId: string, reason: string, by: { readonly staffId: string; readonly at: string }): Promise<boolean> {
  const [row] = await transaction.query<{ person_key: string }>('select person_key from case_record where finding_id = $1', [findingId])
  if (row !== undefined) await leaveTrail(transaction, { ...by, kind: 'viewed_numbers', personKey: row.person_key, subject: findingId, reason })
  return row !== undefined
}

/** Those who can work on cases of a unit: in it or above it. */
export async function colleaguesFor(session: Session, unitCode: string | null): Promise<Colleague[]> {
  return session.query<Colleague>(`
    select staff_id, display_name, roles from colleague
    where is_active and roles && array['officer', 'payer'] and (unit_code is null or unit_code = $1 or staff_id = desk_staff())
    order by display_name collate "C", staff_id`, [unitCode])
}

/** In whose place the reader may approve today: the absent approvers who named them. */
export async function absentApprovers(session: Session, staffId: string, today: string): Promise<{ readonly staff_id: string; readonly display_name: string }[]> {
  return session.query<{ staff_id: string; display_name: string }>(`
    select distinct c.staff_id, c.display_name from staff_absence a join colleague c on c.staff_id = a.absent_id
    where a.deputy_id = $1 and a.ended_at is null and $2::date between a.from_date and a.to_date and c.is_active and 'approver' = any (c.roles) order by c.display_name`, [staffId, today])
}

/** Whether the reader may approve the appraisal that stands, alone or in place of somebody absent: role, unit, amount. */
export async function mayApprove(session: Session, { personKey, findingId, inPlaceOf }: { readonly personKey: string; readonly findingId: string; readonly inPlaceOf: string | null }): Promise<boolean> {
  const [answer] = await session.query<{ may: boolean }>('select desk_may_approve(person_key, finding_id, appraisal_number, $3) as may from case_record where person_key = $1 and finding_id = $2', [personKey, findingId, inPlaceOf])
  return answer?.may === true
}
