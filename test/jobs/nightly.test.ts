/** Nights that repair themselves: exactly one published result a night, whatever fails, is paused, killed or comes second (R5, R6). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import pino from 'pino'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addDays, addMilliseconds, stoppedClock } from '../../src/core/index.ts'
import type { DeskConnections } from '../../src/db/index.ts'
import { tick, type NightEnd, type NightSurroundings } from '../../src/jobs/index.ts'
import { lookForTrouble, tellOfTrouble } from '../../src/jobs/night-alarms.ts'
import { logFields } from '../../src/log/index.ts'
import type { AlarmSettings } from '../../src/notices/index.ts'
import { listNights, nightDetail, nightState } from '../../src/reports/index.ts'
import { arriveAll, arrive } from '../helpers/arrivals.ts'
import { corruptedScenario } from '../helpers/corruptions.ts'
import { useDatabase } from '../helpers/database.ts'
import { canMeddle, meddle } from '../helpers/meddle.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'
import { appOver } from '../http/province.ts'
import { useServed, violationsOn } from '../e2e/served.ts'
import type { NewReader, ReaderApp } from '../http/readers.ts'
import { openEar, openMailbox } from '../notices/bank-ears.ts'
import { holdAt, serverAt } from './servers.ts'
import { patienceSeconds, timetable } from './whole-night.ts'

const clone = useDatabase()
const dataDirectory = mkdtempSync(join(tmpdir(), 'tantay-night-'))
/** A night's day → half past one of the morning after it, and so many minutes. */
const at = (asOf: string, minutes = 0): string => addMilliseconds(`${asOf}T18:30:00Z`, minutes * 60_000)
const surroundingsAt = (instant: string): NightSurroundings => ({ database: clone().database, clock: stoppedClock(instant), dataDirectory, timeZone: 'Asia/Ho_Chi_Minh', takeOverAfterSeconds: patienceSeconds })
const tickAt = (instant: string): Promise<NightEnd[]> => tick(surroundingsAt(instant), timetable)
const endsOf = async (instant: string): Promise<string[]> => (await tickAt(instant)).map(({ asOf, end }) => `${asOf} ${end}`)
/** Published runs of a day: never more than one. */
const published = async (): Promise<string[]> => (await clone().database.query<{ as_of: string }>("select as_of from run where status = 'published' order by run_id")).map(({ as_of: day }) => day)

const first = '2026-11-10'
let night = first
/** The next night in line: each test has one of its own. */
const next = (): string => (night = addDays(night, 1))

beforeAll(async () => {
  await arriveAll(clone().database, filesForModel(readScenario(corruptedScenario).files))
})
afterEach(async () => { await clone().database.query('drop function if exists test_meddle() cascade') })
afterAll(() => { rmSync(dataDirectory, { recursive: true, force: true }) })

test('the first night is that of the day that has ended; what was missed is caught up in order, each as of its own day; nothing comes twice', async () => {
  expect(await endsOf(at(first, -1))).toEqual(['2026-11-09 published'])
  expect(await endsOf(at(first))).toEqual([`${first} published`])
  expect(await endsOf(at(first))).toEqual([])
  // A clock that goes back an hour, and on again.
  expect(await endsOf(at(first, -60))).toEqual([])
  expect(await endsOf(at(first, 30))).toEqual([])
  // Switched off for two days.
  night = addDays(first, 2)
  expect(await endsOf(at(night, 400))).toEqual([1, 2].map((days) => `${addDays(first, days)} published`))
  expect(await published()).toEqual(['2026-11-09', first, '2026-11-11', '2026-11-12'])
  const detail = await nightDetail(clone().database, night)
  expect(detail?.steps.map(({ stage, outcome }) => `${stage} ${outcome ?? ''}`)).toEqual(['take_in', 'link', 'publish', 'remind', 'forget', 'prove', 'tell'].map((stage) => `${stage} done`))
  expect(detail?.night).toMatchObject({ state: 'published', mode: 'increment', attempt_count: 1, failure_code: null })
  expect(detail?.former).toBe('2026-11-11')
  expect(detail?.changes.filter(({ count, former_count: former }) => count !== former)).toEqual([])
  expect(detail?.changes.find(({ code }) => code === 'unpaid')).toMatchObject({ subject: 'outcome', count: '1', amount: '500000' })
})

