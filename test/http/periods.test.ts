/** A month is closed by four persons, put on paper, changed by a late file, reopened and signed again. */
import { writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkMinutes } from '../../src/periods/index.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(300)
const month = '/periods/2026-10'
const people: Record<'officer' | 'second' | 'approver' | 'payer' | 'auditor', ReaderApp> = {} as never

beforeAll(async () => {
  const { as } = province()
  people.officer = await as({ roles: ['officer'], name: 'tiepnhan' })
  people.second = await as({ roles: ['officer'], name: 'thamdinh' })
  people.approver = await as({ roles: ['approver'], name: 'pheduyet' })
  people.payer = await as({ roles: ['payer'], name: 'traketqua' })
  people.auditor = await as({ roles: ['auditor'], name: 'thanhtra' })
})

const page = async (path: string, reader = people.auditor): Promise<string> => {
  const response = await reader.request(path)
  expect(response.status, path).toBe(200)
  return response.text()
}
const events = async (): Promise<string> => (await province().database.query<{ count: string }>('select count(*)::text as count from period_event'))[0]?.count ?? ''
const act = async (reader: ReaderApp, name: string, fields: Record<string, string> = {}): Promise<Response> =>
  reader.request(`${month}/acts/${name}`, { method: 'POST', body: new URLSearchParams({ events: await events(), ...fields }), headers: { Origin: 'http://localhost' } })
const reasons = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`missing-${index}`, 'Ngân hàng đã báo gửi bù.']))
const minutes = async (version: number): Promise<string> => page(`${month}/minutes.json?version=${version}`)

describe('a month', () => {
  test('is closed by four persons, each another one, and the paper says what they signed', async () => {
    const steps: [ReaderApp, string][] = [[people.officer, 'prepare'], [people.second, 'appraise'], [people.approver, 'approve'], [people.payer, 'issue']]
    for (const [reader, name] of steps) {
      const asked = await reader.request(`${month}/acts/${name}`)
      expect(asked.status, name).toBe(200)
      const done = await act(reader, name, reasons)
      expect(done.status, `${name}: ${done.status === 303 ? '' : JSON.stringify(province().failures) + (await done.text()).replace(/<[^>]+>/g, ' ').slice(500, 900)}`).toBe(303)
    }
    const { fault, signed } = checkMinutes(await minutes(1))
    expect(fault).toBe(null)
    expect(signed?.minutes.steps.map(({ name }) => name)).toEqual(['tiepnhan', 'thamdinh', 'pheduyet', 'traketqua'])
    writeFileSync('/tmp/signoff/minutes.json', await minutes(1))
    writeFileSync('/tmp/signoff/vi.pdf', Buffer.from(await (await people.auditor.request(`${month}/minutes-vi.pdf`)).arrayBuffer()))
    writeFileSync('/tmp/signoff/en.pdf', Buffer.from(await (await people.auditor.request(`${month}/minutes-en.pdf`)).arrayBuffer()))
  })
})
