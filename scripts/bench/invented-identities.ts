/**
 * Invented Vietnamese identities with labelled slips: who is whose double is known, and what went wrong with the double.
 *
 * Nobody here lives. Names are drawn from a stock of its own, wider than the table of shares that the scores use, so
 * that not every name is one the scorer has heard of.
 */
import { daysInMonth } from '../../src/core/index.ts'

/** What somebody did to the double, or why two who look alike are two people. */
export type Kind = 'none' | 'marks_lost' | 'tone_position' | 'stroke_look_alike' | 'swapped_day_month' | 'digit_in_birth_date' | 'year_alone' | 'tail_cut' | 'middle_missing' | 'given_name_first' | 'one_letter' | 'i_or_y' | 'moved' | 'marks_lost_and_moved' | 'marks_lost_and_swapped' | 'twin' | 'father_and_son'

export interface Identity {
  readonly id: string
  readonly name: string
  readonly birthDate: string
  readonly sex: 'male' | 'female'
  readonly unitCode: string
}

/** Two who are alike: one person (`isSame`) with a slip, or two people. */
export interface LabelledPair {
  readonly first: Identity
  readonly second: Identity
  readonly kind: Kind
  readonly isSame: boolean
}

export const slips: readonly Kind[] = ['none', 'marks_lost', 'tone_position', 'stroke_look_alike', 'swapped_day_month', 'digit_in_birth_date', 'year_alone', 'tail_cut', 'middle_missing', 'given_name_first', 'one_letter', 'i_or_y', 'moved', 'marks_lost_and_moved', 'marks_lost_and_swapped']
export const lookAlikes: readonly Kind[] = ['twin', 'father_and_son']

/** A source of whole numbers below a limit: SplitMix32 over the seed, the same on every machine. */
export function chance(seed: string): (limit: number) => number {
  let state = 0x9e3779b9
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x85ebca6b)
  return (limit) => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return Math.floor(((mixed ^ (mixed >>> 15)) >>> 0) * 2.3283064365386963e-10 * limit)
  }
}

type Chance = ReturnType<typeof chance>

const surnames = stock('Nguyễn:380 Trần:110 Lê:95 Phạm:71 Phan:45 Huỳnh:26 Hoàng:25 Đặng:21 Vũ:20 Bùi:20 Võ:19 Đỗ:14 Hồ:13 Ngô:13 Trương:12 Dương:10 Lý:8 Đinh:8 Lâm:7 Mai:7 Đào:6 Trịnh:6 Hà:6 Cao:5 Tạ:4 Lương:4 Châu:4 Đoàn:4 Phùng:3 Tô:3 Quách:2 Thái:2 Kiều:2 La:1 Từ:1 Nghiêm:1 Khúc:1 Chử:1 Doãn:1 Giáp:1 Ông:1 Tăng:2 Vương:3 Triệu:3 Hứa:2 Thạch:3 Danh:2 Kim:2 Giàng:3 Lò:4 Vàng:3')
const middles = { male: stock('Văn:40 Đức:8 Hữu:8 Minh:7 Quốc:6 Thanh:6 Ngọc:6 Xuân:6 Công:5 Đình:5 Quang:4 Trọng:3 Bá:2 Thế:2 Duy:2 Tiến:2 Khắc:1 Viết:1 Như:1 Hoài:1 Anh:1 Nhật:1'), female: stock('Thị:62 Ngọc:7 Thu:5 Thanh:5 Kim:5 Mỹ:3 Bích:3 Hồng:3 Thùy:2 Phương:2 Minh:2 Diệu:1 Hoài:1 Tuyết:1 Ánh:1 Quỳnh:1') }
const givens = {
  male: stock('Hùng:5 Dũng:5 Tuấn:5 Minh:5 Nam:4 Sơn:4 Long:4 Hải:4 Thành:4 Bình:4 Cường:4 Đức:4 Quang:3 Thắng:3 Tâm:3 Hòa:3 Phúc:3 An:3 Khánh:2 Lợi:2 Tài:2 Lộc:2 Vinh:2 Trung:3 Hiếu:3 Nghĩa:2 Đạt:2 Kiên:2 Toàn:2 Phong:2 Việt:2 Chiến:2 Thịnh:2 Hậu:2 Thọ:1 Quý:2 Đông:1 Sang:1 Ba:1 Sáu:1 Chính:1 Điền:1 Khoa:1 Huy:2 Hưng:2 Tùng:2 Thái:1 Tiến:1 Lâm:1 Bảo:1 Luân:1 Nhẫn:1 Đẩu:1 Cẩn:1 Chung:1 Đoan:1 Kỷ:1 Sỹ:1 Tý:1 Tỵ:1 Vỹ:1 Thuyên:1 Ngoan:1 Khôi:1 Loan:1 Hoạt:1 Khuê:1'),
  female: stock('Hoa:6 Lan:6 Hương:6 Hồng:5 Mai:5 Thảo:4 Nga:4 Hà:4 Hạnh:4 Loan:4 Liên:4 Phượng:3 Thủy:4 Yến:3 Dung:3 Nhung:3 Tuyết:3 Trang:3 Linh:3 Ngọc:3 Hằng:3 Oanh:2 Đào:2 Xuân:2 Cúc:2 Lý:2 Vân:3 Thu:3 Thúy:2 Bé:1 Năm:1 Út:1 Nguyệt:2 Châu:2 Trinh:2 Diễm:1 Huệ:2 Sen:2 Mận:1 Tươi:1 Thơm:1 Quý:1 Sáu:1 Tám:1 Hòa:2 Hoài:1 Thoan:1 Khuyên:1 Ngoan:1 Mỵ:1 Mỹ:1 Duyên:1 Gái:1 Lượt:1 Nụ:1 Thắm:1 Bưởi:1 Nhàn:1 Vi:1 Thanh:2 Phương:2 Đoan:1 Toàn:1'),
}

