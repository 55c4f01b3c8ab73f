/** Are two names the same spelling (class E1 of the names' rules): what a typist's habits change, and nothing a person would call another name. */

const TONES = '\u0300\u0301\u0309\u0303\u0323'

/** E0 (NFC, spaces, zero-width, upper case), then one Đ, then the tone on one and the same vowel of OA, OE and UY. */
export function spelling(name: string): string {
  const bare = name.normalize('NFD').replace(/[\u200b-\u200d\u2060\ufeff]/g, '').toUpperCase().replace(/[\u0110\u0189\u00d0]/g, '\u0110')
  const words = bare.split(/[\s\u00a0]+/).filter((word) => word !== '').map(withToneInPlace)
  return words.join(' ').normalize('NFC')
}

/** Only where the syllable ends in the pair: HÒA is HOÀ, but HOÀN has one spelling; after Q the U belongs to the consonant. */
function withToneInPlace(word: string): string {
  const parts = new RegExp(`^(.*?)(O[${TONES}]?A[${TONES}]?|O[${TONES}]?E[${TONES}]?|U[${TONES}]?Y[${TONES}]?)$`).exec(word)
  if (!parts?.[1] && !parts?.[2]) return word
  const onset = parts[1] ?? ''
  const pair = parts[2] ?? ''
  const tone = Array.from(pair).filter((letter) => TONES.includes(letter)).join('')
  if (onset.endsWith('Q') || tone.length !== 1) return word
  const letters = Array.from(pair).filter((letter) => !TONES.includes(letter))
  return `${onset}${letters[0] ?? ''}${tone}${letters[1] ?? ''}`
}
