/** Time to cash by example: when a clock runs, how it ends, and what is counted beside it; and the laws of risk tables in every world. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workOut } from './model.ts'
import { AN, BANK, account, accounts, attempt, bank, credit, due, list, register, registered } from './say.ts'
import { ENDS, ageBand, clocksOf, riskTables, type RiskTable } from './time-to-cash.ts'
import type { ModelFile, Row } from './types.ts'
import { dayOf } from './values.ts'
import { worlds } from './worlds.ts'

const DAY = '2026-05-31'
const withdrawal = (more: Row = {}): Row => ({ creditor_agent: BANK, account_number: '1020001', end_to_end_id: 'E1', reported_through_date: '2026-04-30', ...more })
const reported = (...rows: Row[]): ModelFile => ({ kind: 'withdrawal', rows })
/** `end days` of An's clock; credited on 19 March. */
const endOf = (files: ModelFile[], asOf = DAY): string | undefined => {
  const [clock] = clocksOf(workOut(files, asOf))
  return clock && `${clock.end} ${clock.days}`
}
const paid = [list(due()), bank(credit())]

describe('the clock of one entitlement', () => {
  it('ends with the first withdrawal, in whole local days', () => {
    expect(endOf([...paid, reported(withdrawal({ first_withdrawal_at: '2026-03-21T23:59:00' }))])).toBe('withdrawn 2')
    expect(endOf([...paid, reported(withdrawal({ first_withdrawal_at: '2026-03-21T17:00:00Z' }))])).toBe('withdrawn 3')
    expect(endOf([...paid, reported(withdrawal({ first_withdrawal_at: '2026-03-19' }))])).toBe('withdrawn 0')
  })
  it('is censored where the bank’s last report ends, never after D', () => {
    expect(endOf([...paid, reported(withdrawal())])).toBe('censored 42')
    expect(endOf([...paid, reported(withdrawal(), withdrawal({ reported_through_date: '2026-05-10' }))])).toBe('censored 52')
    expect(endOf([...paid, reported(withdrawal())], '2026-04-01')).toBe('censored 13')
    expect(endOf([...paid, reported(withdrawal({ first_withdrawal_at: '2026-04-02' }))], '2026-04-01')).toBe('censored 13')
  })
  it('is not reported where no row names the credit, or the rows end before it, or tell of an earlier withdrawal', () => {
    expect(endOf(paid)).toBe('not_reported 0')
    expect(endOf([...paid, reported(withdrawal({ end_to_end_id: '' }))])).toBe('not_reported 0')
    expect(endOf([...paid, reported(withdrawal({ reported_through_date: '2026-03-18' }))])).toBe('not_reported 0')
    expect(endOf([...paid, reported(withdrawal({ first_withdrawal_at: '2026-03-18' }))])).toBe('not_reported 0')
  })
  it('does not run without a credit, nor for cash and post', () => {
    expect(endOf([list(due()), bank(attempt('PDNG')), reported(withdrawal())])).toBeUndefined()
    expect(endOf([list(due({ payment_channel: 'cash' })), bank(credit()), reported(withdrawal())])).toBeUndefined()
    expect(endOf([list(due()), bank(credit({ payment_channel: 'post' })), reported(withdrawal())])).toBeUndefined()
  })
  it('is that of the first credit of several', () => {
    const second = credit({ end_to_end_id: 'E2', credited_at: '2026-03-20' })
    const rows = [withdrawal(), withdrawal({ end_to_end_id: 'E2', first_withdrawal_at: '2026-03-22' })]
    expect(endOf([list(due()), bank(credit({ instructed_amount: '50' }), { ...second, instructed_amount: '50' }), reported(...rows)])).toBe('censored 42')
  })
})

