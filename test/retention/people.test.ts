/** People whose term is over are told of under pseudonyms: every sum stays, those who stay keep every row, and nothing anywhere names who went. */
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { linkPersons } from '../../src/linkage/index.ts'
import { run, verifyIncremental } from '../../src/reconcile/index.ts'
import { applyRetention } from '../../src/retention/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { publishedTables, type Published } from '../helpers/published.ts'
import { dice, worldsOf, type Roll } from '../helpers/shuffled.ts'
import { worlds, type World } from '../model/worlds.ts'

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-people-'))
const timeZone = 'Asia/Ho_Chi_Minh'
const clock = stoppedClock('2026-11-20T02:00:00Z')
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** Ids, accounts, names, days of birth and what is made of them, one word for all; arrays as sets, since their order may be that of ids. */
function faceless(rows: readonly string[]): string[] {
  const personal = new Set(['person_key', 'finding_id', 'subject', 'payment', 'payment_name', 'beneficiary_name', 'creditor_account', 'beneficiary_id', 'stated_id', 'holder_id', 'payee_id', 'account_key', 'birth_date', 'reason_text', 'end_to_end_id', 'place_code', 'stated_birth_year', 'id_birth_year'])
  const settle = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => JSON.stringify(settle(one))).sort()
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'reason_text' && key !== 'place_code').map(([key, inner]) => [key, personal.has(key) ? '·' : settle(inner)]))
  }
  return rows.map((row) => JSON.stringify(settle(JSON.parse(row)))).sort()
}

const kept = (published: Published, gone: ReadonlySet<string>): string[] => Object.entries(published).flatMap(([table, rows]) => rows.map((row) => ({ table, row, key: `${(JSON.parse(row) as { person_key?: number }).person_key ?? ''}` }))
  .filter(({ key }) => key !== '' && !gone.has(key) && !key.startsWith('-')).map(({ table, row }) => `${table} ${row}`)).sort()

const everybody = `
  select person_key::text from entitlement_line union select payee_key::text from entitlement_line union select person_key::text from payment_report union select person_key::text from account_report
  union select person_key::text from mandate_row union select payee_key::text from mandate_row union select person_key::text from register_row union select previous_key::text from register_row
  union select person_key::text from exemption_row union select person_key::text from outreach_result_row`

async function forgottenIn({ files, asOf }: World, roll: Roll): Promise<{ forgotten: number; stayed: number }> {
  const { database } = clone()
  await forgetFacts(database)
  for (const table of ['case_attachment', 'complaint', 'case_message', 'case_event', 'case_record', 'forgotten_person', 'forgotten_file', 'linked_file', 'person_identity', 'person_pair', 'person_pair_change']) await database.query(`delete from ${table}`)
  await ingestModelFiles(database, files)
  await linkPersons(database)
  await run(database, { asOf, timeZone, clock, isFull: true })
  const before = await publishedTables(database)
  const people = await database.query<{ person_key: string }>(`select person_key from (${everybody}) e where person_key is not null order by 1`)
  // Of some a case is open: they stay, and whoever is bound up with them.
  for (const [at, { person_key: key }] of people.entries()) {
    if (roll(at) % 4 === 0) await database.query("insert into case_record (person_key, finding_id, code, severity_rank, subject, currency, amount_at_stake, waiting_since, urgency, opened_date, deadline_date, is_found, step) values ($1, 'held', 'unpaid', 4, '', 'VND', 0, '2026-01-01', 0, '2026-01-01', '2026-01-01', false, 'new')", [key])
  }
  const later = stoppedClock('2028-06-01T02:00:00Z')
  await database.query("update retention_policy set keep_months = 12 where what = 'people'")
  await applyRetention(database, { clock: later, dataDirectory: folder })
  const gone = new Set(people.map(({ person_key: key }) => key))
  for (const { person_key: key } of await database.query<{ person_key: string }>(everybody)) gone.delete(key)
  await run(database, { asOf, timeZone, clock })
  await verifyIncremental(database, { timeZone })
  await run(database, { asOf, timeZone, clock, isFull: true })
  const after = await publishedTables(database)
  for (const table of Object.keys(before) as (keyof Published)[]) expect(faceless(after[table]), table).toEqual(faceless(before[table]))
  const afterwards = new Set(kept(after, gone))
  // What is told of others may name one who was forgotten beside them; everything else of theirs is as it was, to the letter.
  expect(kept(before, gone).filter((row) => !row.startsWith('finding ') && !afterwards.has(row))).toEqual([])
  return { forgotten: gone.size, stayed: people.length - gone.size }
}

test('whoever is forgotten of whatever world, a full run finds the same for everybody', { timeout: 60_000 + worldsOf(1).numRuns * 30_000 }, async () => {
  let [forgotten, stayed] = [0, 0]
  await fc.assert(fc.asyncProperty(worlds, dice, async (world, roll) => {
    const counted = await forgottenIn(world, roll)
    forgotten += counted.forgotten
    stayed += counted.stayed
  }), { ...worldsOf(1), endOnFailure: true })
  expect(Math.min(forgotten, stayed)).toBeGreaterThan(worldsOf(1).numRuns)
})
