/** Invented provinces, communes and villages, sized so that a small sample has several communes too. */
import { type Random, weighted, pickWeighted } from './random.ts'

/** A commune or ward; `isRemote` ones are far from cash points, which slows the first withdrawal. */
export interface Commune {
  readonly unitCode: string
  readonly name: string
  readonly unitType: 'xã' | 'phường'
  readonly provinceCode: string
  readonly villages: readonly string[]
  readonly isRemote: boolean
  /** The province pays more than the national rate of the social pension. */
  readonly isToppedUp: boolean
  /** The population register of this commune was loaded, with everybody in it. */
  readonly isRegistered: boolean
  /** How many beneficiaries live here. */
  readonly size: number
}

export interface Province {
  readonly unitCode: string
  readonly name: string
}

const provinceNames = ['Sông Lam', 'Bình Giang', 'Thanh Sơn', 'Hải Ninh', 'Phú Châu', 'Trường Giang', 'Tân Bình Nguyên', 'Đông Hà Tiên', 'An Lạc', 'Kim Sơn', 'Nam Hòa', 'Yên Thế Sơn']
const firstWords = ['Tân', 'Bình', 'Phú', 'Hòa', 'An', 'Thanh', 'Long', 'Xuân', 'Đông', 'Mỹ', 'Vĩnh', 'Yên', 'Nam', 'Quảng', 'Hưng', 'Đại', 'Kim', 'Ngọc', 'Hải', 'Trung']
const secondWords = ['Lập', 'Thành', 'Sơn', 'Hải', 'Phước', 'Thịnh', 'Lộc', 'Khê', 'Trạch', 'Điền', 'Giang', 'Lâm', 'Tiến', 'Thắng', 'Minh', 'Châu', 'Phong', 'Ninh', 'Trị', 'Thủy']
const highlandFirst = ['Mường', 'Nậm', 'Chiềng', 'Bản', 'Tà', 'Pá', 'Sín', 'Lao', 'Háng', 'Xá']
const highlandSecond = ['Lống', 'Cắn', 'Khoa', 'Hon', 'Lay', 'Típ', 'Chải', 'Xén', 'Nhè', 'Ải', 'Tùm', 'Khương', 'Phăng', 'Bú', 'Tông']

const sizeBands = weighted([
  [[300, 800], 35],
  [[800, 1600], 40],
  [[1600, 3000], 25],
] as const)

const communesPerProvince = 120

/** The communes that `beneficiaries` people live in, with their provinces; sizes add up to it exactly. */
export function inventPlaces(random: Random, beneficiaries: number): { provinces: Province[]; communes: Commune[] } {
  const sizes = inventSizes(random, beneficiaries)
  const provinces = Array.from({ length: Math.ceil(sizes.length / communesPerProvince) }, (_, index) => ({
    unitCode: String(38 + index).padStart(2, '0'),
    name: `Tỉnh ${provinceNames[index % provinceNames.length] ?? ''}${index < provinceNames.length ? '' : ` ${String(Math.floor(index / provinceNames.length) + 1)}`}`,
  }))
  const taken = new Set<string>()
  const communes = sizes.map((size, index): Commune => {
    // The second commune is always remote, so that even the smallest sample has both kinds to compare.
    const isRemote = index === 1 || (index > 1 && random.chance(0.2))
    const unitType = !isRemote && random.chance(0.2) ? 'phường' : 'xã'
    const province = provinces[Math.floor(index / communesPerProvince)] as Province
    return {
      unitCode: String(10_003 + index * 3).padStart(5, '0'),
      name: `${unitType === 'xã' ? 'Xã' : 'Phường'} ${inventCommuneName(random, isRemote, province.unitCode, taken)}`,
      unitType,
      provinceCode: province.unitCode,
      villages: inventVillages(random, isRemote),
      isRemote,
      isToppedUp: index < communesPerProvince,
      // A register for a few communes only; the third one's always, so that the smallest sample has it.
      isRegistered: index === 2 || (index > 2 && random.chance(0.03)),
      size,
    }
  })
  return { provinces, communes }
}

function inventSizes(random: Random, beneficiaries: number): number[] {
  // A small sample keeps at least six communes; a province has them as large as they are.
  const most = Math.max(20, Math.floor(beneficiaries / 6))
  const sizes: number[] = []
  for (let left = beneficiaries; left > 0; ) {
    const [least, greatest] = pickWeighted(random, sizeBands)
    const size = Math.min(left, most, random.between(least, greatest))
    sizes.push(size)
    left -= size
  }
  return sizes
}

function inventCommuneName(random: Random, isRemote: boolean, provinceCode: string, taken: Set<string>): string {
  for (let attempt = 0; ; attempt += 1) {
    const base = isRemote ? `${random.pick(highlandFirst)} ${random.pick(highlandSecond)}` : `${random.pick(firstWords)} ${random.pick(secondWords)}`
    // Within a province no two communes share a name; between provinces they do, as in life.
    const name = attempt < 20 ? base : `${base} ${String(attempt - 18)}`
    if (taken.has(`${provinceCode} ${name}`)) continue
    taken.add(`${provinceCode} ${name}`)
    return name
  }
}

function inventVillages(random: Random, isRemote: boolean): string[] {
  const count = random.between(5, 14)
  return Array.from({ length: count }, (_, index) =>
    isRemote ? `Bản ${random.pick(highlandFirst)} ${random.pick(highlandSecond)} ${String(index + 1)}` : `Thôn ${String(index + 1)}`,
  )
}
