/** Small counts are hidden, and what else it takes: what a reader could still work out is tried out, one possible table after another. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isShareSafe, suppressSmall, type CountTable, type PublishedTable } from '../../src/core/index.ts'

const all = { rowTotals: true, columnTotals: true, total: true }

/** Every table of hidden counts that fits what is printed, each as one text; hidden counts are from 1 to `most`. */
function* possible(published: PublishedTable, { printed }: CountTable, most: number): Generator<number[][]> {
  const rows = published.cells.length
  const columns = published.cells[0]?.length ?? 0
  const table = published.cells.map((row) => row.map((value) => value ?? -1))
  const fits = (values: readonly number[], total: number | null, isPrinted: boolean): boolean => {
    const sum = values.reduce((whole, value) => whole + value, 0)
    // A printed total that is hidden is at least 1 too.
    return total !== null ? sum === total : !isPrinted || sum >= 1
  }
  function* fill(place: number): Generator<number[][]> {
    if (place > 0 && place % columns === 0) {
      const row = place / columns - 1
      if (!fits(table[row] as number[], published.rowTotals[row] ?? null, printed.rowTotals)) return
    }
    if (place === rows * columns) {
      for (let column = 0; column < columns; column += 1) if (!fits(table.map((row) => row[column] as number), published.columnTotals[column] ?? null, printed.columnTotals)) return
      if (fits(table.flat(), published.total, printed.total)) yield table.map((row) => [...row])
      return
    }
    const [row, column] = [Math.floor(place / columns), place % columns]
    const shown = published.cells[row]?.[column] ?? null
    const own = table[row] as number[]
    // Beyond a printed total there is nothing to try.
    const before = own.slice(0, column).reduce((sum, value) => sum + value, 0)
    const above = table.slice(0, row).reduce((sum, other) => sum + (other[column] as number), 0)
    const room = Math.min(most, (published.rowTotals[row] ?? Infinity) - before, (published.columnTotals[column] ?? Infinity) - above)
    for (let value = shown ?? 1; value <= (shown ?? room); value += 1) {
      own[column] = value
      yield* fill(place + 1)
    }
  }
  yield* fill(0)
}

const sum = (values: readonly number[]): number => values.reduce((whole, value) => whole + value, 0)

/** Every count and total of a table: counts, totals of rows, of columns, of all. */
function everyNumber(cells: readonly (readonly number[])[]): number[] {
  return [...cells.flat(), ...cells.map(sum), ...(cells[0] ?? []).map((_, column) => sum(cells.map((row) => row[column] as number))), sum(cells.flat())]
}

/** What is hidden of them: the true value, and the smallest and greatest that it could be for all a reader knows. */
function hiddenOf(table: CountTable): { published: PublishedTable; hidden: { value: number; least: number; greatest: number }[] } {
  const published = suppressSmall(table)
  const shown = [...published.cells.flat(), ...published.rowTotals, ...published.columnTotals, published.total]
  const { rowTotals, columnTotals, total } = table.printed
  const isPrinted = [...table.cells.flat().map(() => true), ...published.rowTotals.map(() => rowTotals), ...published.columnTotals.map(() => columnTotals), total]
  const truth = everyNumber(table.cells)
  const places = shown.flatMap((value, place) => (value === null && isPrinted[place] === true ? [place] : []))
  const hidden = places.map((place) => ({ value: truth[place] as number, least: Infinity, greatest: -Infinity }))
  for (const one of possible(published, table, Math.max(...table.cells.flat()) + 5)) {
    const numbers = everyNumber(one)
    for (const [at, place] of places.entries()) {
      const range = hidden[at] as (typeof hidden)[number]
      range.least = Math.min(range.least, numbers[place] as number)
      range.greatest = Math.max(range.greatest, numbers[place] as number)
    }
    // Enough is seen once every hidden number has been two things, and every small one 5 or more.
    if (hidden.every(({ value, least, greatest }) => greatest > least && (value >= 5 || greatest >= 5))) break
  }
  return { published, hidden }
}

