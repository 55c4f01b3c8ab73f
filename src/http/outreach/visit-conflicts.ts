/** Results of visits that contradict each other or what others say: both sides, each with its file and line. */
import { html } from 'hono/html'
import { count, day, masked, month } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { isolated, unitName, type Html, type View } from '../view.ts'
import { outreachLinks, unitForm } from './outreach.ts'
import type { FindingUnit, VisitConflict } from '../../reports/index.ts'
import type { Page } from '../layout.ts'

/** What the page is drawn from. */
export interface ConflictsView {
  readonly conflicts: readonly VisitConflict[]
  readonly units: readonly FindingUnit[] | null
  /** Null: all units. */
  readonly unit: { readonly unitCode: string; readonly unitName: string | null } | null
}

/** A page holds so many; the rest is in the file. */
const mostShown = 200

/** The page. */
export function conflictsPage({ conflicts, units, unit }: ConflictsView, view: View): Page {
  const { conflicts: words } = view.words.outreach
  const main = html`${unitForm(units, unit, '/outreach/conflicts', view)}
<h1 class="govuk-heading-l">${words.title}</h1>
<p class="tt-lead">${conflicts.length === 0 ? words.none : words.found(count(conflicts.length, view.language))}</p>
<p class="govuk-body">${words.sentence}</p>
${conflictList(conflicts.slice(0, mostShown), true, view)}
${outreachLinks(unit?.unitCode ?? null, 'conflicts', view)}`
  return { title: words.title, main, section: 'outreach' }
}

/** The contradictions one by one; `hasPerson`: with whom each is about. */
export function conflictList(conflicts: readonly VisitConflict[], hasPerson: boolean, view: View): Html {
  return html`<ol class="tt-findings">${conflicts.map((conflict) => item(conflict, hasPerson, view))}</ol>`
}

/** Both sides in one sentence. */
export function conflictSentence({ conflict, result, other_said: otherSaid, other_date: otherDate }: VisitConflict, view: Pick<View, 'language' | 'words'>): string {
  const { outreach } = view.words
  const { conflicts: words } = outreach
  const said = wordFor(outreach.results, result)
  const other = otherSaid === null ? '' : wordFor(outreach.results, otherSaid)
  const when = otherDate === null ? '' : day(otherDate, view.language)
  switch (conflict) {
    case 'same_day':
      return words.same_day(said, other)
    case 'later_visit':
      return words.later_visit(said, other, when)
    case 'no_account_reported':
      return words.no_account_reported(when)
    case 'register_alive':
      return words.register_alive(when)
    case 'register_dead':
      return words.register_dead(said, when)
    case 'still_listed':
      return words.still_listed(said, month(otherSaid ?? '', view.language))
    case 'account_usable':
      return words.account_usable(said, when)
    case 'exemption_missing':
      return words.exemption_missing
  }
}

function item(row: VisitConflict, hasPerson: boolean, view: View): Html {
  const { outreach } = view.words
  const { conflicts: words } = outreach
  const visit = words.visitOn(day(row.visited_date, view.language)) + (row.team === null ? '' : ` (${isolated(row.team)})`)
  const facts = [
    hasPerson ? html`<span class="tt-person">${row.beneficiary_name ?? outreach.nameless}</span>` : null,
    hasPerson ? masked(row.beneficiary_id) : null,
    hasPerson && row.village !== null ? row.village : null,
    hasPerson && row.unit_code !== null ? unitName(row.unit_code, row.unit_name, view) : null,
    visit,
  ].filter((fact) => fact !== null)
  const sources = [
    source(words.visitSource, row.file_id, row.file_name, row.line, view),
    row.other_file_id === null ? null : source(words.otherSource, row.other_file_id, row.other_file_name, row.other_line, view),
  ].filter((one) => one !== null)
  return html`<li class="tt-finding"><p class="tt-conflict">${conflictSentence(row, view)}</p>
<p class="tt-finding__facts">${facts.map((fact, index) => html`${index === 0 ? '' : ' · '}<bdi>${fact}</bdi>`)}</p>
<p class="govuk-body-s">${sources.map((one, index) => html`${index === 0 ? '' : ' · '}${one}`)}</p></li>`
}

function source(label: string, fileId: string, fileName: string | null, line: string | null, view: View): Html {
  const name = isolated(fileName ?? fileId)
  return html`${label}: <a class="govuk-link tt-break" href="/files/${fileId}">${line === null ? name : view.words.outreach.conflicts.line(name, line)}</a>`
}
