/** The messages of PostgreSQL's protocol in a stream of bytes, without holding long ones. */

/** Bytes that belong to one message. */
export interface WirePiece {
  readonly bytes: Buffer
  /** The type byte when a message begins here (`^` for the one without a type that opens a connection); null: it goes on. */
  readonly begins: string | null
  /** The text of a statement (Q, P); null otherwise, and where the message is long. */
  readonly statement: string | null
  /** Of a short message its text up to the first zero byte, as CommandComplete has it. */
  readonly text: string | null
}

/** Longer messages (rows of a COPY, large rows) pass in pieces as they come. */
const longest = 65_536

/** Splits chunk after chunk of one direction; `isClient`: it opens with a message that has no type byte. */
export function wireMessages(isClient: boolean): (chunk: Buffer) => WirePiece[] {
  let isOpening = isClient
  let waiting: Buffer = Buffer.alloc(0)
  let left = 0
  return (chunk) => {
    const pieces: WirePiece[] = []
    let bytes = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    waiting = Buffer.alloc(0)
    while (bytes.length > 0) {
      if (left > 0) {
        const part = bytes.subarray(0, left)
        pieces.push({ bytes: part, begins: null, statement: null, text: null })
        left -= part.length
        bytes = bytes.subarray(part.length)
        continue
      }
      const head = isOpening ? 4 : 5
      const whole = bytes.length < head ? Infinity : bytes.readUInt32BE(head - 4) + head - 4
      if (bytes.length < Math.min(whole, longest)) {
        waiting = bytes
        break
      }
      const message = bytes.subarray(0, Math.min(whole, bytes.length))
      pieces.push(describe(message, isOpening))
      // A request for encryption or a cancellation is a connection's only message, or is followed by another opening one.
      isOpening = isOpening && whole === 8
      left = whole - message.length
      bytes = bytes.subarray(message.length)
    }
    return pieces
  }
}

function describe(bytes: Buffer, isOpening: boolean): WirePiece {
  if (isOpening) return { bytes, begins: '^', statement: null, text: null }
  const begins = String.fromCharCode(bytes[0] ?? 0)
  const text = textFrom(bytes, 5)
  if (begins === 'Q') return { bytes, begins, statement: text, text }
  // Parse: the name of the statement, then its text.
  if (begins === 'P') return { bytes, begins, statement: textFrom(bytes, bytes.indexOf(0, 5) + 1), text }
  return { bytes, begins, statement: null, text: bytes.length > 100 ? null : text }
}

function textFrom(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(0, start)
  return bytes.toString('utf8', start, end < 0 ? bytes.length : end)
}
