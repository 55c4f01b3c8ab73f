/** Campaigns and results of visits as files: what is read, what is a problem, and that they change no published result. */
import { describe, expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { clock, ingestText, listHeader, listLine, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const take = (text: string) => ingestText(clone().database, folder, text)

describe('the result of a visit', () => {
  test('is read in the words of the teams', async () => {
    const receipt = await take('Số CCCD,Ngày đến nhà,Kết quả,Căn cứ,Ghi chú,Tổ lưu động\n001087000001,05/10/2026,Đã mở tài khoản,,,Tổ 1\n001087000002,05/10/2026,vắng nhà,,đi nương,Tổ 1\n001087000003,05/10/2026,Từ chối,,,Tổ 1\n001087000004,05/10/2026,được miễn,QĐ 12/UBND,,Tổ 1\n001087000005,05/10/2026,Chuyển đi,,,Tổ 1\n001087000006,05/10/2026,Đã mất,,,Tổ 1\n')
    expect(receipt).toMatchObject({ kind: 'outreach_result', status: 'sealed', accepted: 6, problem_count: 0 })
    const rows = await clone().database.query<{ result: string; note: string | null }>('select result::text as result, note from outreach_result_row where file_id = $1 order by line_number', [receipt.file_id])
    expect(rows.map(({ result }) => result)).toEqual(['opened', 'absent', 'refused', 'exempt', 'moved', 'died'])
    expect(rows[1]?.note).toBe('đi nương')
  })

  test('that calls somebody exempt without naming why is a problem; another result needs no evidence', async () => {
    const receipt = await take('beneficiary_id,visited_date,result,evidence_reference\n001087000001,2026-10-06,exempt,\n001087000002,2026-10-06,exempt, \n001087000003,2026-10-06,refused,\n001087000004,2026-10-06,sleeping,\n')
    expect(receipt).toMatchObject({ accepted: 1, problem_count: 3 })
    expect(receipt.problems.map(({ line, column, code }) => [line, column, code])).toEqual([[2, 'evidence_reference', 'value_missing'], [3, 'evidence_reference', 'value_missing'], [5, 'result', 'code_unknown']])
  })
})

describe('a campaign', () => {
  test('has a target between nothing and all, and the newest file of its name and place stands', async () => {
    const header = 'name,unit_code,scheme,target_percent,target_date,start_date'
    const receipt = await take(`${header}\n90 ngày đêm,00001,BTXH,99.5,2026-12-31,2026-10-01\n90 ngày đêm,,,100,2026-12-31,2026-10-01\nQuá,,,100.01,2026-12-31,2026-10-01\n`)
    expect(receipt).toMatchObject({ kind: 'campaign', accepted: 2, problem_count: 1 })
    expect(receipt.problems[0]).toMatchObject({ column: 'target_percent', code: 'number_invalid' })
    await take(`${header}\n90 ngày đêm,00001,BTXH,97,2026-12-31,2026-10-01\n`)
    expect(await clone().database.query('select unit_code, target_percent from campaign order by unit_code nulls first')).toEqual([{ unit_code: null, target_percent: '100' }, { unit_code: '00001', target_percent: '97' }])
  })
})

test('neither of them makes a run look at everybody anew, nor changes what it finds', async () => {
  const { database } = clone()
  await take(`${listHeader}\n${listLine({ id: '001087000001' })}\n`)
  const settings = { asOf: '2026-11-05', timeZone: 'Asia/Ho_Chi_Minh', clock }
  await run(database, settings)
  const findings = () => database.query("select finding_id, amount_at_stake, evidence from finding order by finding_id")
  const before = await findings()
  expect(before.length).toBeGreaterThan(0)
  await take('name,target_percent,target_date,start_date\nĐợt hai,90,2026-12-31,2026-11-01\n')
  await take('beneficiary_id,visited_date,result\n001087000001,2026-11-04,died\n')
  const after = await run(database, settings)
  expect(after.mode).toBe('increment')
  expect(await findings()).toEqual(before)
})
