/**
 * The scenario language of sql/findings: a small world in a few lines, and what must be found in it.
 *
 *     list A 2026-10 500000 [column=value …]      person A is due 500,000 for October, on account A, due on the 10th
 *     pay A 2026-10 450000 credited 2026-10-09    a payment, its status, and the day of that status (- for none; A or the month may be - too)
 *     account A 1000000001 closed                 what the bank says of an account (A none: no account at all)
 *     mandate A G 2026-01-01 2026-12-31           G may receive for A between these days
 *     register A dead death_date=2026-09-15
 *     withdrawal E1 2026-10-12 2026-10-31         first withdrawal of the payment E1 (- for none yet), and the day the bank reports through
 *     scheme BTXH exclusive_set=one               reference rows: a scheme, the rate of one, the coefficient of a category,
 *     rate BTXH 540000 applies_from=2026-07-01    a unit and what it went into, a file that a source owes by a day of each month,
 *     category BTXH X 1.5                         a reason code
 *     unit 00001 parent_code=01
 *     successor 00001 00002
 *     expect BANK-A disbursement 20
 *     start BTXH 2026-09                          the first month that is reconciled (unit_code=… : there only)
 *     reason STORM person_caused=no
 *     sent disbursement source=BANK-A             how the file of that kind was handed in: source, received, control_sum, control_count, is_refused
 *     as of 2026-10-31
 *     finds paid_short A 50000                    code, subject (person, payment E1, E2 … or account), amount at stake; or: finds nothing
 *
 * Unless said otherwise every listed person holds the active account that the list names, and payments carry references E1, E2, … .
 */
import type { Kind, ModelFile, Row } from '../model/types.ts'

/** How a file is handed in, where that matters. */
export interface Sending {
  readonly source?: string
  /** The day on which it is received, `YYYY-MM-DD`. */
  readonly received?: string
  readonly control_sum?: string
  readonly control_count?: string
  /** `yes`: it must be refused. */
  readonly is_refused?: string
}

/** One file of a scenario: the rows of a kind. */
export interface ScenarioFile {
  readonly kind: string
  readonly rows: Row[]
  readonly sending: Sending
}

/** A scenario as files, the day to look at, and the one finding expected (null: none of that code). */
export interface Scenario {
  readonly files: ScenarioFile[]
  readonly asOf: string
  readonly expected: { readonly code: string; readonly subject: string; readonly amount: string } | null
}

const agent = '970436'
// Reference rows come before the facts that need them.
const kinds = [
  'scheme', 'standard_rate', 'category', 'administrative_unit', 'unit_succession', 'reason_code', 'source_expectation', 'coverage_start',
  'beneficiary_list', 'account_opening', 'disbursement', 'mandate', 'population_register', 'withdrawal',
] as const
type Rows = Record<(typeof kinds)[number], Row[]>
type Given = Record<string, string>

/** Reads a scenario. @throws Error naming the line that cannot be read */
export function readScenario(lines: readonly string[]): Scenario {
  const rows = Object.fromEntries(kinds.map((kind) => [kind, [] as Row[]])) as Rows
  const sendings = new Map<string, Sending>()
  const spokenOf = new Set<string>()
  let asOf = ''
  let expected: Scenario['expected'] | undefined
  for (const line of lines) {
    const words = line.split(/\s+/)
    const given: Given = Object.fromEntries(words.filter((word) => word.includes('=')).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]))
    const [verb = '', ...rest] = words.filter((word) => !word.includes('='))
    const [first = '', second = '', third = ''] = rest
    if (verb === 'as') asOf = second
    else if (verb === 'finds') expected = first === 'nothing' ? null : { code: first, subject: /^[A-Z]$/.test(second) ? personId(second) : /^E\d+$/.test(second) ? `${agent}|${second}` : second, amount: third }
    else if (verb === 'sent') sendings.set(first, given)
    else if (!addFact(rows, spokenOf, verb, rest, given) && !addReference(rows, verb, rest, given)) throw new Error(`a scenario line cannot be read: ${line}`)
  }
  if (asOf === '' || expected === undefined) throw new Error('a scenario ends with "as of" and "finds"')
  const listed = new Map(rows.beneficiary_list.map((row) => [row['beneficiary_id'] ?? '', row['creditor_account'] ?? '']))
  for (const [id, account] of listed) {
    const letter = letterOf(id)
    if (!spokenOf.has(letter) && account === accountOf(letter)) rows.account_opening.push({ creditor_agent: agent, account_number: account, holder_id: id, holder_name: `Người ${letter}`, opened_date: '2025-01-01', account_status: 'active' })
  }
  return { files: kinds.filter((kind) => rows[kind].length > 0).map((kind) => ({ kind, rows: rows[kind], sending: sendings.get(kind) ?? {} })), asOf, expected }
}

