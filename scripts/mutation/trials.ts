/** What a changed tree is tried on: countries of worlds held against the model, worked examples, corrupted runs. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { startEmbedded, connect, listMigrations, migrate, type Database } from '../../src/db/index.ts'
import { systemClock } from '../../src/core/index.ts'
import type * as countryModule from '../../test/helpers/country.ts'
import type * as engineModule from '../../test/helpers/engine-result.ts'
import type * as filesModule from '../../test/helpers/model-files.ts'
import type * as modelModule from '../../test/model/model.ts'
import type * as reconcileModule from '../../src/reconcile/index.ts'
import type * as scenarioModule from '../../test/helpers/scenario.ts'
import type * as storiesModule from '../../test/golden/stories.ts'
import type * as cashModule from '../../test/helpers/cash-cells.ts'
import type * as corruptionModule from '../../test/helpers/corruptions.ts'
import type * as planModule from '../../src/reconcile/plan.ts'
import type * as publishedModule from '../../test/helpers/published.ts'
import type * as referenceModule from '../../test/helpers/reference.ts'
import type * as scenarioFilesModule from '../../test/helpers/scenario-files.ts'
import type * as evidenceModule from '../../test/golden/evidence.ts'
import { enclosed } from './enclosed.ts'
import type { TreeCopy } from './tree.ts'

/** A server with databases that hold what mutants are tried on. */
export interface Grounds {
  /** The database of these facts, which `prepare` brings in where it is not there yet; `facts` names them, down to every row. */
  prepared(facts: string, prepare: (database: Database) => Promise<void>): Promise<Database>
  close(): Promise<void>
}

// Modules of the copy; their types are those of the tree itself.
const modulePaths = {
  cash: 'test/helpers/cash-cells.ts', corruption: 'test/helpers/corruptions.ts', country: 'test/helpers/country.ts', engine: 'test/helpers/engine-result.ts', evidence: 'test/golden/evidence.ts', files: 'test/helpers/model-files.ts',
  model: 'test/model/model.ts', plan: 'src/reconcile/plan.ts', published: 'test/helpers/published.ts', reconcile: 'src/reconcile/index.ts', reference: 'test/helpers/reference.ts',
  scenario: 'test/helpers/scenario.ts', scenarioFiles: 'test/helpers/scenario-files.ts', stories: 'test/golden/stories.ts',
} as const

/** Modules of the copy, as far as trials use them. */
export interface Modules {
  readonly cash: typeof cashModule
  readonly corruption: typeof corruptionModule
  readonly country: typeof countryModule
  readonly engine: typeof engineModule
  readonly evidence: typeof evidenceModule
  readonly files: typeof filesModule
  readonly model: typeof modelModule
  readonly plan: typeof planModule
  readonly published: typeof publishedModule
  readonly reconcile: typeof reconcileModule
  readonly reference: typeof referenceModule
  readonly scenario: typeof scenarioModule
  readonly scenarioFiles: typeof scenarioFilesModule
  readonly stories: typeof storiesModule
}

export async function loadModules(copy: TreeCopy): Promise<Modules> {
  const loaded = await Promise.all(Object.entries(modulePaths).map(async ([name, path]) => [name, (await import(copy.module(path))) as unknown] as const))
  return Object.fromEntries(loaded) as unknown as Modules
}

