/** The sender's own file back: the same rows, each with its number and what is wrong with it; safe to open, ready to send again. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { bytesOf, unzip } from '../helpers/unzip.ts'
import { useDatabase } from '../helpers/database.ts'
import { annotatedFile, compareFile, countProblems, previewFile, saveProfile } from '../../src/ingest/index.ts'
import { asCsv, writeOrder } from '../helpers/payment-messages.ts'
import { nightOf } from '../helpers/payment-night.ts'
import { clock, fileOf, ingestText, listHeader, listLine, paymentHeader, surroundingsIn, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const data = join(folder, 'data')

async function annotate(fileId: string | null): Promise<{ text: string; rows: string[][] }> {
  const { pieces } = await annotatedFile(clone().database, data, fileId ?? '')
  const text = (await bytesOf(pieces)).toString('utf8')
  expect(text.startsWith('\ufeff')).toBe(true)
  return { text, rows: Papa.parse<string[]>(text.slice(1).trimEnd()).data }
}

describe('a file that comes back', () => {
  test('has the same rows in the same order, titles and totals too, and says what is wrong where it is wrong', async () => {
    const { database } = clone()
    const sent = ['DANH SÁCH,,', '', listHeader.replace('due_amount', 'Số tiền'), listLine(), listLine({ amount: '1.350.000', id: '1087123456' }), 'BTXH,2026-10,001', `${listLine({ id: '001087123458' })},extra`, 'TỔNG CỘNG,,,,,', '']
    const receipt = await ingestText(database, folder, sent.join('\n'))
    const { rows } = await annotate(receipt.file_id)
    const names = ['row_no', 'error_code', 'error_vi', 'error_en']
    expect(rows.map((row) => row.slice(0, 6))).toEqual(sent.slice(0, -1).map((line) => line.split(',').slice(0, 6)).map((cells, index) => (index === 5 ? [...cells, '', '', ''] : cells)))
    expect(rows[2]?.slice(6)).toEqual(names)
    expect(rows[3]?.slice(6)).toEqual(['4', '', '', ''])
    expect(rows[4]?.slice(6, 8)).toEqual(['5', 'identifier_lost_zeros; amount_invalid'])
    expect(rows[4]?.[8]).toMatch(/^beneficiary_id: .* Có phải: 001087123456\? \| Số tiền: Số tiền có thể đọc/)
    expect(rows[4]?.[9]).toMatch(/^beneficiary_id: .* Is it 001087123456\? \| Số tiền: The amount/)
    expect(rows[5]?.slice(6, 8)).toEqual(['6', 'field_count'])
    expect(rows[6]?.slice(6)).toEqual(['7', 'field_count', expect.any(String), expect.any(String), 'extra'])
    expect(rows[7]?.slice(6)).toEqual(['8', '', '', ''])
  })

  test('is taken in again once it is corrected, the four columns left out', async () => {
    const { database } = clone()
    const receipt = await ingestText(database, folder, [listHeader, listLine({ id: '001087123501' }), listLine({ id: '001087123502', amount: '1.350.000' }), ''].join('\n'))
    const { text } = await annotate(receipt.file_id)
    const corrected = await ingestText(database, folder, text.replace('1.350.000', '1350000'))
    expect(corrected).toMatchObject({ status: 'sealed', accepted: 1, repeats: 1, problem_count: 0 })
  })

  test('of payments too: our word for what was wrong is never taken for a bank’s reason', async () => {
    const { database } = clone()
    for (const [header, value] of [['Mã lý do', 'AC04'], ['Ghi chú', '']] as const) {
      const sent = `creditor_agent,creditor_account,instructed_amount,transaction_status,instructed_at,${header}\n970436,150020000${header.length},540.000,RJCT,2026-10-02T08:00:00,${value}\n`
      const receipt = await ingestText(database, folder, sent)
      expect(receipt).toMatchObject({ kind: 'disbursement', problem_count: 1 })
      for (const lines of ['all', 'wrong'] as const) {
        const text = (await bytesOf((await annotatedFile(database, data, receipt.file_id ?? '', 'csv', lines)).pieces)).toString('utf8')
        const corrected = await ingestText(database, folder, text.replace('540.000', lines === 'all' ? '540000' : '550000'))
        expect(corrected).toMatchObject({ status: 'sealed', kind: 'disbursement', accepted: 1, problem_count: 0 })
        expect(await database.query('select return_reason_code as reason from payment_report where file_id = $1', [corrected.file_id])).toEqual([{ reason: value === '' ? null : value }])
      }
    }
  })

  test('comes with its wrong lines alone too, which go in by themselves once they are corrected', async () => {
    const { database } = clone()
    const receipt = await ingestText(database, folder, ['DANH SÁCH,,', listHeader, listLine({ id: '001087123701' }), listLine({ id: '001087123702', amount: '1.350.000' }), 'TỔNG CỘNG,,,,,', ''].join('\n'))
    const { pieces, fileName } = await annotatedFile(database, data, receipt.file_id ?? '', undefined, 'wrong')
    expect(fileName).toMatch(/\.corrections\.csv$/)
    const text = (await bytesOf(pieces)).toString('utf8')
    const rows = Papa.parse<string[]>(text.slice(1).trimEnd()).data
    expect(rows.map((row) => [row[2], row[6], row[7]])).toEqual([['beneficiary_id', 'row_no', 'error_code'], ['001087123702', '4', 'amount_invalid']])
    expect(await ingestText(database, folder, text.replace('1.350.000', '1350000'))).toMatchObject({ status: 'sealed', accepted: 1, repeats: 0, problem_count: 0 })
  })

  test('holds no formula: texts that begin like one get an apostrophe, amounts stay as they are', async () => {
    const { database } = clone()
    const evil = ['=1+1', '+84 90', '-cmd', '@SUM(A1)', '\t=1', ' =1', '＝1', '"=""a"""']
    const receipt = await ingestText(database, folder, [`=title,,,,,`, `${listHeader},note`, ...evil.map((name, index) => `${listLine({ id: `00108712360${index}`, name, amount: index === 0 ? '-540000' : '540000' })},${name}`), ''].join('\r\n'))
    const { rows } = await annotate(receipt.file_id)
    expect(rows[0]?.[0]).toBe("'=title")
    for (const [index, name] of evil.entries()) {
      const written = name.startsWith('"') ? '="a"' : name
      expect(rows[index + 2]?.[3]).toBe(`'${written}`)
      expect(rows[index + 2]?.[6]).toBe(`'${written}`)
    }
    expect(rows[2]?.[5]).toBe('-540000')
  })

  test('keeps the sender\'s delimiter and names, by a profile and from another encoding too', async () => {
    const { database } = clone()
    const savedProfile = await saveProfile(database, 'back', { kind: 'disbursement', columns: { 'Số TK': 'creditor_account', 'Tiền': 'instructed_amount', 'KQ': 'transaction_status', 'Ngày': 'credited_at' }, constants: { creditor_agent: '970436' }, amount_style: '1.234.567,00' }, clock)
    const sent = 'Số TK;Tiền;KQ;Ngày\n0123456789;1.350.000;Thành công;05/10/2026\n0123456789;1,5;Thành công;05/10/2026\n'
    for (const bytes of [Buffer.from(sent), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sent, 'utf16le')])]) {
      const receipt = await ingestText(database, folder, bytes, { savedProfile })
      expect(receipt).toMatchObject({ accepted: bytes.length === Buffer.byteLength(sent) ? 1 : 0, problem_count: 1 })
      const { text } = await annotate(receipt.file_id)
      expect(text.split('\r\n').slice(0, 3)).toEqual(['\ufeffSố TK;Tiền;KQ;Ngày;row_no;error_code;error_vi;error_en', '0123456789;1.350.000;Thành công;05/10/2026;2;;;', expect.stringMatching(/^0123456789;1,5;Thành công;05\/10\/2026;3;amount_has_fraction;"?Tiền: /) as string])
    }
  })

  test('may have many thousands of problems, each on its own row', async () => {
    const { database } = clone()
    const bad = Array.from({ length: 7000 }, (_, index) => (index % 5 === 4 ? listLine({ id: `${100_000_000_000 + index}`.replace(/^1/, '0') }) : listLine({ amount: 'x', period: '2026-13', id: '12' })))
    const receipt = await ingestText(database, folder, [listHeader, ...bad, ''].join('\n'))
    expect(await countProblems(database, receipt.file_id ?? '')).toBe(16_800)
    const { rows } = await annotate(receipt.file_id)
    expect(rows).toHaveLength(7001)
    rows.slice(1).forEach((row, index) => { expect(row.slice(6, 8)).toEqual([`${index + 2}`, index % 5 === 4 ? '' : 'period_invalid; identifier_invalid; amount_invalid']) })
  })

  test('can be asked for as a workbook, where every text is a text and every amount a number', async () => {
    const { database } = clone()
    const receipt = await ingestText(database, folder, `${paymentHeader}\n=1+1,BTXH,2026-10,001087123456,970405,0123456789,540000,2026-10-05,ACSC,2026-10-06\n`)
    const { pieces, fileName } = await annotatedFile(database, data, receipt.file_id ?? '', 'xlsx')
    expect(fileName).toMatch(/\.problems\.xlsx$/)
    const sheet = unzip(await bytesOf(pieces)).get('xl/worksheets/sheet1.xml') ?? ''
    expect(sheet).toContain('<c r="G2"><v>540000</v></c>')
    expect(sheet).toMatch(/<c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve">=1\+1</)
    expect(sheet).not.toContain('<f')
  })

  test('of a bank\'s message is CSV with our names, numbered by transaction; laid beside the same as CSV it is the same', async () => {
    const { database } = clone()
    const night = nightOf(11, 20)
    const receipt = await ingestText(database, folder, writeOrder(night.map((payment, index) => (index === 3 ? { ...payment, account: 'x' } : payment))), { source: 'messages' })
    expect(receipt).toMatchObject({ format: 'pain.001.001.09', problem_count: 1 })
    const { rows } = await annotate(receipt.file_id)
    const [header = [], ...data] = rows
    expect(header.slice(-4)).toEqual(['row_no', 'error_code', 'error_vi', 'error_en'])
    expect(data.map((row) => row.at(-4))).toEqual(night.map((_, index) => `${index + 1}`))
    // The message has its transactions in batches, so in another order.
    const wrong = data.filter((row) => row.at(-3) !== '')
    expect(wrong).toHaveLength(1)
    expect(wrong[0]).toEqual(expect.arrayContaining(['x', 'account_invalid']))
    const plain = await compareFile(database, { path: fileOf(folder, asCsv(night, 'order')), source: 'messages' }, surroundingsIn(folder))
    expect(plain).toMatchObject({ earlier: { file_id: receipt.file_id }, same: 19, changed: 0, new: 1, gone: 0, same_percent: 95 })
    const preview = await previewFile(database, { path: fileOf(folder, writeOrder(night)) }, surroundingsIn(folder))
    expect(preview).toMatchObject({ kind: 'disbursement', rows: expect.arrayContaining([expect.objectContaining({ line: 1 })]) as unknown })
  })

  test('is not made of a file that was refused, is not there, or whose bytes are gone', async () => {
    const { database } = clone()
    const refused = await ingestText(database, folder, 'a,b\n1,2\n')
    await expect(annotatedFile(database, data, refused.file_id ?? '')).rejects.toMatchObject({ code: 'file_not_sealed' })
    for (const id of ['0', '-1', '999999999', 'x', '']) await expect(annotatedFile(database, data, id)).rejects.toMatchObject({ code: 'file_unknown' })
    const lost = await ingestText(database, folder, [listHeader, listLine({ id: '001087123999' }), ''].join('\n'))
    rmSync(join(data, 'files', lost.sha256 ?? ''))
    await expect(annotatedFile(database, data, lost.file_id ?? '')).rejects.toMatchObject({ code: 'file_lost' })
  })
})
