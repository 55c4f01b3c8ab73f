/** A whole province's files with planted faults, and truth.json: exactly what a run over them must find. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { harmlessBank, smallerBanks } from './banks.ts'
import { type Case, cases, ordinary } from './cases/index.ts'
import { Expectations } from './expectations.ts'
import { writeExpectedSources, writeUnits, writeWrongTotal } from './files-about-files.ts'
import { type Files, noFiles, openFiles, removeFiles, type SimulatedFile } from './files.ts'
import { Ledger } from './ledger.ts'
import { asOf, nextAsOf } from './month.ts'
import { Neighbours } from './neighbours.ts'
import { type Commune, inventPlaces } from './places.ts'
import { type Random, randomFrom } from './random.ts'
import { writeRates } from './rates.ts'
import { noTruth, openTruth, type Truth, type TruthTotals } from './truth.ts'
import { type Villages, inventVillages } from './villages.ts'
import { type Slowness, drawWithdrawals, plantedSlowness } from './withdrawals.ts'
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
  /** 2: also the files of the next banking day, in the folder `night-2` of `out`, with the truth after them. The first night's stay the same. */
  readonly nights?: 1 | 2
  /** How slow the slow are, in per cent of the others' daily chance to withdraw; 100 plants no difference. */
  readonly slowness?: Partial<Slowness>
  /** Also the statements of two payment organisations' accounts, with faults planted in them; all other files stay the same. */
  readonly statements?: boolean
  /** Told now and then how many beneficiaries are done. */
  readonly onProgress?: (done: number, total: number) => void
}

/** What was written for one night. */
export interface SimulatedNight {
  /** The files in the order in which they are to be taken in. */
  readonly files: readonly SimulatedFile[]
  /** truth.json, whose findings stay in the file because they may be many. */
  readonly truth: TruthTotals & { readonly path: string; readonly as_of: string }
}

/** What was written. */
export interface Simulation extends SimulatedNight {
  /** The second night, taken in over the first; null when it was not asked for. */
  readonly secondNight: SimulatedNight | null
}

/** Below this not every case would fit in once. */
export const fewestBeneficiaries = 200

/**
 * Writes the files of an invented province and truth.json into `out`, and those of a second night when it is asked for.
 * Throws a RangeError for fewer than `fewestBeneficiaries`, for an unknown case name and for shares above the whole.
 */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const { beneficiaries, out, nights = 1 } = options
  if (!Number.isSafeInteger(beneficiaries) || beneficiaries < fewestBeneficiaries) throw new RangeError(`a simulation needs at least ${String(fewestBeneficiaries)} beneficiaries`)
  const plan = planCases(beneficiaries, options.shares ?? {})
  const folders = [out, join(out, 'night-2')] as const
  // Nobody should take the second night of another simulation for this one's.
  removeFiles(folders[1])
  const books = folders.slice(0, nights).map(openBook)
  try {
    const random = randomFrom(String(options.seed))
    const { provinces, communes } = inventPlaces(random, beneficiaries)
    const [tonight, tomorrow] = books as [Book, Book?]
    writeRates(tonight.files, provinces)
    writeUnits(tonight.files, provinces, communes)
    // Times to cash have chance of their own: who lives where and what happens to the payments does not depend on them.
    const chance = randomFrom(`${String(options.seed)} time to cash`)
    const villages = inventVillages(chance, communes)
    villages.write(tonight.files)
    const slowBank = random.pick(smallerBanks)
    const timeToCash = drawWithdrawals(chance, slowBank, { ...plantedSlowness, ...options.slowness })
    const expectations = new Expectations([tonight.truth, tomorrow?.truth ?? noTruth])
    const ledger = options.statements === true ? new Ledger() : null
    const world = new World(random, [ledger?.watching(tonight.files) ?? tonight.files, tomorrow?.files ?? noFiles], expectations, new Neighbours(communes), timeToCash, villages, randomFrom(`${String(options.seed)} needs`))
    writeExpectedSources(tonight.files, expectations)
    await tellStories(world, communes, plan, options)
    const refused = writeWrongTotal(out, world, expectations)
    const accounts = ledger?.write(out) ?? null
    const about = {
      seed: String(options.seed),
      beneficiaries,
      planted: Object.fromEntries(plan.map(({ each, told }) => [each.name, told])),
      planted_kinds: Object.fromEntries(plan.map(({ each }) => [each.name, each.kind])),
    }
    const first = closeBook(tonight, asOf, [...(accounts?.files ?? []), refused], { ...about, ...(accounts !== null && { settlement: accounts.truth }), time_to_cash: { ...timeToCash.planted(), ...plantedPlaces(communes, villages), harmless: harmlessOf(communes, villages, slowBank) } })
    return { ...first, secondNight: tomorrow === undefined ? null : closeBook(tomorrow, nextAsOf, [], about) }
  } catch (failure) {
    for (const book of books) {
      book.files.abandon()
      book.truth.abandon()
      rmSync(book.truthPath, { force: true })
    }
    throw failure
  }
}

