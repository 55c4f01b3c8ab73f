/** A typeface for the web (WOFF) as the plain font it was packed from: opened once, where its reader would unpack a table for each letter. */
import { inflateSync } from 'node:zlib'

const woffHeader = 44
const woffEntry = 20
const fontHeader = 12
const fontEntry = 16

/** The font's bytes (WOFF 1.0, section 3: the header, a directory of tables, each packed by itself). */
export function unpackedFont(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, index) => {
    const at = woffHeader + index * woffEntry
    const [offset, packed, length] = [woff.readUInt32BE(at + 4), woff.readUInt32BE(at + 8), woff.readUInt32BE(at + 12)]
    const bytes = woff.subarray(offset, offset + packed)
    return { tag: woff.subarray(at, at + 4), checksum: woff.readUInt32BE(at + 16), bytes: packed < length ? inflateSync(bytes) : bytes }
  })
  const head = Buffer.alloc(fontHeader + count * fontEntry)
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  const searched = 2 ** Math.floor(Math.log2(count))
  head.writeUInt16BE(searched * fontEntry, 6)
  head.writeUInt16BE(Math.floor(Math.log2(count)), 8)
  head.writeUInt16BE((count - searched) * fontEntry, 10)
  let offset = head.length
  const pieces = tables.map(({ tag, checksum, bytes }, index) => {
    const at = fontHeader + index * fontEntry
    tag.copy(head, at)
    head.writeUInt32BE(checksum, at + 4)
    head.writeUInt32BE(offset, at + 8)
    head.writeUInt32BE(bytes.length, at + 12)
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
    offset += padded.length
    return padded
  })
  return Buffer.concat([head, ...pieces])
}
