/** The files of this room, and amounts in the canonical form. */
import { money } from '../core/index.ts'
import { loadSqlFile } from '../db/index.ts'

type File = ReturnType<typeof loadSqlFile>

/** A file of this room. */
export function file(name: string): File {
  return loadSqlFile(new URL(`../../sql/settlement/${name}.sql`, import.meta.url))
}

/** Amounts without the zeros that PostgreSQL's sums carry; null stays null. */
export function withAmounts<R extends object>(row: R, keys: readonly (keyof R)[]): R {
  const written = { ...row }
  for (const key of keys) if (row[key] !== null) written[key] = money.amountFromDatabase(String(row[key])) as R[typeof key]
  return written
}

/** `2026-10` as the database keeps months. */
export function periodNumber(period: string): string {
  return period.replace('-', '')
}
