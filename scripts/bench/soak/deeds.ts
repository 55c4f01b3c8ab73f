/** Does what the months tell: hands files in, in other clothes too, withdraws them, and looks at each receipt. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Deed } from '../../../src/simulate/index.ts'
import type { Engine } from './engine.ts'
import { wrongReceipt } from './laws.ts'

/** What is done with a sent file. */
export interface Doing {
  readonly does: Deed['does']
  readonly letter: SentFile
  readonly clothes?: string
}

export type SentFile = Pick<Deed['letter'], 'path' | 'sender' | 'rowCount' | 'kind'>

/** What of an engine is needed here. */
export type Taking = Pick<Engine, 'take' | 'withdraw'>

/** Hands in one soak's files and remembers under which number each was taken in. */
export class Deeds {
  private readonly engine: Taking
  /** By path; what was withdrawn keeps the number it last had. */
  readonly fileIds = new Map<string, string>()
  /** Files that were taken in, and their rows. */
  readonly taken: SentFile[] = []
  rows = 0

  constructor(engine: Taking) {
    this.engine = engine
  }

  /** One deed; gives what is wrong with its receipts. */
  async follow({ does, letter: { path, sender, rowCount: rows, kind }, clothes = 'crlf' }: Doing, day: string): Promise<string[]> {
    const wrong: string[] = []
    const take = async (as: Parameters<typeof wrongReceipt>[0], what: string): Promise<string | null> => {
      const receipt = await this.engine.take(what, day, sender)
      const fault = wrongReceipt(as, rows, receipt)
      if (fault !== null) wrong.push(`${what} (${does}): ${fault} ${receipt.firstProblem ?? ''}${receipt.refusal === null ? '' : JSON.stringify(receipt.refusal)}`)
      return receipt.file_id
    }
    const takeIn = async (): Promise<void> => {
      const fileId = await take('take', path)
      if (fileId !== null) this.fileIds.set(path, fileId)
      this.rows += rows
      if (does !== 'take again') this.taken.push({ path, sender, rowCount: rows, kind })
    }
    switch (does) {
      case 'take':
      case 'take again':
        await takeIn()
        break
      case 'take wrong, void, take': {
        const fileId = await take('wrong', rewritten(path, 'wrong', wrongAmounts))
        if (fileId !== null) await this.engine.withdraw(fileId, day)
        await takeIn()
        break
      }
      case 'refuse, take':
        await take('refused', rewritten(path, 'refused', (text) => wrongTotal(text, kind)))
        await takeIn()
        break
      case 'repeat':
        await take('repeat', path)
        break
      case 'repeat in other clothes':
        await take('repeat in other clothes', rewritten(path, day, (text) => dressed(text, clothes)))
        break
      case 'void':
        await this.withdraw(path, day)
        break
    }
    return wrong
  }

  /** Withdraws what lies at a path. */
  async withdraw(path: string, day: string): Promise<void> {
    await this.engine.withdraw(this.fileIds.get(path) ?? '', day)
  }
}

function rewritten(path: string, name: string, rewrite: (text: string) => string): string {
  const other = path.replace(/\.csv$/, ` ${name}.csv`)
  writeFileSync(other, rewrite(readFileSync(path, 'utf8')))
  return other
}

/** Simulated rows hold no quotes. */
const cellsOf = (text: string): string[][] => text.trimEnd().split('\n').map((line) => line.split(','))

/** Every instruction 10,000 đồng higher. */
function wrongAmounts(text: string): string {
  return `${cellsOf(text).map((cells, index) => (index === 0 ? cells : cells.with(7, `${BigInt(cells[7] ?? '0') + 10_000n}`)).join(',')).join('\n')}\n`
}

function wrongTotal(text: string, kind: string): string {
  const [header = [], ...rows] = cellsOf(text)
  const column = kind === 'disbursement' ? 7 : 0
  const total = rows.reduce((sum, cells) => sum + BigInt(cells[column] ?? '0'), 0n)
  return `${text}${header.map((_, index) => (index === 0 ? 'TỔNG CỘNG' : index === column ? `${total - 100_000n}` : '')).join(',')}\n`
}

function dressed(text: string, clothes: string): string {
  const cells = cellsOf(text)
  if (clothes === 'columns_reversed') return `${cells.map((line) => line.toReversed().join(',')).join('\n')}\n`
  if (clothes === 'semicolons') return `${cells.map((line) => line.map((cell) => (cell.includes(';') ? `"${cell}"` : cell)).join(';')).join('\n')}\n`
  return clothes === 'crlf' ? text.replaceAll('\n', '\r\n') : `\ufeff${text}`
}
