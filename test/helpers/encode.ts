/** Writes Vietnamese in the old encodings, by the tables of their makers and not by ours: what tests hand to the readers. */

/** The encodings in which a table can be sent. */
export const writtenEncodings = ['utf-16le', 'utf-16be', 'windows-1258', 'tcvn3', 'vni', 'viscii'] as const
export type WrittenEncoding = (typeof writtenEncodings)[number]

const small = 'àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ ăâêôơưđ'.replaceAll(' ', '')
// TCVN 5712:1993, third set, in the order of `small`; capitals without tone; tones of the second set.
const tcvnSmall = [
  0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xbb, 0xbc, 0xbd, 0xbe, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xdc, 0xdd, 0xde, 0xdf, 0xe1, 0xe2, 0xe3, 0xe4,
  0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae,
]
const tcvnCapitals = 'ĂÂÊÔƠƯĐ'
const toneMarks = '\u0300\u0309\u0303\u0301\u0323'

function tcvn3(letter: string): number[] {
  if (letter < '\u0080') return [letter.charCodeAt(0)]
  const known = Array.from(small).indexOf(letter)
  if (known >= 0) return [tcvnSmall[known]!]
  if (tcvnCapitals.includes(letter)) return [0xa1 + tcvnCapitals.indexOf(letter)]
  const [tone] = toned(letter)
  return [...tcvn3(withoutTone(letter)), 0xb0 + toneMarks.indexOf(tone!)]
}

const toned = (letter: string): string[] => Array.from(letter.normalize('NFD')).filter((mark) => toneMarks.includes(mark))
const withoutTone = (letter: string): string => Array.from(letter.normalize('NFD')).filter((mark) => !toneMarks.includes(mark)).join('').normalize('NFC')

// VNI: what stands after the letter, by its marks; some letters have a byte of their own.
const vniOwn: Record<string, number> = { đ: 0xf1, ơ: 0xf4, ư: 0xf6, í: 0xed, ì: 0xec, ỉ: 0xe6, ĩ: 0xf3, ị: 0xf2, ỵ: 0xee }
const vniAfter: Record<string, number> = {
  '\u0301': 0xf9, '\u0300': 0xf8, '\u0309': 0xfb, '\u0303': 0xf5, '\u0323': 0xef,
  '\u0302': 0xe2, '\u0302\u0301': 0xe1, '\u0302\u0300': 0xe0, '\u0302\u0309': 0xe5, '\u0302\u0303': 0xe3, '\u0323\u0302': 0xe4,
  '\u0306': 0xea, '\u0306\u0301': 0xe9, '\u0306\u0300': 0xe8, '\u0306\u0309': 0xfa, '\u0306\u0303': 0xfc, '\u0323\u0306': 0xeb,
}

function vni(letter: string): number[] {
  if (letter < '\u0080') return [letter.charCodeAt(0)]
  if (letter !== letter.toLowerCase()) return vni(letter.toLowerCase()).map((byte) => (byte >= 0x80 || (byte >= 0x61 && byte <= 0x7a) ? byte - 32 : byte))
  const own = vniOwn[letter]
  if (own !== undefined) return [own]
  const bare = withoutTone(letter)
  if (vniOwn[bare] !== undefined) return [vniOwn[bare], vniAfter[toned(letter)[0]!]!]
  const [base, ...marks] = Array.from(letter.normalize('NFD'))
  return [base!.charCodeAt(0), vniAfter[marks.join('')]!]
}

// windows-1258: letters of the keyboard, and tones after them.
const windowsLetters: Record<string, number> = { ă: 0xe3, Ă: 0xc3, â: 0xe2, Â: 0xc2, ê: 0xea, Ê: 0xca, ô: 0xf4, Ô: 0xd4, ơ: 0xf5, Ơ: 0xd5, ư: 0xfd, Ư: 0xdd, đ: 0xf0, Đ: 0xd0 }
const windowsTones: Record<string, number> = { '\u0300': 0xcc, '\u0309': 0xd2, '\u0303': 0xde, '\u0301': 0xec, '\u0323': 0xf2 }

function windows1258(letter: string): number[] {
  if (letter < '\u0080') return [letter.charCodeAt(0)]
  const bare = withoutTone(letter)
  return [bare < '\u0080' ? bare.charCodeAt(0) : windowsLetters[bare]!, ...toned(letter).map((tone) => windowsTones[tone]!)]
}

// RFC 1456, from 80 to FF; the six capitals that stand among the control characters.
const visciiLetters = 'ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ'
const visciiControls: Record<string, number> = { Ẳ: 0x02, Ẵ: 0x05, Ẫ: 0x06, Ỷ: 0x14, Ỹ: 0x19, Ỵ: 0x1e }

function viscii(letter: string): number[] {
  if (letter < '\u0080') return [letter.charCodeAt(0)]
  return [visciiControls[letter] ?? 0x80 + Array.from(visciiLetters).indexOf(letter)]
}

/** A text in an encoding; UTF-16 with its mark. */
export function encode(text: string, encoding: WrittenEncoding): Buffer {
  const composed = text.normalize('NFC')
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${composed}`, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(`\ufeff${composed}`, 'utf16le').swap16()
  const write = { tcvn3, vni, viscii, 'windows-1258': windows1258 }[encoding]
  return Buffer.from(Array.from(composed).flatMap(write))
}
