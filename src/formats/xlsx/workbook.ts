/** Reads what a workbook says of itself: its sheets, what is hidden, which calendar it counts by, and which formats are dates. */
import { FileFault } from '../fault.ts'
import { workbookLimits } from '../limits.ts'
import { readWholeXml } from './xml.ts'
import { damaged, tooLarge, type Archive } from './zip.ts'

/** A sheet, in the order of the workbook. */
export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  /** The part that holds it; null for a chart or a dialogue, which has no rows. */
  readonly part: string | null
}

/** How a number with a date format is to be read. */
export interface DateStyle {
  readonly hasDay: boolean
  readonly hasMonth: boolean
  readonly hasYear: boolean
  readonly hasTime: boolean
}

/** What has to be known before the first row. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** Days are counted from 1904 on, as old Macintoshes did. */
  readonly is1904: boolean
  readonly sharedTextsPart: string | null
  /** By the number that a cell gives as its style; null for a style that is no date. */
  readonly dateStyles: readonly (DateStyle | null)[]
}

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
const strictTypes = 'http://purl.oclc.org/ooxml/officeDocument/relationships/'

/** @throws FileFault `format_unknown` for a zip file that is no workbook or has macros, `file_damaged` */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const main = await findMainPart(archive)
  const relations = await readRelations(archive, main)
  const { sheets, is1904 } = await readSheets(archive, main, relations)
  const partOf = (type: string): string | null => [...relations.values()].find((relation) => relation.type === type)?.target ?? null
  const styles = partOf('styles')
  return { sheets, is1904, sharedTextsPart: partOf('sharedStrings'), dateStyles: styles === null ? [] : await readDateStyles(archive, styles) }
}

async function findMainPart(archive: Archive): Promise<string> {
  const is = (text: string): FileFault => new FileFault('format_unknown', `the file is ${text}`)
  if (archive.has('mimetype') || archive.has('content.xml')) throw is('an OpenDocument file; save the sheet as XLSX or as CSV UTF-8')
  if (!archive.has('[Content_Types].xml') || !archive.has('_rels/.rels')) throw is('a zip file, not a workbook; unpack it, and send what is inside')
  if (archive.has('xl/workbook.bin')) throw is('a binary workbook (XLSB); save it as XLSX or as CSV UTF-8')
  if (archive.names.some((name) => name.endsWith('vbaproject.bin'))) throw is('a workbook with macros; save it as XLSX without them, or as CSV UTF-8')
  const main = [...(await readRelations(archive, '')).values()].find(({ type }) => type === 'officeDocument')?.target
  if (main === undefined || !main.startsWith('xl/')) throw is('an Office document, but not a workbook')
  return main
}

interface Relation {
  /** The last word of its type: `worksheet`, `styles`, `sharedStrings`. */
  readonly type: string
  readonly target: string
}

/** What a part refers to, by id. */
async function readRelations(archive: Archive, part: string): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf('/')
  const folder = part.slice(0, slash + 1)
  const relations = new Map<string, Relation>()
  await readWholeXml('.rels', archive.read(`${folder}_rels/${part.slice(slash + 1)}.rels`), {
    open: (name, { Id: id, Type: type = '', Target: target = '', TargetMode: mode }) => {
      if (name !== 'Relationship' || id === undefined || mode === 'External') return
      const word = type.startsWith(types) ? type.slice(types.length) : type.startsWith(strictTypes) ? type.slice(strictTypes.length) : ''
      if (relations.size > workbookLimits.entries) throw tooLarge('it has too many relations')
      relations.set(id, { type: word, target: target.startsWith('/') ? target.slice(1) : resolved(folder, target) })
    },
    close: () => undefined,
    text: () => undefined,
  })
  return relations
}

function resolved(folder: string, target: string): string {
  const steps: string[] = []
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

async function readSheets(archive: Archive, main: string, relations: ReadonlyMap<string, Relation>): Promise<Pick<Workbook, 'sheets' | 'is1904'>> {
  const sheets: Sheet[] = []
  let is1904 = false
  await readWholeXml(main, archive.read(main), {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = ['1', 'true', 'on'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const relation = id === undefined ? undefined : relations.get(id)
      if (relation === undefined) throw damaged(`its sheet "${attributes['name'] ?? ''}" is not there`)
      const state = attributes['state'] ?? 'visible'
      sheets.push({ name: (attributes['name'] ?? '').normalize('NFC').slice(0, 100), isHidden: state !== 'visible', part: relation.type === 'worksheet' ? relation.target : null })
      if (sheets.length > workbookLimits.sheets) throw tooLarge(`it has more than ${workbookLimits.sheets} sheets`)
    },
    close: () => undefined,
    text: () => undefined,
  })
  return { sheets, is1904 }
}

async function readDateStyles(archive: Archive, part: string): Promise<(DateStyle | null)[]> {
  const codes = new Map<string, string>()
  const styles: (DateStyle | null)[] = []
  let isInCellFormats = false
  await readWholeXml(part, archive.read(part), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(attributes['numFmtId'] ?? '', (attributes['formatCode'] ?? '').slice(0, 300))
      if (name === 'cellXfs') isInCellFormats = true
      if (name === 'xf' && isInCellFormats) {
        const id = attributes['numFmtId'] ?? '0'
        styles.push(dateStyleOf(codes.get(id) ?? builtIn.get(id) ?? ''))
      }
      if (styles.length > workbookLimits.styles || codes.size > workbookLimits.styles) throw tooLarge('it has too many cell formats')
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellFormats = false
    },
    text: () => undefined,
  })
  return styles
}

/** The formats that have a number and no code of their own in the file; 27–36 and 50–58 are the East Asian dates. */
const builtIn = new Map<string, string>([
  ['14', 'd/m/y'], ['15', 'd-m-y'], ['16', 'd-m'], ['17', 'm-y'], ['18', 'h:mm'], ['19', 'h:mm:ss'], ['20', 'h:mm'], ['21', 'h:mm:ss'], ['22', 'd/m/y h:mm'], ['45', 'mm:ss'], ['46', '[h]:mm:ss'], ['47', 'mm:ss'],
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [`${id}`, 'd/m/y'] as const),
  ...[32, 33, 34, 35, 55, 56].map((id) => [`${id}`, 'h:mm'] as const),
])

/** What a format code shows of a date; null for one that shows a number or a text. */
export function dateStyleOf(code: string): DateStyle | null {
  // Texts, escaped signs, padding and colours say nothing; of the sections the first is that of positive numbers.
  const said = (code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';')[0] ?? '').replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '').toLowerCase()
  const bare = said.replace(/am\/pm|a\/p/g, '').replace(/s\.0+/g, 's')
  if (/general|[#?@0]/.test(bare)) return null
  // M is a minute after an hour or before a second, else a month.
  const months = bare.replace(/h+[^a-z]*m+|m+[^a-z]*s+/g, '')
  const style = { hasDay: bare.includes('d'), hasMonth: months.includes('m'), hasYear: bare.includes('y'), hasTime: /[hs]/.test(bare) }
  return style.hasDay || style.hasMonth || style.hasYear || style.hasTime ? style : null
}
