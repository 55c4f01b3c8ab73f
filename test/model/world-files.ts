/** From the rows of a world to its files: which rows come together, from whom, when, in which order, and what is sent wrongly or again. */
import { isRefused } from './findings-of-files.ts'
import type { Kind, ModelFile, Row } from './types.ts'
import { type Day, dayOf, dayText } from './values.ts'
import type { Report } from './world-payments.ts'
import { accountReports, listId, mandateRows, ownAccount, registerRows } from './world-people.ts'
import type { WorldPlan } from './world-plans.ts'
import { referenceFiles } from './world-rules.ts'
import { bytesOf } from './write-csv.ts'

/** A row of a list, and which of the three lists holds it. */
export type ListRow = { row: Row; list: number }

/** In order of arrival, reference kinds first, each from somebody and on a day. */
export function filesOf(plan: WorldPlan, periods: string[], asOf: Day, { listRows, reports, withdrawals }: { listRows: ListRow[]; reports: Report[]; withdrawals: Report[] }): ModelFile[] {
  const accounts = accountReports(plan)
  const register = registerRows(plan)
  const lists = [0, 1, 2].map((list) => listFile(plan, list, listRows))
  const payments = [0, 1, 2].map((file) => ({ kind: 'disbursement' as const, rows: reports.filter((report) => report.file === file).map(({ row }) => row) }))
  const facts: ModelFile[] = [
    ...lists,
    ...payments,
    { kind: 'account_opening', rows: accounts.early },
    { kind: 'account_opening', rows: accounts.late },
    { kind: 'mandate', rows: mandateRows(plan, asOf) },
    { kind: 'population_register', rows: register.early },
    { kind: 'population_register', rows: register.late },
    ...[0, 1, 2].map((file) => ({ kind: 'withdrawal' as const, rows: withdrawals.filter((report) => report.file === file).map(({ row }) => row) })),
    noiseOfExemptions(plan),
    ...voidedFile(plan, periods, listRows),
  ]
  const arriving = facts
    .filter(({ rows }) => rows.length > 0)
    .map((file, at) => ({ file, key: plan.arrival[at] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ file }) => file)
  const rightly = [...arriving, ...resentFile(plan, lists, payments)]
  const sent = rightly.map((file, at) => ({ ...file, ...(plan.sources[at] ? { source: plan.sources[at] } : {}) }))
  const first = dayOf(`${plan.start}-01`)
  return [...referenceFiles(plan, periods), ...withRefused(plan, sent)].map((file, at) => ({
    ...file,
    receivedOn: dayText(first + plan.gaps.slice(0, at + 1).reduce<number>((days, gap) => days + gap, 0)),
  }))
}

/** Somewhere among the others a payment file that is not what its sender declared, and what became of it. */
function withRefused({ refused, start, gaps }: WorldPlan, files: ModelFile[]): ModelFile[] {
  const row = (reference: string): Row => ({
    end_to_end_id: reference, scheme: 'BTXH', benefit_period: start, beneficiary_id: '079199000077', creditor_agent: '970418', creditor_account: '888800000077',
    instructed_amount: '300', instructed_at: `${start}-20`, transaction_status: 'ACSC', credited_at: `${start}-21`,
  })
  const file: ModelFile = { kind: 'disbursement', name: 'lo-chi.csv', source: 'SO-A', rows: [row('LO-1'), row('LO-2')] }
  const right: ModelFile = { ...file, controlCount: 2, controlSum: '600' }
  const corrected: ModelFile = { ...file, rows: [row('LO-1')] }
  const wrong: ModelFile = { ...file, controlSum: '650' }
  const at = gaps.indexOf(9) % (files.length + 1)
  const among = (one: ModelFile): ModelFile[] => (at < 0 ? [...files, one] : [...files.slice(0, at), one, ...files.slice(at)])
  switch (refused) {
    case 'none':
      return files
    case 'sum':
      return among(wrong)
    case 'count':
      return among({ ...file, controlCount: 3 })
    case 'twice':
      return [...among(wrong), { ...file, controlSum: '550' }]
    case 'then_right':
      return [...among(wrong), right]
    case 'then_corrected':
      return [...among(wrong), corrected]
    case 'corrected_before':
      return [corrected, ...among(wrong)]
  }
}

