/**
 * Writes a workbook (XLSX) as it streams: sheets of text cells, of any length, in the memory of one row.
 *
 * Every value is a typed text cell, so a spreadsheet neither eats leading zeros nor takes a text for a formula. Only
 * columns declared as numbers take plain digits as numbers, so that people can add them up.
 */
import { xmlText } from './xml-text.ts'
import { ZipWriter } from './zip-writer.ts'

/** One column of a sheet. */
export interface SheetColumn {
  /** About how many letters are seen. */
  readonly width: number
  /** True: plain digits become numbers; false: what is typed into the column later stays text. */
  readonly isNumber: boolean
  /** Cells elsewhere in the workbook, `'Guide'!$A$2:$A$9`, that are offered to choose from; what is typed instead is let through. */
  readonly listFrom?: string
}

/** One sheet: its name (at most 31 letters) and its rows; the first is drawn as a heading and stays in sight. */
export interface Sheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>
}

/** The last row that a sheet can have. */
export const maximumSheetRows = 1_048_576

/** The bytes of a workbook. A sheet that is too long ends the stream with an error. */
export async function* writeWorkbook(sheets: readonly Sheet[]): AsyncGenerator<Buffer, void> {
  const zip = new ZipWriter()
  for (const [name, text] of frameOf(sheets)) yield* zip.entry(name, [Buffer.from(text)])
  for (const [index, sheet] of sheets.entries()) yield* zip.entry(`xl/worksheets/sheet${index + 1}.xml`, sheetPieces(sheet))
  yield zip.end()
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
// Cell styles by number: 0 as it comes, 1 text (number format 49 is @), 2 a heading.
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`

function frameOf(sheets: readonly Sheet[]): [string, string][] {
  const numbers = sheets.map((_, index) => index + 1)
  const relation = (id: number, type: string, target: string): string => `<Relationship Id="r${id}" Type="${office}/${type}" Target="${target}"/>`
  const relations = (inner: string): string => `${declaration}<Relationships xmlns="${packaged}/relationships">${inner}</Relationships>`
  return [
    ['[Content_Types].xml', `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`).join('')}</Types>`],
    ['_rels/.rels', relations(relation(1, 'officeDocument', 'xl/workbook.xml'))],
    ['xl/workbook.xml', `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="r${index + 1}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', relations([...numbers.map((number) => relation(number, 'worksheet', `worksheets/sheet${number}.xml`)), relation(sheets.length + 1, 'styles', 'styles.xml')].join(''))],
    ['xl/styles.xml', declaration + styles],
  ]
}

const pieceLength = 65_536

async function* sheetPieces({ columns, rows }: Sheet): AsyncGenerator<Buffer, void> {
  const declared = columns.map(({ width, isNumber }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${isNumber ? 0 : 1}" customWidth="1"/>`).join('')
  let text = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>${declared}</cols><sheetData>`
  let number = 0
  for await (const row of rows) {
    number += 1
    if (number > maximumSheetRows) throw new RangeError(`a sheet has at most ${maximumSheetRows} rows`)
    text += `<row r="${number}">`
    for (let at = 0; at < row.length; at += 1) {
      const value = row[at] as string
      if (value === '') continue
      const place = `${columnLetters(at)}${number}`
      if (number > 1 && columns[at]?.isNumber === true && /^-?(?:0|[1-9]\d{0,14})$/.test(value)) text += `<c r="${place}"><v>${value}</v></c>`
      else text += `<c r="${place}" s="${number === 1 ? 2 : 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
    }
    text += '</row>'
    if (text.length < pieceLength) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(`${text}</sheetData>${choicesOf(columns)}</worksheet>`)
}

function choicesOf(columns: readonly SheetColumn[]): string {
  const offered = columns.flatMap(({ listFrom }, at) => (listFrom === undefined ? [] : [`<dataValidation type="list" allowBlank="1" sqref="${columnLetters(at)}2:${columnLetters(at)}${maximumSheetRows}"><formula1>${escaped(listFrom)}</formula1></dataValidation>`]))
  return offered.length === 0 ? '' : `<dataValidations count="${offered.length}">${offered.join('')}</dataValidations>`
}

function columnLetters(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : `${columnLetters(Math.floor(at / 26) - 1)}${String.fromCharCode(65 + (at % 26))}`
}

/** A cell takes at most 32,767 letters. */
function escaped(text: string): string {
  return xmlText(text.length > 32_767 ? text.slice(0, 32_767) : text)
}
