/** Who may write the working tables and publish: one holder at a time, known by a token that only goes up (D168). */
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../core/index.ts'
import type { Connection, Database, Session } from './connect.ts'

/** The fence while it is held. */
export interface Fence {
  readonly token: string
  /** Enters a connection that works behind the fence: whoever takes over ends it. @throws Refusal `run_overtaken` */
  enter(connection: Pick<Session, 'query'>): Promise<void>
  /** First in every transaction that others read the result of: nobody can take over before it ends. @throws Refusal `run_overtaken` */
  require(transaction: Pick<Session, 'query'>): Promise<void>
}

export interface FenceOptions {
  /** What it is held for, in a word, for whoever wonders. */
  readonly purpose: string
  /** A holder that gives no sign of life for so long is taken for gone. */
  readonly takeOverAfterSeconds?: number | undefined
  /** What is said to whoever comes second. */
  readonly busyMessage?: string
  /** Ends the work: its connections are cut, and the fence is free for the next. */
  readonly signal?: AbortSignal | undefined
}

const usualPatience = 60
const beatsPerPatience = 10
const longestEnding = 30_000

/**
 * Gives `work` the fence. Its holder beats on a connection of its own; whoever finds the heart gone, or its beat standing
 * still, ends all of the holder's connections and takes a higher token. A process that slept meanwhile finds its
 * connections cut, and a transaction of its own that survived is refused by `require`.
 *
 * @throws Refusal `run_in_progress` (try again) while another holder lives, `run_overtaken` (try again) when another one took over
 */
export function withFence<T>(database: Database, { purpose, takeOverAfterSeconds = usualPatience, busyMessage = 'another run is going on; try again when it has ended', signal }: FenceOptions, work: (fence: Fence) => Promise<T>): Promise<T> {
  return database.onConnection(async (heart) => {
    const patience = takeOverAfterSeconds * 1000
    const token = await take(heart, { purpose, patience, busyMessage })
    const entered: Backend[] = []
    let isCut = false
    const cut = (): void => {
      isCut = true
      clearInterval(beating)
      void endOwn(database, entered)
    }
    let isAnswering = true
    const beating = setInterval(() => {
      if (!isAnswering) return
      isAnswering = false
      // No row: another holds it. No answer: whether it still is ours cannot be known. Either way nothing more is written.
      beat(heart, token).then((isOurs) => { isAnswering = true; if (!isOurs) cut() }, cut)
    }, patience / beatsPerPatience)
    signal?.addEventListener('abort', cut)
    try {
      if (signal?.aborted === true) throw stopped()
      return await work({
        token,
        enter: async (connection) => {
          if (isCut) throw stopped()
          const [backend] = await connection.query<Backend>('select pid, backend_start::text as backend_start from pg_stat_activity where pid = pg_backend_pid()')
          if (backend === undefined) throw new Error('a connection does not find itself among the server\'s processes')
          const [row] = await connection.query(enterBackend, [token, backend.pid, backend.backend_start, false])
          if (row === undefined) throw overtaken()
          entered.push(backend)
        },
        require: async (transaction) => {
          const [row] = await transaction.query('select 1 as one from run_fence where fence_id = 1 and token = $1 and released_at is null for update', [token])
          if (row === undefined) throw overtaken()
        },
      })
    } finally {
      clearInterval(beating)
      signal?.removeEventListener('abort', cut)
      await release(heart, token).catch(() => undefined)
    }
  })
}

interface Backend {
  readonly pid: number
  readonly backend_start: string
}

interface Holder {
  readonly token: string
  readonly beat: string
  readonly is_held: boolean
  /** Null: the fence was never held. */
  readonly silent_seconds: string | null
  readonly has_heart: boolean
}

const look = `
  select f.token, b.beat, f.released_at is null as is_held, case when isfinite(b.beat_at) then extract(epoch from clock_timestamp() - b.beat_at)::text end as silent_seconds,
    exists (select from run_backend r join pg_stat_activity a on a.pid = r.pid and a.backend_start = r.backend_start where r.token = f.token and r.is_heart) as has_heart
  from run_fence f join run_beat b using (fence_id) where f.fence_id = 1`

// Only while the token is still one's own: who slept through a takeover enters nothing.
const enterBackend = 'insert into run_backend (token, pid, backend_start, is_heart) select token, $2::integer, $3::timestamptz, $4::boolean from run_fence where fence_id = 1 and token = $1 and released_at is null for update on conflict (token, pid, backend_start) do update set is_heart = excluded.is_heart returning 1 as one'

