/** Who stands in for an approver: named by the approver alone, for days, among those who see the same people. */
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../src/core/index.ts'
import { absencesOf, possibleDeputies } from '../../src/staff/index.ts'
import { Browser, person, useDoor } from './door.ts'

const door = useDoor()

interface Somebody {
  readonly browser: Browser
  readonly staffId: string
  readonly userName: string
}

async function inside(roles: Parameters<typeof person>[1], unit: string | null): Promise<Somebody> {
  const { staffId, userName } = await person(door(), roles, unit === null ? {} : { unit })
  const browser = new Browser(door().app)
  await browser.signIn(userName)
  return { browser, staffId, userName }
}

let approver: Somebody
let deputy: Somebody
let today = ''
beforeAll(async () => {
  approver = await inside(['approver'], '00001')
  deputy = await inside(['officer'], '00001')
  today = door().clock.today()
})

const ask = (fields: Record<string, string>, who = approver): Promise<Response> => who.browser.post('/account/deputy', { deputy: deputy.staffId, from: today, to: addDays(today, 3), reason: 'nghỉ phép', ...fields })
const names = async (): Promise<number> => (await door().database.query('select 1 from staff_absence where ended_at is null')).length

describe('a deputy', () => {
  test('can be a colleague who works on cases and sees the same people, and nobody who pays, looks on or is elsewhere', async () => {
    const chosen = [await inside(['approver'], '00001'), await inside(['officer', 'approver'], null)]
    for (const [roles, unit] of [[['payer'], '00001'], [['officer', 'payer'], '00001'], [['auditor'], '00001'], [['administrator'], null], [['officer'], '00002']] as const) {
      const other = await inside(roles, unit)
      const response = await ask({ deputy: other.staffId })
      expect([response.status, (await response.text()).includes('href="#deputy"')], `${roles.join()} in ${unit ?? 'the country'}`).toEqual([400, true])
    }
    expect((await possibleDeputies(door().database, approver.staffId)).map(({ staff_id: id }) => id).sort()).toEqual([deputy.staffId, ...chosen.map(({ staffId }) => staffId)].sort())
    expect((await ask({ deputy: approver.staffId })).status).toBe(400)
    expect(await names()).toBe(0)
  })

  test.each([
    ['yesterday', () => ({ from: addDays(today, -1) })], ['an end before the beginning', () => ({ to: addDays(today, -1) })], ['a whole year', () => ({ to: addDays(today, 365) })],
    ['no day', () => ({ from: '' })], ['a day that never was', () => ({ from: '2026-02-30', to: '2026-03-01' })],
  ] as const)('is not named for %s', async (_, fields) => {
    const response = await ask(fields())
    expect([response.status, (await response.text()).includes('href="#from"')]).toEqual([400, true])
  })

  test('is named, sees it, approves in place of the absent one by the database’s own word, and not after the end', async () => {
    expect((await ask({})).headers.get('Location')).toBe('/account?done=deputyNamed')
    expect((await ask({ from: addDays(today, 2), to: addDays(today, 9) })).status).toBe(400)
    expect(await (await deputy.browser.get('/account')).text()).toContain('Bạn phê duyệt thay')
    expect(await (await approver.browser.get('/account')).text()).toContain('làm thay bạn')
    expect(await absencesOf(door().database, deputy.staffId, today)).toMatchObject([{ absent_id: approver.staffId, is_now: true }])
    const [absence] = await door().database.query<{ id: string }>('select absence_id as id from staff_absence where ended_at is null')
    // Somebody else's is not theirs to end.
    const other = await inside(['approver'], '00001')
    await other.browser.post('/account/deputy/end', { absence: absence?.id ?? '' })
    expect(await names()).toBe(1)
    expect((await approver.browser.post('/account/deputy/end', { absence: absence?.id ?? '' })).headers.get('Location')).toBe('/account?done=absenceEnded')
    expect(await names()).toBe(0)
    expect(await (await deputy.browser.get('/account')).text()).not.toContain('Bạn phê duyệt thay')
    expect(await door().database.query("select kind, subject from trail_entry where staff_id = $1 and kind like 'deputy%' order by entry_id", [approver.staffId])).toEqual([{ kind: 'deputy_named', subject: deputy.staffId }, { kind: 'deputy_ended', subject: deputy.staffId }])
  })

  test('is named by nobody but an approver', async () => {
    expect((await ask({}, deputy)).status).toBe(403)
    expect(await (await deputy.browser.get('/account')).text()).not.toContain('/account/deputy')
  })
})
