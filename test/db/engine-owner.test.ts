/** Whoever has the engine's login cannot hang code of theirs on what the owner, or a function of the owner, does next. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asEngine, type Database } from '../../src/db/index.ts'
import { useProvince } from '../http/province.ts'

const province = useProvince(300)
let engine: Database
beforeAll(async () => {
  engine = await asEngine(province().database, { connections: 2 })
}, 60_000)
afterAll(() => engine.pool.end())

const names = async (sql: string): Promise<string[]> => (await province().database.query<{ name: string }>(sql)).map(({ name }) => name)

describe('the engine', () => {
  test('owns nothing, and may neither put anything on a table nor make anything in a schema', async () => {
    expect(await names("select c.oid::regclass::text as name from pg_class c where pg_has_role('tantay_engine', c.relowner, 'member') union all select p.oid::regprocedure::text from pg_proc p where pg_has_role('tantay_engine', p.proowner, 'member') union all select n.nspname from pg_namespace n where pg_has_role('tantay_engine', n.nspowner, 'member') or has_schema_privilege('tantay_engine', n.oid, 'create')")).toEqual([])
    expect(await names("select c.oid::regclass || ' ' || p as name from pg_class c cross join unnest(array['TRIGGER', 'REFERENCES']) p where c.relkind in ('r', 'p', 'v') and c.relnamespace::regnamespace::text not like 'pg\\_%' and has_table_privilege('tantay_engine', c.oid, p)")).toEqual([])
    expect(await names("select r.rolname as name from pg_roles r where pg_has_role('tantay_engine', r.oid, 'member') and r.rolname <> 'tantay_engine'")).toEqual([])
  })

  test('empties working tables, and no other', async () => {
    const emptied = await names("select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and has_table_privilege('tantay_engine', c.oid, 'truncate') and c.relname not like 'work\\_%'")
    expect(emptied.filter((name) => !name.startsWith('entitlement_clock'))).toEqual([])
  })

  test.each([
    'create trigger held before update on public.case_record for each row execute function pg_temp.held()',
    'create trigger held before update on public.case_record for each row execute function suppress_redundant_updates_trigger()',
    'create trigger held before truncate on public.work_line for each statement execute function pg_temp.held()',
    'create rule held as on update to public.case_record do also select 1',
    'create rule held as on insert to public.work_story do also select 1',
    "alter table public.correction_candidate alter code set default 'x'",
    'alter table public.settlement_entry add check (pg_temp.held_too())',
    'create policy held on public.case_record using (pg_temp.held_too())',
    'create function public.held() returns integer language sql as $$ select 1 $$',
    "select drop_clock_indexes('odd; drop table payment_report') /* 22023 */",
    "select analyze_rows('pg_authid')",
  ])('is refused %s', async (statement) => {
    const attempt = engine.transaction(async (transaction) => {
      await transaction.query('create function pg_temp.held() returns trigger language plpgsql as $$ begin return new; end $$')
      await transaction.query('create function pg_temp.held_too() returns boolean immutable language sql as $$ select true $$')
      await transaction.query(statement)
      throw new Error('was not refused')
    })
    await expect(attempt).rejects.toMatchObject({ code: statement.includes('22023') ? '22023' : '42501' })
  })

  test('does not become the owner through an answer to a question that it asked itself', async () => {
    const { as, database } = province()
    const [asked] = await database.query<{ agent: number; finding_id: string }>("select creditor_agent as agent, finding_id from case_record where code = 'returned' and creditor_agent is not null limit 1")
    const bank = await as({ roles: ['bank'], agent: asked?.agent ?? 0 })
    const said = await engine.transaction(async (transaction) => {
      await transaction.query(`create function pg_temp.held() returns trigger language plpgsql as $$ begin
        if has_table_privilege(current_user, 'public.trail_entry', 'update') then execute 'grant update, delete on public.trail_entry, public.payment_report to tantay_engine'; end if;
        return new; end $$`)
      await transaction.query('savepoint before_trigger')
      await transaction.query('create trigger held before update on public.case_record for each row execute function pg_temp.held()').catch(() => transaction.query('rollback to savepoint before_trigger'))
      await transaction.query("select set_config('tantay.session', $1, true)", [bank.sessionHash])
      const [question] = await transaction.query<{ question_id: string }>(`
        insert into bank_question (question_id, person_key, finding_id, creditor_agent, code, asked_at, asked_by, question, about, due_date)
        select 77, person_key, finding_id, desk_agent(), code, now(), $2, '?', '{}', current_date from case_record where finding_id = $1 returning question_id`, [asked?.finding_id, bank.staffId])
      expect(question?.question_id).toBe('77')
      // that the owner's function wrote to the case is what the trigger would have waited for
      return transaction.query<{ answered: boolean | null }>("select answer_bank_question(77, 'other', 'x', now()) as answered")
    })
    expect(said).toEqual([{ answered: true }])
    expect(await names("select p as name from unnest(array['update', 'delete']) p where has_table_privilege('tantay_engine', 'trail_entry', p) or has_table_privilege('tantay_engine', 'payment_report', p)")).toEqual([])
  })
})
