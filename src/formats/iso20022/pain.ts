/** Reads payment orders (pain.001) and the banks' answers to them (pain.002). */
import { ExactTotal } from '../exact-total.ts'
import { FileFault } from '../fault.ts'
import { stated, type BankCodes } from '../payment-row.ts'
import { checkStated, statedIn } from './controls.ts'
import type { FoundTransaction, MessageHandler } from './handler.ts'
import { amountColumns, amountIn, creditorColumns, firstTime, reasonColumns, remittanceColumns, timeIn } from './parts.ts'
import { elementAt, elementsOf, textAt, type XmlElement } from './xml-element.ts'

/** pain.001: each transaction is a payment on the way from the day on which it was to be carried out. */
export class OrderHandler implements MessageHandler {
  private readonly banks: BankCodes
  private readonly message = new ExactTotal()
  private batch = new ExactTotal()

  constructor(banks: BankCodes) {
    this.banks = banks
  }

  take(element: XmlElement): FoundTransaction[] {
    if (element.name === 'PmtInf') {
      checkStated(statedIn(element), this.batch, `batch ${textAt(element, 'PmtInfId').slice(0, 40)}`, element.line)
      this.batch = new ExactTotal()
      return []
    }
    const amount = amountIn(elementAt(element, 'Amt', 'InstdAmt'), elementAt(element, 'Amt', 'EqvtAmt', 'Amt'))
    this.message.add(amount.amount)
    this.batch.add(amount.amount)
    const row = stated({
      ...creditorColumns(element, element, this.banks),
      ...remittanceColumns(elementAt(element, 'RmtInf')),
      ...amountColumns(amount),
      end_to_end_id: textAt(element, 'PmtId', 'EndToEndId'),
      instructed_at: timeIn(elementAt(element.parent, 'ReqdExctnDt')),
      transaction_status: 'PDNG',
    })
    return [{ element, row, reason: null }]
  }

  finish(message: XmlElement): FoundTransaction[] {
    const header = elementAt(message, 'GrpHdr')
    checkStated(statedIn(header), this.message, 'the message', header?.line ?? message.line)
    return []
  }
}

// What a bank says of an order before it is settled, as the two words that the contract has for it.
const onTheWay = new Map([
  ...['RCVD', 'ACTC', 'ACCP', 'ACFC', 'PATC'].map((code) => [code, 'PDNG'] as const),
  ...['ACWC', 'ACWP'].map((code) => [code, 'ACSP'] as const),
])

/** pain.002: each transaction named is a payment whose status moved on; a status stated for the whole batch or message holds where it has none of its own. */
export class StatusHandler implements MessageHandler {
  private readonly banks: BankCodes
  private found = 0

  constructor(banks: BankCodes) {
    this.banks = banks
  }

  take(element: XmlElement): FoundTransaction[] {
    const original = textAt(element.name === 'TxInfAndSts' ? (element.parent?.parent ?? null) : element.parent, 'OrgnlGrpInfAndSts', 'OrgnlMsgNmId')
    if (original.startsWith('pain.008')) throw new FileFault('message_unknown', `the report answers ${original.slice(0, 40)}, which collects money and pays none`, { line: element.line })
    if (element.name === 'TxInfAndSts') return this.tell(element, element)
    // A whole batch refused without naming its payments: nobody can say which, so it stands as a line with problems.
    return textAt(element, 'PmtInfSts') === 'RJCT' && (element.counts?.get('TxInfAndSts') ?? 0) === 0 ? this.tell(element, null) : []
  }

  finish(message: XmlElement): FoundTransaction[] {
    if (this.found > 0) return []
    const group = elementAt(message, 'OrgnlGrpInfAndSts')
    const { return_reason_code: code, reason_text: text } = reasonColumns(elementsOf(group, 'StsRsnInf'))
    const status = textAt(group, 'GrpSts').slice(0, 40)
    throw new FileFault('message_empty', `the report says ${status || 'nothing'} of the whole message ${textAt(group, 'OrgnlMsgId').slice(0, 40)}${code === '' ? '' : `, reason ${code.slice(0, 40)}`}${text === '' ? '' : ` (${text.slice(0, 200)})`}, and names none of its payments`, { line: group?.line ?? message.line })
  }

  private tell(element: XmlElement, transaction: XmlElement | null): FoundTransaction[] {
    this.found += 1
    const batch = transaction === null ? element : element.parent
    const group = elementAt(batch?.parent ?? null, 'OrgnlGrpInfAndSts')
    const written = textAt(transaction, 'TxSts') || textAt(batch, 'PmtInfSts') || textAt(group, 'GrpSts')
    const status = onTheWay.get(written) ?? written
    const original = elementAt(transaction, 'OrgnlTxRef')
    const isCredited = status === 'ACSC' || status === 'ACCC'
    const reasons = [transaction, batch, group].map((one) => elementsOf(one, 'StsRsnInf')).find((list) => list.length > 0) ?? []
    const row = stated({
      ...creditorColumns(original, original, this.banks),
      ...remittanceColumns(elementAt(original, 'RmtInf')),
      ...amountColumns(amountIn(elementAt(original, 'Amt', 'InstdAmt'), elementAt(original, 'Amt', 'EqvtAmt', 'Amt'), elementAt(original, 'IntrBkSttlmAmt'))),
      end_to_end_id: textAt(transaction, 'OrgnlEndToEndId'),
      instructed_at: timeIn(elementAt(original, 'ReqdExctnDt')),
      transaction_status: status,
      credited_at: isCredited ? firstTime(elementAt(transaction, 'FctvIntrBkSttlmDt'), elementAt(original, 'IntrBkSttlmDt')) : '',
      ...(status === 'RJCT' ? reasonColumns(reasons) : {}),
      bank_reference: textAt(transaction, 'AcctSvcrRef') || textAt(transaction, 'ClrSysRef'),
    })
    return [{ element, row, reason: null }]
  }
}