describe('a published table', () => {
  test('shows everything where nothing is small; zeros are nobody', () => {
    const cells = [[0, 10, 20], [5, 0, 7]]
    expect(suppressSmall({ cells, printed: all })).toEqual({ cells, rowTotals: [30, 12], columnTotals: [5, 10, 27], total: 42, hiddenCount: 0 })
  })

  test('hides a second count of the row, and one of each of these columns, or the totals would give it away', () => {
    const { cells, rowTotals, columnTotals, total } = suppressSmall({ cells: [[3, 20, 30], [40, 25, 60]], printed: all })
    expect(cells).toEqual([[null, null, 30], [null, null, 60]])
    expect([rowTotals, columnTotals, total]).toEqual([[53, 125], [43, 45, 90], 178])
  })

  test('hides no second count where no total gives the first away', () => {
    expect(suppressSmall({ cells: [[3], [20], [40]], printed: { rowTotals: false, columnTotals: false, total: false } }).cells).toEqual([[null], [20], [40]])
  })

  test('hides a third where two add up to so little that both must be small', () => {
    expect(suppressSmall({ cells: [[1], [1], [30], [9]], printed: { rowTotals: false, columnTotals: true, total: false } }).cells).toEqual([[null], [null], [30], [null]])
  })

  test('hides the totals too where there is nothing else to hide behind', () => {
    const { cells, rowTotals, total } = suppressSmall({ cells: [[3]], printed: all })
    expect([cells, rowTotals, total]).toEqual([[[null]], [null], null])
  })

  test('of a few in a whole, or all but a few, no share is told', () => {
    expect([isShareSafe(0, 10), isShareSafe(10, 10), isShareSafe(5, 10), isShareSafe(4, 100), isShareSafe(97, 100), isShareSafe(0, 3)]).toEqual([true, true, true, false, false, false])
  })
})

describe('whoever tries every table that fits what is printed', () => {
  const count = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 4 }) }, { weight: 2, arbitrary: fc.integer({ min: 5, max: 8 }) })
  const tables = fc.record({
    cells: fc.integer({ min: 1, max: 3 }).chain((columns) => fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: columns === 3 ? 2 : 3 })),
    printed: fc.record({ rowTotals: fc.boolean(), columnTotals: fc.boolean(), total: fc.boolean() }),
  })

  test('finds every small number possible at 5 or more, and no hidden one certain, totals among them', () => {
    let tried = 0
    fc.assert(fc.property(tables, (table) => {
      const { published, hidden } = hiddenOf(table)
      table.cells.forEach((row, at) => row.forEach((value, column) => {
        const shown = published.cells[at]?.[column] ?? null
        expect(shown === null || shown === value).toBe(true)
        if (value > 0 && value < 5) expect(shown).toBeNull()
        if (value === 0) expect(shown).toBe(0)
      }))
      for (const { value, least, greatest } of hidden) {
        tried += 1
        expect(greatest).toBeGreaterThan(least)
        if (value < 5) expect(greatest).toBeGreaterThanOrEqual(5)
      }
      expect([...published.rowTotals, ...published.columnTotals, published.total].filter((total) => total !== null && total > 0 && total < 5)).toEqual([])
      expect(published.hiddenCount).toBe(hidden.length)
    }), { numRuns: 400 })
    expect(tried).toBeGreaterThan(300)
  })
})

test('a province of 200 communes and 13 classes is done in a moment', () => {
  const cells = Array.from({ length: 200 }, (_, row) => Array.from({ length: 13 }, (__, column) => (row * 7919 + column * 104_729) % 41))
  const before = performance.now()
  const { cells: shown } = suppressSmall({ cells, printed: all })
  expect(performance.now() - before).toBeLessThan(20_000)
  expect(shown.flat().some((value) => value !== null && value > 0 && value < 5)).toBe(false)
})
