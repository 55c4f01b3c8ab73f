/**
 * Who sees which rows is decided by PostgreSQL, whatever a page asks: the catalogue is swept for every table, view,
 * function and right of the pages' login, and ten readers ask at once on three connections.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDesk, type DeskConnections, type Session } from '../../src/db/index.ts'
import { useProvince } from '../http/province.ts'
import type { ReaderApp } from '../http/readers.ts'

const province = useProvince(500)

/** Read by everybody who is signed in, since they speak of nobody: what files of reference say, codes, names of units, runs. */
const withoutPeople = [
  'address_key', 'administrative_unit_row', 'approval_band', 'bank_row', 'birth_place', 'calendar_row', 'campaign_row', 'case_term', 'cash_limit_row', 'category_row', 'coverage_start_row', 'finding_type', 'followed_run', 'hashed_text', 'payer_account_row',
  'published_file', 'reason_code_row', 'report_deadline_row', 'run', 'schema_migration', 'scheme_code', 'scheme_row', 'source_expectation_row', 'staff_absence', 'standard_rate_row', 'unit_succession_row', 'village_row',
]
/** Views that answer with their owner's rights: over tables of the list above, or over people of offices. */
const ownersViews = ['administrative_unit', 'bank', 'calendar', 'campaign', 'colleague', 'payer_account', 'reason_code', 'scheme']
/** Functions that run with their owner's rights. Each is a hole that somebody looked through: a new one is added here by hand. */
const definers = ['analyze_rows(regclass)', 'answer_bank_question(bigint,text,text,timestamp with time zone)', 'approve_correction_list(bigint,integer,timestamp with time zone)', 'bank_account_fixes()', 'correction_list_stands(bigint)', 'desk_agent()', 'desk_has_role(text[])', 'desk_keeps_list(text)', 'desk_may_approve(bigint,text,integer,bigint)', 'desk_may_approve_period(text,bigint)', 'desk_people()', 'desk_period_absent(text)', 'desk_period_corrections(text,integer)', 'desk_period_facts(text,integer)', 'desk_period_files(text)', 'desk_period_settlement(text,integer)', 'desk_person()', 'desk_sees_all()', 'desk_sees_files()', 'desk_sees_place(text)', 'desk_staff()', 'desk_unit_codes()', 'desk_units()', 'desk_withdrawal_reports()', 'draft_correction_list(text,text,text[],smallint,integer,integer,text,text,date,timestamp with time zone)', 'drop_clock_indexes(text)', 'enqueue_job(text,jsonb,text,text)', 'fill_correction_list(bigint)', 'hold_correction_list(bigint,integer)', 'lists_of_finding(text)', 'make_fact_index(text)', 'missing_reports()', 'period_minutes_are_true(text,integer,integer,jsonb)', 'period_signers(text,integer,integer)', 'period_snapshot_is_true(text,integer,jsonb)', 'period_stands(text,integer,integer)', 'raise_bank_event(text,text,text,jsonb,timestamp with time zone)', 'raise_question_event(bigint)', 'redraft_correction_list(bigint,integer,text,date,timestamp with time zone)', 'send_correction_list(bigint,integer,bigint,timestamp with time zone)', 'summarise_rows(text)', 'trail_append(bigint,timestamp with time zone,bigint,text,bigint,bytea,text,text,jsonb,text,text,text)', 'trail_chain()', 'void_source_file(bigint,text,timestamp with time zone)', 'withdraw_correction_list(bigint,integer,text,timestamp with time zone)']
/** What pages may write, and how. All else is read only. */
const writes = ['bank_question INSERT', 'case_attachment INSERT', 'case_batch DELETE', 'case_batch INSERT', 'case_event INSERT', 'case_message INSERT', 'case_record INSERT', 'case_tally INSERT', 'complaint INSERT', 'period_event INSERT', 'period_minutes INSERT', 'period_snapshot INSERT', 'saved_view DELETE', 'saved_view INSERT', 'saved_view UPDATE', 'trail_entry INSERT']
const columnWrites = ['appraisal_number', 'approval_number', 'assigned_to', 'closed_date', 'deadline_date', 'reopened_count', 'resolution', 'step', 'version'].map((column) => `case_record.${column} UPDATE`)
columnWrites.unshift(...['confirmed_at', 'finished_at', 'results'].map((column) => `case_batch.${column} UPDATE`), ...['attempts', 'failure', 'sent_by', 'state', 'tried_at'].map((column) => `case_message.${column} UPDATE`))

let login = ''
beforeAll(async () => {
  login = await province().desk.as('0'.repeat(64)).transaction(async (transaction) => (await transaction.query<{ user: string }>('select current_user as user'))[0]?.user ?? '')
})

