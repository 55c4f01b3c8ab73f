/** `tantay upload` and `tantay watch` against a whole server: once, whatever the line does, with the exit code that says how it ended. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { addUploadCommand } from '../../src/cli/upload.ts'
import { addWatchCommand } from '../../src/cli/watch.ts'
import { systemClock } from '../../src/core/index.ts'
import { revokeKey } from '../../src/staff/index.ts'
import { breakingLine, useCounterServer, type Break } from './counter-server.ts'
import { runHere, runTantay, type Ran } from './run-tantay.ts'

const server = useCounterServer()
let key = ''
beforeAll(async () => {
  key = (await server().newKey('970436')).key
})

const header = 'creditor_agent,account_number,first_withdrawal_at,withdrawal_channel,withdrawn_amount,reported_through_date'
const row = (account: number, agent = '970436'): string => `${agent},10${`${account}`.padStart(8, '0')},2026-10-0${1 + (account % 9)},atm,50000,2026-10-31`
let nextAccount = 1
const rows = (count: number): string[] => Array.from({ length: count }, () => row(nextAccount++))
const write = (name: string, lines: readonly string[], folder = server().folder): string => {
  const path = join(folder, name)
  writeFileSync(path, [header, ...lines, ''].join('\n'))
  return path
}
const upload = (words: readonly string[], environment: Record<string, string> = { TANTAY_API_KEY: key }, to = server().url): Promise<Ran> => runHere(addUploadCommand, ['upload', ...words, '--to', to], environment)
const uploads = (name: string) => server().clone.database.query<{ status: string; sha256: string }>('select status, sha256 from upload where file_name = $1', [name])

describe('tantay upload', () => {
  test('hands a file in, tells what became of it, and fetches it back with what is wrong', async () => {
    const path = write('rut-tien.csv', [...rows(3), row(1, '970415'), row(2).replace('50000', 'nhiều')])
    const problems = join(server().folder, 'back.csv')
    const ran = await upload([path, '--kind', 'withdrawal', '--problems', problems, '--json'])
    expect([ran.code, JSON.parse(ran.out)]).toEqual([0, expect.objectContaining({ status: 'sealed', file_name: 'rut-tien.csv', lines: 5, accepted: 3, problem_count: 2, repeat_of: null })])
    expect(readFileSync(problems, 'utf8')).toMatch(/agent_foreign[\s\S]*amount_invalid/)
  })

  test('the same again is the same request; the same bytes under another name change nothing', async () => {
    const path = write('hai-lan.csv', rows(2))
    const [first, second] = [await upload([path, '--json']), await upload([path, '--json'])]
    expect([first.code, second.out]).toEqual([0, first.out])
    expect(await uploads('hai-lan.csv')).toHaveLength(1)
    const other = join(server().folder, 'ten-khac.csv')
    writeFileSync(other, readFileSync(path))
    expect(JSON.parse((await upload([other, '--json'])).out)).toMatchObject({ status: 'sealed', repeat_of: (JSON.parse(first.out) as { file_id: string }).file_id })
  })

  test.each<[string, readonly Break[]]>([
    ['in the middle of the file', [{ afterBytes: 100_000 }, { afterBytes: 300_000 }]],
    ['before the answer', ['before the answer', 'before the answer']],
  ])('arrives once over a line that breaks %s', async (where, breaks) => {
    const name = `dut-${breaks.length}-${where.length}.csv`
    const path = write(name, rows(8000))
    const line = await breakingLine(server().url, breaks)
    const ran = await upload([path, '--json', '--patience', '60'], { TANTAY_API_KEY: key }, line.url)
    expect([ran.code, JSON.parse(ran.out)]).toEqual([0, expect.objectContaining({ status: 'sealed', accepted: 8000 })])
    expect(line.connections()).toBeGreaterThan(breaks.length)
    expect(await uploads(name)).toHaveLength(1)
    await line.close()
  })

  test('in pieces goes on where the line broke, also as a command begun anew', async () => {
    const path = write('tung-phan.csv', rows(20_000))
    const size = readFileSync(path).length
    const line = await breakingLine(server().url, [{ afterBytes: 1e9 }, { afterBytes: 600_000 }])
    const environment = { TANTAY_API_KEY: key, TANTAY_DATA: join(server().folder, 'sender') }
    expect((await upload([path, '--resumable', '--patience', '0'], environment, line.url)).code).toBe(75)
    const before = line.bytes()
    const ran = await upload([path, '--resumable', '--json'], environment, line.url)
    expect([ran.code, JSON.parse(ran.out)]).toEqual([0, expect.objectContaining({ status: 'sealed', accepted: 20_000 })])
    expect(line.bytes() - before).toBeLessThan(size - 300_000)
    expect(await server().clone.database.query('select channel, status from upload where file_name = $1', ['tung-phan.csv'])).toEqual([{ channel: 'resumable', status: 'sealed' }])
    expect(readdirSync(join(server().folder, 'sender', 'sending'))).toEqual([])
    await line.close()
  })

  test('ends with 4 for a refused file, with its reason, and with the worst of several', async () => {
    const [good, bad] = [write('tot.csv', rows(1)), join(server().folder, 'hong.csv')]
    writeFileSync(bad, 'ma_ho_so,so_tien\n1,2\n')
    const ran = await upload([bad, good])
    expect([ran.code, ran.out]).toEqual([4, expect.stringMatching(/^hong\.csv: refused whole: (?:header_missing|kind_unknown)[\s\S]*\ntot\.csv: sealed\. 1 lines: 1 accepted/)])
    expect((await upload([write('dem.csv', rows(2)), '--control-count', '3'])).code).toBe(4)
  })

  test('ends with 5 without a key that holds, 2 without a key at all or with a wrong address, 75 when nobody answers', async () => {
    const path = write('khoa.csv', rows(1))
    const gone = await server().newKey('970415')
    await revokeKey(server().clone.database, gone.keyId, 'test', systemClock.now(), null)
    expect((await upload([path], { TANTAY_API_KEY: gone.key })).code).toBe(5)
    expect((await upload([path], { TANTAY_API_KEY: (await server().newKey('970415', ['files:read'])).key })).code).toBe(5)
    expect((await upload([path], { TANTAY_API_KEY: '' })).code).toBe(2)
    expect((await upload([path], { TANTAY_API_KEY: 'ttk_short' })).code).toBe(2)
    const said = await upload([path], { TANTAY_API_KEY: key }, 'http://bank.example')
    expect([said.code, said.said]).toEqual([2, expect.stringContaining('https://')])
    expect((await upload([path, '--patience', '0'], { TANTAY_API_KEY: key }, 'http://127.0.0.1:1')).code).toBe(75)
    expect((await upload([join(server().folder, 'nowhere.csv')])).code).toBe(2)
    expect(await uploads('khoa.csv')).toEqual([])
  })

  test('takes the key from a file, and never says it', async () => {
    const keyFile = join(server().folder, 'key')
    writeFileSync(keyFile, `${key}\n`)
    const ran = await upload([write('tep-khoa.csv', rows(1)), '--key-file', keyFile], { TANTAY_API_KEY: '' })
    expect(ran.code).toBe(0)
    expect(ran.out + ran.said).not.toContain(key)
  })
})

describe('tantay watch', () => {
  const drop = (name: string): string => {
    const folder = join(server().folder, name)
    mkdirSync(folder)
    return folder
  }
  const watchOnce = (folder: string, ...more: string[]): Promise<Ran> => runHere(addWatchCommand, ['watch', folder, '--to', server().url, '--once', '--settle', '0', ...more], { TANTAY_API_KEY: key })

  test('puts what is there away with its result; what is half written, hidden or a link stays', async () => {
    const folder = drop('tha')
    write('a.csv', [...rows(2), row(1, '970415')], folder)
    write('b.csv.part', rows(1), folder)
    write('.c.csv', rows(1), folder)
    writeFileSync(join(folder, 'd.csv'), 'x\n')
    // Whoever puts a file there chooses its name, and it is said on somebody's terminal.
    writeFileSync(join(folder, '\u001b[2Jz.csv'), 'x\n')
    symlinkSync(join(server().folder, 'key'), join(folder, 'e.csv'))
    const ran = await watchOnce(folder)
    expect([ran.code, ran.said]).toEqual([4, expect.not.stringContaining('\u001b') as string])
    expect(readdirSync(join(folder, 'done')).sort()).toEqual(['a.csv', 'a.csv.result.json', 'a.problems.csv'])
    expect(readdirSync(join(folder, 'refused')).sort()).toEqual(['\u001b[2Jz.csv', '\u001b[2Jz.csv.result.json', 'd.csv', 'd.csv.result.json'])
    expect(JSON.parse(readFileSync(join(folder, 'done', 'a.csv.result.json'), 'utf8'))).toMatchObject({ status: 'sealed', accepted: 2, problem_count: 1 })
    expect(readdirSync(folder).sort()).toEqual(['.c.csv', 'b.csv.part', 'done', 'e.csv', 'refused'])
    // Another file of the same name has a place of its own.
    write('a.csv', rows(1), folder)
    expect((await watchOnce(folder)).code).toBe(0)
    expect(readdirSync(join(folder, 'done')).filter((name) => name.endsWith('.csv') && !name.includes('problems'))).toHaveLength(2)
  })

  test('killed between handing in and putting away, hands in again and harms nothing', async () => {
    const folder = drop('giet')
    write('g.csv', rows(3), folder)
    expect((await watchOnce(folder)).code).toBe(0)
    // As it lies when the watcher is killed with the result written and the file not moved.
    renameSync(join(folder, 'done', 'g.csv'), join(folder, 'g.csv'))
    expect((await watchOnce(folder)).code).toBe(0)
    expect(readdirSync(join(folder, 'done')).sort()).toEqual(['g.csv', 'g.csv.result.json'])
    expect(await uploads('g.csv')).toHaveLength(1)
  })

  test('goes on until it is killed, alone in its folder; the next one begins where it was', async () => {
    const folder = drop('mai')
    const running = runTantay(['watch', folder, '--to', server().url, '--settle', '0', '--every', '0'], { TANTAY_API_KEY: key }, (child) => {
      void (async () => {
        write('h.csv', rows(2), folder)
        while (!existsSync(join(folder, 'done', 'h.csv'))) await sleep(50)
        expect((await watchOnce(folder)).code).toBe(75)
        child.kill('SIGKILL')
      })()
    })
    expect((await running).code).toBeNull()
    write('i.csv', rows(2), folder)
    expect((await watchOnce(folder)).code).toBe(0)
    expect([await uploads('h.csv'), await uploads('i.csv')].map((found) => found.map(({ status }) => status))).toEqual([['sealed'], ['sealed']])
  })
})
