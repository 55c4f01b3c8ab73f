/** The frame around every page: head, header with the main pages and the three languages, main part, footer. */
import { html, raw } from 'hono/html'
import { hasRole, languages, roles } from '../core/index.ts'
import { bankReaders, caseReaders, caseWorkers, fileReaders, moneyReaders, nightReaders, periodReaders, settlementReaders, trailReaders } from './audiences.ts'
import { dictionaries, directionOf } from './text/index.ts'
import { address, type Html, type View } from './view.ts'

/** One page: its title in the browser's tab, its content, and which of the main pages it belongs to. */
export interface Page {
  readonly title: string
  readonly main: Html | Html[]
  readonly section: 'today' | 'findings' | 'dashboard' | 'outreach' | 'persons' | 'measures' | 'period' | 'nights' | 'files' | 'questions' | 'score' | null
  /** Which of the pages of measures it is; they have a row of their own under the main pages. */
  readonly measure?: MeasurePage
  /** Which of the pages of a payment period it is; they have such a row too. */
  readonly periodPage?: PeriodPage
  /** Which of the pages of operation it is, likewise. */
  readonly nightPage?: NightPage
}

/** The pages of measures, in the order of their row. */
const measurePages = { timeToCash: '/time-to-cash', ranking: '/ranking', banks: '/banks', coverage: '/coverage', dataQuality: '/data-quality' } as const
export type MeasurePage = keyof typeof measurePages
/** The pages of a payment period, in the order of their row; the row is shown when it has more than one page for the reader. */
const periodPages = { periods: { path: '/periods', readers: periodReaders }, corrections: { path: '/corrections', readers: moneyReaders }, settlement: { path: '/settlement', readers: settlementReaders }, monthlyReport: { path: '/monthly-report', readers: settlementReaders } } as const
export type PeriodPage = keyof typeof periodPages
/** The pages of operation, likewise. */
const nightPages = { runs: { path: '/runs', readers: nightReaders }, trail: { path: '/trail', readers: trailReaders } } as const
export type NightPage = keyof typeof nightPages

/** The whole document. */
export function layout(page: Page, view: View): Html {
  const { words, language, assets } = view
  return html`${raw('<!doctype html>')}
<html lang="${language}" dir="${directionOf(language)}" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${page.title} – ${words.product}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#0b4a5e">
<meta name="robots" content="noindex">
<link rel="icon" href="${assets.iconPath}" type="image/svg+xml">
${assets.firstFontPaths.map((path) => html`<link rel="preload" href="${path}" as="font" type="font/woff2" crossorigin>`)}
<link rel="stylesheet" href="${assets.stylesheetPath}">
<script src="${assets.scriptPath}" defer></script>
</head>
<body class="govuk-template__body">
<a href="#main" class="govuk-skip-link">${words.skipToContent}</a>
${header(page, view)}
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main" tabindex="-1">
${page.main}
</main>
</div>
<footer class="tt-footer"><div class="govuk-width-container"><p class="govuk-body-s">${words.footer}${view.reader !== null && hasRole(view.reader, ...caseReaders) ? html` <a class="govuk-link" href="/sheet">${words.sheet.title}</a>` : ''}</p></div></footer>
</body>
</html>`
}

