/** The reports of settlements with the payer, and the one that the law wants before the 20th. */
import { Refusal } from '../core/index.ts'
import { currentPeriod, publishedRun, unitsOf } from '../reports/index.ts'
import { byMonth, monthlyReport as monthlyAnswer, monthlyTotals, organisations, settlementCells, settlementDifferences, type SettlementMonth } from '../settlement/index.ts'
import { grouped, table, type Context } from './context.ts'
import type { Made, ReportOptions } from './reports.ts'

/** More differences than these are read on the page or from the database. */
const mostDifferences = 100_000

/** One row per organisation, scheme and month with both sides; on a terminal months, and below them what keeps them from closing. */
export async function settlementReport({ database }: Context, { source, period, scheme }: ReportOptions): Promise<Made> {
  const filter = { ...(source !== null && { source }), ...(period !== null && { period }) }
  const cells = await settlementCells(database, { ...filter, ...(scheme !== null && { scheme }) })
  if (source !== null && cells.length === 0) throw new Refusal('notFound', 'source_unknown', `no payment organisation ${source} has a settlement${period === null ? '' : ` in ${period}`}`)
  const names = new Map((await organisations(database)).map(({ source: code, name }) => [code, name]))
  const differences = await settlementDifferences(database, filter, mostDifferences)
  const rows = byMonth(cells)
  return {
    rows: rows.map((row) => ({ ...row, name: names.get(row.source) ?? null, differences: differences.filter((one) => one.source === row.source && one.benefit_period === row.benefit_period && one.currency === row.currency) })),
    flat: rows,
    asText: () => `${monthTable(rows)}${differences.length === 0 ? '' : `\n\n${table(['organisation', 'month', 'cause', 'amount', '', 'payment', 'lines'], differences.slice(0, 50).map((one) => [one.source, one.benefit_period ?? '-', one.cause, grouped(one.amount), one.currency, one.end_to_end_id ?? '-', one.source_rows.map(({ file_name, line }) => `${file_name}:${line}`).join(' ')]))}`}`,
  }
}

function monthTable(rows: readonly SettlementMonth[]): string {
  return table(
    ['organisation', 'month', '', 'received', 'credited', 'on the way', 'not collected', 'handed back', 'kept', 'difference', 'closes'],
    rows.map((row) => [row.source === '' ? '-' : row.source, row.benefit_period ?? '-', row.currency, ...[row.received, row.credited, row.on_the_way, row.not_collected, row.handed_back, row.kept, row.difference].map(grouped), row.is_stated ? (row.difference === '0' ? 'yes' : 'no') : 'no statement']),
  )
}

/** One row per unit of the lists, scheme and currency of a month (the current one when none is named). */
export async function monthlyReport({ database }: Context, { period, unit, scheme }: ReportOptions): Promise<Made> {
  const run = await publishedRun(database)
  const month = period ?? (await currentPeriod(database)) ?? run?.as_of.slice(0, 7) ?? ''
  const units = await unitsOf(database, run?.as_of ?? `${month}-01`)
  const answer = await monthlyAnswer(database, { period: month, unitCodes: unit === null ? null : units.within(unit) })
  const rows = answer.rows.filter((row) => scheme === null || row.scheme === scheme)
  return {
    rows: rows.map((row) => ({ benefit_period: month, unit_name: units.name(row.unit_code), ...row })),
    people: (row) => (row as (typeof rows)[number]).entitlement_count,
    asText: () => {
      const currencies = [...new Set(rows.map(({ currency }) => currency))]
      const totals = currencies.map((currency) => ({ currency, ...monthlyTotals(rows.filter((row) => row.currency === currency)) }))
      const before = answer.deadline === null ? '' : `Report of ${month}, due before ${answer.deadline.before_date}${answer.deadline.legal_basis === null ? '' : ` (${answer.deadline.legal_basis})`}\n\n`
      const line = (name: string, row: (typeof totals)[number]): string[] => [name, row.currency, ...[row.entitlement_count, row.received_count, row.not_received_count, row.carried_count].map((count) => grouped(`${count}`)), ...[row.due, row.received, row.not_received, row.carried_out, row.not_due].map(grouped)]
      return `${before}${table(['unit', '', 'entitled', 'received', 'not received', 'carried over', 'due', 'amount received', 'amount not received', 'amount carried', 'not due yet'], [...totals.map((row) => line('all', row)), ...rows.map((row) => line(`${row.unit_code} ${row.scheme}`, row))])}`
    },
  }
}
