/** Small worlds of payments and statements, and what an independent model says of them: payment by payment and entry by entry, in plain loops. */
import fc from 'fast-check'
import { csvStatement, wholeStatement, type StatementEntry } from '../../src/simulate/statement-files.ts'

/** A payment as its organisation reports it. */
export interface WorldPayment {
  readonly reference: string
  readonly organisation: number
  readonly amount: bigint
  readonly state: 'on_the_way' | 'not_collected' | 'rejected' | 'credited' | 'returned'
  /** Of October. */
  readonly day: number
  readonly period: '2026-09' | '2026-10'
}

/** One organisation's account; statements of ten days each. */
export interface WorldEntry extends StatementEntry {
  readonly organisation: number
}

export interface World {
  readonly payments: readonly WorldPayment[]
  readonly entries: readonly WorldEntry[]
}

export const sources = ['BANK-A', 'POST'] as const
export const ownAccounts = ['3100001', '3100002'] as const
export const payerAccount = '9527001'
const unknownAccount = '7777777'
const dayOf = (day: number): string => `2026-10-${`${day}`.padStart(2, '0')}`
/** Statements end on this day: payments after it are compared with none. */
export const lastDay = 20

const paymentArbitrary = fc.record({
  organisation: fc.integer({ min: 0, max: 1 }),
  amount: fc.bigInt({ min: 1n, max: 5n }).map((units) => units * 270_000n),
  state: fc.constantFrom('on_the_way', 'not_collected', 'rejected', 'credited', 'credited', 'credited', 'returned'),
  day: fc.integer({ min: 1, max: 28 }),
  period: fc.constantFrom('2026-09', '2026-10'),
  /** What the account does with it: a debit or none, of its own amount or another, and what comes back. */
  debit: fc.constantFrom('own', 'own', 'own', 'own', 'none', 'other', 'twice'),
  back: fc.constantFrom('as_said', 'as_said', 'as_said', 'never', 'always'),
})
const otherEntry = fc.record({
  organisation: fc.integer({ min: 0, max: 1 }),
  day: fc.integer({ min: 1, max: lastDay }),
  isCredit: fc.boolean(),
  amount: fc.bigInt({ min: 1n, max: 9_000_000n }),
  what: fc.constantFrom('payer', 'payer', 'charge', 'interest', 'unknown', 'unknown_reference'),
  period: fc.constantFrom('2026-09', '2026-10', ''),
})

/** Worlds in which everything that can go wrong with an account does. */
export const worldArbitrary: fc.Arbitrary<World> = fc.record({ payments: fc.array(paymentArbitrary, { minLength: 1, maxLength: 14 }), others: fc.array(otherEntry, { maxLength: 6 }) }).map(({ payments, others }) => {
  const made = payments.map(({ debit: _debit, back: _back, ...payment }, index): WorldPayment => ({ ...payment, reference: `E-${index}` }))
  const entry = (organisation: number, day: number, given: Partial<StatementEntry> & { readonly amount: bigint; readonly isCredit: boolean }): WorldEntry =>
    ({ organisation, date: dayOf(day), type: '', endToEndId: '', reference: '', counterparty: '', text: '', ...given })
  const entries = payments.flatMap(({ organisation, amount, state, day, debit, back }, index) => {
    if (day > lastDay) return []
    const endToEndId = `E-${index}`
    const out = debit === 'none' ? [] : debit === 'other' ? [amount + 1n] : debit === 'twice' ? [amount, amount] : [amount]
    const comesBack = back === 'always' || (back === 'as_said' && (state === 'returned' || state === 'rejected'))
    return [
      ...out.map((moved) => entry(organisation, day, { amount: moved, isCredit: false, endToEndId })),
      ...(comesBack ? [entry(organisation, lastDay, { amount, isCredit: true, type: 'return', endToEndId })] : []),
    ]
  })
  const rest = others.map(({ organisation, day, isCredit, amount, what, period }) => entry(organisation, day, {
    amount, isCredit,
    type: what === 'charge' ? 'charge' : what === 'interest' ? 'interest' : '',
    counterparty: what === 'payer' ? payerAccount : unknownAccount,
    endToEndId: what === 'unknown_reference' ? 'NOBODY-KNOWS' : '',
    text: period === '' ? 'no month' : `/PERD/${period}`,
  }))
  return { payments: made, entries: [...entries, ...rest] }
})

const paymentHeader = 'end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,instructed_amount,instructed_at,transaction_status,credited_at,returned_at'

