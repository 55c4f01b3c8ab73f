/** Signing in at a real identity provider: whoever is known gets in, once for each log-in, and nobody gets a right by it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { identityProvider } from '../../src/staff/index.ts'
import type { App } from '../../src/http/index.ts'
import { Browser, person, useDoor } from './door.ts'
import { clientSecret, typeInto, useIdentityProvider, type ThereAccount } from './identity-provider.ts'

const publicUrl = 'http://127.0.0.1:3999'
const people = new Map<string, ThereAccount>()
const there = useIdentityProvider(`${publicUrl}/sign-in/return`, people)
const door = useDoor()
let app: App

beforeAll(() => {
  app = door().appWith({ publicUrl, provider: identityProvider({ issuer: there().issuer, clientId: 'tantay', clientSecret, publicUrl }) })
})

const browser = (): Browser => new Browser(app, { origin: publicUrl })

/** Goes there, signs in as `name`, and gives the address of the way back, not yet asked for. */
async function thereAndBack(one: Browser, name: string, to = ''): Promise<URL> {
  const away = await one.get(`/sign-in/provider${to === '' ? '' : `?to=${encodeURIComponent(to)}`}`)
  expect(away.status).toBe(303)
  return new URL(await typeInto(away.headers.get('Location') ?? '', name, publicUrl))
}

const back = (one: Browser, url: URL): Promise<Response> => one.get(url.pathname + url.search)

/** An account there, and one here. */
async function known(name: string, more: Partial<ThereAccount> = {}): Promise<{ readonly staffId: string }> {
  people.set(name, { email: `${name}@tinh.example`, isVerified: true, ...more })
  return person(door(), ['officer'], { userName: `${name}@tinh.example` })
}

describe('the way to the provider', () => {
  test('asks for a code, with PKCE, state and nonce that are new each time', async () => {
    const urls = await Promise.all([1, 2].map(async () => new URL((await browser().get('/sign-in/provider')).headers.get('Location') ?? '')))
    for (const { origin, searchParams } of urls) {
      expect(origin).toBe(there().issuer)
      expect(Object.fromEntries(searchParams)).toMatchObject({ response_type: 'code', client_id: 'tantay', redirect_uri: `${publicUrl}/sign-in/return`, code_challenge_method: 'S256' })
    }
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = urls.map(({ searchParams }) => searchParams.get(name) ?? '')
      expect(values[0]).not.toBe(values[1])
      expect(values[0]?.length).toBeGreaterThanOrEqual(32)
    }
  })

  test('is offered at the door where it is set, and nowhere else', async () => {
    expect(await (await browser().get('/sign-in')).text()).toContain('/sign-in/provider')
    expect(await (await new Browser(door().app).get('/sign-in')).text()).not.toContain('/sign-in/provider')
    expect((await new Browser(door().app).get('/sign-in/provider')).status).toBe(404)
  })
})

test('nobody fills the database by leaving again and again', async () => {
  const statuses: number[] = []
  for (let round = 0; round < 122; round += 1) statuses.push((await browser().get('/sign-in/provider')).status)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(1)
  await door().database.query("delete from sign_in_attempt where key like 'departure:%'")
})

describe('who comes back', () => {
  test('and is known by a verified address gets in, is linked for good, and finds the page that was wanted', async () => {
    const { staffId } = await known('pang')
    const one = browser()
    const inside = await back(one, await thereAndBack(one, 'pang', '/persons?x=1'))
    expect([inside.status, inside.headers.get('Location')]).toEqual([303, '/persons?x=1'])
    expect((await one.get('/persons')).status).toBe(200)
    expect(await door().database.query('select oidc_issuer, oidc_subject from staff where staff_id = $1', [staffId])).toEqual([{ oidc_issuer: there().issuer, oidc_subject: 'pang' }])
    // Another address there changes nothing for who is linked.
    people.set('pang', { email: 'other@tinh.example', isVerified: false })
    const again = browser()
    expect((await back(again, await thereAndBack(again, 'pang'))).headers.get('Location')).toBe('/')
  })

  test.each([
    ['is unknown here', 'stranger', { email: 'stranger@tinh.example', isVerified: true }],
    ['has an address that nobody verified', 'unverified', { email: 'unverified@tinh.example', isVerified: false }],
  ] as const)('and %s is told so, and gets nothing', async (_, name, account) => {
    if (name === 'unverified') await known(name)
    people.set(name, account)
    const before = await door().database.query('select staff_id, oidc_subject from staff order by 1')
    const one = browser()
    const response = await back(one, await thereAndBack(one, name))
    expect([response.status, (await response.text()).includes('chưa được cấp quyền')]).toEqual([403, true])
    expect(one.cookies.has('tantay_session')).toBe(false)
    expect(await door().database.query('select staff_id, oidc_subject from staff order by 1')).toEqual(before)
  })

  test('as another subject with a linked person’s address is not that person', async () => {
    await known('linked')
    const one = browser()
    await back(one, await thereAndBack(one, 'linked'))
    people.set('imposter', { email: 'linked@tinh.example', isVerified: true })
    const other = browser()
    expect((await back(other, await thereAndBack(other, 'imposter'))).status).toBe(403)
  })

  test('and is disabled gets no further than anybody unknown', async () => {
    const { staffId } = await known('gone')
    const one = browser()
    await back(one, await thereAndBack(one, 'gone'))
    await door().database.query('update staff set is_active = false where staff_id = $1', [staffId])
    const again = browser()
    const refused = await back(again, await thereAndBack(again, 'gone'))
    expect([refused.status, (await refused.text()).includes('chưa được cấp quyền')]).toEqual([403, true])
  })
})

