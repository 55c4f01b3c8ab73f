/** Templates filled in and handed in: the workbook gives what the CSV gives, kind by kind, with no kind named. */
import { describe, expect, test } from 'vitest'
import { kinds, type Column } from '../../src/core/index.ts'
import { csvTemplate, writeWorkbook } from '../../src/formats/index.ts'
import { templateSheets } from '../../src/formats/template.ts'
import { bytesOf } from '../helpers/unzip.ts'
import { useDatabase } from '../helpers/database.ts'
import { ingestText, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()

/** A good value for a column. */
function valueOf({ type, name, words, minimum }: Column): string {
  switch (type) {
    case 'scheme': return 'BTXH'
    case 'new_scheme': return 'THU'
    case 'period': return '10/2026'
    case 'person': return name === 'previous_id' ? '123456789' : '001087123456'
    case 'party': return '001087123457'
    case 'agent': return '970405'
    case 'account': return '0123456789'
    case 'reference': return 'T1'
    case 'text': return name === 'kind' ? 'disbursement' : '007'
    case 'word': return Object.keys(words ?? {})[0] ?? ''
    case 'flag': return 'có'
    case 'date': case 'birth': case 'instant': return '05/10/2026'
    case 'amount': case 'balance': return '540000'
    case 'decimal': return '1.5'
    case 'whole': return `${(minimum ?? 0) + 1}`
    case 'currency': return 'VND'
  }
}

describe('a template that was filled in', () => {
  test.each(kinds.map((kind) => [kind.name, kind] as const))('%s: the workbook gives the row that the CSV gives', async (_, kind) => {
    const { database } = clone()
    // A status whose dates are all given, and a return no larger than its credit.
    const row = kind.columns.map((column) => (column.name === 'transaction_status' ? 'RTRN' : column.name === 'component' ? 'arrears' : valueOf(column)))
    // A statement is one only with the balances that it begins and ends with.
    const rows = kind.name === 'account_statement' ? [row, row.map((value, index) => (kind.columns[index]?.name === 'entry_kind' ? 'closing' : value))] : [row]
    for (const language of ['vi', 'en'] as const) {
      const sheets = templateSheets(kind, language)
      const book = await bytesOf(writeWorkbook([{ ...sheets[0], rows: [...sheets[0].rows, ...rows] }, sheets[1]]))
      const fromBook = await ingestText(database, folder, book)
      expect(fromBook, JSON.stringify([fromBook.problems, fromBook.refusal])).toMatchObject({ kind: kind.name, status: 'sealed', format: 'xlsx', problem_count: 0 })
      expect(fromBook.parts?.map(({ status }) => status)).toEqual(['taken', 'other'])
      const fromText = await ingestText(database, folder, `${csvTemplate(kind, language)}${rows.map((one) => `${one.join(',')}\r\n`).join('')}`)
      expect(fromText).toMatchObject({ kind: kind.name, status: 'sealed', problem_count: 0 })
      const stored = async (id: string | null): Promise<unknown> => database.query(`select to_jsonb(t) - 'file_id' - 'line_number' as row from ${kind.table} t where file_id = $1`, [id])
      expect(await stored(fromBook.file_id)).toEqual(await stored(fromText.file_id))
    }
  })
})
