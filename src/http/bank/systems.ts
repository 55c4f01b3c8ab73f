/** The systems of a bank, or of all, as their page shows them. */
import type { Context } from 'hono'
import * as reports from '../../reports/index.ts'
import type { Environment } from '../environment.ts'
import type { KeysView } from './keys.ts'
import { agentOf } from './sender.ts'

const mostShown = 500
const newestDeliveries = 100

/** What the page of systems is drawn from; `isAll`: of every bank. */
export function systemsOf(context: Context<Environment>, isAll: boolean): Promise<KeysView> {
  return reports.consistently(context.get('desk').database, async (session) => ({
    keys: await reports.bankKeys(session, mostShown),
    addresses: await reports.bankAddresses(session, mostShown),
    deliveries: await reports.bankDeliveries(session, isAll ? null : agentOf(context), newestDeliveries),
    isAll,
    at: context.get('at'),
  }))
}
