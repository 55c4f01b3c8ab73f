/**
 * Two results that take turns, of one day and of the next, in a database that nobody restores: from whichever stands, a
 * run goes to the other, and what both come to when nothing is in the way is known beforehand.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { stoppedClock } from '../../src/core/index.ts'
import { differingTables, listMigrations, migrate, stateDigest, type StateDigest } from '../../src/db/index.ts'
import { ingestFile } from '../../src/ingest/index.ts'
import { linkPersons } from '../../src/linkage/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import type { Ending, FaultChild } from './fault-child.ts'
import { FaultServer } from './fault-server.ts'
import { alone, leftovers } from './fault-state.ts'

export type Side = 'first' | 'second'

/** What both results come to, and how many messages and seconds each way takes; null in words: neither. */
export interface Control {
  readonly rows: number
  readonly days: readonly [string, string]
  readonly first: StateDigest
  readonly second: StateDigest
  readonly messages: Readonly<Record<Side, number>>
  readonly seconds: Readonly<Record<Side, number>>
}

/** Facts, linkage and results; what people did grows with every turn, and is held against a control message by message elsewhere. */
const parts = ['facts', 'linkage', 'results'] as const

/** The database, and the way from one result to the other. */
export class Turns {
  readonly server: FaultServer
  control!: Control
  private readonly scratch: string

  constructor(scratch: string) {
    mkdirSync(scratch, { recursive: true })
    this.scratch = scratch
    this.server = new FaultServer(join(scratch, 'database'))
  }

  /** A province with two nights of files, and both results twice undisturbed. */
  async prepare({ beneficiaries, seed, child, say }: { readonly beneficiaries: number; readonly seed: number; readonly child: FaultChild; readonly say: (message: string) => void }): Promise<void> {
    const { looking } = this.server
    const { files, truth, secondNight } = await simulate({ beneficiaries, seed, out: join(this.scratch, 'sample'), nights: 2 })
    const all = [...files, ...(secondNight?.files ?? [])].filter(({ isRefused }) => isRefused !== true)
    const days = [truth.as_of, secondNight?.truth.as_of ?? truth.as_of] as const
    const clock = stoppedClock(instantOf(days, 'second'))
    await migrate(looking, clock.now(), listMigrations())
    for (const { path } of all) await ingestFile(looking, { path }, { clock, dataDirectory: join(this.scratch, 'received') })
    await linkPersons(looking)
    const rows = all.reduce((sum, file) => sum + file.rows, 0)
    say(`${String(rows)} rows are in`)
    const seen: Record<Side, StateDigest[]> = { first: [], second: [] }
    const messages = { first: 0, second: 0 }
    const seconds = { first: 0, second: 0 }
    // The first time round fills what later ones replace: cases, days of coverage.
    for (const to of ['first', 'second', 'first', 'second'] as const) {
      const since = performance.now()
      this.server.proxy.arm(null)
      const ending = await attemptAt(this.server.proxy.url, days, child, to)
      if (!ending.isDone) throw new Error(`a run does not even work undisturbed: ${ending.code} ${ending.message}`)
      messages[to] = this.server.proxy.counts().messages
      seconds[to] = (performance.now() - since) / 1000
      seen[to].push(await this.state())
    }
    const [, first] = seen.first
    const [earlier, second] = seen.second
    if (first === undefined || second === undefined || earlier === undefined) throw new Error('a side was not reached')
    if (earlier.digest !== second.digest) throw new Error(`the same day gives two results undisturbed: ${differingTables(earlier, second).join(', ')}`)
    if (first.digest === second.digest) throw new Error('both days give the same result: there is nothing to see')
    this.control = { rows, days, first, second, messages, seconds }
    say(`to the first day ${String(messages.first)} messages in ${seconds.first.toFixed(1)} s, to the second ${String(messages.second)} in ${seconds.second.toFixed(1)} s`)
  }

  /** Which result stands; null: neither, nor anything that ought to be. */
  async side(): Promise<Side | null> {
    return this.sideOf(await this.state())
  }

  attempt(child: FaultChild, to: Side): Promise<Ending> {
    return attemptAt(this.server.proxy.url, this.control.days, child, to)
  }

  /** What is wrong after an attempt that ended so; and which result stands now. */
  async look(ending: Ending, to: Side): Promise<{ readonly is: Side | null; readonly wrong: readonly string[] }> {
    const wrong: string[] = []
    const busy = await alone(this.server.looking, 60)
    if (busy !== null) wrong.push(busy)
    wrong.push(...(await leftovers(this.server.looking)), ...(await this.cases()))
    const state = await this.state()
    const is = this.sideOf(state)
    if (is === null) wrong.push(`neither result: differs from the first in ${differingTables(state, this.control.first).join(', ')}, from the second in ${differingTables(state, this.control.second).join(', ')}`)
    if (ending.isDone && is !== to) wrong.push('told that it was done, and it was not')
    if (!ending.isDone && !['outcome_unknown', 'killed'].includes(ending.code) && is === to) wrong.push(`told that it failed (${ending.code}: ${ending.message}), and it was done`)
    if (!ending.isDone && (ending.code === 'hung' || ending.code.startsWith('error '))) wrong.push(`it ended as nobody understands (${ending.code}): ${ending.message}`)
    return { is, wrong }
  }

  /** Undisturbed it comes to the other result, and to no third. */
  async again(child: FaultChild, to: Side): Promise<string[]> {
    const ending = await this.attempt(child, to)
    if (!ending.isDone) return [`done again it fails: ${ending.code} ${ending.message}`]
    const state = await this.state()
    return state.digest === this.control[to].digest ? [] : [`done again it gives another result: ${differingTables(state, this.control[to]).join(', ')}`]
  }

  private state(): Promise<StateDigest> {
    return stateDigest(this.server.looking, { of: parts })
  }

  private sideOf({ digest }: StateDigest): Side | null {
    return digest === this.control.first.digest ? 'first' : digest === this.control.second.digest ? 'second' : null
  }

  /** The cases follow the very result that is published. */
  private async cases(): Promise<string[]> {
    const rows = await this.server.looking.query("select 1 as one from followed_run where run_id = (select max(run_id) from run where status = 'published')")
    return rows.length === 1 ? [] : ['the cases follow another result than the published one']
  }
}

function attemptAt(url: string, days: readonly [string, string], child: FaultChild, to: Side): Promise<Ending> {
  return child.attempt({ url, at: instantOf(days, to), work: { kind: 'run', asOf: days[to === 'first' ? 0 : 1], isFull: false } })
}

function instantOf(days: readonly [string, string], side: Side): string {
  return `${days[side === 'first' ? 0 : 1]}T15:00:00Z`
}
