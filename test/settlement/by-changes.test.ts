/** Night after night, with files that come and go: the settlement that builds upon the one before is the one that is worked out from everything. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../src/core/index.ts'
import { differingTables, stateDigest } from '../../src/db/index.ts'
import { voidFile } from '../../src/ingest/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { settle } from '../../src/settlement/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { clock, ingestText, useFolder } from '../ingest/helpers.ts'
import { filesOf, worldArbitrary } from './world.ts'

const clone = useDatabase()
const folder = useFolder()
const timeZone = 'Asia/Ho_Chi_Minh'
const of = { tables: ['settlement_cell', 'settlement_difference', 'settlement_entry', 'settlement_statement', 'settlement_run'] }

/** Payments without a reference, two of them twins, that a later file moves on. */
const unnamed = (isOrder: boolean): string => [
  'scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,instructed_amount,instructed_at,transaction_status,credited_at',
  ...[100, 100, 250].map((amount, index) => `BTXH,2026-10,00108712${index === 2 ? '0009' : '0008'},970405,150020510000${index === 2 ? 9 : 8},${amount},2026-10-06,${isOrder ? 'ACSP' : 'ACSC'},${isOrder ? '' : '2026-10-09'}`), '',
].join('\n')

const nights = fc.array(fc.record({ days: fc.integer({ min: 0, max: 4 }), isVoid: fc.boolean(), which: fc.nat(99) }), { minLength: 12, maxLength: 12 })

/** Gives how many settlements were built upon the one before. */
async function live(files: readonly { readonly text: string; readonly source: string }[], happenings: readonly { readonly days: number; readonly isVoid: boolean; readonly which: number }[]): Promise<number> {
  const { database } = clone()
  await forgetFacts(database)
  const taken: string[] = []
  let [asOf, builtUpon] = ['2026-10-03', 0]
  for (const [at, { days, isVoid, which }] of happenings.entries()) {
    const file = files[at]
    if (file !== undefined) taken.push((await ingestText(database, folder, file.text, { source: file.source })).file_id ?? '')
    if (isVoid && at % 3 === 2) await voidFile(database, taken.splice(which % taken.length, 1)[0] ?? '', 'test', clock)
    const [before] = await database.query<{ newest: string | null }>('select max(payment_number)::text as newest from work_settlement_payment')
    const { mode } = await run(database, { asOf, timeZone, clock, alongside: publishAlongside })
    if (mode === 'increment' && before?.newest !== null) builtUpon += 1
    const rollBack = new Error('only looked at')
    await database.transaction(async (transaction) => {
      const built = await stateDigest(transaction, { of })
      await settle(transaction, { runId: '0', asOf, timeZone, since: null })
      expect(differingTables(built, await stateDigest(transaction, { of })), `night ${at}, ${asOf}`).toEqual([])
      throw rollBack
    }).catch((error: unknown) => {
      if (error !== rollBack) throw error
    })
    asOf = addDays(asOf, days)
  }
  return builtUpon
}

test('by changes alone is what settling everybody gives', { timeout: 120_000 }, async () => {
  let builtUpon = 0
  await fc.assert(fc.asyncProperty(worldArbitrary, nights, async (world, happenings) => {
    const [organisation, ...others] = filesOf(world)
    const [middle, end] = [others.slice(0, 2), others.slice(2)]
    builtUpon += await live([...(organisation === undefined ? [] : [organisation]), { text: unnamed(true), source: 'BANK-A' }, ...middle, { text: unnamed(false), source: 'BANK-A' }, ...end], happenings)
  }), { numRuns: 2, seed: 8, endOnFailure: true })
  expect(builtUpon).toBeGreaterThan(6)
})
