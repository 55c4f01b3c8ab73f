/** The embedded PostgreSQL survives what happens to it: many starts, killed processes, stale files, closed folders, root. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, embeddedServerProcess, openDatabase, startEmbedded } from '../../src/db/index.ts'
import { knownDirectory } from '../../src/db/embedded-place.ts'
import { serverSettings } from '../../src/db/embedded-settings.ts'
import { isAlive, processIdentity, withLock } from '../../src/db/process-lock.ts'

let directory = ''
let data = ''
const children: ChildProcess[] = []
const directories: string[] = []

/** A new folder for one test; most share the first one, since setting up a database takes a second. */
function useFreshDirectory(): void {
  directory = mkdtempSync(join(tmpdir(), 'tantay-embedded-'))
  directories.push(directory)
  chmodSync(directory, 0o755)
  data = join(directory, 'data')
}

beforeAll(useFreshDirectory)
beforeEach(() => {
  directory = directories[0]!
  data = join(directory, 'data')
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  const pid = embeddedServerProcess(data)
  if (pid === null) return
  process.kill(pid, 'SIGQUIT')
  while (isAlive(`${pid}`)) await sleep(20)
})
afterAll(() => {
  for (const one of directories) {
    for (const name of readdirSync(one)) {
      const place = statSync(join(one, name)).isDirectory() ? knownDirectory(join(one, name)) : null
      if (place !== null) rmSync(place, { recursive: true, force: true })
    }
    rmSync(one, { recursive: true, force: true })
  }
})

/** Another process that holds the database; resolves with the URL when it has it. */
async function holdElsewhere(...flags: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../helpers/hold-database.ts', import.meta.url)), data, ...flags], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  for (;;) {
    const [chunk] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => ['ended'])])) as [Buffer | string]
    const url = /ready (\S+)/.exec(chunk.toString())?.[1]
    if (url !== undefined) return { child, url }
    if (chunk === 'ended') throw new Error('the process ended before it had the database')
  }
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

async function runs(url: string): Promise<boolean> {
  try {
    const database = await connect(url, 1)
    await database.close()
    return true
  } catch {
    return false
  }
}

const start = (): ReturnType<typeof startEmbedded> => startEmbedded({ dataDirectory: data, isDurable: false })

describe('sharing', () => {
  test('three starts at once, from two processes, are one server; the last to close stops it', async () => {
    const [mine, again, other] = await Promise.all([start(), start(), holdElsewhere()])
    expect(new Set([mine.databaseUrl, again.databaseUrl, other.url]).size).toBe(1)
    await mine.close()
    await mine.close()
    await again.close()
    expect(await runs(other.url)).toBe(true)
    other.child.stdin!.end()
    expect(await ended(other.child)).toBe(0)
    expect(await runs(other.url)).toBe(false)
    expect(embeddedServerProcess(data)).toBeNull()
  })

  test('four first starts at once, from four processes, set up one server', async () => {
    useFreshDirectory()
    const all = await Promise.all([holdElsewhere(), holdElsewhere(), holdElsewhere(), holdElsewhere()])
    expect(new Set(all.map(({ url }) => url)).size).toBe(1)
    for (const { child } of all) child.stdin!.end()
    expect(await Promise.all(all.map(({ child }) => ended(child)))).toEqual([0, 0, 0, 0])
    expect(await runs(all[0].url)).toBe(false)
    expect(readdirSync(data).sort()).toEqual(['database.json', 'postgresql'])
  })

  test('what is written is there after the next start', async () => {
    const first = await openDatabase({ dataDirectory: data })
    await first.query('create table kept as select 1 as value')
    await first.close()
    const second = await openDatabase({ dataDirectory: data })
    expect(await second.query('select value from kept')).toEqual([{ value: 1 }])
    expect(await second.query(`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`)).toEqual([{ fsync: 'on', commit: 'on' }])
    await second.close()
  })
})

