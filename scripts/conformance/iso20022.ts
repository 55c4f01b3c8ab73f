/** Sample messages of several banks: none may break the reader, and its verdict has to be that of a small count of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Iso20022Reader } from '../../src/formats/iso20022/reader.ts'
import { Comparison, filesBelow, verdictOf, type SetResult } from './compare.ts'

/** Compares the set. */
export function compareIso20022(folder: string): SetResult {
  const comparison = new Comparison()
  for (const file of filesBelow(folder, '.xml')) {
    comparison.begin(file)
    const bytes = readFileSync(join(folder, file))
    const text = bytes.toString('utf8').replace(/<!--[\s\S]*?-->/g, '')
    const reader = new Iso20022Reader()
    let lines = 0
    const { verdict, detail } = verdictOf(() => { lines = reader.push(bytes).length + reader.finish().length })
    comparison.field('adds up', verdict === 'taken' || !/mismatch/.test(verdict), statesRightly(text))
    if (verdict === 'taken') comparison.field('transactions', lines, countTransactions(text))
    // The samples are published as good ones.
    comparison.field('verdict', verdict === 'taken' ? verdict : `${verdict} (${detail})`, 'taken')
  }
  return comparison.result('iso20022')
}

/** Whether what a message states of itself is what it holds; by plain search, in hundredths. */
function statesRightly(text: string): boolean {
  if (text.includes('<CstmrCdtTrfInitn>')) return [text.replace(/<PmtInf>[\s\S]*<\/PmtInf>/, (all) => `<all>${all}</all>`), ...(text.match(/<PmtInf>[\s\S]*?<\/PmtInf>/g) ?? [])].every(orderAddsUp)
  return (text.match(/<Stmt>[\s\S]*?<\/Stmt>/g) ?? []).every(statementAddsUp)
}

function orderAddsUp(part: string): boolean {
  const head = part.replace(/<CdtTrfTxInf>[\s\S]*?<\/CdtTrfTxInf>/g, '')
  const count = /<NbOfTxs>(\d+)</.exec(head)?.[1]
  const sum = /<CtrlSum>([\d.]+)</.exec(head)?.[1]
  const amounts = [...part.matchAll(/<InstdAmt[^>]*>([\d.]+)</g)].map(([, amount = '']) => hundredths(amount))
  return (count === undefined || count === `${amounts.length}`) && (sum === undefined || hundredths(sum) === amounts.reduce((all, one) => all + one, 0n))
}

function statementAddsUp(statement: string): boolean {
  const signed = (part: string): bigint => hundredths(/<Amt [^>]*>([\d.]+)</.exec(part)?.[1] ?? '0') * (/<CdtDbtInd>DBIT</.test(part.replace(/<NtryDtls>[\s\S]*/, '')) ? -1n : 1n)
  const balance = (code: string): string | undefined => (statement.match(/<Bal>[\s\S]*?<\/Bal>/g) ?? []).find((part) => part.includes(`>${code}<`))
  const entries = statement.match(/<Ntry>[\s\S]*?<\/Ntry>/g) ?? []
  const [opening, closing] = [balance('OPBD') ?? balance('PRCD'), balance('CLBD')]
  const isClosed = opening === undefined || closing === undefined || signed(opening) + entries.reduce((all, entry) => all + signed(entry), 0n) === signed(closing)
  return isClosed && entries.every(entryAddsUp)
}

/** The transactions of an entry come to its amount, where all of them state one. */
function entryAddsUp(entry: string): boolean {
  const details = entry.match(/<TxDtls>[\s\S]*?<\/TxDtls>/g) ?? []
  const amounts = details.flatMap((part) => /<TxAmt>\s*<Amt [^>]*>([\d.]+)</.exec(part)?.[1] ?? [])
  return amounts.length < details.length || details.length === 0 || amounts.reduce((all, one) => all + hundredths(one), 0n) === hundredths(/<Amt [^>]*>([\d.]+)</.exec(entry)?.[1] ?? '0')
}

function countTransactions(text: string): number {
  const entries = text.match(/<Ntry>[\s\S]*?<\/Ntry>/g) ?? []
  if (entries.length > 0) return entries.reduce((all, entry) => all + Math.max(1, (entry.match(/<TxDtls>/g) ?? []).length), 0)
  return (text.match(/<(?:CdtTrfTxInf|TxInfAndSts)>/g) ?? []).length
}

function hundredths(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(`${whole}${fraction.padEnd(2, '0').slice(0, 2)}`)
}
