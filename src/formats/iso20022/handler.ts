/** What every message's handler answers: the transactions it found, each with its row or with why it is none of ours. */
import type { NoPayment } from '../payment-row.ts'
import type { XmlElement } from './xml-element.ts'

/** A transaction and what it comes to; exactly one of row and reason is null. */
export interface FoundTransaction {
  /** The element that a person would look for. */
  readonly element: XmlElement
  readonly row: Readonly<Partial<Record<string, string>>> | null
  readonly reason: NoPayment | null
}

/** Reads one kind of message from the elements that its watch hands over. */
export interface MessageHandler {
  /** An element that has just closed. @throws FileFault when the message contradicts itself */
  take(element: XmlElement): FoundTransaction[]
  /** The end of the message. @throws FileFault */
  finish(message: XmlElement): FoundTransaction[]
}
