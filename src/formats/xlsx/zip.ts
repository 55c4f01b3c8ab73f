/** Opens the zip file that a workbook is: refuses what no spreadsheet writes, and counts every byte that comes out of it. */
import { crc32 } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { FileFault } from '../fault.ts'
import { workbookLimits } from '../limits.ts'

/** A file inside the workbook, by its name in lower case; names differ in more than case. */
export class Archive {
  private readonly zip: ZipFile
  private readonly entries: ReadonlyMap<string, Entry>
  private inflated = 0

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.zip = zip
    this.entries = entries
  }

  /** @throws FileFault `file_damaged` or `file_too_large` */
  static async open(path: string): Promise<Archive> {
    let zip: ZipFile
    try {
      zip = await openPromise(path, { autoClose: false, strictFileNames: true })
    } catch (error) {
      throw damaged(`its table of contents cannot be read (${messageOf(error)}); it may have been cut off: send it again`)
    }
    try {
      return new Archive(zip, await readEntries(zip))
    } catch (error) {
      zip.close()
      throw error instanceof FileFault ? error : damaged(messageOf(error))
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase())
  }

  get names(): readonly string[] {
    return [...this.entries.keys()]
  }

  /**
   * The bytes of a file inside, as they are inflated.
   *
   * @throws FileFault `file_damaged` when it is not there, or its bytes are not what they should be; `file_too_large`
   */
  async *read(name: string): AsyncGenerator<Buffer, void> {
    const entry = this.entries.get(name.toLowerCase())
    if (entry === undefined) throw damaged(`it has no part ${name}`)
    let out = 0
    let sum = 0
    try {
      const stream = await this.zip.openReadStreamPromise(entry)
      // Leaving the loop early destroys the stream.
      for await (const bytes of stream as AsyncIterable<Buffer>) {
        out += bytes.length
        this.inflated += bytes.length
        refuseTooMuch(entry, out, this.inflated)
        sum = crc32(bytes, sum)
        yield bytes
      }
    } catch (error) {
      throw error instanceof FileFault ? error : damaged(`its part ${name} cannot be read (${messageOf(error)})`)
    }
    if (sum !== entry.crc32) throw damaged(`its part ${name} has other bytes than were put into it`)
  }

  close(): void {
    this.zip.close()
  }
}

/** The workbook is not what a spreadsheet writes. */
export function damaged(why: string, place: { line?: number; raw?: string } = {}): FileFault {
  return new FileFault('file_damaged', `the workbook is damaged: ${why}`, place)
}

export function tooLarge(why: string): FileFault {
  return new FileFault('file_too_large', `the workbook is larger than is read here: ${why}; split it, or save the sheet as CSV UTF-8`)
}

function refuseTooMuch({ fileName, compressedSize }: Entry, out: number, total: number): void {
  if (out > workbookLimits.entryBytes) throw tooLarge(`its part ${fileName} holds more than ${workbookLimits.entryBytes} bytes`)
  if (total > workbookLimits.totalBytes) throw tooLarge(`it holds more than ${workbookLimits.totalBytes} bytes`)
  if (out > workbookLimits.freeBytes && out > compressedSize * workbookLimits.ratio) throw tooLarge(`its part ${fileName} grows to more than ${workbookLimits.ratio} times its size`)
}

async function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > workbookLimits.entries) throw tooLarge(`it has ${zip.entryCount} parts`)
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase()
    if (entries.has(name)) throw damaged(`it has two parts called ${entry.fileName}`)
    if (entry.isEncrypted()) throw damaged('it is encrypted; save it without a password')
    // The upper half of the attributes are those of a Unix file; a link would lead out of the workbook.
    if ((entry.externalFileAttributes >>> 28) === 0xa) throw damaged(`its part ${entry.fileName} is a link`)
    entries.set(name, entry)
  }
  refuseOverlaps([...entries.values()])
  return entries
}

const localHeaderBytes = 30

/** Entries that share bytes make a small file large. */
function refuseOverlaps(entries: readonly Entry[]): void {
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1]
    const end = entry.relativeOffsetOfLocalHeader + localHeaderBytes + entry.fileNameRaw.length + entry.compressedSize
    if (next !== undefined && end > next.relativeOffsetOfLocalHeader) throw damaged(`its parts ${entry.fileName} and ${next.fileName} overlap`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
