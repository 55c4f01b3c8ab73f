/** Values that no log may ever hold, and everything that a log is: what this process says, what PostgreSQL writes down, what the queue remembers. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { knownDirectory } from '../../src/db/embedded-place.ts'
import type { Database } from '../../src/db/index.ts'
import { quickPlace } from '../helpers/quick-place.ts'

/** One value of each kind, of nobody; each is found in no other text of the tests. */
export const canary = {
  id: '001087717273',
  account: '7172737475767',
  name: 'Nguyễn Thị Hoàng Yến Chim',
  phone: '0971727374',
  mail: 'hoang-yen-chim@mail.example',
  token: 'canary-token-7172737475',
  password: 'canary-password-7172737475',
} as const

/** As they are written, and as programs write them: folded, in an address, as a key of the database, with the country's code. */
const shapes = [
  ...Object.values(canary),
  canary.name.normalize('NFD').replace(/\p{M}/gu, ''),
  encodeURIComponent(canary.name),
  new URLSearchParams({ '': canary.name }).toString().slice(1),
  encodeURIComponent(canary.mail),
  BigInt(canary.id).toString(),
  (BigInt(canary.account) + (10n ** BigInt(canary.account.length) - 10n) / 9n).toString(),
  `+84${canary.phone.slice(1)}`,
].map((shape) => shape.toLowerCase())

/** The canaries in a text; none is right. */
export function canariesIn(text: string): string[] {
  const searched = text.toLowerCase()
  return shapes.filter((shape) => searched.includes(shape))
}

/** PostgreSQL's log of the tests' own server; null where somebody else's server is tested. */
function serverLog(): string | null {
  const directory = loadConfig().testDatabaseUrl === null ? knownDirectory(quickPlace(fileURLToPath(new URL('../..', import.meta.url)))) : null
  const path = directory === null ? null : join(directory, 'postgresql.log')
  return path !== null && existsSync(path) ? path : null
}

/** Listens from now on. */
export function listen(): { readonly log: { write(piece: string): void }; said(): string; server(): string | null; end(): void } {
  let said = ''
  const hear = (piece: unknown): boolean => { said += String(piece); return true }
  const streams = [vi.spyOn(process.stdout, 'write').mockImplementation(hear), vi.spyOn(process.stderr, 'write').mockImplementation(hear)]
  const path = serverLog()
  const start = path === null ? 0 : statSync(path).size
  return {
    log: { write: hear },
    said: () => said,
    server: () => (path === null ? null : readFileSync(path).subarray(start).toString('utf8')),
    end: () => { for (const stream of streams) stream.mockRestore() },
  }
}

/** Every row that the queue keeps, as text: what waits, what failed and why. */
export async function queueText(database: Database): Promise<string> {
  const tables = await database.query<{ name: string }>("select quote_ident(tablename) as name from pg_tables where schemaname = 'graphile_worker'")
  const texts = await Promise.all(tables.map(({ name }) => database.query<{ text: string | null }>(`select string_agg(t::text, e'\\n') as text from graphile_worker.${name} t`)))
  return texts.map(([row]) => row?.text ?? '').join('\n')
}
