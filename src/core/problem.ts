/** What can be wrong with data (a problem) and with a request (a refusal): two different things, with two different answers. */

/**
 * Why one value, or one line, could not be taken. Stored and shown with file, line, column and raw text; the line is
 * then not among the facts, and every other line stands.
 */
export const problemCodes = [
  'value_missing', // a required column is empty
  'value_unknown', // not one of the words that the column knows
  'value_too_long',
  'value_unreadable', // a number or another plain value that has no single reading
  'text_invalid', // control characters, or bytes that are no text in the file's encoding
  'field_count_wrong', // more or fewer fields than the header has
  'date_unreadable',
  'date_impossible', // 30 February, month 13
  'instant_unreadable',
  'period_unreadable',
  'period_impossible', // a period that ends before it begins
  'amount_unreadable', // 1.350.000, 1e5, 0x10, NaN: more than one reading, or none
  'amount_too_large', // more than 15 digits before the point
  'amount_has_fraction', // finer than the currency's minor unit
  'amount_not_positive',
  'id_unreadable', // not 12 or 9 digits
  'id_lost_zero', // 10 or 11 digits: a spreadsheet ate the leading zeros; the suggestion says which number it may have been
  'account_unreadable',
  'account_in_scientific_notation', // 1.23457E+11: digits are lost for good
  'agent_unreadable', // not a 6-digit BIN
  'unknown_scheme',
  'currency_unknown',
  'currency_mismatch', // another currency than the scheme's (D2)
  'origin_period_missing', // a carried-over line that does not say from where (D18)
  'instructed_at_missing', // required by the transaction status
  'credited_at_missing',
  'returned_at_missing',
  'return_exceeds_credit',
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
  /** Busy or not reachable just now; the same request may work later. */
  tryAgain: { exitCode: exitCodes.tryAgain, status: 503 },
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
