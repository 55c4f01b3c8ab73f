/** A pack as one HTML file, to be opened and printed where there is neither signal nor electricity for more than a laptop. */
import { html } from 'hono/html'
import type { Language } from '../../core/index.ts'
import { count } from '../format.ts'
import { packAbout, packSections, placeOf } from './pack.ts'
import { standalone, styleOf } from '../standalone.ts'
import { dictionaries } from '../text/index.ts'
import { peopleInPack, type OutreachPack } from '../../reports/index.ts'

// On paper there are boxes to tick, on the screen of a laptop they show what will be there.
const styles = `${styleOf('pack')}
.tt-pack__paper { display: table-row; }
@media (max-width: 40em) { .tt-pack__table .tt-pack__paper { display: block; } .tt-pack__choices { padding: 6px 0 0; } }
`

/** The whole file, with its styles in it; personal numbers are masked in it as on the pages. */
export function packDocument(pack: OutreachPack, language: Language): Promise<string> {
  const words = dictionaries[language]
  const reader = { language, words }
  const { outreach } = words
  const place = placeOf({ unitCode: pack.unitCode, unitName: pack.unitName, village: null }, 'unit', reader)
  const title = outreach.packOf(place)
  const people = count(peopleInPack(pack), language)
  const lead = pack.sections.length === 0 ? outreach.nobody(place) : pack.by === 'village' ? outreach.peopleInVillages(people, count(pack.sections.length, language)) : outreach.people(people)
  const main = html`<h1>${title}</h1>
<p><strong>${lead}</strong></p>
${packAbout(pack, reader)}
${packSections(pack, reader, false)}`
  return standalone({ title, language, styles, main })
}
