/** MT940 and MT942 among the formats: what certainly is such a statement, and its translation. */
import { paymentTranslation } from '../payment-translation.ts'
import type { SourceFile, Translation, TranslationOptions } from '../translation.ts'
import { isOwnStatement } from '../statement-row.ts'
import { Mt940Reader } from './reader.ts'
import { ownNumber } from './statement-lines.ts'

const linesLookedAt = 12

/** True when one of the first lines is a `:20:` and one soon after it a `:25:`, as nothing else has them. */
export function isStatement(head: Uint8Array): boolean {
  const lines = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 4096)).toString('latin1').split(/\r\n|\r|\n/)
  const first = lines.slice(0, linesLookedAt).findIndex((line) => /^(?:\{1:.*\{4:)?:20:/.test(line))
  return first >= 0 && lines.slice(first + 1, first + 6).some((line) => /^:25P?:/.test(line))
}

/** The translation of a bank statement. */
export function openStatement(file: SourceFile, { banks, kind, ownAccounts }: TranslationOptions): Promise<Translation> {
  const { head } = file
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  // The two differ in what they promise: only a statement of a closed day has balances.
  const format = /^:6[02][FM]:/m.test(text) || !/^:(?:13D?|34F|90[CD]):/m.test(text) ? 'mt940' : 'mt942'
  const accounts = format === 'mt940' ? [...text.matchAll(/^:25P?:([^\r\n]+)/gm)].map(([, account = '']) => ownNumber(account)) : []
  const isStatement = isOwnStatement(accounts, kind, ownAccounts)
  return Promise.resolve(paymentTranslation({ file, format, encoding: file.text?.encoding ?? 'utf-8', kind: isStatement ? 'account_statement' : 'disbursement', newReader: () => new Mt940Reader(banks, isStatement) }))
}
