/** The minutes of a month as blocks of text and tables: the same for the page, for paper, and in each language. */
import { addMilliseconds, countryOffsetMinutes, money as amounts, outcomeClasses, sha256Of, type Amount, type Language } from '../../core/index.ts'
import type { PdfBlock } from '../../formats/index.ts'
import { filesCsv, totalsOf, type Content, type Difference, type Minutes, type MinutesMark, type SignedCell, type SignedCorrection, type SignedFile, type Signer } from '../../periods/index.ts'
import { count, day, localMoment, money, month } from '../format.ts'
import { wordFor, type Words } from '../text/index.ts'
import { plainText } from '../view.ts'

/** In which language, with which words. */
export interface MinutesReader {
  readonly language: Language
  readonly words: Words
}

/** Minutes, or a draft of them: then nobody has issued it, and there is no mark. */
export interface ShownMinutes {
  readonly content: Content
  readonly steps: readonly Signer[]
  readonly mark: MinutesMark | null
}

/** Files are named one by one up to so many; all of them are in files.csv. */
const mostFiles = 40

type Row = { readonly cells: readonly string[]; readonly isBold?: boolean }
type Columns = (PdfBlock & { kind: 'table' })['columns']

/** What is called how in these minutes. */
class Naming {
  readonly said: Words['periods']['minutes']
  readonly reader: MinutesReader
  private readonly content: Content

  constructor(content: Content, reader: MinutesReader) {
    this.content = content
    this.reader = reader
    this.said = reader.words.periods.minutes
  }

  amount(value: Amount, currency: string): string {
    return money(value, currency, this.reader.language)
  }

  scheme(code: string | null): string {
    if (code === null) return this.reader.words.notStated
    const known = this.content.schemes.find(({ scheme }) => scheme === code)
    const name = this.reader.language === 'vi' ? known?.name_vi : (known?.name_en ?? known?.name_vi)
    return name ? `${name} (${code})` : code
  }

  finding(code: string): string {
    const title = this.content.titles.find((one) => one.code === code)
    return title === undefined ? (code === 'complaint' ? wordFor(this.reader.words.files.kinds, code) : code) : title[this.reader.language]
  }

  count(value: number): string {
    return count(value, this.reader.language)
  }

  place(): string {
    const { place } = this.content
    return place.unit_code === null ? this.reader.words.periods.country : place.name ?? place.unit_code
  }
}

/** The whole document. */
export function minutesBlocks(shown: ShownMinutes, reader: MinutesReader): PdfBlock[] {
  const naming = new Naming(shown.content, reader)
  const blocks = [
    ...head(shown, naming), ...parties(shown, naming), ...bridge(shown.content, naming), ...classes(shown.content, naming), ...findings(shown.content, naming),
    ...decisions(shown.content, naming), ...corrections(shown.content, naming), ...settlement(shown.content, naming), ...files(shown.content, naming), ...changes(shown.content, naming), ...conclusion(shown, naming),
  ]
  return reader.language === 'ar' ? blocks : blocks.map(withoutMarks)
}

/** What stands at the foot of each page. */
export function minutesFoot({ sha256, keyId }: MinutesMark, { words }: MinutesReader): { readonly lines: readonly string[]; readonly code: string; readonly page: (number: string, of: string) => string } {
  const { minutes: said } = words.periods
  return { lines: [said.foot(sha256), said.key(keyId), said.check], code: `tantay-minutes-1 ${sha256} ${keyId}`, page: said.page }
}

/** Marks of direction are for pages: on paper they would be letters without a picture. */
function withoutMarks(block: PdfBlock): PdfBlock {
  if (block.kind === 'text') return { ...block, text: plainText(block.text) }
  if (block.kind === 'columns') return { ...block, columns: block.columns.map((lines) => lines.map((line) => ({ ...line, text: plainText(line.text) }))) }
  return { ...block, rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(plainText) })) }
}

function heading(text: string): PdfBlock {
  return { kind: 'text', text, isHeading: true }
}

function table(columns: Columns, rows: readonly Row[]): PdfBlock {
  return { kind: 'table', columns, rows }
}

