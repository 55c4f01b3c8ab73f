/** From beneficiary lists to the lines that stand and the entitlements they make (D1, D2, D3). */
import { type Rules, lastDayInTime, usualDueDate } from './reference.ts'
import type { ModelFile, Row } from './types.ts'
import { type Day, type Money, dayOf, groupBy, moneyOf, periodOf, sortBy, spread, sum } from './values.ts'

/** What a list says of one line key today, after later lists, doubles and other units. */
export type Line = {
  scheme: string
  period: string
  beneficiary: string
  component: string
  /** Empty unless arrears or carried over. */
  origin: string
  unit: string
  /** Empty: none stated. */
  category: string
  quantity: Money
  name: string
  /** `YYYY-MM-DD`, `YYYY` or empty. */
  birth: string
  sex: string
  needs: string
  payee: string
  village: string
  listDate: Day | null
  amount: Money
  active: boolean
  dueDate: Day
  channel: string
  /** Empty: any agent. */
  agent: string
  account: string
}

/** One scheme × benefit period × beneficiary with at least one active line. */
export type Entitlement = {
  scheme: string
  period: string
  beneficiary: string
  currency: string
  due: Money
  dueDate: Day
  /** T: paid after this day is late, missing after it is missing. */
  lastDayInTime: Day
  /** Active lines only. */
  lines: Line[]
}

/** A line key said twice; the stake is the spread of the amounts said, or the amount where they agree. */
export type DoubledLine = { scheme: string; period: string; beneficiary: string; stake: Money }

type Statement = { fileNumber: number; listDate: Day | null; standing: Line; said: Line[] }

/** A suspended or stopped line asks for nothing. */
const weight = (line: Line): Money => (line.active ? line.amount : 0n)

export function readLists(files: ModelFile[], rules: Rules): { lines: Line[]; doubled: DoubledLine[] } {
  const rows = files.flatMap((file, fileNumber) =>
    file.kind === 'beneficiary_list' ? file.rows.map((row) => ({ fileNumber, row, line: lineOf(row, rules) })) : [],
  )
  const lines: Line[] = []
  const doubled: DoubledLine[] = []
  for (const ofKey of groupBy(rows, ({ line, row }) => lineKey(line, row)).values()) {
    const statements: Statement[] = []
    for (const ofUnit of groupBy(ofKey, ({ line }) => line.unit).values()) {
      const perFile = [...groupBy(ofUnit, ({ fileNumber }) => String(fileNumber)).values()].map(statementOfFile)
      statements.push(standingStatement(perFile))
    }
    const everyUnit = statements.map(({ standing }) => standing)
    const active = everyUnit.filter((line) => line.active)
    const candidates = active.length > 0 ? active : everyUnit
    const standing = sortBy(candidates, (line) => [weight(line), line.unit])[0]
    if (!standing) continue
    lines.push(standing)
    if (active.length > 1 || statements.some(({ said }) => said.length > 1)) {
      const contending = statements.filter(({ said, standing }) => said.length > 1 || standing.active).flatMap(({ said }) => said)
      const amounts = contending.map(weight)
      const { scheme, period, beneficiary } = standing
      doubled.push({ scheme, period, beneficiary, stake: spread(amounts) || (amounts[0] ?? 0n) })
    }
  }
  return { lines, doubled }
}

function statementOfFile(rows: { fileNumber: number; row: Row; line: Line }[]): Statement {
  const first = sortBy(rows, ({ line }) => [weight(line), line.agent, line.account, line.dueDate, line.channel])[0]
  if (!first) throw new Error('a file states a key by at least one row')
  const listDate = first.row['list_date'] ? dayOf(first.row['list_date']) : null
  return { fileNumber: first.fileNumber, listDate, standing: first.line, said: rows.map(({ line }) => line) }
}

/** Read in order of arrival: a later date replaces an earlier one; where either has none, the later file does. */
export function standingStatement<T extends { fileNumber: number; listDate: Day | null }>(statements: T[]): T {
  return sortBy(statements, ({ fileNumber }) => [fileNumber]).reduce((standing, next) =>
    standing.listDate === null || next.listDate === null || next.listDate >= standing.listDate ? next : standing,
  )
}

function lineKey(line: Line, row: Row): string {
  return [line.scheme, line.period, line.beneficiary, row['category_code'] ?? '', line.component, line.origin].join('|')
}

function lineOf(row: Row, rules: Rules): Line {
  const scheme = row['scheme'] ?? ''
  const period = periodOf(row['benefit_period'] ?? '')
  const component = row['component'] || 'regular'
  const hasOrigin = component === 'arrears' || component === 'carried_over'
  return {
    scheme,
    period,
    beneficiary: row['beneficiary_id'] ?? '',
    component,
    origin: hasOrigin ? periodOf(row['origin_period'] ?? '') : '',
    unit: row['unit_code'] ?? '',
    category: row['category_code'] ?? '',
    quantity: moneyOf(row['quantity'] || '1'),
    name: row['beneficiary_name'] ?? '',
    birth: row['birth_date'] ?? '',
    sex: row['sex'] ?? '',
    needs: row['needs'] ?? '',
    payee: row['payee_id'] ?? '',
    village: row['village'] ?? '',
    listDate: row['list_date'] ? dayOf(row['list_date']) : null,
    amount: moneyOf(row['due_amount'] ?? ''),
    active: (row['list_status'] || 'active') === 'active',
    dueDate: row['due_date'] ? dayOf(row['due_date']) : usualDueDate(rules.scheme(scheme), period),
    channel: row['payment_channel'] || 'account',
    agent: row['creditor_agent'] ?? '',
    account: row['creditor_account'] ?? '',
  }
}

/** Entitlements, sorted by scheme, period and beneficiary. */
export function entitlementsOf(lines: Line[], rules: Rules): Entitlement[] {
  const active = lines.filter((line) => line.active)
  const groups = groupBy(active, ({ scheme, period, beneficiary }) => [scheme, period, beneficiary].join('|'))
  const entitlements = [...groups.values()].flatMap((group): Entitlement[] => {
    const [first] = group
    if (!first) return []
    const { scheme, period, beneficiary } = first
    const dueDate = Math.min(...group.map((line) => line.dueDate))
    return [
      {
        scheme, period, beneficiary, dueDate,
        currency: rules.scheme(scheme).currency,
        due: sum(group.map((line) => line.amount)),
        lastDayInTime: lastDayInTime(rules, scheme, dueDate),
        lines: group,
      },
    ]
  })
  return sortBy(entitlements, ({ scheme, period, beneficiary }) => [scheme, period, beneficiary])
}
