/** Survival statistics: published numbers to every printed digit, laws in exact arithmetic, and an independent model. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { survival } from '../../src/core/index.ts'
import { intervalOf, isLimitWithin, survivalAfter } from '../../src/core/survival/bands.ts'
import { type Clock, Fraction, drawnExactly, greenwood, incidence, incidenceVariance, logRankChiSquare, meanDays, meanDaysVariance, productLimit, thrownExactly } from '../model/survival.ts'

const { clockEnds, compareUnits, curveOf, decimalOfRatio, funnelLimits, logRank, printedSteps, quantileOf, restrictedMean, restrictedMeanDifference, shareWithin, upperTailOfChiSquare, wilson } = survival
type RiskRow = survival.RiskRow
type Ratio = survival.Ratio

const observed = (withdrawn: readonly number[], censored: readonly number[] = []): RiskRow[] => [
  ...withdrawn.map((days) => ({ days, event: 'withdrawn' as const, count: 1 })),
  ...censored.map((days) => ({ days, event: 'censored' as const, count: 1 })),
]
const rowsOf = (clocks: readonly Clock[]): RiskRow[] => clocks.map((clock) => ({ ...clock, count: 1 }))
const fraction = ({ numerator, denominator }: Ratio): string => new Fraction(numerator, denominator).toString()
/** A decimal text to as many places as a table prints. */
const places = (text: string | null, count: number): string => (text === null ? 'null' : Number(text).toFixed(count))