test('it waits for a file that is due, and begins when that is here, or at its latest hour', async () => {
  const { database } = clone()
  const world = readScenario(['expect BANK-A disbursement 14', 'list Z 2026-10 500000', 'as of 2026-10-31', 'finds nothing'])
  const [expectation] = filesForModel(world.files)
  if (expectation === undefined) throw new Error('no expectation')
  await arrive(database, new Map(), { ...expectation, receivedOn: '2026-10-20' })
  night = '2026-11-14'
  expect(await endsOf(at(night, 5))).toEqual(['2026-11-13 published', '2026-11-14 waiting'])
  const state = await nightState(database, at(night, 6))
  expect(state.waiting_for).toMatchObject([{ source: 'BANK-A', kind: 'disbursement', scheme: null, deadline_date: '2026-11-14', holds: true }])
  expect(await endsOf(at(night, 149))).toEqual([`${night} waiting`])
  expect(await endsOf(at(night, 150))).toEqual([`${night} published`])
  expect((await nightDetail(database, night))?.steps[0]).toMatchObject({ stage: 'wait', attempt: 0, outcome: 'done' })
  // It is here for the next one.
  const [payment] = filesForModel(readScenario(['pay B 2026-10 500000 credited 2026-10-12 end_to_end_id=E99', 'as of 2026-10-31', 'finds nothing']).files).filter(({ kind }) => kind === 'disbursement')
  if (payment === undefined) throw new Error('no payment')
  await arrive(database, new Map(), { ...payment, source: 'BANK-A', receivedOn: '2026-11-15' })
  expect(await endsOf(at(next()))).toEqual([`${night} published`])
  expect((await nightDetail(database, night))?.changes.find(({ code }) => code === 'unpaid')).toMatchObject({ count: '0', former_count: '1' })
})