/** A server of its own in `dataDirectory`, whose databases are kept for the next time; statements that a mutant makes endless are cut. */
export async function prepareGrounds(dataDirectory: string): Promise<Grounds> {
  const embedded = await startEmbedded({ dataDirectory, isDurable: false, onProgress: (message) => process.stderr.write(`mutants: ${message}\n`) })
  const server = await connect(embedded.databaseUrl, 2)
  const urlOf = (name: string): string => {
    const url = new URL(embedded.databaseUrl)
    url.pathname = `/${name}`
    return url.href
  }
  const migrations = listMigrations().map(({ checksum }) => checksum).join()
  const template = nameOf('template', migrations)
  const open: Database[] = []
  const has = async (name: string): Promise<boolean> => (await server.query('select from pg_database where datname = $1', [name])).length > 0
  if (!(await has(template))) {
    await server.query(`create database ${template}_draft template template0`)
    const draft = await connect(urlOf(`${template}_draft`), 2)
    await migrate(draft, systemClock.now()).finally(() => draft.close())
    await server.query(`alter database ${template}_draft rename to ${template}`)
  }
  return {
    prepared: async (facts, prepare) => {
      const name = nameOf('place', `${migrations} ${facts}`)
      if (!(await has(name))) {
        await server.query(`drop database if exists ${name}_draft with (force)`)
        await server.query(`create database ${name}_draft template ${template}`)
        const draft = await connect(urlOf(`${name}_draft`), 6)
        await prepare(draft)
          .then(() => draft.query('analyze'))
          .finally(() => draft.close())
        await server.query(`alter database ${name}_draft rename to ${name}`)
        await server.query(`alter database ${name} set statement_timeout = '30s'`)
      }
      const database = await connect(urlOf(name), 4)
      open.push(database)
      return database
    },
    close: async () => {
      for (const database of open) await database.close()
      await server.close()
      await embedded.close()
    },
  }
}

const nameOf = (kind: string, content: string): string => `mutant_${kind}_${createHash('sha256').update(content).digest('hex').slice(0, 16)}`

/** Statements that spoil the working tables of a run; `row` is part of what the check must say. */
export interface Corruption {
  readonly check: string
  readonly what: string
  readonly sql: string
  readonly row?: string
}

/** Facts in a database, worked out once and found right: what a mutant is tried on. */
export interface Place {
  readonly name: string
  readonly database: Database
  /** Runs the engine inside one transaction and says what the tests would say; null: nothing noticed. */
  readonly judge: (inside: Database) => Promise<string | null>
  /** The beginning of the paths that it is about; left out: all. */
  readonly about?: string
  /** True where it is held against the model, column by column. */
  readonly comparesWithModel?: true
  /** True where a whole run takes long: there only what is compared column by column counts. */
  readonly isLarge?: boolean
  /** What may go wrong in the working tables, and which check must notice it. */
  readonly corruptions?: readonly Corruption[]
}

// What they would notice the others do; each costs every survivor a run.
const countriesSpared = ['quiet, long after', 'troubled, at the turn of the year', 'troubled, autumn']

/** Every country in a database of its own: the engine must say what the model says. */
export async function* countryPlaces(grounds: Grounds, { cash, country, engine, files, model, reference }: Modules): AsyncGenerator<Place> {
  for (const { name, world } of country.countries.filter(({ name }) => !countriesSpared.includes(name))) {
    const { files: known, asOf } = world()
    const database = await grounds.prepared(JSON.stringify(known), (draft) => files.ingestModelFiles(draft, known))
    const about = await reference.readReference(database)
    const wanted = engine.comparable(model.reconcileModel(known, asOf, about))
    const wantedCells = cash.modelCells(model.workOut(known, asOf, about))
    yield { name: `country: ${name}`, database, comparesWithModel: true, isLarge: name.startsWith('troubled'), judge: async (inside) => (!isDeepStrictEqual(await engine.engineResult(inside, asOf), wanted) ? 'another result than the model' : !isDeepStrictEqual(await cash.publishedCells(inside), wantedCells) ? 'other times to cash than the model' : null) }
  }
}

