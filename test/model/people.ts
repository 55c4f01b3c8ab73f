/** Who holds which account, who may receive for whom, which ids are one person, who has died (D9, D14). */
import { standingStatement } from './lists.ts'
import type { ModelFile, Row } from './types.ts'
import { type Day, dayOf, groupBy, monthOf, sortBy } from './values.ts'

export type Account = { agent: string; account: string; holder: string; status: string }

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
  /** True for every period after the month of a death known on D. */
  isDeadFor: (beneficiary: string, period: string) => boolean
}

const RESTRICTIVE = ['closed', 'blocked', 'dormant', 'inactive', 'active']

export function readPeople(files: ModelFile[], asOf: Day): People {
  const accounts = standingAccounts(files, asOf)
  const register = standingRegister(files)
  const mandates = files
    .filter(({ kind }) => kind === 'mandate')
    .flatMap(({ rows }) => rows)
    .map((row) => ({
      beneficiary: row['beneficiary_id'] ?? '',
      payee: row['payee_id'] ?? '',
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
  return {
    accounts,
    accountAt: (agent, account) => accounts.find((one) => one.agent === agent && one.account === account),
    otherIds,
    isSamePerson: (beneficiary, holder) => idsOf(beneficiary).includes(holder),
    hasMandate: (beneficiary, payee) => mandatesOf(beneficiary, payee).length > 0,
    mandateCovers: (beneficiary, payee, day) =>
      mandatesOf(beneficiary, payee).some(({ from, to }) => from <= day && day <= to),
    isDeadFor: (beneficiary, period) =>
      register
        .filter((row) => idsOf(beneficiary).includes(row['person_id'] ?? ''))
        .some((row) => period > (monthOfDeath(row, asOf) ?? period)),
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
        })),
  )
  const seen = reports.filter(({ listDate }) => listDate === null || listDate <= asOf)
  return [...groupBy(seen, ({ agent, account }) => `${agent}|${account}`).values()].map((ofAccount) => {
    const perFile = [...groupBy(ofAccount, ({ fileNumber }) => String(fileNumber)).values()].flatMap((ofFile) =>
      sortBy(ofFile, ({ listDate, status, holder }) => [
        listDate === null ? null : -listDate,
        RESTRICTIVE.indexOf(status),
        holder,
      ]).slice(0, 1),
    )
    const { agent, account, holder, status } = standingStatement(perFile)
    return { agent, account, holder, status }
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

/** Null while D knows of no death. */
function monthOfDeath(row: Row, asOf: Day): string | null {
  if (row['vital_status'] !== 'dead') return null
  const known = dayOf(row['death_date'] || row['verified_date'] || '')
  return known <= asOf ? monthOf(known) : null
}
