/**
 * A mapping profile: how one sender writes a kind of file, and how it is read into our columns.
 *
 * A profile says only what it says: a header it does not name is ignored, a value in another style than the profile's is
 * a problem, and a status or reason that neither the profile nor the column knows is a problem too. Nothing is guessed.
 */
import { z } from 'zod'
import { foldHeader, foldWord, kindNamed, kinds, type Column, type ColumnType, type Kind } from './kinds.ts'
import { parseBenefitPeriod, parseDay } from './dates.ts'
import { Refusal, type ProblemCode } from './problem.ts'

/** How a sender writes amounts; each is one reading and no other. */
export const amountStyles = ['plain', '1.234.567,00', '1,234,567.00', '1 234 567,00', "1'234'567.00"] as const
/** How a sender writes days; a time of day may follow where the column takes one. Single letters: one or two digits. */
export const dateStyles = ['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY', 'D/M/YYYY', 'M/D/YYYY', 'DD-MM-YYYY', 'D-M-YYYY', 'DD.MM.YYYY', 'YYYY/MM/DD', 'YYYYMMDD'] as const
/** How a sender writes months. */
export const periodStyles = ['YYYY-MM', 'MM/YYYY', 'M/YYYY', 'MM-YYYY', 'MM.YYYY', 'YYYYMM', 'YYYY/MM'] as const

const text = z.string().trim().min(1).max(200)
const description = z.strictObject({
  /** The kind of file, one of the contract's. */
  kind: z.string().refine((name) => kindNamed(name) !== null, { error: () => `no kind of file; known are ${kinds.map(({ name }) => name).join(', ')}` }),
  /** Between the values of a CSV file; absent: found by the header. */
  delimiter: z.enum([',', ';', '\t']).optional(),
  /** The sender's header → our column; null: looked at and left out on purpose. */
  columns: z.record(text, z.string().nullable()),
  /** Our column → its value on every row, for columns that the sender does not have. */
  constants: z.record(z.string(), text).default({}),
  amount_style: z.enum(amountStyles).default('plain'),
  /** What may stand before or behind an amount: đ, VND. */
  amount_units: z.array(text).default([]),
  /** Absent: YYYY-MM-DD or DD/MM/YYYY, as without a profile. */
  date_style: z.enum(dateStyles).optional(),
  /** Absent: YYYY-MM or MM/YYYY. */
  period_style: z.enum(periodStyles).optional(),
  /** The sender's word → transaction_status. */
  statuses: z.record(text, z.string()).default({}),
  /** Our column → the sender's word → ours, for the other columns of fixed words. */
  words: z.record(z.string(), z.record(text, z.string())).default({}),
  /** The sender's reason text → ISO reason code. */
  reasons: z.record(text, z.string().regex(/^[A-Z0-9]{4}$/)).default({}),
})

/** A profile as it is written, saved and shown. */
export type ProfileDescription = z.output<typeof description>

/** One column of the canonical file that a profile makes. */
interface Target {
  readonly column: Column
  /** The sender's header, folded; null for a constant. */
  readonly header: string | null
  readonly constant: string
  readonly words: ReadonlyMap<string, string>
}

/** A profile made ready to read rows. */
export interface Profile {
  readonly description: ProfileDescription
  readonly kind: Kind
  readonly targets: readonly Target[]
  readonly reasons: ReadonlyMap<string, string>
}

/** A value that the profile cannot read: its place in the row, why, and what the sender wrote. */
export interface ProfileProblem {
  readonly field: number
  readonly code: ProblemCode
  readonly raw: string
}

/**
 * Checks a profile and makes it ready.
 *
 * @throws Refusal `profile_invalid`, saying where and what
 */
