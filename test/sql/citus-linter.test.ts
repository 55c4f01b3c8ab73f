/** What the linter of sql/ refuses: each rule is seen to fail and a near miss to pass, and on a cluster Citus says the same. */
import { expect, describe, inject, test } from 'vitest'
import { firstOnGathered, lintFile, lintSql, migratedSchema } from '../../scripts/lint-sql.ts'
import { parseSql } from '../../src/db/index.ts'
import { placementOf } from '../../src/db/citus-placement.ts'
import * as contents from '../../src/reconcile/steps.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const isCluster = inject('databaseNodes').length > 1

/** Tables that samples create: their place is in their name. */
const samplePlaces = { sample: 'distributed', sample_reference: 'reference', sample_local: 'local', sample_month: 'distributed' } as const
const placeOf = (table: string, schema?: string): ReturnType<typeof placementOf> => (table in samplePlaces ? samplePlaces[table as keyof typeof samplePlaces] : placementOf(table, schema))

interface Sample {
  readonly rule: string
  readonly sql: string
  readonly nearMiss: string
  /** Citus 13.2 takes it all the same, and does it badly: by fetching every row, each node for itself, or numbers that only the coordinator can give. */
  readonly isTaken?: true
}

const definitions: readonly Sample[] = [
  { rule: 'no-trigger', sql: 'create trigger a before update on finding for each row execute function suppress_redundant_updates_trigger()', nearMiss: 'create trigger a before update on trail_entry for each row execute function suppress_redundant_updates_trigger()' },
  { rule: 'no-rule', sql: 'create rule a as on insert to sample do instead nothing', nearMiss: 'insert into work_shared (person_key) select 1 where false', isTaken: true },
  { rule: 'no-stored-query', sql: 'create materialized view a as select person_key from finding', nearMiss: 'create view a as select person_key from finding', isTaken: true },
  { rule: 'place', sql: 'create table nowhere (a bigint)', nearMiss: 'create table sample_local (a bigint)', isTaken: true },
  { rule: 'key-column', sql: 'create table sample (person_key integer not null)', nearMiss: 'create table sample (person_key bigint not null)' },
  { rule: 'time-zone', sql: 'create table sample (person_key bigint not null, seen_at timestamp)', nearMiss: 'create table sample (person_key bigint not null, seen_at timestamptz)', isTaken: true },
  { rule: 'made-ids', sql: 'create table sample (person_key bigint not null, number integer generated always as identity)', nearMiss: "create table sample (person_key bigint not null, number bigint not null default nextval('run_id_sequence'))", isTaken: true },
  { rule: 'made-ids', sql: 'create table sample (person_key bigint not null, number smallserial)', nearMiss: 'create table sample (person_key bigint not null, number bigint)', isTaken: true },
  { rule: 'unique-by-person', sql: 'create table sample (person_key bigint not null, name text primary key)', nearMiss: 'create table sample (person_key bigint primary key, name text)' },
  { rule: 'unique-by-person', sql: 'create unique index a on finding (finding_id)', nearMiss: 'create unique index a on finding (person_key, finding_id)' },
  { rule: 'foreign-key', sql: 'create table sample (person_key bigint not null, run_id bigint references run)', nearMiss: 'create table sample (person_key bigint not null, scheme_id smallint references scheme_code)' },
  { rule: 'foreign-key', sql: 'create table sample (person_key bigint not null, finding_id text, foreign key (person_key, finding_id) references finding on delete set null)', nearMiss: 'create table sample (person_key bigint not null, finding_id text, foreign key (person_key, finding_id) references finding)' },
  { rule: 'key-stays', sql: 'alter table finding alter column person_key type numeric', nearMiss: 'alter table finding alter column subject type varchar' },
  { rule: 'one-level', sql: "create table sample_month partition of sample for values in (1) partition by list (b)", nearMiss: 'create table sample_month partition of sample for values in (1)' },
  { rule: 'immutable', sql: 'create function a(b bigint) returns bigint language sql as $$ select b $$', nearMiss: 'create function a(b bigint) returns bigint language sql immutable as $$ select b $$', isTaken: true },
]

