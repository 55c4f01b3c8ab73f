/** Holds the statements of a file against their own balances, and against what other files say of the same statements. */
import { money } from '../core/index.ts'
import { loadSqlFile, type Session, type Transaction } from '../db/index.ts'
import { FileFault } from '../formats/index.ts'
import type { LineTally } from './line-tally.ts'
import { statements } from './statements.ts'

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/ingest/${name}.sql`, import.meta.url))
const files = { check: file('check_statements'), conflict: file('find_statement_conflict') }

interface Fault {
  readonly fault: 'balances' | 'balance' | 'chain' | 'currency'
  readonly statement_number: string
  readonly line: string
  readonly stated: string | null
  readonly reached: string | null
}

/**
 * Refuses a file in whose statements money is missing, or which contradicts another file. Within the transaction that
 * seals it, so of two files at once the second sees the first.
 *
 * @throws FileFault `statement_invalid`, `balance_mismatch`, `statement_conflict`
 */
export async function checkStatements(transaction: Transaction, fileId: number, tally: LineTally): Promise<void> {
  const wrong = (await transaction.run<Fault>(files.check, { file_id: fileId }))[0]?.rows[0]
  if (wrong !== undefined) throw faultOf(wrong, tally)
  const conflict = (await transaction.run<{ statement_number: string; other_file: string; line: string }>(files.conflict, { file_id: fileId }))[0]?.rows[0]
  if (conflict !== undefined) {
    throw new FileFault('statement_conflict', `statement ${conflict.statement_number} is in file ${conflict.other_file} too and says otherwise there; withdraw that file first if this one is right`, { line: parseInt(conflict.line, 10) })
  }
}

function faultOf({ fault, statement_number: number, line, stated, reached }: Fault, { problemLines }: LineTally): FileFault {
  const place = { line: parseInt(line, 10) }
  const amount = (text: string | null): string => (text === null ? 'none' : money.amountFromDatabase(text))
  const because = problemLines === 0 ? '' : `; ${problemLines} lines of the file could not be read`
  switch (fault) {
    case 'currency':
      return new FileFault('statement_invalid', `statement ${number} has entries in several currencies`, place)
    case 'balances':
      return new FileFault('statement_invalid', `statement ${number} needs one opening and one closing balance${because}`, place)
    case 'balance':
      return new FileFault('balance_mismatch', `statement ${number}: its closing balance is ${amount(stated)}, and its entries come to ${amount(reached)}${because}`, place)
    case 'chain':
      return new FileFault('balance_mismatch', `statement ${number} begins with ${amount(reached)}, and the one before it ended with ${amount(stated)}`, place)
  }
}

/** The accounts that payment organisations keep for the programme: a statement of one of them is taken as such without being told. */
export async function readOwnAccounts(database: Session): Promise<(account: string) => boolean> {
  const rows = await database.query<{ account: string | null }>(statements.ownAccounts)
  const accounts = new Set(rows.map(({ account }) => account))
  return (account) => accounts.has(account)
}
