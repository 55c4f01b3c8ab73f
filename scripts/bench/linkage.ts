/** The benches of linkage, by name: each prints one JSON object; `names` and `link` through the product's own database and command. */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../src/core/index.ts'
import { ingestFile } from '../../src/ingest/index.ts'
import { linkPersons, reviewThreshold } from '../../src/linkage/index.ts'
import { withMigratedDatabase } from '../with-migrated-database.ts'
import { febrl } from './febrl.ts'
import { inventIdentities, inventPairs, lookAlikes, slips, type Identity, type Kind, type LabelledPair } from './invented-identities.ts'
import { measure } from './measure.ts'

/** Options of the command line, as they came. */
export interface LinkageBenchOptions {
  readonly data?: string | undefined
  readonly learn: boolean
  readonly people?: string | undefined
  readonly seed: string
}

/** Runs one of them. */
export async function linkageBench(name: string, options: LinkageBenchOptions): Promise<void> {
  if (name === 'febrl') {
    if (options.data === undefined) throw new Error('--data DIR names the folder with dataset1.csv, dataset4a.csv and dataset4b.csv')
    print(febrl(options.data, options.learn))
  } else if (name === 'names') print(await names(options.seed, parseInt(options.people ?? '200000', 10)))
  else if (name === 'link') print(await link(options.seed, parseInt(options.people ?? '1000000', 10)))
  else throw new Error(`there is no bench ${name}; choose febrl, names or link`)
}

function print(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
}

/** People in a commune: what 3,321 communes share of some four million. */
const unitSize = 1200
const pairsOfEachKind = 400

/** Labelled pairs among people who have no double: how many of each kind are found, and who is taken for a double. */
async function names(seed: string, people: number): Promise<unknown> {
  const pairs = [...inventPairs(seed, pairsOfEachKind, unitSize, people)]
  return withScratch(async (folder) => {
    const list = join(folder, 'list.csv')
    await writeList(list, inventIdentities(seed, people, unitSize), pairs)
    return withMigratedDatabase(async (database) => {
      const receipt = await ingestFile(database, { path: list, kind: 'beneficiary_list' }, { clock: systemClock, dataDirectory: folder })
      if (receipt.status !== 'sealed' || receipt.problem_count > 0) throw new Error(JSON.stringify(receipt).slice(0, 1000))
      const linkage = await linkPersons(database)
      const found = await database.query<Found>(`
        select identifier_text(person_key) as id, identifier_text(other_key) as other_id, evidence #>> '{comparisons,0,agreement}' as name, evidence #>> '{comparisons,1,agreement}' as birth, evidence #>> '{comparisons,2,agreement}' as unit from person_pair`)
      return { seed, people: people + 2 * pairs.length, unit_size: unitSize, threshold: reviewThreshold, linkage, ...account(pairs, found) }
    })
  })
}

interface Found {
  readonly id: string
  readonly other_id: string
  readonly name: string
  readonly birth: string
  readonly unit: string
}

function account(pairs: readonly LabelledPair[], found: readonly Found[]): object {
  const kindOf = new Map(pairs.map((pair) => [[pair.first.id, pair.second.id].sort().join('|'), pair.kind]))
  const reported = new Map<Kind, number>()
  const chanceLikeness = new Map<string, number>()
  let accidental = 0
  for (const { id, other_id: other, name, birth, unit } of found) {
    const kind = kindOf.get([id, other].sort().join('|'))
    if (kind !== undefined) reported.set(kind, (reported.get(kind) ?? 0) + 1)
    else {
      accidental += 1
      const likeness = `name ${name}, birth ${birth}, unit ${unit}`
      chanceLikeness.set(likeness, (chanceLikeness.get(likeness) ?? 0) + 1)
    }
  }
  const sumOf = (kinds: readonly Kind[]): number => kinds.reduce((sum, kind) => sum + (reported.get(kind) ?? 0), 0)
  const [right, alike, all] = [sumOf(slips), sumOf(lookAlikes), slips.length * pairsOfEachKind]
  return {
    of_each_kind: pairsOfEachKind,
    found: Object.fromEntries(slips.map((kind) => [kind, reported.get(kind) ?? 0])),
    wrongly_reported: { ...Object.fromEntries(lookAlikes.map((kind) => [kind, reported.get(kind) ?? 0])), by_chance: accidental },
    by_chance: Object.fromEntries([...chanceLikeness].sort((a, b) => b[1] - a[1])),
    recall: (right / all).toFixed(4),
    precision: (right / (right + alike + accidental)).toFixed(4),
  }
}

/** So many people, one in five hundred of them twice, against themselves: seconds and memory of `tantay link`. */
async function link(seed: string, people: number): Promise<unknown> {
  const command = fileURLToPath(new URL('../tantay', import.meta.url))
  const doubles = [...inventPairs(seed, Math.ceil(people / 500 / slips.length), unitSize, people)]
  return withScratch(async (folder) => {
    const list = join(folder, 'list.csv')
    const data = join(folder, 'data')
    await writeList(list, inventIdentities(seed, people - 2 * doubles.length, unitSize), doubles)
    await measure(command, ['--data', data, 'ingest', list, '--kind', 'beneficiary_list'])
    const linked = await measure(command, ['--data', data, '--json', 'link'])
    const again = await measure(command, ['--data', data, '--json', 'link'])
    return { seed, people, seconds: linked.seconds, peak_megabytes: linked.peakMegabytes, linkage: JSON.parse(linked.stdout) as unknown, again_seconds: again.seconds }
  })
}

async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tantay-linkage-'))
  mkdirSync(join(folder, 'data'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function writeList(path: string, people: Iterable<Identity>, pairs: readonly LabelledPair[]): Promise<void> {
  const file = createWriteStream(path)
  const write = async (text: string): Promise<void> => {
    if (!file.write(text)) await once(file, 'drain')
  }
  await write('scheme,benefit_period,beneficiary_id,beneficiary_name,birth_date,sex,unit_code,due_amount\n')
  const line = ({ id, name, birthDate, sex, unitCode }: Identity): string => `HTXH,2026-10,${id},${name},${birthDate},${sex},${unitCode},540000\n`
  for (const person of people) await write(line(person))
  for (const { first, second } of pairs) await write(line(first) + line(second))
  file.end()
  await once(file, 'finish')
}
