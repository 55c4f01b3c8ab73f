/** Reads returns between banks (pacs.004): money that was credited, or on its way, and came back. */
import { ExactTotal } from '../exact-total.ts'
import { FileFault } from '../fault.ts'
import { amountOf, stated, type BankCodes } from '../payment-row.ts'
import { checkStated, statedIn } from './controls.ts'
import type { FoundTransaction, MessageHandler } from './handler.ts'
import { amountColumns, amountIn, creditorColumns, firstTime, reasonColumns, remittanceColumns, timeIn } from './parts.ts'
import { elementAt, elementsOf, textAt, type XmlElement } from './xml-element.ts'

/** pacs.004: each transaction is a payment returned, with the day and the reason of its return. */
export class ReturnHandler implements MessageHandler {
  private readonly banks: BankCodes
  private readonly total = new ExactTotal()

  constructor(banks: BankCodes) {
    this.banks = banks
  }

  take(element: XmlElement): FoundTransaction[] {
    const header = elementAt(element.parent, 'GrpHdr')
    const original = elementAt(element, 'OrgnlTxRef')
    const returned = amountIn(elementAt(element, 'RtrdIntrBkSttlmAmt'), elementAt(element, 'RtrdInstdAmt'))
    this.total.add(returned.amount)
    const asked = amountIn(elementAt(original, 'Amt', 'InstdAmt'), elementAt(element, 'OrgnlIntrBkSttlmAmt'), elementAt(original, 'IntrBkSttlmAmt'))
    const row = stated({
      ...creditorColumns(original, original, this.banks),
      ...remittanceColumns(elementAt(original, 'RmtInf')),
      ...amountColumns(asked.amount === '' ? returned : asked),
      end_to_end_id: textAt(element, 'OrgnlEndToEndId'),
      instructed_at: timeIn(elementAt(original, 'ReqdExctnDt')),
      transaction_status: 'RTRN',
      credited_at: firstTime(elementAt(element, 'OrgnlIntrBkSttlmDt'), elementAt(original, 'IntrBkSttlmDt')),
      returned_at: firstTime(elementAt(element, 'IntrBkSttlmDt'), elementAt(header, 'IntrBkSttlmDt')),
      returned_amount: amountOf(returned.amount),
      ...reasonColumns(elementsOf(element, 'RtrRsnInf')),
      bank_reference: textAt(element, 'RtrId'),
    })
    return [{ element, row, reason: null }]
  }

  finish(message: XmlElement): FoundTransaction[] {
    const header = elementAt(message, 'GrpHdr')
    if (this.total.count === 0) throw new FileFault('message_empty', 'the message returns a whole earlier message, and names none of its payments', { line: header?.line ?? message.line })
    const { count, sum } = statedIn(header)
    checkStated({ count, sum: sum || textAt(header, 'TtlRtrdIntrBkSttlmAmt') }, this.total, 'the message', header?.line ?? message.line)
    return []
  }
}