// Leukemia, maintenance study: R survival, tests/doaml; 6-MP: Freireich 1963; three groups: the documentation of lifelines.
const maintained = observed([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161])
const nonMaintained = observed([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], [16])
const treated = observed([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
const placebo = observed([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23])
const atEvents = (rows: readonly RiskRow[]): survival.Step[] => curveOf(rows).steps.filter(({ withdrawn }) => withdrawn > 0)

describe('published curves', () => {
  test('maintained: survival and Greenwood sums as exact fractions', () => {
    expect(atEvents(maintained).map((step) => [step.days, fraction(step.survival), fraction(step.greenwood!)])).toEqual([
      [9, '10/11', '1/110'], [13, '9/11', '2/99'], [18, '63/88', '211/5544'], [23, '27/44', '49/792'], [31, '27/55', '443/3960'], [34, '81/220', '773/3960'], [48, '81/440', '2753/3960'],
    ])
  })

  test('non-maintained: down to zero, where the error is unknown and not nothing', () => {
    expect(atEvents(nonMaintained).map((step) => [step.days, fraction(step.survival), step.greenwood === null ? null : fraction(step.greenwood)])).toEqual([
      [5, '5/6', '1/60'], [8, '2/3', '1/24'], [12, '7/12', '5/84'], [23, '35/72', '13/140'], [27, '7/18', '1/7'], [30, '7/24', '19/84'], [33, '7/36', '11/28'], [43, '7/72', '25/28'], [45, '0', null],
    ])
    expect(printedSteps(curveOf(nonMaintained)).at(-1)).toMatchObject({ survival: '0', standardError: null, lower: null, upper: null, incidenceStandardError: null, incidenceLower: null, incidenceUpper: null, waiting: '0', incidence: { withdrawn: '1' } })
  })

  test('treated with 6-MP', () => {
    expect(atEvents(treated).map((step) => fraction(step.survival))).toEqual(['6/7', '96/119', '64/85', '176/255', '32/51', '64/119', '160/357'])
  })

  test('what R prints: standard errors and log intervals', () => {
    const printed = printedSteps(curveOf(maintained), 'log').filter(({ withdrawn }) => withdrawn > 0)
    expect(printed.map((step) => [step.days, places(step.survival, 3), places(step.standardError, 4), places(step.lower, 4), places(step.upper, 3)])).toEqual([
      [9, '0.909', '0.0867', '0.7541', '1.000'], [13, '0.818', '0.1163', '0.6192', '1.000'], [18, '0.716', '0.1397', '0.4884', '1.000'], [23, '0.614', '0.1526', '0.3769', '0.999'],
      [31, '0.491', '0.1642', '0.2549', '0.946'], [34, '0.368', '0.1627', '0.1549', '0.875'], [48, '0.184', '0.1535', '0.0359', '0.944'],
    ])
    expect(printed[0]?.upper).toBe('1')
  })

  test('log-log intervals', () => {
    const printed = printedSteps(curveOf(maintained)).filter(({ withdrawn }) => withdrawn > 0)
    expect(printed.map(({ lower, upper }) => [places(lower, 6), places(upper, 6)])).toEqual([
      ['0.508080', '0.986674'], ['0.447429', '0.951162'], ['0.350190', '0.899024'], ['0.265752', '0.835299'], ['0.167331', '0.753400'], ['0.092830', '0.657041'], ['0.011738', '0.525015'],
    ])
    // The same seen from the other side: the share withdrawn.
    for (const step of printed) {
      expect(Number(step.incidenceLower)).toBeCloseTo(1 - Number(step.upper), 10)
      expect(Number(step.incidenceUpper)).toBeCloseTo(1 - Number(step.lower), 10)
      expect(step.incidenceStandardError).toBe(step.standardError)
    }
  })

  test('medians', () => {
    expect(quantileOf(curveOf(maintained), '0.5', 'log')).toEqual({ days: 31, lower: 18, upper: null })
    expect(quantileOf(curveOf(nonMaintained), '0.5', 'log')).toEqual({ days: 23, lower: 8, upper: null })
    expect(quantileOf(curveOf(maintained), '0.5')).toEqual({ days: 31, lower: 13, upper: null })
    expect(quantileOf(curveOf(nonMaintained), '0.5')).toEqual({ days: 23, lower: 5, upper: 33 })
    expect(quantileOf(curveOf(maintained), '0.9')).toEqual({ days: null, lower: 34, upper: null })
  })

  test('restricted means as exact fractions', () => {
    expect([30, 45].map((horizon) => fraction(restrictedMean(curveOf(maintained), horizon)!.exact))).toEqual(['2165/88', new Fraction(2705, 88).toString()])
    expect([30, 45].map((horizon) => fraction(restrictedMean(curveOf(nonMaintained), horizon)!.exact))).toEqual(['709/36', '545/24'])
    expect(restrictedMean(curveOf(maintained), 30)?.days).toBe('24.6022727273')
  })

  test('log-rank of the maintenance study', () => {
    const { chiSquare, degreesOfFreedom, p, groups } = logRank([maintained, nonMaintained])
    expect([places(chiSquare, 10), degreesOfFreedom, places(p, 11)]).toEqual(['3.3963886990', 1, '0.06533932204'])
    expect([places(groups[0]!.expected, 10), places(groups[0]!.variance, 10), groups[0]!.observed, groups[0]!.count]).toEqual(['10.6893359923', '4.0075507459', 7, 11])
  })

  test('a group that is gone before the first withdrawal changes nothing', () => {
    const { groups: _, ...two } = logRank([maintained, nonMaintained])
    const { groups, ...three } = logRank([maintained, observed([], [1, 2, 2, 3, 3, 3, 4]), nonMaintained])
    expect(three).toEqual(two)
    expect(groups[1]).toEqual({ count: 7, observed: 0, expected: '0', variance: '0' })
  })

  test('log-rank of 6-MP and of three groups', () => {
    const { chiSquare, p, groups } = logRank([treated, placebo])
    expect([places(chiSquare, 10), Number(p).toExponential(9), places(groups[0]!.expected, 10), places(groups[0]!.variance, 10)]).toEqual(['16.7929409892', '4.168809109e-5', '19.2505009480', '6.2569605737'])
    const three = logRank([observed([5, 3, 9, 8]), observed([7, 4, 2], [4, 3]), observed([5, 6], [7])])
    expect([places(three.chiSquare, 10), three.degreesOfFreedom, places(three.p, 4)]).toEqual(['1.0800467315', 2, '0.5827'])
  })
})

const clock = fc.record({ days: fc.nat({ max: 12 }), event: fc.constantFrom(...clockEnds) })
const clocks = fc.array(clock, { minLength: 1, maxLength: 25 })
const withoutCompeting = fc.array(fc.record({ days: fc.nat({ max: 12 }), event: fc.constantFrom('withdrawn' as const, 'censored' as const) }), { minLength: 1, maxLength: 25 })
const grouped = fc.array(fc.record({ days: fc.nat({ max: 60 }), event: fc.constantFrom(...clockEnds), count: fc.nat({ max: 100_000 }) }), { minLength: 1, maxLength: 80 })
const said = (rows: readonly RiskRow[]): unknown => {
  const curve = curveOf(rows)
  return [printedSteps(curve), [1, 3, 7, 30].map((day) => shareWithin(curve, day)), quantileOf(curve, '0.5'), quantileOf(curve, '0.9'), restrictedMean(curve, 7)?.days, restrictedMean(curve, 7)?.standardError]
}

describe('laws', () => {
  test('the model says the same, person by person', () => {
    fc.assert(fc.property(clocks, (people) => {
      for (const step of curveOf(rowsOf(people)).steps) {
        expect(fraction(step.survival)).toBe(productLimit(people, step.days, ({ event }) => event === 'withdrawn').toString())
        expect(fraction(step.waiting)).toBe(productLimit(people, step.days, ({ event }) => event !== 'censored').toString())
        expect(step.greenwood === null ? null : fraction(step.greenwood)).toBe(greenwood(people, step.days)?.toString() ?? null)
        for (const cause of ['withdrawn', 'returned', 'closed', 'died'] as const) expect(fraction(step.incidence[cause])).toBe(incidence(people, step.days, cause).toString())
      }
    }))
  })

  test('Greenwood of billions, whose products no machine number holds', () => {
    const count = fc.integer({ min: 1, max: 3_000_000_000 })
    fc.assert(fc.property(fc.array(fc.tuple(count, fc.nat({ max: 3_000_000_000 })), { minLength: 2, maxLength: 6 }), (pairs) => {
      const rows = pairs.flatMap(([withdrawn, censored], days): RiskRow[] => [{ days, event: 'withdrawn', count: withdrawn }, { days, event: 'censored', count: censored }])
      let sum = new Fraction(0)
      for (const { atRisk, withdrawn, greenwood: ours } of curveOf(rows).steps) {
        if (withdrawn === atRisk) continue
        sum = sum.plus(new Fraction(withdrawn, BigInt(atRisk) * BigInt(atRisk - withdrawn)))
        expect(fraction(ours!)).toBe(sum.toString())
      }
    }))
  })

  test('the order of rows is irrelevant, and so is how they are grouped', () => {
    fc.assert(fc.property(grouped.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))), ([rows, shuffled]) => {
      const halves = rows.flatMap((row) => [{ ...row, count: Math.floor(row.count / 2) }, { ...row, count: Math.ceil(row.count / 2) }])
      expect(said(shuffled)).toEqual(said(rows))
      expect(said(halves)).toEqual(said(rows))
    }), { numRuns: 40 })
  })

  test('a weight is that many copies; it leaves the curve and divides the variance', () => {
    fc.assert(fc.property(clocks, fc.integer({ min: 2, max: 5 }), (people, weight) => {
      const weighted = rowsOf(people).map((row) => ({ ...row, count: weight }))
      expect(said(weighted)).toEqual(said(people.flatMap((one) => rowsOf(Array.from({ length: weight }, () => one)))))
      const [once, often] = [curveOf(rowsOf(people)), curveOf(weighted)]
      for (const [index, step] of once.steps.entries()) {
        expect(fraction(often.steps[index]!.survival)).toBe(fraction(step.survival))
        expect(fraction(often.steps[index]!.incidence.withdrawn)).toBe(fraction(step.incidence.withdrawn))
        expect(Number(often.steps[index]!.incidenceVariance * BigInt(weight) - step.incidenceVariance)).toBeLessThan(2 ** 300)
      }
    }))
  })

  test('shifting all days shifts the curve and its quantiles, and adds to the mean', () => {
    fc.assert(fc.property(clocks, fc.integer({ min: 1, max: 9 }), (people, by) => {
      const [here, there] = [curveOf(rowsOf(people)), curveOf(rowsOf(people.map((one) => ({ ...one, days: one.days + by }))))]
      expect(there.steps).toEqual(here.steps.map((step) => ({ ...step, days: step.days + by })))
      const [a, b] = [quantileOf(here, '0.5'), quantileOf(there, '0.5')]
      expect(b).toEqual({ days: a.days === null ? null : a.days + by, lower: a.lower === null ? null : a.lower + by, upper: a.upper === null ? null : a.upper + by })
      const [mean, later] = [restrictedMean(here, 12), restrictedMean(there, 12 + by)]
      expect(later?.standardError).toBe(mean?.standardError)
      if (mean !== null) expect(fraction(later!.exact)).toBe(new Fraction(mean.exact.numerator, mean.exact.denominator).plus(new Fraction(by)).toString())
    }))
  })

  test('without competing events the incidence of withdrawal is 1 − survival, and both have one variance', () => {
    fc.assert(fc.property(withoutCompeting, (people) => {
      const curve = curveOf(rowsOf(people))
      expect(curve.hasCompeting).toBe(false)
      // One return after everything else makes the general way of counting necessary and changes nothing before it.
      const general = curveOf([...rowsOf(people.map((one) => ({ ...one, days: one.days * 2 }))), { days: 99, event: 'returned', count: 1 }])
      const plain = curveOf([...rowsOf(people.map((one) => ({ ...one, days: one.days * 2 }))), { days: 99, event: 'censored', count: 1 }])
      for (const [index, step] of plain.steps.entries()) {
        expect(new Fraction(step.incidence.withdrawn.numerator, step.incidence.withdrawn.denominator).plus(new Fraction(step.survival.numerator, step.survival.denominator)).toString()).toBe('1')
        const other = general.steps[index]!
        if (step.days < 99) {
          expect(fraction(other.survival)).toBe(fraction(step.survival))
          const distance = other.incidenceVariance - step.incidenceVariance
          expect(distance < 1n << 200n && distance > -(1n << 200n)).toBe(true)
        }
      }
    }))
  })

  test('the incidences and those waiting add up to 1 exactly, rounded or not', () => {
    fc.assert(fc.property(grouped, fc.constantFrom(0, 100, 1024), (rows, limit) => {
      for (const { waiting, incidence: ended } of curveOf(rows, { exactBits: limit }).steps) {
        expect([waiting, ended.withdrawn, ended.returned, ended.closed, ended.died].reduce((sum, { numerator, denominator }) => sum.plus(new Fraction(numerator, denominator)), new Fraction(0)).toString()).toBe('1')
        expect(waiting.numerator >= 0n).toBe(true)
      }
    }))
  })

  test('the variance with competing events is the infinitesimal jackknife, as in R for several states', () => {
    fc.assert(fc.property(clocks, (people) => {
      const curve = curveOf(rowsOf(people))
      for (const step of curve.steps) {
        const isLeft = step.waiting.numerator > 0n
        // Where nobody is left a smaller weight would leave somebody, so that differences say nothing.
        if (isLeft) expect(Number(step.incidenceVariance >> 284n) / 2 ** 100).toBeCloseTo(incidenceVariance(people, step.days), 7)
      }
      const known = curve.steps.filter(({ waiting }) => waiting.numerator > 0n).at(-1)?.days ?? 0
      const mean = restrictedMean(curve, known)
      if (mean !== null) {
        expect(fraction(mean.exact)).toBe(meanDays(people, known).toString())
        expect(Number(mean.variance >> 284n) / 2 ** 100).toBeCloseTo(meanDaysVariance(people, known), 5)
      }
    }), { numRuns: 60 })
  })
})

