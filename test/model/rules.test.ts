/** Every matching rule by example, from certain to doubtful, and how reports become one payment. */
import { describe, expect, it } from 'vitest'
import { AN, BINH, FORMER_AN, GUARDIAN, account, accounts, attempt, bank, credit, due, list, mandate, mandates, matchesOf, on, register, registered } from './say.ts'

const april = (more = {}) => due({ benefit_period: '2026-04', ...more })
const may = (more = {}) => due({ benefit_period: '2026-05', ...more })
const binh = (more = {}) => due({ beneficiary_id: BINH, ...more })
const noId = (more = {}) => credit({ beneficiary_id: '', ...more })

describe('id_period', () => {
  it('id, scheme and period name the entitlement, whatever the amount', () => {
    expect(matchesOf([list(due()), bank(credit({ instructed_amount: '60' }))])).toEqual([`id_period 2026-03 ${AN} 60`])
  })
  it('not in another currency', () => {
    expect(matchesOf([list(due()), bank(credit({ currency: 'USD' }))])).toEqual([])
  })
  it('a rejected payment is linked and takes nothing', () => {
    expect(matchesOf([list(due()), bank(attempt('RJCT'))])).toEqual([`id_period 2026-03 ${AN} 0`])
  })
})

describe('id_periods', () => {
  const months = list(due(), april(), may({ due_amount: '50' }))
  it('two months in one sum are split over both', () => {
    expect(matchesOf([months, bank(credit({ instructed_amount: '200' }))])).toEqual([
      `id_periods 2026-03 ${AN} 100`,
      `id_periods 2026-04 ${AN} 100`,
    ])
  })
  it('one đồng more goes to the stated month whole', () => {
    expect(matchesOf([months, bank(credit({ instructed_amount: '201' }))])).toEqual([`id_period 2026-03 ${AN} 201`])
  })
  it('a month that is paid already is stepped over', () => {
    const paidApril = credit({ end_to_end_id: 'E0', benefit_period: '2026-04' })
    expect(matchesOf([months, bank(paidApril, credit({ instructed_amount: '150' }))])).toEqual([
      `id_period 2026-04 ${AN} 100`,
      `id_periods 2026-03 ${AN} 100`,
      `id_periods 2026-05 ${AN} 50`,
    ])
  })
  it('a second payment of a paid month is never next month’s money', () => {
    expect(matchesOf([months, bank(credit(), credit({ end_to_end_id: 'E2' }))])).toEqual([
      `id_period 2026-03 ${AN} 100`,
      `id_period 2026-03 ${AN} 100`,
    ])
  })
  it('exact amounts go first, even when they come later', () => {
    const both = credit({ end_to_end_id: 'E2', instructed_amount: '200', credited_at: '2026-03-18' })
    expect(matchesOf([months, bank(both, credit())])).toEqual([`id_period 2026-03 ${AN} 100`, `id_period 2026-03 ${AN} 200`])
  })
})

describe('former_id_period', () => {
  const linked = register(registered({ previous_id: FORMER_AN }))
  it('the bank still uses the old id', () => {
    expect(matchesOf([list(due()), linked, bank(credit({ beneficiary_id: FORMER_AN }))])).toEqual([`former_id_period 2026-03 ${AN} 100`])
  })
  it('the list still uses the old id', () => {
    expect(matchesOf([list(due({ beneficiary_id: FORMER_AN })), linked, bank(credit())])).toEqual([`former_id_period 2026-03 ${FORMER_AN} 100`])
  })
  it('exact amounts go first here too', () => {
    const old = (more: object) => credit({ beneficiary_id: FORMER_AN, ...more })
    const both = old({ end_to_end_id: 'E2', instructed_amount: '200', credited_at: '2026-03-18' })
    expect(matchesOf([list(due(), april()), linked, bank(both, old({}))])).toEqual([`former_id_period 2026-03 ${AN} 100`, `former_id_period 2026-03 ${AN} 200`])
  })
  it('not without the register, and not when two people come from the same old id', () => {
    expect(matchesOf([list(due()), bank(credit({ beneficiary_id: FORMER_AN }))])).toEqual([])
    const both = register(registered({ previous_id: FORMER_AN }), registered({ person_id: BINH, previous_id: FORMER_AN }))
    expect(matchesOf([list(due(), binh()), both, bank(credit({ beneficiary_id: FORMER_AN }))])).toEqual([])
  })
  it('an id that is on the list itself stays its own', () => {
    expect(matchesOf([list(due(), due({ beneficiary_id: FORMER_AN })), linked, bank(credit({ beneficiary_id: FORMER_AN }))])).toEqual([
      `id_period 2026-03 ${FORMER_AN} 100`,
    ])
  })
})

