/** Everything that is stored about one person, as one JSON text or as rows for a page: what somebody who asks is given. */
import { identifierOf, keyText, setBucketKey } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'

interface PersonRow {
  readonly table_name: string
  readonly meaning: string | null
  /** As PostgreSQL writes it: amounts keep every digit. */
  readonly row_text: string
}

/**
 * The text, and how many rows are in it; null when nothing names the person. By table: what it holds, and its rows.
 *
 * Of a reader's pages what they may see; of the program all of it, with who looked and why.
 */
export async function personExport(session: Session, personKey: string, at: string): Promise<{ readonly text: string; readonly rowCount: number } | null> {
  await session.query("select set_config('tantay.person', $1, true)", [personKey])
  const rows = await session.query<PersonRow>('select table_name, meaning, row_text from person_rows($1::bigint[])', [[personKey, ...(await keysOfAccounts(session, personKey))]])
  if (rows.length === 0) return null
  const tables = [...Map.groupBy(rows, ({ table_name: name }) => name)].map(([name, held]) => `{"table":${JSON.stringify(name)},"holds":${JSON.stringify(held[0]?.meaning ?? null)},"rows":[\n${held.map(({ row_text: text }) => text).join(',\n')}\n]}`)
  return { text: `{"person":${JSON.stringify(identifierOf(personKey))},"made_at":${JSON.stringify(at)},"tables":[\n${tables.join(',\n')}\n]}\n`, rowCount: rows.length }
}

/** One stored row, its columns as texts: amounts keep every digit. Columns without a value are left out. */
export interface HeldRow {
  readonly table_name: string
  readonly columns: Readonly<Record<string, string>>
}

const heldRows = loadSqlFile(new URL('../../sql/reports/person_rows.sql', import.meta.url))

/** The same rows one by one, by table; none when nothing names the person, or nothing that the reader may see. */
export async function personRows(session: Session, personKey: string): Promise<HeldRow[]> {
  await session.query("select set_config('tantay.person', $1, true)", [personKey])
  return rowsOf<HeldRow>(session, heldRows, { person_keys: [personKey, ...(await keysOfAccounts(session, personKey))] })
}

/** Under what rows stand that name an account and nobody: withdrawals and payments under account and bank, findings about the account under itself. */
async function keysOfAccounts(session: Session, personKey: string): Promise<string[]> {
  const accounts = await session.query<{ creditor_agent: number; account_key: string }>(`
    select creditor_agent, account_key::text as account_key from account_report where person_key = $1
    union select creditor_agent, account_key::text from entitlement_line where person_key = $1 and payee_key is null and account_key is not null and creditor_agent is not null`, [personKey])
  return accounts.flatMap(({ creditor_agent: agent, account_key: account }) => {
    const [number, bucket] = [BigInt(account), { high: 0, low: 0 }]
    setBucketKey(bucket, agent, { high: Number.parseInt((number >> 32n).toString(), 10), low: Number.parseInt((number & 0xffffffffn).toString(), 10) })
    return [keyText(bucket), (-1n - number).toString()]
  })
}
