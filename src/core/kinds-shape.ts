/** The words in which the kinds of files are described: kind, column, type, rule; and how two words are compared. */

/** How a value is written, and what it becomes. */
export type ColumnType =
  | 'scheme' // the code of a scheme that is known → scheme_id
  | 'new_scheme' // the code of a scheme, known or new → scheme_id
  | 'period' // YYYY-MM or MM/YYYY → year × 100 + month
  | 'person' // 12 or 9 digits → person_key
  | 'party' // a person, or the code of an organisation → person_key
  | 'agent' // 6-digit BIN → integer
  | 'account' // 4–34 letters or digits → account_key, and the bucket of agent and account for rows that name nobody
  | 'reference' // end_to_end_id → reference_key, text; NOTPROVIDED and NONREF are none
  | 'text'
  | 'word' // one of a fixed list → the enum's label
  | 'flag' // yes or no → boolean
  | 'date' // YYYY-MM-DD or DD/MM/YYYY
  | 'birth' // a date or a year alone → date, year
  | 'instant' // ISO 8601 or a date → timestamptz, and its local day
  | 'amount' // positive money in the row's currency
  | 'balance' // money in the row's currency, zero and negative too
  | 'decimal' // plain digits with an optional fraction
  | 'whole' // a whole number between limits
  | 'currency' // three capital letters

/** One column of a file. */
export interface Column {
  /** The canonical name, the same in files, problems and documentation. */
  readonly name: string
  readonly type: ColumnType
  readonly isRequired?: true
  /** What an empty value means, as it would be written; absent: an empty value is null. */
  readonly default?: string
  /** For `word`: each label with the other ways to write it; compared without case, accents and punctuation. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  /** For `whole` and `decimal`: the smallest and the largest value. */
  readonly minimum?: number
  readonly maximum?: number
  /** For `text` and `reference`: how many characters at most. */
  readonly maximumLength?: number
  /** Other headers, Vietnamese and English; compared without case, accents and punctuation. */
  readonly headers: readonly string[]
  /** The columns of the table it fills, in the order its type gives them; none: it stays in the file only. */
  readonly into: readonly string[]
}

/** One kind of file. */
export interface Kind {
  readonly name: string
  readonly group: 'fact' | 'reference'
  /** The table its accepted rows go into. */
  readonly table: string
  readonly columns: readonly Column[]
  /** The column whose sum a control total states. */
  readonly sumColumn?: string
  /** Rules across the columns of one row, by name; the row checks know them. */
  readonly rules: readonly RowRule[]
  /** `never`: the same content again in one file is a repeat; `always` and `without_reference`: it is a true twin (D20). */
  readonly twins: 'never' | 'always' | 'without_reference'
  /** A column of few values in one file, mostly others than in the files before: a month, a report's day. Files that share none of them repeat nothing. */
  readonly stampColumn?: string
  /** Columns of the table that are never null and tell most rows apart; equal content is looked for among equal ones. */
  readonly lookup: readonly string[]
  /** More such columns that may be null, with a value that stands for null when they are compared. */
  readonly nullableLookup?: Readonly<Record<string, string>>
}

/** A rule across the columns of one row. */
export type RowRule =
  | 'scheme_currency' // the currency is the scheme's (D2)
  | 'origin_period' // a carried-over line names its origin (D18); only it and arrears have one
  | 'status_dates' // the instants that the status needs, and a return no larger than its credit (D4)
  | 'statement_sides' // an entry of a statement moves money: only its balances may be zero or below
  | 'exempt_evidence' // a visit that calls somebody exempt names the rule or the paper

/**
 * A word as it is compared: lower case, without accents, đ as d, everything that is no letter or digit as one blank.
 * `Số tiền (đồng)` and `so_tien dong` become the same.
 */
export function foldWord(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[đðɖ]/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** A header as it is compared: `foldWord` without its blanks, so that `Số tài khoản`, `so_tai_khoan` and `SoTaiKhoan` are one. */
export function foldHeader(text: string): string {
  return foldWord(text).replaceAll(' ', '')
}

// What officers put in brackets behind a header and what changes nothing. Thousands and millions do, so they are not here.
const amountNotes = ['đồng', 'đ', 'vnđ', 'vnd', 'đơn vị đồng', 'đvt đồng']
const dayNotes = ['dd mm yyyy', 'yyyy mm dd', 'ngày tháng năm', 'ngày/tháng/năm']
const notesOf: Partial<Record<ColumnType, readonly string[]>> = { amount: amountNotes, balance: amountNotes, date: dayNotes, birth: dayNotes, instant: dayNotes }

/** Every way in which a header may name a column beside its canonical name, as `foldHeader` gives it; a unit or a form of dates may follow. */
export function headerForms(column: Column): string[] {
  const notes = notesOf[column.type] ?? []
  const written = [column.name, ...column.headers].map(foldHeader)
  return [...written, ...written.flatMap((word) => notes.map((note) => word + foldHeader(note)))]
}