async function names(sql: string): Promise<string[]> {
  return (await province().database.query<{ name: string }>(sql)).map((row) => row.name)
}

const readable = "select c.oid, c.relname as name, c.relkind, c.relrowsecurity, c.reloptions from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and has_table_privilege('tantay_desk', c.oid, 'select')"

describe('the catalogue', () => {
  test('every table that pages may read has row security and a policy, or is one that speaks of nobody', async () => {
    const open = await names(`select t.name from (${readable}) t where t.relkind in ('r', 'p') and (not t.relrowsecurity or not exists (select from pg_policy p where p.polrelid = t.oid and p.polcmd in ('r', '*'))) order by t.name collate "C"`)
    expect(open.filter((name) => !withoutPeople.includes(name))).toEqual([])
    // What is no longer open has no place in the list.
    expect(withoutPeople.filter((name) => !open.includes(name) && name !== 'followed_run')).toEqual([])
    expect((await names(`select t.name from (${readable}) t where t.relrowsecurity`)).length).toBeGreaterThan(20)
  })

  test('no table that speaks of nobody has a column that names a person', async () => {
    const columns = await names(`select t.name || '.' || a.attname as name from (${readable}) t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped where t.relkind in ('r', 'p') and not t.relrowsecurity
      and a.attname in ('person_key', 'account_key', 'payee_key', 'beneficiary_name', 'beneficiary_id', 'person_name', 'payee_name', 'holder_key', 'evidence', 'raw', 'subject', 'unit_code') order by 1`)
    // Codes of units are the country's, not a person's; the subject of a type of finding is a kind of thing.
    expect(columns.filter((column) => !['administrative_unit_row.unit_code', 'campaign_row.unit_code', 'coverage_start_row.unit_code', 'standard_rate_row.unit_code', 'village_row.unit_code', 'finding_type.subject', 'payer_account_row.unit_code'].includes(column))).toEqual([])
  })

  test('nothing outside the one schema can be read: working tables of runs hold everybody', async () => {
    const elsewhere = await names("select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('public', 'information_schema') and n.nspname !~ '^pg_' and has_schema_privilege('tantay_desk', n.oid, 'usage') and has_table_privilege('tantay_desk', c.oid, 'select') order by 1")
    expect(elsewhere).toEqual([])
  })

  test('every policy asks who reads: none lets everybody through', async () => {
    const lax = await names("select c.relname || ': ' || p.polname as name from pg_policy p join pg_class c on c.oid = p.polrelid where coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') !~ 'desk_'  order by 1")
    // Evidence hangs on an event, which asks.
    expect(lax.filter((name) => name !== 'case_attachment: own_work')).toEqual([])
  })

  test('views that pages may read look with the reader’s rights, or over what speaks of nobody', async () => {
    const others = await names(`select t.name from (${readable}) t where t.relkind in ('v', 'm') and not coalesce(t.reloptions @> array['security_invoker=true'], false) order by t.name collate "C"`)
    expect(others).toEqual(ownersViews)
  })

  test('functions with their owner’s rights are those that were looked through, and cannot be led astray by a search path', async () => {
    const found = await province().database.query<{ name: string; is_fixed: boolean }>("select p.oid::regprocedure::text as name, coalesce(p.proconfig::text like '%search_path=pg_catalog%', false) as is_fixed from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef order by p.oid::regprocedure::text collate \"C\"")
    expect(found.map((row) => row.name)).toEqual(definers)
    expect(found.filter((row) => !row.is_fixed)).toEqual([])
  })

  test('pages may write what they have to, and nothing else: no fact is changed or taken away', async () => {
    const tables = await names("select c.relname || ' ' || p.privilege as name from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join (values ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p (privilege) where n.nspname = 'public' and c.relkind in ('r', 'p', 'v') and has_table_privilege('tantay_desk', c.oid, p.privilege) order by 1")
    expect(tables).toEqual(writes)
    const columns = await names("select c.relname || '.' || a.attname || ' UPDATE' as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where n.nspname = 'public' and c.relkind in ('r', 'p') and has_column_privilege('tantay_desk', c.oid, a.attnum, 'update') and not has_table_privilege('tantay_desk', c.oid, 'update') order by 1")
    expect(columns).toEqual(columnWrites)
  })

  test('the pages’ login owns nothing, is nobody special, and is a member of nothing that is', async () => {
    const power = await names(`select r.rolname as name from pg_roles r where pg_has_role('${login}', r.oid, 'member') and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)`)
    expect(power).toEqual([])
    expect(await names(`select r.rolname as name from pg_roles r where pg_has_role('${login}', r.oid, 'member') order by 1`)).toEqual([login, 'tantay_desk'].sort())
    expect(await names(`select c.relname as name from pg_class c where pg_has_role('${login}', c.relowner, 'member')`)).toEqual([])
    expect(await names(`select n.nspname as name from pg_namespace n where n.nspname !~ '^pg_' and has_schema_privilege('${login}', n.oid, 'create')`)).toEqual([])
  })
})