describe('after a sudden end', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s to the only user stops the server and ends with 130', async (signal) => {
    const { child, url } = await holdElsewhere()
    child.kill(signal)
    expect(await ended(child)).toBe(130)
    expect(await runs(url)).toBe(false)
  })

  test('a program with a handler of its own ends in its own way, and stops the server too', async () => {
    const { child, url } = await holdElsewhere('own-handler')
    child.kill('SIGTERM')
    expect(await ended(child)).toBe(0)
    expect(await runs(url)).toBe(false)
  })

  test('a user that exits without closing stops it too', async () => {
    const { child } = await holdElsewhere('without-closing')
    child.stdin!.end()
    expect(await ended(child)).toBe(3)
    const since = performance.now()
    while (embeddedServerProcess(data) !== null && performance.now() - since < 10_000) await sleep(20)
    expect(embeddedServerProcess(data)).toBeNull()
  })

  test('a killed user leaves the server to the next one, who stops it', async () => {
    const { child, url } = await holdElsewhere()
    child.kill('SIGKILL')
    await ended(child)
    expect(await runs(url)).toBe(true)
    const next = await start()
    expect(next.databaseUrl).toBe(url)
    await next.close()
    expect(await runs(url)).toBe(false)
  })

  test('a killed server is started again, with all that was committed', async () => {
    const { child, url } = await holdElsewhere('durable')
    const before = await connect(url, 1)
    await before.query('create table outlives as select 1 as value')
    const pid = embeddedServerProcess(data)!
    process.kill(pid, 'SIGKILL')
    while (isAlive(`${pid}`)) await sleep(20)
    child.kill('SIGKILL')
    await before.close()
    const next = await start()
    const after = await connect(next.databaseUrl, 1)
    expect(await after.query('select value from outlives')).toEqual([{ value: 1 }])
    await after.close()
    await next.close()
  })

  test('a postmaster.pid whose number now belongs to another process does not stand in the way', async () => {
    await (await start()).close()
    const file = join(knownDirectory(data)!, 'data', 'postmaster.pid')
    writeFileSync(file, `${process.pid}\n${dirname(file)}\n1700000000\n5432\n\n127.0.0.1\n 0 0\nready   \n`)
    const next = await start()
    expect(await runs(next.databaseUrl)).toBe(true)
    await next.close()
  })

  test('a set-up that was killed half-way is begun anew', async () => {
    useFreshDirectory()
    await (await start()).close()
    const place = knownDirectory(data)!
    rmSync(join(place, 'data'), { recursive: true })
    mkdirSync(join(place, 'data.draft'))
    writeFileSync(join(place, 'data.draft', 'PG_VERSION'), '18')
    writeFileSync(join(data, 'database.lock'), '999999999-1')
    const next = await start()
    expect(await runs(next.databaseUrl)).toBe(true)
    await next.close()
  })
})

describe('privacy', () => {
  test('the password is nobody else’s to read, and the server takes no other', async () => {
    const server = await start()
    expect(statSync(join(data, 'database.json')).mode & 0o077).toBe(0)
    const wrong = new URL(server.databaseUrl)
    wrong.password = 'guess'
    await expect(connect(wrong.href, 1)).rejects.toThrow('password authentication failed')
    await server.close()
  })

  test('what people are called does not reach the log, not even through errors', async () => {
    const server = await start()
    const database = await connect(server.databaseUrl, 1)
    await database.query('create table person (id text primary key, name text not null check (length(name) > 3), born date)')
    await database.query('insert into person values ($1, $2)', ['canary-id', 'canary-name'])
    await database.query('insert into person values ($1, $2)', ['canary-id', 'canary-name']).catch(() => undefined)
    await database.query('insert into person values ($1, $2)', ['canary-2', null]).catch(() => undefined)
    await database.transaction((transaction) => transaction.copyFrom('copy person from stdin', (into) => { into.write('canary-3\tcanary-name\tcanary-date\n'); return Promise.resolve() })).catch(() => undefined)
    await database.close()
    await server.close()
    const log = readFileSync(join(knownDirectory(data)!, 'postgresql.log'), 'utf8')
    expect(log).toContain('duplicate key value violates unique constraint')
    // PostgreSQL repeats a value that it cannot read inside the message itself; ingest never lets one get so far.
    expect(log.replace(/invalid input syntax for type date: "canary-date"/g, '')).not.toContain('canary')
  })
})

