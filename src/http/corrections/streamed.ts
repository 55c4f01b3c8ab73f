/** Bytes that are read from the database while they are sent: however long a list is, no more of it is held than a piece. */
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Desk, Transaction } from '../../db/index.ts'

/** The bytes of `make`, whose transaction lasts as long as somebody reads; who stops reading ends it. */
export async function* streamed(desk: Desk, make: (transaction: Transaction) => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const through = new PassThrough()
  const work = desk.transaction(async (transaction) => {
    // One moment for the totals that stand first and the rows that follow.
    await transaction.query('set transaction isolation level repeatable read read only')
    await pipeline(Readable.from(make(transaction)), through)
  })
  work.catch((error: unknown) => { through.destroy(error as Error) })
  try {
    yield* through as AsyncIterable<Uint8Array>
    await work
  } finally {
    through.destroy()
  }
}
