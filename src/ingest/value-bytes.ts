/** What bytes of a value are, where no type of column says it: a currency's code, a reference that is none. */
import { textOf } from '../formats/index.ts'

/** Three capital letters. */
export function isCurrency(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 3) return false
  for (let at = start; at < end; at += 1) if ((bytes[at] as number) < 0x41 || (bytes[at] as number) > 0x5a) return false
  return true
}

/** NOTPROVIDED and NONREF are what ISO 20022 and SWIFT write where there is no reference. */
export function isNoReference(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if ((length !== 11 && length !== 6) || ((bytes[start] as number) | 0x20) !== 0x6e) return false
  const text = textOf(bytes, start, end).toUpperCase()
  return text === 'NOTPROVIDED' || text === 'NONREF'
}
