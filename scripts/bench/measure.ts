/** Runs one program and measures it from outside: wall time, its own peak memory, and that of a database beside it. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What one program took. */
export interface Measured {
  readonly seconds: number
  /** The most memory the program ever held (VmHWM), in MB; null where the system does not tell. */
  readonly peakMegabytes: number | null
  /** The most memory all processes of the database held at one moment, shared pages counted once (PSS), in MB. */
  readonly databaseMegabytes: number | null
  readonly stdout: string
}

export interface MeasureOptions {
  /** The process number of a database server whose memory is looked at too. */
  readonly databaseProcess?: number | null
  /** Where progress of the program goes; it is shown only if it fails. */
  readonly folder?: string
  /** How it has to end; 0 when nothing is said. */
  readonly expectedStatus?: number
}

/** Ends whatever is being measured, so that all that was opened around it is closed in order. */
export const interruption = new AbortController()

/** Runs a program to its end; throws with the end of its stderr when it ends otherwise than expected. */
export async function measure(program: string, values: readonly string[], options: MeasureOptions = {}): Promise<Measured> {
  const began = performance.now()
  const child = spawn(program, values, { stdio: ['ignore', 'pipe', 'pipe'], cwd: options.folder, signal: interruption.signal })
  const stdout: Buffer[] = []
  let complaint = ''
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-4000)
  })
  let peak = 0
  let databasePeak = 0
  // The kernel keeps the high-water mark, so the last look before the end is all that counts.
  const looking = setInterval(() => {
    peak = Math.max(peak, kilobytes(`/proc/${String(child.pid)}/status`, 'VmHWM'))
  }, 20)
  const { databaseProcess = null } = options
  const lookingAtDatabase = setInterval(() => {
    if (databaseProcess !== null) databasePeak = Math.max(databasePeak, databaseMemory(databaseProcess))
  }, 250)
  try {
    const status = await new Promise<number | string>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        resolve(code ?? signal ?? 'unknown')
      })
    })
    const seconds = (performance.now() - began) / 1000
    if (status !== (options.expectedStatus ?? 0)) throw new Error(`${program} ${values.slice(0, 3).join(' ')} … ended with ${String(status)}:\n${complaint}`)
    return { seconds, peakMegabytes: peak === 0 ? null : peak / 1024, databaseMegabytes: databasePeak === 0 ? null : databasePeak / 1024, stdout: Buffer.concat(stdout).toString('utf8') }
  } finally {
    clearInterval(looking)
    clearInterval(lookingAtDatabase)
  }
}

/** True when a program can be started and answers well. */
export async function answers(program: string, values: readonly string[]): Promise<boolean> {
  return measure(program, values).then(
    () => true,
    () => false,
  )
}

/** The middle value; of an even number of them the lower one of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN
}

function databaseMemory(server: number): number {
  const children = read(`/proc/${String(server)}/task/${String(server)}/children`).trim().split(' ')
  return [String(server), ...children].reduce((sum, process) => sum + (process === '' ? 0 : kilobytes(`/proc/${process}/smaps_rollup`, 'Pss')), 0)
}

function kilobytes(path: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(read(path))
  return parseInt(found?.[1] ?? '0', 10)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Ended in the meantime, or a system without /proc.
    return ''
  }
}
