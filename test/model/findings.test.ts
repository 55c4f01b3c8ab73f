/** Every finding by example: what raises it, with its stake, and what nearly does. */
import { describe, expect, it } from 'vitest'
import {
  AN, BANK, BINH, CHI, DUNG, FORMER_AN, GUARDIAN, account, accounts, attempt, bank, credit, due, found, list, mandate, mandates, on,
  register, registered, stakes,
} from './say.ts'

const guardians = account({ holder_id: GUARDIAN })
const noId = (more = {}) => credit({ beneficiary_id: '', ...more })

describe('findings that are a class', () => {
  it('stake what is missing or too much', () => {
    expect(stakes('unpaid_no_account', [list(due())])).toEqual(['100'])
    expect(stakes('unpaid', [list(due()), accounts(account())])).toEqual(['100'])
    expect(stakes('returned', [list(due()), bank(attempt('RJCT'))])).toEqual(['100'])
    expect(stakes('stuck', [list(due()), bank(attempt('PDNG'))])).toEqual(['100'])
    expect(stakes('paid_short', [list(due()), bank(credit({ instructed_amount: '30' }))])).toEqual(['70'])
    expect(stakes('paid_over', [list(due()), bank(credit({ instructed_amount: '130' }))])).toEqual(['30'])
    expect(stakes('paid_twice', [list(due()), bank(credit(), credit({ end_to_end_id: 'E2' }))])).toEqual(['100'])
    expect(stakes('paid_late', [list(due()), bank(credit({ credited_at: '2026-03-25' }))])).toEqual(['0'])
  })
  it('paid in time, not yet due, in transit and carried over are none', () => {
    expect(on([list(due()), bank(credit())]).findings).toEqual([])
    expect(on([list(due())], '2026-03-20').findings).toEqual([])
    expect(on([list(due()), bank(attempt('PDNG'))], '2026-03-21').findings).toEqual([])
    const carried = due({ benefit_period: '2026-04', component: 'carried_over', origin_period: '2026-03' })
    expect(on([list(due(), carried)]).findings).toEqual([])
  })
  it('uncollected cash is a finding after thirty days, not before', () => {
    const files = [list(due({ payment_channel: 'cash' })), bank(attempt('NCOL'))]
    expect(stakes('not_collected', files, '2026-04-17')).toEqual([])
    expect(stakes('not_collected', files, '2026-04-18')).toEqual(['100'])
  })
})

describe('payments that belong to nobody', () => {
  it('not_on_list: an unknown id, an id without an entitlement there, an unknown account', () => {
    expect(found('not_on_list', [list(due()), bank(credit({ beneficiary_id: BINH }))])).toEqual([
      { code: 'not_on_list', scheme: 'BTXH', benefit_period: '2026-03', beneficiary_id: BINH, subject: `${BANK}|E1`, amount_at_stake: '100' },
    ])
    expect(stakes('not_on_list', [list(due()), bank(credit({ benefit_period: '2026-02' }))])).toEqual(['100'])
    expect(found('not_on_list', [list(due()), bank(noId({ creditor_account: '888801', scheme: '' }))])[0]).toMatchObject({ scheme: null, beneficiary_id: null })
  })
  it('not while it is on the way, nor once it went back; part of it may have', () => {
    expect(stakes('not_on_list', [bank(attempt('PDNG'))])).toEqual([])
    expect(stakes('not_on_list', [bank(attempt('RJCT'))])).toEqual([])
    const back = credit({ transaction_status: 'RTRN', returned_at: '2026-03-21' })
    expect(stakes('not_on_list', [bank(back)])).toEqual([])
    expect(stakes('not_on_list', [bank({ ...back, returned_amount: '40' })])).toEqual(['60'])
  })
  it('paid_while_suspended: by id, or by the account of exactly one suspended line', () => {
    const suspended = list(due({ list_status: 'suspended' }))
    expect(stakes('paid_while_suspended', [suspended, bank(credit())])).toEqual(['100'])
    expect(stakes('paid_while_suspended', [suspended, bank(noId())])).toEqual(['100'])
    expect(stakes('not_on_list', [suspended, bank(credit())])).toEqual([])
  })
  it('not when another line of hers is active, nor for another month, nor for two suspended on one account', () => {
    const suspended = due({ list_status: 'stopped' })
    expect(stakes('paid_while_suspended', [list(suspended, due({ category_code: '2' })), bank(credit())])).toEqual([])
    expect(stakes('paid_while_suspended', [list(suspended), bank(credit({ benefit_period: '2026-02' }))])).toEqual([])
    expect(stakes('not_on_list', [list(suspended, { ...suspended, beneficiary_id: BINH }), bank(noId())])).toEqual(['100'])
  })
  it('ambiguous_payment: two candidates and no amount that decides, on the way with stake 0', () => {
    const home = list(due(), due({ beneficiary_id: BINH }))
    expect(stakes('ambiguous_payment', [home, bank(noId())])).toEqual(['100'])
    expect(stakes('ambiguous_payment', [home, bank(attempt('PDNG', { beneficiary_id: '' }))])).toEqual(['0'])
    expect(stakes('ambiguous_payment', [home, bank(noId({ instructed_amount: '200' }))])).toEqual([])
    expect(stakes('ambiguous_payment', [home, bank(attempt('RJCT', { beneficiary_id: '' }))])).toEqual([])
  })
})

