/** The reports of what can be put right now: supplementary payments, recoveries, account fixes, lines for the next list. */
import { eachProposal, type ListKind, type Proposal } from '../corrections/index.ts'
import { money, type Amount } from '../core/index.ts'
import { publishedRun, unitsOf } from '../reports/index.ts'
import { grouped, table, type Context } from './context.ts'
import type { Made, ReportOptions } from './reports.ts'

/** What each report says of a finding besides what all of them say. */
const told: Readonly<Record<ListKind, readonly (keyof Proposal)[]>> = {
  supplementary: ['payment_channel', 'creditor_agent', 'creditor_account', 'creditor_name', 'account_origin', 'return_reason_code'],
  recovery: ['from_whom', 'creditor_agent', 'creditor_account'],
  offset: ['monthly_amount'],
  account_fix: ['asked', 'creditor_agent', 'creditor_account', 'return_reason_code'],
  carried_over: ['lines', 'return_reason_code'],
}
const always = ['code', 'finding_id', 'scheme', 'benefit_period', 'beneficiary_id', 'beneficiary_name', 'unit_code', 'amount', 'currency', 'left_out'] as const

/**
 * The report of a kind of list: as JSON every finding of its codes, `left_out` null for what a list made now would hold;
 * as a spreadsheet and on a terminal only the latter.
 */
export function proposalsReport(kind: ListKind): (context: Context, options: ReportOptions) => Promise<Made> {
  return async ({ database }, { period, unit, scheme }) => {
    const run = await publishedRun(database)
    const unitCodes = unit === null || run === null ? null : (await unitsOf(database, run.as_of)).within(unit)
    const rows: Proposal[] = []
    await database.transaction(async (transaction) => {
      for await (const one of eachProposal(transaction, { kind, unitCodes, scheme, benefitPeriod: period })) rows.push(one)
    })
    const fields = [...always, ...told[kind]]
    const shape = (one: Proposal): object => Object.fromEntries(fields.map((field) => [field, one[field]]))
    const flat = (one: Proposal): object => Object.fromEntries(fields.filter((field) => field !== 'left_out').map((field) => [field, Array.isArray(one[field]) ? JSON.stringify(one[field]) : one[field]]))
    const listed = rows.filter(({ left_out: reason }) => reason === null)
    return { rows: rows.map(shape), maps: ['lines'], flat: listed.map(flat), asText: () => summary(rows) }
  }
}

/** On a terminal: how much would be listed and left out, and why. */
function summary(rows: readonly Proposal[]): string {
  const groups = new Map<string, { readonly cells: readonly string[]; count: number; amount: Amount }>()
  for (const row of rows) {
    const cells = [row.left_out ?? 'on the list', row.code, row.currency]
    const group = groups.get(cells.join(' ')) ?? { cells, count: 0, amount: money.zero }
    group.count += 1
    group.amount = money.add(group.amount, row.amount)
    groups.set(cells.join(' '), group)
  }
  return table(['', 'finding', '', 'count', 'amount'], [...groups.values()].map(({ cells, count, amount }) => [...cells, String(count), grouped(amount)]))
}
