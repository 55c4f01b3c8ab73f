/** `tantay verify digest`: the state of the installation as one number, and one for each table, to hold against another's. */
import { stateDigest } from '../db/index.ts'
import { grouped, printJson, table, type Context } from './context.ts'

/** Prints the digest; whoever restores a copy compares it with what was printed before. */
export async function printDigest({ database, isJson }: Context): Promise<void> {
  const state = await stateDigest(database)
  if (isJson) printJson(state)
  else process.stdout.write(`${table(['part', 'table', 'rows', 'sha256'], state.tables.map(({ part, table: name, rows, digest }) => [part, name, grouped(rows), digest]))}\n${state.digest}\n`)
}
