/** Files read by a saved profile: the same rows as the canonical file, problems in the sender's own places, versions that stay. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { bytesOf, unzip } from '../helpers/unzip.ts'
import { workbook } from '../helpers/workbook.ts'
import { annotatedFile, draftProfile, ingestFile, listProfiles, loadProfile, previewFile, rawLine, rehearseFile, saveProfile, type Preview } from '../../src/ingest/index.ts'
import { clock, fileOf, ingestText, stateOf, surroundingsIn, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()

const bank = {
  kind: 'disbursement',
  columns: { 'STT': null, 'Mã lệnh': 'end_to_end_id', 'CMND/CCCD': 'beneficiary_id', 'Số TK thụ hưởng': 'creditor_account', 'Tiền chuyển': 'instructed_amount', 'Ngày GD': 'credited_at', 'Ngày hoàn': 'returned_at', 'KQ': 'transaction_status', 'Diễn giải': 'reason_text' },
  constants: { creditor_agent: '970436', scheme: 'BTXH', benefit_period: '2026-10' },
  amount_style: '1.234.567,00',
  date_style: 'DD-MM-YYYY',
  statuses: { 'Đã hạch toán': 'ACSC', 'Hoàn về': 'RTRN' },
  reasons: { 'TK đóng': 'AC04' },
}
const top = ['NGÂN HÀNG ABC;;;;;;;;', '', 'STT;Mã lệnh;CMND/CCCD;Số TK thụ hưởng;Tiền chuyển;Ngày GD;Ngày hoàn;KQ;Diễn giải']
const rows = [
  '1;L1;001087123456;0123456789;540.000;05-10-2026;;Đã hạch toán;',
  '2;L2;001087123457;0123456790;1.350.000;05-10-2026;07-10-2026;Hoàn về;Tk Đóng',
]
const total = 'TỔNG CỘNG;;;;1.890.000;;;;'
const signature = ';;;;Người lập biểu;;;;'
const file = (...lines: readonly string[]): string => [...top, ...lines, ''].join('\r\n')
const stored = 'select end_to_end_id, person_key, account_key, creditor_agent, benefit_period, instructed_amount, credited_at, returned_at, transaction_status, return_reason_code, reason_text from payment_report where file_id = $1 order by line_number'

describe('a file read by a profile', () => {
  test('gives the rows that the canonical file gives, with its title, total and signature accounted for', async () => {
    const { database } = clone()
    const savedProfile = await saveProfile(database, 'vcb', bank, clock)
    const receipt = await ingestText(database, folder, file(...rows, total, signature), { savedProfile })
    expect(receipt).toMatchObject({ status: 'sealed', kind: 'disbursement', profile: 'vcb@1', lines: 6, accepted: 2, ignored: 4, problem_count: 0, is_control_sum_checked: true })
    const canonical = await ingestText(database, folder, [
      'end_to_end_id,beneficiary_id,creditor_agent,creditor_account,scheme,benefit_period,instructed_amount,credited_at,returned_at,transaction_status,return_reason_code,reason_text',
      'L1,001087123456,970436,0123456789,BTXH,2026-10,540000,2026-10-05,,ACSC,,',
      'L2,001087123457,970436,0123456790,BTXH,2026-10,1350000,2026-10-05,2026-10-07,RTRN,AC04,Tk Đóng', ''].join('\n'))
    expect(canonical).toMatchObject({ accepted: 0, repeats: 2, profile: null })
    expect(await database.query(stored, [receipt.file_id])).toEqual(await database.query(stored, [canonical.file_id]))
    const ignored = await database.query('select first_line, reason from ignored_lines where file_id = $1 order by 1', [receipt.file_id])
    expect(ignored).toEqual([{ first_line: '1', reason: 'title' }, { first_line: '2', reason: 'empty' }, { first_line: '6', reason: 'total' }, { first_line: '7', reason: 'signature' }])
    // What a person is shown is the sender's own line.
    expect(await rawLine(database, join(folder, 'data'), receipt.file_id ?? '', 5)).toBe(rows[1])
    expect(await rawLine(database, join(folder, 'data'), receipt.file_id ?? '', 3)).toBe(top[2])
  })

  test('has problems with the sender\'s line and text, never a guess', async () => {
    const { database } = clone()
    const savedProfile = await loadProfile(database, 'vcb')
    const receipt = await ingestText(database, folder, file(
      '1;M1;001087123456;0123456789;540000.00;05-10-2026;;Đã hạch toán;',
      '2;M2;001087123456;0123456789;540.000;05/10/2026;;Đã hạch toán;',
      '3;M3;001087123456;0123456789;540.000;05-10-2026;;Chờ tra soát;',
      '4;M4;001087123457;0123456790;540.000;05-10-2026;07-10-2026;Hoàn về;Lý do lạ',
      '5;M5;001087123457;0123456790;540.000;05-10-2026;;Đã "hạch" toán;',
      '6;M6;001087123457;0123456790;540.000',
      '7;M7;1087123456;1.23457E+11;540.000;05-10-2026;;Đã hạch toán;',
      '8;M8;001087123457;0123456790;540.000;05-10-2026;;Đã hạch toán;;thừa',
      '9;M9;001087123459;0123456790;540.000;05-10-2026;;Đã hạch toán;',
      '10;M10;001087123459;0123456790;-540.000;05-10-2026;;Đã hạch toán;',
      '11;M11;001087123459;0123456790;540.000;05-10-2026 25:00;;Đã hạch toán;',
    ), { savedProfile })
    expect(receipt).toMatchObject({ status: 'sealed', accepted: 1, problem_count: 10 })
    expect(receipt.problems.map(({ line, column, code, raw }) => [line, column, code, raw])).toEqual([
      [4, 'instructed_amount', 'amount_invalid', '540000.00'],
      [5, 'credited_at', 'instant_invalid', '05/10/2026'],
      [6, 'transaction_status', 'code_unknown', 'Chờ tra soát'],
      [7, 'reason_text', 'reason_unknown', 'Lý do lạ'],
      [8, null, 'quote_misplaced', '5;M5;001087123457;0123456790;540.000;05-10-2026;;Đã "hạch" toán;'],
      [9, null, 'field_count', '6;M6;001087123457;0123456790;540.000'],
      [10, 'beneficiary_id', 'identifier_lost_zeros', '1087123456'],
      [10, 'creditor_account', 'account_scientific', '1.23457E+11'],
      [11, null, 'field_count', '8;M8;001087123457;0123456790;540.000;05-10-2026;;Đã hạch toán;;thừa'],
      [13, 'instructed_amount', 'amount_not_positive', '-540.000'],
      [14, 'credited_at', 'instant_invalid', '05-10-2026 25:00'],
    ])
    expect(receipt.problems.find(({ line }) => line === 11)?.suggestion).toBe('10 fields, the header has 9')
  })

  test.each([
    ['without one of its headers', [top.join('\r\n').replace('KQ', 'Kết cục'), ...rows].join('\r\n'), 'column_missing', /lacks "KQ"/],
    ['with a header twice', [top.join('\r\n').replace('STT', 'KQ'), ...rows].join('\r\n'), 'column_doubled', /"KQ" more than once/],
    ['with a wrong total', file(...rows, total.replace('1.890.000', '1.890.001')), 'control_sum_mismatch', /./],
    ['with a quote that takes in other lines', file(rows[0]!.replace('Đã hạch toán;', '"Đã hạch toán;'), rows[1]!, rows[0]!.replace('Đã hạch toán;', 'Đã hạch toán";')), 'quote_unbalanced', /line 4/],
    ['that breaks off', file(...rows).trimEnd() + '\r\n3;L3;0010', 'file_truncated', /line 6/],
    ['with bytes that are no letters', Buffer.concat([Buffer.from(file(...rows)), Buffer.from([0xff, 0xfe, 0x0a])]), 'encoding_unknown', /./],
    ['with nothing in it', '', 'file_empty', /./],
  ])('%s is refused whole', async (_, content, code, detail) => {
    const { database } = clone()
    const receipt = await ingestText(database, folder, content, { savedProfile: await loadProfile(database, 'vcb') })
    expect(receipt).toMatchObject({ status: 'refused', profile: 'vcb@1', refusal: { code } })
    expect(receipt.refusal?.detail).toMatch(detail)
    expect(readdirSync(join(folder, 'data', 'incoming'))).toEqual([])
  })

  test('may be in another encoding, and of any length', async () => {
    const { database } = clone()
    const savedProfile = await loadProfile(database, 'vcb')
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(file(rows[0]!.replace('L1', 'W1'), '2;W2'), 'utf16le')])
    expect(await ingestText(database, folder, wide, { savedProfile })).toMatchObject({ status: 'sealed', encoding: 'utf-16le', accepted: 1, problem_count: 1 })
    const many = Array.from({ length: 20_000 }, (_, index) => rows[0]!.replace('L1', `N${index}`))
    const receipt = await ingestText(database, folder, file(...many, `TỔNG CỘNG;;;;${`${540_000n * 20_000n}`.replace(/\B(?=(\d{3})+$)/g, '.')};;;;`), { savedProfile })
    expect(receipt).toMatchObject({ status: 'sealed', accepted: 20_000, is_control_sum_checked: true })
    expect(await rawLine(database, join(folder, 'data'), receipt.file_id ?? '', 15_003)).toBe(many[14_999])
  })
})

describe('whatever comes', () => {
  test('cut anywhere, bitten or mixed up, a file is taken with every line accounted for, or refused and nothing is left of it', async () => {
    const { database } = clone()
    const savedProfile = await loadProfile(database, 'vcb')
    let round = 0
    const whole = Buffer.from(file(...Array.from({ length: 60 }, (_, index) => rows[index % 2]!.replace(/L\d/, `F${index}`)), signature))
    const damage = fc.oneof(
      fc.record({ cut: fc.integer({ min: 0, max: whole.length }) }),
      fc.record({ at: fc.integer({ min: 0, max: whole.length - 1 }), bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }) }),
      fc.record({ at: fc.integer({ min: 0, max: whole.length - 1 }), text: fc.constantFrom('"', '""', ';', '\n', '\r', '\u0000', 'TỔNG CỘNG;', '=1+1', '__proto__', '\n\n', '";"') }),
    )
    await fc.assert(fc.asyncProperty(damage, async (one) => {
      const bytes = 'cut' in one ? whole.subarray(0, one.cut) : Buffer.concat([whole.subarray(0, one.at), 'bytes' in one ? Buffer.from(one.bytes) : Buffer.from(one.text), whole.subarray(one.at)])
      const before = await stateOf(database, ['source_file'])
      const receipt = await ingestText(database, folder, Buffer.concat([Buffer.from(`${round++}\n`), bytes]), { savedProfile })
      if (receipt.status === 'refused') expect(await stateOf(database, ['source_file'])).toBe(before)
      else {
        expect(receipt.accepted + receipt.repeats + receipt.ignored + receipt.problem_count).toBe(receipt.lines)
        const { pieces } = await annotatedFile(database, join(folder, 'data'), receipt.file_id ?? '')
        expect((await bytesOf(pieces)).toString().split('row_no').length).toBeGreaterThanOrEqual(2)
      }
      expect(readdirSync(join(folder, 'data', 'incoming'))).toEqual([])
      expect(Object.keys(Object.prototype)).toEqual([])
    }), { numRuns: 60 })
  })
})

describe('a workbook read by a profile', () => {
  const cells = (line: string): string[] => line.split(';')
  const sheet = (name: string, ...lines: readonly string[]): { name: string; rows: (string | { number: string } | null)[][] } => ({ name, rows: [['NGÂN HÀNG ABC'], ...[top[2] ?? '', ...lines].map(cells)] })

  test('gives the rows of the CSV, sheet by sheet, with dates and numbers of its own, and problems in their rows', async () => {
    const { database } = clone()
    const savedProfile = await loadProfile(database, 'vcb')
    const first = sheet('Tháng 10', rows[0]!.replace('L1', 'X1'), rows[1]!.replace('L2', 'X2'), '3;X3;001087123457;0123456790;1,5;05-10-2026;;Đã hạch toán;')
    first.rows.push(['4', 'X4', '001087123457', '0123456790', { number: '540000' }, '2026-10-05', null, 'Đã hạch toán'])
    const second = sheet('Bổ sung', rows[0]!.replace('L1', 'X5'), '2;X6;001087123457;0123456790;540.000;05-10-2026;07-10-2026;Hoàn về;Lý do lạ')
    const guide = { name: 'Hướng dẫn', rows: [['Cột', 'Cách ghi'], ['KQ', 'Kết quả']] }
    const receipt = await ingestText(database, folder, workbook({ sheets: [first, guide, second] }), { savedProfile })
    expect(receipt).toMatchObject({ status: 'sealed', format: 'xlsx', profile: 'vcb@1', accepted: 4, problem_count: 2 })
    expect(receipt.problems.map(({ line, column, code, raw }) => [line, column, code, raw])).toEqual([
      [5, 'instructed_amount', 'amount_has_fraction', '1,5'],
      [10_000_004, 'reason_text', 'reason_unknown', 'Lý do lạ'],
    ])
    expect(await database.query('select end_to_end_id, instructed_amount, return_reason_code from payment_report where file_id = $1 order by line_number', [receipt.file_id])).toEqual([
      { end_to_end_id: 'X1', instructed_amount: '540000', return_reason_code: null }, { end_to_end_id: 'X2', instructed_amount: '1350000', return_reason_code: 'AC04' },
      { end_to_end_id: 'X4', instructed_amount: '540000', return_reason_code: null }, { end_to_end_id: 'X5', instructed_amount: '540000', return_reason_code: null },
    ])
    expect(await rawLine(database, join(folder, 'data'), receipt.file_id ?? '', 10_000_004)).toContain('540.000,05-10-2026,07-10-2026,Hoàn về,Lý do lạ')
    const { pieces, fileName } = await annotatedFile(database, join(folder, 'data'), receipt.file_id ?? '')
    expect(fileName).toMatch(/\.problems\.xlsx$/)
    const back = unzip(await bytesOf(pieces)).get('xl/worksheets/sheet1.xml') ?? ''
    expect(back).toContain('>reason_unknown<')
    expect(back).toContain('>Bổ sung!4<')
    expect(back).toContain('>Diễn giải: ')
  })

  test('is previewed with its own headers, and refused when no sheet has them', async () => {
    const { database } = clone()
    const savedProfile = await loadProfile(database, 'vcb')
    const path = fileOf(folder, workbook({ sheets: [sheet('A', ...rows.map((row) => row.replace('L', 'Y')))] }), 'preview.xlsx')
    const preview = (await previewFile(database, { path, savedProfile }, surroundingsIn(folder))) as Preview
    expect(preview.rows.map(({ line, values }) => [line, values['end_to_end_id']])).toEqual([[3, 'Y1'], [4, 'Y2']])
    expect(preview.columns).toContainEqual({ header: 'KQ', column: 'transaction_status', isKnown: true })
    expect(await draftProfile({ path, kind: 'disbursement' })).toMatchObject({ columns: { 'STT': null, 'Mã lệnh': 'end_to_end_id' } })
    const other = workbook({ sheets: [{ name: 'A', rows: [['a', 'b'], ['1', '2']] }] })
    expect(await ingestText(database, folder, other, { savedProfile })).toMatchObject({ status: 'refused', refusal: { code: 'column_missing' } })
  })
})

describe('versions', () => {
  test('are added, never changed; a file keeps the one that read it', async () => {
    const { database } = clone()
    const first = await saveProfile(database, 'versions', bank, clock)
    expect(await saveProfile(database, 'versions', bank, clock)).toMatchObject({ version: 1, isNew: false })
    const second = await saveProfile(database, 'versions', { ...bank, statuses: { 'Đã hạch toán': 'ACSC' } }, clock)
    expect([first.version, first.isNew, second.version, second.isNew]).toEqual([1, true, 2, true])
    expect((await loadProfile(database, 'versions', 1)).profile.description).toEqual(first.profile.description)
    expect((await loadProfile(database, 'versions')).version).toBe(2)
    const receipt = await ingestText(database, folder, file(rows[0]!.replace('L1', 'V1')), { savedProfile: first })
    expect(receipt.profile).toBe('versions@1')
    expect(await listProfiles(database)).toContainEqual(expect.objectContaining({ name: 'versions', version: 2, kind: 'disbursement', files: 1 }))
    await expect(loadProfile(database, 'nobody')).rejects.toMatchObject({ code: 'profile_unknown' })
    await expect(saveProfile(database, '../x', bank, clock)).rejects.toMatchObject({ code: 'profile_name_invalid' })
    await expect(saveProfile(database, 'x', { ...bank, reasons: { x: 'ZZ99' } }, clock)).rejects.toThrow(/ZZ99/)
  })
})

describe('nothing is stored', () => {
  test('by a preview: columns, first rows as understood, what is not, and the counts of the whole file', async () => {
    const { database } = clone()
    const path = fileOf(folder, file(...rows, '3;L3;001087123457;0123456790;1,5;05-10-2026;;Đã hạch toán;', total.replace('1.890.000', '1,890,000')))
    const savedProfile = await loadProfile(database, 'vcb')
    const before = await stateOf(database)
    const preview = (await previewFile(database, { path, savedProfile }, surroundingsIn(folder))) as Preview
    expect(preview).toMatchObject({ kind: 'disbursement', profile: 'vcb@1' })
    expect(preview.columns).toContainEqual({ header: 'STT', column: null, isKnown: true })
    expect(preview.columns).toContainEqual({ header: 'KQ', column: 'transaction_status', isKnown: true })
    expect(preview.rows.map(({ line }) => line)).toEqual([4, 5, 6])
    expect(preview.rows[1]).toMatchObject({ values: { instructed_amount: '1350000', credited_at: '2026-10-05', transaction_status: 'RTRN', return_reason_code: 'AC04', creditor_agent: '970436' }, problems: [] })
    expect(preview.rows[2]?.problems).toMatchObject([{ line: 6, column: 'instructed_amount', code: 'amount_has_fraction', raw: '1,5' }])
    expect(await stateOf(database)).toBe(before)
    expect(readdirSync(join(folder, 'data', 'incoming'))).toEqual([])
  })

  test('by a rehearsal, not even of bytes that are sealed or of a file that would be refused', async () => {
    const { database } = clone()
    const sealed = fileOf(folder, file(rows[0]!.replace('L1', 'R1')))
    const savedProfile = await loadProfile(database, 'vcb')
    await ingestFile(database, { path: sealed, savedProfile }, surroundingsIn(folder))
    const before = await stateOf(database)
    expect(await rehearseFile(database, { path: sealed, savedProfile }, surroundingsIn(folder), async () => {})).toMatchObject({ status: 'sealed', accepted: 0, repeats: 1 })
    const bad = fileOf(folder, 'foo,bar\n1,2\n')
    expect(await rehearseFile(database, { path: bad }, surroundingsIn(folder), () => Promise.reject(new Error('never asked')))).toMatchObject({ status: 'refused', refusal: { code: 'kind_unknown' } })
    expect(await previewFile(database, { path: bad }, surroundingsIn(folder))).toMatchObject({ status: 'refused' })
    expect(await stateOf(database)).toBe(before)
    expect(existsSync(join(folder, 'data', 'quarantine', '0'))).toBe(false)
  })

  test('by a preview without a profile', async () => {
    const { database } = clone()
    const path = fileOf(folder, 'Danh sách\nHọ và tên;Số CCCD;Mã xã;Chế độ;Tháng;Số tiền;Ghi chú\nNguyễn Văn An;001087123456;00001;BTXH;10/2026;540.000;x\n')
    const preview = (await previewFile(database, { path }, surroundingsIn(folder))) as Preview
    expect(preview).toMatchObject({ kind: 'beneficiary_list', profile: null, rows: [{ line: 3, values: { due_amount: '540.000' }, problems: [{ code: 'amount_invalid' }] }] })
    expect(preview.columns.at(-1)).toEqual({ header: 'Ghi chú', column: null, isKnown: false })
  })

  test('by a draft, which takes each header that is known once and leaves the rest to a person', async () => {
    const draft = await draftProfile({ path: fileOf(folder, file(...rows)) })
    expect(draft).toMatchObject({ kind: 'disbursement', delimiter: ';', columns: { 'STT': null, 'Mã lệnh': 'end_to_end_id', 'CMND/CCCD': 'beneficiary_id', 'Số TK thụ hưởng': 'creditor_account', 'KQ': null } })
    await expect(draftProfile({ path: fileOf(folder, 'a,b\n') })).rejects.toMatchObject({ code: 'header_missing' })
  })
})
