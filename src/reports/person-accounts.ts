/** Through what one person can be paid: accounts, and who may receive for them. */
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'

/** An account, as lists name it and as its bank last reported it. */
export interface PersonAccount {
  readonly creditor_agent: string | null
  readonly bank_name: string | null
  readonly account_number: string | null
  /** Some list expects the money there. */
  readonly is_listed: boolean
  /** A bank says that it is the beneficiary's own. */
  readonly is_own: boolean
  /** Null: no bank has reported it as theirs. */
  readonly account_status: string | null
  readonly opened_date: string | null
  readonly activated_date: string | null
  readonly closed_date: string | null
  readonly reported_date: string | null
}

/** Somebody who may receive for the beneficiary. */
export interface PersonMandate {
  readonly payee_id: string | null
  readonly payee_name: string
  readonly relation: string
  readonly valid_from: string
  /** Null: without end. */
  readonly valid_to: string | null
  readonly is_expired: boolean
}

/** What a reason of a return asks for. */
export interface ReasonRule {
  /** commune, bank, payer or beneficiary; null: the code says nothing. */
  readonly owner: string | null
  readonly retryable: boolean | null
}

const accountsFile = loadSqlFile(new URL('../../sql/reports/person_accounts.sql', import.meta.url))
const mandatesFile = loadSqlFile(new URL('../../sql/reports/person_mandates.sql', import.meta.url))

/** The accounts of one person, those on lists first. */
export function personAccounts(session: Session, personKey: string): Promise<PersonAccount[]> {
  return rowsOf<PersonAccount>(session, accountsFile, { person_key: personKey })
}

/** Who may receive for one person as of a day, those whose mandate has ended last. */
export function personMandates(session: Session, personKey: string, asOf: string): Promise<PersonMandate[]> {
  return rowsOf<PersonMandate>(session, mandatesFile, { person_key: personKey, as_of: asOf })
}

/** Who acts on a reason code, and whether the same payment may be sent again; null for an unknown code. */
export async function reasonRule(session: Session, code: string): Promise<ReasonRule | null> {
  const [rule] = await session.query<ReasonRule>('select owner, retryable from reason_code where code = $1', [code])
  return rule ?? null
}
