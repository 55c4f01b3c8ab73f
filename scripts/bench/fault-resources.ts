/**
 * What runs out: room on the disk, time for a statement or a lock, memory of the program and of the database. A run that
 * meets it ends with a reason that has a word, leaves the result before it, and works once there is enough again.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { embeddedServerProcess, freeBytes } from '../../src/db/index.ts'
import { FaultChild, type Ending } from './fault-child.ts'
import { Turns, type Side } from './fault-turns.ts'

/** What came of one fault. */
export interface ResourceFigures {
  readonly fault: string
  /** How it ended, or why it was not tried here. */
  readonly said: string
  readonly violations: readonly string[]
}

interface ResourceOptions {
  readonly scratch: string
  readonly seed: number
  readonly beneficiaries: number | null
  readonly say: (message: string) => void
}

/** Tries them one after the other, each on the way to the result that does not stand. */
export async function resourceFaults(options: ResourceOptions): Promise<ResourceFigures[]> {
  const place = join(options.scratch, 'small-disk')
  const isMounted = mountSmallDisk(place)
  rmSync(join(place, 'world'), { recursive: true, force: true })
  const turns = new Turns(join(place, 'world'))
  const child = new FaultChild({ mostSeconds: 120 })
  try {
    await turns.server.open()
    await turns.prepare({ beneficiaries: options.beneficiaries ?? 2000, seed: options.seed, child, say: options.say })
    const trial = new ResourceTrial(turns, child)
    return [...(await diskFaults(trial, place, isMounted)), ...(await limitFaults(trial)), ...(await memoryFaults(trial))]
  } finally {
    await child.close()
    await turns.server.close()
    if (isMounted) spawnSync('umount', [place])
  }
}

/** One way to run out. */
interface Shortage {
  readonly name: string
  /** What the product has to say; undefined: any word it has. */
  readonly word?: string
  /** The program may be ended by it, which no word can tell. */
  readonly mayDie?: boolean
  /** A row of the run has to say so; it cannot where nothing can be written. */
  readonly isOnRecord?: boolean
  /** Where there is no shortage to be had it may come to its end. */
  readonly mayPass?: boolean
  readonly child?: FaultChild
  readonly begin: () => Promise<void> | void
  /** While the attempt is under way. */
  readonly during?: () => Promise<void>
  readonly end: () => Promise<void> | void
}

class ResourceTrial {
  readonly turns: Turns
  readonly child: FaultChild

  constructor(turns: Turns, child: FaultChild) {
    this.turns = turns
    this.child = child
  }

  async try(shortage: Shortage): Promise<ResourceFigures> {
    const { turns } = this
    const to: Side = (await turns.side()) === 'first' ? 'second' : 'first'
    const lastRun = await this.newestRun()
    await shortage.begin()
    const under = turns.attempt(shortage.child ?? this.child, to)
    let ending: Ending
    try {
      await shortage.during?.()
      ending = await under
    } finally {
      await shortage.end()
    }
    await this.reviveIfGone()
    const { is, wrong } = await turns.look(ending, to)
    const violations = [...wrong]
    const told = ending.isDone ? 'done' : ending.code
    if (ending.isDone && shortage.mayPass !== true) violations.push('it did not run out of anything')
    if (told === 'died' && shortage.mayDie !== true) violations.push(`the program died: ${ending.message}`)
    if (!ending.isDone && shortage.word !== undefined && told !== shortage.word) violations.push(`the reason is told as ${told}, not as ${shortage.word}: ${ending.message}`)
    const record = await this.newestRun()
    const onRecord = record === null || record.run_id === lastRun?.run_id ? 'nothing' : `${record.status}${record.failure === null ? '' : `: ${record.failure}`}`
    if (shortage.isOnRecord === true && !ending.isDone && onRecord !== `failed: ${told}`) violations.push(`on record is ${onRecord}`)
    if (is !== to) violations.push(...(await turns.again(this.child, to)))
    return { fault: shortage.name, said: `told ${told}, on record ${onRecord}, ${is === to ? 'the result after' : 'the result before'} stands${is === to ? '' : '; done again: the result after'}`, violations }
  }

  private async newestRun(): Promise<{ readonly run_id: string; readonly status: string; readonly failure: string | null } | null> {
    const [run] = await this.turns.server.looking.query<{ run_id: string; status: string; failure: string | null }>('select run_id, status, failure from run order by run_id desc limit 1')
    return run ?? null
  }

  private async reviveIfGone(): Promise<void> {
    const { server } = this.turns
    // A server that could not write its log ends, and where there was no room to recover either, it stays away.
    await wait(300)
    if (embeddedServerProcess(server.directory) === null) await server.revive()
  }
}

