/** What is known of a file that was handed in, as its sender and those who look over everybody's files may read it. */
import type { FileRefusal } from '../core/index.ts'
import { loadSqlFile, type Session } from '../db/index.ts'

/** draft: looked at, not handed in; received, processing: on its way; sealed, refused: as a file is; failed: by our own fault; discarded: a draft thrown away; void: withdrawn after it was sealed. */
export type UploadStatus = 'draft' | 'received' | 'processing' | 'sealed' | 'refused' | 'failed' | 'discarded' | 'void'

/** One file handed in; whole numbers are digits, instants are UTC. */
export interface UploadRow {
  /** Random: nobody can guess another's. */
  readonly upload_id: string
  /** Who sent it; of a bank its 6 digits. */
  readonly source: string
  readonly channel: 'api' | 'resumable' | 'page'
  /** As its sender calls it. */
  readonly file_name: string
  readonly declared_kind: string | null
  readonly declared_profile: string | null
  readonly declared_count: string | null
  readonly declared_sum: string | null
  readonly size_bytes: string
  /** Of the bytes as they came, hex. */
  readonly sha256: string
  readonly received_at: string
  readonly status: UploadStatus
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly bytes_read: string
  readonly lines_read: string
  /** The file it became, or of a repeat the sender's own file with the same bytes; null: not yet, or refused before it was one. */
  readonly file_id: string | null
  readonly is_repeat: boolean
  /** The sender's earlier upload of the same bytes, while they count; null: these bytes are new. */
  readonly repeat_of: string | null
  /** Why the whole file was refused; null unless it was. */
  readonly refusal: FileRefusal | null
  /** Why it could not be read by our own fault; null unless failed. */
  readonly failure_code: string | null
  /** Of the file it became; null while there is none. */
  readonly kind: string | null
  readonly format: string | null
  readonly line_count: string | null
  readonly accepted_count: string | null
  readonly repeat_count: string | null
  readonly problem_count: string | null
  readonly ignored_count: string | null
  readonly control_sum: string | null
  readonly is_control_sum_checked: boolean | null
}

/** Which of them. */
export interface UploadFilter {
  /** Of a bank its 6 digits: an index then finds its files among everybody's; who may see what is the database's to say. */
  readonly source?: string | null | undefined
  readonly status?: UploadStatus | undefined
  readonly kind?: string | undefined
}

export interface UploadPage {
  readonly rows: readonly UploadRow[]
  /** Where the next page begins; null: there is none. */
  readonly next: string | null
}

const files = {
  one: loadSqlFile(new URL('../../sql/uploads/upload.sql', import.meta.url)),
  page: loadSqlFile(new URL('../../sql/uploads/uploads_page.sql', import.meta.url)),
}

/** One file that was handed in; null when there is none of that id, or it is not the reader's to see. */
export async function findUpload(session: Session, uploadId: string): Promise<UploadRow | null> {
  if (!/^[0-9a-f-]{36}$/.test(uploadId)) return null
  const results = await session.run<UploadRow>(files.one, { upload_id: uploadId })
  return results[0]?.rows[0] ?? null
}

/** At most `size` of those that were handed in, the newest first, behind the place that the page before gave. */
export async function listUploads(session: Session, place: string | null, size: number, { source, status, kind }: UploadFilter = {}): Promise<UploadPage> {
  const [at, id] = place?.split('_') ?? []
  const results = await session.run<UploadRow>(files.page, { source: source ?? null, before_at: at ?? null, before_id: id ?? null, status: status ?? null, kind: kind ?? null, row_limit: size + 1 })
  const rows = results[0]?.rows ?? []
  const last = rows[size - 1]
  return { rows: rows.slice(0, size), next: rows.length > size && last !== undefined ? `${last.received_at}_${last.upload_id}` : null }
}
