/** Empty files to fill in, one for each kind: made from the same table of kinds by which they are read again. */
import type { Column, ColumnType, Kind } from '../core/index.ts'
import { writeWorkbook, type Sheet } from './workbook-writer.ts'

/** A sheet whose rows are at hand. */
type SheetRows = Sheet & { readonly rows: readonly (readonly string[])[] }

/** The languages in which a template can name its columns; both are read again. */
export const templateLanguages = ['vi', 'en'] as const
export type TemplateLanguage = (typeof templateLanguages)[number]

/** The header of a template: Vietnamese names, or the canonical ones. */
export function templateHeader(kind: Kind, language: TemplateLanguage): string[] {
  return kind.columns.map((column) => (language === 'vi' ? vietnameseName(column) : column.name))
}

/** A CSV file with nothing but its header, with the mark by which spreadsheets know UTF-8. */
export function csvTemplate(kind: Kind, language: TemplateLanguage): string {
  return `\ufeff${templateHeader(kind, language).join(',')}\r\n`
}

/** A workbook: a sheet to fill in, whose ids, accounts, codes and dates are typed as text, and a sheet that explains each column. */
export function workbookTemplate(kind: Kind, language: TemplateLanguage): AsyncGenerator<Buffer, void> {
  return writeWorkbook(templateSheets(kind, language))
}

/** The two sheets of a template: the one to fill in, and the guide. */
export function templateSheets(kind: Kind, language: TemplateLanguage): readonly [SheetRows, SheetRows] {
  const header = templateHeader(kind, language)
  const data: SheetRows = {
    name: language === 'vi' ? 'Dữ liệu' : 'Data',
    columns: kind.columns.map(({ type }, index) => ({ width: Math.max(14, (header[index] ?? '').length + 3), isNumber: type === 'amount' || type === 'balance' || type === 'whole' })),
    rows: [header],
  }
  const text = (width: number): { width: number; isNumber: boolean } => ({ width, isNumber: false })
  return [data, { name: 'Hướng dẫn - Guide', columns: [text(44), text(14), text(60), text(60), text(70)], rows: guide(kind) }]
}

function vietnameseName({ name, headers }: Column): string {
  const [first = name] = headers
  const written = first.replace(/\b(?:cmnd|bin|citad|swift)\b/g, (abbreviation) => abbreviation.toUpperCase())
  return written.slice(0, 1).toUpperCase() + written.slice(1)
}

function guide(kind: Kind): string[][] {
  const head = ['Cột dữ liệu (tên chuẩn)', 'Bắt buộc?', 'Cách ghi', 'How to write it', 'Giá trị / Values']
  // Both names in one cell: a cell that holds nothing but a column's name would look like a header to whoever reads the file.
  return [head, ...kind.columns.map((column) => [
    `${vietnameseName(column)} (${column.name})`, column.isRequired === true ? 'có / yes' : 'không / no', ...howTo[column.type], valuesOf(column),
  ])]
}

function valuesOf({ words, default: ifEmpty, minimum, maximum, maximumLength, type }: Column): string {
  const limits = type === 'whole' && minimum !== undefined && maximum !== undefined ? `${minimum} – ${maximum}` : ''
  const listed = words === undefined ? limits : Object.entries(words).map(([label, [first]]) => (first === undefined ? label : `${label} = ${first}`)).join('; ')
  const length = (type === 'text' || type === 'reference') && maximumLength !== undefined ? `≤ ${maximumLength}` : ''
  return [listed, length, ifEmpty === undefined ? '' : `(để trống / empty: ${ifEmpty})`].filter((part) => part !== '').join(' ')
}

/** How a value of each type is written: Vietnamese, English. */
const howTo: Readonly<Record<ColumnType, readonly [string, string]>> = {
  scheme: ['Mã chế độ đã có trong hệ thống, ví dụ BTXH', 'Code of a scheme that is known, for example BTXH'],
  new_scheme: ['Mã chế độ, mới hoặc đã có', 'Code of a scheme, new or known'],
  period: ['Tháng: 2026-10 hoặc 10/2026', 'Month: 2026-10 or 10/2026'],
  person: ['12 chữ số (hoặc 9 chữ số CMND cũ), ô dạng văn bản để giữ số 0 ở đầu', '12 digits (or 9 of the old card), as text so that leading zeros stay'],
  party: ['12 hoặc 9 chữ số; tổ chức: mã gồm chữ và số', '12 or 9 digits; an organisation: its code of letters and digits'],
  agent: ['Mã BIN 6 chữ số, ví dụ 970405; không ghi tên ngân hàng', 'BIN of 6 digits, for example 970405; not the name of the bank'],
  account: ['4 đến 34 chữ cái hoặc chữ số, ô dạng văn bản', '4 to 34 letters or digits, as text'],
  reference: ['Mã lệnh chi, mỗi lệnh một mã; không có thì để trống', 'Reference of the payment, one each; empty when there is none'],
  text: ['Chữ', 'Text'],
  word: ['Một trong các giá trị ở cột bên', 'One of the values beside'],
  flag: ['có hoặc không', 'yes or no'],
  date: ['Ngày: 2026-10-05 hoặc 05/10/2026', 'Day: 2026-10-05 or 05/10/2026'],
  birth: ['Ngày sinh 05/10/1950, hoặc chỉ năm sinh 1950', 'Birth date 05/10/1950, or the year alone 1950'],
  instant: ['Ngày, có thể kèm giờ: 2026-10-05 09:30', 'Day, with the time where known: 2026-10-05 09:30'],
  amount: ['Chỉ chữ số, không dấu phân cách: 1350000', 'Digits only, no separators: 1350000'],
  balance: ['Chỉ chữ số, không dấu phân cách; số dư được bằng 0 hoặc âm', 'Digits only, no separators; a balance may be zero or negative'],
  decimal: ['Số, phần lẻ sau dấu chấm: 1.5', 'Number, fraction after a point: 1.5'],
  whole: ['Số nguyên', 'Whole number'],
  currency: ['Ba chữ cái: VND', 'Three letters: VND'],
}
