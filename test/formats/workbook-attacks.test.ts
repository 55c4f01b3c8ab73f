/** Workbooks made to do harm: refused, or a problem of a row, in little memory and time, whatever they say of themselves. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { FileFault, openTranslation, type FilePart } from '../../src/formats/index.ts'
import { SharedTexts } from '../../src/formats/xlsx/shared-texts.ts'
import { fuzzing } from '../helpers/fuzz.ts'
import { rowsOf, workbook, workbookEntries, zip, type WorkbookSpec, type ZipEntry } from '../helpers/workbook.ts'

const folder = mkdtempSync(join(tmpdir(), 'tantay-workbooks-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })
let number = 0

const listHeader = 'scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount'
const line = 'BTXH,2026-10,001087123456,Nguyễn Văn An,00001,540000'
const rows = rowsOf(listHeader, line, line)
const honest: WorkbookSpec = { sheets: [{ rows }] }

interface Outcome {
  readonly code: string | null
  readonly detail: string
  readonly text: string
  readonly parts: readonly FilePart[]
}

/** What becomes of the bytes of a workbook. */
async function read(bytes: Uint8Array): Promise<Outcome> {
  const path = join(folder, `${number++}.xlsx`)
  writeFileSync(path, bytes)
  try {
    const translation = await openTranslation({ path, head: bytes.subarray(0, 262_144), size: bytes.length })
    if (translation === null) return { code: 'none', detail: '', text: '', parts: [] }
    const pieces: Uint8Array[] = []
    for await (const piece of translation.pieces) pieces.push(piece)
    return { code: null, detail: '', text: Buffer.concat(pieces).toString(), parts: translation.parts() }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { code: error.refusal.code, detail: error.refusal.detail, text: '', parts: [] }
  } finally {
    rmSync(path)
  }
}

const entries = (spec: WorkbookSpec = honest): ZipEntry[] => workbookEntries(spec)
const changed = (name: string, change: Partial<ZipEntry>): Buffer => zip(entries().map((entry) => (entry.name === name ? { ...entry, ...change } : entry)))
const sheet = 'xl/worksheets/sheet1.xml'
const sheetOf = (data: string): Promise<Outcome> => read(workbook({ sheets: [{ xml: `<worksheet><sheetData>${data}</sheetData></worksheet>` }] }))

test('the honest one is read', async () => {
  expect(await read(workbook(honest))).toMatchObject({ code: null, text: `${[listHeader, line, line].join('\n')}\n` })
})

describe('C5, bombs', () => {
  test('half a gigabyte of blanks in half a megabyte: refused before 64 MB of memory and 3 s are used', async () => {
    const deflate = createDeflateRaw({ level: constants.Z_BEST_COMPRESSION })
    const packed: Buffer[] = []
    deflate.on('data', (bytes: Buffer) => packed.push(bytes))
    deflate.write('<worksheet><sheetData>')
    const blank = Buffer.alloc(4_194_304, 0x20)
    for (let at = 0; at < 128; at += 1) await new Promise<void>((resolve) => { deflate.write(blank, () => { resolve() }) })
    await new Promise<void>((resolve) => { deflate.end(resolve) })
    const bytes = withPacked(Buffer.concat(packed), 536_870_912)
    expect(bytes.length).toBeLessThan(600_000)
    const before = process.memoryUsage().rss
    const start = performance.now()
    expect(await read(bytes)).toMatchObject({ code: 'file_too_large' })
    expect(performance.now() - start).toBeLessThan(3000)
    expect(process.memoryUsage().rss - before).toBeLessThan(67_108_864)
  })

  test('one that says it is small', async () => {
    expect((await read(changed(sheet, { data: Buffer.alloc(30_000_000, 0x20), lies: { size: 100 } }))).code).toBe('file_damaged')
  })

  test('a thousand and one parts', async () => {
    expect(await read(zip([...entries(), ...Array.from({ length: 1001 }, (_, part) => ({ name: `xl/media/${part}`, data: '' }))]))).toMatchObject({ code: 'file_too_large' })
  })

  test('one text, one tag, one comment of many megabytes', async () => {
    const noise = Array.from({ length: 1_500_000 }, (_, at) => ((at * 7919) % 100_003).toString(36)).join('')
    for (const data of [`<row><c t="str"><v>${noise.repeat(2)}</v></c></row>`, `<row><c x="${noise.repeat(2)}"/></row>`, `<!--${noise.repeat(2)}-->`]) expect((await sheetOf(data)).code).toBe('file_too_large')
  })
})

