/** The steps of a run as files: every one named once, every one says what it does, none asks the wall clock. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/core/index.ts'
import { loadFindingTypes } from '../../src/reconcile/index.ts'
import { emptying, gathering, gatheringClocks, looking, lookingBack, narrowing, opening, publishing, telling, touching, touchingPart, weighing, working, type Step } from '../../src/reconcile/steps.ts'

const textsOf = (room: string): { name: string; text: string }[] => {
  const directory = new URL(`../../sql/${room}/`, import.meta.url)
  return readdirSync(directory).sort().map((name) => ({ name: name.replace(/\.sql$/, ''), text: readFileSync(new URL(name, directory), 'utf8') }))
}
const files = textsOf('reconcile')
const parts: readonly (readonly Step[])[] = [opening, emptying[0], emptying[1], touching, touchingPart, gathering, gatheringClocks, lookingBack, looking, narrowing, working, [...telling, ...publishing], weighing]
const all = parts.flat()
const headerOf = (text: string): string => text.slice(0, text.search(/^(?!--)/m))
const codeOf = (text: string): string => text.replace(/--[^\n]*/g, '').replace(/'(?:[^']|'')*'/g, "''")
/** One line of a header; it goes on where the next lines are indented. */
const saysOf = (text: string, word: string): string => new RegExp(`^-- ${word}[^:\n]*: ((?:[^\n]*)(?:\n--  [^\n]*)*)`, 'm').exec(headerOf(text))?.[1] ?? ''

test('every file of sql/reconcile is a step, in order; lay_claims comes after each rule that makes claims', () => {
  const named = parts.map((part) => part.map(({ file }) => file).filter((file) => file !== 'lay_claims'))
  expect([...new Set(named.flat())].sort()).toEqual(files.map(({ name }) => name).filter((name) => name !== 'lay_claims'))
  for (const part of named) expect(part).toEqual([...new Set(part)].sort())
  const makesClaims = files.filter(({ text }) => /insert into work_claim\b/.test(codeOf(text))).map(({ name }) => name)
  expect(working.flatMap(({ file }, at) => (working[at + 1]?.file === 'lay_claims' ? [file] : []))).toEqual(makesClaims)
})

describe.each(files)('$name', ({ name, text }) => {
  test('its header says what it does, what it reads and writes, by which rule', () => {
    for (const word of ['What', 'Reads', 'Writes', 'Rule', 'Why']) expect(saysOf(text, word), word).not.toBe('')
  })

  test('it repeats, or works in slices, as its header says', () => {
    for (const step of all.filter(({ file }) => file === name)) {
      expect(step.isRepeated ?? false).toBe(saysOf(text, 'Repeat') !== '')
      expect(step.slices === 'of beneficiaries').toBe(text.includes(":'first_bucket'"))
      expect(step.slices === 'by hash' || step.slices === 'one a lane').toBe(text.includes(":'slice'"))
    }
  })

  test('it writes the tables that its header names, and no other', () => {
    const written = [...codeOf(text).matchAll(/\b(?:insert into|update|delete from) (?:gathered\.)?(\w+)/g)].map(([, table]) => table ?? '')
    const named = [...saysOf(text, 'Writes').replace(/\([^)]*\)/g, '').matchAll(/\w+(?=,|\.|\s|$)/g)].map(([table]) => table).filter((table) => table.includes('_') && !table.endsWith('_amount') || ['outcome', 'finding', 'subject'].includes(table))
    expect([...new Set(named)].sort()).toEqual([...new Set(written)].sort())
  })
})

test('no statement of a run asks what time it is: the only today is as_of', () => {
  const asking = /\b(now\s*\(|current_(date|time|timestamp)\b|localtime(stamp)?\b|(clock|statement|transaction)_timestamp\b|timeofday\b|random\s*\()/i
  for (const room of ['reconcile', 'findings', 'checks']) {
    for (const { name, text } of textsOf(room)) expect(codeOf(text), `${room}/${name}`).not.toMatch(asking)
  }
  expect(asking.test('select current_date')).toBe(true)
})

test('findings are told apart by their titles in every language', () => {
  const types = loadFindingTypes()
  for (const language of languages) {
    const titles = types.map(({ title }) => title[language])
    expect(new Set(titles).size, language).toBe(titles.length)
  }
})
