/** What the reference data know of banks, for messages that name them by SWIFT or CITAD codes. */
import type { Session } from '../db/index.ts'
import type { BankCodes } from '../formats/index.ts'
import { statements } from './statements.ts'

/** The banks known now; a code that two of them have names neither. */
export async function readBankCodes(database: Session): Promise<BankCodes> {
  const rows = await database.query<{ creditor_agent: number; citad_institution: string | null; swift: string | null }>(statements.knownBanks)
  const swifts = new Map<string, string | null>()
  const institutions = new Map<string, string | null>()
  const add = (codes: Map<string, string | null>, code: string | undefined, bin: string): void => {
    if (code !== undefined && code !== '') codes.set(code, codes.has(code) ? null : bin)
  }
  for (const { creditor_agent: agent, citad_institution: institution, swift } of rows) {
    const bin = `${agent}`.padStart(6, '0')
    add(swifts, swift?.trim().toUpperCase().slice(0, 8), bin)
    add(institutions, institution?.trim(), bin)
  }
  return { bySwift: (bic) => swifts.get(bic) ?? null, byCitad: (institution) => institutions.get(institution) ?? null }
}