function head({ content, steps, mark }: ShownMinutes, naming: Naming): PdfBlock[] {
  const { said, reader } = naming
  const [year, number] = content.benefit_period.split('-')
  const issued = steps.find(({ step }) => step === 'issued')
  const name = `${number ?? ''}-${year ?? ''}${content.place.unit_code === null ? '' : `/${content.place.unit_code}`}${content.version_number > 1 ? `-${content.version_number}` : ''}`
  return [
    { kind: 'columns', columns: [[{ text: naming.place(), isBold: true }, { text: said.office, size: 9 }, { text: said.number(name) }], [{ text: said.republic, isBold: true }, { text: said.motto, isBold: true }, { text: '———————', size: 8 }]] },
    { kind: 'text', text: said.title, isBold: true, size: 17, align: 'center' },
    { kind: 'text', text: said.subtitle(month(content.benefit_period, reader.language)), isBold: true, size: 12, align: 'center' },
    ...(content.version_number === 1 ? [] : [{ kind: 'text', text: said.secondVersion(`${content.version_number}`), align: 'center' } as const]),
    ...(mark === null ? [{ kind: 'text', text: said.draft, isBold: true, align: 'center' } as const] : []),
    { kind: 'text', text: `${said.opening(issued === undefined ? said.notIssued : localMoment(issued.at, reader.language), naming.place())} ${said.basis(day(content.run.as_of, reader.language), content.run.run_id)}` },
  ]
}

function parties({ steps }: ShownMinutes, { said, reader }: Naming): PdfBlock[] {
  const { stepNames } = reader.words.periods
  const rows = (['prepared', 'appraised', 'approved', 'issued'] as const).map((step) => {
    const signer = steps.find((one) => one.step === step)
    return { cells: [stepNames[step], signer === undefined ? '…' : nameOf(signer, said), rolesOf(signer, reader), signer === undefined ? '…' : localMoment(signer.at, reader.language)] }
  })
  return [heading(said.partiesTitle), table([{ label: said.step, share: 0.18 }, { label: said.who, share: 0.34 }, { label: said.role, share: 0.24 }, { label: said.when, share: 0.24 }], rows)]
}

/** A deputy signs with their own name, and says for whom. */
function nameOf({ name, on_behalf_of: principal }: Signer, said: Words['periods']['minutes']): string {
  return principal === undefined ? name : `${name} (${said.onBehalfOf(principal.name)})`
}

function rolesOf(signer: Signer | undefined, { words }: MinutesReader): string {
  return (signer?.roles ?? []).map((role) => words.staff.roleWords[role]).join(', ')
}

