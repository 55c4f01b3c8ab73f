/** Small worlds for properties: a plan drawn by fast-check becomes clean files of every fact kind, with trouble planted. */
import type fc from 'fast-check'
import type { Kind, ModelFile, Row } from './types.ts'
import { type Day, dayOf, dayText, nextPeriod } from './values.ts'
import { accountReports, bankId, closedAccount, expectedAccount, listId, mandateRows, ownAccount, registerRows } from './world-people.ts'
import { type Report, reportsOf } from './world-payments.ts'
import { type Month, type Person, type Story, type Stray, type WorldPlan, worldPlans } from './world-plans.ts'

/** `files` in order of arrival, reference kinds first; a voided file is to be voided before the next one arrives. */
export type World = { files: ModelFile[]; asOf: string }

/** 2–6 persons, 1–3 schemes a person may meet, 1–4 months, every kind of file, every class, rule and finding (counted in worlds.test.ts). */
export const worlds: fc.Arbitrary<World> = worldPlans.map(buildWorld)

type ListRow = { row: Row; list: number }
type Due = { index: number; scheme: string; period: string; amount: bigint; isActive: boolean }

export function buildWorld(plan: WorldPlan): World {
  const periods: string[] = [plan.start]
  while (periods.length < plan.months) periods.push(nextPeriod(periods.at(-1) ?? plan.start))
  const listRows: ListRow[] = []
  const reports: Report[] = []
  const dues: Due[] = []
  let references = 0
  const nextReference = (): string => `E${(references += 1)}`

  plan.persons.forEach((person, index) => {
    const tracks = person.tracks.filter((track, at) => person.tracks.findIndex(({ scheme }) => scheme === track.scheme) === at)
    for (const { scheme, months } of tracks) {
      const currency = scheme === 'TCXH' && plan.dollars ? 'USD' : 'VND'
      periods.forEach((period, at) => {
        const month = months[at]
        if (!month) return
        const before = months[at - 1]
        const after = at + 1 < periods.length ? months[at + 1] : undefined
        const dueDay = dayOf(`${period}-01`) + (scheme === 'BHXH' ? 9 : 19) + (month.dueShift === 99 ? 0 : month.dueShift)
        listRows.push(...listRowsOf({ index, person, scheme, period, month, before: periods[at - 1], beforeAmount: before?.amount, currency, dueDay }))
        dues.push({ index, scheme, period, amount: BigInt(month.amount), isActive: !['suspended', 'stopped'].includes(month.extra) })
        reports.push(
          ...reportsOf({
            plan: month, scheme, period, currency, dueDay, nextReference,
            story: storyOf(month, before, months[at - 2], after, isFetchedByHousehold(plan, index, person, at)),
            beneficiary: bankId(index, person),
            otherBeneficiary: listId((index + 1) % plan.persons.length, person),
            place: expectedAccount(index, person),
            channel: person.channel,
            amount: BigInt(month.amount) + (month.extra === 'second_category' ? 100n : 0n),
            amountBefore: BigInt(before?.amount ?? '0'),
            amountAfter: BigInt(after?.amount ?? '0'),
            amountAfterThat: BigInt(at + 2 < periods.length ? (months[at + 2]?.amount ?? '0') : '0'),
          }),
        )
      })
    }
  })
  for (const stray of plan.strays) reports.push(...strayReports(stray, plan, periods, dues, listRows, nextReference))
  const asOfPeriod = periods[plan.asOfMonth] ?? periods.at(-1) ?? plan.start
  return { files: filesOf(plan, periods, listRows, reports), asOf: dayText(dayOf(`${asOfPeriod}-20`) + plan.asOfDay) }
}

