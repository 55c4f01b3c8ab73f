/** Corners of the rules: small worlds about An and her neighbours, each there because a changed rule once went unnoticed without it. */
import { AN, BANK, BINH, CHI, FORMER_AN, GUARDIAN, account, accounts, attempt, bank, credit, due, list, mandate, mandates, register, registered, withdrawal, withdrawals } from '../model/say.ts'
import type { ModelFile, Row } from '../model/types.ts'

/** A corner: what is special there, and its files in order of arrival. */
export interface Corner {
  readonly name: string
  readonly files: readonly ModelFile[]
}

const dated = (file: ModelFile, list_date: string): ModelFile => ({ ...file, rows: file.rows.map((row) => ({ ...row, list_date })) })
const arrears = (more: Row): Row => due({ component: 'arrears', origin_period: '2026-01', ...more })
const second = (more: Row): Row => due({ category_code: '2', ...more })

/** An in order, and what her bank said of the day on which she fetched the money; and the same beside a top-up, for which everything is worked out in full. */
const fetched = (...rows: Row[]): ModelFile[] => [list(due()), accounts(account()), bank(credit()), withdrawals(...rows)]
const topUp = due({ component: 'top_up', due_amount: '30' })
const fetchedInFull = (who: Row, ...files: ModelFile[]): ModelFile[] => [list(due(who), { ...topUp, ...who }), accounts(account()), bank(credit({ instructed_amount: '130' })), ...files]
const said = withdrawals(withdrawal(''))