describe('id_oldest', () => {
  const months = list(due({ benefit_period: '2026-01' }), due({ benefit_period: '2026-02', due_amount: '70' }), due({ due_amount: '60' }), april())
  const undated = (amount: string, more = {}) => bank(credit({ benefit_period: '', instructed_amount: amount, ...more }))
  it('the open month of exactly that amount', () => {
    expect(matchesOf([months, undated('60')])).toEqual([`id_oldest 2026-03 ${AN} 60`])
  })
  it('else the oldest months in a row that add up to it', () => {
    expect(matchesOf([months, undated('170')])).toEqual([`id_oldest 2026-01 ${AN} 100`, `id_oldest 2026-02 ${AN} 70`])
  })
  it('else the oldest open month', () => {
    expect(matchesOf([months, undated('130')])).toEqual([`id_oldest 2026-01 ${AN} 130`])
  })
  it('none open: the month due last, up to the month of instruction', () => {
    const paid = bank(...['2026-01', '2026-02', '2026-03'].map((benefit_period, at) => credit({ benefit_period, end_to_end_id: `P${at}`, instructed_amount: ['100', '70', '60'][at] ?? '' })))
    expect(matchesOf([months, paid, undated('100')])[0]).toBe(`id_oldest 2026-03 ${AN} 100`)
  })
  it('the month of instruction counts, the month of credit only when no instruction is dated', () => {
    const early = { instructed_at: '2026-03-30', credited_at: '2026-04-01' }
    expect(matchesOf([list(april()), undated('100', early)], '2026-04-05')).toEqual([])
    expect(matchesOf([list(april()), undated('100', { ...early, instructed_at: '' })], '2026-04-05')).toEqual([`id_oldest 2026-04 ${AN} 100`])
  })
  it('a stated period without scheme limits the search to it', () => {
    expect(matchesOf([months, bank(credit({ scheme: '', instructed_amount: '70' }))])).toEqual([`id_oldest 2026-03 ${AN} 70`])
  })
  it('money instructed in March is not for April', () => {
    expect(matchesOf([list(april()), undated('100')])).toEqual([])
    expect(matchesOf([list(april()), undated('100', { instructed_at: '2026-04-01', credited_at: '2026-04-02' })], '2026-04-05')).toEqual([`id_oldest 2026-04 ${AN} 100`])
  })
})

describe('account', () => {
  it('the list’s account names the one beneficiary', () => {
    expect(matchesOf([list(due()), bank(noId())])).toEqual([`account 2026-03 ${AN} 100`])
    expect(matchesOf([list(due()), bank(noId({ scheme: '', benefit_period: '' }))])).toEqual([`account 2026-03 ${AN} 100`])
  })
  it('at another bank it is another account, unless the list names no bank', () => {
    expect(matchesOf([list(due()), bank(noId({ creditor_agent: '970415' }))])).toEqual([])
    expect(matchesOf([list(due({ creditor_agent: '' })), bank(noId({ creditor_agent: '970415' }))])).toEqual([`account 2026-03 ${AN} 100`])
  })
  it('her own account does too, under a former id as well', () => {
    const own = accounts(account({ account_number: '777701', holder_id: FORMER_AN }))
    const paid = bank(noId({ creditor_account: '777701' }))
    expect(matchesOf([list(due()), own, register(registered({ previous_id: FORMER_AN })), paid])).toEqual([`account 2026-03 ${AN} 100`])
    expect(matchesOf([list(due()), own, paid])).toEqual([])
  })
  it('and that of a payee whose mandate covers the day of the credit', () => {
    const guardians = accounts(account({ account_number: '2090001', holder_id: GUARDIAN }))
    const paid = bank(noId({ creditor_account: '2090001' }))
    expect(matchesOf([list(due()), guardians, mandates(mandate({ valid_to: '2026-03-19' })), paid])).toEqual([`account 2026-03 ${AN} 100`])
    expect(matchesOf([list(due()), guardians, mandates(mandate({ valid_to: '2026-03-18' })), paid])).toEqual([])
  })
  it('a payment with an id is never matched by its account', () => {
    expect(matchesOf([list(due()), bank(credit({ beneficiary_id: BINH }))])).toEqual([])
  })
  it('an empty account matches nobody', () => {
    expect(matchesOf([list(due({ creditor_account: '' })), bank(noId({ creditor_account: '' }))])).toEqual([])
  })
})

