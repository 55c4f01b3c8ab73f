/**
 * What is kept of each file so that a later one need not read its rows to know that none of them comes again (D72): the
 * values of its stamp column, and a Bloom filter of its rows.
 */
import type { Kind } from '../core/index.ts'
import type { Transaction } from '../db/index.ts'
import type { LineTally } from './line-tally.ts'
import { contentHashVersion, type RepeatFilter } from './repeat-filter.ts'
import { send } from './row-spill.ts'
import { statements } from './statements.ts'
import { TupleWriter } from './tuple-writer.ts'

const partBytes = 131_072

/** An earlier file that may hold rows of this one. */
export interface EarlierFile {
  readonly fileId: number
  /** True when its filter can be asked. */
  readonly hasFilter: boolean
}

/** Keeps stamps and filter of a file; nothing for reference kinds, whose files are short. */
export async function keepContent(transaction: Transaction, kind: Kind, fileId: number, tally: LineTally, filter: RepeatFilter): Promise<void> {
  if (kind.group !== 'fact') return
  await transaction.query(statements.insertContent, [fileId, contentHashVersion, stampsOf(kind, tally)])
  const bits = filter.folded()
  await transaction.copyFrom(statements.copyContentBits, async (into) => {
    const writer = new TupleWriter()
    for (let from = 0, part = 0; from < bits.length; from += partBytes, part += 1) {
      const end = Math.min(bits.length, from + partBytes)
      writer.reserve(end - from + 64)
      for (const buffer of writer.takeFilled()) await send(into, buffer)
      writer.beginRow(3)
      writer.whole(fileId)
      writer.int32(part)
      writer.text(bits, from, end)
    }
    for (const buffer of writer.finish()) await send(into, buffer)
  })
}

/** The sealed files of the kind that may hold rows of this file: those that share a stamp with it, or of which nothing is kept. */
export async function findEarlier(transaction: Transaction, kind: Kind, tally: LineTally): Promise<EarlierFile[]> {
  const rows = await transaction.query<{ file_id: string; has_filter: boolean }>(statements.earlierFiles, [kind.name, kind.group === 'reference', stampsOf(kind, tally), contentHashVersion])
  return rows.map((row) => ({ fileId: parseInt(row.file_id, 10), hasFilter: row.has_filter }))
}

/** The persons of whom an earlier file may hold a row of this one; null when that cannot be told without reading the rows. */
export async function personsHeldEarlier(transaction: Transaction, earlier: readonly EarlierFile[], filter: RepeatFilter): Promise<string[] | null> {
  if (!filter.isSmall || !earlier.every(({ hasFilter }) => hasFilter)) return null
  const found = new Set<string>()
  for (const { fileId } of earlier) {
    const parts: Buffer[] = []
    for await (const { bits } of transaction.stream<{ bits: Buffer }>(statements.contentBits, [fileId])) parts.push(bits)
    filter.findIn(Buffer.concat(parts), found)
  }
  return [...found]
}

function stampsOf(kind: Kind, { stamps }: LineTally): number[] | null {
  return kind.stampColumn === undefined || stamps === null ? null : [...stamps]
}
