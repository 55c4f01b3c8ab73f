/** What the doctor looks at beside the database: secrets, backups, the shared folder, uploads, the public address. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { backupState } from '../backup/index.ts'
import { isLoopback, type Config } from '../config.ts'
import { addMilliseconds, Refusal, secondsOfInstant } from '../core/index.ts'
import { archiveOf, ok, warning, wrong, type Database, type Diagnosis } from '../db/index.ts'
import { failedUploads, strangersTo } from '../uploads/index.ts'

const day = 86_400

/** Files that hold secrets are their owner's alone to read. */
export async function checkSecrets({ dataDirectory, sheetKeyFile }: Pick<Config, 'dataDirectory' | 'sheetKeyFile'>): Promise<Diagnosis[]> {
  if (process.platform === 'win32') return []
  const open: string[] = []
  for (const path of [join(dataDirectory, 'database.json'), sheetKeyFile]) {
    const mode = await stat(path).then((found) => found.mode, () => 0)
    if ((mode & 0o077) !== 0) open.push(path)
  }
  for (const part of ['files', 'quarantine', 'uploads', 'evidence']) {
    const mode = await stat(join(dataDirectory, part)).then((found) => found.mode, () => 0)
    if ((mode & 0o007) !== 0) open.push(join(dataDirectory, part))
  }
  return [open.length === 0 ? ok('secrets', 'keys, passwords and received files are this user\'s alone to read') : wrong('secrets', `others on this machine may read ${open.join(', ')}`, `As their owner: chmod go= ${open.join(' ')}`)]
}

/** Whether there is a backup that is new, and a drill that shows that it is one. */
export function checkBackups({ backupDirectory, dataDirectory, databaseUrl }: Pick<Config, 'backupDirectory' | 'dataDirectory' | 'databaseUrl'>, now: string): Diagnosis[] {
  if (databaseUrl !== null) return [ok('backup', 'the database is your own, and so are its backups (docs/operate.md)')]
  const log = archiveOf(dataDirectory)
  const directory = backupDirectory ?? (log === null ? null : join(log, '..'))
  if (directory === null) return [warning('backup', 'there are no backups', 'tantay backup create FOLDER, on another disk or machine; and set TANTAY_BACKUP, so that every night makes one.')]
  try {
    const { newest, count, last_drill: drill } = backupState(directory)
    if (newest === null) return [wrong('backup', `there is no finished backup in ${directory}`, `tantay backup create ${directory}`)]
    const age = secondsOfInstant(now) - secondsOfInstant(newest.at)
    const drillAge = drill === null ? null : secondsOfInstant(now) - secondsOfInstant(drill.drilled_at)
    return [
      age > 1.5 * day ? wrong('backup', `the newest backup is ${Math.floor(age / 3600)} hours old`, `tantay backup create ${directory}; see why the night made none.`) : ok('backup', `${count} in ${directory}, the newest of ${newest.at}`),
      drill === null || drillAge === null ? warning('drill', 'nobody has tried yet whether a backup can be restored', `tantay backup drill ${directory}`)
        : !drill.is_same ? wrong('drill', `the last drill failed: ${drill.fault ?? ''}`, 'Make a new backup and drill it; look at the disk of the backups.')
          : drillAge > 30 * day ? warning('drill', `the last drill is ${Math.floor(drillAge / day)} days old`, `tantay backup drill ${directory}`)
            : ok('drill', `backup ${drill.backup} came back the same in ${drill.restore_seconds} s (${drill.drilled_at})`),
    ]
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [wrong('backup', error.message, 'Is the disk of the backups mounted?')]
  }
}

/** Servers of one database have one data folder. */
export async function checkSharedFolder(database: Database, dataDirectory: string, now: string): Promise<Diagnosis> {
  const strangers = await strangersTo(database, dataDirectory, now)
  return strangers.length === 0 ? ok('shared_folder', 'all servers of this database have this data folder') : wrong('shared_folder', `${strangers.length} running servers share the database and not the folder ${dataDirectory}`, 'Mount one folder on all of them and name it in TANTAY_DATA (or --data): received files lie there.')
}

/** Files that failed by our own fault, and bytes that belong to nobody. */
export async function checkUploads(database: Database, dataDirectory: string, now: string): Promise<Diagnosis> {
  const failed = await failedUploads(database)
  if (failed.length > 0) return warning('uploads', `${failed.length} files of banks could not be read by our own fault, the newest ${failed[0]?.upload_id ?? ''}`, 'Mend the cause (the log says it), then: tantay files retake ID, or have the bank send it again.')
  const known = new Set((await database.query<{ upload_id: string }>('select upload_id from upload')).map(({ upload_id: id }) => id))
  const dayAgo = addMilliseconds(now, -2 * day * 1000)
  let orphans = 0
  for (const name of await readdir(join(dataDirectory, 'uploads')).catch(() => [])) {
    const found = await stat(join(dataDirectory, 'uploads', name)).catch(() => null)
    if (!known.has(name) && found !== null && found.mtime.toISOString() < dayAgo) orphans += 1
  }
  return orphans === 0 ? ok('uploads', 'no file waits for mending') : warning('uploads', `${orphans} files in uploads belong to nobody`, 'A running server removes them after a day; if they stay, may it write there?')
}

/** Whether people reach the server, and for how long its certificate holds. */
export async function checkAddress({ publicUrl, host }: Pick<Config, 'publicUrl' | 'host'>, now: string): Promise<Diagnosis> {
  if (publicUrl === null) return ok('address', isLoopback(host) ? 'this machine alone reaches the server (TANTAY_PUBLIC_URL names an address for others)' : `HOST=${host}`)
  const { hostname, port, protocol } = new URL(publicUrl)
  if (protocol !== 'https:') return warning('address', `${publicUrl} is not encrypted`, 'Put a proxy with a certificate before the server (docs/operate.md).')
  const until = await certificateEnd(hostname, port === '' ? 443 : parseInt(port, 10))
  if ('fault' in until) return wrong('address', `${publicUrl} does not answer with a certificate that holds: ${until.fault}`, 'Does the proxy run, does the name lead to it, was its certificate renewed?')
  const days = Math.floor((secondsOfInstant(until.end) - secondsOfInstant(now)) / day)
  const found = `${publicUrl} answers; its certificate holds for ${days} days`
  return days < 14 ? warning('address', found, 'Renew it; Caddy does so by itself when it can be reached from the internet.') : ok('address', found)
}

function certificateEnd(host: string, port: number): Promise<{ readonly end: string } | { readonly fault: string }> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, servername: host, timeout: 5000 }, () => {
      const end = socket.getPeerX509Certificate()?.validToDate.toISOString()
      socket.destroy()
      resolve(end === undefined ? { fault: 'no certificate' } : { end: end.replace('.000Z', 'Z') })
    })
    socket.once('timeout', () => {
      socket.destroy()
      resolve({ fault: 'no answer within 5 s' })
    })
    socket.once('error', (error: NodeJS.ErrnoException) => { resolve({ fault: error.code ?? error.message }) })
  })
}
