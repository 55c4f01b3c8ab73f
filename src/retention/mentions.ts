/** Whether the bytes of a received file hold one of some numbers, whatever its format: digits are digits in every encoding that is taken in. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { openPromise } from 'yauzl'

/** True when a run of digits in the file is one of the numbers; blanks, points and dashes between digits aside. */
export async function mentions(path: string, numbers: ReadonlySet<string>): Promise<boolean> {
  for await (const part of partsOf(path)) {
    if (await holds(part, numbers)) return true
  }
  return false
}

/** The file, or the parts of a workbook; what is torn is read as it lies. */
async function* partsOf(path: string): AsyncGenerator<AsyncIterable<Buffer>> {
  const file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0).finally(() => file.close())
  if (buffer.toString('latin1') === 'PK') {
    const zip = await openPromise(path, { autoClose: false }).catch(() => null)
    if (zip !== null) {
      try {
        for await (const entry of zip.eachEntry()) yield (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>
      } catch {
        // A workbook that cannot be read was refused; that which can be read of it has been looked at.
      } finally {
        zip.close()
      }
    }
  }
  yield createReadStream(path)
}

async function holds(bytes: AsyncIterable<Buffer>, numbers: ReadonlySet<string>): Promise<boolean> {
  // As written, and with what people put between groups of digits left out.
  const [plain, joined] = [new DigitRuns(numbers, false), new DigitRuns(numbers, true)]
  for await (const piece of bytes) {
    if (plain.take(piece) || joined.take(piece)) return true
  }
  return plain.take(Buffer.from('\n')) || joined.take(Buffer.from('\n'))
}

const longestNumber = 34
const between = new Set([0x20, 0x2d, 0x2e])

class DigitRuns {
  private run = ''
  private readonly numbers: ReadonlySet<string>
  private readonly isJoining: boolean

  constructor(numbers: ReadonlySet<string>, isJoining: boolean) {
    this.numbers = numbers
    this.isJoining = isJoining
  }

  take(piece: Buffer): boolean {
    for (const byte of piece) {
      // Each second byte of UTF-16.
      if (byte === 0 || (this.isJoining && this.run !== '' && between.has(byte))) continue
      if (byte >= 0x30 && byte <= 0x39) {
        if (this.run.length <= longestNumber) this.run += String.fromCharCode(byte)
        continue
      }
      if (this.run.length >= 8 && this.numbers.has(this.run)) return true
      this.run = ''
    }
    return false
  }
}
