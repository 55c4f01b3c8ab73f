/** Reads a simulated folder back for the tests: rows by canonical column, and truth.json. */
import { readFileSync } from 'node:fs'
import type { SimulatedFile, TrueBridgeCell, TrueFinding, TrueOutcome } from '../../src/simulate/index.ts'

export type Row = Record<string, string>

/** The rows of a simulated file. Its values hold neither quotes nor delimiters, which a test of its own proves. */
export function readRows(file: Pick<SimulatedFile, 'path'>): Row[] {
  const [header = '', ...lines] = readFileSync(file.path, 'utf8').trimEnd().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index] ?? `beyond_${String(index)}`, value])))
}

export interface WrittenTruth {
  readonly as_of: string
  readonly seed: string
  readonly beneficiaries: number
  readonly findings: TrueFinding[]
  readonly outcomes: TrueOutcome[]
  readonly bridge: TrueBridgeCell[]
  readonly bridge_total: Omit<TrueBridgeCell, 'scheme' | 'benefit_period'>
  readonly finding_totals: Record<string, { count: number; amount_at_stake: string }>
  readonly planted: Record<string, number>
  readonly planted_kinds: Record<string, 'fault' | 'look_alike' | 'later_fault'>
  readonly time_to_cash: { strata: { reported: number; withdrawn: number; censored: number; not_reported: number }[]; remote_units: string[]; slow_units: string[]; served_units: string[]; slow_villages: { unit_code: string; village: string }[]; slow_bank: string; harmless: { creditor_agent: string; unit_code: string; age_band: string } }
  readonly settlement: { readonly months: object[]; readonly planted: { readonly source: string; readonly cause: string; readonly end_to_end_id: string | null; readonly amount: string }[] }
  readonly files: { kind: string; rows: number; is_refused: boolean }[]
}

export function readTruth(path: string): WrittenTruth {
  return JSON.parse(readFileSync(path, 'utf8')) as WrittenTruth
}

/** Objects as text that is equal when they are, whatever the order of their keys or of themselves. */
export function inAnyOrder(items: readonly object[]): string[] {
  return items.map((item) => JSON.stringify(inKeyOrder(item))).sort()
}

function inKeyOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, inKeyOrder(each)]))
}

/** Outcomes of single entitlements as truth.json counts them: by scheme, month and class. */
export function tallied(outcomes: readonly { scheme: string; benefit_period: string; class: string; due: string; credited: string }[]): object[] {
  const tally = new Map<string, { scheme: string; benefit_period: string; class: string; count: number; due: bigint; credited: bigint }>()
  for (const { scheme, benefit_period, class: outcomeClass, due, credited } of outcomes) {
    const key = `${scheme}|${benefit_period}|${outcomeClass}`
    const sum = tally.get(key) ?? { scheme, benefit_period, class: outcomeClass, count: 0, due: 0n, credited: 0n }
    tally.set(key, { ...sum, count: sum.count + 1, due: sum.due + BigInt(due), credited: sum.credited + BigInt(credited) })
  }
  return [...tally.values()].map((sum) => ({ ...sum, due: sum.due.toString(), credited: sum.credited.toString() }))
}
