/** Sums of amounts that may be of several currencies: one sum for each, never mixed. */
import { money, type Amount } from '../../core/index.ts'

/** The exact sum of one amount of each row, by currency in alphabetical order. */
export function addAll<K extends string>(rows: readonly (Readonly<Record<K, Amount>> & { readonly currency: string })[], key: K): { readonly currency: string; readonly amount: Amount }[] {
  return [...new Set(rows.map((row) => row.currency))].sort().map((currency) => ({
    currency,
    amount: money.add(...rows.filter((row) => row.currency === currency).map((row) => row[key])),
  }))
}
