/** A statement of an organisation's account is the same rows in whichever format it comes, and is refused when money is missing in it. */
import { describe, expect, test } from 'vitest'
import type { Receipt } from '../../src/ingest/index.ts'
import { camtStatement, csvStatement, swiftStatement, wholeStatement, type StatementEntry, type StatementFormat, type StatementHead } from '../../src/simulate/statement-files.ts'
import { useDatabase } from '../helpers/database.ts'
import { ingestText, useFolder } from '../ingest/helpers.ts'

const clone = useDatabase()
const folder = useFolder()

const head: StatementHead = { account: '3100001', number: 7, from: '2026-10-01', to: '2026-10-31', opening: 1_000_000n }
const entry = (given: Partial<StatementEntry>): StatementEntry => ({ date: '2026-10-05', isCredit: false, amount: 540_000n, type: '', endToEndId: '', reference: '', counterparty: '', text: '', ...given })
const entries: readonly StatementEntry[] = [
  entry({ isCredit: true, amount: 2_000_000n, counterparty: '9527001', text: 'Kinh phi /SCHM/BTXH/PERD/2026-10', date: '2026-10-01' }),
  entry({ endToEndId: 'E-1', counterparty: '1500205123456' }),
  entry({ endToEndId: 'E-2', counterparty: '1500205123457' }),
  entry({ isCredit: true, type: 'return', endToEndId: 'E-2', date: '2026-10-08' }),
  entry({ type: 'charge', amount: 3_300n, date: '2026-10-31' }),
  entry({ type: 'charge', amount: 3_300n, date: '2026-10-31' }),
]
const said = (format: StatementFormat, statement = head, given = entries): string => wholeStatement(format, statement, given).text

async function rowsOf(receipt: Receipt): Promise<string[]> {
  const rows = await clone().database.query<{ row: string }>(`select (to_jsonb(r) - 'file_id' - 'line_number' - 'entry_text')::text as row from account_statement_row r where file_id = $1`, [receipt.file_id])
  return rows.map(({ row }) => row).sort()
}

const refusalOf = async (text: string) => (await ingestText(clone().database, folder, text, { kind: 'account_statement' })).refusal

