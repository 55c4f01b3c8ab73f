/** Who holds which account, who may receive for whom, which ids are one person, who has died (D9, D14). */
import { standingStatement } from './lists.ts'
import type { ModelFile, Row } from './types.ts'
import { type Day, dayOf, groupBy, monthOf, sortBy } from './values.ts'

export type Account = { agent: string; account: string; holder: string; status: string; closed: Day | null; activated: Day | null; hasCard: boolean }
export type Term = { from: Day; to: Day }

export type People = {
  /** Accounts as reported by D. */
  accounts: Account[]
  accountAt: (agent: string, account: string) => Account | undefined
  /** The former and later ids of an id, without itself. */
  otherIds: (id: string) => string[]
  /** Is `holder` this beneficiary, under this, a former or a later id? */
  isSamePerson: (beneficiary: string, holder: string) => boolean
  hasMandate: (beneficiary: string, payee: string) => boolean
  mandateCovers: (beneficiary: string, payee: string, day: Day) => boolean
  /** The first day on which a report dated by D called the account active; null: none did. */
  activeSince: (agent: string, account: string) => Day | null
  /** What the payee is to the beneficiary by the mandate that begins last; of several that day the first in the contract's order. */
  relationTo: (beneficiary: string, payee: string) => string
  /** Everybody who has a mandate of the beneficiary on that day. */
  payeesOn: (beneficiary: string, day: Day) => string[]
  /** `to` is Infinity where the mandate names no end. */
  mandatesOf: (beneficiary: string, payee: string) => Term[]
  /** Does any entry, standing or not, name this id? */
  isRegistered: (id: string) => boolean
  /** The day of the latest entry by D that names this id, as it is or as a former one; null: there is none. */
  verifiedOn: (id: string) => Day | null
  /** Units for whose people a register was loaded, by D. */
  registeredUnits: Set<string>
  /** The stated day of a death by D; null where none is stated. */
  diedOn: (id: string) => Day | null
  /** The stated day on which a closed account was closed, by D. */
  closedOn: (agent: string, account: string) => Day | null
  /** True for every period after the month of a death known on D. */
  isDeadFor: (beneficiary: string, period: string) => boolean
}

const RELATIONS = ['guardian', 'parent', 'authorised', 'institution', 'household_head']
const RESTRICTIVE = ['closed', 'blocked', 'dormant', 'inactive', 'active']

export function readPeople(files: ModelFile[], asOf: Day): People {
  const accounts = standingAccounts(files, asOf)
  const reports = files.filter(({ kind }) => kind === 'account_opening').flatMap(({ rows }) => rows)
  const register = standingRegister(files)
  const entries = files.filter(({ kind }) => kind === 'population_register').flatMap(({ rows }) => rows)
  const seen = entries.filter((row) => dayOf(row['verified_date'] ?? '') <= asOf)
  const mandates = files
    .filter(({ kind }) => kind === 'mandate')
    .flatMap(({ rows }) => rows)
    .map((row) => ({
      beneficiary: row['beneficiary_id'] ?? '',
      payee: row['payee_id'] ?? '',
      relation: row['relation'] ?? '',
      from: dayOf(row['valid_from'] ?? ''),
      to: row['valid_to'] ? dayOf(row['valid_to']) : Infinity,
    }))
  const mandatesOf = (beneficiary: string, payee: string) =>
    mandates.filter((mandate) => mandate.beneficiary === beneficiary && mandate.payee === payee)
  const otherIds = (id: string): string[] => {
    const former = register.filter((row) => row['person_id'] === id).map((row) => row['previous_id'] ?? '')
    const later = register.filter((row) => row['previous_id'] === id).map((row) => row['person_id'] ?? '')
    return [...new Set([...former, ...later])].filter((other) => other !== '' && other !== id)
  }
  const idsOf = (id: string): string[] => [id, ...otherIds(id)]
  const entriesOf = (id: string): Row[] => register.filter((row) => idsOf(id).includes(row['person_id'] ?? ''))
  return {
    accounts,
    accountAt: (agent, account) => accounts.find((one) => one.agent === agent && one.account === account),
    otherIds,
    isSamePerson: (beneficiary, holder) => idsOf(beneficiary).includes(holder),
    hasMandate: (beneficiary, payee) => mandatesOf(beneficiary, payee).length > 0,
    mandateCovers: (beneficiary, payee, day) =>
      mandatesOf(beneficiary, payee).some(({ from, to }) => from <= day && day <= to),
    mandatesOf,
    activeSince: (agent, account) => {
      const days = reports.filter((row) => row['creditor_agent'] === agent && row['account_number'] === account && row['account_status'] === 'active' && row['reported_date']).map((row) => dayOf(row['reported_date'] ?? '')).filter((day) => day <= asOf)
      return days.length === 0 ? null : Math.min(...days)
    },
    relationTo: (beneficiary, payee) => sortBy(mandatesOf(beneficiary, payee), ({ from, relation }) => [-from, RELATIONS.indexOf(relation)])[0]?.relation ?? '',
    payeesOn: (beneficiary, day) => mandates.filter((mandate) => mandate.beneficiary === beneficiary && mandate.from <= day && day <= mandate.to).map(({ payee }) => payee),
    isRegistered: (id) => entries.some((row) => row['person_id'] === id || row['previous_id'] === id),
    verifiedOn: (id) => {
      const days = seen.filter((row) => row['person_id'] === id || row['previous_id'] === id).map((row) => dayOf(row['verified_date'] ?? ''))
      return days.length === 0 ? null : Math.max(...days)
    },
    registeredUnits: new Set(seen.map((row) => row['unit_code'] ?? '').filter((unit) => unit !== '')),
    diedOn: (id) => {
      const days = entriesOf(id).flatMap((row) => (row['vital_status'] === 'dead' && row['death_date'] ? [dayOf(row['death_date'])] : []))
      const known = days.filter((day) => day <= asOf)
      return known.length === 0 ? null : Math.min(...known)
    },
    closedOn: (agent, account) => {
      const one = accounts.find((other) => other.agent === agent && other.account === account)
      return one?.status === 'closed' && one.closed !== null && one.closed <= asOf ? one.closed : null
    },
    isDeadFor: (beneficiary, period) =>
      entriesOf(beneficiary).some((row) => {
        const day = dayOfDeath(row, asOf)
        return day !== null && period > monthOf(day)
      }),
  }
}

