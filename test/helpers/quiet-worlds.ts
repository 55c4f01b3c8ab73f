/** Worlds in which nearly everybody is plainly in order, with a few disturbances beside them: what the screen of a run is for. */
import fc from 'fast-check'
import type { Kind, ModelFile, Row } from '../model/types.ts'
import type { World } from '../model/worlds.ts'

const agent = '970436'
const otherAgent = '970405'
const periods = ['2026-09', '2026-10'] as const
const id = (person: number): string => `00108700000${person}`
const account = (person: number): string => `100000000${person}`
const guardian = 'HTX0001'
const stranger = '079199000099'

const disturbanceKinds = [
  'held_by_other', 'lists_other_account', 'lists_other_account_by_mandate', 'mandate_only', 'mandate_short', 'mandate_twice', 'guardian_account', 'guardian_late', 'paid_to_other_account', 'paid_to_other_by_mandate',
  'money_without_id', 'money_to_unlisted_account', 'former_id', 'former_id_paid', 'dead', 'dead_later', 'missing', 'same_reference', 'reference_without_id', 'pending_first', 'credited_twice', 'conflicting', 'paid_again', 'month_ahead',
  'closed_later', 'closed_after', 'reported_for_other', 'same_number_elsewhere', 'unreported', 'no_agent', 'second_line', 'second_unit', 'restated', 'suspended', 'carried_over', 'arrears', 'cash', 'short', 'late', 'returned', 'partly_returned',
  'rejected_then_paid', 'other_agent', 'no_period', 'unknown_person', 'second_account', 'second_account_used', 'unpaid', 'dollars',
  'activated', 'activated_later', 'activated_twice', 'card', 'card_later', 'cash_with_account', 'cash_to_guardian', 'cash_account_closed', 'former_account', 'needy', 'village', 'born', 'second_scheme',
] as const
type Disturbance = { kind: (typeof disturbanceKinds)[number]; person: number; other: number; month: number }
type Facts = Record<'beneficiary_list' | 'account_opening' | 'disbursement' | 'mandate' | 'population_register' | 'withdrawal', Row[]>

/** 3–7 persons over two months, up to four disturbances; looked at before or after the second month falls due. */
export const quietWorlds: fc.Arbitrary<World> = fc
  .record({
    persons: fc.integer({ min: 3, max: 7 }),
    disturbances: fc.array(fc.record({ kind: fc.constantFrom(...disturbanceKinds), person: fc.nat(6), other: fc.nat(6), month: fc.nat(1) }), { maxLength: 4 }),
    asOf: fc.constantFrom('2026-10-15', '2026-10-20', '2026-10-31', '2026-11-20'),
    isSplit: fc.boolean(),
  })
  .map(({ persons, disturbances, asOf, isSplit }) => {
    // Reports of one file are all dated, since D14 leaves open what an undated one says beside a dated one.
    const first = undisturbed(persons, isSplit ? '' : '2026-01-31')
    const second: Facts = { beneficiary_list: [], account_opening: [], disbursement: [], mandate: [], population_register: [], withdrawal: [] }
    for (const { kind, person, other, month } of disturbances) {
      const one = person % persons
      disturb(first, isSplit ? second : first, { kind, person: one, other: (one + 1 + (other % (persons - 1))) % persons, month })
    }
    const filesOf = (facts: Facts): ModelFile[] => Object.entries(facts).map(([kind, rows]) => ({ kind: kind as Kind, rows }))
    return { files: [...filesOf(first), ...filesOf(second)].filter(({ rows }) => rows.length > 0), asOf }
  })

function undisturbed(persons: number, reportedDate: string): Facts {
  const everybody = Array.from({ length: persons }, (_, person) => person)
  return {
    beneficiary_list: periods.flatMap((period) => everybody.map((person): Row => ({ scheme: 'BTXH', benefit_period: period, beneficiary_id: id(person), beneficiary_name: 'Người', unit_code: '00001', due_amount: '500', creditor_agent: agent, creditor_account: account(person), sex: person % 2 === 0 ? 'male' : '' }))),
    account_opening: everybody.map((person) => accountRow(person, { reported_date: reportedDate })),
    disbursement: periods.flatMap((period) => everybody.map((person) => paymentRow(person, period))),
    mandate: [],
    population_register: [],
    withdrawal: periods.flatMap((period) => everybody.flatMap((person) => withdrawalRows(person, period))),
  }
}

/** Some take their money after two days, some not by the last day reported, of some the bank says nothing. */
function withdrawalRows(person: number, period: string): Row[] {
  const row = { creditor_agent: agent, account_number: account(person), end_to_end_id: `E${person}-${period}`, reported_through_date: `${period}-${person < 3 ? 28 : 11}` }
  return [[{ ...row, first_withdrawal_at: `${period}-11T08:00:00` }], [row], []][person % 3] ?? []
}