describe('a statement', () => {
  test('gives the same rows as camt.053, MT940 and CSV, and counts once', async () => {
    const { database } = clone()
    const plain = await ingestText(database, folder, said(csvStatement))
    expect(plain).toMatchObject({ kind: 'account_statement', status: 'sealed', accepted: 8, repeats: 0, problem_count: 0 })
    const rows = await rowsOf(plain)
    for (const [format, name, repeats] of [[camtStatement, 'camt.053.001.08', 8], [swiftStatement, 'mt940', 7]] as const) {
      const sent = await ingestText(database, folder, said(format), { kind: 'account_statement' })
      expect(sent).toMatchObject({ kind: 'account_statement', status: 'sealed', format: name, problem_count: 0, accepted: 8 - repeats, repeats, parts: null })
      // Labels in the text of an MT940 are put apart, so one wording differs and nothing else.
      expect(await rowsOf(sent)).toEqual(rows)
    }
  })

  test('is one when somebody says so or its account is an organisation’s own, and else a report of payments as ever', async () => {
    const { database } = clone()
    const other = { ...head, account: '3100002' }
    const payments = [entry({ endToEndId: 'E-1', counterparty: '1500205123456', text: '/BNFI/001087123456' })]
    expect((await ingestText(database, folder, said(swiftStatement, other, payments))).kind).toBe('disbursement')
    await ingestText(database, folder, 'source,name,account_number,creditor_agent,payer_account\nBANK-A,Ngân hàng A,3100002,970405,9527001\n')
    expect((await ingestText(database, folder, said(swiftStatement, other, [...payments, entry({ amount: 1n })]))).kind).toBe('account_statement')
    expect((await ingestText(database, folder, said(camtStatement, { ...other, number: 8 }, payments))).kind).toBe('account_statement')
    expect((await ingestText(database, folder, said(swiftStatement, { ...other, number: 9 }, payments), { kind: 'disbursement' })).kind).toBe('disbursement')
  })

  test('without a balance, with one that is not reached, or that another file tells otherwise, is refused whole', async () => {
    const wrong = said(csvStatement, { ...head, number: 20 })
    expect(await refusalOf(wrong.replace(/^.*,closing,.*\n/m, ''))).toMatchObject({ code: 'statement_invalid', detail: expect.stringContaining('one opening and one closing') as unknown })
    expect(await refusalOf(wrong.replace('540000', '540001'))).toMatchObject({ code: 'balance_mismatch' })
    expect(await refusalOf(said(camtStatement, { ...head, number: 20 }).replace('>540000<', '>540001<'))).toMatchObject({ code: 'balance_mismatch' })
    expect(await refusalOf(said(camtStatement, { ...head, number: 20 }).replace(/<Bal>.*?OPBD.*?<\/Bal>/, ''))).toMatchObject({ code: 'statement_invalid', detail: expect.stringContaining('opening balance') as unknown })
    expect(await refusalOf(said(csvStatement, head, [...entries, entry({ amount: 5n })]))).toMatchObject({ code: 'statement_conflict', detail: expect.stringContaining('statement 7') as unknown })
    const [first, second] = [said(csvStatement, { ...head, number: 30 }), said(csvStatement, { ...head, number: 31, from: '2026-11-01', to: '2026-11-30' })]
    expect(await refusalOf(first + second.slice(second.indexOf('\n') + 1))).toMatchObject({ code: 'balance_mismatch', detail: expect.stringContaining('the one before it ended') as unknown })
    expect(await refusalOf(said(csvStatement, { ...head, number: 40 }).replace('debit,540000', 'debit,-540000'))).toMatchObject({ code: 'balance_mismatch', detail: expect.stringContaining('1 lines of the file could not be read') as unknown })
  })

  test('may tell nothing but its balances, and an overdrawn one', async () => {
    const { database } = clone()
    for (const format of [csvStatement, camtStatement, swiftStatement]) {
      const receipt = await ingestText(database, folder, said(format, { ...head, account: `41000${format.extension.length}${format.extension.charCodeAt(0)}`, opening: -5n }, []), { kind: 'account_statement' })
      expect(receipt, JSON.stringify(receipt.refusal)).toMatchObject({ status: 'sealed', accepted: 2 })
      expect(await database.query('select amount::text from account_statement_row where file_id = $1 order by line_number', [receipt.file_id])).toEqual([{ amount: '-5' }, { amount: '-5' }])
    }
  })

  test('of camt.053 whose batch names some of its payments is told to the last đồng', async () => {
    const { database } = clone()
    const batch = `<Ntry><Amt Ccy="VND">1000</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-05</Dt></BookgDt><NtryDtls><Btch><PmtInfId>LOT-1</PmtInfId><NbOfTxs>3</NbOfTxs></Btch><TxDtls><Refs><EndToEndId>A</EndToEndId></Refs><Amt Ccy="VND">300</Amt></TxDtls><TxDtls><Refs><EndToEndId>B</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`
    const statement = { ...head, account: '4200001' }
    const text = camtStatement.head(statement, 999_000n) + batch + camtStatement.tail(statement, 999_000n)
    const receipt = await ingestText(database, folder, text, { kind: 'account_statement' })
    expect(receipt).toMatchObject({ status: 'sealed', problem_count: 0 })
    expect(await database.query(`select amount::text, end_to_end_id, entry_reference from account_statement_row where file_id = $1 and entry_kind = 'debit' order by line_number`, [receipt.file_id])).toEqual([
      { amount: '300', end_to_end_id: 'A', entry_reference: null }, { amount: '700', end_to_end_id: null, entry_reference: 'LOT-1' },
    ])
  })
})
