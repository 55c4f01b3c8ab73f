/** Who waits how long, and who answers in time: the reports against a count of every case by hand, after people have worked on them. */
import { beforeAll, describe, expect, test } from 'vitest'
import { act, layOutTally } from '../../src/cases/index.ts'
import { addDays, dayOfWeek, localDayOf, money, type Reader } from '../../src/core/index.ts'
import * as reports from '../../src/reports/index.ts'
import { useProvince } from '../http/province.ts'
import type { ReaderApp } from '../http/readers.ts'

const province = useProvince(500)
const today = '2026-12-15'
const window = { fromDate: '2026-11-01', toDate: '2026-12-15', today }

interface Case { unit_code: string | null; currency: string; step: string; amount_at_stake: string; waiting_since: string; opened_date: string; deadline_date: string; closed_date: string | null; is_open: boolean }

let cases: Case[] = []
let received: { unit_code: string | null; day: string }[] = []
let units: reports.Units
let isWorked: (day: string) => boolean

/** Working days after `from` up to `to`, counted one by one. */
function workingDays(from: string, to: string): number {
  let days = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorked(day)) days += 1
  return days
}

beforeAll(async () => {
  const { database, as, desk } = province()
  const person = async (roles: Reader['roles']): Promise<{ app: ReaderApp; reader: Reader }> => {
    const app = await as({ roles })
    return { app, reader: { staffId: app.staffId, userName: 'x', displayName: 'x', roles, unitCode: null, scopeLevel: 'country', creditorAgent: null } }
  }
  const [officer, approver] = [await person(['officer']), await person(['approver'])]
  // A holiday and a Saturday that is worked, beside those that come with the product.
  const [file] = await database.query<{ file_id: string }>("select max(file_id) as file_id from source_file where status = 'sealed'")
  await database.query("insert into calendar_row (file_id, line_number, calendar_date, kind, name) values ($1, 900001, '2026-11-18', 'holiday', 'x'), ($1, 900002, '2026-11-21', 'working', 'y')", [file?.file_id])
  const open = await database.query<{ finding_id: string }>('select finding_id from case_record where is_open order by finding_id')
  for (const [index, { finding_id: id }] of open.entries()) {
    // Dates spread over two months, each in its own way; every tenth waits for months.
    const opened = addDays('2026-10-20', (index * 7) % 50)
    await database.query('update case_record set opened_date = $2, waiting_since = $3, deadline_date = $4 where finding_id = $1', [id, opened, addDays(opened, index % 10 === 0 ? -90 : -(index % 13)), addDays(opened, 3 + (index % 9))])
    if (index % 3 === 0) continue
    const one = async (who: typeof officer, day: string, action: Parameters<typeof act>[1]['action']): Promise<void> => {
      const [standing] = await database.query<{ version: number }>('select version from case_record where finding_id = $1', [id])
      // Five in the morning by Greenwich is noon here.
      await desk.as(who.app.sessionHash).transaction((transaction) => act(transaction, { findingId: id, expectedVersion: standing?.version ?? 0, actor: who.reader, at: `${day}T05:00:00Z`, action }))
    }
    const day = addDays(opened, index % 4)
    await one(officer, day, { kind: 'appraise', resolution: 'false_alarm', amount: '0', comment: 'x' })
    if (index % 3 === 1) continue
    await one(approver, day, { kind: 'approve' })
    await one(officer, addDays(day, index % 6), { kind: 'answer' })
  }
  // Some went by themselves, before and after their deadline.
  await database.query("insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, kind, step) select person_key, finding_id, 1, unit_code, '2026-12-01', 'gone', 'gone' from case_record where version = 0 and case_number % 4 = 0")
  await database.query("update case_record set version = 1, step = 'gone', is_found = false, closed_date = deadline_date + (case_number % 3)::integer - 1 where version = 0 and case_number % 4 = 0")
  await layOutTally(database)
  cases = await database.query<Case>('select unit_code, currency, step, amount_at_stake, waiting_since, opened_date, deadline_date, closed_date, is_open from case_record')
  received = (await database.query<{ unit_code: string | null; at: string }>("select unit_code, happened_at as at from case_event where kind = 'received'")).map((row) => ({ unit_code: row.unit_code, day: localDayOf(row.at) }))
  const calendar = new Map((await database.query<{ day: string; kind: string }>('select calendar_date as day, kind from calendar')).map((row) => [row.day, row.kind]))
  isWorked = (day) => calendar.get(day) === 'working' || (calendar.get(day) !== 'holiday' && dayOfWeek(day) % 7 !== 0 && dayOfWeek(day) % 7 !== 6)
  const run = await reports.publishedRun(database)
  units = await reports.unitsOf(database, run?.as_of ?? '')
})

const byUnit = (code: string): string => units.today(code)

