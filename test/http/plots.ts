/** What the tests of pictures look at: a view of each language, and the faults that no drawing may have. */
import { expect } from 'vitest'
import { loadAssets } from '../../src/http/assets/index.ts'
import { dictionaries } from '../../src/http/text/index.ts'
import type { Language } from '../../src/core/index.ts'
import type { Html, View } from '../../src/http/view.ts'

const assets = loadAssets()

export function viewIn(language: Language): View {
  return { language, words: dictionaries[language], path: '/', query: new URLSearchParams(), assets, reader: null }
}

/** The drawn markup, after a look for what is wrong in any picture: no number, an id twice, a reference to nothing. */
export async function drawnWell(picture: Html | string): Promise<string> {
  const markup = String(await picture)
  expect(markup).not.toMatch(/NaN|Infinity|undefined|\[object|null/)
  const ids = [...markup.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])
  expect(new Set(ids).size).toBe(ids.length)
  const named = [...markup.matchAll(/(?:aria-labelledby="([^"]+)"|url\(#([^)]+)\))/g)].flatMap((match) => (match[1] ?? match[2] ?? '').split(' '))
  expect(named.filter((name) => !ids.includes(name))).toEqual([])
  // A picture is either told in a sentence of its own, or left to the table whose cell it is in.
  for (const [svg] of markup.matchAll(/<svg (?=[^>]*xmlns)[^>]*>/g)) expect(svg).toMatch(/role="img" aria-labelledby=|aria-hidden="true"/)
  expect(markup).not.toMatch(/\sstyle=/)
  return markup
}

/** The text of a picture, without marks of direction. */
export function wordsIn(markup: string): string {
  return markup.replace(/<[^>]+>/g, ' ').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ')
}

/** A share written as the reports write it. */
export function shareText(share: number): string {
  return Math.min(1, Math.max(0, share)).toFixed(10)
}