describe('exact and rounded', () => {
  const large: RiskRow[] = Array.from({ length: 401 }, (_, days) => clockEnds.map((event, index) => ({ days, event, count: ((days * 7919 + index * 104_729) % 9973) + (event === 'withdrawn' ? 20_000 - 45 * days : 0) }))).flat()
  const digits = ({ numerator, denominator }: Ratio): bigint => (numerator * 10n ** 50n) / denominator

  test('ten million clocks over 400 days: the rounded curve is the exact one to forty decimals', () => {
    const [exact, rounded] = [curveOf(large, { exactBits: 1_000_000 }), curveOf(large)]
    expect(exact.count).toBeGreaterThan(10_000_000)
    expect([exact.isExact, rounded.isExact]).toEqual([true, false])
    for (const [index, step] of exact.steps.entries()) {
      const other = rounded.steps[index]!
      for (const pick of [(each: survival.Step): Ratio => each.survival, (each: survival.Step): Ratio => each.waiting, (each: survival.Step): Ratio => each.incidence.withdrawn, (each: survival.Step): Ratio => each.incidence.died, (each: survival.Step): Ratio => each.greenwood ?? { numerator: 0n, denominator: 1n }]) {
        const distance = digits(pick(step)) - digits(pick(other))
        expect(distance < 10n ** 10n && distance > -(10n ** 10n)).toBe(true)
      }
      expect(step.incidenceVariance - other.incidenceVariance < 1n << 250n).toBe(true)
    }
    expect(printedSteps(rounded)).toEqual(printedSteps(exact))
    expect(quantileOf(rounded, '0.5')).toEqual(quantileOf(exact, '0.5'))
    expect(restrictedMean(rounded, 30)?.days).toBe(restrictedMean(exact, 30)?.days)
    expect(shareWithin(rounded, 7)).toEqual(shareWithin(exact, 7))
  })

  test('rounded at every step, any curve prints as the exact one', () => {
    fc.assert(fc.property(grouped, (rows) => {
      expect(printedSteps(curveOf(rows, { exactBits: 0 }))).toEqual(printedSteps(curveOf(rows)))
      expect(quantileOf(curveOf(rows, { exactBits: 0 }), '0.5')).toEqual(quantileOf(curveOf(rows), '0.5'))
    }), { numRuns: 40 })
  })

  test('what has grown too long is rounded, each part for itself, and the curve says so', () => {
    for (const { waiting, survival: left, greenwood: sum } of curveOf(large).steps) {
      for (const ratio of [waiting, left, sum]) expect(ratio === null || ratio.denominator < 1n << 1200n).toBe(true)
    }
    // Sixths and thirtieths: at 16 only Greenwood's sum is too long.
    expect([4, 5].map((limit) => curveOf(observed([1, 2, 3, 4, 5, 6]), { exactBits: limit }).isExact)).toEqual([false, true])
    expect(curveOf(maintained)).toMatchObject({ count: 11, lastDay: 161, isExact: true, hasCompeting: false })
  })

  test('a rounded curve that is flat at the half knows it', () => {
    // Thirds, which no binary fraction holds: 2/3, then 1/2 for some days.
    const rows = observed([1, 1, 3, 7, 7, 9])
    expect(quantileOf(curveOf(rows, { exactBits: 0 }), '0.5')).toEqual(quantileOf(curveOf(rows), '0.5'))
    expect(quantileOf(curveOf(rows), '0.5').days).toBe(5)
  })
})

