/** Systems of banks in tests: each with a key, and the API as it answers them. */
import { randomUUID } from 'node:crypto'
import type { Database } from '../../src/db/index.ts'
import type { App } from '../../src/http/index.ts'
import { issueKey, makeSystem, usualScopes, type KeyScope } from '../../src/staff/index.ts'

/** A system that asks. */
export interface TestSystem {
  readonly agent: string
  readonly key: string
  readonly keyId: string
  readonly staffId: string
  /** Asks `/api/v1` + path with its key. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  /** Hands in a file, by default with an Idempotency-Key of its own. */
  readonly handIn: (body: NonNullable<RequestInit['body']>, query?: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>) => Promise<Response>
}

const at = '2026-11-01T20:00:00Z'
let nextNumber = 1

/** Makes a system of a bank with a key that holds for a year. */
export async function systemOf(app: Pick<App, 'request'>, database: Database, agent: string, { scopes = usualScopes, allowedFrom = null }: { readonly scopes?: readonly KeyScope[]; readonly allowedFrom?: readonly string[] | null } = {}): Promise<TestSystem> {
  const { staffId } = await makeSystem(database, { userName: `system-${nextNumber++}`, displayName: 'Core', creditorAgent: agent }, at, null)
  const { key, keyId } = await issueKey(database, { staffId, scopes, allowedFrom, expiresAt: '2027-11-01T20:00:00Z' }, at, null)
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => app.request(`http://localhost/api/v1${path}`, { ...init, headers: { Authorization: `Bearer ${key}`, ...(init.headers as Record<string, string> | undefined) } })
  return {
    agent, key, keyId, staffId, ask,
    handIn: (body, query = {}, headers = {}) => ask(`/files?${new URLSearchParams(query).toString()}`, { method: 'POST', body, headers: { 'Idempotency-Key': randomUUID(), ...(typeof body === 'string' && { 'Content-Type': 'text/csv' }), ...headers } }),
  }
}

/** A withdrawal report of a bank, one line for each account; `wrong` lines name a day that never was. */
export function withdrawals(agent: string, accounts: readonly string[], { wrong = 0, day = '2026-10-05' }: { readonly wrong?: number; readonly day?: string } = {}): string {
  const rows = accounts.map((account) => `${agent},${account},${day}T08:00:00,${day}`)
  const bad = Array.from({ length: wrong }, (_, index) => `${agent},${99_000_000 + index},,2026-13-01`)
  return `creditor_agent,account_number,first_withdrawal_at,reported_through_date\n${[...rows, ...bad].join('\n')}\n`
}
