/**
 * Random faults in runs over a million rows. Two results take turns, of one day and of the next; every attempt to go from
 * the one to the other meets a fault of its own, and whatever it leaves is where the next one begins: nothing is ever
 * restored. Readers look at what is published all the while.
 *
 * What comes when is told by the seed and the number of the point; how far a run has come by then is the machine's to say.
 * What is known is written to `progress.jsonl`, and a bench that was stopped goes on where it was.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { FaultChild, type Ending } from './fault-child.ts'
import { faultDice, type FaultDice } from './fault-dice.ts'
import type { FaultKind } from './fault-proxy.ts'
import { watchReaders, type Readers } from './fault-readers.ts'
import { Turns, type Control, type Side } from './fault-turns.ts'

export interface SwarmOptions {
  readonly scratch: string
  readonly beneficiaries: number
  readonly seed: number
  readonly points: number
  /** Only this point. */
  readonly only?: number
  readonly say: (message: string) => void
}

/** One point, as it is written down. */
interface Point {
  readonly point: number
  readonly fault: string
  readonly to: Side
  readonly is: Side | null
  readonly told: string
  readonly seconds: number
  readonly again: boolean
  readonly reads: number
  readonly violations: readonly string[]
}

export interface SwarmFigures {
  readonly seed: number
  readonly rows: number
  readonly points: number
  readonly by_fault: Readonly<Record<string, number>>
  readonly old: number
  readonly new: number
  readonly told: Readonly<Record<string, number>>
  readonly again: number
  readonly reads: number
  /** How often the server was ended and started again. */
  readonly restarts: number
  readonly seconds: number
  readonly violations: readonly string[]
  readonly isKept: boolean
}

const proxied: readonly FaultKind[] = ['cut', 'cut', 'cut', 'half_close', 'hold', 'delay', 'lost_reply', 'lost_commit', 'lost_commit']
const killed = ['kill_program', 'kill_program', 'kill_backend', 'end_backend', 'kill_server', 'stop_immediate'] as const

/** Brings the faults, one after the other; those that are written down already are not brought again. */
export async function faultSwarm(options: SwarmOptions): Promise<SwarmFigures> {
  const swarm = new Swarm(options)
  await swarm.open()
  try {
    return await swarm.go()
  } finally {
    await swarm.close()
  }
}

class Swarm {
  private readonly options: SwarmOptions
  private readonly turns: Turns
  private readonly progress: string
  private readonly child = new FaultChild({ mostSeconds: 400 })
  private readonly points: Point[] = []
  private readers!: Readers

  constructor(options: SwarmOptions) {
    this.options = options
    this.turns = new Turns(options.scratch)
    this.progress = join(options.scratch, `progress-${String(options.seed)}.jsonl`)
  }

  async open(): Promise<void> {
    const { turns, progress, options } = this
    await turns.server.open()
    for (const line of existsSync(progress) ? readFileSync(progress, 'utf8').split('\n').filter((text) => text !== '') : []) {
      const known = JSON.parse(line) as Point | { readonly control: Control }
      if ('control' in known) turns.control = known.control
      else this.points.push(known)
    }
    if ((turns.control as Control | undefined) === undefined) {
      await turns.prepare({ ...options, child: this.child })
      appendFileSync(progress, `${JSON.stringify({ control: turns.control })}\n`)
    } else options.say(`going on after ${String(this.points.length)} points`)
    this.readers = watchReaders(() => turns.server.looking, [turns.control.first, turns.control.second])
  }

  async close(): Promise<void> {
    await this.readers.close()
    await this.child.close()
    await this.turns.server.close()
  }

  async go(): Promise<SwarmFigures> {
    const { points, only, say, seed } = this.options
    for (let point = only ?? this.points.length; point < points || point === only; point += 1) {
      const done = await this.point(point)
      this.points.push(done)
      if (only === undefined) appendFileSync(this.progress, `${JSON.stringify(done)}\n`)
      for (const violation of done.violations) say(`seed ${String(seed)}, point ${String(point)}: ${violation}`)
      if (point % 10 === 9) say(`${String(point + 1)} points, ${String(this.points.flatMap(({ violations }) => violations).length)} violations`)
      if (point === only) break
    }
    return this.figures()
  }

