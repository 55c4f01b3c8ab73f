/** Brings a database to the schema of this version: forward only, each file once, two at once are safe. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Refusal, sha256Of } from '../core/index.ts'
import type { Database, Session } from './connect.ts'
import { parseSql } from './sql-file.ts'

/** One file of sql/migrations. */
export interface Migration {
  readonly name: string
  readonly text: string
  /** SHA-256 of the text, hex. */
  readonly checksum: string
}

/** What is in the database, and what is still to come. */
export interface MigrationState {
  readonly applied: readonly string[]
  readonly pending: readonly string[]
}

const directory = new URL('../../sql/migrations/', import.meta.url)

// Any number that nobody else locks; "tantay" as ASCII.
const lockKey = '127970252128633'

/** The migrations of this version, in order. */
export function listMigrations(from: URL = directory): Migration[] {
  return readdirSync(fileURLToPath(from))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, from), 'utf8')
      return { name, text, checksum: sha256Of(text) }
    })
}

/**
 * Applies what is pending, each file in a transaction of its own, and names what it applied.
 *
 * @param at the instant to record, from the clock
 * @throws Refusal `migration_changed` when an applied file is not what it was, `schema_is_newer` when the database
 *   knows files that this version does not
 */
export async function migrate(database: Database, at: string, migrations: readonly Migration[] = listMigrations()): Promise<string[]> {
  const lockHolder = await database.pool.connect()
  try {
    // Held by one connection for the whole of it, so that a second `migrate` waits and then finds nothing to do.
    await lockHolder.query('select pg_advisory_lock($1)', [lockKey])
    await database.query(
      `create table if not exists schema_migration (name text primary key, checksum text not null, applied_at timestamptz not null)`,
    )
    await database.query(`comment on table schema_migration is 'one row per file of sql/migrations that was applied here'`)
    const { pending } = await migrationState(database, migrations)
    for (const name of pending) {
      const migration = migrations.find((one) => one.name === name)
      if (migration !== undefined) await apply(database, migration, at)
    }
    return [...pending]
  } finally {
    await lockHolder.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined)
    lockHolder.release()
  }
}

/**
 * Makes sure that the schema is this version's: an embedded or an empty database is brought up to date.
 *
 * @param isOwn a database of the installation's own, by DATABASE_URL
 * @throws Refusal `schema_outdated` for one of its own that an older version filled: upgrading it is a decision
 */
export async function requireCurrentSchema(database: Database, at: string, isOwn: boolean): Promise<void> {
  const { applied, pending } = await migrationState(database)
  if (pending.length === 0) return
  if (isOwn && applied.length > 0) {
    throw new Refusal('installation', 'schema_outdated', `the database ${database.description} lacks ${pending.join(', ')}. Make a backup, then run: tantay migrate`)
  }
  await migrate(database, at)
}

/** Which migrations are applied and which pending; refuses a history that is not this version's. */
export async function migrationState(session: Session, migrations: readonly Migration[] = listMigrations()): Promise<MigrationState> {
  const [{ exists } = { exists: false }] = await session.query<{ exists: boolean }>(`select to_regclass('schema_migration') is not null as exists`)
  const rows = exists ? await session.query<{ name: string; checksum: string }>('select name, checksum from schema_migration order by name') : []
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum } of rows) {
    const migration = byName.get(name)
    if (migration === undefined) {
      throw new Refusal('installation', 'schema_is_newer', `the database knows the migration ${name}, which this version of tantay does not. Use the version that made it.`)
    }
    if (migration.checksum !== checksum) {
      throw new Refusal('installation', 'migration_changed', `sql/migrations/${name} was changed after it was applied here. Put the change into a new file, or begin with an empty database.`)
    }
  }
  const applied = new Set(rows.map(({ name }) => name))
  return { applied: [...applied], pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name) }
}

async function apply(database: Database, migration: Migration, at: string): Promise<void> {
  const file = parseSql(migration.text, `migrations/${migration.name}`)
  if (file.variables.size > 0) throw new Error(`${file.name}: a migration has no variables`)
  await database.transaction(async (transaction) => {
    await transaction.run(file)
    await transaction.query('insert into schema_migration (name, checksum, applied_at) values ($1, $2, $3)', [migration.name, migration.checksum, at])
  })
}