describe('ageing', () => {
  test('counts every open case once, in the band of its working days, with its money', async () => {
    const rows = await reports.ageing(province().database, units, byUnit, { today, unitCodes: null })
    const bandOf = (one: Case): number => [...reports.ageBands].reverse().find((band) => workingDays(one.waiting_since, today) >= band) ?? 0
    const expected = new Map<string, { count: number; amount: string }>()
    for (const one of cases.filter((row) => row.is_open)) {
      const key = JSON.stringify([one.unit_code === null ? null : byUnit(one.unit_code), bandOf(one), one.currency])
      const sum = expected.get(key) ?? { count: 0, amount: '0' }
      expected.set(key, { count: sum.count + 1, amount: money.add(sum.amount, money.amountFromDatabase(one.amount_at_stake)) })
    }
    expect(new Map(rows.map((row) => [JSON.stringify([row.unit_code, row.band, row.currency]), { count: row.case_count, amount: row.amount }]))).toEqual(expected)
    expect(new Set(rows.map((row) => row.band)).size).toBeGreaterThan(2)
    expect(rows.reduce((sum, row) => sum + row.overdue_count, 0)).toBe(cases.filter((one) => one.is_open && one.deadline_date < today).length)
  })

  test('says since when the cases of a band wait, so that they can be found', async () => {
    for (const row of await reports.ageing(province().database, units, () => 'all', { today, unitCodes: null })) {
      const found = cases.filter((one) => one.is_open && one.unit_code !== null && one.currency === row.currency && one.waiting_since >= row.first_date && one.waiting_since <= row.last_date)
      if (row.unit_code === 'all') expect(found).toHaveLength(row.case_count)
    }
  })
})

describe('workload', () => {
  test('counts what came, what was received, answered and answered in time, by unit', async () => {
    const answer = await reports.workload(province().database, units, byUnit, { ...window, unitCodes: null })
    const inWindow = (day: string | null): boolean => day !== null && day >= window.fromDate && day <= window.toDate
    const check = (row: reports.WorkloadRow, own: Case[], receivedThere: number): void => {
      const due = own.filter((one) => one.deadline_date >= window.fromDate && one.deadline_date < today && !(one.step === 'gone' && one.closed_date !== null && one.closed_date <= one.deadline_date))
      expect(row).toMatchObject({
        found_count: own.filter((one) => inWindow(one.opened_date)).length,
        received_count: receivedThere,
        answered_count: own.filter((one) => one.step === 'answered' && inWindow(one.closed_date)).length,
        gone_count: own.filter((one) => one.step === 'gone' && inWindow(one.closed_date)).length,
        due_count: due.length,
        on_time_count: due.filter((one) => one.step === 'answered' && one.closed_date !== null && one.closed_date <= one.deadline_date).length,
        open_count: own.filter((one) => one.is_open).length,
        overdue_count: own.filter((one) => one.is_open && one.deadline_date < today).length,
      })
      const answered = own.filter((one) => one.step === 'answered' && inWindow(one.closed_date))
      const median = (days: number[]): number | null => [...days].sort((first, second) => first - second)[Math.ceil(days.length / 2) - 1] ?? null
      expect(row.median_days).toBe(median(answered.map((one) => workingDays(one.opened_date, one.closed_date ?? ''))))
      expect(row.median_allowed_days).toBe(median(answered.map((one) => workingDays(one.opened_date, one.deadline_date))))
      expect(row.open.map(({ amount }) => amount)).toEqual([money.add(...own.filter((one) => one.is_open).map((one) => money.amountFromDatabase(one.amount_at_stake)))].filter((amount) => amount !== '0'))
    }
    check(answer.all, cases, received.filter((one) => inWindow(one.day)).length)
    expect(answer.all.on_time_count).toBeGreaterThan(0)
    expect(answer.all.due_count).toBeGreaterThan(answer.all.on_time_count)
    expect(answer.rows.length).toBeGreaterThan(3)
    for (const row of answer.rows) {
      const own = cases.filter((one) => (one.unit_code === null ? null : byUnit(one.unit_code)) === row.unit_code)
      check(row, own, received.filter((one) => inWindow(one.day) && (one.unit_code === null ? null : byUnit(one.unit_code)) === row.unit_code).length)
    }
  })

  test('of the months adds up to that of the days', async () => {
    const months = await reports.workloadByMonth(province().database, { fromDate: window.fromDate, today, unitCodes: null })
    const { all } = await reports.workload(province().database, units, byUnit, { ...window, unitCodes: null })
    expect(months.reduce((sum, one) => sum + one.due_count, 0)).toBe(all.due_count)
    expect(months.reduce((sum, one) => sum + one.on_time_count, 0)).toBe(all.on_time_count)
    expect(months.map((one) => one.month)).toEqual(['2026-11', '2026-12'])
  })

  test('of a province is that of its units together, and a commune sees its own alone', async () => {
    const [one] = cases.filter((row) => row.unit_code !== null)
    const code = byUnit(one?.unit_code ?? '')
    const reader = await province().as({ roles: ['approver'], unit: code })
    const seen = await reports.consistently(province().desk.as(reader.sessionHash), async (session) => ({ ageing: await reports.ageing(session, units, byUnit, { today, unitCodes: null }), workload: await reports.workload(session, units, byUnit, { ...window, unitCodes: null }) }))
    const { database } = province()
    expect(seen.ageing).toEqual(await reports.ageing(database, units, byUnit, { today, unitCodes: units.within(code) }))
    expect(seen.workload).toEqual(await reports.workload(database, units, byUnit, { ...window, unitCodes: units.within(code) }))
    expect(seen.workload.rows.map((row) => row.unit_code)).toEqual([code])
    const provinceOf = await reports.workload(database, units, (unit) => units.province(unit), { ...window, unitCodes: null })
    const byCommune = await reports.workload(database, units, byUnit, { ...window, unitCodes: null })
    expect(provinceOf.rows.reduce((sum, row) => sum + row.open_count, 0)).toBe(byCommune.rows.reduce((sum, row) => sum + row.open_count, 0))
  })
})