/** One report stands per agent and account: D1's order, and inside one file the later date, then the most restrictive status. */
function standingAccounts(files: ModelFile[], asOf: Day): Account[] {
  const reports = files.flatMap((file, fileNumber) =>
    file.kind !== 'account_opening'
      ? []
      : file.rows.map((row) => ({
          fileNumber,
          listDate: row['reported_date'] ? dayOf(row['reported_date']) : null,
          agent: row['creditor_agent'] ?? '',
          account: row['account_number'] ?? '',
          holder: row['holder_id'] ?? '',
          status: row['account_status'] ?? '',
          closed: row['closed_date'] ? dayOf(row['closed_date']) : null,
          activated: row['activated_date'] ? dayOf(row['activated_date']) : null,
          card: row['card_issued_date'] ? dayOf(row['card_issued_date']) : null,
        })),
  )
  const seen = reports.filter(({ listDate }) => listDate === null || listDate <= asOf)
  return [...groupBy(seen, ({ agent, account }) => `${agent}|${account}`).values()].map((ofAccount) => {
    const perFile = [...groupBy(ofAccount, ({ fileNumber }) => String(fileNumber)).values()].flatMap((ofFile) =>
      sortBy(ofFile, ({ listDate, status, holder, activated, card, closed }) => [
        listDate === null ? null : -listDate,
        RESTRICTIVE.indexOf(status),
        holder,
        activated,
        card,
        closed,
      ]).slice(0, 1),
    )
    const { agent, account, holder, status, closed, activated, card } = standingStatement(perFile)
    return { agent, account, holder, status, closed, activated, hasCard: card !== null }
  })
}

/** One row stands per person_id: the latest verified_date, then the later file; inside one file the graver news. */
function standingRegister(files: ModelFile[]): Row[] {
  const rows = files.flatMap((file, fileNumber) =>
    file.kind === 'population_register' ? file.rows.map((row) => ({ fileNumber, row })) : [],
  )
  const grave = ['dead', 'missing', 'alive']
  return [...groupBy(rows, ({ row }) => row['person_id'] ?? '').values()].flatMap((ofPerson) =>
    sortBy(ofPerson, ({ fileNumber, row }) => [
      -dayOf(row['verified_date'] ?? ''),
      -fileNumber,
      grave.indexOf(row['vital_status'] ?? ''),
      row['death_date'] ?? '',
      row['previous_id'] ?? '',
    ])
      .slice(0, 1)
      .map(({ row }) => row),
  )
}

/** Null while D knows of no death; a death without a date is known from the day of the entry. */
function dayOfDeath(row: Row, asOf: Day): Day | null {
  if (row['vital_status'] !== 'dead') return null
  const known = dayOf(row['death_date'] || row['verified_date'] || '')
  return known <= asOf ? known : null
}
