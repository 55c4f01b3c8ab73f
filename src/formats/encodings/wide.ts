/** Recognises UTF-16, by its mark or, without one, only when nothing else can be meant. */

/**
 * `utf-16le` or `utf-16be`; null when the file is neither for certain.
 *
 * Without a mark: of the two readings exactly one gives nothing but signs that Vietnamese tables are written with.
 */
export function wideEncodingOf(head: Uint8Array, size: number): 'utf-16le' | 'utf-16be' | null {
  // FF FE 00 00 is UTF-32.
  if (head[0] === 0xff && head[1] === 0xfe) return head[2] === 0 && head[3] === 0 ? null : 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (size % 2 === 1 || head.length < 4) return null
  const [isLittle, isBig] = [isText(head, 0), isText(head, 1)]
  return isLittle === isBig ? null : isLittle ? 'utf-16le' : 'utf-16be'
}

/** @param lowByte where in a pair the low byte stands */
function isText(head: Uint8Array, lowByte: 0 | 1): boolean {
  let ascii = 0
  const units = Math.min(head.length >> 1, 4096)
  for (let unit = 0; unit < units; unit += 1) {
    const low = head[unit * 2 + lowByte] as number
    const code = (head[unit * 2 + 1 - lowByte] as number) * 256 + low
    if (code >= 0x20 && code < 0x7f) ascii += 1
    else if (!isFamiliar(code)) return false
  }
  return ascii * 2 > units
}

function isFamiliar(code: number): boolean {
  return code === 0x09 || code === 0x0a || code === 0x0d || (code >= 0xa0 && code < 0x250) || (code >= 0x300 && code < 0x370) || (code >= 0x1e00 && code < 0x1f00) || (code >= 0x2000 && code < 0x2070) || code === 0x20ab
}