describe('today', () => {
  test('counts what waits, what is late, what is new and what waits for the reader’s own approval, with its money', async () => {
    const { database, desk, as } = province()
    const run = await reports.publishedRun(database)
    if (run === null) throw new Error('nothing is published')
    const approver = await as({ roles: ['approver'] })
    const asking = { staffId: approver.staffId, isApprover: true, scopeLevel: 'country', unitCodes: null }
    const counts = await reports.consistently(desk.as(approver.sessionHash), (session) => reports.todayCounts(session, run, asking, today))
    const open = cases.filter((one) => one.is_open)
    expect([counts.waiting.count, counts.overdue.count, counts.found.count, counts.toApprove.count]).toEqual([open.length, open.filter((one) => one.deadline_date < today).length, open.filter((one) => one.opened_date === run.as_of).length, open.filter((one) => one.step === 'appraised').length])
    expect(counts.waiting.amounts).toEqual([{ currency: 'VND', amount: money.add(...open.map((one) => money.amountFromDatabase(one.amount_at_stake))) }])
    expect(counts.toApprove.count).toBeGreaterThan(5)
    const first = await reports.consistently(desk.as(approver.sessionHash), (session) => reports.firstCases(session, asking, true, 5))
    expect(first.map((one) => one.step)).toEqual(Array.from({ length: 5 }, () => 'appraised'))
    // Whoever appraised them all has nothing to approve; nor has a level whose band they pass.
    const [officer] = await database.query<{ actor_id: string }>("select actor_id from case_event where kind = 'appraised' limit 1")
    expect((await reports.todayCounts(database, run, { ...asking, staffId: officer?.actor_id ?? '' }, today)).toApprove.count).toBe(0)
    await database.query("update approval_band set up_to_amount = 0 where scope_level = 'commune'")
    const [free] = await database.query<{ count: string }>("select count(*) as count from case_record where step = 'appraised' and amount_at_stake = 0")
    expect((await reports.todayCounts(database, run, { ...asking, scopeLevel: 'commune' }, today)).toApprove.count).toBe(Number(free?.count))
  })

  test('the night is missing once the next one should be over, and a failed one is told of until another succeeds', async () => {
    const { database } = province()
    const run = await reports.publishedRun(database)
    if (run === null) throw new Error('nothing is published')
    // Eight and five in the morning here, by Greenwich.
    const morning = (day: string, hour: '08' | '05'): string => (hour === '08' ? `${day}T01:00:00Z` : `${addDays(day, -1)}T22:00:00Z`)
    expect((await reports.lastNight(database, run, null, morning(addDays(run.as_of, 1), '08'))).isOld).toBe(false)
    // At five the night of yesterday may still be under way.
    expect((await reports.lastNight(database, run, null, morning(addDays(run.as_of, 2), '05'))).isOld).toBe(false)
    expect((await reports.lastNight(database, run, null, morning(addDays(run.as_of, 2), '08'))).isOld).toBe(true)
    expect((await reports.lastNight(database, run, null, morning(run.as_of, '08'))).failed).toBeNull()
    await database.query("insert into run (as_of, status, started_at, failure) values ($1, 'failed', '2026-11-02T18:00:00Z', 'x')", [addDays(run.as_of, 1)])
    expect((await reports.lastNight(database, run, null, morning(run.as_of, '08'))).failed).toMatchObject({ started_at: expect.stringContaining('2026-11-02') as unknown })
  })
})
