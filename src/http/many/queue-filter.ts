/** What an address of the queue narrows it down to. */
import type { QueueFilter } from '../../cases/index.ts'

/** Reads it. */
export function readQueueFilter(query: URLSearchParams): QueueFilter {
  const code = query.get('code')
  return code === null || code === '' ? {} : { codes: code.split(',') }
}
