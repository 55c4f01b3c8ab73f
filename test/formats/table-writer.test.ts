/** Rows of cells come back from the CSV made of them, each with the number that its sender gave it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeOf } from '../../src/core/index.ts'
import { CsvScanner } from '../../src/formats/index.ts'
import { TableWriter } from '../../src/formats/table-writer.ts'
import { fuzzing } from '../helpers/fuzz.ts'

test('whatever the cells hold', () => {
  const cell = fc.oneof(fc.constantFrom('', ' ', '"', ',', '\n', '\r\n', '\r', 'a"b', '"a"', 'Nguyễn\nVăn "An", Bé', ';'), fc.string({ maxLength: 8 }))
  const table = fc.array(fc.record({ cells: fc.array(cell, { minLength: 1, maxLength: 5 }), gap: fc.nat(3), isRemarked: fc.boolean(), isTaken: fc.boolean() }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(table, (rows) => {
      const writer = new TableWriter()
      let number = 0
      const pieces: Buffer[] = []
      const expected = rows.map(({ cells, gap, isRemarked, isTaken }) => {
        number += 1 + gap
        writer.row(cells, number, isRemarked ? { aside: 'title' } : undefined)
        if (isTaken) pieces.push(writer.take())
        return { cells, number, remark: isRemarked ? { aside: 'title' } : null }
      })
      pieces.push(writer.take())
      const bytes = Buffer.concat(pieces)
      const scanner = new CsvScanner(0x2c)
      scanner.load(bytes, 0, bytes.length, 0, true)
      const found: unknown[] = []
      while (scanner.next()) {
        const cells = Array.from({ length: scanner.fieldCount }, (_, field) => Buffer.from(scanner.fields.subarray(scanner.starts[field], scanner.ends[field])).toString())
        found.push({ cells, number: writer.notes.numberOf(scanner.line), remark: writer.notes.take(scanner.line) })
        expect(writer.notes.take(scanner.line)).toBeNull()
      }
      // A letter that UTF-8 cannot hold becomes the sign of a lost letter, which is a problem of its row.
      expect(found).toEqual(expected.map((row) => ({ ...row, cells: row.cells.map((text) => Buffer.from(text).toString()) })))
    }),
    fuzzing(500),
  )
})

test('a line of a workbook with several sheets is found by sheet and row', () => {
  const sheet = (name: string, first: number | null, last: number | null): Parameters<typeof placeOf>[0] => [{ name, status: first === null ? 'hidden' : 'taken', first_line: first, last_line: last, first_number: first === null ? null : first % 10_000_000 }]
  const parts = [...sheet('A', 1, 40)!, ...sheet('Ẩn', null, null)!, ...sheet('B', 10_000_004, 10_000_090)!]
  expect(placeOf(parts, 7)).toEqual({ part: 'A', number: 7 })
  expect(placeOf(parts, 10_000_005)).toEqual({ part: 'B', number: 5 })
  expect(placeOf(parts, 99)).toEqual({ part: null, number: 99 })
  expect(placeOf(sheet('A', 1, 40), 7)).toEqual({ part: null, number: 7 })
  expect(placeOf(null, 7)).toEqual({ part: null, number: 7 })
})