/** What the months around it leave of a month's own story: money for two months is not paid again in the second. */
function storyOf(month: Month, before: Month | undefined, beforeThat: Month | undefined, after: Month | undefined, isFetched: boolean): Story {
  if (before?.story === 'skip_month') return 'paid'
  if (isFetched || beforeThat?.story === 'skip_month' || before?.story === 'two_months' || before?.story === 'exact_after_sum' || after?.story === 'catch_up') return 'nothing'
  if (after?.extra === 'carried_over' && month.file > 0) return 'nothing'
  return month.story
}

/** People of one household account whose month is paid in one sum. */
function isFetchedByHousehold(plan: WorldPlan, index: number, person: Person, at: number): boolean {
  const isMember = person.account === 'household' || index === 0
  return isMember && plan.strays.some((stray) => stray.kind.startsWith('household') && stray.period % plan.months === at)
}

type Listing = {
  index: number
  person: Person
  scheme: string
  period: string
  month: Month
  before: string | undefined
  beforeAmount: string | undefined
  currency: string
  dueDay: Day
}

function listRowsOf({ index, person, scheme, period, month, before, beforeAmount, currency, dueDay }: Listing): ListRow[] {
  const place = person.account.endsWith('_not_listed') ? undefined : expectedAccount(index, person)
  const row: Row = {
    scheme,
    benefit_period: period,
    beneficiary_id: listId(index, person),
    beneficiary_name: `Người ${index}`,
    unit_code: `2673${person.unit}`,
    category_code: '1',
    due_amount: month.amount,
    ...(currency === 'VND' ? {} : { currency }),
    ...(month.dueShift === 99 ? {} : { due_date: dayText(dueDay) }),
    ...(person.channel === 'account' ? {} : { payment_channel: person.channel }),
    ...(place ? { creditor_account: place.account } : {}),
    ...(place && person.statesAgent ? { creditor_agent: place.agent } : {}),
  }
  const here = (...rows: Row[]): ListRow[] => rows.map((one) => ({ row: one, list: month.list }))
  const elsewhere = (one: Row): ListRow => ({ row: one, list: (month.list + 1) % 3 })
  const otherAmount = String(BigInt(month.amount) + 100n)
  switch (month.extra) {
    case 'none':
      return here(row)
    case 'second_category':
      return here(row, { ...row, category_code: '2', due_amount: '100' })
    case 'second_line_elsewhere': {
      const { agent, account } = closedAccount(index)
      const date = dayText(dueDay + (month.file === 0 ? -2 : 2))
      return here(row, { ...row, category_code: '0', due_amount: '100', due_date: date, creditor_agent: agent, creditor_account: account })
    }
    case 'listed_elsewhere':
      return here({ ...row, creditor_account: `60600000000${index + 1}` })
    case 'double_beside_stopped_unit':
      return here(row, { ...row, due_amount: otherAmount }, { ...row, unit_code: '26750', list_status: 'stopped' })
    case 'suspended':
    case 'stopped':
      return here({ ...row, list_status: month.extra })
    case 'double':
      return here(row, { ...row, due_amount: otherAmount })
    case 'same_double':
      return here(row, { ...row })
    case 'double_suspended':
      return here(row, { ...row, list_status: 'suspended' })
    case 'two_units':
      return here(row, { ...row, unit_code: '26750', due_amount: month.file === 0 ? '50' : otherAmount })
    case 'moved_unit':
      return here({ ...row, unit_code: '26750', list_status: 'stopped' }, row)
    case 'restated':
      return [...here(row), elsewhere({ ...row, due_amount: otherAmount })]
    case 'stopped_later':
      return [...here(row), elsewhere({ ...row, list_status: 'stopped' })]
    case 'carried_over':
    case 'carried_over_suspended':
      return before === undefined ? here(row) : here(row, { ...row, ...(month.extra === 'carried_over' ? {} : { list_status: 'suspended' }), component: 'carried_over', origin_period: before, due_amount: beforeAmount ?? month.amount })
    case 'arrears':
      return before === undefined ? here(row) : here(row, { ...row, component: 'arrears', origin_period: before, due_amount: '100' })
  }
}

