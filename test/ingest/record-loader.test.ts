/** However the bytes of a file come, in whatever pieces, the same rows, problems, ignored lines and refusals come out. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileFault, headBytes } from '../../src/formats/index.ts'
import { openTop } from '../../src/ingest/opening.ts'
import { LineTally } from '../../src/ingest/line-tally.ts'
import { RecordLoader } from '../../src/ingest/record-loader.ts'
import { RepeatFilter } from '../../src/ingest/repeat-filter.ts'
import { SchemeBook } from '../../src/ingest/word-list.ts'
import { listHeader, listLine } from './helpers.ts'

interface Outcome {
  readonly fault: unknown
  readonly rows: string
  readonly problems: unknown
  readonly counts: readonly number[]
  readonly marks: readonly number[]
  readonly suspects: readonly string[] | null
}

/** Loads a whole file, handing over as many bytes at a time as `sizes` say (the last repeats). */
function load(file: Buffer, sizes: readonly number[]): Outcome {
  const tally = new LineTally(1)
  const filter = new RepeatFilter(10)
  const rows: Buffer[] = []
  let loader: RecordLoader | null = null
  let fault: unknown = null
  try {
    const opening = openTop(file.subarray(0, headBytes), file.length)
    loader = new RecordLoader(opening.header, 1, new SchemeBook([{ id: 1, scheme: 'BTXH', currency: 'VND' }], new Map([['BTXH', 1]])), tally, filter)
    let taken = opening.start
    let given = 0
    for (let piece = 0; given < file.length; piece += 1) {
      given = Math.min(file.length, Math.max(given, taken) + (sizes[Math.min(piece, sizes.length - 1)] as number))
      const bytes = Buffer.concat([Buffer.from('!!'), file.subarray(taken, given)])
      taken += loader.load(bytes, 2, bytes.length, taken - 2, false) - 2
      rows.push(...loader.takeFilled())
    }
    const rest = Buffer.from(file.subarray(taken))
    loader.load(rest, 0, rest.length, taken, true)
    rows.push(...loader.finish())
    tally.finish(0)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    fault = error.refusal
  } finally {
    tally.close()
  }
  const refused = fault !== null
  return {
    fault,
    rows: refused ? '' : Buffer.concat(rows).toString('hex'),
    problems: refused ? [] : tally.problems,
    counts: refused ? [] : [tally.lines, tally.stored, tally.problemLines, tally.ignored, tally.ignoredRows.rows],
    marks: refused ? [] : (loader?.marks ?? []),
    suspects: filter.suspects,
  }
}

const line = fc.constantFrom(
  listLine(),
  listLine({ name: 'Trần Thị Ể' }),
  listLine({ name: '"Lê ""Bé""\nBa"' }),
  listLine({ name: 'Ê\u0303', amount: '1.5.0' }),
  listLine({ id: '87123456789' }),
  '',
  'Thôn Nà Pó,,,,,',
  'Tổng cộng,,,,,',
  listHeader,
  'x"y,1',
  '"mở',
  '😀,😀',
)
const file = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.option(fc.tuple(fc.nat(2000), fc.constantFrom(0xff, 0xc3, 0x00, 0x22, 0x0d))))
  .map(([lines, lineBreak, hasMark, damage]) => {
    const bytes = Buffer.from(`${hasMark ? '\ufeff' : ''}Danh sách${lineBreak}${[listHeader, ...lines].join(lineBreak)}`)
    if (damage !== null && damage[0] < bytes.length) bytes[damage[0]] = damage[1]
    return bytes
  })

test('pieces of any size give what the whole gives', () => {
  let sealed = 0
  fc.assert(
    fc.property(file, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }), (bytes, sizes) => {
      const whole = load(bytes, [bytes.length])
      expect(load(bytes, sizes)).toEqual(whole)
      if (whole.fault === null) sealed += 1
    }),
    { numRuns: 1500 },
  )
  expect(sealed).toBeGreaterThan(200)
})

test('a sum stays exact over more rows than a number could add up', () => {
  const rows = Array.from({ length: 5000 }, () => listLine({ amount: '999999999999999' }))
  const tally = new LineTally(1)
  const bytes = Buffer.from(`${[listHeader, ...rows, listLine({ amount: '7.00', id: '1' })].join('\n')}\n`)
  const loader = new RecordLoader(openTop(bytes, bytes.length).header, 1, new SchemeBook([{ id: 1, scheme: 'BTXH', currency: 'VND' }], new Map()), tally, new RepeatFilter(10))
  loader.load(bytes, 0, bytes.length, 0, true)
  expect(tally.sum.total).toBe('4999999999999995007')
})
