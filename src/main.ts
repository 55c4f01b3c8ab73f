/** The composition root of the server: config → clock → log → db → app. Nothing else. */
import { serve as listen } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import type { Config } from './config.ts'
import { systemClock } from './core/index.ts'
import { migrate, openDatabase } from './db/index.ts'
import { createApp } from './http/index.ts'
import { rawLine } from './ingest/index.ts'

/** A server that listens. */
export interface RunningServer {
  /** Where it can be reached. */
  readonly url: string
  /** Stops taking requests, finishes those under way, closes the database. Safe to call twice. */
  stop(): Promise<void>
}

/** Starts the server; resolves once it listens. */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = pino({ level: config.logLevel }, pino.destination(2))
  const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDirectory: config.dataDirectory, onProgress: (message) => { log.info(message) } })
  await migrate(database, systemClock.now())
  const app = createApp({ database, rawLine: (fileId, line) => rawLine(database, config.dataDirectory, fileId, line), log })
  const server = listen({ fetch: app.fetch, hostname: config.host, port: config.port })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(server.address() as AddressInfo).port}`
  log.info({ url }, 'listening')
  let stopping: Promise<void> | undefined
  return {
    url,
    stop: () => (stopping ??= new Promise<void>((resolve) => {
      server.close(() => { resolve() })
      if ('closeIdleConnections' in server) server.closeIdleConnections()
    }).then(() => database.close())),
  }
}
