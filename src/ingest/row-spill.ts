/** Holds rows until the COPY of the facts has ended: in memory while they are few, in a temporary file when they are not. */
import { randomBytes } from 'node:crypto'
import { createReadStream, closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { Transaction } from '../db/index.ts'
import { TupleWriter } from './tuple-writer.ts'

const memoryBytes = 16_777_216

export class RowSpill {
  readonly writer = new TupleWriter()
  rows = 0
  private readonly kept: Buffer[] = []
  private keptBytes = 0
  private file: number | null = null
  private path = ''

  /** Begins a row of so many fields, with room for `size` bytes. */
  beginRow(fields: number, size: number): void {
    this.writer.reserve(size + fields * 16 + 16)
    for (const buffer of this.writer.takeFilled()) this.put(buffer)
    this.writer.beginRow(fields)
    this.rows += 1
  }

  /** Loads all rows; nothing is sent when there are none. */
  async copyInto(transaction: Transaction, statement: string): Promise<void> {
    if (this.rows === 0) return
    for (const buffer of this.writer.finish()) this.put(buffer)
    await transaction.copyFrom(statement, async (into) => {
      if (this.file !== null) for await (const piece of createReadStream(this.path, { highWaterMark: 262_144 })) await send(into, piece as Buffer)
      for (const buffer of this.kept) await send(into, buffer)
    })
  }

  close(): void {
    if (this.file === null) return
    closeSync(this.file)
    rmSync(this.path, { force: true })
    this.file = null
  }

  private put(buffer: Buffer): void {
    this.kept.push(buffer)
    this.keptBytes += buffer.length
    if (this.keptBytes <= memoryBytes) return
    if (this.file === null) {
      this.path = join(tmpdir(), `tantay-${process.pid}-${randomBytes(8).toString('hex')}`)
      this.file = openSync(this.path, 'wx', 0o600)
    }
    for (const piece of this.kept) for (let written = 0; written < piece.length; ) written += writeSync(this.file, piece, written)
    this.kept.length = 0
    this.keptBytes = 0
  }
}

/** Writes to a stream and waits until it takes more. */
export async function send(into: Writable, bytes: Buffer): Promise<void> {
  if (!into.write(bytes)) await once(into, 'drain')
}
