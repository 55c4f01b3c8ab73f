/** The published run as a whole: its bridge, its outcomes by class, its findings by type. Shapes as contract section 7 prints them. */
import { money, type Amount, type Texts } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'

/** The run whose results are published. */
export interface PublishedRun {
  readonly run_id: string
  /** `YYYY-MM-DD`: what had happened by the end of this day is in the results. */
  readonly as_of: string
  readonly file_count: number | null
  /** UTC instant. */
  readonly finished_at: string | null
  /** Decimal seconds. */
  readonly seconds: string | null
}

/** One scheme × month × currency of the bridge; scheme or month is null for unmatched money that states none. */
export interface BridgeCell {
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly currency: string
  readonly due: Amount
  readonly to_due: Amount
  readonly carried_out: Amount
  readonly carried_in: Amount
  /** Class of outcome → what has not arrived there. */
  readonly shortfall: Readonly<Record<string, Amount>>
  readonly excess_over: Amount
  readonly excess_twice: Amount
  readonly unmatched: Amount
  readonly credited: Amount
}

/** One scheme × month × class. */
export interface OutcomeCell {
  readonly scheme: string
  readonly benefit_period: string
  readonly class: string
  readonly currency: string
  readonly count: string
  readonly due: Amount
  /** Net of returns; above `due` where too much came. */
  readonly credited: Amount
}

/** One code × scheme × month × currency, the most severe codes first. */
export interface FindingCount {
  readonly code: string
  /** h, m, l or i. */
  readonly severity: string
  /** Who acts: C, B, P, A, or several with `/` between. */
  readonly actor: string
  readonly title: Texts
  readonly scheme: string | null
  readonly benefit_period: string | null
  readonly currency: string
  readonly count: string
  readonly amount_at_stake: Amount
}

/** A scheme in force. */
export interface SchemeName {
  readonly scheme: string
  readonly name_vi: string | null
  readonly name_en: string | null
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = {
  publishedRun: file('published_run'),
  bridge: file('bridge'),
  brokenBridge: file('broken_bridge'),
  outcomes: file('outcomes'),
  findingCounts: file('finding_counts'),
  schemes: file('schemes'),
}

/** The published run; null before the first one. */
export async function publishedRun(session: Session): Promise<PublishedRun | null> {
  return (await rowsOf<PublishedRun>(session, files.publishedRun))[0] ?? null
}

/** The bridge, cell by cell; `due = to_due + carried_out + Σ shortfall` and `credited = to_due + excess + unmatched` in each. */
export async function bridge(session: Session): Promise<BridgeCell[]> {
  const rows = await rowsOf<BridgeCell>(session, files.bridge)
  return rows.map((row) => ({
    ...withAmounts(row, ['due', 'to_due', 'carried_out', 'carried_in', 'excess_over', 'excess_twice', 'unmatched', 'credited']),
    shortfall: withAmounts(row.shortfall, Object.keys(row.shortfall)),
  }))
}

/** The first cell of the published bridge that does not add up, or that is not what the counts of classes say; null when all is well. */
export async function brokenBridge(session: Session): Promise<string | null> {
  return (await rowsOf<{ place: string }>(session, files.brokenBridge))[0]?.place ?? null
}

/** How many entitlements are in each class, by scheme and month. */
export async function outcomes(session: Session): Promise<OutcomeCell[]> {
  return (await rowsOf<OutcomeCell>(session, files.outcomes)).map((row) => withAmounts(row, ['due', 'credited']))
}

/** How many findings there are of each code, by scheme and month. */
export async function findingCounts(session: Session): Promise<FindingCount[]> {
  return (await rowsOf<FindingCount>(session, files.findingCounts)).map((row) => withAmounts(row, ['amount_at_stake']))
}

/** The schemes in force, with their names. */
export function schemes(session: Session): Promise<SchemeName[]> {
  return rowsOf<SchemeName>(session, files.schemes)
}

/** Amounts in the canonical form: PostgreSQL prints a sum with as many zeros as its finest part had. */
export function withAmounts<R extends object>(row: R, keys: readonly (keyof R)[]): R {
  const written = { ...row }
  for (const key of keys) written[key] = money.amountFromDatabase(String(row[key])) as R[typeof key]
  return written
}

/** What findings are called, by code. */
export async function findingTitles(session: Session): Promise<ReadonlyMap<string, Texts>> {
  const rows = await session.query<{ code: string; title: Texts }>('select code, title from finding_type')
  return new Map(rows.map(({ code, title }) => [code, title]))
}
