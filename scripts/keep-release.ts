/**
 * Keeps what a release left in a database, for the test of every later upgrade: `DATABASE_URL=… node scripts/keep-release.ts
 * test/upgrade/0031.ndjson.zst`. Run it with a small invented province that the release itself made; it changes nothing.
 */
import { writeFileSync } from 'node:fs'
import { zstdCompressSync } from 'node:zlib'
import { loadConfig } from '../src/config.ts'
import { connect } from '../src/db/index.ts'

const [out] = process.argv.slice(2)
const { databaseUrl: url } = loadConfig()
if (out === undefined || url === null) throw new Error('say DATABASE_URL and the file to write')

const database = await connect(url, 2)
/** In an order in which each table comes after those that it refers to; working tables are empty between runs. */
const tables = await database.query<{ name: string; columns: string[] }>(`
  with recursive own as (
    select c.oid, c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'work\\_%' and c.relname <> 'schema_migration'
  ), depth (oid, level) as (
    select oid, 0 from own
    union all select k.conrelid, d.level + 1 from depth d join pg_constraint k on k.confrelid = d.oid and k.contype = 'f' and k.conrelid <> k.confrelid where d.level < 10
  )
  select own.relname as name, array_agg(a.attname::text order by a.attnum) as columns
  from own join pg_attribute a on a.attrelid = own.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  group by own.oid, own.relname order by (select max(level) from depth d where d.oid = own.oid), own.relname`)
const lines: string[] = []
for (const { name, columns } of tables) {
  const [found] = await database.query<{ rows: string; count: string }>(`select coalesce(json_agg(t), '[]')::text as rows, count(*) as count from (select ${columns.map((column) => `"${column}"`).join(', ')} from "${name}") t`)
  // Rows stay text: a number of PostgreSQL's is never read as one of JavaScript's.
  if (found !== undefined && found.count !== '0') lines.push(JSON.stringify({ table: name, columns }), JSON.stringify(found.rows))
}
const [sequences] = await database.query<{ values: string }>("select json_object_agg(sequencename, last_value)::text as values from pg_sequences where schemaname = 'public' and last_value is not null")
await database.close()
writeFileSync(out, zstdCompressSync(Buffer.from(`${JSON.stringify({ sequences: sequences?.values })}\n${lines.join('\n')}\n`)))
process.stdout.write(`${lines.length / 2} tables kept in ${out}\n`)
