/** Does one thing to a case: the rules, one or two events, and how the case stands afterwards. */
import { localDayOf, Refusal, visibleText, type Amount, type CaseStep, type Reader, type Resolution } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import type { EvidenceFile } from './evidence-files.ts'
import { colleaguesFor } from './history.ts'
import { actionRules, additions, requireAllowed, requirePossible, type Action } from './actions.ts'
import { tally } from './tally.ts'

/** Which case, as it was when the actor looked, who acts and what they do. */
export interface Act {
  readonly findingId: string
  /** The version that the actor saw. */
  readonly expectedVersion: number
  readonly actor: Reader
  /** The instant, from the clock. */
  readonly at: string
  readonly action: Action
}

interface Standing {
  readonly person_key: string
  readonly finding_id: string
  readonly version: number
  readonly step: CaseStep
  readonly unit_code: string | null
  readonly amount_at_stake: Amount
  readonly assigned_to: string | null
  readonly resolution: Resolution | null
  readonly appraisal_number: number | null
  readonly approval_number: number | null
  readonly reopened_count: number
  readonly closed_date: string | null
}

interface Event {
  readonly kind: string
  readonly step: CaseStep
  readonly resolution?: Resolution
  readonly amount?: Amount
  readonly comment?: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly acting_for?: string | null
  readonly appraisal_number?: number
  readonly appraised_by?: string
  readonly file?: EvidenceFile
}

/**
 * The case's new version. Runs in a transaction of the actor's own (`desk.transaction`), in which the database holds the
 * same rules: the actor is who is signed in, the case is in their unit, who approves did not appraise.
 *
 * @throws Refusal `case_unknown` (also for somebody else's), `case_changed` (conflict: what happened since, as details),
 *   `own_appraisal`, `above_band`, `colleague_unknown`, and what `requirePossible` throws
 */
export async function act(transaction: Transaction, { findingId, expectedVersion, actor, at, action }: Act): Promise<{ readonly version: number }> {
  const standing = await lockCase(transaction, findingId)
  if (standing === null) throw new Refusal('notFound', 'case_unknown', 'there is no such case')
  if (standing.version !== expectedVersion && !additions.has(action.kind)) throw await changed(transaction, standing)
  requirePossible(action, actor, { step: standing.step, amountAtStake: standing.amount_at_stake })
  let version = standing.version
  const events = await eventsOf(transaction, action, standing, actor)
  for (const event of events) {
    version += 1
    await store(transaction, standing, version, event, actor, at)
  }
  const last = events.at(-1)
  if (last === undefined) throw new Error(`${action.kind} gave no event`)
  await stand(transaction, standing, version, last, action, actor, at)
  return { version }
}

/** Whether the actor could add something to the case now; asked before evidence is written to disk. @throws Refusal `case_unknown`, and what `requireAllowed` throws */
export async function requireAddition(transaction: Session, findingId: string, actor: Reader, kind: 'addEvidence' | 'askBank' = 'addEvidence'): Promise<void> {
  const standing = await lockCase(transaction, findingId)
  if (standing === null) throw new Refusal('notFound', 'case_unknown', 'there is no such case')
  requireAllowed(kind, actor, standing.step)
}

/** The case, which nobody else changes until the transaction ends; null where the reader has none of this name. */
async function lockCase(transaction: Session, findingId: string): Promise<Standing | null> {
  const [found] = await transaction.query<{ person_key: string }>('select person_key from case_record where finding_id = $1', [findingId])
  if (found === undefined) return null
  const [standing] = await transaction.query<Standing>(`
    select person_key, finding_id, version, step, unit_code, amount_at_stake, assigned_to, resolution, appraisal_number, approval_number, reopened_count, closed_date
    from case_record where person_key = $1 and finding_id = $2 for no key update`, [found.person_key, findingId])
  // Readable, but not to be worked on: an auditor.
  if (standing === undefined) throw new Refusal('notAllowed', 'not_allowed', 'this reader only reads')
  return standing
}

/** Told kindly: who was faster, and what they did. */
async function changed(transaction: Session, { person_key: personKey, finding_id: findingId, version, step }: Standing): Promise<Refusal> {
  const [event] = await transaction.query<{ kind: string; happened_at: string; display_name: string | null }>(`
    select e.kind, e.happened_at, c.display_name from case_event e left join colleague c on c.staff_id = e.actor_id
    where e.person_key = $1 and e.finding_id = $2 and e.event_number = $3`, [personKey, findingId, version])
  return new Refusal('conflict', 'case_changed', 'somebody changed the case meanwhile', { version, step, kind: event?.kind ?? null, at: event?.happened_at ?? null, by: event?.display_name ?? null })
}

