/** Turns bytes of an old encoding into text, composed (NFC); each decoder takes bytes that cut no letter in two. */
import { noLetter, tcvn3, viscii, vniPairs, vniSingle, windows1258, type ByteTable } from './tables.ts'

/** The encodings of text that can be named; all but `utf-8` are translated. */
export const encodingNames = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258', 'tcvn3', 'vni', 'viscii'] as const
export type EncodingName = (typeof encodingNames)[number]
/** The encodings in which a letter is a byte or two, and which are told apart by what they spell. */
export const oldEncodings = ['windows-1258', 'tcvn3', 'vni', 'viscii'] as const
export type OldEncoding = (typeof oldEncodings)[number]

/** A byte that stands for nothing in the encoding. */
export class NoSuchLetter extends Error {
  /** Its place among the bytes that were to be decoded. */
  readonly at: number

  constructor(at: number) {
    super(`no letter at ${at}`)
    this.at = at
  }
}

/** The text of bytes in an old encoding, NFC. @throws NoSuchLetter */
export function decodeOld(encoding: OldEncoding, bytes: Uint8Array): string {
  switch (encoding) {
    case 'windows-1258':
      return decodeTable(windows1258, bytes)
    case 'viscii':
      return decodeTable(viscii, bytes)
    case 'tcvn3':
      return raiseCapitals(decodeTable(tcvn3, bytes))
    case 'vni':
      return decodeVni(bytes)
  }
}

function decodeTable(table: ByteTable, bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) {
    const unit = table[bytes[at] as number] as number
    if (unit === noLetter) throw new NoSuchLetter(at)
    units[at] = unit
  }
  return textOfUnits(units, units.length).normalize('NFC')
}

function decodeVni(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (at + 1 < bytes.length && (bytes[at + 1] as number) >= 0x80) {
      const pair = vniPairs[byte * 256 + (bytes[at + 1] as number)] as number
      if (pair !== noLetter) {
        units[length++] = pair
        at += 1
        continue
      }
    }
    const unit = vniSingle[byte] as number
    if (unit === noLetter) throw new NoSuchLetter(at)
    units[length++] = unit
  }
  return textOfUnits(units, length).normalize('NFC')
}

function textOfUnits(units: Uint16Array, length: number): string {
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le')
}

const markedWord = /[A-Za-z]*[\u00c0-\u1eff][A-Za-z\u00c0-\u1eff]*/g
const laterCapital = /^.+[A-ZĂÂÊÔƠƯĐ]/

/** NGUYễN is what a font of capitals shows as NGUYỄN: in a word with a capital after its first letter all are capitals. */
function raiseCapitals(text: string): string {
  return text.replace(markedWord, (word) => (laterCapital.test(word) ? word.toUpperCase() : word))
}
