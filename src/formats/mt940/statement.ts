/** Fields of MT940 and MT942 to statements and their entries, everything as text; what cannot be read is kept as written and named. */
import { daysInMonth } from '../../core/index.ts'
import { ExactTotal } from '../exact-total.ts'
import { maximumFieldBytes } from '../limits.ts'
import type { StatementField, StatementPiece } from './fields.ts'

/** A balance. */
export interface Balance {
  /** `F` the first or last of the statement, `M` between two pages; empty for others. */
  readonly page: string
  readonly side: 'C' | 'D'
  /** `YYYY-MM-DD`; null when it is no day. */
  readonly date: string | null
  readonly currency: string
  /** With a point. */
  readonly amount: string
  readonly line: number
}

/** How many entries of one side there are, and their sum (MT942). */
export interface EntrySum {
  readonly count: string
  readonly currency: string
  readonly amount: string
  readonly line: number
}

/** One entry (`:61:` with its `:86:`). */
export interface StatementEntry {
  readonly line: number
  /** Null when it is no day (30 February); `writtenValueDate` has the digits. */
  readonly valueDate: string | null
  readonly writtenValueDate: string
  /** Null where none is stated, or it is no day. */
  readonly entryDate: string | null
  /** `C`, `D`, their reversals `RC`, `RD`, and what is expected, `EC`, `ED`. */
  readonly mark: 'C' | 'D' | 'RC' | 'RD' | 'EC' | 'ED'
  /** The third letter of the currency, where the bank gives it. */
  readonly fundsCode: string
  /** With a point. */
  readonly amount: string
  /** `NTRF`; empty where none is given. */
  readonly type: string
  readonly customerReference: string
  readonly bankReference: string
  readonly supplementary: string
  /** What `:86:` (and `:NS:`) says, lines joined by `\n`. */
  details: string
  raw: string
}

/** One statement: a message, or one page of it. Strings are as written; null is not stated. */
export interface Statement {
  readonly line: number
  reference: string | null
  relatedReference: string | null
  account: string | null
  number: string | null
  sequence: string | null
  opening: Balance | null
  closing: Balance | null
  available: Balance | null
  readonly forward: Balance[]
  /** Floor limits (MT942) and when it was made. */
  readonly floors: { readonly currency: string; readonly side: string; readonly amount: string }[]
  dateTime: string | null
  sumDebits: EntrySum | null
  sumCredits: EntrySum | null
  /** What `:86:` says of the statement as a whole. */
  information: string | null
  readonly debits: ExactTotal
  readonly credits: ExactTotal
  /** What is wrong with it, by line. */
  readonly faults: { readonly line: number; readonly detail: string; readonly raw: string }[]
}

/** What the reader gives out, in order. */
export type StatementEvent = { readonly kind: 'entry'; readonly statement: Statement; readonly entry: StatementEntry } | { readonly kind: 'end'; readonly statement: Statement }

// Of what a statement may repeat; more says nothing more.
const most = 100
const balancePattern = /^([CD])(\d{6})([A-Z]{3})(\d{1,18}(?:,\d{0,10})?)$/
const entryPattern = /^(\d{6})(\d{4})?(R[CD]|E[CD]|[CD])([A-Z])?\s?(\d{1,18}(?:,\d{0,10})?)([A-Z][A-Z0-9]{3})?([^\n]*)(?:\n([\s\S]*))?$/
const sumPattern = /^(\d{1,9})([A-Z]{3})(\d{1,18}(?:,\d{0,10})?)$/
const floorPattern = /^([A-Z]{3})([CD ]?)(\d{1,18}(?:,\d{0,10})?)$/
const numberPattern = /^(\d{1,18})(?:\/(\d{1,5}))?$/

export class StatementReader {
  private statement: Statement | null = null
  private entry: StatementEntry | null = null
  private events: StatementEvent[] = []

