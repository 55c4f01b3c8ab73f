/** How the work of the server stands, in figures: for whatever watches it. */
import { loadSqlFile, type Session } from '../db/index.ts'

/** One figure. */
export interface OperationFigure {
  /** `queue_jobs`, `files`, …: a count, or of names that end so seconds, days or bytes. */
  readonly name: string
  readonly first_label: string | null
  readonly second_label: string | null
  readonly value: number
}

const files = {
  work: loadSqlFile(new URL('../../sql/reports/operations.sql', import.meta.url)),
  nights: loadSqlFile(new URL('../../sql/reports/operations_nights.sql', import.meta.url)),
}

/** All figures that the database can tell; none of them is about a person. @param now the instant to count ages from */
export async function operationFigures(session: Session, now: string): Promise<OperationFigure[]> {
  const [work] = await session.run<OperationFigure>(files.work, { now })
  const [nights] = await session.run<OperationFigure>(files.nights, { now })
  return [...(work?.rows ?? []), ...(nights?.rows ?? [])]
}
