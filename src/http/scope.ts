/** Which place a page is about: the one that is asked for, else the reader's own; never one that is not the reader's. */
import { Refusal, type Reader } from '../core/index.ts'
import type { FindingUnit, Units } from '../reports/index.ts'

/**
 * The unit that a page shows; undefined: the whole country. Without a question it is the reader's own.
 *
 * @throws Refusal `unit_unknown` (notFound) for a unit that does not lie in the reader's: the answer is that of a unit that does not exist
 */
export function unitFor(asked: string | undefined, { unitCode: own }: Pick<Reader, 'unitCode'>, units: Units): string | undefined {
  if (own === null) return asked
  if (asked === undefined) return own
  if (units.within(own).includes(asked)) return asked
  throw new Refusal('notFound', 'unit_unknown', 'there is no such unit here')
}

/** The codes whose people the page is about; null: everybody's. */
export function codesFor(unit: string | undefined, units: Units): readonly string[] | null {
  return unit === undefined ? null : units.within(unit)
}

/** What a reader may choose from: whoever works for one commune has nothing to choose. */
export function unitsToChoose(known: readonly FindingUnit[] | null, { unitCode: own }: Pick<Reader, 'unitCode'>, units: Units): readonly FindingUnit[] | null {
  if (own === null) return known
  const below = units.below(own)
  const mine = { unit_code: own, name: units.name(own) }
  return below.length === 0 ? [mine] : [mine, ...below.map((code) => ({ unit_code: code, name: units.name(code) }))]
}
