/** What every line of the log says besides: which request, job, night or run it belongs to, however deep it is written. */
import { AsyncLocalStorage } from 'node:async_hooks'

/** Numbers and ids of our own, never anything that came from outside. */
export interface LogFields {
  /** As the answer's header `X-Request-Id` has it. */
  readonly request_id?: string
  /** Of the queue. */
  readonly job_id?: string
  readonly task?: string
  /** The day whose result a night works out, `YYYY-MM-DD`. */
  readonly night?: string
  readonly run_id?: string
}

const surrounding = new AsyncLocalStorage<LogFields>()

/** Runs `work`; whatever it logs says `fields` too, besides what was said around it already. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return surrounding.run({ ...surrounding.getStore(), ...fields }, work)
}

/** What the log says here. */
export function logFields(): LogFields {
  return surrounding.getStore() ?? {}
}
