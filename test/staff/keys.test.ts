/** Keys of systems: shown once, two at a time, from where they may come, and worth nothing once they end. */
import { beforeAll, describe, expect, test } from 'vitest'
import { addMilliseconds } from '../../src/core/index.ts'
import { openDesk } from '../../src/db/index.ts'
import { changePerson, issueKey, keyOf, listKeys, makeSystem, openApiLimits, revokeKey, usualScopes, type IssuedKey, type KeyScope } from '../../src/staff/index.ts'
import { unitsOf } from '../../src/reports/index.ts'
import { person, useDoor } from './door.ts'

const door = useDoor()
const day = 86_400_000
const now = (): string => door().clock.now()
const later = (milliseconds: number): string => addMilliseconds(now(), milliseconds)
let nextSystem = 1

async function system(creditorAgent = '970436'): Promise<{ readonly staffId: string; readonly userName: string }> {
  const userName = `core-${creditorAgent}-${nextSystem++}`
  return { ...(await makeSystem(door().database, { userName, displayName: 'Hệ thống lõi', creditorAgent }, now(), null)), userName }
}

const issue = (staffId: string, more: { readonly scopes?: readonly KeyScope[]; readonly allowedFrom?: readonly string[]; readonly expiresAt?: string } = {}): Promise<IssuedKey> =>
  issueKey(door().database, { staffId, scopes: more.scopes ?? usualScopes, allowedFrom: more.allowedFrom ?? null, expiresAt: more.expiresAt ?? later(365 * day) }, now(), null)
const holder = (key: string, from: string | null = '192.0.2.1') => keyOf(door().database, key, from, now())

