/** Reads a part of a workbook as XML while it streams: no DOCTYPE, UTF-8 only, and nothing deep or endless. */
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { workbookLimits } from '../limits.ts'
import { damaged, tooLarge } from './zip.ts'

/** Attributes as written; the object has no prototype. */
export type Attributes = Readonly<Record<string, string | undefined>>

/** What is called while a part is read; names are without their prefix. */
export interface XmlHandler {
  readonly open: (name: string, attributes: Attributes) => void
  readonly close: (name: string) => void
  /** Text between two tags, entities resolved; all that stands there at once. */
  readonly text: (text: string) => void
}

/** Reads a part to its end, giving a turn to the caller after every piece of it. @throws FileFault */
export async function* readXml(name: string, bytes: AsyncIterable<Buffer>, handler: XmlHandler): AsyncGenerator<void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = new Reader(name, handler)
  for await (const piece of bytes) {
    let text: string
    try {
      text = decoder.decode(piece, { stream: true })
    } catch {
      throw damaged(`its part ${name} is not UTF-8`)
    }
    reader.write(text)
    yield
  }
  reader.end()
}

/** Reads a small part to its end. @throws FileFault */
export async function readWholeXml(name: string, bytes: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(name, bytes, handler));
}

class Reader {
  private readonly parser = new SaxesParser({ xmlns: false, position: false })
  private readonly name: string
  private depth = 0
  private quiet = 0

  constructor(name: string, handler: XmlHandler) {
    this.name = name
    const { parser } = this
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw damaged(`its part ${name} says that it is ${encoding}`)
    })
    parser.on('doctype', () => {
      throw damaged(`its part ${name} has a DOCTYPE, which no workbook has`)
    })
    parser.on('opentag', (tag: SaxesTagPlain) => {
      this.quiet = 0
      this.depth += 1
      if (this.depth > workbookLimits.depth) throw damaged(`its part ${name} is nested more than ${workbookLimits.depth} deep`)
      handler.open(localName(tag.name), tag.attributes)
    })
    parser.on('closetag', (tag: SaxesTagPlain) => {
      this.quiet = 0
      this.depth -= 1
      handler.close(localName(tag.name))
    })
    parser.on('text', (text) => { handler.text(text) })
    parser.on('cdata', (text) => { handler.text(text) })
  }

  write(text: string): void {
    this.quiet += text.length
    this.guard(() => this.parser.write(text))
    // What is not finished yet is held by the parser: it may not grow without end.
    if (this.quiet > workbookLimits.quietBytes) throw tooLarge(`its part ${this.name} has a text or a tag of more than ${workbookLimits.quietBytes} letters`)
  }

  end(): void {
    this.guard(() => this.parser.close())
  }

  private guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      // The parser throws plain errors; any other is a slip of ours and must not pass for one of the sender's.
      if (!(error instanceof Error) || error.constructor !== Error) throw error
      throw damaged(`its part ${this.name} is no well-formed XML (${error.message})`)
    }
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
