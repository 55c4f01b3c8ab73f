/** What a statement of an account becomes when it is read as one: rows of the kind `account_statement`, and how to tell whose account it is. */
import { amountOf, labelledIn, shortened } from './payment-row.ts'

/** The columns that a statement in a message can fill, in the order in which they are written. */
export const statementColumns = [
  'account_number',
  'statement_number',
  'entry_date',
  'value_date',
  'entry_kind',
  'amount',
  'currency',
  'entry_type',
  'end_to_end_id',
  'entry_reference',
  'scheme',
  'benefit_period',
  'counterparty_account',
  'counterparty_name',
  'entry_text',
] as const

/** One row as text; what the statement does not say is absent. */
export type StatementRow = Partial<Record<(typeof statementColumns)[number], string>>

/** What was read of a balance or an entry, as written. */
export interface WrittenEntry {
  readonly account: string
  readonly number: string
  readonly kind: 'opening' | 'credit' | 'debit' | 'closing'
  readonly date: string
  readonly valueDate?: string
  /** With a point; a balance may have a minus. */
  readonly amount: string
  readonly currency: string
  readonly type?: 'return' | 'charge' | 'interest' | ''
  readonly endToEndId?: string
  readonly reference?: string
  readonly counterparty?: string
  readonly counterpartyName?: string
  readonly text?: string
}

/** The row of a balance or an entry. An account of another form than ours is no account of anybody known, and is left out. */
export function statementRow(entry: WrittenEntry): StatementRow {
  const { text = '', counterparty = '', endToEndId = '' } = entry
  const labelled = labelledIn(text)
  const row: StatementRow = {
    account_number: entry.account.trim(),
    statement_number: entry.number.trim(),
    entry_date: entry.date.slice(0, 10),
    value_date: (entry.valueDate ?? '').slice(0, 10),
    entry_kind: entry.kind,
    amount: entry.amount.startsWith('-') ? `-${amountOf(entry.amount.slice(1))}` : amountOf(entry.amount),
    currency: entry.currency,
    entry_type: entry.type ?? '',
    end_to_end_id: isReference(endToEndId) ? endToEndId.trim() : '',
    entry_reference: isReference(entry.reference ?? '') ? (entry.reference ?? '').trim().slice(0, 100) : '',
    scheme: labelled.scheme ?? '',
    benefit_period: labelled.benefit_period ?? '',
    counterparty_account: isAccount(counterparty) ? counterparty.trim() : '',
    counterparty_name: shortened(entry.counterpartyName ?? '', 300),
    entry_text: shortened(text),
  }
  return row
}

function isReference(text: string): boolean {
  return text.trim() !== '' && text.trim().length <= 100 && !/^(?:NONREF|NOTPROVIDED)$/i.test(text.trim())
}

function isAccount(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9 -]*[A-Za-z0-9]$/.test(text.trim()) && /^[A-Za-z0-9]{4,34}$/.test(text.replace(/[ -]/g, ''))
}

/** Knows the accounts that payment organisations keep for the programme; a statement of one of them is taken for what it is. */
export type OwnAccounts = (account: string) => boolean

/** Whether a file with these first bytes is to be read as a statement: when somebody says so, or when its account is an organisation's own. Never guessed otherwise. */
export function isOwnStatement(accounts: readonly string[], kind: string | undefined, isOwn: OwnAccounts | undefined): boolean {
  if (kind !== undefined) return kind === 'account_statement'
  return isOwn !== undefined && accounts.length > 0 && accounts.every((account) => isOwn(account.replace(/[ -]/g, '')))
}
