/** The finding duplicate_person from list to result: exact and scored, full and by increments, with a void list leaving nothing behind. */
import { beforeEach, describe, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { voidFile } from '../../src/ingest/index.ts'
import { linkPersons } from '../../src/linkage/index.ts'
import { loadFindingTypes, run } from '../../src/reconcile/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'
import type { ModelFile, Row } from '../model/types.ts'

const clone = useDatabase()
const clock = stoppedClock('2026-11-20T02:00:00Z')
const examples = loadFindingTypes().find(({ code }) => code === 'duplicate_person')?.examples ?? []

// Paid in time to their own account: nobody is a subject unless somebody nominates them.
const inOrder = (people: readonly Row[]): ModelFile[] => [
  { kind: 'beneficiary_list', rows: people.map((row, index) => ({ scheme: 'BTXH', benefit_period: '2026-10', unit_code: '00001', due_amount: '500000', due_date: '2026-10-10', creditor_agent: '970436', creditor_account: accountOf(row, index), ...row })) },
  { kind: 'account_opening', rows: people.map((row, index) => ({ creditor_agent: '970436', account_number: accountOf(row, index), holder_id: row['beneficiary_id'] ?? '', holder_name: 'x', opened_date: '2025-01-01', account_status: 'active' })) },
  { kind: 'disbursement', rows: people.map((row, index) => ({ end_to_end_id: `E${row['beneficiary_id'] ?? ''}`, scheme: 'BTXH', benefit_period: '2026-10', beneficiary_id: row['beneficiary_id'] ?? '', creditor_agent: '970436', creditor_account: accountOf(row, index), instructed_amount: '500000', transaction_status: 'ACSC', credited_at: '2026-10-09' })) },
]
const accountOf = (row: Row, index: number): string => `1${(row['beneficiary_id'] ?? String(index)).slice(-8)}`
const one = (beneficiary_id: string, beneficiary_name: string, birth_date: string, more: Row = {}): Row => ({ beneficiary_id, beneficiary_name, birth_date, ...more })

const first = one('001050000001', 'Trương Thị Hòa', '1950-03-12')
const sameSpelling = one('201234567', 'TRƯƠNG  THỊ HOÀ', '1950-03-12')
const withoutMarks = one('209876543', 'TRUONG THI HOA', '1950-03-12')
const stranger = one('001049000009', 'Lê Văn Sang', '1949-03-12')

beforeEach(async () => {
  await forgetFacts(clone().database)
  await clone().database.query('truncate linked_file, folded_name, person_identity, person_pair, person_pair_change, published_file, subject, finding, run')
})

const go = (isFull = false): Promise<{ mode: string }> => run(clone().database, { asOf: '2026-10-31', timeZone: 'Asia/Ho_Chi_Minh', clock, isFull })
const found = (): Promise<{ subject: string; amount: string; evidence: Record<string, unknown> }[]> => clone().database.query("select subject, amount_at_stake::text as amount, evidence, source_rows from finding where code = 'duplicate_person' order by subject collate \"C\"")
const subjects = async (): Promise<string[]> => (await found()).map(({ subject }) => subject)
const clean = async (): Promise<string> => (await clone().database.query<{ count: string }>("select sum(entitlement_count) as count from outcome_count where outcome_class = 'paid'"))[0]?.count ?? ''

describe('worked examples', () => {
  test.each(examples)('$kind: $sentence', async ({ lines }) => {
    const { files, asOf, expected } = readScenario(lines)
    await ingestModelFiles(clone().database, filesForModel(files))
    await linkPersons(clone().database)
    await run(clone().database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock })
    expect((await found()).map(({ subject, amount }) => ({ subject, amount }))).toEqual(expected === null ? [] : [{ subject: expected.subject, amount: expected.amount }])
  })
})

describe('people who are otherwise in order', () => {
  test('two spellings of one name are found without any linkage, with both lines and both names', async () => {
    await ingestModelFiles(clone().database, inOrder([first, sameSpelling, stranger]))
    await go()
    expect(await found()).toMatchObject([{ subject: '001050000001|201234567', amount: '500000', evidence: { name_class: 'E1', beneficiaries: [{ beneficiary_id: '001050000001' }, { beneficiary_id: '201234567' }] }, source_rows: [{ line: 2 }, { line: 3 }] }])
    expect(await clean()).toBe('3')
  })

  test('lost marks are found once linkage has scored them, by an increment too, and told with their points', async () => {
    await ingestModelFiles(clone().database, inOrder([first, withoutMarks, stranger]))
    await go()
    expect(await subjects()).toEqual([])
    await linkPersons(clone().database)
    expect(await go()).toMatchObject({ mode: 'increment' })
    const byIncrement = await found()
    expect(byIncrement).toMatchObject([{ subject: '001050000001|209876543', evidence: { comparisons: [{ compared: 'name', agreement: 'E2' }, { compared: 'birth_date', agreement: 'same' }, {}, {}, {}] } }])
    await go(true)
    expect(await found()).toEqual(byIncrement)
    expect(await clean()).toBe('3')
  })

  test.each([['exact', sameSpelling], ['scored', withoutMarks]])('%s: the other one comes a night later, is voided again, and nothing is left', async (_, other) => {
    const { database } = clone()
    await ingestModelFiles(database, inOrder([first, stranger]))
    await linkPersons(database)
    await go()
    const before = await clean()
    const late = inOrder([other])
    await ingestModelFiles(database, late)
    await linkPersons(database)
    expect(await go()).toMatchObject({ mode: 'increment' })
    const byIncrement = await found()
    expect(byIncrement).toHaveLength(1)
    await go(true)
    expect(await found()).toEqual(byIncrement)
    // A payment for the first one alone takes both up again, and the pair stays.
    await ingestModelFiles(database, [{ kind: 'disbursement', rows: [{ end_to_end_id: 'E0', scheme: 'BTXH', benefit_period: '2026-10', beneficiary_id: other['beneficiary_id'] ?? '', creditor_agent: '970436', creditor_account: accountOf(other, 0), instructed_amount: '1', transaction_status: 'RJCT', instructed_at: '2026-10-02' }] }])
    expect(await go()).toMatchObject({ mode: 'increment' })
    expect((await found()).map(({ evidence: _evidence, ...rest }) => rest)).toEqual(byIncrement.map(({ evidence: _evidence, ...rest }) => rest))
    for (const { file_id: file } of await database.query<{ file_id: string }>('select file_id from source_file where file_id > 0 order by file_id desc limit 4')) await voidFile(database, file, 'a mistake', clock)
    expect(await go()).toMatchObject({ mode: 'increment' })
    expect(await subjects()).toEqual([])
    await linkPersons(database)
    await go()
    expect([await subjects(), await clean()]).toEqual([[], before])
    await go(true)
    expect([await subjects(), await clean()]).toEqual([[], before])
  })

  test('three of one name are three pairs', async () => {
    await ingestModelFiles(clone().database, inOrder([first, sameSpelling, { ...first, beneficiary_id: '001050000003' }]))
    await go()
    expect(await subjects()).toEqual(['001050000001|001050000003', '001050000001|201234567', '001050000003|201234567'])
  })
})
