/** Old encodings: every letter there and back, whatever the bytes are cut into; recognised only for certain. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { FileFault, needsTranslation, openTranslation } from '../../src/formats/index.ts'
import { decodeOld, oldEncodings } from '../../src/formats/encodings/decoders.ts'
import { isSyllable } from '../../src/formats/encodings/syllables.ts'
import { encode, writtenEncodings, type WrittenEncoding } from '../helpers/encode.ts'
import { fuzzing } from '../helpers/fuzz.ts'
import { everyLetter } from '../helpers/vietnamese.ts'

const folder = mkdtempSync(join(tmpdir(), 'tantay-encodings-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })
let number = 0

/** What a file is taken as, and its text. */
async function read(bytes: Uint8Array, encoding?: string): Promise<{ encoding: string; text: string }> {
  const path = join(folder, `${number++}`)
  writeFileSync(path, bytes)
  const translation = await openTranslation({ path, head: bytes.subarray(0, 262_144), size: bytes.length }, encoding === undefined ? {} : { encoding })
  if (translation === null) return { encoding: 'utf-8', text: Buffer.from(bytes).toString() }
  const pieces: Uint8Array[] = []
  for await (const piece of translation.pieces) pieces.push(Buffer.from(piece))
  return { encoding: translation.encoding, text: Buffer.concat(pieces).toString() }
}

const refusal = async (bytes: Uint8Array, encoding?: string): Promise<FileFault['refusal'] | null> => {
  try {
    const { encoding: taken } = await read(bytes, encoding)
    if (taken !== 'utf-8') throw new Error(`taken as ${taken}`)
    return null
  } catch (error) {
    if (error instanceof FileFault) return error.refusal
    throw error
  }
}

const marked = everyLetter.filter(({ letter }) => letter > '\u007f').flatMap(({ letter }) => [letter, letter.toLowerCase()])
const table = ['Họ và tên,Địa chỉ', 'Nguyễn Thị Ngọc Ánh,Thôn Khuổi Lặng', 'Đặng Văn Hữu,Tổ dân phố số 3', 'Lý A Sửu,Xã Bằng Thành'].join('\r\n')

describe('every letter', () => {
  test('there are 134 with marks', () => {
    expect(new Set(marked).size).toBe(134)
  })

  test.each(writtenEncodings)('there and back in %s, when the encoding is named', async (encoding) => {
    // Apart, since a capital beside others says something of its own in TCVN3.
    const text = `${marked.join(' ')}\nabc XYZ 0123456789 ,;"\t'\n`
    expect(await read(encode(text, encoding), encoding)).toEqual({ encoding, text })
  })

  test.each(oldEncodings)('no byte of %s makes a letter that Vietnamese does not have', (encoding) => {
    for (let byte = 0x80; byte < 0x100; byte += 1) {
      let text: string
      try {
        text = decodeOld(encoding, Uint8Array.of(byte))
      } catch {
        continue
      }
      expect(text.normalize('NFC')).toBe(text)
      // windows-1258 is the one with signs and letters of others.
      if (encoding !== 'windows-1258') expect(`${marked.join('')}\u00a0…‘’“”–—\u0300\u0309\u0303\u0301\u0323`).toContain(text)
    }
  })

  test.each(writtenEncodings)('of %s survives every place where the bytes may be cut', async (encoding) => {
    const line = 'Nguyễn Thị Ngọc Ánh,Đặng Bích Thuỷ;Ở đậu\n'
    const bytes = encode(line, encoding)
    // The reader takes 262,144 bytes at a time: each byte of the line comes to stand on that edge once.
    for (let shift = 0; shift < bytes.length; shift += 1) {
      const filler = 'x\n'.repeat((262_144 - 2 * bytes.length) / 2 | 0) + 'y'.repeat(shift)
      const { text } = await read(encode(`${filler}\n${line.repeat(3)}`, encoding), encoding)
      expect(text.endsWith(`\n${line.repeat(3)}`)).toBe(true)
    }
  })
})

