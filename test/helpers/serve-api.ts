/** The API in a process of its own, for tests that kill it: over a database and a data folder, at a stopped clock; says `ready <port>`. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { stoppedClock } from '../../src/core/index.ts'
import { connect, openDesk } from '../../src/db/index.ts'
import { createApi } from '../../src/http/api/app.ts'
import { annotatedFile } from '../../src/ingest/index.ts'
import { openApiLimits } from '../../src/staff/index.ts'

const [databaseUrl = '', dataDirectory = '', at = ''] = process.argv.slice(2)
const database = await connect(databaseUrl, 3)
const desk = await openDesk(database, { connections: 2 })
const api = createApi({ database, limits: openApiLimits(database), desk, clock: stoppedClock(at), dataDirectory, annotated: (fileId) => annotatedFile(database, dataDirectory, fileId) })
const server = serve({ fetch: new Hono().route('/api/v1', api).fetch, hostname: '127.0.0.1', port: 0 }, () => {
  process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`)
})
