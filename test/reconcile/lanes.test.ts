/** Two connections take pieces of work in turn: nothing is done twice, and after a failure nothing new begins. */
import { describe, expect, test } from 'vitest'
import type { Session } from '../../src/db/index.ts'
import { tasksOfChecks, tasksOfFindings, together, type Task } from '../../src/reconcile/lanes.ts'
import { loadFindingTypes } from '../../src/reconcile/index.ts'

// Lanes are told apart by who they are; these pieces of work never send a statement.
const [first, second] = [{} as Session, {} as Session]
const task = (name: string, work: (lane: Session) => Promise<void>): Task => ({ name, work })
const soon = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('two lanes', () => {
  test('do every piece of work once, in order, on whichever lane is free', async () => {
    const done: [string, Session][] = []
    const last = Promise.withResolvers<undefined>()
    const pieces = ['a', 'b', 'c', 'd'].map((name) => task(name, async (lane) => {
      done.push([name, lane])
      if (name === 'd') last.resolve(undefined)
      await (name === 'a' ? last.promise : soon(5))
    }))
    await together([first, second], pieces)
    expect(done.map(([name]) => name)).toEqual(['a', 'b', 'c', 'd'])
    // While the first lane is busy with a, the second does all the others.
    expect(done.map(([, lane]) => lane === first)).toEqual([true, false, false, false])
  })

  test('leave the list of the caller as it was', async () => {
    const pieces = [task('a', () => Promise.resolve())]
    await together([first, second], pieces)
    expect(pieces).toHaveLength(1)
  })

  test('begin nothing new after a failure, wait for what is under way, and throw what failed', async () => {
    const done: string[] = []
    const failing = task('failing', async () => { await soon(5); throw new Error('no more room') })
    const long = task('long', async () => { await soon(40); done.push('long') })
    const never = task('never', () => { done.push('never'); return Promise.resolve() })
    await expect(together([first, second], [failing, long, never, never])).rejects.toThrow('no more room')
    expect(done).toEqual(['long'])
  })

  test('have nothing to do with nothing', async () => {
    await expect(together([first, second], [])).resolves.toBeUndefined()
  })
})

test('every type of finding and every check is one piece of work, named after its file', () => {
  const types = loadFindingTypes()
  expect(tasksOfFindings(types, {}).map(({ name }) => name)).toEqual(types.map(({ code }) => `findings/${code}`))
  const checks = tasksOfChecks({}).map(({ name }) => name)
  expect(checks).toEqual(checks.toSorted())
  expect(checks[0]).toBe('checks/10_due_closes.sql')
})
