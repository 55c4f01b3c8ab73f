/** Hands in the files of a scenario as their senders would, and says what a run found in them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stoppedClock } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import { ingestFile } from '../../src/ingest/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { forgetFacts } from './model-files.ts'
import type { Scenario, ScenarioFile } from './scenario.ts'

const lastDay = '2026-11-20'
const clockOf = (day: string): ReturnType<typeof stoppedClock> => stoppedClock(`${day}T02:00:00Z`)

/** A finding in the words of a scenario. */
export interface Found {
  readonly code: string
  readonly subject: string
  readonly amount_at_stake: string
}

/** Everything that a run finds in a scenario, by code and subject; a file is named without its fingerprint. */
export async function findingsOf(database: Database, { files, asOf }: Pick<Scenario, 'files' | 'asOf'>): Promise<Found[]> {
  await forgetFacts(database)
  await ingestScenario(database, files)
  await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock: clockOf(lastDay) })
  return database.query<Found>("select code, regexp_replace(subject, ' [0-9a-f]{12}$', '') as subject, amount_at_stake::text from finding order by code, subject collate \"C\", benefit_period")
}

async function ingestScenario(database: Database, files: readonly ScenarioFile[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tantay-scenario-'))
  try {
    for (const { kind, rows, sending } of files) {
      const path = join(folder, `${kind}.csv`)
      const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
      writeFileSync(path, [header, ...rows.map((row) => header.map((column) => row[column] ?? ''))].map((cells) => `${cells.join(',')}\n`).join(''))
      const receipt = await ingestFile(
        database,
        { path, kind, ...(sending.source !== undefined && { source: sending.source }), ...(sending.control_sum !== undefined && { controlSum: sending.control_sum }), ...(sending.control_count !== undefined && { controlCount: parseInt(sending.control_count, 10) }) },
        { clock: clockOf(sending.received ?? lastDay), dataDirectory: folder },
      )
      const isAsExpected = sending.is_refused === 'yes' ? receipt.status === 'refused' : receipt.status === 'sealed' && receipt.problem_count === 0
      if (!isAsExpected) throw new Error(`${kind}: ${JSON.stringify(receipt.refusal ?? receipt.problems)}`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
