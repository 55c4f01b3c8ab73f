/**
 * What files may hold: one table of kinds and columns, from which the row checks, the header search, the loading of the
 * database, the templates and the documentation all follow.
 *
 * A column says how it is written (its type), what an empty value means and which columns of its table it fills.
 */
import { factKinds } from './kinds-facts.ts'
import { statementKinds } from './kinds-statements.ts'
import { referenceKinds } from './kinds-reference.ts'
import type { Column, ColumnType, Kind } from './kinds-shape.ts'

export * from './kinds-shape.ts'

export const kinds: readonly Kind[] = [...factKinds, ...statementKinds, ...referenceKinds]

/** What a bank reports; every other kind is not its to say. */
export const bankKinds = ['account_opening', 'disbursement', 'withdrawal'] as const
export type BankKind = (typeof bankKinds)[number]

/** Whether a bank hands in files of that kind. */
export const isBankKind = (name: string): name is BankKind => (bankKinds as readonly string[]).includes(name)

const byName = new Map(kinds.map((kind) => [kind.name, kind]))

/** The kind of that name; null when there is none. */
export function kindNamed(name: string): Kind | null {
  return byName.get(name) ?? null
}

/** The columns of a kind's table that its rows fill, in the order in which they are loaded; file and line not among them. */
export function tableColumns(kind: Kind): string[] {
  return loadOrder(kind).flatMap((column) => column.into)
}

// What later columns of the same row depend on comes first: the currency before amounts, the agent before accounts.
const firstTypes: readonly ColumnType[] = ['scheme', 'new_scheme', 'currency', 'agent']
const lateTypes: readonly ColumnType[] = ['account', 'reference']

/** The columns of a kind in the order in which a row is read. */
export function loadOrder(kind: Kind): Column[] {
  const rank = (column: Column): number => {
    // A payment that names nobody is kept under its account, so its person comes after the account.
    if (column.into[0] === 'person_key' && kind.table === 'payment_report') return 9
    const first = firstTypes.indexOf(column.type)
    if (first >= 0) return first
    const late = lateTypes.indexOf(column.type)
    return late >= 0 ? 6 + late : 5
  }
  return kind.columns.map((column, index) => ({ column, index })).sort((a, b) => rank(a.column) - rank(b.column) || a.index - b.index).map(({ column }) => column)
}