describe('quantiles', () => {
  test('flat at the level: the middle to the next withdrawal, at the end to the last day known', () => {
    expect(quantileOf(curveOf(observed([2, 5])), '0.5').days).toBe(3.5)
    expect(quantileOf(curveOf(observed([2], [9])), '0.5').days).toBe(5.5)
    expect(quantileOf(curveOf(observed([2, 4], [3])), '0.5').days).toBe(4)
    // Something else happening in between is no withdrawal.
    expect(quantileOf(curveOf([...observed([2, 2, 8]), { days: 5, event: 'returned', count: 1 }]), '0.5').days).toBe(5)
  })

  test('the interval ends where the printed band crosses the level', () => {
    fc.assert(fc.property(grouped, fc.constantFrom('log' as const, 'log-log' as const), fc.constantFrom('0.5', '0.9', '0.01', '1'), (rows, kind, level) => {
      const curve = curveOf(rows)
      const steps = printedSteps(curve, kind).filter(({ withdrawn }) => withdrawn > 0)
      const { days, lower, upper } = quantileOf(curve, level, kind)
      const reached = (share: string | null): boolean => share !== null && Number(share) >= Number(level)
      expect(lower).toBe(steps.find(({ incidenceUpper }) => reached(incidenceUpper))?.days ?? null)
      expect(upper).toBe(steps.find(({ incidenceLower }) => reached(incidenceLower))?.days ?? null)
      if (days !== null && lower !== null) expect(lower).toBeLessThanOrEqual(days)
    }))
  })

  test('a band that touches the level has reached it, one hair below it has not', () => {
    for (const step of curveOf(maintained).steps) {
      for (const kind of ['log', 'log-log'] as const) {
        for (const limit of ['lower', 'upper'] as const) {
          const band = intervalOf(survivalAfter(step), kind)![limit]
          expect([band + 1n, band, band - 1n].map((threshold) => isLimitWithin(survivalAfter(step), kind, limit, threshold))).toEqual([true, true, false])
        }
      }
    }
    expect(isLimitWithin({ share: 0n, variance: 0n }, 'log', 'lower', 1n)).toBe(false)
  })

  test('not reached, and nobody', () => {
    expect(quantileOf(curveOf(observed([1], [1, 1])), '0.5')).toEqual({ days: null, lower: 1, upper: null })
    expect(quantileOf(curveOf([]), '0.5')).toEqual({ days: null, lower: null, upper: null })
    expect(quantileOf(curveOf([{ days: 1, event: 'returned', count: 3 }, { days: 2, event: 'withdrawn', count: 2 }]), '0.5').days).toBeNull()
  })

  test.each(['', '.5', '1.5', '-0.5', '50', '0,5', '5e-1'])('%j is no share', (share) => {
    expect(() => quantileOf(curveOf(maintained), share)).toThrow(`not a share: ${share}`)
  })
})

