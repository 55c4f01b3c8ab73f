/** What each transaction status asks of its row: the instants it needs, and a return that stays within its credit. */
import { describe, expect, test } from 'vitest'
import { statusFaults, type StatusFacts, type StatusFault } from '../../src/ingest/status-rules.ts'

const row = (status: string, more: Partial<StatusFacts> = {}): StatusFacts => ({
  status, hasInstructedAt: true, hasCreditedAt: true, hasReturnedAt: true, instructedAmount: '100', creditedAmount: null, returnedAmount: null, ...more,
})
const missing = (column: StatusFault['column']): StatusFault => ({ column, code: 'status_date_missing' })
const exceeds: StatusFault = { column: 'returned_amount', code: 'return_exceeds_credit' }

describe('instants', () => {
  test.each(['PDNG', 'ACSP', 'ACSC', 'ACCC', 'RJCT', 'RTRN', 'NCOL', ''])('%s with all of them breaks nothing', (status) => {
    expect(statusFaults(row(status))).toEqual([])
  })

  test.each([
    ['PDNG', 'instructed_at'], ['ACSP', 'instructed_at'], ['ACSC', 'credited_at'], ['ACCC', 'credited_at'], ['RTRN', 'returned_at'],
  ] as const)('%s needs %s, and only that', (status, column) => {
    const having = { hasInstructedAt: column === 'instructed_at', hasCreditedAt: column === 'credited_at', hasReturnedAt: column === 'returned_at' }
    expect(statusFaults(row(status, having))).toEqual([])
    expect(statusFaults(row(status, { hasInstructedAt: !having.hasInstructedAt, hasCreditedAt: !having.hasCreditedAt, hasReturnedAt: !having.hasReturnedAt }))).toEqual([missing(column)])
  })

  test.each(['RJCT', 'NCOL', ''])('%s needs none', (status) => {
    expect(statusFaults(row(status, { hasInstructedAt: false, hasCreditedAt: false, hasReturnedAt: false }))).toEqual([])
  })
})

describe('a return', () => {
  test('may be the whole credit, and no more', () => {
    expect(statusFaults(row('RTRN', { returnedAmount: '100' }))).toEqual([])
    expect(statusFaults(row('RTRN', { returnedAmount: '101' }))).toEqual([exceeds])
  })

  test('is held against what was credited, where that is known, else against what was instructed', () => {
    expect(statusFaults(row('RTRN', { returnedAmount: '90', creditedAmount: '80' }))).toEqual([exceeds])
    expect(statusFaults(row('RTRN', { returnedAmount: '110', creditedAmount: '110' }))).toEqual([])
    expect(statusFaults(row('RTRN', { returnedAmount: '110', instructedAmount: null, creditedAmount: '110' }))).toEqual([])
    expect(statusFaults(row('RTRN', { returnedAmount: '110', instructedAmount: null }))).toEqual([])
  })

  test('of a part leaves money credited, and that needs the day of the credit', () => {
    expect(statusFaults(row('RTRN', { returnedAmount: '40' }))).toEqual([])
    expect(statusFaults(row('RTRN', { returnedAmount: '40', hasCreditedAt: false }))).toEqual([missing('credited_at')])
    expect(statusFaults(row('RTRN', { returnedAmount: '100', hasCreditedAt: false }))).toEqual([])
    expect(statusFaults(row('RJCT', { returnedAmount: '40', hasCreditedAt: false }))).toEqual([])
  })

  test('is looked at under every status, beside a missing instant', () => {
    expect(statusFaults(row('PDNG', { returnedAmount: '101', hasInstructedAt: false }))).toEqual([exceeds, missing('instructed_at')])
    expect(statusFaults(row('ACSC', { returnedAmount: '101', hasCreditedAt: false }))).toEqual([exceeds, missing('credited_at')])
    expect(statusFaults(row('RTRN', { returnedAmount: '40', hasReturnedAt: false, hasCreditedAt: false }))).toEqual([missing('credited_at'), missing('returned_at')])
    expect(statusFaults(row('NCOL', { returnedAmount: '101' }))).toEqual([exceeds])
  })
})
