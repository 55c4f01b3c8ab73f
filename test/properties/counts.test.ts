/** What pages show instead of counting: it is what counting gives, after a full run and after every increment. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { voidFile } from '../../src/ingest/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { arrive, clock, type Ledger } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { dice, worldsOf } from '../helpers/shuffled.ts'
import { worlds } from '../model/worlds.ts'

const clone = useDatabase()

const counted = {
  finding_count: 'select code, scheme_id, benefit_period, unit_code, currency, count(*) as finding_count, sum(amount_at_stake) as amount_at_stake from finding group by 1, 2, 3, 4, 5',
  finding_total: 'select code, scheme_id, benefit_period, currency, count(*) as finding_count, sum(amount_at_stake) as amount_at_stake from finding group by 1, 2, 3, 4',
  finding_unit: 'select distinct unit_code, (select u.name from administrative_unit u where u.unit_code = f.unit_code order by u.valid_from desc limit 1) as name from finding f where unit_code is not null',
  outcome_total: 'select scheme_id, benefit_period, outcome_class, currency, sum(entitlement_count) as entitlement_count, sum(due_amount) as due_amount, sum(credited_amount) as credited_amount from outcome_count group by 1, 2, 3, 4',
}

async function difference(): Promise<object[]> {
  const { database } = clone()
  const found: object[] = []
  for (const [table, counting] of Object.entries(counted)) {
    found.push(...(await database.query(`(table ${table} except all (${counting})) union all ((${counting}) except all table ${table})`)).map((row) => ({ table, ...row })))
  }
  found.push(...(await database.query("select finding_id, f.code, severity_rank, severity from finding f join finding_type using (code) where severity_rank is distinct from array_position(array['i', 'l', 'm', 'h'], left(severity, 1))")))
  return found
}

test('counts of findings and of outcomes are what counting gives, whatever arrives and is withdrawn', { timeout: 60_000 + worldsOf(0.3).numRuns * 20_000 }, async () => {
  let seen = 0
  await fc.assert(fc.asyncProperty(worlds, dice, async ({ files, asOf }, roll) => {
    const { database } = clone()
    await forgetFacts(database)
    const ledger: Ledger = new Map()
    const received: string[] = []
    const reconcile = (isFull: boolean): Promise<unknown> => run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull })
    const half = Math.ceil(files.length / 2)
    for (const [index, file] of files.entries()) {
      if (index === half) {
        await reconcile(true)
        expect(await difference()).toEqual([])
      }
      const { file_id: id, repeat_of: repeat, status } = await arrive(database, ledger, file)
      if (id !== null && repeat === null && status === 'sealed') received.push(id)
    }
    await reconcile(false)
    expect(await difference()).toEqual([])
    if (received.length > 1) {
      await voidFile(database, received[roll(1) % received.length] ?? '', 'sent by mistake', clock)
      await reconcile(false)
      expect(await difference()).toEqual([])
    }
    seen += (await database.query('select from finding_count')).length
  }), { ...worldsOf(0.3), endOnFailure: true })
  expect(seen).toBeGreaterThan(0)
})
