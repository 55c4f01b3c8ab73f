/** Templates: made from the table of kinds, read back as the kind they are for, ids typed as text. */
import { describe, expect, test } from 'vitest'
import { kinds } from '../../src/core/index.ts'
import { csvTemplate, findHeader, templateLanguages, workbookTemplate } from '../../src/formats/index.ts'
import { writeWorkbook } from '../../src/formats/workbook-writer.ts'
import { bytesOf, unzip } from '../helpers/unzip.ts'

const cellsOf = (sheet: string): string[] => [...sheet.matchAll(/<t xml:space="preserve">([^<]*)<\/t>/g)].map((match) => match[1] ?? '')

describe('a template', () => {
  test('of every kind, in CSV and in both languages, has a header that is read back as that kind, every column', () => {
    for (const kind of kinds) {
      for (const language of templateLanguages) {
        const bytes = Buffer.from(csvTemplate(kind, language))
        expect(findHeader(bytes, 3, true), `${kind.name} ${language}`).toMatchObject({ kind: { name: kind.name }, columns: kind.columns.map(({ name }) => name) })
      }
    }
  })

  test('as a workbook holds the same header, ids and accounts as text, and a guide to every column', async () => {
    for (const kind of kinds) {
      for (const language of templateLanguages) {
        const entries = unzip(await bytesOf(workbookTemplate(kind, language)))
        const data = entries.get('xl/worksheets/sheet1.xml') ?? ''
        expect(cellsOf(data)).toEqual(csvTemplate(kind, language).replace('\ufeff', '').trim().split(','))
        const columnStyles = [...data.matchAll(/<col [^>]*style="(\d)"/g)].map((match) => match[1])
        kind.columns.forEach(({ type, name }, index) => {
          if (['person', 'party', 'account', 'agent', 'reference', 'date', 'birth', 'instant', 'period', 'text'].includes(type)) expect(columnStyles[index], `${kind.name}.${name}`).toBe('1')
        })
        const guide = cellsOf(entries.get('xl/worksheets/sheet2.xml') ?? '')
        for (const { name } of kind.columns) expect(guide.some((cell) => cell.endsWith(`(${name})`)), name).toBe(true)
      }
    }
  })
})

describe('a workbook as it is written', () => {
  test('keeps every text whole and typed as text; only plain digits in a number column are numbers', async () => {
    const rows = [['id', 'số', 'chữ'], ['001087123456', '1350000', '=1+1'], ['\u0007<&"', '1.350.000', ' Nguyễn\nAn '], ['', '007', '']]
    const bytes = await bytesOf(writeWorkbook([{ name: 'A & B', columns: [{ width: 9, isNumber: false }, { width: 9, isNumber: true }, { width: 9, isNumber: false }], rows }]))
    const entries = unzip(bytes)
    const sheet = entries.get('xl/worksheets/sheet1.xml') ?? ''
    expect(cellsOf(sheet)).toEqual(['id', 'số', 'chữ', '001087123456', '=1+1', '\ufffd&lt;&amp;&quot;', '1.350.000', ' Nguyễn\nAn ', '007'])
    expect(sheet).toContain('<c r="B2"><v>1350000</v></c>')
    expect(sheet).not.toContain('<f')
    expect(entries.get('xl/workbook.xml')).toContain('name="A &amp; B"')
    expect(await bytesOf(writeWorkbook([{ name: 'A & B', columns: [{ width: 9, isNumber: false }, { width: 9, isNumber: true }, { width: 9, isNumber: false }], rows }]))).toEqual(bytes)
  })

  test('closes what it reads from when its reader stops early, and passes on what fails there', async () => {
    let isClosed = false
    const endless = async function* (): AsyncGenerator<string[], void> {
      try {
        for (let row = 0; ; row += 1) yield await Promise.resolve([`${row}`.repeat(50), `${Math.random()}`])
      } finally {
        isClosed = true
      }
    }
    let pieces = 0
    for await (const _ of writeWorkbook([{ name: 'A', columns: [], rows: endless() }])) if ((pieces += 1) > 20) break
    await expect.poll(() => isClosed).toBe(true)
    const failing = async function* (): AsyncGenerator<string[], void> {
      yield await Promise.resolve(['a'])
      throw new Error('the source failed')
    }
    await expect(bytesOf(writeWorkbook([{ name: 'A', columns: [], rows: failing() }]))).rejects.toThrow('the source failed')
  })
})