/** How many rows of each table with row security somebody sees. */
async function rowsSeen(session: Session): Promise<Record<string, number>> {
  const tables = await session.query<{ name: string }>("select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relrowsecurity and not c.relispartition and has_table_privilege(c.oid, 'select') order by 1")
  const seen: Record<string, number> = {}
  for (const { name } of tables) seen[name] = Number((await session.query<{ count: string }>(`select count(*) as count from ${name}`))[0]?.count)
  return seen
}

describe('without a session', () => {
  const nobody = (what: string, sessionHash: string): void => {
    test(`${what}, every table of people is empty`, async () => {
      const seen = await province().desk.as(sessionHash).transaction(rowsSeen)
      expect(Object.keys(seen).length).toBeGreaterThan(20)
      expect(Object.entries(seen).filter(([, count]) => count !== 0)).toEqual([])
    })
  }
  nobody('that was never begun', '0'.repeat(64))

  test('that has ended, that is half begun, or whose owner was shut out, every table of people is empty', async () => {
    const { database, desk, as } = province()
    for (const ending of ['update staff_session set ended_at = now() where token_hash = $1', 'update staff_session set is_complete = false where token_hash = $1', "update staff_session set expires_at = '2020-01-01' where token_hash = $1", 'update staff set is_active = false where staff_id = (select staff_id from staff_session where token_hash = $1)']) {
      const reader = await as({ roles: ['officer'] })
      const before = await desk.as(reader.sessionHash).transaction(rowsSeen)
      expect(before['finding']).toBeGreaterThan(0)
      await database.query(ending, [reader.sessionHash])
      const seen = await desk.as(reader.sessionHash).transaction(rowsSeen)
      expect(Object.entries(seen).filter(([, count]) => count !== 0), ending).toEqual([])
    }
  })

  test('set at all, which no page forgets, every table of people is empty', async () => {
    const { desk } = province()
    const seen = await desk.as('0'.repeat(64)).transaction(async (transaction) => {
      await transaction.query("set local tantay.session = ''")
      return rowsSeen(transaction)
    })
    expect(Object.entries(seen).filter(([, count]) => count !== 0)).toEqual([])
  })

  test('administrators and banks see no person', async () => {
    const { as, desk } = province()
    for (const reader of [await as({ roles: ['administrator'] }), await as({ roles: ['bank'], agent: 970436 })]) {
      const { source_file: _, saved_view: __, trail_entry: ___, trail_link: ____, trail_head: _____, problem: ______, ignored_lines: _______, ...people } = await desk.as(reader.sessionHash).transaction(rowsSeen)
      expect(Object.entries(people).filter(([, count]) => count !== 0)).toEqual([])
    }
  })
})

test('a bank knows by name its own people alone, and of whoever has left it the name beneath what they answered', async () => {
  const { as, desk, database } = province()
  const [own, gone] = [await as({ roles: ['bank'], agent: 970436, name: 'own-clerk' }), await as({ roles: ['bank'], agent: 970436, name: 'gone-clerk' })]
  const officer = await as({ roles: ['officer'], name: 'who-asks' })
  await as({ roles: ['bank'], agent: 970405, name: 'of-another-bank' })
  await database.query(`insert into bank_question (question_id, person_key, finding_id, creditor_agent, code, asked_at, asked_by, question, about, due_date, answered_at, answered_by, answer_code)
    values (1, 1, 'f', 970436, 'returned', '2026-11-01', $1, 'x', '{}', '2026-11-05', '2026-11-02', $2, 'credited')`, [officer.staffId, gone.staffId])
  await database.query('update staff set creditor_agent = 970405 where staff_id = $1', [gone.staffId])
  const seen = (reader: ReaderApp) => desk.as(reader.sessionHash).transaction((session) => session.query<{ staff_id: string; roles: string[] | null }>('select staff_id::text as staff_id, roles from colleague'))
  const ofOwnBank = (await database.query<{ staff_id: string }>('select staff_id::text as staff_id from staff where creditor_agent = 970436')).map(({ staff_id: id }) => ({ staff_id: id, roles: ['bank'] }))
  const byNumber = (a: { staff_id: string }, b: { staff_id: string }): number => Number(a.staff_id) - Number(b.staff_id)
  expect((await seen(own)).toSorted(byNumber)).toEqual([...ofOwnBank, { staff_id: gone.staffId, roles: null }].toSorted(byNumber))
  expect((await seen(officer)).length).toBeGreaterThan(ofOwnBank.length + 2)
  await database.query('delete from bank_question')
})

