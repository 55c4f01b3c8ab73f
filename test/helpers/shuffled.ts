/** Cuts and shuffles files by random numbers drawn beside the world, so that a failing world shrinks with its dice. */
import fc from 'fast-check'
import type { ModelFile, Row } from '../model/types.ts'
import { paymentName } from '../model/payments.ts'

export type Roll = (at: number) => number

/** Random numbers below 1000, over and over from the first. */
export const dice: fc.Arbitrary<Roll> = fc.array(fc.nat(999), { minLength: 64, maxLength: 64 }).map((rolled) => (at) => rolled[at % rolled.length] ?? 0)

/** How many worlds, and which: `TANTAY_WORLDS` (as many as engine.test.ts gets) and `TANTAY_SEED`; a law that costs more looks at a share of them. */
export function worldsOf(share: number): { numRuns: number; seed: number } {
  const asked = parseInt(process.env['TANTAY_WORLDS'] ?? '12', 10)
  return { numRuns: Math.max(1, Math.ceil(asked * share)), seed: parseInt(process.env['TANTAY_SEED'] ?? '1', 10) }
}

/** The name under which rows of a file belong together: torn apart they would say something else. */
export function togetherOf(file: ModelFile): (row: Row) => string {
  if (file.kind === 'disbursement') return (row) => paymentName(row, 0)
  const columns = ['scheme', 'benefit_period', 'beneficiary_id', 'creditor_agent', 'account_number', 'person_id'].filter((column) => file.kind !== 'beneficiary_list' || column !== 'creditor_agent')
  return (row) => columns.map((column) => row[column] ?? '').join('|')
}

/** Two files out of one, each in another order of rows; twins without reference stay in one file, in their order. */
export function torn(file: ModelFile, roll: Roll): ModelFile[] {
  const together = togetherOf(file)
  const names = [...new Set(file.rows.map(together))]
  return [0, 1]
    .map((half) => file.rows.filter((row) => roll(names.indexOf(together(row))) % 2 === half))
    .filter((rows) => rows.length > 0)
    .map((rows) => ({ ...file, rows: shuffled(rows, (row, at) => (file.kind === 'disbursement' && together(row).endsWith('#0') ? 0 : roll(at + 7))) }))
}

/** Sorted by a rolled number; equal numbers keep their order. */
export function shuffled<T>(items: readonly T[], key: (item: T, at: number) => number): T[] {
  return items.map((item, at) => ({ item, key: key(item, at) })).sort((one, other) => one.key - other.key).map(({ item }) => item)
}