async function take(heart: Connection, { purpose, patience, busyMessage }: { readonly purpose: string; readonly patience: number; readonly busyMessage: string }): Promise<string> {
  const busy = (): Refusal => new Refusal('tryAgain', 'run_in_progress', busyMessage)
  const found = await holder(heart)
  if (found.is_held && (await isAlive(heart, found, patience))) throw busy()
  // Before the row is locked: a sleeper that was publishing holds that lock.
  if (found.is_held && !(await endBackends(heart, found.token))) throw busy()
  return heart.transaction(async (transaction) => {
    const [taken] = await transaction.query<{ token: string }>('update run_fence set token = token + 1, purpose = $2, server = $3, taken_at = clock_timestamp(), released_at = null where fence_id = 1 and token = $1 and (released_at is null) = $4 returning token', [found.token, purpose, `${hostname()} ${process.pid}`, found.is_held])
    // Somebody else was faster.
    if (taken === undefined) throw busy()
    await transaction.query('update run_beat set token = $1, beat = beat + 1, beat_at = clock_timestamp() where fence_id = 1', [taken.token])
    await transaction.query('delete from run_backend')
    await transaction.query('insert into run_backend (token, pid, backend_start, is_heart) select $1, pid, backend_start, true from pg_stat_activity where pid = pg_backend_pid()', [taken.token])
    return taken.token
  })
}

async function holder(session: Pick<Session, 'query'>): Promise<Holder> {
  const [found] = await session.query<Holder>(look)
  if (found === undefined) throw new Error('run_fence is empty: the migration that fills it has not run')
  return found
}

/** Whether a holder lives. Clocks only say when to look closer: that a beat stands still is seen by watching it. */
async function isAlive(session: Pick<Session, 'query'>, found: Holder, patience: number): Promise<boolean> {
  if (!found.has_heart) return false
  const silent = millisecondsOf(found.silent_seconds)
  const isFromTheFuture = silent < 0
  if (!isFromTheFuture && silent <= patience) return true
  // A clock that went back tells nothing, so that the whole patience is waited out; one that went forward is found out by the next beats.
  const until = performance.now() + (isFromTheFuture ? patience : (patience * 3) / beatsPerPatience)
  while (performance.now() < until) {
    await sleep(patience / beatsPerPatience / 2)
    const now = await holder(session)
    if (now.token !== found.token || now.beat !== found.beat || !now.is_held) return true
  }
  return false
}

/** Milliseconds of `12.345` seconds. */
function millisecondsOf(text: string | null): number {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text ?? '') ?? []
  const milliseconds = parseInt(whole, 10) * 1000 + parseInt(part.padEnd(3, '0').slice(0, 3), 10)
  return sign === '-' ? -milliseconds : milliseconds
}

/** Ends every connection of a token; false when one does not go. */
async function endBackends(session: Pick<Session, 'query'>, token: string): Promise<boolean> {
  const until = performance.now() + longestEnding
  for (;;) {
    const left = await session.query('select pg_terminate_backend(a.pid) from run_backend r join pg_stat_activity a on a.pid = r.pid and a.backend_start = r.backend_start where r.token <= $1', [token])
    if (left.length === 0) return true
    if (performance.now() > until) return false
    await sleep(50)
  }
}

async function beat(heart: Connection, token: string): Promise<boolean> {
  return (await heart.query('update run_beat set beat = beat + 1, beat_at = clock_timestamp() where fence_id = 1 and token = $1 returning beat', [token])).length > 0
}

async function endOwn(database: Database, entered: readonly Backend[]): Promise<void> {
  await database.query('select pg_terminate_backend(a.pid) from pg_stat_activity a join unnest($1::integer[], $2::timestamptz[]) own (pid, backend_start) on a.pid = own.pid and a.backend_start = own.backend_start', [entered.map(({ pid }) => pid), entered.map(({ backend_start: start }) => start)]).catch(() => undefined)
}

async function release(heart: Connection, token: string): Promise<void> {
  await heart.query('update run_fence set released_at = clock_timestamp() where fence_id = 1 and token = $1', [token])
}

function stopped(): Refusal {
  return new Refusal('tryAgain', 'run_stopped', 'it was stopped; nothing was published')
}

function overtaken(): Refusal {
  return new Refusal('tryAgain', 'run_overtaken', 'another process has taken over meanwhile; nothing was published here')
}
