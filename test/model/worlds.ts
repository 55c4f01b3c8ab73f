/** Small worlds for properties: a plan drawn by fast-check becomes clean files of every fact kind, with trouble planted. */
import type fc from 'fast-check'
import type { ModelFile, Row } from './types.ts'
import { type Day, dayOf, dayText, nextPeriod } from './values.ts'
import { type ListRow, filesOf } from './world-files.ts'
import { type Report, reportsOf } from './world-payments.ts'
import { bankId, closedAccount, expectedAccount, identityOf, isOneOfTwo, listId, ownAccount } from './world-people.ts'
import { type Month, type Person, type Story, type Stray, type WorldPlan, worldPlans } from './world-plans.ts'
import { amountOf, raiseOf, sharesOf } from './world-rules.ts'
import { withdrawalsOf } from './world-withdrawals.ts'

/** `files` in order of arrival, reference kinds first; a voided file is to be voided before the next one arrives. */
export type World = { files: ModelFile[]; asOf: string }

/** 2–6 persons, 1–3 schemes a person may meet, 1–4 months, every kind of file, every class, rule and finding (counted in model.test.ts). */
export const worlds: fc.Arbitrary<World> = worldPlans.map(buildWorld)

type Due = { index: number; scheme: string; period: string; amount: bigint; isActive: boolean }

export function buildWorld(plan: WorldPlan): World {
  const periods: string[] = [plan.start]
  while (periods.length < plan.months) periods.push(nextPeriod(periods.at(-1) ?? plan.start))
  const listRows: ListRow[] = []
  const reports: Report[] = []
  const withdrawals: Report[] = []
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
        const afterThat = at + 2 < periods.length ? months[at + 2] : undefined
        const other = (index + 1) % plan.persons.length
        const dueDay = dayOf(`${period}-01`) + (scheme === 'BHXH' ? 9 : 19) + (month.dueShift === 99 ? 0 : month.dueShift)
        listRows.push(...listRowsOf({ plan, index, person, scheme, period, month, first: periods[0], before: periods[at - 1], monthBefore: before, currency, dueDay }))
        dues.push({ index, scheme, period, amount: amountOf(plan, month), isActive: !['suspended', 'stopped'].includes(month.extra) })
        const ofMonth = reportsOf({
          plan: month, scheme, period, currency, dueDay, nextReference,
          story: storyOf(month, before, months[at - 2], after, isFetchedByHousehold(plan, index, person, at)),
          beneficiary: bankId(index, person),
          otherBeneficiary: listId(other, plan.persons[other] ?? person),
          place: expectedAccount(index, person),
          channel: person.channel,
          amount: amountOf(plan, month) + (month.extra === 'second_category' ? 100n : 0n),
          amountBefore: before ? amountOf(plan, before) : 0n,
          amountAfter: after ? amountOf(plan, after) : 0n,
          amountAfterThat: afterThat ? amountOf(plan, afterThat) : 0n,
        })
        reports.push(...ofMonth)
        withdrawals.push(...withdrawalsOf(month, ofMonth))
      })
    }
  })
  for (const stray of plan.strays) reports.push(...strayReports(stray, plan, periods, dues, listRows, nextReference))
  const asOfPeriod = periods[plan.asOfMonth] ?? periods.at(-1) ?? plan.start
  const asOf = dayOf(`${asOfPeriod}-20`) + plan.asOfDay
  return { files: filesOf(plan, periods, asOf, { listRows, reports, withdrawals }), asOf: dayText(asOf) }
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
  plan: WorldPlan
  index: number
  person: Person
  scheme: string
  period: string
  month: Month
  first: string | undefined
  before: string | undefined
  monthBefore: Month | undefined
  currency: string
  dueDay: Day
}

function listRowsOf({ plan, index, person, scheme, period, month, first, before, monthBefore, currency, dueDay }: Listing): ListRow[] {
  const amount = amountOf(plan, month)
  const place = person.account.endsWith('_not_listed') ? undefined : expectedAccount(index, person)
  const row: Row = {
    scheme,
    benefit_period: period,
    beneficiary_id: listId(index, person),
    ...identityOf(plan, index, person),
    category_code: '1',
    ...(month.statesQuantity ? { quantity: sharesOf(month) } : {}),
    due_amount: String(amount),
    ...(currency === 'VND' ? {} : { currency }),
    ...(month.dueShift === 99 ? {} : { due_date: dayText(dueDay) }),
    ...(person.channel === 'account' ? {} : { payment_channel: person.channel }),
    ...(place ? { creditor_account: place.account } : {}),
    ...(place && person.statesAgent ? { creditor_agent: place.agent } : {}),
  }
  const here = (...rows: Row[]): ListRow[] => rows.map((one) => ({ row: one, list: month.list }))
  const elsewhere = (one: Row): ListRow => ({ row: one, list: (month.list + 1) % 3 })
  const otherAmount = String(amount + 100n)
  const isElsewhereToo = ['two_units', 'moved_unit', 'double_beside_stopped_unit'].includes(month.extra)
  switch (isElsewhereToo && isOneOfTwo(plan, index) ? 'none' : month.extra) {
    case 'none':
      return here(row)
    case 'second_category':
      return here(row, { ...row, category_code: '2', quantity: '1', due_amount: '100' })
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
    case 'carer':
      return here(row, { ...row, component: 'carer', quantity: '1', due_amount: '100' })
    case 'funeral':
      return here({ ...row, component: 'funeral' })
    case 'carried_over':
    case 'carried_over_suspended':
    case 'carried_over_from_first': {
      if (before === undefined || !monthBefore || first === undefined) return here(row)
      const origin = month.extra === 'carried_over_from_first' ? first : before
      // From here and there half of it, which is what is left of a month that was paid by halves.
      const left = month.file === 2 ? amountOf(plan, monthBefore) / 2n : amountOf(plan, monthBefore)
      const carried = { ...row, component: 'carried_over', origin_period: origin, due_amount: String(left) }
      return here(row, month.extra === 'carried_over_suspended' ? { ...carried, list_status: 'suspended' } : carried)
    }
    case 'arrears': {
      if (before === undefined || !monthBefore) return here(row)
      const amounts = [String(raiseOf(monthBefore)), String(amountOf(plan, monthBefore)), '100']
      return here(row, { ...row, component: 'arrears', origin_period: before, quantity: sharesOf(monthBefore), due_amount: amounts[month.laterFile] ?? '100' })
    }
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
