/** When something is wrong with the nights, and when it is well again: one alarm for each time, told in each place until it arrives. */
import { addMilliseconds, type Clock } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { alarmPlaces, tellAlarm, type Alarm, type AlarmSettings } from '../notices/index.ts'
import type { NightLog } from './nightly.ts'
import { newestDue, nightEndsAt } from './nights.ts'

const minute = 60_000
/** Pauses after the first failed attempt at a place, the second, …; then it is given up. */
const pauses = [1, 5, 15, 60, 240, 720].map((minutes) => minutes * minute)
/** While one server tells, no other does; if it dies meanwhile, another tells once more. */
const turn = 2 * minute

interface Trouble {
  readonly kind: 'night_late' | 'night_failed' | 'proof_failed'
  readonly as_of: string
  readonly failure_code: string | null
  readonly published_as_of: string | null
}

/** What is wrong now; null: nothing. Before the first night nothing is late. */
async function troubleNow(database: Database, now: string): Promise<Trouble | null> {
  const [found] = await database.query<Trouble>(`
    with published as (select as_of from run where status = 'published' order by run_id desc limit 1),
      newest as (select * from night where state <> 'skipped' order by as_of desc limit 1)
    select case when n.state = 'failed' then 'night_failed' when n.as_of <= $1::date and n.state <> 'published' and coalesce((select as_of from published) < n.as_of, true) then 'night_late' when n.state = 'published' and n.failure_code is not null and n.finished_at is not null then 'proof_failed' end as kind,
      n.as_of, n.failure_code, (select as_of from published) as published_as_of
    from newest n`, [newestDue(now, nightEndsAt)])
  return found === undefined || (found.kind as string | null) === null ? null : found
}

/** Opens an alarm where something has gone wrong, closes it where all is well; two servers at once do it once. */
export async function lookForTrouble(database: Database, clock: Clock, settings: AlarmSettings, log?: NightLog): Promise<void> {
  const now = clock.now()
  const trouble = await troubleNow(database, now)
  const places = alarmPlaces(settings)
  if (trouble !== null) {
    const [raised] = await database.query<{ alarm_id: string }>(`
      with raised as (insert into alarm (alarm_id, kind, as_of, failure_code, published_as_of, raised_at) select nextval('alarm_id_sequence'), $1, $2::date, $3, $4::date, $5 where not exists (select from alarm where well_again_at is null) on conflict do nothing returning alarm_id)
      , told as (insert into alarm_delivery (alarm_id, phase, place, next_attempt_at) select alarm_id, 'raised', place, $5 from raised, unnest($6::text[]) place)
      select alarm_id from raised`, [trouble.kind, trouble.as_of, trouble.failure_code, trouble.published_as_of, now, places])
    if (raised !== undefined) log?.error({ ...trouble }, 'alarm')
    return
  }
  const [ended] = await database.query<{ alarm_id: string }>(`
    with ended as (update alarm set well_again_at = $1 where well_again_at is null returning alarm_id)
    , told as (insert into alarm_delivery (alarm_id, phase, place, next_attempt_at) select alarm_id, 'well_again', place, $1 from ended, unnest($2::text[]) place)
    select alarm_id from ended`, [now, places])
  if (ended !== undefined) log?.info({}, 'alarm over')
}

/** Makes one attempt at everything that is to be told now. */
export async function tellOfTrouble(database: Database, clock: Clock, settings: AlarmSettings): Promise<void> {
  const now = clock.now()
  const due = await database.query<{ alarm_id: string; phase: Alarm['phase']; place: string; attempt_count: number }>(
    "update alarm_delivery set attempt_count = attempt_count + 1, next_attempt_at = $1::timestamptz + $2::bigint * interval '1 millisecond' where next_attempt_at <= $1 returning alarm_id, phase, place, attempt_count", [now, turn])
  for (const { alarm_id: id, phase, place, attempt_count: attempts } of due) {
    const [alarm] = await database.query<{ kind: Alarm['kind']; as_of: string; failure_code: string | null; failure_place: string | null; at: string; published_as_of: string | null }>(`
      select a.kind, a.as_of, a.failure_code, n.failure_place, case when $2 = 'raised' then a.raised_at else a.well_again_at end as at,
        case when $2 = 'raised' then a.published_as_of else (select as_of from run where status = 'published' order by run_id desc limit 1) end as published_as_of
      from alarm a left join night n using (as_of) where a.alarm_id = $1`, [id, phase])
    if (alarm === undefined) continue
    const error = await tellAlarm(settings, place, { id: `alarm_${id}_${phase}`, kind: alarm.kind, phase, asOf: alarm.as_of, failureCode: alarm.failure_code, failurePlace: alarm.failure_place, publishedAsOf: alarm.published_as_of, at: alarm.at }, clock.now())
    const pause = pauses[attempts - 1]
    await database.query('update alarm_delivery set delivered_at = $4, last_error = $5, next_attempt_at = $6 where alarm_id = $1 and phase = $2 and place = $3', [id, phase, place, error === null ? clock.now() : null, error, error === null || pause === undefined ? null : addMilliseconds(clock.now(), pause)])
  }
}

/** That the database is away can be kept nowhere but here: told once by each server after so long, and once more when it is back. */
export class DatabaseWatch {
  private readonly settings: AlarmSettings
  private readonly clock: Clock
  private readonly log: NightLog | undefined
  private awaySince: number | null = null
  private told: string | null = null

  constructor(settings: AlarmSettings, clock: Clock, log: NightLog | undefined) {
    this.settings = settings
    this.clock = clock
    this.log = log
  }

  /** The database answered, or did not; `elapsed`: milliseconds of a clock that nobody sets. */
  async note(isAway: boolean, elapsed: number): Promise<void> {
    if (!isAway) {
      this.awaySince = null
      const told = this.told
      this.told = null
      if (told !== null) await this.tell(told, 'well_again')
      return
    }
    this.awaySince ??= elapsed
    if (this.told !== null || elapsed - this.awaySince < 10 * minute) return
    this.told = `alarm_database_${this.clock.now()}`
    this.log?.error({ kind: 'database_away' }, 'alarm')
    await this.tell(this.told, 'raised')
  }

  private async tell(id: string, phase: Alarm['phase']): Promise<void> {
    const at = this.clock.now()
    for (const place of alarmPlaces(this.settings)) await tellAlarm(this.settings, place, { id: `${id}_${phase}`, kind: 'database_away', phase, asOf: null, failureCode: 'database_away', failurePlace: null, publishedAsOf: null, at }, at)
  }
}
