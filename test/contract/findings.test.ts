/** Every type of finding: its header is whole, and its worked examples come true in the SQL and in the reference model alike. */
import { beforeAll, describe, expect, test } from 'vitest'
import { loadFindingTypes } from '../../src/reconcile/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { readReference } from '../helpers/reference.ts'
import { filesForModel, readScenario } from '../helpers/scenario.ts'
import { findingsOf } from '../helpers/scenario-files.ts'
import { reconcileModel } from '../model/model.ts'
import { FINDING_CODES, type Reference } from '../model/types.ts'

const clone = useDatabase()
const types = loadFindingTypes()
let reference: Reference

beforeAll(async () => {
  reference = await readReference(clone().database)
})

describe.each(types)('$code', ({ code, subject, examples }) => {
  const isAboutFiles = subject === 'file'

  test('has at least a hit and a near miss', () => {
    expect(examples.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Hit', 'Near miss']))
    for (const { kind, lines } of examples) expect(readScenario(lines).expected === null).toBe(kind === 'Near miss')
  })

  test.each(examples)('$kind: $sentence', async ({ lines }) => {
    const { files, asOf, expected } = readScenario(lines)
    const wanted = expected === null ? [] : [{ code: expected.code, subject: expected.subject, amount_at_stake: expected.amount }]

    // Scenarios do not tell the model who sent a file, on which day and with which totals; its own examples do (test/model).
    if ((FINDING_CODES as readonly string[]).includes(code) && !isAboutFiles) {
      const fromModel = reconcileModel(filesForModel(files), asOf, reference).findings.filter((finding) => finding.code === code)
      expect(fromModel.map(({ code, subject, amount_at_stake }) => ({ code, subject, amount_at_stake }))).toEqual(wanted)
    }

    const fromSql = await findingsOf(clone().database, { files, asOf })
    expect(fromSql.filter((finding) => finding.code === code)).toEqual(wanted)
  })
})
