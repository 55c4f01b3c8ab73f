/**
 * The money put right, from the finding to the closed case: lists that agree with the findings to the dong, two persons,
 * files that our own ingest and a bank take, and a loop that closes by itself and opens again when a file is taken back.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { money, stoppedClock } from '../../src/core/index.ts'
import { followCorrections } from '../../src/corrections/index.ts'
import { ingestFile, voidFile } from '../../src/ingest/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { validateOrder } from '../helpers/payment-order.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'

const province = useProvince(600)
const clock = stoppedClock('2026-11-01T20:00:00Z')
const origin = 'http://localhost'
let maker: ReaderApp
let checker: ReaderApp
let asOf = ''

const post = (app: ReaderApp, path: string, fields: Record<string, string>): Promise<Response> => app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { Origin: origin } })
const one = async <R extends object>(sql: string, values: readonly unknown[] = []): Promise<R> => (await province().database.query<R>(sql, values))[0] as R
const night = async (day: string): Promise<void> => {
  asOf = day
  await run(province().database, { asOf: day, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })
}
const takeIn = async (name: string, text: string): Promise<string> => {
  const { database, dataDirectory } = province()
  const path = join(dataDirectory, name)
  writeFileSync(path, text)
  const receipt = await ingestFile(database, { path }, { clock, dataDirectory })
  expect(receipt.problem_count).toBe(0)
  return receipt.file_id ?? ''
}
/** Makes a list; its number. */
const made = async (kind: string, more: Record<string, string> = {}): Promise<string> => {
  const response = await post(maker, '/corrections', { kind, currency: 'VND', ...more })
  expect(response.status, await response.clone().text()).toBe(303)
  return /\/corrections\/(\d+)/.exec(response.headers.get('Location') ?? '')?.[1] ?? ''
}
const versionOf = async (id: string): Promise<string> => (await one<{ version: string }>('select version::text as version from correction_list where list_id = $1', [id])).version
const acts = async (app: ReaderApp, id: string, act: string, more: Record<string, string> = {}): Promise<Response> => post(app, `/corrections/${id}/${act}`, { version: await versionOf(id), ...more })
const table = async (path: string): Promise<Record<string, string>[]> => {
  const response = await maker.request(path)
  expect(response.status, path).toBe(200)
  return Papa.parse<Record<string, string>>((await response.text()).replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true }).data
}

beforeAll(async () => {
  const { as, database } = province()
  asOf = province().asOf
  maker = await as({ roles: ['payer'], name: 'payer-who-makes' })
  checker = await as({ roles: ['approver'], name: 'approver-who-checks' })
  await takeIn('payer.csv', `debtor_name,debtor_agent,debtor_account,cash_agent,offset_percent,applies_from,legal_basis\nKho bạc tỉnh,970436,0011000000001,970405,30,2026-01-01,Quyết định 1\n`)
  // The rules about cash are asked when a result is laid out.
  await database.transaction((transaction) => followCorrections(transaction, { asOf, since: null }))
})

