/**
 * A door between the program and PostgreSQL that can be shut at any message: it knows as much of the wire protocol as it
 * takes to tell messages apart (a type byte and a length), counts them in both directions over all connections, and at
 * the one it was told of cuts, closes half, holds or delays; also after COMMIT was executed, before its answer is let
 * through.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { wireMessages, type WirePiece } from './fault-wire.ts'

/** What happens when the message is come to. */
export const faultKinds = ['cut', 'half_close', 'hold', 'delay', 'lost_reply', 'lost_commit'] as const
export type FaultKind = (typeof faultKinds)[number]

/** One fault: at which message, and what then. */
export interface Fault {
  /**
   * `cut`: the message and its connection are gone (RST on both sides) · `half_close`: the server is told that nothing more
   * comes, what it still says goes through · `hold`: nothing goes through for `seconds`, then all of it · `delay`: this one
   * message comes late · `lost_reply`: an answer of the server is kept back, then cut · `lost_commit`: a COMMIT is executed,
   * its answer kept back, then cut.
   */
  readonly kind: FaultKind
  /** 1 is the first message after arming; of `lost_reply` the first one from the server, of `lost_commit` the first COMMIT. */
  readonly at: number
  /** Whether the other connections go with it. */
  readonly scope?: 'one' | 'all'
  /** Of `hold` and `delay`. */
  readonly seconds?: number
}

/** The proxy, open. */
export interface FaultProxy {
  /** The URL that leads through it. */
  readonly url: string
  /** Counts from nought, and waits for the fault; null: only counts. */
  arm(fault: Fault | null): void
  /** Messages since arming, by what a fault's `at` counts. */
  counts(): Counts
  /** Where the fault struck: the statement that was under way; null: not yet. */
  struck(): Struck | null
  /** Leads somewhere else from the next connection on. */
  moveTo(url: string): void
  close(): Promise<void>
}

export interface Counts {
  readonly messages: number
  readonly replies: number
  readonly commits: number
}

export interface Struck {
  /** `client` or `server`, and the type byte of the message. */
  readonly message: string
  /** The beginning of the statement that its connection was sent last. */
  readonly statement: string
}

/** Opens the door in front of the server of `url`. */
export async function openFaultProxy(url: string): Promise<FaultProxy> {
  const door = new Door(url)
  await door.open()
  return door
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
  statement: string
  /** Between a COMMIT that was sent and its answer. */
  isCommitting: boolean
  isCut: boolean
}

class Door implements FaultProxy {
  private readonly listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => void this.welcome(client))
  private readonly pairs = new Set<Pair>()
  private target: URL
  private fault: Fault | null = null
  private found: Struck | null = null
  private counted = { messages: 0, replies: 0, commits: 0 }
  private held: Promise<unknown> | null = null

  constructor(url: string) {
    this.target = new URL(url)
  }

  async open(): Promise<void> {
    this.listener.listen(0, '127.0.0.1')
    await once(this.listener, 'listening')
  }

  get url(): string {
    const through = new URL(this.target)
    through.hostname = '127.0.0.1'
    through.port = String((this.listener.address() as AddressInfo).port)
    return through.href
  }

  arm(fault: Fault | null): void {
    this.fault = fault
    this.found = null
    this.counted = { messages: 0, replies: 0, commits: 0 }
  }

  counts(): Counts {
    return { ...this.counted }
  }

  struck(): Struck | null {
    return this.found
  }

  moveTo(url: string): void {
    this.target = new URL(url)
  }

  async close(): Promise<void> {
    for (const pair of this.pairs) cut(pair)
    this.listener.close()
    await once(this.listener, 'close')
  }

  private async welcome(client: Socket): Promise<void> {
    const server = connect({ host: this.target.hostname, port: parseInt(this.target.port || '5432', 10), allowHalfOpen: true, noDelay: true })
    const pair: Pair = { client, server, statement: '', isCommitting: false, isCut: false }
    this.pairs.add(pair)
    // What becomes of a connection is told by its reading side; unheard, an error would end the bench.
    for (const socket of [client, server]) socket.on('error', () => { cut(pair) })
    await Promise.all([this.pump(pair, 'client', client, server), this.pump(pair, 'server', server, client)])
    this.pairs.delete(pair)
  }

  /** Reads one side to its end and gives the other what may go through. */
  private async pump(pair: Pair, from: 'client' | 'server', source: Socket, into: Socket): Promise<void> {
    const split = wireMessages(from === 'client')
    try {
      for await (const chunk of source) {
        for (const piece of split(chunk as Buffer)) {
          if (piece.begins !== null) await this.pass(pair, from, piece)
          if (pair.isCut) return
          if (!into.destroyed && !into.write(piece.bytes)) await Promise.race([once(into, 'drain'), once(into, 'close')])
        }
        if (this.held !== null) await this.held
      }
      if (!into.destroyed) into.end()
    } catch {
      cut(pair)
    }
  }

  /** Counts a message that begins, and does what is to be done at it. */
  private async pass(pair: Pair, from: 'client' | 'server', piece: WirePiece): Promise<void> {
    if (from === 'client' && piece.statement !== null) {
      pair.statement = piece.statement.slice(0, 90)
      pair.isCommitting = /^\s*commit\b/i.test(piece.statement)
    }
    // The answer to a COMMIT, and it is one: a transaction that failed is answered ROLLBACK.
    const isCommitted = from === 'server' && pair.isCommitting && piece.begins === 'C' && piece.text === 'COMMIT'
    if (isCommitted) pair.isCommitting = false
    this.counted.messages += 1
    if (from === 'server') this.counted.replies += 1
    if (isCommitted) this.counted.commits += 1
    const { fault } = this
    if (fault === null || this.found !== null || !this.isIt(fault, from, isCommitted)) return
    this.found = { message: `${from} ${piece.begins ?? ''}`, statement: pair.statement }
    await this.strike(fault, pair)
  }

  private isIt({ kind, at }: Fault, from: 'client' | 'server', isCommitted: boolean): boolean {
    if (kind === 'lost_commit') return isCommitted && this.counted.commits === at
    if (kind === 'lost_reply') return from === 'server' && this.counted.replies === at
    return this.counted.messages === at
  }

  private async strike({ kind, scope = 'one', seconds = 1 }: Fault, pair: Pair): Promise<void> {
    const struck = scope === 'all' ? [...this.pairs] : [pair]
    switch (kind) {
      case 'cut':
      case 'lost_reply':
      case 'lost_commit':
        for (const one of struck) cut(one)
        return
      case 'half_close':
        for (const one of struck) one.server.end()
        return
      case 'hold':
        this.held = wait(seconds * 1000).finally(() => { this.held = null })
        await this.held
        return
      case 'delay':
        await wait(seconds * 1000)
    }
  }
}

/** Ends both sides at once and rudely: RST, as a machine that goes away or a firewall that forgets. */
function cut(pair: Pair): void {
  if (pair.isCut) return
  pair.isCut = true
  pair.client.resetAndDestroy()
  pair.server.resetAndDestroy()
}