describe('shares within so many days', () => {
  test('day 0 counts, censorings come after withdrawals, and beyond what is known there is nothing', () => {
    const curve = curveOf(observed([0, 0, 3], [3, 3, 5]))
    expect(shareWithin(curve, 0)).toMatchObject({ share: '0.333333333333', atRisk: 6, interval: 'log-log', effectivePart: 2, effectiveWhole: 6 })
    expect(shareWithin(curve, 3)).toMatchObject({ share: '0.5', atRisk: 4 })
    expect(shareWithin(curve, 5)).toMatchObject({ share: '0.5', atRisk: 1 })
    expect(shareWithin(curve, 6)).toBeNull()
    expect(shareWithin(curveOf([]), 0)).toBeNull()
  })

  test('censored in between: log-log about the share, and the effective size is that of its variance', () => {
    const { lower, upper, effectivePart, effectiveWhole, standardError } = shareWithin(curveOf(maintained), 30)!
    expect([lower, upper, effectivePart, effectiveWhole]).toEqual(['0.16470075675', '0.734247959999', 4, 10])
    expect(places(standardError, 4)).toBe('0.1526')
  })

  test('once every clock has ended the share is known for good', () => {
    const curve = curveOf([...observed([1, 2]), { days: 2, event: 'closed', count: 2 }])
    expect(shareWithin(curve, 30)).toMatchObject({ share: '0.5', atRisk: 0, effectiveWhole: 4, effectivePart: 2 })
    expect(restrictedMean(curve, 30)).not.toBeNull()
  })

  test('a returned payment counts as not withdrawn; Kaplan–Meier would take it out', () => {
    const curve = curveOf([{ days: 1, event: 'returned', count: 5 }, { days: 2, event: 'withdrawn', count: 5 }])
    expect(shareWithin(curve, 2)?.share).toBe('0.5')
    expect(fraction(curve.steps.at(-1)!.survival)).toBe('0')
  })

  test('none or all: the interval is Wilson’s on those observed so long', () => {
    const curve = curveOf(observed([4, 4, 4, 4, 4, 4, 4, 4], [2, 2]))
    expect(shareWithin(curve, 3)).toMatchObject({ share: '0', standardError: '0', lower: '0', interval: 'wilson', effectivePart: 0, effectiveWhole: 8, upper: wilson({ part: 0, whole: 8 })!.upper })
    expect(shareWithin(curve, 1)).toMatchObject({ effectiveWhole: 10 })
    expect(shareWithin(curve, 2)).toMatchObject({ effectiveWhole: 10, atRisk: 10 })
    expect(shareWithin(curve, 4)).toMatchObject({ share: '1', standardError: null, upper: '1', interval: 'wilson', effectivePart: 8, effectiveWhole: 8, lower: wilson({ part: 8, whole: 8 })!.lower })
  })

  test('without censoring the errors are those of a plain share and a plain mean', () => {
    fc.assert(fc.property(fc.array(fc.record({ days: fc.nat({ max: 6 }), event: fc.constantFrom('withdrawn' as const, 'returned' as const, 'died' as const) }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (people, horizon) => {
      const curve = curveOf(rowsOf(people))
      const known = shareWithin(curve, horizon)
      if (known === null) return
      const values = people.map(({ days, event }) => (event === 'withdrawn' ? Math.min(days, horizon) : horizon))
      const mean = values.reduce((sum, value) => sum + value, 0) / people.length
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / people.length ** 2
      expect(Number(restrictedMean(curve, horizon)!.standardError)).toBeCloseTo(Math.sqrt(variance), 9)
      expect(Number(restrictedMean(curve, horizon)!.days)).toBeCloseTo(mean, 9)
      const share = people.filter(({ days, event }) => event === 'withdrawn' && days <= horizon).length / people.length
      if (share < 1) expect(Number(known.standardError)).toBeCloseTo(Math.sqrt((share * (1 - share)) / people.length), 9)
    }))
  })

  test('without censoring the effective size is the number of clocks', () => {
    fc.assert(fc.property(fc.array(fc.record({ days: fc.nat({ max: 12 }), event: fc.constantFrom('withdrawn' as const, 'returned' as const, 'died' as const) }), { minLength: 1, maxLength: 40 }), (people) => {
      const share = shareWithin(curveOf(rowsOf(people)), 5)!
      expect(people.length - share.effectiveWhole).toBeLessThanOrEqual(1)
      expect(share.effectiveWhole).toBeLessThanOrEqual(people.length)
    }))
  })
})

describe('what is refused', () => {
  test.each([
    [{ days: -1, event: 'withdrawn', count: 1 }, 'not whole days: -1'], [{ days: 1.5, event: 'withdrawn', count: 1 }, 'not whole days: 1.5'],
    [{ days: 1, event: 'withdrawn', count: -1 }, 'not a count: -1'], [{ days: 1, event: 'withdrawn', count: 0.5 }, 'not a count: 0.5'], [{ days: 1, event: 'withdrawn', count: Number.NaN }, 'not a count: NaN'],
  ] as const)('%j', (row, message) => {
    expect(() => curveOf([row])).toThrow(message)
  })

  test('more than can be counted exactly', () => {
    const most = { days: 1, event: 'withdrawn', count: Number.MAX_SAFE_INTEGER } as const
    expect(fraction(curveOf([most]).steps[0]!.survival)).toBe('0')
    expect(() => curveOf([most, { days: 2, event: 'withdrawn', count: 1 }])).toThrow('a risk table counts too many to be exact')
  })

  test('rows of nobody are as if they were not there', () => {
    expect(curveOf([...maintained, { days: 400, event: 'censored', count: 0 }])).toEqual(curveOf(maintained))
    expect(curveOf([])).toEqual({ count: 0, lastDay: null, steps: [], hasCompeting: false, isExact: true })
  })
})

describe('restricted means', () => {
  test('the difference of two, with its interval', () => {
    const difference = restrictedMeanDifference(curveOf(maintained), curveOf(nonMaintained), 30)!
    expect(difference.days).toBe('4.90782828283')
    const [a, b] = [restrictedMean(curveOf(maintained), 30)!, restrictedMean(curveOf(nonMaintained), 30)!]
    const error = Math.hypot(Number(a.standardError), Number(b.standardError))
    expect(Number(difference.standardError)).toBeCloseTo(error, 10)
    expect(Number(difference.lower)).toBeCloseTo(4.90782828283 - 1.959963984540054 * error, 9)
    expect(Number(difference.upper)).toBeCloseTo(4.90782828283 + 1.959963984540054 * error, 9)
    // Two-sided normal tail, by another program: 2·(1 − Φ(1.280985…)).
    expect(Number(difference.p)).toBeCloseTo(0.200198666054, 11)
    expect(restrictedMeanDifference(curveOf(nonMaintained), curveOf(maintained), 30)?.days).toBe('-4.90782828283')
  })

  test('nobody varies, or nobody was observed so long', () => {
    expect(restrictedMeanDifference(curveOf(observed([3, 3])), curveOf(observed([5])), 10)).toMatchObject({ days: '-2', standardError: '0', lower: '-2', upper: '-2', p: null })
    expect(restrictedMean(curveOf(observed([1], [2])), 3)).toBeNull()
    expect(restrictedMeanDifference(curveOf(observed([1], [2])), curveOf(maintained), 3)).toBeNull()
    expect(restrictedMeanDifference(curveOf(maintained), curveOf(observed([1], [2])), 3)).toBeNull()
    expect(restrictedMean(curveOf(observed([9])), 5)).toMatchObject({ days: '5', standardError: '0' })
  })
})

describe('log-rank', () => {
  const groups = fc.array(fc.array(fc.record({ days: fc.nat({ max: 8 }), event: fc.constantFrom('withdrawn' as const, 'withdrawn' as const, 'censored' as const, 'returned' as const) }), { minLength: 6, maxLength: 20 }), { minLength: 2, maxLength: 30 })

  test('few or many groups: what the textbook gives', () => {
    fc.assert(fc.property(groups, (all) => {
      // Everybody is at risk on the first day, which compares something: so the textbook's matrix can be solved.
      const people = all.map((group): Clock[] => [{ days: 0, event: 'withdrawn' }, ...group.map((one) => ({ ...one, days: one.days + 1 }))])
      const { chiSquare, degreesOfFreedom } = logRank(people.map(rowsOf))
      expect(degreesOfFreedom).toBe(people.length - 1)
      expect(Number(chiSquare)).toBeCloseTo(logRankChiSquare(people), 6)
    }))
  })

  test('the order of groups is irrelevant; alike groups do not differ; expected and observed add up', () => {
    fc.assert(fc.property(groups, (all) => {
      const forward = logRank(all.map(rowsOf))
      const backward = logRank(all.map(rowsOf).reverse())
      expect(Number(backward.chiSquare)).toBeCloseTo(Number(forward.chiSquare), 9)
      expect(backward.degreesOfFreedom).toBe(forward.degreesOfFreedom)
      const sum = (pick: (group: (typeof forward.groups)[number]) => number): number => forward.groups.reduce((total, group) => total + pick(group), 0)
      expect(sum(({ expected }) => Number(expected))).toBeCloseTo(sum(({ observed: seen }) => seen), 8)
      const same = logRank([rowsOf(all[0]!), rowsOf(all[0]!)])
      expect(Number(same.chiSquare)).toBeCloseTo(0, 30)
    }))
  })

  test('nothing to compare: no degree of freedom and no p', () => {
    const empty = { chiSquare: '0', degreesOfFreedom: 0, p: null }
    expect(logRank([])).toEqual({ ...empty, groups: [] })
    expect(logRank([maintained])).toMatchObject(empty)
    expect(logRank([[], []])).toMatchObject(empty)
    expect(logRank([observed([], [4, 5]), observed([], [1])])).toMatchObject(empty)
    // All who are at risk withdraw: the day says nothing about who is faster.
    expect(logRank([observed([3, 3]), observed([3])])).toMatchObject(empty)
    expect(logRank([observed([3]), observed([], [1])])).toMatchObject(empty)
  })

  test('groups that never wait at the same time are compared only among themselves', () => {
    const early = [observed([1, 2, 2], [3]), observed([1, 1, 3], [3])]
    const late = [[{ days: 0, event: 'censored', count: 1 } as const]]
    const { groups: _, ...pair } = logRank(early)
    const { groups: __, ...triple } = logRank([...early, ...late])
    expect(triple).toEqual(pair)
    expect(pair.degreesOfFreedom).toBe(1)
  })

  test('a hundred groups, one of them slow', () => {
    const pace = (days: number): RiskRow[] => Array.from({ length: 15 }, (_, index) => ({ days: index * days, event: 'withdrawn', count: 10 }))
    const { degreesOfFreedom, p } = logRank([...Array.from({ length: 99 }, () => pace(1)), pace(2)])
    expect(degreesOfFreedom).toBe(99)
    expect(Number(p)).toBeLessThan(1e-8)
    expect(logRank(Array.from({ length: 100 }, () => pace(1))).p).toBe('1')
  })
})

describe('chi-square', () => {
  // By mpmath with 70 digits.
  test.each([
    ['1', 1, '0.317310507863'], ['1000', 1, '1.7958327848e-219'], ['5000', 7, '1.72783947945e-1078'], ['3000', 3320, '0.999974671345'], ['3400', 3320, '0.163012995109'],
    ['3322', 3321, '0.491842611958'], ['2.9', 1, '0.0885795525798'], ['3.1', 1, '0.0782922941464'], ['0', 3, '1'],
  ])('%s or more with %i degrees of freedom: %s', (value, degrees, p) => {
    const [units = '', part = ''] = value.split('.')
    expect(upperTailOfChiSquare((BigInt(units + part) << 192n) / 10n ** BigInt(part.length), degrees)).toBe(p)
  })

  test('with two degrees of freedom it is the exponential of half', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 600 }), (value) => {
      expect(Number(upperTailOfChiSquare(BigInt(value) << 192n, 2)) / Math.exp(-value / 2)).toBeCloseTo(1, 10)
    }))
  })

  test('nothing below zero, and whole degrees', () => {
    for (const [value, degrees] of [[-1n, 1], [1n, 0], [1n, 1.5]] as const) expect(() => upperTailOfChiSquare(value, degrees)).toThrow('no chi-square')
  })
})

