/** Text on paper: which letters of a line are in which font, how wide they are, and where a line is broken. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { unpackedFont } from './woff.ts'

/** What a line is written with. */
export interface Style {
  readonly size: number
  readonly isBold: boolean
}

/** Letters of a line that one font holds. */
interface Run {
  readonly font: string
  readonly text: string
}

// Letters with tone marks are in the second, each other letter in the first; the third has what names from abroad need.
const subsets = ['latin', 'vietnamese', 'latin-ext'] as const
const weights = [400, 700] as const
const unknownLetter = '?'

/** Registers the faces with a document. */
export function registerFonts(paper: PDFKit.PDFDocument): void {
  for (const subset of subsets) for (const weight of weights) paper.registerFont(nameOf(subset, weight), fontFile(subset, weight))
}

const files = new Map<string, Buffer>()

function fontFile(subset: string, weight: number): Buffer {
  const name = `be-vietnam-pro-${subset}-${weight}-normal.woff`
  const known = files.get(name) ?? unpackedFont(readFileSync(createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/package.json').replace('package.json', `files/${name}`)))
  files.set(name, known)
  return known
}

function nameOf(subset: string, weight: number): string {
  return `${subset}-${weight}`
}

/** Measures and draws lines in one document. */
export class Typesetter {
  private readonly paper: PDFKit.PDFDocument

  constructor(paper: PDFKit.PDFDocument) {
    this.paper = paper
  }

  /** The lines of a text that are no wider than `width`; a line break in the text is one on paper. */
  lines(text: string, width: number, style: Style): string[] {
    return text.normalize('NFC').split('\n').flatMap((paragraph) => this.broken(paragraph, width, style))
  }

  width(text: string, style: Style): number {
    return this.runs(text, style).reduce((sum, run) => sum + this.in(run.font, style).widthOfString(run.text), 0)
  }

  /** Draws one line with its upper edge at `y`. */
  draw(text: string, x: number, y: number, style: Style): void {
    let at = x
    for (const run of this.runs(text.normalize('NFC'), style)) {
      const paper = this.in(run.font, style)
      paper.text(run.text, at, y, { lineBreak: false })
      at += paper.widthOfString(run.text)
    }
  }

  private readonly measured = new Map<string, number>()

  /** Tables say the same words over and over. */
  private wordWidth(word: string, style: Style): number {
    const key = `${style.size} ${style.isBold ? 'b' : ''} ${word}`
    const known = this.measured.get(key) ?? this.width(word, style)
    this.measured.set(key, known)
    return known
  }

  private in(font: string, { size }: Style): PDFKit.PDFDocument {
    return this.paper.font(font).fontSize(size)
  }

  private broken(paragraph: string, width: number, style: Style): string[] {
    const lines: string[] = []
    const space = this.wordWidth(' ', style)
    let line = ''
    let filled = 0
    for (const word of paragraph.split(' ').flatMap((one) => this.pieces(one, width, style))) {
      const needed = this.wordWidth(word, style)
      if (line !== '' && filled + space + needed > width) {
        lines.push(line)
        line = word
        filled = needed
      } else {
        line = line === '' ? word : `${line} ${word}`
        filled += filled === 0 ? needed : space + needed
      }
    }
    return [...lines, line]
  }

  /** A word that is wider than the line by itself: a hash, the name of a file. */
  private pieces(word: string, width: number, style: Style): string[] {
    if (this.wordWidth(word, style) <= width) return [word]
    const pieces: string[] = []
    let piece = ''
    for (const letter of word) {
      if (piece !== '' && this.width(piece + letter, style) > width) {
        pieces.push(piece)
        piece = ''
      }
      piece += letter
    }
    return [...pieces, piece]
  }

  private runs(text: string, { isBold }: Style): Run[] {
    const weight = isBold ? 700 : 400
    const runs: { font: string; text: string }[] = []
    for (const letter of text) {
      const subset = subsets.find((one) => this.has(one, letter))
      const font = nameOf(subset ?? 'latin', weight)
      const last = runs.at(-1)
      const written = subset === undefined ? unknownLetter : letter
      if (last?.font === font) last.text += written
      else runs.push({ font, text: written })
    }
    return runs
  }

  private readonly known = new Map<string, boolean>()

  private has(subset: string, letter: string): boolean {
    const key = `${subset} ${letter}`
    const found = this.known.get(key) ?? glyphsOf(this.paper.font(nameOf(subset, 400))).hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)
    this.known.set(key, found)
    return found
  }
}

/** The open font behind the document's current face: pdfkit has it, its types do not say so. */
function glyphsOf(paper: PDFKit.PDFDocument): { hasGlyphForCodePoint: (point: number) => boolean } {
  return (paper as unknown as { readonly _font: { readonly font: { hasGlyphForCodePoint: (point: number) => boolean } } })._font.font
}
