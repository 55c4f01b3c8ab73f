/** Signing in, as R22 promises it: few tries, one answer, new ids, codes once, and an end that holds everywhere at once. */
import { describe, expect, test } from 'vitest'
import { confirmEnrolment, hashOf, openAttempts } from '../../src/staff/index.ts'
import { Browser, codeAt, goodPassword, person, secretOn, useDoor } from './door.ts'

const door = useDoor()
const minutes = 60_000

/** The page's text without what differs by nature. */
async function seen(response: Response): Promise<string> {
  return (await response.text()).replaceAll(/value="[^"]*"/g, '')
}

async function expireTries(): Promise<void> {
  await door().database.query('delete from sign_in_attempt')
}

describe('the way in', () => {
  test('leads from the page that was wanted through name and password to that page', async () => {
    const { userName } = await person(door(), ['officer'])
    const browser = new Browser(door().app)
    const turnedAway = await browser.get('/persons?x=1')
    expect([turnedAway.status, turnedAway.headers.get('Location')]).toEqual([303, '/sign-in?to=%2Fpersons%3Fx%3D1'])
    const page = await (await browser.get('/sign-in?to=%2Fpersons%3Fx%3D1')).text()
    expect(page).toContain('name="to" value="/persons?x=1"')
    const inside = await browser.signIn(userName, goodPassword, { to: '/persons?x=1' })
    expect([inside.status, inside.headers.get('Location')]).toEqual([303, '/persons?x=1'])
    const opened = await browser.get('/persons?x=1')
    expect(opened.status).toBe(200)
    expect(opened.headers.get('Cache-Control')).toBe('no-store')
    expect(await opened.text()).toContain(`Người ${userName}`)
  })

  test.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example/', '/..//elsewhere.example', '/\t/elsewhere.example', 'javascript:alert(1)', '/sign-out', ''])('goes nowhere else: %s', async (to) => {
    const { userName } = await person(door(), ['officer'])
    expect((await new Browser(door().app).signIn(userName, goodPassword, { to })).headers.get('Location')).toBe('/')
  })

  test('takes a password typed with composed or with separate marks, and a name in capitals', async () => {
    const { userName } = await person(door(), ['officer'])
    expect((await new Browser(door().app).signIn(` ${userName.toUpperCase()} `, goodPassword.normalize('NFD'))).status).toBe(303)
  })

  test('sets a cookie that scripts and other sites never see, and over https no other server', async () => {
    const { userName } = await person(door(), ['officer'])
    const plain = (await new Browser(door().app).signIn(userName)).headers.getSetCookie().find((one) => one.startsWith('tantay_session='))
    expect(plain).toMatch(/^tantay_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    const app = door().appWith({ publicUrl: 'https://doi-soat.example' })
    const secure = new Browser(app, { origin: 'https://doi-soat.example' })
    const cookies = (await secure.signIn(userName)).headers.getSetCookie()
    expect(cookies.find((one) => one.includes('session'))).toMatch(/^__Host-tantay_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect((await secure.get('/account')).status).toBe(200)
  })
})

describe('a demo', () => {
  test('names its accounts at the door, and no password; nobody else does', async () => {
    const { userName } = await person(door(), ['officer'])
    const disabled = await person(door(), ['officer'])
    await door().database.query('update staff set is_active = false where staff_id = $1', [disabled.staffId])
    const page = await (await new Browser(door().appWith({ isDemo: true })).get('/sign-in')).text()
    expect(page).toContain(userName)
    expect(page).not.toContain(disabled.userName)
    expect(page).not.toContain('argon2')
    expect(await (await new Browser(door().app).get('/sign-in')).text()).not.toContain(userName)
  })
})

