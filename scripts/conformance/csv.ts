/** CSV: the scanner's cells against the published ones. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CsvScanner, textOf } from '../../src/formats/index.ts'
import { Comparison, filesBelow, type SetResult } from './compare.ts'

/** Compares the set. */
export function compareCsv(folder: string): SetResult {
  const comparison = new Comparison()
  for (const file of filesBelow(folder, '.csv')) {
    comparison.begin(file)
    const [header = [], ...rows] = scan(readFileSync(join(folder, file)))
    const theirs = JSON.parse(readFileSync(join(folder, file.replace(/\.csv$/, '.expected.json')), 'utf8')) as Record<string, string>[]
    comparison.field('rows', rows.length, theirs.length)
    for (const [index, row] of theirs.entries()) {
      comparison.field(`row ${index + 1} columns`, header.join('|'), Object.keys(row).join('|'))
      for (const [column, value] of Object.entries(row)) comparison.field(`row ${index + 1} ${column}`, rows[index]?.[header.indexOf(column)], value)
    }
  }
  return comparison.result('csv')
}

function scan(bytes: Buffer): string[][] {
  const scanner = new CsvScanner(0x2c)
  scanner.load(bytes, 0, bytes.length, 0, true)
  const rows: string[][] = []
  while (scanner.next()) {
    const cells: string[] = []
    for (let field = 0; field < scanner.fieldCount; field += 1) cells.push(textOf(scanner.fields, scanner.starts[field] ?? 0, scanner.ends[field] ?? 0))
    rows.push(cells)
  }
  return rows
}
