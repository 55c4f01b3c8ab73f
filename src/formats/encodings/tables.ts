/**
 * The old encodings of Vietnamese: which letter each byte stands for.
 *
 * TCVN3 (the fonts called .Vn…) is the third set of TCVN 5712:1993: the small letters, and Ă Â Ê Ô Ơ Ư Đ. Other capitals
 * have no code: they are written with the small letter's code in a font of capitals (.VnTimeH), or, as the second set
 * has it, with a capital and a tone after it (B0–B4). VNI (the fonts called VNI-…) writes a letter and a byte for its
 * marks after it. windows-1258 and VISCII are taken from iconv-lite.
 */
import iconv from 'iconv-lite'

/** What a byte that means nothing stands for; such a byte refuses the file. */
export const noLetter = 0xffff

/** The code unit of each byte. */
export type ByteTable = Uint16Array

/** ASCII, and the quotes and dashes that the fonts of these encodings leave where Windows has them. */
function asciiTable(): ByteTable {
  const table = Uint16Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? byte : noLetter))
  for (const [byte, sign] of [[0x85, '…'], [0x91, '‘'], [0x92, '’'], [0x93, '“'], [0x94, '”'], [0x96, '–'], [0x97, '—']] as const) table[byte] = sign.charCodeAt(0)
  return table
}

function tableOf(name: string): ByteTable {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    const unit = iconv.decode(Buffer.from([byte]), name).charCodeAt(0)
    return unit === 0xfffd ? noLetter : unit
  })
}

export const windows1258 = tableOf('windows-1258')
export const viscii = tableOf('viscii')

/** From byte A0 on, sixteen a line; `.` is no letter; combining tones stand as ` ? ~ ' _` (grave, hook, tilde, acute, dot). */
const tcvn3Letters = [
  '\u00a0ĂÂÊÔƠƯĐăâêôơưđ.',
  "`?~'_àảãáạ.ằẳẵắ.",
  '......ặầẩẫấậè.ẻẽ',
  'éẹềểễếệìỉ...ĩíịò',
  '.ỏõóọồổỗốộờởỡớợù',
  '.ủũúụừửữứựỳỷỹýỵ.',
].join('')
const tones: Readonly<Record<string, number>> = { '`': 0x300, '?': 0x309, '~': 0x303, "'": 0x301, _: 0x323 }

export const tcvn3 = asciiTable()
for (const [index, letter] of Array.from(tcvn3Letters).entries()) if (letter !== '.') tcvn3[0xa0 + index] = tones[letter] ?? letter.charCodeAt(0)

/** Bytes of VNI that are letters of their own. */
const vniLetters: readonly (readonly [number, string])[] = [
  [0xa0, '\u00a0'],
  [0xd1, 'Đ'], [0xd4, 'Ơ'], [0xd6, 'Ư'], [0xcd, 'Í'], [0xcc, 'Ì'], [0xc6, 'Ỉ'], [0xd3, 'Ĩ'], [0xd2, 'Ị'], [0xce, 'Ỵ'],
  [0xf1, 'đ'], [0xf4, 'ơ'], [0xf6, 'ư'], [0xed, 'í'], [0xec, 'ì'], [0xe6, 'ỉ'], [0xf3, 'ĩ'], [0xf2, 'ị'], [0xee, 'ỵ'],
]
/** Bytes of VNI that add marks to the letter before them; the same 32 lower for capitals. */
const vniMarks: readonly (readonly [number, string])[] = [
  [0xf9, '\u0301'], [0xf8, '\u0300'], [0xfb, '\u0309'], [0xf5, '\u0303'], [0xef, '\u0323'],
  [0xe2, '\u0302'], [0xe1, '\u0302\u0301'], [0xe0, '\u0302\u0300'], [0xe5, '\u0302\u0309'], [0xe3, '\u0302\u0303'], [0xe4, '\u0302\u0323'],
  [0xea, '\u0306'], [0xe9, '\u0306\u0301'], [0xe8, '\u0306\u0300'], [0xfa, '\u0306\u0309'], [0xfc, '\u0306\u0303'], [0xeb, '\u0306\u0323'],
]

/** Letters of VNI without what stands before them; a mark alone is no letter. */
export const vniSingle = asciiTable()
for (const [byte, letter] of vniLetters) vniSingle[byte] = letter.charCodeAt(0)

/** Letter and mark of VNI: the code unit of `letter byte × 256 + mark byte`; `noLetter` where no such letter exists. */
export const vniPairs = new Uint16Array(65_536).fill(noLetter)
for (const base of Array.from('AEOUYaeouy\u01a0\u01af\u01a1\u01b0')) {
  const byte = base.charCodeAt(0) < 0x80 ? base.charCodeAt(0) : (vniLetters.find(([, letter]) => letter === base)?.[0] ?? 0)
  for (const [mark, marks] of vniMarks) {
    const letter = (base + marks).normalize('NFC')
    // A mark of either case after a letter of either case: people press shift for the letter alone.
    if (letter.length === 1) for (const written of [mark, mark - 32]) vniPairs[byte * 256 + written] = letter.charCodeAt(0)
  }
}
