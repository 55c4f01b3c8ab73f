/** Reads text from UTF-8 bytes that are known to be valid: refuses control characters, and says what has to be normalised. */

/** What `inspectText` answers: stored as it is, to be normalised to NFC first, or not text. */
export const textStates = { plain: 0, toNormalise: 1, invalid: 2 } as const

/**
 * Looks over a text once. Control characters other than tab and line breaks, and U+FFFD (a letter that was lost in an
 * earlier conversion), make it invalid. ASCII, Latin and the precomposed Vietnamese letters are NFC already; anything
 * else is left to the full algorithm.
 */
export function inspectText(bytes: Uint8Array, start: number, end: number): number {
  let state: number = textStates.plain
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number
    if (byte < 0x80) {
      if (byte < 0x20 ? byte !== 0x09 && byte !== 0x0a && byte !== 0x0d : byte === 0x7f) return textStates.invalid
    } else if (byte < 0xe0) {
      // U+0080–U+009F are control characters too; from U+0300 on (CC 80) there are combining marks.
      if (byte === 0xc2 && (bytes[at + 1] as number) < 0xa0) return textStates.invalid
      if (byte >= 0xcc) state = textStates.toNormalise
      at += 1
    } else if (byte < 0xf0) {
      const second = bytes[at + 1] as number
      if (byte === 0xef && second === 0xbf && bytes[at + 2] === 0xbd) return textStates.invalid
      // E1 B8 80 – E1 BB BF is U+1E00–U+1EFF, where the Vietnamese letters are.
      if (byte !== 0xe1 || second < 0xb8 || second > 0xbb) state = textStates.toNormalise
      at += 2
    } else {
      state = textStates.toNormalise
      at += 3
    }
  }
  return state
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of valid UTF-8 bytes, as written. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end))
}

/** A raw value as it can be stored and shown: control characters as their pictures (␀), cut at 500 characters. */
export function showable(text: string): string {
  const cut = text.length > 500 ? `${text.slice(0, text.charCodeAt(499) >= 0xd800 && text.charCodeAt(499) < 0xdc00 ? 499 : 500)}…` : text
   
  return cut.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, (sign) => (sign === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + sign.charCodeAt(0))))
}
