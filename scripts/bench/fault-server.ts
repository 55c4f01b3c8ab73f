/** A database server that may be killed: led to by a proxy, looked at directly, and started again where it was ended. */
import { setTimeout as wait } from 'node:timers/promises'
import { embeddedServerProcess, startEmbedded, type Database, type EmbeddedServer } from '../../src/db/index.ts'
import { openFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { onlooker } from './fault-state.ts'

/** The server and the ways to it. */
export class FaultServer {
  readonly directory: string
  proxy!: FaultProxy
  /** Past the proxy, for whoever looks. */
  looking!: Database
  /** How often it was started again. */
  restarts = 0
  private readonly held: EmbeddedServer[] = []

  constructor(directory: string) {
    this.directory = directory
  }

  async open(): Promise<void> {
    await this.start()
    this.proxy = await openFaultProxy(this.url)
  }

  get url(): string {
    return this.held.at(-1)?.databaseUrl ?? ''
  }

  /** Sends a signal to the server itself, or to one of its backends that works for the program; false: there was none. */
  async strike(whom: 'server' | 'backend', signal: NodeJS.Signals, roll: (sides: number) => number): Promise<boolean> {
    const pids = whom === 'server' ? [embeddedServerProcess(this.directory)] : await this.backends()
    const pid = pids[roll(Math.max(pids.length, 1))]
    return pid !== undefined && pid !== null && tryKill(pid, signal)
  }

  /** Makes sure that it runs; waits until it does. */
  async revive(): Promise<void> {
    // Ended by a signal it takes a moment to be gone; ended by a backend's death it restarts by itself.
    for (let tries = 0; tries < 40; tries += 1) {
      await wait(50)
      if (embeddedServerProcess(this.directory) === null) {
        await this.looking.close().catch(() => undefined)
        await this.start()
        this.proxy.moveTo(this.url)
        this.restarts += 1
        return
      }
    }
  }

  async close(): Promise<void> {
    await this.proxy.close()
    await this.looking.close()
    for (const one of this.held) await one.close()
  }

  private async start(): Promise<void> {
    this.held.push(await startEmbedded({ dataDirectory: this.directory }))
    this.looking = await onlooker(this.url)
  }

  private async backends(): Promise<number[]> {
    try {
      const rows = await this.looking.query<{ pid: number }>("select pid from pg_stat_activity where application_name = 'tantay' and state = 'active' and pid <> pg_backend_pid() and query !~ 'digest|pg_stat_activity'")
      return rows.map(({ pid }) => pid)
    } catch {
      return []
    }
  }
}

function tryKill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    // Ended by itself in the meantime.
    return false
  }
}
