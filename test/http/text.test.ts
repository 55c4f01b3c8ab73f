/** The dictionaries: every sentence in every language, every code that can reach a page with a word for it. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isKeptClass } from '../../src/http/assets/stylesheet.ts'
import { loadAssets } from '../../src/http/assets/index.ts'
import { dictionaries, wordFor } from '../../src/http/text/index.ts'
import { kinds, languages } from '../../src/core/index.ts'

const root = new URL('../../', import.meta.url)

const folder = new URL('src/http/', root)
const pageSources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.startsWith('text/')).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')

/** Every key of a dictionary with what stands there. */
function entries(words: object, path = ''): [string, unknown][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => (typeof value === 'object' && value !== null ? entries(value, `${path}${key}.`) : [[`${path}${key}`, value] as [string, unknown]]))
}

describe('the dictionaries', () => {
  const source = new Map(entries(dictionaries.vi))

  test.each(languages)('%s says everything that Vietnamese says, and nothing more', (language) => {
    const own = new Map(entries(dictionaries[language]))
    expect([...own.keys()].sort()).toEqual([...source.keys()].sort())
    for (const [key, value] of own) {
      if (typeof value === 'function') {
        const given = Array.from({ length: value.length }, (_, index) => `«${index}»`)
        const said = (value as (...parts: string[]) => string)(...given)
        // What is handed in is said: a sentence that forgets its number says something else.
        for (const part of given) expect(said, `${language} ${key}`).toContain(part)
        expect((source.get(key) as () => string).length, key).toBe(value.length)
      } else expect(String(value).trim(), `${language} ${key}`).not.toBe('')
    }
  })

  test('no English or Arabic sentence was left in Vietnamese', () => {
    for (const language of ['en', 'ar'] as const) {
      for (const [key, value] of entries(dictionaries[language])) {
        if (key === 'product' || typeof value === 'function') continue
        expect(/[ăđơưạ-ỹ]/iu.test(String(value).replace('₫', '')), `${language} ${key}: ${String(value)}`).toBe(false)
        if (language === 'ar' && !/^(?:file\.fingerprint)$/.test(key)) expect(/\p{Script=Arabic}/u.test(String(value)), `${key} has Arabic letters`).toBe(true)
      }
    }
  })

  test('every key that the evidence of a finding can have has a name', () => {
    const folders = ['sql/findings/', 'sql/reconcile/']
    const files = folders.flatMap((folder) => readdirSync(new URL(folder, root)).filter((name) => name.endsWith('.sql') && (folder === 'sql/findings/' || /story|tell/.test(name))).map((name) => new URL(folder + name, root)))
    const keys = new Set<string>()
    for (const file of files) for (const call of jsonObjects(readFileSync(file, 'utf8'))) for (const key of call) keys.add(key)
    expect(keys.size).toBeGreaterThan(30)
    const unnamed = [...keys].filter((key) => !Object.hasOwn(dictionaries.vi.evidence, key) && !['file_id', 'line', 'source_rows', 'currency'].includes(key))
    expect(unnamed).toEqual([])
  })

  test('every class, rule, state, status and kind has a word', () => {
    const schema = readFileSync(new URL('sql/migrations/0001_facts_and_results.sql', root), 'utf8')
    const enumerated = (name: string): string[] => [...(new RegExp(`create type ${name} as enum \\(([^)]*)\\)`).exec(schema)?.[1] ?? '').matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '')
    const { vi } = dictionaries
    expect(enumerated('outcome_class').filter((value) => !Object.hasOwn(vi.classes, value))).toEqual([])
    expect(enumerated('match_rule').filter((value) => !Object.hasOwn(vi.rules, value))).toEqual([])
    expect([...enumerated('component'), ...enumerated('payment_channel'), ...enumerated('account_status'), ...enumerated('transaction_status')].filter((value) => !Object.hasOwn(vi.values, value))).toEqual([])
    expect(enumerated('list_status').filter((value) => !Object.hasOwn(vi.listStatuses, value))).toEqual([])
    expect([...readFileSync(new URL('sql/schema.sql', root), 'utf8').matchAll(/create type cash_event as enum \(([^)]*)\)/g)].flatMap((match) => (match[1] ?? '').replaceAll("'", '').split(', ')).filter((value) => !Object.hasOwn(vi.cashEvents, value))).toEqual([])
    expect(kinds.map((kind) => kind.name).filter((name) => !Object.hasOwn(vi.files.kinds, name))).toEqual([])
    const asides = readFileSync(new URL('src/ingest/asides.ts', root), 'utf8')
    const reasons = [...(/type AsideReason =([^\n]*)/.exec(asides)?.[1] ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '')
    expect(reasons.length).toBeGreaterThan(3)
    expect(reasons.filter((reason) => !Object.hasOwn(vi.file.reasons, reason))).toEqual([])
  })

  test('a class is called what its finding is called, in every language: one thing, one name', () => {
    const names = readdirSync(new URL('sql/findings/', root)).map((name) => name.replace('.sql', '')).filter((name) => Object.hasOwn(dictionaries.vi.classes, name))
    expect(names.length).toBeGreaterThanOrEqual(9)
    for (const name of names) {
      const header = readFileSync(new URL(`sql/findings/${name}.sql`, root), 'utf8')
      for (const language of languages) expect(wordFor(dictionaries[language].classes, name), `${name} ${language}`).toBe(new RegExp(`^-- title\\.${language}: (.+)$`, 'm').exec(header)?.[1])
    }
    for (const { bridge, classes, finding } of Object.values(dictionaries)) expect([bridge.excessTwice, bridge.excessOver, bridge.carriedOut, finding.events.not_collected]).toEqual([classes.paid_twice, classes.paid_over, classes.carried_over, classes.not_collected])
  })

  test('no sentence is kept that no page says', () => {
    const coded = ['answerCodes', 'evidence', 'classes', 'states', 'conflicts', 'values', 'listStatuses', 'rules', 'actors', 'severities', 'kinds', 'statuses', 'reasons', 'events', 'navigation', 'cashEvents', 'ages', 'distances', 'electricity', 'signal', 'needs', 'payees', 'strata', 'accountStates', 'faults', 'explained', 'holders', 'verdicts', 'columns', 'names', 'resolutions', 'bands', 'relations', 'errors', 'refusals', 'steps', 'decisions', 'next', 'failures', 'guide', 'fill', 'means', 'sendSentence', 'fromWhom', 'asks', 'origins', 'causes', 'todos', 'tables']
    const unsaid = [...source.keys()].filter((key) => !coded.some((table) => key.split('.').includes(table)) && !new RegExp(`\\b${key.split('.').at(-1) ?? ''}\\b`).test(pageSources))
    expect(unsaid).toEqual([])
  })

  test('a code without a word is shown readably, never as an inherited property', () => {
    expect(wordFor(dictionaries.vi.classes, 'brand_new_class')).toBe('brand new class')
    expect(wordFor(dictionaries.vi.classes, 'constructor')).toBe('constructor')
  })
})