/** Every golden story: the engine must tell it word for word. */
export async function* goldenPlaces(grounds: Grounds, { scenario, stories, evidence, files, reconcile }: Modules): AsyncGenerator<Place> {
  for (const { name, lines } of stories.stories) {
    const { files: known, asOf } = scenario.readScenario([...lines, 'finds nothing'])
    const database = await grounds.prepared(JSON.stringify(known), (draft) => files.ingestModelFiles(draft, scenario.filesForModel(known)))
    const wanted = readFileSync(new URL(`../../test/golden/evidence/${name}.json`, import.meta.url), 'utf8')
    yield {
      name: `golden: ${name}`,
      database,
      judge: async (inside) => {
        await reconcile.run(inside, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock: files.clock, isFull: true })
        const told = await evidence.evidenceOf(inside)
        return told === wanted ? null : firstDifference(told, wanted)
      },
    }
  }
}

function firstDifference(told: string, wanted: string): string {
  const [these, those] = [told.split('\n'), wanted.split('\n')]
  const at = these.findIndex((line, index) => line !== those[index])
  return `told otherwise: ${these[at]?.trim() ?? 'nothing'} for ${those[at]?.trim() ?? 'nothing'}`
}

/** The examples in the header of a finding. */
export async function* examplePlaces(grounds: Grounds, code: string, { reconcile, scenario, scenarioFiles }: Modules): AsyncGenerator<Place> {
  for (const { kind, sentence, lines } of reconcile.loadFindingTypes().find((type) => type.code === code)?.examples ?? []) {
    const { files, asOf, expected } = scenario.readScenario(lines)
    const database = await grounds.prepared(`sent ${JSON.stringify(files)}`, (draft) => scenarioFiles.ingestScenario(draft, files))
    const wanted = expected === null ? [] : [{ code: expected.code, subject: expected.subject, amount_at_stake: expected.amount }]
    yield {
      name: `${kind}: ${sentence}`,
      database,
      about: `sql/findings/${code}.sql`,
      judge: async (inside) => (isDeepStrictEqual((await scenarioFiles.findingsOn(inside, asOf)).filter((finding) => finding.code === code), wanted) ? null : 'the example does not come true'),
    }
  }
}

/** The world in which every check is shown to fail. */
export async function corruptedPlace(grounds: Grounds, { corruption, files, scenario, reconcile }: Modules): Promise<Place> {
  const { files: known, asOf } = scenario.readScenario(corruption.corruptedScenario)
  const database = await grounds.prepared(JSON.stringify(known), (draft) => files.ingestModelFiles(draft, scenario.filesForModel(known)))
  return {
    name: 'corrupted',
    database,
    about: 'sql/checks/',
    corruptions: corruption.corruptions,
    judge: async (inside) => {
      await reconcile.run(inside, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock: files.clock, isFull: true })
      return null
    },
  }
}

/**
 * A published result, and a night after it with more files and a later day: an increment must publish what a full run does.
 * Results of other rules are not built upon, so the published result is said to be of the changed ones.
 */
export async function* nightPlaces(grounds: Grounds, { country, files, published, plan, reconcile }: Modules): AsyncGenerator<Place> {
  for (const night of country.nights) {
    const { name, before, after } = night()
    const options = { timeZone: 'Asia/Ho_Chi_Minh', clock: files.clock }
    const database = await grounds.prepared(`${plan.engineVersion()} ${JSON.stringify([before, after])}`, async (draft) => {
      await files.ingestModelFiles(draft, before.files)
      await reconcile.run(draft, { ...options, asOf: before.asOf, isFull: true })
      await files.ingestModelFiles(draft, after.files)
    })
    const wanted = await enclosed(database, async (inside) => {
      await reconcile.run(inside, { ...options, asOf: after.asOf, isFull: true })
      return published.publishedTables(inside)
    })
    yield {
      name: `night: ${name}`,
      database,
      judge: async (inside) => {
        await inside.query("update run set engine_version = $1 where status = 'published'", [plan.engineVersion()])
        const { mode, reason } = await reconcile.run(inside, { ...options, asOf: after.asOf })
        if (mode !== 'increment') return `no increment: ${reason}`
        return isDeepStrictEqual(await published.publishedTables(inside), wanted) ? null : 'not what a full run publishes'
      },
    }
  }
}
