/** A page of the application as one file: its stylesheet inside, nothing to click, to be read or printed where there is no server. */
import { Hono } from 'hono'
import type { Language } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { loadAssets } from './assets/index.ts'
import { layout } from './layout.ts'
import { addMeasurePages } from './measures/routes.ts'
import { dictionaries } from './text/index.ts'
import type { View } from './view.ts'
import type { Environment } from './app.ts'

// What is there to be clicked or sent is of no use in a file.
const onPaper = '.tt-header, .tt-footer, .govuk-skip-link, form, .tt-exports { display: none; }'

/** The page of measures at an address like `/time-to-cash?by=age`, in a language. */
export async function savedPage(database: Database, path: string, language: Language): Promise<string> {
  const assets = loadAssets()
  const app = new Hono<Environment>()
  app.use(async (context, next) => {
    const { pathname, searchParams } = new URL(context.req.url)
    context.set('view', { language, words: dictionaries[language], path: pathname, query: searchParams, assets } satisfies View)
    await next()
  })
  addMeasurePages(app, database, (context, page) => context.html(layout(page, context.get('view')) as string))
  const written = await (await app.request(path)).text()
  const styles = assets.byPath.get(assets.stylesheetPath)?.bytes.toString() ?? ''
  return written
    .replace(/<link [^>]*>\n?/g, '')
    .replace('</head>', () => `<style>${styles.replace(/@font-face\s*\{[^}]*\}/g, '')}\n${onPaper}</style>\n</head>`)
    .replace(/ href="\/[^"]*"/g, '')
}
