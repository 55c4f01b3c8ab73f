/** What can be done to close a month, by whom, after what; each act is one event, and the database holds the same rules. */
import { hasRole, Refusal, sha256Of, visibleText, type Reader, type Role } from '../core/index.ts'
import type { Transaction } from '../db/index.ts'
import { canonicalJson } from '../signing/index.ts'
import { leaveTrail, type TrailKind } from '../trail/index.ts'
import { composeContent, periodNumber, placeCode, type Content, type PeriodKey } from './content.ts'
import { signableMinutes, type Minutes, type SealedMinutes } from './minutes.ts'
import { absentApprovers, snapshotOf, standingOf, type AbsentApprover, type PeriodEventKind, type PeriodState, type Standing } from './standing.ts'

/** What somebody wants to do. */
export const periodActs = ['prepare', 'appraise', 'approve', 'issue', 'sendBack', 'askReopen', 'reopen', 'refuseReopen'] as const
export type PeriodAct = (typeof periodActs)[number]

interface Rule {
  readonly from: readonly PeriodState[]
  readonly roles: readonly Role[]
  readonly event: PeriodEventKind
  readonly isStep: boolean
  readonly needsReason: boolean
  /** Somebody who stands in for an absent approver may do it in their place. */
  readonly mayBeInPlace?: boolean
}

const workers: readonly Role[] = ['officer', 'payer']
const everybody: readonly Role[] = ['officer', 'payer', 'approver']
const step = (from: readonly PeriodState[], roles: readonly Role[], event: PeriodEventKind): Rule => ({ from, roles, event, isStep: true, needsReason: false })

/** Every act with its rule. */
export const periodRules: Readonly<Record<PeriodAct, Rule>> = {
  prepare: step(['open', 'void', 'reopened'], workers, 'prepared'),
  appraise: step(['prepared'], workers, 'appraised'),
  approve: { ...step(['appraised'], ['approver'], 'approved'), mayBeInPlace: true },
  issue: step(['approved'], workers, 'issued'),
  sendBack: { from: ['prepared', 'appraised', 'approved', 'void'], roles: everybody, event: 'sent_back', isStep: false, needsReason: true },
  askReopen: { from: ['signed'], roles: everybody, event: 'reopen_asked', isStep: false, needsReason: true },
  reopen: { from: ['reopen_asked'], roles: ['approver'], event: 'reopened', isStep: false, needsReason: false, mayBeInPlace: true },
  refuseReopen: { from: ['reopen_asked'], roles: ['approver'], event: 'reopen_refused', isStep: false, needsReason: true, mayBeInPlace: true },
}

/** The longest reason, as the database holds it. */
export const longestReason = 2000

/** Whoever acts, and in whose place they may act today. */
export type PeriodActor = Pick<Reader, 'staffId' | 'roles'>

/** In whose place the reader would do it; null: in their own right, or not at all. Nobody of the same round, and nobody who asked for it, is stood in for. */
export function principalOf(act: PeriodAct, standing: Standing, reader: PeriodActor, absent: readonly AbsentApprover[]): AbsentApprover | null {
  const rule = periodRules[act]
  if (rule.mayBeInPlace !== true || hasRole(reader, ...rule.roles)) return null
  return absent.find(({ staff_id: id }) => (rule.isStep ? !isOfRound(standing, id) : standing.events.at(-1)?.actor_id !== id)) ?? null
}

/** Why an act is not this reader's to do; null: it is. `own_step`: they took another step of this round; `own_wish`: they asked for it themselves. */
export function faultOfAct(act: PeriodAct, standing: Standing, reader: PeriodActor, absent: readonly AbsentApprover[] = []): 'step_wrong' | 'not_allowed' | 'own_step' | 'own_wish' | null {
  const rule = periodRules[act]
  if (!rule.from.includes(standing.state)) return 'step_wrong'
  if (!hasRole(reader, ...rule.roles) && principalOf(act, standing, reader, absent) === null) return 'not_allowed'
  if (rule.isStep && act !== 'prepare' && isOfRound(standing, reader.staffId)) return 'own_step'
  if ((act === 'reopen' || act === 'refuseReopen') && standing.events.at(-1)?.actor_id === reader.staffId) return 'own_wish'
  return null
}

/** What this reader can do now, the next step first. */
export function possiblePeriodActs(standing: Standing, reader: PeriodActor, absent: readonly AbsentApprover[] = []): PeriodAct[] {
  return periodActs.filter((act) => faultOfAct(act, standing, reader, absent) === null)
}

function isOfRound({ round }: Standing, staffId: string): boolean {
  return round.some((event) => event.actor_id === staffId || event.acting_for_id === staffId)
}

/** One act of one reader. */
export interface ActOnPeriod {
  readonly key: PeriodKey
  readonly act: PeriodAct
  /** How many events the month had when the actor looked. */
  readonly expectedEvents: number
  readonly actor: Reader
  readonly at: string
  readonly reason: string
  /** Of preparing: why each missing file is missing, by `missingName`. */
  readonly missingReasons?: ReadonlyMap<string, string>
  readonly placeName: string | null
  /** Signs what is issued, and puts it on paper. */
  readonly seal: (minutes: Minutes) => Promise<SealedMinutes>
}

/**
 * Does it, in a transaction of the actor's own; gives the number of the event.
 *
 * @throws Refusal `period_changed` (conflict) when somebody was faster or the published figures changed, `step_wrong`
 *   (conflict), `not_allowed`, `own_step`, `own_wish` (notAllowed), `comment_missing`, `comment_too_long`,
 *   `reason_missing` (usage), `period_unknown` (notFound), `bridge_open` (conflict)
 */
