/** What a running server knows of itself: whether it is fit to serve, and its figures. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { backupState } from '../backup/index.ts'
import type { Config } from '../config.ts'
import { secondsOfInstant, type Clock } from '../core/index.ts'
import { freeBytes, migrationState, type Database } from '../db/index.ts'
import { isFigureName, type Figure, type Operations } from '../http/index.ts'
import type { Worker } from '../jobs/index.ts'
import { operationFigures } from '../reports/index.ts'
import { strangersTo } from '../uploads/index.ts'

/** What it is worked out from. */
export interface Running {
  readonly config: Config
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly worker: () => Worker | undefined
  readonly isStopping: () => boolean
}

/** Less room than this, and uploads are refused already (uploads/receive.ts). */
const leastRoom = 1024 ** 3
/** Whoever asks whether the server is ready does not wait longer, in milliseconds. */
const patience = 5000

/** The server as those see it who look after it. */
export function operationsOf(running: Running): Operations {
  return { metricsToken: running.config.metricsToken, readiness: () => readiness(running), figures: () => figures(running), log: running.log }
}

async function readiness({ config, database, clock, worker, isStopping }: Running): Promise<readonly { readonly check: string; readonly isFit: boolean }[]> {
  const inTime = (work: Promise<boolean>): Promise<boolean> => Promise.race([work.catch(() => false), sleep(patience, false, { ref: false })])
  const [isThere, isCurrent, isWorking, isShared] = await Promise.all([
    inTime(database.query('select 1').then(() => true)),
    inTime(migrationState(database).then(({ pending }) => pending.length === 0)),
    inTime(worker()?.isAlive() ?? Promise.resolve(false)),
    inTime(strangersTo(database, config.dataDirectory, clock.now()).then((strangers) => strangers.length === 0)),
  ])
  return [
    { check: 'database', isFit: isThere },
    { check: 'schema', isFit: isCurrent },
    { check: 'queue', isFit: isWorking },
    { check: 'shared_folder', isFit: isShared },
    { check: 'disk', isFit: freeBytes(config.dataDirectory) > leastRoom },
    { check: 'not_stopping', isFit: !isStopping() },
  ]
}

async function figures({ config, database, clock }: Running): Promise<readonly Figure[]> {
  const { totalCount, idleCount, waitingCount } = database.pool
  const here: Figure[] = [
    { name: 'pool_connections', labels: ['engine', 'open'], value: totalCount },
    { name: 'pool_connections', labels: ['engine', 'idle'], value: idleCount },
    { name: 'pool_connections', labels: ['engine', 'waited_for'], value: waitingCount },
    { name: 'disk_free_bytes', labels: ['data'], value: freeBytes(config.dataDirectory) },
    ...backupFigures(config.backupDirectory, clock.now()),
  ]
  return [...here, ...(await operationFigures(database, clock.now())).flatMap(({ name, first_label: first, second_label: second, value }): Figure[] => isFigureName(name) ? [{ name, labels: [first, second].filter((label) => label !== null), value }] : [])]
}

function backupFigures(directory: string | null, now: string): Figure[] {
  if (directory === null) return []
  try {
    const { count, newest, last_drill: drill } = backupState(directory)
    return [
      { name: 'backups', labels: [], value: count },
      { name: 'disk_free_bytes', labels: ['backups'], value: freeBytes(directory) },
      ...(newest === null ? [] : [{ name: 'backup_age_seconds', labels: [], value: secondsOfInstant(now) - secondsOfInstant(newest.at) } as const]),
      ...(drill?.is_same === true ? [{ name: 'drill_age_seconds', labels: [], value: secondsOfInstant(now) - secondsOfInstant(drill.drilled_at) } as const] : []),
    ]
  } catch {
    // A disk of backups that is not there is told by what is missing.
    return [{ name: 'backups', labels: [], value: 0 }]
  }
}
