/** Which of many units differ from the others by more than chance. */
import { innerTail, outerTail } from './funnel.ts'
import { type Fixed, fixedFromDecimal, one } from './fixed.ts'
import { type Proportion, checked } from './proportions.ts'
import { hypergeometric, twoSided } from './tails.ts'
import { type Decimal, decimalOfFixed, decimalOfRatio } from './ratio.ts'

/** Where a unit stands to what units have in common. */
export interface Comparison {
  /** Null for a unit of nobody. */
  readonly share: Decimal | null
  /** Two-sided: how likely chance alone puts a unit of this size so far away or farther. */
  readonly p: Decimal
  /** Outside of what 95 % (99.8 %) of units without a difference show: of a hundred such units five (0.2) are so. */
  readonly isOutsideInner: boolean
  readonly isOutsideOuter: boolean
  /** Benjamini and Hochberg's p over all units compared. */
  readonly adjusted: Decimal
  /**
   * True when the difference is more than noise after all units were looked at: of the units so called at most 5 % are
   * expected to be called so wrongly. What may be said aloud.
   */
  readonly isDifferent: boolean
  readonly direction: 'below' | 'above' | 'same'
}

/** Units compared. */
export interface Comparisons {
  /**
   * What units are compared with, and the target of their funnel: all of them together but for those beyond doubt, which
   * would drag everybody else's mark along with them (one slow bank makes the others look fast). All, where most differ.
   */
  readonly common: Proportion
  /** In the order given. */
  readonly units: readonly Comparison[]
}

/** Of units called different, at most this share wrongly. */
const falseShare: Fixed = fixedFromDecimal('0.05')

/**
 * Each unit against what units have in common. The chance of a count is hypergeometric: how many of all who withdrew fall
 * into a unit of its size if they are dealt out at random. So a unit that makes up most of the whole is not compared with
 * itself. A unit of nobody is never different. Throws a RangeError for what is no proportion.
 */
export function compareUnits(units: readonly Proportion[]): Comparisons {
  for (const unit of units) checked(unit)
  const isCommon = commonUnits(units)
  const common = together(units.filter((_, index) => isCommon[index]))
  const chances = units.map((unit, index) => twoSided(hypergeometric(isCommon[index] === true ? common : together([common, unit]), unit.whole), unit.part))
  const tested = units.flatMap(({ whole }, index) => (whole > 0 ? [index] : []))
  const adjusted = adjustedForAll(chances, tested)
  const compared = units.map(({ part, whole }, index): Comparison => {
    const [p, q] = [chances[index] ?? one, adjusted[index] ?? one]
    const difference = BigInt(part) * BigInt(common.whole) - BigInt(common.part) * BigInt(whole)
    return {
      share: whole === 0 ? null : decimalOfRatio({ numerator: BigInt(part), denominator: BigInt(whole) }),
      p: decimalOfFixed(p),
      isOutsideInner: p <= 2n * innerTail,
      isOutsideOuter: p <= 2n * outerTail,
      adjusted: decimalOfFixed(q),
      isDifferent: q <= falseShare,
      direction: difference < 0n ? 'below' : difference > 0n ? 'above' : 'same',
    }
  })
  return { common, units: compared }
}

/**
 * Which units make up the common share: the unit farthest from the others together is left out, again and again, while its
 * distance is beyond what the farthest of so many units shows by chance (5 %). Never half of them or more: then there is
 * nothing in common, and all count. Machine numbers will do, since nothing is said of a unit here.
 */
function commonUnits(units: readonly Proportion[]): boolean[] {
  const isCommon = units.map(({ whole }) => whole > 0)
  const count = isCommon.filter(Boolean).length
  // Twice the normal tail beyond z is below exp(−z²/2).
  const limit = 2 * Math.log(count / 0.05)
  let { part, whole } = together(units)
  for (let left = Math.floor((count - 1) / 2); ; left -= 1) {
    const share = part / whole
    let [farthest, distance] = [-1, limit]
    for (const [index, unit] of units.entries()) {
      if (isCommon[index] !== true || unit.whole === whole) continue
      const square = (unit.part - unit.whole * share) ** 2 / (unit.whole * share * (1 - share) * (1 - unit.whole / whole))
      if (square > distance) [farthest, distance] = [index, square]
    }
    const unit = units[farthest]
    if (unit === undefined) return isCommon
    if (left <= 0) return units.map(() => true)
    isCommon[farthest] = false
    part -= unit.part
    whole -= unit.whole
  }
}

function together(units: readonly Proportion[]): Proportion {
  const all = units.reduce((sum, { part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }), { part: 0, whole: 0 })
  checked(all)
  return all
}

/** Benjamini and Hochberg: each p times (number tested / its rank), never above that of a greater p; 1 for who is not tested. */
function adjustedForAll(chances: readonly Fixed[], tested: readonly number[]): Fixed[] {
  const order = tested.toSorted((a, b) => ((chances[a] ?? 0n) < (chances[b] ?? 0n) ? -1 : 1))
  const adjusted = chances.map(() => one)
  let least = one
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const index = order[rank - 1] ?? 0
    const scaled = ((chances[index] ?? one) * BigInt(order.length)) / BigInt(rank)
    if (scaled < least) least = scaled
    adjusted[index] = least
  }
  return adjusted
}
