/** Counts the rows of a file whose content is already held (D20), exactly, in the database. */
import { bucketCount, tableColumns, type Kind } from '../core/index.ts'
import type { Transaction } from '../db/index.ts'
import { personsHeldEarlier, type EarlierFile } from './earlier-content.ts'
import { bucketsOf, hasBucketIndex } from './person-groups.ts'
import type { RepeatFilter } from './repeat-filter.ts'

/** Beyond so many buckets of the 240 reading all of them in one go is as quick. */
const mostBuckets = 60

/**
 * How many rows of the file repeat an earlier sealed file's row, or a row of the file itself.
 *
 * True twins (D20) repeat only as many rows as one earlier file holds of them. Costs nothing when there is neither an
 * earlier file that may hold any of them nor a suspect.
 */
export async function countRepeats(transaction: Transaction, kind: Kind, fileId: number, earlier: readonly EarlierFile[], filter: RepeatFilter): Promise<number> {
  // Of a small file the filters of earlier ones tell whose rows may come again: mostly nobody's, and then nothing is read.
  const held = earlier.length === 0 || kind.group === 'reference' ? null : await personsHeldEarlier(transaction, earlier, filter)
  const mayBeHeld = earlier.length > 0 && (held === null || held.length > 0)
  if (!mayBeHeld && !filter.hasSuspects) return 0
  // Freshly loaded tables have no statistics, and a nested loop over them would never end.
  await transaction.query('set local enable_nestloop = off')
  const earlierFiles = earlier.map((file) => file.fileId)
  let count = 0
  if (mayBeHeld) count += await ask(transaction, repeatStatements(kind, held).heldEarlier, [fileId, earlierFiles], kind, held)
  if (filter.hasSuspects) count += await ask(transaction, repeatStatements(kind, filter.suspects).heldHere, [fileId, earlierFiles], kind, filter.suspects)
  await transaction.query('set local enable_nestloop = on')
  return count
}

/** Asks about the rows of those persons, all where they are null; when these are few, the rows of other buckets are not read (D70). */
async function ask(transaction: Transaction, statement: string, parameters: readonly unknown[], kind: Kind, persons: readonly string[] | null): Promise<number> {
  if (kind.group !== 'fact' || persons === null) return number(transaction, statement, parameters)
  const buckets = bucketsOf(persons)
  const areFew = buckets.length <= mostBuckets && hasBucketIndex(kind)
  if (areFew) await transaction.query('set local enable_seqscan = off')
  const count = await number(transaction, statement, [...parameters, persons, buckets])
  if (areFew) await transaction.query('set local enable_seqscan = on')
  return count
}

async function number(transaction: Transaction, text: string, values: readonly unknown[]): Promise<number> {
  const [row] = await transaction.query<{ count: string }>(text, values)
  return parseInt(row?.count ?? '0', 10)
}

/**
 * The two questions for one kind; made of the field table's own names only.
 *
 * @param persons the persons ($3, and their buckets $4) whose rows are asked about; null: everybody's
 */
function repeatStatements(kind: Kind, persons: readonly string[] | null): { heldEarlier: string; heldHere: string } {
  const { table, lookup } = kind
  const columns = tableColumns(kind)
  const list = (alias: string): string => columns.map((column) => `${alias}.${column}`).join(', ')
  const sameLookup = (left: string, right: string): string =>
    [
      ...lookup.map((column) => `${left}.${column} = ${right}.${column}`),
      ...Object.entries(kind.nullableLookup ?? {}).map(([column, nothing]) => `coalesce(${left}.${column}, ${nothing}) = coalesce(${right}.${column}, ${nothing})`),
    ].join(' and ')
  const sameContent = (left: string, right: string): string => `${sameLookup(left, right)} and (${list(left)}) is not distinct from (${list(right)})`
  const isTwin = kind.twins === 'always' ? 'true' : kind.twins === 'never' ? 'false' : 'reference_key is null'
  // Whole rows are compared for those persons only of whom an earlier file holds something alike; in a new month nobody.
  const isNamed = kind.group === 'fact' && persons !== null
  const amongNamed = (alias: string): string => (isNamed ? ` and ${alias}.person_key = any ($3::bigint[]) and ${alias}.person_key % ${bucketCount} = any ($4::bigint[])` : '')
  const isCandidate = kind.group === 'fact' ? `n.person_key in (select person_key from candidates)${amongNamed('n')}` : 'true'
  const isAmongRepeated = kind.group === 'fact' ? ` and o.person_key in (select person_key from repeated)${amongNamed('o')}` : ''
  const candidates =
    kind.group === 'fact'
      ? `candidates as materialized (
        select distinct n.person_key from ${table} n
        where n.file_id = $1${amongNamed('n')} and exists (select from ${table} o where o.file_id = any ($2::bigint[])${amongNamed('o')} and ${sameLookup('n', 'o')})
      ), `
      : ''
  return {
    // First every row that an earlier file holds; then, of contents that stand here several times, what no earlier file
    // holds as often. Those are found by their lookup columns, because grouping by all columns is slow.
    heldEarlier: `
      with ${candidates}several as (
        select ${lookup.join(', ')} from ${table} n where n.file_id = $1 and ${isTwin} and ${isCandidate} group by ${lookup.join(', ')} having count(*) > 1
      ), content as (
        select ${list('n')}, count(*) as here from ${table} n join several using (${lookup.join(', ')}) where n.file_id = $1 and ${isTwin}
        group by ${list('n')} having count(*) > 1
      ), held as (
        select t.here, count(*) as there, ${list('t')} from content t join ${table} o on ${sameContent('t', 'o')}
        where o.file_id = any ($2::bigint[])${amongNamed('o')} group by o.file_id, t.here, ${list('t')}
      ), held_at_most as (
        select here, max(there) as there from held group by here, ${columns.join(', ')}
      )
      select (
        select count(*) from ${table} n
        where n.file_id = $1 and ${isCandidate} and exists (select from ${table} o where o.file_id = any ($2::bigint[])${amongNamed('o')} and ${sameContent('n', 'o')})
      ) - coalesce((select sum(greatest(here - there, 0)) from held_at_most), 0) as count`,
    // What an earlier file holds was counted above, so here only contents that none holds count.
    heldHere: `
      with repeated as materialized (
        select ${list('n')}, count(*) as here from ${table} n
        where n.file_id = $1${amongNamed('n')} and not (${isTwin}) group by ${list('n')} having count(*) > 1
      ), earlier as materialized (
        select ${list('o')} from ${table} o where o.file_id = any ($2::bigint[])${isAmongRepeated}
      )
      select coalesce(sum(here - 1), 0) as count from repeated r where not exists (select from earlier o where ${sameContent('r', 'o')})`,
  }
}
