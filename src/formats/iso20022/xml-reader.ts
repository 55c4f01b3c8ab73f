/**
 * Reads XML piece by piece as small trees: whatever the size of the file, only one transaction and what stands around it
 * is held.
 *
 * Nothing outside the file is ever read, no entity but XML's own five is known, any DOCTYPE refuses the file, and so do
 * trees deeper, tags larger and values longer than any message has.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { FileFault } from '../fault.ts'
import { maximumFieldBytes, maximumRecordBytes } from '../limits.ts'
import { doctypeFault, XmlDecoder } from './xml-decoder.ts'
import type { XmlElement } from './xml-element.ts'

/** Which elements are handed over when they close, by their path from the document's element down. */
export interface Watch {
  readonly isHandedOver: boolean
  readonly below: ReadonlyMap<string, Watch>
}

/** A tree of watches from paths like `Stmt/Ntry`. */
export function watchOf(paths: readonly string[]): Watch {
  const below = new Map<string, Watch>()
  for (const first of new Set(paths.map((path) => path.split('/')[0] ?? ''))) {
    const rest = paths.filter((path) => path.startsWith(`${first}/`)).map((path) => path.slice(first.length + 1))
    below.set(first, { ...watchOf(rest), isHandedOver: paths.includes(first) })
  }
  return { isHandedOver: false, below }
}

/** What the reader is told. */
export interface XmlSettings {
  /** Called with the namespace of the document's element and the name of the element in it; what it answers is watched below that. */
  readonly onMessage: (uri: string, name: string, line: number) => Watch
  readonly keepSource: boolean
}

// Where the standard itself makes room for what is no part of the message.
const placesForOthers: ReadonlySet<string> = new Set(['Envlp', 'Sgntr', 'SplmtryData'])
const maximumDepth = 64
const maximumAttributes = 32
const maximumHeldElements = 100_000
const maximumHeldCharacters = 4_194_304
const pieceLength = 65_536
// Below the document and its message stand batches and statements, or at once the transactions.
const topDepth = 2

interface Open {
  readonly element: XmlElement
  readonly watch: Watch | null
  readonly heldElements: number
  readonly heldCharacters: number
  readonly start: number
}

const nothing: readonly XmlElement[] = []
const noAttributes: ReadonlyMap<string, string> = new Map()

function attributesOf({ attributes }: SaxesTagNS): ReadonlyMap<string, string> {
  let found: Map<string, string> | null = null
  for (const name in attributes) {
    const attribute = attributes[name]
    if (attribute?.uri === '') (found ??= new Map<string, string>()).set(name, attribute.value)
  }
  return found ?? noAttributes
}

/** Counts one more element of a name in its parent; its number. */
function countIn(parent: XmlElement | null, name: string): number {
  if (parent === null) return 1
  parent.counts ??= new Map<string, number>()
  const index = (parent.counts.get(name) ?? 0) + 1
  parent.counts.set(name, index)
  return index
}

export class XmlReader {
  private readonly settings: XmlSettings
  private readonly parser = new SaxesParser({ xmlns: true })
  private readonly decoder = new XmlDecoder()
  private readonly open: Open[] = []
  private closed: XmlElement[] = []
  private documentUri: string | null = null
  private documentDepth = -1
  /** The element that holds the message, with what stands beside its transactions; null before it begins. */
  message: XmlElement | null = null
  private skipDepth = 0
  private depth = 0
  private heldElements = 0
  private heldCharacters = 0
  private attributes = 0
  private lastEventAt = 0
  private window = ''
  private windowStart = 0

  constructor(settings: XmlSettings) {
    this.settings = settings
    const { parser } = this
    parser.on('error', (error) => { throw this.invalid(error.message.replace(/^\d+:\d+: /, '')) })
    parser.on('doctype', () => { throw doctypeFault(parser.line) })
    parser.on('opentagstart', () => { this.attributes = 0; this.happened() })
    parser.on('attribute', (attribute) => { this.takeAttribute(attribute.value) })
    parser.on('opentag', (tag) => { this.openElement(tag) })
    parser.on('closetag', () => { this.closeElement() })
    parser.on('text', (text) => { this.takeText(text) })
    parser.on('cdata', (text) => { this.takeText(text) })
    parser.on('comment', () => { this.happened() })
    parser.on('processinginstruction', () => { this.happened() })
  }

  /** The encoding of the file, once its first bytes were given. */
  get encoding(): string {
    return this.decoder.encoding
  }

  /** Takes the next bytes; the watched elements that closed in them, in order. @throws FileFault */
  push(bytes: Uint8Array): XmlElement[] {
    this.write(this.decoder.decode(bytes, this.parser.line))
    return this.handOver()
  }

  /** Ends the file. @throws FileFault */
  finish(): XmlElement[] {
    if (this.decoder.isWaiting) this.write(this.decoder.begin(this.parser.line))
    this.decoder.finish(this.parser.line)
    if (this.depth > 0 || this.documentUri === null) {
      const inside = this.open.at(-1)?.element.name
      throw new FileFault('file_truncated', inside === undefined ? 'the file ends before its message begins' : `the file ends inside the element ${inside}`, { line: this.parser.line })
    }
    this.parser.close()
    return this.handOver()
  }

  private write(text: string): void {
    const { parser } = this
    for (let from = 0; from < text.length; from += pieceLength) {
      const piece = text.slice(from, from + pieceLength)
      if (this.settings.keepSource) this.extendWindow(piece)
      parser.write(piece)
      if (parser.position - this.lastEventAt > maximumRecordBytes) throw new FileFault('xml_limits', `line ${parser.line}: one tag, text or comment is longer than ${maximumRecordBytes} characters`, { line: parser.line })
    }
  }

