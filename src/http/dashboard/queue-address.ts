/** Where the cases behind a number are: the address of the queue that shows them and no others. */
import { address } from '../view.ts'

/** Which cases; a field that is absent limits nothing. */
export interface QueueView {
  readonly unit?: string | null | undefined
  readonly scheme?: string | undefined
  readonly period?: string | undefined
  /** True: those past their deadline. */
  readonly isOverdue?: boolean
  /** Waiting since a day of these, both included. */
  readonly since?: string
  readonly until?: string
  /** True: those found, or found again, by the newest result. */
  readonly isNew?: boolean
  readonly step?: 'appraised'
}

/** The queue's address. */
export function queueAddress({ unit, scheme, period, isOverdue, isNew, since, until, step }: QueueView = {}): string {
  return address('/queue', { unit, scheme, period, when: isOverdue === true ? 'overdue' : isNew === true ? 'tonight' : undefined, since, until, step })
}
