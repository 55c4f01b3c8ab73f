/** Errors of PostgreSQL without people's data: what they quote would reach logs, crash reports and the queue. */
import type pg from 'pg'

/** What node-postgres hands on of an error of the server. */
interface ServerError extends Error {
  readonly code?: string
}

/** `Key (beneficiary_id)=(…) already exists`, `COPY entitlement_line, line 7: "…"`, the failing statement of a function: values of rows all of them. */
const quoting = ['detail', 'where', 'hint', 'internalQuery', 'internalPosition'] as const

/**
 * Every error that a connection of the pool receives is stripped before anything can hold it: it keeps its code, the
 * table, the column and the constraint, and a message that quotes no value. It happens where the message arrives, so
 * that no way of asking (a query, COPY, a cursor, the query builder, the queue) goes past it.
 */
export function quieten(pool: pg.Pool): pg.Pool {
  return pool.on('connect', (client) => {
    const { connection } = client as unknown as { readonly connection: NodeJS.EventEmitter }
    connection.prependListener('errorMessage', strip)
  })
}

function strip(error: ServerError): void {
  for (const name of quoting) Reflect.deleteProperty(error, name)
  // Class 22, data exceptions, is the one whose messages quote the value that was wrong.
  const isAboutValue = error.code?.startsWith('22') === true
  const message = isAboutValue ? error.message.replaceAll(/"(?:[^"]|"")*"|: .*$/gs, '…') : error.message
  // The trace repeats the message, and was written when the error was made.
  const stack = `${error.name}: ${message}\n${error.stack?.split('\n').filter((line) => line.startsWith('    at ')).join('\n') ?? ''}`
  Object.defineProperties(error, { message: { value: message, writable: true, configurable: true }, stack: { value: stack, writable: true, configurable: true } })
}
