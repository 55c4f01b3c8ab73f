/** The scanner cuts any CSV as others do, whatever the pieces in which it comes, and never loses count of the lines. */
import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { CsvScanner, FileFault, linesPerMark, oddities } from '../../src/formats/index.ts'

interface Scanned {
  readonly cells: string[]
  readonly line: number
  readonly lastLine: number
  readonly flags: number
}

/** Scans bytes handed over in pieces of the given sizes (the last size repeats); what an unfinished record leaves is handed over again. */
function scan(bytes: Uint8Array, sizes: readonly number[] = [bytes.length], delimiter = ','): { records: Scanned[]; marks: number[]; fault: string | null } {
  const scanner = new CsvScanner(delimiter.charCodeAt(0))
  const records: Scanned[] = []
  let rest = 0
  let loaded = 0
  try {
    for (let piece = 0; ; piece += 1) {
      loaded = Math.min(bytes.length, loaded + Math.max(1, sizes[Math.min(piece, sizes.length - 1)] ?? 1))
      const isLast = loaded === bytes.length
      // Bytes move to another buffer at another place, as they do when a file is read piece by piece.
      const moved = new Uint8Array(loaded - rest + 3)
      moved.set(bytes.subarray(rest, loaded), 3)
      scanner.load(moved, 3, moved.length, rest - 3, isLast)
      while (scanner.next()) {
        const cells = Array.from({ length: scanner.fieldCount }, (_, field) => Buffer.from(scanner.fields.subarray(scanner.starts[field], scanner.ends[field])).toString('utf8'))
        records.push({ cells, line: scanner.line, lastLine: scanner.lastLine, flags: scanner.flags })
      }
      rest += scanner.position - 3
      if (isLast) return { records, marks: [...scanner.marks], fault: null }
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { records, marks: [...scanner.marks], fault: `${error.refusal.code} ${error.refusal.line ?? ''}` }
  }
}

const text = (value: string, sizes?: readonly number[], delimiter?: string): ReturnType<typeof scan> => scan(Buffer.from(value), sizes, delimiter)
const cellsOf = (value: string, delimiter?: string): string[][] => text(value, undefined, delimiter).records.map(({ cells }) => cells)

describe('the scanner', () => {
  test('reads quotes, doubled quotes, empty values and line breaks inside quotes', () => {
    expect(cellsOf('a,b,c\n1,"2,""x""",\n"Once upon \na time",5,6\n')).toEqual([['a', 'b', 'c'], ['1', '2,"x"', ''], ['Once upon \na time', '5', '6']])
    expect(cellsOf('"";"x"\n', ';')).toEqual([['', 'x']])
    expect(cellsOf('key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n')[1]).toEqual(['1', '{"type": "Point", "coordinates": [102.0, 0.5]}'])
  })

  test('knows the physical line of each record, with CRLF, LF and lone CR mixed', () => {
    const { records } = text('a\r\nb\rc\n\n"d\r\ne\rf\ng",h\r\ni')
    expect(records.map(({ line, lastLine }) => [line, lastLine])).toEqual([[1, 1], [2, 2], [3, 3], [4, 4], [5, 8], [9, 9]])
    expect(records.at(-1)?.flags).toBe(oddities.unterminated)
    expect(records[4]?.flags).toBe(oddities.severalLines)
  })

  test('names the line on which a quote was opened that is never closed', () => {
    expect(text('a\n"b\nc\n').fault).toBe('quote_unbalanced 2')
    expect(text('a\n"b\n","c\nd').fault).toBe('quote_unbalanced 3')
    expect(text('a\n"b\nc"d\n').fault).toBe('quote_unbalanced 2')
  })

  test('tells a quote in the wrong place on one line, and goes on with the next', () => {
    const { records, fault } = text('a"b,c\n"d"e,f\ng,h\n')
    expect(fault).toBeNull()
    expect(records.map(({ flags }) => flags)).toEqual([oddities.misplacedQuote, oddities.misplacedQuote, 0])
    expect(records[2]?.cells).toEqual(['g', 'h'])
  })

  test('marks the beginning of every thousandth line, inside quotes too', () => {
    const lines = Array.from({ length: 3500 }, (_, index) => (index === 1998 ? '"x' : index === 2003 ? 'y"' : `line ${index}`))
    const bytes = Buffer.from(`${lines.join('\r\n')}\r\n`)
    const { marks } = scan(bytes, [1000])
    expect(marks.length).toBe(4)
    marks.forEach((mark, index) => {
      expect(bytes.subarray(mark).toString().split('\r\n')[0]).toBe(lines[index * linesPerMark])
    })
  })

  const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('', ' ', 'Nguyễn', '"', ',', '\n', '\r\n', '1,5', 'x"y', '\r', '😀'))
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 12 })
  const write = (rows: string[][], lineBreak: string, delimiter = ','): string =>
    rows.map((row) => row.map((value) => (/[",;\t\r\n]/.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value)).join(delimiter)).join(lineBreak) + lineBreak

  test('agrees with papaparse on well-formed files', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom(',', ';', '\t'), (rows, lineBreak, delimiter) => {
        const written = write(rows, lineBreak, delimiter)
        const theirs = Papa.parse<string[]>(written, { delimiter, newline: lineBreak })
        if (theirs.data.at(-1)?.length === 1 && theirs.data.at(-1)?.[0] === '') theirs.data.pop()
        expect(cellsOf(written, delimiter)).toEqual(rows)
        expect(theirs.data).toEqual(rows)
      }),
      { numRuns: 500 },
    )
  })

  test('gives the same records for the same bytes in any pieces, well-formed or not', () => {
    const soup = fc.array(fc.constantFrom(',', '"', '"', '\n', '\r', '\r\n', 'a', 'ễ', 'x,y', '""', '","'), { maxLength: 60 }).map((parts) => parts.join(''))
    const content = fc.oneof(soup, fc.tuple(table, fc.constantFrom('\n', '\r\n', '\r')).map(([rows, lineBreak]) => write(rows, lineBreak)))
    fc.assert(
      fc.property(content, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 }), (value, sizes) => {
        fc.pre(value !== '')
        const whole = text(value)
        const pieces = text(value, sizes)
        expect(pieces.fault).toBe(whole.fault)
        // When the file is refused, how many records came before depends on nothing either.
        expect(pieces.records).toEqual(whole.records)
      }),
      { numRuns: 2000 },
    )
  })

  test('counts each line break once: the last line number is that of a plain count', () => {
    const soup = fc.array(fc.constantFrom('a', ',', '\n', '\r', '\r\n', '"b\nc"', '"d\r\ne"'), { maxLength: 60 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(soup, (value) => {
        const { records, fault } = text(`${value}\nend`)
        fc.pre(fault === null)
        expect(records.at(-1)?.line).toBe(`${value}\nend`.split(/\r\n|\r|\n/).length)
      }),
    )
  })

  test('survives random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (bytes, size) => {
        expect(scan(bytes, [size]).records.length).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})
