/** The public sheet as people read it: the same for the page and for the file to print, and as a table for a spreadsheet. */
import { html } from 'hono/html'
import type { Language } from '../../core/index.ts'
import { csvFile, workbookFile } from '../../formats/index.ts'
import { count, day, localMoment, month, share } from '../format.ts'
import { standalone, styleOf } from '../standalone.ts'
import { dictionaries, wordFor } from '../text/index.ts'
import { schemeName, unitName, type Html, type View } from '../view.ts'
import { shareOfColumn, type SchemeName, type SheetTable, type SignedSheet } from '../../reports/index.ts'

/** What a sheet is written with. */
export interface SheetReader extends Pick<View, 'language' | 'words'> {
  readonly schemes: readonly SchemeName[]
}

/** What a hidden count is shown as. */
const hiddenSign = '*'

/** What the sheet is of: place and month. */
export function sheetPlace({ sheet }: SignedSheet, reader: SheetReader): string {
  return reader.words.sheet.of(unitName(sheet.unit_code, sheet.unit_name, reader), month(sheet.benefit_period, reader.language))
}

/** The whole sheet below its heading. */
export function sheetBody(signed: SignedSheet, reader: SheetReader): Html {
  const { sheet, signature } = signed
  const { words, language, schemes } = reader
  const { sheet: said } = words
  const place = (table: SheetTable, row: number): string => unitName(table.rows[row] ?? '', table.row_names[row] ?? null, reader)
  const key = (term: string, text: string): Html => html`<dt>${term}</dt><dd class="tt-sheet__key" dir="ltr">${text}</dd>`
  return html`<p class="govuk-body">${said.dated(day(sheet.as_of, language), localMoment(sheet.made_at, language))}</p>
<p class="govuk-body">${said.sentence} ${said.hiddenNote}</p>
${section('outcomes', said.outcomesTitle, shareSentence(sheet.outcomes, 'in_time', null, said.inTimeIs, reader), countTable(sheet.outcomes, said.scheme, (row) => schemeName(schemes, sheet.outcomes.rows[row] ?? '', language), reader))}
${section('coverage', said.coverageTitle, shareSentence(sheet.coverage, 'usable', 'without', said.coverageIs, reader), countTable(sheet.coverage, said.place, (row) => place(sheet.coverage, row), reader))}
${section('time', said.timeTitle, null, timeTable(signed, reader))}
<section class="tt-sheet" aria-labelledby="signature"><h2 class="govuk-heading-m" id="signature">${said.signatureTitle}</h2><p class="govuk-body">${said.signatureSentence}</p>
<dl class="tt-sheet__signature">${key(said.keyId, signature.key_id)}${key(said.publicKey, signature.public_key)}${key(said.value, signature.value)}</dl></section>`
}

/** The sheet as one HTML file. */
export function sheetDocument(signed: SignedSheet, schemes: readonly SchemeName[], language: Language): Promise<string> {
  const reader = { language, words: dictionaries[language], schemes }
  const place = sheetPlace(signed, reader)
  const { title } = reader.words.sheet
  return standalone({ title: `${title}: ${place}`, language, styles: styleOf('sheet'), main: html`<h1>${title}<br>${place}</h1>${sheetBody(signed, reader)}` })
}

/** The sheet as a table for a spreadsheet, one number a row; a hidden one is empty. */
export function sheetTable(signed: SignedSheet, format: 'csv' | 'xlsx'): AsyncGenerator<Buffer, void> {
  const table = { name: 'sheet', columns: [{ title: 'table' }, { title: 'row' }, { title: 'column' }, { title: 'number', isNumber: true }], rows: sheetRows(signed).map((row) => [row.table, row.row, row.column, row.number === null ? '' : `${row.number}`]) }
  return format === 'csv' ? csvFile(table) : workbookFile(table)
}

