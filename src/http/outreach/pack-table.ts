/** A pack as a table, one row a person, for a spreadsheet: what is known, and empty columns for what will be found. */
import { csvFile, writeWorkbook } from '../../formats/index.ts'
import type { Language } from '../../core/index.ts'
import { accessWord, needsText, reasonText } from './pack.ts'
import { dictionaries, wordFor } from '../text/index.ts'
import { plainText } from '../view.ts'
import type { OutreachPack } from '../../reports/index.ts'

/** The columns in order; the words for them are `outreach.columns` of each language. */
const columns = [
  'unit_code', 'unit_name', 'village', 'distance_km', 'electricity', 'signal', 'cash_point_km', 'beneficiary', 'beneficiary_name', 'needs', 'payee_name', 'reasons', 'exempt_until', 'last_visited_date', 'last_result',
  'visited_date', 'result', 'evidence_reference', 'note', 'team',
] as const

const widths: Partial<Record<(typeof columns)[number], number>> = { unit_name: 24, village: 20, beneficiary_name: 28, needs: 28, payee_name: 24, reasons: 70, last_result: 24, result: 22, evidence_reference: 26, note: 40 }

/** Heading and rows as text; ids are masked, days are `YYYY-MM-DD`, distances kilometres with a point. */
export function packRows(pack: OutreachPack, language: Language): string[][] {
  const reader = { language, words: dictionaries[language] }
  const { outreach } = reader.words
  const word = (text: string | null | undefined): string => (text === null || text === undefined ? '' : accessWord(text, reader))
  const rows = pack.sections.flatMap(({ unitCode, unitName, village, access, people }) =>
    people.map((person) => [
      unitCode, unitName ?? '', village ?? '', access?.distanceKm ?? '', word(access?.electricity), word(access?.signal), access?.cashPointKm ?? '',
      `••••${person.beneficiaryId.slice(-4)}`, person.name ?? '', needsText(person.needs, reader), person.payeeName ?? '', person.reasons.map((reason) => plainText(reasonText(reason, pack, reader))).join('; '),
      person.exemptUntil ?? '', person.visit?.date ?? '', person.visit === null ? '' : wordFor(outreach.results, person.visit.result), '', '', '', '', '',
    ]))
  return [columns.map((column) => outreach.columns[column]), ...rows]
}

/** The table as CSV with the mark by which spreadsheets know UTF-8; no cell is taken for a formula. */
export function packCsv(pack: OutreachPack, language: Language): AsyncGenerator<Buffer, void> {
  const [heading = [], ...rows] = packRows(pack, language)
  return csvFile({ name: 'outreach', columns: heading.map((title) => ({ title })), rows })
}

/** The table as a workbook whose cells are all text. */
export function packWorkbook(pack: OutreachPack, language: Language): AsyncGenerator<Buffer, void> {
  const { outreach } = dictionaries[language]
  return writeWorkbook([{ name: outreach.title, columns: columns.map((column) => ({ width: widths[column] ?? 14, isNumber: false })), rows: packRows(pack, language) }])
}
