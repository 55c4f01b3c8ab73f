/** What every page is given besides its data: the reader's language and words, and where the reader is. */
import { html } from 'hono/html'
import { month } from './format.ts'
import type { Language, Reader, Texts } from '../core/index.ts'
import { wordFor, type Words } from './text/index.ts'
import type { Assets } from './assets/index.ts'
import type { SchemeName } from '../reports/index.ts'

/** Escaped HTML, as `hono/html` makes it. */
export type Html = ReturnType<typeof html>

/** The reader's side of a page. */
export interface View {
  readonly language: Language
  readonly words: Words
  readonly path: string
  /** The query of the page, without the language. */
  readonly query: URLSearchParams
  readonly assets: Assets
  /** Who is signed in; null: nobody. */
  readonly reader: Reader | null
}

/** A number of a person or an account, a code or a file name inside a sentence of either direction: it keeps its own. */
export function leftToRight(text: string): Html {
  return html`<bdi dir="ltr">${text}</bdi>`
}

/** The same for text that goes into a sentence before it becomes HTML: it keeps its own direction, found by its first letter. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}

/** Marks of direction are for pages: in a cell they would be letters nobody sees. */
export function plainText(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '')
}

/** Several parts of a sentence one after the other, with the comma of the language. */
export function listed(parts: readonly string[], view: Pick<View, 'language'>): string {
  return parts.join(view.language === 'ar' ? '، ' : ', ')
}

/** An address on this site with a query; parameters that are empty, null or absent are left out. */
export function address(path: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== undefined && entry[1] !== '')
  const text = new URLSearchParams(given).toString().replaceAll('%2C', ',')
  return text === '' ? path : `${path}?${text}`
}

/** The text of a language out of a finding type's. */
export function inLanguage(texts: Texts, language: Language): string {
  return texts[language]
}

/** A scheme as people call it, with its code. */
export function schemeName(schemes: readonly SchemeName[], scheme: string, language: Language): string {
  const known = schemes.find((one) => one.scheme === scheme)
  const name = language === 'vi' ? known?.name_vi : (known?.name_en ?? known?.name_vi)
  return name ? isolated(`${name} (${scheme})`) : scheme
}

/** A month of benefit, or the words for "not stated". */
export function monthOrNone(period: string | null, view: View): string {
  return period === null ? view.words.notStated : month(period, view.language)
}

/** A unit by its name with its code behind, its code alone where no name is known. */
export function unitName(code: string | null, name: string | null, view: Pick<View, 'words'>): string {
  if (code === null) return view.words.notStated
  return name === null ? code : isolated(`${name} (${code})`)
}

/** The first letter of a severity decides its word and its colour. */
export function severityTag(severity: string, view: View): Html {
  const letter = severity.slice(0, 1)
  return html`<strong class="govuk-tag tt-tag tt-tag--${letter}">${wordFor(view.words.severities, letter)}</strong>`
}

/** Who acts, `C/B` spelled out. */
export function actors(actor: string, view: View): string {
  return listed(actor.split('/').map((one) => wordFor(view.words.actors, one)), view)
}
