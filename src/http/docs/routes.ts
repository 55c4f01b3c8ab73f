/** The reference of the API for people, from files on this machine alone; and what each of its problems means. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { html, raw } from 'hono/html'
import { fileRefusalTexts, problemTexts, sha256Of, type Texts } from '../../core/index.ts'
import type { Routes } from '../access.ts'
import { apiProblems } from '../api/problem.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import type { Page } from '../layout.ts'
import type { Html, View } from '../view.ts'

interface DocsFile {
  readonly type: string
  readonly etag: string
  readonly plain: Buffer<ArrayBuffer>
  readonly packed: Buffer<ArrayBuffer>
}

const require = createRequire(import.meta.url)
const sources: Readonly<Record<string, { readonly type: string; readonly read: () => Buffer<ArrayBuffer> }>> = {
  'swagger-ui.css': { type: 'text/css; charset=utf-8', read: () => readFileSync(require.resolve('swagger-ui-dist/swagger-ui.css')) },
  'swagger-ui-bundle.js': { type: 'text/javascript; charset=utf-8', read: () => readFileSync(require.resolve('swagger-ui-dist/swagger-ui-bundle.js')) },
  'start.js': { type: 'text/javascript; charset=utf-8', read: () => readFileSync(new URL('start.js', import.meta.url)) },
}

/** Adds the addresses. */
export function addDocsPages(routes: Routes): void {
  // Read when somebody first asks: a megabyte and a half that most servers never give out.
  const files = new Map<string, DocsFile>()
  const fileNamed = (name: string): DocsFile | null => {
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined
    if (source === undefined) return null
    const known = files.get(name)
    if (known !== undefined) return known
    const bytes = source.read()
    const file = { type: source.type, etag: `"${sha256Of(bytes).slice(0, 16)}"`, plain: bytes, packed: gzipSync(bytes) }
    files.set(name, file)
    return file
  }
  routes.get('/docs', 'anybody', (context) => context.html(frame('Tận Tay API', html`<div id="reference"></div>
<noscript><p>The reference is drawn by a script. The document itself is at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p></noscript>
<script src="/docs/files/swagger-ui-bundle.js"></script><script src="/docs/files/start.js"></script>`)))
  routes.get('/docs/problems', 'anybody', (context) => reply(context, problemsPage(context.get('view'))))
  routes.get('/docs/files/:name', 'anybody', (context) => {
    const file = fileNamed(context.req.param('name'))
    if (file === null) return reply(context, notFoundPage(context.get('view')), 404)
    const headers = { 'Content-Type': file.type, ETag: file.etag, 'Cache-Control': 'public, max-age=3600', Vary: 'Accept-Encoding' }
    if (context.req.header('If-None-Match') === file.etag) return context.body(null, 304, headers)
    const isGzip = /\bgzip\b/.test(context.req.header('Accept-Encoding') ?? '')
    return isGzip ? context.body(file.packed, 200, { ...headers, 'Content-Encoding': 'gzip' }) : context.body(file.plain, 200, headers)
  })
}

function problemsPage({ language, words }: View): Page {
  const { docs } = words
  const row = (code: string, status: string, detail: Html | string): Html => html`<tr class="govuk-table__row" id="${code}"><th scope="row" class="govuk-table__header"><code dir="ltr">${code}</code></th><td class="govuk-table__cell" data-label="${docs.status}">${status}</td><td class="govuk-table__cell" data-label="${docs.detail}">${detail}</td></tr>`
  const table = (caption: string, rows: Html[]): Html => html`<table class="govuk-table tt-cards"><caption class="govuk-table__caption govuk-table__caption--m">${caption}</caption><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${docs.code}</th><th scope="col" class="govuk-table__header">${docs.status}</th><th scope="col" class="govuk-table__header">${docs.detail}</th></tr></thead><tbody class="govuk-table__body">${rows}</tbody></table>`
  const ofFiles = (texts: Readonly<Record<string, Texts>>, status: string): Html[] => Object.entries(texts).map(([code, said]) => row(code, status, said[language]))
  const main = html`<h1 class="govuk-heading-l">${words.docs.problemsTitle}</h1><p class="govuk-body">${words.docs.problemsSentence} <a class="govuk-link" href="/docs">${words.docs.reference}</a></p>
${table(docs.requests, Object.entries(apiProblems).map(([code, { status, title, detail }]) => row(code, `${status}`, html`<span lang="en" dir="ltr">${title}. ${detail}</span>`)))}
${table(words.docs.refusals, ofFiles(fileRefusalTexts, '422'))}
${table(words.docs.rows, ofFiles(problemTexts, '–'))}`
  return { title: words.docs.problemsTitle, main, section: null }
}

function frame(title: string, main: Html): Html {
  return html`${raw('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><link rel="stylesheet" href="/docs/files/swagger-ui.css"></head>
<body class="swagger-ui">${main}</body></html>`
}
