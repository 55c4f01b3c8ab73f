/** The people of a world: their ids, accounts, mandates and register entries. */
import type { Row } from './types.ts'
import { type Day, dayOf, dayText, lastDayOfMonth } from './values.ts'
import type { Person, WorldPlan } from './world-plans.ts'

export const AGENTS = ['970436', '970415'] as const
export const PAYEE = { id: '001170000099', agent: AGENTS[1], account: '209900000001' }
export const STRANGER = { id: 'HTX0001', agent: AGENTS[0], account: '309900000001' }

const NUMBERS = { usual: '00108500000', unknown_province: '00308500000', female: '00118500000', born_2015: '00121500000', nine_digits: '16300000' }
const nationalId = (index: number, { numbering }: Person): string => `${NUMBERS[numbering]}${index + 1}`
const formerId = (index: number): string => `16200000${index + 1}`

/** The id on the list; the bank uses the other one where the two differ. */
export const listId = (index: number, person: Person): string =>
  person.register === 'list_has_former_id' ? formerId(index) : nationalId(index, person)

export function bankId(index: number, person: Person): string {
  if (person.register === 'bank_has_former_id') return formerId(index)
  if (person.register === 'former_id_of_first') return formerId(0)
  return nationalId(index, person)
}

// Names, birth dates and units of two persons are either alike in all three, as spelling goes, or far from it (nothing to be weighed up).
const NAMES = ['Đỗ Thị Hoà', 'Nguyễn Văn Bưởi', 'Trần Quốc Cường', 'Phạm Mỹ Duyên', 'Lương Kim Ngân', 'Vũ Gia Khánh']
const FIRST_AGAIN = ['Đỗ Thị Hoà', 'Ðỗ Thị Hòa', 'ĐỖ  THỊ HÒA', 'Đỗ Thị Hoà'.normalize('NFD'), 'đỗ thị hòa', 'Đỗ Thị Hoà']

/** Somebody who stands on the lists under two numbers: always with one name, birth date and unit. */
export const isOneOfTwo = ({ persons }: WorldPlan, index: number): boolean =>
  index > 0 ? persons[index]?.isFirstAgain === true : persons.slice(1).some(({ isFirstAgain }) => isFirstAgain)

/** What a list says of a person beside the money. */
export function identityOf(plan: WorldPlan, index: number, person: Person): Row {
  const first = plan.persons[0]
  const isTwice = index > 0 && person.isFirstAgain
  const like = isTwice && first ? first : person
  // Whoever is on the list twice has a whole birth date there.
  const birth = isOneOfTwo(plan, index) && (like.birth === 'none' || like.birth === 'year_alone') ? 'fits' : like.birth
  const dayAndMonth = `-0${isTwice ? 1 : index + 1}-1${isTwice ? 1 : index + 1}`
  const births = { none: '', fits: `1985${dayAndMonth}`, year_alone: '1985', other_year: `1958${dayAndMonth}`, other_century: `2015${dayAndMonth}` }
  return {
    beneficiary_name: (isTwice ? FIRST_AGAIN : NAMES)[index] ?? `Người ${index}`,
    unit_code: `2673${like.unit}`,
    ...(birth === 'none' ? {} : { birth_date: births[birth] }),
    ...(person.sex === '' ? {} : { sex: person.sex }),
    ...(person.needs === '' ? {} : { needs: person.needs }),
    ...(person.village === '' ? {} : { village: person.village }),
  }
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
  /** Long before any payment, or while they come. */
  const activatedOn = ({ activation, hasCard }: Person): Row => ({ ...(activation === 'none' ? {} : { activated_date: dayText(firstDay + Number.parseInt(activation, 10)) }), ...(hasCard ? { card_issued_date: dayText(firstDay - 20) } : {}) })
  plan.persons.forEach((person, index) => {
    const isOwn = ['own', 'own_not_listed', 'former_holder'].includes(person.account) || (index === 0 && person.account !== 'none')
    if (!isOwn || !person.isReported) return
    const { agent, account } = ownAccount(index)
    const holder = person.account === 'former_holder' ? formerId(index) : nationalId(index, person)
    const row = { creditor_agent: agent, account_number: account, holder_id: holder, holder_name: `Người ${index}`, ...opened }
    early.push({ ...row, account_status: person.status, reported_date: dayText(firstDay), ...closedOn(person.status, firstDay - 1), ...activatedOn(person) })
    if (person.sameDayStatus) early.push({ ...row, account_status: person.sameDayStatus, reported_date: dayText(firstDay) })
    if (person.laterStatus) late.push({ ...row, account_status: person.laterStatus, reported_date: dayText(firstDay + 35), ...closedOn(person.laterStatus, firstDay + 33), ...(person.isToldAgain ? activatedOn(person) : {}) })
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

const closedOn = (status: string, day: Day): Row => (status === 'closed' ? { closed_date: dayText(day) } : {})

/** `asOf`: the day that will be looked at. */
export function mandateRows(plan: WorldPlan, asOf: Day): Row[] {
  const start = dayOf(`${plan.start}-01`)
  const since = { valid_from: '2025-01-01' }
  return plan.persons.flatMap((person, index) => {
    const soon = { ...since, valid_to: dayText(asOf + ([0, 30, 31, 12][person.death] ?? 0)) }
    const terms: Record<Person['mandate'], Row[]> = {
      none: [],
      covers: [since],
      expired: [{ ...since, valid_to: dayText(start + 4) }],
      ends_mid: [{ ...since, valid_to: dayText(start + 19) }],
      future: [{ valid_from: dayText(start + 60) }],
      ends_soon: [soon],
      renewed: [soon, { valid_from: dayText(asOf), ...(person.unit === 0 ? {} : { valid_to: dayText(asOf + 20) }) }],
    }
    const row = { beneficiary_id: listId(index, person), payee_id: PAYEE.id, payee_name: 'Người nhận', relation: 'authorised' }
    return person.account.startsWith('payee') ? terms[person.mandate].map((term) => ({ ...row, ...term })) : []
  })
}

/** Two files: the second may correct a death. */
export function registerRows(plan: WorldPlan): { early: Row[]; late: Row[] } {
  const start = dayOf(`${plan.start}-01`)
  const early: Row[] = []
  const late: Row[] = []
  plan.persons.forEach((person, index) => {
    const entered = start + person.registerAge
    const row: Row = { person_id: nationalId(index, person), name: `Người ${index}`, vital_status: 'alive', verified_date: dayText(entered), ...(person.registerUnit ? { unit_code: `2673${person.unit}` } : {}) }
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
        late.push({ ...row, verified_date: dayText(entered + 30) })
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
