/** The trail is a chain: what is done to it past the program is named, many writers leave no gap and no fork, and heads outside show what nothing inside can. */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTrail, chanceOf, manipulations, tryOut } from '../../scripts/bench/audit-world.ts'
import { connect } from '../../src/db/index.ts'
import { signatureOf } from '../../src/signing/index.ts'
import { forgetPeople, forgetRows, leaveTrail, readHeads, restateRows, signHead, verifyTrail, type ReadHead, type TrailReport } from '../../src/trail/index.ts'
import { cloneDatabase, useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const { privateKey: key } = generateKeyPairSync('ed25519')
const keyId = signatureOf('', key).key_id
const at = '2026-11-02T01:00:00Z'
const folder = mkdtempSync(join(tmpdir(), 'tantay-heads-'))
const chance = chanceOf(20261123)
let outside: ReadHead[] = []

beforeAll(async () => {
  outside = await buildTrail(clone().database, { entries: 120, heads: 6, chance, key })
})
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const verified = (): Promise<TrailReport> => clone().database.transaction((transaction) => verifyTrail(transaction, { outside, keys: [keyId] }))

test('an untouched trail is whole, and every head vouches for it', async () => {
  const report = await verified()
  expect(report.fault).toBeNull()
  expect(Number.parseInt(report.entries, 10)).toBeGreaterThanOrEqual(120)
  expect(report.covered_outside).toBe(report.entries)
  expect(Number.parseInt(report.rows, 10)).toBeGreaterThan(30)
})

describe('the owner of the database', () => {
  test.each(manipulations)('cannot $name unseen', async (manipulation) => {
    const { withHeads, without } = await tryOut(clone().database, manipulation, chance, { outside, key: keyId })
    expect(withHeads.fault).not.toBeNull()
    // What is whole in itself is shown by a head outside alone: without one it is not found, and this says so.
    expect(without.fault === null).toBe(manipulation.onlyOutside === true)
  })
})

test('the first bad entry is named, and what is wrong with it', async () => {
  const [wrong] = manipulations.filter(({ name }) => name === 'change subject of an entry')
  const { withHeads } = await tryOut(clone().database, { name: '', tamper: (session) => wrong?.tamper(session, () => 41, 100) ?? Promise.reject(new Error('none')) }, chance, { outside, key: keyId })
  expect(withHeads.fault).toMatchObject({ kind: 'content_changed', sequence_number: '42' })
  expect(withHeads.entries).toBe('41')
})

test('fifty writers at once, some rolled back and some killed, leave no gap and no fork', async () => {
  const other = await cloneDatabase()
  try {
    const writers = await connect(other.databaseUrl, 50)
    let kept = 0
    await Promise.all(Array.from({ length: 50 }, async (_, writer) => {
      for (let turn = 0; turn < 3; turn += 1) {
        const fate = (writer + turn) % 5
        await writers.transaction(async (transaction) => {
          await leaveTrail(transaction, { staffId: null, at, kind: 'exported', subject: `${writer}`, personKey: `${turn}` })
          await leaveTrail(transaction, { staffId: null, at, kind: 'exported', subject: `${writer} again` })
          if (fate === 0) throw new Error('rolled back')
          if (fate === 1) await transaction.query('select pg_terminate_backend(pg_backend_pid())')
        }).then(() => { kept += 2 }, () => undefined)
      }
    }))
    await writers.close()
    const report = await other.database.transaction((transaction) => verifyTrail(transaction, { outside: null }))
    expect(report).toMatchObject({ fault: null, entries: `${kept}` })
    expect(kept).toBe(180)
  } finally {
    await other.drop()
  }
})

test('a head is written to every folder, once; a copy put back is refused until somebody says why', async () => {
  const { database } = clone()
  const first = await signHead(database, { key, at, folders: [folder] })
  expect(first).toMatchObject({ isNew: true })
  const names = readdirSync(folder)
  expect(names).toHaveLength(outside.length + 1)
  expect(await signHead(database, { key, at, folders: [folder] })).toMatchObject({ isNew: false, written: [] })
  // A crash in the middle of a file is mended; nothing else in the folder is ever written again.
  const last = join(folder, names.at(-1) ?? '')
  const whole = readFileSync(last, 'utf8')
  writeFileSync(last, whole.slice(0, 40))
  await signHead(database, { key, at, folders: [folder] })
  expect(readFileSync(last, 'utf8')).toBe(whole)

  await database.query('delete from trail_head where head_number = (select max(head_number) from trail_head)')
  await expect(signHead(database, { key, at, folders: [folder] })).rejects.toMatchObject({ code: 'heads_ahead' })
  const heads = await readHeads(folder)
  const verify = (): Promise<TrailReport> => database.transaction((transaction) => verifyTrail(transaction, { outside: heads, keys: [keyId] }))
  expect((await verify()).fault).toMatchObject({ kind: 'head_missing' })
  await signHead(database, { key, at, folders: [folder], restoredBecause: 'disk of the 2nd of November' })
  expect(await verify()).toMatchObject({ fault: null, restored: [{ at, reason: 'disk of the 2nd of November' }] })
  outside = await readHeads(folder)
})

test('a person can be taken out, and a row let go, without breaking the chain; not in silence', async () => {
  const { database } = clone()
  await database.transaction(async (transaction) => {
    const people = ['1', '2', '3', '4', '5', '6', '7', '8']
    const why = { staffId: null, at, reason: 'kept for ten years' }
    expect(await forgetPeople(transaction, people, why)).toBeGreaterThan(3)
    await restateRows(transaction, { personKeys: people, fileIds: [] }, why)
    const [row] = await transaction.query<{ row_key: string }>("update case_event set comment = null where (person_key, event_number) in (select person_key, event_number from case_event order by person_key desc limit 1) returning finding_id || ' ' || event_number as row_key")
    await forgetRows(transaction, 'case_event', [row?.row_key ?? ''], { staffId: null, at, reason: 'kept for ten years' })
  })
  const report = await verified()
  expect(report.fault).toBeNull()
  expect(report.forgotten).not.toBe('0')
  await database.query('update trail_entry set person_key = null, person_salt = null where entry_id = (select max(entry_id) from trail_entry where person_key is not null)')
  expect((await verified()).fault).toMatchObject({ kind: 'person_taken_away' })
})

test('the chain is what its description says: hashes that anybody can work out with sha256sum', async () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
  const other = await cloneDatabase()
  try {
    await leaveTrail(other.database, { staffId: null, at, kind: 'exported', subject: 'danh sách "mới"', details: { count: '2' } })
    const [link] = await other.database.query<{ entry_id: string; content_hash: string; hash: string }>('select entry_id, content_hash, hash from trail_link')
    expect(link?.content_hash).toBe(sha256(`["1","${link?.entry_id ?? ''}","2026-11-02T01:00:00.000000Z",null,"exported",null,"danh sách \\"mới\\"",null,"{\\"count\\": \\"2\\"}",null,null,null]`))
    expect(link?.hash).toBe(sha256('0'.repeat(64) + (link?.content_hash ?? '')))
  } finally {
    await other.drop()
  }
})
