/** What every reader of a format other than CSV in UTF-8 gives: the same rows as CSV in UTF-8, and where each came from. */
import type { ProblemCode, Profile } from '../core/index.ts'
import type { BankCodes, NoPayment } from './payment-row.ts'
import type { OwnAccounts } from './statement-row.ts'

/** A file that is to be read: its first bytes decide what it is, never its name. */
export interface SourceFile {
  /** Where its bytes are; they do not change while they are read. */
  readonly path: string
  /** The first bytes, as many as `headBytes` or all of a smaller file. */
  readonly head: Uint8Array
  /** How many bytes there are. */
  readonly size: number
  /** Its text as UTF-8, for a format of plain text in another encoding; absent: its bytes are taken as they are. */
  readonly text?: { readonly encoding: string; readonly pieces: () => Promise<AsyncIterable<Uint8Array>> }
}

/** What the sender or the person at the keyboard says about a file. */
export interface TranslationOptions {
  /** One of `encodingNames`; absent: recognised. */
  readonly encoding?: string
  /** The kind of file; absent: told from its header. */
  readonly kind?: string
  /** What turns SWIFT and CITAD codes in messages into BINs; absent: nothing does. */
  readonly banks?: BankCodes
  /** Which accounts payment organisations keep for the programme; absent: none is known. */
  readonly ownAccounts?: OwnAccounts
  /** The profile by which the file will be read: its headers are the sender's, not ours. */
  readonly profile?: Profile
}

/**
 * A file on its way into the one path that takes CSV in UTF-8.
 *
 * `pieces` are bytes of CSV in UTF-8: comma, values in quotes where needed, one header line that names the columns. They
 * may be cut anywhere. A piece may be overwritten once the next one is asked for. Ending the generator early (`return`)
 * closes whatever it has open.
 *
 * @throws FileFault from `pieces` when the file is in doubt as a whole
 */
export interface Translation {
  /** What was taken: `csv`, `xlsx`, `pain.001.001.09`, `mt940`; stored with the file and said in its receipt. */
  readonly format: string
  /** The encoding of the file's text, one of `encodingNames`. */
  readonly encoding: string
  /**
   * True when the values come out of a structure of their own (cells, elements): quotes and line breaks in the CSV are
   * then ours, and a value that goes over several lines is no slip. False for text that was only decoded: its lines are
   * the file's lines, and its delimiter the file's.
   */
  readonly isStructured: boolean
  /**
   * True when every line is data unless its remark says otherwise: messages have no titles, totals or signatures, and a
   * payment whose name reads like one stays a payment.
   */
  readonly isMarked?: true
  /** Where each line of the CSV stands in the sender's file; null when physical lines are the same in both. */
  readonly notes: LineNotes | null
  readonly pieces: AsyncGenerator<Uint8Array, void>
  /** What the file is made of: sheets, batches. Whole once `pieces` has ended; empty when it has no parts. */
  readonly parts: () => readonly FilePart[]
  /** How the line with a sender's number stands in the file, where its line of CSV would not show that; null when there is none. @throws FileFault */
  readonly sourceOf?: (number: number) => Promise<string | null>
}

/** A part of a file that people know by a name: a sheet of a workbook. */
export interface FilePart {
  readonly name: string
  /** `taken`; or why its lines are not among the rows: `hidden`, `other` (no such table), `empty`. */
  readonly status: 'taken' | 'hidden' | 'other' | 'empty'
  /** The line numbers, as stored, of its first and last line; null when none was taken. */
  readonly first_line: number | null
  readonly last_line: number | null
  /** What a person sees beside the line numbered `first_line`: the row of the sheet. */
  readonly first_number: number | null
  /** Rows that are taken although the sheet does not show them. */
  readonly hidden_rows: number
}

/** What a reader knows of a cell that its text does not say, for example that it is a formula. */
export interface CellFault {
  /** The place of the cell in its line, 0 is the first; −1: the line as a whole, whose other faults then say nothing. */
  readonly field: number
  readonly code: ProblemCode
  /** What stands in the cell. */
  readonly raw: string
  /** What may have been meant; null when nothing can be said. */
  readonly suggestion: string | null
}

/** What a reader knows of a line. */
export interface LineRemark {
  /** Why the line is no data, where the reader knows it. */
  readonly aside?: 'title' | 'header' | NoPayment
  /** True for the first line of a part (a sheet): what a total, a signature or a group means ends there. */
  readonly beginsPart?: boolean
  readonly faults?: readonly CellFault[]
  /** The cells as the sender wrote them, where the line holds them in our forms: what a problem quotes. */
  readonly written?: readonly string[]
}

/**
 * The sender's number of each line of the CSV, and what else is known of it; asked for in the order of the lines.
 *
 * A number is what a sender would count: the row of the sheet, the n-th transaction. Numbers are never used twice in one
 * file: of a workbook's second sheet they begin beyond those of the first (`FilePart` says where).
 */
export class LineNotes {
  // A run of lines whose numbers go up by one each: where it begins, and with what number.
  private readonly lines: number[] = []
  private readonly numbers: number[] = []
  private readonly remarks = new Map<number, LineRemark>()

  /** Says that line `line` of the CSV is the sender's `number`; in the order of the lines, before the line is read. */
  add(line: number, number: number, remark?: LineRemark): void {
    const last = this.lines.length - 1
    if (last < 0 || (this.numbers[last] as number) + line - (this.lines[last] as number) !== number) {
      this.lines.push(line)
      this.numbers.push(number)
    }
    if (remark !== undefined) this.remarks.set(line, remark)
  }

  /** The sender's number of a line of the CSV; lines before the last one asked for are forgotten. */
  numberOf(line: number): number {
    const { lines, numbers } = this
    let run = 0
    while (run + 1 < lines.length && (lines[run + 1] as number) <= line) run += 1
    if (run > 0) {
      lines.splice(0, run)
      numbers.splice(0, run)
    }
    return (numbers[0] ?? 1) + line - (lines[0] ?? 1)
  }

  /** What is known of a line of the CSV; once. */
  take(line: number): LineRemark | null {
    if (this.remarks.size === 0) return null
    const remark = this.remarks.get(line)
    if (remark === undefined) return null
    this.remarks.delete(line)
    return remark
  }
}
