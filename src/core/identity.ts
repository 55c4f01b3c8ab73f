/**
 * The stable keys by which rows of different files find each other: persons, accounts, payment references.
 *
 * A key is a 64-bit whole number, kept here as two 32-bit halves so that millions of them cost nothing. It depends on
 * the written id alone, never on what else was loaded, so the order of files cannot matter.
 */

/** A 64-bit key as two halves; `high` is signed, as PostgreSQL's bigint is. */
export interface Key {
  high: number
  low: number
}

/** 9-digit ids lie above every 12-digit one. */
const nineDigitBase = 1_000_000_000_000

/** The key of a person with a 12- or 9-digit id, from its digits as a number; exact below 2^53. */
export function setPersonKey(key: Key, number: number, digits: number): void {
  setNumber(key, digits === 9 ? number + nineDigitBase : number)
}

/** Sets a key to a whole number from 0 to 2^53. */
export function setNumber(key: Key, number: number): void {
  key.high = Math.floor(number / 4_294_967_296)
  key.low = number >>> 0
}

// How many digit strings are shorter than n: 10 + 100 + … + 10^(n-1), as two halves of a 64-bit number.
const shorterStrings = Array.from({ length: 19 }, (_, digits) => {
  const count = digits < 2 ? 0n : BigInt('1'.repeat(digits - 1) + '0')
  const [low = 0, high = 0] = new Uint32Array(BigUint64Array.of(count).buffer)
  return { high, low }
})

/**
 * The key of an account of 4 to 18 digits: its rank among all digit strings, shorter ones first, so that `0123` and
 * `123` differ and the number can be read back (`account_text` in SQL). `upper` is the digits before the last nine.
 */
export function setAccountRank(key: Key, upper: number, lower: number, digits: number): void {
  const start = shorterStrings[digits] as Key
  // upper × 10^9 has up to 60 bits: multiplied in two parts of 16 bits, each exact in a double.
  const highPart = Math.floor(upper / 65_536) * 1_000_000_000
  const lowPart = (upper & 0xffff) * 1_000_000_000 + lower
  const low = (highPart % 65_536) * 65_536 + lowPart + start.low
  key.high = Math.floor(highPart / 65_536) + Math.floor(low / 4_294_967_296) + start.high
  key.low = low % 4_294_967_296
}

/** The key of a text that has no rank (an organisation's code, a lettered or very long account): 2^62 + 62 bits of hash. */
export function setHashedKey(key: Key, bytes: Uint8Array, start: number, end: number): void {
  hashBytes(key, bytes, start, end, 0x5bd1e995)
  key.high = (key.high & 0x3fffffff) | 0x40000000
}

/** The key of a payment reference: 63 bits of hash of the agent and the end_to_end_id. Equal texts have equal keys; the reverse is checked by text. */
export function setReferenceKey(key: Key, agent: number, bytes: Uint8Array, start: number, end: number): void {
  hashBytes(key, bytes, start, end, agent)
  key.high &= 0x7fffffff
}

/** The key of rows that name nobody: negative, the same for one account at one agent; `account` null means no account either. */
export function setBucketKey(key: Key, agent: number, account: Key | null): void {
  let first = Math.imul(agent ^ 0x2545f491, 0x9e3779b1)
  let second = Math.imul(agent + 0x7f4a7c15, 0x85ebca6b)
  if (account !== null) {
    first = mix(first ^ account.low)
    second = mix(second ^ account.high ^ Math.imul(account.low, 0xc2b2ae35))
    first = mix(first + second)
  }
  key.high = mix(second ^ (first >>> 3)) | 0x80000000
  key.low = mix(first) >>> 0
}

/** A hash of a key and a whole number. */
export function setPairKey(pair: Key, key: Readonly<Key>, number: number): void {
  const first = mix(key.low ^ Math.imul(number, 0x9e3779b1))
  const second = mix(key.high ^ Math.imul(number, 0xc2b2ae35) ^ first)
  pair.high = second | 0
  pair.low = mix(first + second) >>> 0
}

/** A key as PostgreSQL prints a bigint. */
export function keyText(key: Readonly<Key>): string {
  return ((BigInt(key.high) << 32n) | BigInt(key.low >>> 0)).toString()
}

/**
 * 64 bits of hash over a run of bytes: two lanes of multiply and rotate, as in MurmurHash3, each seeing every byte.
 * Not against an enemy: wherever two texts with one key would matter, the texts themselves are compared.
 */
export function hashBytes(key: Key, bytes: Uint8Array, start: number, end: number, seed: number): void {
  let first = seed ^ 0x2f0b4c47
  let second = Math.imul(seed, 0x9e3779b1) ^ (end - start)
  let index = start
  for (; index + 4 <= end; index += 4) {
    const word = (bytes[index] as number) | ((bytes[index + 1] as number) << 8) | ((bytes[index + 2] as number) << 16) | ((bytes[index + 3] as number) << 24)
    let turned = Math.imul(word, 0xcc9e2d51)
    turned = (turned << 15) | (turned >>> 17)
    first ^= Math.imul(turned, 0x1b873593)
    first = Math.imul((first << 13) | (first >>> 19), 5) + 0xe6546b64
    turned = Math.imul(word, 0x239b961b)
    turned = (turned << 16) | (turned >>> 16)
    second ^= Math.imul(turned, 0xab0e9789)
    second = Math.imul((second << 17) | (second >>> 15), 5) + 0x561ccd1b
  }
  let rest = 0
  for (let shift = 0; index < end; index += 1, shift += 8) rest |= (bytes[index] as number) << shift
  first = mix(first ^ Math.imul(rest, 0xcc9e2d51))
  second = mix(second ^ Math.imul(rest, 0x239b961b) ^ first)
  first = mix(first + second)
  key.high = second | 0
  key.low = first >>> 0
}

/** The avalanche step of MurmurHash3: every bit of the input moves every bit of the result. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** People are stored and read in so many buckets, person_key % 240, as the index of migration 0006 has it (D70). */
export const bucketCount = 240

/** The person_key of a 12- or 9-digit id as somebody typed it, blanks aside; null when it is neither. `identifier_key()` in SQL. */
export function personKeyOf(typed: string): string | null {
  const digits = typed.replace(/[\s.-]/g, '')
  if (/^\d{12}$/.test(digits)) return BigInt(digits).toString()
  return /^\d{9}$/.test(digits) ? (BigInt(digits) + 1_000_000_000_000n).toString() : null
}

/** Above every key that an id can have: random keys of people who were forgotten (D196). */
const pseudonymBase = 2_000_000_000_000n

/** The id behind a person_key, for people only, or the pseudonym of somebody who was forgotten: x and twelve digits; `identifier_text()` in SQL. */
export function identifierOf(personKey: string): string {
  const key = BigInt(personKey)
  if (key >= pseudonymBase && key < pseudonymBase + 1_000_000_000_000n) return `x${(key - pseudonymBase).toString().padStart(12, '0')}`
  return key < 1_000_000_000_000n ? key.toString().padStart(12, '0') : (key - 1_000_000_000_000n).toString().padStart(9, '0')
}
