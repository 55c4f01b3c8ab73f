/** From one month's plan to the bank's reports about it: the stories a payment can live through. */
import type { Row } from './types.ts'
import { type Day, dayText, monthOf } from './values.ts'
import { PAYEE } from './world-people.ts'
import type { Month, Story } from './world-plans.ts'

/** A report and which of the bank's files brings it. */
export type Report = { row: Row; file: number }

export type Occasion = {
  plan: Month
  story: Story
  scheme: string
  period: string
  /** The id the bank uses. */
  beneficiary: string
  otherBeneficiary: string
  place: { agent: string; account: string } | undefined
  currency: string
  channel: string
  dueDay: Day
  amount: bigint
  amountBefore: bigint
  amountAfter: bigint
  /** Two months later. */
  amountAfterThat: bigint
  nextReference: () => string
}

export function reportsOf(occasion: Occasion): Report[] {
  const { plan, amount, dueDay, place, channel } = occasion
  const instructedDay = dueDay + plan.instructed
  const creditedDay = instructedDay + plan.settled
  const when = (day: Day): string => `${dayText(day)}${plan.clock}`
  const account = channel === 'cash' || channel === 'post' ? undefined : place?.account
  const base: Row = {
    creditor_agent: place?.agent ?? '970436',
    creditor_account: account ?? '',
    ...(plan.stateChannel ? { payment_channel: channel } : {}),
    ...(occasion.currency === 'VND' ? {} : { currency: occasion.currency }),
    ...namingOf(occasion, account, instructedDay),
    instructed_at: when(instructedDay),
  }
  const payment = (face: bigint, day = instructedDay): Row => ({
    ...base, instructed_amount: String(face), instructed_at: when(day),
    end_to_end_id: plan.reference === 'own' ? occasion.nextReference() : plan.reference,
  })
  const onTheWay = (row: Row): Row => ({ ...row, transaction_status: 'PDNG' })
  const credited = (row: Row, day = creditedDay): Row => ({ ...row, transaction_status: 'ACSC', credited_at: when(day) })
  const rejected = (row: Row): Row => ({ ...row, transaction_status: 'RJCT', return_reason_code: 'AC04' })
  const first = payment(amount)
  const half = amount / 2n
  const back = (days: number, part: bigint): Row => ({ ...first, transaction_status: 'RTRN', credited_at: when(creditedDay), returned_at: when(creditedDay + days), returned_amount: String(part) })
  const early = (row: Row): Report => ({ row, file: plan.file })
  const late = (row: Row): Report => ({ row, file: plan.laterFile })

  switch (occasion.story) {
    case 'nothing':
      return []
    case 'paid':
      return [early(credited(first))]
    case 'on_the_way':
      return [early(onTheWay(first))]
    case 'on_the_way_then_paid':
      return [early(onTheWay(first)), late(credited(first))]
    case 'rejected':
      return [early(rejected(first))]
    case 'rejected_then_paid':
      return [early(rejected(first)), late(credited(payment(amount, instructedDay + 4), creditedDay + 4))]
    case 'returned':
      return [early(credited(first)), late({ ...first, transaction_status: 'RTRN', credited_at: when(creditedDay), returned_at: when(creditedDay + 2) })]
    case 'partly_returned':
      // In two parts, of which the first is told twice.
      return [early(back(1, half)), late(back(1, half)), ...(half < 2n ? [] : [late(back(4, half / 2n))])]
    case 'short':
      return [early({ ...credited(first), credited_amount: String(half) })]
    case 'over':
      return [early(credited(payment(amount + 50n)))]
    case 'twice':
      return [early(credited(first)), late(credited(payment(amount), creditedDay + 1))]
    case 'twins':
      return [early(credited(first)), early(credited(plan.reference === 'own' ? payment(amount) : first))]
    case 'halves':
      return [early(credited(payment(half))), late(credited(payment(amount - half, instructedDay + 1)))]
    case 'halves_and_again':
      return [early(credited(payment(half))), late(credited(payment(amount - half, instructedDay + 1))), late(credited(payment(half, instructedDay + 2), creditedDay + 4))]
    case 'half_on_the_way':
      return [early(credited(payment(half))), late(onTheWay(payment(amount - half, instructedDay + 1)))]
    case 'not_collected':
      return [early({ ...first, transaction_status: 'NCOL' })]
    case 'two_months':
      return [early(credited(payment(amount + occasion.amountAfter)))]
    case 'catch_up':
      return [early(credited(payment(amount + occasion.amountBefore)))]
    case 'conflicting_amount':
      return [early(credited(first)), late({ ...credited(first), instructed_amount: String(amount + 100n) })]
    case 'conflicting_account':
      return [early(credited(first)), late({ ...credited(first), creditor_account: '999900000001' })]
    case 'conflicting_beneficiary':
      return [early(credited({ ...first, beneficiary_id: occasion.beneficiary })), late(credited({ ...first, beneficiary_id: occasion.otherBeneficiary }))]
    case 'rejected_and_credited':
      return [early(rejected(first)), late(credited(first))]
    case 'wrong_account':
      // Some errors send many people's money to one place.
      return [early(credited({ ...first, ...(plan.file === 0 ? { creditor_account: '999900000002' } : { creditor_agent: PAYEE.agent, creditor_account: PAYEE.account }) }))]
    case 'skip_month':
      return [early(credited(payment(amount + occasion.amountAfterThat)))]
    case 'exact_after_sum':
      return [early(credited(payment(amount + occasion.amountAfter))), late(credited(payment(amount, instructedDay + 1), creditedDay + 1))]
    case 'halves_and_whole':
      return [early(credited(payment(half))), early(credited(payment(amount - half, instructedDay + 1))), late(credited(payment(amount, instructedDay + 2), creditedDay + 4))]
    case 'uncollected_then_rejected':
      return [early({ ...first, transaction_status: 'NCOL' }), late(rejected(payment(amount, instructedDay + 1)))]
    case 'rejected_then_uncollected':
      return [early(rejected(first)), late({ ...payment(amount, instructedDay + 1), transaction_status: 'NCOL' })]
    case 'rejected_then_part_on_the_way':
      return [early(rejected(first)), late(onTheWay(payment(half, instructedDay + 1)))]
    case 'uncollected_elsewhere':
      return [early({ ...first, transaction_status: 'NCOL', payment_channel: channel === 'account' ? 'post' : 'account' })]
    case 'conflicting_instruction':
      return [early(credited(first)), late(credited({ ...first, instructed_amount: String(amount + 50n), instructed_at: when(instructedDay - 1) }))]
    case 'conflicting_currency':
      return [early(credited(first)), late(credited({ ...first, currency: occasion.currency === 'USD' ? 'VND' : 'USD' }))]
    case 'conflicting_credit':
      return [early(credited(first)), late({ ...credited(first), credited_amount: String(half) })]
    case 'same_moment': {
      // The bank that comes later by code has the earlier reference.
      const part = (share: bigint): Row => credited({ ...payment(share), creditor_agent: '970488' })
      return [early(part(half)), early(part(amount - half)), late(credited({ ...payment(amount), creditor_agent: '970405' }))]
    }
    case 'two_fates_at_once': {
      const uncollected = { ...payment(amount), creditor_agent: '970488', transaction_status: 'NCOL' }
      return [early(uncollected), late(rejected({ ...payment(amount), creditor_agent: '970405' }))]
    }
    case 'credited_again':
      return [early(credited(first, creditedDay + 5)), late(credited(first))]
    case 'other_currency':
      return [early(credited({ ...first, currency: occasion.currency === 'USD' ? 'VND' : 'USD' }))]
  }
}

/** A payment without id needs an account to be found by. */
function namingOf({ plan, story, scheme, period, beneficiary }: Occasion, account: string | undefined, instructedDay: Day): Row {
  const all = { scheme, benefit_period: period, beneficiary_id: beneficiary }
  // Money for the months before names none; it is found from the month in which it was sent.
  const naming = story === 'catch_up' && monthOf(instructedDay) >= period ? 'no_period' : plan.naming
  switch (naming) {
    case 'full':
      return all
    case 'no_period':
      return { scheme, beneficiary_id: beneficiary }
    case 'no_scheme':
      return { benefit_period: period, beneficiary_id: beneficiary }
    case 'id_only':
      return { beneficiary_id: beneficiary }
    case 'no_id':
      return account === undefined ? all : { scheme, benefit_period: period }
    case 'no_id_no_scheme':
      return account === undefined ? all : { benefit_period: period }
    case 'account_only':
      return account === undefined ? all : {}
  }
}
