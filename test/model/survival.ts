/** Survival statistics the long way round: person by person, in plain loops over ratios in lowest terms, or over weights for the jackknife. */

/** One person's clock. */
export type Clock = { days: number; event: 'withdrawn' | 'censored' | 'returned' | 'closed' | 'died' }

/** A ratio in lowest terms. */
export class Fraction {
  readonly above: bigint
  readonly below: bigint

  constructor(above: bigint | number, below: bigint | number = 1n) {
    const [a, b] = [BigInt(above), BigInt(below)]
    const common = divisor(a < 0n ? -a : a, b)
    this.above = a / common
    this.below = b / common
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.above * other.below + other.above * this.below, this.below * other.below)
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.above * other.above, this.below * other.below)
  }

  minus(other: Fraction): Fraction {
    return this.plus(new Fraction(-other.above, other.below))
  }

  toString(): string {
    return this.below === 1n ? String(this.above) : `${String(this.above)}/${String(this.below)}`
  }

  /** For comparing with what is not exact anyway. */
  toNumber(): number {
    return Number((this.above * 10n ** 30n) / this.below) / 1e30
  }
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b)
}

const zero = new Fraction(0)
const one = new Fraction(1)

/** The product of (1 − events / at risk) over the days up to `day`; `isEvent` says what ends a wait. */
export function productLimit(clocks: readonly Clock[], day: number, isEvent: (clock: Clock) => boolean): Fraction {
  let product = one
  for (let time = 0; time <= day; time += 1) {
    const atRisk = clocks.filter(({ days }) => days >= time).length
    const events = clocks.filter((clock) => clock.days === time && isEvent(clock)).length
    if (events > 0) product = product.times(new Fraction(atRisk - events, atRisk))
  }
  return product
}

/** The sum of what each day takes of those who had not ended the day before. */
export function incidence(clocks: readonly Clock[], day: number, cause: Clock['event']): Fraction {
  let sum = zero
  for (let time = 0; time <= day; time += 1) {
    const atRisk = clocks.filter(({ days }) => days >= time).length
    const events = clocks.filter(({ days, event }) => days === time && event === cause).length
    if (events > 0) sum = sum.plus(productLimit(clocks, time - 1, ({ event }) => event !== 'censored').times(new Fraction(events, atRisk)))
  }
  return sum
}

/** Greenwood's sum; null when it has a term without meaning. */
export function greenwood(clocks: readonly Clock[], day: number): Fraction | null {
  let sum = zero
  for (let time = 0; time <= day; time += 1) {
    const atRisk = clocks.filter(({ days }) => days >= time).length
    const events = clocks.filter(({ days, event }) => days === time && event === 'withdrawn').length
    if (events === 0) continue
    if (events === atRisk) return null
    sum = sum.plus(new Fraction(events, BigInt(atRisk) * BigInt(atRisk - events)))
  }
  return sum
}

/** The area under 1 − incidence of withdrawal, day by day. */
export function meanDays(clocks: readonly Clock[], horizon: number): Fraction {
  let sum = zero
  for (let day = 0; day < horizon; day += 1) sum = sum.plus(one.minus(incidence(clocks, day, 'withdrawn')))
  return sum
}

/** Incidence of withdrawal with a weight for each person, in floating point. */
function weightedIncidence(clocks: readonly Clock[], weights: readonly number[], day: number): number {
  let [sum, waiting] = [0, 1]
  const weigh = (isMeant: (clock: Clock) => boolean): number => clocks.reduce((all, clock, index) => all + (isMeant(clock) ? (weights[index] ?? 0) : 0), 0)
  for (let time = 0; time <= day; time += 1) {
    const atRisk = weigh(({ days }) => days >= time)
    const gone = weigh(({ days, event }) => days === time && event !== 'censored')
    if (gone === 0) continue
    sum += (waiting * weigh(({ days, event }) => days === time && event === 'withdrawn')) / atRisk
    waiting *= Math.max(0, 1 - gone / atRisk)
  }
  return sum
}