describe('recognised', () => {
  test.each(writtenEncodings)('%s, and read right', async (encoding) => {
    expect(await read(encode(table, encoding))).toEqual({ encoding, text: table })
  })

  test('UTF-16 without its mark, when nothing else can be meant', async () => {
    expect(await read(encode(table, 'utf-16le').subarray(2))).toEqual({ encoding: 'utf-16le', text: table })
    expect(await read(encode(table, 'utf-16be').subarray(2))).toEqual({ encoding: 'utf-16be', text: table })
  })

  test('names in capitals of TCVN3, as a font of capitals shows them', async () => {
    const written = Buffer.concat([encode('Họ tên\nnguyễn thị ánh\n', 'tcvn3'), Buffer.from('TR\xc7N V\xa8N \xb8NH\n\xa7\xc6NG TH\xdeNH\n', 'latin1')])
    expect((await read(written)).text).toBe('Họ tên\nnguyễn thị ánh\nTRẦN VĂN ÁNH\nĐẶNG THỊNH\n')
  })

  test('capitals of VNI with a small mark', async () => {
    expect((await read(Buffer.from('Nguye\xe3n Th\xf2 A\xf9nh, \xd1a\xebng Va\xean \xd4\xfb\n', 'latin1'))).text).toBe('Nguyễn Thị Ánh, Đặng Văn Ở\n')
  })

  test('never guessed: what two encodings spell alike is the same text, what they spell differently is refused', async () => {
    expect(await read(Buffer.from('L\xea H\xe0\n', 'latin1'))).toEqual({ encoding: 'windows-1258', text: 'Lê Hà\n' })
    expect(await refusal(Buffer.from('V\xf5\n', 'latin1'))).toMatchObject({ code: 'encoding_unknown', line: 1, raw: '0xF5' })
    expect((await refusal(Buffer.from('V\xf5\n', 'latin1')))?.detail).toMatch(/byte 1 .*--encoding/)
  })

  test('neither French nor noise', async () => {
    expect(await refusal(Buffer.from('nom\nRejet\xe9, d\xe9c\xe9d\xe9\n', 'latin1'))).toMatchObject({ code: 'encoding_unknown', line: 2 })
    expect(await refusal(Buffer.from(Array.from({ length: 50_000 }, (_, at) => 128 + ((at * 7919) % 128))))).toMatchObject({ code: 'encoding_unknown' })
  })

  test('an encoding that is named and wrong is refused at its first byte that is no letter', async () => {
    expect(await refusal(Buffer.from('a\nNg\xff\xbf\n', 'latin1'), 'tcvn3')).toMatchObject({ code: 'encoding_unknown', line: 2, raw: '0xFF' })
    expect(await refusal(Buffer.concat([encode(table, 'utf-16le'), Buffer.from([0x41])]), 'utf-16le')).toMatchObject({ code: 'encoding_unknown' })
    expect(await refusal(Buffer.from('Nguyễn Văn An\n'), 'windows-1258')).toMatchObject({ code: 'encoding_unknown', raw: '0xE1' })
    expect(await refusal(Buffer.from('a'), 'koi8')).toMatchObject({ code: 'encoding_unknown' })
  })
})

describe('mixed', () => {
  const long = Array.from({ length: 3000 }, (_, row) => `Nguyễn Thị Hồng ${row},Tổ dân phố số ${row} phường Bình Hưng Hoà quận Gò Vấp trợ cấp xã hội hằng tháng người khuyết tật đặc biệt nặng`).join('\n')
  const pairs = writtenEncodings.flatMap((first) => [...writtenEncodings, 'utf-8' as const].filter((second) => second !== first).map((second) => [first, second] as const)).filter(([first]) => !first.startsWith('utf-16'))
  test.each(pairs)('most of it %s, one line %s: refused, naming the line', async (first: WrittenEncoding, second) => {
    const odd = second === 'utf-8' ? Buffer.from('Đặng Văn Hữu\n') : encode('Đặng Văn Hữu\n', second)
    const fault = await refusal(Buffer.concat([encode(`${long}\n`, first), odd, encode(`${long}\n`, first)]))
    expect(fault).toMatchObject({ code: 'encoding_unknown' })
    if (!second.startsWith('utf-16')) expect(fault?.line).toBe(3001)
  })
})

describe('syllables', () => {
  test('are those of names, minorities’ among them', () => {
    for (const word of 'Nguyễn Quý Giàng Gì Khuya Nguyệt Thuỷ Thúy Ê Ý Đắk Ngoẵng Quốc Giếng Ngoạm Huỳnh Ươm'.split(' ')) expect([word, isSyllable(word)]).toEqual([word, true])
    for (const word of ['Nguyeãn', 'Rejeté', 'Việc\u0301', 'Bằc', 'Ngữyên', 'é\u0301', 'Krông', 'wệ']) expect([word, isSyllable(word)]).toEqual([word, false])
  })
})

test('UTF-8 stays UTF-8 wherever its top is cut, in the longest run of marked letters too', () => {
  const bytes = Buffer.from(`ho_ten\n${'Đứệ Ưỡ'.repeat(4)}\n`)
  for (let cut = 8; cut < bytes.length; cut += 1) expect([cut, needsTranslation(bytes.subarray(0, cut), bytes.length)]).toEqual([cut, false])
})

test('random bytes end, in whatever encoding they are said to be', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(undefined, ...writtenEncodings), async (bytes, encoding) => {
      // What begins like a message or a statement is that, and has faults of its own.
      fc.pre(!/^[\s\0\xef\xbb\xbf\xfe\xff]*[<:{]/.test(Buffer.from(bytes).toString('latin1')))
      try {
        const { text } = await read(bytes, encoding)
        if (encoding !== undefined) expect(text.normalize('NFC')).toBe(text)
      } catch (error) {
        if (!(error instanceof FileFault)) throw error
        expect(error.refusal.code).toBe('encoding_unknown')
      }
    }),
    fuzzing(300),
  )
})