describe('conflicting_line', () => {
  const conflict = (...more: object[]) => stakes('conflicting_line', [list(due()), ...more.map((one) => bank(credit({ ...one })))])
  it('another amount stakes the difference, another account or beneficiary or currency the amount', () => {
    expect(conflict({}, { instructed_amount: '130' })).toEqual(['30'])
    expect(conflict({}, { credited_amount: '90' })).toEqual(['10'])
    expect(conflict({}, { creditor_account: '1020009' })).toEqual(['100'])
    expect(conflict({}, { beneficiary_id: BINH })).toEqual(['100'])
    expect(conflict({}, { currency: 'USD' })).toEqual(['100'])
  })
  it('rejected and credited contradict each other; credited and returned do not', () => {
    expect(conflict({}, { transaction_status: 'RJCT', credited_at: '' })).toEqual(['100'])
    expect(conflict({}, { transaction_status: 'RTRN', returned_at: '2026-03-21' })).toEqual([])
  })
  it('silence is no contradiction, and nor is what is not visible yet', () => {
    expect(conflict({}, { creditor_account: '', beneficiary_id: '' })).toEqual([])
    expect(conflict({}, { instructed_amount: '130', instructed_at: '2026-04-02', credited_at: '2026-04-03' })).toEqual([])
  })
})