describe('a fact', () => {
  test.each(['entitlement_line', 'payment_report', 'account_report', 'finding', 'outcome', 'case_event', 'source_file', 'trail_entry', 'staff', 'staff_session'])('%s can neither be changed nor taken away through the pages’ login', async (table) => {
    const { as, desk } = province()
    const reader = await as({ roles: ['officer', 'payer'] })
    const column = table.startsWith('staff') ? 'staff_id' : table === 'source_file' ? 'file_id' : table === 'trail_entry' ? 'entry_id' : 'person_key'
    for (const statement of [`update ${table} set ${column} = ${column}`, `delete from ${table}`, `truncate ${table}`]) {
      await expect(desk.as(reader.sessionHash).transaction((transaction) => transaction.query(statement)), statement).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('of another unit is not found by the number of its case, its person or its file, and an error names no key', async () => {
    const { database, as, desk } = province()
    const [own, foreign] = await database.query<{ unit_code: string; finding_id: string; person_key: string }>('select distinct on (unit_code) unit_code, finding_id, person_key from case_record where unit_code is not null and person_key >= 0 order by unit_code limit 2')
    const reader = await as({ roles: ['officer'], unit: own?.unit_code ?? '' })
    await desk.as(reader.sessionHash).transaction(async (transaction) => {
      expect(await transaction.query('select from case_record where finding_id = $1', [own?.finding_id])).toHaveLength(1)
      expect(await transaction.query('select from case_record where finding_id = $1', [foreign?.finding_id])).toHaveLength(0)
      expect(await transaction.query('update case_record set version = version + 1 where finding_id = $1 returning 1', [foreign?.finding_id])).toHaveLength(0)
      expect(await transaction.query('select from entitlement_line where person_key = $1 and unit_code = $2', [foreign?.person_key, foreign?.unit_code])).toHaveLength(0)
    })
    const attempt = desk.as(reader.sessionHash).transaction((transaction) => transaction.query("insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step) values ($1, $2, 1, $3, '2026-11-02', $4, 'received', 'received')", [foreign?.person_key, foreign?.finding_id, foreign?.unit_code, reader.staffId]))
    const failure = await attempt.then(() => null, (error: unknown) => error as { code: string; detail?: string })
    expect(failure?.code).toBe('42501')
    expect(failure?.detail ?? '').not.toContain(foreign?.finding_id ?? '-')
  })
})

describe('ten readers at once', () => {
  let three: DeskConnections
  const readers: { app: ReaderApp; unit: string }[] = []
  beforeAll(async () => {
    const { database, as } = province()
    three = await openDesk(database, { connections: 3 })
    const units = await database.query<{ unit_code: string }>('select unit_code from finding_count where unit_code is not null group by 1 order by 1 limit 10')
    for (let index = 0; index < 10; index += 1) {
      const unit = units[index % units.length]?.unit_code ?? ''
      readers.push({ unit, app: await as({ roles: ['officer'], unit }) })
    }
  })
  afterAll(() => three.close())

  test('ask ten thousand times on three connections, failing now and then, and none is ever shown another unit’s row', async () => {
    let foreign = 0
    let asked = 0
    let failed = 0
    let shown = 0
    // Numbers that look like chance and are the same each time.
    let seed = 7
    const next = (below: number): number => {
      seed = (seed * 48271) % 2147483647
      return seed % below
    }
    const one = async (reader: (typeof readers)[number], kind: number): Promise<void> => {
      asked += 1
      try {
        await three.as(reader.app.sessionHash).transaction(async (transaction) => {
          const rows = kind % 2 === 0
            ? await transaction.query<{ unit_code: string }>('select unit_code from finding limit 30')
            : await transaction.query<{ unit_code: string }>('select unit_code from case_record where is_open limit 30')
          shown += rows.length
          foreign += rows.filter((row) => row.unit_code !== reader.unit).length
          if (kind === 7) await transaction.query('select 1 / 0')
          if (kind === 8) throw new Error('the page gave up')
        })
      } catch {
        failed += 1
      }
    }
    const requests = Array.from({ length: 10_000 }, () => ({ reader: readers[next(10)], kind: next(10) }))
    const workers = Array.from({ length: 12 }, async () => {
      for (let request = requests.pop(); request !== undefined; request = requests.pop()) if (request.reader !== undefined) await one(request.reader, request.kind)
    })
    await Promise.all(workers)
    expect({ asked, foreign }).toEqual({ asked: 10_000, foreign: 0 })
    expect(failed).toBeGreaterThan(1000)
    expect(shown).toBeGreaterThan(10_000)
    // Whatever connection is used next, nobody is there.
    expect(Object.values(await three.as('0'.repeat(64)).transaction(rowsSeen)).reduce((sum, count) => sum + count, 0)).toBe(0)
  }, 240_000)
})