  private async point(point: number): Promise<Point> {
    const { turns, child, readers } = this
    const roll = faultDice(this.options.seed, point)
    const began = performance.now()
    const readBefore = readers.reads()
    const to: Side = (await turns.side()) === 'first' ? 'second' : 'first'
    const { name, ending: ended } = await this.faulty(roll, to)
    const ending = await ended
    turns.server.proxy.arm(null)
    const { is, wrong } = await turns.look(ending, to)
    const violations = [...wrong]
    if (ending.code === 'died') violations.push(`the program died: ${ending.message}`)
    const again = is === null || (is !== to && point % 8 === 0)
    if (again) violations.push(...(await turns.again(child, to)))
    violations.push(...readers.wrong())
    const seconds = Math.round((performance.now() - began) / 100) / 10
    return { point, fault: name, to, is, told: ending.isDone ? 'done' : ending.code, seconds, again, reads: readers.reads() - readBefore, violations: violations.map((what) => `${name} on the way to the ${to} day: ${what}`) }
  }

  /** The attempt, with its fault on the way. */
  private async faulty(roll: FaultDice, to: Side): Promise<{ readonly name: string; readonly ending: Promise<Ending> }> {
    const { turns, child } = this
    const { server, control } = turns
    if (roll(100) < 65) {
      const kind = proxied[roll(proxied.length)] ?? 'cut'
      const at = 1 + (kind === 'lost_commit' ? roll(2) : roll(Math.floor(control.messages[to] * (kind === 'lost_reply' ? 0.45 : 1))))
      const scope = roll(4) === 0 ? 'all' : 'one'
      server.proxy.arm({ kind, at, scope, seconds: kind === 'delay' ? 0.2 + roll(10) / 10 : 1 + roll(3) })
      return { name: `${kind} ${scope === 'all' ? 'all ' : ''}at ${String(at)}`, ending: turns.attempt(child, to) }
    }
    const what = killed[roll(killed.length)] ?? 'kill_program'
    const after = roll(Math.ceil(control.seconds[to] * 1000))
    const ending = turns.attempt(child, to)
    await Promise.race([wait(after), ending])
    const name = `${what} after ${String(after)} ms`
    switch (what) {
      case 'kill_program':
        child.kill()
        break
      case 'kill_backend':
        await server.strike('backend', 'SIGKILL', roll)
        break
      case 'end_backend':
        await server.strike('backend', 'SIGTERM', roll)
        break
      case 'kill_server':
        if (await server.strike('server', 'SIGKILL', roll)) await server.revive()
        break
      case 'stop_immediate':
        if (await server.strike('server', 'SIGQUIT', roll)) await server.revive()
    }
    return { name, ending }
  }

  private figures(): SwarmFigures {
    const { points } = this
    const count = (words: readonly string[]): Record<string, number> => Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]))
    const faults = points.map(({ fault }) => fault.split(' ')[0] ?? '')
    const violations = points.flatMap(({ point, violations: found }) => found.map((what) => `point ${String(point)}: ${what}`))
    return {
      seed: this.options.seed, rows: this.turns.control.rows, points: points.length, by_fault: count(faults), old: points.filter(({ is, to }) => is !== to).length, new: points.filter(({ is, to }) => is === to).length,
      told: count(points.map(({ told }) => told)), again: points.filter(({ again }) => again).length, reads: points.reduce((sum, { reads }) => sum + reads, 0), restarts: faults.filter((fault) => fault === 'kill_server' || fault === 'stop_immediate').length,
      seconds: Math.round(points.reduce((sum, { seconds }) => sum + seconds, 0)), violations, isKept: violations.length === 0,
    }
  }
}
