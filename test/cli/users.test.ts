/** `tantay user`: the operator's word, with its reason, its exit codes, and a password that is printed once. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { systemClock } from '../../src/core/index.ts'
import { openAttempts, signInWithPassword } from '../../src/staff/index.ts'
import { requireFreePort } from '../../src/main.ts'
import { useDatabase } from '../helpers/database.ts'
import { ingestText, useFolder } from '../ingest/helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** Runs the command over the clone; `typed` is its stdin. */
function tantay(words: readonly string[], typed = '', environment: Readonly<Record<string, string>> = {}): Promise<{ readonly code: number | null; readonly out: string; readonly said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...words], { env: { ...process.env, DATABASE_URL: clone().databaseUrl, ...environment } })
    let [out, said] = ['', '']
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
    child.on('close', (code) => { resolve({ code, out, said }) })
    child.stdin.end(typed)
  })
}

const changesOf = (userName: string) => clone().database.query<{ change: Record<string, unknown>; reason: string; changed_by: string | null; needs_second: boolean }>('select change, reason, changed_by, needs_second from staff_change join staff using (staff_id) where user_name = $1 order by change_id', [userName])

describe('tantay user', () => {
  test('adds somebody, and prints a password for one use alone on stdout', async () => {
    const { code, out, said } = await tantay(['user', 'add', 'lanhdao.x', '--name', 'Lãnh đạo xã', '--role', 'officer,approver', '--unit', '10006', '--why', 'QĐ 7'])
    expect([code, said]).toEqual([0, expect.stringContaining('officer, approver; 10006; active')])
    expect(out).toMatch(/^[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\n$/)
    const { database } = clone()
    const state = await signInWithPassword(database, openAttempts(database), { userName: 'lanhdao.x', password: out.trim() }, { address: 'test', deviceToken: null, device: null }, systemClock.now())
    expect(state.next).toBe('password')
    // The operator's word needs no second, and is recorded.
    expect(await changesOf('lanhdao.x')).toMatchObject([{ reason: 'QĐ 7', changed_by: null, needs_second: false }])
    expect(JSON.stringify(await changesOf('lanhdao.x'))).not.toContain(out.trim())
  })

  test('changes, disables, enables, resets and lists, each change a row with its reason', async () => {
    await tantay(['user', 'add', 'nguoi.a', '--name', 'Người A', '--role', 'officer'])
    expect((await tantay(['user', 'change', 'nguoi.a', '--role', 'bank', '--agent', '970436', '--name', 'Ngân hàng A', '--why', 'chuyển việc'])).code).toBe(0)
    expect((await tantay(['user', 'disable', 'nguoi.a'])).code).toBe(0)
    const listed = (await tantay(['user', 'list', '--json'])).out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(listed.find((one) => one['user_name'] === 'nguoi.a')).toMatchObject({ roles: ['bank'], creditor_agent: '970436', display_name: 'Ngân hàng A', is_active: false })
    expect(Object.keys(listed[0] ?? {}).filter((key) => /hash|totp_secret/.test(key))).toEqual([])
    expect((await tantay(['user', 'enable', 'nguoi.a'])).code).toBe(0)
    const reset = JSON.parse((await tantay(['user', 'reset', 'nguoi.a', '--json'])).out) as { one_time_password: string }
    expect(reset.one_time_password).toMatch(/^[a-z2-9-]{19}$/)
    expect((await changesOf('nguoi.a')).map(({ change, reason }) => [Object.keys(change).sort().join(), reason])).toEqual([
      ['added,is_active', 'by command line'], ['creditor_agent,display_name,roles', 'chuyển việc'], ['is_active', 'by command line'], ['is_active', 'by command line'], ['reset', 'by command line'],
    ])
    expect((await tantay(['user', 'list', '--search', 'ngan hang'])).out).toContain('nguoi.a')
  })

  test('takes a password from stdin, when it is good enough', async () => {
    const words = ['user', 'add', 'quantri.x', '--name', 'Quản trị', '--role', 'administrator', '--password-stdin', '--no-second-factor']
    const weak = await tantay(words, 'quantri.x 2026!\n')
    expect([weak.code, weak.said.includes('holds the name'), weak.said.includes('2026!')]).toEqual([2, true, false])
    const { code, out } = await tantay(words, 'ngựa pin đúng ghim\nnot this\n')
    expect([code, out]).toEqual([0, ''])
    const { database } = clone()
    const state = await signInWithPassword(database, openAttempts(database), { userName: 'quantri.x', password: 'ngựa pin đúng ghim' }, { address: 'test', deviceToken: null, device: null }, systemClock.now())
    expect(state.next).toBeNull()
  })

  test.each([
    [['user', 'add', 'X Y', '--name', 'n', '--role', 'officer'], 2, 'a user name has'],
    [['user', 'add', 'moi', '--name', 'n', '--role', 'king'], 2, 'none of officer'],
    [['user', 'add', 'moi', '--name', 'n', '--role', 'approver,payer'], 2, 'whoever pays does not approve'],
    [['user', 'add', 'moi', '--name', 'n', '--role', 'bank'], 2, 'of which bank'],
    [['user', 'add', 'moi', '--name', '', '--role', 'officer', '--why', ''], 2, 'say why'],
    [['user', 'add', 'moi'], 2, '--name'],
    [['user', 'change', 'nobody', '--name', 'n'], 1, 'there is no user nobody'],
    [['user', 'change', 'lanhdao.x', '--oidc-subject', 'abc'], 2, 'TANTAY_OIDC_ISSUER'],
  ] as const)('%s ends with %d', async (words, code, sentence) => {
    const told = await tantay(words)
    expect([told.code, told.said]).toEqual([code, expect.stringContaining(sentence)])
    expect(await changesOf('moi')).toEqual([])
  })

  test('links somebody to the identity provider that is set', async () => {
    const environment = { TANTAY_PUBLIC_URL: 'https://doi-soat.example', TANTAY_OIDC_ISSUER: 'https://id.example', TANTAY_OIDC_CLIENT_ID: 'tantay', TANTAY_OIDC_CLIENT_SECRET: 'x' }
    expect((await tantay(['user', 'change', 'lanhdao.x', '--oidc-subject', 'subject-1'], '', environment)).code).toBe(0)
    expect(await clone().database.query("select oidc_issuer, oidc_subject from staff where user_name = 'lanhdao.x'")).toEqual([{ oidc_issuer: 'https://id.example', oidc_subject: 'subject-1' }])
    expect((await tantay(['user', 'change', 'lanhdao.x', '--oidc-subject', ''], '', environment)).code).toBe(0)
    expect(await clone().database.query("select oidc_issuer, oidc_subject from staff where user_name = 'lanhdao.x'")).toEqual([{ oidc_issuer: null, oidc_subject: null }])
  })

  test('of a unit that no file names is refused once files name units', async () => {
    expect((await tantay(['user', 'change', 'lanhdao.x', '--unit', '99998'])).code).toBe(0)
    const receipt = await ingestText(clone().database, folder, 'unit_code,name,unit_type,level,parent_code,valid_from\n10006,Xã Thử,commune,commune,14,2025-07-01\n')
    expect([receipt.status, receipt.problem_count, receipt.kind, receipt.refusal]).toEqual(['sealed', 0, 'administrative_unit', null])
    const told = await tantay(['user', 'change', 'lanhdao.x', '--unit', '99999'])
    expect([told.code, told.said.includes('no file names the unit 99999')]).toEqual([2, true])
    expect(await tantay(['user', 'change', 'lanhdao.x', '--unit', '10006'])).toMatchObject({ code: 0, said: expect.stringContaining('10006') as string })
    expect(await clone().database.query("select unit_code, scope_level, array(select u.unit_code from staff_unit u where u.staff_id = s.staff_id) as seen from staff s where user_name = 'lanhdao.x'")).toEqual([{ unit_code: '10006', scope_level: 'commune', seen: ['10006'] }])
    // Provinces and what they succeeded are known from the first day on.
    await clone().database.query('insert into published_file values (0)')
    expect((await tantay(['user', 'change', 'lanhdao.x', '--unit', '08'])).code).toBe(0)
    expect(await clone().database.query("select scope_level, array(select u.unit_code from staff_unit u where u.staff_id = s.staff_id order by 1) as seen from staff s where user_name = 'lanhdao.x'")).toEqual([{ scope_level: 'province', seen: ['02', '08'] }])
  })
})

describe('a door to other machines', () => {
  test('opens only with a public address that is encrypted', async () => {
    await expect(requireFreePort(loadConfig({}, { HOST: '0.0.0.0', PORT: '0' }))).rejects.toMatchObject({ code: 'host_open', exitCode: 2 })
    await expect(requireFreePort(loadConfig({}, { HOST: '0.0.0.0', PORT: '0', TANTAY_PUBLIC_URL: 'http://localhost:8080' }))).rejects.toMatchObject({ code: 'host_open' })
    await requireFreePort(loadConfig({}, { HOST: '0.0.0.0', PORT: '0', TANTAY_PUBLIC_URL: 'https://doi-soat.example' }))
    await requireFreePort(loadConfig({}, { PORT: '0' }))
  })
})
