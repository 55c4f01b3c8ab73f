/** The stream of one file through the scanner and the row checks into the COPY of its table. */
import type { Writable } from 'node:stream'
import type { Transaction } from '../db/index.ts'
import { linesPerMark, type Header } from '../formats/index.ts'
import type { FileReceiver } from './file-receiver.ts'
import type { BufferPool } from './buffer-pool.ts'
import { LineTally } from './line-tally.ts'
import { RecordLoader } from './record-loader.ts'
import { RepeatFilter } from './repeat-filter.ts'
import { send } from './row-spill.ts'
import { copyStatement } from './statements.ts'
import type { SchemeBook } from './word-list.ts'

/** What the top of a file says, read before its transaction begins. */
export interface Opening {
  readonly header: Header
  /** The first byte after a byte order mark. */
  readonly start: number
}

/** What loading needs to know. */
export interface LoadSettings {
  readonly transaction: Transaction
  readonly receiver: FileReceiver
  readonly opening: Opening
  readonly fileId: number
  readonly schemes: SchemeBook
  readonly size: number
  /** The file's name, for messages. */
  readonly name: string
  readonly onProgress?: (message: string) => void
}

/** What was found while loading. */
export interface Loaded {
  readonly tally: LineTally
  readonly filter: RepeatFilter
  /** Where every so many lines begin in the file. */
  readonly marks: { readonly every: number; readonly offsets: readonly number[] }
}

/** Rows shorter than this are rare; so many of them at most are expected in a file of a given size. */
const bytesPerRow = 100

/**
 * Loads every record of the file: its row, its problems, or the reason why it is no data.
 *
 * Memory stays the same however large the file is: two pieces of it, the rows of one piece, and a filter of 4 bytes a row.
 *
 * @throws FileFault when the file is in doubt as a whole
 */
export async function loadRecords(settings: LoadSettings): Promise<Loaded> {
  const { transaction, receiver, opening, fileId, schemes, size, name, onProgress } = settings
  const tally = new LineTally(fileId)
  const filter = new RepeatFilter(size / bytesPerRow)
  const records = new RecordLoader(opening.header, fileId, schemes, tally, filter)
  try {
    await transaction.copyFrom(copyStatement(opening.header.kind), async (into) => {
      const pump = new Pump(into, records.pool)
      let left: Buffer = Buffer.alloc(0)
      let told = 0
      for (let isFirst = true; ; isFirst = false) {
        const chunk = await receiver.next()
        const bytes = chunk?.bytes ?? left
        let start = chunk === null ? 0 : chunk.start - left.length
        const end = chunk?.end ?? left.length
        if (chunk !== null) left.copy(bytes, start)
        // A byte order mark is no part of the first value.
        if (isFirst) start += opening.start
        const rest = records.load(bytes, start, end, receiver.size - end, chunk === null)
        left = Buffer.from(bytes.subarray(rest, end))
        await pump.send(records.takeFilled())
        if (chunk === null) break
        if (receiver.size - told > 67_108_864) {
          told = receiver.size
          onProgress?.(`${name}: ${tally.lines} lines read (${Math.floor((receiver.size / Math.max(size, 1)) * 100)} %)`)
        }
      }
      await pump.send(records.finish())
      await pump.drained()
    })
  } catch (error) {
    tally.close()
    throw error
  }
  return { tally, filter, marks: { every: linesPerMark, offsets: records.marks } }
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
