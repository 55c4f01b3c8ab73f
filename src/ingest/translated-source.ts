/** Hands the CSV that a translation makes to the loader piece by piece, as a received file hands over its own bytes. */
import { maximumRecordBytes, type Translation } from '../formats/index.ts'

const chunkBytes = 262_144
// Before each chunk there is room for what was left over of the one before.
const room = maximumRecordBytes + 16

/** One piece of a file: bytes [start, end) of a buffer that stays valid until the next but one piece is asked for. */
export interface Chunk {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
}

/** Bytes of CSV in UTF-8, in order. */
export interface ByteSource {
  /** How many bytes were given so far. */
  readonly size: number
  /** The next piece, with room before it for what was left over; null at the end. */
  next(): Promise<Chunk | null>
}

export class TranslatedSource implements ByteSource {
  readonly translation: Translation
  size = 0
  private readonly slots = [Buffer.allocUnsafeSlow(room + chunkBytes), Buffer.allocUnsafeSlow(room + chunkBytes)]
  private slot = 0
  /** What was made and not yet handed over. */
  private waiting: Buffer = Buffer.alloc(0)
  private hasEnded = false
  private lastByte = 0

  constructor(translation: Translation) {
    this.translation = translation
  }

  /** The first bytes, at most so many, which stay to be handed over; and whether they are all. @throws FileFault */
  async peek(bytes: number): Promise<{ head: Buffer; isWhole: boolean }> {
    const pieces = [this.waiting]
    for (let length = this.waiting.length; length < bytes && !this.hasEnded; ) {
      // A piece may be overwritten by the one after it.
      const piece = Buffer.from(await this.pull())
      pieces.push(piece)
      length += piece.length
    }
    this.waiting = Buffer.concat(pieces)
    return { head: this.waiting.subarray(0, bytes), isWhole: this.hasEnded && this.waiting.length <= bytes }
  }

  async next(): Promise<Chunk | null> {
    const bytes = this.slots[this.slot] as Buffer
    let filled = 0
    while (filled < chunkBytes) {
      if (this.waiting.length === 0) {
        if (this.hasEnded) break
        this.waiting = await this.pull()
      }
      const copied = this.waiting.copy(bytes, room + filled, 0, Math.min(this.waiting.length, chunkBytes - filled))
      this.waiting = this.waiting.subarray(copied)
      filled += copied
    }
    if (filled === 0) return null
    this.slot = 1 - this.slot
    this.size += filled
    this.lastByte = bytes[room + filled - 1] as number
    return { bytes, start: room, end: room + filled }
  }

  /** Whether the last byte handed over ends a line. */
  get endsWithLineBreak(): boolean {
    return this.lastByte === 0x0a || this.lastByte === 0x0d
  }

  /** Closes what the translation has open. */
  async close(): Promise<void> {
    await this.translation.pieces.return()
  }

  private async pull(): Promise<Buffer> {
    const { value, done } = await this.translation.pieces.next()
    if (done === true) {
      this.hasEnded = true
      return Buffer.alloc(0)
    }
    return Buffer.from(value.buffer, value.byteOffset, value.length)
  }
}
