/**
 * The bridge as a picture: two bars that end at the same number, what there must be above, where it is below; and what
 * has not arrived, or came in excess, enlarged, one bar for each reason.
 *
 * Drawn in percent of its width, so the same SVG serves a phone and a wide screen with letters of the same size, and
 * mirrored for languages read from the right. Colours come from the stylesheet: the page allows no inline style.
 */
import { html } from 'hono/html'
import { money as exact, type Amount } from '../../core/index.ts'
import { address, type Html, type View } from '../view.ts'
import { count, isSome, money } from '../format.ts'
import { directionOf, wordFor } from '../text/index.ts'

/** One currency's bridge with all its cells added, and what its bars lead to. */
export interface BridgeTotals {
  readonly currency: string
  readonly due: Amount
  readonly toDue: Amount
  readonly credited: Amount
  readonly carriedOut: Amount
  /** Class of outcome → amount not arrived, in the order to be shown. */
  readonly shortfall: readonly (readonly [string, Amount])[]
  readonly excessOver: Amount
  readonly excessTwice: Amount
  readonly unmatched: Amount
}

/** A reason with its amount, and the address of the findings behind it; null where there are none by nature. */
export interface Reason {
  readonly key: string
  readonly label: string
  readonly amount: Amount
  readonly href: string | null
  readonly tone: 'waiting' | 'missing' | 'beyond'
}

/** What has not arrived (due − credited where due), by reason; nothing that is zero. */
export function missingReasons(totals: BridgeTotals, scope: Readonly<Record<string, string>>, view: View): Reason[] {
  const classes = totals.shortfall.map(([outcome, amount]): Reason => ({
    key: outcome,
    label: wordFor(view.words.classes, outcome),
    amount,
    href: waitingClasses.has(outcome) ? null : address('/queue', { found: '1', code: outcome, ...scope }),
    tone: waitingClasses.has(outcome) ? 'waiting' : 'missing',
  }))
  const carried: Reason = { key: 'carried_out', label: view.words.bridge.carriedOut, amount: totals.carriedOut, href: null, tone: 'waiting' }
  return [...classes, carried].filter((reason) => isSome(reason.amount))
}

/** What was credited beyond what is due, by reason; nothing that is zero. */
export function beyondReasons(totals: BridgeTotals, scope: Readonly<Record<string, string>>, view: View): Reason[] {
  const { bridge } = view.words
  const reasons: Reason[] = [
    { key: 'paid_twice', label: bridge.excessTwice, amount: totals.excessTwice, href: address('/queue', { found: '1', code: 'paid_twice', ...scope }), tone: 'beyond' },
    { key: 'paid_over', label: bridge.excessOver, amount: totals.excessOver, href: address('/queue', { found: '1', code: 'paid_over', ...scope }), tone: 'beyond' },
    { key: 'unmatched', label: bridge.unmatched, amount: totals.unmatched, href: address('/queue', { found: '1', code: unmatchedCodes.join(','), ...scope }), tone: 'beyond' },
  ]
  return reasons.filter((reason) => isSome(reason.amount))
}

/** The findings that unmatched money leads to. */
export const unmatchedCodes = ['ambiguous_payment', 'not_on_list', 'paid_while_suspended'] as const

/** Money that is only waiting: nobody has to do anything about it yet, so no finding stands behind it. */
const waitingClasses: ReadonlySet<string> = new Set(['not_due', 'in_transit'])

const barHeight = 30
const thinHeight = 14
/** Room for a row's amount on a line of its own, which the stylesheet gives it on a phone. */
const rowHeight = 64
const lineHeight = 19

/** The picture; `identity` makes the ids in it unique on the page. */
export function bridgePicture(totals: BridgeTotals, scope: Readonly<Record<string, string>>, view: View, identity: string): Html {
  const { bridge } = view.words
  const missing = missingReasons(totals, scope, view)
  const beyond = beyondReasons(totals, scope, view)
  const beyondTotal = exact.add(...beyond.map((reason) => reason.amount))
  const missingTotal = exact.add(...missing.map((reason) => reason.amount))
  const total = exact.add(totals.due, beyondTotal)
  const pen = penFor(view)
  const amount = (value: Amount): string => money(value, totals.currency, view.language)
  const wide = (value: Amount): bigint => millionths(value, total, totals.currency)

  const parts: Html[] = []
  let y = 18
  parts.push(pen.caption(y, bridge.left))
  parts.push(pen.bar(y + 10, barHeight, [{ width: wide(totals.due), tone: 'due' }, { width: wide(beyondTotal), tone: 'beyond' }]))
  parts.push(pen.legend(y + 10 + barHeight + 18, `${bridge.due} ${amount(totals.due)}`, isSome(beyondTotal) ? { label: bridge.beyondDue, amountText: amount(beyondTotal), tone: 'beyond' } : null))
  y += 108 + lineHeight
  parts.push(pen.caption(y, bridge.right))
  parts.push(pen.bar(y + 10, barHeight, [{ width: wide(totals.credited), tone: 'credited' }, { width: wide(missingTotal), tone: 'missing' }]))
  parts.push(pen.legend(y + 10 + barHeight + 18, `${bridge.credited} ${amount(totals.credited)}`, isSome(missingTotal) ? { label: bridge.missing, amountText: amount(missingTotal), tone: 'missing' } : null))
  y += 106 + lineHeight
  parts.push(pen.ending(28, y - 14))
  parts.push(pen.closing(y, bridge.sameTotal(amount(total))))
  y += 6

  const reasons = [...missing, ...beyond]
  const largest = reasons.length === 0 ? '0' : exact.largest(reasons[0]?.amount ?? '0', ...reasons.map((reason) => reason.amount))
  const enlarged = isSome(largest) ? exact.unitsOf(total, totals.currency) / exact.unitsOf(largest, totals.currency) : 0n
  const groups = [
    { title: bridge.missingByReason, sum: amount(missingTotal), reasons: missing },
    { title: bridge.beyondByReason, sum: amount(beyondTotal), reasons: beyond },
  ].filter((group) => group.reasons.length > 0)
  for (const group of groups) {
    y += 34
    parts.push(pen.caption(y, group.title), pen.caption(y + lineHeight, group.sum))
    y += lineHeight + 10
    if (enlarged > 1n) {
      parts.push(pen.aside(y + 8, bridge.enlarged(count(enlarged, view.language))))
      y += lineHeight
    }
    for (const reason of group.reasons) {
      parts.push(pen.reason(y, { ...reason, width: millionths(reason.amount, largest, totals.currency), amountText: amount(reason.amount) }))
      y += rowHeight
    }
  }
  const description = bridge.pictureDescription(amount(total))
  return html`<svg class="tt-picture" width="100%" height="${y + 6}" role="group" aria-labelledby="${identity}-title ${identity}-description" direction="${directionOf(view.language)}" xmlns="http://www.w3.org/2000/svg">
<title id="${identity}-title">${bridge.pictureTitle}</title><desc id="${identity}-description">${description}</desc>
${parts}</svg>`
}

