/** What may happen in a small world, with weights: plain records of choices that fast-check can draw, print and shrink. */
import fc from 'fast-check'

/** A constant out of several, each with its weight. */
const pick = <const T extends string | number | boolean>(choices: readonly (readonly [number, T])[]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))

export const STORIES = [
  [6, 'paid'], [4, 'nothing'], [4, 'on_the_way'], [3, 'on_the_way_then_paid'], [2, 'rejected'], [2, 'rejected_then_paid'],
  [3, 'returned'], [2, 'partly_returned'], [2, 'short'], [2, 'over'], [3, 'twice'], [2, 'halves'], [1, 'halves_and_again'],
  [4, 'not_collected'], [3, 'two_months'], [3, 'catch_up'], [1, 'conflicting_amount'], [1, 'conflicting_account'],
  [1, 'conflicting_beneficiary'], [1, 'rejected_and_credited'], [2, 'wrong_account'], [1, 'other_currency'], [1, 'twins'],
  [1, 'half_on_the_way'], [2, 'skip_month'], [2, 'exact_after_sum'], [1, 'halves_and_whole'], [1, 'uncollected_then_rejected'],
  [1, 'rejected_then_uncollected'], [1, 'rejected_then_part_on_the_way'], [1, 'uncollected_elsewhere'], [1, 'conflicting_instruction'],
  [1, 'conflicting_currency'], [1, 'conflicting_credit'], [1, 'credited_again'], [1, 'same_moment'], [1, 'two_fates_at_once'],
] as const
export type Story = (typeof STORIES)[number][1]

const NAMINGS = [
  [12, 'full'], [2, 'no_period'], [1, 'no_scheme'], [2, 'id_only'], [3, 'no_id'], [1, 'no_id_no_scheme'], [2, 'account_only'],
] as const
const EXTRAS = [
  [14, 'none'], [1, 'second_category'], [2, 'suspended'], [1, 'stopped'], [1, 'double'], [1, 'same_double'], [1, 'double_suspended'],
  [1, 'two_units'], [1, 'moved_unit'], [2, 'restated'], [1, 'stopped_later'], [2, 'carried_over'], [1, 'carried_over_suspended'], [2, 'arrears'],
  [1, 'second_line_elsewhere'], [1, 'double_beside_stopped_unit'], [1, 'listed_elsewhere'], [1, 'carried_over_from_first'], [1, 'carer'],
  [1, 'funeral'],
] as const
const ACCOUNTS = [
  [6, 'own'], [2, 'none'], [1, 'own_not_listed'], [3, 'household'], [3, 'payee'], [2, 'payee_not_listed'], [1, 'stranger'], [1, 'former_holder'],
] as const
const REGISTERS = [
  [5, 'none'], [1, 'alive'], [3, 'bank_has_former_id'], [2, 'list_has_former_id'], [1, 'former_id_of_first'], [2, 'dead'],
  [1, 'dead_undated'], [1, 'corrected_to_alive'], [1, 'corrected_same_day'], [1, 'former_id_dead'], [1, 'missing'],
] as const

/** What the banks say of the first withdrawal of a month's credits. */
const WITHDRAWALS = [
  [4, 'not_reported'], [2, 'soon'], [1, 'same_day'], [2, 'not_yet'], [2, 'not_yet_for_long'], [1, 'not_yet_then_taken'], [1, 'not_yet_twice'],
  [1, 'much_later'], [1, 'unnamed'],
] as const

