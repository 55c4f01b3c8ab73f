/** Bad files and bad values: each gets the contract's answer, and nothing else in the database changes. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { fileOf, ingestText, listHeader, listLine, paymentHeader, paymentLine, stateOf, surroundingsIn, useFolder } from './helpers.ts'
import { ingestFile } from '../../src/ingest/index.ts'

const clone = useDatabase()
const folder = useFolder()
const goodList = [listHeader, listLine(), listLine({ id: '001087123457' }), ''].join('\n')

interface Refused {
  readonly what: string
  readonly content: string | Uint8Array
  readonly kind?: string
  readonly controlCount?: number
  readonly controlSum?: string
  readonly code: string
  readonly line?: number
  readonly column?: string
  readonly detail?: RegExp
}

const utf16 = (text: string, mark: boolean): Uint8Array => Buffer.concat([Buffer.from(mark ? [0xff, 0xfe] : []), Buffer.from(text, 'utf16le')])
const replaceBytes = (text: string, place: string, bytes: number[]): Uint8Array => {
  const at = Buffer.from(text.slice(0, text.indexOf(place)))
  return Buffer.concat([at, Buffer.from(bytes), Buffer.from(text.slice(text.indexOf(place) + place.length))])
}

const refused: readonly Refused[] = [
  { what: 'an empty file', content: '', code: 'file_empty' },
  { what: 'only a byte order mark', content: '\ufeff', code: 'file_empty' },
  { what: 'only a header', content: `${listHeader}\n`, code: 'file_empty' },
  { what: 'an unknown header', content: 'foo,bar,baz\n1,2,3\n', code: 'kind_unknown' },
  { what: 'an unknown header for a named kind', content: 'foo,bar,baz\n1,2,3\n', kind: 'disbursement', code: 'header_missing' },
  { what: 'prose without a table', content: 'Kính gửi các ngân hàng\nĐây là danh sách\n', code: 'header_missing' },
  { what: 'a kind that does not exist', content: goodList, kind: 'beneficiaries', code: 'kind_unknown' },
  { what: 'a missing required column', content: goodList.replace('unit_code', 'whatever'), code: 'column_missing', column: 'unit_code', line: 1 },
  { what: 'a missing required column, kind named', content: goodList.replace('due_amount', 'whatever'), kind: 'beneficiary_list', code: 'column_missing', column: 'due_amount' },
  { what: 'a doubled required column', content: goodList.replaceAll(',2026-10', ',2026-10,2026-10').replace('benefit_period', 'benefit_period,benefit_period'), code: 'column_doubled', column: 'benefit_period' },
  { what: 'a column named canonically and by an alias', content: goodList.replace('due_amount', 'due_amount,Số tiền').replaceAll(',540000', ',540000,540000'), code: 'column_doubled', column: 'due_amount', line: 1, detail: /"due_amount" and "Số tiền"/ },
  { what: 'a column named by two aliases', content: goodList.replace('due_amount', 'Mức hưởng,Số tiền').replaceAll(',540000', ',540000,540000'), code: 'column_doubled', column: 'due_amount', line: 1, detail: /"Mức hưởng" and "Số tiền"/ },
  { what: 'a file of another kind', content: `${paymentHeader}\n${paymentLine()}\n`, kind: 'beneficiary_list', code: 'column_missing', detail: /looks like disbursement/ },
  { what: 'a header of several kinds', content: 'unit_code,village,distance_km,name,valid_from\n00001,Nà Pó,3,Bằng Thành,2026-01-01\n', code: 'kind_ambiguous', line: 1 },
  { what: 'a quote that is never closed', content: `${listHeader}\n${listLine()}\n${listLine({ name: '"Nguyễn' })}\n${listLine()}\n`, code: 'quote_unbalanced', line: 3 },
  { what: 'a quote that swallows a line and then closes in the wrong place', content: `${listHeader}\n${listLine({ name: '"Nguyễn' })}\n${listLine({ name: '"Trần"' })}\n`, code: 'quote_unbalanced', line: 2 },
  { what: 'a quote that swallows a line and then closes where a value can end', content: `${listHeader}\n${listLine({ name: '"Nguyễn' })}\n${listLine({ name: 'Trần"' })}\n`, code: 'quote_unbalanced', line: 2 },
  { what: 'wrong UTF-8 in a value', content: replaceBytes(goodList, 'ễ', [0xea, 0xde]), code: 'encoding_unknown', line: 2, detail: /byte \d+/ },
  { what: 'wrong UTF-8 in the header', content: replaceBytes(goodList, 'scheme', [0xff, 0x41]), code: 'encoding_unknown' },
  { what: 'wrong UTF-8 far below', content: Buffer.concat([Buffer.from(`${listHeader}\n${`${listLine()}\n`.repeat(20_000)}`), Buffer.from([0xc3]), Buffer.from(`${listLine()}\n`)]), code: 'encoding_unknown', line: 20_002 },
  { what: 'UTF-16 cut in the middle of a letter', content: utf16(goodList, true).subarray(0, -1), code: 'encoding_unknown' },
  { what: 'UTF-32', content: Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), ...Array.from(goodList).map((letter) => Buffer.from([letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8, 0, 0]))]), code: 'encoding_unknown' },
  { what: 'the beginning of a workbook', content: Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)]), code: 'file_damaged' },
  { what: 'an old workbook', content: Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]), code: 'format_unknown', detail: /password/ },
  { what: 'XML that is no message', content: '<?xml version="1.0"?><Document/>', code: 'message_unknown' },
  { what: 'a web page', content: '<!DOCTYPE html>\n<html><body><table></table></body></html>', code: 'format_unknown' },
  { what: 'a PDF', content: '%PDF-1.7\n', code: 'format_unknown' },
  { what: 'an MT940 statement of two fields', content: ':20:STARTUMS\n:25:1234\n', code: 'statement_invalid', line: 1 },
  { what: 'a truncated last line', content: `${listHeader}\n${listLine()}\n${listLine().slice(0, 25)}`, code: 'file_truncated', line: 3 },
  { what: 'a last line cut off in its first value', content: `${listHeader}\n${listLine()}\nBTX`, code: 'file_truncated', line: 3 },
  { what: 'a last line cut off inside a quote', content: `${listHeader}\n${listLine()}\nBTXH,2026-10,001087123456,"Nguy`, code: 'quote_unbalanced', line: 3 },
  { what: 'a line without end', content: `${listHeader}\n${'a'.repeat(1_100_000)}\n`, code: 'line_too_long', line: 2 },
  { what: 'a quote with a megabyte after it', content: `${listHeader}\n"${'a\n'.repeat(1_000_000)}`, code: 'quote_unbalanced', line: 2 },
  { what: 'too many columns in a line', content: `${listHeader}\n${'1,'.repeat(600)}\n`, code: 'too_many_columns', line: 2 },
  { what: 'a wrong control count', content: goodList, controlCount: 3, code: 'control_count_mismatch' },
  { what: 'a wrong control sum', content: goodList, controlSum: '1080001', code: 'control_sum_mismatch' },
  { what: 'a control sum that cannot be read', content: goodList, controlSum: '1.080.000', code: 'control_sum_mismatch' },
  { what: 'a wrong total row', content: `${goodList}TỔNG CỘNG,,,,,1080001\n`, code: 'control_sum_mismatch', line: 4 },
  { what: 'a total row that cannot be read', content: `${goodList}Tổng cộng,,,,,1.080.000\n`, code: 'control_sum_mismatch', line: 4 },
]

describe('a file in doubt is refused whole', () => {
  test.each(refused)('$what: $code', async ({ content, code, line, column, detail, what, ...more }) => {
    const { database } = clone()
    const before = await stateOf(database, ['source_file'])
    const filesBefore = await database.query('select * from source_file order by file_id')
    const receipt = await ingestText(database, folder, content, more)
    expect(receipt.refusal, what).toMatchObject({ code, ...(line !== undefined && { line }), ...(column !== undefined && { column }) })
    if (detail !== undefined) expect(receipt.refusal?.detail).toMatch(detail)
    expect(receipt).toMatchObject({ status: 'refused', lines: 0, accepted: 0, repeat_of: null, problems: [] })
    expect(await stateOf(database, ['source_file'])).toBe(before)
    const filesAfter = await database.query<{ status: string; sha256: string }>('select * from source_file order by file_id')
    expect(filesAfter.slice(0, -1)).toEqual(filesBefore)
    expect(filesAfter.at(-1)).toMatchObject({ status: 'refused' })
    expect(existsSync(join(folder, 'data', 'quarantine', filesAfter.at(-1)?.sha256 ?? ''))).toBe(true)
    expect(readdirSync(join(folder, 'data', 'incoming'))).toEqual([])
  })

  test('a file that is not there leaves nothing at all', async () => {
    const { database } = clone()
    const before = await stateOf(database)
    const receipt = await ingestFile(database, { path: join(folder, 'missing.csv') }, surroundingsIn(folder))
    expect(receipt).toMatchObject({ status: 'refused', file_id: null, refusal: { code: 'file_unreadable' } })
    expect(await ingestFile(database, { path: folder }, surroundingsIn(folder))).toMatchObject({ refusal: { code: 'file_unreadable' } })
    expect(await stateOf(database)).toBe(before)
  })

  test('two texts with one key refuse the file that brings the second', async () => {
    const { database } = clone()
    const list = (payee: string): string => `beneficiary_id,payee_id,payee_name,relation,valid_from\n001087123456,${payee},Trung tâm,institution,2026-01-01\n`
    expect(await ingestText(database, folder, list('BTXH01HN'))).toMatchObject({ status: 'sealed' })
    await database.query(`update hashed_text set original = 'SOMETHING' where original = 'BTXH01HN'`)
    expect(await ingestText(database, folder, `${list('BTXH01HN')}\n`)).toMatchObject({ status: 'refused', refusal: { code: 'key_collision' } })
  })
})

interface BadValue {
  readonly what: string
  readonly line: string
  readonly column: string | null
  readonly code: string
  readonly raw?: string
  readonly suggestion?: string
}

const badListValues: readonly BadValue[] = [
  ...['1e5', '0x10', 'NaN', '1.350.000', '1_000', '+500', '500đ', '１２３', '', 'N/A', '(500)', '"1,5"', '1.', '.5', 'Infinity', '1.350', '1350000.0', '540000.5'].map((amount) => ({
    what: `the amount ${amount}`,
    line: listLine({ amount }),
    column: 'due_amount',
    code: amount === '' ? 'value_missing' : 'amount_invalid',
    raw: amount.replaceAll('"', ''),
  })),
  ...['-0', '0', '0.00', '-540000'].map((amount) => ({ what: `the amount ${amount}`, line: listLine({ amount }), column: 'due_amount', code: 'amount_not_positive' })),
  { what: 'an amount with a fraction', line: listLine({ amount: '540000.50' }), column: 'due_amount', code: 'amount_has_fraction' },
  { what: 'an amount of 16 digits', line: listLine({ amount: '1234567890123456' }), column: 'due_amount', code: 'amount_too_large' },
  { what: 'a 10-digit id', line: listLine({ id: '1087123456' }), column: 'beneficiary_id', code: 'identifier_lost_zeros', raw: '1087123456', suggestion: '001087123456' },
  { what: 'an 11-digit id', line: listLine({ id: '87123456789' }), column: 'beneficiary_id', code: 'identifier_lost_zeros', suggestion: '087123456789' },
  { what: 'an 8-digit id', line: listLine({ id: '12345678' }), column: 'beneficiary_id', code: 'identifier_lost_zeros', suggestion: '012345678' },
  { what: 'an id with a letter', line: listLine({ id: 'O01087123456' }), column: 'beneficiary_id', code: 'identifier_invalid' },
  { what: 'an id with an invisible character', line: listLine({ id: '001087123456\u200b' }), column: 'beneficiary_id', code: 'identifier_invalid' },
  { what: 'a month 13', line: listLine({ period: '2026-13' }), column: 'benefit_period', code: 'period_invalid' },
  { what: 'an unknown scheme', line: listLine({ scheme: 'BTXX' }), column: 'scheme', code: 'unknown_scheme', raw: 'BTXX' },
  { what: 'a NUL in a name', line: listLine({ name: 'Nguyễn\u0000An' }), column: 'beneficiary_name', code: 'text_invalid', raw: 'Nguyễn␀An' },
  { what: 'an escape sequence in a name', line: listLine({ name: 'Nguyễn\u001b[31m' }), column: 'beneficiary_name', code: 'text_invalid' },
  { what: 'a lost letter in a name', line: listLine({ name: 'Nguy\ufffdn' }), column: 'beneficiary_name', code: 'text_invalid' },
  { what: 'a name of 301 letters', line: listLine({ name: 'ễ'.repeat(301) }), column: 'beneficiary_name', code: 'value_too_long' },
  { what: 'a value of 70 kB', line: listLine({ unit: 'x'.repeat(70_000) }), column: 'unit_code', code: 'value_too_long' },
  { what: 'too few fields', line: 'BTXH,2026-10,001087123456', column: null, code: 'field_count', raw: 'BTXH,2026-10,001087123456', suggestion: '3 fields, the header has 6' },
  { what: 'too many fields', line: `${listLine({ name: '"Nguyễn ""Bé"" An"' })},1`, column: null, code: 'field_count', raw: `${listLine({ name: '"Nguyễn ""Bé"" An"' })},1`, suggestion: '7 fields, the header has 6' },
  { what: 'a quote in the middle', line: listLine({ name: 'Nguyễn "An' }), column: null, code: 'quote_misplaced' },
  { what: 'text after a closing quote', line: listLine({ name: '"Nguyễn"An' }), column: null, code: 'quote_misplaced' },
  { what: 'a quote escaped by a backslash', line: listLine({ name: '"Nguyễn \\"An\\""' }), column: null, code: 'quote_misplaced' },
]

const badPaymentValues: readonly BadValue[] = [
  { what: 'an account in scientific notation', line: paymentLine({ account: '1.23457E+11' }), column: 'creditor_account', code: 'account_scientific', raw: '1.23457E+11' },
  { what: 'an account of three digits', line: paymentLine({ account: '123' }), column: 'creditor_account', code: 'account_invalid' },
  { what: 'an account with an apostrophe', line: paymentLine({ account: "'0123456" }), column: 'creditor_account', code: 'account_invalid' },
  { what: 'a bank by name', line: paymentLine({ agent: 'Agribank' }), column: 'creditor_agent', code: 'agent_invalid' },
  { what: 'an impossible date', line: paymentLine({ credited: '2026-02-30' }), column: 'credited_at', code: 'instant_invalid', raw: '2026-02-30' },
  { what: 'an hour 25', line: paymentLine({ credited: '2026-02-03T25:00:00' }), column: 'credited_at', code: 'instant_invalid' },
  { what: 'an unknown status', line: paymentLine({ status: 'maybe' }), column: 'transaction_status', code: 'code_unknown' },
  { what: 'credited without a time', line: paymentLine({ credited: '' }), column: 'credited_at', code: 'status_date_missing' },
  { what: 'on the way without a time', line: paymentLine({ status: 'PDNG', instructed: '' }), column: 'instructed_at', code: 'status_date_missing' },
  { what: 'returned without a time', line: paymentLine({ status: 'bị trả lại' }), column: null, code: 'status_date_missing' },
]

const goodTail = (line: string): string => `${line}\n`

describe('a value in doubt is a problem of its row, and the other rows stand', () => {
  test.each(badListValues)('in a list: $what', async ({ line, column, code, raw, suggestion }) => {
    const { database } = clone()
    const receipt = await ingestText(database, folder, `${listHeader}\n${listLine()}\n${goodTail(line)}${listLine({ id: '001087123457' })}\n`)
    expect(receipt).toMatchObject({ status: 'sealed', lines: 3, problem_count: 1, ignored: 0 })
    expect(receipt.accepted + receipt.repeats).toBe(2)
    expect(receipt.problems).toMatchObject([{ line: 3, column, code, ...(raw !== undefined && { raw }), ...(suggestion !== undefined && { suggestion }) }])
    const stored = await database.query<{ rows: string }>('select count(*) as rows from entitlement_line where file_id = $1', [receipt.file_id])
    expect(stored[0]?.rows).toBe('2')
  })

  test.each(badPaymentValues)('in a payment file: $what', async ({ line, column, code, raw }) => {
    const { database } = clone()
    const receipt = await ingestText(database, folder, `${paymentHeader},returned_at\n${paymentLine({ reference: 'G1' })},\n${line},\n`)
    expect(receipt).toMatchObject({ status: 'sealed', lines: 2, problem_count: 1 })
    expect(receipt.problems).toMatchObject([{ line: 3, ...(column !== null && { column }), code, ...(raw !== undefined && { raw }) }])
  })

  test('all problems of a line are reported, and the line counts once', async () => {
    const receipt = await ingestText(clone().database, folder, `${listHeader}\n${listLine({ id: '1', amount: '1e5', period: '2026-00' })}\n`)
    expect(receipt.problem_count).toBe(1)
    expect(receipt.problems.map(({ column, code }) => [column, code])).toEqual([['benefit_period', 'period_invalid'], ['beneficiary_id', 'identifier_invalid'], ['due_amount', 'amount_invalid']])
  })

  test('an amount that cannot be read leaves the control sum unchecked instead of refusing the file', async () => {
    const { database } = clone()
    const receipt = await ingestText(database, folder, `${listHeader}\n${listLine()}\n${listLine({ amount: '1.350.000' })}\n`, { controlCount: 2, controlSum: '1890000' })
    expect(receipt).toMatchObject({ status: 'sealed', problem_count: 1, is_control_sum_checked: false })
    const readable = `${listHeader}\n${listLine()}\n${listLine({ id: '1', amount: '1350000' })}\n`
    expect(await ingestText(database, folder, readable, { controlCount: 2, controlSum: '1890000' })).toMatchObject({ status: 'sealed', is_control_sum_checked: true })
    expect(await ingestText(database, folder, `${readable}\n`, { controlCount: 2, controlSum: '540000' })).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch' } })
  })

  test('rules across columns: currency of the scheme, origin of carried-over money, returns within credits', async () => {
    const { database } = clone()
    const list = await ingestText(database, folder, `${listHeader},currency,component,origin_period\n${listLine()},USD,,\n${listLine()},,carried_over,\n${listLine()},,arrears,\n`)
    expect(list.problems.map(({ line, column, code }) => [line, column, code])).toEqual([[2, 'currency', 'currency_mismatch'], [3, 'origin_period', 'origin_period_missing']])
    const payments = await ingestText(
      database,
      folder,
      `${paymentHeader},returned_at,returned_amount\n${paymentLine({ status: 'RTRN' })},2026-10-07,540001\n${paymentLine({ status: 'RTRN', credited: '' })},2026-10-07,1\n${paymentLine({ status: 'RTRN', credited: '' })},2026-10-07,540000\n`,
    )
    expect(payments.problems.map(({ line, column, code }) => [line, column, code])).toEqual([[2, 'returned_amount', 'return_exceeds_credit'], [3, 'credited_at', 'status_date_missing']])
  })

  test('a date, a bank code, a number outside its limits', async () => {
    const { database } = clone()
    const register = await ingestText(database, folder, 'person_id,name,vital_status,verified_date,eid_level\n001087123456,An,alive,31/04/2026,3\n')
    expect(register.problems.map(({ column, code }) => [column, code])).toEqual([['verified_date', 'date_invalid'], ['eid_level', 'number_invalid']])
  })
})

test('a file handed in under a hostile name is stored under its hash, and the name is kept as data', async () => {
  const { database } = clone()
  const receipt = await ingestFile(database, { path: fileOf(folder, goodList.replace('An', 'Bình'), 'a\n;rm -rf $(x) \u202egpj.csv') }, surroundingsIn(folder))
  expect(receipt.status).toBe('sealed')
  expect(receipt.file_name).toContain(';rm -rf $(x)')
  expect(receipt.file_name).not.toContain('\n')
  expect(existsSync(join(folder, 'data', 'files', receipt.sha256 ?? ''))).toBe(true)
})
