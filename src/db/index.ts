/** The door of the room `db`: the only one that knows PostgreSQL. */
export { isSpread, spread, type Spread } from './citus.ts'
export { connect, openDatabase, type Connection, type Database, type OpenOptions, type Row, type Session, type StatementResult, type Transaction } from './connect.ts'
export { diagnose, type Diagnosis, type DoctorOptions } from './doctor.ts'
export { embeddedServerProcess, startEmbedded, type EmbeddedOptions, type EmbeddedServer } from './embedded.ts'
export { listMigrations, migrate, migrationState, requireCurrentSchema, type Migration, type MigrationState } from './migrate.ts'
export { takeRunLock } from './run-lock.ts'
export { bindParameters, loadSqlFile, parseSql, type SqlFile, type SqlStatement, type SqlValue } from './sql-file.ts'
export type { DB } from './tables.ts'