  /** What ends with these pieces. */
  take(pieces: readonly StatementPiece[]): StatementEvent[] {
    for (const piece of pieces) {
      if (piece === 'end') this.endStatement()
      else this.takeField(piece)
    }
    return this.given()
  }

  finish(): StatementEvent[] {
    this.endStatement()
    return this.given()
  }

  private given(): StatementEvent[] {
    const { events } = this
    this.events = []
    return events
  }

  private takeField(field: StatementField): void {
    const { tag, value, line } = field
    if (tag === '20') this.endStatement()
    this.statement ??= newStatement(line)
    const { statement } = this
    if (tag === '86' || tag === 'NS') {
      this.takeDetails(field)
      return
    }
    this.endEntry()
    switch (tag) {
      case '20': statement.reference = value; break
      case '21': statement.relatedReference = value; break
      case '25': case '25P': this.once(field, statement.account, () => { statement.account = value }); break
      case '28': case '28C': this.once(field, statement.number, () => { this.takeNumber(field) }); break
      case '60F': case '60M': this.once(field, statement.opening, () => { statement.opening = this.balanceOf(field) }); break
      case '62F': case '62M': this.once(field, statement.closing, () => { statement.closing = this.balanceOf(field) }); break
      case '64': this.once(field, statement.available, () => { statement.available = this.balanceOf(field) }); break
      case '65': { const forward = this.balanceOf(field); if (forward !== null && statement.forward.length < most) statement.forward.push(forward); break }
      case '61': this.takeEntry(field); break
      case '13': case '13D': statement.dateTime = value; break
      case '34F': this.takeFloor(field); break
      case '90D': statement.sumDebits = this.sumOf(field); break
      case '90C': statement.sumCredits = this.sumOf(field); break
      default: this.fault(field, `the field ${tag} is unknown`)
    }
  }

  /** A field that a statement has once: which of two is meant is not guessed. */
  private once(field: StatementField, before: unknown, take: () => void): void {
    if (before === null) take()
    else this.fault(field, 'it stands twice in one statement')
  }

  private takeNumber(field: StatementField): void {
    const [, number, sequence] = numberPattern.exec(field.value) ?? []
    if (number === undefined) this.fault(field, 'the statement number cannot be read')
    else if (this.statement !== null) [this.statement.number, this.statement.sequence] = [number, sequence ?? null]
  }

  private takeFloor(field: StatementField): void {
    const [, currency, side = '', amount = ''] = floorPattern.exec(field.value) ?? []
    if (currency === undefined) this.fault(field, 'the floor limit cannot be read')
    else if (this.statement !== null && this.statement.floors.length < most) this.statement.floors.push({ currency, side: side.trim(), amount: withPoint(amount) })
  }

  private balanceOf(field: StatementField): Balance | null {
    const [, side, digits = '', currency = '', amount = ''] = balancePattern.exec(field.value) ?? []
    if (side === undefined) {
      this.fault(field, 'the balance cannot be read')
      return null
    }
    const date = dayOf(digits)
    if (date === null) this.fault(field, 'the day of the balance never was')
    return { page: field.tag.slice(2), side: side as 'C' | 'D', date, currency, amount: withPoint(amount), line: field.line }
  }

  private sumOf(field: StatementField): EntrySum | null {
    const [, count, currency = '', amount = ''] = sumPattern.exec(field.value) ?? []
    if (count !== undefined) return { count, currency, amount: withPoint(amount), line: field.line }
    this.fault(field, 'the number and sum of entries cannot be read')
    return null
  }

