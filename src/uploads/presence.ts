/** That a server runs, said where the others look: a row for those who share its database, a file for those who share its folder. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addMilliseconds, type Clock } from '../core/index.ts'
import type { Session } from '../db/index.ts'

/** One server that says that it runs. */
export interface Presence {
  /** Says it once more; forgets those that have not for a day. */
  renew(): Promise<void>
  /** Says that it has ended. */
  end(): Promise<void>
}

const day = 86_400_000
/** A server that has not said so for this long does not run, in milliseconds. */
const silence = 5 * 60_000

/** Says from now on that this server runs. */
export async function announce(session: Session, { clock, dataDirectory, version }: { readonly clock: Clock; readonly dataDirectory: string; readonly version: string }): Promise<Presence> {
  const id = randomUUID()
  const folder = join(dataDirectory, 'servers')
  const startedAt = clock.now()
  const presence: Presence = {
    renew: async () => {
      const now = clock.now()
      await session.query('insert into server_seen (server_id, version, started_at, seen_at) values ($1, $2, $3, $4) on conflict (server_id) do update set seen_at = excluded.seen_at', [id, version, startedAt, now])
      await session.query('delete from server_seen where seen_at < $1', [addMilliseconds(now, -day)])
    },
    end: async () => {
      await session.query('delete from server_seen where server_id = $1', [id])
      await rm(join(folder, id), { force: true })
    },
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found !== null && found.mtime.toISOString() < addMilliseconds(startedAt, -30 * day)) await rm(join(folder, name), { force: true })
  }
  // The file first: a row without one means that the folder is another.
  await writeFile(join(folder, id), `${startedAt}\n`, { mode: 0o600 })
  await presence.renew()
  return presence
}

/** Servers that share the database and not this folder, by their ids. */
export async function strangersTo(session: Session, dataDirectory: string, now: string): Promise<string[]> {
  const here = new Set(await readdir(join(dataDirectory, 'servers')).catch(() => []))
  const seen = await session.query<{ server_id: string }>('select server_id from server_seen where seen_at > $1 order by server_id', [addMilliseconds(now, -silence)])
  return seen.map(({ server_id: id }) => id).filter((id) => !here.has(id))
}
