/** A file beside the one before it: lines that are the same, changed, new and gone, exactly, and nothing stored. */
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { compareFile, rehearseFile, voidFile } from '../../src/ingest/index.ts'
import { clock, fileOf, ingestText, listHeader, listLine, paymentHeader, paymentLine, stateOf, surroundingsIn, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const compare = (text: string, more: object = {}, withFile?: string): ReturnType<typeof compareFile> => compareFile(clone().database, { path: fileOf(folder, text), ...more }, surroundingsIn(folder), withFile)
const id = (number: number): string => `001087${`${number}`.padStart(6, '0')}`
const list = (lines: readonly string[], extra = ''): string => [`${listHeader}${extra === '' ? '' : ',list_date'}`, ...lines.map((line) => line + extra), ''].join('\n')

describe('a file beside the one before it', () => {
  test('says how many lines are the same, changed, new and gone, where, and in which columns; and stores nothing', async () => {
    const { database } = clone()
    const lines = Array.from({ length: 200 }, (_, index) => listLine({ id: id(index) }))
    const first = await ingestText(database, folder, list(lines, ',2026-10-01'), { source: 'xã A' })
    await ingestText(database, folder, list(lines.slice(0, 3), ',2026-10-02'), { source: 'xã B' })
    const before = await stateOf(database)
    const corrected = [...lines]
    corrected[4] = listLine({ id: id(4), amount: '810000' })
    corrected[5] = listLine({ id: id(5), name: 'Trần Thị Bình', amount: '540000.00' })
    corrected.splice(10, 2)
    corrected.push(listLine({ id: id(900) }))
    // Another day on every line is no change, nor is another order or the amount written with .00.
    corrected[20] = listLine({ id: id(22), amount: '540000.00' })
    const comparison = await compare(list(corrected.toReversed(), ',2026-10-05'), { source: 'xã A' })
    expect(comparison).toMatchObject({ earlier: { file_id: first.file_id }, same: 196, changed: 2, new: 1, gone: 2, same_percent: 97, sum: `${540_000n * 199n + 270_000n}`, earlier_sum: `${540_000n * 200n}` })
    expect(comparison.changes).toEqual([
      { change: 'new', line: 2, earlier_line: null, columns: [] },
      { change: 'gone', line: null, earlier_line: 12, columns: [] },
      { change: 'gone', line: null, earlier_line: 13, columns: [] },
      { change: 'changed', line: 195, earlier_line: 7, columns: ['beneficiary_name'] },
      { change: 'changed', line: 196, earlier_line: 6, columns: ['due_amount'] },
    ].sort((a, b) => (a.line ?? a.earlier_line) - (b.line ?? b.earlier_line)))
    expect(await stateOf(database)).toBe(before)
  })

  test('is laid beside the newest of the same source and kind that shares a month, or beside the one that is named', async () => {
    const { database } = clone()
    const october = await ingestText(database, folder, list([listLine({ id: id(1) }), listLine({ id: id(2) })]), { source: 'months' })
    const november = await ingestText(database, folder, list([listLine({ id: id(1), period: '2026-11' })]), { source: 'months' })
    const again = list([listLine({ id: id(1) }), listLine({ id: id(3) })])
    expect(await compare(again, { source: 'months' })).toMatchObject({ earlier: { file_id: october.file_id }, same: 1, new: 1, gone: 1, changed: 0, same_percent: 33 })
    expect(await compare(again, { source: 'months' }, november.file_id ?? '')).toMatchObject({ earlier: { file_id: november.file_id }, same: 0, new: 2, gone: 1 })
    expect(await compare(again, { source: 'nobody' })).toMatchObject({ earlier: null, same: 0, same_percent: null, receipt: { accepted: 1, repeats: 1 } })
    await voidFile(database, october.file_id ?? '', 'a mistake', clock)
    expect(await compare(again, { source: 'months' })).toMatchObject({ earlier: { file_id: november.file_id } })
    await expect(compare(again, { source: 'months' }, october.file_id ?? '')).rejects.toMatchObject({ code: 'file_unknown' })
    await expect(compare(again, {}, 'x')).rejects.toMatchObject({ code: 'file_unknown' })
  })

  test('holds up nobody while it is under way: another bank\'s file of the kind, with the same codes in it, is sealed meanwhile', async () => {
    const { database } = clone()
    const payments = (agent: string): string => [paymentHeader, paymentLine({ reference: `LOOK-${agent}`, agent, account: 'LOOKED1AT2' }), ''].join('\n')
    const [reached, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const looking = rehearseFile(database, { path: fileOf(folder, payments('970405')), source: '970405' }, surroundingsIn(folder), () => {
      reached.resolve(undefined)
      return released.promise
    })
    try {
      await reached.promise
      expect(await Promise.race([ingestText(database, folder, payments('970436'), { source: '970436' }), sleep(10_000, 'held up')])).toMatchObject({ status: 'sealed', accepted: 1 })
    } finally {
      released.resolve(undefined)
    }
    expect(await looking).toMatchObject({ status: 'sealed', accepted: 1 })
    expect(await database.query("select source from source_file where source in ('970405', '970436') order by source")).toEqual([{ source: '970436' }])
  })

  test('knows a payment by its reference whatever changed of it, and true twins by their number', async () => {
    const { database } = clone()
    const twin = paymentLine({ reference: '', account: '1500205999999' })
    const payments = (lines: readonly string[]): string => [paymentHeader, ...lines, ''].join('\n')
    await ingestText(database, folder, payments([paymentLine({ reference: 'C1' }), paymentLine({ reference: 'C2' }), twin, twin, twin]), { source: 'bank' })
    const comparison = await compare(payments([paymentLine({ reference: 'C1', account: '1500205777777', id: id(77) }), paymentLine({ reference: 'C2' }), twin, twin]), { source: 'bank' })
    expect(comparison).toMatchObject({ same: 3, changed: 1, new: 0, gone: 1 })
    expect(comparison.changes[0]).toEqual({ change: 'changed', line: 2, earlier_line: 2, columns: ['creditor_account', 'beneficiary_id'] })
  })

  test('that is the same again is 100 %, and one that would be refused says why', async () => {
    const { database } = clone()
    const text = list([listLine({ id: id(800) })])
    await ingestText(database, folder, text, { source: 'same' })
    expect(await compare(text, { source: 'same' })).toMatchObject({ same: 1, changed: 0, new: 0, gone: 0, same_percent: 100 })
    expect(await compare('a,b\n1,2\n')).toMatchObject({ receipt: { status: 'refused', refusal: { code: 'kind_unknown' } }, earlier: null })
  })

  test('is counted as a plain comparison of lines would count it', async () => {
    const { database } = clone()
    let round = 0
    const lines = fc.array(fc.record({ person: fc.integer({ min: 1, max: 6 }), amount: fc.constantFrom('1', '2') }), { minLength: 1, maxLength: 12 })
    await fc.assert(fc.asyncProperty(lines, lines, async (before, after) => {
      const source = `round ${round++}`
      const write = (all: typeof before): string => list(all.map(({ person, amount }) => listLine({ id: id(person), amount })))
      // The same bytes from another round would be a repeat of that round's file.
      await ingestText(database, folder, `${source}\n${write(before)}`, { source })
      const { same, changed, new: added, gone } = await compare(write(after), { source })
      const left = after.map(({ person, amount }) => `${person} ${amount}`)
      const right = before.map(({ person, amount }) => `${person} ${amount}`)
      for (const one of [...left]) if (right.includes(one)) { right.splice(right.indexOf(one), 1); left.splice(left.indexOf(one), 1) }
      const people = (all: readonly string[]): string[] => all.map((one) => one.split(' ')[0] ?? '')
      const [mine, theirs] = [people(left), people(right)]
      let pairs = 0
      for (const one of [...mine]) if (theirs.includes(one)) { theirs.splice(theirs.indexOf(one), 1); mine.splice(mine.indexOf(one), 1); pairs += 1 }
      expect({ same, changed, added, gone }).toEqual({ same: after.length - left.length, changed: pairs, added: mine.length, gone: theirs.length })
    }), { numRuns: 25 })
  })
})
