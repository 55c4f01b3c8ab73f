/** The program's login of every day adds facts and entries of the trail, and can change or take away none (R17); all that it does all day works through it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catchUp } from '../../src/cases/index.ts'
import { stoppedClock } from '../../src/core/index.ts'
import { asEngine, openDesk, type Database } from '../../src/db/index.ts'
import { ingestFiles, listFiles, voidFile } from '../../src/ingest/index.ts'
import { layOutQueue, publishAlongside, workOff } from '../../src/jobs/index.ts'
import { linkPersons } from '../../src/linkage/index.ts'
import { run, verifyIncremental } from '../../src/reconcile/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import { signHead, verifyTrail } from '../../src/trail/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { appOver } from '../http/province.ts'

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-engine-'))
const clock = stoppedClock('2026-11-02T20:00:00Z')
let engine: Database
beforeAll(async () => {
  const { database } = clone()
  await layOutQueue(database)
  engine = await asEngine(database)
})
afterAll(async () => {
  await engine.pool.end()
  rmSync(folder, { recursive: true, force: true })
})

const facts = [
  'entitlement_line', 'payment_report', 'account_report', 'withdrawal_report', 'mandate_row', 'register_row', 'exemption_row', 'outreach_result_row', 'complaint_row',
  'scheme_row', 'standard_rate_row', 'category_row', 'administrative_unit_row', 'unit_succession_row', 'village_row', 'bank_row', 'reason_code_row', 'calendar_row', 'source_expectation_row', 'coverage_start_row', 'campaign_row', 'cash_limit_row', 'payer_account_row', 'payment_organisation_row', 'report_deadline_row', 'account_statement_row',
  'source_file', 'source_file_offsets', 'problem', 'ignored_lines', 'file_content', 'file_content_bits', 'listed_term', 'scheme_code', 'hashed_text', 'ingest_profile',
]
const trail = ['trail_entry', 'trail_link', 'trail_head', 'case_event', 'case_attachment', 'period_event', 'period_snapshot', 'period_minutes', 'staff_change', 'approval_band_change', 'schema_migration', 'address_key', 'engine_key']

const names = async (sql: string, values: readonly unknown[] = []): Promise<string[]> => (await clone().database.query<{ name: string }>(sql, values)).map(({ name }) => name)

describe('facts and the trail', () => {
  test('are owned by neither login, and no right of theirs changes, empties or switches off anything', async () => {
    const held = await names(`
      select r.rolname || ' ' || p.privilege || ' ' || c.relname as name from pg_class c cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) p (privilege) cross join pg_roles r
      where c.relnamespace = 'public'::regnamespace and c.relname = any($1) and r.rolname in ('tantay_engine', 'tantay_desk') and (has_table_privilege(r.oid, c.oid, p.privilege) or pg_has_role(r.oid, c.relowner, 'member')) order by 1`, [[...facts, ...trail]])
    expect(held).toEqual([])
    expect(await names("select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any($1)", [[...facts, ...trail]])).toHaveLength(facts.length + trail.length)
  })

  test('every table that files fill is among them', async () => {
    const filled = await names("select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'line_number' where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'work\\_%' and c.relname not like 'settlement\\_%' order by 1")
    expect(filled.filter((name) => !facts.includes(name) && name !== 'complaint')).toEqual([])
  })

  test('change in the few columns alone that say what became of a row later', async () => {
    const columns = await names("select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where c.relnamespace = 'public'::regnamespace and c.relname = any($1) and has_column_privilege('tantay_engine', c.oid, a.attnum, 'update') order by 1", [[...facts, ...trail]])
    const outcome = ['confirmed_at', 'confirmed_by', 'withdrawn_at', 'withdrawn_by']
    expect(columns).toEqual([...outcome.map((column) => `approval_band_change.${column}`), 'source_file.delimiter', 'source_file.profile_name', 'source_file.profile_version', ...outcome.map((column) => `staff_change.${column}`)])
  })

  test.each(["update payment_report set file_id = file_id", 'delete from entitlement_line', 'truncate trail_entry', 'delete from trail_link', "update trail_entry set kind = 'x'", "insert into trail_link values (1, 1, null, '', '')", "select trail_append(1, now(), null, 'x', null, null, null, null, null, null, null, null)", 'alter table trail_entry disable trigger all', 'set session_replication_role = replica', "update source_file set status = 'void'", 'delete from case_event', 'select * from engine_key', "select make_fact_index('drop table payment_report')", 'drop table trail_entry'])('refuse %s', async (statement) => {
    await expect(engine.query(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

test('files, runs, linkage, proofs, the queue, pages, voiding and heads all work through the login of every day', async () => {
  expect((await engine.query<{ who: string; is_super: boolean }>('select current_user as who, rolsuper as is_super from pg_roles where rolname = current_user'))[0]).toMatchObject({ who: expect.stringMatching(/^tantay_engine_[0-9a-f]{12}$/) as string, is_super: false })
  const { files, truth, secondNight } = await simulate({ beneficiaries: 200, seed: 'engine', out: join(folder, 'sent'), nights: 2 })
  const night = async (paths: readonly string[], asOf: string): Promise<string> => {
    await ingestFiles(engine, paths.map((path) => ({ path })), { clock, dataDirectory: folder })
    await linkPersons(engine)
    return (await run(engine, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })).mode
  }
  expect(await night(files.map(({ path }) => path), truth.as_of)).toBe('full')
  expect(await night(secondNight?.files.map(({ path }) => path) ?? [], secondNight?.truth.as_of ?? '')).toBe('increment')
  expect((await verifyIncremental(engine, { timeZone: 'Asia/Ho_Chi_Minh' })).compared).not.toBe('0')
  await catchUp(engine, clock.now())
  await workOff({ database: engine, clock, dataDirectory: folder })
  const desk = await openDesk(clone().database, { connections: 2 })
  try {
    const { as } = await appOver(engine, folder, desk)
    expect((await (await as({ roles: ['officer'] })).request('/queue')).status).toBe(200)
    expect((await (await as({ roles: ['auditor'] })).request('/trail')).status).toBe(200)
  } finally {
    await desk.close()
  }
  const [last] = (await listFiles(engine)).filter(({ status }) => status === 'sealed').slice(-1)
  expect(await voidFile(engine, last?.file_id ?? '', 'sent by mistake', clock)).toMatchObject({ status: 'void' })
  await expect(voidFile(engine, last?.file_id ?? '', 'again', clock)).rejects.toMatchObject({ code: 'file_not_sealed' })
  const { privateKey: key } = generateKeyPairSync('ed25519')
  await signHead(engine, { key, at: clock.now(), folders: [join(folder, 'heads')] })
  expect((await engine.transaction((transaction) => verifyTrail(transaction, { outside: null }))).fault).toBeNull()
  expect(await names("select kind as name from trail_entry where kind in ('run_published', 'file_voided') order by entry_id")).toEqual(['run_published', 'run_published', 'file_voided'])
}, 60_000)
