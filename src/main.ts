/** The composition root of the server: config → clock → log → db → app. Nothing else. */
import { serve as listen } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pino from 'pino'
import manifest from '../package.json' with { type: 'json' }
import { backupsOf, beginArchiving, followReceived, nightlyBackup } from './backup/index.ts'
import { catchUp } from './cases/index.ts'
import { isLoopback, type Config } from './config.ts'
import { Refusal, systemClock } from './core/index.ts'
import { asEngine, openDatabase, openDesk, requireCurrentSchema, type Database, type DeskConnections } from './db/index.ts'
import { createApp } from './http/index.ts'
import { keepNights, layOutQueue, startWorker, type NightWatch, type Worker } from './jobs/index.ts'
import { logFields } from './log/index.ts'
import { operationsOf } from './main/operations.ts'
import { finishWithin, minutely } from './main/ending.ts'
import type { AlarmSettings } from './notices/index.ts'
import { annotatedFile, ingestMade, ingestRow, rawLine } from './ingest/index.ts'
import { loadSigningKey } from './signing/index.ts'
import { signHead } from './trail/index.ts'
import { identityProvider } from './staff/index.ts'
import { announce, requireDurable, type Presence } from './uploads/index.ts'

/** A server that listens. */
export interface RunningServer {
  /** Where it can be reached. */
  readonly url: string
  /** Stops taking requests, finishes those under way, closes the database. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts the server; resolves once it listens.
 *
 * @throws Refusal `port_in_use` (try again), `host_open` (usage), or what opening the database and its schema throw; nothing is left open then
 */
export async function startServer(config: Config, { isDemo = false }: { readonly isDemo?: boolean } = {}): Promise<RunningServer> {
  const log = pino({ level: config.logLevel, mixin: logFields }, pino.destination(2))
  // Before the database starts: from then on it archives its log.
  if (config.databaseUrl === null && config.backupDirectory !== null && !isDemo) beginArchiving(config.dataDirectory, config.backupDirectory)
  const owner = await openDatabase({ databaseUrl: config.databaseUrl, dataDirectory: config.dataDirectory, onProgress: (message) => { log.info(message) } })
  let database = owner
  let desk: DeskConnections | undefined
  let worker: Worker | undefined
  let presence: Presence | undefined
  let isStopping = false
  let nights: NightWatch | undefined
  try {
    await requireCurrentSchema(owner, systemClock.now(), config.databaseUrl !== null)
    // Said before anything longer is begun.
    await requireFreePort(config)
    await requireDurable(database)
    await layOutQueue(owner)
    desk = await openDesk(owner, { deskUrl: config.deskDatabaseUrl })
    // From here on nothing is done as the owner of the database.
    database = await asEngine(owner, { engineUrl: config.engineDatabaseUrl, onOwner: (why) => { log.warn(why) } })
    await catchUp(database, systemClock.now())
    worker = await startWorker({ database, clock: systemClock, dataDirectory: config.dataDirectory, notices: { mail: config.mail, allowedNetworks: config.webhookNetworks, publicUrl: config.publicUrl }, log })
    const app = createApp({
      database,
      desk,
      isDemo,
      publicUrl: config.publicUrl,
      trustedProxies: config.trustedProxies,
      provider: config.identityProvider === null || config.publicUrl === null ? null : identityProvider({ ...config.identityProvider, publicUrl: config.publicUrl }),
      rawLine: (fileId, line) => rawLine(database, config.dataDirectory, fileId, line),
      annotated: (fileId) => annotatedFile(database, config.dataDirectory, fileId),
      evidenceFolder: join(config.dataDirectory, 'evidence'),
      clock: systemClock,
      webhookNetworks: config.webhookNetworks,
      messageGateway: config.messageGateway,
      dataDirectory: config.dataDirectory,
      sheetKey: () => loadSigningKey(config.sheetKeyFile),
      storeMade: (file) => ingestMade(database, file, { clock: systemClock, dataDirectory: config.dataDirectory }),
      storeRow: (kind, row) => ingestRow(database, kind, row, 'form', { clock: systemClock, dataDirectory: config.dataDirectory }),
      log,
      operations: operationsOf({ config, database, clock: systemClock, log, worker: () => worker, isStopping: () => isStopping }),
    })
    presence = await announce(database, { clock: systemClock, dataDirectory: config.dataDirectory, version: manifest.version })
    const server = await listenOn(config, app.fetch)
    // The invented province of a demo keeps its one run.
    if (config.nights !== null && !isDemo) nights = keepNights({ database, clock: systemClock, dataDirectory: config.dataDirectory, timeZone, isServing: true, takeOverAfterSeconds: config.takeOverAfterSeconds, signTrail: () => signTrail(config, database), ...backUpOf(config, owner) }, { timetable: config.nights, alarms: alarmsOf(config), log })
    const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(server.address() as AddressInfo).port}`
    log.info({ url }, 'listening')
    // Nobody waits for it, and what is wrong with it stops nobody: it is told, and verify audit names it.
    const headSigned = signTrail(config, database)
      .catch((error: unknown) => { log.error({ code: error instanceof Refusal ? error.code : 'error' }, 'the head of the trail was not signed') })
    const backups = config.databaseUrl === null ? await backupsOf(config.dataDirectory) : null
    const rounds = minutely(log, [() => presence?.renew(), () => backups === null ? undefined : followReceived({ dataDirectory: config.dataDirectory, directory: backups })])
    let stopping: Promise<void> | undefined
    const stop = async (): Promise<void> => {
      isStopping = true
      log.info({ seconds: config.stopSeconds }, 'stopping: nothing more is begun')
      rounds.end()
      const finished = await finishWithin(config.stopSeconds, server, { nights, worker }, log)
      await headSigned
      await presence?.end().catch(() => undefined)
      await desk?.close()
      // What did not end in time still holds connections: they end with the process.
      if (finished) await database.close()
      log.info({ finished }, 'stopped')
    }
    return { url, stop: () => (stopping ??= stop()) }
  } catch (error) {
    await presence?.end().catch(() => undefined)
    await nights?.stop()
    await worker?.stop()
    await desk?.close()
    await database.close()
    throw error
  }
}

/** Days end by the country's clocks; Vietnam's, until there is a second country pack. */
const timeZone = 'Asia/Ho_Chi_Minh'

/** The files that were written. */
async function signTrail({ sheetKeyFile, auditHeadFolders: folders }: Config, database: Database): Promise<number> {
  return (await signHead(database, { key: await loadSigningKey(sheetKeyFile), at: systemClock.now(), folders })).written.length
}

/** What a night does about backups: nothing for a database of one's own, or where no folder is named. */
function backUpOf({ databaseUrl, backupDirectory: directory, backupKeep: keep, dataDirectory, sheetKeyFile }: Config, database: Database): { readonly backUp?: () => Promise<number> } {
  if (databaseUrl !== null || directory === null) return {}
  return { backUp: async () => (await nightlyBackup(database, { dataDirectory, directory, keep, clock: systemClock, version: manifest.version, keys: [sheetKeyFile] })).made.files }
}

function alarmsOf({ alarms, mail, webhookNetworks, publicUrl }: Config): AlarmSettings {
  return { webhook: alarms.webhook, mail: mail === null || alarms.mailTo.length === 0 ? null : { server: mail, to: alarms.mailTo }, allowedNetworks: webhookNetworks, publicUrl }
}

/** Asks for the port and gives it back at once, so that long work does not end at a door that is shut. */
export async function requireFreePort(config: Config): Promise<void> {
  const server = await listenOn(config, () => new Response())
  await new Promise((resolve) => server.close(resolve))
}

function listenOn(config: Config, fetch: (request: Request) => Response | Promise<Response>): Promise<ReturnType<typeof listen>> {
  return new Promise((resolve, reject) => {
    if (!isLoopback(config.host) && config.publicUrl?.startsWith('https:') !== true) {
      throw new Refusal('usage', 'host_open', `HOST=${config.host} lets other machines in, and passwords must not travel unencrypted. Put a proxy with a certificate before it and say TANTAY_PUBLIC_URL=https://…`)
    }
    // Headers come at once or not at all; how fast a body has to come is watched by whoever reads it (src/http/paced.ts).
    const serverOptions = { headersTimeout: 20_000, requestTimeout: 6 * 3_600_000, keepAliveTimeout: 10_000, connectionsCheckingInterval: 5000 }
    const server = listen({ fetch, hostname: config.host, port: config.port, serverOptions })
    server.once('listening', () => { resolve(server) })
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      reject(isTaken ? new Refusal('tryAgain', 'port_in_use', `port ${config.port} is in use; name another one: PORT=${config.port + 1} (0 takes any free one)`) : error)
    })
  })
}
