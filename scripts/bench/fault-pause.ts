/**
 * A process that is stopped for as long as is asked (SIGSTOP) and then goes on, as a machine that was suspended or swapped
 * out does: in the middle of working out, and in the middle of publishing, when it holds the lock that guards the result.
 * Meanwhile another one takes over, after the patience of every day; awake again the sleeper publishes nothing.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { differingTables, type Database } from '../../src/db/index.ts'
import { FaultChild, type Ending } from './fault-child.ts'
import { alone, giveBackNumbers, leftovers, onlooker, stateOf } from './fault-state.ts'
import type { FaultWorlds } from './fault-worlds.ts'

/** Where a sleeper is caught, by the table that it writes then. */
const moments = [{ moment: 'working out', table: 'work_subject' }, { moment: 'publishing', table: 'finding' }] as const

/** What came of one pause. */
export interface PauseFigures {
  readonly fault: 'pause'
  readonly moment: string
  /** Asked for, and slept. */
  readonly seconds: number
  /** What a second process was told at once. */
  readonly told_at_once: string
  /** From the pause to the result of whoever took over. */
  readonly taken_over_after_seconds: number
  readonly told_awake: string
  /** From its waking to its end. */
  readonly ended_after_seconds: number
  readonly published_results: number
  readonly violations: readonly string[]
}

/** Pauses a run of the second night for so many seconds at both moments, side by side, in databases of their own. */
export function pauses(worlds: FaultWorlds, { seconds, say }: { readonly seconds: number; readonly say: (message: string) => void }): Promise<PauseFigures[]> {
  return Promise.all(moments.map((one) => pause(worlds, { ...one, seconds, say })))
}

async function pause(worlds: FaultWorlds, { moment, table, seconds, say }: { readonly moment: string; readonly table: string; readonly seconds: number; readonly say: (message: string) => void }): Promise<PauseFigures> {
  const name = `tantay_fault_${String(process.pid)}_pause_${table}`
  await worlds.clone('news', name)
  const looking = await onlooker(worlds.urlOf(name))
  const [sleeper, other] = [new FaultChild({ mostSeconds: seconds + 600 }), new FaultChild({ mostSeconds: seconds + 600 })]
  const violations: string[] = []
  const attempt = (child: FaultChild): Promise<Ending> => child.attempt({ url: worlds.urlOf(name), at: worlds.instants[1], work: { kind: 'run', asOf: worlds.days[1], isFull: false } })
  try {
    const { ended } = await asleepAt(looking, table, sleeper, () => attempt(sleeper))
    const since = performance.now()
    const elapsed = (): number => Math.round((performance.now() - since) / 100) / 10
    const first = await attempt(other)
    const toldAtOnce = told(first)
    if (toldAtOnce !== 'run_in_progress') violations.push(`a second process was told ${toldAtOnce} while the first had just fallen asleep`)
    let taken = first
    while (!taken.isDone && elapsed() < seconds) {
      await wait(1000)
      // What the attempts before it took in vain is given back, so that the state can be compared.
      await giveBackNumbers(looking)
      taken = await attempt(other)
    }
    const takenOverAfter = elapsed()
    if (!taken.isDone) violations.push(`nobody took over: ${told(taken)}`)
    const state = await stateOf(looking)
    say(`${moment}: taken over after ${String(takenOverAfter)} s; asleep until ${String(seconds)} s have passed`)
    await wait(Math.max(0, seconds * 1000 - (performance.now() - since)))
    const [slept, woke] = [elapsed(), performance.now()]
    sleeper.signal('SIGCONT')
    const awake = await ended
    const endedAfter = Math.round((performance.now() - woke) / 100) / 10
    if (awake.isDone || !['run_overtaken'].includes(awake.code)) violations.push(`awake again it was told ${told(awake)}`)
    const later = await stateOf(looking)
    if (later.digest !== state.digest) violations.push(`awake again it changed ${differingTables(state, later).join(', ')}`)
    await other.close()
    await sleeper.close()
    const busy = await alone(looking, 20)
    violations.push(...(busy === null ? [] : [busy]), ...(await leftovers(looking)), ...(await heldFences(looking)))
    const undisturbed = await stateUndisturbed(worlds, `${name}_control`)
    if (undisturbed.digest !== later.digest) violations.push(`the result is not that of an undisturbed run: ${differingTables(undisturbed, later).join(', ')}`)
    const results = (await looking.query("select from run where status = 'published' and as_of = $1", [worlds.days[1]])).length
    if (results !== 1) violations.push(`${String(results)} results are published of one day`)
    return { fault: 'pause', moment, seconds: slept, told_at_once: toldAtOnce, taken_over_after_seconds: takenOverAfter, told_awake: told(awake), ended_after_seconds: endedAfter, published_results: results, violations }
  } finally {
    sleeper.kill()
    other.kill()
    await looking.close()
  }
}

/** Begins the attempt and stops its process where it writes the table; what it had asked of the database then goes on to its end. Its own end comes minutes later, so it is given and not awaited. */
function asleepAt(looking: Database, table: string, child: FaultChild, begin: () => Promise<Ending>): Promise<{ readonly ended: Promise<Ending> }> {
  return looking.onConnection((holder) => holder.transaction(async (transaction) => {
    await transaction.query(`lock table ${table} in share row exclusive mode`)
    const ended = begin()
    while ((await looking.query("select from pg_locks where not granted and locktype = 'relation' and relation = $1::regclass and database = (select oid from pg_database where datname = current_database())", [table])).length === 0) await wait(20)
    child.signal('SIGSTOP')
    return { ended }
  }))
}

async function heldFences(looking: Database): Promise<string[]> {
  return (await looking.query<{ purpose: string }>('select purpose from run_fence where released_at is null')).map(({ purpose }) => `a fence that is held: ${purpose}`)
}

async function stateUndisturbed(worlds: FaultWorlds, name: string): ReturnType<typeof stateOf> {
  await worlds.clone('news', name)
  const looking = await onlooker(worlds.urlOf(name))
  const child = new FaultChild()
  try {
    const ending = await child.attempt({ url: worlds.urlOf(name), at: worlds.instants[1], work: { kind: 'run', asOf: worlds.days[1], isFull: false } })
    if (!ending.isDone) throw new Error(`a run does not even work undisturbed: ${ending.message}`)
    return await stateOf(looking)
  } finally {
    await child.close()
    await looking.close()
  }
}

function told(ending: Ending): string {
  return ending.isDone ? 'done' : ending.code
}
