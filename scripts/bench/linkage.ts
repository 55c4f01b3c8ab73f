/** The benches of linkage, by name: each prints one JSON object. */
import { febrl } from './febrl.ts'

/** Options of the command line, as they came. */
export interface LinkageBenchOptions {
  readonly data?: string | undefined
  readonly learn: boolean
  readonly people: string
  readonly seed: string
}

/** Runs one of them. */
export async function linkageBench(name: string, options: LinkageBenchOptions): Promise<void> {
  if (name === 'febrl') {
    if (options.data === undefined) throw new Error('--data DIR names the folder with dataset1.csv, dataset4a.csv and dataset4b.csv')
    print(febrl(options.data, options.learn))
  } else throw new Error(`there is no bench ${name}; choose febrl`)
  await Promise.resolve()
}

function print(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
}