export async function actOnPeriod(transaction: Transaction, wanted: ActOnPeriod): Promise<number> {
  const { key, act, actor, at } = wanted
  const standing = await standingOf(transaction, key)
  if (standing.events.length !== wanted.expectedEvents) throw new Refusal('conflict', 'period_changed', 'somebody did something to this month since you looked')
  const absent = periodRules[act].mayBeInPlace === true ? await absentApprovers(transaction, key) : []
  const fault = faultOfAct(act, standing, actor, absent)
  if (fault !== null) throw new Refusal(fault === 'step_wrong' ? 'conflict' : 'notAllowed', fault, 'this is not yours to do at this step')
  const rule = periodRules[act]
  const reason = wanted.reason.replace(/\r\n/g, '\n').trim()
  if (rule.needsReason && visibleText(reason) === '') throw new Refusal('usage', 'comment_missing', 'say why')
  if (reason.length > longestReason) throw new Refusal('usage', 'comment_too_long', 'say it shorter')
  const number = standing.events.length + 1
  const round = act === 'prepare' ? number : (standing.events.at(-1)?.round_number ?? number)
  const content = act === 'prepare' ? await contentToSign(transaction, standing, wanted) : null
  await translated(act, async () => {
    await transaction.query(
      `insert into period_event (place_code, benefit_period, event_number, previous_kind, kind, version_number, round_number, actor_id, happened_at, reason, asked_by, acting_for)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [placeCode(key), periodNumber(key), number, standing.events.at(-1)?.kind ?? null, rule.event, standing.version, round, actor.staffId, at, rule.needsReason ? reason : null, rule.event === 'reopened' || rule.event === 'reopen_refused' ? (standing.events.at(-1)?.actor_id ?? null) : null, principalOf(act, standing, actor, absent)?.staff_id ?? null])
    if (content !== null) await keepSnapshot(transaction, key, round, content)
    if (act === 'issue') await keepMinutes(transaction, wanted, round, number)
    // The references that are looked at last are looked at now, so that what is wrong is told here.
    await transaction.query('set constraints all immediate')
  })
  await leaveTrail(transaction, { staffId: actor.staffId, at, kind: `period_${rule.event}` satisfies TrailKind, subject: `period ${key.benefitPeriod} ${key.unitCode ?? 'country'}`, reason: rule.needsReason ? reason : null, details: { event: number, version: standing.version, sha256: content === null ? standing.contentSha256 : sha256Of(canonicalJson(content)) }, row: { table: 'period_event', key: [placeCode(key), periodNumber(key), number] } })
  return number
}

/** What the first person puts together; after a reopening with what is different since the version before. */
async function contentToSign(transaction: Transaction, standing: Standing, { key, placeName, missingReasons }: ActOnPeriod): Promise<Content> {
  const [before] = standing.signed
  const reopened = standing.events.findLast((event) => event.kind === 'reopened')
  const asked = standing.events.find((event) => event.event_number === (reopened?.event_number ?? 0) - 1)
  const issued = standing.events.findLast((event) => event.kind === 'issued')
  const earlier = issued === undefined ? null : await snapshotOf(transaction, key, issued.round_number)
  const changes = before === undefined || earlier === null ? null : {
    since_version: before.version_number, since_sha256: before.sha256, since_as_of: earlier.content.run.as_of, reason: asked?.reason ?? '', asked_by: asked?.display_name ?? '', approved_by: reopened?.display_name ?? '', content: earlier.content,
  }
  return composeContent(transaction, key, { version: standing.version, placeName, reasons: missingReasons ?? new Map(), changes })
}

async function keepSnapshot(transaction: Transaction, key: PeriodKey, round: number, content: Content): Promise<void> {
  const body = canonicalJson(content)
  await transaction.query('insert into period_snapshot (place_code, benefit_period, round_number, body, sha256) values ($1, $2, $3, $4, $5)', [placeCode(key), periodNumber(key), round, body, sha256Of(body)])
}

async function keepMinutes(transaction: Transaction, { key, seal }: ActOnPeriod, round: number, number: number): Promise<void> {
  const snapshot = await snapshotOf(transaction, key, round)
  const [row] = await transaction.query<{ signers: Minutes['steps'] }>('select period_signers($1, $2, $3) as signers', [placeCode(key), periodNumber(key), round])
  if (snapshot === null) throw new Error('a month without a snapshot was about to be issued')
  const sealed = await seal(signableMinutes(snapshot.content, row?.signers ?? []))
  await transaction.query('insert into period_minutes (place_code, benefit_period, version_number, issued_number, minutes, sha256, key_id, pdf_vi, pdf_en) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [placeCode(key), periodNumber(key), snapshot.content.version_number, number, sealed.text, sealed.sha256, sealed.keyId, sealed.pdfs.vi, sealed.pdfs.en])
}

/** What the database refuses, in the words of the desk. */
async function translated(act: PeriodAct, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if (constraint === 'period_event_four_persons' || constraint === 'period_event_four_principals') throw new Refusal('notAllowed', 'own_step', 'four steps, four persons')
    if (constraint === 'period_event_two_persons' || constraint === 'period_event_not_for_who_asked') throw new Refusal('notAllowed', 'own_wish', 'who asks does not approve')
    // Another event of this number, or what is published changed between looking and signing.
    if (code === '23505' || code === '42501') throw new Refusal('conflict', 'period_changed', `what was to be signed changed while it was signed (${act})`)
    throw error
  }
}
