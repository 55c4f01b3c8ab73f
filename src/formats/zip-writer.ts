/** Writes a zip archive as it streams. */
import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** The bytes of an archive of whole files, in their order: the same files give the same bytes. */
export async function* zipFile(files: readonly { readonly name: string; readonly bytes: Buffer }[]): AsyncGenerator<Buffer, void> {
  const zip = new ZipWriter()
  for (const { name, bytes } of files) yield* zip.entry(name, [bytes])
  yield zip.end()
}

/** A zip archive whose entries are written before their sizes are known. */
export class ZipWriter {
  private readonly directory: Buffer[] = []
  private offset = 0

  async *entry(name: string, pieces: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    const nameBytes = Buffer.from(name)
    const begin = this.offset
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    this.writeCommon(head, 4)
    head.writeUInt16LE(nameBytes.length, 26)
    yield this.counted(Buffer.concat([head, nameBytes]))
    let checksum = 0
    let length = 0
    const before = this.offset
    const measured = async function* (): AsyncGenerator<Buffer, void> {
      for await (const piece of pieces) {
        checksum = crc32(piece, checksum)
        length += piece.length
        yield piece
      }
    }
    // A pipeline also closes what feeds it when its reader stops early; its errors reach the reader.
    const deflated = pipeline(Readable.from(measured(), { objectMode: false }), createDeflateRaw({ level: 5 }), () => undefined)
    for await (const packed of deflated) yield this.counted(packed as Buffer)
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(checksum, 0)
    sizes.writeUInt32LE(this.offset - before, 4)
    sizes.writeUInt32LE(length, 8)
    yield this.counted(Buffer.concat([Buffer.from([0x50, 0x4b, 0x07, 0x08]), sizes]))
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt16LE(20, 4)
    this.writeCommon(record, 6)
    sizes.copy(record, 16)
    record.writeUInt16LE(nameBytes.length, 28)
    record.writeUInt32LE(begin, 42)
    this.directory.push(record, nameBytes)
  }

  end(): Buffer {
    const directory = Buffer.concat(this.directory)
    const last = Buffer.alloc(22)
    last.writeUInt32LE(0x06054b50, 0)
    last.writeUInt16LE(this.directory.length / 2, 8)
    last.writeUInt16LE(this.directory.length / 2, 10)
    last.writeUInt32LE(directory.length, 12)
    last.writeUInt32LE(this.offset, 16)
    return Buffer.concat([directory, last])
  }

  /** Version 2.0, sizes follow the data and names are UTF-8, deflated, 1 January 1980: the same rows give the same bytes. */
  private writeCommon(record: Buffer, at: number): void {
    record.writeUInt16LE(20, at)
    record.writeUInt16LE(0x0808, at + 2)
    record.writeUInt16LE(8, at + 4)
    record.writeUInt16LE(0x0021, at + 8)
  }

  private counted(bytes: Buffer): Buffer {
    this.offset += bytes.length
    return bytes
  }
}
