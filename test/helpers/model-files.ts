/** Brings the files of the reference model through the real ingest into a database, and empties it again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stoppedClock } from '../../src/core/index.ts'
import type { Database } from '../../src/db/index.ts'
import { ingestFile, voidFile, type Receipt } from '../../src/ingest/index.ts'
import { isRefused, nameOf } from '../model/findings-of-files.ts'
import { USUAL_DAY, type ModelFile } from '../model/types.ts'
import { writeCsv } from '../model/write-csv.ts'

/** The moment at which files are received and runs begin in tests. */
export const clock = stoppedClock('2026-11-20T02:00:00Z')
const factTables = 'entitlement_line, payment_report, account_report, withdrawal_report, mandate_row, register_row, exemption_row, outreach_result_row, complaint_row, account_statement_row, problem, ignored_lines, source_file_offsets, hashed_text, listed_term, file_content, file_content_bits'

/** Forgets every file but the pack that migration loads. */
export async function forgetFacts(database: Database): Promise<void> {
  await database.query(`truncate ${factTables}`)
  const referenceTables = ['scheme_row', 'standard_rate_row', 'category_row', 'administrative_unit_row', 'unit_succession_row', 'village_row', 'bank_row', 'reason_code_row', 'calendar_row', 'source_expectation_row', 'coverage_start_row', 'campaign_row', 'cash_limit_row', 'payer_account_row', 'payment_organisation_row', 'report_deadline_row']
  for (const table of [...referenceTables, 'source_file']) await database.query(`delete from ${table} where file_id > 0`)
}

/** Hands in one file as its sender would: under its name, on its day, with what was declared; `text` when not the plain one. */
export async function handIn(database: Database, file: ModelFile, text = writeCsv(file)): Promise<Receipt> {
  const folder = mkdtempSync(join(tmpdir(), 'tantay-model-'))
  try {
    const path = join(folder, nameOf(file))
    writeFileSync(path, text)
    const { kind, source, controlCount, controlSum } = file
    const request = { path, kind, ...(source !== undefined && { source }), ...(controlCount !== undefined && { controlCount }), ...(controlSum !== undefined && { controlSum }) }
    const receipt = await ingestFile(database, request, { clock: stoppedClock(`${file.receivedOn ?? USUAL_DAY}T02:00:00Z`), dataDirectory: folder })
    const isExpected = receipt.repeat_of !== null || receipt.status === (isRefused(file) ? 'refused' : 'sealed')
    if (!isExpected) throw new Error(`${file.kind}: ${JSON.stringify(receipt.refusal ?? receipt.problems)}`)
    return receipt
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Hands in the files in the order of arrival; every row must be taken, since the model knows no problems. Voided ones are voided at once. */
export async function ingestModelFiles(database: Database, files: readonly ModelFile[]): Promise<void> {
  for (const file of files) {
    const receipt = await handIn(database, file)
    if (receipt.problem_count > 0) throw new Error(`${file.kind}: ${JSON.stringify(receipt.problems)}`)
    if (file.voided === true && receipt.file_id !== null && receipt.repeat_of === null) await voidFile(database, receipt.file_id, 'the world says so', clock)
  }
}