describe.runIf(canMeddle('work_outcome'))('a night that fails', () => {
  const heardOf: { ear: Awaited<ReturnType<typeof openEar>>; mailbox: Awaited<ReturnType<typeof openMailbox>> }[] = []
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const settings = (): AlarmSettings => {
    const [ears] = heardOf
    if (ears === undefined) throw new Error('nobody listens')
    return { webhook: { url: ears.ear.url, secret }, mail: { server: { url: ears.mailbox.url, from: 'tantay@example.vn', mayBePlain: true }, to: ['truc@example.vn'] }, allowedNetworks: [], publicUrl: 'https://doi-soat.example' }
  }
  const lookAt = async (instant: string): Promise<void> => {
    await lookForTrouble(clone().database, stoppedClock(instant), settings())
    await tellOfTrouble(clone().database, stoppedClock(instant), settings())
  }
  beforeAll(async () => { heardOf.push({ ear: await openEar(), mailbox: await openMailbox() }) })
  afterAll(async () => {
    for (const { ear, mailbox } of heardOf) {
      await ear.close()
      await mailbox.close()
    }
  })

  test('is tried again after growing pauses, and then published; what stood stands meanwhile', async () => {
    const before = await published()
    const undo = await meddle(clone().database, 'work_outcome', "raise exception using errcode = 'disk_full', message = 'no room for Nguyễn Văn An';")
    expect((await tickAt(at(next()))).map(({ end, failure }) => [end, failure])).toEqual([['failed', { code: 'disk_full', place: null }]])
    expect(await endsOf(at(night))).toEqual([])
    expect((await listNights(clone().database, null, 1)).rows[0]).toMatchObject({ as_of: night, state: 'retrying', failure_code: 'disk_full', failed_stage: 'publish', next_attempt_at: at(night, 1) })
    expect(await endsOf(at(night, 1))).toEqual([`${night} failed`])
    expect(await published()).toEqual(before)
    expect((await nightState(clone().database, at(night))).last_failure).toEqual({ as_of: night, code: 'disk_full', place: null })
    await undo()
    expect(await endsOf(at(night, 5))).toEqual([])
    expect(await endsOf(at(night, 6))).toEqual([`${night} published`])
    expect(await published()).toEqual([...before, night])
    // Nobody is alarmed of what was well by six.
    await lookAt(at(night, 300))
    expect(heardOf[0]?.ear.heard).toEqual([])
  })

  test('a check that does not hold is named; everybody is worked out anew once; then it has failed, one alarm is told, and one that all is well', async () => {
    const { database } = clone()
    const undo = await meddle(database, 'work_payment_story', 'update work_bridge_cell set carried_out_amount = carried_out_amount + 1;')
    expect((await tickAt(at(next())))[0]?.failure).toEqual({ code: 'check_failed', place: 'checks/10_due_closes.sql' })
    expect((await tickAt(at(night, 1)))[0]?.failure).toEqual({ code: 'check_failed', place: 'checks/10_due_closes.sql' })
    await undo()
    expect((await listNights(database, null, 1)).rows[0]).toMatchObject({ state: 'failed', attempt_count: 2, failure_place: 'checks/10_due_closes.sql' })
    const [, ear] = [heardOf[0]?.mailbox, heardOf[0]?.ear]
    for (const minutes of [2, 3, 300]) await lookAt(at(night, minutes))
    expect(ear?.heard.length).toBe(1)
    const [raised] = ear?.heard ?? []
    expect(new Webhook(secret).sign(String(raised?.headers['webhook-id']), { getTime: () => Number(raised?.headers['webhook-timestamp']) * 1000 } as Date, raised?.body ?? '')).toBe(raised?.headers['webhook-signature'])
    expect(JSON.parse(raised?.body ?? '')).toEqual({ type: 'alarm.night_failed', timestamp: at(night, 2), data: { kind: 'night_failed', as_of: night, failure_code: 'check_failed', failure_place: 'checks/10_due_closes.sql', published_as_of: addDays(night, -1) } })
    await expectPagesToTell(night)
    // The next night comes to its end, and so does the alarm; the one that failed stays what it was.
    const failed = night
    expect(await endsOf(at(next()))).toEqual([`${night} published`])
    await lookAt(at(night, 1))
    expect(ear?.heard.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(['alarm.night_failed', 'alarm.well_again'])
    expect(heardOf[0]?.mailbox.letters.map(({ to }) => to)).toEqual([['truc@example.vn'], ['truc@example.vn']])
    expect((await nightDetail(database, failed))?.night.state).toBe('failed')
    expect((await published()).includes(failed)).toBe(false)
  })

  test('what comes after the result is done again without another result', async () => {
    const before = await published()
    const undo = await meddle(clone().database, 'published_file', "if exists (select from night_step where stage = 'prove' and finished_at is null) then raise exception using errcode = 'out_of_memory'; end if;")
    expect((await tickAt(at(next())))[0]?.failure?.code).toBe('out_of_memory')
    await undo()
    expect((await listNights(clone().database, null, 1)).rows[0]).toMatchObject({ state: 'published', finished_at: null, failed_stage: 'prove' })
    expect(await endsOf(at(night, 1))).toEqual([`${night} published`])
    expect(await published()).toEqual([...before, night])
    const detail = await nightDetail(clone().database, night)
    expect(detail?.steps.filter(({ attempt }) => attempt === 2).map(({ stage }) => stage)).toEqual(['prove'])
    expect(detail?.night).toMatchObject({ failure_code: null, attempt_count: 2 })
  })
})

test('each line of the log says which night and, once it has a number, which run it is about', async () => {
  const lines: Record<string, unknown>[] = []
  const log = pino({ mixin: logFields }, { write: (line: string) => { lines.push(JSON.parse(line) as Record<string, unknown>) } })
  await tick(surroundingsAt(at(next())), timetable, log)
  const [run] = await clone().database.query<{ run_id: string }>('select run_id from run where as_of = $1', [night])
  expect(lines.map(({ msg, night: of, run_id: about }) => [msg, of, about])).toEqual([['night begun', night, undefined], ['night ended', night, run?.run_id]])
  log.info('nothing of it is left')
  expect(lines.at(-1)).not.toHaveProperty('run_id')
})

describe('what is shown of nights', () => {
  const shown: { app?: ReaderApp; desk?: DeskConnections } = {}
  beforeAll(async () => {
    const { as, desk } = await appOver(clone().database, dataDirectory)
    shown.desk = desk
    shown.app = await as({ roles: ['auditor'] })
  })
  afterAll(async () => { await shown.desk?.close() })
  const app = (): ReaderApp => {
    if (shown.app === undefined) throw new Error('nobody reads')
    return shown.app
  }

  test('can be taken away stage by stage, as CSV and as a workbook, and the trail says so', async () => {
    const answer = await app().request('/runs.csv')
    expect(answer.headers.get('Content-Disposition')).toContain('nights.csv')
    const { data: [head = [], ...rows] } = Papa.parse<string[]>((await answer.text()).replace(/^\uFEFF/, ''), { skipEmptyLines: true })
    expect(head).toEqual(['Đêm, tính đến hết ngày', 'Trạng thái', 'Công bố lúc', 'Lần đối soát số', 'Cách tính', 'Lần chạy', 'Bước', 'Bắt đầu', 'Kết thúc', 'Thời gian (mili giây)', 'Kết quả', 'Số lượng', 'Mã lỗi'])
    const [counted] = await clone().database.query<{ count: number }>('select count(*)::integer as count from night left join night_step using (as_of)')
    expect(rows).toHaveLength(counted?.count ?? 0)
    expect(rows.filter(([day]) => day === '2026-11-12').map((row) => [row[1], row[5], row[6], row[10]])).toEqual(['Nhận tệp đã nộp', 'So người trùng', 'Đối soát và công bố', 'Nhắc ngân hàng', 'Xóa những gì hết cần', 'Chứng minh một phần ba mươi', 'Gửi thông báo'].map((stage) => ['đã công bố', '1', stage, 'xong']))
    expect(rows.every((row) => /^\d*$/.test(row[9] ?? ''))).toBe(true)
    expect(Buffer.from(await (await app().request('/runs.xlsx')).arrayBuffer()).subarray(0, 2).toString()).toBe('PK')
    expect(await (await app().request('/runs')).text()).toMatch(/href="\/runs\.xlsx"[^]*href="\/runs\.csv"/)
    expect(await clone().database.query("select details ->> 'format' as format from trail_entry where kind = 'exported' and subject = 'nights' order by entry_id")).toHaveLength(2)
  })

  describe('in a browser', () => {
    const { origin, open } = useServed(() => ({ app: app() }))
    test('holds what axe asks for, and fits, in every language and at both widths', async () => {
      const { rows } = await listNights(clone().database, null, 50)
      const failed = rows.find(({ state }) => state === 'failed')?.as_of ?? rows[0]?.as_of ?? ''
      for (const [width, language] of [[320, 'vi'], [1280, 'ar'], [1280, 'en']] as const) {
        const { context, page, complaints } = await open(width)
        for (const path of ['/runs', `/runs/${failed}`, '/runs/2026-11-12', '/runs/print']) {
          await page.goto(`${origin()}${path}?lang=${language}`)
          expect([path, language, await violationsOn(page, { isOfWords: language === 'en' })]).toEqual([path, language, []])
          expect([path, language, await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')]).toEqual([path, language, false])
        }
        expect(complaints).toEqual([])
        await context.close()
      }
    })
  })
})

/** What stands is shown with its day, and why nothing newer does; those who see to the nights are told what to do, and banks nothing. */
async function expectPagesToTell(failed: string): Promise<void> {
  const { as, desk } = await appOver(clone().database, dataDirectory)
  try {
    const text = async (reader: NewReader, path: string): Promise<string> => {
      const answer = await (await as(reader)).request(path)
      return `${answer.status} ${await answer.text()}`
    }
    const [year, month, day] = failed.split('-')
    for (const path of ['/', '/dashboard']) expect(await text({ roles: ['officer'] }, path)).toMatch(new RegExp(`^200[^]*tt-banner[^]*${day}/${month}/${year} không thành: Một phép kiểm tra số liệu không đạt[^]*vẫn hiện kết quả tính đến hết ngày`))
    const auditor: NewReader = { roles: ['auditor'] }
    expect(await text(auditor, '/runs')).toMatch(new RegExp(`^200[^]*/runs/${failed}[^]*không thành`))
    expect(await text(auditor, `/runs/${failed}`)).toMatch(/^200[^]*checks\/10_due_closes\.sql[^]*tantay night retry/)
    expect(await text(auditor, '/runs/2026-11-10')).toMatch(/^200[^]*Chứng minh một phần ba mươi/)
    expect(await text({ roles: ['administrator'] }, '/runs/2026-11-14?lang=ar')).toMatch(/^200[^]*BANK-A/)
    for (const reader of [{ roles: ['officer'] }, { roles: ['bank'], agent: 970436 }] as const) expect(await text(reader, '/runs')).toMatch(/^403/)
    const bank = await as({ roles: ['bank'], agent: 970436 })
    expect(await desk.as(bank.sessionHash).transaction((transaction) => transaction.query('select as_of from night union all select as_of from night_step union all select null from run_total'))).toEqual([])
  } finally {
    await desk.close()
  }
}

describe.runIf(canMeddle('outcome'))('servers of their own', () => {
  test('two in the same minute: one result', async () => {
    const before = await published()
    next()
    const servers = await Promise.all([serverAt(clone(), dataDirectory, at(night)), serverAt(clone(), dataDirectory, at(night, 1))])
    await Promise.all(servers.map(({ ended }) => ended))
    expect(await published()).toEqual([...before, night])
    expect(servers.flatMap(({ ends }) => ends()).filter((end) => end === 'published').length).toBe(1)
  })

  // While it works things out; and while it publishes, when it holds the lock of the fence itself.
  test.each(['work_subject', 'finding'])('one that sleeps while it writes %s is taken over; awake again it publishes nothing', async (table) => {
    const before = await published()
    const held = await holdAt(clone().database, table)
    const sleeper = await serverAt(clone(), dataDirectory, at(next()))
    await held.someoneStands()
    expect(await endsOf(at(night))).toEqual([`${night} elsewhere`])
    sleeper.child.kill('SIGSTOP')
    // Its patience runs out while it sleeps.
    await new Promise((resolve) => setTimeout(resolve, patienceSeconds * 1000 + 100))
    const ended = tickAt(at(night, 10))
    await clone().database.query('select 1')
    await held.release()
    expect((await ended).map(({ end }) => end)).toEqual(['published'])
    expect(await published()).toEqual([...before, night])
    sleeper.child.kill('SIGCONT')
    await sleeper.ended
    expect(sleeper.ends()).toEqual(['overtaken'])
    expect(await published()).toEqual([...before, night])
    expect((await listNights(clone().database, null, 1)).rows[0]).toMatchObject({ as_of: night, state: 'published', attempt_count: 2, failure_code: null })
  })
})