function stock(text: string): readonly string[] {
  return text.split(' ').flatMap((entry) => {
    const [name = '', weight = '1'] = entry.split(':')
    return Array.from({ length: parseInt(weight, 10) }, () => name)
  })
}

/** People as lists have them: communes of about `unitSize`, one in twenty known by birth year alone (1 January). */
export function* inventIdentities(seed: string, count: number, unitSize: number): Generator<Identity> {
  const below = chance(seed)
  const units = Math.max(1, Math.floor(count / unitSize))
  for (let index = 0; index < count; index += 1) yield inventIdentity(below, index, units)
}

function inventIdentity(below: Chance, serial: number, units: number): Identity {
  const sex = below(2) === 0 ? 'male' : 'female'
  // Sums of two draws: few are very old or very young.
  const year = 1926 + below(50) + below(45)
  const month = 1 + below(12)
  const birthDate = below(20) === 0 ? `${String(year)}-01-01` : `${String(year)}-${two(month)}-${two(1 + below(daysInMonth(year, month)))}`
  const name = [pick(below, surnames), ...(below(12) === 0 ? [] : [pick(below, middles[sex])]), ...(below(5) === 0 ? [pick(below, middles[sex])] : []), pick(below, givens[sex])].join(' ')
  return { id: twelveDigits(sex, year, serial), name, birthDate, sex, unitCode: String(10_000 + below(units)) }
}

/** `count` pairs of each kind, made from new people with numbers from `serial` on. */
export function* inventPairs(seed: string, count: number, unitSize: number, people: number): Generator<LabelledPair> {
  const below = chance(`${seed}, pairs`)
  const units = Math.max(1, Math.floor(people / unitSize))
  let serial = people
  for (const kind of [...slips, ...lookAlikes]) {
    for (let made = 0; made < count;) {
      const first = inventIdentity(below, (serial += 1), units)
      const second = double(below, first, kind, (serial += 1), units)
      if (second === null) continue
      made += 1
      yield { first, second, kind, isSame: slips.includes(kind) }
    }
  }
}

