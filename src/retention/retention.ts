/** What has been kept long enough goes, by terms that stand in the database; what would go is counted by taking it away and putting it back. */
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDay, Refusal, type Clock } from '../core/index.ts'
import { loadSqlFile, takeRunLock, withFence, type Database, type SqlFile, type Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { bytesOfForgotten, choosePeople, forgetChosen, sweepAfter } from './people.ts'

/** In this order; each is a file of sql/retention, people a folder, and those of which bytes lie on disk say in which folder. */
const kept = {
  sessions: null, attempts: null, devices: null, notices: null, night_steps: null, batches: null, discarded_uploads: null, contacts: null,
  refused_files: 'quarantine', received_files: 'files', evidence: 'evidence', people: null,
} as const
type Kept = keyof typeof kept
const names = Object.keys(kept) as Kept[]
const steps = new Map<Kept, SqlFile>(names.filter((name) => name !== 'people').map((name) => [name, loadSqlFile(new URL(`../../sql/retention/${name}.sql`, import.meta.url))]))

/** How long one kind of thing is kept. */
export interface RetentionTerm {
  readonly what: string
  readonly keep_months: number
  readonly applies_from: string
  readonly legal_basis: string
}

/** What goes of one kind of thing. */
export interface Retained {
  readonly what: string
  /** Local midnight before which it had served its purpose, as an instant. */
  readonly before: string
  /** Rows, or files whose bytes are still there. */
  readonly count: string
  /** Values of lines with problems, and names of evidence, that go with them. */
  readonly quoted_count: string
  /** Of people: how many stay whose own term is over, by reason. */
  readonly held?: Readonly<Record<string, string>>
}

interface Surroundings {
  readonly clock: Clock
  /** Where received files and evidence lie. */
  readonly dataDirectory: string
}

/** The terms that apply on a day, in the order in which they are applied. @throws Refusal `policy_incomplete` (installation) where one is missing */
export async function retentionPolicy(session: Pick<Transaction, 'query'>, day: string): Promise<RetentionTerm[]> {
  const terms = await session.query<RetentionTerm>('select distinct on (what) what, keep_months, applies_from, legal_basis from retention_policy where applies_from <= $1 order by what, applies_from desc', [day])
  return names.map((name) => {
    const term = terms.find(({ what }) => what === name)
    if (term === undefined) throw new Refusal('installation', 'policy_incomplete', `retention_policy says nothing of ${name} for ${day}`)
    return term
  })
}

/** A new term from a day on; earlier ones stay as they were. The owner of the database alone may set it. @throws Refusal usage, conflict */
export async function setRetention(database: Database, { what, months, from, basis }: { readonly what: string; readonly months: string; readonly from: string; readonly basis: string }, clock: Clock): Promise<void> {
  if (!names.some((name) => name === what)) throw new Refusal('usage', 'retention_unknown', `${what} is none of ${names.join(', ')}`)
  if (!/^[1-9]\d{0,3}$/.test(months) || parseDay(from) === null || basis.trim() === '') throw new Refusal('usage', 'term_invalid', 'say how many months, from which day (YYYY-MM-DD), and on what basis')
  await database.transaction(async (transaction) => {
    const made = await transaction.query('insert into retention_policy (what, applies_from, keep_months, legal_basis) values ($1, $2, $3, $4) on conflict do nothing returning what', [what, from, months, basis.trim()])
    if (made.length === 0) throw new Refusal('conflict', 'term_exists', `there is a term for ${what} from ${from} already; a new one applies from a later day`)
    await leaveTrail(transaction, { staffId: null, at: clock.now(), kind: 'retention_set', subject: what, reason: basis.trim(), details: { months, from } })
  })
}

/** What would go now; nothing does. */
export async function planRetention(database: Database, { clock, dataDirectory }: Surroundings): Promise<Retained[]> {
  const found = await takeAway(database, { clock, dataDirectory }, false)
  return found.map(({ retained }) => retained)
}

/** Takes it away, and leaves one entry in the trail for each kind of which something went. Safe to do twice, and after having been cut off. */
export async function applyRetention(database: Database, { clock, dataDirectory }: Surroundings): Promise<Retained[]> {
  const found = await takeAway(database, { clock, dataDirectory }, true)
  // Only once the rows say so: bytes whose row still promised them would be lost, bytes without a row go the next time.
  for (const { paths } of found) for (const path of paths) await rm(path, { force: true })
  if (found.some(({ retained: { what, count } }) => what === 'people' && count !== '0')) await database.onConnection(sweepAfter)
  return found.map(({ retained }) => retained)
}

interface Found {
  readonly retained: Retained
  readonly paths: readonly string[]
}

/** What a rolled back transaction answers with. */
class OnlyCounted extends Error {}

const busyMessage = 'a run, a linkage or another retention is going on; try again when it has ended'

/** Nobody works out results or compares people meanwhile: they would read some rows under the old key and some under the new. */
function takeAway(database: Database, surroundings: Surroundings, isForGood: boolean): Promise<Found[]> {
  return withFence(database, { purpose: 'retention', busyMessage }, (fence) => database.onConnection(async (connection) => {
    await fence.enter(connection)
    await takeRunLock(connection, 'first', busyMessage)
    const found: Found[] = []
    try {
      await connection.transaction(async (transaction) => {
        await fence.require(transaction)
        for (const term of await retentionPolicy(transaction, surroundings.clock.today())) found.push(await takeKind(transaction, term, surroundings, isForGood))
        if (!isForGood) throw new OnlyCounted()
      })
    } catch (error) {
      if (!(error instanceof OnlyCounted)) throw error
    }
    return found
  }))
}

async function takeKind(transaction: Transaction, { what, keep_months: months, legal_basis: basis }: RetentionTerm, { clock, dataDirectory }: Surroundings, isForGood: boolean): Promise<Found> {
  const [day] = await transaction.query<{ before: string }>("select to_char(($1::date - make_interval(months => $2::integer)) at time zone 'Asia/Ho_Chi_Minh' at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as before", [clock.today(), months])
  const before = day?.before ?? ''
  if (what === 'people') {
    const { count, held } = await choosePeople(transaction, before)
    // Who would go is known before anything changes, and a plan keeps nobody waiting.
    if (isForGood && count !== '0') {
      await forgetChosen(transaction, dataDirectory, { staffId: null, at: clock.now(), reason: basis })
      await leaveTrail(transaction, { staffId: null, at: clock.now(), kind: 'retention_applied', subject: what, reason: basis, details: { before, months, count } })
    }
    return { retained: { what, before, count, quoted_count: '0', held }, paths: await there(await bytesOfForgotten(transaction, dataDirectory)) }
  }
  const name = what as Kept
  const step = steps.get(name)
  if (step === undefined) throw new Error(`sql/retention/${what}.sql is missing`)
  const [result] = await transaction.run<{ gone_count: string; quoted_count?: string; sha256s?: readonly string[] }>(step, { before })
  const row = result?.rows[0]
  const folder = kept[name]
  const paths = folder === null ? [] : await there((row?.sha256s ?? []).map((sha256) => join(dataDirectory, folder, sha256)))
  const count = folder === null ? row?.gone_count ?? '0' : `${paths.length}`
  const quoted = row?.quoted_count ?? '0'
  if (count !== '0' || quoted !== '0') await leaveTrail(transaction, { staffId: null, at: clock.now(), kind: 'retention_applied', subject: what, reason: basis, details: { before, months, count, quoted_count: quoted } })
  return { retained: { what, before, count, quoted_count: quoted }, paths }
}

async function there(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => stat(path).then(() => path, () => null)))
  return found.filter((path) => path !== null)
}
