/** Sessions end where they should: on the server, at once, for every browser; and forms come from our own pages alone. */
import { describe, expect, test } from 'vitest'
import { changePerson } from '../../src/staff/index.ts'
import type { Role } from '../../src/core/index.ts'
import { unitsOf } from '../../src/reports/index.ts'
import { Browser, codeAt, goodPassword, person, secretOn, useDoor } from './door.ts'

const door = useDoor()
const minutes = 60_000

async function inside(roles: readonly Role[] = ['officer']): Promise<{ readonly browser: Browser; readonly userName: string; readonly staffId: string }> {
  const { userName, staffId } = await person(door(), roles)
  const browser = new Browser(door().app)
  expect((await browser.signIn(userName)).status).toBe(303)
  return { browser, userName, staffId }
}

/** What the database shows to a session: how many colleagues its login may name. */
async function readsAs(browser: Browser): Promise<string | null> {
  const { hashOf } = await import('../../src/staff/index.ts')
  const [row] = await door().desk.as(hashOf(browser.cookies.get('tantay_session') ?? '')).transaction((transaction) => transaction.query<{ who: string | null }>('select desk_staff()::text as who'))
  return row?.who ?? null
}

const operator = (): { staffId: null; reason: string; at: string } => ({ staffId: null, reason: 'for a test', at: door().clock.now() })
const change = (staffId: string, wish: Parameters<typeof changePerson>[2]) => door().database.transaction(async (transaction) => changePerson(transaction, staffId, wish, operator(), await unitsOf(transaction, door().clock.today())))

describe('a session', () => {
  test('has an id of its own at each log-in, of 256 bits, of which the database keeps the hash alone', async () => {
    const { browser, userName } = await inside()
    const first = browser.cookies.get('tantay_session') ?? ''
    // An attacker who has planted a cookie finds it changed.
    const planted = new Browser(door().app)
    planted.cookies.set('tantay_session', first)
    await planted.post('/sign-out')
    await planted.signIn(userName)
    const second = planted.cookies.get('tantay_session') ?? ''
    expect(second).not.toBe(first)
    expect(Buffer.from(second, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await door().database.query('select * from staff_session'))).not.toContain(second)
  })

  test('of a browser ends when somebody signs in there again', async () => {
    const { browser } = await inside()
    const before = browser.cookies.get('tantay_session') ?? ''
    const other = await person(door(), ['officer'])
    expect((await browser.signIn(other.userName, 'not this one at all')).status).toBe(403)
    expect((await browser.get('/account')).status).toBe(200)
    expect((await browser.signIn(other.userName)).status).toBe(303)
    expect(await (await browser.get('/account')).text()).toContain(other.userName)
    const kept = new Browser(door().app)
    kept.cookies.set('tantay_session', before)
    expect((await kept.get('/account')).status).toBe(303)
  })

  test('ends on the server with signing out: a kept cookie opens nothing, and the page before is in no store', async () => {
    const { browser } = await inside()
    expect((await browser.get('/account')).headers.get('Cache-Control')).toBe('no-store')
    const kept = browser.cookies.get('tantay_session') ?? ''
    const out = await browser.post('/sign-out')
    expect([out.status, out.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    const text = await out.text()
    expect(text).toContain('Đã đăng xuất')
    expect(text).not.toContain('/sign-out')
    expect(browser.cookies.has('tantay_session')).toBe(false)
    browser.cookies.set('tantay_session', kept)
    expect((await browser.get('/account')).headers.get('Location')).toBe('/sign-in?to=%2Faccount')
    expect(await readsAs(browser)).toBeNull()
  })

  test('ends after half an hour unused and twelve hours used', async () => {
    const { browser } = await inside()
    for (let quarter = 0; quarter < 4 * 12 - 1; quarter += 1) {
      door().clock.turn(15 * minutes)
      expect((await browser.get('/account')).status, `after ${quarter + 1} quarters of an hour`).toBe(200)
    }
    door().clock.turn(15 * minutes + 1000)
    expect((await browser.get('/account')).status).toBe(303)
    const idle = await inside()
    door().clock.turn(31 * minutes)
    expect((await idle.browser.get('/account')).status).toBe(303)
    door().clock.turn(-31 * minutes - 12 * 60 * minutes - 1000)
  })

  test('of somebody who is disabled dies at once, for pages and for the database', async () => {
    const { browser, staffId } = await inside()
    expect(await readsAs(browser)).toBe(staffId)
    await change(staffId, { isActive: false })
    expect((await browser.get('/account')).status).toBe(303)
    expect(await readsAs(browser)).toBeNull()
    await change(staffId, { isActive: true })
    // Enabled again is not signed in again.
    expect((await browser.get('/account')).status).toBe(303)
  })

  test('has the roles of this moment', async () => {
    const { browser, staffId } = await inside(['officer'])
    expect((await browser.get('/persons')).status).toBe(200)
    expect((await browser.get('/administration')).status).toBe(403)
    await change(staffId, { roles: ['administrator'] })
    expect((await browser.get('/persons')).status).toBe(403)
    expect((await browser.get('/administration')).status).toBe(200)
    expect((await browser.get('/administration/people/1')).status).not.toBe(403)
  })

  test('of somebody whose password is reset dies, with the devices and the codes', async () => {
    const { browser, staffId, userName } = await inside()
    const { oneTimePassword } = await change(staffId, { isReset: true })
    expect((await browser.get('/account')).status).toBe(303)
    expect((await browser.signIn(userName)).status).toBe(403)
    expect((await browser.signIn(userName, oneTimePassword ?? '')).headers.get('Location')).toBe('/sign-in/password')
    expect(await door().database.query('select 1 from staff_device where staff_id = $1', [staffId])).toEqual([])
  })
})

describe('one’s own account', () => {
  test('shows where one is signed in, and ends the others', async () => {
    const { browser, userName } = await inside()
    const phone = new Browser(door().app, { headers: { 'User-Agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36' } })
    await phone.signIn(userName)
    const page = await (await browser.get('/account')).text()
    expect(page).toContain('Chrome · Android')
    expect(page).toContain('nơi này')
    expect((await browser.post('/account/sessions')).headers.get('Location')).toBe('/account?done=othersEnded')
    expect((await phone.get('/account')).status).toBe(303)
    expect((await browser.get('/account')).status).toBe(200)
  })

  test('changes the password for who knows the one before, and ends the other sessions', async () => {
    const { browser, userName } = await inside()
    const other = new Browser(door().app)
    await other.signIn(userName)
    const better = 'bốn con mèo vàng ngủ'
    for (const [current, chosen, sentence] of [['not this one at all', better, 'hiện tại không đúng'], [goodPassword, 'short', 'ít nhất 12'], [goodPassword, goodPassword, 'phải khác']] as const) {
      const again = await browser.post('/account/password', { current, chosen })
      expect([again.status, (await again.text()).includes(sentence)]).toEqual([400, true])
    }
    expect((await browser.post('/account/password', { current: goodPassword, chosen: better })).headers.get('Location')).toBe('/account?done=passwordChanged')
    expect((await other.get('/account')).status).toBe(303)
    expect((await new Browser(door().app).signIn(userName)).status).toBe(403)
    expect((await new Browser(door().app).signIn(userName, better)).status).toBe(303)
  })

  test('guesses of the password at an open session are counted too', async () => {
    const { browser } = await inside()
    const statuses: number[] = []
    for (let round = 0; round < 12; round += 1) statuses.push((await browser.post('/account/password', { current: `guess number ${round}`, chosen: 'bốn con mèo vàng ngủ' })).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 400), 429, 429])
  })

  test('sets up codes after the password, and asks for them from then on', async () => {
    const { browser, userName } = await inside()
    expect((await browser.get('/account/codes')).headers.get('Location')).toBe('/account')
    expect((await browser.post('/account/codes/confirm', { code: '123456' })).headers.get('Location')).toBe('/account')
    expect((await browser.post('/account/codes', { password: 'not this one at all' })).status).toBe(400)
    expect((await browser.post('/account/codes', { password: goodPassword })).headers.get('Location')).toBe('/account/codes')
    const secret = secretOn(await (await browser.get('/account/codes')).text())
    expect((await browser.post('/account/codes/confirm', { code: codeAt(secret, door().clock.now()) })).headers.get('Location')).toBe('/account?done=codesDone')
    expect((await new Browser(door().app).signIn(userName)).headers.get('Location')).toBe('/sign-in/code')
  })
})

