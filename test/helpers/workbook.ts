/** Writes workbooks byte by byte, honest ones and evil ones: no library would write what the readers have to withstand. */
import { crc32, deflateRawSync } from 'node:zlib'

/** One file inside a zip file. */
export interface ZipEntry {
  readonly name: string
  readonly data: Uint8Array | string
  /** Stored as it is instead of deflated. */
  readonly isStored?: boolean
  /** What the table of contents says instead of the truth. */
  readonly lies?: { readonly size?: number; readonly compressedSize?: number; readonly crc?: number; readonly offset?: number; readonly flags?: number; readonly attributes?: number }
}

/** A zip file. */
export function zip(entries: readonly ZipEntry[], comment = ''): Buffer {
  const locals: Buffer[] = []
  const contents: Buffer[] = []
  let offset = 0
  for (const { name, data, isStored = false, lies = {} } of entries) {
    const bytes = Buffer.from(data)
    const packed = isStored ? bytes : deflateRawSync(bytes)
    const [method, crc, nameBytes] = [isStored ? 0 : 8, lies.crc ?? crc32(bytes), Buffer.from(name)]
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(0x800 | (lies.flags ?? 0), 2)
    shared.writeUInt16LE(method, 4)
    shared.writeUInt32LE(crc, 10)
    shared.writeUInt32LE(lies.compressedSize ?? packed.length, 14)
    shared.writeUInt32LE(lies.size ?? bytes.length, 18)
    shared.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, nameBytes, packed])
    const after = Buffer.alloc(14)
    after.writeUInt32LE(lies.attributes ?? 0, 6)
    after.writeUInt32LE(lies.offset ?? offset, 10)
    contents.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), shared, after, nameBytes]))
    locals.push(local)
    offset += local.length
  }
  const table = Buffer.concat(contents)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(table.length, 8)
  end.writeUInt32LE(offset, 12)
  end.writeUInt16LE(comment.length, 16)
  return Buffer.concat([...locals, table, Buffer.from('PK\u0005\u0006'), end, Buffer.from(comment)])
}

/** A cell: a text; or a number, a formula, an error, as the file has it. `style` 1 is a date, 2 month and year, 3 date and time, 4 an amount, 5 a time. */
export type CellSpec = string | null | { readonly number?: string; readonly text?: string; readonly formula?: string; readonly error?: string; readonly shared?: string; readonly yes?: '0' | '1'; readonly date?: string; readonly style?: number }

/** One sheet; `xml` instead of rows for what no rows can say. */
export interface SheetSpec {
  readonly name?: string
  readonly state?: 'visible' | 'hidden' | 'veryHidden'
  readonly rows?: readonly (readonly CellSpec[])[]
  /** The number of the first row; rows follow one another. */
  readonly firstRow?: number
  readonly hiddenRows?: readonly number[]
  readonly xml?: string
  readonly merges?: readonly string[]
}

