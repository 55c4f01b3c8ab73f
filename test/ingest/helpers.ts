/** What the tests of ingest share: a folder of their own, files by text, and the state of a database in one line. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import { ingestFile, type IngestRequest, type Receipt, type Surroundings } from '../../src/ingest/index.ts'

export const clock = stoppedClock('2026-11-05T03:00:00Z')

/** A folder that is gone after the tests of the file. */
export function useFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tantay-ingest-'))
  afterAll(() => { rmSync(folder, { recursive: true, force: true }) })
  return folder
}

let nextNumber = 1

/** Writes a file and gives its path. */
export function fileOf(folder: string, content: string | Uint8Array, name = `${nextNumber++}.csv`): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

export function surroundingsIn(folder: string): Surroundings {
  return { clock, dataDirectory: join(folder, 'data') }
}

/** Ingests a text as a file. */
export function ingestText(database: Database, folder: string, content: string | Uint8Array, more: Omit<IngestRequest, 'path'> = {}): Promise<Receipt> {
  return ingestFile(database, { path: fileOf(folder, content), ...more }, surroundingsIn(folder))
}

/** Every row of every table but the trail, which tells of refusals too, as one hash: equal when nothing at all has changed. `without` names tables left out. */
export async function stateOf(database: Database, without: readonly string[] = []): Promise<string> {
  const tables = await database.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  const hash = createHash('sha256')
  for (const { name } of tables) {
    if (['trail_entry', 'trail_link', ...without].includes(name)) continue
    const [row] = await database.query<{ digest: string }>(`select coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '') as digest from ${name} t`)
    hash.update(`${name} ${row?.digest ?? ''}\n`)
  }
  return hash.digest('hex')
}

export const listHeader = 'scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount'
/** One good line of a beneficiary list. */
export function listLine(values: Partial<Record<'scheme' | 'period' | 'id' | 'name' | 'unit' | 'amount', string>> = {}): string {
  const { scheme = 'BTXH', period = '2026-10', id = '001087123456', name = 'Nguyễn Văn An', unit = '00001', amount = '540000' } = values
  return [scheme, period, id, name, unit, amount].join(',')
}
export const paymentHeader = 'end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,instructed_amount,instructed_at,transaction_status,credited_at'
/** One good line of a disbursement file. */
export function paymentLine(values: Partial<Record<'reference' | 'id' | 'agent' | 'account' | 'amount' | 'instructed' | 'status' | 'credited', string>> = {}): string {
  const { reference = 'E2E-1', id = '001087123456', agent = '970405', account = '1500205123456', amount = '540000', instructed = '2026-10-05', status = 'ACSC', credited = '2026-10-06T09:30:00+07:00' } = values
  return [reference, 'BTXH', '2026-10', id, agent, account, amount, instructed, status, credited].join(',')
}
