/** Settled by SQL as a small model settles in loops; nothing lost, in whatever order and number of files it comes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../../src/core/index.ts'
import { addedUp, byMonth, settle, settlementCells, settlementDifferences, settlementEntries, settlementStatements, type SettlementCell } from '../../src/settlement/index.ts'
import { csvStatement, wholeStatement, type StatementEntry } from '../../src/simulate/statement-files.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { voidFile } from '../../src/ingest/index.ts'
import { clock as inFolder, ingestText, useFolder } from '../ingest/helpers.ts'
import { filesOf, modelOf, worldArbitrary } from './world.ts'

const clone = useDatabase()
const folder = useFolder()

/** Takes the files in and settles what is there, as a run that publishes does. */
async function settled(files: readonly { readonly text: string; readonly source: string }[], asOf = '2026-10-31'): Promise<SettlementCell[]> {
  const { database } = clone()
  await forgetFacts(database)
  for (const { text, source } of files) expect(await ingestText(database, folder, text, { source })).toMatchObject({ status: 'sealed', problem_count: 0 })
  return settleNow(asOf)
}

async function settleNow(asOf = '2026-10-31'): Promise<SettlementCell[]> {
  return clone().database.transaction(async (transaction) => {
    await transaction.query("delete from published_file; insert into published_file (file_id) select file_id from source_file where status = 'sealed'")
    await settle(transaction, { runId: '1', asOf, timeZone: 'Asia/Ho_Chi_Minh', since: null })
    return settlementCells(transaction)
  })
}

const said = (cells: readonly SettlementCell[]): Record<string, unknown> =>
  Object.fromEntries(byMonth(cells).map(({ source, benefit_period: period, credited, on_the_way, not_collected, outside, received, paid, returned, handed_back, charges, interest, unexplained_credit, unexplained_debit, difference }) =>
    [`${source} ${period ?? '-'}`, { credited, on_the_way, not_collected, outside, received, paid, returned, handed_back, charges, interest, unexplained_credit, unexplained_debit, difference }]))
const nothing = (cell: unknown): boolean => Object.values(cell as Record<string, string>).every((amount) => amount === '0')

