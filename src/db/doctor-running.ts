/** What is wrong with a database that is in use: its clock, its sessions, its queue, its nights; each with what to do. */
import { loadSqlFile } from './sql-file.ts'
import type { Session } from './connect.ts'
import { ok, warning, wrong, type Diagnosis } from './doctor.ts'

/** What sql/doctor.sql gives: counts and ages, null where there is nothing to tell. */
export interface RunningDatabase {
  readonly clock_ahead_seconds: number
  readonly knows_the_country: boolean
  readonly is_superuser: boolean
  readonly desk_power: string | null
  readonly idle_transactions: string
  readonly old_processes: string | null
  readonly invalid_indexes: string | null
  readonly oldest_transaction: string
  readonly is_vacuumed: boolean
  readonly archive_mode: string
  readonly is_archive_failing: boolean
  readonly last_failed_log: string | null
  readonly has_queue: boolean
  readonly server_count: string
  readonly server_versions: string | null
  readonly published_age_seconds: number | null
  readonly published_as_of: string | null
  readonly last_night: string | null
  readonly failed_nights: string
  readonly night_age_seconds: number | null
  readonly head_age_seconds: number | null
}

/** What sql/doctor_queue.sql gives. */
export interface QueueState {
  readonly given_up: string
  readonly given_up_tasks: string | null
  readonly failing: string
  readonly oldest_seconds: number
  readonly held_by_dead: string
  /** The logins of running servers that could change facts and the trail; null: there is none. */
  readonly serving_owners: string | null
}

const files = { database: loadSqlFile(new URL('../../sql/doctor.sql', import.meta.url)), queue: loadSqlFile(new URL('../../sql/doctor_queue.sql', import.meta.url)) }
const [minute, day] = [60, 86_400]

/** Looks at a database whose schema is current. @param now from the program's own clock */
export async function diagnoseRunning(session: Session, { now, version, isOwn, lifeLockClass }: { readonly now: string; readonly version: string; readonly isOwn: boolean; readonly lifeLockClass: number }): Promise<Diagnosis[]> {
  const found = (await session.run<RunningDatabase>(files.database, { now })).at(-1)?.rows[0]
  if (found === undefined) return []
  const queue = found.has_queue ? (await session.run<QueueState>(files.queue, { now, life_lock_class: `${lifeLockClass}` })).at(-1)?.rows[0] : undefined
  return [...checkClock(found), ...checkRights(found, isOwn), ...checkSessions(found), ...checkServers(found, version), ...(queue === undefined ? [] : [checkQueue(queue, found.server_count !== '0'), checkEngine(queue, found.server_count !== '0')]), ...checkNights(found), checkHead(found)]
}

/** The clocks of both sides, and whether the database counts the country's days. */
export function checkClock({ clock_ahead_seconds: ahead, knows_the_country: isKnown }: Pick<RunningDatabase, 'clock_ahead_seconds' | 'knows_the_country'>): Diagnosis[] {
  const apart = Math.floor(Math.abs(ahead))
  const found = apart < 2 ? 'the clocks of this machine and of the database agree' : `the database's clock is ${apart} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine's`
  const remedy = 'Let both machines follow one time server (timedatectl set-ntp true): deadlines, sessions and nights depend on it.'
  return [
    apart >= 60 ? wrong('clock', found, remedy) : apart >= 5 ? warning('clock', found, remedy) : ok('clock', found),
    isKnown ? ok('time_zone', `days end in Asia/Ho_Chi_Minh; this machine's own zone (${Intl.DateTimeFormat().resolvedOptions().timeZone}) does not matter`) : wrong('time_zone', 'the database does not know Asia/Ho_Chi_Minh', 'Install its time zones (package tzdata) and restart it.'),
  ]
}

/** That the pages' login can do no more than it should, and the engine's no more than it has to. */
export function checkRights({ desk_power: power, is_superuser: isSuperuser }: Pick<RunningDatabase, 'desk_power' | 'is_superuser'>, isOwn: boolean): Diagnosis[] {
  if (power !== null) return [wrong('roles', `the login of the pages could see everything, as a member of ${power}`, `As administrator of the database: revoke ${power} from it; it needs tantay_desk alone.`)]
  return [isOwn && isSuperuser ? warning('roles', 'the user of DATABASE_URL is a superuser', 'Make an ordinary user that owns the database (docs/operate.md), and name it in DATABASE_URL.') : ok('roles', 'nobody can do more than they have to')]
}

/** That the servers work by a login that adds facts and cannot change any (D175). */
export function checkEngine({ serving_owners: owners }: Pick<QueueState, 'serving_owners'>, isServed: boolean): Diagnosis {
  if (owners === null) return ok('engine', isServed ? 'the program works by a login that cannot change a fact' : 'no server runs that could work as the owner of the database')
  return warning('engine', `the program works as ${owners}, who could change facts and the trail`, 'As administrator of the database: create role tantay_daily login bypassrls password \'…\' in role tantay_engine; set TANTAY_ENGINE_DATABASE_URL to connect with it, and restart the servers (docs/operate.md). On a cluster there is no other way yet: then let nobody else have that login.')
}

