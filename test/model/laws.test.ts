/** What holds in every world: money is conserved, each entitlement has one class, and how the same facts arrive changes nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcileModel } from './model.ts'
import { paymentName, readPayments } from './payments.ts'
import { type BridgeResult, type Kind, type ModelFile, type ModelResult, REFERENCE_KINDS, type Row } from './types.ts'
import { dayOf, groupBy, moneyOf, sum } from './values.ts'
import { readable } from './world-files.ts'
import { type World, worlds } from './worlds.ts'

const RUNS = { numRuns: 400, seed: 8 }
const resultOf = ({ files, asOf }: World): ModelResult => reconcileModel(files, asOf)
/** The same world with all its months told: of those before a place began nothing is (D98). */
const withHistory = ({ files, asOf }: World): ModelResult => reconcileModel(files.filter(({ kind }) => kind !== 'coverage_start'), asOf)
const total = (amounts: string[]): bigint => sum(amounts.map(moneyOf))
const always = (law: (world: World) => void): void => fc.assert(fc.property(worlds, law), RUNS)

/** Random numbers to cut and shuffle with, drawn beside the world. */
const dice = fc.array(fc.nat(999), { minLength: 64, maxLength: 64 })
const alwaysShuffled = (law: (world: World, roll: (at: number) => number) => void): void =>
  fc.assert(fc.property(worlds, dice, (world, rolled) => law(world, (at) => rolled[at % rolled.length] ?? 0)), RUNS)

describe('money is conserved', () => {
  it('in every cell the due side closes', () => {
    always((world) => {
      for (const cell of resultOf(world).bridge) {
        expect(total([cell.credited_to_due, cell.carried_out, ...Object.values(cell.shortfall)])).toBe(moneyOf(cell.due))
      }
    })
  })
  it('per currency the credited side meets the payments as they were before matching', () => {
    always((world) => {
      const payments = readPayments(readable(world.files), dayOf(world.asOf))
      const cells = groupBy(resultOf(world).bridge, ({ currency }) => currency)
      for (const currency of ['VND', 'USD']) {
        const credited = sum(payments.filter((payment) => payment.currency === currency).map(({ net }) => net))
        const arrived = (cells.get(currency) ?? []).flatMap((cell: BridgeResult) => [cell.credited_to_due, cell.excess_over, cell.excess_twice, cell.unmatched])
        expect(total(arrived)).toBe(credited)
      }
    })
  })
  it('a payment is used once, by one rule, and for no more than it brings', () => {
    always((world) => {
      const payments = new Map(readPayments(readable(world.files), dayOf(world.asOf)).map((payment) => [payment.name, payment]))
      for (const [name, parts] of groupBy(resultOf(world).matches, ({ payment }) => payment)) {
        expect(new Set(parts.map(({ rule }) => rule)).size).toBe(1)
        expect(total(parts.map(({ amount }) => amount))).toBe(payments.get(name)?.takes)
      }
    })
  })
  it('the stakes of the class findings are the bridge’s shortfall and excess', () => {
    always((world) => {
      const { findings, bridge } = withHistory(world)
      for (const code of ['unpaid', 'unpaid_no_account', 'returned', 'stuck', 'paid_short'] as const) {
        expect(total(findings.filter((one) => one.code === code).map((one) => one.amount_at_stake))).toBe(
          total(bridge.map(({ shortfall }) => shortfall[code] ?? '0')),
        )
      }
      expect(total(findings.filter(({ code }) => code === 'paid_over').map((one) => one.amount_at_stake))).toBe(total(bridge.map((cell) => cell.excess_over)))
      expect(total(findings.filter(({ code }) => code === 'paid_twice').map((one) => one.amount_at_stake))).toBe(total(bridge.map((cell) => cell.excess_twice)))
    })
  })
})

describe('where a place begins (D98)', () => {
  it('no finding lies before it, and no other finding of those months is lost', () => {
    always((world) => {
      const starts = world.files.filter(({ kind }) => kind === 'coverage_start').flatMap(({ rows }) => rows)
      const earliest = starts.map((row) => row['start_period'] ?? '').sort()[0]
      if (earliest === undefined) return
      const told = resultOf(world).findings
      for (const row of starts.filter((one) => !one['unit_code'])) {
        const last = starts.filter((one) => one['scheme'] === row['scheme'] && !one['unit_code']).at(-1)
        const own = starts.some((one) => one['scheme'] === row['scheme'] && one['unit_code'])
        if (!own) expect(told.filter((one) => one.scheme === row['scheme'] && one.benefit_period !== null && one.benefit_period < (last?.['start_period'] ?? ''))).toEqual([])
      }
      // A world whose first month is the start is told like one without any start.
      const first = world.files.map((file) => (file.kind === 'coverage_start' ? { ...file, rows: file.rows.map((row) => ({ ...row, start_period: '2000-01' })) } : file))
      expect(reconcileModel(first, world.asOf)).toEqual(withHistory(world))
    })
  })
})

describe('one answer each', () => {
  it('every entitlement has exactly one outcome', () => {
    always((world) => {
      const { outcomes, matches } = resultOf(world)
      const keys = outcomes.map((one) => `${one.scheme}|${one.benefit_period}|${one.beneficiary_id}`)
      expect(new Set(keys).size).toBe(keys.length)
      for (const one of matches) expect(keys).toContain(`${one.scheme}|${one.benefit_period}|${one.beneficiary_id}`)
    })
  })
  it('every credited payment is matched or has a finding that says why not', () => {
    always((world) => {
      const { matches, findings } = withHistory(world)
      const unmatchedCodes = ['not_on_list', 'paid_while_suspended', 'ambiguous_payment']
      for (const { name, net } of readPayments(readable(world.files), dayOf(world.asOf))) {
        const isMatched = matches.some(({ payment }) => payment === name)
        const reasons = findings.filter(({ code, subject }) => subject === name && unmatchedCodes.includes(code))
        if (isMatched || net > 0n) expect(reasons).toHaveLength(isMatched ? 0 : 1)
      }
    })
  })
  it('a finding has one subject and period once', () => {
    always((world) => {
      const keys = resultOf(world).findings.map((one) => [one.code, one.scheme, one.benefit_period, one.subject].join('|'))
      expect(new Set(keys).size).toBe(keys.length)
    })
  })
})

