/** Where a person finds a line that has a number: in a file of sheets the number is not what stands beside the row. */

/** A sheet of a workbook, or another part that people know by its name, and the line numbers it covers. */
export interface PlacedPart {
  readonly name: string
  readonly status: string
  /** Null when none of its lines was taken. */
  readonly first_line: number | null
  readonly last_line: number | null
  /** What stands beside the line numbered `first_line`. */
  readonly first_number: number | null
}

/** A place that can be looked up by hand. */
export interface Place {
  /** The sheet; null in a file that has none, or only one that was taken. */
  readonly part: string | null
  /** The line of the file, or the row of the sheet. */
  readonly number: number
}

/** Where the line with a number stands in the sender's file. `parts` null: the number is its place already. */
export function placeOf(parts: readonly PlacedPart[] | null, line: number): Place {
  const taken = (parts ?? []).filter(({ status }) => status === 'taken')
  const part = taken.find(({ first_line: first, last_line: last }) => first !== null && last !== null && line >= first && line <= last)
  if (part === undefined || taken.length < 2) return { part: null, number: line }
  return { part: part.name, number: line - (part.first_line ?? 0) + (part.first_number ?? 0) }
}
