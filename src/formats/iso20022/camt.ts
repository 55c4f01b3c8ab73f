/** Reads statements, reports and notifications (camt.052, .053, .054): what left the payer's account, and what came back. */
import { ExactTotal } from '../exact-total.ts'
import { amountOf, stated, type BankCodes, type NoPayment, type PaymentRow } from '../payment-row.ts'
import { checkStated, checkStatement } from './controls.ts'
import { amountColumns, amountIn, creditorColumns, firstTime, reasonColumns, remittanceColumns, timeIn, type WrittenAmount } from './parts.ts'
import { elementAt, elementsOf, textAt, type XmlElement } from './xml-element.ts'
import type { FoundTransaction, MessageHandler } from './handler.ts'

/** What an entry says before its transactions, as written. */
export interface EntryFacts extends WrittenAmount {
  /** `CRDT` or `DBIT` as it is booked on the account. */
  readonly side: string
  readonly isReversal: boolean
  /** `BOOK`, `PDNG`, `INFO`, `FUTR`. */
  readonly status: string
  readonly bookedAt: string
  readonly valueAt: string
  readonly bankReference: string
  /** Codes of domain, family and sub-family. */
  readonly family: readonly [string, string, string]
}

/** What a transaction of an entry says of itself, as written; empty where it says nothing. */
export interface TransactionFacts {
  readonly endToEndId: string
  readonly bankReference: string
  /** What moved on the account; empty where only the entry states it. */
  readonly moved: WrittenAmount
  /** What was asked for, where it is stated apart. */
  readonly asked: WrittenAmount
  readonly hasReturn: boolean
}

/** The facts of an entry. */
export function entryFacts(entry: XmlElement): EntryFacts {
  const domain = elementAt(entry, 'BkTxCd', 'Domn')
  return {
    ...amountIn(elementAt(entry, 'Amt')),
    side: textAt(entry, 'CdtDbtInd'),
    isReversal: ['true', '1'].includes(textAt(entry, 'RvslInd')),
    status: textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts', 'Prtry') || textAt(entry, 'Sts'),
    bookedAt: timeIn(elementAt(entry, 'BookgDt')),
    valueAt: timeIn(elementAt(entry, 'ValDt')),
    bankReference: textAt(entry, 'AcctSvcrRef'),
    family: [textAt(domain, 'Cd'), textAt(domain, 'Fmly', 'Cd'), textAt(domain, 'Fmly', 'SubFmlyCd')],
  }
}

/** The facts of one TxDtls; of an entry without any, `null` gives empty ones. */
export function transactionFacts(details: XmlElement | null): TransactionFacts {
  const amounts = elementAt(details, 'AmtDtls')
  return {
    endToEndId: textAt(details, 'Refs', 'EndToEndId'),
    bankReference: textAt(details, 'Refs', 'AcctSvcrRef') || textAt(details, 'Refs', 'ClrSysRef'),
    moved: amountIn(elementAt(details, 'Amt'), elementAt(amounts, 'TxAmt', 'Amt')),
    asked: amountIn(elementAt(amounts, 'InstdAmt', 'Amt')),
    hasReturn: elementAt(details, 'RtrInf') !== null,
  }
}

// What the external code set names as coming back: returned, or cancelled and paid back.
export const returnSubFamilies = ['RRTN', 'RPCR']
export const chargeSubFamilies = ['CHRG', 'COMM', 'COME', 'COMI', 'COMT', 'FEES', 'INTR', 'TAXE']