describe('household', () => {
  const home = list(due(), binh({ due_amount: '70' }))
  it('one sum for all open dues is split to each', () => {
    expect(matchesOf([home, bank(noId({ instructed_amount: '170' }))])).toEqual([`household 2026-03 ${AN} 100`, `household 2026-03 ${BINH} 70`])
  })
  it('the amount of exactly one of them is that one’s', () => {
    expect(matchesOf([home, bank(noId({ instructed_amount: '70' }))])).toEqual([`household 2026-03 ${BINH} 70`])
  })
  it('the amount of two of them is nobody’s', () => {
    expect(matchesOf([list(due(), binh()), bank(noId())])).toEqual([])
  })
  it('once one of the two is paid, it is the other’s', () => {
    expect(matchesOf([list(due(), binh()), bank(credit(), noId({ end_to_end_id: 'E2' }))])).toEqual([`id_period 2026-03 ${AN} 100`, `household 2026-03 ${BINH} 100`])
  })
})

describe('one payment from many reports', () => {
  const names = (...files: ReturnType<typeof bank>[]) => on([list(due()), ...files]).matches.map((one) => one.payment)
  it('later reports move a payment on, and an older one that comes late changes nothing', () => {
    const credited = bank(credit())
    const pending = bank(attempt('PDNG'))
    expect(on([list(due()), pending, credited])).toEqual(on([list(due()), credited, pending]))
    expect(on([list(due()), pending, credited]).outcomes[0]?.class).toBe('paid')
  })
  it('rejected outranks uncollected, whichever report comes last', () => {
    const cash = list(due({ payment_channel: 'cash' }))
    for (const files of [[bank(attempt('NCOL')), bank(attempt('RJCT'))], [bank(attempt('RJCT')), bank(attempt('NCOL'))]]) {
      expect(on([cash, ...files]).outcomes[0]?.class).toBe('returned')
    }
  })
  it('the earliest reported credit is when it was credited', () => {
    expect(on([list(due()), bank(credit({ credited_at: '2026-03-24' })), bank(credit())]).outcomes[0]?.class).toBe('paid')
  })
  it('NOTPROVIDED is no reference: alike in two files is one payment, twins in one file are two', () => {
    const bare = credit({ end_to_end_id: 'NOTPROVIDED' })
    expect(names(bank(bare), bank({ ...bare, creditor_name: 'An' }))).toHaveLength(1)
    expect(names(bank(bare, bare))).toHaveLength(2)
    expect(names(bank(bare, { ...bare, bank_reference: 'FT2' }))).toHaveLength(2)
  })
  it('two banks may use the same reference', () => {
    expect(names(bank(credit(), credit({ creditor_agent: '970415' })))).toHaveLength(2)
  })
  it('of contradicting reports the one instructed earlier stands, then the smaller amount', () => {
    const large = bank(credit({ instructed_amount: '120' }))
    expect(on([list(due()), large, bank(credit())]).outcomes[0]?.credited).toBe('100')
    expect(on([list(due()), bank(credit({ instructed_amount: '120', instructed_at: '2026-03-17' })), bank(credit())]).outcomes[0]?.credited).toBe('120')
  })
})
