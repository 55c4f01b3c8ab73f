/** When two descriptions under two ids are one person's: what is compared, with how many points, and the review threshold. */
import { compareFolded, type FoldedName, type NameReason } from '../core/index.ts'
import { isGivenName } from './name-points.ts'
import type { Comparisons, Judgement } from './score.ts'

/** One way in which lists describe a person. */
export interface Description {
  /** Nine digits, not twelve. */
  readonly hasOldNumber: boolean
  readonly name: FoldedName
  readonly namePoints: number
  /** `YYYY-MM-DD`; null when unknown, or only the year is. */
  readonly birthDate: string | null
  readonly birthYear: number | null
  readonly sex: string | null
  readonly unitCode: string
}

/**
 * Points in tenths of a bit. A date of 80 years has 14.8 bits, less as ages are not even; 1 January stands for "the
 * year alone is known". What makes two people of two (another day, another given name) outweighs all that agrees.
 */
const points = {
  bankFold: -15, tokenOrder: -25, iOrY: -10, cutTail: -35, missingMiddle: -35, oneLetter: -45, otherName: -150,
  sameDate: 130, sameFirstOfJanuary: 75, swappedDate: 70, nearDate: 45, sameYearOtherDate: -40, sameYearAlone: 50, otherDate: -150,
  sameUnit: 60, otherUnit: -40, sameSex: 5, otherSex: -60,
  twelveAndNineDigits: 10, bothTwelveDigits: -20, bothNineDigits: -10,
} as const

/** From here on somebody should look: set on the generator's tuning seed (npm run bench -- names) and then left alone. */
export const reviewThreshold = 190

/** What the candidates' SQL needs to leave out pairs that cannot reach the threshold whatever their names turn out to be. */
export const bounds = {
  closest_name_points: points.iOrY,
  same_unit_points: points.sameUnit,
  other_unit_points: points.otherUnit,
  same_date_points: points.sameDate,
  swapped_date_points: points.swappedDate,
  near_date_points: Math.max(points.nearDate, points.sameYearAlone),
  same_year_points: points.sameYearAlone,
  greatest_other_points: points.sameSex + points.twelveAndNineDigits,
  review_threshold: reviewThreshold,
} as const

/** The comparisons; each is the same both ways round. */
export const personComparisons: Comparisons<Description> = { name: judgeName, birth_date: judgeBirth, unit: judgeUnit, sex: judgeSex, id: judgeIds }

const closenessPoints: Readonly<Record<Exclude<NameReason, 'marks' | 'surname' | 'letters'>, number>> = {
  i_or_y: points.iOrY, token_order: points.tokenOrder, cut_tail: points.cutTail, missing_middle: points.missingMiddle, one_letter: points.oneLetter,
}

function judgeName(first: Description, second: Description): Judgement {
  const { class: nameClass, reason } = compareFolded(first.name, second.name)
  const agreeing = Math.min(first.namePoints, second.namePoints)
  if (nameClass === 'unreadable') return { level: nameClass, points: 0 }
  if (nameClass === 'E0' || nameClass === 'E1') return { level: nameClass, points: agreeing }
  if (nameClass === 'E2') return { level: nameClass, points: agreeing + points.bankFold }
  if (reason === undefined || reason === 'marks' || reason === 'surname' || reason === 'letters' || areTwoGivenNames(first.name.fold, second.name.fold, reason)) return { level: 'different', points: points.otherName }
  return { level: reason, points: agreeing + closenessPoints[reason] }
}

/** Twins are called Hoa and Hòa, Hoan and Hoa, Ngọc Lan and Lan Ngọc: two names that people bear are no slip of one. */
function areTwoGivenNames(first: string, second: string, reason: NameReason): boolean {
  if (reason === 'missing_middle' || reason === 'i_or_y') return false
  const [short, long] = first.length < second.length ? [first.split(' '), second.split(' ')] : [second.split(' '), first.split(' ')]
  if (reason === 'token_order' && isRotation(short, long)) return false
  const differing = short.findIndex((token, index) => token !== long[index])
  // A beginning of the other name, with all its tokens whole.
  if (differing < 0) return false
  return isGivenName(short[differing] ?? '') && isGivenName(long[differing] ?? '')
}

/** The same tokens begun elsewhere, as where a form asks for the given name first. */
function isRotation(these: readonly string[], those: readonly string[]): boolean {
  return ` ${those.join(' ')} ${those.join(' ')} `.includes(` ${these.join(' ')} `)
}

function areOneDigitApart(first: string, second: string): boolean {
  return Array.from(first).filter((digit, index) => digit !== second[index]).length === 1
}

/** A child of one name, born on the parent's birthday, is at least so many years younger. */
const fewestYearsOfParent = 15

function judgeBirth(first: Description, second: Description): Judgement {
  const [mine, theirs] = [first.birthDate, second.birthDate]
  if (mine === null || theirs === null) {
    if (first.birthYear === null || second.birthYear === null) return { level: 'unknown', points: 0 }
    return first.birthYear === second.birthYear ? { level: 'same_year', points: points.sameYearAlone } : { level: 'different', points: points.otherDate }
  }
  if (mine === theirs) return { level: 'same', points: mine.endsWith('-01-01') ? points.sameFirstOfJanuary : points.sameDate }
  const [year, month, day] = mine.split('-')
  const [otherYear, otherMonth, otherDay] = theirs.split('-')
  if (year === otherYear && month === otherDay && day === otherMonth) return { level: 'swapped', points: points.swappedDate }
  const agreeing = [year === otherYear, month === otherMonth, day === otherDay].filter(Boolean).length
  const isYearSlip = agreeing === 2 && areOneDigitApart(year ?? '', otherYear ?? '') && Math.abs(parseInt(year ?? '', 10) - parseInt(otherYear ?? '', 10)) < fewestYearsOfParent
  // Of 1 January only the year was ever known: that the rest agrees, or does not, says nothing.
  const isYearAlone = mine.endsWith('-01-01') || theirs.endsWith('-01-01')
  if (isYearAlone) return year === otherYear ? { level: 'same_year', points: points.sameYearAlone } : { level: 'different', points: points.otherDate }
  if (agreeing === 2 && (year === otherYear || isYearSlip)) return { level: 'near', points: points.nearDate }
  return year === otherYear ? { level: 'same_year', points: points.sameYearOtherDate } : { level: 'different', points: points.otherDate }
}

function judgeUnit(first: Description, second: Description): Judgement {
  return first.unitCode === second.unitCode ? { level: 'same', points: points.sameUnit } : { level: 'different', points: points.otherUnit }
}

function judgeSex(first: Description, second: Description): Judgement {
  if (first.sex === null || second.sex === null) return { level: 'unknown', points: 0 }
  return first.sex === second.sex ? { level: 'same', points: points.sameSex } : { level: 'different', points: points.otherSex }
}

/** Everybody has one number of a kind: two of one kind speak a little for two people, an old and a new one for one. */
function judgeIds(first: Description, second: Description): Judgement {
  const [isOld, isOtherOld] = [first.hasOldNumber, second.hasOldNumber]
  if (isOld !== isOtherOld) return { level: 'old_and_new', points: points.twelveAndNineDigits }
  return isOld ? { level: 'both_old', points: points.bothNineDigits } : { level: 'both_new', points: points.bothTwelveDigits }
}