  private handOver(): XmlElement[] {
    const { closed } = this
    this.closed = []
    return closed
  }

  private happened(): void {
    this.lastEventAt = this.parser.position
  }

  private takeAttribute(value: string): void {
    this.happened()
    this.attributes += 1
    if (this.attributes > maximumAttributes) throw new FileFault('xml_limits', `line ${this.parser.line}: an element has more than ${maximumAttributes} attributes`, { line: this.parser.line })
    if (value.length > maximumFieldBytes) throw this.tooLong()
  }

  private openElement(tag: SaxesTagNS): void {
    this.happened()
    this.depth += 1
    if (this.depth > maximumDepth) throw new FileFault('xml_limits', `line ${this.parser.line}: elements stand more than ${maximumDepth} deep in one another`, { line: this.parser.line })
    // What is signed, wrapped around or added in a namespace of its own is no part of the message.
    if (this.skipDepth > 0 || (this.documentUri !== null && (tag.uri !== this.documentUri || this.depth <= this.documentDepth))) {
      if (tag.local === 'Document' && this.depth <= this.documentDepth) throw this.invalid('there is more than one message in the file')
      if (this.skipDepth === 0 && this.depth > this.documentDepth && !placesForOthers.has(this.open.at(-1)?.element.name ?? '')) throw this.invalid(`the element ${tag.name.slice(0, 60)} is of another namespace`)
      this.skipDepth += 1
      return
    }
    if (this.documentUri === null) {
      if (tag.local !== 'Document') return
      this.documentUri = tag.uri
      this.documentDepth = this.depth
    }
    this.pushOpen(tag)
  }

  private pushOpen(tag: SaxesTagNS): void {
    const above = this.open.at(-1)
    const parent = above?.element ?? null
    let watch = above?.watch?.below.get(tag.local) ?? null
    // There are very many elements, and nearly all are leaves without attributes: they share what is empty.
    const element: XmlElement = { name: tag.local, parent, attributes: attributesOf(tag), children: nothing, text: '', index: watch === null ? 0 : countIn(parent, tag.local), counts: null, line: this.parser.line, source: '' }
    if (this.open.length === 1) {
      watch = this.beginMessage(tag)
      this.message = element
    }
    const start = this.settings.keepSource && watch?.isHandedOver === true ? this.window.lastIndexOf('<', this.parser.position - this.windowStart - 2) + this.windowStart : 0
    this.open.push({ element, watch, heldElements: this.heldElements, heldCharacters: this.heldCharacters, start })
    this.heldElements += 1
    if (this.heldElements > maximumHeldElements) throw new FileFault('xml_limits', `line ${this.parser.line}: there are too many elements beside the transactions`, { line: this.parser.line })
  }

  private beginMessage(tag: SaxesTagNS): Watch {
    if (this.message !== null) throw this.invalid(`there is a second message, ${tag.local}, in the document`)
    return this.settings.onMessage(this.documentUri ?? '', tag.local, this.parser.line)
  }

  private closeElement(): void {
    this.happened()
    this.depth -= 1
    if (this.skipDepth > 0) {
      this.skipDepth -= 1
      return
    }
    const top = this.open.pop()
    if (top === undefined) return
    const { element, watch } = top
    element.text = element.text.trim()
    if (watch?.isHandedOver !== true) {
      if (element.parent !== null) {
        if (element.parent.children === nothing) element.parent.children = [element]
        else (element.parent.children as XmlElement[]).push(element)
      }
      return
    }
    if (this.settings.keepSource && top.start >= this.windowStart) element.source = this.window.slice(top.start - this.windowStart, this.parser.position - this.windowStart)
    this.heldElements = top.heldElements
    this.heldCharacters = top.heldCharacters
    this.closed.push(element)
  }

  private takeText(text: string): void {
    this.happened()
    const top = this.open.at(-1)
    if (top === undefined || this.skipDepth > 0) return
    // Blanks between elements are layout.
    if (top.element.text === '' && text.trim() === '') return
    top.element.text += text
    this.heldCharacters += text.length
    if (top.element.text.length > maximumFieldBytes) throw this.tooLong()
    if (this.heldCharacters > maximumHeldCharacters) throw new FileFault('xml_limits', `line ${this.parser.line}: there is too much text beside the transactions`, { line: this.parser.line })
  }

  /** Keeps the text from the innermost transaction, or entry, that is still open; batches and statements are too long to be shown. */
  private extendWindow(piece: string): void {
    const needed = this.open.findLast(({ watch }, depth) => watch?.isHandedOver === true && (depth > topDepth || watch.below.size === 0))?.start ?? this.lastEventAt
    // A tag that is still being read begins after the last thing that happened.
    const from = Math.max(0, Math.min(needed, this.lastEventAt) - this.windowStart)
    this.window = this.window.slice(from) + piece
    this.windowStart += from
    if (this.window.length > 4 * maximumRecordBytes) throw this.tooLong()
  }

  private tooLong(): FileFault {
    return new FileFault('xml_limits', `line ${this.parser.line}: one value is longer than ${maximumFieldBytes} characters`, { line: this.parser.line })
  }

  private invalid(message: string): FileFault {
    return new FileFault('xml_invalid', `line ${this.parser.line}, column ${this.parser.column}: ${message}`, { line: this.parser.line })
  }
}
