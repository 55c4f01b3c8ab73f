/**
 * Changes one thing at a time in the SQL of a run and asks whether a test notices.
 *
 *     npm run mutate-sql -- [--only PATTERN] [--share N] [--list] [--anew]
 *
 * `--only` takes the files whose path fits the regular expression, `--share 5` every fifth mutant of each. It changes nothing in the tree: mutants are tried in a copy, on
 * an embedded server in .tantay/mutants. What was caught before stays caught while its file is the same (.tantay/mutants.json);
 * `--anew` tries everything again.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { enclosed } from './mutation/enclosed.ts'
import { equivalents } from './mutation/equivalents.ts'
import { sqlMutants, type SqlMutant } from './mutation/sql-mutants.ts'
import { changedBy, traceAll } from './mutation/trace.ts'
import { corruptedPlace, countryPlaces, examplePlaces, goldenPlaces, loadModules, nightPlaces, prepareGrounds, type Grounds, type Modules, type Place } from './mutation/trials.ts'
import { copyTree, type TreeCopy } from './mutation/tree.ts'

/** `invalid`: PostgreSQL does not take it at all; it is nobody's to catch. */
type Verdict = { readonly state: 'caught' | 'survived' | 'invalid' | 'untried'; readonly by: string }

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = ['findings', 'reconcile', 'checks']
const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' }, share: { type: 'string', default: '1' }, list: { type: 'boolean', default: false }, anew: { type: 'boolean', default: false } } })

const paths = rooms.flatMap((room) => readdirSync(join(root, 'sql', room)).sort().map((name) => `sql/${room}/${name}`)).filter((path) => new RegExp(options.only).test(path))
const mutants = paths.flatMap((path) => {
  const text = readFileSync(join(root, path), 'utf8')
  const share = parseInt(options.share, 10)
  return sqlMutants(text).filter((_, at) => at % share === Math.floor(share / 2)).map((mutant) => ({ path, text, mutant, key: createHash('sha256').update(`${text}\n${mutant.name}`).digest('hex').slice(0, 20) }))
})

if (options.list) {
  for (const { path, mutant } of mutants) process.stdout.write(`${path}:${mutant.line} ${mutant.name}\n`)
} else {
  await tryAll()
}

async function tryAll(): Promise<void> {
  const memory = join(root, '.tantay', 'mutants.json')
  mkdirSync(join(root, '.tantay'), { recursive: true })
  const known = options.anew ? {} : readMemory(memory)
  for (const { key } of mutants) if (known[key]?.state === 'survived') known[key] = { state: 'untried', by: '' }
  const copy = copyTree()
  const grounds = await prepareGrounds(join(root, '.tantay', 'mutants'))
  try {
    const modules = await loadModules(copy)
    for await (const place of placesFor(grounds, modules, known)) {
      const before = performance.now()
      const failure = await enclosed(place.database, place.judge)
      if (failure !== null) throw new Error(`${place.name}: ${failure}, before anything was changed`)
      process.stderr.write(`${place.name}: ${Math.ceil(performance.now() - before)} ms\n`)
      await tryAt(place, copy, known)
      writeFileSync(memory, JSON.stringify(known))
    }
  } finally {
    await grounds.close()
    copy.remove()
  }
  report(known)
}

/** Where mutants are tried, first where most are caught, each prepared when it is needed. An increment differs from a full run in its steps alone. */
async function* placesFor(grounds: Grounds, modules: Modules, known: Readonly<Record<string, Verdict>>): AsyncGenerator<Place> {
  const isAbout = (room: string): boolean => paths.some((path) => path.startsWith(`sql/${room}/`))
  if (isAbout('checks')) yield corruptedPlace(grounds, modules)
  yield* countryPlaces(grounds, modules)
  yield* goldenPlaces(grounds, modules)
  if (isAbout('reconcile')) yield* nightPlaces(grounds, modules)
  for (const path of paths) {
    const code = /^sql\/findings\/(\w+)\.sql$/.exec(path)?.[1]
    if (code !== undefined && mutants.some((one) => one.path === path && known[one.key]?.state === 'survived')) yield* examplePlaces(grounds, code, modules)
  }
}