/** The whole workbook. */
export interface WorkbookSpec {
  readonly sheets: readonly SheetSpec[]
  readonly is1904?: boolean
  /** Texts go into the table of shared texts; otherwise they stand in their cells. */
  readonly isShared?: boolean
  /** The part of shared texts as it is. */
  readonly sharedXml?: string
  /** In place of, or beside, the parts of an honest workbook. */
  readonly more?: readonly ZipEntry[]
  readonly prefix?: string
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** `A`, `B` … `AA` for 0, 1 … 26. */
export function columnName(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : `${columnName(Math.floor(column / 26) - 1)}${columnName(column % 26)}`
}

const styles = `<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="${main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="[$-42A]dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="mm\\/yyyy"/><numFmt numFmtId="166" formatCode="#,##0&quot; đồng&quot;"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="166"/><xf numFmtId="20"/></cellXfs></styleSheet>`

/** The bytes of a workbook. */
export function workbook(spec: WorkbookSpec): Buffer {
  return zip(workbookEntries(spec))
}

/** The parts of a workbook, to be tampered with. */
export function workbookEntries({ sheets, is1904 = false, isShared = false, sharedXml, more = [], prefix = '' }: WorkbookSpec): ZipEntry[] {
  const texts = new Map<string, number>()
  const tag = (name: string): string => `${prefix}${name}`
  const textCell = (text: string, place: string, style: string): string => {
    if (!isShared) return `<${tag('c')} r="${place}"${style} t="inlineStr"><${tag('is')}><${tag('t')} xml:space="preserve">${escapeXml(text)}</${tag('t')}></${tag('is')}></${tag('c')}>`
    if (!texts.has(text)) texts.set(text, texts.size)
    return `<${tag('c')} r="${place}"${style} t="s"><${tag('v')}>${texts.get(text)!}</${tag('v')}></${tag('c')}>`
  }
  const cellXml = (cell: CellSpec, place: string): string => {
    if (cell === null) return ''
    if (typeof cell === 'string') return textCell(cell, place, '')
    const style = cell.style === undefined ? '' : ` s="${cell.style}"`
    const formula = cell.formula === undefined ? '' : `<${tag('f')}>${escapeXml(cell.formula)}</${tag('f')}>`
    const value = (text: string | undefined): string => (text === undefined ? '' : `<${tag('v')}>${escapeXml(text)}</${tag('v')}>`)
    const typed = (type: string, text: string | undefined): string => `<${tag('c')} r="${place}"${style}${type}>${formula}${value(text)}</${tag('c')}>`
    if (cell.error !== undefined) return typed(' t="e"', cell.error)
    if (cell.shared !== undefined) return typed(' t="s"', cell.shared)
    if (cell.date !== undefined) return typed(' t="d"', cell.date)
    if (cell.yes !== undefined) return typed(' t="b"', cell.yes)
    if (cell.text !== undefined) return cell.formula === undefined ? textCell(cell.text, place, style) : typed(' t="str"', cell.text)
    return typed('', cell.number)
  }
  const sheetXml = ({ rows = [], firstRow = 1, hiddenRows = [], xml, merges = [] }: SheetSpec): string => {
    if (xml !== undefined) return xml
    const data = rows.map((cells, index) => {
      const number = firstRow + index
      return `<${tag('row')} r="${number}"${hiddenRows.includes(number) ? ' hidden="1"' : ''}>${cells.map((cell, column) => cellXml(cell, `${columnName(column)}${number}`)).join('')}</${tag('row')}>`
    })
    const merged = merges.length === 0 ? '' : `<${tag('mergeCells')} count="${merges.length}">${merges.map((range) => `<${tag('mergeCell')} ref="${range}"/>`).join('')}</${tag('mergeCells')}>`
    const namespace = prefix === '' ? `xmlns="${main}"` : `xmlns:${prefix.slice(0, -1)}="${main}"`
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${tag('worksheet')} ${namespace}><${tag('dimension')} ref="A1:B2"/><${tag('sheetData')}>${data.join('')}</${tag('sheetData')}>${merged}</${tag('worksheet')}>`
  }
  const sheetParts = sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, data: sheetXml(sheet) }))
  const shared = sharedXml ?? `<sst xmlns="${main}" count="${texts.size}" uniqueCount="${texts.size}">${[...texts.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`
  const parts: ZipEntry[] = [
    { name: '[Content_Types].xml', data: '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>' },
    { name: '_rels/.rels', data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${main}" xmlns:r="${relation}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${sheets.map(({ name, state }, index) => `<sheet name="${escapeXml(name ?? `Sheet${index + 1}`)}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="rIdS" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="${relation}/styles" Target="/xl/styles.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', data: styles },
    { name: 'xl/sharedStrings.xml', data: shared },
    ...sheetParts,
  ]
  const replaced = new Set(more.map(({ name }) => name))
  return [...parts.filter(({ name }) => !replaced.has(name)), ...more]
}

/** Lines of CSV without quotes as rows of texts. */
export function rowsOf(...lines: readonly string[]): string[][] {
  return lines.map((line) => line.split(','))
}