/** What holds others up, and what is left half-made or not looked after. */
export function checkSessions({ old_processes: old, invalid_indexes: invalid, oldest_transaction: oldest, is_vacuumed: isVacuumed, archive_mode: archiving, is_archive_failing: isFailing, last_failed_log: failed }: Pick<RunningDatabase, 'old_processes' | 'invalid_indexes' | 'oldest_transaction' | 'is_vacuumed' | 'archive_mode' | 'is_archive_failing' | 'last_failed_log'>): Diagnosis[] {
  return [
    old === null ? ok('sessions', 'no transaction is left open') : warning('sessions', `sessions of the database that do nothing in an open transaction, or the same for over an hour: process ${old}`, 'Unless it is a run or a backup that you know of: select pg_terminate_backend(PROCESS). They keep others waiting and the tables growing.'),
    invalid === null ? ok('indexes', 'all indexes are whole') : warning('indexes', `indexes that were left half-made: ${invalid}`, 'For each: reindex index NAME. Until then questions are slow.'),
    BigInt(oldest) > 1_000_000_000n || !isVacuumed ? wrong('vacuum', isVacuumed ? `${oldest} transactions since the oldest was frozen` : 'autovacuum is switched off', 'Switch autovacuum on and run: vacuum (freeze). Near two thousand million the database stops taking writes.') : ok('vacuum', 'the database looks after its tables'),
    isFailing ? wrong('archive', `the log cannot be archived (last: ${failed ?? 'unknown'}): since then nothing can be restored, and the disk fills up`, 'Is there room in the folder of backups, is it mounted, may the database\'s user write there? postgresql.log says why.') : ok('archive', archiving === 'off' ? 'the log is not archived' : 'the log is archived'),
  ]
}

/** Whether a server runs, and whether all run this version. */
export function checkServers({ server_count: count, server_versions: versions }: Pick<RunningDatabase, 'server_count' | 'server_versions'>, version: string): Diagnosis[] {
  if (count === '0' || versions === null) return [warning('server', 'no server runs on this database', 'Start it: systemctl start tantay, or tantay serve. Without one no file is taken in and no night is worked out.')]
  return [versions === version ? ok('server', `${count} running, version ${versions}`) : warning('server', `servers of version ${versions} run; this command is ${version}`, 'Restart them after an upgrade, all of them.')]
}

/** Work that waits, fails, was given up, or is held by servers that are gone. */
export function checkQueue({ given_up: givenUp, given_up_tasks: tasks, failing, oldest_seconds: oldest, held_by_dead: dead }: QueueState, isServed: boolean): Diagnosis {
  if (dead !== '0') return isServed
    ? warning('queue', `${dead} pieces of work are held by servers that are gone`, 'The running server gives them back within a minute; if this stays, restart it.')
    : warning('queue', `${dead} pieces of work are held by servers that are gone`, 'They are given back as soon as a server starts.')
  if (givenUp !== '0') return warning('queue', `${givenUp} pieces of work were given up: ${tasks ?? ''}`, 'The log of those days says why. Files of banks: tantay files retake lists them; notices: the page of the bank shows them.')
  if (oldest > 15 * minute && isServed) return wrong('queue', `the oldest work has waited for ${Math.floor(oldest / minute)} minutes`, 'Restart the server; if it happens again, send its log to the developers.')
  return failing === '0' ? ok('queue', 'nothing waits for long') : ok('queue', `${failing} pieces of work failed and are tried again`)
}

/** How old the published result is, and how the nights went. */
export function checkNights({ published_as_of: asOf, published_age_seconds: age, last_night: last, failed_nights: failed, night_age_seconds: nightAge }: Pick<RunningDatabase, 'published_as_of' | 'published_age_seconds' | 'last_night' | 'failed_nights' | 'night_age_seconds'>): Diagnosis[] {
  if (asOf === null) return [warning('result', 'nothing has been published yet', 'Hand in files, then: tantay run, or wait for the night.')]
  const old = (age ?? 0) > 2 * day
  const result = old ? warning('result', `the published result is as of ${asOf}, and ${Math.floor((age ?? 0) / day)} days old`, 'See how the nights went (/runs, tantay night), or publish one now: tantay run.') : ok('result', `published as of ${asOf}`)
  if (last === null) return [result, warning('nights', 'no night was planned yet', 'Say when nights begin (TANTAY_NIGHT_AT=01:30); a running server then plans them by itself. Or publish by hand: tantay run.')]
  if (failed !== '0' || (nightAge ?? Infinity) > 1.5 * day) return [result, wrong('nights', `the last night: ${last}; failed in the last week: ${failed}`, 'The page /runs says which stage failed and why; what to do stands in docs/operate.md.')]
  return [result, ok('nights', `the last night: ${last}`)]
}

/** Whether the trail is signed each day: what happened since then could be cut off without trace. */
export function checkHead({ head_age_seconds: age }: Pick<RunningDatabase, 'head_age_seconds'>): Diagnosis {
  if (age === null) return warning('audit_head', 'the head of the trail was never signed', 'A running server signs it at its start and each night; by hand: tantay audit head.')
  const found = `the head of the trail was signed ${Math.floor(age / 3600)} hours ago`
  return age > 1.5 * day ? wrong('audit_head', found, 'Does the server run, and can it write in audit-heads and TANTAY_AUDIT_HEADS? By hand: tantay audit head.') : ok('audit_head', found)
}
