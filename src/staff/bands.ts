/** Up to which amount approvers of each level may approve: one administrator proposes, another confirms (D132). */
import { Refusal, scopeLevels, type Amount, type ScopeLevel } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { requireAdministrator, type Author } from './changes.ts'
import { reasonFaults, refuseFaults } from './wishes.ts'

/** The limit of a level, the amount included; null: any amount. */
export interface Band {
  readonly scope_level: ScopeLevel
  readonly up_to_amount: Amount | null
}

/** A limit that waits for a second administrator. */
export interface WaitingBand extends Band {
  readonly change_id: string
  readonly changed_at: string
  readonly changed_by: string
  readonly changed_by_name: string
  readonly reason: string
}

/** The limits, the widest level last. */
export async function approvalBands(session: Session): Promise<Band[]> {
  const rows = await session.query<Band>('select scope_level, up_to_amount from approval_band')
  return [...rows].sort((one, other) => scopeLevels.indexOf(other.scope_level) - scopeLevels.indexOf(one.scope_level))
}

/** What waits, the oldest first. */
export function waitingBands(session: Session): Promise<WaitingBand[]> {
  return session.query<WaitingBand>(`
    select c.change_id, c.scope_level, c.up_to_amount, c.changed_at, c.changed_by, s.display_name as changed_by_name, c.reason
    from approval_band_change c join staff s on s.staff_id = c.changed_by where confirmed_at is null and withdrawn_at is null order by change_id`)
}

/** Proposes a limit. @throws Refusal `reason_missing`, `not_administrator`, `nothing_changed` */
export async function proposeBand(transaction: Transaction, band: Band, author: Author & { readonly staffId: string }): Promise<void> {
  await requireAdministrator(transaction, author.staffId)
  refuseFaults(reasonFaults(author.reason))
  const [same] = await transaction.query('select scope_level from approval_band where scope_level = $1 and up_to_amount is not distinct from $2::numeric', [band.scope_level, band.up_to_amount])
  if (same !== undefined) throw new Refusal('usage', 'nothing_changed', 'it is so already')
  const [row] = await transaction.query<{ change_id: string }>('insert into approval_band_change (scope_level, up_to_amount, changed_at, changed_by, reason) values ($1, $2, $3, $4, $5) returning change_id', [band.scope_level, band.up_to_amount, author.at, author.staffId, author.reason.trim()])
  await leaveTrail(transaction, { staffId: author.staffId, at: author.at, kind: 'band_changed', subject: band.scope_level, reason: author.reason.trim(), row: { table: 'approval_band_change', key: [row?.change_id ?? ''] } })
}

/** Makes it hold, or takes it back. @throws Refusal `second_is_first` (not allowed), `change_gone` (conflict), `not_administrator` */
export async function decideBand(transaction: Transaction, changeId: string, decision: 'confirm' | 'withdraw', author: Omit<Author, 'reason'> & { readonly staffId: string }): Promise<void> {
  await requireAdministrator(transaction, author.staffId)
  const [waiting] = await transaction.query<Band & { changed_by: string }>('select scope_level, up_to_amount, changed_by from approval_band_change where change_id = $1 and confirmed_at is null and withdrawn_at is null for update', [changeId])
  if (waiting === undefined) throw new Refusal('conflict', 'change_gone', 'it waits no longer: somebody has confirmed it or taken it back')
  const leaveOutcome = (kind: 'band_change_confirmed' | 'band_change_withdrawn'): Promise<void> => leaveTrail(transaction, { staffId: author.staffId, at: author.at, kind, subject: waiting.scope_level, row: { table: 'approval_band_change_outcome', key: [changeId] } })
  if (decision === 'withdraw') {
    await transaction.query('update approval_band_change set withdrawn_at = $2, withdrawn_by = $3 where change_id = $1', [changeId, author.at, author.staffId])
    await leaveOutcome('band_change_withdrawn')
    return
  }
  if (waiting.changed_by === author.staffId) throw new Refusal('notAllowed', 'second_is_first', 'whoever asked for it cannot confirm it: another administrator has to')
  await transaction.query('update approval_band_change set confirmed_at = $2, confirmed_by = $3 where change_id = $1', [changeId, author.at, author.staffId])
  await leaveOutcome('band_change_confirmed')
  await transaction.query('update approval_band set up_to_amount = $2 where scope_level = $1', [waiting.scope_level, waiting.up_to_amount])
}
