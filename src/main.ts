/** The composition root of the server: config → clock → log → db → app. Nothing else. */
import { serve as listen } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pino from 'pino'
import { catchUp } from './cases/index.ts'
import { isLoopback, type Config } from './config.ts'
import { Refusal, systemClock } from './core/index.ts'
import { openDatabase, openDesk, requireCurrentSchema, type DeskConnections } from './db/index.ts'
import { createApp } from './http/index.ts'
import { startWorker, type Worker } from './jobs/index.ts'
import { annotatedFile, ingestMade, ingestRow, rawLine } from './ingest/index.ts'
import { loadSigningKey } from './signing/index.ts'
import { identityProvider } from './staff/index.ts'
import { requireDurable } from './uploads/index.ts'

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
  const log = pino({ level: config.logLevel }, pino.destination(2))
  const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDirectory: config.dataDirectory, onProgress: (message) => { log.info(message) } })
  let desk: DeskConnections | undefined
  let worker: Worker | undefined
  try {
    await requireCurrentSchema(database, systemClock.now(), config.databaseUrl !== null)
    // Said before anything longer is begun.
    await requireFreePort(config)
    await requireDurable(database)
    await catchUp(database, systemClock.now())
    desk = await openDesk(database, { deskUrl: config.deskDatabaseUrl })
    worker = await startWorker({ database, clock: systemClock, dataDirectory: config.dataDirectory, notices: { mail: config.mail, allowedNetworks: config.webhookNetworks, publicUrl: config.publicUrl }, log })
    const app = createApp({
      database,
      desk,
      isDemo,
      publicUrl: config.publicUrl,
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
    })
    const server = await listenOn(config, app.fetch)
    const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(server.address() as AddressInfo).port}`
    log.info({ url }, 'listening')
    let stopping: Promise<void> | undefined
    return {
      url,
      stop: () => (stopping ??= new Promise<void>((resolve) => {
        server.close(() => { resolve() })
        if (!('closeIdleConnections' in server)) return
        server.closeIdleConnections()
        // A sender whose file was not acknowledged sends it again; nobody waits hours for the end of it.
        setTimeout(() => { server.closeAllConnections() }, 10_000).unref()
      }).then(() => worker?.stop()).then(() => desk?.close()).then(() => database.close())),
    }
  } catch (error) {
    await worker?.stop()
    await desk?.close()
    await database.close()
    throw error
  }
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
