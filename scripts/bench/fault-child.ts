/** The process under faults as the bench holds it: asked, waited for, killed, and replaced when it has ended. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RunnerAnswer, RunnerRequest } from './fault-runner.ts'

/** How one attempt ended. */
export type Ending = RunnerAnswer | { readonly isDone: false; readonly code: 'killed' | 'died' | 'hung'; readonly message: string }

/** How it is started. */
export interface ChildOptions {
  /** Flags for node. */
  readonly flags?: readonly string[]
  /** An attempt that takes longer hangs. */
  readonly mostSeconds?: number
}

const script = fileURLToPath(new URL('fault-runner.ts', import.meta.url))

/** Asks the process for one attempt after the other. */
export class FaultChild {
  private readonly options: ChildOptions
  private running: { readonly process: ChildProcess; readonly lines: Interface; said: string; isKilled: boolean; readonly ended: Promise<unknown> } | null = null

  constructor(options: ChildOptions = {}) {
    this.options = options
  }

  async attempt(request: RunnerRequest): Promise<Ending> {
    const child = this.running ?? this.start()
    const { ended } = child
    const answered = once(child.lines, 'line')
    const timer = new AbortController()
    const { mostSeconds = 120 } = this.options
    const late = new Promise<'late'>((resolve) => {
      const timeout = setTimeout(() => { resolve('late') }, mostSeconds * 1000)
      timer.signal.addEventListener('abort', () => { clearTimeout(timeout) })
    })
    child.process.stdin?.write(`${JSON.stringify(request)}\n`)
    try {
      const first = await Promise.race([answered.then(([line]) => line as string), ended.then(() => null), late])
      if (first === 'late') {
        this.kill()
        await ended
        return { isDone: false, code: 'hung', message: `no answer in ${String(mostSeconds)} s` }
      }
      if (first !== null) return JSON.parse(first) as RunnerAnswer
      this.running = null
      return { isDone: false, code: child.isKilled ? 'killed' : 'died', message: child.said.slice(-600) }
    } finally {
      timer.abort()
    }
  }

  /** SIGKILL; the attempt under way ends as `killed`, the next one starts anew. */
  kill(): void {
    if (this.running === null) return
    this.running.isKilled = true
    this.running.process.kill('SIGKILL')
    this.running = null
  }

  /** Stops the process where it is, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.running?.process.kill(signal)
  }

  async close(): Promise<void> {
    const { running } = this
    if (running === null) return
    this.running = null
    running.process.stdin?.end()
    await running.ended
  }

  private start(): NonNullable<FaultChild['running']> {
    const child = spawn(process.execPath, [...(this.options.flags ?? []), script], { stdio: ['pipe', 'pipe', 'pipe'] })
    const started = { process: child, lines: createInterface({ input: child.stdout }), said: '', isKilled: false, ended: once(child, 'close') }
    child.stderr.on('data', (chunk: Buffer) => {
      started.said = (started.said + chunk.toString('utf8')).slice(-4000)
    })
    // Written to while it dies: how it ended is told by its end.
    child.stdin.on('error', () => undefined)
    return (this.running = started)
  }
}
