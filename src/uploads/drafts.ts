/** A file that a person looks at before it is handed in. */
import { rm } from 'node:fs/promises'
import { Refusal } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'
import { heldPath, leaveJob } from './receive.ts'

/** What a person decides about the reading of their draft; null: as its header says, absent: as it was declared. */
export interface HandedIn {
  readonly kind?: string | null | undefined
  readonly profile?: string | null | undefined
}

/** How many files of a sender were looked at and neither handed in nor thrown away. */
export async function countDrafts(session: Session, source: string): Promise<number> {
  const [row] = await session.query<{ count: number }>("select count(*)::integer as count from upload where source = $1 and status = 'draft'", [source])
  return row?.count ?? 0
}

/**
 * Hands a draft in; from then on it is acknowledged. Handing it in again changes nothing.
 *
 * @throws Refusal `upload_unknown`, `not_a_draft`
 */
export async function handIn(database: Database, uploadId: string, source: string, { kind, profile }: HandedIn = {}): Promise<void> {
  await database.transaction(async (transaction) => {
    const [moved] = await transaction.query("update upload set status = 'received', declared_kind = case when $5 then $3 else declared_kind end, declared_profile = case when $6 then $4 else declared_profile end where upload_id = $1 and source = $2 and status = 'draft' returning 1 as moved", [uploadId, source, kind ?? null, profile ?? null, kind !== undefined, profile !== undefined])
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
