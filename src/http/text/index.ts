/** The languages of the pages: their dictionaries, their direction, and how one is chosen. */
import { languages, type Language } from '../../core/index.ts'
import { ar } from './ar.ts'
import { en } from './en.ts'
import { vi, type Words } from './vi.ts'

export type { Words }

/** All sentences of each language. */
export const dictionaries: Readonly<Record<Language, Words>> = { vi, en, ar }

/** Which way a language is read: what `dir` says on the page, and which end a picture's bars start from. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}

/** The language that a text names; null when it names none of ours. */
export function readLanguage(text: string | undefined): Language | null {
  return languages.find((language) => language === text) ?? null
}

/** The words for a code (`paid_short`, `disbursement`); the code itself, readable, where no word is known. */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return (Object.hasOwn(words, code) ? words[code] : undefined) ?? code.replaceAll('_', ' ')
}