describe('a key', () => {
  let bank: Awaited<ReturnType<typeof system>>
  beforeAll(async () => {
    bank = await system()
  })

  test('says who shows it, and is nowhere kept', async () => {
    const { keyId, key } = await issue(bank.staffId)
    expect(key).toMatch(/^ttk_[\w-]{43}$/)
    expect(await holder(key)).toMatchObject({ keyId, scopes: usualScopes, reader: { staffId: bank.staffId, roles: ['bank'], creditorAgent: '970436', unitCode: null } })
    const [kept] = await door().database.query<{ all: string }>(`select (select string_agg(k::text, ' ') from api_key k) || coalesce((select string_agg(t::text, ' ') from trail_entry t), '') as all`)
    expect(kept?.all).not.toContain(key.slice(4, -4))
    await revokeKey(door().database, keyId, 'end of test', now(), null)
  })

  test('makes the database show its bank\'s rows and nobody else\'s, until it is revoked', async () => {
    const other = await system('970415')
    const [own, foreign] = [await issue(bank.staffId), await issue(other.staffId)]
    const desk = await openDesk(door().database, { connections: 2 })
    const agents = async (key: string): Promise<unknown[]> => {
      const { keyHash } = await holder(key) ?? { keyHash: '0'.repeat(64) }
      return (await desk.as(keyHash).transaction((transaction) => transaction.query<{ a: number }>('select distinct creditor_agent as a from api_key order by 1'))).map(({ a }) => a)
    }
    expect([await agents(own.key), await agents(foreign.key)]).toEqual([[970436], [970415]])
    const { keyHash } = await holder(own.key) ?? { keyHash: '' }
    await revokeKey(door().database, own.keyId, 'lost', now(), null)
    expect(await holder(own.key)).toBeNull()
    expect(await desk.as(keyHash).transaction((transaction) => transaction.query('select 1 from api_key'))).toEqual([])
    await expect(revokeKey(door().database, own.keyId, 'again', now(), null)).rejects.toMatchObject({ code: 'key_revoked' })
    await desk.close()
  })

  test('has one other beside it, so that it is changed without a gap; a third is refused until one ends', async () => {
    const { staffId, userName } = await system()
    const first = await issue(staffId)
    const second = await issue(staffId, { expiresAt: later(1000) })
    expect(await holder(first.key) !== null && await holder(second.key) !== null).toBe(true)
    await expect(issue(staffId)).rejects.toMatchObject({ code: 'two_keys_live' })
    door().clock.turn(2000)
    expect(await holder(second.key)).toBeNull()
    const third = await issue(staffId)
    expect((await listKeys(door().database, now(), { userName })).map(({ key_id: id, state, slot }) => [id, state, slot])).toEqual([[third.keyId, 'live', 2], [second.keyId, 'expired', 2], [first.keyId, 'live', 1]])
  })

  test('of twenty asked for at once, two are given', async () => {
    const { staffId } = await system()
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => issue(staffId)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  })

  test('is worth nothing in other letters, shorter, longer, or as a hash', async () => {
    const { key } = await issue((await system()).staffId)
    for (const wrong of [key.toUpperCase(), key.slice(0, -1), `${key}x`, ` ${key}`, key.slice(4), '', `ttk_${'A'.repeat(43)}`, `ttk_' or 1=1 --`]) expect(await holder(wrong)).toBeNull()
  })

  test.each([
    ['203.0.113.7', '203.0.113.7', true], ['203.0.113.7', '203.0.113.8', false], ['203.0.113.9/24', '203.0.113.200', true], ['203.0.113.0/24', '203.0.114.1', false],
    ['203.0.113.0/24', '::ffff:203.0.113.5', true], ['203.0.113.0/24', '::ffff:cb00:7105', true], ['203.0.113.0/24', '::ffff:198.51.100.1', false],
    ['2001:db8::/32', '2001:db8:1::7', true], ['2001:db8::/32', '2001:db9::7', false], ['203.0.113.0/24', 'no address', false], ['203.0.113.0/24', null, false], ['0.0.0.0/0', '2001:db8::1', false],
  ] as const)('from %s, shown from %s: %s', async (network, address, isLetIn) => {
    const { keyId, key } = await issue(bank.staffId, { allowedFrom: [network] })
    expect(await holder(key, address) !== null).toBe(isLetIn)
    await revokeKey(door().database, keyId, 'end of test', now(), null)
  })

  test.each(['10.0.0.0/33', '10.0.0', 'example.vn', '10.0.0.0/8/8', '::ffff:10.0.0.0/104', '10.0.0.0/-1', 'fe80::1%eth0/64'])('cannot be bound to %s', async (network) => {
    await expect(async () => issue(bank.staffId, { allowedFrom: [network] })).rejects.toMatchObject({ code: 'network_invalid' })
  })

  test('ends within two years, has known scopes, and belongs to a system', async () => {
    const human = await person(door(), ['bank'], { agent: '970436' })
    await expect(async () => issue(bank.staffId, { expiresAt: later(-1) })).rejects.toMatchObject({ code: 'expiry_invalid' })
    await expect(async () => issue(bank.staffId, { expiresAt: later(800 * day) })).rejects.toMatchObject({ code: 'expiry_invalid' })
    await expect(async () => issue(bank.staffId, { scopes: ['everything' as KeyScope] })).rejects.toMatchObject({ code: 'scope_unknown' })
    await expect(issue(human.staffId)).rejects.toMatchObject({ code: 'system_unknown' })
  })

  test('that is used is noted once a minute', async () => {
    const { staffId, userName } = await system()
    const { key } = await issue(staffId)
    const noted = async (): Promise<string | null> => (await listKeys(door().database, now(), { userName }))[0]?.last_used_at ?? null
    expect(await noted()).toBeNull()
    await holder(key)
    const first = await noted()
    expect(first).not.toBeNull()
    await holder(key)
    expect(await noted()).toBe(first)
    door().clock.turn(61_000)
    await holder(key)
    expect(await noted()).not.toBe(first)
  })
})