/** Payments that belong to no single month's story. */
function strayReports(stray: Stray, plan: WorldPlan, periods: string[], dues: Due[], listRows: ListRow[], nextReference: () => string): Report[] {
  const period = periods[stray.period % periods.length] ?? plan.start
  const isHousehold = ({ index }: Due): boolean => index === 0 || plan.persons[index]?.account === 'household'
  const there = dues.filter((due) => isHousehold(due) && due.period === period && due.isActive)
  const scheme = there[0]?.scheme ?? 'BTXH'
  const ofScheme = there.filter((due) => !stray.statesScheme || due.scheme === scheme)
  const total = ofScheme.reduce((sum, { amount }) => sum + amount, 0n)
  const { agent, account } = ownAccount(0)
  const day = dayOf(`${period}-20`)
  const row: Row = {
    end_to_end_id: nextReference(),
    creditor_agent: agent,
    creditor_account: account,
    instructed_at: `${dayText(day)}T08:00:00`,
    ...(stray.isCredited ? { transaction_status: 'ACSC', credited_at: `${dayText(day)}T15:00:00` } : { transaction_status: 'ACSP' }),
    ...(stray.statesScheme ? { scheme } : {}),
    ...(stray.statesPeriod ? { benefit_period: period } : {}),
  }
  const report = (more: Row): Report[] => [{ row: { ...row, instructed_amount: '100', ...more }, file: stray.file }]
  switch (stray.kind) {
    case 'household_sum':
      return report({ instructed_amount: String(total === 0n ? 100n : total) })
    case 'household_one':
      return report({ instructed_amount: String(ofScheme.at(-1)?.amount ?? 100n) })
    case 'household_odd':
      return report({ instructed_amount: '70' })
    case 'unknown_id':
      return report({ beneficiary_id: '079199000001' })
    case 'unknown_account':
      return report({ creditor_account: '888800000001' })
    case 'former_unknown':
      return report({ beneficiary_id: '162000001', scheme, benefit_period: period })
    case 'idle_pair': {
      const line = { scheme: 'BTXH', benefit_period: period, beneficiary_name: 'Đôi', unit_code: '26730', due_amount: '100', creditor_account: '777700000001', list_status: 'suspended' }
      const ids = stray.statesPeriod ? ['079199000011', '079199000012'] : ['079199000011']
      listRows.push(...ids.map((beneficiary_id) => ({ row: { ...line, beneficiary_id }, list: stray.file })))
      return report({ creditor_account: '777700000001', scheme: 'BTXH', benefit_period: period })
    }
    case 'three_to_one': {
      const three = dues.filter((due, at) => due.period === period && due.isActive && dues.findIndex((other) => other.index === due.index && other.period === period) === at).slice(0, 3)
      return three.flatMap((due) => {
        const person = plan.persons[due.index]
        const beneficiary = person ? { beneficiary_id: bankId(due.index, person) } : {}
        return report({ ...beneficiary, scheme: due.scheme, benefit_period: period, creditor_account: '777700000002', end_to_end_id: nextReference() })
      })
    }
    case 'to_suspended': {
      const allIdle = listRows.map((listRow) => listRow.row).filter((one) => one['list_status'])
      const isShared = (one: Row): boolean =>
        allIdle.some((other) => other['beneficiary_id'] !== one['beneficiary_id'] && other['creditor_account'] === one['creditor_account'] && other['benefit_period'] === one['benefit_period'])
      const idle = allIdle.find(isShared) ?? allIdle[0]
      if (!idle) return report({ creditor_account: '888800000002' })
      const place = { creditor_agent: idle['creditor_agent'] ?? agent, creditor_account: idle['creditor_account'] ?? '' }
      return report({
        ...place, scheme: stray.statesScheme ? (idle['scheme'] ?? '') : '', benefit_period: idle['benefit_period'] ?? '',
        ...(stray.file > 0 ? {} : { beneficiary_id: idle['beneficiary_id'] ?? '' }),
      })
    }
  }
}