/** What a transaction is to us: paid out, come back, or neither and why. */
function meaningOf(entry: EntryFacts, details: XmlElement | null): 'paid' | 'returned' | NoPayment {
  const subFamily = textAt(details, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') || entry.family[2]
  const isReturn = entry.isReversal || transactionFacts(details).hasReturn || returnSubFamilies.includes(subFamily)
  if (entry.status === 'INFO') return 'information'
  if (chargeSubFamilies.includes(subFamily)) return 'charge'
  if (entry.side === 'CRDT') return isReturn ? 'returned' : 'incoming'
  return isReturn ? 'income_returned' : 'paid'
}

/** The row of a transaction that is ours. `whole`: it is all of its entry, whose amount is then its own. */
function rowOf(meaning: 'paid' | 'returned', entry: EntryFacts, details: XmlElement | null, isWhole: boolean, banks: BankCodes): PaymentRow {
  const facts = transactionFacts(details)
  const moved = facts.moved.amount !== '' ? facts.moved : isWhole ? { amount: entry.amount, currency: entry.currency } : { amount: '', currency: '' }
  const asked = facts.asked.amount !== '' ? facts.asked : moved
  const dates = elementAt(details, 'RltdDts')
  // The day on which the banks settled is nearest to the credit; the booking is what every statement has.
  const day = firstTime(elementAt(dates, 'IntrBkSttlmDt')) || entry.bookedAt || entry.valueAt
  const isBooked = entry.status === 'BOOK' || entry.status === ''
  const accepted = timeIn(elementAt(dates, 'AccptncDtTm'))
  return stated({
    ...creditorColumns(elementAt(details, 'RltdPties'), elementAt(details, 'RltdAgts'), banks),
    ...remittanceColumns(elementAt(details, 'RmtInf')),
    ...amountColumns(asked),
    end_to_end_id: facts.endToEndId,
    bank_reference: facts.bankReference || entry.bankReference,
    ...(meaning === 'returned'
      ? { transaction_status: 'RTRN', returned_at: day, returned_amount: amountOf(moved.amount), instructed_at: accepted, ...reasonColumns(elementsOf(details, 'RtrInf')) }
      : isBooked
        ? { transaction_status: 'ACSC', credited_at: day, instructed_at: accepted }
        : { transaction_status: entry.status === 'PDNG' || entry.status === 'FUTR' ? 'PDNG' : entry.status, instructed_at: accepted || day }),
  })
}

/** Takes the entries and transactions of one message in the order in which they close. */
export class StatementHandler implements MessageHandler {
  private readonly banks: BankCodes
  private facts: EntryFacts | null = null
  /** A first transaction without an amount of its own waits until it is known whether another follows. */
  private waiting: XmlElement | null = null
  private detailsSum = new ExactTotal()
  private hasCharges = false
  private totals = newTotals()

  constructor(banks: BankCodes) {
    this.banks = banks
  }

  take(element: XmlElement): FoundTransaction[] {
    switch (element.name) {
      case 'TxDtls':
        return this.takeDetails(element)
      case 'NtryDtls':
        checkBatch(element)
        return []
      case 'Ntry':
        return this.takeEntry(element)
      default:
        checkStatement(element, this.totals)
        this.totals = newTotals()
        return []
    }
  }

  finish(): FoundTransaction[] {
    return []
  }

  private takeDetails(details: XmlElement): FoundTransaction[] {
    const entry = details.parent?.parent ?? null
    if (entry === null) return []
    this.facts ??= entryFacts(entry)
    const { moved } = transactionFacts(details)
    this.detailsSum.add(moved.currency === this.facts.currency ? moved.amount : '')
    this.hasCharges ||= elementAt(details, 'Chrgs') !== null
    const found: FoundTransaction[] = []
    if (this.waiting !== null) {
      found.push(this.found(this.waiting, this.facts, false))
      this.waiting = null
    }
    if (moved.amount === '' && this.detailsSum.count === 1) this.waiting = details
    else found.push(this.found(details, this.facts, false))
    return found
  }

  private takeEntry(entry: XmlElement): FoundTransaction[] {
    const facts = entryFacts(entry)
    const found: FoundTransaction[] = []
    // The only transaction told of a batch of twenty is not all of the entry.
    if (this.waiting !== null) found.push(this.found(this.waiting, facts, ['', '1'].includes(statedCount(this.waiting.parent))))
    else if (this.detailsSum.count === 0) found.push({ element: entry, ...this.described(null, facts, true) })
    checkEntry(entry, facts, this.detailsSum, this.hasCharges)
    this.countEntry(facts)
    this.facts = null
    this.waiting = null
    this.detailsSum = new ExactTotal()
    this.hasCharges = false
    return found
  }

  private countEntry({ amount, currency, side, status }: EntryFacts): void {
    const { all, credits, debits, booked, currencies } = this.totals
    all.add(amount)
    if (side === 'CRDT') credits.add(amount)
    else debits.add(amount)
    if (status !== 'BOOK' && status !== '') return
    booked.add(amount, side === 'CRDT' ? 1 : -1)
    if (currencies.size < 10) currencies.add(currency)
  }

  private found(details: XmlElement, facts: EntryFacts, isWhole: boolean): FoundTransaction {
    return { element: details, ...this.described(details, facts, isWhole) }
  }

  private described(details: XmlElement | null, facts: EntryFacts, isWhole: boolean): Pick<FoundTransaction, 'row' | 'reason'> {
    const meaning = meaningOf(facts, details)
    return meaning === 'paid' || meaning === 'returned' ? { row: rowOf(meaning, facts, details, isWhole, this.banks), reason: null } : { row: null, reason: meaning }
  }
}

/** The transactions of an entry add up to it, where all of them say what moved and no charges lie between. @throws FileFault */
export function checkEntry(entry: XmlElement, { amount, bankReference }: EntryFacts, told: ExactTotal, hasCharges: boolean): void {
  if (told.count === 0 || hasCharges || elementAt(entry, 'Chrgs') !== null) return
  const where = `entry ${entry.index}${bankReference === '' ? '' : ` (${bankReference.slice(0, 40)})`}`
  checkStated({ count: '', sum: amount }, told, where, entry.line)
}

/** How many transactions a batch states; empty where it states nothing. */
function statedCount(details: XmlElement | null): string {
  return textAt(details, 'Btch', 'NbOfTxs')
}

/**
 * A batch may tell fewer transactions than it has (many banks tell one for all): then its amount is not that of the one
 * told, and lines without an amount have a problem. More than it states contradicts itself.
 */
export function checkBatch(details: XmlElement): void {
  const total = new ExactTotal()
  total.count = details.counts?.get('TxDtls') ?? 0
  total.isComplete = false
  const count = statedCount(details)
  if (/^\d{1,15}$/.test(count) && BigInt(total.count) < BigInt(count)) return
  if (total.count > 0) checkStated({ count, sum: '' }, total, `the batch of entry ${details.parent?.index ?? 0}`, details.line)
}

export function newTotals() {
  return { all: new ExactTotal(), credits: new ExactTotal(), debits: new ExactTotal(), booked: new ExactTotal(), currencies: new Set<string>() }
}
