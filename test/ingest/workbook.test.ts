/** Workbooks as officers keep them: titles, groups, totals, several sheets, formulas, dates; the same rows as in CSV. */
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { annotatedFile, ingestFile, rawLine, showFile, type IngestRequest, type Receipt } from '../../src/ingest/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { bytesOf } from '../helpers/unzip.ts'
import { fuzzing } from '../helpers/fuzz.ts'
import { rowsOf, workbook, type CellSpec, type SheetSpec, type WorkbookSpec } from '../helpers/workbook.ts'
import { fileOf, ingestText, listHeader, listLine, paymentHeader, paymentLine, stateOf, surroundingsIn, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const dataFolder = `${folder}/data`

beforeEach(async () => {
  await clone().database.query('truncate entitlement_line, payment_report, account_report, problem, ignored_lines')
  await clone().database.query('delete from source_file where file_id > 0')
})

const ingest = (spec: WorkbookSpec | readonly SheetSpec[], more: Omit<IngestRequest, 'path'> = {}): Promise<Receipt> =>
  ingestText(clone().database, folder, workbook('sheets' in spec ? spec : { sheets: spec }), more)
const held = (columns = 'line_number, identifier_text(person_key) as id, beneficiary_name as name, due_amount as amount'): Promise<unknown[]> => clone().database.query(`select ${columns} from entitlement_line order by line_number`)
const ids = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => `0010871${`${from + index}`.padStart(5, '0')}`)
const list = (count: number, from = 0): CellSpec[][] => rowsOf(listHeader, ...ids(count, from).map((id) => listLine({ id })))
/** One list with a single row, of which one column holds a cell as it is given. */
const withCell = (column: string, cell: CellSpec): SheetSpec[] => {
  const [header, row] = rowsOf(`${listHeader},birth_date,list_date,due_date,STT`, `${listLine()},,,,`) as [CellSpec[], CellSpec[]]
  return [{ rows: [header, row.map((value, field) => (header[field] === column ? cell : value)), list(1, 9)[1]!] }]
}
const problemWith = async (column: string, cell: CellSpec, more: Partial<WorkbookSpec> = {}): Promise<unknown> => {
  const receipt = await ingest({ sheets: withCell(column, cell), ...more })
  expect(receipt).toMatchObject({ status: 'sealed', lines: 2 })
  return receipt.problems[0] ?? null
}

