/** Tells from the bytes of an id with whom its row is laid down (D70): a guess for the sake of reading, never for what a row means. */
import { bucketCount, type Kind } from '../core/index.ts'

// The key of a 9-digit id lies 10^12 above its number (core/identity.ts), and 10^12 % 240 is 160.
const nineDigitShift = 160

/** Rows that name nobody first, their keys are negative; then a group for each bucket; last whoever has no number. */
export const groupCount = bucketCount + 2

/** The tables that migration 0006 gives an index by bucket. */
const indexed = new Set(['entitlement_line', 'payment_report', 'account_report'])

/** Whether rows of a kind are found by bucket without reading the others. */
export function hasBucketIndex({ table }: Kind): boolean {
  return indexed.has(table)
}

/** The place, in a file with these columns, of the id that its rows are kept under; −1 where it has none, or none of a person. */
export function personFieldOf(kind: Kind, columns: readonly (string | null)[]): number {
  const person = kind.group === 'fact' ? kind.columns.find(({ into, type }) => into[0] === 'person_key' && (type === 'person' || type === 'party')) : undefined
  return person === undefined ? -1 : columns.indexOf(person.name)
}

/** The group of the row whose id stands in bytes [start, end). */
export function personGroup(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0
  const digits = end - start
  if (digits !== 12 && digits !== 9) return groupCount - 1
  let number = 0
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] as number) - 0x30
    if (digit < 0 || digit > 9) return groupCount - 1
    number = number * 10 + digit
  }
  return 1 + ((digits === 9 ? number + nineDigitShift : number) % bucketCount)
}

/** The buckets of persons by their keys, each once, as PostgreSQL's remainder gives them: of a negative key a negative one. */
export function bucketsOf(persons: readonly string[]): string[] {
  return [...new Set(persons.map((person) => (BigInt(person) % BigInt(bucketCount)).toString()))]
}
