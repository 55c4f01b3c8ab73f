/** Who sends a file here, and by which saved profiles it can be read. */
import type { Context } from 'hono'
import { isBankKind } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import { listProfiles } from '../../ingest/index.ts'
import type { Environment } from '../environment.ts'

/** The digits of the reader's bank; a person of a bank always has them (staff_bank_has_agent). */
export function agentOf(context: Context<Environment>): string {
  const { creditorAgent } = context.get('desk').reader
  if (creditorAgent === null) throw new Error('somebody of a bank without a bank')
  return creditorAgent
}

/** The names of the saved mapping profiles by which a bank's files can be read: its own and everybody's. */
export async function bankProfiles(database: Session, agent: string): Promise<string[]> {
  return (await listProfiles(database, agent)).filter((profile) => isBankKind(profile.kind)).map(({ name }) => name)
}
