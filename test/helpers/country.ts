/** Many small worlds side by side in one country, so that one run of the engine is asked about all of them at once. */
import fc from 'fast-check'
import { REFERENCE_KINDS, type ModelFile, type Row } from '../model/types.ts'
import { worldPlans, type WorldPlan } from '../model/world-plans.ts'
import { buildWorld, type World } from '../model/worlds.ts'
import { corners } from './corners.ts'
import { quietWorlds } from './quiet-worlds.ts'

/** Where in time a country is: the first month of its worlds, and the day it is looked at. */
export interface CountryPlan {
  readonly start: '2025-12' | '2026-02' | '2026-05' | '2026-08' | '2026-11'
  readonly asOf: string
  readonly seed: number
  readonly worldCount: number
  /** Its rates, categories and units; left out: those of the first world. */
  readonly rules?: WorldPlan['rules']
}

/** Worlds with trouble in every house. They share what is the country's own: calendar, schemes, rates, units, and who is expected to send what. */
export function troubledCountry({ start, asOf, seed, worldCount, rules }: CountryPlan): World {
  const plans = fc.sample(worldPlans, { numRuns: worldCount, seed })
  const [first] = plans
  if (first === undefined) throw new Error('a country needs a world')
  const shared = { start, dollars: first.dollars, dueDayOfTcxh: first.dueDayOfTcxh, graceOnBhxh: first.graceOnBhxh, calendar: first.calendar, expectations: first.expectations, rules: rules ?? first.rules, months: 4 as const }
  const worlds = plans.map((plan) => buildWorld({ ...plan, ...shared }).files)
  // A withdrawn rate is one world's own, and would be everybody's.
  const isReference = ({ kind }: ModelFile): boolean => REFERENCE_KINDS.includes(kind)
  const reference = (worlds[0] ?? []).filter((file) => isReference(file) && file.voided !== true)
  return { files: [...reference, ...sideBySide(worlds.map((files, at) => files.filter((file) => !isReference(file)).map((file) => moved(file, at))))], asOf }
}

/** Worlds in which nearly everybody is plainly in order. */
export function quietCountry({ asOf, seed, worldCount }: Omit<CountryPlan, 'start'>): World {
  return { files: sideBySide(fc.sample(quietWorlds, { numRuns: worldCount, seed }).map(({ files }, at) => files.map((file) => moved(file, at)))), asOf }
}

/** The same country where everybody is due one or two of the smallest coin, so that one more or less is everything. */
export function poor({ files, asOf }: World): World {
  const columns = ['due_amount', 'instructed_amount', 'credited_amount', 'returned_amount']
  const small = (text: string): string => (text.length > 2 ? text.slice(0, -2) : '1')
  return { files: files.map((file) => ({ ...file, rows: file.rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, text]) => [column, columns.includes(column) && text !== '' ? small(text) : text]))) })), asOf }
}

/** The files of all worlds, each world's in its own order; the next files of one kind go together into one. */
function sideBySide(worlds: readonly (readonly ModelFile[])[]): ModelFile[] {
  const waiting = worlds.map((files) => [...files])
  const together: ModelFile[] = []
  const signOf = ({ kind, voided, name }: ModelFile): string => [kind, voided === true, name].join('|')
  for (;;) {
    const next = waiting.flatMap(([file]) => (file === undefined ? [] : [signOf(file)]))
    if (next.length === 0) return together
    const counts = Map.groupBy(next, (sign) => sign)
    const [sign] = [...counts].reduce((most, one) => (one[1].length > most[1].length ? one : most))
    const taken = waiting.flatMap((files) => (files[0] !== undefined && signOf(files[0]) === sign ? files.splice(0, 1) : []))
    const [one] = taken
    if (one !== undefined) together.push({ ...one, rows: taken.flatMap(({ rows }) => rows) })
  }
}

