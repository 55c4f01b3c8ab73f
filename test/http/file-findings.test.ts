/** A finding about a file names the file where others name a person, and shows what was declared beside what was counted. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { ingestFile } from '../../src/ingest/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { appOver, type Province } from './province.ts'

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-file-findings-'))
const clock = stoppedClock('2026-11-01T20:00:00Z')
let app: Province['app']
let desk: Province['desk']

beforeAll(async () => {
  const path = join(folder, 'danh sách xã 1.csv')
  writeFileSync(path, 'scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount\nBTXH,2026-10,001087000001,Bình,00001,500000\n')
  const receipt = await ingestFile(clone().database, { path, controlSum: '1350000', source: 'COMMUNE-1' }, { clock, dataDirectory: folder })
  expect(receipt.refusal).toMatchObject({ code: 'control_sum_mismatch', control: { declared_amount: '1350000', counted_amount: '500000', declared_count: null, counted_count: '1' } })
  await run(clone().database, { asOf: '2026-10-31', timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })
  ;({ app, desk } = await appOver(clone().database, folder))
})
afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

test('in the list and on its own page', async () => {
  const list = await (await app.request('/queue')).text()
  expect(list).toContain('danh sách xã 1.csv')
  const [finding] = await clone().database.query<{ finding_id: string }>('select finding_id from finding')
  const page = await (await app.request(`/cases/${finding?.finding_id ?? ''}/reveal`, { method: 'POST', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }, body: 'reason=check_file' })).text()
  for (const said of ['danh sách xã 1.csv', 'COMMUNE-1', '1.350.000', '500.000', '850.000']) expect(page, said).toContain(said)
  // The bytes are in quarantine, and the line can be read there.
  expect(page).toContain('beneficiary_id,beneficiary_name')
})
