/** A change in words: what was so, and what is to be so. */
import { html } from 'hono/html'
import { roles } from '../../core/index.ts'
import type { RecordedChange, WaitingBand } from '../../staff/index.ts'
import { money } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { isolated, listed, type Html, type View } from '../view.ts'

/** One line for each field. */
export function changeWords(change: RecordedChange['change'], view: View): Html {
  const { administration: words } = view.words.staff
  const lines = Object.entries(change).flatMap(([field, { from, to }]) => {
    if (field === 'added') return [`${words.fields.added}: ${added(to, view)}`]
    if (field === 'reset') return [words.fields.reset]
    // Whoever is added becomes active with it.
    if (field === 'is_active' && 'added' in change) return []
    return [words.fromTo(wordFor(words.fields, field), valueWords(field, from, view), valueWords(field, to, view))]
  })
  return html`${lines.map((line, index) => html`${index === 0 ? '' : html`<br>`}${line}`)}`
}

/** A limit in words. */
export function bandWords(band: Pick<WaitingBand, 'scope_level' | 'up_to_amount'>, view: View): string {
  const { administration: words, levels } = view.words.staff
  return words.bandWaits(levels[band.scope_level], limitWords(band.up_to_amount, view))
}

/** The amount, or that there is no limit. */
export function limitWords(amount: string | null, view: View): string {
  return amount === null ? view.words.staff.administration.anyAmount : money(amount, 'VND', view.language)
}

function added(to: unknown, view: View): string {
  const { roles: given, unit_code: unit } = to as { roles: string[]; unit_code: string | null }
  return listed([...given.map((role) => roleWord(role, view)), unit === null ? view.words.staff.administration.whole : isolated(unit)], view)
}

function valueWords(field: string, value: unknown, view: View): string {
  const { administration: words } = view.words.staff
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return listed((value as string[]).map((role) => roleWord(role, view)), view)
  if (value === null) return field === 'unit_code' ? words.whole : '–'
  if (field === 'oidc') return isolated(typeof value === 'string' ? value : (value as { subject: string }).subject)
  return isolated(typeof value === 'string' ? value : '')
}

function roleWord(role: string, view: View): string {
  return view.words.staff.roleWords[roles.find((one) => one === role) ?? 'officer']
}
