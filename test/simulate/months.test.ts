/** Months lived through with the real ingest and real runs: every night that is looked at says what was expected, whatever went wrong with the files. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Deeds } from '../../scripts/bench/soak/deeds.ts'
import { Engine } from '../../scripts/bench/soak/engine.ts'
import { unexpected } from '../../scripts/bench/soak/laws.ts'
import { liveMonths } from '../../src/simulate/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { comparable, engineResult } from '../helpers/engine-result.ts'
import { readReference } from '../helpers/reference.ts'
import { reconcileModel } from '../model/model.ts'
import type { ModelFile } from '../model/types.ts'

const clone = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tantay-months-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** What has to have happened for the nights to say anything. */
const befallen = [
  'late', 'rejected, paid again', 'returned', 'over', 'died', 'not collected', 'carried over', 'its bank failed', 'never instructed', 'arrears', 'arrears forgotten', 'amount corrected by a later list', 'stopped by a later list', 'communes merged', 'moved', 'new on the list',
  'list late', 'file late', 'file sent twice', 'file sent again in other clothes', 'file with a wrong total', 'file withdrawn and sent again', 'list withdrawn and sent again',
]

test('three months of a province, with a raise, a merger and everything that befalls files, are what they should be each night', { timeout: 120_000 }, async () => {
  const engine = new Engine(clone().database, join(folder, 'data'))
  const deeds = new Deeds(engine)
  let lived: Readonly<Record<string, number>> = {}
  let count = 0
  for (const { asOf, deeds: ofDay, expected, events } of liveMonths({ beneficiaries: 150, from: '2026-08', months: 3, seed: 'tested 12', out: join(folder, 'sent'), isOneSender: true })) {
    for (const deed of ofDay) expect(await deeds.follow(deed, asOf)).toEqual([])
    if (count % 13 === 12) {
      expect(unexpected(expected, await engine.rerun(asOf)), asOf).toEqual([])
      expect(await engine.leftByChanges(asOf), asOf).toEqual([])
    }
    lived = events
    count += 1
  }
  expect(await engine.strayFindings(2)).toEqual([])
  await expectWhatTheModelFinds(deeds)
  await expectCountsToBeAddedUp(engine, deeds)
  expect(await engine.leftovers()).toEqual([])
  expect(Object.keys(lived)).toEqual(expect.arrayContaining(befallen))
})

test('the same seed lives the same life, and another one another', () => {
  const fingerprint = (seed: string): string => {
    const hash = createHash('sha256')
    for (const { deeds, expected } of liveMonths({ beneficiaries: 40, from: '2026-01', months: 2, seed, out: join(folder, 'again') })) {
      hash.update(JSON.stringify(expected))
      for (const { does, letter } of deeds) hash.update(does).update(readFileSync(letter.path))
    }
    return hash.digest('hex')
  }
  expect(fingerprint('one')).toBe(fingerprint('one'))
  expect(fingerprint('one')).not.toBe(fingerprint('other'))
})

/** Every outcome, match, finding and cell of the bridge is the reference model's, of the files that count in the order in which they were sealed. */
async function expectWhatTheModelFinds({ taken, fileIds }: Deeds): Promise<void> {
  const { database } = clone()
  const sealed = await database.query<{ file_id: string }>("select file_id::text from source_file where status = 'sealed' order by file_id")
  const byId = new Map(taken.map((file) => [fileIds.get(file.path) ?? '', file]))
  const files = sealed.flatMap(({ file_id }) => byId.get(file_id) ?? []).filter(({ kind }) => kind !== 'village').map(({ path, kind, sender }): ModelFile => ({ kind: kind as ModelFile['kind'], rows: rowsOf(path), name: basename(path), source: sender }))
  const [asOf] = await database.query<{ as_of: string }>("select max(as_of)::text as as_of from run where status = 'published'")
  const [found, model] = [await engineResult(database, asOf?.as_of ?? ''), comparable(reconcileModel(files, asOf?.as_of ?? '', await readReference(database)))]
  const ofPeople = ({ code }: { code: string }): boolean => !['file_missing', 'control_total_mismatch', 'duplicate_person'].includes(code)
  expect({ ...found, findings: found.findings.filter(ofPeople) }).toEqual({ ...model, findings: model.findings.filter(ofPeople) })
}

function rowsOf(path: string): ModelFile['rows'] {
  const [header = [], ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => line.split(','))
  return lines.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])))
}

/** Counts that increments only append to are added up every twentieth time (D191), and say the same. */
async function expectCountsToBeAddedUp(engine: Engine, deeds: Deeds): Promise<void> {
  const { database } = clone()
  const several = async (): Promise<number> => (await database.query('select from clock_unit group by scheme_id, benefit_period, unit_code, cash_event, days having count(*) > 1 limit 1')).length
  const [asOf] = await database.query<{ as_of: string }>("select max(as_of)::text as as_of from run where status = 'published'")
  const [paid] = deeds.taken.filter(({ kind }) => kind === 'disbursement').sort((one, other) => other.rowCount - one.rowCount)
  await deeds.withdraw(paid?.path ?? '', asOf?.as_of ?? '')
  await engine.rerun(asOf?.as_of ?? '')
  expect(await several()).toBe(1)
  // As if eighteen more nights had gone by without news.
  await database.query(`insert into run (as_of, status, started_at, finished_at, seconds, file_count, mode, engine_version, touched_count, clock_slot)
    select as_of, status, started_at, finished_at, seconds, file_count, mode, engine_version, touched_count, clock_slot from run, generate_series(1, 18) where run_id = (select max(run_id) from run)`)
  expect(await deeds.follow({ does: 'take again', letter: paid as NonNullable<typeof paid> }, asOf?.as_of ?? '')).toEqual([])
  await engine.rerun(asOf?.as_of ?? '')
  expect(await several()).toBe(0)
  expect(await engine.prove()).toBeGreaterThan(0)
}