describe('a workbook as it really comes', () => {
  const rows: CellSpec[][] = [
    ['ỦY BAN NHÂN DÂN XÃ BẰNG THÀNH'],
    ['DANH SÁCH CHI TRẢ TRỢ CẤP THÁNG 10/2026'],
    [],
    ['STT', 'Họ và tên', 'Số định danh cá nhân', 'Chế độ', 'Kỳ hưởng', 'Mã xã', 'Số tiền (đồng)', 'Ghi chú'],
    ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)'],
    ['I', 'Thôn Nà Pó'],
    [{ number: '1' }, 'Nguyễn Văn An', '001087100001', 'BTXH', '10/2026', '00001', { number: '540000', style: 4 }, null],
    [{ number: '2', formula: 'A7+1' }, 'Trần Thị Bé\nBa', '001087100002', 'BTXH', { number: '46296', style: 2 }, '00001', { number: '5.4E5' }, { formula: 'B7' }],
    [],
    ['Thôn Khuổi Lặng'],
    [{ number: '3' }, 'Lý A Sửu', '001087100003', 'BTXH', '10/2026', '00001', { number: '810000' }],
    ['', 'TỔNG CỘNG', null, null, null, null, { number: '1890000', formula: 'SUM(G7:G11)', style: 4 }],
    ['Bằng chữ: một triệu tám trăm chín mươi nghìn đồng'],
    [null, 'Người lập biểu', null, null, null, 'Chủ tịch'],
  ]

  test.each([true, false])('titles, numbers of columns, villages, blank rows, a total by formula, signatures; shared texts: %s', async (isShared) => {
    const receipt = await ingest({ sheets: [{ name: 'Tháng 10', rows, merges: ['A1:H1', 'A2:H2', 'A10:H10'] }], isShared })
    expect(receipt.problems).toEqual([])
    expect(receipt).toMatchObject({ status: 'sealed', format: 'xlsx', kind: 'beneficiary_list', lines: 11, accepted: 3, ignored: 8, is_control_sum_checked: true, has_final_newline: null })
    expect(receipt.parts).toEqual([{ name: 'Tháng 10', status: 'taken', first_line: 1, last_line: 14, first_number: 1, hidden_rows: 0 }])
    const file = await showFile(clone().database, receipt.file_id ?? '', dataFolder)
    expect(file.ignored_lines).toEqual([
      { first_line: 1, last_line: 2, reason: 'title' },
      { first_line: 5, last_line: 5, reason: 'header' },
      { first_line: 6, last_line: 6, reason: 'note' },
      { first_line: 10, last_line: 10, reason: 'note' },
      { first_line: 12, last_line: 12, reason: 'total' },
      { first_line: 13, last_line: 14, reason: 'signature' },
    ])
    expect(await held('line_number, beneficiary_name as name, due_amount as amount, benefit_period as period')).toEqual([
      { line_number: '7', name: 'Nguyễn Văn An', amount: '540000', period: 202610 },
      { line_number: '8', name: 'Trần Thị Bé\nBa', amount: '540000', period: 202610 },
      { line_number: '11', name: 'Lý A Sửu', amount: '810000', period: 202610 },
    ])
    expect(await rawLine(clone().database, dataFolder, receipt.file_id ?? '', 11)).toBe('3,Lý A Sửu,001087100003,BTXH,10/2026,00001,810000,')
    expect(await rawLine(clone().database, dataFolder, receipt.file_id ?? '', 9)).toBeNull()
  })

  test('a header of two rows', async () => {
    const receipt = await ingest([{ rows: [
      ['DANH SÁCH'],
      ['STT', 'Người hưởng', null, 'Mã xã', 'Chế độ', 'Kỳ hưởng', 'Số tiền', 'Tài khoản'],
      [null, 'Họ và tên', 'Số CCCD', null, null, null, null, 'Số tài khoản', 'Mã ngân hàng'],
      [{ number: '1' }, 'Nguyễn Văn An', '001087100001', '00001', 'BTXH', '10/2026', { number: '540000' }, '1500205123456', '970405'],
    ], merges: ['B2:C2', 'H2:I2', 'A2:A3'] }])
    expect(receipt).toMatchObject({ status: 'sealed', accepted: 1, lines: 3, ignored: 2, problem_count: 0 })
    expect(await held('line_number, account_text(account_key) as account, due_amount as amount')).toEqual([{ line_number: '4', account: '1500205123456', amount: '540000' }])
  })

  test('columns are told by their header, and what stands beside the table stays in the file', async () => {
    const [header = [], row = []] = list(1)
    const receipt = await ingest([{ rows: [header, [...row, null, null, 'gọi lại', { formula: 'NOW()' }]] }])
    expect(receipt).toMatchObject({ accepted: 1, problem_count: 0 })
  })

  test('namespace prefixes are free', async () => {
    expect(await ingest({ sheets: [{ rows: list(2) }], prefix: 'x:' })).toMatchObject({ accepted: 2, problem_count: 0 })
  })

  test('rows and cells without their places follow one another', async () => {
    const xml = `<worksheet><sheetData>${list(2).map((cells) => `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text as string}</t></is></c>`).join('')}</row>`).join('')}</sheetData></worksheet>`
    expect(await ingest([{ xml }])).toMatchObject({ accepted: 2, problem_count: 0 })
  })

  test('phonetic guides are left out, and runs of one text put together', async () => {
    const [header = [], row = []] = list(1)
    const run = '<si><r><t>Nguyễn </t></r><r><rPr/><t>Văn An</t></r><rPh sb="0" eb="1"><t>グエン</t></rPh></si>'
    expect(await ingest({ sheets: [{ rows: [header, row.map((cell, field) => (field === 3 ? { shared: '0' } : cell))] }], sharedXml: `<sst>${run}</sst>` })).toMatchObject({ accepted: 1 })
    expect(await held('beneficiary_name as name')).toEqual([{ name: 'Nguyễn Văn An' }])
  })

  test('a row that the sheet does not show is taken, and the receipt says so', async () => {
    const receipt = await ingest([{ rows: list(3), hiddenRows: [3] }])
    expect(receipt).toMatchObject({ accepted: 3, parts: [{ hidden_rows: 1 }] })
  })

  test('the same list as CSV changes nothing', async () => {
    const receipt = await ingest([{ rows: list(3) }])
    const again = await ingestText(clone().database, folder, `${[listHeader, ...ids(3).map((id) => listLine({ id }))].join('\n')}\n`)
    expect([receipt.accepted, again.accepted, again.repeats]).toEqual([3, 0, 3])
  })
})

describe('several sheets', () => {
  test('of one kind are all taken; columns may stand in another order; each has its own total, the last may have all', async () => {
    const total = (amount: string): CellSpec[] => ['TỔNG CỘNG', null, null, null, null, { number: amount }]
    const receipt = await ingest([
      { name: 'Xã A', rows: [...list(2), total('1080000')] },
      { name: 'Bìa', rows: [['Mẫu số 1']] },
      { name: 'Xã B', rows: [['DANH SÁCH XÃ B'], ...list(3, 10).map((row) => row.toReversed()), total('1').toReversed().map((cell, field) => (field === 0 ? { number: '1620000' } : cell))] },
      { name: 'Trống' },
      { name: 'Xã C', rows: [...list(1, 20), total('3240000')] },
    ])
    expect(receipt).toMatchObject({ status: 'sealed', accepted: 6, problem_count: 0, is_control_sum_checked: true })
    expect(receipt.parts?.map(({ name, status, first_line, last_line, first_number }) => [name, status, first_line, last_line, first_number])).toEqual([
      ['Xã A', 'taken', 1, 4, 1], ['Bìa', 'other', null, null, null], ['Xã B', 'taken', 10_000_001, 10_000_006, 1], ['Trống', 'empty', null, null, null], ['Xã C', 'taken', 20_000_001, 20_000_003, 1],
    ])
    expect(await held('line_number, identifier_text(person_key) as id')).toEqual([
      { line_number: '2', id: '001087100000' }, { line_number: '3', id: '001087100001' },
      { line_number: '10000003', id: '001087100010' }, { line_number: '10000004', id: '001087100011' }, { line_number: '10000005', id: '001087100012' },
      { line_number: '20000002', id: '001087100020' },
    ])
    expect(await rawLine(clone().database, dataFolder, receipt.file_id ?? '', 10_000_004)).toContain('001087100011')
  })

  test('a total that is neither its sheet’s nor the file’s refuses the file', async () => {
    const receipt = await ingest([{ rows: list(2) }, { rows: [...list(3, 10), ['Tổng cộng', null, null, null, null, { number: '1080000' }]] }])
    expect(receipt).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch', line: 10_000_005 } })
    expect(receipt.refusal?.detail).toMatch(/in row 5 of sheet "Sheet2".*1620000.*2700000/)
  })

  test('hidden sheets are reported and not read; alone they refuse the file', async () => {
    expect(await ingest([{ rows: list(1) }, { name: 'Cũ', state: 'hidden', rows: list(5, 10) }, { name: 'Rất ẩn', state: 'veryHidden', rows: list(5, 20) }])).toMatchObject({
      accepted: 1, parts: [{ status: 'taken' }, { name: 'Cũ', status: 'hidden' }, { name: 'Rất ẩn', status: 'hidden' }],
    })
    const receipt = await ingest([{ name: 'Trống' }, { name: 'Ẩn', state: 'hidden', rows: list(1) }])
    expect(receipt).toMatchObject({ status: 'refused', refusal: { code: 'sheet_hidden' } })
    expect(receipt.refusal?.detail).toContain('"Ẩn"')
  })

  test('of two kinds: refused, or those of the kind that is named', async () => {
    const sheets = [{ name: 'Danh sách', rows: list(2) }, { name: 'Chi trả', rows: rowsOf(paymentHeader, paymentLine()) }]
    expect(await ingest(sheets)).toMatchObject({ status: 'refused', refusal: { code: 'sheets_differ' } })
    expect(await ingest(sheets, { kind: 'disbursement' })).toMatchObject({ status: 'sealed', kind: 'disbursement', accepted: 1, parts: [{ status: 'other' }, { status: 'taken' }] })
    expect(await ingest([...sheets, { name: 'Trống' }], { kind: 'beneficiary_list' })).toMatchObject({ status: 'sealed', accepted: 2, parts: [{ status: 'taken' }, { status: 'other' }, { status: 'empty' }] })
  })

  test('one whose header has a slip is refused, naming the sheet; a summary beside the list is not', async () => {
    const slip = list(2, 10).map((row, index) => (index === 0 ? row.map((cell) => (cell === 'due_amount' ? 'số tiềnn' : cell)) : row))
    const receipt = await ingest([{ rows: list(1) }, { name: 'Xã B', rows: slip }])
    expect(receipt).toMatchObject({ status: 'refused', refusal: { code: 'column_missing', column: 'due_amount', line: 1 } })
    expect(receipt.refusal?.detail).toContain('on sheet "Xã B"')
    expect(await ingest([{ name: 'Tổng hợp', rows: [['Mã xã', 'Số người', 'Số tiền'], ['00001', { number: '1' }, { number: '540000' }]] }, { rows: list(1) }])).toMatchObject({ accepted: 1, parts: [{ status: 'other' }, { status: 'taken' }] })
  })

  test('one with a column that the first has not is refused', async () => {
    expect(await ingest([{ rows: list(1) }, { rows: list(1, 5).map((row, index) => [...row, index === 0 ? 'village' : 'Nà Pó']) }])).toMatchObject({ status: 'refused', refusal: { code: 'sheets_differ', column: 'village' } })
  })

  test('188 of them', async () => {
    expect(await ingest(Array.from({ length: 188 }, (_, sheet) => ({ rows: list(1, sheet) })))).toMatchObject({ accepted: 188, problem_count: 0 })
  })
})

describe('cells', () => {
  test.each<[string, string, CellSpec, unknown]>([
    ['a formula', 'due_amount', { number: '540000', formula: 'E2*2' }, { code: 'formula_cell', raw: '=E2*2', suggestion: '540000' }],
    ['a formula that was never worked out', 'due_amount', { formula: 'E2*2' }, { code: 'formula_cell', raw: '=E2*2', suggestion: null }],
    ['a name by formula', 'beneficiary_name', { text: 'An', formula: 'VLOOKUP(B2,Sheet2!A:B,2)' }, { code: 'formula_cell', raw: '=VLOOKUP(B2,Sheet2!A:B,2)', suggestion: 'An' }],
    ['an error', 'due_amount', { error: '#REF!' }, { code: 'cell_error', raw: '#REF!' }],
    ['a formula that gives an error', 'beneficiary_id', { error: '#N/A', formula: 'A1' }, { code: 'formula_cell', suggestion: '#N/A' }],
    ['a shared text that is not there', 'beneficiary_name', { shared: '99' }, { code: 'cell_unreadable', raw: '99' }],
    ['a shared text before the first', 'beneficiary_name', { shared: '-1' }, { code: 'cell_unreadable', raw: '-1' }],
    ['an id that lost its zeros (V7)', 'beneficiary_id', { number: '1087123456' }, { code: 'identifier_lost_zeros', raw: '1087123456', suggestion: '001087123456' }],
    ['an id of 11 digits (V7)', 'beneficiary_id', { number: '12345678901' }, { code: 'identifier_lost_zeros', suggestion: '012345678901' }],
    ['an id in scientific notation', 'beneficiary_id', { number: '1.087123456E9' }, { code: 'identifier_invalid', raw: '1.087123456E9' }],
    ['an amount with the dust of a float', 'due_amount', { number: '540000.00000000001' }, { code: 'amount_invalid', raw: '540000.00000000001' }],
    ['an amount with a fraction', 'due_amount', { number: '540000.5' }, { code: 'amount_has_fraction', raw: '540000.50' }],
    ['an amount below nothing', 'due_amount', { number: '-540000' }, { code: 'amount_not_positive' }],
    ['an amount of a million billions', 'due_amount', { number: '1E+15' }, { code: 'amount_too_large' }],
    ['an amount as text with points', 'due_amount', '540.000', { code: 'amount_invalid', raw: '540.000' }],
    ['an amount formatted as a date (V6)', 'due_amount', { number: '540000', style: 1 }, { code: 'amount_invalid', raw: '3378-06-19' }],
    ['no number at all', 'due_amount', { number: '5_4' }, { code: 'cell_unreadable', raw: '5_4' }],
    ['day 60, which never was (V6)', 'birth_date', { number: '60', style: 1 }, { code: 'date_invalid', raw: '60' }],
    ['day 0', 'birth_date', { number: '0', style: 1 }, { code: 'date_invalid' }],
    ['a negative day', 'birth_date', { number: '-5', style: 1 }, { code: 'date_invalid' }],
    ['a day after the last', 'birth_date', { number: '2958466', style: 1 }, { code: 'date_invalid' }],
    ['a day with a time in a column of days', 'list_date', { number: '45323.75', style: 1 }, { code: 'date_invalid', raw: '2024-02-01T18:00:00' }],
    ['a time alone', 'list_date', { number: '0.75', style: 5 }, { code: 'date_invalid' }],
    ['a number that may be a day', 'list_date', { number: '45323' }, { code: 'date_invalid', raw: '45323', suggestion: '2024-02-01' }],
    ['a month with a day, for a month', 'benefit_period', { number: '46296', style: 1 }, { code: 'period_invalid', raw: '2026-10-01' }],
    ['yes where an amount should be', 'due_amount', { yes: '1' }, { code: 'amount_invalid', raw: 'true' }],
    ['a text of 70 kB', 'unit_code', 'x'.repeat(70_000), { code: 'value_too_long' }],
    ['a control sign that XML cannot hold', 'beneficiary_name', 'An_x0000_', { code: 'text_invalid' }],
  ])('%s is a problem', async (_, column, cell, problem) => {
    expect(await problemWith(column, cell)).toMatchObject({ line: 2, column, ...(problem as object) })
  })

  test.each<[string, string, CellSpec, string, unknown]>([
    ['a day (V6)', 'list_date', { number: '45323', style: 1 }, 'list_date', '2024-02-01'],
    ['a day as text', 'list_date', '01/02/2024', 'list_date', '2024-02-01'],
    ['the first day', 'birth_date', { number: '1', style: 1 }, 'birth_date', '1900-01-01'],
    ['the last day before the one that never was', 'birth_date', { number: '59', style: 1 }, 'birth_date', '1900-02-28'],
    ['the first day after it', 'birth_date', { number: '61', style: 1 }, 'birth_date', '1900-03-01'],
    ['a day as a cell for dates', 'list_date', { date: '2024-02-01T00:00:00' }, 'list_date', '2024-02-01'],
    ['a year alone', 'birth_date', { number: '1950' }, 'birth_year', 1950],
    ['a month', 'benefit_period', { number: '46296', style: 2 }, 'benefit_period', 202610],
    ['an amount in scientific notation is exact', 'due_amount', { number: '1.35E7' }, 'due_amount', '13500000'],
    ['an amount that Java wrote', 'due_amount', { number: '540000.0' }, 'due_amount', '540000'],
    ['an amount as text', 'due_amount', '540000', 'due_amount', '540000'],
  ])('%s', async (_, column, cell, stored, value) => {
    expect(await problemWith(column, cell)).toBeNull()
    expect((await held(`${stored} as value`))[0]).toEqual({ value })
  })

  test('what could not be read comes back as it stands: sent again without a correction it is the same problem', async () => {
    const cells: readonly [string, CellSpec][] = [['due_amount', { number: '540000', formula: 'E2*2' }], ['beneficiary_name', { text: 'An', formula: 'VLOOKUP(B2,Sheet2!A:B,2)' }], ['due_amount', { error: '#REF!' }], ['beneficiary_id', { number: '1087123456' }], ['creditor_account', { number: '9704360000012345678' }], ['list_date', { number: '45323' }], ['due_amount', '540.000']]
    const [header, row] = rowsOf(`${listHeader},list_date,creditor_account`, `${listLine()},,`) as [CellSpec[], CellSpec[]]
    const receipt = await ingest([{ rows: [header, ...cells.map(([column, cell]) => row.map((value, field) => (header[field] === column ? cell : value)))] }])
    expect(receipt).toMatchObject({ status: 'sealed', accepted: 0, problem_count: cells.length })
    const back = await bytesOf((await annotatedFile(clone().database, dataFolder, receipt.file_id ?? '', 'xlsx')).pieces)
    const again = await ingestText(clone().database, folder, back)
    expect(again).toMatchObject({ status: 'sealed', accepted: 0, problem_count: cells.length })
    expect(again.problems.map(({ column }) => column)).toEqual(receipt.problems.map(({ column }) => column))
  })

  test('a column that nobody reads may hold what it likes', async () => {
    for (const cell of [{ error: '#REF!' }, { formula: 'ROW()' }, { number: '1E99' }, { shared: '99' }]) expect(await problemWith('STT', cell)).toBeNull()
  })

  test('days counted from 1904', async () => {
    expect(await problemWith('list_date', { number: '43861', style: 1 }, { is1904: true })).toBeNull()
    expect(await problemWith('birth_date', { number: '60', style: 1 }, { is1904: true })).toBeNull()
    expect(await held('list_date::text, birth_date::text')).toEqual(expect.arrayContaining([{ list_date: '2024-02-01', birth_date: null }, { list_date: null, birth_date: '1904-03-01' }]))
  })

  test.each<[CellSpec, string | null]>([
    [{ number: '9.70436E+18' }, 'account_scientific'], [{ number: '1.23457E+11' }, 'account_scientific'], [{ number: '9704360000012345000' }, 'digits_lost'], ['9.70436E+18', 'account_scientific'], [{ number: '1500205123456' }, null], ['0123456789', null],
  ])('an account %j: %s (V8)', async (account, code) => {
    const rows = rowsOf(paymentHeader, paymentLine())
    const receipt = await ingest([{ rows: [rows[0]!, rows[1]!.map((cell, field) => (field === 5 ? account : cell))] }])
    expect(receipt.problems.map((problem) => problem.code)).toEqual(code === null ? [] : [code])
  })

  test('instants with a time of day, to the second', async () => {
    const rows = rowsOf(paymentHeader, paymentLine())
    const receipt = await ingest([{ rows: [rows[0]!, rows[1]!.map((cell, field): CellSpec => (field === 9 ? { number: '46301.395833333336', style: 3 } : field === 7 ? { number: '46300', style: 1 } : cell))] }])
    expect(receipt.problems).toEqual([])
    expect(await clone().database.query('select instructed_at, credited_at from payment_report')).toEqual([{ instructed_at: '2026-10-04T17:00:00Z', credited_at: '2026-10-06T02:30:00Z' }])
  })

  test('a total that no spreadsheet worked out refuses the file', async () => {
    expect(await ingest([{ rows: [...list(2), ['TỔNG CỘNG', null, null, null, null, { formula: 'SUM(F2:F3)' }]] }])).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch', line: 4, raw: '=SUM(F2:F3)' } })
    expect(await ingest([{ rows: [...list(2), ['TỔNG CỘNG', null, null, null, null, { number: '1', formula: 'SUM(F2:F3)' }]] }])).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch', line: 4 } })
  })

  test('names from the file harm no prototype', async () => {
    await ingest([{ name: '__proto__', rows: [[...list(1)[0]!, '__proto__', 'constructor'], [...list(1)[1]!, 'x', 'toString']] }])
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

test('the first bytes say what a file is, not its name', async () => {
  const text = `${[listHeader, ...ids(2).map((id) => listLine({ id }))].join('\n')}\n`
  expect(await ingestFile(clone().database, { path: fileOf(folder, text, 'saved as csv.xlsx') }, surroundingsIn(folder))).toMatchObject({ format: 'csv', accepted: 2 })
  expect(await ingestFile(clone().database, { path: fileOf(folder, workbook({ sheets: [{ rows: list(3) }] }), 'workbook.csv') }, surroundingsIn(folder))).toMatchObject({ format: 'xlsx', accepted: 1, repeats: 2 })
  expect(await ingestFile(clone().database, { path: fileOf(folder, '<html><table><tr><td>scheme</td></tr></table></html>', 'page.xlsx') }, surroundingsIn(folder))).toMatchObject({ refusal: { code: 'format_unknown' } })
})

test('a workbook cut off at every 4 kB leaves nothing but its refusal', async () => {
  const bytes = workbook({ sheets: [{ rows: rowsOf(listHeader, ...Array.from({ length: 2500 }, (_, at) => listLine({ id: `0010${(10_000_000 + ((at * 7_919_191) % 89_999_999))}` }))) }], isShared: true })
  const before = await stateOf(clone().database, ['source_file'])
  for (let end = 4096; end < bytes.length; end += 4096) expect(await ingestText(clone().database, folder, bytes.subarray(0, end))).toMatchObject({ status: 'refused', refusal: { code: 'file_damaged' } })
  expect(await stateOf(clone().database, ['source_file'])).toBe(before)
  expect(await ingestText(clone().database, folder, bytes)).toMatchObject({ status: 'sealed', accepted: 2500 })
})

test('whatever the values, a workbook of texts and the CSV of the same rows have the same lines, problems and totals', async () => {
  const value = fc.constantFrom('BTXH', 'BTXX', '2026-10', '10/2026', '2026-13', '001087123456', '1087123456', 'Nguyễn Văn An', '00001', '540000', '5.4', '-1', '0', '1e5', 'x"y', 'a,b', ' Tổng cộng ', 'TỔNG CỘNG', 'Thôn Nà Pó', 'I', '', '', '\ufffd', '=1+1')
  const row = fc.oneof(fc.constant(listLine().split(',')), fc.constant(listLine({ id: '001087123457', amount: '810000' }).split(',')), fc.array(value, { minLength: 6, maxLength: 6 }))
  // Rows without any text are lines of a CSV, and no rows of a sheet.
  const table = fc.array(row.filter((cells) => cells.some((cell) => cell.trim() !== '')), { minLength: 1, maxLength: 12 })
  await fc.assert(fc.asyncProperty(table, async (cells) => {
    const rows = [listHeader.split(','), ...cells]
    const asText = rows.map((each) => each.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
    const tally = ({ status, lines, accepted, repeats, ignored, problem_count, problems, is_control_sum_checked, refusal }: Receipt): unknown => ({ status, lines, stored: accepted + repeats, ignored, problem_count, problems, is_control_sum_checked, refusal: refusal?.code ?? null, line: refusal?.line ?? null })
    const [sent, plain] = [await ingest([{ rows }]), await ingestText(clone().database, folder, `${asText}\n`)]
    if (sent.repeat_of === null && plain.repeat_of === null) expect(tally(sent)).toEqual(tally(plain))
  }), fuzzing(40))
}, 120_000)

test('what is refused leaves nothing behind', async () => {
  const before = await stateOf(clone().database, ['source_file'])
  expect(await ingest([{ rows: [...list(50), ['TỔNG CỘNG', null, null, null, null, { number: '1' }]] }])).toMatchObject({ status: 'refused' })
  expect(await stateOf(clone().database, ['source_file'])).toBe(before)
})
