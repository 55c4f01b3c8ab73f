/** Nobody who is paid in order loses a finding by it: with every beneficiary worked out in full, the same is found. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { clock } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { canMeddle, meddle } from '../helpers/meddle.ts'
import { readScenario } from '../helpers/scenario.ts'
import { findingsOf } from '../helpers/scenario-files.ts'
import { worldsOf } from '../helpers/shuffled.ts'

const clone = useDatabase()

interface Person {
  readonly category: string
  readonly amounts: readonly string[]
  readonly isDated: boolean
  readonly about: string
  readonly unit: string
  readonly id: string
  readonly register: string
  readonly withdrawal: string
  readonly mandate: string
  readonly hasPension: boolean
}

const seldom = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> => fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
const person: fc.Arbitrary<Person> = fc.record({
  category: fc.constantFrom('', '', 'X', 'Z'),
  amounts: fc.array(seldom('750000', '810000', '500000'), { minLength: 3, maxLength: 3 }),
  isDated: fc.boolean(),
  about: seldom('birth_date=1987', 'birth_date=1978-02-03', 'sex=male', 'sex=female', ''),
  unit: seldom('00001', '00002', '00003'),
  id: seldom('001087', '003087', '162'),
  register: seldom('', 'verified_date=2026-05-01', 'verified_date=2025-05-01', 'verified_date=2026-12-31', 'verified_date=2026-05-01 unit_code=00001', 'verified_date=2024-05-01 unit_code=00002'),
  withdrawal: seldom('', '- 2026-11-30', '2026-10-12 2026-11-30', '2026-12-24 2026-12-31'),
  mandate: seldom('', '2026-12-12', '2027-12-12'),
  hasPension: seldom(false, true),
})
const months = ['2026-07', '2026-10', '2026-11'] as const
const listDays = ['2026-06-24', '2026-09-24', '2026-10-24'] as const

/** Persons A, B, C … over three months, every line paid in full and in time to the listed account. */
function worldOf(persons: readonly Person[], asOf: string): string[] {
  const letters = persons.map((_, at) => String.fromCharCode(65 + at))
  let payments = 0
  const lines = persons.flatMap((one, at) => {
    const letter = letters[at] ?? ''
    const id = `${one.id}${String(at + 1).padStart(6, '0')}`
    const account = one.mandate === '' ? '' : ' creditor_account=1000000007'
    return [
      ...months.flatMap((month, index) => {
        payments += 1
        const amount = one.amounts[index] ?? ''
        return [
          `list ${letter} ${month} ${amount} beneficiary_id=${id} unit_code=${one.unit} category_code=${one.category} ${one.about}${account}${one.isDated ? ` list_date=${listDays[index] ?? ''}` : ''}`,
          `pay ${letter} ${month} ${amount} credited ${month}-09 beneficiary_id=${id}${account}`,
          ...(one.withdrawal === '' ? [] : [`withdrawal E${payments} ${one.withdrawal}`]),
        ]
      }),
      ...(one.register === '' ? [] : [`register ${letter} alive person_id=${id} ${one.register}`]),
      ...(one.mandate === '' ? [] : [`mandate ${letter} G 2026-01-01 ${one.mandate} beneficiary_id=${id}`]),
      ...(one.hasPension ? (payments += 1, [`list ${letter} 2026-11 540000 scheme=HTXH beneficiary_id=${id}${account}`, `pay ${letter} 2026-11 540000 credited 2026-11-09 scheme=HTXH beneficiary_id=${id}${account}`]) : []),
    ]
  })
  return [
    'category BTXH X 1.5', 'unit 00001 parent_code=01', 'unit 00002 parent_code=02', 'rate BTXH 540000 unit_code=02 applies_from=2026-01-01', 'account G 1000000007 active',
    ...lines, `as of ${asOf}`, 'finds nothing',
  ]
}

const everybody = 'insert into work_subject (person_key) select distinct person_key from public.entitlement_line join work_file using (file_id) on conflict (person_key) do nothing;'
const found = () => clone().database.query('select finding_id, code, amount_at_stake::text, evidence from finding order by finding_id, code')
const letThrough = async (): Promise<boolean> => {
  const [row] = await clone().database.query<{ is_less: boolean }>('select (select count(*) from outcome) < (select sum(entitlement_count) from outcome_count) as is_less')
  return row?.is_less ?? false
}

test.skipIf(!canMeddle('work_subject'))('whoever must be spoken of is looked at in full, however smoothly the money came', { timeout: 60_000 + worldsOf(0.5).numRuns * 15_000 }, async () => {
  const { database } = clone()
  let screened = 0
  let spokenOf = 0
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 2, maxLength: 4 }), fc.constantFrom('2026-10-31', '2026-11-20', '2026-11-30'), async (persons, asOf) => {
      spokenOf += (await findingsOf(database, readScenario(worldOf(persons, asOf)))).length
      const before = await found()
      if (await letThrough()) screened += 1
      const undo = await meddle(database, 'work_subject', everybody)
      await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true }).finally(undo)
      expect(await letThrough()).toBe(false)
      expect(await found()).toEqual(before)
    }),
    worldsOf(0.5),
  )
  expect(screened).toBeGreaterThan(worldsOf(0.5).numRuns / 8)
  expect(spokenOf).toBeGreaterThan(0)
})
