/** A whole province's files with planted faults, and truth.json: exactly what a run over them must find. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { smallerBanks } from './banks.ts'
import { type Case, cases, ordinary } from './cases/index.ts'
import { type Files, openFiles, type SimulatedFile } from './files.ts'
import { asOf } from './month.ts'
import { type Commune, inventPlaces, type Province } from './places.ts'
import { type Random, randomFrom } from './random.ts'
import { openTruth, type TruthTotals } from './truth.ts'
import { drawWithdrawals } from './withdrawals.ts'
import { World } from './world.ts'

/** What to simulate. */
export interface SimulationOptions {
  /** How many people are on the list; at least `fewestBeneficiaries`. */
  readonly beneficiaries: number
  /** The same seed gives the same bytes. */
  readonly seed: string | number
  /** The folder for the files; made when it is not there, files of those names in it are replaced. */
  readonly out: string
  /** Beneficiaries per 10,000 in a case, by the case's name; 0 leaves a case out. Others keep their default. */
  readonly shares?: Readonly<Record<string, number>>
  /** Told now and then how many beneficiaries are done. */
  readonly onProgress?: (done: number, total: number) => void
}

/** What was written. */
export interface Simulation {
  /** The files in the order in which they are to be taken in. */
  readonly files: readonly SimulatedFile[]
  /** truth.json, whose findings stay in the file because they may be many. */
  readonly truth: TruthTotals & { readonly path: string; readonly as_of: string }
}

/** Below this not every case would fit in once. */
export const fewestBeneficiaries = 200

/**
 * Writes the seven files of an invented province and truth.json into `out`.
 * Throws a RangeError for fewer than `fewestBeneficiaries`, for an unknown case name and for shares above the whole.
 */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const { beneficiaries, out } = options
  if (!Number.isSafeInteger(beneficiaries) || beneficiaries < fewestBeneficiaries) throw new RangeError(`a simulation needs at least ${String(fewestBeneficiaries)} beneficiaries`)
  const plan = planCases(beneficiaries, options.shares ?? {})
  mkdirSync(out, { recursive: true })
  const truthPath = join(out, 'truth.json')
  const files = openFiles(out)
  const truth = openTruth(truthPath)
  try {
    const random = randomFrom(String(options.seed))
    const { provinces, communes } = inventPlaces(random, beneficiaries)
    writeUnits(files, provinces, communes)
    const timeToCash = drawWithdrawals(random.pick(smallerBanks))
    const world = new World(random, files, truth, communes, timeToCash)
    await tellStories(world, communes, plan, options)
    const written = files.finish()
    const totals = truth.finish({
      as_of: asOf,
      seed: String(options.seed),
      beneficiaries,
      planted: Object.fromEntries(plan.map(({ each, told }) => [each.name, told])),
      planted_kinds: Object.fromEntries(plan.map(({ each }) => [each.name, each.kind])),
      time_to_cash: { ...timeToCash.planted(), remote_units: communes.filter((commune) => commune.isRemote).map((commune) => commune.unitCode) },
      files: written.map(({ kind, rows }) => ({ kind, rows })),
    })
    return { files: written, truth: { ...totals, path: truthPath, as_of: asOf } }
  } catch (failure) {
    files.abandon()
    truth.abandon()
    rmSync(truthPath, { force: true })
    throw failure
  }
}

interface PlannedCase {
  readonly each: Case
  /** Stories still to be told. */
  left: number
  /** Stories told so far: also which variant's turn it is. */
  told: number
}

function planCases(beneficiaries: number, shares: Readonly<Record<string, number>>): PlannedCase[] {
  for (const name of Object.keys(shares)) if (!cases.some((each) => each.name === name)) throw new RangeError(`no case of a simulation is called ${name}`)
  return cases.map((each) => {
    const share = shares[each.name] ?? each.share
    const stories = Math.floor((beneficiaries * share) / 10_000 / Math.max(1, each.people))
    return { each, left: share === 0 ? 0 : Math.max(1, stories), told: 0 }
  })
}

/** Tells all stories in a random order over the communes, each commune getting as many people as live there. */
async function tellStories(world: World, communes: readonly Commune[], plan: readonly PlannedCase[], options: SimulationOptions): Promise<void> {
  const { random } = world
  const inCases = plan.reduce((sum, { each, left }) => sum + each.people * left, 0)
  let ordinaryLeft = options.beneficiaries - inCases
  if (ordinaryLeft < 0) throw new RangeError(`the cases alone take ${String(inCases)} of ${String(options.beneficiaries)} beneficiaries`)
  let storiesLeft = plan.reduce((sum, { left }) => sum + left, ordinaryLeft)
  const offset = random.below(1000)
  let done = 0
  let communeIndex = -1
  let communeUntil = 0
  while (storiesLeft > 0) {
    while (done >= communeUntil && communeIndex + 1 < communes.length) {
      communeIndex += 1
      world.commune = communes[communeIndex] as Commune
      communeUntil += world.commune.size
      options.onProgress?.(done, options.beneficiaries)
      // Lets the caller's timers and signals in between communes.
      await new Promise((resolve) => setImmediate(resolve))
    }
    const chosen = chooseStory(random, plan, ordinaryLeft, storiesLeft)
    storiesLeft -= 1
    if (chosen === null) {
      ordinaryLeft -= 1
      ordinary(world)
      done += 1
      continue
    }
    chosen.each.variants[(offset + chosen.told) % chosen.each.variants.length]?.(world)
    chosen.left -= 1
    chosen.told += 1
    done += chosen.each.people
  }
  options.onProgress?.(done, options.beneficiaries)
}

/** One of the stories left, each as likely as the others; null for an ordinary month. */
function chooseStory(random: Random, plan: readonly PlannedCase[], ordinaryLeft: number, storiesLeft: number): PlannedCase | null {
  let point = random.below(storiesLeft) - ordinaryLeft
  if (point < 0) return null
  for (const planned of plan) {
    point -= planned.left
    if (point < 0) return planned
  }
  return null
}

function writeUnits(files: Files, provinces: readonly Province[], communes: readonly Commune[]): void {
  const basis = 'Dữ liệu mô phỏng'
  for (const province of provinces) files.add('administrative_unit', `${province.unitCode},${province.name},tỉnh,province,,2025-07-01,,${basis}\n`)
  for (const commune of communes) files.add('administrative_unit', `${commune.unitCode},${commune.name},${commune.unitType},commune,${commune.provinceCode},2025-07-01,,${basis}\n`)
}

