/** The letter that answers a person: filled in from the case, read over by whoever signs it, and printed. */
import { html } from 'hono/html'
import { languages, type Language } from '../../core/index.ts'
import { day } from '../format.ts'
import type { Page } from '../layout.ts'
import { dictionaries, directionOf } from '../text/index.ts'
import { type Html, type View } from '../view.ts'
import { decisionSentence, nextSentence, subjectOf, type AnsweredCase } from './answer.ts'

/** What stands in the letter, as it can be changed. */
export interface LetterAnswers {
  readonly language: Language
  readonly place: string
  readonly found: string
  readonly next: string
  readonly ask: string
}

/** The letter as the case suggests it. */
export function suggestedLetter(answered: AnsweredCase, language: Language): LetterAnswers {
  const place = answered.one.unit_name ?? ''
  return { language, place, found: capital(decisionSentence(answered, language)), next: nextSentence(answered, language), ask: dictionaries[language].many.answer.askAt(place) }
}

/** What was typed; `language` decides which suggestion fills what is empty. */
export function readLetter(body: Readonly<Record<string, unknown>>, suggested: LetterAnswers): LetterAnswers {
  const text = (name: string, otherwise: string): string => {
    const value = body[name]
    return typeof value === 'string' && value.trim() !== '' ? value.normalize('NFC').trim().slice(0, 1500) : otherwise
  }
  return { language: suggested.language, place: text('place', suggested.place), found: text('found', suggested.found), next: text('next', suggested.next), ask: text('ask', suggested.ask) }
}

/** The form: choose the language, read over, make the letter. */
export function letterFormPage(answered: AnsweredCase, letter: LetterAnswers, view: View): Page {
  const { answer, act } = view.words.many
  const field = (name: 'place' | 'found' | 'next' | 'ask', label: string, rows: number): Html => html`<div class="govuk-form-group"><label class="govuk-label tt-label" for="${name}">${label}</label>${rows === 1
    ? html`<input class="govuk-input tt-field" id="${name}" name="${name}" value="${letter[name]}" maxlength="300" lang="${letter.language}" dir="auto">`
    : html`<textarea class="govuk-textarea tt-field" id="${name}" name="${name}" rows="${rows}" maxlength="1500" lang="${letter.language}" dir="auto">${letter[name]}</textarea>`}</div>`
  const path = `/cases/${answered.one.finding_id}/letter`
  const main = html`<a class="govuk-back-link" href="/cases/${answered.one.finding_id}">${answer.back}</a>
<h1 class="govuk-heading-l">${answer.letterTitle}</h1>
<p class="govuk-body"><bdi class="tt-person">${answered.one.beneficiary_name ?? answer.nameless}</bdi> · ${subjectOf(answered, view.language)} · ${act.caseNumber(answered.one.case_number)}</p>
<p class="govuk-body">${answer.letterLanguage} ${languages.map((language, place) => html`${place === 0 ? '' : ' · '}${language === letter.language ? html`<strong lang="${language}">${dictionaries[language].languageName}</strong>` : html`<a class="govuk-link" href="${path}?in=${language}" lang="${language}" hreflang="${language}">${dictionaries[language].languageName}</a>`}`)}</p>
<div class="govuk-inset-text">${answer.letterHint}</div>
<form method="post" action="${path}"><input type="hidden" name="language" value="${letter.language}">
${field('place', answer.place, 1)}${field('found', answer.found, 3)}${field('next', answer.nextLabel, 3)}${field('ask', answer.ask, 2)}
<button class="govuk-button" type="submit">${answer.makeLetter}</button></form>`
  return { title: answer.letterTitle, main, section: 'findings' }
}

/** The letter itself, to be printed: one sheet, in the language it was made in. */
export function letterPage(answered: AnsweredCase, letter: LetterAnswers, today: string, view: View): Page {
  const { answer } = view.words.many
  const { language } = letter
  const { letter: words, ...said } = dictionaries[language].many.answer
  const { one, complaint } = answered
  const paragraph = (text: string): Html => html`${text.split(/\n+/).map((line) => html`<p>${line}</p>`)}`
  const main = html`<p class="govuk-body tt-screen"><a class="govuk-back-link" href="/cases/${one.finding_id}/letter?in=${language}">${answer.change}</a> ${answer.printHint}</p>
<article class="tt-letter" lang="${language}" dir="${directionOf(language)}">
<p class="tt-letter__place">${words.placeAndDay(letter.place, day(today, language))}</p>
<h1 class="tt-letter__title">${words.title(subjectOf(answered, language))}</h1>
<p>${words.dear(one.beneficiary_name ?? said.nameless)}</p>
${complaint === null ? paragraph(words.aboutCase(subjectOf(answered, language))) : paragraph(words.aboutComplaint(day(complaint.complained_date, language), subjectOf(answered, language)))}
<h2>${words.foundHeading}</h2>${paragraph(letter.found)}
<h2>${words.nextHeading}</h2>${paragraph(letter.next)}
<h2>${words.askHeading}</h2>${paragraph(letter.ask)}
<p class="tt-letter__end">${words.quote(one.case_number)}</p>
<p class="tt-letter__sign">${letter.place}</p>
</article>`
  return { title: words.title(subjectOf(answered, language)), main, section: 'findings' }
}

/** Before two persons have decided there is nothing to tell. */
export function notYetPage(answered: AnsweredCase, view: View): Page {
  const { answer } = view.words.many
  return { title: answer.notYetTitle, main: html`<a class="govuk-back-link" href="/cases/${answered.one.finding_id}">${answer.back}</a><h1 class="govuk-heading-l">${answer.notYetTitle}</h1><p class="govuk-body">${answer.notYet}</p>`, section: 'findings' }
}

/** A sentence that stands alone begins with a capital, where a language has them. */
function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
