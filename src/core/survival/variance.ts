/** The variance of the share withdrawn, with and without competing events. */
import { type FixedSquare, bits, fixedRatio, oneSquare } from './fixed.ts'
import type { Ratio } from './ratio.ts'
import { type RiskDay, competingOn } from './risk-table.ts'

/** Greenwood's variance of a survival, from his sum; 0 where survival is 0 and the sum is none. */
export function greenwoodVariance(survival: Ratio, greenwood: Ratio | null): FixedSquare {
  if (greenwood === null) return 0n
  const fixed = fixedRatio(survival.numerator, survival.denominator)
  return (fixed * fixed * greenwood.numerator) / greenwood.denominator
}

/**
 * The variance of the incidence of withdrawal, by the delta method on the day's multinomial counts: what Aalen and Johansen
 * give, and, to the last digit, the infinitesimal jackknife that R's survfit uses for several states. A day with n at
 * risk, w withdrawn and o ended otherwise adds, for the incidence x at the end,
 *   [w·a² + o·b² − (w·a − o·b)² / n] / (n − w − o)²   with a = waiting + incidence − x and b = x − incidence on that day.
 * That is a polynomial of x, so the sum over the days is kept as its three coefficients. Without competing events it is
 * Greenwood's variance.
 */
export class VariancePolynomial {
  private constant: FixedSquare = 0n
  private linear: FixedSquare = 0n
  private square: FixedSquare = 0n

  add(day: RiskDay, before: Ratio, waiting: Ratio, incidence: Ratio): void {
    const others = competingOn(day)
    if (day.withdrawn + others === 0) return
    const [atRisk, withdrawn, other] = [BigInt(day.atRisk), BigInt(day.withdrawn), BigInt(others)]
    const left = atRisk - withdrawn - other
    if (left === 0n) {
      // Nobody is left: what comes later cannot change, and the day's own multinomial is all there is.
      const fixed = fixedRatio(before.numerator, before.denominator)
      this.constant += (fixed * fixed * withdrawn * other) / atRisk ** 3n
      return
    }
    const below = left * left * atRisk
    const ended = fixedRatio(incidence.numerator, incidence.denominator)
    const high = ended + fixedRatio(waiting.numerator, waiting.denominator)
    // n·[w·(high − x)² + o·(x − ended)²] − (w·high + o·ended − (w + o)·x)², by powers of x.
    const mean = withdrawn * high + other * ended
    const gone = withdrawn + other
    this.constant += (atRisk * (withdrawn * high * high + other * ended * ended) - mean * mean) / below
    this.linear += ((2n * (gone * mean - atRisk * mean)) << bits) / below
    this.square += ((gone * (atRisk - gone)) * oneSquare) / below
  }

  at(incidence: Ratio): FixedSquare {
    const x = fixedRatio(incidence.numerator, incidence.denominator)
    const variance = this.constant + ((this.linear + ((this.square * x) >> bits)) * x >> bits)
    return variance < 0n ? 0n : variance
  }
}
