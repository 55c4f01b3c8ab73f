/**
 * The bank's counter killed: uploads go on while the server, a process of the database or the database itself is ended by
 * SIGKILL, again and again, at named points and at random moments. After each start whatever was ever acknowledged must be
 * there; what was not is sent again under its key, until all of it was taken exactly once.
 *
 * Which fault comes when is told by the seed alone; how far an upload has come by then is the machine's to say.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { embeddedServerProcess, openDatabase } from '../../src/db/index.ts'
import { makeBanks, type BenchBank } from './counter-banks.ts'
import { handInBytes, stateOf, type Answered } from './counter-client.ts'
import { faultEnvironment, points } from './counter-faults-environment.ts'
import { textOf } from './counter-files.ts'
import { looseEnds, type LooseEnds } from './counter-remains.ts'
import { serveFolder, type ServedFolder } from './served.ts'

/** How often, and by which seed. */
export interface KillOptions {
  /** The bench's own data folder; made when it is not there. */
  readonly data: string
  readonly moments: number
  readonly seed: number
  readonly say: (message: string) => void
}

/** What came of it. */
export interface KillFigures extends LooseEnds {
  readonly seed: number
  /** How often each fault struck. */
  readonly moments: Readonly<Record<string, number>>
  readonly sent: number
  readonly acknowledged: number
  /** Acknowledged under its key only after a retry. */
  readonly retried: number
  /** Acknowledged, and at some later start not there, or with other bytes. */
  readonly lost: readonly string[]
  /** Looks at what was acknowledged, after starts. */
  readonly looks: number
  /** The longest that a start took until it answered, in seconds. */
  readonly slowest_start_seconds: number
}

/** One file on its way. */
interface Sent {
  readonly bank: BenchBank
  readonly key: string
  readonly text: string
  readonly sha256: string
  tries: number
  /** Where it was acknowledged; null: not yet. */
  location: string | null
  /** Whether it was found after a start since. */
  isSeen: boolean
}

const others = ['random', 'random', 'random', 'half_read', 'database_process', 'database_process', 'database'] as const
type Fault = (typeof points)[number] | (typeof others)[number]

/** Strikes so often, then brings everything to its end and counts. */
export async function counterKillBench({ data, moments, seed, say }: KillOptions): Promise<KillFigures> {
  const roll = diceOf(seed)
  const banks = await preparedBanks(data)
  const all: Sent[] = []
  const struck: Record<string, number> = {}
  const found: Found = { lost: [], looks: 0 }
  let slowest = 0
  const start = async (environment: readonly string[]): Promise<ServedFolder> => {
    const began = performance.now()
    const server = await serveFolder(data, { environment })
    slowest = Math.max(slowest, (performance.now() - began) / 1000)
    return server
  }
  const strikes = (): number => Object.values(struck).reduce((sum, count) => sum + count, 0)
  // A point that no upload came to is no moment; a machine that comes to none is not waited for for ever.
  for (let moment = 0; strikes() < moments && moment < 2 * moments + 20; moment += 1) {
    // Named points in turn, each as often as the next; between them the others.
    const fault: Fault = moment % 2 === 0 ? (points[(moment / 2) % points.length] ?? 'after_commit') : (others[roll(others.length)] ?? 'random')
    const isNamed = (points as readonly string[]).includes(fault)
    const server = await start(isNamed ? faultEnvironment(`${fault}:${String(1 + roll(4))}`) : [])
    await lookAt(server.origin, all.filter(({ location, isSeen }) => location !== null && !isSeen), found)
    for (let number = 0; number < 4 + roll(4); number += 1) all.push(newFile(banks[roll(banks.length)] as BenchBank, all.length, 1 + roll(3000)))
    const waiting = all.filter(({ location }) => location === null)
    const sending = Promise.all(waiting.map((one) => send(server.origin, one)))
    const hasStruck = await strike(fault, server, data, waiting, sending, roll)
    await sending
    // It has to live through the loss of its database: an end of its own is a failure of ours.
    if (!isNamed && server.exitCode() !== null) found.lost.push(`the server ended by itself at ${fault}: ${server.said().slice(-2000)}`)
    if (hasStruck) struck[fault] = (struck[fault] ?? 0) + 1
    if (moment % 20 === 19) say(`${String(strikes())} moments, ${String(all.length)} files, ${String(all.filter(({ location }) => location !== null).length)} acknowledged, ${String(found.lost.length)} lost`)
  }
  const server = await start([])
  try {
    await settle(server.origin, all, say)
    await lookAt(server.origin, all, found)
  } finally {
    await server.end('SIGTERM')
  }
  const ends = await looseEnds(data, all)
  return { seed, moments: struck, sent: all.length, acknowledged: all.filter(({ location }) => location !== null).length, retried: all.filter(({ tries, location }) => tries > 1 && location !== null).length, lost: found.lost, looks: found.looks, slowest_start_seconds: slowest, ...ends }
}

interface Found {
  readonly lost: string[]
  looks: number
}

