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
  readonly planted_kinds: Record<string, 'fault' | 'look_alike'>
  readonly time_to_cash: { strata: { reported: number; withdrawn: number; censored: number; not_reported: number }[]; remote_units: string[]; slow_bank: string }
  readonly files: { kind: string; rows: number }[]
}

export function readTruth(path: string): WrittenTruth {
  return JSON.parse(readFileSync(path, 'utf8')) as WrittenTruth
}
