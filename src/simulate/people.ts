/** Invented people: identity numbers that are valid and never twice the same, ages, schemes and what they are due. */
import { inventName, type PersonName, type Rarity, type Sex } from './names.ts'
import { type Random, pickWeighted, weighted } from './random.ts'
import { simulatedYear, type SchemeCode } from './month.ts'

/** Anybody: beneficiary, guardian, stranger. */
export interface Person extends PersonName, Rarity {
  /** 12 digits: province of birth registration, century and sex, birth year, serial. */
  readonly id: string
  readonly sex: Sex
  readonly age: number
  /** `YYYY-MM-DD`; never 1 January, which on lists means that the day is unknown. */
  readonly birthDate: string
}

/** What somebody is enrolled for, without what it is worth: that depends on the place and the month. */
export interface Enrolment {
  readonly scheme: SchemeCode
  readonly category: string
  readonly quantity: number
  readonly needs: string
}

/** A category of one scheme, with its coefficient in tenths of the scheme's rate. */
export interface Category {
  readonly scheme: SchemeCode
  readonly code: string
  readonly coefficientTenths: bigint
  readonly ages: readonly [number, number]
  readonly needs: string
  /** Paid once per child, as for poor single parents. */
  readonly isPerChild: boolean
  readonly name: string
}

const category = (scheme: SchemeCode, code: string, coefficientTenths: bigint, ages: readonly [number, number], name: string, more: { readonly needs?: string; readonly isPerChild?: true } = {}): Category => ({
  scheme, code, coefficientTenths, ages, name, needs: more.needs ?? '', isPerChild: more.isPerChild ?? false,
})

/** What a household is paid for caring for somebody with an extremely severe disability: its own right, beside any other. */
export const carerCategory = category('BTXH', 'CS3', 10n, [30, 85], 'Hộ nhận chăm sóc người khuyết tật đặc biệt nặng')

// Shares per thousand: 60 % social assistance, 30 % social pension, 10 % merit. Coefficients of Decree 20/2021, article 6.
const shares: readonly (readonly [Category, number])[] = [
  [category('BTXH', '1A', 25n, [0, 3], 'Trẻ em không nguồn nuôi dưỡng, dưới 4 tuổi'), 8],
  [category('BTXH', '1B', 15n, [4, 15], 'Trẻ em không nguồn nuôi dưỡng, từ 4 tuổi'), 42],
  [category('BTXH', '4', 10n, [22, 50], 'Người đơn thân nghèo nuôi con, mỗi con', { isPerChild: true }), 60],
  [category('BTXH', '5A1', 15n, [60, 79], 'Người cao tuổi nghèo không người phụng dưỡng, dưới 80'), 75],
  [category('BTXH', '5A2', 20n, [80, 96], 'Người cao tuổi nghèo không người phụng dưỡng, từ 80', { needs: 'no_phone' }), 45],
  [category('BTXH', '6A', 15n, [16, 59], 'Người khuyết tật nặng', { needs: 'disability' }), 180],
  [category('BTXH', '6B', 20n, [60, 92], 'Người cao tuổi khuyết tật nặng', { needs: 'disability;no_phone' }), 75],
  [category('BTXH', '6BT', 20n, [2, 15], 'Trẻ em khuyết tật nặng', { needs: 'disability' }), 30],
  [category('BTXH', '6C', 20n, [16, 59], 'Người khuyết tật đặc biệt nặng', { needs: 'disability;home_payment' }), 40],
  [category('BTXH', '6D', 25n, [60, 90], 'Người cao tuổi khuyết tật đặc biệt nặng', { needs: 'disability;home_payment' }), 30],
  [category('BTXH', '7', 15n, [0, 2], 'Trẻ em dưới 3 tuổi, hộ nghèo vùng đặc biệt khó khăn'), 15],
  [category('HTXH', 'H75', 10n, [75, 98], 'Trợ cấp hưu trí xã hội, từ 75 tuổi'), 250],
  [category('HTXH', 'H70', 10n, [70, 74], 'Trợ cấp hưu trí xã hội, 70 đến 74, nghèo'), 50],
  [category('NCC', 'LS', 10n, [68, 97], 'Thân nhân liệt sĩ'), 60],
  [category('NCC', 'TB', 15n, [58, 90], 'Thương binh'), 30],
  [category('NCC', 'BM', 30n, [85, 101], 'Bà mẹ Việt Nam anh hùng', { needs: 'home_payment' }), 10],
]
const categories = weighted(shares)

