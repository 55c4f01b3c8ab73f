/**
 * Hides small counts in a table that is published, and as many others as it takes that nobody can work them out again.
 *
 * A table of counts with its totals is a circulation: every count is an arc, every row and column a node where what comes
 * in goes out. So what a reader can work out of a hidden count is how far it can be raised and lowered along the other
 * hidden ones: two flows. And the cheapest way to protect one is the cheapest round through it.
 */

/** A table to be published: whole counts, none below zero; every row has as many. */
export interface CountTable {
  readonly cells: readonly (readonly number[])[]
  /** Which totals are printed beside it; what is not printed helps nobody to work anything out. */
  readonly printed: { readonly rowTotals: boolean; readonly columnTotals: boolean; readonly total: boolean }
}

/** The same table as it may be shown; null: hidden, or a total that is not printed. */
export interface PublishedTable {
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly (number | null)[]
  readonly total: number | null
  /** How many counts and printed totals are hidden. */
  readonly hiddenCount: number
}

/** Counts of people from 1 up to this, not included, are never published. */
export const smallestPublished = 5

/** A count or a total: an arc of the circulation. */
interface Arc {
  readonly from: number
  readonly to: number
  readonly value: number
  /** What a reader sees, if it is not hidden. */
  readonly isPrinted: boolean
  readonly cost: number
  isHidden: boolean
}

/**
 * The table with every count from 1 to 4 hidden, and others so that of each of these a reader who knows that hidden
 * counts are at least 1 cannot rule out 5 or more, and of no hidden count can name the value. Zeros stay: they are
 * nobody. Where no choice of other counts would do, everything but zeros is hidden, the totals too.
 */
export function suppressSmall({ cells, printed }: CountTable): PublishedTable {
  const rows = cells.length
  const columns = cells[0]?.length ?? 0
  const arcs = arcsOf(cells, printed)
  for (const arc of arcs) arc.isHidden = arc.isPrinted && isSmall(arc.value)
  for (const arc of arcs.filter((one) => one.isPrinted && isSmall(one.value))) {
    if (protect(arc, arcs)) continue
    for (const other of arcs) other.isHidden = other.isPrinted && other.value > 0
    break
  }
  const shown = ({ value, isPrinted, isHidden }: Arc): number | null => (isPrinted && !isHidden ? value : null)
  return {
    cells: Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, column) => shown(arcs[row * columns + column] as Arc))),
    rowTotals: Array.from({ length: rows }, (_, row) => shown(arcs[rows * columns + row] as Arc)),
    columnTotals: Array.from({ length: columns }, (_, column) => shown(arcs[rows * columns + rows + column] as Arc)),
    total: shown(arcs.at(-1) as Arc),
    hiddenCount: arcs.filter((arc) => arc.isHidden).length,
  }
}

/** True when a count tells of so few that it must not be published. */
export function isSmall(value: number): boolean {
  return value > 0 && value < smallestPublished
}

/** True when a part of a whole may be published as a share of it: neither the part nor the rest is a few. */
export function isShareSafe(part: number, whole: number): boolean {
  return !isSmall(part) && !isSmall(whole - part) && !isSmall(whole)
}

/** Counts first, row by row; then the totals of rows, of columns, and of all. Nodes: rows, the row of totals, columns, the column of totals. */
function arcsOf(cells: CountTable['cells'], { rowTotals, columnTotals, total }: CountTable['printed']): Arc[] {
  const rows = cells.length
  const columns = cells[0]?.length ?? 0
  const rowNode = (row: number): number => row
  const columnNode = (column: number): number => rows + 1 + column
  const sum = (values: readonly number[]): number => values.reduce((whole, value) => whole + value, 0)
  const arc = (from: number, to: number, value: number, isPrinted: boolean, weight: number): Arc => ({ from, to, value, isPrinted, cost: (value + 1) * weight, isHidden: false })
  // A total is the last thing that a reader should miss.
  return [
    ...cells.flatMap((row, at) => row.map((value, column) => arc(rowNode(at), columnNode(column), value, true, 1))),
    ...cells.map((row, at) => arc(columnNode(columns), rowNode(at), sum(row), rowTotals, 100)),
    ...Array.from({ length: columns }, (_, column) => arc(columnNode(column), rowNode(rows), sum(cells.map((row) => row[column] as number)), columnTotals, 100)),
    arc(rowNode(rows), columnNode(columns), sum(cells.map(sum)), total, 10_000),
  ]
}

