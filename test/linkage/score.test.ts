/** Points are whole tenths of a bit, exact on every machine, and a score is their sum with where each came from. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pointsByFrequency, pointsOfShare, scorePair } from '../../src/linkage/score.ts'

describe('the points of a share', () => {
  test('are ten for each halving, rounded down', () => {
    expect([[1, 1], [1, 2], [1, 4], [1, 1024], [3, 4], [1, 3], [2, 3], [3800, 10_000]].map(([part = 1, whole = 1]) => pointsOfShare(part, whole))).toEqual([0, 10, 20, 100, 4, 15, 5, 13])
  })

  test('are what logarithms say, wherever those are sure', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }), (one, other) => {
      const [part, whole] = [Math.min(one, other), Math.max(one, other)]
      const exact = 10 * Math.log2(whole / part)
      if (Math.abs(exact - Math.round(exact)) > 1e-6) expect(pointsOfShare(part, whole)).toBe(Math.floor(exact))
    }))
  })
})

describe('points by frequency', () => {
  const points = pointsByFrequency(['a', 'a', 'a', 'a', 'b', 'b', 'c', 'c'], 15)

  test('say more of what is rare, and never more than the most', () => {
    expect(points('a')).toBe(10)
    expect(points('b')).toBe(15)
    expect(pointsByFrequency(['a', 'a', 'a', 'a', 'b', 'b', 'c', 'c'], 100)('b')).toBe(20)
  })

  test('count a value never seen as seen once', () => {
    expect(pointsByFrequency(['a', 'a', 'a', 'b'], 100)('z')).toBe(20)
    expect(pointsByFrequency([], 100)('z')).toBe(0)
  })

  test('are the same asked twice', () => {
    expect([points('a'), points('a'), points('b')]).toEqual([10, 10, 15])
  })
})

test('a score adds up what each comparison says, and keeps it', () => {
  const scored = scorePair<string>({ length: (one, other) => ({ level: one.length === other.length ? 'equal' : 'differs', points: one.length === other.length ? 30 : -20 }), first: (one, other) => ({ level: 'seen', points: one[0] === other[0] ? 5 : 0 }) }, 'ab', 'ac')
  expect(scored).toEqual({ score: 35, parts: [{ compared: 'length', level: 'equal', points: 30 }, { compared: 'first', level: 'seen', points: 5 }] })
  expect(scorePair({}, 'a', 'b')).toEqual({ score: 0, parts: [] })
})