/** The other one of a pair; null where the slip is not possible with this name or date. */
function double(below: Chance, first: Identity, kind: Kind, serial: number, units: number): Identity | null {
  const year = parseInt(first.birthDate, 10)
  const tokens = first.name.split(' ')
  // Half of all doubles stand under an old number of nine digits.
  const id = below(2) === 0 || kind === 'twin' || kind === 'father_and_son' ? twelveDigits(first.sex, year, serial) : `2${String(serial % 100_000_000).padStart(8, '0')}`
  const same = { ...first, id }
  const named = (name: string): Identity | null => (name === first.name ? null : { ...same, name })
  switch (kind) {
    case 'none': return { ...same, name: below(2) === 0 ? first.name.toUpperCase() : first.name }
    case 'marks_lost': return named(bare(first.name))
    case 'tone_position': return named(first.name.replace(/òa|òe|úy|ùy|ủy|ũy|ụy|óa|ỏa|õa|ọa/g, (pair) => later[pair] ?? pair))
    case 'stroke_look_alike': return named(first.name.replaceAll('Đ', 'Ð'))
    case 'swapped_day_month': return swapped(same)
    case 'digit_in_birth_date': return digitSlip(below, same)
    case 'year_alone': return first.birthDate.endsWith('-01-01') ? null : { ...same, birthDate: `${String(year)}-01-01` }
    case 'tail_cut': return first.name.length < 14 ? null : named(bare(first.name).slice(0, first.name.length - 1 - below(3)).trim())
    case 'middle_missing': return tokens.length < 3 ? null : named([tokens[0], ...tokens.slice(2)].join(' '))
    case 'given_name_first': return named([tokens.at(-1), ...tokens.slice(0, -1)].join(' '))
    case 'one_letter': return named(letterSlip(below, first.name))
    case 'i_or_y': return named(first.name.replace(/ý(?= |$)/g, 'í').replace(/ỹ(?= |$)/g, 'ĩ').replace(/ỷ(?= |$)/g, 'ỉ').replace(/ỵ(?= |$)/g, 'ị').replace(/(?<=u)í$/g, 'í'))
    case 'moved': return { ...same, unitCode: String(10_000 + below(units)) }
    case 'marks_lost_and_moved': return named(bare(first.name)) === null ? null : { ...same, name: bare(first.name), unitCode: String(10_000 + below(units)) }
    case 'marks_lost_and_swapped': return bare(first.name) === first.name ? null : swapped({ ...same, name: bare(first.name) })
    case 'twin': {
      const sex = below(2) === 0 ? first.sex : below(2) === 0 ? 'male' : 'female'
      const given = pick(below, givens[sex])
      const middle = sex === first.sex ? tokens.slice(1, -1) : [pick(below, middles[sex])]
      // A name is not given twice in a family.
      return given === tokens.at(-1) ? null : { ...same, sex, id: twelveDigits(sex, year, serial), name: [tokens[0], ...middle, given].join(' ') }
    }
    case 'father_and_son': {
      const later = year + 18 + below(22)
      return first.sex === 'female' || later > 2020 ? null : { ...same, id: twelveDigits('male', later, serial), birthDate: below(10) === 0 ? `${String(later)}${first.birthDate.slice(4)}`.replace(/-02-29$/, '-02-28') : `${String(later)}-${two(1 + below(12))}-${two(1 + below(28))}` }
    }
  }
}

const later: Readonly<Record<string, string>> = { òa: 'oà', òe: 'oè', úy: 'uý', ùy: 'uỳ', ủy: 'uỷ', ũy: 'uỹ', ụy: 'uỵ', óa: 'oá', ỏa: 'oả', õa: 'oã', ọa: 'oạ' }

function swapped(person: Identity): Identity | null {
  const [year = '', month = '', day = ''] = person.birthDate.split('-')
  return parseInt(day, 10) > 12 || day === month ? null : { ...person, birthDate: `${year}-${day}-${month}` }
}

function digitSlip(below: Chance, person: Identity): Identity | null {
  const at = [2, 3, 6, 8, 9][below(5)] ?? 9
  const birthDate = `${person.birthDate.slice(0, at)}${String(below(10))}${person.birthDate.slice(at + 1)}`
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map((part) => parseInt(part, 10))
  const exists = year <= 2026 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return exists && birthDate !== person.birthDate ? { ...person, birthDate } : null
}

/** One letter left out, doubled, or two neighbours swapped, not at the beginning of the name. */
function letterSlip(below: Chance, name: string): string {
  const at = 1 + below(name.length - 2)
  const [here = '', next = ''] = [name[at], name[at + 1]]
  if (here === ' ' || next === ' ') return name
  return [name.slice(0, at) + name.slice(at + 1), name.slice(0, at) + here + name.slice(at), name.slice(0, at) + next + here + name.slice(at + 2)][below(3)] ?? name
}

function bare(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Đ', 'D').replaceAll('đ', 'd').toUpperCase()
}

function twelveDigits(sex: 'male' | 'female', year: number, serial: number): string {
  const century = (year < 2000 ? 0 : 2) + (sex === 'female' ? 1 : 0)
  // As many registration codes as it takes for every serial to have six digits of its own.
  return `${String(1 + Math.floor(serial / 1_000_000)).padStart(3, '0')}${String(century)}${two(year % 100)}${String(serial % 1_000_000).padStart(6, '0')}`
}

function pick(below: Chance, items: readonly string[]): string {
  return items[below(items.length)] ?? ''
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
