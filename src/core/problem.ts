/** What can be wrong with data (a problem) and with a request (a refusal): two different things, with two different answers. */

/**
 * Why one value, or one line, could not be taken. Stored and shown with file, line, column and raw text; the line is
 * then not among the facts, and every other line stands.
 */
export const problemCodes = [
  'value_missing', // a required column is empty
  'value_too_long',
  'text_invalid', // control characters, or the sign that stands for a lost letter
  'code_unknown', // not one of the words that the column knows
  'number_invalid', // no plain number, or outside what the column allows
  'amount_invalid', // 1.350.000, 1e5, 0x10, NaN, 1,5: more than one reading, or none
  'amount_too_large', // more than 15 digits before the point
  'amount_has_fraction', // finer than the currency's minor unit
  'amount_not_positive',
  'currency_mismatch', // another currency than the scheme's (D2)
  'date_invalid', // not a date, or one that never was
  'instant_invalid',
  'period_invalid',
  'identifier_invalid', // not 12 or 9 digits
  'identifier_lost_zeros', // 8, 10 or 11 digits: a spreadsheet ate leading zeros; the suggestion says which number it may have been
  'account_invalid',
  'account_scientific', // 1.23457E+11: digits are lost for good
  'agent_invalid', // not a 6-digit BIN
  'agent_foreign', // a bank speaks of another bank's account
  'unknown_scheme',
  'origin_period_missing', // a carried-over line that does not say from where (D18)
  'status_date_missing', // an instant that the transaction status requires
  'return_exceeds_credit',
  'field_count', // more or fewer fields than the header has
  'reason_unknown', // a reason text that the sender's profile does not map to a code
  'formula_cell', // a cell of a workbook that is a formula: its value depends on who opens it
  'cell_error', // #REF!, #N/A: the spreadsheet itself could not say
  'cell_unreadable', // a cell that points at nothing, or is of a type that does not exist
  'digits_lost', // an id, account or reference as a number of more than 15 digits: a spreadsheet keeps no more
  'quote_misplaced', // a quote inside a value, or text after a closing quote
] as const

/** One of `problemCodes`. */
export type ProblemCode = (typeof problemCodes)[number]

/** One value that could not be taken, where it stands and what was written there. */
export interface Problem {
  /** The physical line in the file, 1 is the first. */
  readonly line: number
  /** The canonical column name; null when the whole line is meant. */
  readonly column: string | null
  readonly code: ProblemCode
  /** The text as it stands in the file; null when nothing stands there. */
  readonly raw: string | null
  /** What was probably meant, for a person to decide; never applied. Null when nothing can be said. */
  readonly suggestion: string | null
}

/** Why a whole file is refused: its container, encoding, structure or control totals are in doubt, and no row of it is stored. */
export const fileRefusalCodes = [
  'file_unreadable', // it is not there, or may not be read
  'file_empty', // no byte, or no line under the header
  'file_truncated', // it ends in the middle of its last line
  'format_unknown', // nothing that is read here: a PDF, a picture, an old workbook …
  'file_damaged', // a workbook whose zip file or XML is in disorder, or was cut off
  'file_too_large', // beyond what is read here, or a bomb
  'sheet_hidden', // the only table of a workbook is on a hidden sheet
  'sheets_differ', // two sheets of a workbook hold tables that do not go together
  'encoding_unknown', // neither UTF-8 nor, for certain, another encoding
  'header_missing', // no line of the first 50 is a header
  'kind_unknown', // the header fits no kind, or no kind has the name that was given
  'kind_not_allowed', // a bank hands in what is not a bank's to say: a list, a register, a rate
  'profile_unknown', // the mapping profile by which it was to be read is not there
  'kind_ambiguous', // the header fits several kinds equally well
  'column_missing',
  'column_doubled',
  'quote_unbalanced', // a quote that is never closed, or closes where it cannot
  'line_too_long',
  'too_many_columns',
  'xml_invalid', // not well-formed
  'xml_doctype', // a document type declaration
  'xml_limits', // deeper, larger or longer than any message is
  'message_unknown', // a message, or a version of one, that is not read here
  'message_empty', // speaks of a whole message without naming its payments
  'statement_invalid', // a bank statement (MT940, MT942) whose fields are missing or cannot be read
  'balance_mismatch', // opening balance and entries do not come to the closing balance
  'statement_conflict', // another file holds a statement of that account and number, and says otherwise
  'control_count_mismatch',
  'control_sum_mismatch',
  'key_collision', // two different texts with one key (never seen)
] as const