describe('places', () => {
  test.runIf(process.getuid?.() === 0)('root with a folder that nobody may enter gets a place outside of it', async () => {
    useFreshDirectory()
    chmodSync(directory, 0o700)
    const server = await start()
    expect(await runs(server.databaseUrl)).toBe(true)
    const place = knownDirectory(data)!
    expect(place.startsWith(directory)).toBe(false)
    await server.close()
    const again = await start()
    expect(knownDirectory(data)).toBe(place)
    await again.close()
  })

  test.runIf(process.getuid?.() === 0)('root runs the server as somebody else, who owns the data and cannot change the programs', async () => {
    const server = await start()
    const place = knownDirectory(data)!
    expect(statSync(join(place, 'data')).uid).not.toBe(0)
    expect(statSync(join(place, readdirSync(place).find((name) => name.startsWith('postgresql-'))!, 'bin', 'postgres'))).toMatchObject({ uid: 0 })
    await server.close()
  })

  test('a folder that was moved keeps its database', async () => {
    useFreshDirectory()
    const before = await openDatabase({ dataDirectory: data })
    await before.query('create table kept as select 1 as value')
    await before.close()
    renameSync(data, `${data} moved`)
    data = `${data} moved`
    const after = await openDatabase({ dataDirectory: data })
    expect(await after.query('select value from kept')).toEqual([{ value: 1 }])
    await after.close()
  })

  test('a data folder that is a file, or cannot be written, is refused before anything starts', async () => {
    useFreshDirectory()
    writeFileSync(data, '')
    await expect(startEmbedded({ dataDirectory: join(data, 'below') })).rejects.toMatchObject({ code: 'data_folder_unusable' })
    if (process.getuid?.() === 0) return
    await expect(startEmbedded({ dataDirectory: '/usr/tantay' })).rejects.toMatchObject({ code: 'data_folder_unusable' })
  })

  test('a broken data folder is said with the end of the log, not with a stack', async () => {
    useFreshDirectory()
    await (await start()).close()
    rmSync(join(knownDirectory(data)!, 'data', 'global'), { recursive: true })
    await expect(start()).rejects.toMatchObject({ code: 'database_start_failed', kind: 'installation', message: expect.stringContaining('could not') as string })
    expect(readdirSync(join(knownDirectory(data)!, 'users'))).toEqual([])
  })
})

test('settings follow the machine: a small one is left room, a large one is used', () => {
  const gigabyte = 1024 ** 3
  const small = serverSettings({ memoryBytes: gigabyte, freeDiskBytes: 4 * gigabyte, sharedMemoryBytes: 64 * 1024 * 1024 }, 5432, true)
  expect(small).toMatchObject({ shared_buffers: '128MB', work_mem: '8MB', maintenance_work_mem: '64MB', max_wal_size: '1024MB', dynamic_shared_memory_type: 'mmap', fsync: 'on' })
  const large = serverSettings({ memoryBytes: 64 * gigabyte, freeDiskBytes: 500 * gigabyte, sharedMemoryBytes: 32 * gigabyte }, 5432, true)
  expect(large).toMatchObject({ shared_buffers: '1024MB', work_mem: '64MB', maintenance_work_mem: '512MB', max_wal_size: '24576MB', dynamic_shared_memory_type: 'posix' })
})

describe('the lock between processes', () => {
  test('lets one in at a time', async () => {
    useFreshDirectory()
    let inside = 0
    let most = 0
    await Promise.all(Array.from({ length: 8 }, () => withLock(join(directory, 'lock'), async () => {
      most = Math.max(most, ++inside)
      await sleep(5)
      inside -= 1
    })))
    expect(most).toBe(1)
    expect(readdirSync(directory)).toEqual([])
  })

  test('of a dead process, or of a number that was reused, is taken over', async () => {
    for (const dead of ['999999999-1', `${process.pid}-1`]) {
      writeFileSync(join(directory, 'lock'), dead)
      expect(isAlive(dead)).toBe(false)
      expect(await withLock(join(directory, 'lock'), () => Promise.resolve('in'))).toBe('in')
    }
    expect(isAlive(processIdentity())).toBe(true)
    expect(existsSync(join(directory, 'lock'))).toBe(false)
  })
})
