/** One very large file through a server with little memory: received, read and sealed, its memory looked at from outside. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openDatabase } from '../../src/db/index.ts'
import { makeBanks } from './counter-banks.ts'
import { handInFile, stateOf } from './counter-client.ts'
import { writeBankFile } from './counter-files.ts'
import { locationOf } from './counter.ts'
import { serveFolder } from './served.ts'

/** What came of it. */
export interface BigFigures {
  readonly megabytes: number
  readonly lines: number
  readonly seconds_to_acknowledge: number
  readonly seconds_until_sealed: number
  readonly status: string
  readonly server_megabytes_at_rest: number | null
  readonly server_peak_megabytes_when_acknowledged: number | null
  readonly server_peak_megabytes: number | null
}

/** Hands in one file of about `megabytes`. */
export async function bigFileBench({ scratch, megabytes, environment, say }: { readonly scratch: string; readonly megabytes: number; readonly environment: readonly string[]; readonly say: (message: string) => void }): Promise<BigFigures> {
  const data = join(scratch, 'counter-big')
  const folder = join(scratch, 'counter-big-files')
  mkdirSync(folder, { recursive: true })
  const first = await serveFolder(data)
  await first.end('SIGTERM')
  const database = await openDatabase({ databaseUrl: null, dataDirectory: data })
  try {
    const [bank] = await makeBanks(database, 1)
    if (bank === undefined) throw new Error('there is no bank')
    // A line of withdrawals has some 67 bytes.
    const lines = Math.floor((megabytes * 1_048_576) / 67)
    say(`writing ${String(lines)} lines`)
    const file = await writeBankFile(folder, { agent: bank.agent, kind: 'withdrawal', number: 0, lines })
    const server = await serveFolder(data, { environment })
    try {
      const atRest = server.peakMegabytes()
      const began = performance.now()
      const answer = await handInFile({ origin: server.origin, key: bank.key, idempotencyKey: 'big' }, file)
      if (answer.status !== 202) throw new Error(`answered ${String(answer.status)}: ${answer.body.slice(0, 500)}`)
      const whenAcknowledged = server.peakMegabytes()
      say(`acknowledged after ${(answer.milliseconds / 1000).toFixed(1)} s`)
      let status = 'received'
      while (['received', 'processing'].includes(status) && !server.hasEnded()) {
        await wait(1000)
        server.peakMegabytes()
        const state = await stateOf(server.origin, bank.key, locationOf(answer))
        status = state?.sha256 === file.sha256 ? state.status : 'lost'
      }
      return {
        megabytes: Math.round(file.bytes / 1_048_576), lines, seconds_to_acknowledge: answer.milliseconds / 1000, seconds_until_sealed: (performance.now() - began) / 1000, status,
        server_megabytes_at_rest: atRest, server_peak_megabytes_when_acknowledged: whenAcknowledged, server_peak_megabytes: server.peakMegabytes(),
      }
    } finally {
      await server.end('SIGTERM')
    }
  } finally {
    await database.close()
  }
}
