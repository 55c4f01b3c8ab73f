/** Brings the files of the reference model through the real ingest into a database, and empties it again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stoppedClock } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import { ingestFile, voidFile } from '../../src/ingest/index.ts'
import type { ModelFile } from '../model/types.ts'
import { writeCsv } from '../model/write-csv.ts'

const clock = stoppedClock('2026-11-20T02:00:00Z')
const factTables = 'entitlement_line, payment_report, account_report, withdrawal_report, mandate_row, register_row, exemption_row, problem, ignored_lines, source_file_offsets, hashed_text'

/** Forgets every file but the pack that migration loads. */
export async function forgetFacts(database: Database): Promise<void> {
  await database.query(`truncate ${factTables}`)
  const referenceTables = ['scheme_row', 'standard_rate_row', 'category_row', 'administrative_unit_row', 'unit_succession_row', 'village_row', 'bank_row', 'reason_code_row', 'calendar_row', 'source_expectation_row']
  for (const table of [...referenceTables, 'source_file']) await database.query(`delete from ${table} where file_id > 0`)
}

/** Hands in the files in the order of arrival; every row must be taken, since the model knows no problems. Voided ones are voided at once. */
export async function ingestModelFiles(database: Database, files: readonly ModelFile[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tantay-model-'))
  try {
    for (const [index, file] of files.entries()) {
      const path = join(folder, `${index}-${file.kind}.csv`)
      writeFileSync(path, writeCsv(file))
      const receipt = await ingestFile(database, { path, kind: file.kind }, { clock, dataDirectory: folder })
      if (receipt.status !== 'sealed' || receipt.problem_count > 0) throw new Error(`${file.kind}: ${JSON.stringify(receipt.refusal ?? receipt.problems)}`)
      if (file.voided === true && receipt.file_id !== null && receipt.repeat_of === null) await voidFile(database, receipt.file_id, 'the world says so', clock)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
