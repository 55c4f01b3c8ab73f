/** For scripts: a throw-away database with all migrations, on a throw-away embedded server or in TANTAY_TEST_DATABASE_URL. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../src/config.ts'
import { systemClock } from '../src/core/index.ts'
import { connect, migrate, startEmbedded, type Database } from '../src/db/index.ts'

/** Runs `work` with the database and its URL, then removes both. */
export async function withMigratedDatabase<T>(work: (database: Database, databaseUrl: string) => Promise<T>): Promise<T> {
  const { testDatabaseUrl } = loadConfig()
  const directory = mkdtempSync(join(tmpdir(), 'tantay-schema-'))
  // Root's database runs as another user, who has to be able to pass.
  chmodSync(directory, 0o755)
  const embedded = testDatabaseUrl === null ? await startEmbedded({ dataDirectory: join(directory, 'data'), isDurable: false }) : null
  const name = `tantay_script_${process.pid}`
  const server = await connect(testDatabaseUrl ?? embedded?.databaseUrl ?? '', 1)
  try {
    await server.query(`create database ${name} template template0`)
    const url = new URL(testDatabaseUrl ?? embedded?.databaseUrl ?? '')
    url.pathname = `/${name}`
    const database = await connect(url.href)
    try {
      await migrate(database, systemClock.now())
      return await work(database, url.href)
    } finally {
      await database.close()
    }
  } finally {
    await server.query(`drop database if exists ${name} with (force)`)
    await server.close()
    await embedded?.close()
    rmSync(directory, { recursive: true, force: true })
  }
}
