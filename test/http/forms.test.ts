/** Forms that come twice, broken, empty of anything seen, or about what is not the sender's: one answer that says so, and nothing counted or kept too much. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layOutTally } from '../../src/cases/index.ts'
import { personAddresses } from '../../src/reports/index.ts'
import { expectTallied } from '../helpers/tally.ts'
import { appOver, useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(500)
const folder = mkdtempSync(join(tmpdir(), 'tantay-forms-'))
const origin = 'http://localhost'
const query = <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> => province().database.query<R>(text, values)
const form = (fields: Readonly<Record<string, string>>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields), headers: { Origin: origin } })

let here: ReaderApp
let there: ReaderApp
let approver: ReaderApp
/** On the list of the first unit alone. */
let person = ''
let own = ''
let foreign = ''

beforeAll(async () => {
  const [unit, other] = await query<{ unit_code: string }>('select unit_code from case_record where unit_code is not null group by 1 order by count(*) desc, 1 limit 2')
  const app = await appOver(province().database, folder, province().desk)
  here = await app.as({ roles: ['officer'], unit: unit?.unit_code ?? '' })
  there = await app.as({ roles: ['officer'], unit: other?.unit_code ?? '' })
  approver = await app.as({ roles: ['approver'], unit: unit?.unit_code ?? '' })
  const [found] = await query<{ person_key: string }>('select person_key::text as person_key from entitlement_line where unit_code = $1 and person_key between 0 and 999999999999 and person_key not in (select person_key from entitlement_line where unit_code <> $1) order by 1 limit 1', [unit?.unit_code])
  person = (await personAddresses(province().database)).of(found?.person_key ?? '') ?? ''
  const cases = async (code: string | undefined): Promise<string> => (await query<{ finding_id: string }>('select finding_id from case_record where unit_code = $1 order by finding_id limit 1', [code]))[0]?.finding_id ?? ''
  own = await cases(unit?.unit_code)
  foreign = await cases(other?.unit_code)
  return () => { rmSync(folder, { recursive: true, force: true }) }
})
afterEach(() => expectTallied(province().database))

const complaint = { month: '2026-10', otherMonth: '', scheme: '', words: '', cameBy: 'desk', wantedAnswer: 'in_person', phone: '', name: 'Người lạ', step: 'take' }
const kept = (): string[] => readdirSync(join(folder, 'evidence'), { recursive: true }).map(String)

describe('a complaint', () => {
  test('that is sent three times at once is one case, and one answer says that it is new', async () => {
    const places = await Promise.all([1, 2, 3].map(async () => (await here.request('/complaints/new', form({ ...complaint, person }))).headers.get('location') ?? ''))
    expect(new Set(places.map((place) => place.split('?')[0])).size).toBe(1)
    expect(places.filter((place) => place.endsWith('?taken=1'))).toHaveLength(1)
  })

  test('of a stranger is in nobody’s way: each unit has its own case that day', async () => {
    const [first, second] = [await there.request('/complaints/new', form({ ...complaint, person, month: '2026-09' })), await here.request('/complaints/new', form({ ...complaint, person, month: '2026-09' }))]
    expect([first.status, second.status]).toEqual([303, 303])
    expect(first.headers.get('location')).not.toBe(second.headers.get('location'))
    const again = await there.request('/complaints/new', form({ ...complaint, person, month: '2026-09' }))
    expect(again.headers.get('location')).toBe(first.headers.get('location')?.replace('taken', 'again'))
  })

  test('that another unit with the person on its list took first says so, and keeps what was typed', async () => {
    const first = (await here.request('/complaints/new', form({ ...complaint, person, month: '2026-07' }))).headers.get('location') ?? ''
    const [, id] = /cases\/(\w+)/.exec(first) ?? []
    await query('update case_record set unit_code = (select unit_code from case_record where finding_id = $2) where finding_id = $1', [id, foreign])
    await layOutTally(province().database)
    const answer = await here.request('/complaints/new', form({ ...complaint, person, month: '2026-07', words: 'chưa thấy tiền' }))
    expect(answer.status).toBe(409)
    const text = await answer.text()
    expect(text).toContain('Hôm nay nơi khác')
    expect(text).toContain('chưa thấy tiền')
  })

  test('names somebody by signs that are seen', async () => {
    for (const name of ['\u200b', '\u202e', ' \u200b ']) expect((await there.request('/complaints/new', form({ ...complaint, person, name, month: '2026-08' }))).status).toBe(400)
    expect((await there.request('/complaints/new', form({ ...complaint, person, name: 'a\u0000b', month: '2026-08' }))).status).toBe(400)
  })
})

describe('evidence', () => {
  const body = (bytes: string): FormData => {
    const data = new FormData()
    data.set('file', new File([`%PDF-1.4 ${bytes}`], 'qd.pdf'))
    return data
  }
  const add = (app: ReaderApp, id: string, bytes: string) => app.request(`/cases/${id}/note`, { method: 'POST', body: body(bytes), headers: { Origin: origin } })

  test('that is sent six times at once is taken each time, and kept once', async () => {
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await add(here, own, 'the same')).status))
    expect(statuses).toEqual(Array.from({ length: 6 }, () => 303))
    expect(kept()).toHaveLength(1)
  })

  test('for a case that is another’s, none, or not to be worked on leaves no file behind', async () => {
    const before = kept()
    expect([(await add(here, foreign, 'a')).status, (await add(here, 'nonesuch', 'b')).status, (await add(approver, own, 'c')).status]).toEqual([404, 404, 403])
    expect(kept()).toEqual(before)
  })
})

describe('what cannot be read', () => {
  test.each(['/queue?q=++', '/queue?q=%C2%A0', '/queue?q=%E3%80%80', '/queue.csv?q=%20%20'])('%s looks for nothing', async (path) => {
    expect((await here.request(path)).status).toBe(200)
  })

  const untouched = async (): Promise<string> => (await query<{ finding_id: string }>('select finding_id from case_record where version = 0 and amount_at_stake > 0 and unit_code = (select unit_code from case_record where finding_id = $1) order by finding_id desc limit 1', [own]))[0]?.finding_id ?? ''

  test('is answered as such, and nothing is done', async () => {
    const id = await untouched()
    const broken: RequestInit = { method: 'POST', body: '--x\r\nno', headers: { Origin: origin, 'Content-Type': 'multipart/form-data; boundary=x' } }
    for (const path of [`/cases/${id}/act`, `/cases/${id}/note`]) expect((await here.request(path, broken)).status, path).toBe(400)
    expect((await here.request('/queue/act', form({ case: `${id}:0`, action: 'appraise:explained_legal', comment: 'a\u0000b', query: '' }))).status).toBe(400)
    expect((await here.request(`/cases/${id}/act`, form({ kind: 'receive', version: '0', comment: 'x'.repeat(70_000) }))).status).toBe(413)
    const invisible = await here.request(`/cases/${id}/act`, form({ kind: 'appraise', version: '0', resolution: 'false_alarm', comment: '\u200b\u202e' }))
    expect(invisible.status).toBe(400)
    const mixed = await here.request(`/cases/${id}/act`, form({ kind: 'appraise', version: '0', resolution: 'repaid', amount: '1,080.000', comment: 'chi bổ sung' }))
    expect(mixed.status).toBe(400)
    expect(await query('select step from case_record where finding_id = $1', [id])).toEqual([{ step: 'new' }])
  })

  test('a version of nobody’s is told without a name', async () => {
    const answer = await here.request(`/cases/${await untouched()}/act`, form({ kind: 'receive', version: '7' }))
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('không còn là bản mới nhất')
  })
})
