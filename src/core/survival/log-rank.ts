/** The log-rank test: whether groups withdraw at different paces, by more than chance. */
import { upperTailOfChiSquare } from './chi-square.ts'
import { type Fixed, bits, divide, fixedRatio, multiply } from './fixed.ts'
import { type Decimal, decimalOfFixed } from './ratio.ts'
import { type RiskRow, riskDays } from './risk-table.ts'

/** The test over all groups; returns, closures and deaths are taken out like censorings. */
export interface LogRank {
  readonly chiSquare: Decimal
  readonly degreesOfFreedom: number
  /** Null without a degree of freedom: nothing can be compared. */
  readonly p: Decimal | null
  /** In the order given: clocks, withdrawals, how many there would be at everybody's pace, and the variance of the difference. */
  readonly groups: readonly { readonly count: number; readonly observed: number; readonly expected: Decimal; readonly variance: Decimal }[]
}

/** One day with withdrawals: those at risk in each group that has some, and their part of the variance. */
interface EventDay {
  readonly atRisk: ReadonlyMap<number, bigint>
  readonly all: bigint
  readonly withdrawn: bigint
  /** w·(n − w)/(n − 1): zero when one person is left or all withdraw, and then the day compares nothing. */
  readonly spread: Fixed
}

/**
 * Compares any number of groups, each a risk table. Groups that are never at risk together with others on a day that
 * compares anything add nothing, neither to chi-square nor to the degrees of freedom: these are the number of groups less
 * the number of sets that are not joined by such days. Curves that cross make the test weak: show
 * `restrictedMeanDifference` beside it. Throws a RangeError as `curveOf` does.
 */
export function logRank(groups: readonly (readonly RiskRow[])[]): LogRank {
  const { days, observed, counts } = eventDays(groups)
  const expected = groups.map(() => 0n)
  const variance = groups.map(() => 0n)
  for (const { atRisk, all, withdrawn, spread } of days) {
    for (const [group, count] of atRisk) {
      expected[group] = (expected[group] ?? 0n) + fixedRatio(count * withdrawn, all)
      variance[group] = (variance[group] ?? 0n) + (spread * count * (all - count)) / (all * all)
    }
  }
  const informative = days.filter(({ spread }) => spread > 0n)
  let [chiSquare, degreesOfFreedom] = [0n, 0]
  for (const members of joined(groups.length, informative)) {
    const largest = members.reduce((best, group) => ((counts[group] ?? 0) > (counts[best] ?? 0) ? group : best))
    // The last group's difference is the others' with the sign turned: the largest is left out, which is the most stable.
    const tested = members.filter((group) => group !== largest)
    const differences = tested.map((group) => (BigInt(observed[group] ?? 0) << bits) - (expected[group] ?? 0n))
    chiSquare += quadraticForm(tested, differences, informative)
    degreesOfFreedom += tested.length
  }
  return {
    chiSquare: decimalOfFixed(chiSquare),
    degreesOfFreedom,
    p: degreesOfFreedom === 0 ? null : upperTailOfChiSquare(chiSquare, degreesOfFreedom),
    groups: groups.map((_, group) => ({ count: counts[group] ?? 0, observed: observed[group] ?? 0, expected: decimalOfFixed(expected[group] ?? 0n), variance: decimalOfFixed(variance[group] ?? 0n) })),
  }
}

function eventDays(groups: readonly (readonly RiskRow[])[]): { days: EventDay[]; observed: number[]; counts: number[] } {
  const tables = groups.map(riskDays)
  const withdrawnOn = new Map<number, number>()
  for (const table of tables) for (const { days, withdrawn } of table) if (withdrawn > 0) withdrawnOn.set(days, (withdrawnOn.get(days) ?? 0) + withdrawn)
  const places = tables.map(() => 0)
  const days = [...withdrawnOn].sort(([a], [b]) => a - b).map(([day, withdrawn]): EventDay => {
    const atRisk = new Map<number, bigint>()
    let all = 0n
    for (const [group, table] of tables.entries()) {
      let place = places[group] ?? 0
      while (place < table.length && (table[place]?.days ?? 0) < day) place += 1
      places[group] = place
      const count = BigInt(table[place]?.atRisk ?? 0)
      if (count > 0n) atRisk.set(group, count)
      all += count
    }
    return { atRisk, all, withdrawn: BigInt(withdrawn), spread: all > 1n ? fixedRatio(BigInt(withdrawn) * (all - BigInt(withdrawn)), all - 1n) : 0n }
  })
  return { days, observed: tables.map((table) => table.reduce((sum, { withdrawn }) => sum + withdrawn, 0)), counts: tables.map((table) => table[0]?.atRisk ?? 0) }
}

