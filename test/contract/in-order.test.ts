/** Worlds in which the law makes something look doubled, late or missing, and in which nothing at all must be found; and what is still found beside them. */
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { readScenario } from '../helpers/scenario.ts'
import { findingsOf } from '../helpers/scenario-files.ts'

const clone = useDatabase()
const lookedAt = (lines: readonly string[]) => findingsOf(clone().database, readScenario([...lines, 'finds nothing']))

const inOrder: Readonly<Record<string, readonly string[]>> = {
  'a rate that reaches back: the old one until it is in force, then the difference as arrears, all in one payment': [
    'list A 2026-07 500000 category_code=5C list_date=2026-06-24', 'pay A 2026-07 500000 credited 2026-07-09',
    'list A 2026-10 500000 category_code=5C list_date=2026-09-24', 'pay A 2026-10 500000 credited 2026-10-09',
    'list A 2026-11 540000 category_code=5C list_date=2026-10-24',
    'list A 2026-11 40000 category_code=5C component=arrears origin_period=2026-07 list_date=2026-10-24',
    'list A 2026-11 40000 category_code=5C component=arrears origin_period=2026-10 list_date=2026-10-24',
    'pay A 2026-11 620000 credited 2026-11-09',
    'as of 2026-11-30',
  ],
  'arrears for whole months before somebody was first listed': [
    'list A 2026-06 750000 category_code=6A list_date=2026-05-24',
    'list A 2026-06 750000 category_code=6A component=arrears origin_period=2026-04 list_date=2026-05-24',
    'list A 2026-06 750000 category_code=6A component=arrears origin_period=2026-05 list_date=2026-05-24',
    'pay A 2026-06 2250000 credited 2026-06-09',
    'as of 2026-06-30',
  ],
  'two months paid together before Tết': [
    'list A 2026-02 500000', 'list A 2026-03 500000', 'pay A 2026-02 1000000 credited 2026-02-10', 'as of 2026-03-31',
  ],
  'a poor single parent of two with a disability': [
    'list A 2026-09 1000000 category_code=4 quantity=2 list_date=2026-08-24', 'list A 2026-09 750000 category_code=6A list_date=2026-08-24',
    'pay A 2026-09 1750000 credited 2026-09-09', 'as of 2026-09-30',
  ],
  'a grandmother with her own social pension who cares for a child and receives for it': [
    'list A 2026-09 500000 scheme=HTXH category_code=H75 list_date=2026-08-24', 'pay A 2026-09 500000 credited 2026-09-09 scheme=HTXH',
    'list A 2026-09 500000 category_code=CS3 component=carer list_date=2026-08-24', 'pay A 2026-09 500000 credited 2026-09-09',
    'list B 2026-09 1250000 category_code=6DT list_date=2026-08-24 creditor_account=1000000001', 'mandate B A 2026-01-01 2026-12-31', 'pay B 2026-09 1250000 credited 2026-09-09 creditor_account=1000000001',
    'as of 2026-09-30',
  ],
  'the month of death is due and paid, and the list ends there': [
    'list A 2026-10 500000', 'register A dead death_date=2026-10-02 verified_date=2026-10-05', 'pay A 2026-10 500000 credited 2026-10-09',
    'list A 2026-11 500000 list_status=stopped', 'as of 2026-11-30',
  ],
  'a move: September in the old commune, stopped there from October, October in the new one': [
    'list A 2026-09 500000 unit_code=00001', 'pay A 2026-09 500000 credited 2026-09-09',
    'list A 2026-10 500000 unit_code=00001 list_status=stopped', 'list A 2026-10 500000 unit_code=00002', 'pay A 2026-10 500000 credited 2026-10-09',
    'as of 2026-10-31',
  ],
  'money that was not collected is carried to the next list, whole, and collected there': [
    'list A 2026-09 500000 payment_channel=post creditor_account= creditor_agent=', 'pay A 2026-09 500000 not_collected - instructed_at=2026-09-05 payment_channel=post creditor_account=',
    'list A 2026-10 500000 payment_channel=post creditor_account= creditor_agent=', 'list A 2026-10 500000 component=carried_over origin_period=2026-09 payment_channel=post creditor_account= creditor_agent=',
    'pay A 2026-10 1000000 credited 2026-10-09 payment_channel=post creditor_account=', 'as of 2026-10-31',
  ],
  'a verified person of the commune, whose money was withdrawn': [
    'list A 2026-10 500000 birth_date=1987-04-30 sex=male', 'register A alive unit_code=00001 birth_date=1987-04-30', 'pay A 2026-10 500000 credited 2026-10-09',
    'withdrawal E1 - 2026-10-20', 'withdrawal E1 2026-10-25 2026-11-30', 'as of 2026-11-30',
  ],
}