const queries: readonly Sample[] = [
  { rule: 'join-on-person-key', sql: 'select e.person_key from entitlement_line e join payment_report p using (account_key)', nearMiss: 'select e.person_key from entitlement_line e join payment_report p using (person_key, account_key)' },
  { rule: 'join-on-person-key', sql: 'select e.person_key from entitlement_line e left join payment_report p on p.account_key = e.account_key', nearMiss: 'with few as materialized (select account_key from payment_report where file_id = 3) select e.person_key from entitlement_line e left join few using (account_key)' },
  { rule: 'correlated-on-person-key', sql: 'select person_key from entitlement_line e where exists (select from payment_report p where p.account_key = e.account_key)', nearMiss: 'select person_key from entitlement_line e where exists (select from payment_report p where p.person_key = e.person_key and p.account_key = e.account_key)' },
  { rule: 'correlated-on-person-key', sql: 'select e.person_key from entitlement_line e, lateral (select * from payment_report p where p.account_key = e.account_key limit 1) first', nearMiss: 'select e.person_key from entitlement_line e, lateral (select * from payment_report p where p.person_key = e.person_key limit 1) first' },
  { rule: 'correlated-on-person-key', sql: 'select scheme from scheme_code s where exists (select from payment_report p where p.scheme_id = s.scheme_id)', nearMiss: 'select scheme from scheme_code s where scheme_id in (select scheme_id from payment_report p)' },
  { rule: 'target-subquery', sql: 'select count(*), (select count(*) from work_screen) from entitlement_line', nearMiss: 'with one as (select count(*) as a from entitlement_line), other as (select count(*) as b from work_screen) select a, b from one, other' },
  { rule: 'empty-select', sql: 'select exists (select from withdrawal_report join work_file using (file_id)) as found', nearMiss: 'select exists (select 1 from withdrawal_report join work_file using (file_id)) as found' },
  { rule: 'recursive-cte', sql: 'with recursive circle as (select person_key, account_key from payment_report union select e.person_key, e.account_key from entitlement_line e join circle using (account_key)) select * from circle', nearMiss: 'with recursive month as (select 1 as number union all select number + 1 from month where number < 12) select * from month' },
  { rule: 'tablesample', sql: 'select person_key from payment_report tablesample system (1)', nearMiss: 'select person_key from payment_report where person_key % 100 = 0', isTaken: true },
  { rule: 'aggregate-splits', sql: 'select percentile_cont(0.5) within group (order by credited_date - instructed_at::date) from payment_report', nearMiss: 'select person_key, percentile_cont(0.5) within group (order by credited_date - instructed_at::date) from payment_report group by person_key', isTaken: true },
  { rule: 'aggregate-splits', sql: 'select count(distinct account_key) from payment_report', nearMiss: 'select count(distinct person_key) from payment_report', isTaken: true },
  { rule: 'window-by-person', sql: 'select row_number() over (order by credited_at) from payment_report', nearMiss: 'select row_number() over (partition by person_key order by credited_at) from payment_report', isTaken: true },
  { rule: 'grouping-sets', sql: 'select scheme_id, count(*) from payment_report group by rollup (scheme_id)', nearMiss: 'select scheme_id, count(*) from payment_report group by scheme_id' },
  { rule: 'for-update', sql: 'select person_key from finding for update', nearMiss: 'select person_key from finding where person_key = 1 for update' },
  { rule: 'insert-key', sql: "insert into matched_payment (run_id, scheme_id, benefit_period, payment_name, match_rule, allocated_amount, evidence) values (1, 1, 1, '', 'account', 1, '{}')", nearMiss: "insert into matched_payment (person_key, run_id, scheme_id, benefit_period, payment_name, match_rule, allocated_amount, evidence) values (1, 1, 1, 1, '', 'account', 1, '{}')" },
  { rule: 'insert-select', sql: 'insert into work_shared (person_key) values ((select max(person_key) from work_line))', nearMiss: 'insert into work_shared (person_key) select max(person_key) from work_line having count(*) > 0' },
  { rule: 'conflict-key', sql: "insert into finding (person_key, run_id, finding_id, code, subject, amount_at_stake, currency, evidence, source_rows) values (1, 1, '', '', '', 1, '', '{}', '[]') on conflict (finding_id) do nothing", nearMiss: "insert into finding (person_key, run_id, finding_id, code, subject, amount_at_stake, currency, evidence, source_rows) values (1, 1, '', '', '', 1, '', '{}', '[]') on conflict (person_key, finding_id) do nothing" },
  { rule: 'changing-value', sql: 'update payment_report set credited_at = clock_timestamp()', nearMiss: "update payment_report set credited_at = '2026-01-01'" },
  { rule: 'key-stays', sql: 'update payment_report set person_key = 1', nearMiss: 'update payment_report set account_key = 1' },
  { rule: 'merge-target', sql: 'merge into work_scheme s using payment_report p on p.scheme_id = s.scheme_id when matched then update set due_day = 1', nearMiss: 'merge into work_shared s using payment_report p on p.person_key = s.person_key when not matched then insert (person_key) values (p.person_key)' },
  { rule: 'local-and-spread', sql: 'delete from finding f where exists (select from work_line w where w.person_key = f.person_key)', nearMiss: 'with few as materialized (select person_key from work_line) delete from finding where person_key in (select person_key from few)' },
  { rule: 'local-and-spread', sql: 'delete from work_line w where exists (select from finding f where f.person_key = w.person_key)', nearMiss: 'delete from work_line where person_key in (select person_key from finding)' },
  { rule: 'local-and-spread', sql: 'delete from work_line w where exists (select from work_scheme s where s.scheme_id = w.scheme_id)', nearMiss: 'delete from work_line w using work_scheme s where s.scheme_id = w.scheme_id' },
  { rule: 'local-and-spread', sql: 'select count(*) from entitlement_line e where not exists (select from work_line w where w.person_key = e.person_key)', nearMiss: 'select count(*) from entitlement_line where person_key not in (select person_key from work_line)' },
  { rule: 'grammar', sql: 'merge into work_line w using work_match m on m.person_key = w.person_key when matched then delete returning w.person_key', nearMiss: 'merge into work_line w using work_match m on m.person_key = w.person_key when matched then delete' },
]