/** Every category that lists of this province use. */
export const allCategories: readonly Category[] = [...shares.map(([each]) => each), carerCategory]

/** Who is to be enrolled; nothing said means anybody who may hold an account. */
export interface Wish {
  /** Children too; they can hold no account of their own. */
  readonly anyAge?: boolean
  readonly isChild?: boolean
  readonly scheme?: SchemeCode
  readonly category?: string
  /** The first three digits of the number. */
  readonly registeredAt?: string
  /** What the name must look like. */
  readonly name?: RegExp
  /** Somebody who is told from everybody else by the name almost alone. */
  readonly hasRareName?: true
}

// The 63 codes of birth registration; they stay on the card whatever became of the province since.
const registrationCodes =
  '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'.split(' ')

/** Codes that no province ever had: a number that begins with one is nobody's. */
export const unknownRegistrationCodes = ['003', '005', '099'] as const

/** Makes people one after the other; no two share an id. */
export interface People {
  /** A new person of that age; `isHighland` draws a mountain surname, `registered` says where the birth was registered. */
  person(ages: readonly [number, number], isHighland: boolean, registered?: string): Person
  /** Another number for somebody of that sex and birth date. */
  idLike(person: Person): string
  /** What a new beneficiary is enrolled for, and at what age. */
  enrolment(wish: Wish): Enrolment & { readonly ages: readonly [number, number] }
  /** A 9-digit number of the old kind, never twice the same. */
  formerId(): string
}

/** A source of people for one simulated province. */
export function inventPeople(random: Random): People {
  const home = random.pick(registrationCodes)
  const serials = new Map<string, number>()
  let formerIds = 0
  const idOf = (sex: Sex, birthYear: number, registeredAt?: string): string => {
    const registered = registeredAt ?? (random.chance(0.85) ? home : random.pick(registrationCodes))
    const cell = `${registered}${birthYear < 2000 ? (sex === 'male' ? '0' : '1') : sex === 'male' ? '2' : '3'}${two(birthYear % 100)}`
    const serial = serials.get(cell) ?? random.below(1_000_000)
    serials.set(cell, serial + 1)
    return cell + scatter(serial, 700_001, 1_000_000, 6)
  }
  return {
    person(ages, isHighland, registeredAt) {
      const age = random.between(ages[0], ages[1])
      const sex: Sex = random.chance(0.46) ? 'male' : 'female'
      const birthYear = simulatedYear - age
      // All birthdays lie before October, so that the age holds in the month that is paid.
      const birthDate = `${String(birthYear)}-${two(random.between(1, 9))}-${two(random.between(2, 28))}`
      return { id: idOf(sex, birthYear, registeredAt), sex, age, birthDate, ...inventName(random, sex, isHighland && random.chance(0.8)) }
    },
    idLike: ({ sex, birthDate }) => idOf(sex, Number.parseInt(birthDate, 10)),
    enrolment(wish) {
      let chosen = pickWeighted(random, categories)
      while (!isWished(wish, chosen)) chosen = pickWeighted(random, categories)
      const ages = wish.isChild === true ? ([chosen.ages[0], Math.min(chosen.ages[1], 14)] as const) : chosen.ages
      return { scheme: chosen.scheme, category: chosen.code, quantity: chosen.isPerChild ? random.between(1, 3) : 1, needs: chosen.needs, ages }
    },
    formerId() {
      formerIds += 1
      return `2${scatter(formerIds, 61_803_399, 100_000_000, 8)}`
    },
  }
}

function isWished(wish: Wish, { ages, scheme, code }: Category): boolean {
  if (wish.isChild === true ? ages[0] >= 15 : wish.anyAge !== true && ages[0] < 15) return false
  return (wish.scheme ?? scheme) === scheme && (wish.category ?? code) === code
}

/** Of a hundred people so many have no telephone, besides those whose category says so. */
const withoutTelephone = { aged60: 20, younger: 3, remoteToo: 15 }

/** What somebody needs: what the category says, and often a telephone. None of it slows anybody. */
export function needsOf(random: Random, ofCategory: string, age: number, isRemote: boolean): string {
  const isWithout = random.below(100) < (age >= 60 ? withoutTelephone.aged60 : withoutTelephone.younger) + (isRemote ? withoutTelephone.remoteToo : 0)
  if (!isWithout || ofCategory.includes('no_phone')) return ofCategory
  return ofCategory === '' ? 'no_phone' : `${ofCategory};no_phone`
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