function addFact(rows: Rows, spokenOf: Set<string>, verb: string, rest: readonly string[], given: Given): boolean {
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = rest
  if (verb === 'list') {
    rows.beneficiary_list.push({ scheme: 'BTXH', benefit_period: second, beneficiary_id: personId(first), beneficiary_name: `Người ${first}`, unit_code: '00001', due_amount: third, due_date: `${second}-10`, creditor_agent: agent, creditor_account: accountOf(first), ...given })
  } else if (verb === 'pay') {
    rows.disbursement.push({ end_to_end_id: `E${rows.disbursement.length + 1}`, scheme: 'BTXH', benefit_period: blank(second), beneficiary_id: first === '-' ? '' : personId(first), creditor_agent: agent, creditor_account: accountOf(first), instructed_amount: third,
      transaction_status: { pending: 'ACSP', credited: 'ACSC', rejected: 'RJCT', returned: 'RTRN', not_collected: 'NCOL' }[fourth] ?? fourth, ...(fourth === 'credited' ? { credited_at: fifth } : fourth === 'returned' ? { returned_at: fifth } : {}), ...given })
  } else if (verb === 'account') {
    spokenOf.add(first)
    if (second !== 'none') rows.account_opening.push({ creditor_agent: agent, account_number: second, holder_id: personId(first), holder_name: `Người ${first}`, opened_date: '2025-01-01', account_status: third, ...given })
  } else if (verb === 'mandate') {
    rows.mandate.push({ beneficiary_id: personId(first), payee_id: personId(second), payee_name: `Người ${second}`, relation: 'guardian', valid_from: third, valid_to: fourth, ...given })
  } else if (verb === 'register') {
    rows.population_register.push({ person_id: personId(first), name: `Người ${first}`, vital_status: second, verified_date: '2026-09-30', ...given })
  } else if (verb === 'withdrawal') {
    const account = rows.disbursement.find((row) => row['end_to_end_id'] === first)?.['creditor_account'] ?? ''
    rows.withdrawal.push({ creditor_agent: agent, account_number: account, end_to_end_id: first, first_withdrawal_at: blank(second), reported_through_date: third, ...given })
  } else return false
  return true
}

function addReference(rows: Rows, verb: string, [first = '', second = '', third = '']: readonly string[], given: Given): boolean {
  if (verb === 'scheme') rows.scheme.push({ scheme: first, due_day: '20', ...given })
  else if (verb === 'rate') rows.standard_rate.push({ scheme: first, amount: second, ...given })
  else if (verb === 'category') rows.category.push({ scheme: first, category_code: second, coefficient: third, ...given })
  else if (verb === 'unit') rows.administrative_unit.push({ unit_code: first, name: `Xã ${first}`, valid_from: '2020-01-01', ...given })
  else if (verb === 'successor') rows.unit_succession.push({ old_code: first, new_code: second, effective_date: '2025-07-01', ...given })
  else if (verb === 'reason') rows.reason_code.push({ code: first, ...given })
  else if (verb === 'start') rows.coverage_start.push({ scheme: first, start_period: second, ...given })
  else if (verb === 'expect') rows.source_expectation.push({ source: first, kind: second, deadline_day: third, ...given })
  else return false
  return true
}

/** The files of a scenario in the reference model's words; how they were handed in is nothing to it. */
export function filesForModel(files: readonly ScenarioFile[]): ModelFile[] {
  return files.map(({ kind, rows }) => ({ kind: kind as Kind, rows }))
}

const blank = (word: string): string => (word === '-' ? '' : word)
const place = (letter: string): number => letter.charCodeAt(0) - 64
const personId = (letter: string): string => `001087${String(place(letter)).padStart(6, '0')}`
const letterOf = (id: string): string => String.fromCharCode(parseInt(id.slice(6), 10) + 64)
const accountOf = (letter: string): string => (letter === '-' ? '' : `1${String(place(letter)).padStart(9, '0')}`)
