/** Every outcome class by example: what makes it, and what nearly does. */
import { describe, expect, it } from 'vitest'
import { AN, GUARDIAN, account, accounts, attempt, bank, calendar, classOf, credit, due, list, mandate, mandates, on, schemes } from './say.ts'

describe('paid and paid late', () => {
  it('money on the due date is in time', () => {
    expect(classOf([list(due()), bank(credit({ credited_at: '2026-03-20T23:59:59' }))])).toBe('paid')
  })
  it('one second later it is late', () => {
    expect(classOf([list(due()), bank(credit({ credited_at: '2026-03-21T00:00:00' }))])).toBe('paid_late')
  })
  it('the local day counts: 17:00 UTC is already tomorrow', () => {
    expect(classOf([list(due()), bank(credit({ credited_at: '2026-03-20T16:59:59Z' }))])).toBe('paid')
    expect(classOf([list(due()), bank(credit({ credited_at: '2026-03-20T17:00:00Z' }))])).toBe('paid_late')
  })
  it('two halves add up, and the second decides whether it was late', () => {
    const halves = (second: string) => bank(credit({ instructed_amount: '50' }), credit({ instructed_amount: '50', end_to_end_id: 'E2', credited_at: second }))
    expect(classOf([list(due()), halves('2026-03-20')])).toBe('paid')
    expect(classOf([list(due()), halves('2026-03-23')])).toBe('paid_late')
  })
  it('a due date on a Sunday or a holiday moves to the next banking day', () => {
    const sunday = list(due({ due_date: '2026-03-22' }))
    expect(classOf([sunday, bank(credit({ credited_at: '2026-03-23' }))])).toBe('paid')
    expect(classOf([calendar({ date: '2026-03-23', kind: 'holiday' }), sunday, bank(credit({ credited_at: '2026-03-24' }))])).toBe('paid')
    expect(classOf([calendar({ date: '2026-03-22', kind: 'working' }), sunday, bank(credit({ credited_at: '2026-03-23' }))])).toBe('paid_late')
  })
  it('grace days are calendar days after that', () => {
    const grace = schemes({ scheme: 'BTXH', due_day: '20', grace_days: '2' })
    expect(classOf([grace, list(due()), bank(credit({ credited_at: '2026-03-22' }))])).toBe('paid')
    expect(classOf([grace, list(due()), bank(credit({ credited_at: '2026-03-23' }))])).toBe('paid_late')
  })
  it('a scheme without a due day is due on the last day of the month, as is the 31st in a shorter one', () => {
    const april = (due_day: string) => [schemes({ scheme: 'BTXH', due_day }), list(due({ benefit_period: '2026-04' }))]
    for (const dueDay of ['', '31']) {
      expect(on(april(dueDay), '2026-04-30').outcomes[0]?.class).toBe('not_due')
      expect(on(april(dueDay), '2026-05-01').outcomes[0]?.class).toBe('unpaid_no_account')
    }
  })
  it('the zone of the instant is respected east and west', () => {
    expect(classOf([list(due()), bank(credit({ credited_at: '2026-03-20T23:30:00+08:00' }))])).toBe('paid')
    expect(classOf([list(due()), bank(credit({ credited_at: '2026-03-20T13:00:00-05:00' }))])).toBe('paid_late')
  })
  it('lines of several categories are one entitlement, due at the earliest', () => {
    const lines = list(due({ category_code: '1' }), due({ category_code: '2', due_amount: '30', due_date: '2026-03-18' }))
    expect(on([lines, bank(credit({ instructed_amount: '130' }))]).outcomes).toEqual([
      { scheme: 'BTXH', benefit_period: '2026-03', beneficiary_id: AN, class: 'paid_late', due: '130', credited: '130' },
    ])
  })
})

describe('too much', () => {
  const again = (amount: string) => credit({ end_to_end_id: 'E2', instructed_amount: amount, credited_at: '2026-03-20' })
  it('the whole amount once more is paid twice', () => {
    expect(classOf([list(due()), bank(credit(), again('100'))])).toBe('paid_twice')
  })
  it('another amount on top is paid over', () => {
    expect(classOf([list(due()), bank(credit(), again('40'))])).toBe('paid_over')
  })
  it('repeating one of two parts is paid twice, an odd third is paid over', () => {
    const parts = [credit({ instructed_amount: '70' }), credit({ instructed_amount: '30', end_to_end_id: 'E1b' })]
    expect(classOf([list(due()), bank(...parts, again('30'))])).toBe('paid_twice')
    expect(classOf([list(due()), bank(...parts, again('20'))])).toBe('paid_over')
  })
  it('after two parts the whole amount once more is paid twice', () => {
    const parts = [credit({ instructed_amount: '70' }), credit({ instructed_amount: '30', end_to_end_id: 'E1b' })]
    expect(classOf([list(due()), bank(...parts, again('100'))])).toBe('paid_twice')
  })
  it('one credit that is too large is paid over', () => {
    expect(classOf([list(due()), bank(credit({ instructed_amount: '200' }))])).toBe('paid_over')
  })
})

