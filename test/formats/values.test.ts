/** What is read from bytes is what core/dates.ts reads from text; keys depend on the written id alone and can be read back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, dayOfNumber, keyText, localDayOf, parseBenefitPeriod, parseBirthDate, parseDay, parseInstant, setBucketKey, setReferenceKey, type Key } from '../../src/core/index.ts'
import { answers, inspectText, localDay, readAccount, readAgent, readDay, readInstant, readParty, readPeriod, readPerson, readWhole, readYear, showable, textStates } from '../../src/formats/index.ts'

const bytesOf = (text: string): Buffer => Buffer.from(`x${text}x`)
const read = <T>(text: string, reader: (bytes: Uint8Array, start: number, end: number) => T): T => {
  const bytes = bytesOf(text)
  return reader(bytes, 1, bytes.length - 1)
}
const newKey = (): Key => ({ high: 0, low: 0 })

const digit = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
const two = fc.oneof(fc.constantFrom('00', '01', '02', '12', '13', '23', '24', '28', '29', '30', '31', '32', '59', '60'), fc.tuple(digit, digit).map(([a, b]) => a + b))
const year = fc.constantFrom('1899', '1900', '1999', '2000', '2023', '2024', '2026', '2100', '2199', '2200', '0000', '9999')
const day = fc.oneof(
  fc.tuple(year, two, two).map(([y, m, d]) => `${y}-${m}-${d}`),
  fc.tuple(two, two, year).map(([d, m, y]) => `${d}/${m}/${y}`),
  fc.tuple(two, two, year).map(([d, m, y]) => `${d}-${m}-${y}`),
  fc.tuple(year, two, two).map(([y, m, d]) => `${y}/${m}/${d}`),
)
const time = fc.tuple(fc.constantFrom('T', ' ', 't', ''), two, two, fc.option(two), fc.option(fc.tuple(fc.constantFrom('.', ','), fc.array(digit, { maxLength: 8 })))).map(
  ([separator, hour, minute, second, fraction]) => `${separator}${hour}:${minute}${second === null ? '' : `:${second}`}${fraction === null ? '' : `${fraction[0]}${fraction[1].join('')}`}`,
)
const zone = fc.constantFrom('', 'Z', 'z', '+07:00', '+0700', '+07', '-12:00', '+14:00', '+15:00', '+07:60', '-00:30', '+7', 'GMT')
const instant = fc.tuple(day, fc.option(time), zone).map(([d, t, z]) => `${d}${t ?? ''}${z}`)
const soundTime = fc.constantFrom('T08:00', ' 23:59:59', 'T00:00:00.5', 'T16:59:59.999999', 'T17:00:00,1', '')
const soundInstant = fc.tuple(fc.constantFrom('2026-10-05', '01/01/1900', '2024-02-29', '2199-12-31', '31/12/1999'), soundTime, zone).map(([d, t, z]) => `${d}${t}${t === '' ? '' : z}`)
const mutated = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(texts, fc.tuple(texts, fc.nat(30), fc.constantFrom('', ' ', '0', 'x', '-', '/', ':', '１', '+')).map(([text, at, insert]) => text.slice(0, at) + insert + text.slice(at + 1)))

describe('bytes and core/dates.ts agree', () => {
  test('on days', () => {
    fc.assert(
      fc.property(mutated(day), (text) => {
        const days = read(text, readDay)
        expect(Number.isNaN(days) ? null : dayOfNumber(days)).toBe(parseDay(text))
      }),
      { numRuns: 3000 },
    )
    expect(read('2024-02-29', readDay)).toBe(dayNumber('2024-02-29'))
    expect(read('2023-02-29', readDay)).toBeNaN()
  })

  test('on birth dates and years', () => {
    fc.assert(
      fc.property(mutated(fc.oneof(day, year)), (text) => {
        const days = read(text, readDay)
        const isKnown = text.length === 4 || !Number.isNaN(days)
        const birthYear = isKnown ? read(text, readYear) : -1
        const expected = parseBirthDate(text)
        expect(birthYear).toBe(expected === null ? -1 : parseInt(expected.slice(0, 4), 10))
      }),
      { numRuns: 2000 },
    )
  })

  test('on benefit periods', () => {
    fc.assert(
      fc.property(mutated(fc.oneof(fc.tuple(year, two).map(([y, m]) => `${y}-${m}`), fc.tuple(two, year).map(([m, y]) => `${m}/${y}`))), (text) => {
        const period = read(text, readPeriod)
        expect(period < 0 ? null : `${Math.floor(period / 100)}-${String(period % 100).padStart(2, '0')}`).toBe(parseBenefitPeriod(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('on instants and their local days', () => {
    let readable = 0
    fc.assert(
      fc.property(mutated(fc.oneof(instant, soundInstant)), (text) => {
        const microseconds = read(text, readInstant)
        const expected = parseInstant(text)
        if (expected === null) {
          expect(microseconds, text).toBeNaN()
          return
        }
        readable += 1
        const seconds = dayNumber(expected.slice(0, 10)) * 86_400 + parseInt(expected.slice(11, 13), 10) * 3600 + parseInt(expected.slice(14, 16), 10) * 60 + parseInt(expected.slice(17, 19), 10)
        expect(microseconds).toBe(seconds * 1_000_000 + parseInt(expected.slice(20, -1).padEnd(6, '0') || '0', 10))
        expect(dayOfNumber(localDay(microseconds))).toBe(localDayOf(expected))
      }),
      { numRuns: 5000 },
    )
    expect(readable).toBeGreaterThan(300)
  })
})

describe('keys', () => {
  test('of accounts are ranks: any digits give the rank that big integers give', () => {
    fc.assert(
      fc.property(fc.array(digit, { minLength: 4, maxLength: 18 }).map((digits) => digits.join('')), (account) => {
        const key = newKey()
        read(account, (b, s, e) => readAccount(b, s, e, key))
        const shorter = BigInt('1'.repeat(account.length - 1) + '0')
        expect(keyText(key)).toBe((shorter + BigInt(account)).toString())
      }),
    )
  })

  test('do not see blanks and dashes between the digits of an account, and see nothing else away', () => {
    const keyOf = (account: string): string | null => {
      const key = newKey()
      const answer = read(account, (b, s, e) => readAccount(b, s, e, key))
      return answer === answers.taken || answer === answers.hashed ? keyText(key) : null
    }
    expect(keyOf('1500-205 123456')).toBe(keyOf('1500205123456'))
    expect(keyOf('VCB-001')).toBe(keyOf('VCB001'))
    expect(keyOf('vcb001')).not.toBe(keyOf('VCB001'))
    expect(BigInt(keyOf('VCB001') ?? 0) >= 2n ** 62n).toBe(true)
    for (const bad of ['-1234', '1234-', '123', '12.34', "'1234", '１２３４', '1'.repeat(35)]) expect(keyOf(bad), bad).toBeNull()
    expect(read('9.70436E+18', (b, s, e) => readAccount(b, s, e, newKey()))).toBe(answers.scientific)
    expect(read('1E11', (b, s, e) => readAccount(b, s, e, newKey()))).toBe(answers.scientific)
  })

  test('of rows that name nobody are negative, of references not, and of different texts different', () => {
    const buckets = new Set<string>()
    const references = new Set<string>()
    for (let number = 0; number < 20_000; number += 1) {
      const key = newKey()
      setBucketKey(key, 970_405 + (number % 7), { high: 0, low: number })
      expect(key.high).toBeLessThan(0)
      buckets.add(keyText(key))
      const reference = Buffer.from(`E2E${number}`)
      setReferenceKey(key, 970_405, reference, 0, reference.length)
      expect(key.high).toBeGreaterThanOrEqual(0)
      references.add(keyText(key))
    }
    expect(buckets.size).toBe(20_000)
    expect(references.size).toBe(20_000)
  })

  test('of organisations need a letter; digits alone are a person or nothing', () => {
    const answer = (text: string): number => read(text, (b, s, e) => readParty(b, s, e, newKey()))
    expect(answer('TTBTXH01')).toBe(answers.hashed)
    expect(answer('12345')).toBe(answers.invalid)
    expect(answer('1087123456')).toBe(answers.lostZeros)
    expect(answer('AB-1')).toBe(answers.invalid)
    expect(read('970405', readAgent)).toBe(970_405)
    expect(read('97040', readAgent)).toBe(-1)
  })
})

describe('at the edges', () => {
  const keyOf = (text: string, reader: (bytes: Uint8Array, start: number, end: number, key: Key) => number): string => {
    const key = newKey()
    const answer = read(text, (bytes, start, end) => reader(bytes, start, end, key))
    return answer === answers.taken || answer === answers.hashed ? keyText(key) : `answer ${answer}`
  }
  const answerOf = (text: string, reader: (bytes: Uint8Array, start: number, end: number, key: Key) => number): number => read(text, (bytes, start, end) => reader(bytes, start, end, newKey()))

  test('a person has 12 or 9 digits; 8, 10 and 11 may have lost zeros', () => {
    expect(keyOf('001087123456', readPerson)).toBe('1087123456')
    expect(keyOf('000000000000', readPerson)).toBe('0')
    expect(keyOf('012345678', readPerson)).toBe('1000012345678')
    expect(['12345678', '1234567890', '12345678901'].map((text) => answerOf(text, readPerson))).toEqual([answers.lostZeros, answers.lostZeros, answers.lostZeros])
    expect(['1234567', '1234567890123', '', '12345678x', 'x23456789', '12345678901x'].map((text) => answerOf(text, readPerson))).toEqual(Array(6).fill(answers.invalid))
  })

  test('a party is a person or a code of 4 to 34 letters and digits with a letter', () => {
    expect(keyOf('001087123456', readParty)).toBe('1087123456')
    expect(keyOf('HTX0001', readParty)).toBe(keyOf('HTX0001', readAccount))
    expect(keyOf('HTX0001', readParty)).not.toBe(keyOf('HTX0002', readParty))
    expect(['ABCD', 'AZaz', '09Az', 'A'.repeat(34), '1234567Z', 'z23456789012345'].map((text) => answerOf(text, readParty))).toEqual(Array(6).fill(answers.hashed))
    // The signs that stand just beside digits and letters in ASCII.
    expect(['ABC', 'A'.repeat(35), '1234', 'AB/1', 'AB:1', 'AB@1', 'AB[1', 'AB`1', 'AB{1'].map((text) => answerOf(text, readParty))).toEqual(Array(9).fill(answers.invalid))
  })

  test('an account of 4 to 18 digits is its rank, with or without blanks, and any other a hash', () => {
    for (const account of ['0000', '0001', '9999', '123456789', '000000000', '1234567890', '1000000000', '100000000000000000', '999999999999999999', '000000001000000000']) {
      const rank = (BigInt('1'.repeat(account.length - 1) + '0') + BigInt(account)).toString()
      expect(keyOf(account, readAccount), account).toBe(rank)
      expect(keyOf(`${account.slice(0, 2)} ${account.slice(2)}`, readAccount), account).toBe(rank)
    }
    expect(answerOf('1'.repeat(19), readAccount)).toBe(answers.hashed)
    expect(answerOf('1 2-3 4', readAccount)).toBe(answers.taken)
    expect(answerOf(`1-${'1'.repeat(18)}`, readAccount)).toBe(answers.hashed)
    expect(['1 23', '123', ''].map((text) => answerOf(text, readAccount))).toEqual(Array(3).fill(answers.invalid))
  })

  test('scientific notation is told apart from what only looks like it', () => {
    expect(['1e5', '9.70436E+18', '9,70436e-18', '1E123'].map((text) => answerOf(text, readAccount))).toEqual(Array(4).fill(answers.scientific))
    expect(['VCB1E5', '12E5', '1E1234', '1E5X'].map((text) => answerOf(text, readAccount))).toEqual(Array(4).fill(answers.hashed))
  })

  test('a whole number has one to five digits, an agent six', () => {
    expect(['0', '7', '31', '99999'].map((text) => read(text, readWhole))).toEqual([0, 7, 31, 99_999])
    expect(['', '100000', '1.0', '-1', 'x'].map((text) => read(text, readWhole))).toEqual([-1, -1, -1, -1, -1])
    expect(['970405', '97040', '9704050', '97040x', ''].map((text) => read(text, readAgent))).toEqual([970_405, -1, -1, -1, -1])
  })

  test('an instant may be the very first and last that there are', () => {
    for (const text of ['1900-01-01T07:00', '1900-01-01T06:59', '1900-01-02', '1900-01-01', '2199-12-31T23:59:59', '2200-01-01T00:00+08:00', '2026-10-05T10:00+00:59', '2026-10-05T10:00+07:59', '2026-10-05T10:00-07:59', '2026-10-05T10:00+07:60', '2026-10-05T10:00:0', '2026-10-05T10:00:00.', '2026-10-05T10:00:00.1234567', '2026-10-05T10:0', '2026-10-05T1', '2026-10-05T10.00'])
      expect(Number.isNaN(read(text, readInstant)), text).toBe(parseInstant(text) === null)
  })
})

describe('text', () => {
  test('is called plain only when it is NFC and free of control characters', () => {
    const letters = fc.constantFrom('a', 'Nguyễn', 'ê\u0303', 'Ð', 'đ', '\u0000', '\u0007', '\t', '\n', '\u0085', '\ufffd', '\u00a0', '😀', '\u0340', 'ﬁ', '한', 'e\u0301', '\u1e9b\u0323', '\u212b')
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 6 }).map((parts) => parts.join('')), (text) => {
        const state = read(text, inspectText)
         
        const isInvalid = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/.test(text)
        expect(state === textStates.invalid).toBe(isInvalid)
        if (state === textStates.plain) expect(text.normalize('NFC')).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  test('is shown without control characters and cut between letters', () => {
    expect(showable('a\u0000b\u001b')).toBe('a␀b␛')
    expect(showable('😀'.repeat(400)).isWellFormed()).toBe(true)
  })
})