describe('what is proposed', () => {
  test('is every finding of the codes of each kind of list, once, to the dong', async () => {
    const rows = await province().database.query<{ kind: string; is_whole: boolean; count: number }>(`
      select k.kind, count(*)::integer as count, (count(p.finding_id), coalesce(sum(p.amount), 0)) = (select count(*), coalesce(sum(f.amount_at_stake), 0) from finding f where f.code = any (correction_codes(k.kind))) and count(p.finding_id) = count(distinct p.finding_id) as is_whole
      from (values ('supplementary'), ('recovery'), ('offset'), ('account_fix'), ('carried_over')) k (kind) left join correction_proposal p on p.list_kind = k.kind group by k.kind`)
    expect(rows.filter(({ is_whole: isWhole }) => !isWhole)).toEqual([])
    expect(rows.find(({ kind }) => kind === 'supplementary')?.count).toBeGreaterThan(20)
  })

  test('never names the dead, what is on its way, what is disputed, or an account that cannot be used', async () => {
    const wrong = await province().database.query(`
      select p.code, p.return_reason_code from correction_proposal p where p.list_kind = 'supplementary' and p.left_out is null and (
        p.code = 'stuck' or p.return_reason_code in ('AM05', 'MD07', 'DUPL', 'FRAD')
        or exists (select from outcome o where o.person_key = p.person_key and o.scheme_id = p.scheme_id and o.benefit_period = p.benefit_period and (o.on_the_way_amount > 0 or o.outcome_class = 'carried_over'))
        or exists (select from register_row r where r.person_key = p.person_key and r.vital_status = 'dead')
        or exists (select from finding f where f.person_key = p.person_key and f.benefit_period = p.benefit_period and f.code in ('conflicting_line', 'deceased_on_list'))
        or p.payment_channel = 'account' and (p.creditor_account is null or p.creditor_agent is null))`)
    expect(wrong).toEqual([])
    expect((await one<{ count: number }>("select count(*)::integer as count from correction_proposal where list_kind = 'supplementary' and left_out = 'deceased'")).count).toBeGreaterThan(0)
  })

  test('is told on the page with what is left out and why', async () => {
    const page = await (await maker.request('/corrections/new?kind=supplementary&lang=en')).text()
    expect(page).toContain('The beneficiary died, or the bank says so')
    expect(page).toMatch(/\d+ findings = \d+ on the list \+ \d+ left out\./)
  })
})

describe('two persons', () => {
  test('who made a list does not approve it, by page or by SQL, and neither does an officer', async () => {
    const id = await made('supplementary', { period: '2026-10' })
    expect((await acts(maker, id, 'approve')).status).toBe(409)
    const officer = await province().as({ roles: ['officer'] })
    expect((await post(officer, `/corrections/${id}/approve`, { version: '1' })).status).toBe(404)
    await expect(province().database.query("update correction_list set approved_by = made_by, approved_at = now(), state = 'approved' where list_id = $1", [id])).rejects.toMatchObject({ constraint: 'correction_list_two_persons' })
    await expect(province().desk.as(maker.sessionHash).transaction((transaction) => transaction.query("update correction_list set state = 'approved'"))).rejects.toMatchObject({ code: '42501' })
    // Approving what was read: a draft made anew meanwhile is another.
    const read = await versionOf(id)
    expect((await acts(maker, id, 'redraft')).status).toBe(303)
    expect((await post(checker, `/corrections/${id}/approve`, { version: read })).status).toBe(409)
    expect((await acts(maker, id, 'withdraw', { reason: 'tried out' })).status).toBe(303)
  })

  test('of two lists with the same money one is approved', async () => {
    const [first, second] = [await made('supplementary', { period: '2026-10' }), await made('supplementary', { period: '2026-10' })]
    expect((await acts(checker, first, 'approve')).status).toBe(303)
    const refused = await acts(checker, second, 'approve')
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('đã ở danh sách khác')
    for (const id of [first, second]) await acts(maker, id, 'withdraw', { reason: 'tried out' })
  })

  test('a list of recoveries rests on a decision', async () => {
    const id = await made('recovery')
    expect(await (await acts(checker, id, 'approve')).text()).toContain('Chưa ghi số và ngày quyết định.')
    expect((await acts(maker, id, 'redraft', { decisionNumber: '12/QĐ-SNV', decisionDate: '01/11/2026' })).status).toBe(303)
    expect((await acts(checker, id, 'approve')).status).toBe(303)
    expect((await table(`/corrections/${id}/list.csv`))[0]).toMatchObject({ decision_number: '12/QĐ-SNV' })
  })
})

