/**
 * The score of two records: whole points, in tenths of a bit, summed over what was compared (Fellegi and Sunter's way).
 *
 * Agreeing on something rare says more than on something frequent, so shares become points; all arithmetic is in whole
 * numbers, so a score is the same on every machine, in every order.
 */

/** What one comparison says. */
export interface Judgement {
  /** How far the two agree, as a word. */
  readonly level: string
  /** Tenths of a bit for (above 0) or against one record being the other's double; 0 where nothing can be said. */
  readonly points: number
}

/** What is compared, by name. */
export type Comparisons<R> = Readonly<Record<string, (first: R, second: R) => Judgement>>

/** The points together, and what each came from. */
export interface Score {
  readonly score: number
  readonly parts: readonly (Judgement & { readonly compared: string })[]
}

/** The score of two records. */
export function scorePair<R>(comparisons: Comparisons<R>, first: R, second: R): Score {
  const parts = Object.entries(comparisons).map(([compared, judge]) => ({ compared, ...judge(first, second) }))
  return { score: parts.reduce((sum, { points }) => sum + points, 0), parts }
}

/** Tenths of a bit that agreeing on what `part` of `whole` have is worth: ⌊10 · log₂(whole / part)⌋, exactly. Both above 0. */
export function pointsOfShare(part: number, whole: number): number {
  const [rare, all] = [BigInt(part) ** 10n, BigInt(whole) ** 10n]
  let points = 0
  while (rare << BigInt(points + 1) <= all) points += 1
  return points
}

/** How often each value occurs, as points for agreeing on it; `most` is the least rare that a value seen never counts as. */
export function pointsByFrequency(values: Iterable<string>, most: number): (value: string) => number {
  const counts = new Map<string, number>()
  let all = 0
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1)
    all += 1
  }
  const known = new Map<number, number>()
  return (value) => {
    const count = counts.get(value) ?? 1
    let points = known.get(count)
    if (points === undefined) known.set(count, (points = Math.min(most, pointsOfShare(count, Math.max(all, count)))))
    return points
  }
}
