/** The story of a finding says what its evidence says, in order, and invents no day. */
import { describe, expect, test } from 'vitest'
import { storyOf } from '../../src/http/desk/story.ts'

const asOf = '2026-10-31'
const steps = (evidence: Record<string, unknown>): string[] => storyOf(evidence, asOf).map((event) => `${event.day} ${event.kind} ${event.amount ?? '-'}`)

describe('the story', () => {
  test('of a month without any report is the due day and the day looked at', () => {
    expect(steps({ due_date: '2026-10-10', due_amount: '500000', credited_amount: '0' })).toEqual(['2026-10-10 due 500000', '2026-10-31 as_of -'])
  })

  test('of a returned payment goes from the instruction over the credit to the return, with the reason there', () => {
    const evidence = { due_date: '2026-10-10', due_amount: '500000', payments: [{ payment: '970436|E1', state: 'returned', instructed_amount: '500000', net_amount: '0', instructed_date: '2026-10-08', credited_date: '2026-10-09', returned_date: '2026-10-12', return_reason_code: 'AC04', creditor_agent: '970436', source_rows: [{ file_id: 3, line: 2 }, { file_id: 4, line: 9 }] }] }
    expect(steps(evidence)).toEqual(['2026-10-08 instructed 500000', '2026-10-09 credited -', '2026-10-10 due 500000', '2026-10-12 returned -', '2026-10-31 as_of -'])
    const returned = storyOf(evidence, asOf).find((event) => event.kind === 'returned')
    expect([returned?.reasonCode, returned?.source]).toEqual(['AC04', { fileId: '4', line: '9' }])
  })

  test('says what was credited and what came back where the evidence keeps both', () => {
    const payment = { payment: 'x|E1', state: 'returned', instructed_amount: '500000', credited_amount: '500000', returned_amount: '450000', net_amount: '50000', credited_date: '2026-10-09', returned_date: '2026-10-12' }
    expect(steps({ payments: [payment] })).toEqual(['2026-10-09 credited 500000', '2026-10-12 returned 450000', '2026-10-31 as_of -'])
  })

  test('places a rejection without a day of its own on the day it was instructed, and nowhere without even that', () => {
    const rejected = { payment: 'x|E1', state: 'rejected', instructed_amount: '500000', net_amount: '0' }
    expect(steps({ payments: [{ ...rejected, instructed_date: '2026-10-08' }] })).toEqual(['2026-10-08 instructed 500000', '2026-10-08 rejected 500000', '2026-10-31 as_of -'])
    expect(steps({ payments: [rejected] })).toEqual(['2026-10-31 as_of -'])
  })

  test('of a finding about one payment is that payment, resting on the finding’s own lines', () => {
    const events = storyOf({ payment: 'x|E1', state: 'credited', instructed_amount: '500000', net_amount: '500000', credited_date: '2026-10-09', source_rows: [{ file_id: '7', line: '12' }] }, asOf)
    expect(events.map((event) => event.kind)).toEqual(['credited', 'as_of'])
    expect(events[0]?.source).toEqual({ fileId: '7', line: '12' })
  })

  test('takes evidence it does not know as it comes', () => {
    expect(steps({ payments: 'none', due_date: 7, lines: null })).toEqual(['2026-10-31 as_of -'])
  })
})
