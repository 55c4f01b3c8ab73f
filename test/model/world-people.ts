/** The people of a world: their ids, accounts, mandates and register entries. */
import type { Row } from './types.ts'
import { dayOf, dayText, lastDayOfMonth } from './values.ts'
import type { Person, WorldPlan } from './world-plans.ts'

export const AGENTS = ['970436', '970415'] as const
export const PAYEE = { id: '001170000099', agent: AGENTS[1], account: '209900000001' }
export const STRANGER = { id: 'HTX0001', agent: AGENTS[0], account: '309900000001' }

const nationalId = (index: number): string => `00108500000${index + 1}`
const formerId = (index: number): string => `16200000${index + 1}`

/** The id on the list; the bank uses the other one where the two differ. */
export const listId = (index: number, person: Person): string =>
  person.register === 'list_has_former_id' ? formerId(index) : nationalId(index)

export function bankId(index: number, person: Person): string {
  if (person.register === 'bank_has_former_id') return formerId(index)
  if (person.register === 'former_id_of_first') return formerId(0)
  return nationalId(index)
}

export const ownAccount = (index: number): { agent: string; account: string } => ({
  agent: AGENTS[index % 2] ?? AGENTS[0],
  account: `10200000000${index + 1}`,
})

/** A second account in the person's own name, closed. */
export const closedAccount = (index: number): { agent: string; account: string } => ({ agent: AGENTS[1], account: `10500000000${index + 1}` })

/** The account that the list names, where it names one, and the payer uses. */
export function expectedAccount(index: number, person: Person): { agent: string; account: string } | undefined {
  switch (person.account) {
    case 'own':
    case 'former_holder':
    case 'own_not_listed':
      return ownAccount(index)
    case 'household':
      return ownAccount(0)
    case 'payee':
    case 'payee_not_listed':
      return PAYEE
    case 'stranger':
      return STRANGER
    case 'none':
      return undefined
  }
}

/** Two reports of one day, so that a later one has something to change. */
export function accountReports(plan: WorldPlan): { early: Row[]; late: Row[] } {
  const opened = { opened_date: '2025-01-15' }
  const firstDay = dayOf(`${plan.start}-02`)
  const early: Row[] = []
  const late: Row[] = []
  plan.persons.forEach((person, index) => {
    const isOwn = ['own', 'own_not_listed', 'former_holder'].includes(person.account) || (index === 0 && person.account !== 'none')
    if (!isOwn || !person.isReported) return
    const { agent, account } = ownAccount(index)
    const holder = person.account === 'former_holder' ? formerId(index) : nationalId(index)
    const row = { creditor_agent: agent, account_number: account, holder_id: holder, holder_name: `Người ${index}`, ...opened }
    early.push({ ...row, account_status: person.status, reported_date: dayText(firstDay) })
    if (person.sameDayStatus) early.push({ ...row, account_status: person.sameDayStatus, reported_date: dayText(firstDay) })
    if (person.laterStatus) late.push({ ...row, account_status: person.laterStatus, reported_date: dayText(firstDay + 35) })
  })
  plan.persons.forEach((person, index) => {
    const { agent, account } = closedAccount(index)
    const row = { creditor_agent: agent, account_number: account, holder_id: listId(index, person), holder_name: `Người ${index}`, ...opened }
    early.push({ ...row, account_status: 'closed' })
  })
  for (const other of [PAYEE, STRANGER]) {
    early.push({
      creditor_agent: other.agent, account_number: other.account, holder_id: other.id, holder_name: 'Người nhận', ...opened,
      account_status: 'active', reported_date: dayText(firstDay),
    })
  }
  return { early, late }
}

export function mandateRows(plan: WorldPlan): Row[] {
  const start = dayOf(`${plan.start}-01`)
  const terms = {
    covers: { valid_from: '2025-01-01' },
    expired: { valid_from: '2025-01-01', valid_to: dayText(start + 4) },
    ends_mid: { valid_from: '2025-01-01', valid_to: dayText(start + 19) },
    future: { valid_from: dayText(start + 60) },
  }
  return plan.persons.flatMap((person, index) =>
    !person.account.startsWith('payee') || person.mandate === 'none'
      ? []
      : [{ beneficiary_id: listId(index, person), payee_id: PAYEE.id, payee_name: 'Người nhận', relation: 'authorised', ...terms[person.mandate] }],
  )
}

/** Two files: the second may correct a death. */
export function registerRows(plan: WorldPlan): { early: Row[]; late: Row[] } {
  const start = dayOf(`${plan.start}-01`)
  const early: Row[] = []
  const late: Row[] = []
  plan.persons.forEach((person, index) => {
    const row = { person_id: nationalId(index), name: `Người ${index}`, vital_status: 'alive', verified_date: dayText(start + 3) }
    const died = lastDayOfMonth(plan.start) - 31 + person.death * 12
    switch (person.register) {
      case 'none':
        return
      case 'alive':
        early.push(row)
        return
      case 'bank_has_former_id':
      case 'list_has_former_id':
        early.push({ ...row, previous_id: formerId(index) })
        return
      case 'former_id_dead':
        early.push({ ...row, previous_id: formerId(index) }, { ...row, person_id: formerId(index), vital_status: 'dead', death_date: dayText(died) })
        return
      case 'former_id_of_first':
        early.push({ ...row, previous_id: formerId(0) })
        return
      case 'dead':
        early.push({ ...row, vital_status: 'dead', death_date: dayText(died), verified_date: dayText(died + 10) })
        return
      case 'dead_undated':
        early.push({ ...row, vital_status: 'dead', verified_date: dayText(died) })
        return
      case 'corrected_to_alive':
        early.push({ ...row, vital_status: 'dead', death_date: dayText(start) })
        late.push({ ...row, verified_date: dayText(start + 30) })
        return
      case 'corrected_same_day':
        early.push({ ...row, vital_status: 'dead', death_date: dayText(start) })
        late.push(row)
        return
      case 'missing':
        early.push({ ...row, vital_status: 'missing' })
    }
  })
  return { early, late }
}
