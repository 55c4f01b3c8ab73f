/** The sheets of an outreach pack: one section a village, one block a person; the same for the page and for the file that is taken along. */
import { html } from 'hono/html'
import { foldWord } from '../../core/index.ts'
import { count, day, isSome, masked, money, month } from '../format.ts'
import { wordFor } from '../text/index.ts'
import { address, isolated, listed, unitName, type Html, type View } from '../view.ts'
import type { OutreachPack, OutreachPerson, OutreachReason, OutreachSection } from '../../reports/index.ts'

/** What a sheet is written with. */
export type PackReader = Pick<View, 'language' | 'words'>

/** All sections of a pack; `hasForm`: each person with the link to enter what was found, in place of the boxes to tick on paper. */
export function packSections(pack: OutreachPack, reader: PackReader, hasForm: boolean): Html[] {
  return pack.sections.map((section, index) => sectionOf(section, index, pack, reader, hasForm))
}

/** Where a section's people live: village and commune. */
export function placeOf(section: Pick<OutreachSection, 'village' | 'unitCode' | 'unitName'>, by: OutreachPack['by'], reader: PackReader): string {
  const unit = unitName(section.unitCode, section.unitName, reader)
  if (by === 'unit') return unit
  return listed([section.village === null ? reader.words.outreach.noVillage : isolated(section.village), unit], reader)
}

/** How to get there and what is there, in one line. */
export function accessOf({ access }: Pick<OutreachSection, 'access'>, reader: PackReader): string {
  const { outreach } = reader.words
  if (access === null) return outreach.accessUnknown
  const { distanceKm, electricity, signal, cashPointKm } = access
  const parts = [
    distanceKm === null ? null : outreach.awayBy(kilometres(distanceKm, reader)),
    electricity === null ? null : outreach.electricityIs(accessWord(electricity, reader)),
    signal === null ? null : outreach.signalIs(accessWord(signal, reader)),
    cashPointKm === null ? null : outreach.cashPointAt(kilometres(cashPointKm, reader)),
  ].filter((part) => part !== null)
  return parts.length === 0 ? outreach.accessUnknown : parts.join(' · ')
}

/** `12.5` kilometres as people write them. */
export function kilometres(text: string, { language, words }: PackReader): string {
  const [whole = '0', fraction = ''] = text.split('.')
  return words.outreach.kilometres(`${count(whole, language)}${fraction === '' ? '' : `${language === 'vi' ? ',' : '.'}${fraction}`}`)
}

// What lists of villages write for yes and no; other words stay as they are.
const accessWords = new Map([['co', 'yes'], ['yes', 'yes'], ['true', 'yes'], ['1', 'yes'], ['khong', 'no'], ['no', 'no'], ['none', 'no'], ['false', 'no'], ['0', 'no'], ['yeu', 'weak'], ['weak', 'weak']])

/** What a list of villages says of electricity or signal, in the reader's words where they are the usual ones. */
export function accessWord(written: string, { words }: PackReader): string {
  const known = accessWords.get(foldWord(written))
  return known === undefined ? written : wordFor(words.outreach.accessWords, known)
}

/** Why to see somebody: each reason with its months, and the money that waits on it. */
export function reasonText(reason: OutreachReason, pack: Pick<OutreachPack, 'titles'>, { words, language }: PackReader): string {
  const { outreach } = words
  const title = pack.titles.get(reason.code)?.[language] ?? wordFor(outreach.reasons, reason.code)
  const period = reason.last_period === null ? null : month(reason.last_period, language)
  const when = period === null ? title : reason.months > 1 ? outreach.inMonths(title, count(reason.months, language), period) : outreach.inMonth(title, period)
  return moneyReasons.has(reason.code) && reason.currency !== null && isSome(reason.amount) ? outreach.withAmount(when, money(reason.amount, reason.currency, language)) : when
}

// The other reasons put money at risk that has not gone astray.
const moneyReasons = new Set(['unpaid_no_account', 'returned', 'not_withdrawn'])

/** What somebody needs, one by one as `needsOf` gives it, in the reader's words where they are known; empty for none. */
export function needsText(needs: readonly string[], reader: PackReader): string {
  return listed([...new Set(needs.map((need) => wordFor(reader.words.measures.needs, need)))], reader)
}

