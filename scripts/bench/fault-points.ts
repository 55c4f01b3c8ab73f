/**
 * Every message in turn: a piece of work is done with the fault at message 1, then at message 2, and so on until it comes
 * to its end without meeting the fault. After each attempt the state is the one before the work or the one after it, as
 * the caller was told; nothing is left behind; and doing it again gives the one after it.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { differingTables, type Database, type StateDigest } from '../../src/db/index.ts'
import { FaultChild, type Ending } from './fault-child.ts'
import { openFaultProxy, type FaultKind, type FaultProxy, type Struck } from './fault-proxy.ts'
import type { FaultWork } from './fault-runner.ts'
import { alone, giveBackNumbers, leftovers, onlooker, stateOf } from './fault-state.ts'
import type { FaultWorlds, Stage } from './fault-worlds.ts'

/** A piece of work, and the world that it begins in. */
export interface PointsWork {
  readonly name: string
  readonly stage: Stage
  readonly work: (worlds: FaultWorlds, dataDirectory: string) => FaultWork
}

/** The works whose every message is tried. */
export const pointsWorks: readonly PointsWork[] = [
  { name: 'run (increment)', stage: 'news', work: ({ days }) => ({ kind: 'run', asOf: days[1], isFull: false }) },
  { name: 'run (full)', stage: 'news', work: ({ days }) => ({ kind: 'run', asOf: days[1], isFull: true }) },
  { name: 'first run', stage: 'listed', work: ({ days }) => ({ kind: 'run', asOf: days[0], isFull: false }) },
  { name: 'ingest', stage: 'published', work: ({ newsPath }, dataDirectory) => ({ kind: 'ingest', path: newsPath, dataDirectory }) },
  { name: 'void', stage: 'news', work: ({ paymentsFileId }) => ({ kind: 'void', fileId: paymentsFileId }) },
  { name: 'link', stage: 'listed', work: () => ({ kind: 'link' }) },
]

/** What was tried of one work with one kind of fault. */
export interface PointsFigures {
  readonly work: string
  /** Faults that struck. */
  readonly points: number
  /** Of them: how often the state was the one before, and the one after. */
  readonly old: number
  readonly new: number
  /** How often the caller was told that it is not known, or heard of success although a connection was lost. */
  readonly told: Readonly<Record<string, number>>
  readonly again: number
  readonly violations: readonly string[]
  readonly seconds: number
}

/** How to go about it. */
export interface PointsOptions {
  readonly fault: FaultKind
  /** Every so many messages; 1 is all of them. */
  readonly every?: number
  /** Every so many points the work is done again, undisturbed. */
  readonly againEvery: number
}

/** Tries one work at every message, until it comes to its end without meeting the fault. */
export async function tryPoints(worlds: FaultWorlds, one: PointsWork, { fault, every = 1, againEvery }: PointsOptions): Promise<PointsFigures> {
  const child = new FaultChild({ mostSeconds: 90 })
  try {
    return await inTrial(worlds, one, child, async (trial) => {
      for (let k = 1; await trial.point(fault, k, k % againEvery === 0); k += every);
    })
  } finally {
    await child.close()
  }
}

/** Tries one work with a few faults; the last of them is followed by the work undisturbed. */
export function trySome(worlds: FaultWorlds, one: PointsWork, tries: readonly (readonly [FaultKind, number])[], child: FaultChild): Promise<PointsFigures> {
  return inTrial(worlds, one, child, async (trial) => {
    for (const [index, [fault, k]] of tries.entries()) await trial.point(fault, k, index === tries.length - 1)
  })
}

async function inTrial(worlds: FaultWorlds, one: PointsWork, child: FaultChild, work: (trial: Trial) => Promise<void>): Promise<PointsFigures> {
  const began = performance.now()
  const trial = new Trial(worlds, one, `tantay_fault_${String(process.pid)}_try`, child)
  try {
    await trial.open()
    await work(trial)
  } finally {
    await trial.close()
  }
  return { work: one.name, ...trial.figures, seconds: Math.round((performance.now() - began) / 100) / 10 }
}

class Trial {
  readonly figures = { points: 0, old: 0, new: 0, told: {} as Record<string, number>, again: 0, violations: [] as string[] }
  private readonly worlds: FaultWorlds
  private readonly one: PointsWork
  private readonly name: string
  private readonly child: FaultChild
  private readonly received: string
  private proxy!: FaultProxy
  private looking!: Database
  private before: StateDigest | null = null
  private after: StateDigest | null = null