function header(page: Page, view: View): Html {
  const { words } = view
  const sections = [
    { section: 'today', path: '/', readers: roles },
    { section: 'findings', path: '/queue', readers: caseReaders },
    { section: 'dashboard', path: '/dashboard', readers: caseReaders },
    { section: 'outreach', path: '/outreach', readers: caseReaders },
    { section: 'persons', path: '/persons', readers: caseReaders },
    { section: 'measures', path: measurePages.timeToCash, readers: caseReaders },
    { section: 'period', path: periodPages.periods.path, readers: periodReaders },
    // A bank has a list of its own.
    { section: 'files', path: view.reader !== null && hasRole(view.reader, 'bank') ? '/bank/files' : '/files', readers: fileReaders },
    { section: 'nights', path: nightPages.runs.path, readers: nightReaders },
    { section: 'questions', path: '/bank/questions', readers: bankReaders },
    { section: 'score', path: '/bank/score', readers: bankReaders },
  ] as const
  const open = sections.filter(({ readers }) => view.reader !== null && hasRole(view.reader, ...readers))
  return html`<header class="tt-header"><div class="govuk-width-container">
<div class="tt-header__top">
<a href="/" class="tt-header__name"><span lang="vi">${words.product}</span></a>
<span class="tt-header__tagline">${words.tagline}</span>
<nav class="tt-languages" aria-label="${words.chooseLanguage}"><ul>${languages.map((language) => html`<li>${languageLink(language, view)}</li>`)}</ul></nav>
</div>
${readerLine(view)}
${open.length === 0 ? '' : html`<nav class="tt-navigation" aria-label="${words.mainNavigation}"><ul>${open.map(({ section, path }) =>
    html`<li><a href="${path}" ${page.section === section ? html`aria-current="page"` : ''}>${words.navigation[section]}${section === 'findings' ? waitingCount(view) : ''}</a></li>`)}</ul></nav>`}
</div>
${page.measure === undefined ? '' : measuresNavigation(page.measure, view)}${page.periodPage === undefined ? '' : periodNavigation(page.periodPage, view)}${page.nightPage === undefined ? '' : nightNavigation(page.nightPage, view)}</header>`
}

/** How much waits, where scripts run: no page counts it for the header's sake. */
function waitingCount({ reader }: View): Html | string {
  return reader !== null && hasRole(reader, ...caseWorkers) ? html`<span class="tt-count" data-live="waiting" hidden></span>` : ''
}

/** Who is signed in, the way to their account, and the way out. */
function readerLine({ reader, path, words }: View): Html | string {
  if (reader === null) return ''
  const { staff } = words
  const link = (href: string, label: string): Html => html`<a href="${href}" ${path === href ? html`aria-current="page"` : ''}>${label}</a>`
  return html`<div class="tt-reader"><span>${staff.signedInAs}: <bdi>${reader.displayName}</bdi></span>${hasRole(reader, 'administrator') ? link('/administration', staff.administrationLink) : ''}${link('/account', staff.accountLink)}<form method="post" action="/sign-out"><button type="submit">${staff.signOut}</button></form></div>`
}

/** Five more links in the first row would fill a phone's screen before the first word of a page: they are shown among themselves. */
function measuresNavigation(measure: MeasurePage, { words }: View): Html {
  return secondRow(words.measures.navigation, (Object.keys(measurePages) as MeasurePage[]).map((one) => ({ path: measurePages[one], text: words.measures.pages[one], isOpen: one === measure })))
}

function periodNavigation(open: string, { words, reader }: View): Html | string {
  const own = (Object.keys(periodPages) as PeriodPage[]).filter((one) => reader !== null && hasRole(reader, ...periodPages[one].readers))
  return own.length < 2 ? '' : secondRow(words.periods.navigation, own.map((one) => ({ path: periodPages[one].path, text: words.periods.pages[one], isOpen: one === open })))
}

function nightNavigation(open: string, { words, reader }: View): Html | string {
  const own = (Object.keys(nightPages) as NightPage[]).filter((one) => reader !== null && hasRole(reader, ...nightPages[one].readers))
  return own.length < 2 ? '' : secondRow(words.nights.navigation, own.map((one) => ({ path: nightPages[one].path, text: words.nights.pages[one], isOpen: one === open })))
}

function secondRow(label: string, links: readonly { readonly path: string; readonly text: string; readonly isOpen: boolean }[]): Html {
  return html`<nav class="tt-measures" aria-label="${label}"><div class="govuk-width-container"><ul>${links.map(({ path, text, isOpen }) =>
    html`<li><a href="${path}" ${isOpen ? html`aria-current="page"` : ''}>${text}</a></li>`)}</ul></div></nav>`
}

/** The switch keeps the page and its query, so a link sent to a colleague shows the same list in the other language. */
function languageLink(language: keyof typeof dictionaries, view: View): Html {
  const name = dictionaries[language].languageName
  const href = address(view.path, { ...Object.fromEntries(view.query), lang: language })
  const current = view.language === language ? html`aria-current="true"` : ''
  return html`<a href="${href}" lang="${language}" hreflang="${language}" ${current}>${name}</a>`
}