  private takeEntry(field: StatementField): void {
    const parts = entryPattern.exec(field.value)
    if (parts === null) {
      this.fault(field, 'the entry cannot be read')
      return
    }
    const [, valueDigits = '', entryDigits, mark = '', fundsCode = '', amount = '', type = '', rest = '', more = ''] = parts
    const [customer, bank] = splitAt(rest, '//')
    const valueDate = dayOf(valueDigits)
    this.entry = {
      line: field.line,
      valueDate,
      writtenValueDate: valueDigits,
      entryDate: entryDigits === undefined ? null : entryDayOf(entryDigits, valueDigits),
      mark: mark as StatementEntry['mark'],
      fundsCode,
      amount: withPoint(amount),
      type,
      // Some banks write their supplementary details right behind the 16 characters of the reference.
      customerReference: customer.slice(0, 16).trim(),
      bankReference: bank.trim(),
      supplementary: [customer.slice(16).trim(), more.trim()].filter((text) => text !== '').join('\n'),
      details: '',
      raw: field.raw,
    }
    const isDebit = mark === 'D' || mark === 'RC'
    if (mark.startsWith('E') || this.statement === null) return
    const total = isDebit ? this.statement.debits : this.statement.credits
    total.add(this.entry.amount)
  }

  /** `:86:` belongs to the entry before it, or, after the closing balance, to the statement. */
  private takeDetails(field: StatementField): void {
    const { statement, entry } = this
    const { value, raw } = field
    if (value.length + (entry?.details ?? statement?.information ?? '').length > maximumFieldBytes) {
      this.fault(field, 'there is too much text beside one entry')
      return
    }
    if (entry !== null) {
      entry.details = entry.details === '' ? value : `${entry.details}\n${value}`
      entry.raw += `\n${raw}`
    } else if (statement !== null) statement.information = statement.information === null ? value : `${statement.information}\n${value}`
  }

  private endEntry(): void {
    const { statement, entry } = this
    this.entry = null
    if (statement !== null && entry !== null) this.events.push({ kind: 'entry', statement, entry })
  }

  private endStatement(): void {
    this.endEntry()
    const { statement } = this
    this.statement = null
    if (statement !== null) this.events.push({ kind: 'end', statement })
  }

  private fault({ tag, line, value }: StatementField, detail: string): void {
    // One is enough to refuse the file.
    if (this.statement !== null && this.statement.faults.length < 100) this.statement.faults.push({ line, detail: `line ${line}, field ${tag}: ${detail}`, raw: value.slice(0, 100) })
  }
}

function newStatement(line: number): Statement {
  return {
    line, reference: null, relatedReference: null, account: null, number: null, sequence: null, opening: null, closing: null, available: null, forward: [], floors: [],
    dateTime: null, sumDebits: null, sumCredits: null, information: null, debits: new ExactTotal(), credits: new ExactTotal(), faults: [],
  }
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)]
}

function withPoint(amount: string): string {
  const [whole = '', fraction = ''] = amount.split(',')
  const units = whole.replace(/^0+(?=\d)/, '')
  return fraction === '' ? units : `${units}.${fraction}`
}

/** `YYMMDD` as a day of this century (of the last one from 80 on); null when it never was. */
export function dayOf(digits: string): string | null {
  const year = parseInt(digits.slice(0, 2), 10)
  return checkedDay((year >= 80 ? 1900 : 2000) + year, digits.slice(2, 4), digits.slice(4, 6))
}

/** An entry's `MMDD` in the year that brings it nearest to its value date `YYMMDD`: entries of January may have a value date in December. */
function entryDayOf(digits: string, valueDigits: string): string | null {
  const short = parseInt(valueDigits.slice(0, 2), 10)
  const year = (short >= 80 ? 1900 : 2000) + short
  const difference = parseInt(digits.slice(0, 2), 10) - parseInt(valueDigits.slice(2, 4), 10)
  return checkedDay(difference > 6 ? year - 1 : difference < -6 ? year + 1 : year, digits.slice(0, 2), digits.slice(2, 4))
}

function checkedDay(year: number, month: string, day: string): string | null {
  const [inYear, inMonth] = [parseInt(month, 10), parseInt(day, 10)]
  if (!(inYear >= 1 && inYear <= 12) || !(inMonth >= 1 && inMonth <= daysInMonth(year, inYear))) return null
  return `${year}-${month}-${day}`
}
