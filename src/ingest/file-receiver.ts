/** Takes a file in: reads it once, hashes it and writes its bytes to the data folder, while others work on each chunk. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, processIdentity } from '../db/index.ts'
import { FileFault, maximumRecordBytes } from '../formats/index.ts'
import type { ByteSource, Chunk } from './translated-source.ts'

const chunkBytes = 262_144
// Before each chunk there is room for what was left over of the one before.
const room = maximumRecordBytes + 16
const syncEvery = 33_554_432

/** The first bytes of a file, and how large it is. @throws FileFault `file_unreadable` */
export async function readHead(path: string, bytes: number): Promise<{ head: Buffer; size: number }> {
  const source = await openSource(path)
  try {
    const { size } = await source.stat()
    const head = Buffer.alloc(Math.min(bytes, size))
    let filled = 0
    while (filled < head.length) {
      const { bytesRead } = await source.read(head, filled, head.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return { head: head.subarray(0, filled), size }
  } finally {
    await source.close()
  }
}

/** The SHA-256 of a file's bytes, hex. */
export async function hashFile(path: string): Promise<string> {
  const source = await openSource(path)
  try {
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await source.close()
  }
}

/** True when the last letter of a file ends a line; null when the file is empty or not there. */
export async function endsWithLineBreak(path: string, encoding = 'utf-8'): Promise<boolean | null> {
  let source: FileHandle
  try {
    source = await openSource(path)
  } catch (error) {
    if (error instanceof FileFault) return null
    throw error
  }
  try {
    const { size } = await source.stat()
    const last = Buffer.alloc(2)
    const { bytesRead } = await source.read(last, 0, 2, Math.max(0, size - 2))
    // A line break of UTF-16 is two bytes, the lower one first or last.
    return bytesRead === 0 ? null : isLineBreak(last[encoding === 'utf-16le' ? 0 : bytesRead - 1])
  } finally {
    await source.close()
  }
}

/** A file on its way in. After `finish` its bytes are on disk under a temporary name; `keep` gives them their own. */
export class FileReceiver implements ByteSource {
  private readonly source: FileHandle
  private readonly copy: FileHandle
  private readonly copyPath: string
  private readonly dataDirectory: string
  private readonly hash = createHash('sha256')
  private readonly pieceBytes: number
  private readonly slots: readonly Buffer[]
  private slot = 0
  private reading: Promise<number> | null = null
  private writing: Promise<void> = Promise.resolve()
  private syncing: Promise<void> = Promise.resolve()
  private sinceSync = 0
  private hasEnded = false
  private hashText = ''
  /** How many bytes were read so far. */
  size = 0
  /** Whether the last byte read ends a line. */
  endsWithLineBreak = false

  private constructor(source: FileHandle, copy: FileHandle, copyPath: string, dataDirectory: string, pieceBytes: number) {
    this.pieceBytes = pieceBytes
    this.slots = [Buffer.allocUnsafeSlow(room + pieceBytes), Buffer.allocUnsafeSlow(room + pieceBytes)]
    this.source = source
    this.copy = copy
    this.copyPath = copyPath
    this.dataDirectory = dataDirectory
  }

  /** @param pieceBytes how much is read, and worked on, at a time @throws FileFault `file_unreadable` */
  static async open(path: string, dataDirectory: string, pieceBytes: number = chunkBytes): Promise<FileReceiver> {
    const source = await openSource(path)
    try {
      const incoming = join(dataDirectory, 'incoming')
      await mkdir(incoming, { recursive: true, mode: 0o700 })
      await forgetAbandoned(incoming)
      const copyPath = join(incoming, `${processIdentity()}-${randomBytes(8).toString('hex')}`)
      return new FileReceiver(source, await open(copyPath, 'wx', 0o600), copyPath, dataDirectory, pieceBytes)
    } catch (error) {
      await source.close()
      throw error
    }
  }

  /** The next piece; null at the end of the file. The one before stays as it is meanwhile. */
  async next(): Promise<Chunk | null> {
    if (this.hasEnded) return null
    const bytesRead = await (this.reading ?? this.read(this.slot))
    this.reading = null
    if (bytesRead === 0) {
      this.hasEnded = true
      return null
    }
    const bytes = this.slots[this.slot] as Buffer
    const piece = bytes.subarray(room, room + bytesRead)
    // The piece before this one has to be written before its buffer takes the piece after.
    await this.writing
    this.writing = this.write(piece)
    this.writing.catch(() => undefined)
    this.slot = 1 - this.slot
    this.reading = this.read(this.slot)
    this.reading.catch(() => undefined)
    this.hash.update(piece)
    this.size += bytesRead
    this.endsWithLineBreak = isLineBreak(piece[bytesRead - 1])
    return { bytes, start: room, end: room + bytesRead }
  }

  /** Where the bytes are on disk between `finish` and `keep`. */
  get path(): string {
    return this.copyPath
  }

  /** Reads what is left, and sees to it that all bytes are on disk; the SHA-256 of the file, hex. */
  async finish(): Promise<string> {
    if (this.hashText !== '') return this.hashText
    while ((await this.next()) !== null);
    await this.writing
    await this.syncing
    await this.copy.sync()
    this.hashText = this.hash.digest('hex')
    return this.hashText
  }

  /** Gives the bytes their lasting place, `<data>/files/<sha256>` or `<data>/quarantine/<sha256>`, on disk when it returns. */
  async keep(folder: 'files' | 'quarantine'): Promise<void> {
    const directory = join(this.dataDirectory, folder)
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await rename(this.copyPath, join(directory, this.hashText))
    const handle = await open(directory, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }

  /** Closes both files and forgets a copy that was not kept. */
  async close(): Promise<void> {
    await Promise.allSettled([this.reading, this.writing, this.syncing])
    await this.source.close()
    await this.copy.close()
    await rm(this.copyPath, { force: true })
  }

  private async read(slot: number): Promise<number> {
    const { bytesRead } = await this.source.read(this.slots[slot] as Buffer, room, this.pieceBytes)
    return bytesRead
  }

  private async write(piece: Buffer): Promise<void> {
    for (let written = 0; written < piece.length; ) written += (await this.copy.write(piece, written)).bytesWritten
    this.sinceSync += piece.length
    if (this.sinceSync < syncEvery) return
    // In between, so that the last sync has little left to do.
    this.sinceSync = 0
    await this.syncing
    this.syncing = this.copy.datasync()
    this.syncing.catch(() => undefined)
  }
}

async function openSource(path: string): Promise<FileHandle> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException
    throw new FileFault('file_unreadable', code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such file' : `the file cannot be opened (${code})`)
  }
  const status = await handle.stat()
  if (status.isFile()) return handle
  await handle.close()
  throw new FileFault('file_unreadable', 'that is a folder or a device, not a file')
}

function isLineBreak(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d
}

/** Removes the half-received copies of processes that were killed; in a container the next one has the same number. */
async function forgetAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    if (!isAlive(name.split('-').slice(0, 2).join('-'))) await rm(join(incoming, name), { force: true })
  }
}
