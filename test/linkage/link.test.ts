/** The same person under two ids: scored pairs are a function of the sealed lists alone, and SQL leaves out no pair that counts. */
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { foldName, nameSpelling, stoppedClock } from '../../src/core/index.ts'
import { voidFile } from '../../src/ingest/index.ts'
import { linkPersons, namePoints, personComparisons, reviewThreshold, scorePair, type Description } from '../../src/linkage/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { everyLetter, syllables } from '../helpers/vietnamese.ts'
import type { ModelFile, Row } from '../model/types.ts'

const clone = useDatabase()
const clock = stoppedClock('2026-11-20T02:00:00Z')

const person = (id: string, name: string, birthDate: string, more: Row = {}): Row => ({ scheme: 'BTXH', benefit_period: '2026-10', beneficiary_id: id, beneficiary_name: name, birth_date: birthDate, unit_code: '00001', due_amount: '500000', ...more })
const list = (...rows: Row[]): ModelFile => ({ kind: 'beneficiary_list', rows })

async function forgetAll(): Promise<void> {
  await forgetFacts(clone().database)
  await clone().database.query('truncate linked_file, folded_name, person_identity, person_pair, person_pair_change')
}
const pairs = (): Promise<object[]> => clone().database.query('select identifier_text(person_key) as id, identifier_text(other_key) as other_id, score, evidence from person_pair order by 1, 2')

beforeEach(forgetAll)

