/**
 * The scenario language of sql/findings: a small world in a few lines, and what must be found in it.
 *
 *     list A 2026-10 500000 [column=value …]      person A is due 500,000 for October, on account A, due on the 10th
 *     pay A 2026-10 450000 credited 2026-10-09    a payment, its status, and the day of that status (- for none; A or the month may be - too)
 *     account A 1000000001 closed                 what the bank says of an account (A none: no account at all)
 *     mandate A G 2026-01-01 2026-12-31           G may receive for A between these days
 *     register A dead death_date=2026-09-15
 *     as of 2026-10-31
 *     finds paid_short A 50000                    code, subject (person, payment E1, E2 … or account), amount at stake; or: finds nothing
 *
 * Unless said otherwise every listed person holds the active account that the list names, and payments carry references E1, E2, … .
 */
import type { Kind, ModelFile, Row } from '../model/types.ts'

/** A scenario as files, the day to look at, and the one finding expected (null: none of that code). */
export interface Scenario {
  readonly files: ModelFile[]
  readonly asOf: string
  readonly expected: { readonly code: string; readonly subject: string; readonly amount: string } | null
}

const agent = '970436'

/** Reads a scenario. @throws Error naming the line that cannot be read */
export function readScenario(lines: readonly string[]): Scenario {
  const rows: Record<'beneficiary_list' | 'account_opening' | 'disbursement' | 'mandate' | 'population_register', Row[]> = {
    beneficiary_list: [], account_opening: [], disbursement: [], mandate: [], population_register: [],
  }
  const spokenOf = new Set<string>()
  let asOf = ''
  let expected: Scenario['expected'] | undefined
  for (const line of lines) {
    const words = line.split(/\s+/)
    const given = Object.fromEntries(words.filter((word) => word.includes('=')).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]))
    const [verb = '', ...rest] = words.filter((word) => !word.includes('='))
    const [first = '', second = '', third = '', fourth = ''] = rest
    if (verb === 'list') {
      rows.beneficiary_list.push({ scheme: 'BTXH', benefit_period: second, beneficiary_id: personId(first), beneficiary_name: `Người ${first}`, unit_code: '00001', due_amount: third, due_date: `${second}-10`, creditor_agent: agent, creditor_account: accountOf(first), ...given })
    } else if (verb === 'pay') {
      const [status = '', day = ''] = rest.slice(3)
      rows.disbursement.push({ end_to_end_id: `E${rows.disbursement.length + 1}`, scheme: 'BTXH', benefit_period: blank(second), beneficiary_id: first === '-' ? '' : personId(first), creditor_agent: agent, creditor_account: accountOf(first), instructed_amount: third,
        transaction_status: { pending: 'ACSP', credited: 'ACSC', rejected: 'RJCT', returned: 'RTRN', not_collected: 'NCOL' }[status] ?? status, ...(status === 'credited' ? { credited_at: day } : status === 'returned' ? { returned_at: day } : {}), ...given })
    } else if (verb === 'account') {
      spokenOf.add(first)
      if (second !== 'none') rows.account_opening.push({ creditor_agent: agent, account_number: second, holder_id: personId(first), holder_name: `Người ${first}`, opened_date: '2025-01-01', account_status: third, ...given })
    } else if (verb === 'mandate') {
      rows.mandate.push({ beneficiary_id: personId(first), payee_id: personId(second), payee_name: `Người ${second}`, relation: 'guardian', valid_from: third, valid_to: fourth, ...given })
    } else if (verb === 'register') {
      rows.population_register.push({ person_id: personId(first), name: `Người ${first}`, vital_status: second, verified_date: '2026-09-30', ...given })
    } else if (verb === 'as') {
      asOf = second
    } else if (verb === 'finds') {
      expected = first === 'nothing' ? null : { code: first, subject: /^[A-Z]$/.test(second) ? personId(second) : /^E\d+$/.test(second) ? `${agent}|${second}` : second, amount: third }
    } else throw new Error(`a scenario line cannot be read: ${line}`)
  }
  if (asOf === '' || expected === undefined) throw new Error('a scenario ends with "as of" and "finds"')
  const listed = new Map(rows.beneficiary_list.map((row) => [row['beneficiary_id'] ?? '', row['creditor_account'] ?? '']))
  for (const [id, account] of listed) {
    const letter = letterOf(id)
    if (!spokenOf.has(letter) && account === accountOf(letter)) rows.account_opening.push({ creditor_agent: agent, account_number: account, holder_id: id, holder_name: `Người ${letter}`, opened_date: '2025-01-01', account_status: 'active' })
  }
  return { files: Object.entries(rows).filter(([, kept]) => kept.length > 0).map(([kind, kept]) => ({ kind: kind as Kind, rows: kept })), asOf, expected }
}

const blank = (word: string): string => (word === '-' ? '' : word)
const place = (letter: string): number => letter.charCodeAt(0) - 64
const personId = (letter: string): string => `001087${String(place(letter)).padStart(6, '0')}`
const letterOf = (id: string): string => String.fromCharCode(parseInt(id.slice(6), 10) + 64)
const accountOf = (letter: string): string => (letter === '-' ? '' : `1${String(place(letter)).padStart(9, '0')}`)