function filesOf(plan: WorldPlan, periods: string[], listRows: ListRow[], reports: Report[]): ModelFile[] {
  const accounts = accountReports(plan)
  const register = registerRows(plan)
  const lists = [0, 1, 2].map((list) => listFile(plan, list, listRows))
  const payments = [0, 1, 2].map((file) => ({ kind: 'disbursement' as const, rows: reports.filter((report) => report.file === file).map(({ row }) => row) }))
  const facts: ModelFile[] = [
    ...lists,
    ...payments,
    { kind: 'account_opening', rows: accounts.early },
    { kind: 'account_opening', rows: accounts.late },
    { kind: 'mandate', rows: mandateRows(plan) },
    { kind: 'population_register', rows: register.early },
    { kind: 'population_register', rows: register.late },
    noiseOfWithdrawals(plan),
    noiseOfExemptions(plan),
    ...voidedFile(plan, periods, listRows),
  ]
  const arriving = facts
    .filter(({ rows }) => rows.length > 0)
    .map((file, at) => ({ file, key: plan.arrival[at] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ file }) => file)
  return [...referenceFiles(plan, periods), ...arriving, ...resentFile(plan, lists, payments)]
}

function listFile(plan: WorldPlan, list: number, listRows: ListRow[]): ModelFile {
  const first = dayOf(`${plan.start}-01`)
  const dates = {
    none: '',
    in_order: dayText(first + list),
    reversed: dayText(first - list),
    first_only: list === 0 ? dayText(first) : '',
    same: dayText(first),
  }
  const date = dates[plan.listDates]
  const rows = listRows.filter((one) => one.list === list).map(({ row }) => (date === '' ? row : { ...row, list_date: date }))
  return { kind: 'beneficiary_list', rows }
}

function referenceFiles(plan: WorldPlan, periods: string[]): ModelFile[] {
  const scheme: Row = {
    scheme: 'TCXH', name_vi: 'Trợ cấp khác', due_day: plan.dueDayOfTcxh, grace_days: '1', settlement_days: '1', collection_days: '5',
    ...(plan.dollars ? { currency: 'USD' } : {}),
  }
  const grace: Row[] = plan.graceOnBhxh === 0 ? [] : [{ scheme: 'BHXH', due_day: '10', grace_days: '2' }]
  const days = new Map(plan.calendar.map(({ month, day, kind }) => [`${periods[month % periods.length] ?? plan.start}-${day}`, kind]))
  const calendar = [...days].map(([date, kind]) => ({ date, kind, name: 'Ngày thử' }))
  const files: ModelFile[] = [{ kind: 'scheme', rows: [scheme, ...grace] }, { kind: 'calendar', rows: calendar }]
  return files.filter(({ rows }) => rows.length > 0)
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

/** Withdrawals and exemptions say nothing about classes or these findings. */
function noiseOfWithdrawals(plan: WorldPlan): ModelFile {
  const rows = plan.persons.map((_, index) => ({
    creditor_agent: ownAccount(index).agent, account_number: ownAccount(index).account, end_to_end_id: `E${index + 1}`,
    first_withdrawal_at: `${plan.start}-25T10:00:00`, withdrawal_channel: 'atm', withdrawn_amount: '50', reported_through_date: `${plan.start}-28`,
  }))
  return { kind: 'withdrawal', rows }
}

function noiseOfExemptions(plan: WorldPlan): ModelFile {
  const rows = plan.persons.slice(0, 1).map((person, index) => ({
    beneficiary_id: listId(index, person), reason_code: 'REMOTE', evidence_reference: 'BB-1', approved_by: 'CT UBND', valid_from: '2026-01-01', valid_to: '2026-12-31',
  }))
  return { kind: 'exemption', rows }
}
