/** What pages of measures show as tables to take away: everything for those who may see it, nothing under five for those it is sent on to. */
import { csvFile, workbookFile, type Table } from '../../formats/index.ts'
import { bankName, type BanksView } from './banks.ts'
import { reasonText } from '../desk/evidence.ts'
import { groupName, namesIllness } from './parts.ts'
import { verdictOf } from './ranking.ts'
import { isSmall, smallestPublished, type Stratum, type survival } from '../../core/index.ts'
import type { Download } from '../downloads.ts'
import { shareDays, type BankRow, type SchemeName, type StratumStatistics, type TimeToCash, type TimeToCashGroup } from '../../reports/index.ts'
import { plainText, type View } from '../view.ts'

/** The file of a table. */
export function tableDownload(table: Table, format: Download['format']): Download {
  return { fileName: `${table.name}.${format}`, format, pieces: format === 'csv' ? csvFile(table) : workbookFile(table) }
}

/** A column of a file about groups: its title, and what stands in it for a group. */
interface Column {
  readonly title: string
  readonly isNumber: boolean
  readonly of: (group: TimeToCashGroup) => string
  /** True for what may be said of any group, however small. */
  readonly isName: boolean
}

/**
 * Groups with all their figures, one row each and first the row of everybody. To be sent on: groups of fewer than five say
 * so and nothing else, how clocks ended is left out, and so is the row of everybody where it would tell by subtraction
 * what a small group hides.
 */
export function groupsFile(answer: TimeToCash, name: 'time-to-cash' | 'ranking', schemes: readonly SchemeName[], isShared: boolean, view: View): Table {
  const { words } = view
  const columns = [...nameColumns(answer.by, schemes, view), ...figureColumns(isShared, view), ...(name === 'ranking' ? [plain(words.ranking.verdict, (group) => words.ranking.verdicts[verdictOf(group)])] : [])]
  const isHidden = (group: TimeToCashGroup): boolean => isShared && group.statistics.count < smallestPublished
  const rows = isShared && answer.groups.some(isHidden) ? answer.groups : [answer.everybody, ...answer.groups]
  const followed = words.measures.timeToCash.followed
  return {
    name: isShared ? `${name}-share` : name,
    columns: columns.map(({ title, isNumber }) => ({ title, isNumber })),
    rows: rows.map((group) => columns.map((column) => (!isHidden(group) || column.isName ? column.of(group) : column.title === followed ? words.measures.fewer : ''))),
  }
}

/** The banks with their payments, what came back, and how long each stage took. */
export function banksFile(banks: readonly BankRow[], reasons: BanksView['reasons'], isShared: boolean, view: View): Table {
  const { measures } = view.words
  const { banks: texts, timeToCash } = measures
  const naming = { currency: '', banks: new Map<string, string>(), reasons }
  const titles = [texts.payments, texts.rejected, texts.returned, timeToCash.followed]
  const isHidden = ({ statistics }: BankRow): boolean => isShared && statistics.count < smallestPublished
  const week = ({ statistics }: BankRow): survival.ShareWithin | null => statistics.shares.find(({ within_days: days }) => days === 7)?.share ?? null
  return {
    name: isShared ? 'banks-share' : 'banks',
    columns: [{ title: measures.code }, { title: measures.strata.bank }, ...titles.map((title) => ({ title, isNumber: true })), ...[texts.meanCredit, timeToCash.within('7'), timeToCash.median, timeToCash.p90, texts.through, ...(isShared ? [] : [texts.reasons])].map((title) => ({ title }))],
    rows: banks.map((bank) => [
      bank.creditor_agent, bankName(bank), ...[bank.payment_count, bank.rejected_count, bank.returned_count, bank.statistics.count].map((count) => (count === null ? '' : fewOr(count, isShared, view))),
      bank.transfer.count < smallestPublished && isShared ? '' : (bank.transfer.mean_days ?? ''),
      ...[week(bank)?.share ?? '', bank.statistics.median.days ?? '', bank.statistics.p90.days ?? ''].map((value) => (isHidden(bank) ? '' : String(value))),
      bank.reported_through_date ?? '',
      // Their numbers add up to those before them, so that one under five could be told.
      ...(isShared ? [] : [plainText(bank.reasons.map(({ code, count }) => `${code === null ? texts.noReason : `${reasonText(code, naming, view)} (${code})`}: ${count}`).join('; '))]),
    ]),
  }
}