/** Hides what it takes that `arc` could be 5 or more; false when nothing would do. */
function protect(arc: Arc, arcs: readonly Arc[]): boolean {
  const needed = smallestPublished - arc.value
  while (greatestRise(arc, arcs, needed) < needed) {
    // One round that gives everything is best; else the cheapest that gives something more than there is.
    const round = cheapestRound(arc, arcs, needed) ?? cheapestRound(arc, arcs, 1)
    const added = (round ?? []).filter((one) => one.isPrinted && !one.isHidden)
    if (added.length === 0) return false
    for (const one of added) one.isHidden = true
  }
  return true
}

const isUnknown = ({ isPrinted, isHidden }: Arc): boolean => isHidden || !isPrinted

/** How far a count can be lowered, for all a reader knows: what is hidden is at least 1, what is not printed at least 0. */
const fallOf = ({ value, isPrinted }: Arc): number => (isPrinted ? value - 1 : value)

/** How far `arc` can be raised along the unknown ones, up to `needed`. */
function greatestRise(arc: Arc, arcs: readonly Arc[], needed: number): number {
  const change = new Map<Arc, number>()
  let rise = 0
  while (rise < needed) {
    const found = searchRound(arc, arcs, (one, isForward) => (!isUnknown(one) ? null : isForward || fallOf(one) + (change.get(one) ?? 0) >= 1 ? 0 : null))
    if (found === null) return rise
    for (const { arc: one, isForward } of found) change.set(one, (change.get(one) ?? 0) + (isForward ? 1 : -1))
    rise += 1
  }
  return rise
}

/** The cheapest round through `arc` along which it can rise by `amount`, what is hidden already for nothing; null when there is none. */
function cheapestRound(arc: Arc, arcs: readonly Arc[], amount: number): Arc[] | null {
  const found = searchRound(arc, arcs, (one, isForward) => {
    if (one.isPrinted && one.value === 0) return null
    if (!isForward && fallOf(one) < amount) return null
    return isUnknown(one) ? 0 : one.cost
  })
  return found?.map((step) => step.arc) ?? null
}

interface Step {
  readonly arc: Arc
  /** True: the count rises along the round; false: it falls. */
  readonly isForward: boolean
}

/** The cheapest way from where `arc` ends to where it begins; `costOf` null: not this way. Bellman–Ford, since tables are small. */
function searchRound(arc: Arc, arcs: readonly Arc[], costOf: (one: Arc, isForward: boolean) => number | null): Step[] | null {
  const best = new Map<number, { readonly cost: number; readonly step: Step | null; readonly from: number }>([[arc.to, { cost: 0, step: null, from: -1 }]])
  let hasChanged = true
  while (hasChanged) {
    hasChanged = false
    for (const one of arcs) {
      if (one === arc) continue
      for (const isForward of [true, false]) {
        const from = isForward ? one.from : one.to
        const to = isForward ? one.to : one.from
        const here = best.get(from)
        const cost = here === undefined ? null : costOf(one, isForward)
        if (here === undefined || cost === null || here.cost + cost >= (best.get(to)?.cost ?? Infinity)) continue
        best.set(to, { cost: here.cost + cost, step: { arc: one, isForward }, from })
        hasChanged = true
      }
    }
  }
  const steps: Step[] = []
  for (let at = best.get(arc.from); at !== undefined && at.step !== null; at = best.get(at.from)) steps.unshift(at.step)
  return steps.length === 0 ? null : steps
}
