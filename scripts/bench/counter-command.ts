/** The benches of the bank's counter as commands: what they are asked, and what they print. */
import { availableParallelism } from 'node:os'
import { bigFileBench } from './counter-big.ts'
import { counterBench } from './counter.ts'
import { counterKillBench } from './counter-kill.ts'

interface Asked {
  readonly scratch: string
  readonly isBig: boolean
  readonly seed: number
  readonly points: number
  readonly uploads: number
  readonly lines: number
  readonly beneficiaries: number
  readonly megabytes: number
  /** Of the server, in MB. */
  readonly heap: number
  readonly say: (message: string) => void
}

/** Runs it and prints its figures; `isKept`: nothing that was acknowledged was lost. */
export async function counterCommand(what: 'counter' | 'counter-kill', asked: Asked): Promise<object & { readonly isKept: boolean }> {
  if (what === 'counter-kill') {
    asked.say(`seed ${String(asked.seed)}`)
    const figures = await counterKillBench({ data: `${asked.scratch}/kill`, moments: asked.points, seed: asked.seed, say: asked.say })
    print(figures)
    const { lost, not_exactly_once: twice, rows_without_bytes: bare, not_sealed: open, abandoned_after_sweep: left, sent, acknowledged } = figures
    return { ...figures, isKept: [lost, twice, bare, open, left].every(({ length }) => length === 0) && acknowledged === sent }
  }
  if (asked.isBig) {
    const figures = await bigFileBench({ ...asked, environment: [`NODE_OPTIONS=--max-old-space-size=${String(asked.heap)}`] })
    print(figures)
    return { ...figures, isKept: figures.status === 'sealed' }
  }
  const figures = await counterBench({ ...asked, environment: [] })
  print({ ...figures, cores: availableParallelism() })
  return { ...figures, isKept: figures.lost === 0 }
}

function print(figures: object): void {
  const tenths = (_: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 10) / 10 : value)
  process.stdout.write(`${JSON.stringify(figures, tenths, 2)}\n`)
}