/** The honest workbook with its sheet already packed. */
function withPacked(packed: Buffer, size: number, crc = 0): Buffer {
  const plain = zip(entries().filter(({ name }) => name !== sheet))
  const probe = zip([{ name: sheet, data: packed, isStored: true, lies: { size, crc, compressedSize: packed.length } }])
  // Method 8 instead of 0 in both headers: what is stored is deflated already.
  probe.writeUInt16LE(8, 8)
  const table = probe.lastIndexOf(Buffer.from('PK\u0001\u0002'))
  probe.writeUInt16LE(8, table + 10)
  return joined(probe, table, plain)
}

/** The single entry of one zip file put before those of another. */
function joined(first: Buffer, firstTable: number, second: Buffer): Buffer {
  const secondEnd = second.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  const secondTable = second.readUInt32LE(secondEnd + 16)
  const local = first.subarray(0, firstTable)
  const firstEntry = first.subarray(firstTable, first.lastIndexOf(Buffer.from('PK\u0005\u0006')))
  const table = Buffer.from(second.subarray(secondTable, secondEnd))
  for (let at = 0; at < table.length; at += 46 + table.readUInt16LE(at + 28) + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32)) table.writeUInt32LE(table.readUInt32LE(at + 42) + local.length, at + 42)
  const end = Buffer.from(second.subarray(secondEnd))
  end.writeUInt16LE(end.readUInt16LE(8) + 1, 8)
  end.writeUInt16LE(end.readUInt16LE(10) + 1, 10)
  end.writeUInt32LE(table.length + firstEntry.length, 12)
  end.writeUInt32LE(local.length + secondTable, 16)
  return Buffer.concat([local, second.subarray(0, secondTable), firstEntry, table, end])
}

