/** Keys as numbers: what each kind of id becomes, held against big-integer arithmetic and a few hashes written down once. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashBytes, keyText, setAccountRank, setBucketKey, setHashedKey, setNumber, setPersonKey, setReferenceKey, type Key } from '../../src/core/identity.ts'

const made = (set: (key: Key) => void): Key => {
  const key = { high: 0, low: 0 }
  set(key)
  return key
}
const textOf = (set: (key: Key) => void): string => keyText(made(set))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a person', () => {
  test('with 12 digits is that number; with 9 digits it lies above all of those', () => {
    expect(textOf((key) => { setPersonKey(key, 1_087_123_456, 12) })).toBe('1087123456')
    expect(textOf((key) => { setPersonKey(key, 999_999_999_999, 12) })).toBe('999999999999')
    expect(textOf((key) => { setPersonKey(key, 0, 9) })).toBe('1000000000000')
    expect(textOf((key) => { setPersonKey(key, 123_456_789, 9) })).toBe('1000123456789')
  })

  test('any whole number a double holds exactly is kept exactly', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (number) => {
      expect(textOf((key) => { setNumber(key, number) })).toBe(number.toString())
    }))
  })
})

test('an account of digits is its rank among all digit strings, shorter ones first', () => {
  fc.assert(fc.property(fc.stringMatching(/^\d{4,18}$/), (account) => {
    const rank = textOf((key) => { setAccountRank(key, parseInt(account.slice(0, -9) || '0', 10), parseInt(account.slice(-9), 10), account.length) })
    expect(BigInt(rank)).toBe(BigInt('1'.repeat(account.length - 1) + '0') + BigInt(account))
  }))
  expect(textOf((key) => { setAccountRank(key, 0, 0, 4) })).toBe('1110')
  expect(textOf((key) => { setAccountRank(key, 999_999_999, 999_999_999, 18) })).toBe('1111111111111111109')
})

describe('what has no rank is a hash', () => {
  const hashed = (text: string): Key => made((key) => { setHashedKey(key, bytes(text), 0, bytes(text).length) })
  const reference = (agent: number, text: string): Key => made((key) => { setReferenceKey(key, agent, bytes(text), 0, bytes(text).length) })

  // Stored in every database: a change of the arithmetic would part old rows from new ones.
  test('and stays what it was', () => {
    expect(['HTX0001', 'VCB001', 'A', ''].map((text) => keyText(hashed(text)))).toMatchInlineSnapshot(`
      [
        "5954710948696181492",
        "8447557905370797340",
        "5018780909750398006",
        "8217787687772545534",
      ]
    `)
    expect(['E2E-1', 'E2E-2', 'Lệnh 12345'].map((text) => keyText(reference(970_436, text)))).toMatchInlineSnapshot(`
      [
        "4717606178489178760",
        "4677550783396797600",
        "6349648477967085423",
      ]
    `)
    expect([null, { high: 0, low: 7 }, { high: 7, low: 0 }, { high: -1, low: 4_294_967_295 }].map((account) => textOf((key) => { setBucketKey(key, 970_436, account) }))).toMatchInlineSnapshot(`
      [
        "-3206478963679471944",
        "-6252112233744021012",
        "-7420546886789683110",
        "-3723680963815724528",
      ]
    `)
  })

  test('codes lie from 2^62 up, out of reach of ids and ranks; references are not negative; buckets are', () => {
    for (let number = 0; number < 500; number += 1) {
      expect(BigInt(keyText(hashed(`HTX${number}`))) >= 2n ** 62n).toBe(true)
      expect(BigInt(keyText(reference(970_405, `E${number}`))) >= 0n).toBe(true)
      expect(BigInt(textOf((key) => { setBucketKey(key, 970_405, { high: number, low: number * 977 }) })) < 0n).toBe(true)
    }
  })

  test('depends on the bytes between start and end alone, on each of them, and on the seed', () => {
    const text = bytes('xxHTX00012345yy')
    const inside = made((key) => { setHashedKey(key, text, 2, 13) })
    expect(inside).toEqual(hashed('HTX00012345'))
    for (let at = 2; at < 13; at += 1) {
      const changed = text.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(made((key) => { setHashedKey(key, changed, 2, 13) }), `byte ${at}`).not.toEqual(inside)
    }
    const seeded = (seed: number): Key => made((key) => { hashBytes(key, text, 2, 13, seed) })
    expect(seeded(1)).not.toEqual(seeded(2))
    expect(reference(970_436, 'E1')).not.toEqual(reference(970_405, 'E1'))
  })
})
