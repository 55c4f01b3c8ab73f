/** Decides before a run whether everybody is worked out anew, or only those touched since the published result. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { kinds } from '../core/index.ts'
import type { Session } from '../db/index.ts'

/** How a run goes about its work. */
export interface Plan {
  readonly mode: 'full' | 'increment'
  /** In words, for whoever wonders why it takes so long. */
  readonly reason: string
  /** The day of the published result; null in a full run. */
  readonly publishedAsOf: string | null
  /** Where the published clocks are; null: nowhere yet. */
  readonly publishedSlot: 0 | 1 | null
  /** Files sealed or withdrawn since the published result. */
  readonly changedFiles: readonly string[]
  /** In an increment: counts to which increments have only appended are added up (D191). */
  readonly isSettling?: boolean
}

/** Into how many parts the administrative units are divided for the proof of a night. */
export const parts = 30

/** After so many increments what they appended to the counts is added up. */
const incrementsUnsettled = 20n

/** More lines than this part of all (in percent), and looking at everybody costs less than following each change. */
const mostChanged = 20n

/** The rules that work out results and what follows them, as one hash: results of other rules are not built upon. */
export function engineVersion(): string {
  const hash = createHash('sha256')
  for (const room of ['reconcile', 'findings', 'corrections', 'cases', 'settlement']) {
    const directory = new URL(`../../sql/${room}/`, import.meta.url)
    for (const name of readdirSync(directory).sort()) hash.update(name).update(readFileSync(new URL(name, directory)))
  }
  return hash.digest('hex')
}

/** The plan for a run of day `asOf`; `version` is what `engineVersion` says. */
export async function planRun(session: Session, asOf: string, version: string, isFull: boolean): Promise<Plan> {
  const published = await publishedRunOf(session)
  if (isFull) return full('asked for')
  if (published === null) return full('nothing is published yet')
  if (published.engine_version !== version) return full('the rules are not those of the published result')
  if (asOf < published.as_of) return full('the day lies before that of the published result')
  const changed = await session.query<{ file_id: string; kind: string | null; lines: string }>(`
    select file_id, s.kind, coalesce(s.line_count, 0) as lines
    from (select file_id from source_file where status = 'sealed') now full join published_file p using (file_id) left join source_file s using (file_id)
    where now.file_id is null or p.file_id is null order by file_id`)
  if (asOf > published.as_of && (await hasUnseenWithdrawals(session, published.as_of))) return full('banks have reported on days after that of the published result')
  if (changed.some(({ kind }) => kind === null || !factKinds.has(kind))) return full('reference rows changed')
  const [all] = await session.query<{ lines: string }>("select coalesce(sum(line_count), 0) as lines from source_file where status = 'sealed'")
  const changedLines = changed.reduce((sum, { lines }) => sum + BigInt(lines), 0n)
  if (changedLines > 1000n && changedLines * 100n > BigInt(all?.lines ?? '0') * mostChanged) return full('a large part of all lines is new')
  return { mode: 'increment', reason: `${changed.length} files new or void`, publishedAsOf: published.as_of, publishedSlot: published.clock_slot, changedFiles: changed.map(({ file_id }) => file_id), isSettling: await isTimeToSettle(session) }

  function full(reason: string): Plan {
    return { mode: 'full', reason, publishedAsOf: null, publishedSlot: published?.clock_slot ?? null, changedFiles: [] }
  }
}

/** Every twentieth increment since the last look at everybody, which counts anew. */
async function isTimeToSettle(session: Session): Promise<boolean> {
  const [since] = await session.query<{ increments: string }>("select count(*) as increments from run where status = 'published' and run_id > (select coalesce(max(run_id), 0) from run where status = 'published' and mode = 'full')")
  return (BigInt(since?.increments ?? '0') + 1n) % incrementsUnsettled === 0n
}

/** The clocks of those plainly in order rest on the banks' reports as they stood on that day; later days may change all of them. */
async function hasUnseenWithdrawals(session: Session, publishedAsOf: string): Promise<boolean> {
  const [found] = await session.query<{ found: boolean }>('select exists (select 1 from withdrawal_report join published_file using (file_id) where reported_through_date > $1) as found', [publishedAsOf])
  return found?.found === true
}

/** The run whose results are published; null before the first. */
export async function publishedRunOf(session: Session): Promise<{ readonly run_id: string; readonly as_of: string; readonly engine_version: string | null; readonly clock_slot: 0 | 1 | null } | null> {
  const [published] = await session.query<{ run_id: string; as_of: string; engine_version: string | null; clock_slot: 0 | 1 | null }>("select run_id, as_of::text, engine_version, clock_slot from run where status = 'published' order by run_id desc limit 1")
  return published ?? null
}

// These are held against the results and change none of them.
const besideResults = ['campaign', 'cash_limit', 'payment_organisation', 'report_deadline', 'payer_account']
const factKinds = new Set(kinds.filter(({ group, name }) => group === 'fact' || besideResults.includes(name)).map(({ name }) => name))
