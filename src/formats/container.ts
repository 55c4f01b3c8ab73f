/** Looks at the first bytes of a file: what is certainly no CSV in UTF-8 is refused before anything is read into it. */
import { isUtf8 } from 'node:buffer'
import { FileFault } from './fault.ts'

const containers: readonly (readonly [string, readonly number[]])[] = [
  ['a zip file', [0x50, 0x4b, 0x05, 0x06]],
  ['an old Excel workbook, or one with a password (save it as XLSX without a password)', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a gzip file', [0x1f, 0x8b]],
  ['a picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a picture', [0xff, 0xd8, 0xff]],
  ['a Rich Text document', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
]

const byteOrderMark = [0xef, 0xbb, 0xbf]

/** How many bytes of a UTF-8 byte order mark a text begins with: 0 or 3. */
export function markLength(head: Uint8Array): number {
  return startsWith(head, byteOrderMark) ? byteOrderMark.length : 0
}

/**
 * The place of the first byte after a UTF-8 byte order mark (0 or 3).
 *
 * @param head the beginning of the file
 * @throws FileFault `file_empty`, `format_unknown` or `encoding_unknown`
 */
export function inspectContainer(head: Uint8Array): number {
  const start = markLength(head)
  if (head.length === start) throw new FileFault('file_empty', 'the file holds nothing')
  for (const [what, magic] of containers) if (startsWith(head, magic)) throw new FileFault('format_unknown', `the file is ${what}; CSV, XLSX, ISO 20022 and MT940 are read here`)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new FileFault('encoding_unknown', 'the file is UTF-16 (its first bytes say so, at byte 0), not UTF-8')
  }
  let first = start
  while (first < head.length && (head[first] as number) <= 0x20) first += 1
  const opening = String.fromCharCode(...head.subarray(first, first + 4))
  if (opening.startsWith('<')) throw new FileFault('format_unknown', 'the file is XML or HTML, not CSV')
  if (opening.startsWith('{') || opening.startsWith('[')) throw new FileFault('format_unknown', 'the file is JSON or a bank statement in MT940, not CSV')
  if (opening.startsWith(':20:')) throw new FileFault('format_unknown', 'the file is a bank statement in MT940, not CSV')
  refuseWideText(head)
  return start
}

/** UTF-16 without a mark is ASCII with a NUL beside each letter: valid UTF-8, and never what was meant. */
function refuseWideText(head: Uint8Array): void {
  let nulls = 0
  for (const byte of head.subarray(0, 4096)) if (byte === 0) nulls += 1
  if (nulls * 8 > Math.min(head.length, 4096)) throw new FileFault('encoding_unknown', `the file looks like UTF-16 or binary: a zero byte at byte ${head.indexOf(0)}`)
}

/**
 * Refuses bytes that are not UTF-8, naming the first bad one.
 *
 * @param base where byte 0 of `bytes` stands in the file
 * @param line the physical line at `start`
 */
export function refuseInvalidUtf8(bytes: Uint8Array, start: number, end: number, base: number, line: number): void {
  const region = bytes.subarray(start, end)
  if (isUtf8(region)) return
  // Halving finds the longest valid beginning; a beginning that only cuts a letter in two counts as valid.
  let good = 0
  let bad = region.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isUtf8(region.subarray(0, lastWhole(region, middle)))) good = middle
    else bad = middle
  }
  const at = lastWhole(region, good)
  let lines = line
  for (let index = 0; index < at; index += 1) if (region[index] === 0x0a || (region[index] === 0x0d && region[index + 1] !== 0x0a)) lines += 1
  const code = (region[at] as number).toString(16).padStart(2, '0').toUpperCase()
  throw new FileFault('encoding_unknown', `byte ${base + start + at} (0x${code}) is not UTF-8`, { line: lines, raw: `0x${code}` })
}

/** The largest place up to `end` that does not cut a multi-byte letter whose bytes so far are in order. */
function lastWhole(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 3 && end - back >= 0; back += 1) {
    const byte = bytes[end - back] as number
    if (byte < 0x80) return end
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? end - back : end
  }
  return end
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte)
}