/** Rules that the linter finds in one statement; a table to be divided first is there already. */
function rulesBroken(sql: string): string[] {
  const schema = migratedSchema(placeOf)
  return lintFile(parseSql(sql, 'sample'), 'sample', schema).map(({ rule }) => rule)
}

test('sql/ keeps every rule', () => {
  expect(lintSql()).toEqual([])
})

describe.each([...definitions, ...queries])('$rule: $sql', ({ rule, sql, nearMiss }) => {
  test('is found', () => {
    expect(rulesBroken(sql)).toContain(rule)
  })
  test('the near miss is not', () => {
    expect(rulesBroken(nearMiss)).toEqual([])
  })
})

test('a fault names the file, the line on which it stands, and what to do', () => {
  const [fault] = lintFile(parseSql('-- What: a sample.\nselect 1;\n\nselect e.person_key\nfrom entitlement_line e\njoin payment_report p using (account_key);\n', 'sample'), 'sql/sample.sql', migratedSchema(placeOf))
  expect(fault).toMatchObject({ file: 'sql/sample.sql', line: 6, rule: 'join-on-person-key' })
  expect(fault?.message).toContain('with few as materialized')
})

test('the number of a step says whether names mean gathered rows there', () => {
  const { working, telling, publishing, opening, touching, touchingPart, gathering, lookingBack, looking, narrowing } = contents
  const numbersOf = (steps: readonly contents.Step[]): number[] => steps.map(({ file }) => Number.parseInt(file, 10)).filter((number) => !Number.isNaN(number))
  expect(Math.min(...numbersOf([...working, ...telling, ...publishing]))).toBeGreaterThanOrEqual(firstOnGathered)
  expect(Math.max(...numbersOf([...opening, ...touching, ...touchingPart, ...gathering, ...lookingBack, ...looking, ...narrowing]))).toBeLessThan(firstOnGathered)
})

test('where names mean the rows gathered on the coordinator, they may be joined on anything', () => {
  const schema = migratedSchema(placeOf)
  lintFile(parseSql('create schema gathered; create table gathered.entitlement_line (like public.entitlement_line); create table gathered.payment_report (like public.payment_report)', 'm'), 'm', schema)
  const join = parseSql('select e.person_key from entitlement_line e join payment_report p using (account_key)', 'sample')
  expect(lintFile(join, 'sample', schema, ['gathered', 'public'])).toEqual([])
  expect(lintFile(join, 'sample', schema)).toHaveLength(1)
})

describe.skipIf(!isCluster)('on a cluster', () => {
  test.each(queries.filter(({ rule }) => rule !== 'grammar'))('$rule: $sql', async ({ sql, nearMiss, isTaken }) => {
    expect(await attempt(nearMiss)).toBe('taken')
    expect(await attempt(sql)).toBe(isTaken === true ? 'taken' : 'refused')
  })

  test.each(definitions.filter(({ isTaken, rule }) => isTaken !== true && rule !== 'one-level'))('$rule: $sql', async ({ sql, nearMiss }) => {
    expect(await attempt(nearMiss)).toBe('taken')
    expect(await attempt(sql)).toBe('refused')
  })

  /** Whether it passes, a new table being spread like ours; nothing of it stays. */
  async function attempt(sql: string): Promise<string> {
    const undo = new Error('undo')
    return clone().database.transaction(async (transaction) => {
      await transaction.query(sql)
      if (/^create table sample\b/.test(sql)) await transaction.query("select create_distributed_table('sample', 'person_key', colocate_with => 'entitlement_line')")
      throw undo
    }).catch((error: unknown) => (error === undo ? 'taken' : 'refused'))
  }
})