/** The files of a world: of each organisation its payments, an order and a result, and its statements. */
export function filesOf({ payments, entries }: World): { readonly text: string; readonly source: string }[] {
  const line = ({ reference, amount, day, period, state }: WorldPayment, index: number, isOrder: boolean): string => {
    const at = dayOf(day)
    const status = { on_the_way: 'ACSP', not_collected: 'NCOL', rejected: 'RJCT', credited: 'ACSC', returned: 'RTRN' }[isOrder ? 'on_the_way' : state]
    const isCredited = !isOrder && (state === 'credited' || state === 'returned')
    return [reference, 'BTXH', period, `00108712${`${index}`.padStart(4, '0')}`, '970405', `15002051${`${index}`.padStart(5, '0')}`, amount, at, status, isCredited ? at : '', !isOrder && state === 'returned' ? at : ''].join(',')
  }
  const organisation = 'source,name,account_number,creditor_agent,payer_account\nBANK-A,Ngân hàng A,3100001,970436,9527001\nPOST,Bưu điện,3100002,,9527001\n'
  return [
    { text: organisation, source: 'payer' },
    ...sources.flatMap((source, own) => {
      const mine = payments.map((payment, index) => ({ payment, index })).filter(({ payment }) => payment.organisation === own)
      const file = (isOrder: boolean, some: typeof mine): { text: string; source: string }[] => (some.length === 0 ? [] : [{ text: [paymentHeader, ...some.map(({ payment, index }) => line(payment, index, isOrder)), ''].join('\n'), source }])
      // Every second payment is reported once, the others as an order and a result.
      return [...file(true, mine.filter(({ index }) => index % 2 === 0)), ...file(false, mine)]
    }),
    ...sources.flatMap((source, own) => {
      let opening = 1_000_000n
      return [0, 1].map((part) => {
        const head = { account: ownAccounts[own] ?? '', number: part + 1, from: dayOf(part * 10 + 1), to: dayOf(part * 10 + 10), opening }
        const told = wholeStatement(csvStatement, head, entries.filter(({ organisation: of, date }) => of === own && date >= head.from && date <= head.to))
        opening = told.closing
        return { text: told.text, source }
      })
    }),
  ]
}

/** One cell as the model has it. */
export interface ModelCell {
  credited: bigint
  on_the_way: bigint
  not_collected: bigint
  outside: bigint
  received: bigint
  paid: bigint
  returned: bigint
  handed_back: bigint
  charges: bigint
  interest: bigint
  unexplained_credit: bigint
  unexplained_debit: bigint
  difference: bigint
}

/** What the settlement must say, by organisation and month (`BANK-A 2026-10`). */
export function modelOf({ payments, entries }: World): Map<string, ModelCell> {
  const cells = new Map<string, ModelCell>()
  const cell = (organisation: number, period: string): ModelCell => {
    const key = `${sources[organisation] ?? ''} ${period}`
    const known = cells.get(key) ?? { credited: 0n, on_the_way: 0n, not_collected: 0n, outside: 0n, received: 0n, paid: 0n, returned: 0n, handed_back: 0n, charges: 0n, interest: 0n, unexplained_credit: 0n, unexplained_debit: 0n, difference: 0n }
    cells.set(key, known)
    return known
  }
  for (const payment of payments) {
    const { organisation, reference, amount, state, day, period } = payment
    const own = cell(organisation, period)
    const named = entries.filter((entry) => entry.organisation === organisation && entry.endToEndId === reference)
    const out = named.filter(({ isCredit }) => !isCredit).reduce((sum, entry) => sum + entry.amount, 0n)
    const back = named.filter(({ isCredit }) => isCredit).reduce((sum, entry) => sum + entry.amount, 0n)
    const said = state === 'rejected' || state === 'returned' ? 0n : amount
    if (state === 'credited') own.credited += amount
    if (state === 'on_the_way') own.on_the_way += amount
    if (state === 'not_collected') own.not_collected += amount
    own.paid += out
    own.returned += back
    if (named.length === 0 && day > lastDay) own.outside += said
    // What waits may still lie on the account.
    else if (!((state === 'on_the_way' || state === 'not_collected') && out === back)) own.difference += out - back - said
  }
  for (const entry of entries) {
    if (entry.endToEndId.startsWith('E-')) continue
    const own = cell(entry.organisation, /PERD\/(\S+)/.exec(entry.text)?.[1] ?? '-')
    const { amount, isCredit, type, counterparty } = entry
    if (type === 'charge' || type === 'interest') {
      own[isCredit ? 'interest' : 'charges'] += amount
      own.difference += isCredit ? -amount : amount
    } else if (counterparty === payerAccount) own[isCredit ? 'received' : 'handed_back'] += amount
    else {
      own[isCredit ? 'unexplained_credit' : 'unexplained_debit'] += amount
      own.difference += isCredit ? -amount : amount
    }
  }
  return cells
}