describe('the stylesheet', () => {
  const assets = loadAssets()
  const css = assets.byPath.get(assets.stylesheetPath)?.bytes.toString() ?? ''

  test('has rules for every class that the pages use', () => {
    const used = [...new Set([...pageSources.matchAll(/\bclass="([^"]*)"/g)].flatMap((match) => (match[1] ?? '').replace(/\$\{[^}]*\}/g, ' ').split(/\s+/)).filter((name) => /^(?:govuk|tt)-[\w-]+$/.test(name)))]
    expect(used.length).toBeGreaterThan(40)
    for (const name of used.filter((one) => one.startsWith('govuk-'))) expect(isKeptClass(name), name).toBe(true)
    for (const name of used.filter((one) => one.startsWith('tt-') && !one.endsWith('-'))) expect(css.includes(`.${name}`), name).toBe(true)
  })

  test('serves both reading directions: nothing in it is bound to the left or the right', () => {
    expect(css).not.toMatch(/(?:margin|padding|border)-(?:left|right)[:-]|text-align:(?:left|right)|float:(?:left|right)/)
  })

  test('carries nothing of its origin: no crown, no typeface, no address elsewhere', () => {
    expect(css).not.toMatch(/GDS Transport|crown|url\((?!\/assets\/)|gov\.uk/i)
    expect(css).toContain('font-family:"Be Vietnam Pro"')
  })
})

/** The keys of every jsonb_build_object(...) in a piece of SQL, whatever is nested in it. */
function jsonObjects(sql: string): string[][] {
  const found: string[][] = []
  const code = sql.replace(/^--.*$/gm, '')
  for (const call of code.matchAll(/jsonb_build_object\(/g)) {
    const parts: string[] = []
    let depth = 0
    let part = ''
    for (let index = call.index + call[0].length; index < code.length && depth >= 0; index += 1) {
      const character = code[index] ?? ''
      if (character === '(') depth += 1
      if (character === ')') depth -= 1
      if (depth < 0 || (depth === 0 && character === ',')) {
        parts.push(part.trim())
        part = ''
      } else part += character
    }
    found.push(parts.filter((_, index) => index % 2 === 0).map((key) => key.replaceAll("'", '')))
  }
  return found
}