describe('one answer', () => {
  test('for a name that is not there, a wrong password, a disabled account and one without a password: status, page and headers', async () => {
    await expireTries()
    const known = await person(door(), ['officer'])
    const disabled = await person(door(), ['officer'])
    await door().database.query('update staff set is_active = false where staff_id = $1', [disabled.staffId])
    const bare = await person(door(), ['officer'])
    await door().database.query('update staff set password_hash = null where staff_id = $1', [bare.staffId])
    const answers = await Promise.all(['nobody-here', known.userName, disabled.userName, bare.userName].map(async (name) => {
      const response = await new Browser(door().app).signIn(name, name === known.userName ? 'not the password' : goodPassword)
      return { status: response.status, page: await seen(response), headers: [...response.headers.entries()].filter(([header]) => header !== 'x-request-id') }
    }))
    expect(answers[0]?.status).toBe(403)
    expect(answers[0]?.page).toContain('Tên đăng nhập hoặc mật khẩu không đúng')
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  test('after the same time: both verify one hash of the same cost', async () => {
    await expireTries()
    const { userName } = await person(door(), ['officer'])
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    // In turn, so that whatever else the machine does falls on both.
    for (let round = 0; round < 9; round += 1) {
      for (const who of ['known', 'unknown'] as const) {
        const before = performance.now()
        await new Browser(door().app, { headers: {} }).signIn(who === 'known' ? userName : `${userName}-not`, `wrong ${round} password`)
        times[who].push(performance.now() - before)
      }
    }
    const middle = (all: number[]): number => [...all].sort((one, other) => one - other)[4] ?? 0
    expect(middle(times.unknown) / middle(times.known)).toBeGreaterThan(0.5)
    expect(middle(times.unknown) / middle(times.known)).toBeLessThan(2)
  })
})

describe('guessing', () => {
  test('ends after ten tries for a name and place, the right password too, for half an hour; a thousand at once are no more', async () => {
    await expireTries()
    const { userName } = await person(door(), ['officer'])
    const statuses = await Promise.all(Array.from({ length: 25 }, (_, index) => new Browser(door().app).signIn(userName, `guess number ${index}`))).then((all) => all.map(({ status }) => status))
    expect(statuses.filter((status) => status === 403)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(15)
    const barred = await new Browser(door().app).signIn(userName)
    expect(barred.status).toBe(429)
    expect(await barred.text()).toContain('Đợi')
    const [row] = await door().database.query<{ expire: string }>("select expire from sign_in_attempt where key like 'pair:%' order by points desc limit 1")
    expect(Number(row?.expire) - Date.now()).toBeGreaterThan(29 * minutes)
    expect(Number(barred.headers.get('Retry-After'))).toBeGreaterThan(60)
  })

  test('of a name that is not there is counted as of any other', async () => {
    await expireTries()
    const statuses: number[] = []
    for (let round = 0; round < 12; round += 1) statuses.push((await new Browser(door().app).signIn('nobody-at-all', 'some password here')).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429])
  })

  test('by others does not keep out whom the browser knows, nor whoever comes from elsewhere', async () => {
    await expireTries()
    const { userName } = await person(door(), ['officer'])
    const own = new Browser(door().app)
    expect((await own.signIn(userName)).status).toBe(303)
    await own.post('/sign-out')
    for (let round = 0; round < 40; round += 1) await new Browser(door().app).signIn(userName, `guess number ${round}`)
    expect((await new Browser(door().app).signIn(userName)).status).toBe(429)
    expect((await own.signIn(userName)).status).toBe(303)
    // The known browser has its own ten.
    await own.post('/sign-out')
    for (let round = 0; round < 10; round += 1) expect((await own.signIn(userName, `slip number ${round}`)).status).toBe(403)
    expect((await own.signIn(userName)).status).toBe(429)
  })

  test('of many names from one place becomes slow, and nobody is barred for it', async () => {
    await expireTries()
    const { userName } = await person(door(), ['officer'])
    const statuses: number[] = []
    for (let round = 0; round < 34; round += 1) statuses.push((await new Browser(door().app).signIn(`sprayed-${round}`, 'Matkhau2026 chung')).status)
    expect(statuses.filter((status) => status === 403)).toHaveLength(30)
    const slow = await new Browser(door().app).signIn(userName)
    expect(slow.status).toBe(429)
    expect(Number(slow.headers.get('Retry-After'))).toBeLessThanOrEqual(300)
  })

  test('a device cookie of one person opens no more tries for another', async () => {
    await expireTries()
    const [attacker, victim] = [await person(door(), ['officer']), await person(door(), ['officer'])]
    const browser = new Browser(door().app)
    await browser.signIn(attacker.userName)
    await browser.post('/sign-out')
    const statuses: number[] = []
    for (let round = 0; round < 12; round += 1) statuses.push((await browser.signIn(victim.userName, `guess number ${round}`)).status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(2)
    expect((await new Browser(door().app).signIn(victim.userName)).status).toBe(429)
  })

  test('keeps no name and no address as typed', async () => {
    await expireTries()
    await new Browser(door().app).signIn('canary-user-name', 'canary password 1')
    for (const { key } of await door().database.query<{ key: string }>('select key from sign_in_attempt')) expect(key).toMatch(/^(?:pair|address|account):[0-9a-f]{64}$/)
    const trail = JSON.stringify(await door().database.query('select * from trail_entry'))
    expect(trail).not.toContain('canary')
    expect(JSON.stringify(door().failures)).not.toContain('canary')
  })
})

describe('a password for one use', () => {
  test('opens nothing but the page for one of one’s own; then codes are set up, and only then the pages', async () => {
    await expireTries()
    const who = await person(door(), ['officer'], { oneTime: true, codes: true })
    expect(who.oneTimePassword).toMatch(/^[a-z2-9]{4}(?:-[a-z2-9]{4}){3}$/)
    const browser = new Browser(door().app)
    const first = await browser.signIn(who.userName, who.oneTimePassword ?? '', { to: '/persons' })
    expect(first.headers.get('Location')).toBe('/sign-in/password?to=%2Fpersons')
    for (const path of ['/', '/persons', '/account', '/administration']) expect((await browser.get(path)).headers.get('Location')).toMatch(/^\/sign-in/)
    expect((await browser.get('/sign-in/enrol')).headers.get('Location')).toBe('/sign-in/password')
    for (const [chosen, sentence] of [['short', 'ít nhất 12'], [`${who.userName} của tôi`, 'chứa tên'], ['matkhau123456', 'nhiều người dùng'], [who.oneTimePassword ?? '', 'phải khác']] as const) {
      const again = await browser.post('/sign-in/password', { chosen })
      expect([again.status, (await again.text()).includes(sentence)]).toEqual([400, true])
    }
    const half = browser.cookies.get('tantay_session')
    expect((await browser.post('/sign-in/password', { chosen: goodPassword, to: '/persons' })).headers.get('Location')).toBe('/sign-in/enrol?to=%2Fpersons')
    const secret = secretOn(await (await browser.get('/sign-in/enrol')).text())
    expect(secret.replaceAll(' ', '')).toHaveLength(32)
    expect((await browser.post('/sign-in/enrol', { code: '000000' })).status).toBe(403)
    expect(secretOn(await (await browser.get('/sign-in/enrol')).text())).toBe(secret)
    const done = await browser.post('/sign-in/enrol', { code: codeAt(secret, door().clock.now()), to: '/persons' })
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/persons'])
    expect(browser.cookies.get('tantay_session')).not.toBe(half)
    expect((await browser.get('/persons')).status).toBe(200)
    // The first password and the first session are worth nothing any more.
    expect((await new Browser(door().app).signIn(who.userName, who.oneTimePassword ?? '')).status).toBe(403)
    const old = new Browser(door().app)
    old.cookies.set('tantay_session', half ?? '')
    expect((await old.get('/persons')).status).toBe(303)
    expect((await old.get('/sign-in/code')).headers.get('Location')).toBe('/sign-in')
  })

  test('that has lain about for a week opens nothing', async () => {
    const who = await person(door(), ['officer'], { oneTime: true })
    await door().database.query("update staff set password_changed_at = password_changed_at - interval '8 days' where staff_id = $1", [who.staffId])
    const late = await new Browser(door().app).signIn(who.userName, who.oneTimePassword ?? '')
    expect([late.status, (await late.text()).includes('quá 7 ngày')]).toEqual([403, true])
  })
})

describe('codes', () => {
  async function enrolled(): Promise<{ readonly userName: string; readonly staffId: string; readonly secret: string }> {
    await expireTries()
    const { userName, staffId } = await person(door(), ['officer'], { codes: true })
    const browser = new Browser(door().app)
    await browser.signIn(userName)
    const secret = secretOn(await (await browser.get('/sign-in/enrol')).text())
    await browser.post('/sign-in/enrol', { code: codeAt(secret, door().clock.now()) })
    // The code of the enrolment is spent; the next half minute has another.
    door().clock.turn(30_000)
    return { userName, staffId, secret }
  }

  test('are good once, a step early or late, and never again', async () => {
    const { userName, secret } = await enrolled()
    const code = codeAt(secret, door().clock.now())
    const [first, second] = [new Browser(door().app), new Browser(door().app)]
    expect((await first.signIn(userName)).headers.get('Location')).toBe('/sign-in/code')
    expect((await first.get('/persons')).status).toBe(303)
    const half = first.cookies.get('tantay_session')
    expect((await first.post('/sign-in/code', { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` })).status).toBe(303)
    expect(first.cookies.get('tantay_session')).not.toBe(half)
    expect((await first.get('/persons')).status).toBe(200)
    await second.signIn(userName)
    expect((await second.post('/sign-in/code', { code })).status).toBe(403)
    door().clock.turn(60_000)
    expect((await second.post('/sign-in/code', { code })).status).toBe(403)
    // The clock of the telephone goes half a minute fast.
    const early = codeAt(secret, new Date(Date.parse(door().clock.now()) + 30_000).toISOString())
    expect((await second.post('/sign-in/code', { code: early })).status).toBe(303)
    door().clock.turn(30_000)
  })

  test('sent twice at the same instant let one in', async () => {
    const { userName, secret } = await enrolled()
    const browsers = await Promise.all([1, 2, 3, 4].map(async () => {
      const browser = new Browser(door().app)
      await browser.signIn(userName)
      return browser
    }))
    const code = codeAt(secret, door().clock.now())
    const statuses = (await Promise.all(browsers.map((browser) => browser.post('/sign-in/code', { code })))).map(({ status }) => status).sort()
    expect(statuses).toEqual([303, 403, 403, 403])
  })

  test('are guessed ten times and no more, in whichever session', async () => {
    const { userName, secret } = await enrolled()
    const statuses: number[] = []
    for (let round = 0; round < 12; round += 1) {
      const browser = new Browser(door().app)
      await browser.signIn(userName)
      statuses.push((await browser.post('/sign-in/code', { code: String(100_000 + round) })).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429])
    const right = new Browser(door().app)
    await right.signIn(userName)
    expect((await right.post('/sign-in/code', { code: codeAt(secret, door().clock.now()) })).status).toBe(429)
  })

  test('of somebody are never replaced by whoever knows the password alone', async () => {
    await expireTries()
    const { userName, staffId } = await person(door(), ['officer'], { codes: true })
    const [thief, owner] = [new Browser(door().app), new Browser(door().app)]
    await thief.signIn(userName)
    const thiefs = secretOn(await (await thief.get('/sign-in/enrol')).text())
    await owner.signIn(userName)
    const owners = secretOn(await (await owner.get('/sign-in/enrol')).text())
    expect(thiefs).not.toBe(owners)
    expect((await owner.post('/sign-in/enrol', { code: codeAt(owners, door().clock.now()) })).headers.get('Location')).toBe('/')
    const late = await thief.post('/sign-in/enrol', { code: codeAt(thiefs, door().clock.now()) })
    expect([late.status, late.headers.get('Location')]).toEqual([303, '/sign-in/code'])
    // Two that were sent while the first was being read: the room itself asks again.
    const half = { sessionHash: hashOf(thief.cookies.get('tantay_session') ?? ''), staffId }
    expect(await confirmEnrolment(door().database, openAttempts(door().database), half, codeAt(thiefs, door().clock.now()), door().clock.now())).toBe(false)
    expect(await door().database.query('select totp_secret from staff where staff_id = $1', [staffId])).toEqual([{ totp_secret: owners.replaceAll(' ', '') }])
  })

  test('cannot be gone around: no other step, no other page, and enrolment only for who has none', async () => {
    const { userName } = await enrolled()
    const browser = new Browser(door().app)
    await browser.signIn(userName)
    for (const [path, fields] of [['/sign-in/enrol', { code: '123456' }], ['/sign-in/password', { chosen: goodPassword }], ['/account/password', { current: goodPassword, chosen: 'another good one 1' }], ['/account/codes', { password: goodPassword }]] as const) {
      expect((await browser.post(path, fields)).headers.get('Location'), path).toMatch(/^\/sign-in/)
    }
    expect((await browser.get('/sign-in/enrol')).headers.get('Location')).toBe('/sign-in/code')
    // What the password alone has opened does not stay open.
    door().clock.turn(16 * minutes)
    expect((await browser.get('/sign-in/code')).headers.get('Location')).toBe('/sign-in')
  })
})
