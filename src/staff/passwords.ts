/** Passwords: which are good enough, how they are kept, and those that are handed out once. */
import { randomInt } from 'node:crypto'
import { hash, parseOptions, verify } from '@node-rs/argon2'

/** Argon2id, twice the memory that OWASP asks for at least: about 60 ms on one core, which nobody at a desk notices. */
const cost = { memoryCost: 38_912, timeCost: 2, parallelism: 1 } as const

/** Fewer letters are guessed; what they are is everybody's own business. */
export const shortestPassword = 12
/** A longer one is no password but a way to keep the server busy. */
const longestPassword = 200

/** Why a password cannot be taken. */
export type PasswordFault = 'too_short' | 'too_long' | 'holds_name' | 'common'

/** What is wrong with a password that somebody chose; null: nothing. */
export function passwordFault(password: string, { userName, displayName }: { readonly userName: string; readonly displayName: string }): PasswordFault | null {
  const text = canonical(password)
  const length = Array.from(text).length
  if (length < shortestPassword) return 'too_short'
  if (length > longestPassword) return 'too_long'
  const folded = letters(text)
  const own = [userName, userName.split('@')[0] ?? '', displayName].map(letters).filter((one) => one.length >= 4)
  if (own.some((one) => folded.includes(one))) return 'holds_name'
  return isCommon(folded) ? 'common' : null
}

/** What is kept of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(canonical(password), cost)
}

/**
 * Whether it is the password; `null` for somebody who has none, or is not there: the answer then takes as long as any.
 */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  // A password that is too long was never taken, so it is not worth hashing: nobody learns more from that than its length.
  if (password.length > longestPassword * 4) return false
  const isRight = await verify(kept ?? (await nobodys()), canonical(password))
  return kept !== null && isRight
}

/** True for one kept with less than is asked today: it is hashed anew while its owner has just typed it. */
export function isKeptTooCheaply(kept: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(kept)
  return memoryCost < cost.memoryCost || timeCost < cost.timeCost || parallelism < cost.parallelism
}

// Without 0 and o, 1, l and i: it is read out on the telephone and copied from paper.
const readable = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password for one use, about 79 bits: `k7mp-9xrt-…`, four groups of four. */
export function oneTimePassword(): string {
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => readable[randomInt(readable.length)] ?? '').join('')).join('-')
}

let kept: Promise<string> | undefined

/** The hash that is compared with when there is no other; nobody knows its password. */
function nobodys(): Promise<string> {
  return (kept ??= hashPassword(oneTimePassword()))
}

/** The same letters typed on two keyboards are one password, whichever marks stand alone. */
function canonical(password: string): string {
  return password.normalize('NFKC')
}

/** Small Latin letters and digits alone, without marks: `Mật-Khẩu 12` → `matkhau12`. */
function letters(text: string): string {
  return text.normalize('NFD').toLowerCase().replaceAll('đ', 'd').replace(/[^\p{L}\p{N}]/gu, '')
}

const commonWords = [
  'password', 'passw0rd', 'p4ssw0rd', 'matkhau', 'matkhaumoi', 'qwerty', 'qwertyuiop', 'asdfgh', 'asdfghjkl', 'zxcvbnm', 'letmein', 'welcome', 'iloveyou', 'admin', 'administrator', 'anhyeuem', 'emyeuanh',
  'tantay', 'ansinhxahoi', 'asxh', 'vietnam', 'hanoi', 'saigon', 'changeme', 'default', 'secret', 'khongbiet', 'toiyeuvietnam', 'abc', 'abcd', 'qazwsx', 'qazwsxedc', 'onetwothree', 'kcb', 'ubnd',
]

/** Known words with figures around them, one piece over and over, and rows of keys or figures. */
function isCommon(folded: string): boolean {
  if (folded.length < 4) return true
  const bare = folded.replace(/^\d+|\d+$/g, '')
  if (bare === '' && isRowOfFigures(folded)) return true
  if (/^(.{1,6}?)\1+$/u.test(folded)) return true
  let rest = bare
  for (const word of [...commonWords].sort((one, other) => other.length - one.length)) rest = rest.replaceAll(word, '')
  // What is left beside the words and figures would have to be guessed.
  return bare !== '' && rest.replace(/\d/g, '').length < 4 && rest !== bare
}

function isRowOfFigures(text: string): boolean {
  const steps = new Set(Array.from(text).slice(1).map((digit, index) => (digit.charCodeAt(0) - text.charCodeAt(index) + 10) % 10))
  // 123456789012, 987654321098, 000000000000; and days such as 01011990 twice over are pieces over and over.
  return steps.size === 1 || new Set(text).size <= 3
}
