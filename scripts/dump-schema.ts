/** Writes sql/schema.sql from the migrations; changes nothing else. */
import { writeFileSync } from 'node:fs'
import { dumpSchema } from '../src/db/schema-dump.ts'
import { withMigratedDatabase } from './with-migrated-database.ts'

writeFileSync(new URL('../sql/schema.sql', import.meta.url), await withMigratedDatabase((database) => dumpSchema(database)))
