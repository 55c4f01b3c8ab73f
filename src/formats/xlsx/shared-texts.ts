/** The texts that cells share, as bytes in blocks of memory: no JavaScript strings, and a limit to their number and length. */
import { maximumFieldBytes, workbookLimits } from '../limits.ts'
import { readXml } from './xml.ts'
import { tooLarge, type Archive } from './zip.ts'

const blockBits = 20
const blockBytes = 1 << blockBits

export class SharedTexts {
  private readonly blocks: Buffer[] = []
  /** How far each block is filled. */
  private readonly filled: number[] = []
  /** Where each text begins: its block × 2^20, and its place there. It ends where the next one in the block begins. */
  private starts = new Uint32Array(1 << 14)
  private length = 0
  // Texts in a row are often the same: a scheme, a commune, a month.
  private lastIndex = -1
  private lastText = ''

  /** The text with an index; null when there is none. */
  text(index: number): string | null {
    if (index < 0 || index >= this.length) return null
    if (index === this.lastIndex) return this.lastText
    const start = this.starts[index] as number
    const block = start >>> blockBits
    const next = index + 1 < this.length ? (this.starts[index + 1] as number) : -1
    const end = next >= 0 && next >>> blockBits === block ? next & (blockBytes - 1) : (this.filled[block] as number)
    this.lastIndex = index
    this.lastText = (this.blocks[block] as Buffer).toString('utf8', start & (blockBytes - 1), end)
    return this.lastText
  }

  /** @throws FileFault `file_too_large` */
  add(text: string): void {
    if (this.length === workbookLimits.sharedTexts) throw tooLarge(`its cells share more than ${workbookLimits.sharedTexts} texts`)
    // A longer one is a problem on every row that uses it, and need not be held to be that.
    const kept = text.length > maximumFieldBytes ? text.slice(0, maximumFieldBytes + 1) : text
    let block = this.blocks.length - 1
    if (block < 0 || (this.filled[block] as number) + kept.length * 3 > blockBytes) {
      block += 1
      if (block * blockBytes >= workbookLimits.sharedBytes) throw tooLarge(`the texts of its cells are longer than ${workbookLimits.sharedBytes} bytes together`)
      this.blocks.push(Buffer.allocUnsafeSlow(blockBytes))
      this.filled.push(0)
    }
    if (this.length === this.starts.length) {
      const starts = new Uint32Array(this.starts.length * 2)
      starts.set(this.starts)
      this.starts = starts
    }
    const place = this.filled[block] as number
    this.starts[this.length] = block * blockBytes + place
    this.filled[block] = place + (this.blocks[block] as Buffer).write(kept, place)
    this.length += 1
  }
}

/** Reads all of them; phonetic guides are no part of a text. @throws FileFault */
export async function readSharedTexts(archive: Archive, part: string | null): Promise<SharedTexts> {
  const texts = new SharedTexts()
  if (part === null) return texts
  let text = ''
  let isText = false
  let isPhonetic = false
  const reading = readXml(part, archive.read(part), {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') isPhonetic = true
      else if (name === 't') isText = !isPhonetic
    },
    close: (name) => {
      if (name === 't') isText = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si') texts.add(unescaped(text))
    },
    text: (piece) => {
      if (isText && text.length <= maximumFieldBytes) text += piece
    },
  })
  for await (const _ of reading);
  return texts
}

/** `_x000D_` is how a workbook writes a sign that XML cannot hold. */
export function unescaped(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text
}
