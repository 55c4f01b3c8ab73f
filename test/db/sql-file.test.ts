/** Our .sql files: variables are bound, never pasted; statements are told apart wherever a semicolon may hide. */
import { describe, expect, test } from 'vitest'
import { bindParameters, parseSql, refuseUnused } from '../../src/db/sql-file.ts'

const texts = (source: string): string[] => parseSql(source, 'test.sql').statements.map(({ text }) => text)

describe('variables', () => {
  test('become parameters in the order of their first use', () => {
    const [statement] = parseSql(`select :'b'::date, :'a', :'b'::date`, 'test.sql').statements
    expect(statement).toEqual({ text: 'select $1::date, $2, $1::date', parameters: ['b', 'a'], line: 1 })
  })

  test('are one parameter per type they are cast to', () => {
    const [statement] = parseSql(`select :'a'::date, :'a'::text, :'a' :: date, :'a'::numeric[]`, 'test.sql').statements
    expect(statement).toMatchObject({ text: 'select $1::date, $2::text, $1::date, $3::numeric[]', parameters: ['a', 'a', 'a'] })
  })

  test('are numbered anew in each statement', () => {
    expect(texts(`select :'a'; select :'b'`)).toEqual(['select $1', 'select $1'])
  })

  test.each([
    [`select ':''a'''`], [`select '-- :' ':'`], [`select $$ :'a' $$`], [`select $body$ ; :'a' $$ $body$`], [`select "a:'b'" from t`],
    [`select x::text, y::date from t`], [`select array[1, 2][1:2]`], [`select E'it\\'s; :''a'''`],
  ])('nothing is bound in %s', (source) => {
    expect(parseSql(source, 'test.sql').statements).toEqual([{ text: source, parameters: [], line: 1 }])
  })

  test('in comments are none', () => {
    expect(parseSql(`-- :'a'\n/* :'b' /* :'c' */ ; */ select 1`, 'test.sql').variables.size).toBe(0)
  })
})

describe('statements', () => {
  test('end at semicolons, and only at those that are code', () => {
    expect(texts(`select ';'; select $$;$$; -- ;\nselect 1 /* ; */ ; select ";" from t;`)).toEqual([
      `select ';'`, 'select $$;$$', '-- ;\nselect 1 /* ; */', 'select ";" from t',
    ])
  })

  test('of comments and blanks alone are none', () => {
    expect(texts(`-- only this\n;; /* and this */ ;\n`)).toEqual([])
  })

  test('keep the line they begin on', () => {
    expect(parseSql(`-- title\n\nselect 1;\n-- why\nselect\n2`, 'test.sql').statements.map(({ line }) => line)).toEqual([3, 5])
  })

  test('a function body between dollars is one statement', () => {
    expect(texts(`create function f() returns int language sql as $$ select 1; $$; select 2`)).toHaveLength(2)
  })
})

test.each([
  [`select :"column" from t`, 'identifiers are never filled in'],
  [`select $1`, `write :'name'`],
  [`select 'open`, 'a quote is never closed'],
  [`select $$open`, 'is never closed'],
  [`select 1 /* open /* */`, 'a comment is never closed'],
  [`\\set as_of 1`, 'backslash commands'],
  [`create function f() returns int begin atomic select 1; end`, 'between $$ and $$'],
])('%s is refused with its line', (source, message) => {
  expect(() => parseSql(`\n${source}`, 'test.sql')).toThrow(`test.sql:2: `)
  expect(() => parseSql(source, 'test.sql')).toThrow(message)
})

test('a value that is missing and a value that nothing asks for are both bugs', () => {
  const file = parseSql(`select :'a'`, 'test.sql')
  const [statement] = file.statements
  if (statement === undefined) throw new Error('no statement')
  expect(() => bindParameters(file, statement, {})).toThrow('the variable a has no value')
  expect(bindParameters(file, statement, { a: null })).toEqual([null])
  expect(() => { refuseUnused(file, { a: 1, b: 2 }) }).toThrow('no statement uses b')
})