describe('a name’s spelling in SQL is the one in TypeScript', () => {
  const inSql = async (names: readonly string[]): Promise<(string | null)[]> => (await clone().database.query<{ spelling: string | null }>('select name_spelling(name) as spelling from unnest($1::text[]) with ordinality as given (name, place) order by place', [names])).map((row) => row.spelling)

  test('for every letter beside every other, composed and decomposed, small and capital', async () => {
    const letters = everyLetter.flatMap(({ letter }) => [letter, letter.toLowerCase()])
    const names = letters.flatMap((first) => letters.map((second) => `H${first}${second}`)).flatMap((name) => [name.normalize('NFC'), name.normalize('NFD')])
    expect(names.length).toBeGreaterThan(60_000)
    expect(await inSql(names)).toEqual(names.map(nameSpelling))
  })

  test('for blanks, signs of zero width and look-alikes of Đ', async () => {
    const blanks = ['\u0009', '\u000a', '\u000b', '\u000c', '\u000d', ' ', '\u00a0', '\u1680', ...Array.from({ length: 11 }, (_, index) => String.fromCharCode(0x2000 + index)), '\u2028', '\u2029', '\u202f', '\u205f', '\u3000', '\u00ad', '\u034f', '\u061c', '\u180e', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u202a', '\u202e', '\u2060', '\u2064', '\ufeff', '  \u200b ']
    const names = [...blanks.flatMap((blank) => [`${blank}Lê${blank}Lợi${blank}`]), ...Array.from('ĐÐƉđðɖ', (letter) => `${letter}ặng Qúy Quý Hòê`), '', ' ', '?']
    expect(await inSql(names)).toEqual(names.map(nameSpelling))
  })

  test('for random names', async () => {
    const names = fc.sample(fc.array(fc.constantFrom(...syllables, '  ', '\u00a0', '-', "'"), { maxLength: 8 }).map((parts) => parts.join(' ')), 2000)
    expect(await inSql(names)).toEqual(names.map(nameSpelling))
  })
})

describe('pairs', () => {
  test('marks lost, an old and a new number, one commune: a pair, told with its points', async () => {
    await ingestModelFiles(clone().database, [list(person('001087000001', 'Trương Thị Thuỷ', '1950-03-12'), person('201234567', 'TRUONG THI THUY', '1950-03-12'), person('001087000003', 'Trương Văn Sang', '1950-03-13'))])
    const linkage = await linkPersons(clone().database)
    expect(linkage).toMatchObject({ is_linked: true, persons: 3, pairs: 1 })
    const [pair] = (await pairs()) as { id: string; other_id: string; score: number; evidence: { score: string; comparisons: { compared: string; agreement: string; points: string }[] } }[]
    expect(pair).toMatchObject({ id: '001087000001', other_id: '201234567' })
    expect(pair?.evidence.comparisons.map(({ compared, agreement }) => `${compared} ${agreement}`)).toEqual(['name E2', 'birth_date same', 'unit same', 'sex unknown', 'id old_and_new'])
    expect(String(pair?.evidence.comparisons.reduce((sum, { points }) => sum + parseInt(points, 10), 0))).toBe(pair?.evidence.score)
  })

  test.each<[string, Row, Row]>([
    ['day and month swapped', person('001087000001', 'Trương Thị Thủy', '1950-03-12'), person('201234567', 'Trương Thị Thủy', '1950-12-03')],
    ['the given name first', person('001087000001', 'Trương Thị Thủy', '1950-03-12'), person('201234567', 'Thủy Trương Thị', '1950-03-12')],
    ['the middle name left out', person('001087000001', 'Trương Thị Thủy', '1950-03-12'), person('201234567', 'Trương Thủy', '1950-03-12')],
    ['the end cut off', person('001087000001', 'Nguyễn Thị Phương Thảo', '1950-03-12'), person('201234567', 'NGUYEN THI PHUONG TH', '1950-03-12')],
    ['moved to another commune', person('001087000001', 'Trương Thị Thủy', '1950-03-12'), person('201234567', 'Trương Thị Thuỷ', '1950-03-12', { unit_code: '00002' })],
  ])('%s', async (_, first, second) => {
    await ingestModelFiles(clone().database, [list(first, second)])
    expect(await linkPersons(clone().database)).toMatchObject({ pairs: 1 })
  })

  test.each<[string, Row, Row]>([
    ['twins', person('001087000001', 'Nguyễn Thị Hoa', '1950-03-12'), person('001087000002', 'Nguyễn Thị Hòa', '1950-03-12')],
    ['twins a letter apart', person('001087000001', 'Trần Thị Hoa', '1950-03-12'), person('001087000002', 'Trần Thị Hoan', '1950-03-12')],
    ['twins with names the other way round', person('001087000001', 'Lý Ngọc Lan', '1950-03-12'), person('001087000002', 'Lý Lan Ngọc', '1950-03-12')],
    ['father and son of one name', person('001087000001', 'Giàng A Páo', '1950-03-12'), person('001087000002', 'Giàng A Páo', '1974-03-12')],
    ['a brother and a sister', person('001087000001', 'Nguyễn Văn Bình', '1950-03-12', { sex: 'male' }), person('001087000002', 'Nguyễn Thị Bình', '1950-03-12', { sex: 'female' })],
    ['a frequent name and 1 January in another commune', person('001087000001', 'Nguyễn Thị Hoa', '1950-01-01'), person('201234567', 'Nguyễn Thị Hoa', '1950-01-01', { unit_code: '00002' })],
  ])('none for %s', async (_, first, second) => {
    await ingestModelFiles(clone().database, [list(first, second)])
    expect(await linkPersons(clone().database)).toMatchObject({ is_linked: true, pairs: 0 })
  })

  test('many new lines are left to a linkage of their own, and then nothing has changed', async () => {
    await ingestModelFiles(clone().database, [list(person('001087000001', 'Trương Thị Thủy', '1950-03-12'), person('201234567', 'TRUONG THI THUY', '1950-03-12'))])
    expect(await linkPersons(clone().database, { mostLines: 1 })).toMatchObject({ is_linked: false, waiting_lines: 2, pairs: 0 })
    expect(await pairs()).toEqual([])
    expect(await linkPersons(clone().database, { mostLines: 2 })).toMatchObject({ is_linked: true, waiting_lines: 2, pairs: 1 })
    expect(await linkPersons(clone().database)).toMatchObject({ is_linked: true, waiting_lines: 0, persons: 0, pairs: 1 })
  })
})

// Few people, so that many pairs come about; some described twice, so that changes and voids matter.
const someone = fc.record({
  number: fc.integer({ min: 1, max: 12 }), isOld: fc.boolean(), name: fc.constantFrom('Trương Thị Thủy', 'TRUONG THI THUY', 'Trương Thuỷ', 'Thủy Trương Thị', 'Truong Thi Thu', 'Nguyễn Văn Hùng', 'NGUYEN VAN HUNG', 'Nguyễn Văn Hưng', 'Giàng A Páo', 'Giàng A Pao'),
  birth: fc.constantFrom('1950-03-12', '1950-12-03', '1950-03-13', '1960-03-12', '1950-01-01', '1950', ''), unit: fc.constantFrom('00001', '00002'), sex: fc.constantFrom('male', 'female', ''),
}).map(({ number, isOld, name, birth, unit, sex }) => person(isOld ? `2${String(number).padStart(8, '0')}` : `001087${String(number).padStart(6, '0')}`, name, birth, { unit_code: unit, sex }))
// Every file has a line of its own: two files of the same bytes would be one.
const nights = fc.array(fc.array(someone, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }).map((all) => all.map((rows, index) => list(...rows, person(`00109900000${index}`, `Khúc Văn ${index}`, '1900-05-05'))))

describe('laws', () => {
  test('night by night, all at once, in another order, or around a voided file: the same pairs, and those that scoring everybody with everybody finds', async () => {
    await fc.assert(fc.asyncProperty(nights, fc.nat(3), async (files, gone) => {
      const { database } = clone()
      const isKept = (_: ModelFile, index: number): boolean => index !== gone
      await forgetAll()
      for (const file of files) {
        await ingestModelFiles(database, [file])
        await linkPersons(database)
      }
      const byNight = await pairs()
      await database.query('truncate linked_file, folded_name, person_identity, person_pair')
      await linkPersons(database)
      expect(await pairs()).toEqual(byNight)

      const [doomed] = await database.query<{ file_id: string }>('select file_id from source_file where file_id > 0 order by file_id offset $1 limit 1', [gone])
      if (doomed !== undefined) {
        await voidFile(database, doomed.file_id, 'a mistake', clock)
        await linkPersons(database)
      }
      const afterVoid = await pairs()
      expect(afterVoid.map(named)).toEqual(scoredByHand(files.filter(isKept)))
      await forgetAll()
      await ingestModelFiles(database, files.filter(isKept).reverse())
      await linkPersons(database)
      expect(await pairs()).toEqual(afterVoid)
    }), { numRuns: 8, endOnFailure: true })
  }, 300_000)
})

const named = (pair: object): string => {
  const { id, other_id: other, score } = pair as { id: string; other_id: string; score: number }
  return `${id} ${other} ${String(score)}`
}

/** Everybody with everybody, by the definition of a shared key and no bound; the best score of each two ids. */
function scoredByHand(files: readonly ModelFile[]): string[] {
  const best = new Map<string, number>()
  const rows = files.flatMap((file) => file.rows)
  for (const first of rows) {
    for (const second of rows) {
      if ((first['beneficiary_id'] ?? '') >= (second['beneficiary_id'] ?? '')) continue
      if (!shareKey(first, second)) continue
      const { score } = scorePair(personComparisons, description(first), description(second))
      const pair = `${first['beneficiary_id'] ?? ''} ${second['beneficiary_id'] ?? ''}`
      if (score >= reviewThreshold) best.set(pair, Math.max(score, best.get(pair) ?? score))
    }
  }
  return [...best].map(([pair, score]) => `${pair} ${String(score)}`).sort()
}

/** The four equalities of sql/linkage, said once more. */
function shareKey(first: Row, second: Row): boolean {
  const [these, those] = [first, second].map((row) => {
    const birth = row['birth_date'] ?? ''
    const tokens = foldName(row['beneficiary_name'] ?? '').fold.split(' ')
    const [year = '', ...rest] = birth.split('-')
    return { given: tokens.at(-1), name: [...tokens].sort().join(' '), year, day: birth.length === 10 ? [year, ...rest.sort()].join('-') : '', unit: row['unit_code'] }
  })
  if (these === undefined || those === undefined) return false
  const isSameDay = these.day !== '' && these.day === those.day
  const isSameUnit = these.unit === those.unit
  return (these.name === those.name && ((these.year !== '' && these.year === those.year) || isSameUnit)) || (isSameDay && (these.given === those.given || isSameUnit))
}

function description(row: Row): Description {
  const id = row['beneficiary_id'] ?? ''
  const birth = row['birth_date'] ?? ''
  const name = foldName(row['beneficiary_name'] ?? '')
  return { hasOldNumber: id.length === 9, name, namePoints: namePoints(name.fold), birthDate: birth.length === 10 ? birth : null, birthYear: birth === '' ? null : parseInt(birth, 10), sex: row['sex'] === '' ? null : (row['sex'] ?? null), unitCode: row['unit_code'] ?? '' }
}
