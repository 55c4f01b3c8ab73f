/** What a bank learns of all others as one: nothing that one or two of them, or a handful of payments, make up. */
import { describe, expect, test } from 'vitest'
import { scoreOf } from '../../src/reports/bank-score.ts'

type Tally = Parameters<typeof scoreOf>[1] extends ReadonlyMap<string, infer T> ? T : never

/** A bank with so many payments, rejected for these reasons, credited after these days. */
function bank(agent: string, { payments, rejected = {}, days = [], reports = 0, through = null }: { readonly payments: number; readonly rejected?: Readonly<Record<string, number>>; readonly days?: readonly number[]; readonly reports?: number; readonly through?: string | null }): [string, Tally] {
  const count = (result: 'all' | 'rejected', reason: string | null, number: number) => ({ creditor_agent: agent, result, reason_code: reason, payments: String(number) })
  return [agent, {
    payments: [count('all', null, payments), ...Object.entries(rejected).map(([reason, number]) => count('rejected', reason, number))],
    transfers: days.map((number) => ({ creditor_agent: agent, days: number, count: '10' })), clocks: [], through, reports: { part: 0, whole: reports }, answers: { part: 0, whole: 0 },
  }]
}

const asOf = '2026-10-31'
const three = [bank('970403', { payments: 100, days: [0, 1, 5] }), bank('970405', { payments: 100, days: [2] }), bank('970415', { payments: 100, days: [3] })]

describe('a score-card', () => {
  test('shows all others as one, and one’s own in full', () => {
    const { own, others } = scoreOf('970436', new Map([...three, bank('970436', { payments: 4, rejected: { AC04: 1 }, days: [0] })]), asOf)
    expect(own).toMatchObject({ payment_count: 4, shares: { rejected: { part: 1, whole: 4, share: '0.25' }, prompt: { part: 10, whole: 10 } }, reasons: [{ code: 'AC04', count: 1 }], times: { credit_median: '0' } })
    expect(others).toMatchObject({ payment_count: 300, shares: { prompt: { part: 20, whole: 50, share: '0.4' }, rejected: { part: 0, whole: 300 }, reports_in_time: null }, times: { credit_median: '2', credit_p90: '5' } })
  })

  test('shows no others where there are two: each would know the other', () => {
    expect(scoreOf('970403', new Map(three), asOf).others).toBeNull()
  })

  test('says nothing of what two of the others make up, though there are four', () => {
    const { others } = scoreOf('970436', new Map([...three.slice(0, 2).map(([agent, tally]): [string, Tally] => [agent, { ...tally, through: '2026-10-30', reports: { part: 6, whole: 12 } }]), ...three.slice(2), bank('970418', { payments: 50 })]), asOf)
    expect(others).toMatchObject({ payment_count: 350, shares: { reports_in_time: null }, times: { lag: null } })
    expect(scoreOf('970436', new Map(three.map(([agent, tally]): [string, Tally] => [agent, { ...tally, through: '2026-10-30', reports: { part: 6, whole: 12 } }])), asOf).others).toMatchObject({ shares: { reports_in_time: { part: 18, whole: 36 } }, times: { lag: '1' } })
  })

  test('says nothing of a handful, nor of a rest that is one', () => {
    const rejecting = (reasons: readonly Readonly<Record<string, number>>[]) => scoreOf('970436', new Map(three.map(([agent], place) => bank(agent, { payments: 100, rejected: reasons[place] ?? {} }))), asOf).others
    expect(rejecting([{ AC04: 4 }, {}, {}])?.shares.rejected).toBeNull()
    // 8 in all, though only one bank gives the second reason: with it the least of the others goes, or their sum would tell.
    expect(rejecting([{ AC04: 9, AC06: 6, BE01: 8 }, { AC04: 9, AC06: 6 }, { AC04: 9, AC06: 6 }])?.reasons).toEqual([{ code: 'AC04', count: 27 }, { code: 'AC06', count: null }, { code: 'BE01', count: null }])
    expect(rejecting([{ AC04: 9 }, { AC04: 9 }, { AC04: 9 }])?.reasons).toEqual([{ code: 'AC04', count: 27 }])
  })
})