/** All are looked at on 31 March 2026; An is due 100 on the 20th. */
export const corners: readonly Corner[] = [
  // Lists: what is one line, and which statement of it stands.
  { name: 'a top-up beside the regular line is another line', files: [list(due(), due({ component: 'top_up', due_amount: '30' })), bank(credit({ instructed_amount: '130' }))] },
  { name: 'a top-up is replaced alone', files: [list(due(), due({ component: 'top_up', due_amount: '30' })), list(due({ component: 'top_up', due_amount: '50' })), bank(credit({ instructed_amount: '150' }))] },
  { name: 'arrears of two months are two lines', files: [list(arrears({ due_amount: '10' }), arrears({ origin_period: '2026-02', due_amount: '20' })), bank(credit({ instructed_amount: '30' }))] },
  { name: 'arrears of one month are replaced alone', files: [list(arrears({ due_amount: '10' }), arrears({ origin_period: '2026-02', due_amount: '20' })), list(arrears({ due_amount: '5' })), bank(credit({ instructed_amount: '25' }))] },
  { name: 'arrears and carried-over money of one month are two lines', files: [list(arrears({}), due({ component: 'carried_over', origin_period: '2026-01', due_amount: '7' })), bank(credit({ instructed_amount: '107' }))] },
  { name: 'two units: arrears of two months each are doubled each', files: [list(...['26734', '26737'].flatMap((unit_code) => [arrears({ unit_code, due_amount: '10' }), arrears({ unit_code, origin_period: '2026-02', due_amount: '20' })])), bank(credit({ instructed_amount: '30' }))] },
  { name: 'everything before the last undated list is gone', files: [list(due({ due_amount: '40' })), dated(list(due({ due_amount: '60' })), '2026-03-09'), list(due({ due_amount: '80' })), bank(credit({ instructed_amount: '80' }))] },
  { name: 'after the last undated list the latest date wins', files: [list(due({ due_amount: '40' })), dated(list(due({ due_amount: '60' })), '2026-03-09'), dated(list(due({ due_amount: '80' })), '2026-03-05'), bank(credit({ instructed_amount: '60' }))] },
  { name: 'of two lists of one date the later stands', files: [dated(list(due({ due_amount: '40' })), '2026-03-05'), dated(list(due({ due_amount: '60' })), '2026-03-05'), bank(credit({ instructed_amount: '60' }))] },
  { name: 'two units say the same', files: [list(due(), due({ unit_code: '26737' })), bank(credit())] },
  { name: 'two units differ, a third has stopped at another amount', files: [list(due(), due({ unit_code: '26737', due_amount: '130' }), due({ unit_code: '26740', due_amount: '900', list_status: 'stopped' })), bank(credit())] },
  { name: 'two units differ, a third has stopped at less', files: [list(due(), due({ unit_code: '26737', due_amount: '130' }), due({ unit_code: '26740', due_amount: '3', list_status: 'stopped' })), bank(credit())] },
  { name: 'suspended twice in one file, at two amounts', files: [list(due({ list_status: 'suspended' }), due({ list_status: 'suspended', due_amount: '60' })), bank(credit())] },
  { name: 'the earlier of two due dates counts', files: [list(due({ due_date: '2026-03-20' }), second({ due_date: '2026-04-20' })), accounts(account())] },
  { name: 'the earlier of two due dates counts, whichever line names it', files: [list(due({ due_date: '2026-04-20' }), second({ due_date: '2026-03-20' })), accounts(account())] },
  { name: 'part at the counter, part by account: nobody came', files: [list(due({ payment_channel: 'cash', creditor_account: '', creditor_agent: '' }), second({})), bank(attempt('NCOL', { instructed_amount: '200', instructed_at: '2026-02-18' })), accounts(account())] },
  { name: 'part at the counter, part by account: no account is usable', files: [list(due({ payment_channel: 'cash', creditor_account: '', creditor_agent: '' }), second({})), accounts(account({ account_status: 'closed' }))] },
  { name: 'by wallet and by account: no account is usable', files: [list(due({ payment_channel: 'wallet' }), second({})), accounts(account({ account_status: 'closed' }))] },
  { name: 'at the counter and by wallet: nothing sent', files: [list(due({ payment_channel: 'post' }), second({ payment_channel: 'wallet' }))] },

  // What is refused is laid like what is paid, and takes nothing.
  { name: 'a refused payment that would have filled two months', files: [list(due(), due({ benefit_period: '2026-04', due_amount: '40' })), bank(credit({ instructed_amount: '60' }), attempt('RJCT', { end_to_end_id: 'E2', instructed_amount: '80' }))] },
  { name: 'a refused payment of exactly the month, under the former id, after a part was paid', files: [list(due(), due({ benefit_period: '2026-04', due_amount: '60' })), register(registered({ previous_id: FORMER_AN })), bank(credit({ beneficiary_id: FORMER_AN, instructed_amount: '60' }), attempt('RJCT', { beneficiary_id: FORMER_AN, end_to_end_id: 'E2' }))] },

  // Findings at their edges.
  { name: 'uncollected on the last of the thirty days', files: [list(due({ payment_channel: 'cash', due_date: '2026-02-20' })), bank(attempt('NCOL', { instructed_at: '2026-03-01T08:00:00' }))] },
  { name: 'uncollected on the first day after them', files: [list(due({ payment_channel: 'cash', due_date: '2026-02-20' })), bank(attempt('NCOL', { instructed_at: '2026-02-28T08:00:00' }))] },
  { name: 'uncollected, and nobody said when it was laid out', files: [list(due({ payment_channel: 'cash', due_date: '2026-02-20' })), bank(attempt('NCOL', { instructed_at: '' }))] },
  { name: 'shared by two in March and one in February', files: [list(due(), due({ beneficiary_id: BINH }), due({ beneficiary_id: CHI, benefit_period: '2026-02' })), bank(credit())] },
  { name: 'two lines of one person and one of another on one account', files: [list(due(), second({}), due({ beneficiary_id: BINH }))] },
  { name: 'three on one account, one of them suspended', files: [list(due(), due({ beneficiary_id: BINH }), due({ beneficiary_id: CHI, list_status: 'suspended' })), accounts(account())] },
  { name: 'three on one account of the same number at two agents, listed without agent', files: [list(...[AN, BINH, CHI].map((beneficiary_id) => due({ beneficiary_id, creditor_agent: '' }))), accounts(account(), account({ creditor_agent: '970415' })), bank(credit())] },
  { name: 'three on one account, two of them by a mandate of its holder', files: [list(due(), due({ beneficiary_id: BINH }), due({ beneficiary_id: CHI })), accounts(account({ holder_id: GUARDIAN })), mandates(mandate(), mandate({ beneficiary_id: BINH, valid_to: '2026-03-20' }))] },
  { name: 'three on one account, the mandate is somebody else’s', files: [list(due(), due({ beneficiary_id: BINH }), due({ beneficiary_id: CHI })), accounts(account({ holder_id: GUARDIAN })), mandates(mandate({ beneficiary_id: '001085000009' }))] },
  { name: 'paid to a stranger’s account under a mandate that began that day', files: [list(due()), accounts(account(), account({ account_number: '777701', holder_id: GUARDIAN })), mandates(mandate({ valid_from: '2026-03-19', valid_to: '2026-03-19' })), bank(credit({ creditor_account: '777701' }))] },
  { name: 'paid to the account listed for another month', files: [list(due(), due({ benefit_period: '2026-02', creditor_account: '555501', due_amount: '60' })), accounts(account()), bank(credit({ creditor_account: '555501' }))] },
  { name: 'paid to the account of a suspended line', files: [list(due(), second({ list_status: 'suspended', creditor_account: '555502' })), accounts(account()), bank(credit({ creditor_account: '555502' }))] },
  { name: 'paid to the right number at another agent', files: [list(due()), accounts(account()), bank(credit({ creditor_agent: '970415' }))] },
  { name: 'paid to the right number where the list names no agent', files: [list(due({ creditor_agent: '' })), bank(credit({ creditor_agent: '970415' }))] },
  { name: 'dead without a date, and not yet for this month', files: [list(due()), register(registered({ vital_status: 'dead', verified_date: '2026-03-31' }))] },
  { name: 'a conflict that only names another agent’s account', files: [list(due()), bank(credit(), credit({ creditor_account: '1020009' })), accounts(account({ creditor_agent: BANK }))] },

  // Clocks of those plainly in order, who are only counted.
  { name: 'fetched on the day of the credit', files: fetched(withdrawal('2026-03-19T09:00:00')) },
  { name: 'fetched on the last day looked at', files: fetched(withdrawal('2026-03-31T09:00:00')) },
  { name: 'fetched on a day to come', files: fetched(withdrawal('2026-04-01T09:00:00', { reported_through_date: '2026-04-02' })) },
  { name: 'not fetched, reported through the day of the credit', files: fetched(withdrawal('', { reported_through_date: '2026-03-19' })) },
  { name: 'not fetched, reported through the day before the credit', files: fetched(withdrawal('', { reported_through_date: '2026-03-18' })) },
  { name: 'two reports of one reference: the earlier withdrawal', files: fetched(withdrawal('2026-03-25T09:00:00'), withdrawal('2026-03-23T09:00:00')) },
  { name: 'two reports of one reference: the later end', files: fetched(withdrawal('', { reported_through_date: '2026-03-21' }), withdrawal('', { reported_through_date: '2026-03-24' })) },
  { name: 'said to be fetched before the credit, and after it', files: fetched(withdrawal('2026-03-18T09:00:00'), withdrawal('2026-03-22T09:00:00'), withdrawal('2026-03-26T09:00:00')) },
  { name: 'said to be fetched before the credit, and not at all', files: fetched(withdrawal('2026-03-18T09:00:00'), withdrawal('', { reported_through_date: '2026-03-22' }), withdrawal('', { reported_through_date: '2026-03-27' })) },
  { name: 'said to be fetched before the credit, and not until it', files: fetched(withdrawal('2026-03-18T09:00:00'), withdrawal('', { reported_through_date: '2026-03-19' })) },
  { name: 'said to be fetched before the credit, and no more', files: fetched(withdrawal('2026-03-18T09:00:00')) },
  { name: 'fetched, said of the same reference at another agent', files: fetched(withdrawal('2026-03-20T09:00:00', { creditor_agent: '970415' })) },
  { name: 'fetched before the credit, and after it at another agent', files: fetched(withdrawal('2026-03-18T09:00:00'), withdrawal('2026-03-20T09:00:00', { creditor_agent: '970415' })) },
  { name: 'in order without a reference', files: [list(due()), accounts(account()), bank(credit({ end_to_end_id: '' }))] },

  // The same clocks where everything is worked out in full.
  { name: 'in full: fetched on the last day looked at', files: fetchedInFull({}, withdrawals(withdrawal('2026-03-31T09:00:00'))) },
  { name: 'in full: fetched on the day of the credit', files: fetchedInFull({}, withdrawals(withdrawal('2026-03-19T09:00:00'))) },
  { name: 'in full: two reports, one before the credit', files: fetchedInFull({}, withdrawals(withdrawal('2026-03-18T09:00:00'), withdrawal('2026-03-24T09:00:00'), withdrawal('2026-03-22T09:00:00'))) },
  { name: 'in full: the later end of two', files: fetchedInFull({}, withdrawals(withdrawal('', { reported_through_date: '2026-03-21' }), withdrawal('', { reported_through_date: '2026-03-24' }))) },
  { name: 'in full: reported through the day of the credit', files: fetchedInFull({}, withdrawals(withdrawal('', { reported_through_date: '2026-03-19' }))) },
  { name: 'in full: no report', files: fetchedInFull({}) },
  { name: 'in full: closed on the day it was fetched', files: fetchedInFull({}, accounts(account({ account_status: 'closed', closed_date: '2026-03-22', reported_date: '2026-03-25' })), withdrawals(withdrawal('2026-03-22T09:00:00'))) },
  { name: 'in full: closed before it was fetched', files: fetchedInFull({}, accounts(account({ account_status: 'closed', closed_date: '2026-03-21', reported_date: '2026-03-25' })), withdrawals(withdrawal('2026-03-22T09:00:00'))) },
  { name: 'in full: closed on the day of the credit', files: fetchedInFull({}, accounts(account({ account_status: 'closed', closed_date: '2026-03-19', reported_date: '2026-03-25' })), said) },
  { name: 'in full: closed before the credit', files: fetchedInFull({}, accounts(account({ account_status: 'closed', closed_date: '2026-03-18', reported_date: '2026-03-25' })), said) },
  { name: 'in full: died and the account was closed on one day', files: fetchedInFull({}, accounts(account({ account_status: 'closed', closed_date: '2026-03-24', reported_date: '2026-03-25' })), register(registered({ vital_status: 'dead', death_date: '2026-03-24', verified_date: '2026-03-28' })), said) },
  { name: 'in full: died on the last day reported', files: fetchedInFull({}, register(registered({ vital_status: 'dead', death_date: '2026-03-31', verified_date: '2026-03-31' })), said) },
  { name: 'in full: died on the day of the credit', files: fetchedInFull({}, register(registered({ vital_status: 'dead', death_date: '2026-03-19', verified_date: '2026-03-28' })), said) },
  { name: 'in full: died after the last day reported', files: fetchedInFull({}, register(registered({ vital_status: 'dead', death_date: '2026-03-30', verified_date: '2026-03-31' })), withdrawals(withdrawal('', { reported_through_date: '2026-03-29' }))) },
  { name: 'in full: sent back and closed on one day', files: [list(due()), accounts(account(), account({ account_status: 'closed', closed_date: '2026-03-24', reported_date: '2026-03-25' })), bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-24T10:00:00' })), said] },
  { name: 'in full: sent back in part', files: [list(due()), accounts(account()), bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-24T10:00:00', returned_amount: '40' })), said] },
  { name: 'in full: sent back in two parts, the first told twice', files: [list(due()), accounts(account()), bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-24T10:00:00', returned_amount: '40' })), bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-24', returned_amount: '40' }), credit({ transaction_status: 'RTRN', returned_at: '2026-03-26', returned_amount: '30' })), said] },
  { name: 'in full: sent back whole in two parts', files: [list(due()), accounts(account()), bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-24T10:00:00', returned_amount: '40' })), bank(credit({ transaction_status: 'RTRN', returned_at: '2026-03-26', returned_amount: '60' })), said] },
  { name: 'in full: handed out by post first, then to an account', files: [list(due()), accounts(account()), bank(credit({ payment_channel: 'post', creditor_account: '', instructed_amount: '40' }), credit({ end_to_end_id: 'E2', instructed_amount: '60', credited_at: '2026-03-20T08:00:00' })), withdrawals(withdrawal('2026-03-23T09:00:00', { end_to_end_id: 'E2' }))] },
  { name: 'in full: born in a year that leaves the band open', files: fetchedInFull({ birth_date: '1956' }, said) },
  { name: 'in full: born in a year that leaves none open', files: fetchedInFull({ birth_date: '1950' }, said) },
  { name: 'in full: sixty on the day of the credit', files: fetchedInFull({ birth_date: '1966-03-19' }, said) },
  { name: 'in full: sixty on the day after it', files: fetchedInFull({ birth_date: '1966-03-20' }, said) },
  { name: 'in order: sixty on the day of the credit', files: [list(due({ birth_date: '1966-03-19', sex: 'female' })), accounts(account()), bank(credit()), said] },
  { name: 'in order: sixty on the day after it', files: [list(due({ birth_date: '1966-03-20', sex: 'male' })), accounts(account()), bank(credit()), said] },
  { name: 'in order: born in a year that leaves the band open', files: [list(due({ birth_date: '1956' })), accounts(account()), bank(credit()), said] },
  { name: 'in full: lines that disagree about birth and sex', files: [list(due({ birth_date: '1966-03-20', sex: 'male' }), { ...topUp, birth_date: '1966-03-21', sex: 'female' }), accounts(account()), bank(credit({ instructed_amount: '130' })), said] },
  { name: 'in full: lines of which one says nothing of birth and sex', files: [list(due({ birth_date: '1966-03-20', sex: 'male' }), topUp), accounts(account()), bank(credit({ instructed_amount: '130' })), said] },
]
