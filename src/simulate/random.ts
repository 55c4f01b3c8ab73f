/** Chance that can be repeated: the same seed gives the same province, byte for byte, on every machine. */

/** A source of chance. Whole numbers only where a file's content depends on them, so that no machine rounds differently. */
export interface Random {
  /** A whole number from 0 to below `limit` (limit at most 2^32). */
  below(limit: number): number
  /** A whole number from `first` to `last`, both included. */
  between(first: number, last: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One of the items, each as likely as the others. */
  pick<Item>(items: readonly Item[]): Item
}

/** Items with how often each occurs beside the others; built once by `weighted`. */
export interface Weighted<Item> {
  readonly items: readonly Item[]
  readonly upTo: readonly number[]
}

/** Prepares items with whole-number weights for `pickWeighted`. */
export function weighted<Item>(entries: readonly (readonly [Item, number])[]): Weighted<Item> {
  let total = 0
  return { items: entries.map(([item]) => item), upTo: entries.map(([, weight]) => (total += weight)) }
}

/** One of the items, as often as its weight says. */
export function pickWeighted<Item>(random: Random, table: Weighted<Item>): Item {
  const point = random.below(table.upTo.at(-1) ?? 0)
  let index = 0
  while ((table.upTo[index] ?? 0) <= point) index += 1
  return table.items[index] as Item
}

/** The source for a seed: xoshiro128** over 32-bit integers, started by splitmix32 over the seed's characters. */
export function randomFrom(seed: string): Random {
  let mixed = 0x9e3779b9
  for (let index = 0; index < seed.length; index += 1) mixed = splitmix(mixed ^ seed.charCodeAt(index))
  const state = new Uint32Array(4)
  for (let index = 0; index < 4; index += 1) state[index] = mixed = splitmix(mixed + index + 1)
  let [a, b, c, d] = [state[0] ?? 1, state[1] ?? 2, state[2] ?? 3, state[3] ?? 4]

  const next = (): number => {
    const turned = Math.imul(b, 5)
    const result = Math.imul((turned << 7) | (turned >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  // Multiplying by 2^-32 is exact, and the bias of one part in 2^32 / limit does not matter for made-up people.
  const below = (limit: number): number => Math.floor(next() * 2.3283064365386963e-10 * limit)
  return {
    below,
    between: (first, last) => first + below(last - first + 1),
    chance: (probability) => next() * 2.3283064365386963e-10 < probability,
    pick: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
  }
}

function splitmix(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
