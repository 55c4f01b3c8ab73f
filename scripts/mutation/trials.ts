/** What a changed tree is tried on: countries of worlds held against the model, worked examples, corrupted runs. */
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { startEmbedded, connect, migrate, type Database } from '../../src/db/index.ts'
import { systemClock } from '../../src/core/index.ts'
import type * as countryModule from '../../test/helpers/country.ts'
import type * as engineModule from '../../test/helpers/engine-result.ts'
import type * as filesModule from '../../test/helpers/model-files.ts'
import type * as modelModule from '../../test/model/model.ts'
import type * as reconcileModule from '../../src/reconcile/index.ts'
import type * as scenarioModule from '../../test/helpers/scenario.ts'
import type * as storiesModule from '../../test/golden/stories.ts'
import type * as evidenceModule from '../../test/golden/evidence.ts'
import type { TreeCopy } from './tree.ts'

/** A server with a migrated template, and clones of it that are kept until the end. */
export interface Grounds {
  clone(): Promise<Database>
  /** Ends whatever is still at work in the clones. */
  interrupt(): Promise<void>
  close(): Promise<void>
}

/** Modules of the copy, as far as trials use them; their types are those of the tree itself. */
export interface Modules {
  readonly country: typeof countryModule
  readonly engine: typeof engineModule
  readonly files: typeof filesModule
  readonly model: typeof modelModule
  readonly reconcile: typeof reconcileModule
  readonly scenario: typeof scenarioModule
  readonly stories: typeof storiesModule
  readonly evidence: typeof evidenceModule
}

export async function loadModules(copy: TreeCopy): Promise<Modules> {
  const load = async (path: string): Promise<unknown> => (await import(copy.module(path))) as unknown
  return {
    country: await load('test/helpers/country.ts'), engine: await load('test/helpers/engine-result.ts'), files: await load('test/helpers/model-files.ts'), model: await load('test/model/model.ts'),
    reconcile: await load('src/reconcile/index.ts'), scenario: await load('test/helpers/scenario.ts'), stories: await load('test/golden/stories.ts'), evidence: await load('test/golden/evidence.ts'),
  } as Modules
}

/** A server of its own in `dataDirectory`; statements that a mutant makes endless are cut. */
export async function prepareGrounds(dataDirectory: string): Promise<Grounds> {
  const embedded = await startEmbedded({ dataDirectory, isDurable: false, onProgress: (message) => process.stderr.write(`mutants: ${message}\n`) })
  const server = await connect(embedded.databaseUrl, 2)
  const urlOf = (name: string): string => {
    const url = new URL(embedded.databaseUrl)
    url.pathname = `/${name}`
    return url.href
  }
  for (const { datname } of await server.query<{ datname: string }>("select datname from pg_database where datname like 'mutant\\_%'")) await server.query(`drop database ${datname} with (force)`)
  await server.query('create database mutant_template template template0')
  const template = await connect(urlOf('mutant_template'), 2)
  await migrate(template, systemClock.now()).finally(() => template.close())
  const open: Database[] = []
  return {
    clone: async () => {
      const name = `mutant_${open.length + 1}`
      await server.query(`create database ${name} template mutant_template`)
      await server.query(`alter database ${name} set statement_timeout = '30s'`)
      const database = await connect(urlOf(name), 4)
      open.push(database)
      return database
    },
    interrupt: async () => {
      await server.query("select pg_terminate_backend(pid) from pg_stat_activity where datname like 'mutant\\_%' and state <> 'idle'")
    },
    close: async () => {
      for (const database of open) await database.close()
      await server.close()
      await embedded.close()
    },
  }
}

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
  /** What may go wrong in the working tables, and which check must notice it. */
  readonly corruptions?: readonly Corruption[]
}

/** Every country in a database of its own: the engine must say what the model says. */
export async function countryPlaces(grounds: Grounds, { country, engine, files, model }: Modules): Promise<Place[]> {
  const places: Place[] = []
  for (const { name, world } of country.countries) {
    const database = await grounds.clone()
    const days = await database.query<{ calendar_date: string; kind: 'holiday' | 'working' }>('select calendar_date::text, kind from calendar')
    const { files: known, asOf } = world()
    await files.ingestModelFiles(database, known)
    await database.query('analyze')
    const wanted = engine.comparable(model.reconcileModel(known, asOf, { calendar: Object.fromEntries(days.map(({ calendar_date, kind }) => [calendar_date, kind])) }))
    places.push({ name: `country: ${name}`, database, judge: async (inside) => (isDeepStrictEqual(await engine.engineResult(inside, asOf), wanted) ? null : 'another result than the model') })
  }
  return places
}

/** Every golden story: the engine must tell it word for word. */
export async function goldenPlaces(grounds: Grounds, { scenario, stories, evidence, files, reconcile }: Modules): Promise<Place[]> {
  const places: Place[] = []
  for (const { name, lines } of stories.stories) {
    const database = await grounds.clone()
    const { files: known, asOf } = scenario.readScenario([...lines, 'finds nothing'])
    await files.ingestModelFiles(database, known)
    const wanted = readFileSync(new URL(`../../test/golden/evidence/${name}.json`, import.meta.url), 'utf8')
    places.push({
      name: `golden: ${name}`,
      database,
      judge: async (inside) => {
        await reconcile.run(inside, { asOf, timeZone: 'Asia/Ho_Chi_Minh', clock: files.clock })
        return (await evidence.evidenceOf(inside)) === wanted ? null : 'told otherwise'
      },
    })
  }
  return places
}
