/** Bytes of a bank statement to its fields: lines numbered as a person counts them, tags, continuation lines, envelopes left aside. */
import { markLength, refuseInvalidUtf8 } from '../container.ts'
import { FileFault } from '../fault.ts'
import { maximumFieldBytes } from '../limits.ts'

/** One field of a statement. */
export interface StatementField {
  /** `61`, `60F`, `NS`. */
  readonly tag: string
  /** Its text, lines joined by `\n`, without blanks and empty lines at its end. */
  readonly value: string
  /** The physical line on which it begins, and the one on which it ends. */
  readonly line: number
  readonly lastLine: number
  /** As it stands in the file, with its tag. */
  readonly raw: string
}

/** A field, or the end of one message (`-`, `-}`). */
export type StatementPiece = StatementField | 'end'

const knownTags = new Set(['13', '13D', '20', '21', '25', '25P', '28', '28C', '34F', '60F', '60M', '61', '62F', '62M', '64', '65', '86', '90C', '90D', 'NS'])
const tagPattern = /^:(\d{2}[A-Z]?|NS):(.*)$/s
const endPattern = /^-(?:\}.*|X{3})?$/
// What banks put around the messages: names of systems, message types, numbers of transmissions.
const envelopePattern = /^(?:[A-Za-z0-9 .:{}\-]{0,200})$/
const lineFeed = 0x0a
const carriageReturn = 0x0d

interface OpenField {
  readonly tag: string
  readonly line: number
  lastLine: number
  readonly lines: string[]
  readonly rawLines: string[]
  length: number
}

export class FieldReader {
  private left: Buffer = Buffer.alloc(0)
  private position = 0
  private line = 0
  private open: OpenField | null = null
  private pieces: StatementPiece[] = []

  /** The pieces that end in these bytes. @throws FileFault */
  push(bytes: Uint8Array): StatementPiece[] {
    const all = this.left.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.left, bytes])
    this.left = all.subarray(this.takeLines(all, false))
    if (this.left.length > maximumFieldBytes) throw new FileFault('line_too_long', `line ${this.line + 1} is longer than ${maximumFieldBytes} bytes`, { line: this.line + 1 })
    return this.given()
  }

  /** The rest. @throws FileFault */
  finish(): StatementPiece[] {
    this.takeLines(this.left, true)
    this.closeField()
    return this.given()
  }

  private given(): StatementPiece[] {
    const { pieces } = this
    this.pieces = []
    return pieces
  }

  /** Takes whole lines; where the first one not taken begins. */
  private takeLines(bytes: Buffer, isLast: boolean): number {
    let start = this.position === 0 ? markLength(bytes) : 0
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at]
      if (byte !== lineFeed && byte !== carriageReturn) continue
      // A carriage return at the very end may be half of a pair.
      if (byte === carriageReturn && at + 1 === bytes.length && !isLast) break
      this.takeLine(bytes, start, at)
      if (byte === carriageReturn && bytes[at + 1] === lineFeed) at += 1
      start = at + 1
    }
    if (isLast && start < bytes.length) {
      this.takeLine(bytes, start, bytes.length)
      start = bytes.length
    }
    this.position += start
    return start
  }

  private takeLine(bytes: Buffer, start: number, end: number): void {
    this.line += 1
    refuseInvalidUtf8(bytes, start, end, this.position, this.line)
    // Start and end of transmission are no text.
    const text = bytes.toString('utf8', start, end).replace(/^\u0001|\u0003$/g, '')
    if (text.startsWith('{') && (this.open === null || text.startsWith('{1:'))) {
      this.closeField()
      const body = text.indexOf('{4:')
      if (body >= 0 && text.length > body + 3) this.takeText(text.slice(body + 3))
      return
    }
    this.takeText(text)
  }

  private takeText(text: string): void {
    if (endPattern.test(text.trimEnd())) {
      this.closeField()
      this.pieces.push('end')
      return
    }
    const [, tag, value = ''] = tagPattern.exec(text) ?? []
    // A line of free text may begin like a tag (`:12:11`, a time that was wrapped); only known tags begin a field there.
    if (tag !== undefined && (knownTags.has(tag) || this.open?.tag !== '86')) {
      this.closeField()
      this.open = { tag, line: this.line, lastLine: this.line, lines: [value], rawLines: [text], length: text.length }
      return
    }
    if (this.open === null) {
      if (!envelopePattern.test(text)) throw new FileFault('statement_invalid', `line ${this.line} stands outside of any field`, { line: this.line, raw: text.slice(0, 100) })
      return
    }
    this.open.lines.push(text)
    this.open.rawLines.push(text)
    if (text.trim() !== '') this.open.lastLine = this.line
    this.open.length += text.length
    if (this.open.length > maximumFieldBytes) throw new FileFault('statement_invalid', `the field ${this.open.tag} on line ${this.open.line} is longer than ${maximumFieldBytes} characters`, { line: this.open.line })
  }

  private closeField(): void {
    const { open } = this
    if (open === null) return
    const { tag, line, lastLine, lines, rawLines } = open
    this.open = null
    this.pieces.push({ tag, value: lines.join('\n').trimEnd(), line, lastLine, raw: rawLines.join('\n').trimEnd() })
  }
}
