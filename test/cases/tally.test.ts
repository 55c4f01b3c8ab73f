/** The tally is true at every moment, whoever moves cases while a result is followed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { act, followResult, type Action } from '../../src/cases/index.ts'
import { Refusal, type Reader, type Role } from '../../src/core/index.ts'
import { useProvince } from '../http/province.ts'
import { expectTallied } from '../helpers/tally.ts'

const province = useProvince(400)
const at = '2026-11-01T20:00:00Z'
const appraisal: Action = { kind: 'appraise', resolution: 'false_alarm', amount: '0', comment: 'đúng rồi' }
/** What can be done at each step, and by whom. */
const possible: Readonly<Record<string, readonly [Role, Action][]>> = {
  new: [['officer', { kind: 'receive' }], ['officer', appraisal]],
  received: [['officer', appraisal]],
  appraised: [['approver', { kind: 'approve' }], ['approver', { kind: 'sendBack', comment: 'xem lại' }]],
  approved: [['officer', { kind: 'answer' }]],
  answered: [['officer', { kind: 'reopen', comment: 'hỏi lại' }]],
}

test('cases that ten people move at once, while results are followed, are counted as they stand', async () => {
  const { database, desk, as } = province()
  const workers = await Promise.all(Array.from({ length: 10 }, async (_, index) => {
    const roles: readonly Role[] = index % 2 === 0 ? ['officer'] : ['approver']
    const { staffId, sessionHash } = await as({ roles })
    const actor: Reader = { staffId, userName: 'x', displayName: 'x', roles, unitCode: null, scopeLevel: 'country', creditorAgent: null }
    return { actor, connection: desk.as(sessionHash) }
  }))
  const ids = (await database.query<{ finding_id: string }>('select finding_id from case_record order by finding_id limit 12')).map(({ finding_id: id }) => id)
  const [followed] = await database.query<{ run_id: string; as_of: string }>('select run_id, as_of from run join followed_run using (run_id)')
  let moved = 0
  const move = async (worker: number, number: number, action: number): Promise<void> => {
    const findingId = ids[number] ?? ''
    const [standing] = await database.query<{ version: number; step: string }>('select version, step from case_record where finding_id = $1', [findingId])
    const choices = possible[standing?.step ?? ''] ?? []
    const [role, chosen] = choices[action % choices.length] ?? ['officer', appraisal]
    // Of each role every second worker.
    const { actor, connection } = workers[worker - (worker % 2) + (role === 'officer' ? 0 : 1)] as (typeof workers)[number]
    try {
      await connection.transaction((transaction) => act(transaction, { findingId, expectedVersion: standing?.version ?? 0, actor, at, action: chosen }))
      moved += 1
    } catch (error) {
      // Somebody was faster.
      if (!(error instanceof Refusal)) throw error
    }
  }
  const follow = () => database.transaction((transaction) => followResult(transaction, { runId: followed?.run_id ?? '', asOf: followed?.as_of ?? '', at }))
  const one = fc.oneof({ weight: 12, arbitrary: fc.record({ worker: fc.nat(9), number: fc.nat(11), action: fc.nat(1) }) }, { weight: 1, arbitrary: fc.constant('follow' as const) })
  await fc.assert(fc.asyncProperty(fc.array(one, { minLength: 20, maxLength: 40 }), async (steps) => {
    const results = steps.filter((step) => step === 'follow').length
    const moves = steps.filter((step) => step !== 'follow').map(({ worker, number, action }) => move(worker, number, action))
    const following = (async () => { for (let done = 0; done < results; done += 1) await follow() })()
    await Promise.all([...moves, following])
    await expectTallied(database)
  }), { numRuns: 12, endOnFailure: true })
  expect(moved).toBeGreaterThan(40)
})

test('a case that was moved behind the tally’s back would be noticed', async () => {
  const { database } = province()
  await expect(database.transaction(async (transaction) => {
    await transaction.query("update case_record set unit_code = 'elsewhere' where finding_id = (select min(finding_id) from case_record)")
    await expectTallied(transaction)
  })).rejects.toThrow('expected')
  await expectTallied(database)
})
