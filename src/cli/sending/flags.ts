/** What the two commands of a bank's own machine take: where to, with which key, what is said of a file, and how long to go on. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { exitCodes, Refusal } from '../../core/index.ts'
import { configOf, type GlobalOptions } from '../context.ts'
import { openCounter, type Counter } from './counter.ts'
import type { Declared } from './parcel.ts'
import type { Sending } from './send.ts'

/** As they are typed. */
export interface SendingFlags {
  readonly to: string
  readonly keyFile?: string
  readonly certificate?: string
  readonly certificateKey?: string
  readonly kind?: string
  readonly profile?: string
  readonly controlCount?: string
  readonly controlSum?: string
  readonly resumable?: boolean
  readonly patience: string
}

/** Adds them to a command. */
export function takeSendingFlags(command: Command): Command {
  return command
    .requiredOption('--to <url>', 'the server: https://doi-soat.example')
    .option('--key-file <file>', 'holds the key on its first line (default: the variable TANTAY_API_KEY)')
    .option('--kind <kind>', 'what it is: account_opening, disbursement or withdrawal (default: as its header says)')
    .option('--profile <profile>', 'the mapping profile for its layout')
    .option('--resumable', 'in pieces, so that a broken line loses none of what has arrived')
    .option('--patience <seconds>', 'how long to go on while the server does not answer', '900')
    .option('--certificate <file>', 'PEM, where the server\'s proxy asks for one')
    .option('--certificate-key <file>', 'its private key, PEM')
}

/** The counter with the key. @throws Refusal `key_missing`, `key_invalid` (usage) */
export function counterOf(flags: SendingFlags, options: GlobalOptions): Counter {
  const key = flags.keyFile === undefined ? configOf(options).apiKey : firstLineOf(flags.keyFile)
  if (key === null) throw new Refusal('usage', 'key_missing', 'with which key? Set TANTAY_API_KEY, or name a file with --key-file')
  if (!/^tt[kt]_[A-Za-z0-9_-]{43}$/.test(key)) throw new Refusal('usage', 'key_invalid', 'what was given is no key: it begins with ttk_ and has 47 characters')
  return openCounter(flags.to, key, { certificateFile: flags.certificate, certificateKeyFile: flags.certificateKey })
}

/** What is said of each file. */
export function declaredIn({ kind, profile, controlCount, controlSum }: SendingFlags): Declared {
  return { kind: kind ?? null, profile: profile ?? null, controlCount: controlCount ?? null, controlSum: controlSum ?? null }
}

/** How it is sent. @throws Refusal `patience_invalid` (usage) */
export function sendingOf({ patience, resumable }: SendingFlags, options: GlobalOptions, say: (message: string) => void): Sending {
  if (!/^\d{1,6}$/.test(patience)) throw new Refusal('usage', 'patience_invalid', '--patience takes whole seconds')
  return { seconds: parseInt(patience, 10), say, resumeFolder: resumable === true ? join(configOf(options).dataDirectory, 'sending') : null }
}

/** What to end with after several files: what matters most to whoever started it. */
export function worstOf(codes: readonly number[]): number {
  const order = [exitCodes.notAllowed, exitCodes.usage, exitCodes.failure, exitCodes.tryAgain, exitCodes.fileRefused]
  return order.find((code) => codes.includes(code)) ?? exitCodes.ok
}

function firstLineOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/)[0]?.trim() ?? ''
  } catch {
    throw new Refusal('usage', 'file_unreadable', `the file ${path} cannot be read`)
  }
}