/** Sets of groups that were at risk together on some day, those of one group left out. */
function joined(count: number, days: readonly EventDay[]): number[][] {
  const leaders = Array.from({ length: count }, (_, group) => group)
  const leaderOf = (group: number): number => {
    let leader = group
    while (leaders[leader] !== leader) leader = leaders[leader] ?? leader
    leaders[group] = leader
    return leader
  }
  for (const { atRisk } of days) {
    const [first, ...others] = atRisk.keys()
    for (const other of others) leaders[leaderOf(other)] = leaderOf(first ?? other)
  }
  const sets = Map.groupBy(leaders.keys(), leaderOf)
  return [...sets.values()].filter(({ length }) => length > 1)
}

/**
 * u′·V⁻¹·u, where V = D − Σ over days of spread/n² · m·m′, m the numbers at risk and D its diagonal of Σ spread·m/n. Few
 * groups are solved as they are; many groups over fewer days by Woodbury's identity in a matrix of days.
 */
function quadraticForm(tested: readonly number[], differences: readonly Fixed[], days: readonly EventDay[]): Fixed {
  const atRisk = days.map((day) => tested.map((group) => day.atRisk.get(group) ?? 0n))
  const diagonal = tested.map((_, index) => days.reduce((sum, { spread, all }, day) => sum + (spread * (atRisk[day]?.[index] ?? 0n)) / all, 0n))
  if (tested.length <= days.length) {
    const variance = tested.map((_, row) => tested.slice(0, row + 1).map((_each, column) => (row === column ? (diagonal[row] ?? 0n) : 0n)))
    for (const [day, { spread, all }] of days.entries()) {
      const counts = atRisk[day] ?? []
      for (const [row, line] of variance.entries()) {
        const weight = spread * (counts[row] ?? 0n)
        if (weight !== 0n) for (let column = 0; column <= row; column += 1) line[column] = (line[column] ?? 0n) - (weight * (counts[column] ?? 0n)) / (all * all)
      }
    }
    return solvedProduct(variance, differences)
  }
  const scaled = atRisk.map((counts) => counts.map((count, index) => (count << bits << bits) / (diagonal[index] ?? 1n)))
  const inner = days.map(({ spread, all }, row) => days.slice(0, row + 1).map((_, column) => {
    const own = row === column ? (all * all << bits << bits) / spread : 0n
    return own - (scaled[row] ?? []).reduce((sum, value, index) => sum + value * (atRisk[column]?.[index] ?? 0n), 0n)
  }))
  const reduced = scaled.map((line) => line.reduce((sum, value, index) => sum + multiply(value, differences[index] ?? 0n), 0n))
  const own = differences.reduce((sum, difference, index) => sum + divide(multiply(difference, difference), diagonal[index] ?? 1n), 0n)
  return own + solvedProduct(inner, reduced)
}

/** v′·A⁻¹·v for a symmetric positive matrix given by its lower triangle, by A = L·E·L′. */
function solvedProduct(lower: readonly (readonly Fixed[])[], vector: readonly Fixed[]): Fixed {
  const factors: Fixed[][] = []
  const pivots: Fixed[] = []
  const solved: Fixed[] = []
  let product = 0n
  for (const [row, given] of lower.entries()) {
    const line: Fixed[] = []
    const weighted: Fixed[] = []
    let [pivot, value] = [given[row] ?? 0n, vector[row] ?? 0n]
    for (let column = 0; column < row; column += 1) {
      let entry = (given[column] ?? 0n) << bits
      const other = factors[column] ?? []
      for (let before = 0; before < column; before += 1) entry -= (weighted[before] ?? 0n) * (other[before] ?? 0n)
      weighted[column] = entry >> bits
      line[column] = divide(weighted[column] ?? 0n, pivots[column] ?? 1n)
      pivot -= multiply(weighted[column] ?? 0n, line[column] ?? 0n)
      value -= multiply(line[column] ?? 0n, solved[column] ?? 0n)
    }
    factors.push(line)
    pivots.push(pivot)
    solved.push(value)
    product += divide(multiply(value, value), pivot)
  }
  return product
}
