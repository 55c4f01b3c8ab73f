/**
 * The one stylesheet of the pages: the parts of govuk-frontend that they use, turned so that they serve both reading
 * directions, with our own theme after it.
 *
 * govuk-frontend's whole stylesheet is 136 kB and written for left-to-right pages in its owner's typeface. Cutting it
 * down from the installed package at start keeps one source and no copy that could grow stale.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The govuk-frontend components whose rules are kept; a test fails when a page uses one that is not here. */
const keptBlocks = new Set([
  'back-link', 'body', 'body-l', 'body-s', 'button', 'caption-l', 'checkboxes', 'details', 'error-message', 'error-summary', 'date-input', 'fieldset', 'file-upload', 'form-group', 'frontend-supported', 'grid-column-full',
  'grid-column-one-half', 'grid-column-one-third', 'grid-column-two-thirds', 'grid-row', 'heading-l', 'heading-m', 'heading-s', 'hint',
  'input', 'inset-text', 'label', 'link', 'list', 'main-wrapper', 'radios', 'select', 'skip-link', 'summary-list', 'table', 'tag', 'template', 'textarea',
  'visually-hidden', 'width-container',
])

/** The stylesheet's text, with the faces of `fonts` (name of the file → its address) declared first. */
export function buildStylesheet(fontFaces: string): string {
  const require = createRequire(import.meta.url)
  const whole = readFileSync(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8')
  const theme = ['theme.css', 'many.css', 'pack.css', 'sheet.css', 'views.css', 'counter.css', 'periods.css', 'settlement.css'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n')
  const kept = keepRules(whole).replace(/font-family:(?:GDS Transport,arial,)?sans-serif/g, 'font-family:var(--typeface)')
  return fontFaces + towardsReadingDirection(kept) + minified(theme)
}

/** Every class of govuk-frontend that the stylesheet has rules for, for the test that compares them with the pages. */
export function isKeptClass(className: string): boolean {
  return keptBlocks.has(blockOf(className))
}

/** `.govuk-table__cell--numeric` → `table`. */
function blockOf(className: string): string {
  return className.replace(/^govuk-/, '').replace(/(?:__|--).*$/, '')
}

function keepRules(css: string): string {
  return rulesOf(css.replace(/\/\*[\s\S]*?\*\//g, '')).map(keepRule).join('')
}

function keepRule(rule: Rule): string {
  if (rule.head.startsWith('@media') || rule.head.startsWith('@supports')) {
    const inner = keepRules(rule.body)
    return inner === '' ? '' : `${rule.head}{${inner}}`
  }
  if (rule.head.startsWith('@')) return ''
  // Printed addresses behind each link make a list of findings unreadable.
  if (rule.body.includes('attr(href)')) return ''
  const selectors = rule.head.split(/,(?![^(]*\))/).filter((selector) => {
    const classes = [...selector.matchAll(/\.(govuk-[\w-]+)/g)].map((match) => match[1] ?? '')
    return selector === ':root' || (classes.length > 0 && classes.every(isKeptClass))
  })
  return selectors.length === 0 ? '' : `${selectors.join(',')}{${rule.body}}`
}

interface Rule {
  readonly head: string
  readonly body: string
}

/** The rules at the top level of a piece of CSS; what has no block (`@charset`, `@import`) is left out. */
function rulesOf(css: string): Rule[] {
  const rules: Rule[] = []
  let start = 0
  let open = -1
  let depth = 0
  let quote = ''
  for (let index = 0; index < css.length; index += 1) {
    const character = css[index] ?? ''
    if (quote !== '') {
      if (character === quote && css[index - 1] !== '\\') quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === ';' && depth === 0) start = index + 1
    else if (character === '{') {
      if (depth === 0) open = index
      depth += 1
    } else if (character === '}') {
      depth -= 1
      if (depth === 0) {
        rules.push({ head: css.slice(start, open).trim(), body: css.slice(open + 1, index) })
        start = index + 1
      }
    }
  }
  return rules
}

/** Left and right become start and end of the line, so that one stylesheet serves Arabic too. */
function towardsReadingDirection(css: string): string {
  return css
    .replace(/(?<=[{;])(margin|padding)-(left|right)(?=:)/g, (_, box: string, side: string) => `${box}-inline-${endOf(side)}`)
    .replace(/(?<=[{;])border-(left|right)(-\w+)?(?=:)/g, (_, side: string, part: string | undefined) => `border-inline-${endOf(side)}${part ?? ''}`)
    .replace(/(?<=[{;])(left|right)(?=:)/g, (side) => `inset-inline-${endOf(side)}`)
    .replace(/(?<=[{;]text-align:)(left|right)/g, (side) => endOf(side))
    .replace(/(?<=[{;](?:float|clear):)(left|right)/g, (side) => `inline-${endOf(side)}`)
}

function endOf(side: string): 'start' | 'end' {
  return side === 'left' ? 'start' : 'end'
}

function minified(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, ' ').replace(/\s*([{};,])\s*/g, '$1').replace(/: +/g, ':').trim()
}
