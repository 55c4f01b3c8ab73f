/** Reads every file of sql/ as Citus would and says what it would refuse: file, line, rule, and what to do instead. */
import { readdirSync } from 'node:fs'
import { loadSqlFile, type SqlFile } from '../src/db/index.ts'
import { faultsOf, type Fault } from './lint-sql/rules.ts'
import { Schema } from './lint-sql/schema.ts'
import { parseStatement } from './lint-sql/tree.ts'

/** A fault and the file it stands in. */
export interface FileFault extends Fault {
  readonly file: string
}

const sql = new URL('../sql/', import.meta.url)
// What migrations make is read by all others.
const rooms = ['migrations', ...readdirSync(sql, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'migrations').map(({ name }) => name).sort()]

/** From this number on the names of facts mean the rows gathered on the coordinator (src/reconcile/steps.ts). */
export const firstOnGathered = 50

/** Every fault in sql/, in the order of the files; migrations come first, since the others read what they make. */
export function lintSql(): FileFault[] {
  const schema = new Schema()
  return rooms.flatMap((room) => filesOf(room).flatMap((name) => lintFile(loadSqlFile(new URL(`${room}/${name}`, sql)), `sql/${room}/${name}`, schema, pathOf(room, name))))
}

/** The tables that the migrations make; `placeOf` may give further ones a place. */
export function migratedSchema(placeOf: ConstructorParameters<typeof Schema>[0]): Schema {
  const schema = new Schema(placeOf)
  for (const name of filesOf('migrations')) for (const statement of loadSqlFile(new URL(`migrations/${name}`, sql)).statements) schema.learn(parseStatement(statement))
  return schema
}

/** The faults of one file; `path` is the search path that it runs under. */
export function lintFile({ statements }: SqlFile, file: string, schema: Schema, path: readonly string[] = ['public']): FileFault[] {
  return statements.flatMap((statement) => {
    try {
      const parsed = parseStatement(statement)
      schema.learn(parsed)
      return faultsOf(parsed, schema, path).map((fault) => ({ file, ...fault }))
    } catch (error) {
      return [{ file, line: statement.line, rule: 'grammar', message: `PostgreSQL 15, the oldest that is promised, does not read this: ${(error as Error).message}` }]
    }
  })
}

function filesOf(room: string): string[] {
  return readdirSync(new URL(`${room}/`, sql)).filter((name) => name.endsWith('.sql')).sort()
}

function pathOf(room: string, name: string): readonly string[] {
  const isOnGathered = room === 'findings' || (room === 'reconcile' && (Number.parseInt(name, 10) >= firstOnGathered || !/^\d/.test(name)))
  return isOnGathered ? ['gathered', 'public'] : ['public']
}

if (import.meta.main) {
  const faults = lintSql()
  for (const { file, line, rule, message } of faults) process.stderr.write(`${file}:${line}: ${rule}: ${message}\n`)
  if (faults.length > 0) process.exit(1)
}
