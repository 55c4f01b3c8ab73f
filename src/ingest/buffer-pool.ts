/** Lends buffers of one size and takes them back: a gigabyte of fresh ones made Node collect garbage for seconds. */

export const pooledBytes = 131_072

export class BufferPool {
  private readonly spare: Buffer[] = []

  /** A buffer of `pooledBytes`, with whatever was in it. */
  take(): Buffer {
    return this.spare.pop() ?? Buffer.allocUnsafeSlow(pooledBytes)
  }

  /** Takes back a buffer, or a part of one, that nobody reads any more; of another size it is left to the collector. */
  giveBack({ buffer, byteOffset }: Buffer): void {
    if (byteOffset === 0 && buffer.byteLength === pooledBytes) this.spare.push(Buffer.from(buffer))
  }
}
