/** `tantay key`: a key is on stdout once and works; a second one beside it; a third, a wrong network and an unknown key are refused. */
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/core/index.ts'
import { keyOf } from '../../src/staff/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { addKeyCommands } from '../../src/cli/keys.ts'
import { runHere, type Ran } from './run-tantay.ts'

const clone = useDatabase()
const tantay = (...words: string[]): Promise<Ran> => runHere(addKeyCommands, words, { DATABASE_URL: clone().databaseUrl })
const isLetIn = async (key: string, from = '203.0.113.7'): Promise<boolean> => await keyOf(clone().database, key, from, systemClock.now()) !== null

describe('tantay key', () => {
  test('is given, changed without a gap, and revoked', async () => {
    const added = await tantay('key', 'add', '--bank', '970436', '--name', 'core', '--from', '203.0.113.0/24')
    expect([added.code, added.said]).toEqual([0, expect.stringContaining('bank 970436')])
    expect(added.out).toMatch(/^ttk_[\w-]{43}\n$/)
    const first = added.out.trim()
    expect([await isLetIn(first), await isLetIn(first, '198.51.100.1')]).toEqual([true, false])

    const rotated = JSON.parse((await tantay('key', 'rotate', '970436-core', '--days', '30', '--json')).out) as { key: string; key_id: string; allowed_from: string[] }
    expect([await isLetIn(first), await isLetIn(rotated.key), rotated.allowed_from]).toEqual([true, true, ['203.0.113.0/24']])
    const third = await tantay('key', 'rotate', '970436-core')
    expect([third.code, third.out]).toEqual([1, ''])

    const listed = (await tantay('key', 'list', '--json')).out
    expect(listed.trim().split('\n').map((line) => (JSON.parse(line) as { state: string }).state)).toEqual(['live', 'live'])
    expect(listed).not.toContain(first.slice(4, -4))
    const firstId = listed.trim().split('\n').map((line) => JSON.parse(line) as { key_id: string; token_end: string }).find(({ token_end: end }) => end === first.slice(-4))?.key_id ?? ''
    expect((await tantay('key', 'revoke', firstId, '--why', 'rotated')).code).toBe(0)
    expect([await isLetIn(first), await isLetIn(rotated.key)]).toEqual([false, true])
  })

  test('is refused with the right exit code, and nothing is left behind', async () => {
    const refused = [
      await tantay('key', 'add', '--bank', '970415', '--name', 'core', '--from', '203.0.113.0/99'),
      await tantay('key', 'add', '--bank', '970415', '--name', 'core', '--scope', 'everything'),
      await tantay('key', 'add', '--name', 'core'),
      await tantay('key', 'revoke', '999', '--why', 'x'),
    ]
    expect(refused.map(({ code, out }) => [code, out])).toEqual([[2, ''], [2, ''], [2, ''], [1, '']])
    expect(await clone().database.query('select 1 from staff where creditor_agent = 970415')).toEqual([])
  })
})
