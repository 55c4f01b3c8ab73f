/** Exact tails of the binomial and the hypergeometric distribution, up to tens of millions. */
import { type Fixed, bits, fixedRatio, one } from './fixed.ts'
import type { Proportion } from './proportions.ts'

/** A distribution over whole numbers: weights of neighbouring counts, all others too small to matter. */
export interface Weights {
  readonly first: number
  readonly weights: readonly bigint[]
  readonly total: bigint
}

/** Weights are relative to the greatest; below 2^-160 of it nothing is kept. */
const heaviest = 1n << 160n

/** How many of `size` have what each has with the chance part / whole. */
export function binomial({ part, whole }: Proportion, size: number): Weights {
  const [yes, no, all] = [BigInt(part), BigInt(whole - part), BigInt(size)]
  const mode = (BigInt(size + 1) * yes) / BigInt(whole)
  return weightsAround(mode > all ? all : mode, 0n, all, (count) => [(all - count) * yes, (count + 1n) * no])
}

/** How many of `size`, drawn from all, are of the part. */
export function hypergeometric(all: Proportion, size: number): Weights {
  const [yes, no, drawn] = [BigInt(all.part), BigInt(all.whole - all.part), BigInt(size)]
  const mode = ((drawn + 1n) * (yes + 1n)) / (BigInt(all.whole) + 2n)
  const least = drawn > no ? drawn - no : 0n
  const most = drawn < yes ? drawn : yes
  return weightsAround(mode < least ? least : mode > most ? most : mode, least, most, (count) => [(yes - count) * (drawn - count), (count + 1n) * (no - drawn + count + 1n)])
}

/** Weights from the mode outwards; `ratio` gives the weight of count + 1 over that of count, as a fraction. */
function weightsAround(mode: bigint, least: bigint, most: bigint, ratio: (count: bigint) => readonly [bigint, bigint]): Weights {
  const above: bigint[] = []
  for (let count = mode, weight = heaviest; count < most; count += 1n) {
    const [numerator, denominator] = ratio(count)
    weight = (weight * numerator) / denominator
    if (weight === 0n) break
    above.push(weight)
  }
  const below: bigint[] = []
  for (let count = mode, weight = heaviest; count > least; count -= 1n) {
    const [numerator, denominator] = ratio(count - 1n)
    weight = (weight * denominator) / numerator
    if (weight === 0n) break
    below.push(weight)
  }
  const weights = [...below.reverse(), heaviest, ...above]
  return { first: Number(mode) - below.length, weights, total: weights.reduce((sum, weight) => sum + weight, 0n) }
}

/** Twice the smaller tail, the count itself in both tails; at most 1. */
export function twoSided({ first, weights, total }: Weights, count: number): Fixed {
  const at = count - first
  const upTo = weights.slice(0, Math.max(0, at + 1)).reduce((sum, weight) => sum + weight, 0n)
  const from = weights.slice(Math.max(0, at)).reduce((sum, weight) => sum + weight, 0n)
  const chance = fixedRatio(2n * (upTo < from ? upTo : from), total)
  return chance > one ? one : chance
}

/** The smallest and the greatest count with more than `tail` up to it and from it on. */
export function inside({ first, weights, total }: Weights, tail: Fixed): [number, number] {
  const limit = (tail * total) >> bits
  let [lower, upper] = [0, weights.length - 1]
  for (let sum = weights[lower] ?? 0n; sum <= limit; sum += weights[lower] ?? 0n) lower += 1
  for (let sum = weights[upper] ?? 0n; sum <= limit; sum += weights[upper] ?? 0n) upper -= 1
  return [first + lower, first + upper]
}
