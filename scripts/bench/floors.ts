/** The floor under any engine: the same files into plain typed tables by COPY, nothing checked, nothing found. */
import { closeSync, createReadStream, openSync, readSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { embeddedServerProcess, startEmbedded } from '../../src/db/index.ts'
import { answers, measure, type Measured } from './measure.ts'
import type { Part } from './parts.ts'
import type { Sample } from './product.ts'

/** The four files that peers read too. */
export const contractKinds: readonly string[] = ['beneficiary_list', 'account_opening', 'disbursement', 'withdrawal']

export interface Floor {
  /** How the rows get in: `psql \copy`, or COPY through this process where psql is missing. */
  readonly means: string
  readonly round: () => Promise<Part[]>
  readonly close: () => Promise<void>
}

/** A server of its own with the product's settings, so that only the work differs. */
export async function openFloor(scratch: string, sample: Sample): Promise<Floor> {
  const folder = join(scratch, 'floor')
  rmSync(folder, { recursive: true, force: true })
  const server = await startEmbedded({ dataDirectory: folder })
  const databaseProcess = embeddedServerProcess(folder)
  const hasPsql = await answers('psql', ['--version'])
  const copy = (kind: string, path: string): Promise<Omit<Measured, 'stdout'>> => (hasPsql ? copyByPsql(server.databaseUrl, kind, path, databaseProcess) : copyByStream(server.databaseUrl, kind, path))
  const files = sample.files.filter(({ kind }) => contractKinds.includes(kind))
  return {
    means: hasPsql ? 'psql \\copy' : 'COPY from Node (psql is missing)',
    async round() {
      await makeTables(server.databaseUrl, files)
      const parts: Part[] = []
      for (const { kind, path } of files) parts.push({ name: `copy ${kind}`, ...(await copy(kind, path)) })
      await makeTables(server.databaseUrl, files)
      const began = performance.now()
      // The largest first, and the next as soon as one of two connections is free.
      const waiting = [...files].sort((a, b) => b.rows - a.rows)
      const lane = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await copy(next.kind, next.path)
      }
      await Promise.all([lane(), lane()])
      parts.push({ name: 'copy all four, two at once', seconds: (performance.now() - began) / 1000, peakMegabytes: null, databaseMegabytes: null })
      return parts
    },
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function makeTables(databaseUrl: string, files: Sample['files']): Promise<void> {
  await connected(databaseUrl, async (client) => {
    for (const { kind, path } of files) {
      const header = firstLine(path)
      await client.query(`drop table if exists floor_${kind}; create table floor_${kind} (${header.split(',').map((name) => `${name} ${typeOf(name)}`).join(', ')})`)
    }
    await client.query('checkpoint')
  })
}

function firstLine(path: string): string {
  const file = openSync(path, 'r')
  const head = Buffer.alloc(4096)
  readSync(file, head)
  closeSync(file)
  return head.toString('utf8').split('\n', 1)[0] ?? ''
}

/** Columns end in what they are. */
function typeOf(column: string): string {
  if (column.endsWith('_amount') || column === 'quantity') return 'numeric'
  if (column.endsWith('_date')) return 'date'
  return column.endsWith('_at') ? 'timestamptz' : 'text'
}

async function copyByPsql(databaseUrl: string, kind: string, path: string, databaseProcess: number | null): Promise<Omit<Measured, 'stdout'>> {
  const { stdout: _, ...measured } = await measure('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', databaseUrl, '-c', `\\copy floor_${kind} from '${path.replaceAll("'", "''")}' with (format csv, header true)`], { databaseProcess })
  return measured
}

async function copyByStream(databaseUrl: string, kind: string, path: string): Promise<Omit<Measured, 'stdout'>> {
  const began = performance.now()
  await connected(databaseUrl, (client) => pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), client.query(copyFrom(`copy floor_${kind} from stdin with (format csv, header true)`))))
  return { seconds: (performance.now() - began) / 1000, peakMegabytes: null, databaseMegabytes: null }
}

async function connected(databaseUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await work(client).finally(() => client.end())
}
