/** Coverage, the quality of the lists and the people behind both as tables to take away. */
import type { Table } from '../../formats/index.ts'
import { isSmall } from '../../core/index.ts'
import { decimalShare, fewOr } from './tables.ts'
import { needsText } from '../outreach/pack.ts'
import { needsOf, qualities, type Coverage, type CoverageCounts, type DataQuality, type QualityPerson, type UncoveredPerson, type Units } from '../../reports/index.ts'
import { wordFor } from '../text/index.ts'
import { plainText, type View } from '../view.ts'

/**
 * Coverage place by place. To be sent on, only how many are entitled, covered and left, and none of them where a difference
 * of two would tell a number under five.
 */
export function coverageFile({ answer, level }: { readonly answer: Coverage; readonly level: 'province' | 'unit' | 'village' }, isShared: boolean, view: View): Table {
  const { measures } = view.words
  const { coverage: texts } = measures
  const places = level === 'village' ? [texts.villageUnit, measures.strata.village] : [measures.strata[level]]
  const counts: readonly (readonly [string, keyof CoverageCounts])[] = [
    [texts.active, 'active_count'], [texts.exemptColumn, 'exempt_count'], [texts.covered, 'covered_count'],
    ...(isShared ? [] : [[texts.opened, 'opened_count'], [texts.activated, 'activated_count']] as const),
    [texts.steps.usable, 'usable_count'],
    ...(isShared ? [] : [[texts.card, 'card_count'], [texts.steps.paid, 'paid_by_account_count'], [texts.steps.withdrawn, 'withdrawn_count']] as const),
    [texts.without, 'without_count'],
  ]
  const rows = answer.rows.map((row) => {
    const isTelling = isShared && [row.usable_count, row.without_count, row.exempt_count].some(isSmall)
    const said = (name: keyof CoverageCounts): string => (isTelling && name !== 'active_count' && !isSmall(row[name]) ? '' : fewOr(row[name], isShared, view))
    return [row.unit_code, row.unit_name ?? '', ...(level === 'village' ? [row.village ?? ''] : []), ...counts.map(([, name]) => said(name)), isTelling ? '' : decimalShare(row.usable_count, row.covered_count)]
  })
  return {
    name: isShared ? 'coverage-share' : 'coverage',
    columns: [{ title: measures.code }, ...places.map((title) => ({ title })), ...counts.map(([title]) => ({ title, isNumber: true })), { title: texts.share }],
    rows,
  }
}

/** The four scores place by place, with their numerators; to be sent on, none whose remainder is under five. */
export function qualityFile({ answer, by }: { readonly answer: DataQuality; readonly by: 'unit' | 'province' }, isShared: boolean, view: View): Table {
  const { measures } = view.words
  const { dataQuality: texts } = measures
  const rows = answer.rows.map((row) => [
    row.unit_code, row.unit_name ?? '', fewOr(row.people_count, isShared, view),
    ...qualities.flatMap((quality) => {
      const { good_count: good, of_count: of } = row.scores[quality]
      return of === null || (isShared && [good, of - good].some(isSmall)) ? ['', ''] : [String(good), decimalShare(good, of)]
    }),
  ])
  return {
    name: isShared ? 'data-quality-share' : 'data-quality',
    columns: [{ title: measures.code }, { title: measures.strata[by] }, { title: texts.people, isNumber: true }, ...qualities.flatMap((quality) => [{ title: texts.names[quality], isNumber: true }, { title: `${texts.names[quality]}, ${texts.score}` }])],
    rows,
  }
}

/** The people without a usable account, by name: for the office itself. */
export function uncoveredFile(people: readonly UncoveredPerson[], units: Units, view: View): Table {
  const { measures, values } = view.words
  const { people: texts } = measures
  return {
    name: 'coverage-people',
    columns: [measures.strata.unit, texts.village, texts.name, texts.born, texts.account, texts.channel, texts.payee, texts.needs].map((title) => ({ title })),
    rows: people.map((person) => [
      placeName(person.unit_code, units), person.village ?? '', person.beneficiary_name, person.birth_year === null ? '' : String(person.birth_year), wordFor(measures.accountStates, person.account_state),
      wordFor(values, person.payment_channel), person.payee_name ?? '', plainText(needsText(needsOf(person.needs), view)),
    ]),
  }
}

/** The people whose entry should be looked at, by name: for the office itself. */
export function qualityPeopleFile(people: readonly QualityPerson[], units: Units, view: View): Table {
  const { measures } = view.words
  const { people: texts, dataQuality } = measures
  return {
    name: 'data-quality-people',
    columns: [measures.strata.unit, texts.village, texts.name, texts.faults, texts.registerName].map((title) => ({ title })),
    rows: people.map((person) => [placeName(person.unit_code, units), person.village ?? '', person.beneficiary_name, person.faults.map((fault) => dataQuality.faults[fault]).join('; '), person.register_name ?? '']),
  }
}

function placeName(code: string, units: Units): string {
  return units.name(units.today(code)) ?? code
}
