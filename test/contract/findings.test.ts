/** Every type of finding: its header is whole, and its worked examples come true in the SQL and in the reference model alike. */
import { describe, expect, test } from 'vitest'
import { stoppedClock } from '../../src/core/index.ts'
import { loadFindingTypes, run } from '../../src/reconcile/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts, ingestModelFiles } from '../helpers/model-files.ts'
import { readScenario } from '../helpers/scenario.ts'
import { reconcileModel } from '../model/model.ts'

const clone = useDatabase()
const types = loadFindingTypes()
const clock = stoppedClock('2026-11-20T02:00:00Z')

describe.each(types)('$code', ({ code, examples }) => {
  test('has at least a hit and a near miss', () => {
    expect(examples.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Hit', 'Near miss']))
    for (const { kind, lines } of examples) expect(readScenario(lines).expected === null).toBe(kind === 'Near miss')
  })

  test.each(examples)('$kind: $sentence', async ({ lines }) => {
    const { files, asOf, expected } = readScenario(lines)
    const wanted = expected === null ? [] : [{ code: expected.code, subject: expected.subject, amount_at_stake: expected.amount }]

    const fromModel = reconcileModel(files, asOf).findings.filter((finding) => finding.code === code)
    expect(fromModel.map(({ code, subject, amount_at_stake }) => ({ code, subject, amount_at_stake }))).toEqual(wanted)

    await forgetFacts(clone().database)
    await ingestModelFiles(clone().database, files)
    await run(clone().database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock })
    const fromSql = await clone().database.query('select code, subject, amount_at_stake::text from finding where code = $1', [code])
    expect(fromSql).toEqual(wanted)
  })
})
