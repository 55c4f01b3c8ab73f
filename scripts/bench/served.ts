/** The product's own server, in a process of its own, as people run it: started, looked at from outside, ended or killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { command } from './product.ts'

/** A server that answers. */
export interface ServedFolder {
  readonly origin: string
  readonly processId: number
  /** What it said on stderr, the last of it. */
  said(): string
  hasEnded(): boolean
  /** Null while it runs, and when a signal ended it. */
  exitCode(): number | null
  /** The most memory it ever held (VmHWM), in MB; null where the system does not tell. */
  peakMegabytes(): number | null
  /** Resolves when the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Resolves when the process is gone by itself. */
  readonly ended: Promise<void>
}

/** How it is started. */
export interface ServeOptions {
  readonly port?: number
  /** `NAME=value`, as `env` takes them. */
  readonly environment?: readonly string[]
}

/** Starts the server on a data folder; resolves once it answers. @throws Error with what it said when it does not */
export async function serveFolder(data: string, { port, environment = [] }: ServeOptions = {}): Promise<ServedFolder> {
  const door = port ?? (await freePort())
  const server = spawn('env', ['-u', 'DATABASE_URL', 'HOST=127.0.0.1', `PORT=${String(door)}`, ...environment, command, 'serve', '--data', data], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-20_000)
  })
  // Ended by a signal it has no exit code.
  const hasEnded = (): boolean => server.exitCode !== null || server.signalCode !== null
  const ended = once(server, 'exit').then(() => undefined)
  const origin = `http://127.0.0.1:${String(door)}`
  for (let tries = 0; !(await fetch(`${origin}/healthz`).then((response) => response.ok, () => false)); tries += 1) {
    if (hasEnded() || tries > 3600) throw new Error(`the server does not start:\n${said}`)
    await wait(50)
  }
  let peak: number | null = null
  const look = (): number | null => {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readStatus(server.pid))?.[1]
    if (kilobytes !== undefined) peak = parseInt(kilobytes, 10) / 1024
    return peak
  }
  return {
    origin,
    processId: server.pid ?? 0,
    said: () => said,
    hasEnded,
    exitCode: () => server.exitCode,
    peakMegabytes: look,
    ended,
    end: async (signal) => {
      look()
      if (!hasEnded()) server.kill(signal)
      await ended
    },
  }
}

/** A port that nobody has just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function readStatus(process: number | undefined): string {
  try {
    return readFileSync(`/proc/${String(process)}/status`, 'utf8')
  } catch {
    // Ended in the meantime, or a system without /proc.
    return ''
  }
}