function bridge({ figures, place, unmatched_without_month: without }: Content, naming: Naming): PdfBlock[] {
  const { said } = naming
  const numbers = (labels: readonly string[], first: number): Columns => [{ label: said.scheme, share: first }, ...labels.map((label) => ({ label, share: (1 - first) / labels.length, isNumber: true }))]
  const missing = (cell: SignedCell): Amount => amounts.add(...Object.values(cell.shortfall))
  const due = figures.bridge.map((cell) => ({ cells: [naming.scheme(cell.scheme), ...[cell.due, cell.to_due, cell.carried_out, missing(cell)].map((value) => naming.amount(value, cell.currency))] }))
  const credit = figures.bridge.map((cell) => ({ cells: [naming.scheme(cell.scheme), ...[cell.credited, cell.to_due, cell.excess_over, cell.excess_twice, cell.unmatched].map((value) => naming.amount(value, cell.currency))] }))
  const totals = totalsOf(figures)
  const sum = (currency: string, of: (cell: SignedCell) => Amount): string => naming.amount(amounts.add(...figures.bridge.filter((cell) => cell.currency === currency).map(of)), currency)
  const reasons = figures.bridge.flatMap((cell) => Object.entries(cell.shortfall).sort(([one], [other]) => outcomeClasses.findIndex((known) => known === one) - outcomeClasses.findIndex((known) => known === other)).map(([outcome, value]) => ({ cells: [naming.scheme(cell.scheme), wordFor(naming.reader.words.classes, outcome), naming.amount(value, cell.currency)] })))
  return [
    heading(said.bridgeTitle),
    table(numbers([said.due, said.arrived, said.carriedOut, said.missing], 0.32), [...due, ...totals.map((one) => ({ isBold: true, cells: [said.total, ...[one.due, one.to_due, one.carried_out, one.missing].map((value) => naming.amount(value, one.currency))] }))]),
    ...totals.map((one): PdfBlock => ({ kind: 'text', text: said.closes(...[one.due, one.to_due, one.carried_out, one.missing].map((value) => naming.amount(value, one.currency)) as [string, string, string, string]) })),
    ...(reasons.length === 0 ? [] : [table([{ label: said.scheme, share: 0.4 }, { label: said.missing, share: 0.36 }, { label: said.decidedAmount, share: 0.24, isNumber: true }], reasons)]),
    { kind: 'text', text: said.creditTitle, isBold: true },
    table(numbers([said.credited, said.arrived, said.over, said.twice, said.unmatched], 0.25), [...credit, ...totals.map(({ currency }) => ({ isBold: true, cells: [said.total, sum(currency, (cell) => cell.credited), sum(currency, (cell) => cell.to_due), sum(currency, (cell) => cell.excess_over), sum(currency, (cell) => cell.excess_twice), sum(currency, (cell) => cell.unmatched)] }))]),
    ...totals.map(({ currency }): PdfBlock => ({ kind: 'text', text: said.closesCredit(sum(currency, (cell) => cell.credited), sum(currency, (cell) => cell.to_due), sum(currency, (cell) => cell.excess_over), sum(currency, (cell) => cell.excess_twice), sum(currency, (cell) => cell.unmatched)) })),
    ...without.map(({ amount, currency }): PdfBlock => ({ kind: 'text', text: said.withoutMonth(naming.amount(amount, currency)) })),
    ...(place.unit_code === null ? [] : [{ kind: 'text', text: said.ofProvince } as const]),
  ]
}

function classes({ figures }: Content, naming: Naming): PdfBlock[] {
  const { said, reader } = naming
  const rows = figures.outcomes.map((one) => ({ cells: [naming.scheme(one.scheme), wordFor(reader.words.classes, one.class), naming.count(one.count), naming.amount(one.due, one.currency), naming.amount(one.credited, one.currency)] }))
  return [heading(said.classesTitle), table([{ label: said.scheme, share: 0.26 }, { label: said.class, share: 0.26 }, { label: said.people, share: 0.12, isNumber: true }, { label: said.amountDue, share: 0.18, isNumber: true }, { label: said.amountCredited, share: 0.18, isNumber: true }], rows)]
}

function findings({ figures, open_cases: open }: Content, naming: Naming): PdfBlock[] {
  const { said } = naming
  const columns: Columns = [{ label: said.finding, share: 0.36 }, { label: said.scheme, share: 0.28 }, { label: said.count, share: 0.14, isNumber: true }, { label: said.stake, share: 0.22, isNumber: true }]
  const found = figures.findings.map((one) => ({ cells: [naming.finding(one.code), naming.scheme(one.scheme), naming.count(one.count), naming.amount(one.amount_at_stake, one.currency)] }))
  const cases = open.map((one) => ({ cells: [naming.finding(one.code), naming.count(one.count), naming.amount(one.amount_at_stake, one.currency)] }))
  return [
    heading(said.findingsTitle), found.length === 0 ? { kind: 'text', text: said.none } : table(columns, found),
    heading(said.openTitle), cases.length === 0 ? { kind: 'text', text: said.none } : table([{ label: said.finding, share: 0.56 }, { label: said.count, share: 0.18, isNumber: true }, { label: said.stake, share: 0.26, isNumber: true }], cases),
  ]
}

function decisions({ decisions: decided }: Content, naming: Naming): PdfBlock[] {
  const { said, reader } = naming
  const rows = decided.map((one) => ({ cells: [wordFor(reader.words.desk.resolutions, one.resolution), naming.count(one.count), naming.amount(one.amount, one.currency)] }))
  return [heading(said.decisionsTitle), rows.length === 0 ? { kind: 'text', text: said.none } : table([{ label: said.resolution, share: 0.56 }, { label: said.count, share: 0.18, isNumber: true }, { label: said.decidedAmount, share: 0.26, isNumber: true }], rows)]
}