describe('C6, zip files that lie', () => {
  test('a sheet packed beforehand is read like any other', async () => {
    const xml = Buffer.from(entries().find(({ name }) => name === sheet)!.data)
    expect(await read(withPacked(deflateRawSync(xml), xml.length, crc32(xml)))).toMatchObject({ code: null })
  })

  test.each<[string, () => Buffer]>([
    ['a size smaller than the truth', () => changed(sheet, { lies: { size: 10 } })],
    ['a size larger than the truth', () => changed(sheet, { lies: { size: 10_000_000 } })],
    ['a packed size beyond the end', () => changed(sheet, { lies: { compressedSize: 0x7fffffff } })],
    ['a stored part that lies about its size', () => changed(sheet, { isStored: true, lies: { size: 12 } })],
    ['a wrong checksum', () => changed(sheet, { lies: { crc: 1 } })],
    ['a place outside the file', () => changed(sheet, { lies: { offset: 0x7ffffff0 } })],
    ['two parts of the same bytes', () => changed(sheet, { lies: { offset: 0 } })],
    ['a part twice', () => zip([...entries(), ...entries().filter(({ name }) => name === sheet)])],
    ['a part twice, in another case', () => zip([...entries(), { name: 'XL/Worksheets/SHEET1.xml', data: '' }])],
    ['a way out of the folder', () => zip([...entries(), { name: '../../etc/passwd', data: 'x' }])],
    ['a path from the root', () => zip([...entries(), { name: '/etc/passwd', data: 'x' }])],
    ['a path with backslashes', () => zip([...entries(), { name: 'xl\\..\\..\\x', data: 'x' }])],
    ['a link', () => zip([...entries(), { name: 'xl/link.xml', data: '/etc/passwd', lies: { attributes: 0xa1ff0000 } }])],
    ['encrypted parts', () => changed(sheet, { lies: { flags: 1 } })],
    ['no table of contents', () => workbook(honest).subarray(0, -30)],
    ['a part that is missing', () => zip(entries().filter(({ name }) => name !== sheet))],
    ['a workbook that is missing', () => zip(entries().filter(({ name }) => name !== 'xl/workbook.xml'))],
  ])('%s: refused', async (_, bytes) => {
    expect((await read(bytes())).code).toBe('file_damaged')
  })

  test.each<[string, readonly ZipEntry[], RegExp]>([
    ['a zip file of something else', [{ name: 'a.csv', data: 'a' }], /zip file, not a workbook/],
    ['a workbook inside a zip file', [{ name: 'list.xlsx', data: workbook(honest) }], /zip file, not a workbook/],
    ['an OpenDocument sheet', [{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' }, { name: 'content.xml', data: '<x/>' }], /OpenDocument/],
    ['a binary workbook', [...entries().filter(({ name }) => !name.startsWith('xl/')), { name: 'xl/workbook.bin', data: 'x' }], /XLSB/],
    ['a workbook with macros', [...entries(), { name: 'xl/vbaProject.bin', data: 'x' }], /macros/],
    ['a text document', entries().map((entry) => (entry.name === '_rels/.rels' ? { ...entry, data: String(entry.data).replace('xl/workbook.xml', 'word/document.xml') } : entry)), /not a workbook/],
  ])('%s is refused by name', async (_, parts, detail) => {
    const outcome = await read(zip(parts))
    expect(outcome.code).toBe('format_unknown')
    expect(outcome.detail).toMatch(detail)
  })

  test('a comment with the mark of an end in it changes nothing', async () => {
    expect(await read(zip(entries(), 'PK\u0005\u0006 hello'))).toMatchObject({ code: expect.toBeOneOf([null, 'file_damaged']) as unknown })
  })
})

describe('XML that lies', () => {
  test.each<[string, string]>([
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'],
    ['an entity of a file', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'],
    ['an unknown entity', '<worksheet><sheetData><row><c t="str"><v>&lol;</v></c></row></sheetData></worksheet>'],
    ['another encoding', '<?xml version="1.0" encoding="windows-1258"?><worksheet/>'],
    ['elements a hundred thousand deep', '<a>'.repeat(100_000)],
    ['an end that never comes', '<worksheet><sheetData><row>'],
    ['two roots', '<worksheet/><worksheet/>'],
    ['an attribute twice', '<worksheet a="1" a="2"/>'],
    ['no XML', 'scheme,benefit_period'],
  ])('%s: refused', async (_, data) => {
    expect((await read(changed(sheet, { data }))).code).toBe('file_damaged')
  })

  test('bytes that are no UTF-8', async () => {
    expect((await read(changed(sheet, { data: Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe]) }))).code).toBe('file_damaged')
  })
})

describe('C7, shared texts', () => {
  test('counts that lie, an empty table, none at all', async () => {
    const spec = { ...honest, isShared: true }
    const shared = String(entries(spec).find(({ name }) => name === 'xl/sharedStrings.xml')!.data)
    for (const data of [shared.replace(/count="\d+"/g, 'count="4000000000"'), shared.replace(/count="\d+"/g, 'count="-1"')]) expect(await read(workbook({ ...spec, sharedXml: data }))).toMatchObject({ code: null })
    expect(await read(workbook({ ...honest, sharedXml: '<sst/>' }))).toMatchObject({ code: null })
    expect((await read(workbook({ ...spec, sharedXml: '<sst/>' }))).code).toBe('kind_unknown')
  })

  test('more than eight million, more than 128 MB of them, or one of 32 MB: refused, and never more than that held', async () => {
    const before = process.memoryUsage().rss
    const many = new SharedTexts()
    expect(() => { for (let at = 0; at <= 8_000_000; at += 1) many.add('') }).toThrow(/8000000 texts/)
    expect(many.text(7_999_999)).toBe('')
    const long = new SharedTexts()
    const text = 'ễ'.repeat(20_000)
    expect(() => { for (let at = 0; at <= 2500; at += 1) long.add(text) }).toThrow(/134217728 bytes/)
    expect(long.text(2)).toBe(text)
    expect(process.memoryUsage().rss - before).toBeLessThan(450_000_000)
    expect((await read(workbook({ ...honest, sharedXml: `<sst><si><t>${'x'.repeat(32_000_000)}</t></si></sst>` }))).code).toBe('file_too_large')
  })
})

describe('C8, places of cells', () => {
  const cell = (place: string): string => `<c r="${place}" t="str"><v>x</v></c>`
  test.each(['XFE1', 'A1048577', 'A0', 'A99999999999', 'A2', '1A', 'A', '', 'AAAAAAA1', '__proto__', 'A-1', 'Ａ1'])('%s is none: refused', async (place) => {
    expect((await sheetOf(`<row r="1">${cell(place)}</row>`)).code).toBe('file_damaged')
  })

  test.each(['0', '-1', '1048577', '1e3', '99999999999', ''])('row "%s" is none: refused', async (row) => {
    expect((await sheetOf(`<row r="${row}">${cell('A1')}</row>`)).code).toBe('file_damaged')
  })

  test('rows and cells out of order, or twice: refused', async () => {
    expect((await sheetOf(`<row r="2"/><row r="1"/>`)).code).toBe('file_damaged')
    expect((await sheetOf(`<row r="2"/><row r="2"/>`)).code).toBe('file_damaged')
    expect((await sheetOf(`<row r="1">${cell('B1')}${cell('A1')}</row>`)).code).toBe('file_damaged')
    expect((await sheetOf(`<row r="1">${cell('B1')}${cell('B1')}</row>`)).code).toBe('file_damaged')
  })

  test('a row far down costs nothing; a cell far right refuses the file when something stands in it', async () => {
    const xml = (more: string): string => `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>${rows.slice(0, 2).map((cells, at) => `<row r="${at === 0 ? 1 : 1_048_576}">${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}${more}</row>`).join('')}</sheetData></worksheet>`
    const start = performance.now()
    expect(await read(workbook({ sheets: [{ xml: xml('<c s="1"/>') }] }))).toMatchObject({ code: null, text: `${listHeader}\n${line}\n`, parts: [{ first_line: 1, last_line: 1_048_576 }] })
    expect(performance.now() - start).toBeLessThan(500)
    expect((await read(workbook({ sheets: [{ xml: `<worksheet><sheetData><row r="1">${cell('XFD1')}</row></sheetData></worksheet>` }] }))).code).toBe('too_many_columns')
  })
})

test('C10, names that are no names', async () => {
  expect(await read(workbook({ sheets: [{ name: '__proto__', xml: '<worksheet __proto__="1"><sheetData constructor="x"><row __proto__="y"><c r="__proto__"/></row></sheetData></worksheet>' }] }))).toMatchObject({ code: 'file_damaged' })
  expect(await read(workbook({ ...honest, sheets: [{ name: 'constructor', rows }, { name: '__proto__', state: 'hidden', rows }] }))).toMatchObject({ code: null, parts: [{ name: 'constructor' }, { name: '__proto__' }] })
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

describe('cut and bitten', () => {
  const large = workbook({ sheets: [{ rows: rowsOf(listHeader, ...Array.from({ length: 4000 }, (_, at) => line.replace('123456', `${100_000 + ((at * 7919) % 900_000)}`))) }], isShared: true })

  test('a workbook cut off anywhere is refused', async () => {
    expect(large.length).toBeGreaterThan(60_000)
    for (let end = 4096; end < large.length; end += 4096) expect((await read(large.subarray(0, end))).code).toBe('file_damaged')
    for (let end = large.length - 1; end > large.length - 40; end -= 1) expect((await read(large.subarray(0, end))).code).toBe('file_damaged')
  })

  test('a workbook with bytes that are others is refused, or read as it was', async () => {
    const bytes = workbook({ ...honest, isShared: true })
    const { text } = await read(bytes)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), async (bites) => {
        const bitten = Buffer.from(bytes)
        for (const [at, byte] of bites) bitten[at] = byte
        const outcome = await read(bitten)
        // What the checksums do not cover are names and times of the zip file, which say nothing of the rows.
        if (outcome.code === null) expect(outcome.text).toBe(text)
      }),
      fuzzing(400),
    )
  })

  test('parts put together at random end, with rows or a refusal', async () => {
    const piece = fc.constantFrom('<row>', '</row>', '<row r="3">', '<c>', '<c r="A1">', '<c t="s">', '<c t="str">', '</c>', '<v>', '</v>', '<is><t>', '</t></is>', '<f>', '</f>', '540000', '0', '-1', '1E5', 'scheme', '&amp;', '&#0;', '<!--', '-->', '<![CDATA[', ']]>', '</sheetData>', '<sheetData>', '<x:c xmlns:x="y">', '\u0000', ' ')
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.boolean(), async (pieces, isWhole) => {
        const text = pieces.join('')
        const outcome = await read(workbook({ sheets: [{ xml: isWhole ? `<worksheet><sheetData>${text}</sheetData></worksheet>` : text }], isShared: true }))
        expect(outcome.code).toMatch(/^(?:file_damaged|kind_unknown|header_missing|file_empty|column_missing|too_many_columns)$/)
      }),
      fuzzing(400),
    )
  })

  test('shared texts, styles and sheets put together at random do too', async () => {
    const name = fc.constantFrom('xl/sharedStrings.xml', 'xl/styles.xml', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', '_rels/.rels')
    const piece = fc.constantFrom('<sst>', '<si>', '<t>', 'x', '</t>', '</si>', '<styleSheet>', '<cellXfs>', '<xf numFmtId="14"/>', '<xf numFmtId="x"/>', '<numFmts><numFmt numFmtId="164" formatCode="[["/></numFmts>', '<workbook>', '<sheets>', '<sheet name="A" r:id="rId1"/>', '<sheet r:id="rId9"/>', '<Relationships>', '<Relationship Id="rId1" Target="../../.."/>', '<workbookPr date1904="x"/>')
    await fc.assert(
      fc.asyncProperty(name, fc.array(piece, { maxLength: 12 }), async (part, pieces) => {
        const { code } = await read(workbook({ ...honest, isShared: true, more: [{ name: part, data: pieces.join('') }] }))
        expect(code === null || /^(?:file_damaged|file_too_large|format_unknown|kind_unknown|header_missing|file_empty)$/.test(code)).toBe(true)
      }),
      fuzzing(300),
    )
  })
})
