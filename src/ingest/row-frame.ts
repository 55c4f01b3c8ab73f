/**
 * Orders the rows of a file by group, frame by frame: so many rows at a time, each group's rows together, in their order.
 *
 * A run reads the people in slices; a slice then finds its rows in few pages (D70). Memory is the frame's, however long
 * the file: rows are written into small chunks, a chain of them for each group, and copied out group by group.
 */
import type { BufferPool } from './buffer-pool.ts'

const chunkBytes = 16_384
const frameBytes = 12_582_912

/** A piece of memory that holds rows of one group. */
export interface Chunk {
  readonly bytes: Buffer
  readonly view: DataView
  /** How far it is filled. */
  length: number
  next: Chunk | null
}

export class RowFrame {
  private readonly first: (Chunk | null)[]
  private readonly last: (Chunk | null)[]
  private readonly free: Chunk[] = []
  private readonly pool: BufferPool
  private size = 0

  /** @param groups how many groups there are; they leave a frame in their order */
  constructor(groups: number, pool: BufferPool) {
    this.pool = pool
    this.first = Array.from({ length: groups }, () => null)
    this.last = Array.from({ length: groups }, () => null)
  }

  /** The frame holds as much as it should; between two rows it is then taken out. */
  get isFull(): boolean {
    return this.size >= frameBytes
  }

  /** The chunk of a group with room for a row of at most `size` bytes. */
  chunkFor(group: number, size: number): Chunk {
    const last = this.last[group] as Chunk | null
    if (last !== null && last.length + size <= last.bytes.length) return last
    const chunk = (size <= chunkBytes ? this.free.pop() : undefined) ?? newChunk(Math.max(size, chunkBytes))
    chunk.length = 0
    chunk.next = null
    this.size += chunk.bytes.length
    this.last[group] = chunk
    if (last === null) this.first[group] = chunk
    else last.next = chunk
    return chunk
  }

  /** Copies the rows out, group by group, and empties the frame; the caller owns the buffers. */
  takeOut(): Buffer[] {
    const buffers: Buffer[] = []
    let out: Buffer = Buffer.alloc(0)
    let filled = 0
    for (let group = 0; group < this.first.length; group += 1) {
      for (let chunk = this.first[group] as Chunk | null; chunk !== null; chunk = chunk.next) {
        for (let from = 0; from < chunk.length; ) {
          if (filled === out.length) {
            if (filled > 0) buffers.push(out)
            out = this.pool.take()
            filled = 0
          }
          const copied = chunk.bytes.copy(out, filled, from, Math.min(chunk.length, from + out.length - filled))
          from += copied
          filled += copied
        }
        if (chunk.bytes.length === chunkBytes) this.free.push(chunk)
      }
      this.first[group] = null
      this.last[group] = null
    }
    this.size = 0
    if (filled > 0) buffers.push(out.subarray(0, filled))
    return buffers
  }
}

function newChunk(size: number): Chunk {
  const bytes = Buffer.allocUnsafeSlow(size)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), length: 0, next: null }
}
