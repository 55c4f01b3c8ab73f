/** The engine of a soak in a process of its own, so that its memory is told apart from that of the simulated province. */
import { openDatabase, migrate } from '../../../src/db/index.ts'
import { systemClock } from '../../../src/core/index.ts'
import { Engine } from './engine.ts'

/** A call of one of the engine's methods. */
interface Call {
  readonly id: number
  readonly method: string
  readonly values: readonly unknown[]
}

const [dataDirectory = ''] = process.argv.slice(2)
const database = await openDatabase({ dataDirectory, connections: 6 })
await migrate(database, systemClock.now())
// A night takes seconds here and a day in life: what the server tidies up every minute is due every twentieth of a second, or as often as it can.
for (const setting of ["autovacuum_naptime = '1s'", 'autovacuum_vacuum_cost_delay = 0']) await database.query(`alter system set ${setting}`)
await database.query('select pg_reload_conf()')
const engine = new Engine(database, dataDirectory)

// Ctrl+C reaches both: the driver ends after the night it is at, and ends this one then.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
// Whoever drives it is gone: the server is given back all the same.
process.once('disconnect', () => void database.close().then(() => process.exit(0)))
process.on('message', ({ id, method, values }: Call) => {
  if (method === 'close') {
    void database.close().then(() => process.exit(0))
    return
  }
  const methods = engine as unknown as Readonly<Record<string, (...values: readonly unknown[]) => Promise<unknown>>>
  void methods[method]?.call(engine, ...values).then(
    (answer) => process.send?.({ id, answer }),
    (failure: unknown) => process.send?.({ id, failure: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure) }),
  )
})
process.send?.({ id: 0, answer: 'ready' })