/** Every number of the sheet; null: hidden. Shares are thousandths. */
export function sheetRows({ sheet, signature }: SignedSheet): { readonly table: string; readonly row: string; readonly column: string; readonly number: number | string | null }[] {
  const about = { unit_code: sheet.unit_code, benefit_period: sheet.benefit_period, as_of: sheet.as_of, made_at: sheet.made_at, run_id: sheet.run_id, hidden_below: sheet.hidden_below, key_id: signature.key_id }
  const tables = (['outcomes', 'coverage'] as const).flatMap((name) => {
    const { rows, columns, cells, row_totals: rowTotals, column_totals: columnTotals, total } = sheet[name]
    return [
      ...rows.flatMap((row, at) => [...columns.map((column, place) => ({ table: name, row, column, number: cells[at]?.[place] ?? null })), { table: name, row, column: 'total', number: rowTotals[at] ?? null }]),
      ...columns.map((column, place) => ({ table: name, row: 'total', column, number: columnTotals[place] ?? null })),
      { table: name, row: 'total', column: 'total', number: total },
    ]
  })
  const { count: counted, within, median_days: median, p90_days: p90 } = sheet.time_to_cash
  const time = (row: string, column: string, number: number | string | null) => ({ table: 'time_to_cash', row, column, number })
  return [
    ...Object.entries(about).map(([column, value]) => ({ table: 'sheet', row: '', column, number: value })),
    ...tables,
    time('count', '', counted),
    ...within.flatMap((one) => [time(`within_${one.within_days}_days`, 'per_mille', one.per_mille), time(`within_${one.within_days}_days`, 'lower_per_mille', one.lower_per_mille), time(`within_${one.within_days}_days`, 'upper_per_mille', one.upper_per_mille)]),
    time('median_days', '', median),
    time('p90_days', '', p90),
  ]
}

function section(id: string, title: string, sentence: string | null, table: Html): Html {
  return html`<section class="tt-sheet" aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${title}</h2>${sentence === null ? '' : html`<p class="govuk-body"><strong>${sentence}</strong></p>`}${table}</section>`
}

function shareSentence(table: SheetTable, part: string, rest: string | null, sentence: (share: string) => string, { words, language }: SheetReader): string | null {
  const found = shareOfColumn(table, part, rest)
  if (found === null) return null
  const percent = share(BigInt(found.part), BigInt(found.whole), language) ?? ''
  return sentence(words.sheet.shareOf(count(found.part, language), count(found.whole, language), percent))
}

function countTable(table: SheetTable, label: string, nameOf: (row: number) => string, reader: SheetReader): Html {
  const { words, language } = reader
  if (table.rows.length === 0) return html`<p class="govuk-body">${words.sheet.empty}</p>`
  const labels = [...table.columns.map((column) => wordFor(words.sheet.columns, column)), words.total]
  const cell = (value: number | null, place: number): Html => html`<td data-label="${labels[place] ?? ''}">${value === null ? html`<span><span aria-hidden="true">${hiddenSign}</span><span class="govuk-visually-hidden">${words.sheet.hidden}</span></span>` : html`<span>${count(value, language)}</span>`}</td>`
  const numbers = (row: readonly (number | null)[], total: number | null): Html[] => [...row, total].map(cell)
  return html`<table class="tt-sheet__table"><thead><tr><th scope="col">${label}</th>${labels.map((text) => html`<th scope="col" class="tt-sheet__number">${text}</th>`)}</tr></thead>
<tbody>${table.cells.map((row, at) => html`<tr><th scope="row">${nameOf(at)}</th>${numbers(row, table.row_totals[at] ?? null)}</tr>`)}
${table.rows.length === 1 ? '' : html`<tr class="tt-sheet__total"><th scope="row">${words.total}</th>${numbers(table.column_totals, table.total)}</tr>`}</tbody></table>`
}

function timeTable({ sheet }: SignedSheet, { words, language }: SheetReader): Html {
  const { sheet: said } = words
  const { count: counted, within, median_days: median, p90_days: p90 } = sheet.time_to_cash
  if (counted === null || counted === 0) return html`<p class="govuk-body">${said.withdrawnHidden}</p>`
  const percent = (perMille: number | null): string => (perMille === null ? hiddenSign : (share(BigInt(perMille), 1000n, language) ?? ''))
  const sentences = [median === null ? null : said.half(decimal(median, language)), p90 === null ? null : said.nineOfTen(decimal(p90, language))].filter((sentence) => sentence !== null)
  return html`<p class="govuk-body">${sentences.length === 0 ? '' : html`<strong>${sentences.join(' ')}</strong> `}${said.withdrawnOf(count(counted, language))}</p>
<table class="tt-sheet__table"><thead><tr><th scope="col">${said.timeTitle}</th><th scope="col" class="tt-sheet__number">${said.share}</th><th scope="col" class="tt-sheet__number">${said.interval}</th></tr></thead>
<tbody>${within.map((one) => html`<tr><th scope="row">${said.within(`${one.within_days}`)}</th><td data-label="${said.share}"><span>${percent(one.per_mille)}</span></td><td data-label="${said.interval}"><span>${one.lower_per_mille === null || one.upper_per_mille === null ? hiddenSign : said.fromTo(percent(one.lower_per_mille), percent(one.upper_per_mille))}</span></td></tr>`)}</tbody></table>`
}

function decimal(text: string, language: Language): string {
  return language === 'vi' ? text.replace('.', ',') : text
}