test.each(Object.entries(inOrder))('%s: nothing is found', async (_, lines) => {
  expect(await lookedAt(lines)).toEqual([])
})

test('a decree that reaches back and no arrears: each month and coefficient is owed its own difference', async () => {
  const found = await lookedAt([
    ...['2026-07', '2026-08', '2026-09', '2026-10'].flatMap((period, at) => [
      `list A ${period} 500000 category_code=5C list_date=2026-0${6 + at}-24`, `pay A ${period} 500000 credited ${period}-09`,
      `list B ${period} 750000 category_code=6A list_date=2026-0${6 + at}-24`, `pay B ${period} 750000 credited ${period}-09`,
    ]),
    'as of 2026-11-21',
  ])
  expect(found).toEqual([
    ...Array.from({ length: 4 }, () => ({ code: 'arrears_missing', subject: '001087000001', amount_at_stake: '40000' })),
    ...Array.from({ length: 4 }, () => ({ code: 'arrears_missing', subject: '001087000002', amount_at_stake: '60000' })),
  ])
  const [evidence] = await clone().database.query("select evidence - 'lines' - 'payments' as evidence from finding where benefit_period = 202610 and amount_at_stake = 60000")
  expect(evidence).toMatchObject({
    evidence: {
      origin_period: '2026-10', in_force_date: '2026-10-05', arrears_due_date: '2026-11-20',
      owed_lines: [{ category_code: '6A', quantity: '1', coefficient: '1.5', old_rate_amount: '500000', new_rate_amount: '540000', due_amount: '750000', expected_amount: '810000', difference_amount: '60000' }],
    },
  })
})

describe('a move that leaves a double month', () => {
  test('is found once, whichever commune paid', async () => {
    const found = await lookedAt([
      'list A 2026-10 500000 unit_code=00001', 'list A 2026-10 500000 unit_code=00002', 'pay A 2026-10 500000 credited 2026-10-09', 'as of 2026-10-31',
    ])
    expect(found).toEqual([{ code: 'duplicate_entitlement_line', subject: '001087000001', amount_at_stake: '500000' }])
  })
})

describe('three months without money', () => {
  const months = ['2026-07', '2026-08', '2026-09']
  const counted = async (): Promise<unknown[]> => (await clone().database.query("select evidence ->> 'months_not_collected_count' as months from finding where code = 'not_collected' order by benefit_period")).map(({ months }) => months)

  test('that the bank sent back are returned payments, never money that the person did not collect', async () => {
    const found = await lookedAt([...months.flatMap((period) => [`list A ${period} 500000`, `pay A ${period} 500000 returned ${period}-14 credited_at=${period}-09 return_reason_code=AC04`]), 'as of 2026-10-31'])
    expect(found.map(({ code }) => code)).toEqual(['returned', 'returned', 'returned'])
  })

  const atThePost = (reason: string) => months.flatMap((period) => [
    `list A ${period} 500000 payment_channel=post creditor_account= creditor_agent=`, `pay A ${period} 500000 not_collected - instructed_at=${period}-05 payment_channel=post creditor_account= return_reason_code=${reason}`,
  ])

  test('are counted in a row where the person did not come', async () => {
    await lookedAt([...atThePost(''), 'as of 2026-11-30'])
    expect(await counted()).toEqual(['1', '2', '3'])
    await lookedAt(['reason AWAY person_caused=yes', ...atThePost('AWAY'), 'as of 2026-11-30'])
    expect(await counted()).toEqual(['1', '2', '3'])
  })

  test('are not counted where the counter was closed, or nobody knows the reason', async () => {
    await lookedAt([...atThePost('TECH'), 'as of 2026-11-30'])
    expect(await counted()).toEqual(['0', '0', '0'])
    await lookedAt([...atThePost('ZZ99'), 'as of 2026-11-30'])
    expect(await counted()).toEqual(['0', '0', '0'])
  })
})
