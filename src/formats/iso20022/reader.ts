/** Reads an ISO 20022 message from its bytes as payment lines, piece by piece. */
import { FileFault } from '../fault.ts'
import { noBankCodes, type BankCodes, type PaymentLine } from '../payment-row.ts'
import { StatementHandler } from './camt.ts'
import { AccountStatementHandler } from './statement.ts'
import type { FoundTransaction, MessageHandler } from './handler.ts'
import { messageOf, type MessageType } from './messages.ts'
import { ReturnHandler } from './pacs.ts'
import { OrderHandler, StatusHandler } from './pain.ts'
import { placeOf } from './xml-element.ts'
import { XmlReader } from './xml-reader.ts'

/** How a message is read. */
export interface Iso20022Settings {
  readonly banks?: BankCodes
  /** Keep each transaction as it stands in the file; costs time, so only where it is shown. */
  readonly keepSource?: boolean
  /** It is to be read as the statement of an account, not as payments. */
  readonly isStatement?: boolean
}

export class Iso20022Reader {
  private readonly banks: BankCodes
  private readonly xml: XmlReader
  private handler: MessageHandler | null = null
  private lines = 0
  /** What is being read; null before it has said so. */
  type: MessageType | null = null

  constructor({ banks = noBankCodes, keepSource = false, isStatement = false }: Iso20022Settings = {}) {
    this.banks = banks
    this.xml = new XmlReader({
      keepSource,
      onMessage: (uri, name, line) => {
        const { type, watch } = messageOf(uri, name, line)
        this.type = type
        this.handler = isStatement ? statementHandlerOf(type.name) : handlerOf(type.name, this.banks)
        return watch
      },
    })
  }

  /** The encoding that the file has, once its first bytes were given. */
  get encoding(): string {
    return this.xml.encoding
  }

  /** The transactions that end in these bytes. @throws FileFault */
  push(bytes: Uint8Array): PaymentLine[] {
    return this.take(this.xml.push(bytes))
  }

  /** The rest, when all bytes were given. @throws FileFault when the file is not whole or contradicts its own totals */
  finish(): PaymentLine[] {
    const last = this.take(this.xml.finish())
    const { message } = this.xml
    if (message === null || this.handler === null) throw new FileFault('message_unknown', 'the document holds no message')
    const rest = this.numbered(this.handler.finish(message))
    if (this.lines === 0) throw new FileFault('file_empty', `the message ${this.type?.version ?? ''} holds no transaction`, { line: message.line })
    return [...last, ...rest]
  }

  private take(elements: ReturnType<XmlReader['push']>): PaymentLine[] {
    return elements.flatMap((element) => this.numbered(this.handler?.take(element) ?? []))
  }

  private numbered(found: readonly FoundTransaction[]): PaymentLine[] {
    return found.map(({ element, row, reason }) => {
      this.lines += 1
      return { line: this.lines, place: `${placeOf(element)}, line ${element.line}`, row, reason, raw: element.source }
    })
  }
}

function handlerOf(name: MessageType['name'], banks: BankCodes): MessageHandler {
  switch (name) {
    case 'pain.001':
      return new OrderHandler(banks)
    case 'pain.002':
      return new StatusHandler(banks)
    case 'pacs.004':
      return new ReturnHandler(banks)
    case 'camt.052':
    case 'camt.053':
    case 'camt.054':
      return new StatementHandler(banks)
  }
}

function statementHandlerOf(name: MessageType['name']): MessageHandler {
  if (name !== 'camt.053') throw new FileFault('statement_invalid', `a statement of an account is a camt.053 or an MT940; this is a ${name}`)
  return new AccountStatementHandler()
}
