/**
 * Names folded for comparison, kept apart from the name as written, and whether two of them can be one person's.
 *
 * Four classes of likeness, each wider than the one before: E0 identical, E1 same spelling, E2 equal once a bank has
 * dropped all marks, E3 close. NFD does not take đ apart, old files carry Ð (eth) or Ɖ in its place, and Hòa and Hoà
 * differ in NFC and in NFD: so none of this is left to Unicode alone.
 */

/** The class of likeness that decided; `different` speaks against one person, `unreadable` says nothing. */
export type NameClass = 'E0' | 'E1' | 'E2' | 'E3' | 'different' | 'unreadable'

/** The four answers of a verification of payee. */
export type NameAnswer = 'match' | 'close_match' | 'no_match' | 'cannot_tell'

/** What made two names close (E3) or different. */
export type NameReason = 'i_or_y' | 'token_order' | 'cut_tail' | 'missing_middle' | 'one_letter' | 'marks' | 'surname' | 'letters'

/** An answer, always with the class that decided; `reason` is there for E3 and `different`. */
export interface NameComparison {
  readonly answer: NameAnswer
  readonly class: NameClass
  readonly reason?: NameReason
}

/** A name in all its folds; made once, compared often. */
export interface FoldedName {
  readonly identical: string
  readonly spelling: string
  readonly fold: string
  /** True when any vowel mark, tone or Đ is there: then what is not marked was meant to be bare. */
  readonly hasMarks: boolean
}

const zeroWidth = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
const strokeLookAlikes = /[\u00d0\u0189]/g
// In NFD: a tone on the first of two vowels of which the second may carry it; after Q the U is no vowel.
const earlyTone = /(O)([\u0300\u0301\u0303\u0309\u0323])([AE])(?!\p{M})|(?<!Q)(U)([\u0300\u0301\u0303\u0309\u0323])(Y)(?!\p{M})/gu

/** E0: NFC, trimmed, every run of blanks one blank, nothing of zero width, capitals. */
export function identicalName(name: string): string {
  return name.normalize('NFC').replace(zeroWidth, '').replace(/\s+/g, ' ').trim().toUpperCase().normalize('NFC')
}

/** E1: E0, with Đ for its look-alikes and the tone on the vowel where school puts it today (HOÀ, HOÈ, THUÝ; QUÝ and GIÀ stay). */
export function nameSpelling(name: string): string {
  const marks = identicalName(name).replace(strokeLookAlikes, 'Đ').normalize('NFD')
  return marks.replace(earlyTone, (_, o: string | undefined, tone: string, second: string, u: string | undefined, toneOfU: string, y: string) => (o === undefined ? `${u ?? ''}${y}${toneOfU}` : `${o}${second}${tone}`)).normalize('NFC')
}

/** E2: the spelling as a bank prints it: A–Z and single blanks. An apostrophe joins (H'MÔNG is HMONG), other signs part. */
export function bankFold(name: string): string {
  return foldOfSpelling(nameSpelling(name))
}

