/** Writes a payment order (pain.001.001.09) as banks take it, one transfer at a time, however many there are. */
import { bankFold, type Amount } from '../../core/index.ts'
import { xmlText } from '../xml-text.ts'

/** Who pays, from which account, on which day; totals are stated first, so they are known before. */
export interface PaymentOrder {
  /** At most 35 letters; nobody else's message is called so. */
  readonly messageId: string
  /** UTC instant. */
  readonly createdAt: string
  /** `YYYY-MM-DD` */
  readonly executionDate: string
  readonly debtorName: string
  /** 6-digit BIN. */
  readonly debtorAgent: string
  readonly debtorAccount: string
  readonly currency: string
  readonly count: number
  readonly sum: Amount
}

/** One transfer. */
export interface Transfer {
  readonly endToEndId: string
  readonly amount: Amount
  readonly creditorName: string
  readonly creditorAgent: string
  readonly creditorAccount: string
}

/** The only words that a bank reads about the money: neither scheme nor category, which could tell of somebody's health. */
const remittance = 'TCXH'
const longestName = 70
const pieceLength = 65_536

/** The bytes of the message. @throws Error when the transfers are not what the order says: such a message is never whole */
export async function* writeOrder(order: PaymentOrder, transfers: Iterable<Transfer> | AsyncIterable<Transfer>): AsyncGenerator<Buffer, void> {
  let text = headOf(order)
  let written = 0
  for await (const transfer of transfers) {
    written += 1
    text += transferOf(transfer, order.currency)
    if (text.length < pieceLength) continue
    yield Buffer.from(text)
    text = ''
  }
  if (written !== order.count) throw new Error(`an order of ${order.count} transfers came to ${written}`)
  yield Buffer.from(`${text}</PmtInf></CstmrCdtTrfInitn></Document>\n`)
}

function headOf(order: PaymentOrder): string {
  const totals = `<NbOfTxs>${order.count}</NbOfTxs><CtrlSum>${order.sum}</CtrlSum>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>${xmlText(order.messageId)}</MsgId><CreDtTm>${order.createdAt}</CreDtTm>${totals}<InitgPty><Nm>${nameOf(order.debtorName)}</Nm></InitgPty></GrpHdr>
<PmtInf><PmtInfId>${xmlText(order.messageId)}</PmtInfId><PmtMtd>TRF</PmtMtd>${totals}<ReqdExctnDt><Dt>${order.executionDate}</Dt></ReqdExctnDt><Dbtr><Nm>${nameOf(order.debtorName)}</Nm></Dbtr><DbtrAcct>${accountOf(order.debtorAccount)}</DbtrAcct><DbtrAgt>${agentOf(order.debtorAgent)}</DbtrAgt>
`
}

function transferOf({ endToEndId, amount, creditorName, creditorAgent, creditorAccount }: Transfer, currency: string): string {
  return `<CdtTrfTxInf><PmtId><EndToEndId>${xmlText(endToEndId)}</EndToEndId></PmtId><Amt><InstdAmt Ccy="${xmlText(currency)}">${amount}</InstdAmt></Amt><CdtrAgt>${agentOf(creditorAgent)}</CdtrAgt><Cdtr><Nm>${nameOf(creditorName)}</Nm></Cdtr><CdtrAcct>${accountOf(creditorAccount)}</CdtrAcct><RmtInf><Ustrd>${remittance}</Ustrd></RmtInf></CdtTrfTxInf>
`
}

function agentOf(agent: string): string {
  return `<FinInstnId><ClrSysMmbId><MmbId>${xmlText(agent)}</MmbId></ClrSysMmbId></FinInstnId>`
}

function accountOf(account: string): string {
  return `<Id><Othr><Id>${xmlText(account)}</Id></Othr></Id>`
}

/** As banks take names: capitals of ASCII, nothing else, and never nothing. */
function nameOf(name: string): string {
  const folded = bankFold(name).replace(/[^A-Z0-9 ]+/g, ' ').replace(/ +/g, ' ').trim()
  return folded.slice(0, longestName).trim() || 'NOTPROVIDED'
}