describe('proportions', () => {
  test('Wilson', () => {
    expect(wilson({ part: 3, whole: 10 })).toEqual({ share: '0.3', lower: '0.107791267406', upper: '0.603221852539' })
    expect(wilson({ part: 0, whole: 10 })).toEqual({ share: '0', lower: '0', upper: '0.277532799863' })
    expect(wilson({ part: 10, whole: 10 })).toEqual({ share: '1', lower: '0.722467200137', upper: '1' })
    expect(wilson({ part: 0, whole: 0 })).toBeNull()
    expect(() => wilson({ part: 3, whole: 2 })).toThrow('not a proportion: 3 of 2')
    expect(() => wilson({ part: -1, whole: 2 })).toThrow('not a proportion: -1 of 2')
    expect(() => wilson({ part: 0.5, whole: 2 })).toThrow('not a proportion: 0.5 of 2')
  })

  test('funnel limits are the counts that are in neither tail', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 20 }), fc.nat({ max: 20 }), (size, whole, some) => {
      const part = Math.min(some, whole)
      const chances = Array.from({ length: size + 1 }, (_, count) => thrownExactly(part, whole, size, count).toNumber())
      const isInside = (count: number, tail: number): boolean => chances.slice(0, count + 1).reduce((a, b) => a + b, 0) > tail && chances.slice(count).reduce((a, b) => a + b, 0) > tail
      const limits = funnelLimits({ part, whole }, size)!
      for (const [range, tail] of [[limits.inner, 0.025], [limits.outer, 0.001]] as const) {
        const within = chances.map((_, count) => count).filter((count) => isInside(count, tail))
        expect([range.lowerPart, range.upperPart]).toEqual([within[0], within.at(-1)])
      }
    }))
  })

  test('from five to ten million, as another program has them', () => {
    // scipy.stats.binom.ppf
    const counts = (size: number): number[] => {
      const { inner, outer } = funnelLimits({ part: 3, whole: 4 }, size)!
      return [inner.lowerPart, inner.upperPart, outer.lowerPart, outer.upperPart]
    }
    expect(counts(5)).toEqual([2, 5, 1, 5])
    expect(counts(20)).toEqual([11, 18, 9, 20])
    expect(counts(10_000_000)).toEqual([7_497_316, 7_502_684, 7_495_768, 7_504_231])
    expect(funnelLimits({ part: 3, whole: 4 }, 10_000_000)?.inner).toMatchObject({ lower: '0.7497316', upper: '0.7502684' })
    expect(funnelLimits({ part: 0, whole: 4 }, 7)?.outer).toEqual({ lowerPart: 0, upperPart: 0, lower: '0', upper: '0' })
    expect(funnelLimits({ part: 3, whole: 4 }, 0)).toBeNull()
    expect(() => funnelLimits({ part: 0, whole: 0 }, 5)).toThrow('a target share of nobody')
    expect(() => funnelLimits({ part: 1, whole: 2 }, -5)).toThrow('not a proportion')
  })

  test('a unit against all: the tail is counted by hand', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { minLength: 1, maxLength: 8 }), (pairs) => {
      const units = pairs.map(([part, rest]) => ({ part, whole: part + rest }))
      const { common, units: compared } = compareUnits(units)
      const everybody = { part: units.reduce((sum, { part }) => sum + part, 0), whole: units.reduce((sum, { whole }) => sum + whole, 0) }
      // Whoever is left out of what is common is compared with it all the same.
      fc.pre(common.whole === everybody.whole)
      const [marked, all] = [common.part, common.whole]
      expect(common).toEqual(everybody)
      for (const [index, { part, whole }] of units.entries()) {
        const chance = (isMeant: (count: number) => boolean): number => Array.from({ length: whole + 1 }, (_, count) => count).filter(isMeant).reduce((sum, count) => sum + drawnExactly(all, marked, whole, count).toNumber(), 0)
        const p = Math.min(1, 2 * Math.min(chance((count) => count <= part), chance((count) => count >= part)))
        expect(Number(compared[index]!.p)).toBeCloseTo(p, 10)
        expect(compared[index]!.isOutsideInner).toBe(p <= 0.05)
        expect(compared[index]!.isOutsideOuter).toBe(p <= 0.002)
        expect(compared[index]!.direction).toBe(['below', 'same', 'above'][Math.sign(part * all - marked * whole) + 1])
      }
    }))
  })

  test('Benjamini and Hochberg: the greatest rank whose p is at most 5 % of it', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })), { minLength: 1, maxLength: 12 }), (pairs) => {
      const units = pairs.map(([part, rest]) => ({ part, whole: part + rest }))
      const compared = compareUnits(units).units
      const tested = compared.filter(({ share }) => share !== null)
      const sorted = tested.map(({ p }) => Number(p)).sort((a, b) => a - b)
      const last = sorted.findLastIndex((p, index) => p <= (0.05 * (index + 1)) / tested.length)
      for (const { p, share, isDifferent, adjusted } of compared) {
        expect(isDifferent).toBe(share !== null && Number(p) <= (sorted[last] ?? -1))
        const scaled = sorted.flatMap((other, index) => (other >= Number(p) ? [(other * sorted.length) / (index + 1)] : []))
        expect(Number(adjusted)).toBeCloseTo(share === null ? 1 : Math.min(1, ...scaled), 9)
      }
    }))
  })

  test('one slow bank does not make the others look fast: units beyond doubt are left out of what is common', () => {
    const { common, units } = compareUnits([{ part: 700, whole: 1000 }, { part: 2130, whole: 3000 }, { part: 1000, whole: 4000 }, { part: 355, whole: 500 }, { part: 0, whole: 0 }])
    expect(common).toEqual({ part: 3185, whole: 4500 })
    expect(units.map(({ isDifferent, direction }) => [isDifferent, direction])).toEqual([[false, 'below'], [false, 'above'], [true, 'below'], [false, 'above'], [false, 'same']])
    // 1000 of 4000 among 4185 of 8500.
    expect(Number(units[2]!.p)).toBeLessThan(1e-100)
  })

  test('a unit left out of what is common is compared with it and itself', () => {
    const parts = [70, 71, 69, 72, 40]
    const { common, units } = compareUnits(parts.map((part) => ({ part, whole: 100 })))
    expect(common).toEqual({ part: 282, whole: 400 })
    const tail = Array.from({ length: 41 }, (_, count) => drawnExactly(500, 322, 100, count).toNumber()).reduce((sum, chance) => sum + chance, 0)
    expect(Number(units[4]!.p) / (2 * tail)).toBeCloseTo(1, 8)
    expect(units[4]).toMatchObject({ isOutsideInner: true, isOutsideOuter: true, isDifferent: true, direction: 'below' })
  })

  test('who is left out: the farthest first, while chance alone hardly puts anybody so far', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 200 })), { minLength: 1, maxLength: 9 }), (pairs) => {
      const units = pairs.map(([part, rest]) => ({ part, whole: part + rest }))
      const sum = (some: typeof units): { part: number; whole: number } => ({ part: some.reduce((all, { part }) => all + part, 0), whole: some.reduce((all, { whole }) => all + whole, 0) })
      const tested = units.filter(({ whole }) => whole > 0)
      let left = [...tested]
      for (;;) {
        const { part, whole } = sum(left)
        const share = part / whole
        // The others' difference from one, as textbooks test two shares.
        const squares = left.map((unit) => {
          const rest = { part: part - unit.part, whole: whole - unit.whole }
          return rest.whole === 0 ? 0 : (unit.part / unit.whole - rest.part / rest.whole) ** 2 / (share * (1 - share) * (1 / unit.whole + 1 / rest.whole))
        })
        const most = Math.max(0, ...squares.filter((square) => !Number.isNaN(square)))
        // At the limit, or two equally far: machine numbers may fall either way.
        if (Math.abs(most - 2 * Math.log(tested.length / 0.05)) < 1e-6 || squares.filter((square) => Math.abs(square - most) < 1e-9 * most).length > 1) return
        if (most < 2 * Math.log(tested.length / 0.05)) break
        if (left.length - 1 <= tested.length / 2) {
          left = tested
          break
        }
        left = left.filter((_, index) => index !== squares.indexOf(most))
      }
      expect(compareUnits(units).common).toEqual(sum(left))
    }), { numRuns: 300 })
  })

  test('what is no proportion is refused, and more than can be counted', () => {
    expect(() => compareUnits([{ part: 3, whole: 2 }, { part: 0, whole: 5 }])).toThrow('not a proportion: 3 of 2')
    expect(() => compareUnits([{ part: 0, whole: Number.MAX_SAFE_INTEGER }, { part: 0, whole: 5 }])).toThrow('not a proportion')
    expect(() => funnelLimits({ part: 3, whole: 2 }, 5)).toThrow('not a proportion: 3 of 2')
  })

  test('where half differs there is nothing in common, and all count', () => {
    const units = [{ part: 900, whole: 1000 }, { part: 890, whole: 1000 }, { part: 100, whole: 1000 }, { part: 110, whole: 1000 }]
    expect(compareUnits(units).common).toEqual({ part: 2000, whole: 4000 })
    expect(compareUnits(units.slice(0, 2)).common).toEqual({ part: 1790, whole: 2000 })
    expect(compareUnits([units[0]!, units[2]!]).common).toEqual({ part: 1000, whole: 2000 })
    expect(compareUnits(units.slice(0, 3)).common).toEqual({ part: 1790, whole: 2000 })
  })

  test('nobody or everybody withdrew: no unit differs', () => {
    for (const share of [0, 1]) expect(compareUnits([5, 50, 500].map((whole) => ({ part: whole * share, whole }))).units.map(({ p }) => p)).toEqual(['1', '1', '1'])
  })

  test('an empty unit is never different and counts for nothing, and a unit that is all is not compared with itself', () => {
    expect(compareUnits([{ part: 7, whole: 9 }]).units).toEqual([{ share: '0.777777777778', p: '1', isOutsideInner: false, isOutsideOuter: false, adjusted: '1', isDifferent: false, direction: 'same' }])
    const units = [{ part: 40, whole: 100 }, { part: 20, whole: 100 }]
    const [first] = compareUnits(units).units
    expect(compareUnits([...units, { part: 0, whole: 0 }]).units[0]).toEqual(first)
    expect(compareUnits([...units, { part: 0, whole: 0 }]).units[2]).toMatchObject({ share: null, p: '1', isDifferent: false, direction: 'same' })
    expect(compareUnits([units[0]!, ...Array.from({ length: 200 }, () => ({ part: 0, whole: 0 }))]).units.filter(({ isDifferent }) => isDifferent)).toEqual([])
    expect(compareUnits([])).toEqual({ common: { part: 0, whole: 0 }, units: [] })
  })

  test('at ten million a difference of a thousandth is seen, and at a hundred it is noise', () => {
    const at = (size: number): boolean[] => compareUnits([{ part: Math.floor(size * 0.75), whole: size }, { part: Math.floor(size * 0.751), whole: size }]).units.map(({ isDifferent }) => isDifferent)
    expect(at(10_000_000)).toEqual([true, true])
    expect(at(1000)).toEqual([false, false])
  })

  test('where nothing differs, hardly any province of sixty communes is told that something does', () => {
    let state = 12_345
    const chance = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 8) / 2 ** 24
    }
    const provinces = 300
    const alarmed = Array.from({ length: provinces }, () => compareUnits(Array.from({ length: 60 }, (_, unit) => {
      const whole = 20 + unit * 5
      return { part: Array.from({ length: whole }, chance).filter((each) => each < 0.7).length, whole }
    })).units).filter((compared) => compared.some(({ isDifferent }) => isDifferent)).length
    expect(alarmed).toBeLessThanOrEqual(provinces * 0.06)
  })
})

