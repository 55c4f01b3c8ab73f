/** Who stands in for an approver on which days; what the deputy approves is recorded as done in their place (D133). */
import { addDays, Refusal } from '../core/index.ts'
import type { Session, Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { reasonFaults, refuseFaults } from './wishes.ts'

/** One absence, as the absent person or the deputy sees it. */
export interface Absence {
  readonly absence_id: string
  readonly absent_id: string
  readonly absent_name: string
  readonly deputy_id: string
  readonly deputy_name: string
  readonly from_date: string
  readonly to_date: string
  readonly reason: string
  /** Today is one of its days. */
  readonly is_now: boolean
}

/** Somebody who could stand in. */
export interface Colleague {
  readonly staff_id: string
  readonly display_name: string
  readonly unit_code: string | null
}

/** Whoever is away for longer has left: then rights are given, not lent. */
export const longestAbsenceDays = 92

const deputiesOf = `
  select d.staff_id, d.display_name, d.unit_code from staff d, staff absent
  where absent.staff_id = $1 and d.staff_id <> absent.staff_id and d.is_active and d.roles && array['officer', 'approver'] and not 'payer' = any (d.roles)
    and (d.unit_code is null or absent.unit_code is not null and not exists (
      select from staff_unit u where u.staff_id = absent.staff_id and not exists (select from staff_unit v where v.staff_id = d.staff_id and v.unit_code = u.unit_code)))`

/** Who may stand in for somebody: colleagues who prepare or approve cases and see at least the same people; by name. */
export function possibleDeputies(session: Session, absentId: string): Promise<Colleague[]> {
  return session.query<Colleague>(`${deputiesOf} order by d.display_name collate "C", d.staff_id limit 500`, [absentId])
}

/** What is or will be, of which somebody is either side; the earliest first. */
export function absencesOf(session: Session, staffId: string, today: string): Promise<Absence[]> {
  return session.query<Absence>(`
    select absence_id, absent_id, a.display_name as absent_name, deputy_id, d.display_name as deputy_name, from_date, to_date, reason, $2::date between from_date and to_date as is_now
    from staff_absence join staff a on a.staff_id = absent_id join staff d on d.staff_id = deputy_id
    where (absent_id = $1 or deputy_id = $1) and ended_at is null and to_date >= $2::date and a.is_active
    order by from_date, absence_id`, [staffId, today])
}

/**
 * Names a deputy; only the approver themselves does.
 *
 * @throws Refusal (usage) `absence_dates`, `deputy_unfit`, `reason_missing`; `not_approver` (not allowed); `absence_overlaps` (conflict)
 */
export async function nameDeputy(transaction: Transaction, wish: { readonly absentId: string; readonly deputyId: string; readonly from: string; readonly to: string; readonly reason: string }, today: string, now: string): Promise<void> {
  const { absentId, deputyId, from, to } = wish
  const [absent] = await transaction.query(`select staff_id from staff where staff_id = $1 and is_active and 'approver' = any (roles) for update`, [absentId])
  if (absent === undefined) throw new Refusal('notAllowed', 'not_approver', 'only an approver names a deputy')
  const [deputy] = await transaction.query(`${deputiesOf} and d.staff_id = $2`, [absentId, deputyId])
  const isInTime = from >= today && to >= from && to <= addDays(from, longestAbsenceDays)
  refuseFaults([
    ...(deputy === undefined ? [['deputy_unfit', 'they cannot stand in: another role, another unit, or no longer here'] as const] : []),
    ...(isInTime ? [] : [['absence_dates', `from today on, and for at most ${longestAbsenceDays} days`] as const]),
    ...reasonFaults(wish.reason),
  ])
  const [other] = await transaction.query('select absence_id from staff_absence where absent_id = $1 and ended_at is null and from_date <= $3::date and to_date >= $2::date', [absentId, from, to])
  if (other !== undefined) throw new Refusal('conflict', 'absence_overlaps', 'somebody stands in on some of these days already; end that first')
  await transaction.query('insert into staff_absence (absent_id, deputy_id, from_date, to_date, reason, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $1, $6)', [absentId, deputyId, from, to, wish.reason.trim(), now])
  await leaveTrail(transaction, { at: now, staffId: absentId, kind: 'deputy_named', subject: deputyId })
}

/** Ends it at once; of somebody else's absence, or one that has ended, nothing happens and the answer is false. */
export async function endAbsence(transaction: Transaction, absenceId: string, absentId: string, now: string): Promise<boolean> {
  const ended = await transaction.query<{ deputy_id: string }>('update staff_absence set ended_at = $3 where absence_id = $1 and absent_id = $2 and ended_at is null returning deputy_id', [absenceId, absentId, now])
  for (const { deputy_id: deputyId } of ended) await leaveTrail(transaction, { at: now, staffId: absentId, kind: 'deputy_ended', subject: deputyId })
  return ended.length > 0
}
