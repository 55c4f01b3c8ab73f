/** Reads camt.053 as the statement of an account: its balances and every booked entry, those that tell their payments one by one. */
import { decimalOfUnits, ExactTotal, unitsOfDecimal } from '../exact-total.ts'
import { FileFault } from '../fault.ts'
import { statementRow, type WrittenEntry } from '../statement-row.ts'
import { chargeSubFamilies, checkBatch, checkEntry, entryFacts, newTotals, returnSubFamilies, transactionFacts, type EntryFacts } from './camt.ts'
import { checkStatement } from './controls.ts'
import { accountIn, partyIn } from './parts.ts'
import { elementAt, elementsOf, textAt, type XmlElement } from './xml-element.ts'
import type { FoundTransaction, MessageHandler } from './handler.ts'

export class AccountStatementHandler implements MessageHandler {
  private facts: EntryFacts | null = null
  private told = new ExactTotal()
  /** Transactions of the entry that do not say what moved, and the last of them. */
  private bareCount = 0
  private bare: XmlElement | null = null
  private batch = { count: '', reference: '' }
  private hasCharges = false
  private totals = newTotals()

  take(element: XmlElement): FoundTransaction[] {
    switch (element.name) {
      case 'TxDtls':
        return this.takeDetails(element)
      case 'NtryDtls':
        checkBatch(element)
        this.batch = { count: textAt(element, 'Btch', 'NbOfTxs'), reference: textAt(element, 'Btch', 'PmtInfId') || textAt(element, 'Btch', 'MsgId') }
        return []
      case 'Ntry':
        return this.takeEntry(element)
      default:
        checkStatement(element, this.totals)
        this.totals = newTotals()
        return balancesOf(element)
    }
  }

  finish(): FoundTransaction[] {
    return []
  }

  /** A transaction that says what moved is a row; others are told by what is left of their entry. */
  private takeDetails(details: XmlElement): FoundTransaction[] {
    const entry = details.parent?.parent ?? null
    if (entry === null) return []
    this.facts ??= entryFacts(entry)
    this.hasCharges ||= elementAt(details, 'Chrgs') !== null
    const { moved } = transactionFacts(details)
    if (!isBooked(this.facts)) return []
    if (moved.amount === '' || moved.currency !== this.facts.currency || unitsOfDecimal(moved.amount) === null) {
      this.bareCount += 1
      this.bare = details
      return []
    }
    this.told.add(moved.amount)
    return [{ element: details, row: rowOf(entry.parent, this.facts, details, moved.amount), reason: null }]
  }

  private takeEntry(entry: XmlElement): FoundTransaction[] {
    const facts = entryFacts(entry)
    const { told, hasCharges, batch, bareCount } = this
    if (bareCount === 0) checkEntry(entry, facts, told, hasCharges)
    // The only transaction told of a batch of twenty is not all of the entry.
    const only = bareCount === 1 && told.count === 0 && ['', '1'].includes(batch.count) ? this.bare : null
    this.count(facts)
    this.forgetEntry()
    if (!isBooked(facts)) return [{ element: entry, row: null, reason: 'information' }]
    const bankReference = batch.reference || facts.bankReference || textAt(entry, 'NtryRef')
    if (told.count === 0) return [{ element: entry, row: rowOf(entry.parent, { ...facts, bankReference }, only, facts.amount), reason: null }]
    // What the told ones leave: transactions that say no amount, or charges between.
    const left = (unitsOfDecimal(facts.amount) ?? told.units) - told.units
    if (left === 0n) return []
    const side = left > 0n ? facts.side : facts.side === 'CRDT' ? 'DBIT' : 'CRDT'
    const row = rowOf(entry.parent, { ...facts, bankReference, side }, null, decimalOfUnits(left > 0n ? left : -left), hasCharges ? 'charge' : undefined)
    return [{ element: entry, row, reason: null }]
  }

  private forgetEntry(): void {
    this.facts = null
    this.told = new ExactTotal()
    this.bareCount = 0
    this.bare = null
    this.batch = { count: '', reference: '' }
    this.hasCharges = false
  }

