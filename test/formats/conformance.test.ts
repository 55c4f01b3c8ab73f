/** The comparison with public files says when there are none, and notices every disagreement that nobody has explained. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/conformance.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tantay-conformance-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

function compare(...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' })
}

test('without a folder it says so and ends with 2', () => {
  expect(compare()).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run conformance -- DIR') as unknown })
  expect(compare(join(folder, 'nothing'))).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no folder') as unknown })
})

test('equal readings end with 0, one that differs with 1 and its place', () => {
  mkdirSync(join(folder, 'csv'))
  mkdirSync(join(folder, 'iso20022'))
  writeFileSync(join(folder, 'csv', 'a.csv'), 'a,b\n1,"x, y"\n')
  writeFileSync(join(folder, 'csv', 'a.expected.json'), '[{"a":"1","b":"x, y"}]')
  expect(compare(folder)).toMatchObject({ status: 0, stdout: expect.stringContaining('csv: 1 files, 4 values compared; ours wrong 0, theirs wrong 0, both legal 0') as unknown })
  writeFileSync(join(folder, 'csv', 'a.expected.json'), '[{"a":"1","b":"x y"}]')
  const { status, stdout } = compare(folder)
  expect(status).toBe(1)
  expect(stdout).toContain('NOT EXPLAINED: a.csv, row 1 b: ours "x, y", theirs "x y"')
  writeFileSync(join(folder, 'iso20022', 'b.xml'), '<Document/>')
  expect(compare(folder).stdout).toContain('NOT EXPLAINED: b.xml, verdict')
})
