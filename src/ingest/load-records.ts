/** The stream of one file through the scanner and the row checks into the COPY of its table. */
import type { Writable } from 'node:stream'
import type { Transaction } from '../db/index.ts'
import { linesPerMark } from '../formats/index.ts'
import type { BufferPool } from './buffer-pool.ts'
import { LineTally } from './line-tally.ts'
import type { Opening } from './opening.ts'
import { RecordLoader } from './record-loader.ts'
import { RepeatFilter } from './repeat-filter.ts'
import { send } from './row-spill.ts'
import { copyStatement } from './statements.ts'
import type { ByteSource } from './translated-source.ts'
import type { SchemeBook } from './word-list.ts'

/** What loading needs to know. */
export interface LoadSettings {
  readonly transaction: Transaction
  /** The CSV in UTF-8: the file itself, or what it is translated to. */
  readonly source: ByteSource
  readonly opening: Opening
  readonly fileId: number
  readonly schemes: SchemeBook
  readonly size: number
  /** The one bank that its lines may be about; null: any. */
  readonly onlyAgent: number | null
  /** The file's name, for messages. */
  readonly name: string
  readonly onProgress?: (message: string) => void
  /** Told after each piece how far it is. */
  readonly onRead?: ((bytes: number, lines: number) => void) | undefined
}

/** What was found while loading. */
export interface Loaded {
  readonly tally: LineTally
  readonly filter: RepeatFilter
  /** Where every so many lines begin in the file; null when what was read is a translation of it. */
  readonly marks: { readonly every: number; readonly offsets: readonly number[] } | null
}

/** Rows shorter than this are rare; so many of them at most are expected in a file of a given size. */
const bytesPerRow = 100
// A workbook is a zip file: its rows are about so many times as long as its bytes.
const compression = 8

/**
 * Loads every record of the file: its row, its problems, or the reason why it is no data.
 *
 * Memory stays the same however large the file is: two pieces of it, the rows of one piece, and a filter of 4 bytes a row.
 *
 * @throws FileFault when the file is in doubt as a whole
 */
export async function loadRecords(settings: LoadSettings): Promise<Loaded> {
  const { transaction, source, opening, fileId, schemes, size, name, onlyAgent, onProgress, onRead } = settings
  const tally = new LineTally(fileId)
  const filter = new RepeatFilter((size / bytesPerRow) * (opening.source?.translation.isStructured === true ? compression : 1))
  const records = new RecordLoader(opening.header, fileId, schemes, tally, filter, opening.source?.translation, onlyAgent)
  try {
    await transaction.copyFrom(copyStatement(opening.header.kind), async (into) => {
      const pump = new Pump(into, records.pool)
      let left: Buffer = Buffer.alloc(0)
      let told = 0
      for (let isFirst = true; ; isFirst = false) {
        const chunk = await source.next()
        const bytes = chunk?.bytes ?? left
        let start = chunk === null ? 0 : chunk.start - left.length
        const end = chunk?.end ?? left.length
        if (chunk !== null) left.copy(bytes, start)
        // A byte order mark is no part of the first value.
        if (isFirst) start += opening.start
        const rest = records.load(bytes, start, end, source.size - end, chunk === null)
        left = Buffer.from(bytes.subarray(rest, end))
        await pump.send(records.takeFilled())
        if (chunk === null) break
        onRead?.(source.size, tally.lines)
        if (source.size - told > 67_108_864) {
          told = source.size
          const share = opening.source === null ? ` (${Math.floor((source.size / Math.max(size, 1)) * 100)} %)` : ''
          onProgress?.(`${name}: ${tally.lines} lines read${share}`)
        }
      }
      await pump.send(records.finish())
      await pump.drained()
    })
  } catch (error) {
    tally.close()
    throw error
  }
  return { tally, filter, marks: opening.source === null ? { every: linesPerMark, offsets: records.marks } : null }
}

/** Writes buffers to the COPY, staying one piece ahead of the server so that both sides work. */
class Pump {
  private readonly into: Writable
  private readonly pool: BufferPool
  private sending: Promise<void> = Promise.resolve()

  constructor(into: Writable, pool: BufferPool) {
    this.into = into
    this.pool = pool
  }

  async send(buffers: readonly Buffer[]): Promise<void> {
    // Frames come all at once and then for a while nothing: meanwhile the last one goes on leaving.
    if (buffers.length === 0) return
    await this.sending
    this.sending = this.sendAll(buffers)
    this.sending.catch(() => undefined)
  }

  drained(): Promise<void> {
    return this.sending
  }

  private async sendAll(buffers: readonly Buffer[]): Promise<void> {
    for (const buffer of buffers) {
      await send(this.into, buffer)
      // A stream takes more than its high-water mark only when nothing is left of it; a shorter piece may still wait.
      if (buffer.length >= this.into.writableHighWaterMark) this.pool.giveBack(buffer)
    }
  }
}
