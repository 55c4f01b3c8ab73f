/** Ten banks with a system and a key each, on a data folder with a published province. */
import { spawnSync } from 'node:child_process'
import { systemClock, addMilliseconds } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import { issueKey, makeSystem, usualScopes } from '../../src/staff/index.ts'
import { command } from './product.ts'

/** A bank that hands files in. */
export interface BenchBank {
  /** Its 6 digits. */
  readonly agent: string
  readonly key: string
}

/** Ten banks; none of them is in the invented province, so that their files change nobody's result. */
export async function makeBanks(database: Database, count = 10): Promise<BenchBank[]> {
  const banks: BenchBank[] = []
  const now = systemClock.now()
  for (let number = 0; number < count; number += 1) {
    const agent = String(979_800 + number)
    const { staffId } = await makeSystem(database, { userName: `bench-bank-${agent}`, displayName: `Bench ${agent}`, creditorAgent: agent }, now, null)
    const { key } = await issueKey(database, { staffId, scopes: usualScopes, allowedFrom: null, expiresAt: addMilliseconds(now, 7 * 86_400_000) }, now, null)
    banks.push({ agent, key })
  }
  return banks
}

/** An invented province, taken in and published by the product's own command. */
export function publishProvince(data: string, beneficiaries: number): void {
  const { status, stderr } = spawnSync('env', ['-u', 'DATABASE_URL', command, '--data', data, 'demo', '--no-serve', '--beneficiaries', String(beneficiaries)], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the province was not published:\n${stderr.slice(-4000)}`)
}
