/** Runs commands: in this process, which is quick, or as a process of its own, which can be killed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { vi } from 'vitest'
import { Refusal } from '../../src/core/index.ts'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** How it ended. */
export interface Ran {
  /** Null: a signal ended it. */
  readonly code: number | null
  readonly out: string
  readonly said: string
}

/** Runs one command of `add` in this process, with `environment` beside the one there is; both streams are heard, so one at a time. */
export async function runHere(add: (program: Command) => void, words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const program = new Command('tantay').option('--data <folder>').option('--json').exitOverride().configureOutput({ writeErr: (text) => process.stderr.write(text) })
  add(program)
  let [out, said] = ['', '']
  const streams = [
    vi.spyOn(process.stdout, 'write').mockImplementation((piece) => { out += String(piece); return true }),
    vi.spyOn(process.stderr, 'write').mockImplementation((piece) => { said += String(piece); return true }),
  ]
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await program.parseAsync(['node', 'tantay', ...words])
    return { code: (process.exitCode as number | undefined) ?? 0, out, said }
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : 2, out, said }
    if (error instanceof Refusal) return { code: error.exitCode, out, said: `${said}tantay: ${error.message}\n` }
    throw error
  } finally {
    process.exitCode = before
    for (const stream of streams) stream.mockRestore()
    vi.unstubAllEnvs()
  }
}

/** Runs `tantay WORDS…` as a process; `onStart` is given it, to end it early. */
export function runTantay(words: readonly string[], environment: Readonly<Record<string, string>> = {}, onStart: (child: ChildProcess) => void = () => undefined): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...words], { env: { ...process.env, ...environment } })
    let [out, said] = ['', '']
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
    child.on('close', (code) => { resolve({ code, out, said }) })
    child.stdin.end()
    onStart(child)
  })
}
