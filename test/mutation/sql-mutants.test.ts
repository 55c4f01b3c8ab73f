/** What is changed in SQL, one thing at a time, and what is left alone: comments, texts, assignments, places in lists. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { equivalents } from '../../scripts/mutation/equivalents.ts'
import { sqlMutants } from '../../scripts/mutation/sql-mutants.ts'

/** Every text that one change makes of it. */
const changed = (text: string): string[] => sqlMutants(text).map(({ start, end, becomes }) => text.slice(0, start) + becomes + text.slice(end))

describe('changed, one at a time', () => {
  test.each([
    ['select from a where x < 1', ['select from a where true', 'select from a where x <= 1', 'select from a where x < 2', 'select from a where x < 0']],
    ['select a from t where x between 0 and y', ['select a from t where true', 'select a from t where x not between 0 and y', 'select a from t where x between 1 and y']],
    ['select min(a) from t', ['select max(a) from t']],
    ['select not a and b', ['select  a and b', 'select not a or b']],
    ['select a is not null', ['select a is null']],
    ['select a is null', ['select a is not null']],
    ['select a is distinct from b', ['select a is not distinct from b']],
    ['select a is not distinct from b', ['select a is distinct from b']],
    ['select coalesce(a, b)', ['select (a)']],
    ["select a in ('x', 'y')", ["select a not in ('x', 'y')", "select a in ( 'y')", "select a in ('x')"]],
    ['select count(*) filter (where a) from t', ['select count(*)  from t']],
    ['select distinct a from t', ['select  a from t']],
    ['select a from t order by b desc nulls last, c', ['select a from t order by b asc nulls last, c', 'select a from t order by b desc nulls first, c', 'select a from t order by b desc nulls last, c desc']],
    ['select row_number() over (partition by a, b order by c)', ['select row_number() over (partition by  b order by c)', 'select row_number() over (partition by a order by c)', 'select row_number() over (partition by a, b order by c desc)']],
    ['select a union all select b', ['select a union select b']],
    ['select a union select b', ['select a union all select b']],
    ['select a from t left join u using (x)', ['select a from t  join u using (x)']],
    ['select case when a then b else c end', ['select case when false then b else c end', 'select case when a then b  end']],
    ['select a from t group by a having b', ['select a from t group by a ']],
    ['select exists (select)', ['select not exists (select)']],
  ])('%s', (text, wanted) => {
    expect(changed(text)).toEqual(wanted)
  })
})

describe('left alone', () => {
  test.each(["select a -- where x < 1 and y", "select 'a < b and not c', :'as_of'::date", 'update t set a = b', 'select a from t group by 1, 2', 'select -1.5'])('%s', (text) => {
    expect(changed(text)).toEqual([])
  })

  test('the body of a function is read as SQL', () => {
    expect(changed('create function f() returns boolean language sql as $$ select a < b $$')).toEqual(['create function f() returns boolean language sql as $$ select a <= b $$'])
  })
})

test('mutants are named by what stands around them, and told apart where that is the same', () => {
  expect(sqlMutants('select a < b, a < b').map(({ name }) => name)).toEqual(['select a ⟦< → <=⟧ b, a < b', 'select a < b, a ⟦< → <=⟧ b'])
  expect(sqlMutants(`${'x'.repeat(40)} and ${'y'.repeat(40)}\n${'x'.repeat(40)} and ${'y'.repeat(40)}`).map(({ name, line }) => [name.slice(-2), line])).toEqual([['yy', 1], ['#2', 2]])
})

test('every mutant judged equivalent is still one', () => {
  for (const { path, name } of equivalents) {
    const names = sqlMutants(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).map((mutant) => mutant.name)
    expect(names, path).toContain(name)
  }
})
