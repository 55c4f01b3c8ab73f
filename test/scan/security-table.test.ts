/** The table of docs/security.md: whole, without doubles, and what it names as proof is there. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/security.md', root), 'utf8')
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| ([a-z ]+) \| (.+) \|$/gm)].map(([, id = '', , state = '', reason = '']) => ({ id, state, reason }))

test('each requirement of levels 1 and 2 has one row, in one of four states, with a reason', () => {
  expect(rows).toHaveLength(253)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(253)
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['met', 'not applicable', 'by the operator', 'falls short']))
  expect(rows.filter(({ reason }) => reason.trim().length < 5)).toEqual([])
})

test('what is said to fall short, in words, is what falls short in the table', () => {
  for (const [words, state] of [['met', 'met'], ['fall short', 'falls short'], ['in the hands', 'by the operator'], ['about something that is not here', 'not applicable']] as const) {
    const said = new RegExp(`(\\d+) ${words}`).exec(page)?.[1]
    expect([words, said]).toEqual([words, String(rows.filter((row) => row.state === state).length)])
  }
})

test('every file that it names is there', () => {
  const named = [...page.matchAll(/`((?:src|test|sql|scripts|docs)\/[\w./-]+\.\w+)`|\]\(([\w.-]+\.md)\)/g)].map(([, path, page_]) => path ?? `docs/${page_ ?? ''}`)
  expect(named.length).toBeGreaterThan(150)
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})