describe('as text', () => {
  test.each([
    [0n, 1n, '0'], [1n, 3n, '0.333333333333'], [2n, 3n, '0.666666666667'], [-2n, 3n, '-0.666666666667'], [1n, 2n, '0.5'], [999_999_999_999_5n, 10n, '1000000000000'], [999_999_999_999_9n, 10n ** 14n, '0.1'],
    [12n, 1n, '12'], [123_456_789_012_345n, 1n, '123456789012000'], [1n, 10n ** 7n, '0.0000001'], [15n, 10n ** 10n, '1.5e-9'], [1n, 10n ** 8n, '1e-8'], [10n ** 21n, 1n, '1e21'], [10n ** 20n, 1n, `1${'0'.repeat(20)}`],
    [1005n, 1000n, '1.005'], [9n, 10n, '0.9'], [99n, 10n, '9.9'],
  ])('%s / %s is %s', (numerator, denominator, text) => {
    expect(decimalOfRatio({ numerator, denominator })).toBe(text)
  })

  test('twelve digits of any ratio', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }), (numerator, denominator) => {
      const text = decimalOfRatio({ numerator, denominator })
      expect(Number(text) / (Number(numerator) / Number(denominator))).toBeCloseTo(1, 10)
      expect(text.replace(/e.*$/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length).toBeLessThanOrEqual(12)
    }))
  })
})