function sectionOf(section: OutreachSection, index: number, pack: OutreachPack, reader: PackReader, hasForm: boolean): Html {
  const { words, language } = reader
  const place = placeOf(section, pack.by, reader)
  const access = pack.by === 'unit' ? '' : accessOf(section, reader)
  const people = words.outreach.people(count(section.people.length, language))
  const blank = html`<span class="tt-pack__blank"></span>`
  return html`<section class="tt-pack" aria-labelledby="place-${index}">
<h2 class="govuk-heading-m tt-pack__heading" id="place-${index}">${place}</h2>
<p class="tt-pack__about">${listed([people], reader)}${access === '' ? '' : ` · ${access}`}</p>
<table class="tt-pack__table">
<thead><tr class="tt-pack__place"><th colspan="2" scope="colgroup"><strong>${place}</strong> <span>${people}${access === '' ? '' : ` · ${access}`}</span> <span class="tt-pack__team">${words.outreach.team}: ${blank} ${words.outreach.date}: ${blank}</span></th></tr>
<tr><th scope="col">${words.outreach.who}</th><th scope="col">${words.outreach.why}</th></tr></thead>
${section.people.map((person, number) => block(person, number + 1, pack, reader, hasForm))}
</table>
</section>`
}

function block(person: OutreachPerson, number: number, pack: OutreachPack, reader: PackReader, hasForm: boolean): Html {
  const { words, language } = reader
  const { outreach } = words
  const name = person.name ?? outreach.nameless
  const facts = [
    person.needs.length === 0 ? null : outreach.needsAre(needsText(person.needs, reader)),
    person.payeeName === null ? null : outreach.payeeIs(person.payeeName),
    person.exemptUntil === null ? null : outreach.exemptUntil(day(person.exemptUntil, language)),
    person.visit === null ? null : outreach.lastVisit(day(person.visit.date, language), wordFor(outreach.results, person.visit.result) + (person.visit.team === null ? '' : ` (${person.visit.team})`)),
  ].filter((fact) => fact !== null)
  return html`<tbody class="tt-pack__person"><tr><th scope="row"><span class="tt-pack__number">${count(number, language)}</span> <bdi class="tt-pack__name">${name}</bdi> <span class="tt-whole">${masked(person.beneficiaryId)}</span>${facts.map((fact) => html`<span class="tt-pack__fact">${fact}</span>`)}</th>
<td><ul class="tt-pack__reasons">${person.reasons.map((reason) => html`<li>${reasonText(reason, pack, reader)}</li>`)}</ul>${hasForm && person.address !== null ? html`<a class="govuk-link tt-pack__enter" href="${address('/outreach/results', { person: person.address })}" aria-label="${outreach.enterFor(name)}">${outreach.enter}</a>` : ''}</td></tr>
<tr class="tt-pack__paper"><td colspan="2">${boxes(reader)}</td></tr></tbody>`
}

/** What the team ticks and writes where there is nothing to type on. */
function boxes({ words }: PackReader): Html {
  const { outreach } = words
  const box = html`<span class="tt-pack__box"></span>`
  const line = html`<span class="tt-pack__line"></span>`
  const plain = (['opened', 'absent', 'refused', 'moved', 'died'] as const).map((result) => html`<span class="tt-pack__choice">${box} ${outreach.results[result]}</span>`)
  return html`<div class="tt-pack__choices">${plain}<span class="tt-pack__choice">${box} ${outreach.results.exempt}, ${outreach.evidence}:</span>${line}</div><div class="tt-pack__choices"><span class="tt-pack__choice">${outreach.note}:</span>${line}</div>`
}

/** The lines above a pack: whose reasons these are, of which day, and what a team must know. */
export function packAbout(pack: OutreachPack, reader: PackReader): Html {
  const { words, language } = reader
  return html`<p class="govuk-body">${words.outreach.asOf(day(pack.asOf, language), day(pack.madeOn, language))}</p>
<p class="govuk-body tt-pack__confidential">${words.outreach.confidential}</p>`
}

