/** Counts the rows of a file whose content is already held (D20), exactly, in the database. */
import { tableColumns, type Kind } from '../core/index.ts'
import type { Transaction } from '../db/index.ts'
import type { RepeatFilter } from './repeat-filter.ts'

/**
 * How many rows of the file repeat an earlier sealed file's row, or a row of the file itself.
 *
 * True twins (D20) repeat only as many rows as one earlier file holds of them. Costs nothing when there is neither an
 * earlier file of the kind nor a suspect.
 */
export async function countRepeats(transaction: Transaction, kind: Kind, fileId: number, earlierFiles: readonly number[], filter: RepeatFilter): Promise<number> {
  if (earlierFiles.length === 0 && !filter.hasSuspects) return 0
  // Freshly loaded tables have no statistics, and a nested loop over them would never end.
  await transaction.query('set local enable_nestloop = off')
  let count = 0
  const statements = repeatStatements(kind)
  if (earlierFiles.length > 0) count += await number(transaction, statements.heldEarlier, [fileId, earlierFiles])
  if (filter.hasSuspects) {
    const parameters = kind.group === 'fact' ? [fileId, earlierFiles, filter.suspects] : [fileId, earlierFiles]
    count += await number(transaction, statements.heldHere, parameters)
  }
  await transaction.query('set local enable_nestloop = on')
  return count
}

async function number(transaction: Transaction, text: string, values: readonly unknown[]): Promise<number> {
  const [row] = await transaction.query<{ count: string }>(text, values)
  return parseInt(row?.count ?? '0', 10)
}

/** The two questions for one kind; made of the field table's own names only. */
function repeatStatements(kind: Kind): { heldEarlier: string; heldHere: string } {
  const columns = tableColumns(kind)
  const list = (alias: string): string => columns.map((column) => `${alias}.${column}`).join(', ')
  const sameContent = (left: string, right: string): string =>
    `${kind.lookup.map((column) => `${left}.${column} = ${right}.${column}`).join(' and ')} and (${list(left)}) is not distinct from (${list(right)})`
  const isTwin = kind.twins === 'always' ? 'true' : kind.twins === 'never' ? 'false' : 'reference_key is null'
  const { table } = kind
  const ofSuspects = kind.group === 'fact' ? ' and ($3::bigint[] is null or n.person_key = any ($3::bigint[]))' : ''
  return {
    // First every row that an earlier file holds; then, of contents that stand here several times, what no earlier file
    // holds as often. Those are found by their lookup columns, because grouping by all columns is slow.
    heldEarlier: `
      with several as (
        select ${kind.lookup.join(', ')} from ${table} where file_id = $1 and ${isTwin} group by ${kind.lookup.join(', ')} having count(*) > 1
      ), content as (
        select ${list('n')}, count(*) as here from ${table} n join several using (${kind.lookup.join(', ')}) where n.file_id = $1 and ${isTwin}
        group by ${list('n')} having count(*) > 1
      ), held as (
        select t.here, count(*) as there, ${list('t')} from content t join ${table} o on ${sameContent('t', 'o')}
        where o.file_id = any ($2::bigint[]) group by o.file_id, t.here, ${list('t')}
      ), held_at_most as (
        select here, max(there) as there from held group by here, ${columns.join(', ')}
      )
      select (
        select count(*) from ${table} n
        where n.file_id = $1 and exists (select from ${table} o where o.file_id = any ($2::bigint[]) and ${sameContent('n', 'o')})
      ) - coalesce((select sum(greatest(here - there, 0)) from held_at_most), 0) as count`,
    heldHere: `
      select coalesce(sum(here - 1), 0) as count from (
        select count(*) as here from ${table} n
        where n.file_id = $1${ofSuspects} and not (${isTwin})
          and not exists (select from ${table} o where o.file_id = any ($2::bigint[]) and ${sameContent('n', 'o')})
        group by ${list('n')} having count(*) > 1
      ) repeated`,
  }
}
