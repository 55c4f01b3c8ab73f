/** What a month is worth: the rates of the simulated schemes with their three dates, and the files that state them. */
import type { Sink } from './files.ts'
import type { SchemeCode } from './month.ts'
import { allCategories } from './people.ts'
import type { Province } from './places.ts'

/** A rate in đồng a month; without a place it is the national one. */
interface Rate {
  readonly scheme: SchemeCode
  readonly amount: bigint
  readonly issued: string
  readonly inForce: string
  /** The first day that it is for, which may lie before it was in force. */
  readonly appliesFrom: string
}

const rate = (scheme: SchemeCode, amount: bigint, issued: string, inForce: string, appliesFrom: string): Rate => ({ scheme, amount, issued, inForce, appliesFrom })

/**
 * Social assistance was raised in August back to July, after August's list was drawn up: whoever was on that list is
 * owed the difference. Merit money was raised in October back to July: October's list is still at the old rate, and
 * arrears are not missing before November is due.
 */
const national: readonly Rate[] = [
  rate('BTXH', 500_000n, '2024-06-30', '2024-07-01', '2024-07-01'),
  rate('BTXH', 540_000n, '2026-07-30', '2026-08-20', '2026-07-01'),
  rate('HTXH', 500_000n, '2025-06-30', '2025-07-01', '2025-07-01'),
  rate('HTXH', 540_000n, '2026-07-30', '2026-08-20', '2026-07-01'),
  rate('NCC', 2_789_000n, '2024-06-30', '2024-07-01', '2024-07-01'),
  rate('NCC', 3_012_000n, '2026-09-15', '2026-10-01', '2026-07-01'),
]
/** The first province tops its social pensions up; the others repeat the national rate in a decision of their own. */
const toppedUp: readonly Rate[] = [rate('HTXH', 650_000n, '2025-06-30', '2025-07-01', '2025-07-01')]
const notToppedUp = national.filter(({ scheme }) => scheme === 'HTXH')

/** The rates of one scheme that hold in a place, nearest decision first. */
function ratesOf(scheme: SchemeCode, isToppedUp: boolean): readonly Rate[] {
  return isToppedUp && scheme === 'HTXH' ? toppedUp : national.filter((each) => each.scheme === scheme)
}

const found = new Map<string, bigint>()

/** The rate for a month as a list of that day knew it, in đồng. */
export function rateKnownOn(listDate: string, scheme: SchemeCode, isToppedUp: boolean, benefitPeriod: string): bigint {
  const key = `${listDate}${scheme}${String(isToppedUp)}${benefitPeriod}`
  let amount = found.get(key)
  if (amount === undefined) {
    const known = ratesOf(scheme, isToppedUp).filter((each) => each.inForce <= listDate && each.appliesFrom <= `${benefitPeriod}-01`)
    amount = known.toSorted((a, b) => (a.appliesFrom < b.appliesFrom ? 1 : -1))[0]?.amount
    if (amount === undefined) throw new RangeError(`no rate of ${scheme} for ${benefitPeriod} is in force on ${listDate}`)
    found.set(key, amount)
  }
  return amount
}

const coefficients = new Map(allCategories.map(({ scheme, code, coefficientTenths }) => [`${scheme} ${code}`, coefficientTenths]))

/** Quantity × coefficient × rate, in đồng; exact for every rate of these, which are all whole tens of thousands or thousands. */
export function worth(scheme: SchemeCode, categoryCode: string, quantity: number, amount: bigint): bigint {
  const tenths = coefficients.get(`${scheme} ${categoryCode}`)
  if (tenths === undefined) throw new RangeError(`${scheme} has no category ${categoryCode}`)
  return (BigInt(quantity) * tenths * amount) / 10n
}

const basis = 'Dữ liệu mô phỏng'

/** The files of rates and categories that a run needs to judge the amounts on the lists. */
export function writeRates(files: Sink, provinces: readonly Province[]): void {
  for (const { row } of rateRows(provinces)) files.add('standard_rate', row)
  for (const row of categoryRows()) files.add('category', row)
}

/** Every rate as a row of its file, with the day on which it was issued. */
export function rateRows(provinces: readonly Province[]): { readonly issued: string; readonly row: string }[] {
  const written = (each: Rate, unitCode: string): { issued: string; row: string } => ({
    issued: each.issued,
    row: `${each.scheme},${unitCode},${String(each.amount)},${each.issued},${each.inForce},${each.appliesFrom},${basis}\n`,
  })
  return [
    ...national.map((each) => written(each, '')),
    ...provinces.flatMap(({ unitCode }, index) => (index === 0 ? toppedUp : notToppedUp).map((each) => written(each, unitCode))),
  ]
}

/** Every category as a row of its file. */
export function categoryRows(): string[] {
  return allCategories.map(({ scheme, code, coefficientTenths, name }) => `${scheme},${code},${String(coefficientTenths / 10n)}.${String(coefficientTenths % 10n)},${name.replaceAll(',', ' –')},,2021-07-01\n`)
}
