/** How facts arrive changes nothing that is published: any order, any split, and as often as you like (contract 9.3, 9.4). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { run } from '../../src/reconcile/index.ts'
import { arrive, arriveAll, clock, forms, type Form, type Ledger } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { publishedTables, wholeResult, type Published } from '../helpers/published.ts'
import { dice, shuffled, torn, worldsOf } from '../helpers/shuffled.ts'
import { REFERENCE_KINDS, type Kind, type ModelFile } from '../model/types.ts'
import { readable } from '../model/world-files.ts'
import { worlds } from '../model/worlds.ts'

const clone = useDatabase()
const timeout = 60_000 + worldsOf(1).numRuns * 4000
const reconcile = (asOf: string): Promise<unknown> => run(clone().database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock })

async function resultOf(files: readonly (ModelFile & { readonly form?: Form })[], asOf: string): Promise<Published> {
  await forgetFacts(clone().database)
  const ledger = await arriveAll(clone().database, files)
  await reconcile(asOf)
  return await wholeResult(clone().database, ledger)
}

describe('files that do not contradict each other', () => {
  test('lists with different dates, payments, accounts and mandates arrive in any order, cut and shuffled', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, dice, async ({ files, asOf }, roll) => {
        const dates = readable(files).filter(({ kind }) => kind === 'beneficiary_list').map(({ rows }) => rows[0]?.['list_date'] ?? '')
        fc.pre(dates.length > 1 && !dates.includes('') && new Set(dates).size === dates.length)
        // Reference files come before the facts that need them, and two entries of one day about one person contradict each other.
        const inOrder: Kind[] = [...REFERENCE_KINDS, 'population_register']
        const first = readable(files).filter(({ kind }) => inOrder.includes(kind))
        const pieces = readable(files).filter(({ kind }) => !inOrder.includes(kind)).flatMap((file) => torn(file, roll))
        const expected = await resultOf(readable(files), asOf)
        expect(await resultOf([...first, ...shuffled(pieces, (_, at) => roll(at + 31))], asOf)).toEqual(expected)
      }),
      worldsOf(0.15),
    )
  })

  test('payments arrive at any place among the others, cut and shuffled', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, dice, async ({ files, asOf }, roll) => {
        const others = readable(files).filter(({ kind }) => kind !== 'disbursement')
        const facts = others.findIndex(({ kind }) => !REFERENCE_KINDS.includes(kind))
        const places = others.map((file, at) => ({ file, place: (at + 1) * 1000 }))
        const pieces = readable(files).filter(({ kind }) => kind === 'disbursement').flatMap((file) => torn(file, roll)).map((file, at) => ({ file, place: facts * 1000 + (roll(at + 31) * roll(at + 3)) % 9000 + 1 }))
        const expected = await resultOf(readable(files), asOf)
        expect(await resultOf(shuffled([...places, ...pieces], ({ place }) => place).map(({ file }) => file), asOf)).toEqual(expected)
      }),
      worldsOf(0.1),
    )
  })
})

describe('the same again', () => {
  test('the same bytes change no byte of the result, nor does running twice', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, dice, async ({ files, asOf }, roll) => {
        await forgetFacts(clone().database)
        const ledger: Ledger = await arriveAll(clone().database, readable(files))
        await reconcile(asOf)
        const before = await publishedTables(clone().database)
        await reconcile(asOf)
        expect(await publishedTables(clone().database)).toEqual(before)
        const again = readable(files).filter((_, at) => roll(at) % 2 === 0)
        for (const file of again) expect((await arrive(clone().database, ledger, file)).repeat_of).not.toBeNull()
        await reconcile(asOf)
        expect(await publishedTables(clone().database)).toEqual(before)
      }),
      worldsOf(0.1),
    )
  })

  test('the same rows under other bytes change nothing: any file at once, payments and mandates at any time', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, dice, async ({ files, asOf }, roll) => {
        const copyOf = (file: ModelFile, at: number): ModelFile & { form: Form } => ({ ...file, form: forms[1 + (roll(at + 11) % (forms.length - 1))] ?? 'crlf' })
        const once = readable(files)
        const often = once.flatMap((file, at) => (roll(at) % 2 === 0 ? [file, copyOf(file, at)] : [file]))
        const later = once.filter(({ kind }, at) => (kind === 'disbursement' || kind === 'mandate') && roll(at) % 2 === 1).map((file, at) => copyOf(file, at + 5))
        const expected = await resultOf(once, asOf)
        expect(await resultOf([...often, ...later], asOf)).toEqual(expected)
      }),
      worldsOf(0.15),
    )
  })
})