async function eventsOf(transaction: Session, action: Action, standing: Standing, actor: Reader): Promise<Event[]> {
  const { step } = standing
  const written = 'comment' in action ? visibleText(action.comment ?? '') : ''
  const comment = written === '' ? {} : { comment: written }
  const kind = actionRules[action.kind].event
  switch (action.kind) {
    case 'receive':
    case 'reopen':
      return [{ kind, step: 'received', ...comment }]
    case 'assign':
      if (action.to !== null) await requireColleague(transaction, action.to, standing)
      return [{ kind, step, details: { to: action.to } }]
    case 'comment':
      return [{ kind, step, ...comment }]
    case 'addEvidence':
      return [{ kind, step, ...comment, file: action.file }]
    case 'appraise': {
      const appraisal: Event = { kind, step: 'appraised', resolution: action.resolution, amount: action.amount, ...comment, ...(action.details === undefined ? {} : { details: action.details }) }
      return step === 'new' ? [{ kind: 'received', step: 'received' }, appraisal] : [appraisal]
    }
    case 'approve': {
      const appraisal = await standingAppraisal(transaction, standing)
      const inPlaceOf = action.inPlaceOf ?? null
      if (appraisal.actor_id === actor.staffId || appraisal.actor_id === inPlaceOf) throw new Refusal('notAllowed', 'own_appraisal', 'who appraised does not approve: another person has to')
      await requireBand(transaction, standing, inPlaceOf)
      return [{ kind, step: 'approved', acting_for: inPlaceOf, appraisal_number: appraisal.event_number, appraised_by: appraisal.actor_id, ...comment }]
    }
    case 'sendBack':
      return [{ kind, step: 'received', acting_for: action.inPlaceOf ?? null, ...comment }]
    case 'answer':
      return [{ kind, step: 'answered', ...comment }]
    case 'askBank':
      return [{ kind, step, ...comment, details: action.details }]
  }
}

async function requireColleague(transaction: Session, staffId: string, { unit_code: unitCode }: Standing): Promise<void> {
  if (!(await colleaguesFor(transaction, unitCode)).some(({ staff_id: id }) => id === staffId)) throw new Refusal('usage', 'colleague_unknown', 'nobody of this number can work on the case')
}

async function standingAppraisal(transaction: Session, { person_key: personKey, finding_id: findingId, appraisal_number: number }: Standing): Promise<{ readonly event_number: number; readonly actor_id: string }> {
  const [appraisal] = await transaction.query<{ event_number: number; actor_id: string }>('select event_number, actor_id from case_event where person_key = $1 and finding_id = $2 and event_number = $3', [personKey, findingId, number])
  if (appraisal === undefined) throw new Error('a case at the step appraised has no appraisal')
  return appraisal
}

async function requireBand(transaction: Session, { person_key: personKey, finding_id: findingId, appraisal_number: number }: Standing, inPlaceOf: string | null): Promise<void> {
  const [answer] = await transaction.query<{ may: boolean }>('select desk_may_approve($1, $2, $3, $4) as may', [personKey, findingId, number, inPlaceOf])
  if (answer?.may !== true) throw new Refusal('notAllowed', 'above_band', 'the amount is above what this approver may approve, or the standing-in is not in force')
}

async function store(transaction: Session, { person_key: personKey, finding_id: findingId, unit_code: unitCode }: Standing, number: number, event: Event, actor: Reader, at: string): Promise<void> {
  await transaction.query(`
    insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, acting_for, kind, step, resolution, amount, comment, appraisal_number, appraised_by, details)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, [
    personKey, findingId, number, unitCode, at, actor.staffId, event.acting_for ?? null, event.kind, event.step, event.resolution ?? null, event.amount ?? null, event.comment ?? null,
    event.appraisal_number ?? null, event.appraised_by ?? null, event.details === undefined ? null : JSON.stringify(event.details),
  ])
  await leaveTrail(transaction, { staffId: actor.staffId, at, kind: 'case_acted', personKey, subject: `case ${findingId}`, details: { act: event.kind, step: event.step }, row: { table: 'case_event', key: [personKey, findingId, number] } })
  if (event.file === undefined) return
  const { sha256, fileName, mediaType, size } = event.file
  await transaction.query('insert into case_attachment (person_key, finding_id, event_number, sha256, file_name, media_type, size_bytes, unit_code) values ($1, $2, $3, $4, $5, $6, $7, $8)', [personKey, findingId, number, sha256, fileName, mediaType, size, unitCode])
}

/** How the case stands after its last event: an edit, a sending back or a reopening leaves no appraisal or approval that stands. */
async function stand(transaction: Session, standing: Standing, version: number, last: Event, action: Action, actor: Reader, at: string): Promise<void> {
  const isVoided = ['appraise', 'sendBack', 'reopen'].includes(action.kind)
  const appraisal = action.kind === 'appraise' ? version : isVoided ? null : standing.appraisal_number
  const approval = action.kind === 'approve' ? version : isVoided ? null : standing.approval_number
  const resolution = action.kind === 'appraise' ? action.resolution : isVoided ? null : standing.resolution
  const assignedTo = action.kind === 'assign' ? action.to : action.kind === 'receive' || (action.kind === 'appraise' && standing.assigned_to === null) ? actor.staffId : standing.assigned_to
  const closedDate = action.kind === 'answer' ? localDayOf(at) : action.kind === 'reopen' ? null : standing.closed_date
  const place = { personKey: standing.person_key, findingId: standing.finding_id }
  const isMoved = last.step !== standing.step
  if (isMoved) await tally(transaction, place, -1)
  await transaction.query(`
    update case_record set version = $3, step = $4, assigned_to = $5, resolution = $6, appraisal_number = $7, approval_number = $8, closed_date = $9, reopened_count = $10,
      deadline_date = case when $11 then coalesce((select t.deadline_date from finding_type f join case_term t using (working_days) where f.code = case_record.code), deadline_date) else deadline_date end
    where person_key = $1 and finding_id = $2`, [
    standing.person_key, standing.finding_id, version, last.step, assignedTo, resolution, appraisal, approval, closedDate, standing.reopened_count + (action.kind === 'reopen' ? 1 : 0), action.kind === 'reopen',
  ])
  if (isMoved) await tally(transaction, place, 1)
}