/** Where people take long to withdraw, and where one might think so. */
function plantedPlaces(communes: readonly Commune[], villages: Villages): Readonly<Record<string, unknown>> {
  return {
    remote_units: communes.filter(({ isRemote }) => isRemote).map(({ unitCode }) => unitCode),
    slow_units: villages.slowUnits,
    served_units: villages.servedUnits,
    slow_villages: villages.slow.map(({ commune, name }) => ({ unit_code: commune.unitCode, village: name })),
  }
}

/** A bank, a commune and an age group that differ from the rest by nothing but chance: small ones, where chance is greatest. */
function harmlessOf(communes: readonly Commune[], villages: Villages, slowBank: string): Readonly<Record<string, string>> {
  const ordinary = communes.filter(({ unitCode }) => !villages.slowUnits.includes(unitCode))
  const smallest = ordinary.reduce((least, commune) => (commune.size < least.size ? commune : least))
  return { creditor_agent: harmlessBank(slowBank), unit_code: villages.servedUnits[0] ?? smallest.unitCode, age_band: '60-69' }
}

/** The files and the truth of one night while they are written. */
interface Book {
  readonly files: Files
  readonly truth: Truth
  readonly truthPath: string
}

function openBook(folder: string): Book {
  mkdirSync(folder, { recursive: true })
  const truthPath = join(folder, 'truth.json')
  return { files: openFiles(folder), truth: openTruth(truthPath), truthPath }
}

function closeBook({ files, truth, truthPath }: Book, day: string, more: readonly SimulatedFile[], about: Readonly<Record<string, unknown>>): SimulatedNight {
  const written = [...files.finish(), ...more]
  const totals = truth.finish({ as_of: day, ...about, files: written.map(({ kind, rows, isRefused = false }) => ({ kind, rows, is_refused: isRefused })) })
  return { files: written, truth: { ...totals, path: truthPath, as_of: day } }
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
  const [anywhere, aboutRegister] = [plan.filter(({ each }) => each.isAboutRegister !== true), plan.filter(({ each }) => each.isAboutRegister === true)]
  let storiesLeft = anywhere.reduce((sum, { left }) => sum + left, ordinaryLeft)
  let inRegisterLeft = communes.reduce((sum, { isRegistered, size }) => sum + (isRegistered ? size : 0), 0)
  const lastRegistered = communes.findLast(({ isRegistered }) => isRegistered)
  const offset = random.below(1000)
  let done = 0
  const tell = (chosen: PlannedCase | null): void => {
    if (chosen === null) ordinary(world)
    else chosen.each.variants[(offset + chosen.told) % chosen.each.variants.length]?.(world)
    world.endStory()
    if (chosen === null) ordinaryLeft -= 1
    else [chosen.left, chosen.told] = [chosen.left - 1, chosen.told + 1]
    done += chosen?.each.people ?? 1
  }
  let until = 0
  for (const commune of communes) {
    world.enter(commune)
    until += commune.size
    options.onProgress?.(done, options.beneficiaries)
    // Lets the caller's timers and signals in between communes.
    await new Promise((resolve) => setImmediate(resolve))
    while (commune === communes.at(-1) ? storiesLeft > 0 : done < until && storiesLeft > 0) {
      if (commune.isRegistered) {
        const due = drawAboutRegister(random, aboutRegister, inRegisterLeft)
        inRegisterLeft -= 1
        if (due !== null) {
          tell(due)
          continue
        }
      }
      tell(chooseStory(random, anywhere, ordinaryLeft, storiesLeft))
      storiesLeft -= 1
    }
    // The last commune with a register takes what chance has left over.
    if (commune === lastRegistered) for (const each of aboutRegister) while (each.left > 0) tell(each)
  }
  options.onProgress?.(done, options.beneficiaries)
}

/** One of the stories about the register, as often as leaves all of them told by the end of the communes that have one. */
function drawAboutRegister(random: Random, planned: readonly PlannedCase[], peopleLeft: number): PlannedCase | null {
  let point = random.below(Math.max(1, peopleLeft))
  for (const each of planned) {
    point -= each.left
    if (point < 0) return each.left > 0 ? each : null
  }
  return null
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
