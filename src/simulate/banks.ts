/** The banks, wallets and post offices that pay in the simulated province, and their habits. */
import { scatter } from './people.ts'
import { type Random, pickWeighted, weighted } from './random.ts'
import { asOf } from './month.ts'

export interface Bank {
  /** 6-digit BIN. */
  readonly agent: string
  /** Every account number begins with this and goes on with nine digits. */
  readonly accountPrefix: string
  /** Writes credited_amount even where it equals instructed_amount. */
  readonly statesCreditedAmount: boolean
  /** How far its withdrawal report reaches: what was not withdrawn by then is censored. */
  readonly reportedThrough: string
}

const bank = (agent: string, accountPrefix: string, statesCreditedAmount: boolean, reportedThrough: string = asOf): Bank => ({ agent, accountPrefix, statesCreditedAmount, reportedThrough })

// Shares per thousand of accounts opened for social payments: the rural networks come first.
const shares = [
  [bank('970405', '1500', true), 380],
  [bank('970449', '035', false), 140],
  [bank('970418', '21310', true), 110],
  [bank('970415', '108', false), 110],
  [bank('970436', '0071', true, '2026-10-29'), 90],
  [bank('970422', '0801', false), 70],
  [bank('970403', '060', true), 40],
  [bank('970437', '068704', false), 30],
  [bank('970452', '100', true), 30],
] as const
const banks = weighted(shares)
const wallet = bank('971005', '0986', true)

/** The agents that hand out cash, in a payment office or at the post counter. */
export const cashAgents = { cash: '970405', post: '970449' } as const

/** Banks that may be the slow one: small enough that a difference between banks is not the whole province's. */
export const smallerBanks: readonly string[] = shares.slice(2).map(([each]) => each.agent)

/** The smallest bank that is not the slow one: the one whose numbers chance moves most. */
export function harmlessBank(slowBank: string): string {
  return smallerBanks.findLast((agent) => agent !== slowBank) ?? slowBank
}

/** A bank account or a wallet, whoever holds it. */
export interface Account {
  readonly bank: Bank
  readonly agent: string
  readonly number: string
  /** When it was activated; not said where that was before anything was credited. */
  readonly activatedDate?: string
}

/** Makes account numbers, never twice the same, not even at two banks. */
export interface Accounts {
  account(): Account
  wallet(): Account
  /** A number at the same bank that nobody holds: one digit of a slip of the pen away from being somebody's. */
  unheld(bank: Bank): Account
}

/** A source of accounts for one simulated province. */
export function inventAccounts(random: Random): Accounts {
  let opened = 0
  const open = (at: Bank): Account => {
    opened += 1
    return { bank: at, agent: at.agent, number: at.accountPrefix + scatter(opened, 618_033_989, 1_000_000_000, 9) }
  }
  return { account: () => open(pickWeighted(random, banks)), wallet: () => open(wallet), unheld: open }
}
