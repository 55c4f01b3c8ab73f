/** Cases follow the results: they open, close by themselves, open again with their history, and an appraisal of another amount is void. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { act, followResult } from '../../src/cases/index.ts'
import { stoppedClock } from '../../src/core/index.ts'
import { openDesk, type DeskConnections } from '../../src/db/index.ts'
import { ingestFile, voidFile } from '../../src/ingest/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { startSession } from '../../src/staff/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { expectTallied } from '../helpers/tally.ts'

const clone = useDatabase()
const clock = stoppedClock('2026-10-20T20:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'tantay-follow-'))
let desk: DeskConnections
let sessionHash = ''
const reader = { staffId: '', userName: 'x', displayName: 'x', roles: ['officer'] as const, unitCode: null, scopeLevel: 'country' as const, creditorAgent: null }

beforeAll(async () => {
  const { database } = clone()
  const [made] = await database.query<{ staff_id: string }>("insert into staff (user_name, display_name, roles, created_at) values ('canbo', 'Cán bộ', array['officer'], now()) returning staff_id")
  Object.assign(reader, { staffId: made?.staff_id })
  ;({ sessionHash } = await startSession(database, reader.staffId, clock.now()))
  await database.query("update staff_session set expires_at = '2999-01-01'")
  desk = await openDesk(database, { connections: 2 })
})
afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

afterEach(() => expectTallied(clone().database))

async function takeIn(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  writeFileSync(path, text)
  const receipt = await ingestFile(clone().database, { path }, { clock, dataDirectory: folder })
  expect(receipt.problems).toEqual([])
  return receipt.file_id ?? ''
}
const night = (asOf: string) => run(clone().database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })
const does = (findingId: string, expectedVersion: number, action: Parameters<typeof act>[1]['action']) =>
  desk.as(sessionHash).transaction((transaction) => act(transaction, { findingId, expectedVersion, actor: reader, at: clock.now(), action }))
const cases = () => clone().database.query<{ finding_id: string; code: string; step: string; version: number; amount: string; deadline_date: string; reopened_count: number; is_found: boolean }>('select finding_id, code, step, version, amount_at_stake::text as amount, deadline_date, reopened_count, is_found from case_record order by code')
const kinds = async (findingId: string) => (await clone().database.query<{ kind: string }>('select kind from case_event where finding_id = $1 order by event_number', [findingId])).map(({ kind }) => kind)

const listHeader = 'scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount,due_date,list_date\n'
const payHeader = 'end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,instructed_amount,instructed_at,transaction_status,credited_amount,credited_at\n'

test('from the first night to the last', async () => {
  const { database } = clone()
  await takeIn('account.csv', 'creditor_agent,account_number,holder_id,holder_name,opened_date,account_status\n970405,1000000001,001087000001,Nguyễn Văn An,2026-01-05,active\n')
  await takeIn('list.csv', `${listHeader}BTXH,2026-10,001087000001,Nguyễn Văn An,00001,500000,2026-10-05,2026-10-01\n`)
  await night('2026-10-16')
  const unpaid = (await cases()).find(({ code }) => code === 'unpaid')
  // 16 October 2026 is a Friday: five working days on is the Friday after.
  expect(unpaid).toMatchObject({ step: 'new', version: 0, amount: '500000', deadline_date: '2026-10-23', is_found: true })
  const id = unpaid?.finding_id ?? ''
  await database.transaction((transaction) => followResult(transaction, { runId: '1', asOf: '2026-10-16', at: clock.now() }))
  expect((await cases()).find(({ code }) => code === 'unpaid')).toEqual(unpaid)

  // Appraised at 500,000; then half of it comes: that is another finding, and this one is gone with its appraisal.
  await does(id, 0, { kind: 'appraise', resolution: 'repaid', amount: '500000', comment: 'đưa vào chi bổ sung' })
  const half = await takeIn('half.csv', `${payHeader}E1,BTXH,2026-10,001087000001,970405,1000000001,200000,2026-10-17T08:00:00,credited,200000,2026-10-17T09:00:00\n`)
  await night('2026-10-18')
  expect((await cases()).filter(({ code }) => code === 'unpaid' || code === 'paid_short')).toMatchObject([{ code: 'paid_short', step: 'new', amount: '300000' }, { code: 'unpaid', step: 'gone', is_found: false }])
  expect(await kinds(id)).toEqual(['received', 'appraised', 'gone'])

  // The rest is appraised; the list rises: the appraisal was of another amount.
  const short = (await cases()).find(({ code }) => code === 'paid_short')?.finding_id ?? ''
  await does(short, 0, { kind: 'appraise', resolution: 'repaid', amount: '300000', comment: 'phần còn thiếu' })
  await takeIn('list2.csv', `${listHeader}BTXH,2026-10,001087000001,Nguyễn Văn An,00001,600000,2026-10-05,2026-10-18\n`)
  await night('2026-10-19')
  expect((await cases()).find(({ code }) => code === 'paid_short')).toMatchObject({ step: 'received', version: 3, amount: '400000' })
  expect(await kinds(short)).toEqual(['received', 'appraised', 'amount_changed'])

  // The payment is withdrawn: the first finding is back, and so is its case, with its history.
  await voidFile(database, half, 'gửi nhầm', clock)
  await night('2026-10-20')
  expect((await cases()).find(({ code }) => code === 'unpaid')).toMatchObject({ finding_id: id, step: 'new', version: 4, amount: '600000', reopened_count: 1, is_found: true, deadline_date: '2026-10-27' })
  expect(await kinds(id)).toEqual(['received', 'appraised', 'gone', 'found_again'])
})

test('what somebody opened again by hand stays open though no result finds it', async () => {
  const gone = (await cases()).find(({ code }) => code === 'paid_short')
  expect(gone).toMatchObject({ step: 'gone' })
  await does(gone?.finding_id ?? '', gone?.version ?? 0, { kind: 'reopen', comment: 'bà An nói chưa nhận đủ' })
  await night('2026-10-21')
  expect((await cases()).find(({ code }) => code === 'paid_short')).toMatchObject({ step: 'received', is_found: false, reopened_count: 1 })
})