/** Looks first which mutants leave other rows behind than the original does; only those are worth a whole run. */
async function tryAt(place: Place, copy: TreeCopy, known: Record<string, Verdict>): Promise<void> {
  const left = mutants.filter(({ path, key }) => path.startsWith(place.about ?? '') && ['untried', 'survived'].includes(known[key]?.state ?? 'untried'))
  const suspects = paths.map((path) => ({ name: path.slice('sql/'.length), text: left.find((one) => one.path === path)?.text ?? '', mutants: left.filter((one) => one.path === path).map(({ mutant }) => mutant) })).filter(({ text }) => text !== '')
  const before = performance.now()
  const traces = await traceAll(place, suspects)
  const traced = performance.now()
  let wholeRuns = 0
  for (const { path, key, text, mutant } of left) {
    const suspect = suspects.find(({ name }) => `sql/${name}` === path)
    const trace = traces.get(path.slice('sql/'.length))?.[suspect?.mutants.indexOf(mutant) ?? -1]
    known[key] = { state: 'survived', by: 'nothing' }
    if (trace === undefined || trace.kind === 'same') continue
    if (trace.kind === 'invalid') known[key] = { state: 'invalid', by: trace.message }
    else if (trace.kind === 'failed' || trace.kind === 'seen') known[key] = { state: 'caught', by: `${place.name}: ${trace.message}` }
    // What a finding tells beside what the model knows is compared where stories are golden.
    else if (!(place.comparesWithModel === true && (place.isLarge === true || path.startsWith('sql/findings/')))) {
      wholeRuns += 1
      const failure = await wholeRun(place, copy, path, text, mutant)
      if (failure !== null) known[key] = { state: 'caught', by: `${place.name}: ${failure}` }
      process.stderr.write(`  ${failure === null ? 'unseen' : 'caught'} ${path}:${mutant.line} ${mutant.name}\n`)
    }
  }
  process.stderr.write(`${place.name}: ${left.length} tried in ${Math.ceil((traced - before) / 1000)} s, ${wholeRuns} in whole runs of ${Math.ceil((performance.now() - traced) / 1000)} s, ${left.filter(({ key }) => known[key]?.state === 'survived').length} left\n`)
}

async function wholeRun(place: Place, copy: TreeCopy, path: string, text: string, mutant: SqlMutant): Promise<string | null> {
  const file = join(copy.directory, path)
  writeFileSync(file, changedBy(text, mutant))
  try {
    return await enclosed(place.database, place.judge)
  } catch (error) {
    return (error as Error).message.split('\n')[0]?.slice(0, 120) ?? 'failed'
  } finally {
    writeFileSync(file, text)
  }
}

function readMemory(memory: string): Record<string, Verdict> {
  try {
    return JSON.parse(readFileSync(memory, 'utf8')) as Record<string, Verdict>
  } catch {
    return {}
  }
}

/** Of all that could be caught, how many were; every survivor that is not known to be equivalent is named. */
function report(known: Readonly<Record<string, Verdict>>): void {
  const totals = { caught: 0, equivalent: 0, survived: 0, invalid: 0, untried: 0 }
  for (const path of paths) {
    const here = { caught: 0, equivalent: 0, survived: 0, invalid: 0, untried: 0 }
    for (const { mutant, key } of mutants.filter((one) => one.path === path)) {
      const state = known[key]?.state ?? 'untried'
      const isEquivalent = state === 'survived' && equivalents.some((one) => one.path === path && one.name === mutant.name)
      here[isEquivalent ? 'equivalent' : state] += 1
      if (state === 'survived' && !isEquivalent) process.stdout.write(`survived: ${path}:${mutant.line} ${mutant.name}\n`)
    }
    for (const state of Object.keys(totals) as (keyof typeof totals)[]) totals[state] += here[state]
    process.stdout.write(`${path}: ${told(here)}\n`)
  }
  process.stdout.write(`all: ${told(totals)}\n`)
}

function told({ caught, equivalent, survived, invalid, untried }: Record<'caught' | 'equivalent' | 'survived' | 'invalid' | 'untried', number>): string {
  return `${caught} of ${caught + survived} caught; ${equivalent} equivalent, ${invalid} invalid${untried > 0 ? `, ${untried} not tried` : ''}`
}
