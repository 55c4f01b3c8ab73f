/** Officers who go on reading while banks hand in: a thread of its own, so that what the senders cost is not taken for the server's time. */
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

/** What the thread is told. */
export interface ReadingPlan {
  readonly origin: string
  /** Each reads one page after the other, with a pause between. */
  readonly readers: readonly { readonly cookie: string; readonly pages: readonly { readonly name: string; readonly paths: readonly string[] }[] }[]
  readonly pauseMilliseconds: number
}

/** How long one page took. */
export interface PageRead {
  readonly page: string
  readonly milliseconds: number
  readonly status: number
  /** When it was answered, on the clock that all threads share (performance.timeOrigin + performance.now()). */
  readonly at: number
}

const plan = workerData as ReadingPlan
const reads: PageRead[] = []
let isOver = false
parentPort?.once('message', () => { isOver = true })

async function readOn({ cookie, pages }: ReadingPlan['readers'][number]): Promise<void> {
  for (let turn = 0; !isOver; turn += 1) {
    const { name, paths } = pages[turn % pages.length] ?? { name: '', paths: [] }
    const path = paths[Math.floor(turn / pages.length) % paths.length] ?? '/'
    const began = performance.now()
    const response = await fetch(plan.origin + path, { headers: { cookie } })
    await response.arrayBuffer()
    reads.push({ page: name, milliseconds: performance.now() - began, status: response.status, at: performance.timeOrigin + performance.now() })
    await wait(plan.pauseMilliseconds)
  }
}

await Promise.all(plan.readers.map(readOn))
parentPort?.postMessage(reads)