function foldOfSpelling(spelling: string): string {
  return spelling.normalize('NFD').replace(/[\p{M}'’‘ʼ`´]/gu, '').replaceAll('Đ', 'D').replace(/[^A-Z]+/g, ' ').trim()
}

/** All folds of a name. */
export function foldName(name: string): FoldedName {
  const identical = identicalName(name)
  const spelling = nameSpelling(identical)
  return { identical, spelling, fold: foldOfSpelling(spelling), hasMarks: /[\p{M}Đ]/u.test(spelling.normalize('NFD')) }
}

/** What speaks for two names beside themselves. */
export interface NameContext {
  /** True when an id, an account or a reference says the same independently: only then does a bank's fold count as equal. */
  readonly hasSecondKey?: boolean
}

/**
 * Whether two names can be one person's, and the class that decided.
 *
 * `match`: E0 or E1, or E2 beside a second key. `cannot_tell`: E2 alone (what was dropped may have been the
 * difference), or a name without letters. `close_match`: E3, for a person to look at, never for a program to act on.
 */
export function compareNames(first: string, second: string, context: NameContext = {}): NameComparison {
  return compareFolded(foldName(first), foldName(second), context)
}

/** The same for names that are folded already. */
export function compareFolded(first: FoldedName, second: FoldedName, { hasSecondKey = false }: NameContext = {}): NameComparison {
  if (first.fold === '' || second.fold === '') return { answer: 'cannot_tell', class: 'unreadable' }
  if (first.identical === second.identical) return { answer: 'match', class: 'E0' }
  if (first.spelling === second.spelling) return { answer: 'match', class: 'E1' }
  const areBothMarked = first.hasMarks && second.hasMarks
  if (first.fold === second.fold && !areBothMarked) return { answer: hasSecondKey ? 'match' : 'cannot_tell', class: 'E2' }
  const closeness = areBothMarked ? closenessOf(first.spelling, second.spelling) : closenessOf(first.fold, second.fold)
  if (closeness !== null && !(closeness === 'one_letter' && first.fold === second.fold)) return { answer: 'close_match', class: 'E3', reason: closeness }
  return { answer: 'no_match', class: 'different', reason: first.fold === second.fold ? 'marks' : haveRivalSurnames(first, second) ? 'surname' : 'letters' }
}

/** Surnames that are near each other and never a slip of the pen: Vũ and Võ, Huỳnh and Hoàng are different families. */
const rivalSurnames = new Set(['VO VU', 'HOANG HUYNH'])

function haveRivalSurnames(first: { readonly fold: string }, second: { readonly fold: string }): boolean {
  return areRivals(first.fold, second.fold)
}

function areRivals(first: string, second: string): boolean {
  const surnames = [first, second].map((name) => foldOfSpelling(name.split(' ')[0] ?? '')).sort()
  return rivalSurnames.has(surnames.join(' '))
}

/** How two differing names, both spelled or both folded, are close; null when they are not. */
function closenessOf(first: string, second: string): NameReason | null {
  if ((anyY.test(first) || anyY.test(second)) && withI(first) === withI(second)) return 'i_or_y'
  const [these, those] = [first.split(' '), second.split(' ')]
  if (these.length === those.length && [...these].sort().join(' ') === [...those].sort().join(' ')) return 'token_order'
  const [short, long] = first.length < second.length ? [first, second] : [second, first]
  if (short.includes(' ') && lettersOf(short) >= fewestLettersOfCutName && long.startsWith(short)) return 'cut_tail'
  if (lacksMiddle(short.split(' '), long.split(' '))) return 'missing_middle'
  return !areRivals(first, second) && isOneEditAway(first, second) ? 'one_letter' : null
}

/** Below that a beginning says too little: AN BA is no cut-off AN BANG. */
const fewestLettersOfCutName = 7
const lettersOf = (name: string): number => name.replaceAll(' ', '').length

const anyY = /[YÝỲỶỸỴ]/

/** With I for a Y that is a syllable's only vowel (LÝ, MỸ, QUÝ), which many write either way; THUÝ and HAY keep theirs. */
function withI(name: string): string {
  return name.normalize('NFD').replace(/(?<=(?:^| |[BCDĐGHKLMNPRSTVX]|QU))Y(?=\p{M}*(?: |$))/gu, 'I')
}

function lacksMiddle(short: readonly string[], long: readonly string[]): boolean {
  if (short.length < 2 || short.length >= long.length || short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false
  let found = 0
  for (const token of long) if (token === short[found]) found += 1
  return found === short.length
}

/** True when one letter put in, left out, changed, or two neighbours swapped make one text of the other. */
export function isOneEditAway(first: string, second: string): boolean {
  if (first === second || Math.abs(first.length - second.length) > 1) return false
  let start = 0
  while (start < first.length && first[start] === second[start]) start += 1
  let end = 0
  while (end < Math.min(first.length, second.length) - start && first.at(-1 - end) === second.at(-1 - end)) end += 1
  const [mine, theirs] = [first.slice(start, first.length - end), second.slice(start, second.length - end)]
  if (mine.length <= 1 && theirs.length <= 1) return true
  return mine.length === 2 && theirs.length === 2 && mine[0] === theirs[1] && mine[1] === theirs[0]
}

/** What somebody typed, without blanks around it and without signs that are not seen (but those that join letters); empty when nothing of it is seen. */
export function visibleText(typed: string): string {
  const seen = typed.replace(/[^\P{Cf}\u200c\u200d]/gu, '').trim()
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(seen) ? seen : ''
}
