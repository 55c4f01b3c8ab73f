/** A file that a person looks at before it is handed in. */
import { rm } from 'node:fs/promises'
import { Refusal } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { heldPath, leaveJob } from './receive.ts'

/** What a person decides about the reading of their draft. */
export interface HandedIn {
  readonly kind?: string | undefined
  readonly profile?: string | undefined
}

/**
 * Hands a draft in; from then on it is acknowledged. Handing it in again changes nothing.
 *
 * @throws Refusal `upload_unknown`, `not_a_draft`
 */
export async function handIn(database: Database, uploadId: string, source: string, { kind, profile }: HandedIn = {}): Promise<void> {
  await database.transaction(async (transaction) => {
    const [moved] = await transaction.query("update upload set status = 'received', declared_kind = coalesce($3, declared_kind), declared_profile = coalesce($4, declared_profile) where upload_id = $1 and source = $2 and status = 'draft' returning 1 as moved", [uploadId, source, kind ?? null, profile ?? null])
    if (moved !== undefined) return leaveJob(transaction, uploadId, source)
    const [found] = await transaction.query<{ status: string }>('select status from upload where upload_id = $1 and source = $2', [uploadId, source])
    if (found === undefined) throw new Refusal('notFound', 'upload_unknown', 'there is no such file')
    if (found.status === 'discarded') throw new Refusal('conflict', 'not_a_draft', 'the file was thrown away')
  })
}

/** Throws a draft away; what was handed in stays. @throws Refusal `not_a_draft` */
export async function discardDraft(database: Database, dataDirectory: string, uploadId: string, source: string, at: string): Promise<void> {
  const [discarded] = await database.query("update upload set status = 'discarded', finished_at = $3 where upload_id = $1 and source = $2 and status = 'draft' returning 1 as discarded", [uploadId, source, at])
  if (discarded === undefined) throw new Refusal('conflict', 'not_a_draft', 'the file was handed in already, or is not there')
  await rm(heldPath(dataDirectory, uploadId), { force: true })
}
