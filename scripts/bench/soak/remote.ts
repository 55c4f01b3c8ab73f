/** The engine of a soak as its driver sees it: the same methods, in another process. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Engine } from './engine.ts'

/** Methods that may be called from outside. */
type Remote = Pick<Engine, 'take' | 'withdraw' | 'night' | 'rerun' | 'prove' | 'leftByChanges' | 'brokenTrail' | 'digest' | 'digestWithoutFiles' | 'strayFindings' | 'leftovers' | 'sizes' | 'compact'> & { close(): Promise<void> }

/** Starts an engine over a data folder, with an embedded database of its own. */
export async function remoteEngine(dataDirectory: string): Promise<Remote> {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [dataDirectory], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const waiting = new Map<number, { readonly resolve: (answer: unknown) => void; readonly reject: (failure: Error) => void }>()
  let next = 1
  const ended = new Promise<void>((resolve) => child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the engine ended with ${code ?? 'a signal'}`))
    resolve()
  }))
  const answerTo = async (id: number): Promise<unknown> => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
  child.on('message', ({ id, answer, failure }: { id: number; answer?: unknown; failure?: string }) => {
    if (failure === undefined) waiting.get(id)?.resolve(answer)
    else waiting.get(id)?.reject(new Error(failure))
    waiting.delete(id)
  })
  await answerTo(0)
  const call = (method: string) => async (...values: readonly unknown[]): Promise<never> => {
    const id = next++
    child.send({ id, method, values })
    return (await answerTo(id)) as never
  }
  return {
    take: call('take'), withdraw: call('withdraw'), night: call('night'), rerun: call('rerun'), prove: call('prove'), leftByChanges: call('leftByChanges'), brokenTrail: call('brokenTrail'), digest: call('digest'), digestWithoutFiles: call('digestWithoutFiles'),
    strayFindings: call('strayFindings'), leftovers: call('leftovers'), sizes: call('sizes'), compact: call('compact'),
    close: async () => {
      child.send({ id: -1, method: 'close', values: [] })
      await ended
    },
  }
}