/** What was approved to put money right; nothing is said where the form of the minutes did not know of it. */
function corrections({ corrections: lists }: Content, naming: Naming): PdfBlock[] {
  if (lists === undefined) return []
  const { said, reader } = naming
  const { kinds, states } = reader.words.corrections
  const title: PdfBlock = { kind: 'text', text: said.correctionsTitle, isBold: true }
  if (lists.length === 0) return [title, { kind: 'text', text: said.none }]
  const row = (one: SignedCorrection): Row => ({ cells: [kinds[one.kind], one.number, decisionOf(one, naming), states[one.state], naming.scheme(one.scheme), naming.count(one.count), naming.amount(one.amount, one.currency), naming.amount(one.settled_amount, one.currency)] })
  const groups = [...new Set(lists.map((one) => JSON.stringify([one.kind, one.currency])))]
  const totals = groups.map((group): Row => {
    const own = lists.filter((one) => JSON.stringify([one.kind, one.currency]) === group)
    const sum = (of: (one: SignedCorrection) => Amount): string => naming.amount(amounts.add(...own.map(of)), own[0]?.currency ?? '')
    return { isBold: true, cells: [`${said.total}: ${own[0] === undefined ? '' : kinds[own[0].kind]}`, '', '', '', '', naming.count(own.reduce((all, one) => all + one.count, 0)), sum((one) => one.amount), sum((one) => one.settled_amount)] }
  })
  return [title, table([{ label: said.list, share: 0.13 }, { label: said.listNumber, share: 0.13 }, { label: said.decision, share: 0.15 }, { label: said.listState, share: 0.13 }, { label: said.scheme, share: 0.13 }, { label: said.count, share: 0.07, isNumber: true }, { label: said.decidedAmount, share: 0.13, isNumber: true }, { label: said.settledAmount, share: 0.13, isNumber: true }], [...lists.map(row), ...totals])]
}

function decisionOf({ decision_number: number, decision_date: date }: SignedCorrection, { reader }: Naming): string {
  return number === null || date === null ? '–' : reader.words.corrections.list.decided(number, day(date, reader.language))
}

/** Where statements came: what each organisation received, and what became of it. */
function settlement({ settlement: accounts }: Content, naming: Naming): PdfBlock[] {
  const { said } = naming
  if (accounts.length === 0) return []
  const rows = accounts.map((one) => ({ cells: [one.source, ...[one.received, one.credited, one.on_the_way, one.not_collected, one.handed_back, one.difference].map((value) => naming.amount(value, one.currency))] }))
  const labels = [said.received, said.credited, said.onTheWay, said.notCollected, said.handedBack, said.difference]
  return [{ kind: 'text', text: said.settlementTitle, isBold: true }, table([{ label: said.source, share: 0.16 }, ...labels.map((label) => ({ label, share: 0.14, isNumber: true }))], rows)]
}

function files(content: Content, naming: Naming): PdfBlock[] {
  const { said, reader } = naming
  const { files: all, missing_files: missing } = content
  const kind = (name: string): string => wordFor(reader.words.files.kinds, name)
  const groups = [...new Set(all.map((file) => JSON.stringify([file.kind, file.source])))].sort()
  const rows = groups.map((group) => {
    const own = all.filter((file) => JSON.stringify([file.kind, file.source]) === group)
    return { cells: [kind(own[0]?.kind ?? ''), own[0]?.source ?? said.unnamed, naming.count(own.length), naming.count(own.reduce((sum, file) => sum + file.lines, 0)), sumOf(own, naming)] }
  })
  const named = all.length > mostFiles ? [] : [table([{ label: said.file, share: 0.36 }, { label: said.fingerprint, share: 0.46 }, { label: said.lines, share: 0.18, isNumber: true }], all.map((file) => ({ cells: [file.file_name, file.sha256, naming.count(file.lines)] })))]
  return [
    heading(said.filesTitle),
    { kind: 'text', text: said.filesSentence(naming.count(all.length), sha256Of(filesCsv(content))) },
    table([{ label: said.kind, share: 0.3 }, { label: said.source, share: 0.2 }, { label: said.files, share: 0.12, isNumber: true }, { label: said.lines, share: 0.14, isNumber: true }, { label: said.sum, share: 0.24, isNumber: true }], rows),
    ...named,
    ...(missing.length === 0 ? [] : [{ kind: 'text', text: said.missingTitle, isBold: true } as const, ...missing.map((file): PdfBlock => ({ kind: 'text', text: said.missingLine(file.source, kind(file.kind), day(file.deadline_date, reader.language), file.reason) }))]),
  ]
}

