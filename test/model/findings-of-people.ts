/** Findings about who somebody is: the number, the register, two schemes at once, two numbers for one person. */
import { type Known, about } from './finding.ts'
import { hasKnownProvince, saidById } from './ids.ts'
import type { Entitlement } from './lists.ts'
import { spelling } from './names.ts'
import type { People } from './people.ts'
import type { FindingCode, FindingResult } from './types.ts'
import { type Day, type Money, addMonths, groupBy, moneyText, smaller, sortBy, sum } from './values.ts'

/** D32. */
export function findingsOfPerson(entitlement: Entitlement, people: People, asOf: Day): FindingResult[] {
  const { beneficiary, lines } = entitlement
  const codes: FindingCode[] = []
  if (isInvalid(beneficiary, people)) codes.push('id_invalid')
  if (isMismatch(entitlement)) codes.push('id_mismatch')
  const verified = people.verifiedOn(beneficiary)
  const [unit = ''] = lines.map((line) => line.unit).sort()
  if (verified !== null && verified < addMonths(asOf, -12)) codes.push('stale_verification')
  if (verified === null && people.registeredUnits.has(unit)) codes.push('never_verified')
  return codes.map((code) => about(code, entitlement, 0n))
}

const isInvalid = (id: string, people: People): boolean =>
  id.length === 12 ? !hasKnownProvince(id) : !people.isRegistered(id)

function isMismatch({ beneficiary, lines }: Entitlement): boolean {
  const said = saidById(beneficiary)
  if (said === null) return false
  return lines.some(({ birth, sex }) => (birth !== '' && birth.slice(0, 4) !== said.birthYear) || (sex !== '' && sex !== said.sex))
}

/** Two schemes of one set due to one person in one month, by their monthly lines: all but the largest are one too many (D31). */
export function doubleSchemes({ outcomes, rules }: Known): FindingResult[] {
  const monthly = outcomes
    .map(({ entitlement }) => ({
      entitlement,
      set: rules.scheme(entitlement.scheme).exclusiveSet,
      amount: sum(entitlement.lines.filter(({ component }) => component === 'regular').map(({ amount }) => amount)),
    }))
    .filter(({ set, amount }) => set !== '' && amount > 0n)
  const groups = groupBy(monthly, ({ entitlement, set }) => [entitlement.beneficiary, entitlement.period, set].join('|'))
  return [...groups.values()].flatMap((group) =>
    sortBy(group, ({ entitlement, amount }) => [amount, entitlement.scheme])
      .slice(0, -1)
      .map(({ entitlement, amount }) => about('double_scheme', entitlement, amount)),
  )
}

/** Two numbers with one name, birth date and unit on the lists of one month. */
export function duplicatePersons({ outcomes, people }: Known): FindingResult[] {
  const perMonth = groupBy(outcomes, ({ entitlement }) => entitlement.period)
  return [...perMonth.entries()].flatMap(([period, ofMonth]) => {
    const persons = [...groupBy(ofMonth.map(({ entitlement }) => entitlement), ({ beneficiary }) => beneficiary).entries()].map(([id, theirs]) => ({
      id,
      due: sum(theirs.map(({ due }) => due)),
      keys: new Set(theirs.flatMap(({ lines }) => lines).filter(({ birth }) => birth.length > 4).map(({ name, birth, unit }) => `${spelling(name)}|${birth}|${unit}`)),
    }))
    return sortBy(persons, ({ id }) => [id]).flatMap((one, at, all) =>
      all
        .slice(at + 1)
        .filter((other) => [...one.keys].some((key) => other.keys.has(key)) && !people.otherIds(one.id).includes(other.id))
        .map((other) => pairOf(period, one, other)),
    )
  })
}

type Person = { id: string; due: Money }

function pairOf(period: string, one: Person, other: Person): FindingResult {
  return {
    code: 'duplicate_person', scheme: null, benefit_period: period, beneficiary_id: one.id,
    subject: `${one.id}|${other.id}`, amount_at_stake: moneyText(smaller(one.due, other.due)),
  }
}
