/** The two sides of a settlement as two bars that end at the same number, with what each part of them is. */
import { html } from 'hono/html'
import { money as exact, type Amount } from '../../core/index.ts'
import { money } from '../format.ts'
import { directionOf } from '../text/index.ts'
import type { Html, View } from '../view.ts'

/** One part of a side. */
export interface SidePart {
  readonly label: string
  readonly amount: Amount
  readonly tone: 'due' | 'credited' | 'waiting' | 'missing' | 'beyond' | 'kept' | 'handed'
}

/** Both sides; what is below zero stands on the other one, so that both bars can be drawn. */
export interface Sides {
  readonly currency: string
  readonly left: readonly SidePart[]
  readonly right: readonly SidePart[]
}

const barHeight = 30
const whole = 1_000_000n

/** Parts above zero, each on its side; `negativeLabel` says what a negative part is called on the other. */
export function sidesOf(currency: string, left: readonly SidePart[], right: readonly (SidePart & { readonly negativeLabel?: string })[]): Sides {
  const isAbove = ({ amount }: SidePart): boolean => exact.compare(amount, exact.zero) > 0
  const below = right.filter(({ amount }) => exact.compare(amount, exact.zero) < 0).map((part): SidePart => ({ label: part.negativeLabel ?? part.label, tone: part.tone, amount: exact.negate(part.amount) }))
  return { currency, left: [...left.filter(isAbove), ...below], right: right.filter(isAbove) }
}

/** The sum of one side. */
export function sideTotal(parts: readonly SidePart[]): Amount {
  return exact.add(...parts.map(({ amount }) => amount))
}

/** The picture, with its figures as a list below it. */
export function settlementPicture({ currency, left, right }: Sides, view: View): Html {
  const { settlement: texts } = view.words
  const total = sideTotal(left)
  const said = money(total, currency, view.language)
  const isMirrored = directionOf(view.language) === 'rtl'
  const bar = (parts: readonly SidePart[], y: number): Html => {
    let start = 0n
    return html`${parts.map((part) => {
      const width = millionths(part.amount, total, currency)
      const x = isMirrored ? whole - start - width : start
      start += width
      return html`<rect x="${percent(x)}" y="${y}" width="${percent(width)}" height="${barHeight}" class="tt-tone-${part.tone}"/>`
    })}`
  }
  const [startX, endX] = isMirrored ? ['100%', '0%'] : ['0%', '100%']
  return html`<div class="tt-picture-frame"><svg class="tt-picture" width="100%" height="142" role="img" aria-labelledby="sides-title sides-description" direction="${directionOf(view.language)}" xmlns="http://www.w3.org/2000/svg">
<title id="sides-title">${texts.pictureTitle}</title><desc id="sides-description">${texts.pictureDescription(said)}</desc>
<text x="${startX}" y="16" text-anchor="start" class="tt-picture__caption">${texts.left}</text>${bar(left, 24)}
<text x="${startX}" y="76" text-anchor="start" class="tt-picture__caption">${texts.right}</text>${bar(right, 84)}
<line x1="${endX}" x2="${endX}" y1="20" y2="126" class="tt-picture__end"/>
<text x="${endX}" y="136" text-anchor="end" class="tt-picture__caption">${texts.sameTotal(said)}</text></svg>
<div class="tt-sides">${list(texts.left, left, currency, view)}${list(texts.right, right, currency, view)}</div></div>`
}

function list(title: string, parts: readonly SidePart[], currency: string, view: View): Html {
  const row = (label: string, amount: Amount, tone: string | null): Html => html`<tr><th scope="row">${tone === null ? '' : html`<svg class="tt-swatch" width="14" height="14" aria-hidden="true"><rect width="14" height="14" class="tt-tone-${tone}"/></svg>`}${label}</th><td><span class="tt-amount">${money(amount, currency, view.language)}</span></td></tr>`
  return html`<table><caption>${title}</caption><tbody>${parts.map(({ label, amount, tone }) => row(label, amount, tone))}</tbody><tfoot>${row(view.words.total, sideTotal(parts), null)}</tfoot></table>`
}

function millionths(part: Amount, of: Amount, currency: string): bigint {
  const units = exact.unitsOf(of, currency)
  return units <= 0n ? 0n : (exact.unitsOf(part, currency) * whole) / units
}

function percent(millionth: bigint): string {
  return `${millionth / 10_000n}.${(millionth % 10_000n).toString().padStart(4, '0')}%`
}
