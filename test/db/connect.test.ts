/** Connections give back text where a JavaScript number or Date would lose something, and undo what fails. */
import { once } from 'node:events'
import { connect as dial, createServer, type AddressInfo, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connect, outageOf, parseSql } from '../../src/db/index.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase({ isEmpty: true })

test('numbers, dates and instants come back as text, in arrays too', async () => {
  const [row] = await clone().database.query(`
    select 9007199254740993::int8 as big, 1.50::numeric as amount, '2026-03-05'::date as day,
      '2026-03-05 09:00:00.5+07'::timestamptz as instant, array[9007199254740993, null]::int8[] as bigs,
      array[0.1, null]::numeric[] as amounts, array['2026-03-05'::date] as days, array['2026-03-05 09:00+07'::timestamptz, null] as instants`)
  expect(row).toEqual({
    big: '9007199254740993', amount: '1.50', day: '2026-03-05', instant: '2026-03-05T02:00:00.5Z',
    bigs: ['9007199254740993', null], amounts: ['0.1', null], days: ['2026-03-05'], instants: ['2026-03-05T02:00:00Z', null],
  })
})

test('instants do not depend on the time zone of the server or of this process', async () => {
  const [row] = await clone().database.query<{ zone: string }>(`select current_setting('timezone') as zone`)
  expect(row?.zone).toBe('UTC')
})

describe('a transaction', () => {
  test('that throws leaves nothing behind, and its connection goes on working', async () => {
    const { database } = clone()
    await database.query('create table kept (value int primary key)')
    await expect(
      database.transaction(async (transaction) => {
        await transaction.query('insert into kept values (1)')
        await transaction.kysely.insertInto('kept' as never).values({ value: 2 }).execute()
        throw new Error('enough')
      }),
    ).rejects.toThrow('enough')
    expect(await database.query('select from kept')).toEqual([])
    await database.transaction(async (transaction) => {
      await transaction.query('insert into kept values (1)')
      await transaction.kysely.insertInto('kept' as never).values({ value: 2 }).execute()
    })
    expect(await database.query('select value from kept order by value')).toEqual([{ value: 1 }, { value: 2 }])
  })

  test('whose connection is cut says so, and the next one gets a new connection', async () => {
    const { database } = clone()
    await expect(database.transaction((transaction) => transaction.query('select pg_terminate_backend(pg_backend_pid())'))).rejects.toThrow()
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('copying in', () => {
  test('takes rows from a stream or from a writer, and counts them', async () => {
    await clone().database.transaction(async (transaction) => {
      await transaction.query('create temp table target (id int8, name text) on commit drop')
      expect(await transaction.copyFrom('copy target from stdin', Readable.from([Buffer.from('1\tÁ\n2\t'), Buffer.from('\\N\n')]))).toBe(2)
      expect(await transaction.copyFrom('copy target from stdin', async (into) => {
        into.write('3\tc\n')
        await sleep(1)
        into.write('4\td\n')
      })).toBe(2)
      const rows: unknown[] = []
      for await (const row of transaction.stream('select * from target where id > $1 order by id', [1])) rows.push(row)
      expect(rows).toEqual([{ id: '2', name: null }, { id: '3', name: 'c' }, { id: '4', name: 'd' }])
    })
  })

  test('that fails on either side ends the transaction, and does not hang', async () => {
    const { database } = clone()
    const copy = (write: (into: NodeJS.WritableStream) => Promise<void>): Promise<number> =>
      database.transaction(async (transaction) => {
        await transaction.query('create temp table target (id int8) on commit drop')
        return transaction.copyFrom('copy target from stdin', write)
      })
    await expect(copy(() => Promise.reject(new Error('the file ended early')))).rejects.toThrow('the file ended early')
    await expect(copy(async (into) => {
      into.write('nonsense\n')
      await sleep(1)
    })).rejects.toThrow('invalid input syntax')
    const broken = new Readable({ read() { this.destroy(new Error('the disk is gone')) } })
    await expect(database.transaction(async (transaction) => {
      await transaction.query('create temp table target (id int8) on commit drop')
      return transaction.copyFrom('copy target from stdin', broken)
    })).rejects.toThrow('the disk is gone')
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  })
})

test('a file runs statement by statement with bound values, and an error names its line', async () => {
  const { database } = clone()
  const file = parseSql(`-- a step\nselect :'as_of'::date + 1 as next;\n\nselect :'name' || '; drop table kept' as text;`, 'step.sql')
  const results = await database.run(file, { as_of: '2026-02-28', name: `'; drop table kept; --` })
  expect(results.map(({ rows }) => rows)).toEqual([[{ next: '2026-03-01' }], [{ text: `'; drop table kept; --; drop table kept` }]])
  await expect(database.run(parseSql('select 1;\n\nselect nothing from nowhere;', 'step.sql'))).rejects.toThrow(/^step.sql:3: relation "nowhere" does not exist/)
})

test('a server that is not there is a refusal that says where, without the password', async () => {
  await expect(connect('postgres://someone:secret@127.0.0.1:1/tantay')).rejects.toMatchObject({
    kind: 'tryAgain',
    exitCode: 75,
    message: expect.stringMatching(/tantay on 127\.0\.0\.1:1(?!.*secret)/) as string,
  })
})

test('a line that is cut in the middle of a statement is an outage, whichever file the statement is in', async () => {
  const { hostname, port } = new URL(clone().databaseUrl)
  const sockets: Socket[] = []
  const between = createServer((client) => {
    const server = dial(Number.parseInt(port, 10), hostname)
    for (const [one, other] of [[client, server], [server, client]] as const) one.on('error', () => undefined).pipe(other)
    sockets.push(client, server)
  }).listen(0, '127.0.0.1')
  await once(between, 'listening')
  const through = new URL(clone().databaseUrl)
  through.hostname = '127.0.0.1'
  through.port = `${(between.address() as AddressInfo).port}`
  const database = await connect(through.toString(), 1)
  const waiting = database.run(parseSql('select pg_sleep(20);', 'reconcile/sample.sql')).catch((error: unknown) => error)
  await sleep(100)
  for (const socket of sockets) socket.destroy()
  const failure = await waiting
  expect(String(failure)).toContain('reconcile/sample.sql:1: Connection terminated')
  expect(outageOf(failure)).toBe('database_away')
  await database.close()
  between.close()
})
