/** The same night in every encoding: the same rows, the same counts, and any line found again. */
import { expect, test } from 'vitest'
import { listFiles, rawLine, showFile } from '../../src/ingest/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { encode, writtenEncodings } from '../helpers/encode.ts'
import { ingestText, listHeader, listLine, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const dataFolder = `${folder}/data`

const names = ['Nguyễn Thị Ngọc Ánh', 'Đặng Bích Thuỷ', 'Lý A Sửu', 'Hoàng Quốc Khánh', 'Vừ Thị Mỷ', 'Phạm Hữu Ưởng']
const list = [
  'DANH SÁCH ĐỐI TƯỢNG HƯỞNG TRỢ CẤP,,,,,',
  listHeader,
  ...names.map((name, row) => listLine({ name, id: `00108712340${row}`, unit: '01234' })),
  listLine({ name: 'Trần Văn Bảy', amount: '1.5.0' }),
  `TỔNG CỘNG,,,,,${540_000 * names.length + 1}`,
].join('\r\n')

async function rowsOf(fileId: string | null): Promise<unknown[]> {
  return clone().database.query(`select line_number, identifier_text(person_key) as id, upper(beneficiary_name) as name, due_amount, unit_code from entitlement_line where file_id = $1 order by 1`, [fileId])
}

test.each(writtenEncodings)('a list in %s gives what it gives in UTF-8', async (encoding) => {
  const { database } = clone()
  const plain = await ingestText(database, folder, `${list} \r\n`)
  const sent = await ingestText(database, folder, encode(`${list}\r\n`, encoding))
  expect(sent).toMatchObject({ status: 'sealed', format: 'csv', encoding, parts: null, has_final_newline: true, is_control_sum_checked: false })
  expect(sent).toMatchObject({ lines: plain.lines, ignored: plain.ignored, problem_count: 1, repeats: plain.accepted + plain.repeats })
  expect(await rowsOf(sent.file_id)).toEqual(await rowsOf(plain.file_id))
  expect(sent.problems).toEqual(plain.problems)
  expect(await showFile(database, sent.file_id ?? '', dataFolder)).toMatchObject({ encoding, has_final_newline: true })
  const text = await rawLine(database, dataFolder, sent.file_id ?? '', 4)
  expect(text?.toUpperCase()).toBe(listLine({ name: names[1]!, id: '001087123401', unit: '01234' }).toUpperCase())
  expect(await rawLine(database, dataFolder, sent.file_id ?? '', 99)).toBeNull()
  expect(await ingestText(database, folder, encode(`${list}\r\n`, encoding))).toMatchObject({ repeat_of: sent.file_id, encoding })
})

test('letters of an old encoding that begin far below the top of the file are recognised', async () => {
  const plain = Array.from({ length: 6000 }, (_, row) => listLine({ name: 'An', id: `00108720${`${row}`.padStart(4, '0')}` }))
  const receipt = await ingestText(clone().database, folder, encode(`${[listHeader, ...plain, ...names.map((name) => listLine({ name }))].join('\n')}\n`, 'tcvn3'))
  expect(receipt).toMatchObject({ status: 'sealed', encoding: 'tcvn3', accepted: 6000 + names.length })
})

test('what is not certain is refused, and taken once the encoding is named', async () => {
  const bytes = Buffer.from(`${listHeader}\n${listLine({ name: 'V\xf5' })}\n`, 'latin1')
  const refused = await ingestText(clone().database, folder, bytes)
  expect(refused).toMatchObject({ status: 'refused', format: null, refusal: { code: 'encoding_unknown', line: 2, raw: '0xF5' } })
  const taken = await ingestText(clone().database, folder, bytes, { encoding: 'viscii' })
  expect(taken).toMatchObject({ status: 'sealed', encoding: 'viscii' })
  expect(await rowsOf(taken.file_id)).toMatchObject([{ name: 'VÕ' }])
  expect(await rawLine(clone().database, dataFolder, taken.file_id ?? '', 2)).toContain('Võ')
})

test('a file in an old encoding that is cut anywhere is refused, or says where it broke off', async () => {
  const lines = Array.from({ length: 400 }, (_, row) => listLine({ name: names[row % names.length]!, id: `00108730${`${row}`.padStart(4, '0')}` }))
  for (const encoding of ['tcvn3', 'utf-16le'] as const) {
    const bytes = encode(`${[listHeader, ...lines].join('\n')}\nTỔNG CỘNG,,,,,${540_000 * lines.length}\n`, encoding)
    for (let end = 4096; end < bytes.length; end += 4096) {
      const receipt = await ingestText(clone().database, folder, bytes.subarray(0, end))
      // A file that ends between two lines, or inside its last value, cannot be told from a shorter one; its receipt says how it ends.
      if (receipt.status === 'sealed') expect(receipt.has_final_newline).toBe(false)
      else expect(receipt.refusal?.code).toMatch(/^(?:file_truncated|encoding_unknown)$/)
    }
  }
  expect((await listFiles(clone().database)).every(({ status }) => status === 'sealed' || status === 'refused')).toBe(true)
})
