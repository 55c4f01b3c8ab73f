/** Invented Vietnamese names in the frequencies of real ones, as a list writes them and as a bank does. */
import { type Random, type Weighted, pickWeighted, weighted } from './random.ts'

export type Sex = 'male' | 'female'

/** A name as the list writes it, and folded as banks print it: capitals without marks. */
export interface PersonName {
  readonly name: string
  readonly bankName: string
}

interface Syllable extends PersonName {
  /** How often it is drawn, of one. */
  readonly share: number
}
type Syllables = Weighted<Syllable>

function words(text: string): Syllables {
  const entries = text.split(' ').map((entry) => entry.split(':')).map(([name = '', weight = '1']) => [name, Number.parseInt(weight, 10)] as const)
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
  return weighted(entries.map(([name, weight]) => [{ name, bankName: bankFold(name), share: weight / total }, weight] as const))
}

// Shares per thousand of the whole country; in the mountains Thái, H'Mông and Tày surnames are the usual ones.
const surnames = words(
  'Nguyễn:380 Trần:110 Lê:95 Phạm:71 Phan:45 Huỳnh:26 Hoàng:25 Đặng:21 Vũ:20 Bùi:20 Võ:19 Đỗ:14 Hồ:13 Ngô:13 Trương:12 Dương:10 Lý:8 Đinh:8 Lâm:7 Mai:7 Đào:6 Trịnh:6 Hà:6 Cao:5 Tạ:4 Lương:4 Châu:4 Đoàn:4 Phùng:3 Tô:3 Quách:2 Thái:2 Kiều:2 La:1 Từ:1 Nghiêm:1',
)
const highlandSurnames = words('Lò:170 Vàng:110 Giàng:90 Sùng:70 Hà:60 Quàng:60 Lường:60 Cà:50 Thào:50 Hoàng:50 Nông:50 Ma:45 Bế:25 Lù:25 Mùa:25 Hờ:20 Triệu:20 Nguyễn:20')
const middleNames: Record<Sex, Syllables> = {
  male: words('Văn:36 Đức:8 Hữu:8 Minh:7 Quốc:6 Thanh:6 Ngọc:6 Xuân:6 Công:5 Đình:5 Quang:4 Trọng:3 Bá:2 Thế:2 Duy:2 Tiến:2'),
  female: words('Thị:62 Ngọc:7 Thu:5 Thanh:5 Kim:5 Mỹ:3 Bích:3 Hồng:3 Thùy:2 Phương:2 Minh:2 Diệu:1'),
}
const givenNames: Record<Sex, Syllables> = {
  male: words(
    'Hùng:5 Dũng:5 Tuấn:5 Minh:5 Nam:4 Sơn:4 Long:4 Hải:4 Thành:4 Bình:4 Cường:4 Đức:4 Quang:3 Thắng:3 Tâm:3 Hòa:3 Phúc:3 An:3 Khánh:2 Lợi:2 Tài:2 Lộc:2 Vinh:2 Trung:3 Hiếu:3 Nghĩa:2 Đạt:2 Kiên:2 Toàn:2 Phong:2 Việt:2 Chiến:2 Thịnh:2 Hậu:2 Thọ:1 Quý:2 Đông:1 Sang:1 Ba:1 Sáu:1 Chính:1 Điền:1 Khoa:1 Huy:2',
  ),
  female: words(
    'Hoa:6 Lan:6 Hương:6 Hồng:5 Mai:5 Thảo:4 Nga:4 Hà:4 Hạnh:4 Loan:4 Liên:4 Phượng:3 Thủy:4 Yến:3 Dung:3 Nhung:3 Tuyết:3 Trang:3 Linh:3 Ngọc:3 Hằng:3 Oanh:2 Đào:2 Xuân:2 Cúc:2 Lý:2 Vân:3 Thu:3 Thúy:2 Bé:1 Năm:1 Út:1 Nguyệt:2 Châu:2 Trinh:2 Diễm:1 Huệ:2 Sen:2 Mận:1 Tươi:1 Thơm:1 Quý:1 Sáu:1 Tám:1',
  ),
}

/** How far a name tells somebody from others. */
export interface Rarity {
  /** Whoever bears it too, and was born on nearly the same day, may be the same person. */
  readonly isRareName: boolean
  /** Whoever is called the same but for the surname, and was born on the same day, may be: short surnames are a letter apart, as Ma and Mai, Lê and Lò. */
  readonly isRareButForALetter: boolean
}

/** Of all people, of one. */
const rareNameShare = 0.0001
const rareSurnameShare = 0.03
const rareGivenShare = 0.002
/** About how many people live in mountain communes, of one. */
const highlandShare = 0.16

/** An invented name for a person of that sex; `isHighland` draws the surname from mountain communes. */
export function inventName(random: Random, sex: Sex, isHighland: boolean): PersonName & Rarity {
  const surname = pickWeighted(random, isHighland ? highlandSurnames : surnames)
  const middle = pickWeighted(random, middleNames[sex])
  let given = pickWeighted(random, givenNames[sex])
  // "Nguyễn Ngọc Ngọc" is nobody's name.
  while (given.name === middle.name) given = pickWeighted(random, givenNames[sex])
  const surnameShare = surname.share * (isHighland ? highlandShare : 1)
  return {
    name: `${surname.name} ${middle.name} ${given.name}`,
    bankName: `${surname.bankName} ${middle.bankName} ${given.bankName}`,
    isRareName: surnameShare * middle.share * given.share < rareNameShare,
    isRareButForALetter: surnameShare < rareSurnameShare || middle.share * given.share < rareGivenShare,
  }
}

/** A text as bank files carry it: A–Z, digits and blanks. */
export function bankFold(text: string): string {
  // NFD takes every mark off but the stroke of đ.
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'D').toUpperCase()
}
