/** Invented people: identity numbers that are valid and never twice the same, ages, schemes and what they are due. */
import { inventName, type PersonName, type Sex } from './names.ts'
import { type Random, pickWeighted, weighted } from './random.ts'
import { simulatedYear, type SchemeCode } from './month.ts'

/** Anybody: beneficiary, guardian, stranger. */
export interface Person extends PersonName {
  /** 12 digits: province of birth registration, century and sex, birth year, serial. */
  readonly id: string
  readonly sex: Sex
  readonly age: number
  /** `YYYY-MM-DD`. */
  readonly birthDate: string
}

/** What somebody is enrolled for: one monthly amount, in đồng. */
export interface Enrolment {
  readonly scheme: SchemeCode
  readonly category: string
  readonly quantity: number
  readonly dueAmount: bigint
  readonly needs: string
}

interface Category {
  readonly scheme: SchemeCode
  readonly code: string
  readonly amount: bigint
  readonly ages: readonly [number, number]
  readonly needs?: string
  /** Paid once per child, as for poor single parents. */
  readonly isPerChild?: true
}

const category = (scheme: SchemeCode, code: string, amount: bigint, ages: readonly [number, number], more: Partial<Category> = {}): Category => ({ scheme, code, amount, ages, ...more })

// Shares per thousand: 60 % social assistance, 30 % social pension, 10 % merit. Amounts are the standard of July 2026
// (540,000 and 3,012,000 đồng) times the coefficient of the category.
const categories = weighted<Category>([
  [category('BTXH', '1A', 1_350_000n, [0, 3]), 8],
  [category('BTXH', '1B', 810_000n, [4, 15]), 42],
  [category('BTXH', '4', 540_000n, [22, 50], { isPerChild: true }), 60],
  [category('BTXH', '5A1', 810_000n, [60, 79]), 75],
  [category('BTXH', '5A2', 1_080_000n, [80, 96], { needs: 'no_phone' }), 45],
  [category('BTXH', '6A', 810_000n, [16, 59], { needs: 'disability' }), 180],
  [category('BTXH', '6B', 1_080_000n, [60, 92], { needs: 'disability;no_phone' }), 75],
  [category('BTXH', '6BT', 1_080_000n, [2, 15], { needs: 'disability' }), 30],
  [category('BTXH', '6C', 1_080_000n, [16, 59], { needs: 'disability;home_payment' }), 40],
  [category('BTXH', '6D', 1_350_000n, [60, 90], { needs: 'disability;home_payment' }), 30],
  [category('BTXH', '7', 810_000n, [0, 2]), 15],
  [category('HTXH', 'H75', 540_000n, [75, 98]), 250],
  [category('HTXH', 'H70', 540_000n, [70, 74]), 50],
  [category('NCC', 'LS', 3_012_000n, [68, 97]), 60],
  [category('NCC', 'TB', 4_518_000n, [58, 90]), 30],
  [category('NCC', 'BM', 9_036_000n, [85, 101], { needs: 'home_payment' }), 10],
])

// The 63 codes of birth registration; they stay on the card whatever became of the province since.
const registrationCodes =
  '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'.split(' ')

/** Makes people one after the other; no two share an id. */
export interface People {
  /** A new person of that age; `isHighland` draws a mountain surname. */
  person(ages: readonly [number, number], isHighland: boolean): Person
  /** What a new beneficiary is enrolled for, and at what age; `isAdult` leaves out those under 15, who can hold no account. */
  enrolment(isAdult: boolean): Enrolment & { readonly ages: readonly [number, number] }
  /** A 9-digit number of the old kind, never twice the same. */
  formerId(): string
}

/** A source of people for one simulated province. */
export function inventPeople(random: Random): People {
  const home = random.pick(registrationCodes)
  const serials = new Map<string, number>()
  let formerIds = 0
  return {
    person(ages, isHighland) {
      const age = random.between(ages[0], ages[1])
      const sex: Sex = random.chance(0.46) ? 'male' : 'female'
      const birthYear = simulatedYear - age
      // All birthdays lie before October, so that the age holds in the month that is paid.
      const birthDate = `${String(birthYear)}-${two(random.between(1, 9))}-${two(random.between(1, 28))}`
      const registered = random.chance(0.85) ? home : random.pick(registrationCodes)
      const cell = `${registered}${birthYear < 2000 ? (sex === 'male' ? '0' : '1') : sex === 'male' ? '2' : '3'}${two(birthYear % 100)}`
      const serial = serials.get(cell) ?? random.below(1_000_000)
      serials.set(cell, serial + 1)
      return { id: cell + scatter(serial, 700_001, 1_000_000, 6), sex, age, birthDate, ...inventName(random, sex, isHighland && random.chance(0.8)) }
    },
    enrolment(isAdult) {
      let chosen = pickWeighted(random, categories)
      while (isAdult && chosen.ages[0] < 15) chosen = pickWeighted(random, categories)
      const quantity = chosen.isPerChild === true ? random.between(1, 3) : 1
      return { scheme: chosen.scheme, category: chosen.code, quantity, dueAmount: chosen.amount * BigInt(quantity), needs: chosen.needs ?? '', ages: chosen.ages }
    },
    formerId() {
      formerIds += 1
      return `2${scatter(formerIds, 61_803_399, 100_000_000, 8)}`
    },
  }
}

/**
 * The `serial`-th of `limit` numbers in a scattered order, each exactly once: multiplying by something prime to
 * the limit visits all of them, and stays below 2^53 for serials in the tens of millions.
 */
export function scatter(serial: number, step: number, limit: number, width: number): string {
  return String((serial * step) % limit).padStart(width, '0')
}

function two(value: number): string {
  return value < 10 ? `0${String(value)}` : String(value)
}