  private count({ amount, currency, side, status }: EntryFacts): void {
    const { all, credits, debits, booked, currencies } = this.totals
    all.add(amount)
    if (side === 'CRDT') credits.add(amount)
    else debits.add(amount)
    if (status !== 'BOOK' && status !== '') return
    booked.add(amount, side === 'CRDT' ? 1 : -1)
    if (currencies.size < 10) currencies.add(currency)
  }
}

function isBooked({ status }: EntryFacts): boolean {
  return status === 'BOOK' || status === ''
}

function rowOf(statement: XmlElement | null, entry: EntryFacts, details: XmlElement | null, amount: string, type?: 'charge'): FoundTransaction['row'] {
  const facts = transactionFacts(details)
  const subFamily = textAt(details, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') || entry.family[2]
  const isReturn = entry.isReversal || facts.hasReturn || returnSubFamilies.includes(subFamily)
  const isCredit = entry.side === 'CRDT'
  const parties = elementAt(details, 'RltdPties')
  const references = elementAt(details, 'Refs')
  // Of money that comes back the account on the other side is still the creditor's.
  const other = isCredit && !isReturn ? 'Dbtr' : 'Cdtr'
  const remittance = elementAt(details, 'RmtInf')
  const texts = [...elementsOf(remittance, 'Ustrd').map(({ text }) => text), ...elementsOf(remittance, 'Strd').map((part) => textAt(part, 'CdtrRefInf', 'Ref')), textAt(details, 'AddtlTxInf')]
  return statementRow({
    ...headOf(statement),
    kind: isCredit ? 'credit' : 'debit',
    date: entry.bookedAt || entry.valueAt,
    valueDate: entry.valueAt,
    amount,
    currency: entry.currency,
    type: type ?? (subFamily === 'INTR' ? 'interest' : chargeSubFamilies.includes(subFamily) ? 'charge' : isReturn ? 'return' : ''),
    endToEndId: facts.endToEndId,
    reference: textAt(references, 'PmtInfId') || textAt(references, 'MsgId') || facts.bankReference || entry.bankReference,
    counterparty: accountIn(elementAt(parties, `${other}Acct`)),
    counterpartyName: textAt(partyIn(elementAt(parties, other)), 'Nm'),
    text: texts.filter((text) => text !== '').join(' '),
  })
}

function headOf(statement: XmlElement | null): Pick<WrittenEntry, 'account' | 'number'> {
  return { account: accountIn(elementAt(statement, 'Acct')), number: textAt(statement, 'ElctrncSeqNb') || textAt(statement, 'LglSeqNb') || textAt(statement, 'Id') }
}

/** The balances that a statement begins and ends with. @throws FileFault where one of them is missing */
function balancesOf(statement: XmlElement): FoundTransaction[] {
  const head = headOf(statement)
  if (statement.name !== 'Stmt' || head.account === '' || head.number === '') {
    throw new FileFault('statement_invalid', `a statement of an account is a camt.053 with the account and a number; ${statement.name} on line ${statement.line} is none`, { line: statement.line })
  }
  return (['opening', 'closing'] as const).map((kind) => {
    const codes = kind === 'opening' ? ['OPBD', 'PRCD'] : ['CLBD']
    const balance = elementsOf(statement, 'Bal').find((one) => codes.includes(textAt(one, 'Tp', 'CdOrPrtry', 'Cd')))
    if (balance === undefined) throw new FileFault('statement_invalid', `the statement on line ${statement.line} states no ${kind} balance`, { line: statement.line })
    const amount = textAt(balance, 'Amt')
    const row = statementRow({
      ...head, kind, date: textAt(balance, 'Dt', 'Dt') || textAt(balance, 'Dt', 'DtTm'),
      amount: textAt(balance, 'CdtDbtInd') === 'DBIT' && /[1-9]/.test(amount) ? `-${amount}` : amount,
      currency: elementAt(balance, 'Amt')?.attributes.get('Ccy') ?? '',
    })
    return { element: balance, row, reason: null }
  })
}