describe('how the facts arrive changes nothing', () => {
  it('the same file twice is the same file once', () => {
    alwaysShuffled((world, roll) => {
      const files = readable(world.files)
      const again = files.filter((_, at) => roll(at) % 2 === 0)
      expect(resultOf({ ...world, files: [...files, ...again] })).toEqual(resultOf({ ...world, files }))
    })
  })
  it('a voided file leaves no trace', () => {
    always((world) => {
      expect(resultOf(world)).toEqual(resultOf({ ...world, files: world.files.filter(({ voided }) => !voided) }))
    })
  })
  it('payment files may arrive in any order, be cut anywhere and be shuffled; twins without reference stay in one file in their order', () => {
    alwaysShuffled((world, roll) => {
      const others = readable(world.files).filter(({ kind }) => kind !== 'disbursement')
      const pieces = readable(world.files)
        .filter(({ kind }) => kind === 'disbursement')
        .flatMap((file) => cut(file, (row) => paymentName(row, 0), roll))
        .map((file) => ({ ...file, rows: shuffle(file.rows, (row, at) => (/#0$/.test(paymentName(row, 0)) ? 0 : roll(at + 7))) }))
      const shuffled = shuffle(pieces, (_, at) => roll(at + 31))
      expect(resultOf({ ...world, files: [...shuffled, ...others] })).toEqual(resultOf({ ...world, files: readable(world.files) }))
    })
  })
  it('lists and account reports may be shuffled, and cut where no key is torn apart', () => {
    alwaysShuffled((world, roll) => {
      const keyColumns = ['scheme', 'benefit_period', 'beneficiary_id', 'creditor_agent', 'account_number', 'person_id']
      const keyOf = (kind: string) => (row: Row) =>
        keyColumns.filter((column) => kind !== 'beneficiary_list' || column !== 'creditor_agent').map((column) => row[column] ?? '').join('|')
      const files = readable(world.files).flatMap((file) =>
        file.kind === 'disbursement' || REFERENCE_KINDS.includes(file.kind)
          ? [file]
          : cut(file, keyOf(file.kind), roll).map((piece) => ({ ...piece, rows: shuffle(piece.rows, (_, at) => roll(at)) })),
      )
      expect(resultOf({ ...world, files })).toEqual(resultOf({ ...world, files: readable(world.files) }))
    })
  })
  it('lists with different dates may arrive in any order', () => {
    alwaysShuffled((world, roll) => {
      const files = readable(world.files)
      const dates = files.filter(({ kind }) => kind === 'beneficiary_list').map(({ rows }) => rows[0]?.['list_date'] ?? '')
      fc.pre(dates.length > 1 && !dates.includes('') && new Set(dates).size === dates.length)
      // Two entries of one day about one person contradict each other, so the register keeps its order.
      const ordered: Kind[] = [...REFERENCE_KINDS, 'population_register']
      const first = files.filter(({ kind }) => ordered.includes(kind))
      const facts = files.filter(({ kind }) => !ordered.includes(kind))
      expect(resultOf({ ...world, files: [...first, ...shuffle(facts, (_, at) => roll(at))] })).toEqual(resultOf({ ...world, files }))
    })
  })
  it('a stranger’s own facts change nothing for the others', () => {
    const id = '079199000042'
    const theirs: ModelFile[] = [
      { kind: 'beneficiary_list', rows: [{ scheme: 'NCC', benefit_period: '2026-02', beneficiary_id: id, beneficiary_name: 'Lạ', unit_code: '00001', due_amount: '100', creditor_agent: '970422', creditor_account: '555500000001' }] },
      { kind: 'disbursement', rows: [{ end_to_end_id: 'STRANGER1', beneficiary_id: id, creditor_agent: '970422', creditor_account: '555500000001', instructed_amount: '100', instructed_at: '2026-02-10', transaction_status: 'ACSC', credited_at: '2026-02-11' }] },
    ]
    always((world) => {
      const without = resultOf(world)
      const withStranger = resultOf({ ...world, files: [...world.files, ...theirs] })
      expect(withStranger.outcomes.filter((one) => one.beneficiary_id !== id)).toEqual(without.outcomes)
      expect(withStranger.matches.filter((one) => one.beneficiary_id !== id)).toEqual(without.matches)
      expect(withStranger.findings.filter((one) => one.beneficiary_id !== id)).toEqual(without.findings)
    })
  })
})

/** Two files out of one; rows of one key stay together. */
function cut(file: ModelFile, keyOf: (row: Row) => string, roll: (at: number) => number): ModelFile[] {
  const keys = [...new Set(file.rows.map(keyOf))]
  const side = (row: Row): number => roll(keys.indexOf(keyOf(row))) % 2
  return [0, 1].map((half) => ({ ...file, rows: file.rows.filter((row) => side(row) === half) })).filter(({ rows }) => rows.length > 0)
}

/** Sorted by a rolled number; equal numbers keep their order. */
function shuffle<T>(items: T[], key: (item: T, at: number) => number): T[] {
  return items.map((item, at) => ({ item, key: key(item, at) })).sort((a, b) => a.key - b.key).map(({ item }) => item)
}