/** The files that count, each once, with nothing declared about them, so that they may be cut and sent again. */
export function readable(files: readonly ModelFile[]): ModelFile[] {
  const counting = files.filter((file) => file.voided !== true && !isRefused(file))
  return counting
    .filter((file, at) => counting.findIndex((other) => bytesOf(other) === bytesOf(file)) === at)
    .map((file) => Object.fromEntries(Object.entries(file).filter(([key]) => !key.startsWith('control'))) as ModelFile)
}

function listFile(plan: WorldPlan, list: number, listRows: ListRow[]): ModelFile {
  const first = dayOf(`${plan.start}-01`)
  const dates = {
    none: '',
    in_order: dayText(first + list),
    reversed: dayText(first - list),
    first_only: list === 0 ? dayText(first) : '',
    by_months: dayText(first + 40 * list),
    same: dayText(first),
  }
  const date = dates[plan.listDates]
  const rows = listRows.filter((one) => one.list === list).map(({ row }) => (date === '' ? row : { ...row, list_date: date }))
  return { kind: 'beneficiary_list', rows }
}

/** A file that says wild things and is withdrawn: it may leave no trace. */
function voidedFile(plan: WorldPlan, periods: string[], listRows: ListRow[]): ModelFile[] {
  const { agent, account } = ownAccount(0)
  const person = plan.persons[0]
  const id = person ? listId(0, person) : ''
  const wild: Partial<Record<Kind, Row[]>> = {
    disbursement: [{
      end_to_end_id: 'E1', scheme: 'BTXH', benefit_period: periods[0] ?? '', beneficiary_id: id, creditor_agent: agent, creditor_account: account,
      instructed_amount: '100', instructed_at: `${plan.start}-03`, transaction_status: 'ACSC', credited_at: `${plan.start}-03`,
    }],
    beneficiary_list: listRows.map(({ row }) => ({ ...row, list_status: 'stopped', list_date: '2027-12-31' })),
    account_opening: [{
      creditor_agent: agent, account_number: account, holder_id: 'HTX0009', holder_name: 'Khác', opened_date: '2025-01-01', account_status: 'closed',
    }],
    population_register: [{ person_id: id, name: 'Người 0', vital_status: 'dead', death_date: '2025-01-01', verified_date: '2027-01-01' }],
    withdrawal: [{ creditor_agent: agent, account_number: account, end_to_end_id: 'E1', first_withdrawal_at: `${plan.start}-04`, reported_through_date: '2027-01-01' }],
    standard_rate: [{ scheme: 'BTXH', unit_code: '26730', amount: '7', applies_from: '2020-01-01' }],
    mandate: [{ beneficiary_id: id, payee_id: 'HTX0001', payee_name: 'Khác', relation: 'institution', valid_from: '2020-01-01' }],
  }
  if (plan.voided === 'none') return []
  return [{ kind: plan.voided, rows: wild[plan.voided] ?? [], voided: true }]
}

/** Someone sends a file again: the same bytes, or the same lines with one more column. */
function resentFile(plan: WorldPlan, lists: ModelFile[], payments: ModelFile[]): ModelFile[] {
  const file = (plan.resend === 'list_again' ? lists : payments).find(({ rows }) => rows.length > 0)
  if (!file || plan.resend === 'none') return []
  return plan.resend !== 'other_header' ? [file] : [{ ...file, rows: file.rows.map((row) => ({ ...row, creditor_name: 'Gửi lại' })) }]
}

/** Exemptions say nothing about classes or findings. */
function noiseOfExemptions(plan: WorldPlan): ModelFile {
  const rows = plan.persons.slice(0, 1).map((person, index) => ({
    beneficiary_id: listId(index, person), reason_code: 'REMOTE', evidence_reference: 'BB-1', approved_by: 'CT UBND', valid_from: '2026-01-01', valid_to: '2026-12-31',
  }))
  return { kind: 'exemption', rows }
}