/** The infinitesimal jackknife: the squares of how much each person's weight moves the result, by central differences. */
export function jackknife(clocks: readonly Clock[], result: (weights: readonly number[]) => number): number {
  const step = 1e-5
  return clocks.reduce((sum, _, person) => {
    const moved = (by: number): number => result(clocks.map((_each, index) => (index === person ? 1 + by : 1)))
    return sum + ((moved(step) - moved(-step)) / (2 * step)) ** 2
  }, 0)
}

/** Jackknife variance of the incidence of withdrawal. */
export function incidenceVariance(clocks: readonly Clock[], day: number): number {
  return jackknife(clocks, (weights) => weightedIncidence(clocks, weights, day))
}

/** Jackknife variance of the mean days without the money. */
export function meanDaysVariance(clocks: readonly Clock[], horizon: number): number {
  return jackknife(clocks, (weights) => Array.from({ length: horizon }, (_, day) => 1 - weightedIncidence(clocks, weights, day)).reduce((sum, each) => sum + each, 0))
}

/** Chi-square of the log-rank test as textbooks give it: the first group left out, the rest solved by elimination. */
export function logRankChiSquare(groups: readonly (readonly Clock[])[]): number {
  const differences = groups.map(() => 0)
  const variance = groups.map(() => groups.map(() => 0))
  for (const time of new Set(groups.flat().filter(({ event }) => event === 'withdrawn').map(({ days }) => days))) {
    const atRisk = groups.map((group) => group.filter(({ days }) => days >= time).length)
    const events = groups.map((group) => group.filter(({ days, event }) => days === time && event === 'withdrawn').length)
    const [n, d] = [atRisk.reduce((a, b) => a + b, 0), events.reduce((a, b) => a + b, 0)]
    for (const [row, m] of atRisk.entries()) {
      differences[row]! += events[row]! - (m * d) / n
      for (const [column, other] of atRisk.entries()) if (n > 1) variance[row]![column]! += ((d * (n - d)) / (n - 1)) * (m / n) * ((row === column ? 1 : 0) - other / n)
    }
  }
  const solution = solve(variance.slice(1).map((line) => line.slice(1)), differences.slice(1))
  return solution.reduce((sum, value, index) => sum + value * differences[index + 1]!, 0)
}

function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const lines = matrix.map((line, index) => [...line, right[index]!])
  for (let column = 0; column < lines.length; column += 1) {
    const best = lines.slice(column).reduce((most, line, index) => (Math.abs(line[column]!) > Math.abs(lines[most]![column]!) ? index + column : most), column)
    ;[lines[column], lines[best]] = [lines[best]!, lines[column]!]
    for (const [row, line] of lines.entries()) {
      if (row === column) continue
      const factor = line[column]! / lines[column]![column]!
      for (let at = column; at < line.length; at += 1) line[at]! -= factor * lines[column]![at]!
    }
  }
  return lines.map((line, index) => line.at(-1)! / line[index]!)
}

/** Of `drawn` out of all, how likely exactly `count` are among the `marked`: by counting the ways. */
export function drawnExactly(all: number, marked: number, drawn: number, count: number): Fraction {
  return new Fraction(choose(marked, count) * choose(all - marked, drawn - count), choose(all, drawn))
}

/** Of `size` throws with the chance part/whole, how likely exactly `count` succeed. */
export function thrownExactly(part: number, whole: number, size: number, count: number): Fraction {
  return new Fraction(choose(size, count) * BigInt(part) ** BigInt(count) * BigInt(whole - part) ** BigInt(size - count), BigInt(whole) ** BigInt(size))
}

function choose(all: number, some: number): bigint {
  if (some < 0 || some > all) return 0n
  let ways = 1n
  for (let index = 0; index < some; index += 1) ways = (ways * BigInt(all - index)) / BigInt(index + 1)
  return ways
}
