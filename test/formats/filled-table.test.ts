/** A table that was handed out and comes back: from whatever a spreadsheet saves, with what is wrong with a cell, or refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { csvFile, FileFault, readFilledTable, writeWorkbook, type FilledTable, type HeaderWanted } from '../../src/formats/index.ts'
import { rowsOf, workbook, zip } from '../helpers/workbook.ts'

const folder = mkdtempSync(join(tmpdir(), 'tantay-filled-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const wanted: HeaderWanted = { isHeader: (cells) => cells.includes('Số hồ sơ') && cells.includes('Quyết định'), typeOf: (cell) => (cell === 'Số tiền' ? 'amount' : cell === 'Quyết định' ? 'text' : null) }
let next = 1
async function read(bytes: Uint8Array | string, most = 100): Promise<FilledTable> {
  const path = join(folder, `${next++}`)
  writeFileSync(path, bytes)
  return readFilledTable(path, wanted, most)
}
const said = ({ header, rows }: FilledTable): unknown => [header, ...rows.map(({ number, cells }) => [number, ...cells])]
const code = async (reading: Promise<unknown>): Promise<string> => {
  try {
    await reading
    return 'read'
  } catch (error) {
    return error instanceof FileFault ? error.refusal.code : `thrown: ${(error as Error).message}`
  }
}

describe('a workbook', () => {
  test('is read from the one sheet that has the header, below titles, without empty rows and what stands beside', async () => {
    const bytes = workbook({ sheets: [
      { name: 'Ghi chú', rows: rowsOf('gì đó') },
      { name: 'Ẩn', state: 'hidden', rows: [['Số hồ sơ', 'Quyết định'], ['9', 'x']] },
      { name: 'Hồ sơ', rows: [['Danh sách tháng 10'], ['Số hồ sơ', 'Quyết định', 'Số tiền'], ['12', ' Không có sai sót ', { number: '1.35E6' }, 'bên cạnh'], ['', '', ''], [{ number: '13' }, '', null]] },
    ] })
    expect(said(await read(bytes))).toEqual([['Số hồ sơ', 'Quyết định', 'Số tiền'], [3, '12', 'Không có sai sót', '1350000'], [5, '13', '', '']])
  })

  test('tells a formula and an error from a value, and works nothing out', async () => {
    const { rows } = await read(workbook({ sheets: [{ rows: [['Số hồ sơ', 'Quyết định', 'Số tiền'], ['1', { formula: 'A1&"x"', text: 'Không có sai sót' }, { formula: '1+1', number: '2' }], ['2', { error: '#REF!' }, '']] }] }))
    expect(rows.map(({ faults }) => [...faults])).toEqual([[[1, 'formula_cell'], [2, 'formula_cell']], [[1, 'cell_error']]])
  })

  test('that offers choices in a column is one that we read again', async () => {
    const pieces: Buffer[] = []
    for await (const piece of writeWorkbook([{ name: 'Hồ sơ', columns: [{ width: 12, isNumber: false }, { width: 20, isNumber: false, listFrom: "'Hướng dẫn'!$A$2:$A$3" }], rows: [['Số hồ sơ', 'Quyết định'], ['1', 'Không có sai sót']] }, { name: 'Hướng dẫn', columns: [{ width: 20, isNumber: false }], rows: [['Quyết định'], ['Không có sai sót'], ['Thu hồi']] }])) pieces.push(piece)
    expect(said(await read(Buffer.concat(pieces)))).toEqual([['Số hồ sơ', 'Quyết định'], [2, '1', 'Không có sai sót']])
  })

  test.each([
    ['no header', workbook({ sheets: [{ rows: [['Số', 'Gì'], ['1', 'x']] }] }), 'header_missing'],
    ['a zip file that is none', zip([{ name: 'a.txt', data: 'x' }]), 'format_unknown'],
    ['a workbook cut short', workbook({ sheets: [{ rows: [['Số hồ sơ', 'Quyết định'], ['1', 'x']] }] }).subarray(0, 300), 'file_damaged'],
  ])('with %s is refused', async (_, bytes, refusal) => {
    expect(await code(read(bytes))).toBe(refusal)
  })

  test('with more rows than may be is refused, not cut', async () => {
    const bytes = workbook({ sheets: [{ rows: [['Số hồ sơ', 'Quyết định'], ...Array.from({ length: 5 }, (_, index) => [`${index}`, 'x'])] }] })
    expect(await code(read(bytes, 4))).toBe('file_too_large')
    expect(await code(read(bytes, 5))).toBe('read')
  })
})

describe('a CSV', () => {
  test.each([',', ';', '\t'])('is read with %j between its values', async (delimiter) => {
    expect(said(await read(`\uFEFFSố hồ sơ${delimiter}Quyết định\r\n12${delimiter}"a ""b"""\r\n`))).toEqual([['Số hồ sơ', 'Quyết định'], [2, '12', 'a "b"']])
  })

  test('in the encoding of an old Vietnamese Windows, and of Unicode text, says the same', async () => {
    const words = ['Không có sai sót', 'Đã sửa tài khoản', 'Chuyển thanh tra', 'Ngân hàng đã khắc phục', 'Thu hồi', 'Trừ vào kỳ sau'].map((word, index) => `${index},${word}`)
    const text = `Số hồ sơ,Quyết định\r\n${words.join('\r\n')}\r\n`
    const plain = said(await read(text))
    const decomposed = text.normalize('NFD').replace(/([aeiouAEIOU])([\u0302\u0306\u031b])/gu, (pair) => pair.normalize('NFC'))
    expect(said(await read(iconv.encode(decomposed, 'windows-1258')))).toEqual(plain)
    expect(said(await read(Buffer.from(`\uFEFF${text}`, 'utf16le')))).toEqual(plain)
  })

  test('that we wrote comes back as it was: the apostrophe before a formula is ours', async () => {
    const pieces: Buffer[] = []
    for await (const piece of csvFile({ name: 'x', columns: [{ title: 'Số hồ sơ' }, { title: 'Quyết định' }], rows: [['1', '=1+1'], ['2', "'tis"], ['3', '-5']] })) pieces.push(piece)
    expect(Buffer.concat(pieces).toString()).toContain("1,'=1+1")
    expect((await read(Buffer.concat(pieces))).rows.map(({ cells }) => cells[1])).toEqual(['=1+1', "'tis", '-5'])
  })

  test.each([
    ['nothing in it', '', 'file_empty'],
    ['a quote that never ends', 'Số hồ sơ,Quyết định\n1,"x\n', 'quote_unbalanced'],
    ['no header', 'a,b\n1,2\n', 'header_missing'],
    ['what is no text', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'format_unknown'],
  ])('with %s is refused', async (_, bytes, refusal) => {
    expect(await code(read(bytes))).toBe(refusal)
  })

  test('says which row has more values than columns', async () => {
    expect((await read('Số hồ sơ,Quyết định\n1,x,và nữa\n')).rows.map(({ faults }) => [...faults.values()])).toEqual([['field_count']])
  })
})
