/** `tantay ingest` and `files show` as a shell sees them: usage errors before anything is recorded, files that are not there, all problems. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { kinds } from '../../src/core/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { encode } from '../helpers/encode.ts'
import { rowsOf, workbook } from '../helpers/workbook.ts'
import { listHeader, listLine, stateOf, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

function tantay(...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [cli, '--data', join(folder, 'data'), ...words], { encoding: 'utf8', maxBuffer: 64_000_000, env: { ...process.env, DATABASE_URL: clone().databaseUrl } })
}

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

test('a control or a kind that cannot be meant is a usage error, and nothing is recorded', async () => {
  const path = file('good.csv', `${listHeader}\n${listLine()}\n`)
  const before = await stateOf(clone().database)
  for (const flags of [['--control-sum', '540.000'], ['--control-sum', '540000.0'], ['--control-sum', ''], ['--control-sum', '-5'], ['--control-count', 'one'], ['--control-count', '1.5'], ['--encoding', 'koi8-r'], ['--kind', 'beneficiaries']]) {
    const { status, stdout, stderr } = tantay('ingest', path, ...flags)
    expect([flags, status, stdout]).toEqual([flags, 2, ''])
    expect(stderr).toContain(flags[0])
  }
  const { stderr } = tantay('ingest', path, '--kind', 'beneficiaries')
  for (const { name } of kinds) expect(stderr).toContain(name)
  expect(await stateOf(clone().database)).toBe(before)
}, 60_000)

test('a file that is not there ends with 1 and one sentence; the others of the call are taken in', () => {
  const path = file('other.csv', `${listHeader}\n${listLine({ id: '001087123457' })}\n`)
  const missing = join(folder, 'missing.csv')
  const some = tantay('ingest', missing, path, folder, '--json')
  expect(some.status).toBe(1)
  expect(some.stdout.trim().split('\n').map((line) => (JSON.parse(line) as { status: string; refusal: { code: string } | null }))).toMatchObject([
    { status: 'refused', refusal: { code: 'file_unreadable' } },
    { status: 'sealed', refusal: null },
    { status: 'refused', refusal: { code: 'file_unreadable' } },
  ])
  expect(some.stderr.split('\n').filter((line) => line.includes(missing))).toEqual([`tantay: ${missing}: there is no such file`])
  expect(some.stderr).toContain(`tantay: ${folder}: that is a folder or a device, not a file`)
  const alone = tantay('ingest', missing)
  expect([alone.status, alone.stdout]).toEqual([1, ''])
  expect(tantay('ingest', missing, file('bad.csv', 'nothing here')).status).toBe(4)
}, 60_000)

test('problems beyond those of a receipt: ingest says so, and files show gives them all', () => {
  const path = file('many.csv', `${listHeader}\n${`${listLine({ amount: 'x', id: '1' })}\n`.repeat(5100)}${listLine()}`)
  const taken = tantay('ingest', path, '--json')
  const receipt = JSON.parse(taken.stdout) as { file_id: string; problem_count: number; problems: unknown[]; has_final_newline: boolean }
  expect(receipt).toMatchObject({ problem_count: 5100, has_final_newline: false })
  expect(receipt.problems).toHaveLength(10_000)
  expect(taken.stderr).toContain(`many.csv: 10,000 of 10,200 problems are listed here; all of them: tantay files show ${receipt.file_id} --json`)
  const shown = JSON.parse(tantay('files', 'show', receipt.file_id, '--json').stdout) as { status: string; problems: unknown[]; ignored_lines: unknown[]; has_final_newline: boolean }
  expect(shown).toMatchObject({ status: 'sealed', ignored_lines: [], has_final_newline: false })
  expect(shown.problems).toHaveLength(10_200)
  expect(shown.problems.slice(0, 10_000)).toEqual(receipt.problems)
  const text = tantay('files', 'show', receipt.file_id).stdout
  expect(text).toContain('… and 10,180 more')
  expect(text).toContain('the last line has no line end')
}, 60_000)

test('a receipt says how a file was read, which sheets were left and why, and names the row of the sheet', () => {
  const list = (id: string, amount: string): string[][] => rowsOf(listHeader, listLine({ id, amount }))
  const sheets = [{ name: 'Xã A', rows: list('001087120001', '540000') }, { name: 'Cũ', state: 'hidden' as const, rows: list('001087120002', '1') }, { name: 'Bìa', rows: [['Mẫu số 1']] }, { name: 'Xã B', rows: list('001087120003', '5.4'), hiddenRows: [2] }]
  const { stdout } = tantay('ingest', file('sheets.xlsx', workbook({ sheets })))
  expect(stdout).toContain('beneficiary_list, read as xlsx, sealed')
  for (const words of ['sheet "Cũ" is hidden, and was not read', 'sheet "Bìa" holds no table of this kind, and was not read', 'sheet "Xã B": 1 rows are hidden there, and were taken', 'sheet "Xã B", row 2, due_amount: amount_invalid "5.4"']) expect(stdout).toContain(words)
  const old = file('old.csv', encode(`${listHeader}\n${listLine({ id: '001087120004', name: 'Vừ' })}\n`, 'tcvn3'))
  const refused = tantay('ingest', old)
  expect([refused.status, /--encoding/.test(refused.stdout)]).toEqual([4, true])
  expect(tantay('ingest', old, '--encoding', 'TCVN3').stdout).toContain('read as tcvn3, sealed')
}, 60_000)
