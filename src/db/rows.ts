/** The rows that a file of SQL ends in. */
import type { Session } from './connect.ts'
import type { SqlFile, SqlValue } from './sql-file.ts'

/** Runs the file and gives what its last statement returned. */
export async function rowsOf<R extends object>(session: Pick<Session, 'run'>, file: SqlFile, values: Readonly<Record<string, SqlValue>> = {}): Promise<R[]> {
  return (await session.run<R>(file, values)).at(-1)?.rows ?? []
}