  constructor(worlds: FaultWorlds, one: PointsWork, name: string, child: FaultChild) {
    this.worlds = worlds
    this.one = one
    this.name = name
    this.child = child
    this.received = join(worlds.dataDirectory, 'tried')
  }

  /** What the work gives when nothing is in its way. */
  async open(): Promise<void> {
    const url = this.worlds.urlOf(this.name)
    this.proxy = await openFaultProxy(url)
    await this.beginAnew()
    this.before = await stateOf(this.looking)
    const ending = await this.attempt()
    if (!ending.isDone) throw new Error(`${this.one.name} does not even work undisturbed: ${ending.message}`)
    this.after = await stateOf(this.looking)
    if (this.before.digest === this.after.digest) throw new Error(`${this.one.name} changes nothing: there is nothing to see`)
    await this.beginAnew()
  }

  async close(): Promise<void> {
    await this.looking.close()
    await this.proxy.close()
    rmSync(this.received, { recursive: true, force: true })
  }

  /** One attempt with the fault at message k; false when it came to its end without meeting it. */
  async point(kind: FaultKind, k: number, isAgain: boolean): Promise<boolean> {
    this.proxy.arm({ kind, at: k, seconds: 0.05 })
    const ending = await this.attempt()
    const struck = this.proxy.struck()
    this.proxy.arm(null)
    const wrong = (what: string): void => void this.figures.violations.push(`${this.one.name}, ${kind} at ${String(k)} (${said(struck)}): ${what}`)
    const busy = await alone(this.looking, 20)
    if (busy !== null) wrong(busy)
    for (const left of await leftovers(this.looking)) wrong(left)
    const state = await stateOf(this.looking)
    const is = state.digest === this.before?.digest ? 'old' : state.digest === this.after?.digest ? 'new' : null
    if (is === null) wrong(`the state is neither the one before nor the one after: ${this.differences(state)}`)
    if (struck === null) {
      if (!ending.isDone) wrong(`no fault, and yet: ${ending.message}`)
      if (is !== 'new') wrong('no fault, and not the state after')
      return false
    }
    this.figures.points += 1
    if (is !== null) this.figures[is] += 1
    const told = ending.isDone ? 'done' : ending.code
    this.figures.told[told] = (this.figures.told[told] ?? 0) + 1
    if (ending.isDone && is === 'old') wrong('told that it was done, and it was not')
    if (!ending.isDone && ending.code !== 'outcome_unknown' && is === 'new') wrong(`told that it failed (${told}: ${ending.message}), and it was done`)
    if (told === 'died' || told === 'hung') wrong(`the process ${told}: ${ending.message}`)
    if (is !== 'old' || isAgain) await this.again(wrong)
    return true
  }

  private async again(wrong: (what: string) => void): Promise<void> {
    this.figures.again += 1
    await giveBackNumbers(this.looking)
    const ending = await this.attempt()
    // What is void is not voided twice; everything else may be asked for again.
    if (!ending.isDone && ending.code !== 'file_not_sealed') wrong(`done again it fails: ${ending.code} ${ending.message}`)
    const state = await stateOf(this.looking)
    if (state.digest !== this.after?.digest) wrong(`done again it does not give the state after: ${this.differences(state)}`)
    await this.beginAnew()
  }

  private differences(state: StateDigest): string {
    const from = (other: StateDigest | null): string => (other === null ? '' : differingTables(state, other).join(', '))
    return `differs from before in ${from(this.before)}; from after in ${from(this.after)}`
  }

  private async attempt(): Promise<Ending> {
    await giveBackNumbers(this.looking)
    const { worlds, one } = this
    return this.child.attempt({ url: this.proxy.url, at: worlds.instants[one.stage === 'listed' ? 0 : 1], work: one.work(worlds, this.received) })
  }

  private async beginAnew(): Promise<void> {
    if (this.before !== null) await this.looking.close()
    rmSync(this.received, { recursive: true, force: true })
    mkdirSync(this.received, { recursive: true })
    await this.worlds.clone(this.one.stage, this.name)
    this.looking = await onlooker(this.worlds.urlOf(this.name))
  }
}

function said(struck: Struck | null): string {
  return struck === null ? 'not met' : `${struck.message}, ${struck.statement.replace(/\s+/g, ' ').trim()}`
}