describe('what competes with a withdrawal', () => {
  const back = (more: Row = {}): ModelFile => bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-25', ...more }))
  it('the money goes back, all of it and before it was taken', () => {
    expect(endOf([list(due()), back(), reported(withdrawal())])).toBe('returned 6')
    expect(endOf([list(due()), back({ returned_amount: '40' }), reported(withdrawal())])).toBe('censored 42')
    expect(endOf([list(due()), back(), reported(withdrawal({ first_withdrawal_at: '2026-03-25' }))])).toBe('withdrawn 6')
    expect(endOf([list(due()), back(), reported(withdrawal({ first_withdrawal_at: '2026-03-26' }))])).toBe('returned 6')
  })
  it('the account is closed, on a day that is stated', () => {
    const closed = (more: Row = {}): ModelFile => accounts(account({ account_status: 'closed', ...more }))
    expect(endOf([...paid, closed({ closed_date: '2026-03-24' }), reported(withdrawal())])).toBe('closed 5')
    expect(endOf([...paid, closed(), reported(withdrawal())])).toBe('censored 42')
    expect(endOf([...paid, closed({ closed_date: '2026-03-01' }), reported(withdrawal())])).toBe('censored 42')
  })
  it('the beneficiary dies, on a day that is stated', () => {
    const dead = (more: Row = {}): ModelFile => register(registered({ vital_status: 'dead', verified_date: '2026-04-20', ...more }))
    expect(endOf([...paid, dead({ death_date: '2026-04-02' }), reported(withdrawal())])).toBe('died 14')
    expect(endOf([...paid, dead(), reported(withdrawal())])).toBe('censored 42')
  })
  it('none of them counts after the last day that the bank reported on: what happened in between nobody knows', () => {
    const dead = register(registered({ vital_status: 'dead', verified_date: '2026-05-20', death_date: '2026-05-02' }))
    expect(endOf([...paid, dead, reported(withdrawal())])).toBe('censored 42')
  })
})

describe('risk tables', () => {
  const tables = (files: ModelFile[]): RiskTable[] => riskTables(workOut(files, DAY))
  it('count who ran until each day, and how many ended on it', () => {
    const home = ['1', '2', '3', '4'].map((n) => ({ id: `00108500000${n}`, account: `102000${n}`, reference: `E${n}` }))
    const files = [
      list(...home.map((one) => due({ beneficiary_id: one.id, creditor_account: one.account, sex: one.id === AN ? 'male' : '' }))),
      bank(...home.map((one) => credit({ beneficiary_id: one.id, creditor_account: one.account, end_to_end_id: one.reference }))),
      reported(
        withdrawal({ first_withdrawal_at: '2026-03-21' }), withdrawal({ end_to_end_id: 'E2', first_withdrawal_at: '2026-03-21' }),
        withdrawal({ end_to_end_id: 'E3' }),
      ),
    ]
    const none = { withdrawn: 0, censored: 0, returned: 0, closed: 0, died: 0 }
    expect(tables(files).find(({ stratum }) => stratum === 'all')).toEqual({
      stratum: 'all', value: '', n: 3, not_reported: 1,
      rows: [{ ...none, day: 2, at_risk: 3, withdrawn: 2 }, { ...none, day: 42, at_risk: 1, censored: 1 }],
    })
    expect(tables(files).find(({ stratum, value }) => stratum === 'sex' && value === 'male')).toMatchObject({ n: 1, not_reported: 0 })
  })
  it('everybody at risk ends once, and every stratum but needs adds up to all', () => {
    fc.assert(
      fc.property(worlds, ({ files, asOf }) => {
        const all = riskTables(workOut(files, asOf))
        for (const { n, rows } of all) {
          let atRisk = n
          for (const row of rows) {
            expect(row.at_risk).toBe(atRisk)
            atRisk -= ENDS.reduce((ended, end) => ended + row[end], 0)
          }
          expect(atRisk).toBe(0)
        }
        const total = all.find(({ stratum }) => stratum === 'all')
        for (const stratum of ['scheme', 'unit', 'bank', 'channel', 'sex', 'age']) {
          const there = all.filter((table) => table.stratum === stratum)
          expect(there.reduce((n, table) => n + table.n, 0)).toBe(total?.n ?? 0)
          expect(there.reduce((n, table) => n + table.not_reported, 0)).toBe(total?.not_reported ?? 0)
        }
      }),
      { numRuns: 150, seed: 3 },
    )
  })
  it('an age is whole years on the day of the credit; a year alone may leave it open', () => {
    const on = (text: string): number => dayOf(text)
    expect(ageBand('2011-03-20', on('2026-03-19'))).toBe('<15')
    expect(ageBand('2011-03-19', on('2026-03-19'))).toBe('15–59')
    expect(ageBand('1946', on('2026-03-19'))).toBe('')
    expect(ageBand('1950', on('2026-03-19'))).toBe('70–79')
    expect(ageBand('', on('2026-03-19'))).toBe('')
  })
})
