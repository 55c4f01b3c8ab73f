/** A real browser at the door: by keyboard alone, kindly refused, set up for codes, in every language and width; and a second administrator. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { addDays } from '../../src/core/index.ts'
import { Browser, codeAt, goodPassword, person, useDoor } from '../staff/door.ts'
import { useServed, violationsOn } from './served.ts'

const door = useDoor()
const pictures = process.env['TANTAY_PICTURES']
const { origin, open } = useServed(() => ({ app: { fetch: (request) => Promise.resolve(door().app.fetch(request)) } }))

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

async function faultsOn(page: Page): Promise<string[]> {
  return (await violationsOn(page)).map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

/** What the keyboard stands on. */
const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()')

async function signIn(page: Page, userName: string, password: string = goodPassword): Promise<void> {
  await page.goto(`${origin()}/sign-in`)
  await page.locator('#name').fill(userName)
  await page.locator('#password').fill(password)
  const loaded = page.waitForEvent('load')
  await page.locator('main button').click()
  await loaded
}

/** Types into the field on which the keyboard stands when the page has opened, and sends the form. */
async function typeAndSend(page: Page, id: string, text: string): Promise<void> {
  await page.locator(`#${id}:focus`).waitFor()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

async function typeNameAndPassword(page: Page, userName: string, password: string): Promise<void> {
  await page.locator('#name:focus').waitFor()
  await page.keyboard.type(userName)
  await page.keyboard.press('Tab')
  await typeAndSend(page, 'password', password)
}

beforeAll(async () => {
  await door().database.query('delete from sign_in_attempt')
})

describe('with the keyboard alone', () => {
  test('somebody new signs in, chooses a password, sets up codes, goes out and comes in again', async () => {
    const who = await person(door(), ['officer'], { oneTime: true, codes: true })
    const { context, page, complaints } = await open(1280)
    await page.goto(`${origin()}/account`)
    expect(page.url()).toBe(`${origin()}/sign-in?to=%2Faccount`)
    await typeNameAndPassword(page, who.userName, who.oneTimePassword ?? '')
    await page.waitForURL('**/sign-in/password**')
    await picture(page, 'first-password-vi-1280')
    await typeAndSend(page, 'chosen', goodPassword)
    await page.waitForURL('**/sign-in/enrol**')
    await picture(page, 'enrol-vi-1280')
    const secret = await page.locator('.tt-secret').innerText()
    await typeAndSend(page, 'code', codeAt(secret, door().clock.now()))
    await page.waitForURL('**/account')
    expect(await page.locator('.tt-reader').innerText()).toContain(who.userName)
    await picture(page, 'account-vi-1280')
    // Out: the page before shows nothing any more.
    await page.getByRole('button', { name: 'Đăng xuất', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Đã đăng xuất' }).waitFor()
    await picture(page, 'signed-out-vi-1280')
    await page.goBack()
    await page.waitForURL('**/sign-in**')
    expect(await page.locator('body').innerText()).not.toContain(who.userName)
    // In again, with the next code.
    door().clock.turn(30_000)
    await page.goto(`${origin()}/sign-in`)
    await typeNameAndPassword(page, who.userName, goodPassword)
    await page.waitForURL('**/sign-in/code')
    await picture(page, 'code-vi-1280')
    await typeAndSend(page, 'code', codeAt(secret, door().clock.now()))
    await page.waitForURL(`${origin()}/`)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a wrong password is told kindly, at the top and at the field, and the name stays', async () => {
    const { userName } = await person(door(), ['officer'])
    const { context, page } = await open(360)
    await signIn(page, userName, 'not this one at all')
    const summary = page.locator('.govuk-error-summary')
    expect(await summary.innerText()).toContain('không đúng')
    expect(await page.locator('#name').inputValue()).toBe(userName)
    expect(await page.locator('#password').inputValue()).toBe('')
    expect(await page.title()).toContain('Có chỗ cần sửa')
    await summary.getByRole('link').focus()
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('name')
    expect(await faultsOn(page)).toEqual([])
    await picture(page, 'wrong-vi-360')
    await context.close()
  })
})

describe('an approver who goes away', () => {
  test('names a deputy, who is told, and takes it back', async () => {
    const [approver, deputy] = [await person(door(), ['approver'], { unit: '00001' }), await person(door(), ['officer'], { unit: '00001' })]
    const { context, page } = await open(1280)
    await signIn(page, approver.userName)
    await page.goto(`${origin()}/account`)
    await page.locator('summary', { hasText: 'Giao làm thay' }).click()
    await page.locator('details[open] button[type=submit]').click()
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('Chọn một người làm thay')
    // The form has stayed open, with what was typed.
    await page.locator('#deputy').selectOption({ label: `Người ${deputy.userName}` })
    await page.locator('#to').fill(addDays(door().clock.today(), 2))
    await page.locator('#reason').fill('đi họp tỉnh')
    await page.locator('details[open] button[type=submit]').click()
    await page.waitForURL('**/account?done=deputyNamed')
    expect(await page.locator('[role=status]').innerText()).toContain('Đã giao làm thay')
    const other = await open(360)
    await signIn(other.page, deputy.userName)
    await other.page.goto(`${origin()}/account`)
    expect(await other.page.locator('.govuk-inset-text').innerText()).toContain(`Bạn phê duyệt thay`)
    expect(await other.page.locator('.govuk-inset-text').innerText()).toContain(`Người ${approver.userName}`)
    await page.getByRole('button', { name: new RegExp(`Kết thúc.*${deputy.userName}`) }).click()
    await page.waitForURL('**/account?done=absenceEnded')
    await other.page.reload()
    expect(await other.page.locator('.govuk-inset-text').count()).toBe(0)
    await Promise.all([context.close(), other.context.close()])
  })
})

describe('every page of the door, of accounts and of administrators', () => {
  test.each([['vi', 1280], ['vi', 360], ['en', 1280], ['ar', 1280], ['ar', 360]] as const)('in %s at %d pixels is without a fault that a machine can find, and without scrolling sideways', async (language, width) => {
    const { database, clock } = door()
    const first = await person(door(), ['administrator'])
    const second = await person(door(), ['administrator'])
    const approver = await person(door(), ['approver'], { unit: '00001' })
    const deputy = await person(door(), ['officer', 'approver'])
    await database.query(`insert into staff_absence (absent_id, deputy_id, from_date, to_date, reason, recorded_by, recorded_at) values ($1, $2, $3, $4, 'nghỉ phép', $1, $5), ($2, $6, $3, $4, 'nghỉ phép', $2, $5)`, [approver.staffId, deputy.staffId, clock.today(), addDays(clock.today(), 5), clock.now(), approver.staffId])
    const other = new Browser(door().app)
    await other.signIn(second.userName)
    const name = `cho.${language}.${width}`
    await other.post('/administration/people', { name, 'display-name': 'Nguyễn Thị Chờ Xác Nhận', role: ['officer', 'approver'], unit: '', agent: '', reason: 'Quyết định phân công số 12/QĐ-UBND' })
    await other.post('/administration/bands', { level: 'commune', amount: '35000000', reason: 'Nghị quyết 5' })
    const [waiting] = await database.query<{ staff_id: string }>('select staff_id from staff where user_name = $1', [name])
    const { context, page, complaints } = await open(width)
    const look = async (what: string): Promise<void> => {
      const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect(sideways, what).toBe(0)
      expect(await faultsOn(page), what).toEqual([])
      await picture(page, `${what}-${language}-${width}`)
    }
    await page.goto(`${origin()}/sign-in?lang=${language}`)
    await look('sign-in')
    await signIn(page, deputy.userName)
    await page.goto(`${origin()}/account`)
    await look('account')
    for (const summary of await page.locator('main summary').all()) await summary.click()
    await look('account-open')
    await page.locator('.tt-reader button').click()
    await page.waitForURL('**/sign-out')
    await signIn(page, first.userName)
    for (const [what, path] of [['administration', '/administration'], ['person', `/administration/people/${waiting?.staff_id ?? ''}`], ['add', '/administration/people/new'], ['bands', '/administration/bands']] as const) {
      await page.goto(`${origin()}${path}`)
      await look(what)
    }
    await page.goto(`${origin()}/administration/people/${approver.staffId}`)
    for (const summary of await page.locator('main summary').all()) await summary.click()
    await look('person-open')
    await page.goto(`${origin()}/administration/people/new`)
    await page.locator('main button[type=submit]').click()
    await look('add-wrong')
    await page.goto(`${origin()}/administration`)
    await page.locator(`#waiting li:has-text("${name}") button[value=confirm]`).click()
    await page.locator('.tt-one-time').waitFor()
    await look('handed-over')
    expect(complaints.filter((one) => !one.includes('400'))).toEqual([])
    await context.close()
  })

  test('keeps under a hundred kilobytes at the first view', async () => {
    const { context, page } = await open(360)
    let bytes = 0
    page.on('response', (response) => {
      void response.request().sizes().then(({ responseBodySize }) => (bytes += responseBodySize))
    })
    await page.goto(`${origin()}/sign-in`, { waitUntil: 'networkidle' })
    expect(bytes).toBeGreaterThan(5_000)
    expect(bytes).toBeLessThan(100_000)
    await context.close()
  })
})