describe('a supplementary list', () => {
  let id = ''
  let file = ''
  let rows: Record<string, string>[] = []

  test('agrees with the findings, and comes as an order that the published schema takes', async () => {
    id = await made('supplementary')
    expect((await acts(checker, id, 'approve')).status).toBe(303)
    rows = await table(`/corrections/${id}/list.csv`)
    const list = await one<{ item_count: string; item_amount: string; left_amount: string; found_amount: string }>('select item_count::text, item_amount::text, left_amount::text, found_amount::text from correction_list where list_id = $1', [id])
    expect(rows).toHaveLength(parseInt(list.item_count, 10))
    expect(BigInt(list.item_amount) + BigInt(list.left_amount)).toBe(BigInt(list.found_amount))
    expect(rows.reduce((sum, row) => sum + BigInt(row['instructed_amount'] ?? ''), 0n)).toBe(BigInt(list.item_amount))
    const leftOut = await table(`/corrections/${id}/left-out.csv`)
    expect(leftOut.reduce((sum, row) => sum + BigInt(row['amount'] ?? ''), 0n)).toBe(BigInt(list.left_amount))
    // What can still be taken back is nobody's order.
    expect((await maker.request(`/corrections/${id}/order.xml`)).status).toBe(404)
  })

  test('goes nowhere while one of it no longer stands', async () => {
    const { person } = await one<{ person: string }>('select identifier_text(person_key) as person from correction_item where list_id = $1 and left_out is null order by item_number limit 1', [id])
    const dead = await takeIn('dead.csv', `person_id,name,vital_status,death_date,verified_date\n${person},Người đã mất,dead,2026-09-01,2026-11-02\n`)
    await night('2026-11-03')
    const files = await one('select count(*) as count from source_file')
    expect(await (await acts(maker, id, 'send')).text()).toContain('có khoản đã thay đổi')
    expect(await one('select state, sent_at from correction_list where list_id = $1', [id])).toEqual({ state: 'approved', sent_at: null })
    expect(await one('select count(*) as count from source_file')).toEqual(files)
    expect((await maker.request(`/corrections/${id}/order.xml`)).status).toBe(404)
    await voidFile(province().database, dead, 'another person', clock)
    await night('2026-11-03')
  })

  test('sent, its payments are on their way and its cases know it', async () => {
    expect((await acts(maker, id, 'send')).status).toBe(303)
    const order = await (await maker.request(`/corrections/${id}/order.xml`)).text()
    const transfers = rows.filter((row) => row['creditor_account'] !== '')
    expect(await validateOrder(order)).toEqual([])
    expect(order.match(/<EndToEndId>[^<]+/g)?.length).toBe(transfers.length)
    expect(new Set(order.match(/<EndToEndId>[^<]+/g)).size).toBe(transfers.length)
    expect(order).toContain(`<CtrlSum>${transfers.reduce((sum, row) => sum + BigInt(row['instructed_amount'] ?? ''), 0n)}</CtrlSum>`)
    expect(order.replaceAll('TCXH', '')).not.toMatch(/BTXH|HTXH|NCC|HIV/)
    expect(order).not.toMatch(/(?<!\d)\d{12}(?!\d)<\/Id><\/Othr><\/PrvtId>/)
    file = (await one<{ sent_file: string }>('select sent_file::text from correction_list where list_id = $1', [id])).sent_file
    expect((await one<{ accepted_count: string }>('select accepted_count::text from source_file where file_id = $1', [file])).accepted_count).toBe(String(rows.length))
    await night('2026-11-03')
    const classes = await province().database.query<{ outcome_class: string }>('select distinct o.outcome_class from correction_item i join outcome o using (person_key, scheme_id, benefit_period) where i.list_id = $1 and i.left_out is null', [id])
    expect(classes).toEqual([{ outcome_class: 'in_transit' }])
    const item = await one<{ finding_id: string }>('select finding_id from correction_item where list_id = $1 and left_out is null limit 1', [id])
    expect(await (await maker.request(`/cases/${item.finding_id}`)).text()).toContain(`CB-${id}`)
  })

  test('paid, every item is answered, its finding is gone and its case says by which payment; taken back, all is as before', async () => {
    const header = Object.keys(rows[0] ?? {})
    const before = await findings()
    const text = [[...header, 'credited_at'].join(','), ...rows.map((row) => [...header.map((name) => (name === 'transaction_status' ? 'ACSC' : `"${row[name] ?? ''}"`)), '2026-11-04'].join(','))].join('\n')
    const paid = await takeIn('paid.csv', text)
    await night('2026-11-05')
    const items = await province().database.query('select progress, count(*)::integer as count from correction_item where list_id = $1 and left_out is null group by progress', [id])
    expect(items).toEqual([{ progress: 'settled', count: rows.length }])
    expect(await one('select state, settled_date from correction_list where list_id = $1', [id])).toEqual({ state: 'settled', settled_date: '2026-11-05' })
    // Nobody is short any more who was on the list, and nothing that asks for money is new.
    expect(await province().database.query("select i.finding_id from correction_item i join finding f using (person_key, finding_id) where i.list_id = $1 and i.left_out is null", [id])).toEqual([])
    const asking = new Set(before.map(({ finding_id: finding }) => finding))
    expect((await findings()).filter(({ finding_id: finding, code }) => !asking.has(finding) && code !== 'paid_late')).toEqual([])
    const [event] = await province().database.query<{ step: string; details: Record<string, string> }>("select step, details from case_event where kind = 'settled' limit 1")
    expect(event).toMatchObject({ step: 'gone', details: { list_id: id, date: '2026-11-04' } })
    expect(event?.details['payment']).toMatch(/^\d{6}\|TT[0-9A-F]{10}-\d+$/)
    expect(await (await acts(maker, id, 'withdraw', { reason: 'bank refused' })).text()).toContain('không rút được nữa')
    // The bank's file taken back: the money is on its way again, and the list waits again; our own too, and it is owed.
    await voidFile(province().database, paid, 'wrong month', clock)
    await voidFile(province().database, file, 'not sent', clock)
    await night('2026-11-07')
    expect(await one('select state, settled_date from correction_list where list_id = $1', [id])).toEqual({ state: 'sent', settled_date: null })
    expect((await one<{ count: number }>("select count(*)::integer as count from correction_item i join finding f using (person_key, finding_id) where i.list_id = $1 and i.left_out is null and i.progress = 'waiting'", [id])).count).toBe(rows.length)
    expect((await acts(maker, id, 'withdraw', { reason: 'bank refused' })).status).toBe(303)
    expect((await one<{ count: number }>('select count(*)::integer as count from correction_item where is_live and list_id = $1', [id])).count).toBe(0)
  })

  const findings = (): Promise<{ finding_id: string; code: string }[]> => province().database.query("select finding_id, code from finding where code not in ('file_missing', 'stale_verification', 'not_withdrawn') order by finding_id")
})