describe('a system', () => {
  test('is no person: it gets no password and no other bank, and its keys rest while it is disabled', async () => {
    const { staffId } = await system()
    const { key } = await issue(staffId)
    const change = (wish: Parameters<typeof changePerson>[2]) => door().database.transaction(async (transaction) => changePerson(transaction, staffId, wish, { staffId: null, reason: 'test', at: now() }, await unitsOf(transaction, door().clock.today())))
    for (const wish of [{ isReset: true }, { creditorAgent: '970415' }, { oidc: { issuer: 'https://id.example', subject: 'x' } }]) await expect(change(wish)).rejects.toMatchObject({ code: 'is_system' })
    await expect(door().database.query('update staff set password_hash = \'x\' where staff_id = $1', [staffId])).rejects.toThrow('staff_service_has_keys_alone')
    await change({ isActive: false })
    expect(await holder(key)).toBeNull()
    await change({ isActive: true, displayName: 'Hệ thống mới' })
    expect(await holder(key)).toMatchObject({ reader: { displayName: 'Hệ thống mới' } })
  })

  test('is made and given keys by an administrator or the operator alone', async () => {
    const [officer, administrator] = [await person(door(), ['officer']), await person(door(), ['administrator'])]
    const wanted = { userName: 'by-hand', displayName: 'Tay', creditorAgent: '970436' }
    await expect(makeSystem(door().database, wanted, now(), officer.staffId)).rejects.toMatchObject({ code: 'not_administrator' })
    const { staffId } = await makeSystem(door().database, wanted, now(), administrator.staffId)
    await expect(makeSystem(door().database, wanted, now(), null)).rejects.toMatchObject({ code: 'user_name_taken' })
    await expect(issueKey(door().database, { staffId, scopes: usualScopes, allowedFrom: null, expiresAt: later(day) }, now(), officer.staffId)).rejects.toMatchObject({ code: 'not_administrator' })
    const { keyId } = await issueKey(door().database, { staffId, scopes: usualScopes, allowedFrom: null, expiresAt: later(day) }, now(), administrator.staffId)
    expect((await door().database.query('select kind, staff_id, subject from trail_entry where subject = $1', [`key ${keyId}`]))).toEqual([{ kind: 'key_issued', staff_id: administrator.staffId, subject: `key ${keyId}` }])
  })
})

describe('limits', () => {
  test('a hundred requests at once are no more than the limit, and who has had enough costs the database nothing', async () => {
    const limits = openApiLimits(door().database, { requestsPerMinute: 10 })
    const answers = await Promise.all(Array.from({ length: 30 }, () => limits.countRequest('ttk_one')))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(10)
    expect(answers.find(({ allowed }) => !allowed)).toMatchObject({ limit: 10, remaining: 0, windowSeconds: 60 })
    const known = limits.known('ttk_one')
    expect(known?.allowed).toBe(false)
    expect(known?.retryAfterSeconds).toBeGreaterThan(0)
    expect(known?.retryAfterSeconds).toBeLessThanOrEqual(60)
    expect(limits.known('ttk_other')).toBeNull()
    expect(await limits.countRequest('ttk_other')).toMatchObject({ allowed: true, remaining: 9, retryAfterSeconds: 0 })
  })

  test('another server of the installation counts the same, and one bank\'s uploads are nobody else\'s', async () => {
    const settings = { uploadsPerHour: 3, uploadsPerDay: 5 }
    const [one, other] = [openApiLimits(door().database, settings), openApiLimits(door().database, settings)]
    const answers = [await one.countUpload('970436'), await other.countUpload('970436'), await one.countUpload('970436'), await other.countUpload('970436')]
    expect(answers.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([[true, 2], [true, 1], [true, 0], [false, 0]])
    expect(answers[3]).toMatchObject({ limit: 3, windowSeconds: 3600 })
    expect(await one.countUpload('970415')).toMatchObject({ allowed: true, remaining: 2 })
  })
})
