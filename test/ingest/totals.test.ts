/** What controls a file: totals in it and declared beside it, sub-totals that control nothing, amounts that leave a sum unchecked. */
import { beforeEach, describe, expect, test } from 'vitest'
import { showFile, type Receipt } from '../../src/ingest/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { ingestText, listHeader, listLine, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()

beforeEach(async () => {
  await clone().database.query('truncate entitlement_line, problem, ignored_lines, source_file_offsets')
  await clone().database.query('delete from source_file where file_id > 0')
})

const ingest = (lines: readonly string[], more = {}): Promise<Receipt> => ingestText(clone().database, folder, `${[listHeader, ...lines].join('\n')}\n`, more)
const amounts = (...texts: readonly string[]): string[] => texts.map((amount, index) => listLine({ amount, id: `0010871234${10 + index}` }))

describe('an amount that cannot be read leaves the sum unchecked', () => {
  test.each(['500.000', '1.5', '500000.50', '500000.0', '1.350.000', '1234567890123456', '500000.123', '500,00', '', '1e5', '-1.350'])('%j', async (amount) => {
    const lines = amounts('500000', amount)
    expect(await ingest(lines, { controlCount: 2, controlSum: '1000000' })).toMatchObject({ status: 'sealed', accepted: 1, problem_count: 1, is_control_sum_checked: false })
    expect(await ingest([...lines, 'TỔNG CỘNG,,,,,1000000'])).toMatchObject({ status: 'sealed', problem_count: 1, is_control_sum_checked: false })
  })

  test('a line that is wrong elsewhere, and an amount of zero in plain digits, are counted in', async () => {
    const lines = [...amounts('500000', '0'), listLine({ id: '1', amount: '250000.00' })]
    expect(await ingest(lines, { controlSum: '750000' })).toMatchObject({ problem_count: 2, is_control_sum_checked: true })
    expect(await ingest([...lines, ''], { controlSum: '500000' })).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch' } })
  })

  test('where every amount is dotted, a dotted total is as little checked as the sum', async () => {
    expect(await ingest([...amounts('500.000', '400.000'), 'TỔNG CỘNG,,,,,900.000'])).toMatchObject({ status: 'sealed', problem_count: 2, ignored: 1, is_control_sum_checked: false })
  })
})

describe('a total', () => {
  test.each(['500.000', '1.080', '500000.0', '500.000 đ', 'x'])('of %j over lines that can be read refuses the file and is quoted as it stands', async (total) => {
    const receipt = await ingest([...amounts('300000', '200000'), `TỔNG CỘNG,,,,,${total}`])
    expect(receipt).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch', line: 4, raw: total } })
    expect(receipt.refusal?.detail).toContain(`"${total}"`)
    expect(receipt.refusal?.detail).not.toMatch(/says/)
  })

  test.each(['TỔNG CỘNG', 'Tổng cộng:', 'Tổng số', 'Total', 'GRAND TOTAL', 'Tong cong'])('is a line that says just %s', async (label) => {
    expect(await ingest([...amounts('300000', '200000'), `${label},,,,,500000`])).toMatchObject({ status: 'sealed', ignored: 1, is_control_sum_checked: true })
    expect(await ingest([...amounts('300000', '200000'), `${label},,,,,500001`])).toMatchObject({ status: 'refused' })
  })

  test('in a line with fewer fields is its only amount', async () => {
    expect(await ingest([...amounts('300000', '200000'), 'TỔNG CỘNG,500000'])).toMatchObject({ status: 'sealed', ignored: 1, is_control_sum_checked: true })
    expect(await ingest([...amounts('300000', '200000'), 'TỔNG CỘNG,,500001'])).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch', line: 4, raw: '500001' } })
    expect(await ingest([...amounts('300000', '200000'), 'TỔNG CỘNG,2,500000'])).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch', line: 4 } })
    expect(await ingest([...amounts('300000', '200000'), 'TỔNG CỘNG,500.000'])).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch', line: 4, raw: '500.000' } })
    expect(await ingest([...amounts('300000', '200000'), 'TỔNG CỘNG'])).toMatchObject({ status: 'sealed', ignored: 1, is_control_sum_checked: null })
  })

  test('covers all lines of the file, those below it too, and says so', async () => {
    const [first = '', second = ''] = amounts('300000', '200000')
    expect(await ingest([first, 'Tổng cộng,,,,,500000', second])).toMatchObject({ status: 'sealed', accepted: 2, is_control_sum_checked: true })
    const receipt = await ingest([first, 'Tổng cộng,,,,,300000', second])
    expect(receipt).toMatchObject({ status: 'refused', refusal: { code: 'control_sum_mismatch', line: 3 } })
    expect(receipt.refusal?.detail).toMatch(/all lines of the file.*1 of them below/)
  })

  test('is no person called Tống Công', async () => {
    const header = 'beneficiary_name,beneficiary_id,unit_code,scheme,benefit_period,due_amount'
    const receipt = await ingestText(clone().database, folder, `${header}\nTống Công,001087123456,00001,BTXH,2026-10,500000\nTống Công,,,,,500000\nTống Công,001087123456\n`)
    expect(receipt).toMatchObject({ status: 'sealed', accepted: 1, problem_count: 2, ignored: 0 })
  })
})

describe('a sub-total', () => {
  test.each(['Cộng xã A,,,,,300000', 'Tổng thôn Nà Pó,,,,,300000', 'Tổng cộng thôn Nà Pó,,,,,1.080', 'Cộng,,,,,300000', 'Cộng xã A,300000', 'Sub-total,,,,,300000', 'Cộng xã A,,,,00001,300000'])('controls nothing: %s', async (line) => {
    const [first = '', second = ''] = amounts('300000', '200000')
    const receipt = await ingest([first, line, second, 'TỔNG CỘNG,,,,,500000'])
    expect(receipt).toMatchObject({ status: 'sealed', accepted: 2, problem_count: 0, ignored: 2, is_control_sum_checked: true })
    expect((await showFile(clone().database, receipt.file_id ?? '')).ignored_lines).toEqual([{ first_line: 3, last_line: 3, reason: 'subtotal' }, { first_line: 5, last_line: 5, reason: 'total' }])
    expect(await ingest([first, line, second, ''])).toMatchObject({ status: 'sealed', is_control_sum_checked: null })
  })

  test('leaves what comes below it data: a line in doubt there is a problem, no signature', async () => {
    const [first = ''] = amounts('300000')
    expect(await ingest([first, 'Cộng xã A,,,,,300000', 'x,y,z,An,,'])).toMatchObject({ accepted: 1, ignored: 1, problem_count: 1 })
  })

  test('is no line with an id, and no person called Công', async () => {
    expect(await ingest(['Cộng xã A,,001087123456,,,300000', 'Công Tằng An,,,,,300000', listLine()])).toMatchObject({ accepted: 1, problem_count: 2, ignored: 0 })
  })
})