describe('what another site sends', () => {
  test('is refused in every shape, and changes nothing', async () => {
    const { browser } = await inside()
    const attacks: readonly Record<string, string>[] = [
      { Origin: 'https://elsewhere.example' }, { Origin: 'null' }, {}, { Origin: 'http://localhost.elsewhere.example' }, { Origin: 'http://sub.localhost' },
      { Origin: 'https://elsewhere.example', 'Content-Type': 'text/plain' }, { Origin: 'https://elsewhere.example', 'Content-Type': 'multipart/form-data; boundary=x' },
      { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'http://localhost:8080', 'Sec-Fetch-Site': 'same-site' },
    ]
    for (const headers of attacks) {
      for (const path of ['/sign-out', '/account/sessions', '/sign-in']) expect((await browser.post(path, {}, headers)).status, `${path} ${JSON.stringify(headers)}`).toBe(403)
    }
    const bare = await door().app.request('http://localhost/sign-out', { method: 'POST', headers: { Cookie: `tantay_session=${browser.cookies.get('tantay_session') ?? ''}` } })
    expect(bare.status).toBe(403)
    expect((await browser.get('/account')).status).toBe(200)
  })

  test('under another name of this server is answered by nobody', async () => {
    const app = door().appWith({ publicUrl: 'https://doi-soat.example' })
    for (const origin of ['http://elsewhere.example', 'https://doi-soat.example.elsewhere.example', 'http://doi-soat.example:81']) expect((await app.request(`${origin}/sign-in`)).status, origin).toBe(421)
    for (const origin of ['https://doi-soat.example', 'http://127.0.0.1:3000', 'http://localhost', 'http://[::1]:3000']) expect((await app.request(`${origin}/sign-in`)).status, origin).toBe(200)
  })

  test('passes a proxy that ends the encryption: the browser says the public address, the proxy asks this machine', async () => {
    const app = door().appWith({ publicUrl: 'https://doi-soat.example' })
    const { userName } = await person(door(), ['officer'])
    const body = new URLSearchParams({ name: userName, password: goodPassword })
    const send = (origin: string) => app.request('http://127.0.0.1:3000/sign-in', { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin } })
    expect((await send('https://doi-soat.example')).status).toBe(303)
    expect((await send('https://elsewhere.example')).status).toBe(403)
  })

  test('and is too long is refused before it is read', async () => {
    const response = await new Browser(door().app).signIn('x', 'p'.repeat(70_000))
    expect(response.status).toBe(413)
  })
})
