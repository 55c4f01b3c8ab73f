/** A page as one HTML file that needs nothing else: opened and printed where there is neither network nor server. */
import { html, raw } from 'hono/html'
import { readFileSync } from 'node:fs'
import type { Language } from '../core/index.ts'
import { directionOf } from './text/index.ts'
import type { Html } from './view.ts'

// What the pages have from the server's stylesheet; typefaces are those of the machine that opens the file.
const base = `
html { text-size-adjust: 100%; -webkit-text-size-adjust: 100%; }
body { max-width: 190mm; margin: 0 auto; padding: 16px; color: #14232c; background: #fff; font: 1.125rem/1.4 "Be Vietnam Pro", "Segoe UI", "Noto Sans", Roboto, "Noto Sans Arabic", "Noto Naskh Arabic", Tahoma, Arial, sans-serif; }
h1 { font-size: 1.625rem; line-height: 1.25; margin: 0 0 10px; }
h2 { font-size: 1.3125rem; margin: 28px 0 4px; }
p { margin: 0 0 10px; }
.tt-whole { white-space: nowrap; }
.govuk-visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { body { max-width: none; padding: 0; font-size: 13pt; } h1 { font-size: 18pt; } }
`

/** The text of a stylesheet beside the pages', read once. */
export function styleOf(name: 'pack' | 'sheet'): string {
  return readFileSync(new URL(`assets/${name}.css`, import.meta.url), 'utf8')
}

/** The whole file. */
export async function standalone({ title, language, styles, main }: { readonly title: string; readonly language: Language; readonly styles: string; readonly main: Html }): Promise<string> {
  return String(await html`${raw('<!doctype html>')}
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<style>${raw(base + styles)}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`)
}
