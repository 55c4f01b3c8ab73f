/** A page of the application as one file: its stylesheet inside, nothing to click, to be read or printed where there is no server. */
import { Hono } from 'hono'
import type { Language, Reader } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { loadAssets } from './assets/index.ts'
import { Routes } from './access.ts'
import { addMeasurePages } from './measures/routes.ts'
import { dictionaries } from './text/index.ts'
import type { View } from './view.ts'
import type { Environment } from './environment.ts'

/** Whoever holds the command line holds the database: everything is theirs to see. */
const operator: Reader = { staffId: '0', userName: 'operator', displayName: 'operator', roles: ['payer'], unitCode: null, scopeLevel: 'country', creditorAgent: null }

// What is there to be clicked or sent is of no use in a file.
const onPaper = '.tt-header, .tt-footer, .govuk-skip-link, form, .tt-exports { display: none; }'

/** The page of measures at an address like `/time-to-cash?by=age`, in a language. */
export async function savedPage(database: Database, path: string, language: Language): Promise<string> {
  const assets = loadAssets()
  const app = new Hono<Environment>()
  app.use(async (context, next) => {
    const { pathname, searchParams } = new URL(context.req.url)
    context.set('view', { language, words: dictionaries[language], path: pathname, query: searchParams, assets, reader: operator } satisfies View)
    context.set('desk', { reader: operator, database })
    await next()
  })
  addMeasurePages(new Routes(app))
  const written = await (await app.request(path)).text()
  const styles = assets.byPath.get(assets.stylesheetPath)?.bytes.toString() ?? ''
  return written
    .replace(/<link [^>]*>\n?|<script [^>]*><\/script>\n?/g, '')
    .replace('</head>', () => `<style>${styles.replace(/@font-face\s*\{[^}]*\}/g, '')}\n${onPaper}</style>\n</head>`)
    .replace(/ href="\/[^"]*"/g, '')
}
