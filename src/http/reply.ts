/** A page as an answer. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Environment } from './environment.ts'
import { layout, type Page } from './layout.ts'

/** The page in its frame. */
export function reply(context: Context<Environment>, page: Page, status: ContentfulStatusCode = 200): Response | Promise<Response> {
  const view = context.get('view')
  // Pages name people's cases: on a shared computer nothing of them stays behind.
  context.header('Cache-Control', 'no-store')
  context.header('Content-Language', view.language)
  return context.html(layout(page, view), status)
}

/** Says which page an answer to a form is, so that the switch of languages leads to what can be asked for again. */
export function answersAt(context: Context<Environment>, path: string, query: Readonly<Record<string, string | null>> = {}): void {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null)
  context.set('view', { ...context.get('view'), path, query: new URLSearchParams(given) })
}