describe('the other lists, sent and followed by one night', () => {
  const sent = new Map<string, string>()
  const back: { listId: string; finding: string; amount: string }[] = []

  beforeAll(async () => {
    for (const kind of ['carried_over', 'account_fix']) {
      const id = await made(kind, { target: '2026-12' })
      expect((await acts(checker, id, 'approve')).status).toBe(303)
      expect((await acts(maker, id, 'send')).status).toBe(303)
      sent.set(kind, id)
    }
    // Of one recovery a part comes back, of another all of it.
    const items = await province().database.query<{ list_id: string; amount: string; finding_id: string; agent: string; reference: string; person: string; instructed: string; credited: string }>(`
      select distinct on (i.finding_id) i.list_id::text, i.amount::text, i.finding_id, r.creditor_agent::text as agent, r.end_to_end_id as reference, identifier_text(r.person_key) as person, left(r.instructed_at::text, 10) as instructed, left(r.credited_at::text, 10) as credited
      from correction_item i join correction_list l using (list_id) join payment_report r on 'payment|' || r.creditor_agent || '|' || r.end_to_end_id = i.money_key and r.credited_at is not null
      where l.kind = 'recovery' and l.state = 'approved' and i.code in ('not_on_list', 'paid_while_suspended') and i.left_out is null order by i.finding_id limit 2`)
    expect(items).toHaveLength(2)
    const line = (item: (typeof items)[number], amount: string): string => {
      back.push({ listId: item.list_id, finding: item.finding_id, amount })
      return `${item.reference},${item.person},${item.agent},${item.amount},RTRN,${item.instructed},${item.credited},2026-11-08,${amount}\n`
    }
    await takeIn('back.csv', `end_to_end_id,beneficiary_id,creditor_agent,instructed_amount,transaction_status,instructed_at,credited_at,returned_at,returned_amount\n${items.map((item, at) => line(item, at === 0 ? '1000' : item.amount)).join('')}`)
    await night('2026-11-09')
  })

  test('lines for the next list close their months without a difference, and arrears are no longer missing', async () => {
    expect((await table(`/corrections/${sent.get('carried_over') ?? ''}/list.csv`)).map((row) => row['component'])).toContain('carried_over')
    expect(await province().database.query("select code, progress from correction_item where list_id = $1 and left_out is null and progress <> 'settled'", [sent.get('carried_over')])).toEqual([])
    expect(await province().database.query("select f.code from finding f join correction_item i on i.person_key = f.person_key and i.list_id = $1 and i.left_out is null where f.code in ('carried_over_mismatch', 'due_amount_off_rule', 'duplicate_entitlement_line', 'arrears_missing')", [sent.get('carried_over')])).toEqual([])
  })

  test('money that comes back settles a recovery, or a part of it', async () => {
    const [part, whole] = await Promise.all(back.map(({ listId, finding }) => one('select progress, settled_amount::text from correction_item where list_id = $1 and finding_id = $2', [listId, finding])))
    expect(part).toEqual({ progress: 'partly', settled_amount: '1000' })
    expect(whole).toEqual({ progress: 'settled', settled_amount: back[1]?.amount })
  })

  test('money that comes back in instalments adds up, is told once however often it is reported, and closes the recovery with the last of them; a file taken back opens it again', async () => {
    const [part] = back
    interface Owed { readonly list_id: string; readonly finding_id: string; readonly code: string; readonly amount: string; readonly agent: string; readonly reference: string; readonly person: string; readonly instructed: string; readonly credited: string; readonly paid: string }
    const columns = "i.list_id::text, i.finding_id, i.code, i.amount::text, r.creditor_agent::text as agent, r.end_to_end_id as reference, identifier_text(r.person_key) as person, left(r.instructed_at::text, 10) as instructed, left(r.credited_at::text, 10) as credited, r.instructed_amount::text as paid"
    // One of which 1,000 is back already; and one that was paid over, whose money is a month's and no single payment's.
    const owed = [
      await one<Owed>(`select ${columns} from correction_item i join payment_report r on 'payment|' || r.creditor_agent || '|' || r.end_to_end_id = i.money_key and r.credited_at is not null and r.transaction_status <> 'RTRN' where i.list_id = $1 and i.finding_id = $2 limit 1`, [part?.listId, part?.finding]),
      await one<Owed>(`select ${columns} from correction_item i join correction_list l using (list_id) join matched_payment m on m.person_key = i.person_key and m.scheme_id = i.scheme_id and m.benefit_period = i.benefit_period and m.state = 'credited' join payment_report r on r.person_key = m.person_key and r.creditor_agent || '|' || r.end_to_end_id = m.payment_name and r.credited_at is not null
        where l.kind = 'recovery' and l.state = 'approved' and i.code = 'paid_over' and i.left_out is null and i.progress = 'waiting' and r.instructed_amount >= i.amount order by i.finding_id, r.end_to_end_id limit 1`),
    ]
    expect(owed.map(({ code }) => code)).toEqual([expect.stringMatching(/not_on_list|paid_while_suspended/), 'paid_over'])
    const instalment = (name: string, day: string, amounts: readonly string[]): Promise<string> => takeIn(name, `end_to_end_id,beneficiary_id,creditor_agent,instructed_amount,transaction_status,instructed_at,credited_at,returned_at,returned_amount\n${owed.map((item, at) => `${item.reference},${item.person},${item.agent},${item.paid},RTRN,${item.instructed},${item.credited},${day},${amounts[at] ?? ''}\n`).join('')}`)
    const progress = (): Promise<unknown[]> => Promise.all(owed.map(async ({ list_id: list, finding_id: finding, amount }) => {
      const item = await one<{ progress: string; settled_amount: string; settled_date: string | null; is_live: boolean }>('select progress, settled_amount::text, settled_date::text, is_live from correction_item where list_id = $1 and finding_id = $2', [list, finding])
      const found = await province().database.query('select from finding where finding_id = $1', [finding])
      return [item.progress, money.subtract(money.amountFromDatabase(amount), money.amountFromDatabase(item.settled_amount)), item.settled_date, item.is_live, found.length]
    }))
    const rest = (at: number, less: number): string => money.subtract(money.amountFromDatabase(owed[at]?.amount ?? ''), money.amountFromDatabase(String(less)))
    await instalment('second.csv', '2026-11-10', ['2000', '3000'])
    await night('2026-11-10')
    expect(await progress()).toEqual([['partly', rest(0, 3000), '2026-11-10', true, 1], ['partly', rest(1, 3000), '2026-11-10', true, 1]])
    const third = await instalment('third.csv', '2026-11-11', ['4000', '4000'])
    // The same instalment, told by the minute in a report of the next day.
    await instalment('told-again.csv', '2026-11-11T15:30:00', ['4000', '4000'])
    await night('2026-11-12')
    const partly = [['partly', rest(0, 7000), '2026-11-11', true, 1], ['partly', rest(1, 7000), '2026-11-11', true, 1]]
    expect(await progress()).toEqual(partly)
    expect(await (await maker.request(`/corrections/${owed[0]?.list_id ?? ''}`)).text()).toContain('Đã về')
    const last = await instalment('last.csv', '2026-11-13', [rest(0, 7000), rest(1, 7000)])
    await night('2026-11-13')
    expect(await progress()).toEqual(owed.map(() => ['settled', '0', '2026-11-13', false, 0]))
    await voidFile(province().database, last, 'never arrived', clock)
    await night('2026-11-14')
    expect(await progress()).toEqual(partly)
    // One of two reports of an instalment taken back: the other one still tells of it.
    await voidFile(province().database, third, 'sent twice', clock)
    await night('2026-11-15')
    expect(await progress()).toEqual(partly)
  })

  test('a bank sees what is asked about its own accounts, and nothing of people or of other banks', async () => {
    const [own, other] = await province().database.query<{ agent: number; account: string; name: string }>('select creditor_agent as agent, min(creditor_account) as account, min(beneficiary_name) as name from correction_item where list_id = $1 and left_out is null and creditor_account is not null group by 1 order by 1 limit 2', [sent.get('account_fix')])
    const bank = await province().as({ roles: ['bank'], agent: own?.agent ?? 0 })
    const page = await (await bank.request('/bank/account-fixes')).text()
    expect(page).toContain(own?.account)
    expect(page).not.toContain(other?.account ?? 'none')
    expect(page).not.toContain(own?.name ?? 'none')
    expect((await bank.request('/corrections')).status).toBe(403)
    expect((await one<{ count: number }>('select count(*)::integer as count from bank_question')).count).toBeGreaterThan(0)
  })
})

test('nothing failed', () => {
  expect(province().failures).toEqual([])
})
