/** Which ISO 20022 messages are read, in which versions, and where their transactions stand. */
import { FileFault } from '../fault.ts'
import { watchOf, type Watch } from './xml-reader.ts'

/** The messages that speak of payments to beneficiaries. */
export type MessageName = 'pain.001' | 'pain.002' | 'pacs.004' | 'camt.052' | 'camt.053' | 'camt.054'

/** A message as its namespace names it. */
export interface MessageType {
  readonly name: MessageName
  /** `pain.001.001.09`; the name alone where the document states no namespace. */
  readonly version: string
}

interface Message {
  readonly name: MessageName
  /** The element that holds it. */
  readonly element: string
  /** The published versions whose structure is read here, first and last. */
  readonly versions: readonly [number, number]
  readonly watch: Watch
}

const statementPaths = (record: string): string[] => [record, `${record}/Ntry`, `${record}/Ntry/NtryDtls`, `${record}/Ntry/NtryDtls/TxDtls`]

const messages: readonly Message[] = [
  { name: 'pain.001', element: 'CstmrCdtTrfInitn', versions: [3, 12], watch: watchOf(['PmtInf', 'PmtInf/CdtTrfTxInf']) },
  { name: 'pain.002', element: 'CstmrPmtStsRpt', versions: [3, 14], watch: watchOf(['OrgnlPmtInfAndSts', 'OrgnlPmtInfAndSts/TxInfAndSts']) },
  { name: 'pacs.004', element: 'PmtRtr', versions: [2, 14], watch: watchOf(['TxInf']) },
  { name: 'camt.052', element: 'BkToCstmrAcctRpt', versions: [2, 13], watch: watchOf(statementPaths('Rpt')) },
  { name: 'camt.053', element: 'BkToCstmrStmt', versions: [2, 13], watch: watchOf(statementPaths('Stmt')) },
  { name: 'camt.054', element: 'BkToCstmrDbtCdtNtfctn', versions: [2, 13], watch: watchOf(statementPaths('Ntfctn')) },
]

const prefix = 'urn:iso:std:iso:20022:tech:xsd:'

/**
 * The message that a document holds, and what to watch in it. A document without a namespace (some banks forget it) is
 * told by its element alone, which every version read here has in common.
 *
 * @throws FileFault `message_unknown`
 */
export function messageOf(uri: string, element: string, line: number): { type: MessageType; watch: Watch } {
  const message = messages.find((known) => known.element === element)
  if (message === undefined) throw unknown(`the document holds ${element.slice(0, 60)}${uri === '' ? '' : ` (${uri.slice(0, 100)})`}`, line)
  if (uri === '') return { type: { name: message.name, version: message.name }, watch: message.watch }
  const version = uri.startsWith(prefix) ? uri.slice(prefix.length) : ''
  const parts = /^([a-z]{4}\.\d{3})\.001\.(\d{2})$/.exec(version)
  const number = parseInt(parts?.[2] ?? '', 10)
  const [first, last] = message.versions
  if (parts === null || parts[1] !== message.name || !(number >= first && number <= last)) {
    throw unknown(`the document says that it is ${(version === '' ? uri : version).slice(0, 100)}, and holds ${element}`, line)
  }
  return { type: { name: message.name, version }, watch: message.watch }
}

function unknown(what: string, line: number): FileFault {
  const known = messages.map(({ name, versions: [first, last] }) => `${name}.001.${two(first)}–${two(last)}`).join(', ')
  return new FileFault('message_unknown', `${what}; read are ${known}`, { line })
}

function two(number: number): string {
  return number.toString().padStart(2, '0')
}
