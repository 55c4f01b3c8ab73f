/** The commands about visits and the public sheet, as other programs see them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tantay-visits-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

function tantay(words: readonly string[], databaseUrl = clone().databaseUrl): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--data', join(folder, 'data'), ...words], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: databaseUrl } })
  return { status, stdout, stderr }
}
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
// Each call is a process of its own; on a busy machine one takes seconds.
const manyProcesses = 240_000
const people = Array.from({ length: 9 }, (_, index) => `00108700010${index}`)

beforeAll(() => {
  const list = file('list.csv', `scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,village,due_amount,due_date,needs\n${people.map((id, index) => `BTXH,2026-10,${id},Người ${index},00001,Bản Lù,540000,2026-10-10,no_phone`).join('\n')}\n`)
  const visits = file('visits.csv', `beneficiary_id,visited_date,result,team\n${people[0] ?? ''},2026-10-12,moved,Tổ 1\n`)
  expect(tantay(['ingest', list, visits]).status).toBe(0)
  expect(tantay(['run', '--as-of', '2026-10-31']).status).toBe(0)
}, manyProcesses)

describe('reports', () => {
  test('name whom to see with masked ids, as JSON, as a flat table and as a page of its own', () => {
    const json = tantay(['report', 'outreach', '--unit', '00001', '--format', 'json'])
    const rows = json.stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(rows).toHaveLength(people.length)
    expect(rows[0]).toMatchObject({ village: 'Bản Lù', beneficiary: '••••0100', beneficiary_name: 'Người 0', needs: ['no_phone'], last_result: 'moved', last_visited_date: '2026-10-12', reasons: [{ code: 'unpaid_no_account', amount: '540000', months: 1, last_period: '2026-10' }] })
    const csv = tantay(['report', 'outreach', '--unit', '00001', '--format', 'csv']).stdout
    expect(csv.split(/\r?\n/)[1]).toContain('no_phone,,unpaid_no_account,')
    const page = tantay(['report', 'outreach', '--unit', '00001', '--by', 'unit', '--format', 'html', '--language', 'en']).stdout
    expect(page).toMatch(/^<!doctype html>.*Whom to see: 00001.*Người 8/s)
    for (const text of [json.stdout, csv, page]) for (const id of people) expect(text).not.toContain(id)
    expect(tantay(['report', 'outreach']).status).toBe(2)
    expect(tantay(['report', 'outreach', '--unit', '00001', '--by', 'sex']).status).toBe(2)
    expect(JSON.parse(tantay(['report', 'visit-conflicts', '--format', 'json']).stdout.trim())).toMatchObject({ conflict: 'still_listed', beneficiary: '••••0100', file_name: 'visits.csv', other_said: '2026-10' })
    expect(tantay(['report', 'exemptions', '--json'])).toMatchObject({ status: 0, stdout: '' })
  }, manyProcesses)

  test('publish a signed sheet that is checked without any database, and refuse one that was changed', () => {
    const { stdout, stderr } = tantay(['report', 'public', '--unit', '00001', '--period', '2026-10', '--format', 'json'])
    expect(stderr).toMatch(/signed with key [0-9a-f]{16}/)
    const key = /key ([0-9a-f]{16})/.exec(stderr)?.[1] ?? ''
    const nowhere = 'postgres://nobody@127.0.0.1:1/none'
    const path = file('sheet.json', stdout)
    expect(tantay(['verify', 'sheet', path], nowhere)).toMatchObject({ status: 0, stderr: expect.stringContaining(`as key ${key} signed it`) as string })
    expect(tantay(['verify', 'sheet', path, '--key', key], nowhere).status).toBe(0)
    expect(tantay(['verify', 'sheet', path, '--key', '0'.repeat(16)], nowhere)).toMatchObject({ status: 1, stderr: expect.stringContaining('and not by') as string })
    expect(tantay(['verify', 'sheet', file('changed.json', stdout.replace('"not_arrived"', '"arrived"'))], nowhere)).toMatchObject({ status: 1, stderr: expect.stringContaining('it was changed') as string })
    expect(tantay(['verify', 'sheet', file('other.json', '{}')], nowhere).status).toBe(1)
    expect(tantay(['verify', 'sheet'], nowhere).status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ sheet: { outcomes: { total: 9, column_totals: [0, 0, 0, 0, 9] }, coverage: { total: 9, columns: ['usable', 'exempt', 'without'], column_totals: [0, 0, 9] } } })
    expect(tantay(['report', 'public', '--unit', '00001', '--period', '2026-10', '--format', 'html']).stdout).toContain('Bảng chỉ số công khai')
    expect(tantay(['report', 'public', '--unit', '00001']).status).toBe(2)
  }, manyProcesses)
})