describe('not there yet', () => {
  it('nothing is missing on T, and is the day after', () => {
    expect(classOf([list(due())], '2026-03-20')).toBe('not_due')
    expect(classOf([list(due()), accounts(account())], '2026-03-21')).toBe('unpaid')
  })
  it('on the way for three days is in transit, for four it is stuck', () => {
    const files = [list(due()), bank(attempt('PDNG'))]
    expect(classOf(files, '2026-03-21')).toBe('in_transit')
    expect(classOf(files, '2026-03-22')).toBe('stuck')
  })
  it('what is on the way must fill the whole gap', () => {
    const half = (amount: string) => bank(credit({ instructed_amount: '50' }), attempt('ACSP', { end_to_end_id: 'E2', instructed_amount: amount, instructed_at: '2026-03-21' }))
    expect(classOf([list(due()), half('50')], '2026-03-22')).toBe('in_transit')
    expect(classOf([list(due()), half('40')], '2026-03-22')).toBe('paid_short')
  })
  it('a credit of tomorrow is still on the way today', () => {
    expect(classOf([list(due()), bank(credit({ instructed_at: '2026-03-20', credited_at: '2026-03-24' }))], '2026-03-23')).toBe('in_transit')
  })
  it('a credit of tomorrow that was never instructed is unseen', () => {
    expect(classOf([list(due()), accounts(account()), bank(credit({ instructed_at: '', credited_at: '2026-03-24' }))], '2026-03-23')).toBe('unpaid')
  })
})

describe('carried over', () => {
  const april = (more = {}) => due({ benefit_period: '2026-04', component: 'carried_over', origin_period: '2026-03', ...more })
  it('a later list that names the month takes the rest over', () => {
    expect(classOf([list(due(), april())])).toBe('carried_over')
  })
  it('not when that line is suspended, names another month or another scheme', () => {
    expect(classOf([list(due(), april({ list_status: 'suspended' })), accounts(account())])).toBe('unpaid')
    expect(classOf([list(due(), april({ origin_period: '2026-02' })), accounts(account())])).toBe('unpaid')
    expect(classOf([list(due(), april({ scheme: 'HTXH' })), accounts(account())])).toBe('unpaid')
  })
  it('a month that was paid after all is paid', () => {
    expect(classOf([list(due(), april()), bank(credit())])).toBe('paid')
  })
})