function sumOf(own: readonly SignedFile[], naming: Naming): string {
  const all = own.flatMap((file) => file.amounts)
  return [...new Set(all.map(({ currency }) => currency))].sort().map((currency) => naming.amount(amounts.add(...all.filter((one) => one.currency === currency).map(({ amount }) => amount)), currency)).join(' + ')
}

function changes({ changes: changed }: Content, naming: Naming): PdfBlock[] {
  if (changed === null) return []
  const { said, reader } = naming
  const { periods } = reader.words
  const rows = changed.differences.map((one) => ({ cells: [naming.scheme(one.scheme), differenceName(one, reader, (code) => naming.finding(code)), naming.amount(one.from_amount, one.currency) + counted(one, one.from_count, reader), naming.amount(one.to_amount, one.currency) + counted(one, one.to_count, reader)] }))
  return [
    heading(said.changesTitle),
    { kind: 'text', text: `${said.changesSentence(`${changed.since_version}`, day(changed.since_as_of, reader.language), changed.asked_by, changed.approved_by)} ${said.changesReason(changed.reason)}` },
    { kind: 'text', text: said.foot(changed.since_sha256), size: 8 },
    rows.length === 0 ? { kind: 'text', text: said.noChanges } : table([{ label: said.scheme, share: 0.26 }, { label: periods.figure, share: 0.26 }, { label: periods.before, share: 0.24, isNumber: true }, { label: periods.now, share: 0.24, isNumber: true }], rows),
    { kind: 'text', text: periods.filesChanged(naming.count(changed.files_added.length), naming.count(changed.files_removed.length)) },
  ]
}

/** What a figure is called that differs. */
export function differenceName({ part, name }: Pick<Difference, 'part' | 'name'>, { words }: MinutesReader, findingName: (code: string) => string): string {
  if (part === 'finding') return findingName(name)
  if (part === 'class') return wordFor(words.classes, name)
  return name.startsWith('shortfall.') ? `${words.periods.names.shortfall}: ${wordFor(words.classes, name.slice('shortfall.'.length))}` : wordFor(words.periods.names, name)
}

function counted({ part }: Difference, number: number | null, { words, language }: MinutesReader): string {
  if (number === null) return ''
  const said = count(number, language)
  return ` (${part === 'class' ? words.periods.people(said) : words.periods.casesCounted(said)})`
}

function conclusion({ steps }: ShownMinutes, { said, reader }: Naming): PdfBlock[] {
  const { stepNames } = reader.words.periods
  const columns = (['prepared', 'appraised', 'approved', 'issued'] as const).map((step) => {
    const signer = steps.find((one) => one.step === step)
    return [{ text: stepNames[step], isBold: true }, { text: signer === undefined ? '…' : said.signed, size: 8.5 }, { text: signer?.name ?? '', isBold: true, size: 9.5 }, ...(signer?.on_behalf_of === undefined ? [] : [{ text: said.onBehalfOf(signer.on_behalf_of.name), size: 8.5 }]), { text: rolesOf(signer, reader), size: 8.5 }, { text: signer === undefined ? '' : localTime(signer.at, reader), size: 8.5 }]
  })
  return [heading(said.conclusionTitle), { kind: 'text', text: said.conclusion }, { kind: 'columns', columns }]
}

function localTime(instant: string, { language }: MinutesReader): string {
  const local = addMilliseconds(instant, countryOffsetMinutes * 60_000)
  return `${day(local.slice(0, 10), language)} ${local.slice(11, 16)}`
}

/** The minutes of which all is known: a step each, and the mark. */
export function shownMinutes({ content, steps }: Minutes, mark: MinutesMark): ShownMinutes {
  return { content, steps, mark }
}
