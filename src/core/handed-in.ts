/** What holds for every file that is handed in, whichever way it comes: how large it may be, and what it may be called. */

/** Bytes; larger files are cut by their sender. */
export const largestUpload = 2_147_483_648

/** What a saved mapping profile may be called. */
export const profileName = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,59}$/u

/** The number of its data lines, as a sender declares it. */
export const controlCountShape = /^\d{1,12}$/

/** The sum of its amounts, as a sender declares it: digits alone, a fraction of two digits after a point. */
export const controlSumShape = /^\d{1,18}(?:\.\d\d)?$/

const longestName = 200

/**
 * A file's name as it is kept and shown, never used: without control characters, marks of direction, halves of characters
 * and signs that say where a folder ends; at most 200 characters, never empty.
 */
export function cleanFileName(name: string): string {
  const cleaned = name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '').replace(/[/\\]/g, '_').trim()
  return cleaned === '' ? 'unnamed' : Array.from(cleaned).slice(0, longestName).join('')
}