interface Segment {
  readonly width: bigint
  readonly tone: string
}

/** Draws from the side where reading begins. */
interface Pen {
  caption(y: number, text: string): Html
  aside(y: number, text: string): Html
  bar(y: number, height: number, segments: readonly Segment[]): Html
  legend(y: number, first: string, second: { label: string; amountText: string; tone: string } | null): Html
  ending(from: number, to: number): Html
  closing(y: number, text: string): Html
  reason(y: number, reason: Reason & { readonly width: bigint; readonly amountText: string }): Html
}

const whole = 1_000_000n

function penFor(view: View): Pen {
  const isMirrored = directionOf(view.language) === 'rtl'
  const startX = isMirrored ? '100%' : '0%'
  const endX = isMirrored ? '0%' : '100%'
  const left = (start: bigint, width: bigint): string => percent(isMirrored ? whole - start - width : start)
  const text = (x: string, y: number, anchor: 'start' | 'end', content: string, className: string): Html =>
    html`<text x="${x}" y="${y}" text-anchor="${anchor}" class="${className}">${content}</text>`
  // A little before the end, where the line that joins the two bars runs.
  const beforeEnd = (y: number, content: string, className: string): Html =>
    html`<text x="${endX}" dx="${isMirrored ? 6 : -6}" y="${y}" text-anchor="end" class="${className}">${content}</text>`
  const rectangle = (start: bigint, width: bigint, y: number, height: number, tone: string): Html =>
    html`<rect x="${left(start, width)}" y="${y}" width="${percent(width)}" height="${height}" class="tt-tone-${tone}"/>`
  return {
    caption: (y, content) => text(startX, y, 'start', content, 'tt-picture__caption'),
    aside: (y, content) => text(startX, y, 'start', content, 'tt-picture__aside'),
    bar: (y, height, segments) => {
      let start = 0n
      return html`${segments.filter((segment) => segment.width > 0n).map((segment) => {
        const drawn = rectangle(start, segment.width, y, height, segment.tone)
        start += segment.width
        return drawn
      })}`
    },
    legend: (y, first, second) => html`${text(startX, y, 'start', first, 'tt-picture__label')}${second === null ? '' : [second.label, second.amountText].map((line, index) => beforeEnd(y + lineHeight * (index + 1), line, `tt-picture__label tt-text-${second.tone}`))}`,
    ending: (from, to) => html`<line x1="${endX}" x2="${endX}" y1="${from}" y2="${to}" class="tt-picture__end"/>`,
    closing: (y, content) => beforeEnd(y, content, 'tt-picture__caption'),
    reason: (y, reason) => {
      const label = text(startX, y + 18, 'start', reason.label, 'tt-picture__label')
      const drawn = html`${label}<g class="tt-picture__lower">${text(endX, y + 18, 'end', reason.amountText, 'tt-picture__label')}<rect x="0" y="${y + 25}" width="100%" height="${thinHeight}" class="tt-tone-track"/>${rectangle(0n, reason.width, y + 25, thinHeight, reason.tone)}</g>`
      // The whole row can be pressed, the gaps between its parts too: thumbs are wider than letters.
      const hit = html`<rect x="0" y="${y}" width="100%" height="${rowHeight - 4}" class="tt-tone-none"/>`
      return reason.href === null ? drawn : html`<a href="${reason.href}" class="tt-picture__link">${drawn}${hit}</a>`
    },
  }
}

/** The share of an amount in another in millionths; for lengths of bars only. Never more than the whole. */
function millionths(part: Amount, of: Amount, currency: string): bigint {
  const units = exact.unitsOf(of, currency)
  if (units <= 0n) return 0n
  const share = (exact.unitsOf(part, currency) * whole) / units
  return share > whole ? whole : share < 0n ? 0n : share
}

function percent(millionth: bigint): string {
  return `${millionth / 10_000n}.${(millionth % 10_000n).toString().padStart(4, '0')}%`
}
