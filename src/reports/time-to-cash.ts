/** How long until people hold the money: by where they live, who they are, and who pays them how; one stratum or two at a time. */
import { Refusal, type Stratum, type survival } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { bankNames } from './queries.ts'
import { clockCounts, hasManyVillages, type ClockFilter, type ClockPlace } from './clock/queries.ts'
import { comparisonsOf, StratumCounts, testOf, type StrataTest, type StratumStatistics } from './clock/statistics.ts'
import { unitsOf, type Units } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'

/** What to look at; a field that is absent limits nothing. */
export interface TimeToCashFilter {
  readonly scheme?: string
  /** `YYYY-MM`, both included. */
  readonly fromPeriod?: string
  readonly toPeriod?: string
  /** An administrative unit by a code of any time, with everything that lies in it today. */
  readonly unit?: string
  /** Six digits. */
  readonly creditorAgent?: string
}

/** One stratum, or one meeting of two. */
export interface TimeToCashGroup {
  /** One value for each stratum asked for; null: not known. Units are those of today. */
  readonly values: readonly (string | null)[]
  /** Names of units and banks, where files give one; null for all other strata, whose words are the page's. */
  readonly names: readonly (string | null)[]
  readonly statistics: StratumStatistics
  /** Drawn when asked for: the curves of thousands of strata take longer than all that is said of them. */
  readonly steps: () => readonly survival.PrintedStep[]
  /** Within 7 days, against what the strata have in common; null where nobody was observed so long. */
  readonly within_7_days: survival.Comparison | null
}

/** The answer, for everybody together and for each stratum, the largest first. */
export interface TimeToCash {
  readonly as_of: string
  readonly by: readonly Stratum[]
  readonly everybody: TimeToCashGroup
  /** Empty when nothing was asked to be told apart. Of people in several strata (needs) each counts in all of them. */
  readonly groups: readonly TimeToCashGroup[]
  /** Null for fewer than two strata, and for needs. */
  readonly test: StrataTest | null
  /** What strata are compared with: the share within 7 days of all but those beyond doubt different; the target of a funnel plot. */
  readonly common_within_7_days: survival.Proportion
}

/** Their curves are still drawn in seconds, and fit in memory. */
const mostVillages = 20_000

/** Strata that are never asked together: one lies inside the other. */
const nested: readonly (readonly Stratum[])[] = [['unit', 'province'], ['unit', 'village'], ['village', 'province']]

/**
 * Time to cash of the published run.
 *
 * @param by none, one or two strata
 * @throws Refusal `strata_nested` for two strata of which one contains the other, or for provinces inside less than one;
 *   `place_missing` for the villages of more than a province
 */
export async function timeToCash(session: Session, run: PublishedRun, by: readonly Stratum[], filter: TimeToCashFilter = {}): Promise<TimeToCash> {
  const inside = nested.find((pair) => pair.every((stratum) => by.includes(stratum)))
  if (inside !== undefined) throw new Refusal('usage', 'strata_nested', `${inside.join(' and ')} cannot be told apart together: one lies inside the other; narrow the place down instead`)
  const units = await unitsOf(session, run.as_of)
  const limits = limitsOf(filter, units)
  if (by.includes('province') && limits.place?.provinceCode === null) throw new Refusal('usage', 'strata_nested', 'inside less than a province there is only one: tell it apart by unit')
  if (by.includes('village') && limits.place === undefined && (await hasManyVillages(session, mostVillages))) throw new Refusal('usage', 'place_missing', `there are more than ${mostVillages} villages: name the unit or province that they lie in`)
  const groups = await groupsOf(session, by, limits, units)
  const everybody = (await groupsOf(session, [], limits, units)).get('[]') ?? { values: [], counts: new StratumCounts() }
  const placed = [...groups.values()].filter(() => by.length > 0).sort((first, second) => second.counts.curve.count - first.counts.curve.count || (JSON.stringify(first.values) < JSON.stringify(second.values) ? -1 : 1))
  const counts = placed.map((group) => group.counts)
  const compared = comparisonsOf(counts, 7)
  const names = await namesOf(session, by, placed.map(({ values }) => values), units)
  return {
    as_of: run.as_of,
    by,
    everybody: { values: [], names: [], statistics: everybody.counts.statistics(), steps: () => everybody.counts.steps(), within_7_days: null },
    groups: placed.map((group, place) => ({ values: group.values, names: names[place] ?? [], statistics: group.counts.statistics(), steps: () => group.counts.steps(), within_7_days: compared.units[place] ?? null })),
    // One person may have several needs, and tests compare people.
    test: by.includes('need') ? null : testOf(counts),
    common_within_7_days: compared.common,
  }
}

/** One month of a trend. */
export interface TimeToCashMonth {
  /** `YYYY-MM` */
  readonly benefit_period: string
  readonly statistics: StratumStatistics
}

/** The months one by one, the oldest first. */
export async function timeToCashByMonth(session: Session, run: PublishedRun, filter: TimeToCashFilter = {}): Promise<TimeToCashMonth[]> {
  const months = new Map<string, StratumCounts>()
  for (const count of await clockCounts(session, [], limitsOf(filter, await unitsOf(session, run.as_of)), true)) {
    const month = months.get(count.benefitPeriod) ?? new StratumCounts()
    months.set(count.benefitPeriod, month)
    month.add(count)
  }
  return [...months].sort(([first], [second]) => (first < second ? -1 : 1)).map(([period, counts]) => ({ benefit_period: period, statistics: counts.statistics() }))
}

/** A place as the tables of counts know it. */
export function placeOf(unit: string, units: Units): ClockPlace {
  return { unitCodes: units.within(unit), provinceCode: units.province(unit) === units.today(unit) ? units.today(unit) : null }
}

function limitsOf({ unit, ...rest }: TimeToCashFilter, units: Units): ClockFilter {
  return { ...rest, ...(unit === undefined ? {} : { place: placeOf(unit, units) }) }
}

interface Group {
  readonly values: readonly (string | null)[]
  readonly counts: StratumCounts
}

/** Units that were merged since are one: as of the day of the run. */
async function groupsOf(session: Session, by: readonly Stratum[], limits: ClockFilter, units: Units): Promise<Map<string, Group>> {
  const groups = new Map<string, Group>()
  for (const count of await clockCounts(session, by, limits)) {
    const values = count.key.map((value, place) => (value === null ? null : by[place] === 'unit' ? units.today(value) : by[place] === 'village' ? villageOfToday(value, units) : value))
    const key = JSON.stringify(values)
    const group = groups.get(key) ?? { values, counts: new StratumCounts() }
    groups.set(key, group)
    group.counts.add(count)
  }
  return groups
}

/** `unit|village` under the unit's code of today. */
function villageOfToday(value: string, units: Units): string {
  const [unit = '', ...village] = value.split('|')
  return [units.today(unit), ...village].join('|')
}

async function namesOf(session: Session, by: readonly Stratum[], values: readonly (readonly (string | null)[])[], units: Units): Promise<(string | null)[][]> {
  const bankPlace = by.indexOf('bank')
  const banks = bankPlace < 0 ? new Map<string, string>() : await bankNames(session, values.flatMap((one) => one[bankPlace] ?? []))
  return values.map((one) => one.map((value, place) => {
    if (value === null) return null
    if (by[place] === 'unit' || by[place] === 'province') return units.name(value)
    if (by[place] === 'village') return `${value.slice(value.indexOf('|') + 1)}, ${units.name(value.slice(0, value.indexOf('|'))) ?? value.slice(0, value.indexOf('|'))}`
    return by[place] === 'bank' ? (banks.get(value) ?? null) : null
  }))
}
