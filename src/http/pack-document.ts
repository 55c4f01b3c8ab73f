/** A pack as one HTML file that needs nothing else: opened and printed where there is neither signal nor electricity for more than a laptop. */
import { readFileSync } from 'node:fs'
import { html, raw } from 'hono/html'
import type { Language } from '../core/index.ts'
import { count } from './format.ts'
import { packAbout, packSections, placeOf } from './pack.ts'
import { dictionaries, directionOf } from './text/index.ts'
import { peopleInPack, type OutreachPack } from '../reports/index.ts'

// What the pages have from the server's stylesheet; typefaces are those of the machine that opens the file.
const base = `
html { text-size-adjust: 100%; -webkit-text-size-adjust: 100%; }
body { max-width: 190mm; margin: 0 auto; padding: 16px; color: #14232c; background: #fff; font: 1.125rem/1.4 "Be Vietnam Pro", "Segoe UI", "Noto Sans", Roboto, "Noto Sans Arabic", "Noto Naskh Arabic", Tahoma, Arial, sans-serif; }
h1 { font-size: 1.625rem; line-height: 1.25; margin: 0 0 10px; }
h2 { font-size: 1.3125rem; margin: 28px 0 4px; }
p { margin: 0 0 10px; }
.tt-whole { white-space: nowrap; }
.tt-pack__paper { display: table-row; }
@media (max-width: 40em) { .tt-pack__table .tt-pack__paper { display: block; } .tt-pack__choices { padding: 6px 0 0; } }
@media print { body { max-width: none; padding: 0; font-size: 13pt; } h1 { font-size: 18pt; } }
`
const packStyles = readFileSync(new URL('assets/pack.css', import.meta.url), 'utf8')

/** The whole file, with its styles in it; personal numbers are masked in it as on the pages. */
export async function packDocument(pack: OutreachPack, language: Language): Promise<string> {
  const words = dictionaries[language]
  const reader = { language, words }
  const { outreach } = words
  const place = placeOf({ unitCode: pack.unitCode, unitName: pack.unitName, village: null }, 'unit', reader)
  const title = outreach.packOf(place)
  const people = count(peopleInPack(pack), language)
  const lead = pack.sections.length === 0 ? outreach.nobody(place) : pack.by === 'village' ? outreach.peopleInVillages(people, count(pack.sections.length, language)) : outreach.people(people)
  return String(await html`${raw('<!doctype html>')}
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<style>${raw(packStyles + base)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p><strong>${lead}</strong></p>
${packAbout(pack, reader)}
${packSections(pack, reader, false)}
</main>
</body>
</html>
`)
}