function accountRow(person: number, more: Row = {}): Row {
  return { creditor_agent: agent, account_number: account(person), holder_id: id(person), holder_name: 'Người', opened_date: '2025-01-01', account_status: 'active', reported_date: '2026-01-31', ...more }
}

function paymentRow(person: number, period: string, more: Row = {}): Row {
  return {
    end_to_end_id: `E${person}-${period}`, scheme: 'BTXH', benefit_period: period, beneficiary_id: id(person), creditor_agent: agent, creditor_account: account(person), instructed_amount: '500', instructed_at: `${period}-08`,
    transaction_status: 'ACSC', credited_at: `${period}-09`, ...more,
  }
}

/** `facts` hold the undisturbed row that is changed; `later` takes what comes beside it. */
function disturb(facts: Facts, later: Facts, { kind, person, other, month }: Disturbance): void {
  const period = periods[month] ?? '2026-10'
  const isTheirs = (row: Row): boolean => row['beneficiary_id'] === id(person) && row['benefit_period'] === period
  const line = facts.beneficiary_list.find(isTheirs) ?? {}
  const payment = facts.disbursement.find(isTheirs) ?? {}
  const bank = facts.account_opening.find((row) => row['account_number'] === account(person)) ?? {}
  const change = (row: Row, values: Row): void => void Object.assign(row, values)
  const pay = (values: Row): void => void later.disbursement.push(paymentRow(person, period, values))
  const list = (values: Row): void => void later.beneficiary_list.push({ ...line, ...values })
  const mandate = (payee: string, values: Row = {}): void => void later.mandate.push({ beneficiary_id: id(person), payee_id: payee, payee_name: 'Người', relation: 'guardian', valid_from: '2026-01-01', valid_to: '2026-12-31', ...values })
  const register = (values: Row): void => void later.population_register.push({ person_id: id(person), name: 'Người', vital_status: 'alive', verified_date: '2026-09-30', ...values })
  const guardianAccount = (): void => void later.account_opening.push(accountRow(person, { account_number: '3000000001', holder_id: guardian }))
  switch (kind) {
    case 'held_by_other': change(bank, { holder_id: id(other) }); break
    case 'lists_other_account': change(line, { creditor_account: account(other) }); change(payment, { creditor_account: account(other) }); break
    case 'lists_other_account_by_mandate': change(line, { creditor_account: account(other) }); change(payment, { creditor_account: account(other) }); mandate(id(other)); break
    case 'mandate_only': mandate(id(other)); break
    case 'mandate_short': change(line, { creditor_account: account(other) }); change(payment, { creditor_account: account(other) }); mandate(id(other), { valid_to: `${period}-09` }); break
    case 'mandate_twice': change(line, { creditor_account: account(other) }); change(payment, { creditor_account: account(other) }); mandate(id(other), { valid_to: '2026-10-10' }); mandate(id(other), { valid_from: '2026-10-05', valid_to: '' }); break
    case 'guardian_account': guardianAccount(); mandate(guardian); change(line, { creditor_account: '3000000001' }); change(payment, { creditor_account: '3000000001' }); break
    case 'guardian_late': guardianAccount(); mandate(guardian, { valid_from: `${period}-10` }); change(line, { creditor_account: '3000000001' }); change(payment, { creditor_account: '3000000001' }); break
    case 'paid_to_other_account': change(payment, { creditor_account: account(other) }); break
    case 'paid_to_other_by_mandate': change(payment, { creditor_account: account(other) }); mandate(id(other)); break
    case 'money_without_id': pay({ end_to_end_id: `W${person}`, beneficiary_id: '' }); break
    case 'money_to_unlisted_account': later.account_opening.push(accountRow(person, { account_number: `200000000${person}` })); pay({ end_to_end_id: `U${person}`, beneficiary_id: '', scheme: '', creditor_account: `200000000${person}` }); break
    case 'former_id': register({ previous_id: id(other) }); break
    case 'former_id_paid': register({ previous_id: `16200000${person}` }); change(payment, { beneficiary_id: `16200000${person}` }); break
    case 'dead': register({ vital_status: 'dead', death_date: '2026-08-15' }); break
    case 'dead_later': register({ vital_status: 'dead', death_date: '2026-11-05', verified_date: '2026-11-10' }); break
    case 'missing': register({ vital_status: 'missing' }); break
    case 'same_reference': change(payment, { end_to_end_id: `E${other}-${period}` }); break
    case 'reference_without_id': pay({ beneficiary_id: '' }); break
    case 'pending_first': pay({ transaction_status: 'ACSP', credited_at: '' }); break
    case 'credited_twice': pay({ bank_reference: 'B2' }); break
    case 'conflicting': pay({ instructed_amount: '600' }); break
    case 'paid_again': pay({ end_to_end_id: `P${person}-${period}`, credited_at: `${period}-12` }); break
    case 'month_ahead': change(payment, { instructed_amount: '1000' }); break
    case 'closed_later': later.account_opening.push(accountRow(person, { account_status: 'closed', reported_date: '2026-10-12' })); break
    case 'closed_after': later.account_opening.push(accountRow(person, { account_status: 'closed', reported_date: '2026-12-12' })); break
    case 'reported_for_other': later.account_opening.push(accountRow(person, { holder_id: id(other), reported_date: '2026-10-12' })); break
    case 'same_number_elsewhere': later.account_opening.push(accountRow(person, { holder_id: id(other), creditor_agent: otherAgent })); break
    case 'unreported': change(bank, { account_number: `500000000${person}` }); break
    case 'no_agent': change(line, { creditor_agent: '' }); break
    case 'second_line': list({ category_code: '2', due_amount: '100' }); break
    case 'second_unit': list({ unit_code: '00002', due_amount: '400' }); break
    case 'restated': list({ due_amount: '400' }); break
    case 'suspended': change(line, { list_status: 'suspended' }); break
    case 'carried_over': list({ component: 'carried_over', origin_period: '2026-08', due_amount: '100' }); break
    case 'arrears': list({ component: 'arrears', origin_period: '2026-09', due_amount: '100' }); break
    case 'cash': change(line, { payment_channel: 'cash', creditor_account: '', creditor_agent: '' }); change(payment, { payment_channel: 'cash', creditor_account: '' }); break
    case 'short': change(payment, { instructed_amount: '400' }); break
    case 'late': change(payment, { credited_at: `${period}-28` }); break
    case 'returned': pay({ transaction_status: 'RTRN', returned_at: `${period}-14` }); break
    case 'partly_returned': pay({ transaction_status: 'RTRN', returned_at: `${period}-14`, returned_amount: '100' }); break
    case 'rejected_then_paid': pay({ end_to_end_id: `R${person}-${period}`, transaction_status: 'RJCT', credited_at: '', returned_at: `${period}-09` }); break
    case 'other_agent': change(payment, { creditor_agent: otherAgent }); break
    case 'no_period': change(payment, { benefit_period: '' }); break
    case 'unknown_person': pay({ end_to_end_id: `N${person}`, beneficiary_id: stranger, creditor_account: account(other) }); break
    case 'second_account': later.account_opening.push(accountRow(person, { account_number: `400000000${person}` })); break
    case 'second_account_used': later.account_opening.push(accountRow(person, { account_number: `400000000${person}` })); change(payment, { creditor_account: `400000000${person}` }); break
    case 'unpaid': facts.disbursement.splice(facts.disbursement.indexOf(payment), facts.disbursement.includes(payment) ? 1 : 0); break
    case 'activated': change(bank, { activated_date: '2025-02-01' }); break
    case 'activated_later': change(bank, { activated_date: `${period}-20` }); break
    case 'activated_twice': later.account_opening.push(accountRow(person, { reported_date: '2026-02-28', activated_date: `${period}-15` })); break
    case 'card': change(bank, { card_issued_date: '2025-02-01' }); break
    case 'card_later': later.account_opening.push(accountRow(person, { reported_date: '2026-02-28', card_issued_date: '2025-02-01' })); break
    case 'cash_with_account': change(line, { payment_channel: 'cash', creditor_account: '', creditor_agent: '' }); change(payment, { payment_channel: 'cash', creditor_account: '' }); change(bank, { card_issued_date: '2025-02-01' }); break
    case 'cash_to_guardian': guardianAccount(); mandate(guardian, { valid_to: '2026-10-18' }); change(bank, { holder_id: id(other) }); change(line, { payment_channel: 'cash', payee_id: guardian, payee_name: 'Người', creditor_account: '', creditor_agent: '' }); change(payment, { payment_channel: 'cash', creditor_account: '' }); break
    case 'cash_account_closed': later.account_opening.push(accountRow(person, { account_status: 'closed', reported_date: '2026-09-12' })); change(line, { payment_channel: 'cash', creditor_account: '', creditor_agent: '' }); change(payment, { payment_channel: 'cash', creditor_account: '' }); break
    case 'former_account': register({ previous_id: `16200000${person}` }); change(bank, { holder_id: `16200000${person}` }); change(line, { payment_channel: 'cash', creditor_account: '', creditor_agent: '' }); change(payment, { payment_channel: 'cash', creditor_account: '' }); break
    case 'needy': change(line, { needs: 'home; no_phone' }); break
    case 'village': change(line, { village: 'Bản A' }); break
    case 'born': change(line, { birth_date: '1946-10-12', category_code: '5A' }); break
    case 'second_scheme': list({ scheme: 'NCC' }); pay({ end_to_end_id: `Q${person}-${period}`, scheme: 'NCC' }); break
    case 'dollars': change(payment, { currency: 'USD' }); break
  }
}
