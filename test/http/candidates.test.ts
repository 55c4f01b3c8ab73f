/** An ambiguous payment: the candidates side by side, those of other units without a name, one decision that another person approves. */
import { beforeAll, expect, test } from 'vitest'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(3000)
const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields), headers: { Origin: 'http://localhost' } })
const query = <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> => province().database.query<R>(text, values)

let one: { readonly finding_id: string; readonly unit_code: string; readonly evidence: { readonly candidates: readonly { readonly beneficiary_id: string; readonly beneficiary_name: string }[] } }
let officer: ReaderApp
beforeAll(async () => {
  const [found] = await query<typeof one>("select c.finding_id, c.unit_code, f.evidence from case_record c join finding f using (person_key, finding_id) where c.code = 'ambiguous_payment' and c.unit_code is not null and c.step = 'new' order by c.case_number limit 1")
  if (found === undefined) throw new Error('no payment is ambiguous')
  one = found
  officer = await province().as({ roles: ['officer'], unit: one.unit_code, name: 'chooser' })
})

const path = (): string => `/cases/${one.finding_id}/candidates`
const versionOn = (page: string): string => /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''

test('shows who it may be for, by name but not by number', async () => {
  const page = await (await officer.request(path())).text()
  expect(one.evidence.candidates.length).toBeGreaterThan(1)
  for (const { beneficiary_id: id, beneficiary_name: name } of one.evidence.candidates) {
    expect(page).toContain(name)
    expect(page).toContain(id.slice(-4))
    expect(page).not.toContain(id)
  }
})

test('asks again without a choice or a reason, and decides nothing then', async () => {
  const none = await officer.request(path(), form({ version: '0', comment: 'vì lệnh chi ghi vậy' }))
  expect([none.status, await none.text()]).toEqual([400, expect.stringContaining('Chọn một người')])
  const silent = await officer.request(path(), form({ version: '0', choice: '0', comment: ' ' }))
  expect([silent.status, await silent.text()]).toEqual([400, expect.stringContaining('Viết một câu vì sao')])
  expect(await query('select version from case_record where finding_id = $1', [one.finding_id])).toEqual([{ version: 0 }])
})

test('a decision is an appraisal that names it; whoever is late is told who was faster', async () => {
  const version = versionOn(await (await officer.request(path())).text())
  const decided = await officer.request(path(), form({ version, choice: '1', resolution: 'false_alarm', comment: 'Lệnh chi ghi tên người này' }))
  expect(decided.headers.get('Location')).toBe(`/cases/${one.finding_id}`)
  const [event] = await query<{ kind: string; resolution: string; details: object }>("select kind, resolution, details from case_event where finding_id = $1 and kind = 'appraised'", [one.finding_id])
  const ids = [...new Set(one.evidence.candidates.map(({ beneficiary_id: id }) => id))]
  expect(event).toEqual({ kind: 'appraised', resolution: 'list_corrected', details: { decision: 'candidate', beneficiary_id: ids[1] } })
  const late = await officer.request(path(), form({ version, choice: 'none', resolution: 'bank_error_fixed', comment: 'Ngân hàng báo nhầm' }))
  expect(late.status).toBe(409)
  const told = await late.text()
  expect(told).toContain('chooser đã làm trước bạn')
  expect(told).toContain('Ngân hàng báo nhầm')
})

test('somebody of another unit is a card without a name', async () => {
  const stranger = one.evidence.candidates[0]?.beneficiary_id ?? ''
  await query("update entitlement_line set unit_code = '99999' where person_key = identifier_key($1)", [stranger])
  const page = await (await officer.request(path())).text()
  expect(page).toContain('Một người ở đơn vị khác')
  expect(page).not.toContain(stranger.slice(-4))
})

test('of another unit’s case, or of one about something else, there is no such page', async () => {
  const [elsewhere] = await query<{ unit_code: string }>('select unit_code from case_record where unit_code <> $1 limit 1', [one.unit_code])
  const other = await province().as({ roles: ['officer'], unit: elsewhere?.unit_code ?? '' })
  const missing = await (await other.request(`/cases/${'0'.repeat(32)}/candidates`)).text()
  for (const init of [undefined, form({ version: '2', choice: '0', comment: 'x' })]) {
    const foreign = await other.request(path(), init)
    expect([foreign.status, (await foreign.text()).replaceAll(one.finding_id, '0'.repeat(32))]).toEqual([404, missing])
  }
  const [returned] = await query<{ finding_id: string }>("select finding_id from case_record where code = 'returned' limit 1")
  expect((await officer.request(`/cases/${returned?.finding_id ?? ''}/candidates`)).status).toBe(404)
  expect(province().failures).toEqual([])
})
