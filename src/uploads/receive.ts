/** Takes the bytes of a file from the line: counted, hashed and on disk before anybody is told that they were received. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bankKinds, cleanFileName, isBankKind, largestUpload, Refusal, type Clock } from '../core/index.ts'
import { freeBytes, type Database, type Session, type Transaction } from '../db/index.ts'
import { findUpload, type UploadRow } from './rows.ts'
import { turn } from './turns.ts'

/** What receiving needs from outside. */
export interface Reception {
  readonly clock: Clock
  /** Bytes are held in `uploads` below it until they are taken in. */
  readonly dataDirectory: string
}

/** What a sender says of a file. */
export interface SentFile {
  /** Of a bank its 6 digits. */
  readonly source: string
  readonly staffId: string
  readonly channel: UploadRow['channel']
  readonly fileName: string
  /** One of `bankKinds`; absent: told from the header. */
  readonly declaredKind?: string | undefined
  readonly declaredProfile?: string | undefined
  /** Digits. */
  readonly declaredCount?: string | undefined
  /** A plain amount. */
  readonly declaredSum?: string | undefined
  /** SHA-256 of the bytes, hex. */
  readonly declaredSha256?: string | undefined
  /** Its disbursements may name accounts of other banks. */
  readonly allBanks?: boolean
  /** Where its id is known before its bytes are; absent: a new one. */
  readonly uploadId?: string
  /** True: looked at first, and handed in by `handIn`. */
  readonly isDraft?: boolean
}

/** What is left for everybody else on the disk. */
const spareBytes = 1_073_741_824
/** Files that one sender hands in at the same time. */
const atOnce = 16

const held = (dataDirectory: string): string => join(dataDirectory, 'uploads')

/** Where the bytes of a file are until it is taken in. */
export function heldPath(dataDirectory: string, uploadId: string): string {
  return join(held(dataDirectory), uploadId)
}

const underway = new Map<string, number>()

/**
 * The file as it was received: its bytes are on disk, and its row and its job were written in one transaction, together
 * with what `alongside` writes there.
 *
 * @throws Refusal `file_too_large`, `file_empty`, `digest_mismatch`, `kind_not_allowed`, `too_many_uploads`, `storage_full`; and whatever `bytes` throws when the sender goes away. Nothing is kept then
 */
export async function receiveUpload(database: Database, reception: Reception, bytes: AsyncIterable<Uint8Array>, sent: SentFile, alongside?: (transaction: Transaction, upload: UploadRow) => Promise<void>): Promise<UploadRow> {
  if (sent.declaredKind !== undefined && !isBankKind(sent.declaredKind)) throw new Refusal('fileRefused', 'kind_not_allowed', `a bank hands in ${bankKinds.join(', ')}`)
  const { source } = sent
  const others = underway.get(source) ?? 0
  if (others >= atOnce) throw new Refusal('tooMany', 'too_many_uploads', `${atOnce} files of yours are on their way already; wait until one has arrived`)
  underway.set(source, others + 1)
  try {
    return await receive(database, reception, bytes, sent, alongside)
  } finally {
    const left = (underway.get(source) ?? 1) - 1
    if (left === 0) underway.delete(source)
    else underway.set(source, left)
  }
}

async function receive(database: Database, { clock, dataDirectory }: Reception, bytes: AsyncIterable<Uint8Array>, sent: SentFile, alongside?: (transaction: Transaction, upload: UploadRow) => Promise<void>): Promise<UploadRow> {
  const folder = held(dataDirectory)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  requireRoom(folder, 0)
  const { uploadId = randomUUID() } = sent
  const path = heldPath(dataDirectory, uploadId)
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`
  const commit = { isAsked: false }
  try {
    const { size, sha256 } = await writeDurably(bytes, draft)
    if (size === 0) throw new Refusal('fileRefused', 'file_empty', 'the file holds nothing')
    if (sent.declaredSha256 !== undefined && sent.declaredSha256 !== sha256) throw new Refusal('fileRefused', 'digest_mismatch', 'the bytes that arrived are not those whose SHA-256 was declared; send the file again')
    await rename(draft, path)
    await syncFolder(folder)
    return await database.transaction(async (transaction) => {
      const upload = await keepRow(transaction, { ...sent, uploadId, size, sha256, at: clock.now() }, alongside)
      commit.isAsked = true
      return upload
    })
  } catch (error) {
    await rm(draft, { force: true })
    // Once the commit was sent nobody knows whether it holds, and then its bytes must be there: if it does not, they are
    // forgotten a day later.
    if (!commit.isAsked && sent.uploadId === undefined) await rm(path, { force: true })
    throw error
  }
}

interface Received extends SentFile {
  readonly uploadId: string
  readonly size: number
  readonly sha256: string
  readonly at: string
}

async function keepRow(transaction: Transaction, { uploadId, source, staffId, channel, fileName, declaredKind, declaredProfile, declaredCount, declaredSum, allBanks = false, isDraft = false, size, sha256, at }: Received, alongside?: (transaction: Transaction, upload: UploadRow) => Promise<void>): Promise<UploadRow> {
  await transaction.query(
    `insert into upload (upload_id, source, staff_id, channel, file_name, declared_kind, declared_profile, declared_count, declared_sum, all_banks, size_bytes, sha256, received_at, status)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [uploadId, source, staffId, channel, cleanFileName(fileName), declaredKind ?? null, declaredProfile ?? null, declaredCount ?? null, declaredSum ?? null, allBanks, size, sha256, at, isDraft ? 'draft' : 'received'])
  if (!isDraft) await leaveJob(transaction, uploadId, source)
  const upload = await findUpload(transaction, uploadId)
  if (upload === null) throw new Error('a row that was just written is not there')
  await alongside?.(transaction, upload)
  return upload
}

/** Leaves the taking in to the background: a sender's files one after the other, in the order in which they came. */
export async function leaveJob(session: Session, uploadId: string, source: string): Promise<void> {
  await session.query('select enqueue_job($1, $2, $3, $4)', ['take_in_upload', JSON.stringify({ upload_id: uploadId }), `bank-${source}`, `upload-${uploadId}`])
}

/** @throws Refusal `storage_full` (installation) when so many bytes would leave too little room for everybody else */
export function requireRoom(folder: string, bytes: number): void {
  if (freeBytes(folder) - bytes < spareBytes) throw new Refusal('installation', 'storage_full', 'there is no room for files just now; whoever runs this server has to make some')
}

/** Writes the bytes and waits until the disk has them. */
async function writeDurably(bytes: AsyncIterable<Uint8Array>, path: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const piece of bytes) {
      await turn()
      size += piece.length
      if (size > largestUpload) throw new Refusal('tooLarge', 'file_too_large', `files of up to ${largestUpload} bytes are taken; cut it into several`)
      hash.update(piece)
      for (let written = 0; written < piece.length; ) written += (await file.write(piece, written)).bytesWritten
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * What is acknowledged must survive a power cut: a database that does not wait for its disk cannot promise that.
 *
 * @throws Refusal `not_durable` (installation)
 */
export async function requireDurable(database: Database): Promise<void> {
  const [found] = await database.query<{ setting: string }>("select name || ' = ' || setting as setting from pg_settings where name = 'fsync' and setting <> 'on' or name = 'synchronous_commit' and setting in ('off', 'local') limit 1")
  if (found !== undefined) throw new Refusal('installation', 'not_durable', `the database runs with ${found.setting}: what is acknowledged to a bank could be lost with the power. Set fsync = on and synchronous_commit = on`)
}
