/** Writes src/db/tables.ts, the types of the tables for the query builder, from the migrations; changes nothing else. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withMigratedDatabase } from './with-migrated-database.ts'

const opening = '/** What the tables hold, for the query builder; written by `npm run generate-types` from the migrated schema. */\n'

/** The text of src/db/tables.ts for the schema of a database. */
export async function generateTypes(databaseUrl: string): Promise<string> {
  const program = fileURLToPath(new URL('../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    '--dialect', 'postgres', '--url', databaseUrl, '--print', '--log-level', 'error',
    // Tables that a run works in are read by SQL files alone.
    '--exclude-pattern', '*.work_*',
    // As src/db/connect.ts reads them: nothing that a JavaScript number or Date would change.
    '--type-mapping', JSON.stringify({ int8: 'string', numeric: 'string', date: 'string', timestamptz: 'string', timestamp: 'string' }),
  ])
  return opening + stdout.trimStart().replace(/^\/\*\*[^]*?\*\/\s*/, '').trimEnd() + '\n'
}

// Not import.meta.main: Node 22 does not know it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../src/db/tables.ts', import.meta.url), await withMigratedDatabase((_, url) => generateTypes(url)))
}
