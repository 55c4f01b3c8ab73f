/** Databases to try faults on: an invented province before, between and after its two nights, to be cloned again and again. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { addMilliseconds, stoppedClock } from '../../src/core/index.ts'
import { connect, listMigrations, migrate, startEmbedded, type Database } from '../../src/db/index.ts'
import { ingestFile } from '../../src/ingest/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { linkPersons } from '../../src/linkage/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { simulate } from '../../src/simulate/index.ts'

/** How far a world has come. */
export const stages = ['listed', 'published', 'news'] as const
/** `listed`: the first night's files are in · `published`: and compared, worked out · `news`: and the second night's files are in. */
export type Stage = (typeof stages)[number]

/** The worlds, and what may be done in them. */
export interface FaultWorlds {
  /** A URL of the server, with the database's name. */
  urlOf(name: string): string
  /** A database as it stood at the stage, under this name; one of that name is replaced. */
  clone(stage: Stage, name: string): Promise<void>
  /** The second night's largest file of facts, which the stage `published` does not know. */
  readonly newsPath: string
  /** Of the first night: the file of payments. */
  readonly paymentsFileId: string
  readonly dataDirectory: string
  /** The first and the second day, and the instants at which they are worked out. */
  readonly days: readonly [string, string]
  readonly instants: readonly [string, string]
  close(): Promise<void>
}

/** Makes them below `scratch`, in an embedded server of their own, or in that of `serverUrl`, where `template` is migrated already. */
export async function makeFaultWorlds(scratch: string, { beneficiaries, seed, serverUrl, template: migrated }: { readonly beneficiaries: number; readonly seed: number; readonly serverUrl?: string; readonly template?: string }): Promise<FaultWorlds> {
  const embedded = serverUrl === undefined ? await startEmbedded({ dataDirectory: join(scratch, 'database'), isDurable: false }) : null
  const base = serverUrl ?? embedded?.databaseUrl ?? ''
  const dataDirectory = join(scratch, 'received')
  mkdirSync(dataDirectory, { recursive: true })
  const { files, truth, secondNight } = await simulate({ beneficiaries, seed, out: join(scratch, 'sample'), nights: 2 })
  if (secondNight === null) throw new Error('the second night is missing')
  const server = await connect(base, 2)
  const urlOf = (name: string): string => Object.assign(new URL(base), { pathname: `/${name}` }).href
  const template = (stage: Stage): string => `tantay_fault_${String(process.pid)}_${stage}`
  const instants = [`${truth.as_of}T15:00:00Z`, `${secondNight.truth.as_of}T15:00:00Z`] as const
  const clockOf = (night: 0 | 1) => stoppedClock(addMilliseconds(instants[night], -3_600_000))
  const made: string[] = []
  const clone = async (from: string, name: string): Promise<void> => {
    await server.query(`drop database if exists ${name} with (force)`)
    await server.query(`create database ${name} template ${from} strategy file_copy`)
    if (!made.includes(name)) made.push(name)
  }
  let paymentsFileId = ''
  const takeIn = async (database: Database, night: 0 | 1): Promise<void> => {
    for (const { path, kind } of (night === 0 ? files : secondNight.files).filter(({ isRefused }) => isRefused !== true)) {
      const receipt = await ingestFile(database, { path }, { clock: clockOf(night), dataDirectory })
      if (receipt.status !== 'sealed') throw new Error(`${path}: ${JSON.stringify(receipt.refusal)}`)
      if (night === 0 && kind === 'disbursement') paymentsFileId = receipt.file_id ?? ''
    }
  }
  const stand = async (stage: Stage, from: string, work: (database: Database) => Promise<unknown>): Promise<void> => {
    await clone(from, template(stage))
    const database = await connect(urlOf(template(stage)), 6)
    await work(database).finally(() => database.close())
  }
  await stand('listed', migrated ?? 'template0', async (database) => {
    if (migrated === undefined) await migrate(database, clockOf(0).now(), listMigrations())
    await takeIn(database, 0)
  })
  await stand('published', template('listed'), async (database) => {
    await linkPersons(database)
    await run(database, { asOf: truth.as_of, timeZone: 'Asia/Ho_Chi_Minh', clock: stoppedClock(instants[0]), alongside: publishAlongside })
  })
  await stand('news', template('published'), (database) => takeIn(database, 1))
  const news = secondNight.files.toSorted((first, second) => second.rows - first.rows)[0]
  return {
    urlOf, clone: (stage, name) => clone(template(stage), name), newsPath: news?.path ?? '', paymentsFileId, dataDirectory, days: [truth.as_of, secondNight.truth.as_of], instants,
    close: async () => {
      for (const name of made) await server.query(`drop database if exists ${name} with (force)`)
      await server.close()
      await embedded?.close()
    },
  }
}
