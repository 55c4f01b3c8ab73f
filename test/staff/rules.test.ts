/** The rules of the room that need no page: which passwords are good enough, how they are kept, and who may be what. */
import { hashSync, parseOptions } from '../../node_modules/@node-rs/argon2/index.js'
import { describe, expect, test } from 'vitest'
import { hashPassword, isKeptTooCheaply, isPassword, oneTimePassword, passwordFault } from '../../src/staff/passwords.ts'
import { areCompatible } from '../../src/staff/wishes.ts'
import { addressOf, deviceOf, localPath } from '../../src/http/sign-in/place.ts'
import type { Context } from 'hono'
import { Browser, goodPassword, person, useDoor } from './door.ts'

const who = { userName: 'lo.van.pang', displayName: 'Lò Văn Pấng' }

describe('a password', () => {
  test.each([
    ['ngựa pin đúng ghim', null], ['một hai ba bốn năm', null], ['xK9#mQ2$vL5p', null], ['trời xanh mây trắng', null], ['🐴🔋📎🌈🐈🌧🍜🚲🎋🥁🪁🛶', 'common'],
    ['11 kýtựthôi', 'too_short'], ['x'.repeat(201), 'too_long'],
    ['Lò Văn Pấng 2026', 'holds_name'], ['lovanpang2026!', 'holds_name'], ['lo.van.pang.1990', 'holds_name'],
    ['123456789012', 'common'], ['987654321098', 'common'], ['111111111111', 'common'], ['aaaaaaaaaaaa', 'common'], ['abcabcabcabc', 'common'], ['Matkhau@123456', 'common'], ['Password2026!', 'common'], ['qwertyuiop12', 'common'], ['Mật khẩu 123456', 'common'], ['admin12345678', 'common'], ['tantay tantay', 'common'], ['010119900101', 'common'],
  ] as const)('%s: %s', (password, fault) => {
    expect(passwordFault(password, who)).toBe(fault)
  })

  test('counts letters as people do: twelve with marks are twelve however they are typed', () => {
    expect(passwordFault('ngựa pin đún'.normalize('NFD'), who)).toBeNull()
    expect(passwordFault('ngựa pin đú'.normalize('NFD'), who)).toBe('too_short')
  })

  test('is kept by Argon2id with at least what OWASP asks for, and never twice alike', async () => {
    const [one, other] = await Promise.all([hashPassword(goodPassword), hashPassword(goodPassword)])
    expect(one).toMatch(/^\$argon2id\$/)
    expect(one).not.toBe(other)
    const { memoryCost, timeCost } = parseOptions(one)
    expect([memoryCost >= 19_456, timeCost >= 2]).toEqual([true, true])
    expect(await isPassword(one, goodPassword)).toBe(true)
    expect(await isPassword(one, `${goodPassword} `)).toBe(false)
    expect(await isPassword(null, goodPassword)).toBe(false)
  })

  test('for one use is 79 bits of letters that are not mistaken for one another', () => {
    const made = new Set(Array.from({ length: 2000 }, () => oneTimePassword()))
    expect(made.size).toBe(2000)
    for (const one of made) expect(one).toMatch(/^[a-hjkmnp-z2-9]{4}(?:-[a-hjkmnp-z2-9]{4}){3}$/)
    expect(new Set([...made].join('').replaceAll('-', '')).size).toBe(31)
  })
})

describe('a password that was kept more cheaply', () => {
  const door = useDoor()
  test('is kept anew when it is typed, and a wrong one changes nothing', async () => {
    const cheap = hashSync(goodPassword.normalize('NFKC'), { memoryCost: 8192, timeCost: 1 })
    expect(isKeptTooCheaply(cheap)).toBe(true)
    const { staffId, userName } = await person(door(), ['officer'])
    await door().database.query('update staff set password_hash = $2 where staff_id = $1', [staffId, cheap])
    const kept = async (): Promise<string> => (await door().database.query<{ kept: string }>('select password_hash as kept from staff where staff_id = $1', [staffId]))[0]?.kept ?? ''
    await new Browser(door().app).signIn(userName, 'not this one at all')
    expect(await kept()).toBe(cheap)
    expect((await new Browser(door().app).signIn(userName)).status).toBe(303)
    expect(isKeptTooCheaply(await kept())).toBe(false)
    expect((await new Browser(door().app).signIn(userName)).status).toBe(303)
  })
})

describe('roles', () => {
  test.each([
    [['officer'], true], [['officer', 'approver'], true], [['officer', 'payer'], true], [['approver', 'payer'], false], [['officer', 'approver', 'payer'], false],
    [['auditor'], true], [['auditor', 'officer'], false], [['bank', 'officer'], false], [['administrator', 'approver'], false], [['administrator', 'auditor'], false], [['administrator'], true],
  ] as const)('%s together: %s', (held, may) => {
    expect(areCompatible(held)).toBe(may)
  })

  const door = useDoor()
  test('are refused by the database where they do not go together, whoever asks', async () => {
    for (const held of [['approver', 'payer'], ['auditor', 'officer'], ['administrator', 'officer'], ['king'], []]) {
      await expect(door().database.query("insert into staff (user_name, display_name, roles, created_at) values ('anybody', 'x', $1, '2026-11-01T00:00:00Z')", [held])).rejects.toThrow(/check constraint/)
    }
    await expect(door().database.query("insert into staff (user_name, display_name, roles, created_at) values ('anybody', 'x', '{bank}', '2026-11-01T00:00:00Z')")).rejects.toThrow('staff_bank_has_agent')
  })
})

describe('where somebody comes from', () => {
  const asked = (remote: string, forwarded?: string): string => addressOf({ env: { incoming: { socket: { remoteAddress: remote } } }, var: { trustedProxies: ['10.9.0.0/24'] }, req: { header: (name: string) => (name === 'X-Forwarded-For' ? forwarded : undefined) } } as unknown as Context)
  test.each([
    ['203.0.113.7', undefined, '203.0.113.7'],
    ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['10.9.0.3', '203.0.113.99, 198.51.100.1', '198.51.100.1'],
    ['10.9.1.3', '198.51.100.1', '10.9.1.3'],
    ['::1', '203.0.113.99, 198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '<script>', '127.0.0.1'],
    ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', undefined, '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', undefined, '2001:db8:1:2::/64'],
    ['2001:db8::1', undefined, '2001:db8:0:0::/64'],
  ])('%s with %s: %s', (remote, forwarded, address) => {
    expect(asked(remote, forwarded)).toBe(address)
  })

  test.each([['/queue?code=returned', '/queue?code=returned'], ['/cases/x%20y', '/cases/x%20y'], ['/', '/'], ['queue', null], ['//a.b', null], ['/a\\b', null], ['/a b', null], ['/sign-in', null], [null, null]])('%s may be gone to: %s', (path, kept) => {
    expect(localPath(path)).toBe(kept)
  })

  test('is recognised by its owner, and no more', () => {
    expect(deviceOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0')).toBe('Edge · Windows')
    expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1')).toBe('Safari · iOS')
    expect(deviceOf('curl/8.0 <script>')).toBeNull()
    expect(deviceOf(undefined)).toBeNull()
  })
})