/** A count as it stands in a file; under five it is not said to those outside. */
export function fewOr(count: number, isShared: boolean, view: View): string {
  return isShared && isSmall(count) ? view.words.measures.fewer : String(count)
}

/** A share of two counts as a decimal of four digits, rounded down; empty of nobody. */
export function decimalShare(part: number, whole: number): string {
  if (whole === 0) return ''
  const digits = ((BigInt(part) * 10_000n) / BigInt(whole)).toString().padStart(5, '0')
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`
}

function nameColumns(by: readonly Stratum[], schemes: readonly SchemeName[], view: View): Column[] {
  const { measures } = view.words
  const isEverybody = (group: TimeToCashGroup): boolean => group.values.length === 0
  const named = by.flatMap((stratum, place): Column[] => [
    { title: `${measures.strata[stratum]} (${measures.code})`, isNumber: false, isName: true, of: (group) => codeOf(stratum, group.values[place] ?? '') },
    {
      title: measures.strata[stratum], isNumber: false, isName: true,
      of: (group) => plainText(isEverybody(group) ? measures.everybody : groupName([stratum], { values: [group.values[place] ?? null], names: [group.names[place] ?? null] }, schemes, view)),
    },
  ])
  return named.length > 0 ? named : [{ title: measures.timeToCash.group, isNumber: false, isName: true, of: () => measures.everybody }]
}

/** What a group is called by programs; a need that names an illness is called nothing. */
function codeOf(stratum: Stratum, value: string): string {
  return stratum === 'need' && value !== '' && namesIllness(value) ? '' : value
}

function figureColumns(isShared: boolean, view: View): Column[] {
  const { measures, stages } = view.words
  const { timeToCash, ends } = measures
  const of = (title: string, read: (statistics: StratumStatistics) => number): Column => ({ title, isNumber: true, isName: false, of: (group) => String(read(group.statistics)) })
  const days = (title: string, read: (statistics: StratumStatistics) => number | string | null): Column => plain(title, (group) => String(read(group.statistics) ?? ''))
  const shares = shareDays.flatMap((day): Column[] => {
    const share = (statistics: StratumStatistics) => statistics.shares.find(({ within_days: within }) => within === day)?.share ?? null
    const title = timeToCash.within(String(day))
    return [days(title, (one) => share(one)?.share ?? null), days(`${title}, ${measures.from}`, (one) => share(one)?.lower ?? null), days(`${title}, ${measures.to}`, (one) => share(one)?.upper ?? null)]
  })
  const counts = isShared ? [] : [of(ends.withdrawn, (one) => one.withdrawn_count), of(ends.censored, (one) => one.censored_count), of(ends.returned, (one) => one.returned_count), of(ends.closed, (one) => one.closed_count), of(ends.died, (one) => one.died_count), of(ends.notReported, (one) => one.not_reported_count)]
  return [
    of(timeToCash.followed, (one) => one.count), ...counts, ...shares,
    days(timeToCash.median, (one) => one.median.days), days(timeToCash.p90, (one) => one.p90.days), days(timeToCash.mean30, (one) => one.restricted_mean?.days ?? null),
    ...(['payer', 'bank', 'account', 'access'] as const).map((stage) => days(`${stages.names[stage]} (${measures.meanDays})`, (one) => one.stages[stage].mean_days)),
  ]
}

function plain(title: string, of: Column['of']): Column {
  return { title, isNumber: false, isName: false, of }
}
