/** Finds any line of a received file again, as it was sent: what every finding leads back to. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../db/index.ts'
import { CsvScanner, FileFault, markLength, maximumRecordBytes, readRecords, type Translation } from '../formats/index.ts'
import { isPlainCsv, translateAgain, type StoredForm } from './stored-file.ts'

const lineFeed = 0x0a
const carriageReturn = 0x0d

/**
 * The text of the record that begins on a physical line (1 is the file's first), without its line break; null when the
 * file or the line is not there. A record that goes over several lines comes whole.
 *
 * Only bytes of a refused file that are no UTF-8 are shown with replacement characters; nothing else is changed. Of a
 * file in another format or encoding it is the line of CSV that the row was taken from, read again up to there; of a
 * message, its element or field, after a line that says where it stands.
 */
export async function rawLine(database: Session, dataDirectory: string, fileId: string, line: string | number): Promise<string | null> {
  const wanted = parseInt(`${line}`, 10)
  if (!/^\d{1,18}$/.test(fileId) || !Number.isSafeInteger(wanted) || wanted < 1) return null
  const [file] = await database.query<StoredFile>(
    `select f.sha256, f.status, f.kind, f.format, f.encoding, f.delimiter, f.profile_name, f.profile_version, o.every_lines, o.byte_offsets[least(1 + ($2::bigint - 1) / o.every_lines, 2147483647)::integer] as byte_offset
     from source_file f left join source_file_offsets o using (file_id) where f.file_id = $1`,
    [fileId, wanted],
  )
  if (file === undefined) return null
  if (file.every_lines !== null && file.byte_offset === null) return null
  const path = join(dataDirectory, file.status === 'refused' ? 'quarantine' : 'files', file.sha256)
  if (!isPlainCsv(file)) return translatedLine(database, path, file, wanted)
  const linesBefore = file.every_lines === null ? wanted - 1 : (wanted - 1) % file.every_lines
  let bytes: Buffer | null
  try {
    bytes = await readFrom(path, parseInt(file.byte_offset ?? '0', 10), linesBefore)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  if (bytes === null) return null
  return recordText(bytes, file.delimiter ?? ',', wanted === 1)
}

interface StoredFile extends StoredForm {
  readonly sha256: string
  readonly status: string
  readonly delimiter: string | null
  readonly every_lines: number | null
  readonly byte_offset: string | null
}

/** The line with a sender's number, of a file that has to be translated; null when there is none. Beyond a fault of the file as a whole there is nothing to be read. */
async function translatedLine(session: Session, path: string, file: StoredFile, wanted: number): Promise<string | null> {
  try {
    const translation = await translateAgain(session, path, file)
    if (translation?.sourceOf !== undefined) return await translation.sourceOf(wanted)
    return translation === null ? null : await findNumber(translation, file.delimiter ?? ',', wanted)
  } catch (error) {
    // Bytes that were kept long enough are gone (D194); the row says what it said.
    if (error instanceof FileFault || (error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function findNumber({ isStructured, notes, pieces }: Translation, delimiter: string, wanted: number): Promise<string | null> {
  for await (const records of readRecords(pieces, isStructured ? ',' : delimiter)) {
    for (const { line, raw } of records) {
      const number = notes?.numberOf(line) ?? line
      notes?.take(line)
      if (number === wanted) return raw
    }
  }
  return null
}

/** The bytes from the line on that lies `lines` below a place in the file, as many as a record can have; null past the end. */
async function readFrom(path: string, offset: number, lines: number): Promise<Buffer | null> {
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(262_144)
    let position = offset
    let left = lines
    let wasCarriageReturn = false
    while (left > 0) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
      if (bytesRead === 0) return null
      let at = 0
      for (; at < bytesRead && (left > 0 || wasCarriageReturn); at += 1) {
        const byte = buffer[at]
        if (byte === lineFeed && wasCarriageReturn) {
          wasCarriageReturn = false
          continue
        }
        if (left === 0) break
        wasCarriageReturn = byte === carriageReturn
        if (byte === lineFeed || wasCarriageReturn) left -= 1
      }
      position += at
    }
    const record = Buffer.alloc(maximumRecordBytes + 2)
    let filled = 0
    for (;;) {
      const { bytesRead } = await handle.read(record, filled, record.length - filled, position + filled)
      filled += bytesRead
      if (bytesRead === 0 || filled === record.length) break
    }
    if (filled === 0) return null
    // The line feed of a CRLF that was cut between two reads.
    const start = wasCarriageReturn && record[0] === lineFeed ? 1 : 0
    return record.subarray(start, filled)
  } finally {
    await handle.close()
  }
}

function recordText(bytes: Buffer, delimiter: string, isFirst: boolean): string {
  const start = isFirst ? markLength(bytes) : 0
  const scanner = new CsvScanner(delimiter.charCodeAt(0))
  scanner.load(bytes, start, bytes.length, 0, true)
  try {
    if (scanner.next()) return bytes.toString('utf8', scanner.recordStart, scanner.recordEnd)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
  }
  // A line whose quotes are in disorder is shown up to its first line break.
  return /^[^\r\n]*/.exec(bytes.toString('utf8', start))?.[0] ?? ''
}
