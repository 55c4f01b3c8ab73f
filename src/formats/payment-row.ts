/** What every payment message becomes: rows of the kind `disbursement`, each with its place in the sender's file. */
import { unitsOfDecimal, decimalOfUnits } from './exact-total.ts'

/** The columns that a payment message can fill, in the order in which they are written. */
export const paymentColumns = [
  'end_to_end_id',
  'scheme',
  'benefit_period',
  'beneficiary_id',
  'creditor_agent',
  'creditor_account',
  'creditor_name',
  'instructed_amount',
  'currency',
  'instructed_at',
  'transaction_status',
  'credited_at',
  'returned_at',
  'returned_amount',
  'return_reason_code',
  'reason_text',
  'bank_reference',
] as const

/** One row as text; what the message does not say is absent. Values that cannot be read stay as written, so that the row checks tell of them. */
export type PaymentRow = Partial<Record<(typeof paymentColumns)[number], string>>

/** Why a transaction of a statement is no payment to a beneficiary. */
export type NoPayment =
  | 'incoming' // money that came in, and is not one of our payments coming back
  | 'income_returned' // money that had come in and went back
  | 'charge' // a fee or interest of the bank
  | 'information' // told for information; nothing was or will be booked

/** One transaction of a message. */
export interface PaymentLine {
  /** The number by which a person finds it: the n-th transaction of an XML file (1 is the first), the physical line of an MT940 file. */
  readonly line: number
  /** Where it stands, in the words of its format: `Stmt[1]/Ntry[3]/NtryDtls[1]/TxDtls[2]`, `:61: line 17`. */
  readonly place: string
  /** Null for a transaction that is no payment of ours; `reason` says why. */
  readonly row: Readonly<Partial<Record<string, string>>> | null
  readonly reason: NoPayment | null
  /** The transaction as it stands in the file. */
  readonly raw: string
}

/** What turns other names of a bank into its 6-digit BIN; null when no bank, or more than one, has the name. */
export interface BankCodes {
  /** By the 8 first characters of its SWIFT code (BIC). */
  bySwift(bic: string): string | null
  /** By the three digits of a CITAD code that name the institution. */
  byCitad(institution: string): string | null
}

/** Knows no bank: every name but a BIN stays as it is written. */
export const noBankCodes: BankCodes = { bySwift: () => null, byCitad: () => null }

/**
 * The bank as the contract names it: a 6-digit BIN. A CITAD code (8 digits) or a SWIFT code is turned into the BIN when
 * exactly one bank of the reference data has it; otherwise the first name stays as written, which the row checks refuse.
 */
export function agentOf(names: readonly string[], banks: BankCodes): string {
  const written = names.map((name) => name.trim()).filter((name) => name !== '')
  const bin = written.find((name) => /^\d{6}$/.test(name))
  if (bin !== undefined) return bin
  for (const name of written) {
    const found = /^\d{8}$/.test(name) ? banks.byCitad(name.slice(2, 5)) : /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(name) ? banks.bySwift(name.slice(0, 8)) : null
    if (found !== null) return found
  }
  return written[0] ?? ''
}

/**
 * A decimal whose format leaves no doubt (a point, or in MT940 a comma already turned into one), as the row checks read
 * amounts: plain digits, or two after the point. More than two, a sign, or anything else stays as written.
 */
export function amountOf(text: string): string {
  if (!/^\d+(?:\.\d*)?$|^\.\d+$/.test(text)) return text
  const units = unitsOfDecimal(text)
  if (units === null) return text
  const [whole = '', fraction = ''] = decimalOfUnits(units).split('.')
  return fraction === '' ? whole : `${whole}.${fraction.padEnd(2, '0')}`
}

/** What a remittance text says of scheme, month and person, by its labels: `/SCHM/BTXH/PERD/2026-10/BNFI/001087123456`. */
export function labelledIn(text: string): PaymentRow {
  const value = (label: string): string => new RegExp(`(?:^|[/\\s])${label}/([^/\\s]{1,50})`).exec(text)?.[1] ?? ''
  return stated({ scheme: value('SCHM'), benefit_period: value('PERD'), beneficiary_id: value('BNFI') })
}

/** The row without what is empty. */
export function stated(row: Readonly<Record<string, string>>): PaymentRow {
  const kept: PaymentRow = {}
  for (const column of paymentColumns) {
    const value = row[column]
    if (value !== undefined && value !== '') kept[column] = value
  }
  return kept
}

/** A text for people as it fits its column: blanks in a row as one, cut at `length` characters with `…`; the file keeps all of it. */
export function shortened(text: string, length = 1000): string {
  const even = text.replace(/\s+/g, ' ').trim()
  return even.length <= length ? even : `${even.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
