/**
 * The program under faults, in a process of its own: reads one piece of work a line on stdin, does it with a database
 * opened for it alone, and answers with one line how it ended. What ends the process itself is a finding of the bench.
 */
import { createInterface } from 'node:readline'
import { Refusal, stoppedClock } from '../../src/core/index.ts'
import { connect, outageOf, type Database } from '../../src/db/index.ts'
import { ingestFile, voidFile } from '../../src/ingest/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { linkPersons } from '../../src/linkage/index.ts'
import { run } from '../../src/reconcile/index.ts'

/** One piece of work. */
export type FaultWork =
  | { readonly kind: 'run'; readonly asOf: string; readonly isFull: boolean }
  | { readonly kind: 'ingest'; readonly path: string; readonly dataDirectory: string }
  | { readonly kind: 'void'; readonly fileId: string }
  | { readonly kind: 'link' }

/** What is asked of the process. */
export interface RunnerRequest {
  readonly url: string
  /** The instant at which its clock stands still, so that two attempts write the same. */
  readonly at: string
  readonly work: FaultWork
}

/** How the work ended, as its caller was told. */
export interface RunnerAnswer {
  readonly isDone: boolean
  /** The refusal's code or the word for the outage, else `error` with SQLSTATE or errno: a fault that the product has no word for. Empty when done. */
  readonly code: string
  readonly message: string
}

const requests = createInterface({ input: process.stdin })
for await (const line of requests) {
  const request = JSON.parse(line) as RunnerRequest
  process.stdout.write(`${JSON.stringify(await attempt(request))}\n`)
}

async function attempt({ url, at, work }: RunnerRequest): Promise<RunnerAnswer> {
  let database: Database | null = null
  try {
    database = await connect(url, 6)
    await carryOut(database, work, at)
    return { isDone: true, code: '', message: '' }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string }
    return { isDone: false, code: error instanceof Refusal ? error.code : (outageOf(error) ?? `error ${String(code)}`), message: (message ?? '').slice(0, 300) }
  } finally {
    await database?.close()
  }
}

async function carryOut(database: Database, work: FaultWork, at: string): Promise<unknown> {
  const clock = stoppedClock(at)
  switch (work.kind) {
    case 'run': return run(database, { asOf: work.asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: work.isFull, alongside: publishAlongside })
    case 'ingest': return ingestFile(database, { path: work.path }, { clock, dataDirectory: work.dataDirectory })
    case 'void': return voidFile(database, work.fileId, 'sent by mistake', clock)
    case 'link': return linkPersons(database)
  }
}
