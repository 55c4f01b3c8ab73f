/** A server with its background over a clone, as a bank's own commands meet it, and a line to it that can break. */
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { serve } from '@hono/node-server'
import { addMilliseconds, systemClock } from '../../src/core/index.ts'
import { openDesk } from '../../src/db/index.ts'
import { createApp, type AppDependencies } from '../../src/http/index.ts'
import { annotatedFile } from '../../src/ingest/index.ts'
import { startWorker } from '../../src/jobs/index.ts'
import { issueKey, makeSystem, usualScopes, type KeyScope } from '../../src/staff/index.ts'
import { useDatabase, type Clone } from '../helpers/database.ts'

/** What tests of those commands need. */
export interface CounterServer {
  readonly url: string
  /** A folder of the test's own. */
  readonly folder: string
  readonly clone: Clone
  /** A key of a new system of a bank. */
  newKey(agent: string, scopes?: readonly KeyScope[]): Promise<{ readonly key: string; readonly keyId: string }>
}

/** The server for the whole of the calling test file. */
export function useCounterServer(): () => CounterServer {
  const clone = useDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'tantay-counter-'))
  let server: { readonly url: string; stop(): Promise<void> } | undefined
  let nextSystem = 1
  beforeAll(async () => {
    server = await start(clone(), join(folder, 'data'))
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    if (server === undefined) throw new Error('the server is there only while tests run')
    return {
      url: server.url, folder, clone: clone(),
      newKey: async (agent, scopes = usualScopes) => {
        const now = systemClock.now()
        const { database } = clone()
        const { staffId } = await makeSystem(database, { userName: `${agent}-core-${nextSystem++}`, displayName: 'Hệ thống lõi', creditorAgent: agent }, now, null)
        return issueKey(database, { staffId, scopes, allowedFrom: null, expiresAt: addMilliseconds(now, 86_400_000) }, now, null)
      },
    }
  }
}

/** As main.ts composes it, but over a database that does not wait for its disk. */
async function start({ database }: Clone, dataDirectory: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const desk = await openDesk(database, { connections: 3 })
  const app = createApp({
    database, desk, clock: systemClock, scratchFolder: dataDirectory, dataDirectory, annotated: (fileId: string) => annotatedFile(database, dataDirectory, fileId), rawLine: () => Promise.resolve(null),
    sheetKey: () => Promise.reject(new Error('no sheets here')), storeRow: () => Promise.reject(new Error('no rows here')), log: { error: () => undefined },
  } as unknown as AppDependencies)
  const worker = await startWorker({ database, clock: systemClock, dataDirectory })
  const listening = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const opened = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => { resolve(opened) })
  })
  return {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    stop: async () => {
      await new Promise<void>((resolve) => {
        listening.close(() => { resolve() })
        if ('closeAllConnections' in listening) listening.closeAllConnections()
      })
      await worker.stop()
      await desk.close()
    },
  }
}

/** How a line breaks: after so many bytes on the way there, or with the answer on its way back. */
export type Break = { readonly afterBytes: number } | 'before the answer'

/** A line to a server that breaks as often as it is told, and then holds. */
export async function breakingLine(to: string, breaks: readonly Break[]): Promise<{ readonly url: string; readonly connections: () => number; readonly bytes: () => number; close(): Promise<void> }> {
  const { port } = new URL(to)
  const waiting = [...breaks]
  const open = new Set<Socket>()
  let [count, bytes] = [0, 0]
  const server: Server = createServer((near) => {
    count++
    const how = waiting.shift()
    const far = connect(parseInt(port, 10), '127.0.0.1')
    const cut = (): void => {
      near.resetAndDestroy()
      far.destroy()
    }
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', cut).on('close', () => void open.delete(end))
    }
    let passed = 0
    near.on('data', (piece: Buffer) => {
      passed += piece.length
      bytes += piece.length
      if (typeof how === 'object' && passed > how.afterBytes) cut()
      else far.write(piece)
    })
    far.on('data', (piece: Buffer) => {
      if (how === 'before the answer') cut()
      else near.write(piece)
    })
    near.on('end', () => far.end())
    far.on('end', () => near.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => count, bytes: () => bytes,
    close: async () => {
      for (const end of open) end.destroy()
      await new Promise<void>((resolve) => { server.close(() => { resolve() }) })
    },
  }
}
