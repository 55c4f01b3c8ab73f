/** The rows that a file of SQL ends in. */
import type { loadSqlFile, Session, SqlValue } from '../db/index.ts'

/** Runs the file and gives what its last statement returned. */
export async function rowsOf<R extends object>(session: Session, sqlFile: ReturnType<typeof loadSqlFile>, values: Readonly<Record<string, SqlValue>> = {}): Promise<R[]> {
  return (await session.run<R>(sqlFile, values)).at(-1)?.rows ?? []
}