const month = fc.record({
  /** Is the amount that of the new rate, where rates change? */
  atNewRate: pick([[3, false], [1, true]]),
  statesQuantity: pick([[6, true], [1, false]]),
  withdrawal: pick(WITHDRAWALS),
  amount: pick([[4, '100'], [3, '200'], [2, '300'], [1, '500'], [1, '150']]),
  extra: pick(EXTRAS),
  /** Days between the scheme's day and a due date of its own; 99: none stated. */
  dueShift: pick([[8, 99], [1, -3], [1, 1], [1, 2], [1, 4], [1, 45], [1, -40]]),
  story: pick(STORIES),
  naming: pick(NAMINGS),
  reference: pick([[8, 'own'], [1, ''], [1, 'NOTPROVIDED'], [1, 'NONREF']]),
  /** Instruction and credit, in days from the due date. */
  instructed: pick([[2, -4], [3, -2], [3, 0], [1, 1], [1, 2], [1, 5], [1, 10]]),
  settled: pick([[4, 0], [3, 1], [2, 2], [1, 3], [1, 9]]),
  clock: pick([
    [4, 'T09:30:00'], [1, 'T23:59:59'], [1, 'T00:00:00'], [1, 'T16:59:59Z'], [1, 'T17:00:00Z'], [1, 'T23:30:00+07:00'], [1, ''],
    [1, 'T08:00:00-05:00'],
  ]),
  stateChannel: pick([[3, false], [1, true]]),
  list: fc.nat(2),
  file: fc.nat(2),
  laterFile: fc.nat(2),
})

const person = fc.record({
  account: pick(ACCOUNTS),
  status: pick([[7, 'active'], [1, 'dormant'], [1, 'blocked'], [1, 'closed'], [1, 'inactive']]),
  /** What the bank says of the own account later, if anything. */
  laterStatus: pick([[6, ''], [1, 'active'], [1, 'closed']]),
  /** A second report in the same file on the same day. */
  sameDayStatus: pick([[6, ''], [1, 'active'], [1, 'inactive']]),
  isReported: pick([[5, true], [1, false]]),
  statesAgent: pick([[5, true], [1, false]]),
  channel: pick([[6, 'account'], [3, 'cash'], [2, 'post'], [1, 'wallet']]),
  mandate: pick([[3, 'covers'], [3, 'expired'], [1, 'future'], [1, 'none'], [1, 'ends_mid'], [4, 'ends_soon'], [1, 'renewed']]),
  register: pick(REGISTERS),
  /** Days from the first day of the world to the entry in the register. */
  registerAge: pick([[4, 3], [1, -200], [1, -290], [1, -320], [1, -350], [2, -500]]),
  registerUnit: pick([[1, true], [1, false]]),
  numbering: pick([[10, 'usual'], [1, 'unknown_province'], [1, 'female'], [1, 'born_2015'], [1, 'nine_digits']]),
  birth: pick([[4, 'none'], [4, 'fits'], [1, 'year_alone'], [1, 'other_year'], [1, 'other_century']]),
  sex: pick([[4, ''], [3, 'male'], [1, 'female']]),
  /** The name, birth date and unit of the first person, under another number. */
  isFirstAgain: pick([[7, false], [1, true]]),
  needs: pick([[3, ''], [1, 'home'], [1, 'disability;home'], [1, 'disability']]),
  village: pick([[2, ''], [2, 'Bản A'], [1, 'Bản B']]),
  /** Days from the first day of the world to the activation of the own account; none: no bank says. */
  activation: pick([[2, 'none'], [2, '-100'], [1, '9'], [1, '24']]),
  hasCard: pick([[1, true], [1, false]]),
  /** Whether a later report says again when the account was activated. */
  isToldAgain: pick([[1, true], [1, false]]),
  death: fc.nat(3),
  unit: fc.nat(1),
  /** One plan per scheme, each holding up to four months. */
  tracks: fc.array(
    fc.record({ scheme: pick([[4, 'BTXH'], [2, 'HTXH'], [1, 'NCC'], [2, 'BHXH'], [1, 'TCXH']]), months: fc.array(month, { minLength: 4, maxLength: 4 }) }),
    { minLength: 1, maxLength: 2 },
  ),
})

const stray = fc.record({
  kind: pick([
    [6, 'household_sum'], [3, 'household_one'], [3, 'household_odd'], [2, 'unknown_id'], [1, 'unknown_account'], [1, 'former_unknown'],
    [3, 'to_suspended'], [2, 'idle_pair'], [2, 'three_to_one'],
  ]),
  period: fc.nat(3),
  statesScheme: pick([[1, true], [1, false]]),
  statesPeriod: pick([[3, true], [1, false]]),
  isCredited: pick([[4, true], [1, false]]),
  file: fc.nat(2),
})