/** Asks for each; it must be there, under the bytes that were sent. */
async function lookAt(origin: string, acknowledged: readonly Sent[], found: Found): Promise<void> {
  for (const one of acknowledged) {
    const state = await stateOf(origin, one.bank.key, one.location ?? '')
    found.looks += 1
    one.isSeen = true
    if (state?.sha256 !== one.sha256 || ['refused', 'failed'].includes(state.status)) found.lost.push(`${one.key} at ${one.location ?? ''}: ${JSON.stringify(state)}`)
  }
}

async function send(origin: string, one: Sent, bytes: Readable = Readable.from([Buffer.from(one.text)])): Promise<Answered | null> {
  one.tries += 1
  const answer = await handInBytes({ origin, key: one.bank.key, idempotencyKey: one.key }, `${one.key}.csv`, bytes, Buffer.byteLength(one.text)).catch(() => null)
  if (answer?.status === 202) {
    const { location = '' } = answer.headers
    // A retry that is answered elsewhere than before would be a second file.
    if (one.location !== null && one.location !== location) throw new Error(`${one.key} was acknowledged at ${one.location} and at ${location}`)
    one.location = location
    one.isSeen = false
  }
  return answer
}

/** Ends what the fault is about; resolves when the server is gone. False: the point was never come to. */
async function strike(fault: Fault, server: ServedFolder, data: string, waiting: readonly Sent[], sending: Promise<unknown>, roll: (sides: number) => number): Promise<boolean> {
  if (fault === 'random') {
    await wait(roll(1000))
    await server.end('SIGKILL')
    return true
  }
  if (fault === 'half_read') {
    const [first] = waiting
    const half = first === undefined ? null : Buffer.from(first.text).subarray(0, Math.floor(first.text.length / 2))
    // Half of the bytes, and then nothing: the server is waiting for the rest when it is killed.
    const cut = first === undefined || half === null ? null : send(server.origin, { ...first, key: `${first.key}-half`, location: null }, endless(half))
    await sending
    await wait(50)
    await server.end('SIGKILL')
    await cut
    return true
  }
  if (fault === 'database' || fault === 'database_process') {
    await wait(roll(600))
    const victim = fault === 'database' ? embeddedServerProcess(data) : childOf(embeddedServerProcess(data), roll)
    if (victim !== null) tryKill(victim)
    await sending
    // It may live on without its database, but must not acknowledge anything then.
    await Promise.all(waiting.filter(({ location }) => location === null).map((one) => send(server.origin, one)))
    await server.end('SIGKILL')
    return victim !== null
  }
  await Promise.race([server.ended, sending.then(() => wait(1000))])
  const hasEnded = server.hasEnded()
  await server.end('SIGKILL')
  return hasEnded
}

/** Sends again what is not acknowledged until it is, and waits until all is read. */
async function settle(origin: string, all: readonly Sent[], say: (message: string) => void): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const waiting = all.filter(({ location }) => location === null)
    if (waiting.length === 0) break
    if (tries % 10 === 0) say(`${String(waiting.length)} are sent again`)
    for (const one of waiting) {
      const answer = await send(origin, one)
      // 409: a server that was killed held the key; it is free again after half a minute.
      if (answer !== null && ![202, 409, 429, 503].includes(answer.status)) throw new Error(`${one.key} was answered ${String(answer.status)}: ${answer.body.slice(0, 300)}`)
    }
    await wait(1000)
  }
  for (const one of all) {
    for (let tries = 0; tries < 1200; tries += 1) {
      const state = one.location === null ? null : await stateOf(origin, one.bank.key, one.location)
      if (state === null || !['received', 'processing'].includes(state.status)) break
      await wait(200)
    }
  }
}

async function preparedBanks(data: string): Promise<BenchBank[]> {
  const server = await serveFolder(data)
  await server.end('SIGTERM')
  const database = await openDatabase({ databaseUrl: null, dataDirectory: data })
  try {
    return await makeBanks(database)
  } finally {
    await database.close()
  }
}

function newFile(bank: BenchBank, number: number, lines: number): Sent {
  const text = [...textOf({ agent: bank.agent, kind: number % 2 === 0 ? 'withdrawal' : 'disbursement', number, lines })].join('')
  return { bank, key: `kill-${String(number)}`, text, sha256: createHash('sha256').update(text).digest('hex'), tries: 0, location: null, isSeen: false }
}

/** The bytes, and then a line that stays open. */
function endless(bytes: Buffer): Readable {
  let isSent = false
  return new Readable({
    read() {
      if (!isSent) this.push(bytes)
      isSent = true
    },
  })
}

/** One of the processes of the database: of a connection, of the log, of the checkpoints. */
function childOf(server: number | null, roll: (sides: number) => number): number | null {
  if (server === null) return null
  try {
    const children = readFileSync(`/proc/${String(server)}/task/${String(server)}/children`, 'utf8').trim().split(' ').filter((one) => one !== '')
    const one = children[roll(Math.max(children.length, 1))]
    return one === undefined ? null : parseInt(one, 10)
  } catch {
    return null
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Ended by itself in the meantime.
  }
}

/** Whole numbers below `sides`, always the same for one seed. */
function diceOf(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}
