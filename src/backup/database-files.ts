/** Which files of PostgreSQL's data folder belong into a backup: as its documentation says for pg_basebackup, and no others. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A data folder as it is listed. */
export interface DatabaseListing {
  readonly folders: readonly string[]
  /** Below the data folder. */
  readonly files: readonly string[]
}

/** Their contents are made anew at each start, or belong to one server alone. */
const emptied = new Set(['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'])
const leftOut = /^(?:postmaster\.(?:pid|opts)|backup_label(?:\.old)?|tablespace_map(?:\.old)?|backup_manifest|current_logfiles(?:\.tmp)?|pg_internal\.init.*|pgsql_tmp.*|t\d+_\d+(?:_\w+)?(?:\.\d+)?)$/

/** What a backup of the folder holds; empty folders too, for PostgreSQL does not start without them. */
export async function listDatabase(data: string): Promise<DatabaseListing> {
  const folders: string[] = []
  const files: string[] = []
  const walk = async (folder: string): Promise<void> => {
    const entries = (await readdir(join(data, folder), { withFileTypes: true }).catch(() => [])).sort((one, other) => (one.name < other.name ? -1 : 1))
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
    const unlogged = new Set(names.filter((name) => /^\d+_init$/.test(name)).map((name) => name.slice(0, -'_init'.length)))
    for (const { name } of entries.filter((entry) => entry.isDirectory() && !leftOut.test(entry.name))) {
      const path = folder === '' ? name : `${folder}/${name}`
      folders.push(path)
      if (!emptied.has(path)) await walk(path)
    }
    for (const name of names) {
      // Of a table without a log only its empty form is restored: it is emptied after a crash anyway.
      const isUnlogged = /^\d+(?:_(?:fsm|vm))?(?:\.\d+)?$/.test(name) && unlogged.has(/^\d+/.exec(name)?.[0] ?? '')
      if (!leftOut.test(name) && !isUnlogged) files.push(folder === '' ? name : `${folder}/${name}`)
    }
  }
  await walk('')
  return { folders: [...folders, 'pg_wal/archive_status', 'pg_wal/summaries'].filter((path, index, all) => all.indexOf(path) === index).sort(), files }
}
