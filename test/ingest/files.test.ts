/** From file to sealed rows and back: counts that add up, repeats, totals, voids, several files at once, any line found again. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../src/core/index.ts'
import { processIdentity } from '../../src/db/index.ts'
import { ingestFile, ingestFiles, listFiles, rawLine, showFile, voidFile, type Receipt } from '../../src/ingest/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { clock, fileOf, ingestText, listHeader, listLine, paymentHeader, paymentLine, stateOf, surroundingsIn, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()

beforeEach(async () => {
  await clone().database.query('truncate entitlement_line, payment_report, account_report, withdrawal_report, mandate_row, register_row, exemption_row, outreach_result_row, complaint_row, problem, ignored_lines, hashed_text, source_file_offsets')
  await clone().database.query('delete from source_file where file_id > 0')
})

const ingest = (content: string | Uint8Array, more = {}): Promise<Receipt> => ingestText(clone().database, folder, content, more)
const count = async (table: string): Promise<number> => Number((await clone().database.query<{ rows: string }>(`select count(*) as rows from ${table}`))[0]?.rows)
const addsUp = (receipt: Receipt): boolean => receipt.accepted + receipt.repeats + receipt.problem_count + receipt.ignored === receipt.lines

describe('a file as it really comes', () => {
  test('title, empty lines, a group row, a repeated header, a total, signatures: each ignored for its reason', async () => {
    const lines = [
      'DANH SÁCH CHI TRẢ,,,,,',
      '',
      listHeader,
      'Thôn Nà Pó,,,,,',
      listLine(),
      listHeader,
      listLine({ id: '001087123457', amount: '810000' }),
      ',,,,,',
      'TỔNG CỘNG,,,,,1350000',
      'Bằng chữ: một triệu ba trăm năm mươi nghìn đồng',
      'Người lập biểu,,,,Chủ tịch,',
      'Trang 1/1',
    ]
    const receipt = await ingest(`\ufeff${lines.join('\r\n')}`)
    expect(receipt).toMatchObject({ status: 'sealed', kind: 'beneficiary_list', lines: 11, accepted: 2, ignored: 9, problem_count: 0, is_control_sum_checked: true })
    const file = await showFile(clone().database, receipt.file_id ?? '')
    expect(file.ignored_lines).toEqual([
      { first_line: 1, last_line: 1, reason: 'title' },
      { first_line: 2, last_line: 2, reason: 'empty' },
      { first_line: 4, last_line: 4, reason: 'note' },
      { first_line: 6, last_line: 6, reason: 'header' },
      { first_line: 8, last_line: 8, reason: 'empty' },
      { first_line: 9, last_line: 9, reason: 'total' },
      { first_line: 10, last_line: 12, reason: 'signature' },
    ])
    const rows = await clone().database.query('select line_number, identifier_text(person_key) as id, beneficiary_name, due_amount, benefit_period from entitlement_line order by 1')
    expect(rows).toEqual([
      { line_number: '5', id: '001087123456', beneficiary_name: 'Nguyễn Văn An', due_amount: '540000', benefit_period: 202610 },
      { line_number: '7', id: '001087123457', beneficiary_name: 'Nguyễn Văn An', due_amount: '810000', benefit_period: 202610 },
    ])
  })

  test('a person called Tống Công An is a person, and a line with an id is never a note', async () => {
    const receipt = await ingest(`${listHeader}\n${listLine({ name: 'Tống Công An' })}\n${listLine({ name: 'Tống Công Bình', amount: '' })}\n,,001087123456,,,\n`)
    expect(receipt).toMatchObject({ accepted: 1, problem_count: 2, ignored: 0 })
  })

  test('semicolons, tabs, sep=, names decomposed: the same rows', async () => {
    const line = listLine({ name: 'Nguyễn Thị Ể' })
    const forms = [
      `${listHeader}\n${line}\n`,
      `${listHeader}\r${line}`.replaceAll(',', ';'),
      `sep=\t\r\n${`${listHeader}\r\n${line}\r\n`.replaceAll(',', '\t')}`,
      `${listHeader}\n${line}\n`.normalize('NFD'),
      `${listHeader}\n${line.split(',').map((value) => `" ${value} "`).join(',')}\n`,
    ]
    for (const form of forms) expect(await ingest(form)).toMatchObject({ status: 'sealed', problem_count: 0 })
    const rows = await clone().database.query<{ content: string; files: string }>(`select (to_jsonb(l) - 'file_id' - 'line_number')::text as content, count(*) as files from entitlement_line l group by 1`)
    expect(rows).toMatchObject([{ files: '5' }])
  })

  test('every kind of status, channel and account is stored as the contract says', async () => {
    const header = 'end_to_end_id,creditor_agent,creditor_account,instructed_amount,currency,instructed_at,transaction_status,credited_at,credited_amount,payment_channel'
    const receipt = await ingest(
      [
        header,
        'A1,970405,1500-205-123456,540000.00,,05/10/2026,đã ghi có,2026-10-06T00:30:00+07:00,540000,tiền mặt',
        'NOTPROVIDED,970405,,12.50,USD,2026-10-05T10:00:00Z,pending,,,',
        ',970436,VCB001X,1000000,VND,,chưa nhận,,,bưu điện',
      ].join('\n') + '\n',
    )
    expect(receipt).toMatchObject({ status: 'sealed', problem_count: 0, accepted: 3 })
    const rows = await clone().database.query(
      `select person_key < 0 as is_nobody, reference_key is not null as has_reference, account_text(account_key) as account, instructed_amount, currency, instructed_at, transaction_status, credited_at, credited_date, credited_amount, payment_channel, end_to_end_id
       from payment_report order by line_number`,
    )
    expect(rows).toEqual([
      { is_nobody: true, has_reference: true, account: '1500205123456', instructed_amount: '540000', currency: 'VND', instructed_at: '2026-10-04T17:00:00Z', transaction_status: 'ACSC', credited_at: '2026-10-05T17:30:00Z', credited_date: '2026-10-06', credited_amount: null, payment_channel: 'cash', end_to_end_id: 'A1' },
      { is_nobody: true, has_reference: false, account: null, instructed_amount: '12.5', currency: 'USD', instructed_at: '2026-10-05T10:00:00Z', transaction_status: 'PDNG', credited_at: null, credited_date: null, credited_amount: null, payment_channel: null, end_to_end_id: null },
      { is_nobody: true, has_reference: false, account: null, instructed_amount: '1000000', currency: 'VND', instructed_at: null, transaction_status: 'NCOL', credited_at: null, credited_date: null, credited_amount: null, payment_channel: 'post', end_to_end_id: null },
    ])
    expect(await clone().database.query('select original from hashed_text')).toEqual([{ original: 'VCB001X' }])
  })

  test('lines always add up, whatever the file holds', async () => {
    const line = fc.constantFrom(listLine(), listLine({ id: '001087123458' }), listLine({ amount: '1.5.0' }), '', ',,,,,', 'Thôn Nà Pó', 'a,b', listHeader, 'Trang 1/2,,,,,', 'Tổng cộng,,,,,', `"Nguyễn\nAn",x`, listLine({ name: '"Trần\nBình"' }), 'Cộng,,,,,', 'x"y,,,,,')
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), async (lines, lineBreak, hasEnd) => {
        const receipt = await ingest(`${[listHeader, ...lines].join(lineBreak)}${hasEnd ? lineBreak : ''}`)
        if (receipt.repeat_of !== null) return
        expect(addsUp(receipt)).toBe(true)
        if (receipt.status === 'refused') return
        expect(receipt.lines).toBeGreaterThan(0)
        const [held] = await clone().database.query<{ rows: string; ignored: string }>(
          'select (select count(*) from entitlement_line where file_id = $1) as rows, (select coalesce(sum(last_line - first_line + 1), 0) from ignored_lines where file_id = $1) as ignored',
          [receipt.file_id],
        )
        expect(Number(held?.rows)).toBe(receipt.accepted + receipt.repeats)
        // A record over several lines counts once.
        if (!lines.some((one) => one.includes('\n'))) expect(Number(held?.ignored)).toBe(receipt.ignored)
      }),
      { numRuns: 60 },
    )
  })

  test('random bytes never crash, hang or store anything by half', async () => {
    const junk = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(listHeader, paymentHeader)).map(([bytes, header]) => Buffer.concat([Buffer.from(`${header}\n`), bytes])),
    )
    await fc.assert(
      fc.asyncProperty(junk, async (bytes) => {
        const before = await stateOf(clone().database, ['source_file'])
        const receipt = await ingest(bytes)
        expect(addsUp(receipt)).toBe(true)
        if (receipt.status === 'refused') expect(await stateOf(clone().database, ['source_file'])).toBe(before)
      }),
      { numRuns: 80 },
    )
  })

  test('every prefix of a file is taken whole, refused, or reports the line it broke off in', async () => {
    const full = `${listHeader}\n${listLine()}\n${listLine({ id: '001087123457', name: '"Trần ""Bé"" An"' })}\n`
    for (let length = listHeader.length; length < full.length; length += 7) {
      const receipt = await ingest(full.slice(0, length))
      const wholeLines = full.slice(0, length).split('\n').length - 2
      if (receipt.status === 'sealed') expect(receipt.lines).toBeLessThanOrEqual(wholeLines + 1)
      else expect(['file_truncated', 'quote_unbalanced', 'file_empty', 'column_missing', 'kind_unknown']).toContain(receipt.refusal?.code)
    }
  })
})

describe('the same again', () => {
  const list = `${listHeader}\n${listLine()}\n${listLine({ id: '001087123457' })}\n`

  test('the same bytes change nothing and answer with the first receipt', async () => {
    const first = await ingest(list)
    const before = await stateOf(clone().database)
    const again = await ingest(list)
    expect(again).toEqual({ ...first, repeat_of: first.file_id })
    expect(await stateOf(clone().database)).toBe(before)
  })

  test('the same bytes at the same time: one is sealed, the other answers with its receipt', async () => {
    const path = fileOf(folder, list)
    const receipts = await Promise.all([1, 2, 3].map(() => ingestFile(clone().database, { path }, surroundingsIn(folder))))
    expect(receipts.filter(({ repeat_of }) => repeat_of === null)).toHaveLength(1)
    expect(new Set(receipts.map(({ file_id }) => file_id)).size).toBe(1)
    expect(await count('entitlement_line')).toBe(2)
    expect(await count('source_file')).toBe(2)
  })

  test('a last line without a line end is taken and said, in the first receipt and in those after it', async () => {
    for (const [content, hasEnd] of [[list, true], [list.slice(0, -1), false], [list.replaceAll('\n', '\r'), true], [`${list.slice(0, -7)}"540000"`, false]] as const) {
      const first = await ingest(content)
      expect(first).toMatchObject({ status: 'sealed', problem_count: 0, has_final_newline: hasEnd })
      expect(await ingest(content)).toEqual({ ...first, repeat_of: first.file_id })
      expect(await showFile(clone().database, first.file_id ?? '', join(folder, 'data'))).toMatchObject({ has_final_newline: hasEnd })
    }
    expect(await ingest('nothing')).toMatchObject({ status: 'refused', has_final_newline: null })
  })

  test('after a void or a refusal they are read anew', async () => {
    const first = await ingest(list)
    await voidFile(clone().database, first.file_id ?? '', 'sent by mistake', clock)
    const second = await ingest(list)
    expect(second).toMatchObject({ status: 'sealed', repeat_of: null, accepted: 2, repeats: 0 })
    expect(second.file_id).not.toBe(first.file_id)
    const refused = await ingest(`${list}\n`, { controlCount: 5 })
    expect(refused.status).toBe('refused')
    expect(await ingest(`${list}\n`, { controlCount: 2 })).toMatchObject({ status: 'sealed', repeats: 2 })
  })

  test('rows that an earlier file holds are repeats, in another order and under another header too', async () => {
    await ingest(list)
    const reordered = await ingest(`STT;Họ và tên;Số CCCD;Mã xã;Chế độ;Tháng hưởng;Số tiền\n1;Nguyễn Văn An;001087123457;00001;BTXH;10/2026;540000.00\n2;Nguyễn Văn An;001087123459;00001;BTXH;10/2026;540000\n`)
    expect(reordered).toMatchObject({ status: 'sealed', lines: 2, accepted: 1, repeats: 1 })
    // Stored all the same, so that voiding the first file loses nothing.
    expect(await count('entitlement_line')).toBe(4)
  })

  test('a payment twice in one file is a repeat; without a reference it is a true twin', async () => {
    const twice = await ingest(`${paymentHeader}\n${paymentLine()}\n${paymentLine()}\n${paymentLine({ reference: 'E2E-2' })}\n`)
    expect(twice).toMatchObject({ lines: 3, accepted: 2, repeats: 1 })
    const twins = await ingest(`${paymentHeader}\n${paymentLine({ reference: '' })}\n${paymentLine({ reference: 'NONREF' })}\n`)
    expect(twins).toMatchObject({ lines: 2, accepted: 2, repeats: 0 })
    // An earlier file holds two of them, so of three one is new.
    const more = await ingest(`${paymentHeader}\n${paymentLine({ reference: '' })}\n${paymentLine({ reference: '' })}\n${paymentLine({ reference: '' })}\n`)
    expect(more).toMatchObject({ lines: 3, accepted: 1, repeats: 2 })
    const moved = await ingest(`${paymentHeader}\n${paymentLine({ status: 'PDNG', credited: '' })}\n${paymentLine()}\n${paymentLine()}\n`)
    expect(moved).toMatchObject({ lines: 3, accepted: 1, repeats: 2 })
  })

  test('the same line twice in one list is two lines: a finding later, no repeat', async () => {
    expect(await ingest(`${listHeader}\n${listLine()}\n${listLine()}\n`)).toMatchObject({ accepted: 2, repeats: 0 })
    expect(await ingest(`${listHeader}\n\n${listLine()}\n${listLine()}\n${listLine()}\n`)).toMatchObject({ accepted: 1, repeats: 2 })
  })

  test('repeats are counted as a plain comparison of texts would count them', async () => {
    const row = fc.record({ reference: fc.constantFrom('', 'R1', 'R2'), amount: fc.constantFrom('1', '2'), id: fc.constantFrom('001087123456', '') })
    const files = fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 })
    let padding = 0
    await fc.assert(
      fc.asyncProperty(files, async (contents) => {
        await clone().database.query('truncate payment_report')
        await clone().database.query('delete from source_file where file_id > 0')
        const held: Map<string, number>[] = []
        for (const rows of contents) {
          const here = new Map<string, number>()
          let repeats = 0
          for (const values of rows) {
            const content = paymentLine(values)
            const occurrence = (here.get(content) ?? 0) + 1
            here.set(content, occurrence)
            const isTwin = values.reference === ''
            if (isTwin ? held.some((file) => (file.get(content) ?? 0) >= occurrence) : occurrence > 1 || held.some((file) => file.has(content))) repeats += 1
          }
          held.push(here)
          padding += 1
          const receipt = await ingest(`${paymentHeader}\n${'\n'.repeat(padding % 50)}${rows.map((values) => paymentLine(values)).join('\n')}\n`)
          if (receipt.repeat_of !== null) continue
          expect(receipt.repeats).toBe(repeats)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('several files', () => {
  test('reference kinds come first, ids and results stay in the order given, repeats are those of the order', async () => {
    const { database } = clone()
    const scheme = fileOf(folder, 'scheme,name_vi,currency,due_day\nTEST01,Thử nghiệm,VND,5\n')
    const first = fileOf(folder, `${listHeader}\n${listLine({ scheme: 'TEST01' })}\n`)
    const second = fileOf(folder, `${listHeader}\n${listLine({ scheme: 'TEST01' })}\n${listLine({ scheme: 'TEST01', id: '001087123457' })}\n`)
    const bad = fileOf(folder, 'nothing here')
    const receipts = await ingestFiles(database, [first, bad, second, scheme, first].map((path) => ({ path })), surroundingsIn(folder))
    expect(receipts.map(({ status, kind, accepted, repeats }) => [status, kind, accepted, repeats])).toEqual([
      ['sealed', 'beneficiary_list', 1, 0],
      ['refused', null, 0, 0],
      ['sealed', 'beneficiary_list', 1, 1],
      ['sealed', 'scheme', 1, 0],
      ['sealed', 'beneficiary_list', 1, 0],
    ])
    const ids = receipts.slice(0, 4).map(({ file_id }) => Number(file_id))
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
    expect(receipts[4]).toMatchObject({ file_id: receipts[0]?.file_id, repeat_of: receipts[0]?.file_id })
    expect((await listFiles(database)).map(({ status }) => status)).toEqual(['sealed', 'refused', 'sealed', 'sealed'])
    const [known] = await database.query('select s.scheme, s.due_day, s.currency from scheme s where s.scheme = $1', ['TEST01'])
    expect(known).toEqual({ scheme: 'TEST01', due_day: 5, currency: 'VND' })
  })

  test('each kind loads into its table', async () => {
    const contents: Record<string, string> = {
      account_opening: 'creditor_agent,account_number,holder_id,holder_name,opened_date,account_status\n970405,1500205123456,001087123456,Nguyễn Văn An,2026-01-05,active\n',
      withdrawal: 'creditor_agent,account_number,end_to_end_id,first_withdrawal_at,withdrawal_channel,withdrawn_amount,reported_through_date\n970405,1500205123456,,,,,2026-10-31\n970405,1500205123456,E1,2026-10-08T08:00:00,quầy,540000,31/10/2026\n',
      mandate: 'beneficiary_id,payee_id,payee_name,relation,valid_from,valid_to\n001087123456,TTBTXH01,Trung tâm bảo trợ,institution,2026-01-01,\n',
      population_register: 'person_id,previous_id,name,birth_date,sex,vital_status,death_date,unit_code,verified_date,eid_level\n001087123456,012345678,Nguyễn Văn An,1948,nam,còn sống,,00001,2026-09-01,2\n',
      exemption: 'beneficiary_id,reason_code,evidence_reference,approved_by,valid_from,valid_to\n001087123456,F1,QĐ 12,Chủ tịch,2026-01-01,2026-12-31\n',
      outreach_result: 'beneficiary_id,visited_date,result,evidence_reference,note,team\n001087123456,05/10/2026,vắng nhà,,đi nương,Tổ 1\n001087123457,2026-10-05,exempt,QĐ 12,,Tổ 1\n',
      complaint: 'beneficiary_id,benefit_period,complained_date,scheme,came_by,wanted_answer,phone,words,person_name,unit_code\n001087123456,2026-10,05/10/2026,BTXH,điện thoại,tin nhắn,0912 345 678,chưa thấy tiền,Nguyễn Văn An,00001\n001087123457,10/2026,2026-10-05,,,,,,,\n',
      payer_account: 'unit_code,debtor_name,debtor_agent,debtor_account,cash_agent,offset_percent,not_collected,collection_months,applies_from,legal_basis\n01,Sở Nội vụ,970436,0011000000001,,20,next_list,3,2026-01-01,Quyết định 1\n',
      cash_limit: 'limit_kind,amount,currency,applies_from,legal_basis\nagent_day,300000000,VND,2027-01-01,Thông tư 1\n',
      account_statement: 'account_number,statement_number,entry_date,entry_kind,amount\n3100001,1,2026-10-01,số dư đầu kỳ,0\n3100001,1,05/10/2026,có,540000\n3100001,1,2026-10-31,số dư cuối kỳ,540000\n',
      payment_organisation: 'source,name,account_number,creditor_agent,payer_account\nBĐT,Bưu điện tỉnh,3100001,,9527001\nBĐT,Bưu điện tỉnh,3100001,,9527002\n',
      report_deadline: 'report,deadline_day,applies_from,legal_basis\nhằng tháng,18,2027-01-01,Nghị định 1\n',
      campaign: 'name,unit_code,scheme,target_percent,target_date,start_date,legal_basis\n90 ngày đêm,,,99.5,2026-12-31,01/10/2026,Kế hoạch 12\n',
      standard_rate: 'scheme,unit_code,amount,issued_date,in_force_date,applies_from,legal_basis\nBTXH,,550000,,,2027-01-01,Nghị định\n',
      category: 'scheme,category_code,coefficient,name_vi\nBTXH,1a,2.5,Trẻ em\n',
      administrative_unit: 'unit_code,name,unit_type,level,parent_code,valid_from,valid_to,legal_basis\n00001,Bằng Thành,xã,commune,19,2025-07-01,,\n',
      unit_succession: 'old_code,new_code,effective_date,part\n00002,00001,2025-07-01,\n',
      village: 'unit_code,village,distance_km,electricity,signal,cash_point_km\n00001,Nà Pó,12.5,không,yếu,30\n',
      bank: 'creditor_agent,name,citad_institution,swift\n970499,Ngân hàng thử,999,TESTVNVX\n',
      reason_code: 'code,class,owner,retryable,person_caused,name_vi,name_en\nZZ01,test,B,có,không,Thử,Test\n',
      calendar: 'date,kind,name\n2027-02-06,nghỉ lễ,Tết\n',
      source_expectation: 'source,kind,scheme,deadline_day\nAgribank,disbursement,,5\n',
    }
    for (const [kind, content] of Object.entries(contents)) {
      const receipt = await ingest(content)
      expect(receipt, kind).toMatchObject({ kind, status: 'sealed', problem_count: 0, accepted: content.trimEnd().split('\n').length - 1 })
      expect(await ingest(`${content}\n`, { kind }), kind).toMatchObject({ accepted: 0, repeats: receipt.accepted })
    }
    expect(await clone().database.query('select end_to_end_id, reference_key is null as is_unnamed, first_withdrawal_date, person_key < 0 as is_bucket from withdrawal_report where file_id = (select min(file_id) from withdrawal_report) order by line_number')).toEqual([
      { end_to_end_id: null, is_unnamed: true, first_withdrawal_date: null, is_bucket: true },
      { end_to_end_id: 'E1', is_unnamed: false, first_withdrawal_date: '2026-10-08', is_bucket: true },
    ])
    await clone().database.query('delete from calendar_row where file_id > 0')
  })

  test('a payment without an id and the withdrawal from its account share a key', async () => {
    await ingest(`${paymentHeader}\n${paymentLine({ id: '' })}\n`)
    await ingest('creditor_agent,account_number,reported_through_date\n970405,1500205123456,2026-10-31\n')
    expect(await clone().database.query('select count(*) as count from payment_report p join withdrawal_report w using (person_key)')).toEqual([{ count: '1' }])
  })
})

describe('afterwards', () => {
  test('any line of any file is found again as it was sent', async () => {
    const rows = Array.from({ length: 3200 }, (_, index) => listLine({ name: index % 700 === 13 ? `"Nguyễn ""Bé""\r\nthứ ${index}"` : `Tên ${index}`, amount: index === 5 ? '1e5' : '540000' }))
    const text = `\ufeffTiêu đề\r\n${listHeader}\r\n${rows.join('\r\n')}`
    const receipt = await ingest(text)
    expect(receipt).toMatchObject({ status: 'sealed', problem_count: 1 })
    const { database } = clone()
    const raw = (line: number): Promise<string | null> => rawLine(database, join(folder, 'data'), receipt.file_id ?? '', `${line}`)
    let line = 3
    for (const [index, row] of rows.entries()) {
      if (index % 97 === 0 || index % 700 === 13 || index > 3195) expect(await raw(line)).toBe(row)
      line += row.split('\r\n').length
    }
    expect(await raw(1)).toBe('Tiêu đề')
    expect(await raw(2)).toBe(listHeader)
    for (const outside of [0, -1, line, line + 5000, 1e15]) expect(await raw(outside)).toBeNull()
    expect(await rawLine(database, join(folder, 'data'), '999999', 1)).toBeNull()
    expect(receipt.problems[0]?.line).toBe(3 + 5)
    const refused = await ingest(`${listHeader}\n${listLine()}\n"x`)
    expect(await rawLine(database, join(folder, 'data'), refused.file_id ?? '', 2)).toBe(listLine())
    expect(await rawLine(database, join(folder, 'data'), refused.file_id ?? '', 3)).toBe('"x')
  })

  test('a void keeps the trail and can be made once only', async () => {
    const { database } = clone()
    const { file_id: id } = await ingest(`${listHeader}\n${listLine()}\n`)
    expect(await voidFile(database, id ?? '', ' sent twice ', clock)).toMatchObject({ status: 'void', voided_at: clock.now(), void_reason: 'sent twice' })
    await expect(voidFile(database, id ?? '', 'again', clock)).rejects.toMatchObject({ code: 'file_not_sealed' })
    await expect(voidFile(database, '999999', 'x', clock)).rejects.toBeInstanceOf(Refusal)
    await expect(showFile(database, 'abc')).rejects.toMatchObject({ code: 'file_unknown' })
    expect((await listFiles(database)).at(-1)).toMatchObject({ file_id: id, status: 'void' })
  })

  test('what a killed ingest left half received is cleared away, what a living one receives is not', async () => {
    await ingest(`${listHeader}\n${listLine()}\n`)
    const incoming = join(folder, 'data', 'incoming')
    writeFileSync(join(incoming, '2147483646-1-aa'), 'half')
    // In a container every server has the same number; this one began at another moment.
    writeFileSync(join(incoming, `${process.pid}-1-aa`), 'half, by a server before this one')
    writeFileSync(join(incoming, `${processIdentity()}-bb`), 'under way')
    await ingest(`${listHeader}\n${listLine({ id: '001087123457' })}\n`)
    expect(readdirSync(incoming)).toEqual([`${processIdentity()}-bb`])
    rmSync(join(incoming, `${processIdentity()}-bb`))
  })

  test('more problems than a receipt shows are all stored', async () => {
    const receipt = await ingest(`${listHeader}\n${`${listLine({ amount: 'x', id: '1' })}\n`.repeat(5100)}${listLine()}\n`)
    expect(receipt).toMatchObject({ problem_count: 5100, accepted: 1 })
    expect(receipt.problems).toHaveLength(10_000)
    expect(await count('problem')).toBe(10_200)
  })

  test('problems beyond what memory is for go through a temporary file', async () => {
    const name = 'x'.repeat(480)
    const path = join(folder, 'large.csv')
    writeFileSync(path, `${listHeader}\n${`${listLine({ id: name })}\n`.repeat(60_000)}`)
    const receipt = await ingestFile(clone().database, { path }, surroundingsIn(folder))
    expect(receipt).toMatchObject({ problem_count: 60_000, accepted: 0, status: 'sealed' })
    expect(await count('problem')).toBe(60_000)
  })
})
