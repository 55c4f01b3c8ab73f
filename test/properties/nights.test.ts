/**
 * Night after night files arrive and are withdrawn, and the days go by: what is then published is row for row what a fresh
 * database publishes that is given the files that count and looks at everybody (contract 9.5, 9.6).
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { voidFile } from '../../src/ingest/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { arrive, clock, type Ledger } from '../helpers/arrivals.ts'
import { useDatabase } from '../helpers/database.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { publishedRows, type Published } from '../helpers/published.ts'
import { dice, worldsOf, type Roll } from '../helpers/shuffled.ts'
import { REFERENCE_KINDS, type ModelFile } from '../model/types.ts'
import { dayOf, dayText } from '../model/values.ts'
import { worlds, type World } from '../model/worlds.ts'

const lived = useDatabase()
const fresh = useDatabase()
const timeout = 120_000 + worldsOf(0.2).numRuns * 120_000

/** What one night brings, before its run. */
interface Night {
  readonly asOf: string
  readonly files: readonly ModelFile[]
  /** Picks the file to be withdrawn among those that count; null: none is. */
  readonly voided: number | null
}
interface Held {
  readonly fileId: string
  readonly file: ModelFile
}

/** Three to six nights up to the world's day and beyond; now and then a reference file comes late. */
function nightsOf({ files, asOf }: World, roll: Roll): Night[] {
  const isLate = ({ kind }: ModelFile, at: number): boolean => REFERENCE_KINDS.includes(kind) && kind !== 'scheme' && roll(at) % 12 === 0
  const known = files.filter(({ voided }) => voided !== true)
  const late = known.filter(isLate)
  const inTime = known.filter((file, at) => !isLate(file, at))
  const count = 3 + (roll(40) % 4)
  // Half of the files come on the first night, so that there is something for the next ones to change.
  const cuts = Array.from({ length: count - 1 }, (_, night) => Math.floor(inTime.length / 2) + (roll(night + 41) % Math.ceil(inTime.length / 2 + 1))).sort((one, other) => one - other)
  const nights: Night[] = []
  // Half of the worlds are looked at when nothing in their files lies ahead, as files usually are; the others earlier.
  let day = dayOf(asOf) + (roll(46) % 2 === 0 ? 150 : -(roll(47) % 60))
  for (let night = 0; night < count; night += 1) {
    const arriving = inTime.slice(cuts[night - 1] ?? 0, cuts[night] ?? inTime.length)
    const lateHere = late.filter((_, at) => 1 + (roll(at + 48) % (count - 1)) === night)
    nights.push({ asOf: dayText(day), files: [...arriving, ...lateHere], voided: night > 0 && roll(night + 50) % 3 === 0 ? roll(night + 56) : null })
    day += [0, 1, 1, 7, 15, 31, 40][roll(night + 60) % 7] ?? 1
  }
  return nights
}

/** Lives through the nights; gives how each run went about it, and whether it could have looked at the touched alone. */
async function liveThrough(world: World, roll: Roll): Promise<{ mode: string; isReferenceNight: boolean }[]> {
  const { database } = lived()
  await forgetFacts(database)
  const ledger: Ledger = new Map()
  const modes: { mode: string; isReferenceNight: boolean }[] = []
  let held: Held[] = []
  for (const [number, night] of nightsOf(world, roll).entries()) {
    const before = held
    for (const file of night.files) {
      const { file_id, repeat_of } = await arrive(database, ledger, file)
      if (file_id !== null && repeat_of === null) held = [...held, { fileId: file_id, file }]
    }
    const sealed = await database.query<{ file_id: string }>("select file_id::text from source_file where status = 'sealed'")
    const candidates = held.filter(({ fileId, file }) => file.kind !== 'scheme' && sealed.some(({ file_id }) => file_id === fileId))
    const gone = night.voided === null ? undefined : candidates[night.voided % Math.max(candidates.length, 1)]
    if (gone) {
      await voidFile(database, gone.fileId, 'the law says so', clock)
      held = held.filter((one) => one !== gone)
    }
    const { mode, reason } = await run(database, { asOf: night.asOf, timeZone: 'Asia/Ho_Chi_Minh', clock })
    expect(await publishedRows(database, ledger)).toEqual(await freshResult(held.map(({ file }) => file), night.asOf))
    const changed = [...held.filter((one) => !before.includes(one)), ...(gone ? [gone] : [])]
    modes.push({ mode, isReferenceNight: number === 0 || reason.startsWith('banks have reported') || changed.some(({ file }) => REFERENCE_KINDS.includes(file.kind)) })
  }
  return modes
}

async function freshResult(files: readonly ModelFile[], asOf: string): Promise<Published> {
  const { database } = fresh()
  await forgetFacts(database)
  const ledger: Ledger = new Map()
  for (const file of files) await arrive(database, ledger, file)
  await run(database, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock, isFull: true })
  return await publishedRows(database, ledger)
}

test('however the nights fall, an increment publishes what a fresh database would', { timeout }, async () => {
  const nights: { mode: string; isReferenceNight: boolean }[] = []
  await fc.assert(fc.asyncProperty(worlds, dice, async (world, roll) => void nights.push(...(await liveThrough(world, roll)))), { ...worldsOf(0.2), endOnFailure: true })
  const others = nights.filter(({ isReferenceNight }) => !isReferenceNight)
  const increments = others.filter(({ mode }) => mode === 'increment')
  console.info(`${nights.length} nights, ${increments.length} of them increments; ${nights.length - others.length} were first nights, or after a look at a day before the banks’ last, or changed reference rows`)
  expect(increments.length).toBeGreaterThan(others.length * 0.9)
  // Few worlds are drawn: that there are increments at all is what matters.
  expect(others.length).toBeGreaterThan(nights.length / 6)
})