describe('short, returned, not collected', () => {
  it('a credit below the due amount is short', () => {
    expect(classOf([list(due()), bank(credit({ credited_amount: '99' }))])).toBe('paid_short')
  })
  it('a partial return leaves it short, a full one returned', () => {
    const back = (returned_amount: string) => bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-21', returned_amount }))
    expect(classOf([list(due()), back('10')])).toBe('paid_short')
    expect(classOf([list(due()), back('')])).toBe('returned')
  })
  it('returns in parts add up, whenever each is told; told twice on its day a part is one', () => {
    const back = (day: string, returned_amount: string) => credit({ transaction_status: 'RTRN', returned_at: day, returned_amount })
    const [first, again, rest] = [back('2026-03-21', '40'), back('2026-03-21T16:00:00', '40'), back('2026-03-23', '60')]
    expect(classOf([list(due()), bank(first), bank(again)])).toBe('paid_short')
    for (const told of [[first, rest], [rest, again, first], [first, again, rest, rest]]) expect(classOf([list(due()), ...told.map((row) => bank(row))])).toBe('returned')
    expect(classOf([list(due()), bank(first, rest)], '2026-03-22')).toBe('paid_short')
    // Never more than came.
    expect(classOf([list(due()), bank(first, rest), bank(back('2026-03-24', '100'))])).toBe('returned')
  })
  it('before the day of its return the money was there', () => {
    expect(classOf([list(due()), bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-25' }))], '2026-03-24')).toBe('paid')
  })
  it('the last attempt decides: rejected after uncollected is returned, uncollected after rejected is not', () => {
    const cash = list(due({ payment_channel: 'cash', creditor_account: '' }))
    const later = { end_to_end_id: 'E2', instructed_at: '2026-03-20' }
    expect(classOf([cash, bank(attempt('NCOL'), attempt('RJCT', later))])).toBe('returned')
    expect(classOf([cash, bank(attempt('RJCT'), attempt('NCOL', later))])).toBe('not_collected')
  })
  it('only cash and post can stay uncollected; the channel of the payment goes before that of the list', () => {
    expect(classOf([list(due()), bank(attempt('NCOL'))])).toBe('unpaid')
    expect(classOf([list(due()), bank(attempt('NCOL', { payment_channel: 'post' }))])).toBe('not_collected')
  })
  it('a rejection without a date counts at once, but never before its instruction', () => {
    const files = [list(due()), accounts(account()), bank(attempt('RJCT', { instructed_at: '2026-03-25' }))]
    expect(classOf(files, '2026-03-24')).toBe('unpaid')
    expect(classOf(files, '2026-03-25')).toBe('returned')
  })
  it('a rejection with a date counts from that date', () => {
    const files = [list(due()), bank(attempt('RJCT', { returned_at: '2026-03-23', instructed_at: '2026-03-20' }))]
    expect(classOf(files, '2026-03-22')).toBe('in_transit')
    expect(classOf(files, '2026-03-23')).toBe('returned')
  })
})

describe('unpaid', () => {
  it('without any account it says so', () => {
    expect(classOf([list(due())])).toBe('unpaid_no_account')
  })
  it('a dormant account is none, a guardian’s with a valid mandate is one, with an ended mandate it is not', () => {
    expect(classOf([list(due()), accounts(account({ account_status: 'dormant' }))])).toBe('unpaid_no_account')
    const guardians = accounts(account({ account_number: '2090001', holder_id: GUARDIAN }))
    expect(classOf([list(due()), guardians, mandates(mandate())])).toBe('unpaid')
    expect(classOf([list(due()), guardians, mandates(mandate({ valid_to: '2026-03-30' }))])).toBe('unpaid_no_account')
  })
  it('cash needs no account', () => {
    expect(classOf([list(due({ payment_channel: 'cash' }))])).toBe('unpaid')
  })
  it('an account that is reported only later does not count yet', () => {
    expect(classOf([list(due()), accounts(account({ reported_date: '2026-04-01' }))])).toBe('unpaid_no_account')
  })
  it('something too small on the way is an instruction, so it is plainly unpaid', () => {
    expect(classOf([list(due()), bank(attempt('PDNG', { instructed_amount: '40' }))])).toBe('unpaid')
  })
})

describe('which line stands', () => {
  const amounts = (...files: ReturnType<typeof list>[]) => on(files).outcomes.map((one) => one.due)
  it('a suspended line is no entitlement', () => {
    expect(amounts(list(due({ list_status: 'suspended' })))).toEqual([])
  })
  it('the later list_date replaces, whatever comes first', () => {
    const early = list(due({ list_date: '2026-03-01' }))
    const late = list(due({ list_date: '2026-03-09', due_amount: '120' }))
    expect(amounts(early, late)).toEqual(['120'])
    expect(amounts(late, early)).toEqual(['120'])
  })
  it('of two with one date the later file stands', () => {
    const dated = (due_amount: string) => list(due({ list_date: '2026-03-09', due_amount }))
    expect(amounts(dated('100'), dated('120'))).toEqual(['120'])
  })
  it('without a date the later file replaces', () => {
    expect(amounts(list(due({ list_date: '2026-03-09' })), list(due({ due_amount: '120' })))).toEqual(['120'])
    expect(amounts(list(due({ due_amount: '120' })), list(due({ list_date: '2026-03-09' })))).toEqual(['100'])
  })
  it('a line missing from a later list stands', () => {
    expect(amounts(list(due()), list(due({ beneficiary_id: '001085000009' })))).toEqual(['100', '100'])
  })
  it('twice in one file, or from two units, the smaller amount stands', () => {
    expect(amounts(list(due(), due({ due_amount: '90' })))).toEqual(['90'])
    expect(amounts(list(due(), due({ due_amount: '90', unit_code: '26737' })))).toEqual(['90'])
    expect(amounts(list(due(), due({ list_status: 'stopped' })))).toEqual([])
  })
  it('a unit that stopped the line leaves it to the other', () => {
    expect(amounts(list(due({ list_status: 'stopped', due_amount: '10' }), due({ unit_code: '26737' })))).toEqual(['100'])
  })
})
