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

const surrounding = new AsyncLocalStorage<{ -readonly [F in keyof LogFields]: LogFields[F] }>()

/** Runs `work`; whatever it logs says `fields` too, besides what was said around it already. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return surrounding.run({ ...surrounding.getStore(), ...fields }, work)
}

/** From here on, to the end of what `withLogFields` surrounds, lines say of which run they are. Where nothing surrounds them nothing happens. */
export function nameRun(runId: string): void {
  const fields = surrounding.getStore()
  if (fields !== undefined) fields.run_id = runId
}

/** What the log says here. */
export function logFields(): LogFields {
  return surrounding.getStore() ?? {}
}