/** The same file about other people: every id, account and reference carries the number of its world. Who sent it and when is left to worlds of their own, or hardly two files would go together. */
function moved({ kind, rows, voided, name: fileName }: ModelFile, world: number): ModelFile {
  const number = world.toString().padStart(3, '0')
  const at = (text: string, start: number): string => `${text.slice(0, start)}${number}${text.slice(start + 3)}`
  const person = (id: string): string => (/^\d{12}$/.test(id) ? at(id, 6) : /^\d{9}$/.test(id) ? at(id, 3) : id === '' ? '' : `${id}W${number}`)
  const account = (text: string): string => (text.length >= 9 ? at(text, 3) : text === '' ? '' : `${number}${text}`)
  const name = (text: string): string => `${text} ${letters(world)}`
  const reference = (text: string): string => (text === '' || text === 'NOTPROVIDED' || text === 'NONREF' ? text : `${number}${text}`)
  const change: Readonly<Record<string, (text: string) => string>> = {
    beneficiary_id: person, person_id: person, previous_id: person, holder_id: person, payee_id: person, creditor_account: account, account_number: account, end_to_end_id: reference,
    beneficiary_name: name,
  }
  const sent = { kind, ...(voided === undefined ? {} : { voided }), ...(fileName === undefined ? {} : { name: fileName }) }
  return { ...sent, rows: rows.map((row): Row => Object.fromEntries(Object.entries(row).map(([column, text]) => [column, change[column]?.(text) ?? text]))) }
}

/** A word of three letters for each world: people of different worlds are never taken for one. */
const letters = (world: number): string => [Math.floor(world / 676), Math.floor(world / 26) % 26, world % 26].map((place) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[place] ?? 'Z').join('')

const raised = { categories: 'changing', rates: 'raised', raisedFrom: 1, inForce: 34, tree: 'parents' } as const
const ofUnits = { categories: 'plain', rates: 'of_units', raisedFrom: 1, inForce: 5, tree: 'ended' } as const

/** The countries that tests and mutants are tried on: every start, days before, between and after what falls due. */
export const countries: readonly { readonly name: string; readonly world: () => World }[] = [
  { name: 'corners', world: () => ({ files: sideBySide(corners.map(({ files }, at) => files.map((file) => moved(file, at)))), asOf: '2026-03-31' }) },
  { name: 'quiet, in the middle of the second month', world: () => quietCountry({ asOf: '2026-10-20', seed: 11, worldCount: 60 }) },
  { name: 'troubled, spring', world: () => troubledCountry({ start: '2026-02', asOf: '2026-05-22', seed: 21, worldCount: 40, rules: raised }) },
  { name: 'troubled, at the turn of the year', world: () => troubledCountry({ start: '2025-12', asOf: '2026-02-25', seed: 22, worldCount: 40 }) },
  { name: 'quiet, long after', world: () => quietCountry({ asOf: '2026-11-20', seed: 12, worldCount: 60 }) },
  { name: 'troubled, summer', world: () => troubledCountry({ start: '2026-05', asOf: '2026-08-30', seed: 23, worldCount: 40, rules: ofUnits }) },
  { name: 'troubled, autumn', world: () => troubledCountry({ start: '2026-08', asOf: '2026-10-24', seed: 24, worldCount: 40 }) },
  { name: 'troubled and poor', world: () => poor(troubledCountry({ start: '2026-08', asOf: '2026-12-12', seed: 25, worldCount: 40 })) },
]

/** Two nights of a country: most files and an earlier day, then the rest and a later one; what a run may build upon, and what it must then look at again. */
export interface CountryNights {
  readonly name: string
  readonly before: World
  readonly after: World
}

/** A country's files in two parts: of each kind that comes more than once the last ones arrive in the second night. */
function inTwoNights(name: string, { files: all, asOf }: World, firstDay: string): CountryNights {
  // Reports of withdrawals of days to come would make the second night a full one.
  const files = all.filter(({ kind }) => kind !== 'withdrawal')
  const late = files.filter((file, at) => file.voided !== true && !REFERENCE_KINDS.includes(file.kind) && at >= files.length - Math.max(3, Math.floor(files.length / 8)))
  const early = files.filter((file) => !late.includes(file))
  return { name, before: { files: early, asOf: firstDay }, after: { files: late, asOf } }
}

/** The nights that increments are tried on. */
export const nights: readonly (() => CountryNights)[] = [
  () => inTwoNights('quiet, ten days later', quietCountry({ asOf: '2026-10-20', seed: 31, worldCount: 40 }), '2026-10-10'),
  () => inTwoNights('troubled, the next day', troubledCountry({ start: '2026-08', asOf: '2026-10-22', seed: 33, worldCount: 16, rules: ofUnits }), '2026-10-21'),
]