export function makeProfile(value: unknown): Profile {
  const parsed = description.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`)
  }
  const kind = kindNamed(parsed.data.kind) as Kind
  const profile = { description: parsed.data, kind, targets: targetsOf(parsed.data, kind), reasons: foldedTable('reasons', parsed.data.reasons) }
  for (const { name, isRequired } of kind.columns) {
    if (isRequired === true && !profile.targets.some(({ column }) => column.name === name)) throw invalid(`no column and no constant gives ${name}, which ${kind.name} needs`)
  }
  if (profile.reasons.size > 0 && !['transaction_status', 'reason_text'].every((name) => profile.targets.some(({ column }) => column.name === name))) {
    throw invalid('reasons: they are read from reason_text and ask for transaction_status; name a column for both')
  }
  return profile
}

function targetsOf({ columns, constants, statuses, words }: ProfileDescription, kind: Kind): Target[] {
  const tables = new Map(Object.entries(words))
  if (Object.keys(statuses).length > 0) tables.set('transaction_status', statuses)
  const known = (name: string, where: string): Column => {
    const column = kind.columns.find((one) => one.name === name)
    if (column === undefined) throw invalid(`${where}: ${kind.name} has no column ${name}; it has ${kind.columns.map((one) => one.name).join(', ')}`)
    return column
  }
  for (const [name, table] of tables) {
    const { words: labels } = known(name, 'words')
    if (labels === undefined) throw invalid(`words.${name}: that column has no fixed words`)
    for (const label of Object.values(table)) if (!Object.hasOwn(labels, label)) throw invalid(`words.${name}: ${label} is none of ${Object.keys(labels).join(', ')}`)
  }
  const targets: Target[] = []
  const headers = new Set<string>()
  const add = (name: string, header: string | null, constant: string, where: string): void => {
    if (targets.some(({ column }) => column.name === name)) throw invalid(`${where}: ${name} is given twice`)
    const column = known(name, where)
    const own = ownWords(column)
    if (constant !== '' && column.words !== undefined && !own.has(foldWord(constant))) throw invalid(`constants.${name}: ${constant} is none of ${Object.keys(column.words).join(', ')}`)
    targets.push({ column, header, constant: own.get(foldWord(constant)) ?? constant, words: new Map([...own, ...foldedTable(`words.${name}`, tables.get(name) ?? {})]) })
  }
  for (const [header, name] of Object.entries(columns)) {
    const folded = foldHeader(header)
    if (folded === '') throw invalid(`columns: "${header}" has no letter and no digit`)
    if (headers.has(folded)) throw invalid(`columns: "${header}" is named twice`)
    headers.add(folded)
    if (name !== null) add(name, folded, '', 'columns')
  }
  if (targets.length === 0) throw invalid('columns: no header is mapped')
  for (const [name, constant] of Object.entries(constants)) add(name, null, constant, 'constants')
  return targets
}

/** The words that a column knows without a profile. */
function ownWords({ words = {} }: Column): Map<string, string> {
  return new Map(Object.entries(words).flatMap(([label, aliases]) => [label, ...aliases].map((word): [string, string] => [foldWord(word), label])))
}

function foldedTable(where: string, table: Readonly<Record<string, string>>): Map<string, string> {
  const folded = new Map<string, string>()
  for (const [word, meaning] of Object.entries(table)) {
    const key = foldWord(word)
    if (key === '' || (folded.get(key) ?? meaning) !== meaning) throw invalid(`${where}: "${word}" ${key === '' ? 'has no letter and no digit' : 'has two meanings'}`)
    folded.set(key, meaning)
  }
  return folded
}

function invalid(message: string): Refusal {
  return new Refusal('usage', 'profile_invalid', `the profile cannot be used: ${message}`)
}

/** Where the columns of a sender's table stand. */
export interface ProfileLayout {
  /** The header of the canonical table: the sender's columns in their order, those left out as `_1`, `_2` …, then what the profile adds. */
  readonly header: readonly string[]
  /** How many columns the sender's header has. */
  readonly width: number
  /** The target of each of the sender's columns; null for one left out. */
  readonly targets: readonly (Target | null)[]
  /** What stands behind the sender's columns. */
  readonly added: readonly Target[]
  readonly statusField: number
  readonly reasonField: number
  /** −1 when the sender has none and no reasons are read. */
  readonly codeField: number
  /** A header that the profile maps and the row holds twice; null: none. */
  readonly doubled: string | null
  /** Headers that the profile does not name. */
  readonly unknown: readonly string[]
}

/** The layout that a row of the sender's gives when it is the header that the profile expects; null when it is not. */
export function readProfileHeader(profile: Profile, cells: readonly string[]): ProfileLayout | null {
  const width = cells.length
  const folded = cells.map((cell) => (cell.length > 200 ? '' : foldHeader(cell)))
  const mapped = profile.targets.filter(({ header }) => header !== null)
  if (mapped.some(({ header }) => !folded.includes(header as string))) return null
  const doubled = mapped.find(({ header }) => folded.indexOf(header as string) !== folded.lastIndexOf(header as string))
  const named = new Set(Object.keys(profile.description.columns).map(foldHeader))
  const targets = folded.map((word) => mapped.find(({ header }) => header === word) ?? null)
  const added = profile.targets.filter(({ header }) => header === null)
  const names = [...targets.map((target, index) => target?.column.name ?? `_${index + 1}`), ...added.map(({ column }) => column.name)]
  if (profile.reasons.size > 0 && !names.includes('return_reason_code')) names.push('return_reason_code')
  return {
    header: names, width, targets, added,
    statusField: names.indexOf('transaction_status'),
    reasonField: names.indexOf('reason_text'),
    codeField: profile.reasons.size === 0 ? -1 : names.indexOf('return_reason_code'),
    doubled: doubled === undefined ? null : (cells[folded.indexOf(doubled.header as string)] ?? null),
    unknown: cells.filter((cell, index) => cell.trim() !== '' && !named.has(folded[index] as string)),
  }
}

/** Mapped headers of the profile that a row lacks, as the profile writes them. */
export function missingHeaders({ description: { columns } }: Profile, cells: readonly string[]): string[] {
  const folded = new Set(cells.map(foldHeader))
  return Object.entries(columns).flatMap(([header, name]) => (name === null || folded.has(foldHeader(header)) ? [] : [header]))
}

/**
 * One row of the sender's in our forms, in the order of the layout's header; what cannot be read stays as it is written
 * and is a problem. A row that names nobody and nothing (a total, a note) gets no constants, so that it is known for what it is.
 */
export function readProfileRow(profile: Profile, layout: ProfileLayout, row: readonly string[]): { readonly cells: readonly string[]; readonly problems: readonly ProfileProblem[] } {
  const cells = row.slice()
  while (cells.length > layout.width && cells.at(-1)?.trim() === '') cells.pop()
  const problems: ProfileProblem[] = []
  const isData = layout.targets.some((target, field) => target !== null && isTelling(target, profile.kind) && (row[field] ?? '').trim() !== '')
  for (const [field, target] of layout.targets.entries()) {
    const raw = (cells[field] ?? '').trim()
    if (target === null || raw === '') continue
    const value = readValue(profile.description, target, raw)
    if (value !== null) cells[field] = value
    else if (isData) problems.push({ field, code: problemOf(target.column), raw })
  }
  if (cells.length < layout.width) return { cells, problems }
  // As many cells as the header adds, so that a row with a cell too many stays too long.
  for (let at = 0; at < layout.header.length - layout.width; at += 1) cells.push(isData ? (layout.added[at]?.constant ?? '') : '')
  if (isData && cells.length === layout.header.length) addReason(profile, layout, cells, problems)
  return { cells, problems }
}

const identityTypes: readonly ColumnType[] = ['person', 'party', 'account', 'reference']

/** True for a column that a line has when it is data, and a total does not. */
function isTelling({ column }: Target, { sumColumn }: Kind): boolean {
  return column.name !== sumColumn && (column.isRequired === true || identityTypes.includes(column.type))
}

function problemOf({ type }: Column): ProblemCode {
  return type === 'amount' || type === 'balance' ? 'amount_invalid' : type === 'instant' ? 'instant_invalid' : type === 'period' ? 'period_invalid' : 'date_invalid'
}

/** A value in our own form; null when it is not in the sender's. */
function readValue(style: ProfileDescription, { column, words }: Target, raw: string): string | null {
  switch (column.type) {
    case 'amount':
    case 'balance':
      return readStyledAmount(style, raw)
    case 'date':
      return readStyledDay(style.date_style, raw)
    case 'birth':
      return /^\d{4}$/.test(raw) ? raw : readStyledDay(style.date_style, raw)
    case 'instant':
      return readStyledInstant(style.date_style, raw)
    case 'period':
      return style.period_style === undefined ? raw : readStyledPeriod(style.period_style, raw)
    default:
      return words.get(foldWord(raw)) ?? raw
  }
}

const groupings = new Map<string, { readonly group: string; readonly point: string }>([
  ['1.234.567,00', { group: '.', point: ',' }],
  ['1,234,567.00', { group: ',', point: '.' }],
  ['1 234 567,00', { group: ' ', point: ',' }],
  ["1'234'567.00", { group: "'", point: '.' }],
])

function readStyledAmount({ amount_style: name, amount_units: units }: ProfileDescription, raw: string): string | null {
  let digits = raw.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')
  for (const unit of units) {
    if (digits.toLowerCase().endsWith(unit.toLowerCase())) digits = digits.slice(0, -unit.length).trimEnd()
    else if (digits.toLowerCase().startsWith(unit.toLowerCase())) digits = digits.slice(unit.length).trimStart()
    else continue
    break
  }
  const style = groupings.get(name)
  // Plain digits are read, and refused, where they are read without a profile.
  if (style === undefined) return digits
  const parts = /^(-?)(\d+|\d{1,3}(?:[., '’]\d{3})+)(?:([.,])(\d{1,2}))?$/.exec(digits.replaceAll('’', "'"))
  if (parts === null) return null
  const [, sign = '', whole = '', point, fraction] = parts
  if (/\D/.test(whole.replaceAll(style.group, '')) || (point !== undefined && point !== style.point)) return null
  return `${sign}${whole.replaceAll(style.group, '')}${fraction === undefined ? '' : `.${fraction.padEnd(2, '0')}`}`
}

function readStyledDay(style: (typeof dateStyles)[number] | undefined, raw: string): string | null {
  // A workbook's own dates come as YYYY-MM-DD whatever the sender types elsewhere, and nobody means anything else by it.
  if (style === undefined || parseDay(raw) === raw) return raw
  const parts = partsOf(style, raw)
  return parts === null ? null : parseDay(`${parts.year}-${parts.month}-${parts.day}`)
}

function readStyledInstant(style: (typeof dateStyles)[number] | undefined, raw: string): string | null {
  if (style === undefined) return raw
  const [day = '', time] = raw.split(/[T ](.*)/s)
  const read = readStyledDay(style, day)
  return read === null ? null : time === undefined ? read : `${read}T${time}`
}

function readStyledPeriod(style: (typeof periodStyles)[number], raw: string): string | null {
  if (parseBenefitPeriod(raw) === raw) return raw
  const parts = partsOf(style, raw)
  return parts === null ? null : `${parts.year}-${parts.month}`
}

const patterns = new Map<string, RegExp>()

function partsOf(style: string, raw: string): { readonly year: string; readonly month: string; readonly day: string } | null {
  let pattern = patterns.get(style)
  if (pattern === undefined) {
    const source = style.replaceAll('.', '\\.').replace('YYYY', '(?<year>\\d{4})').replace('MM', '(?<month>\\d{2})').replace('DD', '(?<day>\\d{2})').replace(/\bM\b/, '(?<month>\\d{1,2})').replace(/\bD\b/, '(?<day>\\d{1,2})')
    pattern = new RegExp(`^${source}$`)
    patterns.set(style, pattern)
  }
  const groups = pattern.exec(raw)?.groups
  if (groups === undefined) return null
  return { year: groups['year'] ?? '', month: (groups['month'] ?? '').padStart(2, '0'), day: (groups['day'] ?? '').padStart(2, '0') }
}

const statusesWithReason = ['RJCT', 'RTRN', 'NCOL']

/** Fills return_reason_code from the reason text; a text that the table does not know is a problem where a reason is due. */
function addReason({ reasons }: Profile, { statusField, reasonField, codeField }: ProfileLayout, cells: string[], problems: ProfileProblem[]): void {
  const raw = (cells[reasonField] ?? '').trim()
  if (codeField < 0 || raw === '' || cells[codeField] !== '') return
  const code = reasons.get(foldWord(raw)) ?? ''
  if (code === '' && statusesWithReason.includes(cells[statusField] ?? '')) problems.push({ field: reasonField, code: 'reason_unknown', raw })
  cells[codeField] = code
}