describe('whose account it is', () => {
  const elsewhere = bank(credit({ creditor_account: '777701' }))
  it('wrong_account: neither hers, nor the list’s, nor her guardian’s', () => {
    expect(stakes('wrong_account', [list(due()), elsewhere])).toEqual(['100'])
    expect(stakes('wrong_account', [list(due()), bank(credit())])).toEqual([])
    expect(stakes('wrong_account', [list(due()), accounts(account({ account_number: '777701' })), elsewhere])).toEqual([])
    const theirs = accounts({ ...guardians, account_number: '777701' })
    expect(stakes('wrong_account', [list(due()), theirs, mandates(mandate()), elsewhere])).toEqual([])
    expect(stakes('wrong_account', [list(due()), theirs, mandates(mandate({ valid_to: '2026-03-18' })), elsewhere])).toEqual(['100'])
  })
  it('cash, an unnamed account and money that went back have none', () => {
    expect(stakes('wrong_account', [list(due()), bank(credit({ creditor_account: '777701', payment_channel: 'cash' }))])).toEqual([])
    expect(stakes('wrong_account', [list(due()), bank(credit({ creditor_account: '' }))])).toEqual([])
    expect(stakes('wrong_account', [list(due()), bank(attempt('RJCT', { creditor_account: '777701' }))])).toEqual([])
  })
  it('holder_mismatch: held by someone without any mandate', () => {
    expect(stakes('holder_mismatch', [list(due()), accounts(guardians)])).toEqual(['100'])
    expect(stakes('holder_mismatch', [list(due()), accounts(guardians), mandates(mandate({ valid_to: '2025-12-31' }))])).toEqual([])
    expect(stakes('holder_mismatch', [list(due())])).toEqual([])
    const underFormerId = [list(due()), accounts(account({ holder_id: FORMER_AN })), register(registered({ previous_id: FORMER_AN }))]
    expect(stakes('holder_mismatch', underFormerId)).toEqual([])
  })
  it('mandate_expired: the mandate does not cover the due date', () => {
    const under = (more = {}) => [list(due()), accounts(guardians), mandates(mandate(more))]
    expect(stakes('mandate_expired', under({ valid_to: '2026-03-19' }))).toEqual(['100'])
    expect(stakes('mandate_expired', under({ valid_from: '2026-03-21' }))).toEqual(['100'])
    expect(stakes('mandate_expired', under({ valid_to: '2026-03-20' }))).toEqual([])
  })
  it('account_not_usable: on D, by the latest report', () => {
    const dormant = account({ account_status: 'dormant', reported_date: '2026-03-10' })
    expect(stakes('account_not_usable', [list(due()), accounts(dormant)])).toEqual(['100'])
    expect(stakes('account_not_usable', [list(due()), accounts(account({ reported_date: '2026-03-15' })), accounts(dormant)])).toEqual([])
    expect(stakes('account_not_usable', [list(due()), accounts({ ...dormant, reported_date: '2026-04-01' })])).toEqual([])
    expect(stakes('account_not_usable', [list(due()), accounts(account(), dormant)])).toEqual(['100'])
  })
})

describe('what the bank and the register said last', () => {
  it('inside one file of one day the most restrictive status stands, in any order', () => {
    const [active, closed] = [account(), account({ account_status: 'closed' })]
    expect(stakes('account_not_usable', [list(due()), accounts(active, closed)])).toEqual(['100'])
    expect(stakes('account_not_usable', [list(due()), accounts(closed, active)])).toEqual(['100'])
  })
  it('every account of the entitlement’s lines is looked at, the finding is one', () => {
    const lines = list(due(), due({ category_code: '2', creditor_account: '1020002' }))
    const second = account({ account_number: '1020002', account_status: 'closed' })
    expect(stakes('account_not_usable', [lines, accounts(account(), second)])).toEqual(['200'])
    expect(stakes('account_not_usable', [lines, accounts(account({ account_status: 'closed' }), second)])).toEqual(['200'])
  })
  it('of two register entries of one day the later file stands', () => {
    const dead = register(registered({ vital_status: 'dead', death_date: '2026-01-05' }))
    expect(stakes('deceased_on_list', [list(due()), register(registered()), dead])).toEqual(['100'])
    expect(stakes('deceased_on_list', [list(due()), dead, register(registered())])).toEqual([])
  })
})

describe('shared_account', () => {
  const neighbours = (...ids: string[]) => list(...ids.map((beneficiary_id) => due({ beneficiary_id })))
  it('three people on one account in one month, with what it received for them', () => {
    expect(found('shared_account', [neighbours(AN, BINH, CHI), bank(credit())])).toEqual([
      { code: 'shared_account', scheme: null, benefit_period: '2026-03', beneficiary_id: null, subject: `${BANK}|1020001`, amount_at_stake: '100' },
    ])
    expect(stakes('shared_account', [neighbours(AN, BINH)])).toEqual([])
  })
  it('its holder is counted, even when the list pays her elsewhere', () => {
    const elsewhere = due({ beneficiary_id: DUNG, creditor_account: '4020001' })
    const files = [neighbours(AN, BINH), list(elsewhere)]
    expect(stakes('shared_account', files)).toEqual([])
    expect(stakes('shared_account', [...files, accounts(account({ holder_id: DUNG }))])).toEqual(['0'])
  })
  it('whoever was paid to it is counted, over all schemes', () => {
    const third = due({ beneficiary_id: CHI, creditor_account: '3020001', scheme: 'HTXH' })
    const paid = bank(credit({ beneficiary_id: CHI, scheme: 'HTXH' }))
    expect(stakes('shared_account', [neighbours(AN, BINH), list(third), paid])).toEqual(['100'])
    expect(stakes('shared_account', [neighbours(AN, BINH), list(third)])).toEqual([])
  })
  it('those under a valid mandate of the holder are not counted', () => {
    const files = [neighbours(AN, BINH, CHI), accounts(guardians)]
    expect(stakes('shared_account', [...files, mandates(mandate())])).toEqual([])
    expect(stakes('shared_account', [...files, mandates(mandate({ valid_to: '2026-03-19' }))])).toEqual(['0'])
  })
})

