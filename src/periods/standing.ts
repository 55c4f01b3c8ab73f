/** How far a month is closed: what was done, by whom, whether it still holds, and what is signed. */
import type { Session } from '../db/index.ts'
import { periodNumber, placeCode, type Content, type PeriodKey } from './content.ts'

/** The four steps, in their order. */
export const periodSteps = ['prepared', 'appraised', 'approved', 'issued'] as const
export type PeriodStep = (typeof periodSteps)[number]
/** What can happen to a month. */
export type PeriodEventKind = PeriodStep | 'sent_back' | 'reopen_asked' | 'reopened' | 'reopen_refused'

/** One thing done to close a month. */
export interface PeriodEvent {
  readonly event_number: number
  readonly kind: PeriodEventKind
  readonly version_number: number
  readonly round_number: number
  readonly actor_id: string
  readonly display_name: string
  /** The absent approver in whose place they acted; null: in their own right. */
  readonly acting_for_id: string | null
  readonly acting_for_name: string | null
  readonly happened_at: string
  readonly reason: string | null
}

/**
 * Where a month stands: `open` nothing done, or sent back, or reopened; `void`: the figures changed under steps that were
 * taken; `signed`: minutes are out.
 */
export type PeriodState = 'open' | 'prepared' | 'appraised' | 'approved' | 'void' | 'signed' | 'reopen_asked' | 'reopened'

/** An approver who is away, and whose deputy the reader is today. */
export interface AbsentApprover {
  readonly staff_id: string
  readonly display_name: string
}

/** In whose place the reader may approve months of a place today; by the database's own clock. */
export function absentApprovers(session: Session, key: PeriodKey): Promise<AbsentApprover[]> {
  return session.query<AbsentApprover>('select staff_id::text as staff_id, display_name from desk_period_absent($1)', [placeCode(key)])
}

/** A version that was signed. */
export interface SignedVersion {
  readonly version_number: number
  readonly sha256: string
  readonly key_id: string
  readonly issued_at: string
}

/** A month of a place as it stands. */
export interface Standing {
  readonly key: PeriodKey
  readonly state: PeriodState
  readonly events: readonly PeriodEvent[]
  /** The steps of the round that is on its way, or that was signed last; empty when the next step is the first. */
  readonly round: readonly PeriodEvent[]
  /** What the round signs; null: nothing is on its way. */
  readonly content: Content | null
  readonly contentSha256: string | null
  /** The version that is being closed, or was signed last. */
  readonly version: number
  /** The newest first. */
  readonly signed: readonly SignedVersion[]
  /** True: what is published now is not what was signed last. Null: nothing is signed. */
  readonly differs: boolean | null
}

/** How a month stands; of one that nobody has begun to close everything is empty. */
export async function standingOf(session: Session, key: PeriodKey): Promise<Standing> {
  const place = [placeCode(key), periodNumber(key)]
  const events = await eventsOf(session, place)
  const signed = await session.query<SignedVersion>(
    `select m.version_number, m.sha256, m.key_id, e.happened_at as issued_at from period_minutes m
     join period_event e on e.place_code = m.place_code and e.benefit_period = m.benefit_period and e.event_number = m.issued_number
     where m.place_code = $1 and m.benefit_period = $2 order by m.version_number desc`, place)
  const last = events.at(-1)
  const isOpen = last === undefined || last.kind === 'sent_back' || last.kind === 'reopened'
  const round = isOpen ? [] : events.filter((event) => event.round_number === last.round_number && (periodSteps as readonly string[]).includes(event.kind))
  const snapshot = isOpen ? null : await snapshotOf(session, key, last.round_number)
  const stands = isOpen ? null : await stillStands(session, place, last.round_number)
  const issued = events.findLast((event) => event.kind === 'issued')
  const differs = issued === undefined ? null : issued.round_number === last?.round_number ? stands === false : !(await stillStands(session, place, issued.round_number))
  const version = last === undefined ? 1 : last.kind === 'reopened' ? last.version_number + 1 : last.version_number
  return { key, state: stateOf(last, stands), events, round, content: snapshot?.content ?? null, contentSha256: snapshot?.sha256 ?? null, version, signed, differs }
}

