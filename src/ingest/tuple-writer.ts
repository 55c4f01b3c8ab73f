/** Writes rows in PostgreSQL's binary COPY format into buffers, field by field, without an object or a string per value. */
import { BufferPool, pooledBytes } from './buffer-pool.ts'
import type { DecimalRegister } from './decimal-register.ts'
import type { Chunk, RowFrame } from './row-frame.ts'

/** What opens a binary COPY stream: the signature, no flags, no extension. */
const opening = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const closing = Buffer.from([0xff, 0xff])

const daysToPostgresEpoch = 10_957 // from 1970-01-01 to 2000-01-01
const microsecondsToPostgresEpoch = daysToPostgresEpoch * 86_400_000_000

export class TupleWriter {
  /** The buffer being filled, and how far it is filled. */
  bytes: Buffer
  position = 0
  private view: DataView
  private readonly pool: BufferPool
  private readonly filled: Buffer[] = []
  private readonly frame: RowFrame | null
  private chunk: Chunk | null = null

  /**
   * @param pool where the buffers come from
   * @param frame orders the rows by group; without one they leave as they were written
   */
  constructor(pool = new BufferPool(), frame: RowFrame | null = null) {
    this.pool = pool
    this.frame = frame
    this.bytes = pool.take()
    this.view = viewOf(this.bytes)
    this.position = opening.copy(this.bytes, 0)
    if (frame !== null) this.filled.push(this.bytes.subarray(0, this.position))
  }

  /** Makes room for a row of at most `size` bytes, of that group where a frame orders them; only between rows. */
  reserve(size: number, group = 0): void {
    if (this.frame !== null) {
      this.turnTo(this.frame, size, group)
      return
    }
    if (this.position + size <= this.bytes.length) return
    if (this.position > 0) this.filled.push(this.bytes.subarray(0, this.position))
    this.bytes = size <= pooledBytes ? this.pool.take() : Buffer.allocUnsafeSlow(size)
    this.view = viewOf(this.bytes)
    this.position = 0
  }

  private turnTo(frame: RowFrame, size: number, group: number): void {
    if (this.chunk !== null) this.chunk.length = this.position
    if (frame.isFull) this.filled.push(...frame.takeOut())
    this.chunk = frame.chunkFor(group, size)
    this.bytes = this.chunk.bytes
    this.view = this.chunk.view
    this.position = this.chunk.length
  }

  /** The buffers that are full; the caller owns them. */
  takeFilled(): Buffer[] {
    return this.filled.splice(0)
  }

  /** All that is left, with the end of the stream. */
  finish(): Buffer[] {
    if (this.frame !== null) {
      if (this.chunk !== null) this.chunk.length = this.position
      this.chunk = null
      this.filled.push(...this.frame.takeOut(), closing)
      return this.takeFilled()
    }
    this.reserve(closing.length)
    this.position += closing.copy(this.bytes, this.position)
    this.filled.push(this.bytes.subarray(0, this.position))
    this.bytes = Buffer.alloc(0)
    this.position = 0
    return this.takeFilled()
  }

  beginRow(fields: number): void {
    this.view.setInt16(this.position, fields)
    this.position += 2
  }

  null(): void {
    this.view.setInt32(this.position, -1)
    this.position += 4
  }

  int16(value: number): void {
    this.view.setInt32(this.position, 2)
    this.view.setInt16(this.position + 4, value)
    this.position += 6
  }

  int32(value: number): void {
    this.view.setInt32(this.position, 4)
    this.view.setInt32(this.position + 4, value)
    this.position += 8
  }

  /** A bigint from its halves. */
  int64(high: number, low: number): void {
    this.view.setInt32(this.position, 8)
    this.view.setInt32(this.position + 4, high)
    this.view.setUint32(this.position + 8, low)
    this.position += 12
  }

  /** A bigint from a whole number below 2^53. */
  whole(value: number): void {
    this.int64(Math.floor(value / 4_294_967_296), value >>> 0)
  }

  boolean(value: boolean): void {
    this.view.setInt32(this.position, 1)
    this.bytes[this.position + 4] = value ? 1 : 0
    this.position += 5
  }

  /** A date from days since 1970-01-01. */
  date(day: number): void {
    this.int32(day - daysToPostgresEpoch)
  }

  /** A timestamptz from microseconds since 1970-01-01T00:00Z. */
  timestamp(microseconds: number): void {
    this.whole(microseconds - microsecondsToPostgresEpoch)
  }

  /** Text, or the label of an enum. */
  text(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start
    this.view.setInt32(this.position, length)
    let at = this.position + 4
    // A loop beats a copy for the few bytes that most values have.
    if (length > 48) this.bytes.set(bytes.subarray(start, end), at)
    else for (let from = start; from < end; from += 1) this.bytes[at++] = bytes[from] as number
    this.position += 4 + length
  }

  string(text: string): void {
    const length = this.bytes.write(text, this.position + 4)
    this.view.setInt32(this.position, length)
    this.position += 4 + length
  }

  numeric(register: DecimalRegister): void {
    let count = register.count
    while (count > 0 && register.limbs[count - 1] === 0) count -= 1
    this.view.setInt32(this.position, 8 + count * 2)
    this.view.setInt16(this.position + 4, count)
    this.view.setInt16(this.position + 6, count === 0 ? 0 : register.weight)
    this.view.setInt16(this.position + 8, register.isNegative ? 0x4000 : 0)
    this.view.setInt16(this.position + 10, register.fractionDigits)
    let at = this.position + 12
    for (let limb = 0; limb < count; limb += 1, at += 2) this.view.setInt16(at, register.limbs[limb] as number)
    this.position = at
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
