/** `npm run bench -- audit`: random manipulations by the owner of a database, all found; many writers at once; and how fast a long trail is written and walked. */
import { generateKeyPairSync } from 'node:crypto'
import { connect, type Database } from '../../src/db/index.ts'
import { signatureOf } from '../../src/signing/index.ts'
import { leaveTrail, verifyTrail } from '../../src/trail/index.ts'
import { withMigratedDatabase } from '../with-migrated-database.ts'
import { buildTrail, chanceOf, manipulations, tryOut } from './audit-world.ts'

const at = '2026-11-02T01:00:00Z'

/** Options of the command line, as they came. */
export interface AuditBenchOptions {
  readonly seed: string
  /** How many manipulations. */
  readonly points: string
  /** How many entries the long trail has. */
  readonly entries: string
}

/** Prints one JSON object; ends with a failure when a manipulation was not found. */
export async function auditBench({ seed, points, entries }: AuditBenchOptions): Promise<void> {
  const tampered = await withMigratedDatabase((database) => tamperMany(database, parseInt(seed, 10), parseInt(points, 10)))
  const written = await withMigratedDatabase((database, url) => writeTogether(database, url))
  const walked = await withMigratedDatabase((database) => walkLong(database, parseInt(entries, 10)))
  process.stdout.write(`${JSON.stringify({ seed, tampered, written, walked }, null, 1)}\n`)
  if (tampered.unseen.length > 0 || written.fault !== null || walked.fault !== null) process.exitCode = 1
}

async function tamperMany(database: Database, seed: number, points: number): Promise<{ readonly tried: number; readonly found: number; readonly only_outside: number; readonly unseen: string[]; readonly by_kind: Record<string, Record<string, number>> }> {
  const { privateKey: key } = generateKeyPairSync('ed25519')
  const chance = chanceOf(seed)
  const outside = await buildTrail(database, { entries: 1000, heads: 12, chance, key })
  const result = { tried: 0, found: 0, only_outside: 0, unseen: [] as string[], by_kind: {} as Record<string, Record<string, number>> }
  for (let number = 0; number < points; number += 1) {
    const manipulation = manipulations[number < manipulations.length ? number : chance(manipulations.length)] ?? manipulations[0]
    if (manipulation === undefined) break
    const { withHeads, without } = await tryOut(database, manipulation, chance, { outside, key: signatureOf('', key).key_id })
    const verdict = withHeads.fault?.kind ?? 'unseen'
    result.tried += 1
    if (withHeads.fault === null) result.unseen.push(`${number}: ${manipulation.name}`)
    else result.found += 1
    if (without.fault === null) result.only_outside += 1
    if ((without.fault === null) !== (manipulation.onlyOutside === true)) result.unseen.push(`${number}: ${manipulation.name} without heads: ${without.fault?.kind ?? 'not found'}`)
    const kinds = (result.by_kind[manipulation.name] ??= {})
    kinds[verdict] = (kinds[verdict] ?? 0) + 1
  }
  return result
}

async function writeTogether(database: Database, url: string): Promise<{ readonly writers: number; readonly kept: number; readonly fault: unknown; readonly seconds: number; readonly entries_a_second: number }> {
  const writers = await connect(url, 50)
  const began = performance.now()
  let kept = 0
  await Promise.all(Array.from({ length: 50 }, async (_, writer) => {
    for (let turn = 0; turn < 40; turn += 1) {
      const fate = (writer * 7 + turn) % 10
      await writers.transaction(async (transaction) => {
        for (let more = 0; more < 3; more += 1) await leaveTrail(transaction, { staffId: null, at, kind: 'exported', subject: `${writer} ${turn} ${more}`, personKey: `${writer}` })
        if (fate === 0) throw new Error('rolled back')
        if (fate === 1) await transaction.query('select pg_terminate_backend(pg_backend_pid())')
      }).then(() => { kept += 3 }, () => undefined)
    }
  }))
  const seconds = (performance.now() - began) / 1000
  await writers.close()
  const report = await database.transaction((transaction) => verifyTrail(transaction, { outside: null }))
  return { writers: 50, kept, fault: report.entries === `${kept}` ? report.fault : `the chain has ${report.entries} entries`, seconds: Math.floor(seconds * 1000) / 1000, entries_a_second: Math.floor(kept / seconds) }
}

async function walkLong(database: Database, entries: number): Promise<{ readonly entries: number; readonly chained_seconds: number; readonly walked_seconds: number; readonly fault: unknown; readonly most_memory_mb: number }> {
  const began = performance.now()
  for (let left = entries; left > 0; left -= 5000) {
    await database.query("insert into trail_entry (happened_at, kind, person_key, person_salt, subject, details) select '2026-11-02'::timestamptz + n * interval '1 second', 'viewed_person', n, decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'case ' || md5(n::text), jsonb_build_object('n', n) from generate_series(1, $1::integer) n", [Math.min(left, 5000)])
  }
  const chained = (performance.now() - began) / 1000
  await database.query('vacuum analyze trail_entry')
  await database.query('vacuum analyze trail_link')
  let most = 0
  const report = await database.transaction((transaction) => verifyTrail(transaction, { outside: null, onProgress: () => { most = Math.max(most, process.memoryUsage().rss) } }))
  return { entries, chained_seconds: Math.floor(chained * 1000) / 1000, walked_seconds: Math.floor(performance.now() - began - chained * 1000) / 1000, fault: report.fault, most_memory_mb: Math.floor(most / 1_048_576) }
}
