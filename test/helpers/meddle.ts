/** Meddles with a run from inside its database: something happens whenever a table is written, until it is undone. */
import { inject } from 'vitest'
import { placementOf } from '../../src/db/citus-placement.ts'
import { parseSql, type Database } from '../../src/db/index.ts'

/** Whether a trigger may hang on the table: on a cluster only on the coordinator's own. */
export function canMeddle(table: string): boolean {
  return inject('databaseNodes').length === 1 || placementOf(table) === 'local'
}

/** Runs plpgsql `body` after every insert into `table`; returns how to undo it. What the body writes does not set it off again. */
export async function meddle(database: Database, table: string, body: string): Promise<() => Promise<void>> {
  const { statements } = parseSql(
    `create function test_meddle() returns trigger language plpgsql as $$ begin if pg_trigger_depth() = 1 then ${body} end if; return null; end $$;
     create trigger test_meddle after insert on ${table} for each statement execute function test_meddle();`,
    'meddle',
  )
  for (const { text } of statements) await database.query(text)
  return async () => {
    await database.query(`drop trigger test_meddle on ${table}`)
    await database.query('drop function test_meddle')
  }
}
