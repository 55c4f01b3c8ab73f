/** Rights over money take two administrators: by the pages, by the room, by the database, and in two sessions of one person. */
import { beforeEach, describe, expect, test } from 'vitest'
import { systemClock, type Role } from '../../src/core/index.ts'
import { hashOf } from '../../src/staff/index.ts'
import { Browser, goodPassword, person, useDoor } from './door.ts'

const door = useDoor()

interface Administrator {
  readonly browser: Browser
  readonly staffId: string
  readonly userName: string
}

async function administrator(): Promise<Administrator> {
  const { staffId, userName } = await person(door(), ['administrator'])
  const browser = new Browser(door().app)
  await browser.signIn(userName)
  return { browser, staffId, userName }
}

const rows = <R extends object>(sql: string, values: unknown[] = []): Promise<R[]> => door().database.query<R>(sql, values)
const account = async (userName: string) => (await rows<{ staff_id: string; roles: Role[]; is_active: boolean; unit_code: string | null; scope_level: string; password_hash: string | null }>('select staff_id, roles, is_active, unit_code, scope_level, password_hash from staff where user_name = $1', [userName]))[0]
const waitingOf = async (staffId: string): Promise<string> => (await rows<{ id: string }>('select change_id as id from staff_change where staff_id = $1 and needs_second and confirmed_at is null and withdrawn_at is null order by 1 desc limit 1', [staffId]))[0]?.id ?? ''
const oneTimeOn = (page: string): string | null => /<code class="tt-secret" dir="ltr">([a-z2-9-]{19})<\/code>/.exec(page)?.[1] ?? null
const form = (more: Record<string, string | readonly string[]> = {}): Record<string, string | readonly string[]> => ({ 'display-name': 'Cán bộ Mới', role: 'officer', unit: '', agent: '', reason: 'QĐ 12', ...more })

let first: Administrator
let second: Administrator
beforeEach(async () => {
  await door().database.query('delete from sign_in_attempt')
  first = await administrator()
  second = await administrator()
})
let nextName = 1
const newName = (): string => `moi.${nextName++}`