describe('death', () => {
  const dead = (more = {}) => register(registered({ vital_status: 'dead', ...more }))
  it('the month of death is due, the month after is not', () => {
    expect(stakes('deceased_on_list', [list(due()), dead({ death_date: '2026-03-01' })])).toEqual([])
    expect(stakes('deceased_on_list', [list(due()), dead({ death_date: '2026-02-28' })])).toEqual(['100'])
  })
  it('a death after D is not known, one without date counts from the month after it was verified', () => {
    const april = list(due({ benefit_period: '2026-05' }))
    expect(stakes('deceased_on_list', [april, dead({ death_date: '2026-04-01' })])).toEqual([])
    expect(stakes('deceased_on_list', [list(due()), dead({ verified_date: '2026-02-10' })])).toEqual(['100'])
    expect(stakes('deceased_on_list', [list(due()), dead({ verified_date: '2026-03-10' })])).toEqual([])
  })
  it('under a former id it is the same person', () => {
    const former = register(registered({ previous_id: FORMER_AN }), registered({ person_id: FORMER_AN, vital_status: 'dead', death_date: '2026-01-05' }))
    expect(stakes('deceased_on_list', [list(due()), former])).toEqual(['100'])
  })
  it('paid_after_death stakes what was credited', () => {
    const died = dead({ death_date: '2026-02-20' })
    expect(stakes('paid_after_death', [list(due()), died, bank(credit({ instructed_amount: '60' }))])).toEqual(['60'])
    expect(stakes('paid_after_death', [list(due()), died])).toEqual([])
  })
  it('a later entry that says alive stands', () => {
    expect(stakes('deceased_on_list', [list(due()), register(registered({ verified_date: '2026-03-01' })), dead({ death_date: '2026-01-02' })])).toEqual([])
  })
})

describe('duplicate_entitlement_line', () => {
  it('stakes the difference, or the amount where both say the same', () => {
    expect(stakes('duplicate_entitlement_line', [list(due(), due({ due_amount: '130' }))])).toEqual(['30'])
    expect(stakes('duplicate_entitlement_line', [list(due(), due())])).toEqual(['100'])
    expect(stakes('duplicate_entitlement_line', [list(due()), list(due({ unit_code: '26737' }))])).toEqual(['100'])
  })
  it('a unit that only stopped the line takes no part in the difference', () => {
    const stopped = due({ unit_code: '26737', list_status: 'stopped' })
    expect(stakes('duplicate_entitlement_line', [list(due(), due({ due_amount: '130' }), stopped)])).toEqual(['30'])
  })
  it('is found even where nothing stands: active and suspended in one file', () => {
    expect(stakes('duplicate_entitlement_line', [list(due(), due({ list_status: 'suspended' }))])).toEqual(['100'])
  })
  it('another category, a correction in a later list and a move between units are none', () => {
    expect(stakes('duplicate_entitlement_line', [list(due(), due({ category_code: '2' }))])).toEqual([])
    expect(stakes('duplicate_entitlement_line', [list(due()), list(due({ due_amount: '130' }))])).toEqual([])
    expect(stakes('duplicate_entitlement_line', [list(due({ list_status: 'stopped' }), due({ unit_code: '26737' }))])).toEqual([])
  })
})
