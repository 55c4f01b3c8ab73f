/** Gives the lines of a payment message to the one path that takes CSV, and any of them back as it stands in the file. */
import { open } from 'node:fs/promises'
import { FileFault } from './fault.ts'
import { paymentColumns, type NoPayment, type PaymentLine } from './payment-row.ts'
import { statementColumns } from './statement-row.ts'
import { TableWriter } from './table-writer.ts'
import type { SourceFile, Translation } from './translation.ts'

const chunkBytes = 262_144

/** Reads one message piece by piece. */
export interface PaymentReader {
  /** The transactions that end in these bytes. @throws FileFault */
  push(bytes: Uint8Array): PaymentLine[]
  /** The rest. @throws FileFault when the message is not whole or contradicts itself */
  finish(): PaymentLine[]
}

/** What is known of a message before it is read. */
export interface PaymentMessage {
  /** Where its bytes are, or its text as UTF-8 where it is in another encoding. */
  readonly file: SourceFile
  readonly format: string
  readonly encoding: string
  /** Whether its lines are payments, or entries of an account; absent: payments. */
  readonly kind?: 'disbursement' | 'account_statement'
  /** A new reader; `isForShowing`: its lines are to say how they stand in the file. */
  readonly newReader: (isForShowing: boolean) => PaymentReader
}

/** The translation of a payment message: rows of its kind, in its order, each with its own number. */
export function paymentTranslation({ file, format, encoding, kind = 'disbursement', newReader }: PaymentMessage): Translation {
  const writer = new TableWriter()
  return { format, encoding, isStructured: true, isMarked: true, notes: writer.notes, pieces: named(translate(file, newReader(false), writer, kind), kind, format, encoding), parts: () => [], sourceOf: (number) => findLine(file, newReader(true), number) }
}

/** Lets a refusal say what the file is: a later, correct one of the same name takes its place. */
async function* named(pieces: AsyncGenerator<Uint8Array, void>, kind: string, format: string, encoding: string): AsyncGenerator<Uint8Array, void> {
  try {
    yield* pieces
  } catch (error) {
    if (error instanceof FileFault) error.takenAs = { kind, format, encoding }
    throw error
  }
}

async function* translate(file: SourceFile, reader: PaymentReader, writer: TableWriter, kind: 'disbursement' | 'account_statement'): AsyncGenerator<Uint8Array, void> {
  const columns: readonly string[] = kind === 'disbursement' ? paymentColumns : statementColumns
  const counts = new Map<NoPayment, number>()
  let rows = 0
  writer.row(columns, 0)
  for await (const lines of readLines(file, reader)) {
    for (const { line, row, reason, place } of lines) {
      if (row !== null) {
        rows += 1
        writer.row(columns.map((column) => row[column] ?? ''), line)
      } else if (reason !== null) {
        counts.set(reason, (counts.get(reason) ?? 0) + 1)
        writer.row([place], line, { aside: reason })
      }
    }
    // A chunk of the file is a bounded number of lines, so nothing piles up.
    if (writer.isFull) yield writer.take()
  }
  if (rows === 0) {
    const told = [...counts].map(([reason, count]) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ')
    throw new FileFault('file_empty', `none of the transactions in the file is a payment, or one coming back (${told})`)
  }
  yield writer.take()
}

/** How the line with a number stands in the file, with its place before it; null when there is none. */
async function findLine(file: SourceFile, reader: PaymentReader, number: number): Promise<string | null> {
  for await (const lines of readLines(file, reader)) {
    const found = lines.find(({ line }) => line === number)
    if (found !== undefined) return `${found.place}\n${found.raw}`
  }
  return null
}

async function* readLines(file: SourceFile, reader: PaymentReader): AsyncGenerator<PaymentLine[], void> {
  for await (const bytes of file.text === undefined ? readBytes(file.path) : await file.text.pieces()) yield reader.push(bytes)
  yield reader.finish()
}

async function* readBytes(path: string): AsyncGenerator<Uint8Array, void> {
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