describe('an administrator', () => {
  test('adds an officer at once, who gets in with the password that was shown once', async () => {
    const name = newName()
    const page = await first.browser.post('/administration/people', form({ name }))
    const text = await page.text()
    const password = oneTimeOn(text)
    expect([page.status, page.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    expect(password).not.toBeNull()
    expect(await account(name)).toMatchObject({ roles: ['officer'], is_active: true, unit_code: null, scope_level: 'country' })
    expect((await new Browser(door().app).signIn(name, password ?? '')).headers.get('Location')).toBe('/sign-in/password')
    const person = await (await first.browser.get(`/administration/people/${(await account(name))?.staff_id ?? ''}`)).text()
    expect(person).not.toContain(password)
    expect(person).toContain('QĐ 12')
    const [change] = await rows<{ changed_by: string; reason: string; needs_second: boolean }>('select changed_by, reason, needs_second from staff_change where staff_id = $1', [(await account(name))?.staff_id])
    expect(change).toEqual({ changed_by: first.staffId, reason: 'QĐ 12', needs_second: false })
  })

  test.each([
    ['no name', { name: 'moi.x', 'display-name': ' ' }, 'display-name', 'Ghi họ tên'],
    ['a user name with capitals and marks', { name: 'Lò Văn' }, 'name', 'chữ thường không dấu'],
    ['no role', { name: 'moi.x', role: [] }, 'role-officer', 'ít nhất một vai trò'],
    ['roles that do not go together', { name: 'moi.x', role: ['approver', 'payer'] }, 'role-officer', 'không đi cùng nhau'],
    ['a bank without its code', { name: 'moi.x', role: 'bank' }, 'agent', 'mã 6 chữ số'],
    ['a code of a bank for somebody else', { name: 'moi.x', agent: '970436' }, 'agent', 'chỉ dành cho'],
    ['no reason', { name: 'moi.x', reason: ' ' }, 'reason', 'Ghi lý do'],
    ['a role that is none, beside one that is', { name: 'moi.x', role: ['king'] }, 'role-officer', 'ít nhất một vai trò'],
  ] as const)('is told kindly of %s, and nobody is added', async (_, more, field, sentence) => {
    const response = await first.browser.post('/administration/people', form(more))
    const text = await response.text()
    expect(response.status).toBe(400)
    expect(text).toMatch(new RegExp(`href="#${field}">[^<]*${sentence}`))
    expect(text).toContain(`id="${field}"`)
    expect(await account('moi.x')).toBeUndefined()
  })

  test('is told of a name that is taken', async () => {
    expect(await (await first.browser.post('/administration/people', form({ name: second.userName }))).text()).toContain('đã có người dùng')
  })

  test('changes, disables, enables and resets an officer at once, each with a reason', async () => {
    const { staffId, userName } = await person(door(), ['officer'])
    const path = `/administration/people/${staffId}`
    expect((await first.browser.post(path, { act: 'change', ...form({ role: ['officer', 'auditor'] }) })).status).toBe(400)
    expect((await first.browser.post(path, { act: 'change', ...form({ 'display-name': 'Tên Mới', role: 'auditor' }) })).headers.get('Location')).toBe(`${path}?done=changed`)
    expect(await account(userName)).toMatchObject({ roles: ['auditor'] })
    expect((await first.browser.post(path, { act: 'disable', 'reason-disable': '' })).status).toBe(400)
    expect((await first.browser.post(path, { act: 'disable', 'reason-disable': 'nghỉ việc' })).status).toBe(303)
    expect(await account(userName)).toMatchObject({ is_active: false })
    expect((await first.browser.post(path, { act: 'enable', 'reason-enable': 'trở lại' })).status).toBe(303)
    expect(oneTimeOn(await (await first.browser.post(path, { act: 'reset', 'reason-reset': 'quên mật khẩu' })).text())).not.toBeNull()
    for (const act of ['', 'delete', '__proto__', 'constructor']) expect((await first.browser.post(path, { act, reason: 'x', [`reason-${act}`]: 'x' })).status, act).toBe(400)
    expect((await rows('select 1 from staff_change where staff_id = $1', [staffId])).length).toBe(5)
  })

  test('finds people by any spelling', async () => {
    const { staffId } = await person(door(), ['officer'])
    await door().database.query("update staff set display_name = 'Đặng Thị Ướm' where staff_id = $1", [staffId])
    for (const search of ['dang thi uom', 'ĐẶNG', 'ướm']) expect(await (await first.browser.get(`/administration?search=${encodeURIComponent(search)}`)).text(), search).toContain('Đặng Thị Ướm')
    expect(await (await first.browser.get("/administration?search=%25'%3B--")).text()).toContain('Không có ai như vậy')
  })

  test('reads a nation’s officers a hundred at a time, each once', async () => {
    await door().database.query("insert into staff (user_name, display_name, roles, created_at) select 'nhieu.' || n, 'Một trong nhiều người', '{officer}', '2026-11-01T00:00:00Z' from generate_series(1, 230) n")
    const seen: string[] = []
    let path: string | undefined = '/administration?search=nhieu'
    let pages = 0
    while (path !== undefined) {
      const text: string = await (await first.browser.get(path)).text()
      seen.push(...[...text.matchAll(/dir="ltr">(nhieu\.\d+)</g)].map((match) => match[1] ?? ''))
      path = /class="govuk-link tt-next" rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
      pages += 1
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([3, 230, 230])
    await door().database.query("delete from staff where user_name like 'nhieu.%'")
  })

  test('who is not there, and whose number is no number, are alike not found', async () => {
    for (const path of ['/administration/people/999999', '/administration/people/0']) expect((await first.browser.get(path)).status).toBe(404)
    expect((await first.browser.post('/administration/people/999999', { act: 'disable', 'reason-disable': 'x' })).status).toBe(404)
    expect((await first.browser.post('/administration/changes/999999', { decision: 'confirm' })).status).toBe(409)
  })
})

describe('rights over money', () => {
  test.each(['approver', 'payer', 'administrator'] as const)('a new %s comes in only after another administrator’s word', async (role) => {
    const name = newName()
    const asked = await (await first.browser.post('/administration/people', form({ name, role }))).text()
    expect(asked).toContain('cần một người quản trị khác xác nhận')
    expect(oneTimeOn(asked)).toBeNull()
    const before = await account(name)
    expect(before).toMatchObject({ is_active: false, password_hash: null })
    const change = await waitingOf(before?.staff_id ?? '')
    expect(await (await first.browser.get('/administration')).text()).toContain('người quản trị khác phải xác nhận')
    // Not oneself, in this session or in another.
    const again = new Browser(door().app)
    await again.signIn(first.userName)
    for (const browser of [first.browser, again]) {
      const refused = await browser.post(`/administration/changes/${change}`, { decision: 'confirm' })
      expect([refused.status, (await refused.text()).includes('không tự xác nhận')]).toEqual([403, true])
    }
    expect(await account(name)).toEqual(before)
    const password = oneTimeOn(await (await second.browser.post(`/administration/changes/${change}`, { decision: 'confirm' })).text())
    expect(password).not.toBeNull()
    expect(await account(name)).toMatchObject({ is_active: true, roles: [role] })
    expect((await new Browser(door().app).signIn(name, password ?? '')).status).toBe(303)
    expect((await second.browser.post(`/administration/changes/${change}`, { decision: 'confirm' })).status).toBe(409)
  })

  test.each([
    ['the role', ['officer'], { act: 'change', role: ['officer', 'approver'] }],
    ['a wider place', ['approver'], { act: 'change', role: ['approver'], unit: '00002' }],
    ['a new password', ['approver'], { act: 'reset' }],
    ['a new password', ['administrator'], { act: 'reset' }],
    ['the way back', ['payer'], { act: 'enable' }],
  ] as const)('%s for %s waits, and can be refused', async (_, held, fields) => {
    const { staffId, userName } = await person(door(), held, { unit: '00001' })
    if (fields.act === 'enable') await door().database.query('update staff set is_active = false where staff_id = $1', [staffId])
    const before = await account(userName)
    const sent = { ...form({ 'display-name': `Người ${userName}`, unit: '00001' }), ...fields, [`reason-${fields.act}`]: 'QĐ 12' }
    expect(await (await first.browser.post(`/administration/people/${staffId}`, sent as unknown as Record<string, string>)).text()).toContain('Chưa có gì thay đổi')
    expect(await account(userName)).toEqual(before)
    const change = await waitingOf(staffId)
    expect((await second.browser.post(`/administration/changes/${change}`, { decision: 'withdraw' })).headers.get('Location')).toBe('/administration?done=withdrawn')
    expect(await account(userName)).toEqual(before)
    expect((await second.browser.post(`/administration/changes/${change}`, { decision: 'confirm' })).status).toBe(409)
  })

  test('are taken away at once by one: the role, and the account', async () => {
    const { staffId, userName } = await person(door(), ['approver'])
    await first.browser.post(`/administration/people/${staffId}`, { act: 'change', ...form({ 'display-name': `Người ${userName}`, role: 'officer' }) })
    expect(await account(userName)).toMatchObject({ roles: ['officer'] })
    const other = await person(door(), ['payer'])
    await first.browser.post(`/administration/people/${other.staffId}`, { act: 'disable', 'reason-disable': 'nghi ngờ' })
    expect(await account(other.userName)).toMatchObject({ is_active: false })
  })

  test('nobody gives, confirms or takes for themselves', async () => {
    for (const fields of [{ act: 'reset', 'reason-reset': 'x' }, { act: 'disable', 'reason-disable': 'x' }, { act: 'change', ...form({ role: 'approver' }) }]) {
      const response = await first.browser.post(`/administration/people/${first.staffId}`, fields)
      expect([response.status, (await response.text()).includes('tự đổi quyền')]).toEqual([400, true])
    }
    // What another asked for one's own account a third has to confirm.
    await second.browser.post(`/administration/people/${first.staffId}`, { act: 'reset', 'reason-reset': 'mất điện thoại' })
    const change = await waitingOf(first.staffId)
    expect((await first.browser.post(`/administration/changes/${change}`, { decision: 'confirm' })).status).toBe(403)
    const third = await administrator()
    expect(oneTimeOn(await (await third.browser.post(`/administration/changes/${change}`, { decision: 'confirm' })).text())).not.toBeNull()
  })

  test('that were changed meanwhile are asked for anew', async () => {
    const { staffId, userName } = await person(door(), ['officer'])
    await first.browser.post(`/administration/people/${staffId}`, { act: 'change', ...form({ 'display-name': `Người ${userName}`, role: ['approver'] }) })
    const change = await waitingOf(staffId)
    await first.browser.post(`/administration/people/${staffId}`, { act: 'change', ...form({ 'display-name': `Người ${userName}`, role: ['auditor'] }) })
    expect((await second.browser.post(`/administration/changes/${change}`, { decision: 'confirm' })).status).toBe(409)
    expect(await account(userName)).toMatchObject({ roles: ['auditor'] })
  })

  test('confirmed by two at once take effect once', async () => {
    const third = await administrator()
    const name = newName()
    await first.browser.post('/administration/people', form({ name, role: 'approver' }))
    const change = await waitingOf((await account(name))?.staff_id ?? '')
    const statuses = await Promise.all([second, third].map(async ({ browser }) => (await browser.post(`/administration/changes/${change}`, { decision: 'confirm' })).status))
    expect(statuses.sort()).toEqual([200, 409])
  })

  test('whose administrator was disabled between two clicks are not confirmed', async () => {
    const name = newName()
    await first.browser.post('/administration/people', form({ name, role: 'approver' }))
    await door().database.query('update staff set is_active = false where staff_id = $1', [second.staffId])
    expect((await second.browser.post(`/administration/changes/${await waitingOf((await account(name))?.staff_id ?? '')}`, { decision: 'confirm' })).status).toBe(303)
    expect(await account(name)).toMatchObject({ is_active: false })
  })
})

describe('the database', () => {
  test('takes no second who is the first, nor oneself, whatever asks', async () => {
    const { staffId } = await person(door(), ['officer'])
    const insert = (by: string, confirmedBy: string, whose = staffId): Promise<unknown> => door().database.query("insert into staff_change (staff_id, changed_at, changed_by, change, reason, needs_second, confirmed_at, confirmed_by) values ($1, $2, $3, '{}', 'x', true, $2, $4)", [whose, systemClock.now(), by, confirmedBy])
    await expect(insert(first.staffId, first.staffId)).rejects.toThrow('staff_change_two_persons')
    await expect(insert(first.staffId, second.staffId, second.staffId)).rejects.toThrow('staff_change_not_ones_own')
    await expect(insert(second.staffId, first.staffId, second.staffId)).rejects.toThrow('staff_change_not_ones_own')
    await expect(door().database.query("insert into approval_band_change (scope_level, up_to_amount, changed_at, changed_by, reason, confirmed_at, confirmed_by) values ('commune', 1, $1, $2, 'x', $1, $2)", [systemClock.now(), first.staffId])).rejects.toThrow('approval_band_change_two_persons')
    await insert(first.staffId, second.staffId)
  })

  test.each([
    "insert into staff (user_name, display_name, roles, created_at) values ('thief', 'x', '{approver}', '2026-11-01T00:00:00Z')",
    "update staff set roles = '{approver}'", "update staff set password_hash = 'x'", 'select password_hash from staff', 'select totp_secret from staff', 'select token_hash from staff_session',
    "insert into staff_session (token_hash, staff_id, created_at, last_seen_at, expires_at, is_complete) select 'x', 1, '2026-11-01', '2026-11-01', '2999-01-01', true",
    'update staff_session set is_complete = true', "insert into staff_change (staff_id, changed_at, change, reason, needs_second) values (1, '2026-11-01', '{}', 'x', false)", 'update staff_change set confirmed_by = 1', 'select * from staff_change',
    "update approval_band set up_to_amount = null", "insert into approval_band_change (scope_level, changed_at, changed_by, reason) values ('commune', '2026-11-01', 1, 'x')", 'delete from sign_in_attempt', 'select * from sign_in_attempt', 'select * from staff_device', 'select * from oidc_sign_in',
    "insert into staff_absence (absent_id, deputy_id, from_date, to_date, reason, recorded_by, recorded_at) values (1, 2, '2026-11-01', '2026-11-02', 'x', 1, '2026-11-01')", "insert into staff_unit values (1, '00001')", 'truncate staff_change', 'alter table staff disable row level security',
    'set role postgres', 'create table loot (x integer)',
  ])('gives the pages’ login, with an administrator’s session, nothing of: %s', async (sql) => {
    const desk = door().desk.as(hashOf(first.browser.cookies.get('tantay_session') ?? ''))
    await expect(desk.transaction((transaction) => transaction.query(sql))).rejects.toThrow(/permission denied|must be owner|row-level security|role … does not exist/)
  })
})

describe('limits of approval', () => {
  const limit = async (): Promise<string | null> => (await rows<{ amount: string | null }>("select up_to_amount as amount from approval_band where scope_level = 'commune'"))[0]?.amount ?? null
  const waitingBand = async (): Promise<string> => (await rows<{ id: string }>('select change_id as id from approval_band_change where confirmed_at is null and withdrawn_at is null order by 1 desc limit 1'))[0]?.id ?? ''

  test('change when a second administrator confirms, and not before', async () => {
    expect((await first.browser.post('/administration/bands', { level: 'commune', amount: '30000000', reason: 'NQ 5' })).headers.get('Location')).toBe('/administration/bands?done=proposed')
    expect(await limit()).toBe('20000000')
    const change = await waitingBand()
    expect((await first.browser.post(`/administration/bands/${change}`, { decision: 'confirm' })).status).toBe(403)
    expect(await (await second.browser.get('/administration/bands')).text()).toContain('30.000.000')
    expect((await second.browser.post(`/administration/bands/${change}`, { decision: 'confirm' })).headers.get('Location')).toBe('/administration/bands?done=confirmed')
    expect(await limit()).toBe('30000000')
    expect((await second.browser.post(`/administration/bands/${change}`, { decision: 'confirm' })).status).toBe(409)
    await first.browser.post('/administration/bands', { level: 'commune', amount: '', reason: 'NQ 6' })
    expect((await first.browser.post(`/administration/bands/${await waitingBand()}`, { decision: 'withdraw' })).status).toBe(303)
    expect(await limit()).toBe('30000000')
  })

  test.each(['20.000.000', '1e9', '-5', '0', '٣', '20000000,5'])('are plain digits: not %s', async (amount) => {
    const response = await first.browser.post('/administration/bands', { level: 'province', amount, reason: 'x' })
    expect([response.status, (await response.text()).includes('href="#amount"')]).toEqual([400, true])
  })
})

describe('everybody else', () => {
  test.each(['officer', 'approver', 'payer', 'auditor'] as const)('%s opens none of it', async (role) => {
    const { userName } = await person(door(), [role])
    const browser = new Browser(door().app)
    await browser.signIn(userName)
    for (const path of ['/administration', '/administration/people/new', '/administration/bands']) expect((await browser.get(path)).status, path).toBe(403)
    const [own, foreign] = await Promise.all([browser.get(`/administration/people/${first.staffId}`), browser.get('/administration/people/999999')])
    expect([own.status, (await own.text()).replaceAll(`/people/${first.staffId}`, '/people/N')]).toEqual([404, (await foreign.text()).replaceAll('/people/999999', '/people/N')])
    const before = await rows('select * from staff_change')
    for (const path of [`/administration/people/${first.staffId}`, '/administration/changes/1', '/administration/bands/1']) expect((await browser.post(path, { act: 'disable', 'reason-disable': 'x', decision: 'confirm' })).status, path).toBe(404)
    expect((await browser.post('/administration/people', form({ name: 'thief' }))).status).toBe(403)
    expect(await rows('select * from staff_change')).toEqual(before)
  })

  test('writes nothing about themselves by adding fields to a form', async () => {
    const { userName, staffId } = await person(door(), ['officer'])
    const browser = new Browser(door().app)
    await browser.signIn(userName, goodPassword, { roles: 'administrator', staff_id: first.staffId, '__proto__[roles]': 'administrator' })
    await browser.post('/account/password', { current: goodPassword, chosen: 'bốn con mèo vàng ngủ', roles: 'administrator', staffId: first.staffId })
    expect(await account(userName)).toMatchObject({ staff_id: staffId, roles: ['officer'] })
    expect((await new Browser(door().app).signIn(first.userName)).status).toBe(303)
    expect(({} as Record<string, unknown>)['roles']).toBeUndefined()
  })
})
