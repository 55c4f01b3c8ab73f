/** The texts that cells share, in one piece of memory: bytes and places, no JavaScript strings, and a limit to both. */
import { maximumFieldBytes, workbookLimits } from '../limits.ts'
import { readXml } from './xml.ts'
import { tooLarge, type Archive } from './zip.ts'

export class SharedTexts {
  private bytes = Buffer.allocUnsafe(1 << 20)
  private ends = new Uint32Array(1 << 14)
  private length = 0
  private filled = 0
  // Texts in a row are often the same: a scheme, a commune, a month.
  private lastIndex = -1
  private lastText = ''

  /** How many there are. */
  get count(): number {
    return this.length
  }

  /** The text with an index; null when there is none. */
  text(index: number): string | null {
    if (index < 0 || index >= this.length) return null
    if (index === this.lastIndex) return this.lastText
    const start = index === 0 ? 0 : (this.ends[index - 1] as number)
    this.lastIndex = index
    this.lastText = this.bytes.toString('utf8', start, this.ends[index])
    return this.lastText
  }

  add(text: string): void {
    if (this.length === workbookLimits.sharedTexts) throw tooLarge(`its cells share more than ${workbookLimits.sharedTexts} texts`)
    // A longer one is a problem on every row that uses it, and need not be held to be that.
    const kept = text.length > maximumFieldBytes ? text.slice(0, maximumFieldBytes + 1) : text
    const most = kept.length * 3
    if (this.filled + most > this.bytes.length) this.grow(most)
    this.filled += this.bytes.write(kept, this.filled)
    if (this.length === this.ends.length) {
      const ends = new Uint32Array(this.ends.length * 2)
      ends.set(this.ends)
      this.ends = ends
    }
    this.ends[this.length] = this.filled
    this.length += 1
  }

  private grow(most: number): void {
    if (this.filled + most > workbookLimits.sharedBytes) throw tooLarge(`the texts of its cells are longer than ${workbookLimits.sharedBytes} bytes together`)
    const bytes = Buffer.allocUnsafe(Math.min(workbookLimits.sharedBytes, Math.max(this.bytes.length * 2, this.filled + most)))
    this.bytes.copy(bytes, 0, 0, this.filled)
    this.bytes = bytes
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