/** One of `fileRefusalCodes`. */
export type FileRefusalCode = (typeof fileRefusalCodes)[number]

/** Why a file was refused, and where. */
export interface FileRefusal {
  readonly code: FileRefusalCode
  /** The physical line, 1 is the first; null when no line is meant. */
  readonly line: number | null
  /** The canonical column; null when none is meant. */
  readonly column: string | null
  /** What was found there; null when nothing can be shown. */
  readonly raw: string | null
  /** One English sentence for the log and the command; pages take theirs from problem-texts.ts. */
  readonly detail: string
  /** What was declared and what the lines say, where the refusal is about control totals; null: not declared, or not known. */
  readonly control?: ControlTotals
}

/** Control totals as declared beside what the data lines come to; amounts and counts as text. */
export interface ControlTotals {
  readonly declared_count: string | null
  readonly counted_count: string
  readonly declared_amount: string | null
  readonly counted_amount: string | null
}

/** What a log keeps of an error: never its message, which may quote a person's data. */
export interface Trace {
  readonly name: string
  /** The driver's or the system's; undefined: it has none. */
  readonly code: unknown
  /** Where it was thrown, the innermost first. */
  readonly where: readonly string[] | undefined
}

/** Of an error what may be written down. */
export function traceOf(error: Error): Trace {
  const { name, code, stack } = error as Error & { readonly code?: unknown }
  return { name, code, where: stack?.split('\n').filter((line) => line.startsWith('    at ')).map((line) => line.trim()) }
}

/** What the process ends with; other programs rely on these numbers. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  fileRefused: 4,
  notAllowed: 5,
  tryAgain: 75,
  interrupted: 130,
} as const

/** Why a request cannot be done; each kind has one exit code and one HTTP status, here and nowhere else. */
export const refusalKinds = {
  /** The request itself cannot be understood. */
  usage: { exitCode: exitCodes.usage, status: 400 },
  /** A whole file is refused: container, encoding, structure or control totals are in doubt. */
  fileRefused: { exitCode: exitCodes.fileRefused, status: 422 },
  /** Not this user, or not by the same person twice. */
  notAllowed: { exitCode: exitCodes.notAllowed, status: 403 },
  /** There is no such thing, or it is not yours. */
  notFound: { exitCode: exitCodes.failure, status: 404 },
  /** It is in another state than the request supposes. */
  conflict: { exitCode: exitCodes.failure, status: 409 },
  /** More than one sender may ask for at once or in an hour; later it works again. */
  tooMany: { exitCode: exitCodes.tryAgain, status: 429 },
  /** Larger than what is taken. */
  tooLarge: { exitCode: exitCodes.usage, status: 413 },
  /** Busy or not reachable just now; the same request may work later. */
  tryAgain: { exitCode: exitCodes.tryAgain, status: 503 },
  /** What must always hold does not; nothing was changed. */
  failure: { exitCode: exitCodes.failure, status: 500 },
  /** This installation lacks something; the message says what to do. */
  installation: { exitCode: exitCodes.failure, status: 503 },
} as const

export type RefusalKind = keyof typeof refusalKinds

/**
 * A request that cannot be done, said in words for the person who asked. Thrown where it is found and turned into an
 * exit code or an HTTP status at the edges; anything else that is thrown is a bug or an outage.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind
  /** Stable, for programs: `header_column_missing`, `control_sum_mismatch`, … */
  readonly code: string
  /** Where and what, for programs: line, column, raw, … Never names or numbers of people. */
  readonly details: Readonly<Record<string, string | number | null>>

  constructor(kind: RefusalKind, code: string, message: string, details: Readonly<Record<string, string | number | null>> = {}) {
    super(message)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.details = details
  }

  /** What the command ends with. */
  get exitCode(): number {
    return refusalKinds[this.kind].exitCode
  }

  /** What the HTTP answer says. */
  get status(): number {
    return refusalKinds[this.kind].status
  }
}
