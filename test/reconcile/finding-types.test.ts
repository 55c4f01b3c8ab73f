/** The header of a finding is read whole or refused, naming the file and what it lacks. */
import { describe, expect, test } from 'vitest'
import { loadFindingTypes, parseFindingType } from '../../src/reconcile/finding-types.ts'

const header = ['code: paid_oddly', 'severity: h', 'actor: C', 'subject: entitlement', 'working_days: 5', 'source: contract 5', 'why: It happens.']
const texts = ['title', 'explanation', 'action'].flatMap((field) => ['vi', 'en', 'ar'].map((language) => `${field}.${language}: ${field} in ${language}`))
const examples = ['', 'Hit: it is odd', '  list A 2026-10 500000', '  finds paid_oddly A 1', 'Near miss: it is not', '  finds nothing']
const textOf = (lines: readonly string[]): string => [...lines.map((line) => `-- ${line}`.trimEnd()), '', "select 'code: no_comment'", ''].join('\n')
const whole = [...header, ...texts, ...examples]
const without = (start: string): string[] => whole.filter((line) => !line.startsWith(start))

describe('a header', () => {
  test('gives code, texts in every language, the query and the examples', () => {
    const type = parseFindingType('paid_oddly.sql', textOf(whole))
    expect(type).toMatchObject({ code: 'paid_oddly', severity: 'h', actor: 'C', subject: 'entitlement', source: 'contract 5', why: 'It happens.' })
    expect(type.title).toEqual({ vi: 'title in vi', en: 'title in en', ar: 'title in ar' })
    expect(type.explanation.ar).toBe('explanation in ar')
    expect(type.action.vi).toBe('action in vi')
    expect(type.action.en).toBe('action in en')
    expect(type.query.name).toBe('findings/paid_oddly.sql')
    expect(type.query.statements).toHaveLength(1)
    expect(type.examples).toEqual([
      { kind: 'Hit', sentence: 'it is odd', lines: ['list A 2026-10 500000', 'finds paid_oddly A 1'] },
      { kind: 'Near miss', sentence: 'it is not', lines: ['finds nothing'] },
    ])
  })

  test.each(['code', 'severity', 'actor', 'subject', 'working_days', 'source', 'why'])('without %s is refused', (field) => {
    expect(() => parseFindingType('paid_oddly.sql', textOf(without(`${field}:`)))).toThrow(new RegExp(`^sql/findings/paid_oddly.sql: ${field}: `))
  })

  test.each([['code', 'Paid Oddly'], ['code', 'paid_oddly2'], ['code', '1paid'], ['severity', 'x'], ['actor', 'Z'], ['subject', 'nobody'], ['working_days', '0'], ['working_days', 'soon']])('%s cannot be %s', (field, value) => {
    expect(() => parseFindingType('paid_oddly.sql', textOf([...without(`${field}:`), `${field}: ${value}`]))).toThrow(`${field}: `)
  })

  test('that lacks several things names them all', () => {
    expect(() => parseFindingType('paid_oddly.sql', textOf(whole.filter((line) => !/^(why|actor):/.test(line))))).toThrow(/actor: .*; why: /)
  })

  test.each(['title.vi', 'explanation.en', 'action.ar'])('without %s is refused', (field) => {
    expect(() => parseFindingType('paid_oddly.sql', textOf(without(field)))).toThrow(`sql/findings/paid_oddly.sql: ${field} is missing`)
  })

  test('must name its file', () => {
    expect(() => parseFindingType('paid_evenly.sql', textOf(whole))).toThrow('sql/findings/paid_evenly.sql: the file must be named after its code, paid_oddly.sql')
  })

  test('is what stands in comments at the beginning of a line, in the form key: value', () => {
    const type = parseFindingType('paid_oddly.sql', `${textOf(whole)}\n  -- why: Indented, so no header.\n`)
    expect(type.why).toBe('It happens.')
    expect(() => parseFindingType('paid_oddly.sql', textOf([...without('why:'), 'why:It happens.']))).toThrow('why: ')
    expect(() => parseFindingType('paid_oddly.sql', textOf([...without('why:'), 'say why: It happens.']))).toThrow('why: ')
  })
})

test('an example ends where the next begins, and only indented lines are its own', () => {
  const said = [...whole, 'A remark between them.', '  indented, so a line of the last', 'Hit: again', '', 'Far hit: no example', '  finds paid_oddly B 2', 'Hit:', 'see Hit: neither']
  expect(parseFindingType('paid_oddly.sql', textOf(said)).examples.slice(1)).toEqual([
    { kind: 'Near miss', sentence: 'it is not', lines: ['finds nothing', 'indented, so a line of the last'] },
    { kind: 'Hit', sentence: 'again', lines: ['finds paid_oddly B 2'] },
  ])
  // Indented lines before any example belong to none.
  expect(parseFindingType('paid_oddly.sql', textOf(['  stray', ...whole])).examples).toHaveLength(2)
})

test('what no comment says is no header, and the last word counts', () => {
  expect(() => parseFindingType('paid_oddly.sql', `${textOf(without('why:'))}why: In the query.\n`)).toThrow('why: ')
  expect(parseFindingType('paid_oddly.sql', textOf([...whole, 'why: Said again.'])).why).toBe('Said again.')
})

test('types come by code in alphabetical order, one for each file', () => {
  const codes = loadFindingTypes().map(({ code }) => code)
  expect(codes).toEqual(codes.toSorted())
  expect(codes).toContain('unpaid')
})