function stateOf(last: PeriodEvent | undefined, stands: boolean | null): PeriodState {
  switch (last?.kind) {
    case undefined: case 'sent_back': return 'open'
    case 'prepared': case 'appraised': case 'approved': return stands === false ? 'void' : last.kind
    case 'issued': case 'reopen_refused': return 'signed'
    case 'reopen_asked': return 'reopen_asked'
    case 'reopened': return 'reopened'
  }
}

/** What a round signs. */
export async function snapshotOf(session: Session, key: PeriodKey, round: number): Promise<{ readonly content: Content; readonly sha256: string } | null> {
  const [row] = await session.query<{ body: string; sha256: string }>('select body, sha256 from period_snapshot where place_code = $1 and benefit_period = $2 and round_number = $3', [placeCode(key), periodNumber(key), round])
  return row === undefined ? null : { content: JSON.parse(row.body) as Content, sha256: row.sha256 }
}

/** What is on paper of a version: the signed file and its two PDFs; null when there is none, or it is not the reader's. */
export async function minutesOf(session: Session, key: PeriodKey, version: number): Promise<{ readonly minutes: string; readonly pdf_vi: Buffer; readonly pdf_en: Buffer } | null> {
  const [row] = await session.query<{ minutes: string; pdf_vi: Buffer; pdf_en: Buffer }>('select minutes, pdf_vi, pdf_en from period_minutes where place_code = $1 and benefit_period = $2 and version_number = $3', [placeCode(key), periodNumber(key), version])
  return row ?? null
}

/** A month in the list of those of a place. */
export interface PeriodOverview {
  readonly benefit_period: string
  readonly state: PeriodState
  readonly version: number
  /** Who acted last, and when; null: nobody yet. */
  readonly last: PeriodEvent | null
  readonly differs: boolean | null
}

/** How the months of a place stand that anybody has begun to close, the newest first. */
export async function periodsOf(session: Session, unitCode: string | null): Promise<PeriodOverview[]> {
  const begun = await session.query<{ benefit_period: string }>(`select distinct to_char(benefit_period, 'FM0000"-"00') as benefit_period from period_event where place_code = $1 order by 1 desc`, [unitCode ?? ''])
  const found: PeriodOverview[] = []
  for (const { benefit_period: benefitPeriod } of begun) {
    const { state, version, events, differs } = await standingOf(session, { unitCode, benefitPeriod })
    found.push({ benefit_period: benefitPeriod, state, version, last: events.at(-1) ?? null, differs })
  }
  return found
}

/**
 * Whether a month that was signed is no longer what is published; null: it is not signed, or not the reader's. For every
 * page that shows figures of a month as signed.
 */
export async function differsSinceSigned(session: Session, key: PeriodKey): Promise<boolean | null> {
  const place = [placeCode(key), periodNumber(key)]
  const [issued] = await session.query<{ round_number: number }>(`select round_number from period_event where place_code = $1 and benefit_period = $2 and kind = 'issued' order by event_number desc limit 1`, place)
  return issued === undefined ? null : !(await stillStands(session, place, issued.round_number))
}

function eventsOf(session: Session, place: readonly string[]): Promise<PeriodEvent[]> {
  return session.query<PeriodEvent>(
    `select e.event_number, e.kind, e.version_number, e.round_number, e.actor_id::text as actor_id, c.display_name, e.acting_for::text as acting_for_id, f.display_name as acting_for_name, e.happened_at, e.reason
     from period_event e join colleague c on c.staff_id = e.actor_id left join colleague f on f.staff_id = e.acting_for where e.place_code = $1 and e.benefit_period = $2 order by e.event_number`, [...place])
}

async function stillStands(session: Session, place: readonly string[], round: number): Promise<boolean> {
  const [row] = await session.query<{ stands: boolean }>('select period_stands($1, $2, $3) as stands', [...place, round])
  return row?.stands ?? false
}