const megabyte = 1024 * 1024

/** The database's own disk, with room for nothing but so much. */
async function diskFaults(trial: ResourceTrial, place: string, isMounted: boolean): Promise<ResourceFigures[]> {
  if (!isMounted) return [{ fault: 'full disk', said: 'not tried: mounting a small disk takes root', violations: [] }]
  const ballast = join(place, 'ballast')
  const figures: ResourceFigures[] = []
  for (const room of [0, 128 * 1024, megabyte, 3 * megabyte, 6 * megabyte, 12 * megabyte, 24 * megabyte]) {
    figures.push(await trial.try({
      name: `full disk, ${String(Math.floor(room / 1024))} KB left`, mayPass: room >= megabyte,
      begin: () => fill(place, ballast, room), end: () => { rmSync(ballast, { force: true }) },
    }))
  }
  return figures
}

/** Time limits that the database keeps, and a database that may only be read. */
async function limitFaults(trial: ResourceTrial): Promise<ResourceFigures[]> {
  const figures: ResourceFigures[] = []
  const { server } = trial.turns
  const limit = (setting: string, value: string) => async () => { await server.looking.query(`alter database tantay set ${setting} = '${value}'`) }
  const lift = (setting: string) => async () => { await server.looking.query(`alter database tantay reset ${setting}`) }
  for (const milliseconds of [2, 4, 8, 16]) {
    figures.push(await trial.try({ name: `statements may take ${String(milliseconds)} ms`, word: 'statement_timeout', isOnRecord: milliseconds > 4, mayPass: milliseconds > 8, begin: limit('statement_timeout', `${String(milliseconds)}ms`), end: lift('statement_timeout') }))
  }
  const holding = Promise.withResolvers<undefined>()
  let held: Promise<unknown> = Promise.resolve()
  figures.push(await trial.try({
    name: 'a table that is published is locked by somebody', word: 'locked', isOnRecord: true,
    begin: async () => {
      await limit('lock_timeout', '200ms')()
      const isHeld = Promise.withResolvers<undefined>()
      held = server.looking.transaction(async (transaction) => {
        await transaction.query('lock table outcome in access exclusive mode')
        isHeld.resolve(undefined)
        await holding.promise
      })
      await isHeld.promise
    },
    end: async () => {
      holding.resolve(undefined)
      await held
      await lift('lock_timeout')()
    },
  }))
  figures.push(await trial.try({ name: 'the database may only be read', word: 'read_only', begin: limit('default_transaction_read_only', 'on'), end: async () => {
    await server.looking.transaction(async (transaction) => {
      await transaction.query('set transaction read write')
      await transaction.query('alter database tantay reset default_transaction_read_only')
    })
  } }))
  return figures
}

/** Memory of the program, and of the database's processes. */
async function memoryFaults(trial: ResourceTrial): Promise<ResourceFigures[]> {
  const figures: ResourceFigures[] = []
  for (const megabytes of [8, 16, 24, 48]) {
    const child = new FaultChild({ mostSeconds: 120, flags: [`--max-old-space-size=${String(megabytes)}`] })
    figures.push(await trial.try({ name: `the program may hold ${String(megabytes)} MB`, mayDie: true, mayPass: true, child, begin: () => undefined, end: () => child.close() }))
  }
  if (spawnSync('prlimit', ['--version']).error !== undefined) return [...figures, { fault: 'the database has no more memory', said: 'not tried: there is no prlimit here', violations: [] }]
  for (const after of [100, 300, 600]) {
    figures.push(await trial.try({
      name: `the database gets no more memory after ${String(after)} ms`, mayPass: true, begin: () => undefined, end: () => undefined,
      during: async () => {
        await wait(after)
        const rows = await trial.turns.server.looking.query<{ pid: number }>("select pid from pg_stat_activity where application_name = 'tantay'")
        for (const { pid } of rows) spawnSync('prlimit', ['--pid', String(pid), '--data=1000000'])
      },
    }))
  }
  return figures
}

/** A disk of its own in memory, where that may be had. */
function mountSmallDisk(place: string): boolean {
  mkdirSync(place, { recursive: true })
  chmodSync(place, 0o755)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2g,mode=755', 'tmpfs', place]).status === 0
}

/** Fills a disk up to what is to be left. */
function fill(place: string, ballast: string, room: number): void {
  const free = freeBytes(place)
  writeFileSync(ballast, '')
  if (spawnSync('fallocate', ['-l', String(Math.max(free - room, 4096)), ballast]).status !== 0) throw new Error('the disk could not be filled')
}
