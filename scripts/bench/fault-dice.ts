/** Dice that fall the same for the same seed: what a bench did once it does again. */

/** Whole numbers from 0 below `sides`. */
export type FaultDice = (sides: number) => number

/** Dice of a seed and of one point of it, whatever was rolled before. */
export function faultDice(seed: number, point: number): FaultDice {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(point + 1, 0x85ebca6b)) >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}