describe('a way back', () => {
  test.each([
    ['with another state', (url: URL) => { url.searchParams.set('state', 'x'.repeat(43)) }],
    ['without a state', (url: URL) => { url.searchParams.delete('state') }],
    ['with another code', (url: URL) => { url.searchParams.set('code', 'x'.repeat(43)) }],
    ['from another issuer', (url: URL) => { url.searchParams.set('iss', 'https://elsewhere.example') }],
    ['with an error instead', (url: URL) => { url.searchParams.delete('code'); url.searchParams.set('error', 'access_denied') }],
  ])('%s opens nothing', async (_, change) => {
    await known('tampered').catch(() => undefined)
    const one = browser()
    const url = await thereAndBack(one, 'tampered')
    change(url)
    const response = await back(one, url)
    expect([response.status, (await response.text()).includes('không hoàn tất')]).toEqual([403, true])
    expect(one.cookies.has('tantay_session')).toBe(false)
  })

  test('is walked once: the same address again, in the same browser and in another, opens nothing', async () => {
    await known('replayed')
    const one = browser()
    const url = await thereAndBack(one, 'replayed')
    const ticket = one.cookies.get('tantay_provider') ?? ''
    expect((await back(one, url)).status).toBe(303)
    const other = browser()
    other.cookies.set('tantay_provider', ticket)
    expect((await back(other, url)).status).toBe(403)
    expect((await back(browser(), url)).status).toBe(403)
  })

  test('is walked by the browser that went: a link planted in another signs nobody in', async () => {
    await known('planted')
    const attacker = browser()
    const url = await thereAndBack(attacker, 'planted')
    const victim = browser()
    await victim.get('/sign-in/provider')
    expect((await back(victim, url)).status).toBe(403)
    expect(victim.cookies.has('tantay_session')).toBe(false)
  })

  test('is walked within ten minutes', async () => {
    await known('slow')
    const one = browser()
    const url = await thereAndBack(one, 'slow')
    door().clock.turn(11 * 60_000)
    expect((await back(one, url)).status).toBe(403)
    door().clock.turn(-11 * 60_000)
  })
})

describe('signing out', () => {
  test('ends the session here and shows the way to end it there', async () => {
    await known('leaving')
    const one = browser()
    await back(one, await thereAndBack(one, 'leaving'))
    const text = await (await one.post('/sign-out')).text()
    const link = /href="([^"]+session\/end[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const asked = new URL(link)
    expect(asked.origin).toBe(there().issuer)
    expect(asked.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/sign-in`)
    expect(asked.searchParams.get('id_token_hint')?.split('.')).toHaveLength(3)
    expect((await fetch(link, { redirect: 'manual' })).status).toBeLessThan(400)
    expect((await one.get('/persons')).status).toBe(303)
    expect(JSON.stringify(await door().database.query('select oidc_id_token from staff_session where ended_at is not null'))).not.toContain('eyJ')
  })
})

test('while the provider is down people are told, and sign in with a password', async () => {
  const down = door().appWith({ publicUrl, provider: identityProvider({ issuer: 'http://127.0.0.1:1', clientId: 'tantay', clientSecret, publicUrl }) })
  const one = new Browser(down, { origin: publicUrl })
  const response = await one.get('/sign-in/provider')
  expect([response.status, (await response.text()).includes('không trả lời')]).toEqual([503, true])
  const { userName } = await person(door(), ['officer'])
  expect((await one.signIn(userName)).status).toBe(303)
})
