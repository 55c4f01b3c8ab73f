/** Bytes of XML to text: the encoding has to be one that the first bytes and the declaration agree on; a DOCTYPE is refused unread. */
import { markLength, refuseInvalidUtf8 } from '../container.ts'
import { FileFault } from '../fault.ts'

/** Bytes of an XML file to text, in the one encoding that its first bytes and its declaration agree on. */
export class XmlDecoder {
  private head: Buffer | null = Buffer.alloc(0)
  private wide: InstanceType<typeof TextDecoder> | null = null
  private isAscii = false
  /** `utf-8` (ASCII is UTF-8 too), `utf-16le` or `utf-16be`. */
  encoding = 'utf-8'
  private left: Buffer = Buffer.alloc(0)
  private position = 0

  decode(bytes: Uint8Array, line: number): string {
    if (this.head === null) return this.decodeMore(bytes, line)
    // A declaration is one short line; with it the encoding is known before a letter is read.
    this.head = Buffer.concat([this.head, bytes])
    return this.head.length < 1024 ? '' : this.begin(line)
  }

  /** The rest of a file shorter than its head is given out here, before the file is ended. */
  begin(line: number): string {
    const head = this.head ?? Buffer.alloc(0)
    this.head = null
    const prologue = inspectPrologue(head)
    this.isAscii = prologue.encoding === 'us-ascii'
    this.encoding = this.isAscii ? 'utf-8' : prologue.encoding
    this.wide = prologue.encoding.startsWith('utf-16') ? new TextDecoder(prologue.encoding, { fatal: true }) : null
    this.position = prologue.start
    return this.decodeMore(head.subarray(prologue.start), line)
  }

  get isWaiting(): boolean {
    return this.head !== null
  }

  finish(line: number): void {
    if (this.left.length > 0) refuseInvalidUtf8(Buffer.concat([this.left, Buffer.from('<')]), 0, this.left.length + 1, this.position, line)
    try {
      this.wide?.decode()
    } catch {
      throw new FileFault('encoding_unknown', 'the file ends in the middle of a letter of UTF-16', { line })
    }
  }

  private decodeMore(bytes: Uint8Array, line: number): string {
    if (this.wide !== null) {
      try {
        return this.wide.decode(bytes, { stream: true })
      } catch {
        throw new FileFault('encoding_unknown', `what stands between bytes ${this.position} and ${this.position + bytes.length} is not UTF-16`, { line })
      } finally {
        this.position += bytes.length
      }
    }
    const all = this.left.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : Buffer.concat([this.left, bytes])
    const end = wholeLetters(all)
    refuseInvalidUtf8(all, 0, end, this.position, line)
    if (this.isAscii && all.some((byte) => byte >= 0x80)) throw new FileFault('encoding_unknown', `the file declares US-ASCII, and byte ${this.position + all.findIndex((byte) => byte >= 0x80)} is none`, { line })
    this.left = Buffer.from(all.subarray(end))
    this.position += end
    return all.toString('utf8', 0, end)
  }
}

/** How many bytes are whole letters: one that the end cuts in two is left for the next piece. */
function wholeLetters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) break
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** What the first bytes say: the encoding, and where the text begins. @throws FileFault `encoding_unknown` */
function inspectPrologue(head: Buffer): { encoding: 'utf-8' | 'us-ascii' | 'utf-16le' | 'utf-16be'; start: number } {
  const isUtf32 = (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) || (head[0] === 0 && head[1] === 0)
  if (isUtf32) throw new FileFault('encoding_unknown', 'the file is UTF-32; send it as UTF-8')
  const wide = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  if (wide === null && (head[0] === 0 || head[1] === 0)) throw new FileFault('encoding_unknown', 'the file is UTF-16 without a byte order mark; send it as UTF-8')
  const start = markLength(head)
  const text = wide === null ? head.toString('latin1', 0, 1024) : new TextDecoder(wide).decode(head.subarray(0, Math.min(2048, head.length & ~1)))
  const declared = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, ''))?.[1]?.toLowerCase() ?? null
  const agrees = wide === null ? [null, 'utf-8', 'utf8', ...(start > 0 ? [] : ['us-ascii', 'ascii'])] : [null, 'utf-16', wide]
  if (!agrees.includes(declared)) throw new FileFault('encoding_unknown', `the file declares the encoding ${(declared ?? '').slice(0, 40)}, and its first bytes are ${wide ?? 'not'}; send it as UTF-8`, { line: 1 })
  return { encoding: wide ?? (declared === 'us-ascii' || declared === 'ascii' ? 'us-ascii' : 'utf-8'), start }
}

/**
 * Looks at the prologue before anything is parsed: a DOCTYPE in it refuses the file at once.
 *
 * @param head the beginning of the file
 * @throws FileFault `xml_doctype`
 */
export function refuseDoctype(head: Uint8Array): void {
  const wide = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  const text = wide === null ? Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1') : new TextDecoder(wide).decode(head)
  let at = 0
  for (;;) {
    const next = text.indexOf('<', at)
    if (next < 0) return
    if (text.startsWith('<!--', next)) at = text.indexOf('-->', next + 4)
    else if (text.startsWith('<?', next)) at = text.indexOf('?>', next + 2)
    else if (text.startsWith('<!', next)) throw doctypeFault(text.slice(0, next).split(/\r\n|\r|\n/).length)
    else return
    if (at < 0) return
  }
}

/** What refuses a file with a document type declaration. */
export function doctypeFault(line: number): FileFault {
  return new FileFault('xml_doctype', `line ${line}: the file has a document type declaration (DOCTYPE), which no payment message needs`, { line })
}