export const worldPlans = fc.record({
  start: pick([[1, '2025-12'], [1, '2026-02'], [1, '2026-05'], [1, '2026-08'], [1, '2026-11']]),
  months: pick([[2, 1], [4, 2], [3, 3], [1, 4]]),
  persons: fc.array(person, { minLength: 2, maxLength: 6, size: 'max' }),
  strays: fc.array(stray, { minLength: 0, maxLength: 3, size: 'max' }),
  /** asOf: days after the twentieth of one of the months. */
  asOfMonth: pick([[4, 3], [2, 2], [2, 1], [1, 0]]),
  asOfDay: pick([[1, -12], [1, 0], [2, 1], [2, 2], [3, 3], [3, 5], [2, 10], [2, 20], [1, 28], [2, 30], [2, 45], [1, 90]]),
  listDates: pick([[2, 'none'], [3, 'in_order'], [2, 'by_months'], [2, 'reversed'], [1, 'first_only'], [1, 'same']]),
  calendar: fc.array(fc.record({ month: fc.nat(3), day: pick([[2, 20], [1, 21], [1, 22], [1, 10], [1, 23]]), kind: pick([[3, 'holiday'], [1, 'working']]) }), { maxLength: 3 }),
  graceOnBhxh: pick([[3, 0], [1, 2]]),
  dollars: pick([[1, true], [1, false]]),
  dueDayOfTcxh: pick([[1, ''], [1, '31'], [1, '5']]),
  rules: fc.record({
    categories: pick([[2, 'none'], [5, 'plain'], [1, 'changing'], [1, 'odd']]),
    rates: pick([[1, 'none'], [2, 'flat'], [6, 'raised'], [2, 'of_units']]),
    /** The month from which the raised rate applies, and the days from the world's first to its coming into force. */
    raisedFrom: fc.nat(3),
    inForce: pick([[1, -20], [2, 5], [2, 24], [2, 34], [1, 65]]),
    tree: pick([[3, 'parents'], [1, 'none'], [1, 'ended']]),
  }),
  expectations: fc.array(
    fc.record({
      source: pick([[1, 'SO-A'], [1, 'SO-B']]), kind: pick([[2, 'disbursement'], [2, 'beneficiary_list'], [1, 'withdrawal']]),
      scheme: pick([[2, ''], [1, 'BTXH'], [1, 'TCXH']]), day: pick([[1, 5], [1, 20], [1, 25], [1, 31]]),
    }),
    { maxLength: 2 },
  ),
  /** Per file: who sends it, and the days between it and the file before. */
  sources: fc.array(pick([[2, ''], [2, 'SO-A'], [1, 'SO-B']]), { minLength: 24, maxLength: 24 }),
  gaps: fc.array(pick([[3, 0], [2, 2], [2, 9], [1, 31]]), { minLength: 30, maxLength: 30 }),
  refused: pick([[8, 'none'], [2, 'sum'], [1, 'count'], [1, 'twice'], [1, 'then_right'], [1, 'then_corrected'], [1, 'corrected_before']]),
  arrival: fc.array(fc.nat(99), { minLength: 24, maxLength: 24 }),
  voided: pick([[2, 'none'], [1, 'disbursement'], [1, 'beneficiary_list'], [1, 'account_opening'], [1, 'population_register'], [1, 'mandate'], [1, 'withdrawal'], [1, 'standard_rate']]),
  resend: pick([[2, 'none'], [1, 'same_bytes'], [1, 'other_header'], [1, 'list_again']]),
  /** From which month on it is reconciled: everywhere, or in a unit and what stands below it; in most worlds all months are. */
  hasStarts: pick([[9, false], [1, true]]),
  starts: fc.array(fc.record({ scheme: pick([[3, 'BTXH'], [1, 'HTXH'], [1, 'BHXH']]), unit: pick([[2, ''], [1, '79'], [1, '26730'], [1, '26732']]), month: fc.nat(3) }), { minLength: 1, maxLength: 2 }),
})

export type Month = typeof month extends fc.Arbitrary<infer T> ? T : never
export type Person = typeof person extends fc.Arbitrary<infer T> ? T : never
export type Stray = typeof stray extends fc.Arbitrary<infer T> ? T : never
export type WorldPlan = typeof worldPlans extends fc.Arbitrary<infer T> ? T : never