describe('a settlement', () => {
  test('is what the model says; is whole; and knows neither the order of files nor their number', async () => {
    await fc.assert(fc.asyncProperty(worldArbitrary, fc.integer(), async (world, seed) => {
      const files = filesOf(world)
      const cells = await settled(files)
      const expected = Object.fromEntries([...modelOf(world)].map(([key, cell]) => [key, Object.fromEntries(Object.entries(cell).map(([field, amount]) => [field, `${amount}`]))]))
      const found = Object.fromEntries(Object.entries(said(cells)).filter(([key, cell]) => expected[key] !== undefined || !nothing(cell)))
      expect(found).toEqual(expected)
      // Received and brought in = with people, on the way, waiting, handed back, kept, and the difference: in each month, so in all.
      for (const month of byMonth(cells)) {
        const right = money.add(month.credited, month.on_the_way, month.not_collected, month.handed_back, month.kept, month.difference)
        expect(money.subtract(right, month.outside)).toBe(month.received)
      }
      const database = clone().database
      const all = await settlementDifferences(database, {}, 1000)
      expect(money.add(...all.map(({ amount }) => amount))).toBe(addedUp(cells).difference)
      // The same files in another order, one of them twice under another name.
      const [first, ...rest] = files
      const shuffled = [...rest].sort((a, b) => (`${seed}${a.text.length}${a.text}` < `${seed}${b.text.length}${b.text}` ? -1 : 1)).reverse()
      const again = [...(first === undefined ? [] : [first]), ...shuffled, ...rest.slice(-1).map(({ text, source }) => ({ source, text: text.replace('account_number', '"account_number"') }))]
      expect(said(await settled(again))).toEqual(said(cells))
    }), { numRuns: 6, seed: 8, endOnFailure: true })
  })

  const head = { account: '3100001', from: '2026-10-01', to: '2026-10-31' }
  const entry = (given: Partial<StatementEntry> & { readonly amount: bigint }): StatementEntry => ({ date: '2026-10-05', isCredit: false, type: '', endToEndId: '', reference: '', counterparty: '', text: '', ...given })
  const organisation = { text: 'source,name,account_number,creditor_agent,payer_account\nBANK-A,Ngân hàng A,3100001,,9527001\n', source: 'payer' }
  const header = 'end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,instructed_amount,instructed_at,transaction_status,credited_at,bank_reference'
  const paid = (reference: string, amount: number, batch = ''): string => `${reference},BTXH,2026-10,001087123456,970405,1500205123456,${amount},2026-10-05,ACSC,2026-10-05,${batch}`

  test('takes a debit for a batch by its reference, or for a file by its sum, and only when nothing else could be meant', async () => {
    const [lot, file, twin] = [[paid('L1', 100, 'LOT-1'), paid('L2', 200, 'LOT-1')], [paid('F1', 400), paid('F2', 500)], [paid('G1', 450), paid('G2', 450)]].map((lines) => ({ text: [header, ...lines, ''].join('\n'), source: 'BANK-A' })) as [typeof organisation, typeof organisation, typeof organisation]
    const statement = (entries: readonly StatementEntry[]): typeof organisation => ({ text: wholeStatement(csvStatement, { ...head, number: 1, opening: 0n }, entries).text, source: 'BANK-A' })
    const lump = [entry({ amount: 2100n, isCredit: true, counterparty: '9527001', text: '/PERD/2026-10' }), entry({ amount: 300n, reference: 'LOT-1' }), entry({ amount: 900n })]
    const cells = await settled([organisation, lot, file, statement(lump)])
    expect(byMonth(cells)).toMatchObject([{ benefit_period: '2026-10', received: '2100', credited: '1200', paid: '1200', kept: '900', difference: '0' }, { benefit_period: null, difference: '0' }])
    const { database } = clone()
    expect((await settlementEntries(database, { source: 'BANK-A', entryClass: 'paid' }, 10)).map(({ rule, payment_count: count }) => `${rule} ${count}`).sort()).toEqual(['batch_reference 2', 'file_sum 2'])
    // Two files of one sum: the debit could be either, so it is neither.
    const doubtful = await settled([organisation, lot, file, twin, statement(lump)])
    expect(addedUp(doubtful)).toMatchObject({ unexplained_debit: '900', difference: '-900' })
    expect((await settlementDifferences(database, {}, 10)).map(({ cause }) => cause).sort()).toEqual(['credited_not_debited', 'credited_not_debited', 'credited_not_debited', 'credited_not_debited', 'unexplained'])
  })

  test('names a statement that is missing, and knows nothing any more of a file that was withdrawn', async () => {
    const { database } = clone()
    const statement = (number: number, from: string, to: string, opening: bigint, entries: readonly StatementEntry[]): typeof organisation => ({ text: wholeStatement(csvStatement, { account: '3100001', number, from, to, opening }, entries).text, source: 'BANK-A' })
    await settled([organisation, statement(1, '2026-10-01', '2026-10-05', 0n, []), statement(3, '2026-10-11', '2026-10-20', 700n, [entry({ date: '2026-10-12', amount: 50n })])])
    expect(await settlementStatements(database, 'BANK-A')).toMatchObject([{ gap: '0', is_number_missing: false }, { gap: '700', is_number_missing: true }])
    expect(await settlementDifferences(database, {}, 9)).toMatchObject([{ cause: 'statement_gap', amount: '-700', source_rows: [{ line: '2' }] }, { cause: 'unexplained', amount: '50', source_rows: [{ line: '3' }] }])
    const [last] = await database.query<{ file_id: string }>("select max(file_id)::text as file_id from source_file where kind = 'account_statement'")
    await voidFile(database, last?.file_id ?? '', 'test', inFolder)
    expect(addedUp(await settleNow())).toMatchObject({ difference: '0', gap: '0' })
    expect(await settlementStatements(database, 'BANK-A')).toHaveLength(1)
  })
})
